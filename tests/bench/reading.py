"""How long one file takes to read, by kind: ``make bench ARGS=reading``.

Every golden capture and saved page is read several times in this process, without the search for garbage, as a build
reads; the best time counts, since only other programs make a reading slower. Both are measured twice: as they are,
and with what a portal's page has around them (menus, lists of other stories, scripts), because the invented ones are
smaller than real ones. What is asked of pages is a mean, and of captures too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import mean, median
from time import process_time

from readers.worlds import around
from yoyak.engine.run import without_collector
from yoyak.model.sources import SourceFile
from yoyak.readers.source import read_source

TESTS = Path(__file__).parent.parent

ROUNDS = 5
MENU = 60
LINES = 120
"""Lines above and below an article in the selection of a whole page."""
STORIES = 400
SCRIPT = 120_000
"""Characters of program text on a page, which is most of a real one's bytes."""


def main() -> None:
    """Print the mean, the median and the slowest time of each kind of file, beside what is asked for."""
    with without_collector():
        _rows()


def _rows() -> None:
    print(f"{'what':<32}{'files':>6}{'KB':>8}{'mean ms':>10}{'median ms':>12}{'slowest ms':>12}{'asked ms':>10}")
    captures = sorted((TESTS / "captures").glob("*.txt"))
    pages = sorted((TESTS / "saved_pages").glob("*.html"))
    articles = sorted((TESTS.parent / "content").glob("20*/**/*.md"))
    captured = [(path.name, path.read_bytes()) for path in captures if ".reading." not in path.name]
    _row("captures", captured, 10)
    _row("captures of a whole page", ((name, with_menus(data)) for name, data in captured), 10)
    _row("saved pages", ((path.name, path.read_bytes()) for path in pages), 18)
    _row("saved pages with ballast", ((path.name, with_ballast(path.read_bytes())) for path in pages), 18)
    _row("Markdown articles", ((path.name, path.read_bytes()) for path in articles), 0)


def with_ballast(page: bytes) -> bytes:
    """Return a page with what a portal puts around an article; one that is not ASCII-compatible stays as it is."""
    start = page.lower().find(b"<body")
    inside = page.find(b">", start) + 1
    if start < 0:
        return page
    stories = "".join(
        f'<li class="item"><a href="/news/{number}"><span class="thumb"><img src="/t/{number}.jpg" alt=""></span>'
        f'<strong class="tit">Story {number} of a list that every page has</strong></a></li>'
        for number in range(STORIES)
    )
    script = "window.state=" + "0123456789" * (SCRIPT // 10)
    ballast = f'<script>{script}</script><div class="gnb"><ul class="list_menu">{stories}</ul></div>'
    return page[:inside] + ballast.encode("ascii") + page[inside:]


def with_menus(capture: bytes) -> bytes:
    """Return a capture with what the selection of a whole page has around it; one that is not UTF-8 stays as it is.

    The lines are invented and all differ, since a line that stands twice is evidence for a headline.
    """
    try:
        text = capture.decode("utf-8")
    except UnicodeDecodeError:
        return capture
    if text.startswith("---"):  # front matter stands at the top
        return capture
    above = (f"메뉴 {number}" for number in range(MENU))
    below = (f"{number}월의 다른 소식, 바닷가 마을 {number}곳에서 열린 잔치" for number in range(LINES))
    return "\n".join((*above, "", text, "", *below, "")).encode()


def _row(what: str, files: Iterable[tuple[str, bytes]], asked: int) -> None:
    sizes, times = [], []
    for name, data in files:
        source = SourceFile(path=f"content/{name}", data=data, digest="")
        surroundings = around(source.path)
        read_source(source, surroundings)
        sizes.append(len(data))
        times.append(_best(lambda source=source, surroundings=surroundings: read_source(source, surroundings)))
    if times:
        limit = f"{asked:>10}" if asked else ""
        size = sum(sizes) / len(sizes) / 1000
        middle = f"{mean(times):>10.1f}{median(times):>12.1f}{max(times):>12.1f}"
        print(f"{what:<32}{len(times):>6}{size:>8.1f}{middle}{limit}")


def _best(action: Callable[[], object]) -> float:
    """Return the shortest CPU time of several runs, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        action()
        times.append(process_time() - start)
    return 1000 * min(times)
