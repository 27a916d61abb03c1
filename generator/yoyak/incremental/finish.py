"""The end of a build, the same whichever way it went: stale pages are made, put into their places and saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import structs

from yoyak.engine.page_maker import MadePage
from yoyak.engine.run import Job
from yoyak.incremental.reasons import words_of
from yoyak.incremental.stale_pages import StalePages
from yoyak.model.build import BuildReport
from yoyak.model.message import Problem, Words, errors
from yoyak.pipeline.write import Staged, Target, Written, open_target
from yoyak.settings.config import SiteConfig

Produced = tuple[list[MadePage], list[Staged], tuple[Problem, ...]]
"""The pages that were made, all files that were staged, and all problems of the site."""

Guard = Callable[[Mapping[str, Staged], Mapping[str, str]], tuple[Problem, ...]]
"""Given the staged files, and where those lie that differ."""


def finish(
    job: Job,
    config: SiteConfig,
    stale: StalePages,
    *,
    produce: Callable[[Target], Produced | None],
    report_of: Callable[[tuple[Problem, ...]], BuildReport],
    save: Callable[[Sequence[MadePage], BuildReport], None],
    guard: Guard,
) -> BuildReport | None:
    """Make what has to be made, put it into its place if nothing is wrong, and save it.

    Return None, with nothing written, when `produce` does: a build has to go another way after all. What `guard`
    finds stops the write, whatever was asked for.
    """
    target = open_target(job.request.target, Path(config.folder), job.work)
    written: Written | None = None
    try:
        produced = produce(target)
        if produced is None:
            return None
        made, staged, problems = produced
        if job.request.keep_going or not errors(problems):
            problems = (*problems, *(leaks := _leaks(job, target, staged, guard)))
            if not errors(leaks):
                with job.watch.stage("write"):
                    written = _commit(target, staged, stale, config)
    finally:
        target.close()
    report = report_of(problems)
    if written is None:
        return report
    report = structs.replace(
        report,
        written=written.new,
        changed=written.changed,
        removed=written.removed,
        unchanged=written.unchanged,
        complete=True,
        reasons=_reasons(stale, written),
        rendered=len(made),
    )
    with job.watch.stage("remember"):
        save(made, report)
    return report


def _leaks(job: Job, target: Target, staged: Sequence[Staged], guard: Guard) -> tuple[Problem, ...]:
    if job.request.preview:
        return ()
    with job.watch.stage("check"):
        return guard({one.path: one for one in staged}, target.staged_files(staged))


def _commit(target: Target, staged: Sequence[Staged], stale: StalePages, config: SiteConfig) -> Written:
    if stale.others_stay and all(one.change == "same" for one in staged):
        return Written(new=(), changed=(), removed=(), unchanged=len(target.before))
    kept = target.before if stale.others_stay else {path: row.digest for path, row in stale.kept.items()}
    return target.commit(staged, preview=config.preview, base_url=config.base_url, kept=kept)


def _reasons(stale: StalePages, written: Written) -> dict[str, Words]:
    """Return why each page that differs now was made again."""
    differ = {*written.new, *written.changed}
    return {path: words_of(reasons) for path, reasons in stale.reasons.items() if path in differ}
