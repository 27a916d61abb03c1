"""What shows that a Markdown text was pasted from somebody's page."""

from __future__ import annotations

import pytest

from rows import each_row
from yoyak.readers.capture.pasted import signs_of_paste


@each_row(
    "notice",
    [
        "ⓒ 등대일보 무단전재 및 재배포 금지",
        "<저작권자 ⓒ 누리통신, 무단 전재-재배포, AI 학습 및 활용 금지>",
        "**저작권자(c) 등대일보, 무단 전재 및 재배포 금지**",
        "© 2026 Pier Daily. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "無断転載を禁じます ©港日報",
        "未经授权不得转载",
        "Alle Rechte vorbehalten.",
        "ⓒ 등대일보",
    ],
)
def test_a_notice_that_forbids_copying_is_found(notice: str) -> None:
    found = signs_of_paste(f"# 등대\n\n등대가 다시 켜진다.\n\n- 하나\n- 둘\n\n{notice}\n")
    assert found is not None
    assert (found.line, found.notice) == (7, notice.strip("*"))


@pytest.mark.parametrize(
    "text",
    [
        "본문 바로가기\n로그인\n\n입력 2026.11.27. 오전 8:10\n\n본문이다.",
        "기사입력 2026-11-27 08:10\n\n본문이다.\n\n이하늘 기자 a@pier.example",
        "Skip to content\n\nThe ferry is back.\n\nSubscribe\n\na@pier.example",
    ],
)
def test_two_kinds_of_a_portals_lines_show_a_pasted_page(text: str) -> None:
    found = signs_of_paste(text)
    assert found is not None
    assert found.notice == ""


@each_row(
    "text",
    [
        "신문협회는 무단 전재 금지를 요구했다.",
        "시는 무단 복제를 금지했다고 밝혔다.",
        "사진 ⓒ가온시\n\n하나.\n\n둘.\n\n셋.\n\n넷.\n\n다섯.",
        "The band reserved all rights to the song and left.",
        "```\nAll rights reserved.\n```\n\n본문이다.",
        "    무단전재 금지\n\n본문이다.",
        "로그인 화면이 바뀌었다.\n\n입력 장치를 고쳤다.",
        "글 이하늘 기자\n\n본문이다.\n\n이하늘 기자",
        "",
    ],
)
def test_a_text_that_only_speaks_of_it_is_the_desks_own(text: str) -> None:
    assert signs_of_paste(text) is None
