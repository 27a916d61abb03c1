"""What ``yoyak check`` suggests for a site's tags, through the real command: `suggestions/` with its golden answers."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sites import article, tree, use_plain_templates, write_site

GOLDEN = Path(__file__).parent / "suggestions"
AT = ("--at", "2024-07-10 12:00")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    shutil.copytree(GOLDEN, folder)
    use_plain_templates(folder)
    return folder


def test_a_person_reads_these_words(yoyak: Run, site: Path) -> None:
    done = yoyak("check", "--site", site, *AT)
    assert done.returncode == 0
    assert done.stdout == (GOLDEN / "expected.txt").read_text(encoding="utf-8")


def test_a_program_gets_each_use_with_its_place(yoyak: Run, site: Path) -> None:
    answer = json.loads(yoyak("check", "--site", site, "--json", *AT).stdout)
    assert answer["suggestions"] == json.loads((GOLDEN / "expected.json").read_text(encoding="utf-8"))
    assert [problem["severity"] for problem in answer["problems"]] == ["warning"]


def test_nothing_is_written(yoyak: Run, site: Path) -> None:
    before = tree(site)
    yoyak("check", "--site", site, *AT)
    assert tree(site) == before


def test_a_merge_that_is_taken_over_as_it_is_told_is_told_no_more(yoyak: Run, site: Path) -> None:
    settings = site / "site.yaml"
    taken = "  반도체: {aliases: [반도체는]}\n  삼성 전자: {}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + taken, encoding="utf-8")
    answer = json.loads(yoyak("check", "--site", site, "--json", *AT).stdout)
    assert [suggestion["kind"] for suggestion in answer["suggestions"]] == ["add-tags"]


def test_no_suggestion_is_in_a_build_or_in_the_way_of_one_who_wants_problems_only(yoyak: Run, site: Path) -> None:
    assert "suggestions" not in json.loads(yoyak("build", "--site", site, "--json", *AT).stdout)
    assert yoyak("check", "--site", site, "--quiet", *AT).stdout == ""


def test_what_a_tag_holds_cannot_steer_the_terminal(yoyak: Run, site: Path) -> None:
    text = article(tags=["반도체\u202e", "반도체\u202e은", "반 도체\u202e"])
    (site / "content/odd.md").write_text(text, encoding="utf-8")
    out = yoyak("check", "--site", site, *AT).stdout
    assert "\u202e" not in out
    assert "<U+202E>" in out


FERRY = "섬으로 가는 배가 아침마다 뜬다. 부두에서 표를 사고 바다를 건넌다. 등대가 보이면 거의 다 온 것이다."


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (article(FERRY + " 끝.", title="새 배"), True),
        (article(FERRY, title="  새  배 ", date="2024-07-05", tags=[]), True),
        (article(FERRY, title="다른 배"), False),
        (article("부두의 날씨가 맑아서 이번 주말에 축제를 연다고 시청이 밝혔다.", title="새 배"), False),
        (article(title="새 배", status="draft") + FERRY, True),
    ],
)
def test_an_article_that_is_there_twice_is_named(yoyak: Run, tmp_path: Path, other: str, told: bool) -> None:
    files = {"content/a.md": article(FERRY, title="새 배"), "content/b.md": other}
    answer = json.loads(yoyak("check", "--site", write_site(tmp_path / "site", files), "--json", *AT).stdout)
    found = [(one["path"], one["kind"]) for one in answer["suggestions"]]
    assert found == ([("content/b.md", "same-text")] if told else [])
