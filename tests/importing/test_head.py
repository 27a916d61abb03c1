"""The front matter of an imported article: what is written is what is read back, for any text and any time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yoyak.front_matter.read import read_front_matter
from yoyak.importing.head import head
from yoyak.model.schema import AuthorKeys, FrontMatter, ImageKeys
from yoyak.model.sources import Evidence, Field
from yoyak.model.types import Person
from yoyak.readers.around import FoundPicture
from yoyak.text.calendar import Moment
from yoyak.text.decoding import clean_text
from yoyak.text.sanitize import without_controls

SEOUL = ZoneInfo("Asia/Seoul")
NAUGHTY = Path(__file__).parents[3] / "shared" / "corpora" / "blns.json"
SIGNS = "#:'\"[]{},&*!|>-?%@` ~\\yesnoNO12.가나\n\t"


def _clean(text: str) -> str:
    """Return a text as readers give it."""
    return normalize("NFC", without_controls(clean_text(text)[0])).strip()


TEXTS = st.one_of(st.text(max_size=40), st.text(alphabet=SIGNS, max_size=15)).map(_clean).filter(bool)
ZONES = st.sampled_from([timezone(timedelta(hours=hours, minutes=m)) for hours in range(-12, 14) for m in (0, 30)])


def _read_back(values: Mapping[str, Any], confidence: float = 1.0) -> Mapping[str, Any]:
    """Write values as front matter and read them as the site does."""
    fields = {name: _field(value, confidence) for name, value in values.items()}
    text = "\n".join(["---", *head(fields, {}, SEOUL).lines, "---", "", "본문", ""])
    found = read_front_matter(text, "a.md", FrontMatter, SEOUL)
    assert found.keys is not None, (text, found.problems)
    assert found.problems == ()
    return {name: _plain(getattr(found.keys, name)) for name in values}


def _field(value: Any, confidence: float) -> Field:
    return Field(value=value, confidence=confidence, evidence=(Evidence(rule="rule"),), alternatives=("또 \u2028# b",))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if isinstance(value, AuthorKeys):
        return Person(name=value.name, email=value.email)
    if isinstance(value, ImageKeys):
        return FoundPicture(src=value.src, alt=value.alt, caption=value.caption, credit=value.credit)
    return value


def _everywhere(text: str) -> Mapping[str, Any]:
    return {
        "title": text,
        "subtitle": text,
        "tags": (text, f"{text}x"),
        "authors": (Person(name=text, email="a@b.example"), Person(name=f"{text}y", email=text)),
        "image": FoundPicture(src="a.png", alt=text, caption=text, credit=text),
        "summary": text,
        "label": text,
        "rights_notice": text,
    }


@given(TEXTS, st.sampled_from((0.3, 1.0)))
def test_any_text_is_read_back_as_it_was(text: str, confidence: float) -> None:
    values = _everywhere(text)
    assert _read_back(values, confidence) == values


def test_every_naughty_string_is_read_back_as_it_was() -> None:
    if not NAUGHTY.is_file():
        pytest.skip("../shared/corpora is not here")
    texts = [text for text in map(_clean, json.loads(NAUGHTY.read_text(encoding="utf-8"))) if 0 < len(text) < 200]
    assert len(texts) > 400
    for text in texts:
        values = _everywhere(text)
        assert _read_back(values) == values


@given(st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29), timezones=ZONES | st.just(SEOUL)))
def test_any_time_is_read_back_as_the_same_instant_with_its_offset(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    instant = moment.astimezone(UTC)
    assume(instant.astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(tzinfo=None))
    offset = moment.utcoffset()
    assume(offset is not None and offset.total_seconds() % 60 == 0)
    found = _read_back({"date": Moment(value=moment, day_only=False)})["date"]
    assert found.astimezone(UTC) == instant  # times of a repeated hour are equal to none of another zone
    assert found.utcoffset() == offset


@given(st.dates())
def test_a_day_stays_a_day(day: Any) -> None:
    moment = datetime.combine(day, datetime.min.time(), SEOUL)
    lines = head({"date": _field(Moment(value=moment, day_only=True), 1.0)}, {}, SEOUL).lines
    assert lines == (f"date: {day.isoformat()}",)


def test_what_is_unsure_says_why_and_what_else_it_could_be() -> None:
    field = Field(
        value="새 배 뜬다", confidence=0.55, evidence=(Evidence(rule="big-letters"),), alternatives=("배 뜬다", "배")
    )
    written = head({"title": field}, {}, SEOUL)
    assert written.lines == ("# 55 % sure (big-letters).", "# or: 배 뜬다", "# or: 배", "title: 새 배 뜬다")
    assert written.unsure == ("title",)


def test_a_value_that_would_burst_the_front_matter_becomes_a_comment() -> None:
    written = head({"summary": _field("가" * 20_000, 1.0), "title": _field("배", 1.0)}, {}, SEOUL)
    assert written.lines[0] == "title: 배"
    assert written.lines[1].startswith("# summary: 가가")
    assert len(written.lines[1]) < 300
