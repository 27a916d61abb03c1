"""Sidecars of the Markdown Review Sidecar Format: written, taken back, and never trusted."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import json

from desk.reviewed import FERRY, LEE, edit, events, files, review, reviewed_site

SIDECAR = f"{FERRY}.review.yaml"
HEAD = f'mrsf_version: "1.0"\ndocument: {FERRY}\ncomments:\n'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return reviewed_site(tmp_path / "site")


def comment(name: str = "c1", **keys: Any) -> str:
    """Return a comment as it stands in a sidecar."""
    whole = {
        "id": name, "author": "Ann (ann@example.org)", "timestamp": "2026-03-02T18:22:59.713284+00:00",
        "text": "This needs work.", "resolved": False, **keys,
    }  # fmt: skip
    return "".join(f"  {line}\n" for line in yaml.safe_dump([whole], sort_keys=False, allow_unicode=True).splitlines())


def write(site: Path, *comments: str, head: str = HEAD) -> Path:
    place = site / SIDECAR
    place.write_text(head + "".join(comments), encoding="utf-8")
    return place


def taken(site: Path) -> Any:
    return review(site, "import", str(site / SIDECAR), "--json").json


def notes(site: Path) -> Any:
    return review(site, "show", "ferry", "--json").json["notes"]


def exported(site: Path) -> Any:
    assert review(site, "export", "ferry").code == 0
    return yaml.safe_load((site / SIDECAR).read_text(encoding="utf-8"))


def test_notes_are_written_with_their_exact_source(site: Path) -> None:
    review(site, "note", "ferry", "--on", "ferry runs daily", "--text", "Really?", "--kind", "fact", by=LEE)
    review(site, "note", "ferry", "--on", "harbour is open", "--instead", "harbour stays open")
    review(site, "reply", "1", "ferry", "--text", "Yes")
    review(site, "resolve", "1", "ferry")
    found = exported(site)
    assert (found["mrsf_version"], found["document"]) == ("1.0", FERRY)
    first, reply, second = found["comments"]
    lines = (site / FERRY).read_text(encoding="utf-8").split("\n")
    assert (first["author"], first["type"], first["resolved"]) == ("Lee (lee@example.org)", "accuracy", True)
    assert lines[first["line"] - 1][first["start_column"] : first["end_column"]] == first["selected_text"]
    assert first["selected_text_hash"] == sha256(first["selected_text"].encode()).hexdigest()
    assert reply["reply_to"] == first["id"]
    assert (second["selected_text"], second["end_line"] - second["line"]) == ("harbour is\nopen", 1)
    assert second["x_yoyak_instead"] == "harbour stays open"


def test_what_was_exported_adds_nothing_here_and_is_whole_elsewhere(site: Path, tmp_path: Path) -> None:
    review(site, "note", "ferry", "--on", "ferry runs daily", "--text", "Really?", "--kind", "fact", by=LEE)
    review(site, "note", "ferry", "--on", "harbour is open", "--instead", "harbour stays open")
    review(site, "reply", "1", "ferry", "--text", "Yes")
    exported(site)
    before = files(site)
    assert (taken(site)["added"], taken(site)["known"]) == ([], 3)
    assert files(site) == before
    other = reviewed_site(tmp_path / "other")
    (other / SIDECAR).write_bytes((site / SIDECAR).read_bytes())
    taken(other)
    kept = ("text", "kind", "quote", "line", "instead", "by", "at")
    assert [{key: one[key] for key in kept} for one in notes(other)] == [
        {key: one[key] for key in kept} for one in notes(site)
    ]


def test_a_new_comment_becomes_a_note_on_its_words_once(site: Path) -> None:
    write(site, comment(selected_text="**ferry** runs [daily](https://example.net/)", line=8))
    assert [one["what"] for one in taken(site)["added"]] == ["note"]
    edit(site, "The ferry is old", "The ferry is new")  # other words are seen now
    assert taken(site)["added"] == []
    (note,) = notes(site)
    assert (note["by"], note["email"], note["quote"], note["line"]) == ("Ann", "ann@example.org", "ferry runs daily", 8)


@pytest.mark.parametrize(
    ("quote", "line", "place", "shown"),
    [
        ("A ticket costs 2.50 euro. The harbour is\nopen at night.", 10, "words", 10),
        ("ferry", 13, "words", 13),
        ("ferry", None, "several", 0),
        ("gone words", 8, "gone", 0),
        ("", 13, "paragraph", 13),
        ("", 900, "article", 0),
        ("", None, "article", 0),
    ],
)
def test_words_decide_where_a_comment_stands_and_a_line_only_among_several(
    site: Path, quote: str, line: int | None, place: str, shown: int
) -> None:
    keys = {"selected_text": quote} if quote else {}
    write(site, comment(**keys, **({"line": line} if line else {})))
    taken(site)
    (note,) = notes(site)
    assert (note["place"], note["line"]) == (place, shown)


def test_a_note_whose_words_are_gone_is_never_put_on_the_sentence_that_is_there_now(site: Path) -> None:
    write(site, comment(selected_text="The boat is new.", line=13, end_line=13, start_column=0, end_column=16))
    taken(site)
    (note,) = notes(site)
    assert (note["place"], note["quote"]) == ("gone", "The boat is new.")


def test_replies_resolutions_and_unknown_fields_are_kept(site: Path) -> None:
    write(
        site,
        comment("r1", reply_to="c1", text="Agreed."),
        comment("r2", reply_to="r1", text="So do I.", timestamp="2026-03-03T10:00:00Z"),
        comment("c1", resolved=True, severity="high", type="clarity", commit="02eb613", x_tool={"a": [1]}),
    )
    assert len(taken(site)["added"]) == 4
    assert taken(site)["added"] == []
    (note,) = notes(site)
    assert (note["open"], [one["text"] for one in note["replies"]]) == (False, ["Agreed.", "So do I."])
    assert note["text"] == 'This needs work.\n\n[type: clarity, severity: high, commit: 02eb613, x_tool: {"a":[1]}]'


def test_a_note_that_was_opened_again_here_stays_open(site: Path) -> None:
    write(site, comment(resolved=True))
    taken(site)
    review(site, "reopen", "1", "ferry")
    found = taken(site)
    assert (found["added"], notes(site)[0]["open"]) == ([], True)
    assert any("It stays open" in one for one in found["told"])


def test_a_note_that_is_resolved_here_stays_so(site: Path) -> None:
    write(site, comment())
    taken(site)
    review(site, "resolve", "1", "ferry")
    assert any("It stays resolved" in one for one in taken(site)["told"])
    assert notes(site)[0]["open"] is False


def test_an_export_keeps_comments_ids_and_fields_of_others(site: Path) -> None:
    write(site, comment("c1", selected_text="The ferry is old.", line=2, x_tool="t"), comment("c2", text="Second"))
    review(site, "note", "ferry", "--text", "Ours")
    done = review(site, "export", "ferry")
    assert "2 comments of the file are not here yet" in done.text
    taken(site)
    found = exported(site)["comments"]
    assert [one["id"] for one in found[:2]] == ["c1", "c2"]
    assert (found[0]["x_tool"], found[0]["line"], found[0]["text"]) == ("t", 13, "This needs work.")
    assert len(found) == 3
    assert "it says the same already" in review(site, "export", "ferry").text


def test_a_sidecar_with_remarks_is_not_rewritten(site: Path) -> None:
    place = write(site, "  # a remark\n", comment())
    before = place.read_bytes()
    assert review(site, "export", "ferry").code == 1
    assert place.read_bytes() == before


def test_a_sidecar_root_is_followed_inside_the_site_only(site: Path) -> None:
    review(site, "note", "ferry", "--text", "x")
    (site / ".mrsf.yaml").write_text("sidecar_root: .reviews\n", encoding="utf-8")
    review(site, "export", "ferry")
    assert (site / ".reviews" / SIDECAR).is_file()
    (site / ".mrsf.yaml").write_text("sidecar_root: ../out\n", encoding="utf-8")
    assert review(site, "export", "ferry").code == 1
    assert not (site.parent / "out").exists()


def test_a_document_is_found_from_above_the_site(site: Path) -> None:
    write(site, comment(), head=HEAD.replace(FERRY, f"docs/site/{FERRY}"))
    assert len(taken(site)["added"]) == 1


def test_a_sidecar_in_json_and_of_a_newer_minor_version_is_read(site: Path) -> None:
    place = site / f"{FERRY}.review.json"
    comments = [{"id": "a", "author": "Ann", "timestamp": "2026-03-02T18:22:59Z", "text": "t", "resolved": False}]
    whole = {"mrsf_version": "1.4", "document": FERRY, "owner": "x", "comments": comments}
    place.write_bytes(json.encode(whole))
    found = review(site, "import", str(place), "--json").json
    assert len(found["added"]) == 1
    assert any("version 1.4" in one for one in found["told"])
    assert any("owner" in one for one in found["told"])


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("1.0", "2.0") + comment(), HEAD.replace(FERRY, "../other.md") + comment(),
        HEAD.replace(FERRY, "/etc/passwd") + comment(), HEAD.replace(FERRY, "content/none.md") + comment(),
        HEAD + comment(resolved="perhaps"), HEAD + comment(timestamp="yesterday"), HEAD + comment(author="\u202eKim"),
        HEAD + comment() + comment(), HEAD + comment(text="x" * 30_000), HEAD + "  - nothing\n",
        HEAD + comment(reply_to={}), HEAD + comment(selected_text=[]),
        HEAD + comment(reply_to=False), HEAD + "  - [1]\n",
        HEAD + comment(author=""), HEAD + comment(timestamp="9999-01-01T00:00:00Z"),
        "mrsf_version: 1.0\ncomments: []\n",
        "x: &x\n  - *x\n", HEAD + "  - {" * 3000, HEAD.replace("comments:", "comments: 3"),
        "mrsf_version: !!python/name:os 1\n",
    ],
)  # fmt: skip
def test_a_sidecar_that_cannot_be_right_is_refused_whole(site: Path, text: str) -> None:
    (site / SIDECAR).write_text(text, encoding="utf-8")
    before = files(site)
    done = review(site, "import", str(site / SIDECAR))
    assert (done.code, done.text.startswith("yoyak: ")) == (1, True)
    assert files(site) == before


def test_a_build_passes_over_sidecars(site: Path) -> None:
    from sites import build_site

    review(site, "note", "ferry", "--text", "secret remark")
    exported(site)
    review(site, "approve", "ferry")
    found = build_site(site)
    assert [one.code for one in found.report.problems] == []
    assert not any("review" in path for path in found.paths())
    assert events(site)


def test_a_file_that_is_named_twice_is_taken_in_once(site: Path) -> None:
    place = str(write(site, comment(resolved=True)))
    first, second = review(site, "import", place, place, "--json").json
    assert (len(first["added"]), second["added"], second["known"]) == (2, [], 1)


def test_the_same_remark_on_two_places_is_two_notes(site: Path) -> None:
    write(
        site,
        comment("a", selected_text="harbour"),
        comment("b", selected_text="night"),
        comment("c", selected_text="night"),
    )
    assert len(taken(site)["added"]) == 2
    assert taken(site)["added"] == []
    assert {one["quote"] for one in notes(site)} == {"harbour", "night"}


def test_a_chain_of_replies_in_any_order_is_one_thread(site: Path) -> None:
    chain = [comment("0"), *(comment(str(n), reply_to=str(n - 1), text=f"Reply {n}") for n in range(1, 60))]
    write(site, *reversed(chain))
    assert len(taken(site)["added"]) == 60
    assert len(notes(site)[0]["replies"]) == 59
