"""How a plan and a report of a deploy are worded for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yoyak.messages.catalogue import speak
from yoyak.model.message import Words, say
from yoyak.publish.plan import DeployPlan, DeployReport
from yoyak.publish.releases import DeployedRelease
from yoyak.publish.texts import listed, shown, sized


def describe(plan: DeployPlan, *, most: int = 10) -> tuple[str, ...]:
    """Return the plan as lines for a person: counts first, then at most `most` names of each kind."""
    counts = say(
        "deploy.counts",
        added=len(plan.added),
        changed=len(plan.changed),
        removed=len(plan.removed),
        unchanged=len(plan.unchanged),
        size=sized(plan.size),
    )
    notes: tuple[tuple[object, Words], ...] = (
        (plan.to_adopt, say("deploy.to-adopt", count=plan.to_adopt)),
        (plan.there.replaces, plan.there.replaces),
        (plan.kept, say("deploy.kept", names=listed(plan.kept))),
        (plan.left_out, say("deploy.left-out", names=listed(plan.left_out))),
    )
    return (
        speak(say("deploy.target", name=plan.name, where=plan.where)),
        f"  {speak(counts)}",
        *_names("+", plan.added, most),
        *_names("~", plan.changed, most),
        *_names("-", plan.removed, most),
        *(f"  {speak(what)}" for there, what in notes if there),
    )


def _names(mark: str, paths: tuple[str, ...], most: int) -> Iterator[str]:
    yield from (f"  {mark} {shown(path)}" for path in paths[:most])
    if len(paths) > most:
        yield f"  {mark} {speak(say('deploy.more', count=len(paths) - most))}"


def summarise(report: DeployReport) -> str:
    """Return the closing line of a deploy."""
    if not (report.added or report.changed or report.removed):
        return speak(say("deploy.up-to-date", where=report.where, count=report.unchanged))
    done: dict[str, str | int] = {
        "where": report.where,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "size": sized(report.size),
    }
    if report.url:
        return speak(say("deploy.done.url", **done, url=report.url))
    if report.commit:
        return speak(say("deploy.done.commit", **done, commit=report.commit[:10]))
    if report.release:
        return speak(say("deploy.done.release", **done, release=report.release))
    return speak(say("deploy.done", **done))


def release_lines(releases: Sequence[DeployedRelease]) -> Iterator[str]:
    """Yield the releases that a target keeps as lines: which one is live, when each was deployed, how many files."""
    if not releases:
        yield speak(say("rollback.no-releases"))
    widest = max((len(release.name) for release in releases), default=0)
    for release in releases:
        count = speak(say("rollback.files", count=release.files)) if release.files else ""
        facts = [fact for fact in (release.at, count, release.base_url) if fact]
        yield f"{'>' if release.live else ' '} {release.name:{widest}}  {'  '.join(facts)}".rstrip()
