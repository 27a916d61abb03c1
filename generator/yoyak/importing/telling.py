"""What an import says in the end: in lines for a person, and as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from yoyak.front_matter.yaml_text import one_line
from yoyak.importing.originals import FOLDER
from yoyak.importing.results import NO_ENDING, Imported, ImportReport, OldList
from yoyak.messages import LANGUAGES
from yoyak.messages.catalogue import speak
from yoyak.model.message import Problem, Words, errors, joined, say


def import_lines(report: ImportReport) -> Iterator[str]:
    """Yield one line for each article, what was left alone, and what to do next."""
    return map(speak, _lines(report))


def _lines(report: ImportReport) -> Iterator[Words]:
    for article in report.imported:
        yield f"{article.path} · {one_line(article.title, 60)}{_to_look_at(article)}"
    for known in report.known:
        key = "import.known-renamed" if known.title else "import.known"
        yield say(key, original=known.original, path=known.path, title=one_line(known.title, 60))
    yield from _not_taken(report)
    yield from _of_addresses(report)
    yield from report.whose
    counts = status_counts(report)
    if set(counts) - {"approved"}:
        yield say("import.by-status", counts=", ".join(f"{status}: {number:,}" for status, number in counts.items()))
    yield _sum(report)
    if report.imported and not report.dry_run:
        kept = any(article.kept.startswith(FOLDER) for article in report.imported)
        yield joined(say("import.next"), say("import.originals", folder=FOLDER) if kept else "")
    if report.has_page:
        yield say("import.page")


def _not_taken(report: ImportReport) -> Iterator[Words]:
    """Yield what was left alone, left out and not understood, and the keys that have another name here."""
    if report.skipped:
        named = (
            (speak(say("no-ending")) if end == NO_ENDING else end, number) for end, number in report.skipped.items()
        )
        endings = ", ".join(f"{ending} ({number})" for ending, number in sorted(named))
        yield say("import.left-alone", count=sum(report.skipped.values()), endings=endings)
    for why, number, names in left_counts(report, 3):
        yield say("import.left-out-named" if names else "import.left-out", number=number, why=why, names=names)
    if unknown := sum(len(article.comments) for article in report.imported):
        yield say("import.comments", count=unknown)
    if report.became:
        pairs = (
            say("import.became-one", key=one.key, becomes=one.becomes, number=one.articles) for one in report.became
        )
        yield say("import.became", pairs=", ".join(map(speak, pairs)))


def _of_addresses(report: ImportReport) -> Iterator[Words]:
    """Yield what becomes of old addresses."""
    if moved := len(list(old_addresses(report))):
        yield say("import.old-addresses", count=moved)
    if found := report.permalinks:
        yield say("import.permalinks", pattern=found.pattern, number=found.follow, all=found.follow + len(found.others))
        names = [path for _, path in found.others]
        if names:
            shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
            yield say("import.permalinks-others", count=len(names), names=shown)
    if gone := [one.address for one in report.lists if not one.stays]:
        yield say("import.lists-gone", addresses=", ".join(gone))


def status_counts(report: ImportReport) -> dict[str, int]:
    """Return how many articles there are of each status."""
    return dict(sorted(Counter(article.status for article in report.imported).items()))


def left_counts(report: ImportReport, most: int, language: str = "") -> Iterator[tuple[str, int, str]]:
    """Yield what was left out by its kind: why, how many, and the names of the first of them."""
    kinds = Counter(one.why for one in report.left)
    for why, number in sorted(kinds.items(), key=lambda kind: speak(kind[0], language)):
        names = list(dict.fromkeys(one_line(one.what, 60) for one in report.left if one.why == why and one.what))
        yield speak(why, language), number, ", ".join(names[:most]) + (" …" if len(names) > most else "")


def old_addresses(report: ImportReport) -> Iterator[tuple[str, str]]:
    """Yield the old address of each article that had one, and its new one."""
    return ((one.address, one.url) for one in report.imported if one.address and one.address != one.url)


def _to_look_at(article: Imported) -> str:
    held = f" · {article.status}: {one_line(speak(article.held[0]), 100)}" if article.held else ""
    unsure = ", ".join(map(speak, article.unsure))
    return held + (f" · {speak(say('import.look-at', names=unsure))}" if unsure else "")


def _sum(report: ImportReport) -> Words:
    done = say("import.would-be-written" if report.dry_run else "import.written", count=len(report.imported))
    failed = len({problem.path for problem in report.problems if problem.severity == "error"})
    return say("import.sum-failed" if failed else "import.sum", done=done, files=say("count.files", count=failed))


# --- the same as a page: no script, nothing from elsewhere, for the desk only ----------------------------------------


NAME = "import-report.html"
_HEADS = {
    "import-report.status": (
        "import-report.file",
        "import-report.title",
        "import-report.status-word",
        "import-report.original",
    ),
    "import-report.held": ("import-report.file", "import-report.why"),
    "import-report.left": ("import-report.kind", "import-report.names"),
    "import-report.problems": ("import-report.place", "import-report.message"),
    "import-report.comments": ("import-report.file", "import-report.key"),
    "import-report.addresses": ("import-report.old-address", "import-report.new-address"),
    "import-report.permalinks": ("import-report.old-address", "import-report.file"),
    "import-report.became": ("import-report.key-there", "import-report.key-here", "import-report.articles"),
    "import-report.lists": ("import-report.old-address", "import-report.program", "import-report.fate"),
    "import-report.known": ("import-report.original", "import-report.file"),
}
"""The keys of what stands in each column, by that of the title of its part."""
_STATUSES = frozenset(("approved", "draft", "review", "unlisted"))
_ERRORS = tuple(f"{speak(say('severity.error'), code)}: " for code in LANGUAGES)
"""How the messages of errors begin."""


def write_page(report: ImportReport, folder: Path, language: str) -> None:
    """Write the report beside site.yaml, where no build and no deploy looks."""
    place = folder / NAME
    if place.is_symlink():
        place.unlink()
    place.write_text(report_page(report, language), "utf-8", newline="\n")


def report_page(report: ImportReport, language: str) -> str:
    """Return the page of a report; everything in it is text."""
    code = language if language in LANGUAGES else "en"
    parts = [part for part in _parts(report, code) if part.rows]
    title = speak(say("import-report"), code)
    style = files("yoyak.importing").joinpath("report.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="{code}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n<h1>{title}</h1>\n<p>{escape(_counts(report, code))}</p>\n"
        f"<nav>{' '.join(part.link for part in parts)}</nav>\n"
        f"{''.join(map(_written, parts))}<p>{escape(speak(say('import-report.next'), code))}</p>\n</html>\n"
    )


def _counts(report: ImportReport, code: str) -> str:
    counts = [f"{status}: {number:,}" for status, number in status_counts(report).items()]
    if failed := len({problem.path for problem in errors(report.problems)}):
        counts.append(speak(say("import-report.failed", number=failed), code))
    return ", ".join(counts)


def _parts(report: ImportReport, code: str) -> Iterator[_Part]:
    """Yield the parts of the page; the longest comes last."""

    def part(key: str, rows: Iterable[tuple[Words, ...]]) -> _Part:
        heads = tuple(speak(say(head), code) for head in _HEADS.get(key, ()))
        return _Part(speak(say(key), code), heads, tuple(tuple(speak(cell, code) for cell in row) for row in rows))

    yield part("import-report.held", ((one.path, reason) for one in report.imported for reason in one.held))
    yield part(
        "import-report.left", ((f"{why}: {number:,}", names) for why, number, names in left_counts(report, 100, code))
    )
    problems = sorted(report.problems, key=lambda problem: problem.severity != "error")
    yield part("import-report.problems", ((_place(one.path, one.line), _message(one, code)) for one in problems))
    yield part("import-report.comments", ((one.path, comment) for one in report.imported for comment in one.comments))
    yield part("import-report.became", ((one.key, one.becomes, f"{one.articles:,}") for one in report.became))
    yield part("import-report.whose", ((sentence,) for sentence in report.whose))
    yield part("import-report.addresses", old_addresses(report))
    yield part("import-report.permalinks", report.permalinks.others if report.permalinks else ())
    yield part("import-report.lists", ((one.address, one.program, _fate(one)) for one in report.lists))
    yield part("import-report.known", ((one.original, one.path) for one in report.known))
    yield part("import-report.status", ((one.path, one.title, one.status, one.original) for one in report.imported))


def _fate(one: OldList) -> Words:
    return (
        say("import-report.stays")
        if one.stays
        else say("import-report.like", like=one.like)
        if one.like
        else say("import-report.gone")
    )


def _place(path: str, line: int) -> str:
    return f"{path}:{line}" if line else path


def _message(problem: Problem, code: str) -> str:
    mark = f"{speak(say('severity.error'), code)}: " if problem.severity == "error" else ""
    return mark + speak(joined(problem.message, problem.hint), code)


class _Part(NamedTuple):
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        return self.title.replace(" ", "-")

    @property
    def heading(self) -> str:
        return f"{self.title} ({len(self.rows):,})"

    @property
    def link(self) -> str:
        return f'<a href="#{quote(self.name)}">{self.heading}</a>'


def _written(part: _Part) -> str:
    names = "".join(f'<th scope="col">{head}</th>' for head in part.heads)
    above = f"<thead><tr>{names}</tr></thead>\n" if part.heads else ""
    rows = "".join(f"<tr>{''.join(_cells(row, part.heads))}</tr>\n" for row in part.rows)
    return f'<h2 id="{part.name}">{part.heading}</h2>\n<table>\n{above}<tbody>\n{rows}</tbody></table>\n'


def _cells(row: tuple[str, ...], heads: tuple[str, ...]) -> Iterator[str]:
    """Yield the cells of a row; on narrow screens each says what it is."""
    for cell, head in zip_longest(row, heads[: len(row)], fillvalue=""):
        kind = ' class="word"' if cell in _STATUSES else ' class="error"' if cell.startswith(_ERRORS) else ""
        name = f' data-of="{head}"' if head else ""
        yield f"<td{kind}{name}>{escape(cell)}</td>"
