"""The sites that the page tests look at, written and built as a user would, and served by a plain static server."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

CHECKOUT = Path(__file__).parent.parent.parent


class ServedSite(NamedTuple):
    """A built site and where a plain static server shows it."""

    output: Path
    home: str
    """``http://127.0.0.1:8123/digest/``"""
    base_url: str
    """What its site.yaml says."""

    def url(self, path: str) -> str:
        """Return the address of a file below `output`; a folder's index by the folder."""
        return self.home + quote(path.removesuffix("index.html"))


def korean(folder: Path) -> str:
    """Copy the sample site as it is, with an address of which something was taken down."""
    shutil.copytree(CHECKOUT / "content", folder / "content")
    (folder / "content/_urls.yaml").write_text("/articles/taken-down/: gone\n", encoding="utf-8")
    shutil.copy(CHECKOUT / "site.yaml", folder)
    return "https://digest.example.org/"


def english(folder: Path) -> str:
    """Copy the sample site with an English interface, below a path."""
    korean(folder)
    settings = (folder / "site.yaml").read_text(encoding="utf-8")
    settings = re.sub(r"(?m)^language:.*", "language: en", settings)
    settings = re.sub(r"(?m)^base_url:.*", "base_url: https://digest.example.org/digest/", settings)
    (folder / "site.yaml").write_text(settings, encoding="utf-8")
    return "https://digest.example.org/digest/"


def empty(folder: Path) -> str:
    """Write a site without one article."""
    return _write_settings(folder, "title: Nothing yet\nlanguage: en\n")


def small(folder: Path) -> str:
    """Write a site with one article and no editions."""
    article = "---\ntitle: 하나뿐인 글\ndate: 2024-07-03\n---\n\n첫 문단이다.\n"
    _write(folder / "content/one.md", article)
    return _write_settings(folder, "title: 작은 다이제스트\nlanguage: ko\neditions: {cadence: none}\n")


def extreme(folder: Path) -> str:
    """Write a site of what strains a layout: forty tags, endless words, wide tables, many pages of everything."""
    _write(folder / "content/everything.md", EVERYTHING)
    for number in range(45):
        tags = ", ".join(f"꼬리표 {tag}" for tag in range(number, number + 4))
        lines = [
            f"title: 글 {number}번",
            f"date: 2024-{5 + number % 3:02}-{1 + number % 28:02}",
            f"tags: [{tags}]",
            f"themes: [{'첫째' if number % 2 else '둘째'}]",
            f"source: 매체 {number % 7}",
        ]
        _write(
            folder / f"content/{number}.md", "\n".join(["---", *lines, "---", "", f"{number}번째 글의 문단이다.", ""])
        )
    return _write_settings(folder, f"title: {'길고 긴 이름의 다이제스트 ' * 4}\nlanguage: ko\npage_size: 5\n")


def untitled(folder: Path) -> str:
    """Write a weekly whose editions have no title but one, and whose lead story is alone in its theme."""
    long = "두 항구를 오가는 배의 기관실에는 늘 물이 끓는 주전자가 하나 있고, " * 4 + "찻잔은 다섯이다."
    stories = [
        ("kettle", "The kettle that two harbours share", "2024-07-03", "항구", "lang: en\nweight: 9\n"),
        ("tide", "물때를 적는 사람들", "2024-07-02", "바다", ""),
        ("net", "그물을 고치는 법", "2024-07-01", "바다", ""),
        ("salt", "소금 한 되의 값", "2024-07-01", "바다", ""),
        ("lamp", "등대지기의 여름", "2024-07-04", "등대", ""),
        ("buoy", "부표가 떠내려온 아침", "2024-06-26", "바다", ""),
        ("ferry", "배가 두 번 뜬 날", "2024-06-19", "항구", ""),
    ]
    for slug, title, day, theme, more in stories:
        front = f"title: {title}\ndate: {day}\nthemes: [{theme}]\nsource: 항구신문\n{more}"
        _write(folder / f"content/{slug}.md", f"---\n{front}rights: full\n---\n\n{long}\n")
    _write(folder / "content/editions/2024-W25.md", "이번 호의 인사, 이름 없이.\n")
    _write(folder / "content/editions/2024-W26.md", "---\ntitle: 우리가 붙인 이름\n---\n\n이번 호의 인사.\n")
    return _write_settings(folder, "title: 항구 소식\nlanguage: ko\n")


