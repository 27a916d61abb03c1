"""What ``yoyak fix`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.fixing.fix import FixedFile, FixReport
from yoyak.text.columns import printable
from yoyak.text.counting import counted


def lines_of(report: FixReport) -> Iterator[str]:
    """Yield each file's repairs and its diff."""
    for file in report.files:
        for repair in file.repairs:
            place = ":".join(str(part) for part in (file.path, repair.line, repair.column) if part)
            yield printable(f"{place}: {repair.message} {repair.repair} ({repair.code})")
        yield from ("\t".join(map(printable, line.split("\t"))) for line in file.diff.split("\n")[:-1])
        yield ""


def troubles_of(report: FixReport) -> Iterator[str]:
    """Yield which files were not written or not tried, and why."""
    yield from (printable(f"{file.path}: {file.trouble}") for file in report.files if file.trouble)
    yield from (printable(f"{path}: Not tried. Reading this file again takes too much.") for path in report.skipped)


def closing_lines(report: FixReport, *, write: bool) -> Iterator[str]:
    """Yield what was done, what is to be decided and what to do next."""
    files = [file for file in report.files if file.written or not write]
    made = sum(len(file.repairs) for file in files)
    if made and write:
        yield f"{_repairs(made, files)} written. Build again to see what is left."
    elif made:
        yield f"{_repairs(made, files)} possible, nothing written. Write them with: yoyak fix --write"
    elif not report.files:
        yield "Nothing that yoyak fix can repair." if report.undecided or report.remaining else "Nothing to repair."
    if report.settings_first:
        yield "site.yaml has an error, so no other file was read. Fix it first."
    if report.undecided:
        yield f"{counted(len(report.undecided), 'problem')} above {_are(report)} for you to decide."
    if report.remaining:
        left = f"{counted(report.remaining, 'error')} {'remains' if report.remaining == 1 else 'remain'}"
        yield f"{left} that must be fixed by hand. List all with: yoyak check"
    if report.remaining is None and not report.settings_first:
        yield "The site cannot be built, so other errors were not counted. See why with: yoyak check"


def _repairs(number: int, files: list[FixedFile]) -> str:
    return f"{counted(number, 'repair')} in {counted(len(files), 'file')}"


def _are(report: FixReport) -> str:
    return "is" if len(report.undecided) == 1 else "are"
