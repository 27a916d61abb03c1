"""How long texts take that are built to take long: ``make bench ARGS=bounds``.

The tests hold that none of them is stopped, and count the work where it is Python's. What a pattern does within one
call can only be timed, and a clock belongs here: measure on an idle machine. What takes longer than its bound is
marked, and the command fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import process_time

from readers.capture import test_rules as captures
from readers.saved_page import test_hostile as pages
from readers.worlds import around
from yoyak.front_matter.almost import may_have_keys
from yoyak.readers.capture.rules import LABELS, capture_rules
from yoyak.readers.saved_page.read import read_saved_page

ROUNDS = 3


def main() -> int:
    """Print the best seconds of each text beside its bound; return 1 when one takes longer."""
    rows = [(name, min(_seconds(work) for _ in range(ROUNDS)), bound) for name, work, bound in _works()]
    for name, seconds, bound in rows:
        print(f"{name:<44}{seconds:>9.3f} s  (at most {bound} s){'  TOO LONG' if seconds > bound else ''}")
    return int(any(seconds > bound for _, seconds, bound in rows))


def _works() -> Iterator[tuple[str, Callable[[], object], float]]:
    for name, part in sorted(pages.HOSTILE.items()):
        page = f"<!DOCTYPE html><html><body><h1>제목</h1><div>{pages.PROSE}</div>{part}</body></html>"
        yield f"saved page: {name}", lambda page=page: read_saved_page(page, around("content/a.html")), 10
    capture_rules()
    for unit in captures.ODD:
        lines = captures.odd_lines(unit)
        yield f"rules of captures: {unit!r}", lambda lines=lines: _matched(lines), 0.5
    for text in ("글 " + ":=" * 1_000_000, "\n글 :=" * 500_000):
        yield f"keys in a text: {text[:6]!r}", lambda text=text: may_have_keys(text), 1


def _matched(lines: list[str]) -> None:
    for line in lines:
        for label in LABELS:
            capture_rules().labels[label].match(line)


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start
