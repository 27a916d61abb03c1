"""What an import says in the end, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.importing.originals import FOLDER
from yoyak.importing.run import Imported, ImportReport
from yoyak.importing.yaml_text import one_line
from yoyak.report import counted


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
    yield _sum(report)
    if report.imported and not report.dry_run:
        kept = any(article.kept.startswith(FOLDER) for article in report.imported)
        where = " The originals are in content/_sources/." if kept else ""
        yield f"Next: read them over (yoyak serve), then yoyak check.{where}"


def _to_look_at(article: Imported) -> str:
    return f" · look at: {', '.join(article.unsure)}" if article.unsure else ""


def _sum(report: ImportReport) -> str:
    done = "would be written" if report.dry_run else "written"
    failed = len({problem.path for problem in report.problems if problem.severity == "error"})
    rest = f"; {counted(failed, 'file')} not imported" if failed else ""
    return f"{counted(len(report.imported), 'article')} {done}{rest}."
