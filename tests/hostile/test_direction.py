"""A turn of direction that is never turned back stays inside its own name or paragraph, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.sites import static_server
from sites import article, built

pytestmark = pytest.mark.browser

TURNS = ["\u202e", "\u202b", "\u2067", "\u200f", "\u202d\u202e"]
MARKED = "abcdef"
PATHS = ["", "articles/a/", "articles/b/", "tags/", "themes/", "sources/", "authors/", "archive/2024/07/03/"]
TURNED = """marked => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), turned = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = node.data.indexOf(marked); at >= 0; at = node.data.indexOf(marked, at + 1)) {
      const [first, last] = [at, at + marked.length - 1].map(index => {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        return range.getBoundingClientRect();
      });
      if (first.width && first.top === last.top && first.left > last.left) turned.push(node.parentNode.outerHTML);
    }
  }
  return turned;
}"""


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: "-".join(f"U+{ord(char):04X}" for char in turn))
def test_what_stands_beside_keeps_its_direction(tmp_path: Path, chromium: Browser, turn: str) -> None:
    body = f"돌린다 {turn} 여기서\n\n다음 문단 {MARKED}\n\n- 항목 {turn}\n- {MARKED}\n\n"
    table = f"| 칸 {turn} | {MARKED} |\n|-|-|\n| {turn} | {MARKED} |\n"
    first = article(
        body + table,
        summary=f"요약 {turn}",
        title=f"제목 {turn}",
        source=f"매체 {turn}",
        authors=[f"기자 {turn}", MARKED],
        tags=[f"꼬리표 {turn}", f"{MARKED} 1"],
        themes=[f"주제 {turn}", f"{MARKED} 2"],
        rights="full",
    )
    second = article(f"{MARKED}", title=f"{MARKED} 3", source=MARKED, tags=[f"꼬리표 {turn}"], date="2024-07-02")
    site = built(tmp_path, {"content/a.md": first, "content/b.md": second}, plain=False, keep_going=True)
    context = chromium.new_context()
    page = context.new_page()
    with static_server(site.output) as origin:
        for path in PATHS:
            page.goto(origin + path)
            assert page.evaluate(TURNED, MARKED) == [], path
    context.close()
