"""What an import says in the end, in lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from yoyak.front_matter.yaml_text import one_line
from yoyak.importing.originals import FOLDER
from yoyak.importing.results import NO_ENDING, Imported, ImportReport
from yoyak.messages.catalogue import speak
from yoyak.model.message import Words, joined, say


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
