"""``yoyak fix``: read the site, mend each file in memory, and write what is wanted.

`FixRequest` in, `FixReport` out.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

from filelock import FileLock, Timeout
from msgspec import structs

from yoyak.build.build import BuildRequest, build
from yoyak.engine.run import Stopwatch
from yoyak.files.saving import NotSavedError, clear, save
from yoyak.files.site_files import read_of_site
from yoyak.fixing.looking import RepairContext, place_of_article, place_of_settings
from yoyak.fixing.mending import Mended, mend
from yoyak.fixing.table import REPAIRS
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import Counted, Progress, Runaway
from yoyak.model.message import Message, Problem, Words, errors, in_order, say
from yoyak.model.sources import Content, SourceFile
from yoyak.model.types import Record
from yoyak.parallel.pool import guarded
from yoyak.paths import STORE
from yoyak.pipeline.load import load
from yoyak.pipeline.parse import surroundings
from yoyak.settings.checks import FILE
from yoyak.settings.config import SiteConfig, load_config
from yoyak.store.place import make_folder
from yoyak.text.columns import printable
from yoyak.text.names import NamesOf
from yoyak.text.secrets import settings_without_secrets

ENOUGH = 20
"""Files that are tried to say after a build whether `yoyak fix` has anything to do."""
USUAL = 100_000
"""Bytes of the longest one of them: a build is not to wait for this."""


SHOWN = 20
"""Errors that are said of those that no edit of a line repairs."""


class Repaired(Record, kw_only=True):
    """One repair of a file."""

    line: int
    """In the file as it was."""
    column: int
    code: str
    message: Words
    """The problem's."""
    repair: Words
    """What is done about it."""


class FixedFile(Record, kw_only=True):
    path: str
    repairs: tuple[Repaired, ...]
    diff: str
    """Unified, with the file's own line ends left out."""
    written: bool = False
    trouble: Words = ""
    """Why it was not written although it should have been."""


class FixReport(Record, kw_only=True):
    files: tuple[FixedFile, ...] = ()
    undecided: tuple[Problem, ...] = ()
    """Problems that look as if an edit of a line could mend them, but a person must say which."""
    skipped: tuple[str, ...] = ()
    """Files that took too long, or too much memory, to be tried."""
    remaining: int | None = None
    """Errors that are neither repaired nor among `undecided`; None when the site could not be checked."""
    others: tuple[Problem, ...] = ()
    """The first of them."""
    settings_first: bool = False
    """site.yaml has an error, so that nothing else could be read."""

    @property
    def clean(self) -> bool:
        """Nothing is left to repair, as far as a machine can."""
        return all(file.written for file in self.files)


class FixRequest(Record, kw_only=True):
    folder: Path
    """The site folder."""
    files: tuple[Path, ...] = ()
    """Only these; none means all."""
    write: bool = False
    at: datetime | None = None
    """The clock, from which a year is inferred; None for SOURCE_DATE_EPOCH or the real one."""


def fix(request: FixRequest, progress: Progress | None = None) -> FixReport:
    """Return the repairs of a site's files, and write them if that is wanted.

    Raises:
        YoyakError: a file is not of this site, site.yaml cannot be read, or another run is writing.
    """
    folder = request.folder.resolve()
    wanted = [_site_path(folder, file) for file in request.files]
    with _alone(folder, write=request.write):
        settings = _mended_settings(folder, request) if not wanted or FILE in wanted else None
        report = _gathered([settings] if settings else [], folder, request)
        config, problems = load_config(folder, at=request.at, preview=True, environment=os.environ)
        if config is None and report.files:
            return structs.replace(report, settings_first=not request.write or bool(errors(problems)))
        if config is None:
            raise YoyakError(*problems)
        content = load(folder)
        sources = _chosen(content, wanted)
        watch = Stopwatch(progress)
        with watch.stage("parse", len(sources)):
            report = _joined(report, _gathered(_mended(content, sources, config, watch.tell), folder, request))
    others = _remaining(report, folder, wanted, request.at)
    return report if others is None else structs.replace(report, remaining=len(others), others=others[:SHOWN])


def _remaining(
    report: FixReport, folder: Path, wanted: Sequence[str], at: datetime | None
) -> tuple[Problem, ...] | None:
    """Return the errors that a check finds now and that are not of this report; None when it cannot be made."""
    try:
        checked = build(BuildRequest(folder=folder, at=at, check_only=True, jobs=None))
    except YoyakError:
        return None
    mine = Counter((p.path, p.code) for p in errors(report.undecided))
    mine += Counter((file.path, repair.code) for file in report.files if not file.written for repair in file.repairs)
    known = {(p.path, p.line, p.code) for p in report.undecided}
    known |= {(file.path, repair.line, repair.code) for file in report.files for repair in file.repairs}
    found = [p for p in errors(checked.problems) if not wanted or p.path in wanted]
    others = []
    for problem in sorted(found, key=lambda p: (p.path, p.line, p.code) not in known):
        if mine[problem.path, problem.code]:
            mine[problem.path, problem.code] -= 1
        else:
            others.append(problem)
    return in_order(others)


