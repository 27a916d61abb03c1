"""The end of a build, the same whichever way it went: stale pages are made, put into their places and saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import structs

from yoyak.engine.page_maker import MadePage
from yoyak.engine.run import Job
from yoyak.incremental.stale_pages import StalePages
from yoyak.incremental.staleness import Reason, Reasons
from yoyak.model.message import Words, joined, listed, say
from yoyak.model.problems import Problem, errors
from yoyak.model.report import BuildReport
from yoyak.pipeline.write import Staged, Target, Written, open_target
from yoyak.settings.config import SiteConfig

Produced = tuple[list[MadePage], list[Staged], tuple[Problem, ...]]
"""The pages that were made, all files that were staged, and all problems of the site."""

Guard = Callable[[Mapping[str, Staged], Mapping[str, str]], tuple[Problem, ...]]
"""Given the staged files, and where those lie that differ."""

_FEW = 3
_PLAIN = {
    "new": "reason.new",
    "source": "reason.besides-articles",
    "kind": "reason.kind",
    "setting": "reason.setting",
    "order": "reason.order",
    "besides": "reason.besides-articles",
}
_OF_ARTICLES = {"added": "reason.added", "removed": "reason.removed"}


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


# --- why a page was made again, in sentences -----------------------------------------------------------------------


def words_of(reasons: Reasons) -> Words:
    """Return why a page was made again. That its file was lost counts when nothing else does."""
    found = [one for one in reasons if one.what not in ("missing", "edited")]
    return joined(*(words for one in found for words in _words(one))) if found else say("reason.lost")


def _words(reason: Reason) -> Sequence[Words]:
    if reason.what == "changed":
        found = [say(f"reason.changed.{view}", path=path) for view, path in reason.shows[:_FEW]]
        more = len(reason.shows) - _FEW
        return [*found, say("reason.changed.more", count=more)] if more > 0 else found
    if reason.what == "templates":
        return [_of_templates(reason.names)]
    if key := _OF_ARTICLES.get(reason.what):
        return [say(key, names=_named(reason.names), count=len(reason.names))]
    return [say(_PLAIN[reason.what])]


def _of_templates(names: Sequence[str]) -> Words:
    if not names:
        return say("reason.chrome")
    return say("reason.templates.more" if len(names) > _FEW else "reason.templates", names=", ".join(names[:_FEW]))


def _named(paths: Sequence[str]) -> Words:
    return listed(paths) if len(paths) <= 2 else say("list.others", first=paths[0], count=len(paths) - 1)
