"""What an import says in the end, in lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from yoyak.front_matter.yaml_text import one_line
from yoyak.importing.originals import FOLDER
from yoyak.importing.results import Imported, ImportReport
from yoyak.text.counting import counted


def import_lines(report: ImportReport) -> Iterator[str]:
    """Yield one line for each article, what was left alone, and what to do next."""
    for article in report.imported:
        yield f"{article.path} · {one_line(article.title, 60)}{_to_look_at(article)}"
    for known in report.known:
        renamed = f' · its title is now "{one_line(known.title, 60)}"' if known.title else ""
        yield f"{known.original} was imported before: {known.path}{renamed}"
    if report.skipped:
        total = sum(report.skipped.values())
        endings = ", ".join(f"{ending} ({number})" for ending, number in sorted(report.skipped.items()))
        yield f"Left alone: {counted(total, 'file')} of other kinds: {endings}."
    for why, number, names in left_counts(report, 3):
        yield f"Left out: {number:,} × {why}{f': {names}' if names else ''}."
    if unknown := sum(len(article.comments) for article in report.imported):
        yield f"Not understood: {counted(unknown, 'key')}, kept as {'a comment' if unknown == 1 else 'comments'}."
    if report.became:
        pairs = (f"{one.key} became {one.becomes} ({one.articles:,})" for one in report.became)
        yield f"Under another name: {', '.join(pairs)}."
    if moved := len(list(old_addresses(report))):
        yield f"{counted(moved, 'old address').replace('addresss', 'addresses')} will lead to the new pages."
    if gone := [one.address for one in report.lists if not one.stays]:
        lead = "Let your host lead to the like pages."
        yield f"List pages of the old site that will answer 404: {', '.join(gone)}. {lead}"
    yield from report.whose
    counts = status_counts(report)
    if set(counts) - {"approved"}:
        yield f"By status: {', '.join(f'{status}: {number:,}' for status, number in counts.items())}."
    yield _sum(report)
    if report.imported and not report.dry_run:
        kept = any(article.kept.startswith(FOLDER) for article in report.imported)
        yield "Next: read them over (yoyak serve), then yoyak check." + (f" The originals are in {FOLDER}." * kept)
    if report.has_page:
        yield "The whole list is in import-report.html."


def status_counts(report: ImportReport) -> dict[str, int]:
    """Return how many articles there are of each status."""
    return dict(sorted(Counter(article.status for article in report.imported).items()))


def left_counts(report: ImportReport, most: int) -> Iterator[tuple[str, int, str]]:
    """Yield what was left out by its kind: why, how many, and the names of the first of them."""
    for why, number in sorted(Counter(one.why for one in report.left).items()):
        names = list(dict.fromkeys(one_line(one.what, 60) for one in report.left if one.why == why and one.what))
        yield why, number, ", ".join(names[:most]) + (" …" if len(names) > most else "")


def old_addresses(report: ImportReport) -> Iterator[tuple[str, str]]:
    """Yield the old address of each article that had one, and its new one."""
    return ((one.address, one.url) for one in report.imported if one.address and one.address != one.url)


def _to_look_at(article: Imported) -> str:
    held = f" · {article.status}: {one_line(article.held[0], 100)}" if article.held else ""
    return held + (f" · look at: {', '.join(article.unsure)}" if article.unsure else "")


def _sum(report: ImportReport) -> str:
    done = "would be written" if report.dry_run else "written"
    failed = len({problem.path for problem in report.problems if problem.severity == "error"})
    rest = f"; {counted(failed, 'file')} not imported" if failed else ""
    return f"{counted(len(report.imported), 'article')} {done}{rest}."
