"""Files that the panel of a bundle wrote, and what became of them on their way: what the desk takes in and refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from browser.panels import add, copy_of, imported, opened, panel_of, written
from command import run_yoyak

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def file(ferry: Path) -> Path:
    return ferry


@pytest.fixture(scope="module")
def site(ferry: Path) -> Path:
    return ferry.parent / "site"


@pytest.fixture(scope="module")
def sent(chromium: Browser, file: Path) -> bytes:
    """A file that the panel wrote."""
    context = chromium.new_context(accept_downloads=True)
    page = context.new_page()
    opened(page, file)
    add(page, "<b>Who</b> & why?", "Quoted words.")
    panel = panel_of(page)
    panel.get_by_label("Reason").fill("Wrong price.")
    panel.get_by_role("button", name="Request changes").click()
    found = written(page)
    context.close()
    return json.dumps(found).encode()


def changed(whole: Any, number: int = 0, **keys: Any) -> Any:
    return whole | {
        "events": [one | keys if place == number else one for place, one in enumerate(whole["events"])],
    }


REFUSED = {
    "markup for a digest": lambda whole: changed(whole, seen="<b>" * 22),
    "a wrong text for a digest": lambda whole: whole | {"seen": dict.fromkeys(whole["seen"], "p: x\n")},
    "a text of 30 MB": lambda whole: changed(whole, text="x" * 30_000_000),
    "a note of 1 MB": lambda whole: changed(whole, text="x" * 1_000_000),
    "a quote of 1 MB": lambda whole: changed(whole, anchor={"quote": "x" * 1_000_000}),
    "a name with directions": lambda whole: changed(whole, by={"name": "Kim\u202e"}),
    "a name of two lines": lambda whole: changed(whole, by={"name": "Kim\nLee"}),
    "no name": lambda whole: changed(whole, by={"name": " "}),
    "a path out": lambda whole: changed(whole, path="content/../../etc/passwd"),
    "an absolute path": lambda whole: changed(whole, path="/etc/passwd"),
    "a path of Windows": lambda whole: changed(whole, path="content\\..\\site.yaml"),
    "next year": lambda whole: changed(whole, at="2999-01-01T00:00:00Z"),
    "no time": lambda whole: changed(whole, at="yesterday"),
    "an unknown event": lambda whole: changed(whole, event="publish"),
    "an unknown key": lambda whole: changed(whole, counts=True),
    "another version": lambda whole: whole | {"yoyak-review": 2},
    "a list for a text": lambda whole: changed(whole, text=["a"]),
    "half a character": lambda whole: changed(whole, text="\ud83d"),
    "10,001 events": lambda whole: whole | {"events": whole["events"] * 5001},
    "an answer in a circle": lambda whole: changed(
        changed(whole, 0, event="reply", id="a", answers="b"), 1, event="reply", id="b", answers="a"
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_mangled_file_is_refused_whole_in_few_lines(site: Path, sent: bytes, tmp_path: Path, name: str) -> None:
    copy = copy_of(site, tmp_path)
    found = imported(copy, REFUSED[name](json.loads(sent)))
    assert found.returncode == 1, found.stdout
    assert "Traceback" not in found.stderr
    assert len(found.stderr) < 8000
    assert not (copy / "content/_reviews").exists()


def test_a_torn_file_is_refused_wherever_it_ends(site: Path, sent: bytes, tmp_path: Path) -> None:
    copy = copy_of(site, tmp_path)
    place = tmp_path / "torn.json"
    for end in range(1, len(sent) - 1, len(sent) // 12):
        place.write_bytes(sent[:end])
        found = run_yoyak("review", "import", place, "--site", copy)
        assert (found.returncode, "Traceback" in found.stderr) == (1, False)
    assert not (copy / "content/_reviews").exists()


def test_what_is_odd_is_taken_in_and_said(site: Path, sent: bytes, tmp_path: Path) -> None:
    copy, whole = copy_of(site, tmp_path), json.loads(sent)
    assert imported(copy, whole).returncode == 0
    assert len(list((copy / "content/_reviews").rglob("*.yaml"))) == 2
    again = imported(copy, whole)
    assert (again.returncode, len(list((copy / "content/_reviews").rglob("*.yaml")))) == (0, 2)
    other = imported(copy, changed(whole | {"site": "https://<b>other</b>.example/"}, text="Of another site."))
    assert (other.returncode, "other" in other.stdout + other.stderr) == (0, True)
    nowhere = {"path": "content/<b>none</b>.md", "seen": "0" * 64}
    gone = imported(copy, changed(changed(whole, 0, **nowhere), 1, **nowhere))
    assert (gone.returncode, "none" in gone.stdout + gone.stderr) == (1, True)
    shown = json.loads(run_yoyak("review", "show", "ferry", "--json", "--site", copy).stdout)
    assert "<b>Who</b> & why?" in [one["text"] for one in shown["notes"]]
