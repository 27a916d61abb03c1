"""The language of a text by its letters and small words."""

from __future__ import annotations

import pytest

from rows import each_row
from yoyak.readers.letters import language_of

TEXTS = {
    "ko": "가온항의 크레인이 2일 새벽 멈췄다고 항만공사가 밝혔다. AI 전문가는 “부품이 없다”고 말했다.",
    "ja": "港のクレーンが二日の朝に止まったと港湾公社が発表した。部品が届くまで三日かかるという。",
    "zh": "港口管理局表示，起重机于二日凌晨停止运转。更换零件需要三天时间，工会要求增加检查人员。",
    "zh-Hant": "港口管理局表示，起重機於二日凌晨停止運轉。更換零件需要三天時間，工會要求會議討論對策並發表說明。",
    "en": "The crane at the harbour stopped in the night, and it will take three days to get the parts for it.",
    "de": "Der Kran im Hafen ist in der Nacht stehen geblieben, und die Teile sind nicht vor Freitag da.",
    "fr": "La grue du port est tombée en panne dans la nuit et les pièces ne sont pas là pour une semaine.",
    "es": "La grúa del puerto se detuvo por la noche y las piezas no llegan para una reparación en el muelle.",
    "ro": "Macaraua din port s-a oprit în cursul nopții și piesele nu sosesc, care este o problemă pentru oraș.",
    "it": "La gru del porto si è fermata nella notte e non è una questione di giorni per gli operai della ditta.",
    "pt": "O guindaste do porto parou na noite e as peças não chegam para uma semana, disse que o reparo demora.",
    "nl": "De kraan in de haven staat stil en het duurt dagen voor een onderdeel van de fabriek er niet meer op is.",
    "sv": "Kranen i hamnen stannade på natten och det är inte klart för en vecka, som vi av delar fått höra.",
    "pl": "Dźwig w porcie zatrzymał się w nocy i nie wiadomo, że do naprawy jest potrzeba trzech dni na części.",
    "tr": "Limandaki vinç gece durdu ve parçalar için üç gün daha beklemek gerekiyor, bu çok uzun bir süre olarak.",
    "id": "Derek di pelabuhan berhenti malam ini dan suku cadang untuk perbaikan tidak dari pabrik yang sama dengan.",
    "vi": "Cần cẩu của cảng đã dừng và không có phụ tùng cho việc sửa chữa, một người được hỏi là công nhân.",
    "ru": "Портовый кран остановился ночью, и запчасти привезут только через три дня, сообщило управление.",
    "uk": "Портовий кран зупинився вночі, і запчастини привезуть лише через три дні, повідомило їхнє управління.",
    "be": "Партовы кран спыніўся ўначы, і запчасткі прывязуць толькі праз тры дні, паведаміла ўправа порта ў Гродне.",
    "bg": "Кранът на пристанището спря през нощта; мъж от смяната каза, че въжето е скъсано и част липсва.",
    "sr": "Лучка дизалица се зауставила ноћу, а њени делови стижу тек за три дана, јавља управа луке.",
    "ar": "توقفت رافعة الميناء ليلا وقالت الإدارة إن قطع الغيار تصل بعد ثلاثة أيام من المصنع.",
    "fa": "جرثقیل بندر شب از کار افتاد و گفته شد که قطعات پس از سه روز می‌رسد؛ چند کارگر پیگیر هستند و پاسخ گرفتند.",
    "th": "เครนที่ท่าเรือหยุดทำงานเมื่อคืนนี้ และต้องรออะไหล่อีกสามวัน",
    "el": "Ο γερανός στο λιμάνι σταμάτησε τη νύχτα και τα ανταλλακτικά φτάνουν σε τρεις ημέρες.",
    "he": "המנוף בנמל נעצר בלילה והחלקים יגיעו בעוד שלושה ימים, אמרה הנהלת הנמל.",
    "hi": "बंदरगाह की क्रेन रात में रुक गई और पुर्जे तीन दिन बाद आएंगे, प्रशासन ने कहा।",
}


@each_row("language", TEXTS)
def test_a_text_is_of_its_language(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "12 34", "Aa", "🙂" * 30, "Xylophon Quartz Jazz", "AI GPU NPU LLM 2024 RTX"])
def test_what_is_no_text_is_of_no_language(text: str) -> None:
    assert language_of(text) == ""


def test_names_in_other_letters_do_not_change_the_language() -> None:
    assert language_of(TEXTS["ko"] + " 習近平 주석은 Harbour Company 대표를 만났다.") == "ko"
    assert language_of(TEXTS["en"] + " The firm is called 가온항만 and 港湾公社 in the east.") == "en"
    assert language_of(TEXTS["zh"] + "該公司的英文名是 Gaon Harbour Company Limited。") == "zh"
