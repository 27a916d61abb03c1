"""The names of the months in the languages that pages are written in, and one expression for them all."""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = (
    (
        "january jan januar januari jän jänner janvier janv enero ene gennaio genn janeiro stycznia ocak января "
        "січня януари ledna januára tammikuuta jaanuar janvārī sausio ianuarie siječnja gener ιανουαρίου يناير "
        "كانون_الثاني ژانویه ינואר जनवरी มกราคม ม.ค ဇန်နဝါရီ"
    ),
    (
        "february feb februar februari février févr fév febrero febbraio febbr fevereiro fev lutego şubat февраля "
        "лютого февруари února februára helmikuuta veebruar februārī vasario februarie veljače febrer φεβρουαρίου "
        "فبراير شباط فوریه פברואר फ़रवरी फरवरी กุมภาพันธ์ ก.พ ဖေဖော်ဝါရီ"
    ),
    (
        "march mar märz mrz maart mars marzo março marca mart марта березня март března március maaliskuuta märts "
        "martā kovo martie ožujka març μαρτίου مارس آذار מרץ मार्च มีนาคม มี.ค မတ်"
    ),
    (
        "april apr avril avr abril abr aprile kwietnia nisan апреля квітня април dubna április apríla huhtikuuta "
        "aprill aprīlī balandžio aprilie travnja απριλίου أبريل ابريل نيسان آوریل אפריל अप्रैल เมษายน เม.ย ဧပြီ"
    ),
    (
        "may mai mei mayo maggio magg maio maja mayıs мая травня май května május mája toukokuuta maijā gegužės "
        "svibnja maig μαΐου مايو أيار ماي מאי मई พฤษภาคม พ.ค မေ"
    ),
    (
        "june jun juni juin junio giugno junho czerwca haziran июня червня юни června június júna kesäkuuta juuni "
        "jūnijā birželio iunie lipnja juny ιουνίου يونيو حزيران ژوئن יוני जून มิถุนายน มิ.ย ဇွန်"
    ),
    (
        "july jul juli juillet juil julio luglio julho lipca temmuz июля липня юли července július júla "
        "heinäkuuta juuli jūlijā liepos iulie srpnja juliol ιουλίου يوليو تموز ژوئیه יולי जुलाई กรกฎาคม ก.ค "
        "ဇူလိုင်"
    ),
    (
        "august aug augustus augusti août agosto ago sierpnia ağustos августа серпня август srpna augusztus "
        "elokuuta augustā rugpjūčio kolovoza agost αυγούστου أغسطس اغسطس آب اوت אוגוסט अगस्त สิงหาคม ส.ค ဩဂုတ်"
    ),
    (
        "september sep sept septembre septiembre setiembre settembre setembro września eylül сентября вересня "
        "септември září szeptember septembra syyskuuta septembrī rugsėjo septembrie rujna setembre σεπτεμβρίου "
        "سبتمبر أيلول سپتامبر ספטמבר सितंबर กันยายน ก.ย စက်တင်ဘာ"
    ),
    (
        "october oct oktober okt octobre octubre ottobre outubro października ekim октября жовтня октомври října "
        "október lokakuuta oktoober oktobrī spalio octombrie οκτωβρίου أكتوبر اكتوبر تشرين_الأول اکتبر אוקטובר "
        "अक्टूबर ตุลาคม ต.ค အောက်တိုဘာ"
    ),
    (
        "november nov novembre noviembre novembro listopada kasım ноября листопада ноември listopadu marraskuuta "
        "novembrī lapkričio noiembrie studenoga νοεμβρίου نوفمبر تشرين_الثاني نوامبر נובמבר नवंबर พฤศจิกายน พ.ย "
        "နိုဝင်ဘာ"
    ),
    (
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia aralık декабря грудня "
        "декември prosince decembra joulukuuta detsember decembrī gruodžio decembrie prosinca desembre δεκεμβρίου "
        "ديسمبر كانون_الأول دسامبر דצמבר दिसंबर ธันวาคม ธ.ค ဒီဇင်ဘာ"
    ),
)
"""Each month as pages name it, in the forms beside a day; ``_`` is a space within a name."""
MONTH_NUMBERS = {name.replace("_", " "): number for number, names in enumerate(MONTHS, 1) for name in names.split()}


def _any_of(words: Iterable[str]) -> str:
    """Return an expression for one of `words` that looks at each letter once, however many words there are."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:1], []).append(word[1:])
    ends = "" in heads
    ways = [re.escape(head) + _any_of(rest) for head, rest in heads.items() if head]
    group = f"(?:{'|'.join(ways)})" if ways else ""
    return f"{group}?" if ends and ways else group


MONTH = rf"(?P<name>{_any_of(MONTH_NUMBERS)})(?![^\W\d_])(?:/[^\W\d_]{{2,12}})?\.?"
"""``28 آب/اغسطس 2013`` names its month twice."""
