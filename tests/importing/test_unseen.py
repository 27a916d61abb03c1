"""What a mail styles so that nobody sees it."""

from __future__ import annotations

import pytest

from rows import each_row
from yoyak.importing.pieces import tree
from yoyak.importing.unseen import unseen_texts


def _unseen(html: str) -> str:
    return "".join(
        text for text in unseen_texts(tree(html)) if text.parent is None or text.parent.name != "style"
    ).strip()


@each_row(
    "style",
    [
        "display:none", "DISPLAY : NONE !important", "visibility:hidden", "mso-hide:all", "opacity:0", "opacity: 0.0",
        "max-height:0", "max-height:0px;overflow:hidden", "font-size:0", "font-size:1px", "font-size:0.1em",
        "color:#fff", "color:#FFFFFF", "color:white", "color:rgb(255, 255, 255)", "color:transparent",
        "color:rgba(0,0,0,0)",
        "color:#eee;background-color:#eeeeee", "height:0;overflow:hidden", "text-indent:-9999px",
        "position:absolute;left:-9999px", "position:absolute;clip:rect(0,0,0,0)",
    ],
)  # fmt: skip
def test_every_usual_way_to_hide_a_text_is_seen(style: str) -> None:
    assert _unseen(f'<body><div style="{style}"><span>미리</span> 보기</div><p>본문</p></body>') == "미리 보기"


@each_row(
    "html",
    [
        '<td style="font-size:0px"><div style="font-size:16px">글</div></td>',
        '<td bgcolor="#003366"><p style="color:#ffffff">글</p></td>',
        '<div style="background:url(a.png)"><p style="color:#fff">글</p></div>',
        '<td background="a.png" style="color:#fff">글</td>',
        '<style>.top td{background:#000}</style><td style="color:#fff">글</td>',
        '<style>.top{background:#000}</style><td class="top"><b style="color:#fff">글</b></td>',
        '<style>@media (max-width:600px){.a{display:none}}</style><p class="a">글</p>',
        '<div style="opacity:0.9;max-height:100px;font-size:11px">글</div>',
        '<div style="color:#fff"><a href="/">글</a></div>',
        '<div style="background-color:#111;color:#fff"><div style="background-color:#fff;color:#111">글</div></div>',
        '<td style="max-width:0;overflow:hidden;text-overflow:ellipsis">글</td>',
        '<p style="color:#fffffe;background:#000 none">글</p>',
    ],
)
def test_what_a_reader_sees_stays(html: str) -> None:
    assert _unseen(html) == ""


@pytest.mark.parametrize(
    "sheet",
    [
        ".preheader{display:none!important}",
        "#p, .x { max-height : 0 }",
        "div.preheader{font-size:1px}",
        "@media print{p{color:red}} .preheader{opacity:0}",
    ],
)
def test_the_sheet_of_a_mail_hides_too(sheet: str) -> None:
    assert _unseen(f'<style>{sheet}</style><div class="big preheader" id="p">숨음</div><p>글</p>') == "숨음"
