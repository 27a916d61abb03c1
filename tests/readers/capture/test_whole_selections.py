"""The whole selections in tests/captures/whole/: what share of each field the reader has right."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from capture_readings import CAPTURES
from readers.worlds import around
from rows import each_row
from yoyak.model.sources import Reading
from yoyak.model.types import Person
from yoyak.readers.capture.read import read_capture
from yoyak.text.calendar import Moment

WHOLE = CAPTURES / "whole"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in WHOLE.glob("*.expected.json"))
ASIDE = CAPTURES / "aside"
NAMES_ASIDE = sorted(path.name.removesuffix(".expected.json") for path in ASIDE.glob("*.expected.json"))
BOUNDS = {"title": 0.93, "day": 0.98, "authors": 0.96, "body": 0.975}
"""The least shares over the folder, and the mean F1 of the body's words. They are raised as the reader gets better."""
BOUNDS_ASIDE = {"title": 0.85, "day": 0.92, "authors": 0.7, "body": 0.945}
"""The same over the half that is laid aside, for which the reader was not made."""
GOOD_BODY = 0.9
"""A body below this F1 is named in the table."""
INVISIBLE = " \t\r\u00a0\u200b\ufeff"
"""What a line may consist of that a person takes for blank."""
SPACED = re.compile(r"\w+")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@pytest.mark.parametrize("name", [*NAMES, *NAMES_ASIDE])
def test_a_whole_selection_is_read_without_losing_a_line(name: str) -> None:
    text = _folder(name).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    seen = {n for n, line in enumerate(text.split("\n"), 1) if line.strip(INVISIBLE)}
    assert seen <= {line.n for line in _reading(name).lines}


@each_row("name", NAMES)
def test_an_expectation_stands_in_its_selection(name: str) -> None:
    text = _folder(name).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    wanted = _expected(name)
    subtitle = (wanted["subtitle"] or "").split("\n")
    for words in [wanted["title"], *subtitle, *wanted["body"], *wanted["captions"]]:
        assert words in text


@pytest.mark.parametrize("field", BOUNDS)
def test_whole_selections_are_read_as_well_as_before(field: str) -> None:
    assert shares(NAMES)[field] >= BOUNDS[field], table()


@pytest.mark.parametrize("field", BOUNDS_ASIDE)
def test_the_half_that_is_laid_aside_is_read_as_well_as_before(field: str) -> None:
    assert shares(NAMES_ASIDE)[field] >= BOUNDS_ASIDE[field], "Do not look at the files: see their README."


def shares(names: list[str]) -> dict[str, float]:
    """Return the share of each field that is right, and the mean F1 of the body."""
    return {field: sum(_scores(name)[field] for name in names) / len(names) for field in BOUNDS}


def table() -> str:
    """Return which file failed which field, with what was read there, below the shares over the folder."""
    heads = "  ".join(f"{field} {mean:.3f}" for field, mean in shares(NAMES).items())
    return "\n".join([f"{len(NAMES)} selections: {heads}", *(row for name in NAMES if (row := _row(name)))])


def _row(name: str) -> str:
    scores = _scores(name)
    failed = [field for field in ("title", "day", "authors") if not scores[field]]
    says = [f"{field}: {_read(name)[field]!r}, not {_wanted(name)[field]!r}" for field in failed]
    if scores["body"] < GOOD_BODY:
        says.append(f"body {scores['body']:.3f}")
    return f"{name}\n    " + "\n    ".join(says) if says else ""


@cache
def _scores(name: str) -> dict[str, float]:
    read, wanted = _read(name), _wanted(name)
    scores = {field: float(read[field] == wanted[field]) for field in ("title", "day", "authors")}
    return scores | {"body": _f1(read["body"], wanted["body"])}


def scores_and_confidences(name: str) -> dict[str, tuple[float, float | None]]:
    """Return for each field whether it is right, and how sure the reader said to be; None where it read nothing."""
    fields = _reading(name).fields
    sure = {
        key: fields[key].confidence if key in fields else None for key in ("title", "date", "authors", "source", "lang")
    }
    scores = _scores(name) | {
        key: float(key in fields and fields[key].value == _expected(name)[wanted])
        for key, wanted in (("source", "source"), ("lang", "language"))
    }
    return {
        key: (scores[key], sure["date" if key == "day" else key])
        for key in ("title", "day", "authors", "source", "lang")
    }


@cache
def _read(name: str) -> dict[str, Any]:
    reading = _reading(name)
    values = {key: field.value for key, field in reading.fields.items()}
    date, authors = values.get("date"), values.get("authors", ())
    return {
        "title": _plain(values.get("title") or ""),
        "day": date.value.date().isoformat() if isinstance(date, Moment) else None,
        "authors": sorted(author.name if isinstance(author, Person) else str(author) for author in authors),
        "body": " ".join(block.text for block in reading.blocks if block.kind != "caption"),
    }


@cache
def _wanted(name: str) -> dict[str, Any]:
    wanted = _expected(name)
    return {
        "title": _plain(wanted["title"]),
        "day": wanted["published"] and wanted["published"][:10],
        "authors": sorted(wanted["authors"]),
        "body": " ".join(wanted["body"]),
    }


def _folder(name: str) -> Path:
    return ASIDE if name in NAMES_ASIDE else WHOLE


@cache
def _expected(name: str) -> dict[str, Any]:
    wanted: dict[str, Any] = json.loads((_folder(name) / f"{name}.expected.json").read_text("utf-8"))
    return wanted


@cache
def _reading(name: str) -> Reading:
    text = _folder(name).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return read_capture(text, around(path=f"content/{name}.txt"))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> Counter[str]:
    """Return the words of a text; letters of scripts without spaces count as words."""
    return Counter(SPACED.findall(UNSPACED.sub(r" \g<0> ", text)))


def _f1(read: str, wanted: str) -> float:
    got, want = _words(read), _words(wanted)
    both = (got & want).total()
    return 2 * both / (got.total() + want.total()) if both else 0.0
