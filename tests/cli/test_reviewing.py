"""`yoyak review`, as people and programs use it."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec import json

from desk.reviewed import AUTHOR, BOAT, FERRY, KIM, LEE, edit, events, files, review, reviewed_site
from sites import article
from yoyak.cli.commands import commands


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return reviewed_site(tmp_path / "site")


def test_an_article_goes_from_waiting_to_approved_to_stale_and_back(site: Path) -> None:
    assert review(site, "show", "ferry").code == 3
    assert "approved: Kim approved it." in review(site, "approve", "ferry").text
    assert review(site, "show", "ferry").code == 0
    edit(site, "2.50", "2.75")
    found = review(site, "show", "ferry")
    assert found.code == 4
    assert "Kim approved it, but it says other words now." in found.text
    assert "2.50 euro→2.75 euro" in found.text
    assert review(site, "approve", "ferry").code == 0
    assert review(site, "show", "ferry").code == 0


def test_a_request_for_changes_has_its_own_exit_code_until_it_is_met(site: Path) -> None:
    review(site, "request-changes", "ferry", "--text", "Check the price", "--on", "2.50 euro", by=LEE)
    found = review(site, "show", "ferry")
    assert found.code == 5
    assert "Lee, request for changes, line 10: “2.50 euro”" in found.text
    done = review(site, "resolve", "1", "ferry")
    assert "The request itself stands until Lee approves or resolves it" in done.text
    assert review(site, "show", "ferry").code == 5
    review(site, "approve", "ferry", by=LEE)
    assert review(site, "show", "ferry").code == 0


@pytest.mark.parametrize(
    ("by", "keys", "why"),
    [
        (AUTHOR, {}, "is none of the `reviewers`"),
        ("Author <kim@example.org>", {}, "is an author of the article"),
        (LEE, {"submitted": LEE}, "Lee submitted the article"),
        (KIM, {"status": "draft"}, "the front matter says `status: draft`"),
    ],
    ids=["no reviewer", "author", "submitter", "draft"],
)
def test_an_approval_that_does_not_count_says_so_at_once(
    tmp_path: Path, by: str, keys: dict[str, str], why: str
) -> None:
    submitted = keys.pop("submitted", "")
    site = reviewed_site(tmp_path, **keys)
    if submitted:
        review(site, "submit", "ferry", by=submitted)
    done = review(site, "approve", "ferry", by=by)
    assert done.code == 0
    assert why in done.text
    assert review(site, "show", "ferry").code == 3


def test_an_approval_without_a_policy_says_that_it_decides_nothing(tmp_path: Path) -> None:
    done = review(reviewed_site(tmp_path, ""), "approve", "ferry")
    assert "decides nothing: site.yaml asks for no approvals" in done.text


@pytest.mark.parametrize("status", ["draft", "review"])
def test_an_approval_says_that_the_front_matter_holds_the_article_back(tmp_path: Path, status: str) -> None:
    done = review(reviewed_site(tmp_path, "", status=status), "approve", "ferry")
    assert f"Its front matter says `status: {status}`" in done.text
    assert "To publish it, remove that line." in done.text


def test_an_approval_of_what_is_out_says_nothing_of_front_matter(tmp_path: Path) -> None:
    assert "front matter" not in review(reviewed_site(tmp_path, ""), "approve", "ferry").text


def test_several_files_are_decided_at_once_or_not_at_all(site: Path) -> None:
    assert review(site, "hold", "ferry", "no-such").code == 1
    assert events(site) == []
    assert review(site, "hold", "ferry", "boat", "ferry").code == 0
    assert len(events(site)) == 2


def test_release_ends_every_hold_with_an_event_each(site: Path) -> None:
    review(site, "hold", "ferry", "--text", "the lawyer reads it")
    review(site, "hold", "ferry", by=LEE)
    assert "Lee" in review(site, "show", "ferry").text
    done = review(site, "release", "ferry")
    assert done.text.count("release recorded") == 2
    assert "in review" in done.text
    assert review(site, "release", "ferry").code == 1


def test_release_of_one_hold_leaves_the_other(site: Path) -> None:
    review(site, "hold", "ferry")
    review(site, "hold", "ferry", by=LEE)
    kims = next(name for name in events(site) if "-kim-" in name)
    assert "on hold" in review(site, "release", "ferry", kims[-6:]).text


@pytest.mark.parametrize(
    "asked",
    [
        FERRY, "2024/07/ferry.md", "ferry", "ferry.md", "/articles/ferry/", "articles/ferry/index.html",
        "https://digest.example.org/articles/ferry/", "http://localhost:8000/articles/ferry/?x=1#y",
        "output/articles/ferry/index.html",
    ],
)  # fmt: skip
def test_an_article_is_named_as_people_name_it(site: Path, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.chdir(site / "content")
    assert review(site, "show", asked).text.startswith(f"{FERRY}: Ferry")


@pytest.mark.parametrize("asked", ["", ".", "..", "/", "content", "https://example.net/articles/ferry/", "x\0y", "🚢"])
def test_what_names_no_article_is_said_in_one_line(site: Path, asked: str) -> None:
    done = review(site, "approve", asked)
    assert (done.code, done.text.count("\n")) == (1, 1)
    assert "names no article" in done.text


def test_a_near_name_is_suggested_and_an_unclear_one_lists_the_files(site: Path) -> None:
    assert f"Did you mean {FERRY}?" in review(site, "show", "fery").text
    (site / "content/old").mkdir()
    (site / "content/old/ferry.md").write_bytes((site / FERRY).read_bytes())
    found = review(site, "show", "ferry.md").text
    assert FERRY in found
    assert "content/old/ferry.md" in found


def test_an_article_that_cannot_be_read_is_no_article(site: Path) -> None:
    (site / FERRY).write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert "cannot be read" in review(site, "show", FERRY).text


def test_a_note_stands_on_words_and_has_their_line(site: Path) -> None:
    review(site, "note", "ferry", "--on", "ferry runs daily", "--text", "Really?", "--kind", "fact", by=LEE)
    review(site, "note", "ferry", "--on", "harbour is open", "--instead", "harbour stays open")
    found = review(site, "show", "ferry").text
    assert "Lee, fact, line 8: “ferry runs daily”" in found
    assert "Kim, suggestion, line 10: “harbour is open”" in found
    assert "→ harbour stays open" in found


def test_a_note_whose_words_are_gone_is_shown_and_can_be_attached_again(site: Path) -> None:
    review(site, "note", "ferry", "--on", "open at night", "--text", "Since when?")
    edit(site, "open at night", "never closed")
    assert "words gone  1" in review(site, "show", "ferry").text
    assert review(site, "reattach", "1", "ferry", "--on", "never closed").code == 0
    assert "“never closed”" in review(site, "show", "ferry").text


def test_a_note_is_answered_resolved_and_opened_again_by_its_number_or_name(site: Path) -> None:
    review(site, "note", "ferry", "--text", "Nice")
    (name,) = events(site)
    assert review(site, "reply", name, "--text", "Thanks").code == 0
    assert review(site, "resolve", "#1", FERRY).code == 0
    assert "resolved    1 note" in review(site, "show", "ferry").text
    assert "resolved already" in review(site, "resolve", name[-6:]).text
    assert review(site, "reopen", name).code == 0
    assert review(site, "reopen", name).code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("resolve", "7", "ferry"), ("resolve", "1"), ("reply", "abcd", "--text", "x"),
        ("reply", "1", "boat", "--text", "x"),
        ("note", "ferry", "--on", "ferry", "--text", "x"), ("note", "ferry", "--on", "not there", "--text", "x"),
        ("release", "ferry"), ("show", "--changes", "ferry"), ("note", "ferry", "--text", "x" * 20_001),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_is_written(site: Path, words: tuple[str, ...]) -> None:
    before = files(site)
    done = review(site, *words)
    assert (done.code, done.text.startswith("yoyak: ")) == (1, True)
    assert files(site) == before


@pytest.mark.parametrize(
    "words",
    [
        ("note", "ferry"), ("note", "ferry", "--instead", "x"),
        ("note", "ferry", "--kind", "suggestion", "--text", "x"),
        ("approve", "ferry", "--scope", "facts,spelling"), ("request-changes", "ferry", "--text", " "),
        ("reply", "1", "ferry", "--text", ""), ("reattach", "1", "ferry", "--on", " "), ("show",), ("approve",),
    ],
)  # fmt: skip
def test_wrong_usage_is_code_2(site: Path, words: tuple[str, ...]) -> None:
    assert review(site, *words).code == 2
    assert events(site) == []


def test_what_changed_is_shown_word_by_word(site: Path) -> None:
    review(site, "approve", "ferry")
    edit(site, "2.50", "2.75")
    edit(site, 'title: "Ferry"', 'title: "Ferries"')
    for words in (
        ("show", "--changes", "ferry"),
        ("show", "ferry", "--changes"),
        ("show", "--changes", events(site)[0], "ferry"),
        ("show", "--changes", f"content/_reviews/2024/07/ferry/{events(site)[0]}.yaml", "ferry"),
    ):
        found = review(site, *words).text
        assert "A ticket costs [-2.50 euro-]{+2.75 euro+}." in found
        assert "title: Ferr[-y-]{+ies+}" in found


def test_the_list_has_what_waits_and_for_whom(site: Path) -> None:
    review(site, "submit", "ferry", by=LEE)
    found = review(site, "list")
    assert found.code == 3
    assert "in review" in found.text
    assert "Not approved: 2. Approved: 0." in found.text
    assert FERRY in review(site, "list", "--for", "kim@example.org").text
    others = review(site, "list", "--for", "Lee <lee@example.org>")
    assert (others.code, FERRY in others.text) == (0, False)  # who submitted it cannot approve it
    assert "2 more wait for others." in others.text


def test_the_list_exits_with_what_needs_most(site: Path) -> None:
    review(site, "approve", "ferry")
    edit(site, "2.50", "2.75")
    assert review(site, "list").code == 4
    review(site, "request-changes", "boat", "--text", "Finish it")
    assert review(site, "list").code == 5


def test_a_list_where_all_is_approved_exits_with_0(site: Path) -> None:
    (site / BOAT).unlink()
    review(site, "approve", "ferry")
    assert review(site, "list").code == 0


def test_programs_get_json(site: Path) -> None:
    review(site, "note", "ferry", "--on", "open at night", "--text", "Since when?")
    review(site, "approve", "ferry", "--scope", "Facts, rights")
    edit(site, "open at night", "closed")
    (listed, _) = review(site, "list", "--json").json["articles"]
    assert (listed["path"], listed["state"], listed["open_notes"]) == (FERRY, "stale", 1)
    found = review(site, "show", "ferry", "--changes", "--json").json
    (verdict,), (note,) = found["verdicts"], found["notes"]
    assert (verdict["scope"], verdict["counts"], verdict["why_not"]) == (["facts", "rights"], False, "words")
    assert (note["place"], note["quote"], note["line"]) == ("gone", "open at night", 0)
    assert found["changes"]["blocks"][0]["kind"] == "changed"
    made = review(site, "hold", "ferry", "--json").json["recorded"][0]
    assert (made["what"], made["review"]["state"]) == ("hold", "on-hold")


def test_who_one_is_comes_from_git_or_is_asked_for(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    done = CliRunner().invoke(commands, ["review", "hold", "ferry", "--site", str(site)])
    assert (done.exit_code, "--as" in done.output) == (1, True)
    for words in (["init", "-q"], ["config", "user.name", "Gim Mina"], ["config", "user.email", "mina@example.org"]):
        subprocess.run(["git", "-C", str(site), *words], check=True)
    assert CliRunner().invoke(commands, ["review", "hold", "ferry", "--site", str(site)]).exit_code == 0
    (place,) = (site / "content/_reviews").rglob("*-mina-*.yaml")
    assert 'name: "Gim Mina"' in place.read_text(encoding="utf-8")
    assert review(site, "hold", "ferry", by="<<x").code == 1


def test_review_speaks_korean_and_explains_itself(site: Path) -> None:
    assert "승인을 기록했습니다" in review(site, "approve", "ferry", "--lang", "ko").text
    assert "Kim 님이 승인했습니다" in review(site, "show", "ferry", "--lang", "ko").text


@pytest.mark.parametrize("name", ["\x1b[31mred", "\u202eevil", "a\nb"])
def test_a_text_cannot_steer_the_terminal(site: Path, name: str) -> None:
    review(site, "note", "ferry", "--text", f"{name} text")
    found = review(site, "show", "ferry").text
    assert "\x1b" not in found
    assert "\u202e" not in found


def test_what_is_no_article_cannot_be_reviewed_and_what_cannot_be_read_is_counted(site: Path) -> None:
    (site / "content/pages").mkdir()
    (site / "content/pages/about.md").write_text("---\ntitle: About\n---\n\nx\n", encoding="utf-8")
    (site / "content/broken.md").write_text("---\ntitle: [\n---\n\nx\n", encoding="utf-8")
    assert "Only these are reviewed" in review(site, "approve", "content/pages/about.md").text
    assert "content/broken.md, or it cannot be read" in review(site, "approve", "broken").text
    assert "1 file cannot be read" in review(site, "list").text


def test_an_event_that_is_no_standing_hold_is_not_released(site: Path) -> None:
    review(site, "approve", "ferry")
    (approval,) = events(site)
    review(site, "hold", "ferry")
    done = review(site, "release", "ferry", approval)
    assert (done.code, "is no hold that stands" in done.text) == (1, True)


def test_a_link_in_the_place_of_the_reviews_is_not_followed(site: Path) -> None:
    outside = site.parent / "outside"
    outside.mkdir()
    (site / "content/_reviews").symlink_to(outside)
    assert review(site, "approve", "ferry").code == 1
    assert list(outside.iterdir()) == []


def test_a_check_says_what_a_build_says_of_review(site: Path) -> None:
    review(site, "hold", "ferry", by=LEE)
    done = CliRunner().invoke(commands, ["check", "--site", str(site)])
    assert f"on hold: 1 article\n  {FERRY}: It is on hold: Lee." in done.output
    answer = CliRunner().invoke(commands, ["check", "--site", str(site), "--json"])
    assert [(one["path"], one["by"]) for one in json.decode(answer.output)["held"] if one["by"]] == [(FERRY, ["Lee"])]


EDITIONS = "review: {required: true, editions: true, reviewers: [kim@example.org]}\neditions: {cadence: weekly}\n"


@pytest.fixture
def weekly(tmp_path: Path) -> Path:
    """A site in which two approved articles make an edition."""
    site = reviewed_site(tmp_path / "weekly", EDITIONS)
    (site / BOAT).write_text(article("A boat.", title="Boat", date="2024-07-04"), encoding="utf-8")
    review(site, "approve", "ferry", "boat")
    return site


@pytest.mark.parametrize("asked", ["2024-W27", "2024-w27", "content/editions/2024-W27.md", "/editions/2024-W27/"])
def test_an_edition_is_reviewed_like_an_article(weekly: Path, asked: str) -> None:
    assert review(weekly, "show", asked).code == 3
    assert "2024-W27" in review(weekly, "list").text
    done = review(weekly, "approve", asked)
    assert (done.code, "approved: Kim approved it." in done.text) == (0, True)
    assert review(weekly, "list").code == 0
    (weekly / BOAT).unlink()
    assert review(weekly, "show", asked, "--changes").code == 4
    assert review(weekly, "list", "--for", "kim@example.org").code == 4


def test_an_edition_can_be_held_released_and_sent(weekly: Path) -> None:
    before = events(weekly)
    assert "on hold" in review(weekly, "hold", "2024-W27").text
    (name,) = set(events(weekly)) - set(before)
    assert (weekly / f"content/_reviews/editions/2024-W27/{name}.yaml").is_file()
    assert "in review" in review(weekly, "release", "2024-W27").text
    saved = weekly.parent / "saved.json"
    saved.write_text(review(weekly, "export", "--format", "json", "2024-W27").text, encoding="utf-8")
    assert review(weekly, "import", str(saved), "--json").json["known"] == 2


def test_kept_words_that_cannot_be_read_are_as_if_they_were_not_kept(site: Path) -> None:
    deep = f"title: x\n\np: {'<b>' * 20_000}x{'</b>' * 20_000}\n"
    digest = sha256(deep.encode()).hexdigest()
    review(site, "approve", "ferry")
    (place,) = (site / "content/_reviews/2024/07/ferry").glob("*.yaml")
    text = place.read_text(encoding="utf-8")
    place.write_text(text[: text.index("seen:")] + f"seen: {digest}\n", encoding="utf-8")
    (place.parent / f"seen/{digest}.txt").write_text(deep, encoding="utf-8")
    assert review(site, "show", "ferry").code == 4
    assert "was not kept" in review(site, "show", "ferry", "--changes").text
