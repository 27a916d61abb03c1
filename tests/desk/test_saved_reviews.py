"""The file that a reviewer saves and sends: what is taken in, what is said of it, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec import json

from desk.reviewed import BOAT, FERRY, LEE, edit, events, files, review, reviewed_site
from yoyak.desk.records import records
from yoyak.review.seen import seen_text

DIGEST = "0" * 64


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return reviewed_site(tmp_path / "site")


def words(site: Path, path: str = FERRY) -> tuple[str, str]:
    """Return the digest and the text of what an article says now."""
    with records(site) as desk:
        seen = desk.seen(path)
    return seen.digest, seen_text(seen)


def event(seen: str, **keys: Any) -> dict[str, Any]:
    by = {"name": "Lee", "email": "lee@example.org"}
    return {"path": FERRY, "event": "approve", "by": by, "at": "2024-07-03T10:00:00Z", "seen": seen, **keys}


def saved(folder: Path, /, *found: dict[str, Any], **keys: Any) -> Path:
    place = folder.parent / "review.json"
    whole = {"yoyak-review": 1, "site": "https://digest.example.org/", "events": found, "seen": {}, **keys}
    place.write_bytes(json.encode(whole))
    return place


def taken(site: Path, place: Path) -> Any:
    return review(site, "import", str(place), "--json").json


def test_an_approval_is_taken_in_once_and_counts(site: Path) -> None:
    digest, text = words(site)
    place = saved(site, event(digest, scope=["facts"]), seen={digest: text})
    first, second = taken(site, place), taken(site, place)
    assert [(one["what"], one["by"]) for one in first["added"]] == [("approve", "Lee")]
    assert (second["added"], second["known"], second["told"]) == ([], 1, [])
    assert review(site, "show", "ferry").code == 0


def test_the_import_says_that_nobody_can_check_the_names(site: Path) -> None:
    digest, text = words(site)
    told = taken(site, saved(site, event(digest), seen={digest: text}))["told"]
    assert any("yoyak cannot check that: Lee <lee@example.org>" in one for one in told)


def test_an_approval_of_other_words_is_stale_and_shows_what_changed(site: Path) -> None:
    digest, text = words(site)
    edit(site, "2.50", "2.75")
    told = taken(site, saved(site, event(digest), seen={digest: text}))["told"]
    assert any("never on record here. They are kept now" in one for one in told)
    assert any("other words now" in one for one in told)
    found = review(site, "show", "ferry")
    assert (found.code, "2.50 euro→2.75 euro" in found.text) == (4, True)


def test_words_that_nobody_sent_are_told(site: Path) -> None:
    assert any("the file does not have them" in one for one in taken(site, saved(site, event(DIGEST)))["told"])
    assert review(site, "show", "ferry").code == 4
    assert review(site, "show", "--changes", "ferry").code == 1


def test_events_of_a_file_answer_each_other_in_any_order(site: Path) -> None:
    digest, text = words(site)
    note = event(digest, event="note", id="n1", text="Really?", anchor={"quote": "2.50 euro"})
    reply = event(digest, event="reply", answers="n1", text="Yes")
    taken(site, saved(site, reply, note, seen={digest: text}))
    (shown,) = review(site, "show", "ferry", "--json").json["notes"]
    assert ([one["text"] for one in shown["replies"]], shown["line"]) == (["Yes"], 10)


def test_an_answer_to_nothing_and_another_site_are_told(site: Path) -> None:
    digest, text = words(site)
    lost = event(digest, event="reply", answers="20240101T0000Z-x-aaaaaa", text="Yes")
    told = taken(site, saved(site, lost, seen={digest: text}, site="https://other.example.org/"))["told"]
    assert any("which is not here" in one for one in told)
    assert any("https://other.example.org/" in one for one in told)


def test_events_go_with_an_article_that_was_renamed(site: Path) -> None:
    digest, text = words(site)
    (site / FERRY).rename(site / "content/2024/07/ships.md")
    found = taken(site, saved(site, event(digest), seen={digest: text}))
    assert [one["path"] for one in found["added"]] == ["content/2024/07/ships.md"]


def test_events_of_an_article_that_is_gone_are_left_out_and_told(site: Path) -> None:
    digest, text = words(site)
    done = review(
        site, "import", str(saved(site, event(DIGEST, path="content/gone.md"), event(digest), seen={digest: text}))
    )
    assert done.code == 1
    assert "there is no article content/gone.md" in done.text
    assert len(events(site)) == 1


def test_what_is_exported_is_taken_in_elsewhere_under_the_same_names(site: Path, tmp_path: Path) -> None:
    review(site, "note", "ferry", "--on", "ferry runs", "--text", "Really?")
    review(site, "reply", "1", "ferry", "--text", "Yes", by=LEE)
    review(site, "approve", "ferry", "--scope", "facts")
    place = tmp_path / "out.json"
    place.write_text(review(site, "export", "--format", "json", "ferry").text, encoding="utf-8")
    other = reviewed_site(tmp_path / "other")
    taken(other, place)
    assert files(other) == files(site)


def test_a_draft_and_a_stranger_are_told_why_they_do_not_count(site: Path) -> None:
    digest, text = words(site, BOAT)
    by = {"name": "Stranger", "email": "s@example.net"}
    told = taken(site, saved(site, event(digest, path=BOAT, by=by), seen={digest: text}))["told"]
    assert any("none of the `reviewers`" in one for one in told)
    assert any("`status: draft`" in one for one in told)


LATER = (datetime.now(UTC) + timedelta(days=30)).isoformat()
HOSTILE: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "a path out": ({"path": "content/../../etc/passwd"}, {}, "no file of content/"),
    "an absolute path": ({"path": "/etc/passwd"}, {}, "no file of content/"),
    "a path of Windows": ({"path": "content\\..\\x.md"}, {}, "no file of content/"),
    "an unknown kind": ({"event": "publish"}, {}, "publish"),
    "an unknown key": ({"admin": True}, {}, "admin"),
    "an unknown scope": ({"scope": ["everything"]}, {}, "scope"),
    "a name with controls": ({"by": {"name": "Kim\x1b[2J"}}, {}, "invisible characters"),
    "a name with a turn": ({"by": {"name": "Kim\u202e"}}, {}, "invisible characters"),
    "an address with a line": ({"by": {"name": "Kim", "email": "kim@example.org\nx"}}, {}, "invisible characters"),
    "no name": ({"by": {"name": " "}}, {}, "cannot be written"),
    "no digest": ({"seen": "abc"}, {}, "seen"),
    "a digest with a path": ({"seen": "../" * 21 + "x"}, {}, "seen"),
    "no time": ({"at": "yesterday"}, {}, "is no time"),
    "a time to come": ({"at": LATER}, {}, "in the future"),
    "an answer that breaks the line": (
        {"event": "reply", "answers": "x\nseen: y", "text": "t"},
        {},
        "cannot be written",
    ),
    "a block that breaks the line": ({"event": "note", "text": "t", "anchor": {"block": "x\nby: z"}}, {}, "cannot be"),
    "a reply to nothing": ({"event": "reply", "text": "t"}, {}, "cannot be written"),
    "a note that says nothing": ({"event": "note"}, {}, "cannot be written"),
    "a very long text": ({"event": "note", "text": "x" * 30_000}, {}, "text"),
    "events in a circle": ({"event": "reply", "id": "a", "answers": "b", "text": "t"}, {"circle": True}, "circle"),
    "words of another digest": ({}, {"seen": {DIGEST: "title: x\n\n"}}, "are not those"),
    "words that are no article": (
        {"seen": sha256(b"x").hexdigest()},
        {"seen": {sha256(b"x").hexdigest(): "x"}},
        "no article",
    ),
    "a later version": ({}, {"yoyak-review": 2}, "yoyak-review"),
    "no events": ({}, {"events": None}, "events"),
}


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_whole_with_its_reason(
    site: Path, case: tuple[dict[str, Any], dict[str, Any], str]
) -> None:
    keys, more, reason = case
    digest, text = words(site)
    more = dict(more)
    circle = [event(digest, event="reply", id="b", answers="a", text="t")] if more.pop("circle", False) else []
    seen = {digest: text, **more.pop("seen", {})}
    before = files(site)
    bad = event(**{"seen": digest, **keys})
    done = review(site, "import", str(saved(site, event(digest), bad, *circle, seen=seen, **more)))
    assert done.code == 1
    assert done.text.startswith("yoyak: ")
    assert reason in done.text
    assert "review.json" in done.text
    assert files(site) == before


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"[]", b"null", b"{", b"\xff\xfe{\x00", b"\x00" * 1000, b"[" * 200_000, b'{"a":' * 200_000,
        b'{"yoyak-review": 1, "events": ' + b"[" * 200_000, b'{"yoyak-review": 1, "events": [{"path": {"a": 1}}]}',
        b"yoyak-review: 1\nevents: []\n", b"a: &a [*a]\n", b"<html></html>",
        b'{"yoyak-review": 1, "events": ["\\ud800"]}',
        b"mrsf_version: 2.0\ndocument: a\ncomments: []\n",
    ],
)  # fmt: skip
def test_what_is_no_review_is_refused_in_few_lines(site: Path, data: bytes) -> None:
    place = site.parent / "x.json"
    place.write_bytes(data)
    before = files(site)
    done = review(site, "import", str(place))
    assert (done.code, done.text.startswith("yoyak: ")) == (1, True)
    assert len(done.text.splitlines()) <= 21
    assert files(site) == before


def test_a_huge_file_and_a_folder_are_refused_unread(site: Path) -> None:
    place = site.parent / "huge.json"
    with place.open("wb") as file:
        file.truncate(50_000_000)
    assert "more than 32 MB" in review(site, "import", str(place)).text
    assert review(site, "import", str(site)).code == 1
    assert review(site, "import", str(site / "no-such.json")).code == 2


def test_deep_markup_in_words_is_refused(site: Path) -> None:
    text = f"title: x\n\np: {'<b>' * 20_000}x{'</b>' * 20_000}\n"
    digest = sha256(text.encode()).hexdigest()
    done = review(site, "import", str(saved(site, event(digest), seen={digest: text})))
    assert (done.code, events(site)) == (1, [])
