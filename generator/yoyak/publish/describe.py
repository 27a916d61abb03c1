"""How a plan and a report of a deploy are worded for a person."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.publish.plan import DeployPlan, DeployReport
from yoyak.publish.texts import counted, listed, shown, sized


def describe(plan: DeployPlan, *, most: int = 10) -> tuple[str, ...]:
    """Return the plan as lines for a person: counts first, then at most `most` names of each kind."""
    counts = ", ".join(
        f"{len(paths)} {what}"
        for what, paths in (
            ("added", plan.added),
            ("changed", plan.changed),
            ("removed", plan.removed),
            ("unchanged", plan.unchanged),
        )
    )
    return (
        f'Target "{plan.name}": {plan.where}',
        f"  {counts}; {sized(plan.size)} to send",
        *_names("+", plan.added, most),
        *_names("~", plan.changed, most),
        *_names("-", plan.removed, most),
        *_adoption(plan),
        *_note("Not yoyak's, stays there", plan.kept),
        *_note("Not from the build, stays here", plan.left_out),
    )


def _names(mark: str, paths: tuple[str, ...], most: int) -> Iterator[str]:
    yield from (f"  {mark} {shown(path)}" for path in paths[:most])
    if len(paths) > most:
        yield f"  {mark} and {len(paths) - most} more"


def _adoption(plan: DeployPlan) -> Iterator[str]:
    if plan.to_adopt:
        files = counted(plan.to_adopt, "file")
        yield f"  The folder is not empty, and yoyak never deployed to it ({files}): the first deploy needs --adopt"


def _note(what: str, paths: tuple[str, ...]) -> Iterator[str]:
    if paths:
        yield f"  {what}: {listed(paths)}"


def summarise(report: DeployReport) -> str:
    """Return the closing line of a deploy."""
    if not (report.added or report.changed or report.removed):
        return f"{report.where} is up to date: {counted(report.unchanged, 'file')}, nothing to change."
    commit = f", commit {report.commit[:10]}" if report.commit else ""
    return (
        f"Deployed to {report.where}: {report.added} added, {report.changed} changed, {report.removed} removed, "
        f"{sized(report.size)} sent{commit}."
    )
