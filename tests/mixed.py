"""One site with something of everything, for the laws that hold whatever a site has in it."""

from __future__ import annotations

from pathlib import Path

from golden import SITES
from sites import article, tree, write_site

SETTINGS = """title: 온갖 것
base_url: https://example.org/digest/
timezone: Asia/Seoul
page_size: 7
themes:
  - {slug: a, title: 가, match: {words: [배]}}
  - {slug: b, title: 나}
tags: {함께: {slug: together, aliases: [Together]}}
sources: {가온일보: {rights: excerpt}}
"""


def write_mixed_site(folder: Path, *, backwards: bool = False) -> Path:
    """Write the site; `backwards` makes its files in the other order, so that a disk lists them otherwise."""
    files: dict[str, str | bytes] = {
        path: data
        for path, data in tree(SITES / "korean").items()
        if path.startswith("content/2024/") and path.endswith((".txt", ".html"))
    }
    for number in range(66):
        following = (number + 1) % 66
        files[f"content/{number % 5}/글-{number:02}.md"] = article(
            f"{number}번째 글. [다음](../{following % 5}/글-{following:02}.md)\n\n![그림](p.svg)\n\n> 둘째.",
            title=f"글 {number} <b>&amp;",
            date=f"2024-0{5 + number % 2}-{1 + number % 28:02}",
            themes=["a", "나"] if number % 3 else ["b"],
            tags=["Together", f"꼬리표 {number % 4}", "C++", "C#"],
            authors=[f"기자 {number % 3}"],
            source="가온일보" if number % 2 else None,
            aliases=[f"/old/{number}/"],
        )
        files[f"content/{number % 5}/p.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
    ordered = dict(reversed(files.items())) if backwards else files
    return write_site(folder, ordered, SETTINGS)
