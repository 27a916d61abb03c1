"""Originals with anything in them are read or refused with a reason: never a fault, never an unreadable article."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from importing.desk import ORIGINALS, new_site
from yoyak.front_matter.read import read_front_matter
from yoyak.importing.article import draft_of
from yoyak.importing.originals import Original
from yoyak.importing.readings import readings_of
from yoyak.model.message import errors
from yoyak.model.schema import FrontMatter
from yoyak.settings.config import SiteConfig, load_config

NAMES = sorted(path.name for path in ORIGINALS.iterdir() if path.is_file())
PIECES = (
    "\n", "\r\n", "--a", "--b\n", "<", ">", "<p>", "</p>", "\0", "=?utf-8?B?", "?=", "Content-Type: text/html\n",
    "charset=euc-kr", "<table>", "<![CDATA[", "]]>", "&amp;", "&#0;", '"', "'", "---\n", "# ", "data:image/png;base64,",
    "cid:", "  ", "[", "](", "\u202e", "\x85", "\u2028", ": ", "<li>", "<ul>", "<pre>", "<blockquote>", "가",
)  # fmt: skip
EDITS = st.lists(st.tuples(st.floats(0, 1), st.sampled_from(PIECES), st.integers(0, 40)), max_size=30)


@cache
def _config() -> SiteConfig:
    config, _ = load_config(new_site(Path(mkdtemp())), at=None, preview=True, environment=os.environ)
    assert config is not None
    return config


def _edited(data: bytes, edits: Sequence[tuple[float, str, int]]) -> bytes:
    """Return bytes with pieces put in, and some of what stood there taken out."""
    for where, piece, length in edits:
        at = int(where * len(data))
        data = data[:at] + piece.encode() + data[at + length % 9 :]
    return data


@pytest.mark.slow
@settings(max_examples=150)
@given(st.sampled_from(NAMES), EDITS)
@example("2024-07-01-새-배.md", [(0.0, "# ", 0)])
def test_any_original_is_an_article_that_can_be_read_or_refused_with_a_reason(
    name: str, edits: Sequence[tuple[float, str, int]]
) -> None:
    data = _edited((ORIGINALS / name).read_bytes(), edits)
    readings = readings_of(Original(given=name, name=name, data=data, find=lambda _: None), _config())
    assert readings.found or errors(readings.problems)
    for one in readings.found:
        draft, told = draft_of(one, _config(), ())
        if draft is None:
            assert errors(told)
            continue
        text = draft.text("content/_sources/a/b", date(2024, 7, 10))
        front = read_front_matter(text, "a.md", FrontMatter, ZoneInfo("Asia/Seoul"))
        assert front.keys is not None, (text, front.problems)
        if named := one.source.fields.get("title"):
            assert front.keys.title == normalize("NFC", named.value)
        else:  # it is called by its first words, and somebody looks at it before readers do
            assert front.keys.title
            assert front.keys.status in ("draft", "review")
