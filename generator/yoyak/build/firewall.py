"""The firewall over a whole output: before a deploy, and in a check. What was clean before is not searched again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import structs

from yoyak.build.searched import clean_before, keep_searched, keep_still, still_searched
from yoyak.build.survey import Survey, survey
from yoyak.check.withheld import Leak, Phrase, Search
from yoyak.files.output_folder import files_of
from yoyak.files.site_files import read_of_output
from yoyak.incremental.firewall import problems_of, unknown, withheld
from yoyak.incremental.withheld_texts import WithheldTexts
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST, BuildReport, BuildRequest, Progress, decode_manifest
from yoyak.model.message import Problem, errors, in_order, say
from yoyak.parallel.pool import mapper


def leaks_of_output(
    folder: Path, output: Path, at: datetime | None = None, progress: Progress | None = None
) -> tuple[Problem, ...]:
    """Return what of a site's content stands in a built output although it may not be seen.

    Raises:
        YoyakError: the site cannot be read.
    """
    with survey(BuildRequest(folder=folder, at=at, jobs=None)) as site:
        return _leaks(site, output, files_of(output), progress)


def require_no_leak(folder: Path, output: Path, progress: Progress | None = None) -> None:
    """Refuse an output that gives away what is not published.

    Raises:
        YoyakError: it does; the message lists what, where, and what to do.
    """
    if not _is_of_production(output) or _is_clean(folder, output, files_of(output), progress):
        return
    if found := errors(leaks_of_output(folder, output, None, progress)):
        raise YoyakError(*found, say("leak.deploy", output=str(output), count=len(found)))


def _is_clean(folder: Path, output: Path, files: Mapping[str, str], progress: Progress | None) -> bool:
    """Tell whether it is known without reading all of the content that nothing in an output must not be seen."""
    if (before := still_searched(folder)) is None:
        return False
    todo = sorted(path for path, digest in files.items() if digest[:16] not in before.clean)
    found = _searched(before.phrases, output, todo, files, progress)
    if any(leak.phrase.what != "unread" for leak in found):  # which may be public: the content has to say it
        return False
    unread = {leak.output for leak in found}
    clean = frozenset(digest[:16] for path, digest in files.items() if path not in unread)
    keep_still(folder, structs.replace(before, clean=clean))
    return True


def with_leaks(report: BuildReport, request: BuildRequest, progress: Progress | None = None) -> BuildReport:
    """Return the report of a check with what the output gives away that is there. The next build may take it out."""
    if not report.clock or not _is_of_production(request.target):
        return report
    found = leaks_of_output(request.folder.resolve(), request.target, request.at, progress)
    warnings = (structs.replace(one, severity="warning") for one in found)
    return structs.replace(report, problems=in_order((*report.problems, *warnings)))


def _is_of_production(output: Path) -> bool:
    """Tell whether a build for readers is there: a preview shows what waits."""
    try:
        return not decode_manifest(read_of_output(output, MANIFEST)).preview
    except (OSError, ValueError):
        return False


def _leaks(site: Survey, output: Path, files: Mapping[str, str], progress: Progress | None) -> tuple[Problem, ...]:
    found = withheld(site.parts, site.site, site.config, site.assets.values(), site.store)
    texts = WithheldTexts(site.config, site.store)
    cut = {path: [*texts.cut(path)] for path in found.readings if path not in found.waiting}
    phrases = [*found.phrases, *(phrase for each in cut.values() for phrase in each)]
    clean = clean_before(site.store, phrases)
    todo = sorted(path for path, digest in files.items() if digest[:16] not in clean)
    leaks = unknown(_searched(phrases, output, todo, files, progress), found, texts, site.store)
    wrong = {leak.output for leak in leaks}
    now = {digest[:16] for path, digest in files.items() if path not in wrong}
    keep_searched(site, cut, phrases, frozenset(now))
    return problems_of(leaks)


def _searched(
    phrases: Collection[Phrase], output: Path, paths: list[str], files: Mapping[str, str], progress: Progress | None
) -> list[Leak]:
    search = Search(phrases)

    def look(path: str) -> list[Leak]:
        return search.found(path, read_of_output(output, path), files[path])

    counted = (lambda items, done: progress("check", items, done)) if progress else None
    return [leak for found in mapper(None, counted=counted)(look, paths if search else ()) for leak in found]
