"""Take an article down: it is held back for a reason on record, and what still names it is listed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command import Done, run_yoyak
from sites import SETTINGS, article, tree, write_site

BODY = "시는 등대를 민간 회사에 팔기로 하고 지난달부터 세 곳과 은밀히 값을 흥정해 왔다고 밝혔다."
KIM = ("--as", "Kim <kim@digest.kr>")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "content/2024/sale.md": article(BODY, title="등대 매각 협상 시작", slug="sale", aliases=["/old-sale/"]),
        "content/2024/follow.md": article("[앞선 글](sale.md)에서 알렸다.", title="이어진 글", slug="follow"),
        "content/2024/other.md": article("등대 매각 협상 시작 소식에 시민들이 놀랐다.", title="다른 글", slug="other"),
        "content/editions/2024-W27.md": "---\ntitle: 이번 주\n---\n\n[첫 글](/articles/sale/)\n",
        "content/_sources/sale.html": f"<p>{BODY}</p>",
        "content/pages/about.md": "---\ntitle: 우리는\n---\n\n소개.\n",
    }
    settings = SETTINGS.replace("digest.example.org", "digest.kr")
    return write_site(
        tmp_path / "site", files, f"{settings}deploy: {{live: {{kind: git, remote: ../r.git}}}}\n", plain=True
    )


def takedown(folder: Path, *more: str) -> Done:
    return run_yoyak("takedown", *more, "--site", folder, cwd=folder)


def answer(folder: Path, *more: str) -> dict[str, Any]:
    done = takedown(folder, *more, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    "asked",
    [
        "content/2024/sale.md",
        "https://digest.kr/articles/sale/",
        "https://digest.kr/articles/sale/index.html?from=feed#top",
        "digest.kr/articles/sale/",
        "/articles/sale/",
        "https://digest.kr/old-sale/",
        "sale",
    ],
)
def test_an_article_goes_by_its_file_its_address_and_an_old_one(folder: Path, asked: str) -> None:
    before = (folder / "content/2024/sale.md").read_bytes()
    assert takedown(folder, asked, "--reason", "사실과 다름", *KIM).returncode == 0
    assert (folder / "content/2024/sale.md").read_bytes() == before
    (event,) = (folder / "content/_reviews/2024/sale").glob("*.yaml")
    assert "event: hold" in event.read_text(encoding="utf-8")
    assert "사실과 다름" in event.read_text(encoding="utf-8")
    build = run_yoyak("build", "--site", folder, "--keep-going", "--at", "2024-07-10")
    assert build.returncode == 0, build.stderr
    assert not (folder / "output/articles/sale").exists()


def test_what_still_names_it_is_listed_with_its_line(folder: Path) -> None:
    (folder / "content/_urls.yaml").write_text("/articles/sale/: content/2024/sale.md\n", encoding="utf-8")
    found = answer(folder, "sale", "--reason", "x", "--dry-run")
    mentions = {(one["path"], one["kind"]) for one in found["mentions"]}
    assert mentions == {
        ("content/2024/follow.md", "link"),
        ("content/2024/other.md", "title"),
        ("content/editions/2024-W27.md", "link"),
        ("content/_sources/sale.html", "original"),
    }
    assert next(one["line"] for one in found["mentions"] if one["path"].endswith("W27.md")) == 5


def test_a_dry_run_writes_nothing_and_says_what_would_be(folder: Path) -> None:
    before = tree(folder / "content")
    done = takedown(folder, "sale", "--reason", "x", "--dry-run")
    assert done.returncode == 0
    assert "would be held back" in done.stdout
    assert tree(folder / "content") == before


def test_what_cannot_be_reached_is_said(folder: Path) -> None:
    said = takedown(folder, "sale", "--reason", "x", "--dry-run").stdout
    assert "target live" in said
    assert "Web archives" in said
    assert "Mails" in said
    assert "yoyak deploy" in said
    korean = takedown(folder, "sale", "--reason", "x", "--dry-run", "--lang", "ko").stdout
    assert "웹 아카이브" in korean


def test_a_second_time_changes_nothing(folder: Path) -> None:
    takedown(folder, "sale", "--reason", "x", *KIM)
    assert answer(folder, "sale", "--reason", "x", *KIM)["done"] == "already"
    assert len([*(folder / "content/_reviews/2024/sale").glob("*.yaml")]) == 1


def test_an_own_page_becomes_a_draft_by_one_line(folder: Path) -> None:
    assert takedown(folder, "https://digest.kr/about/", "--reason", "x", *KIM).returncode == 0
    text = (folder / "content/pages/about.md").read_text(encoding="utf-8")
    assert text == "---\ntitle: 우리는\nstatus: draft\n---\n\n소개.\n"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("https://other.example/articles/sale/", "another site"),
        ("https://digest.kr/tags/ai/", "no article"),
        ("https://digest.kr/themes/ai/", "no article"),
        ("https://digest.kr/", "no article"),
        ("content/editions/2024-W27.md", "edition"),
        ("../../etc/passwd", "no article"),
        ("/etc/passwd", "no article"),
        ("content/nothing.md", "no article"),
        ("site.yaml", "no article"),
        ("http://[::1", "another site"),
        ("-x", "No such option"),
        ("", "no article"),
    ],
)
def test_what_is_no_article_is_refused(folder: Path, asked: str, said: str) -> None:
    before = tree(folder)
    done = takedown(folder, asked, "--reason", "x", *KIM)
    assert done.returncode in (1, 2)
    assert said.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr
    assert {path: data for path, data in tree(folder).items() if not path.startswith(".yoyak")} == before


def test_a_reason_must_be_given(folder: Path) -> None:
    assert takedown(folder, "sale", *KIM).returncode == 2
    assert takedown(folder, "sale", "--reason", " ", *KIM).returncode == 1