def may_repair(folder: Path, problems: Iterable[Problem], at: datetime | None) -> bool:
    """Tell whether `fix` would repair one of a build's problems; only some files of the usual size are tried."""
    paths = dict.fromkeys(problem.path for problem in problems if problem.code in REPAIRS and problem.path)
    if not paths:
        return False
    config, _ = load_config(folder, at=at, preview=True, environment=os.environ)

    def repairs(path: str) -> bool:
        try:
            data = read_of_site(path, str(folder / path), USUAL)
        except OSError:
            return False
        place = _place(SourceFile(path=path, data=data, digest=""), folder, config, at)
        mended = mend(data, place, most=1) if place else None
        return bool(mended and mended.made)

    return any(found is True for found in guarded(1)(repairs, list(paths)[:ENOUGH]))


def _place(source: SourceFile, folder: Path, config: SiteConfig | None, at: datetime | None) -> RepairContext | None:
    if source.path == FILE:
        return place_of_settings(folder, at, os.environ)
    return place_of_article(source, config, surroundings(config, {}, {})) if config else None


def _site_path(folder: Path, file: Path) -> str:
    """Return a file's path in the site; a link is a file of its own."""
    place = file.parent.resolve() / file.name
    if not place.is_relative_to(folder):
        raise YoyakError(say("fix.no-file-of-site", file=str(file), folder=str(folder)))
    return normalize("NFC", place.relative_to(folder).as_posix())


@contextmanager
def _alone(folder: Path, *, write: bool) -> Iterator[None]:
    """Keep two runs that write apart."""
    if not write:
        yield
        return
    store = folder / STORE
    make_folder(store)
    try:
        with FileLock(store / "fix.lock", timeout=0):
            clear(folder)
            yield
    except Timeout:
        raise YoyakError(say("fix.another")) from None


def _mended_settings(folder: Path, request: FixRequest) -> Mended | None:
    place = folder / FILE
    return mend(place.read_bytes(), place_of_settings(folder, request.at, os.environ)) if place.is_file() else None


def _chosen(content: Content, wanted: Sequence[str]) -> tuple[SourceFile, ...]:
    sources = (*content.articles, *content.editions, *content.themes, *content.pages)
    missing = sorted(set(wanted) - {source.path for source in sources} - {FILE})
    if missing:
        raise YoyakError(say("fix.not-content", path=missing[0]))
    return tuple(source for source in sources if not wanted or source.path in wanted)


def _mended(
    content: Content, sources: Sequence[SourceFile], config: SiteConfig, counted: Counted
) -> Iterator[Mended | str]:
    """Yield what can be done about each file, or the path of one that was stopped while repairs were tried."""
    around = surroundings(config, content.assets, {}, NamesOf(content.paths))

    def mend_one(source: SourceFile) -> Mended | None:
        return mend(source.data, place_of_article(source, config, around))

    for source, found in zip(sources, guarded(counted=counted)(mend_one, sources), strict=True):
        if found:
            yield source.path if isinstance(found, Runaway) else found


def _gathered(found: Iterable[Mended | str], folder: Path, request: FixRequest) -> FixReport:
    """Return the report of some files, each written as soon as it is mended."""
    files: list[FixedFile] = []
    undecided: list[Problem] = []
    skipped: list[str] = []
    for mended in found:
        if isinstance(mended, str):
            skipped.append(mended)
            continue
        undecided += mended.left
        if mended.made:
            file = _described(mended)
            files.append(_written(file, mended, folder) if request.write else file)
    return FixReport(files=tuple(files), undecided=tuple(undecided), skipped=tuple(skipped))


def _described(mended: Mended) -> FixedFile:
    repairs = [
        Repaired(
            line=made.problem.line,
            column=made.problem.column,
            code=made.problem.code,
            message=made.problem.message,
            repair=made.what,
        )
        for made in mended.made
    ]
    repairs.sort(key=lambda repair: (repair.line, repair.column))
    diff = settings_without_secrets(mended.diff) if mended.path == FILE else mended.diff
    return FixedFile(path=mended.path, repairs=tuple(repairs), diff=diff)


def _written(file: FixedFile, mended: Mended, folder: Path) -> FixedFile:
    try:
        save(folder, file.path, mended.before, mended.after)
    except NotSavedError as error:
        return structs.replace(file, trouble=error.words)
    return structs.replace(file, written=True)


def _joined(one: FixReport, other: FixReport) -> FixReport:
    return FixReport(
        files=(*one.files, *other.files),
        undecided=(*one.undecided, *other.undecided),
        skipped=(*one.skipped, *other.skipped),
    )


# --- what the command prints -----------------------------------------------------------------------------------------


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
