"""The review panel of a bundle: its words, and that only the bundle of a preview has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec import json

from yoyak.portable import panel
from yoyak.portable.panel import PanelPages, page_values, script, style, words
from yoyak.templating.language import language

REVIEWED = PanelPages(site="https://digest.example.org/", name="</script><!--", pages={})
SOURCE = script(panel=True)
NAMED = set(re.findall(r'words\["([^"]+)"\]', SOURCE)) | set(re.findall(r'"(review\.[a-z.-]+)"', SOURCE))
BEGUN = set(re.findall(r"words\[`([^$`]+)\$", SOURCE))


@pytest.mark.parametrize("code", ["ko", "en"])
def test_every_word_of_the_panel_is_there_and_used(code: str) -> None:
    there = {name for name in words(language(code), REVIEWED) if name.startswith("review.")}
    assert NAMED - there == set()
    begun = tuple(one for one in BEGUN if one != "review.")
    assert {name for name in there - NAMED if not name.startswith(begun) and not name.endswith(".done")} == set()


def test_a_bundle_without_a_panel_has_nothing_of_it() -> None:
    assert set(words(language("en"), None)) == {"lang", "search", "close", "none"}
    assert "makeNotes" in SOURCE
    assert "makeNotes" not in script(panel=False)
    assert ".panel" not in style(panel=False)
    assert page_values(None, "articles/ferry/") == page_values(REVIEWED, "articles/ferry/") == {}


def test_its_script_writes_no_html_and_asks_nobody() -> None:
    scripts = "\n".join(part.read_text(encoding="utf-8") for part in panel._PARTS)
    wrong = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|XMLHttp|WebSocket|import\("
    )
    assert re.findall(wrong, scripts) == []
    assert "</script" not in SOURCE.lower()
    assert "<!--" not in SOURCE


def test_the_scripts_are_files_of_the_package() -> None:
    assert [part.name for part in panel._PARTS] == ["blocks.js", "places.js", "notes.js", "panel.js"]
    assert all(Path(part).is_file() for part in panel._PARTS)
    assert json.encode(words(language("ko"), REVIEWED))