def restyled(folder: Path) -> str:
    """Write an English site that follows the recipe of docs/how-to/restyle.md to the letter."""
    recipe = (CHECKOUT / "docs/how-to/restyle.md").read_text(encoding="utf-8")
    for name, kind in {"assets/site.css": "css", "base.html": "jinja"}.items():
        found = re.search(rf"```{kind}\n(.*?)```", recipe, re.DOTALL)
        assert found
        _write(folder / "templates" / name, found[1])
    article = "---\ntitle: One harbour\ndate: 2024-07-03\n---\n\nA first paragraph.\n"
    _write(folder / "content/one.md", article)
    return _write_settings(folder, "title: The Harbour\nlanguage: en\n")


def specimen(folder: Path) -> str:
    """Write an article whose body has every element that a body may have: tests/browser/specimen.html."""
    _write(folder / "content/specimen.md", "---\ntitle: 견본\ndate: 2024-07-20\nrights: full\n---\n\n견본의 글이다.\n")
    body = (CHECKOUT / "tests/browser/specimen.html").read_text(encoding="utf-8")
    page = '{% extends "yoyak/article.html" %}\n{% block body %}\n<div class="body whole">\n' + body
    _write(folder / "templates/article.html", page + "</div>\n{% endblock %}\n")
    _write(folder / "templates/assets/boat.svg", BOAT)
    return _write_settings(folder, "title: 견본집\nlanguage: ko\n")


BOAT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 800" width="400" height="800">
<path fill="#a3271c" d="M60 560h280l-60 90H120z"/>
<path fill="#5d574d" d="M190 160h20v380h-20zM220 180l130 340H220z"/></svg>
"""
LONG_WORD = "도나우증기선운항회사선장모자" * 12
EVERYTHING = f"""---
title: {LONG_WORD} {"아주 긴 제목 " * 16}
subtitle: {"부제도 길다 " * 30}
date: 2024-07-03 09:00
updated: 2024-07-04 10:30
tags: [{", ".join(f"아주 긴 꼬리표 이름 {number} {LONG_WORD[:number]}" for number in range(40))}]
authors: [{", ".join(f"기자 {number}" for number in range(12))}]
source: {LONG_WORD}
source_url: https://news.example.org/{"very-long-address/" * 12}
rights: full
---

{LONG_WORD} 다음에 [{LONG_WORD}](https://news.example.org/a) 링크.

## 둘째 제목 {LONG_WORD}

### 셋째 제목

> 인용 {LONG_WORD}

| {" | ".join(f"열 {number}" for number in range(14))} |
|{"---|" * 14}
| {" | ".join(f"값이긴칸{number}" for number in range(14))} |

```
{"a-line-of-code-without-an-end " * 12}
```

1. 첫째
2. 둘째
    - 안쪽 {LONG_WORD}
"""


WRITERS: dict[str, Callable[[Path], str]] = {
    "korean": korean,
    "english": english,
    "extreme": extreme,
    "small": small,
    "empty": empty,
    "untitled": untitled,
    "restyled": restyled,
    "specimen": specimen,
}
"""By the site's name in tests: what writes it into a folder and returns its base_url."""

BuiltSites = Callable[[str], ServedSite]
"""Gives a site by its name in `WRITERS`."""

CommandLine = Callable[..., subprocess.CompletedProcess[str]]


@contextmanager
def served(write: Callable[[Path], str], folder: Path, yoyak: CommandLine) -> Iterator[ServedSite]:
    """Write a site into `folder`, build it with the command line, and serve it at its own path."""
    source = folder / "site"
    source.mkdir(parents=True)
    base_url = write(source)
    path = re.sub(r"^https://[^/]+/", "", base_url)
    output = folder / "served" / path
    result = yoyak("build", "--site", source, "--output", output)
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
    with static_server(folder / "served") as origin:
        yield ServedSite(output=output, home=origin + path, base_url=base_url)


@contextmanager
def static_server(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback as any static host would, and yield its origin with a slash."""
    server = _PatientServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _PatientServer(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that leaves a page closes its connections."""


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _write_settings(folder: Path, lines: str) -> str:
    base_url = "https://digest.example.org/below/"
    _write(folder / "site.yaml", f"{lines}base_url: {base_url}\ntimezone: Asia/Seoul\n")
    (folder / "content").mkdir(exist_ok=True)
    return base_url


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
