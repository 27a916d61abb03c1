"""What ``yoyak fix`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.fixing.fix import FixedFile, FixReport
from yoyak.messages.catalogue import speak
from yoyak.model.message import Message, say
from yoyak.text.columns import printable


def lines_of(report: FixReport) -> Iterator[str]:
    """Yield each file's repairs and its diff."""
    for file in report.files:
        for repair in file.repairs:
            place = ":".join(str(part) for part in (file.path, repair.line, repair.column) if part)
            done = say("fix.line", problem=repair.message, repair=repair.repair, code=repair.code)
            yield printable(f"{place}: {speak(done)}")
        yield from ("\t".join(map(printable, line.split("\t"))) for line in file.diff.split("\n")[:-1])
        yield ""


def troubles_of(report: FixReport) -> Iterator[str]:
    """Yield which files were not written or not tried, and why."""
    yield from (printable(f"{file.path}: {speak(file.trouble)}") for file in report.files if file.trouble)
    yield from (printable(f"{path}: {speak(say('fix.not-tried'))}") for path in report.skipped)


def closing_lines(report: FixReport, *, write: bool) -> Iterator[str]:
    """Yield what was done, what is to be decided and what to do next."""
    yield from map(speak, _closing(report, write=write))


def _closing(report: FixReport, *, write: bool) -> Iterator[Message]:
    files = [file for file in report.files if file.written or not write]
    if made := _repairs(files):
        yield say("fix.written" if write else "fix.possible", repairs=made)
    elif not report.files:
        yield say("fix.nothing" if report.undecided or report.remaining else "fix.clean")
    if report.settings_first:
        yield say("fix.settings-first")
    if report.undecided:
        yield say("fix.undecided", count=len(report.undecided))
    if report.remaining:
        yield say("fix.remaining", count=report.remaining)
    if report.remaining is None and not report.settings_first:
        yield say("fix.not-counted")


def _repairs(files: list[FixedFile]) -> Message | None:
    number = sum(len(file.repairs) for file in files)
    return say("fix.repairs", count=number, files=say("count.files", count=len(files))) if number else None
