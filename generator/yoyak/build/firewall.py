"""The firewall over a whole output: before a deploy, and in a check. What was clean before is not searched again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import structs

from yoyak.build.survey import Survey, survey
from yoyak.check.withheld import Leak, Phrase, Search
from yoyak.files.output_folder import files_of
from yoyak.files.site_files import read_of_output
from yoyak.incremental.firewall import digest_of, problems_of, unknown, withheld
from yoyak.incremental.withheld_texts import WithheldTexts
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST, BuildReport, BuildRequest, Progress, decode_manifest
from yoyak.model.message import Problem, errors, in_order, say
from yoyak.parallel.pool import mapper
from yoyak.store.remembered import decode, encode

_CLEAN = "firewall-clean"


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
    if _is_of_production(output) and (found := errors(leaks_of_output(folder, output, None, progress))):
        raise YoyakError(*found, say("leak.deploy", output=str(output), count=len(found)))


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
    shown = (path for path in found.readings if path not in found.waiting)
    phrases = [*found.phrases, *(phrase for path in shown for phrase in texts.cut(path))]
    clean = _clean(site, phrases)
    todo = sorted(path for path, digest in files.items() if digest[:16] not in clean)
    leaks = unknown(_searched(phrases, output, todo, files, progress), found, texts, site.store)
    wrong = {leak.output for leak in leaks}
    now = {digest[:16] for path, digest in files.items() if path not in wrong}
    with site.store.writing():
        site.store.database.put("meta", [(_CLEAN, encode((digest_of(phrases), "".join(sorted(now)))))])
    return problems_of(leaks)


def _clean(site: Survey, phrases: list[Phrase]) -> frozenset[str]:
    """Return the beginnings of the digests of files in which none of the phrases is."""
    row = site.store.database.get("meta", _CLEAN)
    key, joined = decode(row, tuple[str, str]) if row else ("", "")
    return (
        frozenset(joined[n : n + 16] for n in range(0, len(joined), 16)) if key == digest_of(phrases) else frozenset()
    )


def _searched(
    phrases: list[Phrase], output: Path, paths: list[str], files: Mapping[str, str], progress: Progress | None
) -> list[Leak]:
    search = Search(phrases)

    def look(path: str) -> list[Leak]:
        return search.found(path, read_of_output(output, path), files[path])

    counted = (lambda items, done: progress("check", items, done)) if progress else None
    return [leak for found in mapper(None, counted=counted)(look, paths if search else ()) for leak in found]
