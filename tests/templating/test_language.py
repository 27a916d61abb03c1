"""The interface's words, dates and numbers in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime as as_the_library_writes_it
from pathlib import Path
from string import Formatter
from typing import get_args, get_type_hints
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_datetime
from hypothesis import given
from hypothesis.strategies import datetimes, timezones
from msgspec import structs

from rows import each_row
from yoyak.messages.errors import YoyakError
from yoyak.model.schema import SiteKeys
from yoyak.model.views import EditionLink
from yoyak.templating.language import (
    Language,
    edition_name,
    formatted,
    full_date_time,
    iso,
    language,
    language_attribute,
    message,
    number,
    open_graph_locale,
    rfc822,
    span_of_days,
    template_filters,
    template_functions,
    weekdays,
    words_for,
    year_name,
)

CHECKOUT = Path(__file__).parents[2]
MESSAGES = CHECKOUT / "generator/yoyak/templating/messages"
SPOKEN = {file.stem: language(file.stem) for file in sorted(MESSAGES.glob("*.yaml"))}
KO, EN = SPOKEN["ko"], SPOKEN["en"]
WEDNESDAY = date(2024, 7, 3)
SEOUL = datetime(2024, 7, 3, 9, 0, tzinfo=ZoneInfo("Asia/Seoul"))
KEY = re.compile(r"""message\((?:[\w.]+, )?"([\w.]+)"(?! ~)""")
PREFIX = re.compile(r"""message\((?:[\w.]+, )?f?"([\w.]+\.)["{]""")


# --- messages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("spoken", SPOKEN.values(), ids=SPOKEN)
def test_every_language_has_the_same_messages_and_dates(spoken: Language) -> None:
    assert list(spoken.messages) == list(EN.messages)
    assert set(spoken.dates) == set(EN.dates)


def test_a_language_says_its_own_code_and_may_be_chosen_in_the_settings() -> None:
    assert {name: spoken.code for name, spoken in SPOKEN.items()} == {name: name for name in SPOKEN}
    assert set(SPOKEN) == set(get_args(get_type_hints(SiteKeys)["language"]))


def test_messages_hold_plain_names_only() -> None:
    """A message is filled piece by piece; ``{a.b}``, ``{a!r}`` and ``{a:{b}}`` would mean nothing."""
    texts = [text for spoken in (KO, EN) for key in spoken.messages for text in _forms(spoken, key)]
    fields = [field for text in texts for _, *field in Formatter().parse(text) if field[0] is not None]
    assert [name for name, spec, conversion in fields if not name.isidentifier() or "{" in spec or conversion] == []


@each_row("key", KO.messages)
def test_a_message_has_the_same_values_in_both_languages(key: str) -> None:
    assert {name for text in _forms(KO, key) for name in _values(text)} == {
        name for text in _forms(EN, key) for name in _values(text)
    }


@pytest.mark.parametrize("spoken", [KO, EN], ids=["ko", "en"])
def test_a_message_with_plural_forms_has_those_of_its_language(spoken: Language) -> None:
    forms = {tuple(text) for text in spoken.messages.values() if isinstance(text, dict)}
    assert forms <= {("one", "other")}


def test_every_message_that_templates_and_pages_name_exists() -> None:
    used = {key for text in _sources() for key in KEY.findall(text)}
    assert used
    assert sorted(used - set(KO.messages)) == []


def test_every_message_is_used() -> None:
    literal = {word for text in _sources() for word in re.findall(r'"([a-z_]+(?:\.[a-z_]+)*)"', text)}
    prefixes = tuple({prefix for text in _sources() for prefix in PREFIX.findall(text)})
    assert [key for key in KO.messages if key not in literal and not key.startswith(prefixes)] == []


def test_a_count_chooses_the_plural_form_and_is_set_as_a_number() -> None:
    assert [message(EN, "articles", count=count) for count in (0, 1, 2, 1234)] == [
        "0 articles", "1 article", "2 articles", "1,234 articles",
    ]  # fmt: skip


def test_a_korean_message_takes_the_particle_that_fits() -> None:
    assert message(KO, "description.theme", title="소버린 AI", count=3) == "소버린 AI를 다룬 글 3편."
    assert message(KO, "description.theme", title="법안", count=3) == "법안을 다룬 글 3편."


def test_a_value_that_looks_like_a_pattern_stays_as_it_is() -> None:
    assert message(KO, "description.editions", site="{count:을/를} {0}") == "{count:을/를} {0}의 모든 호."


def test_an_unknown_message_is_an_error_that_names_it() -> None:
    with pytest.raises(YoyakError, match=r'"no\.such" in messages/ko\.yaml'):
        message(KO, "no.such")


def test_a_message_without_its_value_is_an_error_that_names_the_value() -> None:
    with pytest.raises(YoyakError, match='"site"'):
        message(KO, "description.editions", other=1)


def test_a_language_without_messages_is_an_error() -> None:
    with pytest.raises(YoyakError, match='"qaa"'):
        language("qaa")


@pytest.mark.parametrize(
    ("tag", "code"), [("ko", "ko"), ("ko-KR", "ko"), ("EN-gb", "en"), ("ja", "en"), ("", "en"), ("../en", "en")]
)
def test_a_text_gets_the_words_of_its_language_or_english_ones(tag: str, code: str) -> None:
    assert words_for(tag) == language(code)


# --- dates and numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "korean", "english"),
    [
        ("full_date", "2024년 7월 3일 (수)", "Wednesday 3 July 2024"),
        ("day", "7월 3일 (수)", "Wed 3 July"),
        ("short_day", "07.03 (수)", "Wed 3 Jul"),
        ("month_name", "2024년 7월", "July 2024"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(name: str, korean: str, english: str) -> None:
    assert formatted(KO, name, WEDNESDAY) == korean
    assert formatted(EN, name, SEOUL) == english


def test_a_year_may_be_a_number_or_a_day() -> None:
    assert [year_name(KO, 2024), year_name(EN, WEDNESDAY)] == ["2024년", "2024"]


def test_koreans_are_not_told_that_it_is_korean_time() -> None:
    assert full_date_time(KO, SEOUL) == "2024년 7월 3일 (수) 09:00"


@pytest.mark.parametrize(
    ("spoken", "moment", "end"),
    [
        (EN, SEOUL, "09:00 KST"),
        (KO, SEOUL.astimezone(ZoneInfo("Europe/Paris")), "02:00 CEST"),
        (KO, SEOUL.astimezone(UTC), "00:00 UTC"),
        (EN, SEOUL.astimezone(ZoneInfo("America/Sao_Paulo")), "21:00 UTC-03"),
        (EN, SEOUL.astimezone(timezone(timedelta(hours=-3))), "21:00 UTC-03:00"),
    ],
)
def test_any_other_time_is_given_with_its_zone(spoken: Language, moment: datetime, end: str) -> None:
    assert full_date_time(spoken, moment).endswith(end)


@pytest.mark.parametrize("code", ["ko", "en", "ar", "de"])
@pytest.mark.parametrize(
    "pattern",
    [
        KO.dates["full_date_time"],
        EN.dates["full_date_time"],
        "y. M. d. a h:mm:ss",
        "B h:mm 'am' EEEE d. MMMM y",
        "HH'h'mm",
    ],
)
@given(moment=datetimes())
def test_day_and_time_that_are_remembered_apart_are_what_babel_makes_of_both(
    code: str, pattern: str, moment: datetime
) -> None:
    spoken = structs.replace(KO, code=code, dates={"full_date_time": pattern}, home_offset=0)
    assert full_date_time(spoken, moment.replace(tzinfo=UTC)) == format_datetime(moment, pattern, locale=code)


def test_a_span_names_a_year_once() -> None:
    assert span_of_days(KO, date(2024, 7, 1), date(2024, 7, 7)) == ("2024.07.01 (월)", "07.07 (일)")
    assert span_of_days(EN, date(2024, 7, 1), date(2024, 7, 7)) == ("Mon 1 Jul", "Sun 7 Jul 2024")


def test_a_span_over_new_year_names_both_years() -> None:
    assert span_of_days(KO, date(2024, 12, 30), date(2025, 1, 5)) == ("2024.12.30 (월)", "2025.01.05 (일)")


def test_weeks_begin_on_monday() -> None:
    assert [day.initial for day in weekdays(KO)] == list("월화수목금토일")
    assert [day.name for day in weekdays(EN)][::6] == ["Monday", "Sunday"]


def test_iso_leaves_the_time_of_a_day_away() -> None:
    assert [iso(WEDNESDAY), iso(SEOUL), iso(SEOUL, True)] == ["2024-07-03", "2024-07-03T09:00:00+09:00", "2024-07-03"]


def test_numbers_have_separators() -> None:
    assert number(KO, 12345) == "12,345"


# --- languages and editions ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "attribute"),
    [
        ("ko", ""),
        ("", ""),
        ("en", ' lang="en"'),
        ("ar", ' lang="ar" dir="rtl"'),
        ("x-none", ' lang="x-none"'),
        ('"><', ' lang="&#34;&gt;&lt;"'),
    ],
)
def test_only_foreign_text_says_its_language(tag: str, attribute: str) -> None:
    assert language_attribute(KO, tag) == attribute


@pytest.mark.parametrize(
    ("tag", "locale"),
    [("ko", "ko_KR"), ("en", "en_US"), ("en-GB", "en_GB"), ("zh-Hant", "zh_TW"), ("zh", "zh_CN"), ("xx", "")],
)
def test_open_graph_gets_a_territory(tag: str, locale: str) -> None:
    assert open_graph_locale(tag) == locale


@each_row(
    ("key", "own", "korean", "english"),
    [
        ("2024-W27", "27", "2024년 제27호", "Issue 27, 2024"),
        ("2024-W05", "5", "2024년 제5호", "Issue 5, 2024"),
        ("2024-W27", "", "2024년 제27호", "Issue 27, 2024"),
        ("2024-W27", "112", "제112호", "Issue 112"),
        ("2024-W27", "창간호", "창간호", "창간호"),
        ("2024-07", "", "2024년 7월호", "July 2024"),
        ("2024-07", "7", "2024년 7월호", "July 2024"),
        ("2024-07", "99", "제99호", "Issue 99"),
        ("2024-07-03", "", "2024년 7월 3일 (수)", "Wednesday 3 July 2024"),
        ("2024-07-03", "3", "제3호", "Issue 3"),
    ],
)
def test_an_edition_is_called_by_its_own_number_or_its_days(key: str, own: str, korean: str, english: str) -> None:
    edition = EditionLink(key=key, url="/", number=own, title="", start=WEDNESDAY, end=WEDNESDAY, count=1)
    assert (edition_name(KO, edition), edition_name(EN, edition)) == (korean, english)


def test_a_counted_number_is_shown_also_when_it_is_that_of_the_week() -> None:
    edition = EditionLink(
        key="2024-W27", url="/", number="27", title="", start=WEDNESDAY, end=WEDNESDAY, count=1, counted=True
    )
    assert (edition_name(KO, edition), edition_name(EN, edition)) == ("제27호", "Issue 27")


@pytest.mark.parametrize(
    ("key", "title", "end", "korean"),
    [
        ("2024-summer", "", date(2024, 7, 9), "2024.07.03 (수) – 07.09 (화)"),
        ("special", "", WEDNESDAY, "2024년 7월 3일 (수)"),
        ("special", "합본호", WEDNESDAY, "합본호"),
        ("2024-07", "칠월", date(2024, 7, 31), "2024년 7월호"),
    ],
)
def test_an_edition_with_its_own_days_is_called_by_its_title_or_by_them(
    key: str, title: str, end: date, korean: str
) -> None:
    edition = EditionLink(key=key, url="/", number="", title=title, start=WEDNESDAY, end=end, count=1)
    assert edition_name(KO, edition) == korean


def test_templates_get_functions_and_filters_that_know_the_language() -> None:
    assert template_functions(EN)["message"]("skip") == "Skip to content"
    assert template_filters(KO)["day"](WEDNESDAY) == "7월 3일 (수)"
    assert template_filters(KO)["josa"]("법안", "은/는") == "법안은"


def _forms(spoken: Language, key: str) -> list[str]:
    text = spoken.messages[key]
    return list(text.values()) if isinstance(text, dict) else [text]


def _values(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _sources() -> Iterator[str]:
    """Give every template, and every module that may ask for a message."""
    for folder, ending in (("templates", "*.html"), ("generator/yoyak", "*.py")):
        yield from (path.read_text(encoding="utf-8") for path in sorted((CHECKOUT / folder).rglob(ending)))


def test_a_key_that_there_is_not_is_named_with_the_one_that_was_meant() -> None:
    with pytest.raises(YoyakError, match=re.escape('There is no message "nope.key" in messages/en.yaml.')):
        message(language("en"), "nope.key")
    with pytest.raises(YoyakError, match=re.escape('no message "title.front" in messages/en.yaml. Did you mean')):
        message(structs.replace(language("en"), messages={"title.fronts": "x"}), "title.front")


def test_a_message_without_its_value_says_which_one_it_needs() -> None:
    text = 'The message "description.theme" needs a value for "count": write message("description.theme", count=…).'
    with pytest.raises(YoyakError, match=re.escape(text)):
        message(language("en"), "description.theme")


@given(datetimes(timezones=timezones()))
def test_a_moment_of_a_feed_is_written_as_mail_programs_write_it(moment: datetime) -> None:
    assert rfc822(moment) == as_the_library_writes_it(moment)
