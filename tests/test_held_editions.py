"""Editions that are held back, as whole sites: nothing of them leaves, and every report says why and until when."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec import json as msgspec_json

from sites import NOON, SETTINGS, Built, article, build_site, built, everything, write_site
from test_fails_closed import NOT_PUBLIC, NOTHING
from yoyak.cli.build_text import held_lines
from yoyak.cli.commands import commands

TOGETHER = f"{SETTINGS}editions: {{release: together}}\n"
HELD = {
    "draft": "status: draft",
    "review": "status: review",
    "scheduled": "publish_at: 2024-07-10 12:01",
    "unknown status": "status: ready",
    "no date": "publish_at: soon",
    "no status": "status:",
    "unknown key": "embargo_until: 2031-01-01",
    "half of its days": "from: 2024-07-08",
    "a time of day": "from: 2024-07-08 09:00\nto: 2024-07-14",
    "no front matter at all": "---\n---\nstatus: [",
}
EDITION = "content/editions/2024-W28.md"
OLD = article("지난 글이다.", title="지난 글", slug="old")
NEW = {
    "content/new-file.md": article(
        "CANARY 글이다. ![CANARY](canary.svg)",
        title="CANARY 제목",
        date="2024-07-09",
        slug="canary-slug",
        tags=["CANARY 꼬리표"],
        authors=["CANARY 기자"],
        aliases=["/canary-old/"],
    ),
    "content/canary.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><title>CANARY</title></svg>',
}


def edition(head: str) -> str:
    keys = "title: CANARY 호\nnumber: CANARY 번호\n"
    return f"---\n{keys}{head}\n---\n\nCANARY 머리말 ![CANARY](note.svg)\n"


def files(head: str) -> dict[str, str]:
    note = NEW["content/canary.svg"].replace("4", "5")
    return {"content/old.md": OLD, EDITION: edition(head), "content/editions/note.svg": note}


def yoyak(*args: str) -> Any:
    return CliRunner().invoke(commands, [*args, "--at", "2024-07-10 12:00"], catch_exceptions=False).output


# --- nothing leaves -------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", HELD.values(), ids=HELD)
def test_nothing_of_a_held_edition_and_of_what_waits_with_it_is_anywhere(tmp_path: Path, head: str) -> None:
    plain = random.choice([True, False])
    found = built(tmp_path, {**files(head), **NEW}, TOGETHER, plain=plain, keep_going=True)
    said = everything(found.output).lower()
    assert "canary" not in said
    assert "2024-w28" not in said
    assert "지난 글" in found.text("index.html")


@pytest.mark.parametrize("plain", [True, False])
def test_the_articles_of_a_held_edition_go_out_by_themselves(tmp_path: Path, plain: bool) -> None:
    new = {"content/new.md": article("새 글이다.", title="새 글", date="2024-07-09", slug="new")}
    found = built(tmp_path, {**files("status: draft"), **new}, plain=plain)
    said = everything(found.output)
    assert "새 글" in found.text("articles/new")
    assert "새 글" in found.text("feed.xml")
    assert "canary" not in said.lower()
    assert "2024-W28" not in said
    assert "지난 글" in found.text("index.html")
    assert "새 글" not in found.text("index.html")


def test_the_address_of_an_article_that_waits_with_its_edition_is_not_given_away(tmp_path: Path) -> None:
    linking = {"content/linking.md": article("[새 글](new-file.md) [[CANARY 제목]]", title="잇는 글", slug="linking")}
    found = built(tmp_path, {**files("status: draft"), **NEW, **linking}, TOGETHER, keep_going=True)
    assert "canary-slug" not in everything(found.output)
    build_site(tmp_path, keep_going=True)
    again = write_site(
        tmp_path, {"content/linking.md": article("[새 글](new-file.md)!", title="잇는 글", slug="linking")}, TOGETHER
    )
    assert "canary-slug" not in everything(build_site(again, keep_going=True).output)


def test_an_edition_that_is_out_is_as_it_was(tmp_path: Path) -> None:
    found = built(tmp_path, {**files("status: approved\npublish_at: 2024-07-10 12:00"), **NEW}, TOGETHER)
    assert found.report.held == ()
    assert "CANARY" in found.text("editions/2024-W28")
    assert "CANARY" in found.text("index.html")


def test_no_spelling_of_a_status_lets_an_edition_out(tmp_path: Path) -> None:
    heads = [f"status:{value}" for value in NOTHING] + [f"status: {word}" for word in NOT_PUBLIC]
    days = [(datetime(2024, 1, 1) + timedelta(days=number)).date().isoformat() for number in range(len(heads))]
    site = {f"content/editions/{day}.md": edition(head) for day, head in zip(days, heads, strict=True)}
    site |= {f"content/{day}.md": article(title="글", date=day, slug=f"canary-{day}") for day in days}
    settings = TOGETHER.replace("{", "{cadence: daily, ")
    found = built(tmp_path, {"content/old.md": OLD, **site}, settings, keep_going=True)
    said = everything(found.output).lower()
    assert "지난 글" in said
    assert "canary" not in said


@pytest.mark.parametrize(
    "text", ["", "\n", "\ufeff", "---\nstatus: draft\n", "status: draft\n\n글", "----\nstatus: draft\n----\n"]
)
def test_a_file_of_an_edition_that_is_empty_or_torn_holds_it_back(tmp_path: Path, text: str) -> None:
    found = built(tmp_path, {"content/old.md": OLD, EDITION: text, **NEW}, TOGETHER, keep_going=True)
    assert "canary" not in everything(found.output).lower()
    assert [problem.path for problem in found.report.problems if problem.severity == "error"] == [EDITION]


SPANS = {
    "a bad status": "status: ready\nfrom: 2024-07-08\nto: 2024-07-10",
    "days in the wrong order": "from: 2024-07-10\nto: 2024-07-08",
    "an unknown key": "colour: blue\nfrom: 2024-07-08\nto: 2024-07-10",
    "a pin": "status: ready\npins: [canary-slug]",
}


@pytest.mark.parametrize("head", SPANS.values(), ids=SPANS)
def test_an_edition_with_days_of_its_own_that_is_not_understood_keeps_its_articles(tmp_path: Path, head: str) -> None:
    site = {"content/old.md": OLD, "content/editions/special.md": edition(head), **NEW}
    found = built(tmp_path, site, TOGETHER, keep_going=True)
    assert "canary" not in everything(found.output).lower()


def test_a_file_of_an_edition_that_leads_out_of_the_site_holds_it_back(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("---\ntitle: 밖\n---\n", encoding="utf-8")
    site = write_site(tmp_path / "site", {"content/old.md": OLD, **NEW}, TOGETHER)
    (site / "content/editions").mkdir()
    (site / EDITION).symlink_to(outside)
    found = build_site(site, keep_going=True)
    assert "canary" not in everything(found.output).lower()


# --- what is reported ---------------------------------------------------------------------------------------


def held(found: Built) -> list[tuple[str, str, str, str]]:
    report = json.loads(msgspec_json.encode(found.report))
    return [(one["path"], one["reason"], one["until"] or "", one["edition"]) for one in report["held"]]


def test_the_report_says_why_and_until_when_and_what_waits_with_it(tmp_path: Path) -> None:
    found = built(tmp_path, {**files("publish_at: 2024-07-12 09:00"), **NEW}, TOGETHER)
    until = "2024-07-12T09:00:00+09:00"
    assert held(found) == [
        ("content/new-file.md", "edition", until, "2024-W28"),
        (EDITION, "scheduled", until, "2024-W28"),
    ]
    assert list(held_lines(found.report.held, found.report.clock)) == [
        f"edition 2024-W28: held back, scheduled until Fri 12 July 09:00 KST ({EDITION}); 1 article waits with it"
    ]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("publish_at: 2024-07-12 09:00", "The edition 2024-W28 is scheduled until 2024-07-12 09:00 KST"),
        ("status: draft", "The edition 2024-W28 is a draft"),
        ("status: review", "The edition 2024-W28 is in review"),
    ],
)
def test_why_says_the_same_of_the_file_the_address_and_an_article(tmp_path: Path, head: str, said: str) -> None:
    built(tmp_path, {**files(head), **NEW}, TOGETHER)
    for asked in (EDITION, "/editions/2024-W28/", "content/new-file.md"):
        assert said in yoyak("why", "--site", str(tmp_path), asked)
    assert "It waits for its edition." in yoyak("why", "--site", str(tmp_path), "/articles/canary-slug/")


def test_why_of_a_file_that_is_not_understood_says_that_its_edition_is_held_back(tmp_path: Path) -> None:
    built(tmp_path, {**files("status: ready"), **NEW}, TOGETHER, keep_going=True)
    said = yoyak("why", "--site", str(tmp_path), EDITION)
    assert "is held back" in said
    assert '"status" must be' in said


def test_a_preview_shows_a_held_edition_with_its_ribbon(tmp_path: Path) -> None:
    found = built(tmp_path, {**files("status: draft"), **NEW}, TOGETHER, plain=False, preview=True)
    for page in ("index.html", "editions/2024-W28"):
        assert '<p class="ribbon draft">초안인 호입니다.' in found.text(page)
    assert "CANARY 번호" in found.text("editions/2024-W28")
    assert '<span class="ribbon draft">초안</span>' in found.text("editions")
    assert "실릴 호를 기다리는 글입니다" in found.text("articles/canary-slug")
    assert "draft" in yoyak("why", "--site", str(tmp_path), EDITION)


# --- the clock ----------------------------------------------------------------------------------------------


def test_an_edition_goes_out_with_the_first_build_at_its_time(tmp_path: Path) -> None:
    due = datetime(2024, 7, 12, 9)
    site = write_site(tmp_path, {**files(f"publish_at: {due}"), **NEW}, TOGETHER)
    for at, is_out in (
        (NOON, False),
        (due - timedelta(seconds=1), False),
        (due, True),
        (due + timedelta(days=9), True),
        (due - timedelta(seconds=1), False),
    ):
        found = build_site(site, at=at)
        assert ("canary" in everything(found.output).lower()) is is_out
        assert bool(found.report.held) is not is_out


def test_an_article_may_name_an_edition_with_days_of_its_own(tmp_path: Path) -> None:
    special = "---\nfrom: 2024-06-01\nto: 2024-06-09\n---\n"
    site = {
        "content/a.md": article(edition="special", slug="a"),
        "content/b.md": article(edition="unknown", slug="b"),
        "content/editions/special.md": special,
    }
    found = built(tmp_path, site, keep_going=True)
    assert "articles/a" in found.text("editions/special")
    assert [(problem.code, problem.path) for problem in found.report.problems if problem.severity == "error"] == [
        ("bad-edition", "content/b.md")
    ]
    (tmp_path / "content/editions/special.md").unlink()
    again = build_site(tmp_path, keep_going=True)
    assert {problem.path for problem in again.report.problems if problem.code == "bad-edition"} == {
        "content/a.md",
        "content/b.md",
    }
