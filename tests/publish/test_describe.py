"""What a person reads before and after a deploy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.desks import PAGES, Desk, write
from yoyak.messages.catalogue import speak_in
from yoyak.publish.describe import describe, summarise
from yoyak.publish.manifest import NAME

SOME = {f"tags/{n:02}/index.html": "tag" for n in range(14)}


def test_first_plan_counts_and_names_what_is_added(desk: Desk, live: Path) -> None:
    size = sum(path.stat().st_size for path in desk.output.rglob("*") if path.is_file())
    assert describe(desk.plans()) == (
        f'Target "live": {live}',
        f"  5 added, 0 changed, 0 removed, 0 unchanged; {size} B to send",
        *(f"  + {path}" for path in sorted((*PAGES, NAME))),
    )


def test_long_lists_are_cut(desk: Desk) -> None:
    desk.builds(SOME)
    lines = describe(desk.plans(), most=3)
    assert lines[2:] == (f"  + {NAME}", "  + tags/00/index.html", "  + tags/01/index.html", "  + and 12 more")


def test_changed_and_removed_files_are_marked(desk: Desk) -> None:
    desk.deploys()
    desk.builds({"index.html": "new", "articles/항구/index.html": PAGES["articles/항구/index.html"]})
    assert describe(desk.plans())[2:] == (
        f"  ~ {NAME}",
        "  ~ index.html",
        "  - assets/style.1.css",
        "  - feed.xml",
    )


def test_files_that_stay_are_named_and_cannot_play_with_the_terminal(desk: Desk, live: Path) -> None:
    desk.deploys()
    write(live, {"CNAME": "x", "\x1b[2J": "x"})
    write(desk.output, {".htaccess": "x"})
    assert describe(desk.plans())[2:] == (
        "  Not yoyak's, stays there: \\x1b[2J, CNAME",
        "  Not from the build, stays here: .htaccess",
    )


def test_closing_line_says_what_was_done(desk: Desk, live: Path) -> None:
    desk.builds({"index.html": "x" * 2_000_000})
    line = summarise(desk.deploys())
    assert line == f"Deployed to {live}: 2 added, 0 changed, 0 removed, 2.0 MB sent."


def test_closing_line_of_an_idle_deploy_says_so(desk: Desk, live: Path) -> None:
    desk.deploys()
    assert summarise(desk.deploys()) == f"{live} is up to date: 5 files, nothing to change."


@pytest.fixture
def korean() -> Iterator[None]:
    speak_in("ko")
    yield
    speak_in("en")


@pytest.mark.usefixtures("korean")
def test_a_plan_and_its_closing_line_are_in_korean_when_that_is_spoken(desk: Desk, live: Path) -> None:
    write(desk.output, {".htaccess": "x"})
    lines = describe(desk.plans(), most=3)
    assert lines[0] == f'배포할 곳 "live": {live}'
    assert lines[1].startswith("  추가 5, 변경 0, 삭제 0, 그대로 0. 보낼 크기 ")
    assert lines[5:] == ("  + 외 2개", "  빌드가 만든 파일이 아니라서 보내지 않습니다: .htaccess")
    assert summarise(desk.deploys()).startswith(f"{live}에 배포했습니다. 추가 5, 변경 0, 삭제 0, 보낸 크기 ")
    assert summarise(desk.deploys()) == f"{live}: 이미 최신 상태입니다. 파일 5개, 바꿀 것이 없습니다."
