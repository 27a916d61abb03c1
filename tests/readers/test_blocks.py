"""The pieces of a Markdown body, in order and with their lines."""

from __future__ import annotations

from readers.worlds import around
from rows import each_row
from yoyak.readers.blocks import body_pieces
from yoyak.readers.markdown import read_markdown
from yoyak.text.sanitize import sanitize

Piece = tuple[str, str, int | None]


def pieces(text: str) -> list[Piece]:
    html = sanitize(read_markdown(text, around("content/2024/a.md", assets=("content/2024/p.svg",))).html)
    return [(block.kind, block.text, block.line) for block in body_pieces(html, text, 1)]


@each_row(
    ("text", "expected"),
    [
        ("", []),
        ("첫 문단.\n\n둘째 *문단*.", [("paragraph", "첫 문단.", 1), ("paragraph", "둘째 문단.", 3)]),
        ("두 줄로\n쓴 문단.", [("paragraph", "두 줄로 쓴 문단.", 1)]),
        ("# 제목\n\n## 소제목\n글.", [("heading", "소제목", 3), ("paragraph", "글.", 4)]),
        ("> 인용\n>\n> 둘째 줄", [("quote", "인용\n둘째 줄", 1)]),
        ("- 하나\n- 둘\n    1. 안\n", [("list", "하나\n둘\n안", 1)]),
        ("1. 하나\n2. 둘", [("list", "하나\n둘", 1)]),
        ("| 이름 | 값 |\n|---|---|\n| 가 | 1 |", [("table", "이름 | 값\n가 | 1", 1)]),
        (
            '글 앞.\n\n![항구](p.svg "새벽의 항구")\n\n글 뒤.',
            [
                ("paragraph", "글 앞.", 1),
                ("figure", "항구", 3),
                ("caption", "새벽의 항구", None),
                ("paragraph", "글 뒤.", 5),
            ],
        ),
        ("[누리군](https://nuri.example/a)이 밝혔다.", [("paragraph", "누리군이 밝혔다.", 1)]),
        ("    print(1)\n    print(2)\n", [("paragraph", "print(1)\nprint(2)", 1)]),
        (
            "<div>겉에 선 글 <p>속</p> 뒤</div>",
            [("paragraph", "겉에 선 글", 1), ("paragraph", "속", None), ("paragraph", "뒤", None)],
        ),
        ("글[^1]이다.\n\n[^1]: 주석.", [("paragraph", "글이다.", 1), ("heading", "각주", None), ("list", "주석.", 3)]),
        ("같은 줄이다.\n\n같은 줄이다.", [("paragraph", "같은 줄이다.", 1), ("paragraph", "같은 줄이다.", 3)]),
    ],
)
def test_a_body_has_these_pieces(text: str, expected: list[Piece]) -> None:
    assert pieces(text) == expected


def test_lines_are_those_of_the_file() -> None:
    (block,) = body_pieces(sanitize("<p>글이다.</p>"), "\n글이다.", first_line=5)
    assert block.line == 6
