"""The heading right above the first paragraph of a pasted page: is it of the text, or of the page?"""

from __future__ import annotations

import pytest

from readers.capture.test_headline import BODY, BUTTONS, MENU, STAMP, TITLE, page
from readers.capture.test_zones import BODY_MORE, texts

PARTS = (" ".join(BODY), *BODY_MORE)


def parted(first: str, second: str, third: str) -> list[str]:
    """Return a text of three parts, each below its heading."""
    return [line for head, part in zip((first, second, third), PARTS, strict=True) for line in (head, part)]


@pytest.mark.parametrize(
    "heads",
    [
        ("1. 찻집이 된 우체국", "2. 이야기 상자", "3. 남은 건물"),
        ("1) The old post office", "2) A box of stories", "3) What is left"),
        ("재료", "만드는 법", "보관하는 법"),
        ("Introduction", "A box of stories", "What is left"),
        ("찻집 이야기", "상자 이야기", "남은 건물 이야기"),
        ("■ 찻집", "■ 상자", "■ 남은 건물"),
        ("About the tea", "About a box of stories", "About what is left"),
        ("Wo steht die Post?", "Was ist eine Kiste?", "Wie geht es weiter?"),
    ],
)
def test_the_first_heading_of_a_text_is_kept_below_buttons(heads: tuple[str, str, str]) -> None:
    text = parted(*heads)
    assert texts(page(*MENU, TITLE, STAMP, *BUTTONS, *text)) == [line.removeprefix("■ ") for line in text]


@pytest.mark.parametrize(
    "above",
    [
        (STAMP, *BUTTONS, "본문 목소리"),
        (STAMP, *BUTTONS, "목소리로 듣는 이야기 한 권"),
        (STAMP, *BUTTONS, "Podcast?"),
        (STAMP, *BUTTONS, "1. 목소리"),
        (STAMP, "우체국 세 곳 고쳐 내년 봄에 연다"),
    ],
)
def test_a_label_of_the_page_and_a_subtitle_are_no_first_heading(above: tuple[str, ...]) -> None:
    text = [PARTS[0], "상자에 넣은 이야기를 모아 낸 책 한 권", PARTS[1], "남은 건물은 어디에 쓰나", PARTS[2]]
    assert texts(page(*MENU, TITLE, *above, *text)) == text


@pytest.mark.parametrize("line", ["재료", "찻집 이야기"])
def test_a_line_above_a_text_without_headings_is_left_out(line: str) -> None:
    assert texts(page(*MENU, TITLE, STAMP, line, *BODY, *BODY_MORE)) == [*BODY, *BODY_MORE]


def test_a_line_that_stands_between_the_paragraphs_too_is_no_heading() -> None:
    advertisement = "Advertisement - story continues below"
    between = [advertisement, *BODY[:2], advertisement, BODY[2], *BODY_MORE]
    assert texts(page(*MENU, TITLE, STAMP, *between))[0] == BODY[0]
