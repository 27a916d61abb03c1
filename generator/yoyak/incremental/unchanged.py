"""Whether a build has anything to do, found out without importing what a build needs.

One scan of the site's files and one look at each file of the output are enough: their stamps are those of the last
build, the program is the same, and the clock has not passed an instant at which something appears or goes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, time_ns
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.model.build import MANIFEST, BuildReport, BuildRequest, Profile
from yoyak.model.sources import stamp_of
from yoyak.paths import failed_build, templates_folder
from yoyak.store.database import Database, StoreDamaged
from yoyak.store.place import has_leftovers, is_exposed, program, store_file
from yoyak.store.remembered import StateHead, decode
from yoyak.store.stamps import Stamps, digest_of_stamps, scan, stamps_of_output


class FilesSeen(NamedTuple):
    """What the files of a site look like, and how many seconds it took to see that."""

    stamps: Stamps
    seconds: float


def look(request: BuildRequest) -> FilesSeen:
    """Return what the files look like that a build would read."""
    start = perf_counter()
    stamps = scan(request.folder.resolve(), templates_folder(), now=time_ns())
    return FilesSeen(stamps, perf_counter() - start)


def untouched(
    request: BuildRequest, environment: Mapping[str, str], seen: FilesSeen, *, output_fresh: bool = False
) -> BuildReport | None:
    """Return the report of a build that has nothing to do, or None when one has to be run.

    With `output_fresh` an output that was written too shortly before it was looked at is taken for what was written.
    """
    if request.clean or request.verify or request.check_only:
        return None
    start = perf_counter()
    found = _remembered(request)
    if found is None:
        return None
    before, outputs = found
    now = clock_if_it_holds(before, request, environment)
    if now is None:
        return None
    folder = request.folder.resolve()
    same = (
        before.site
        and before.site == digest_of_stamps(seen.stamps)
        and before.git in ("", git_stamps(folder))
        and (before.output or output_fresh)
        and before.output in ("", digest_of_stamps(stamps_of_output(request.target, outputs)))
        and not failed_build(folder, request.target).exists()
        and not has_leftovers(request)
    )
    if not same:
        return None
    report = in_zone(before.report, before.timezone)
    seconds = {"scan": seen.seconds + perf_counter() - start}
    profile = Profile(stages=seconds, pages_kept=report.pages) if request.profile else None
    return structs.replace(report, seconds=seconds, clock=now, profile=profile)


def clock_if_it_holds(before: StateHead, request: BuildRequest, environment: Mapping[str, str]) -> datetime | None:
    """Return the clock of a build when the last one was of this program and request, and its time lasts; else None."""
    now = clock(request.at, environment, before.timezone)
    holds = (
        now is not None
        and before.program == program()
        and before.request == request_key(request)
        and holds_at(now, before.valid_from, before.valid_until, before.day, before.timezone)
    )
    return now.astimezone(ZoneInfo(before.timezone)) if now and holds else None


def in_zone(report: BuildReport, timezone: str) -> BuildReport:
    """Return a report with its times in the zone of the site: what was kept has only their instants."""
    zone = ZoneInfo(timezone)
    held = tuple(structs.replace(one, until=one.until.astimezone(zone)) if one.until else one for one in report.held)
    coming = tuple(structs.replace(one, at=one.at.astimezone(zone)) for one in report.coming)
    return structs.replace(report, held=held, coming=coming) if held or coming else report


def _remembered(request: BuildRequest) -> tuple[StateHead, list[str]] | None:
    place = store_file(request)
    if not place.is_file() or is_exposed(request.store):
        return None
    database = Database(place)
    try:
        data, paths = database.get("meta", "head"), database.get("meta", "outputs")
        if data is None or paths is None:
            return None
        return decode(data, StateHead), [*paths.decode().split("\n"), MANIFEST]
    except (StoreDamaged, sqlite3.Error, ValueError):
        return None
    finally:
        database.close()


def request_key(request: BuildRequest) -> str:
    """Return what of a request decides the output, beside the site and the clock."""
    chosen = f"preview={request.preview} keep_going={request.keep_going} marks={request.allow_foreign_marks}"
    address = f" base_url={request.base_url}" if request.base_url else ""
    return f"{request.target} {chosen} portable={request.portable}{address}"


def clock(at: datetime | None, environment: Mapping[str, str], timezone: str) -> datetime | None:
    """Return the clock of a build; None when only the settings can say it."""
    if at is None:
        epoch = environment.get("SOURCE_DATE_EPOCH", "")
        if not epoch:
            return datetime.now(UTC)
        return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() and len(epoch) <= 11 else None
    if at.tzinfo:
        return at
    return at.replace(tzinfo=ZoneInfo(timezone))


def holds_at(now: datetime, start: datetime | None, end: datetime | None, day: str, timezone: str) -> bool:
    """Tell whether what was published at one instant is published `now`, and whether it still is the same `day`."""
    if (start and now < start) or (end and now >= end):
        return False
    if not day:
        return True
    return now.astimezone(ZoneInfo(timezone)).date().isoformat() == day


def git_of_captures(folder: Path, stamps: Stamps) -> str:
    """Return what git's own files look like where a site has captures, whose days may come from git; else nothing."""
    asks = any(path.lower().endswith(".txt") for path in stamps if path.startswith("content/"))
    return git_stamps(folder) if asks else ""


def git_stamps(folder: Path) -> str:
    """Return what git's own files look like, from which the day of a capture may come."""
    root = next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)
    if root is None:
        return "none"
    told = []
    for name in ("HEAD", "index", "logs/HEAD", "packed-refs", "shallow"):
        try:
            told.append(f"{name} {stamp_of(os.stat(root / '.git' / name))}")  # noqa: PTH116
        except OSError:
            continue
    return " ".join(told) or "unknown"
