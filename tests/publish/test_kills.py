"""Deploys that are killed at a random time: to a folder, a branch, and hosts that switch a site as a whole.

`test_cut_uploads.py`, `test_s3_faults.py` and `test_rsync.py` kill deploys to the others.
"""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from publish.api_desks import AT_CLOUDFLARE, AT_NETLIFY, CloudflareDesk, NetlifyDesk, as_cloudflare, as_netlify
from publish.cloudflare_host import CloudflareHost
from publish.desks import Desk, branch_tree, killed_after, run_git, tree, write
from publish.netlify_host import NetlifyHost
from yoyak.model.targets import FolderTarget
from yoyak.publish.releases import RECORD

KILLS = int(os.environ.get("YOYAK_KILLS", "2"))
FOREIGN = {"CNAME": "digest.example.org", "old/mine.txt": "mine"}


class Live(NamedTuple):
    desk: Desk
    shown: Callable[[], Mapping[str, bytes]]
    foreign: Mapping[str, bytes] = {}
    switches: bool = True
    """Whether the host changes from one whole site to the next."""


@pytest.fixture
def folder(desk: Desk, live: Path) -> Live:
    write(live, FOREIGN)
    return Live(desk, lambda: tree(live), {path: text.encode() for path, text in FOREIGN.items()}, switches=False)


@pytest.fixture
def release(release_desk: Desk, live: Path) -> Live:
    release_desk.target = FolderTarget(path="../live", mode="release", keep=2)

    def shown() -> dict[str, bytes]:
        return {path: data for path, data in tree((live / "current").resolve()).items() if path != RECORD}

    return Live(release_desk, shown)


@pytest.fixture
def git(git_desk: Desk, remote: Path) -> Live:
    def shown() -> dict[str, bytes]:
        now = run_git("--git-dir", remote, "rev-parse", "gh-pages").decode().strip()  # a push may still be under way
        return {path: data for path, data in branch_tree(remote, now).items() if path != ".nojekyll"}

    return Live(git_desk, shown)


@pytest.fixture
def netlify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    with as_netlify(NetlifyHost(), monkeypatch) as host:
        yield Live(NetlifyDesk(tmp_path, AT_NETLIFY), lambda: host.live)


@pytest.fixture
def cloudflare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    with as_cloudflare(CloudflareHost(), monkeypatch) as host:
        yield Live(CloudflareDesk(tmp_path, AT_CLOUDFLARE), lambda: host.live)


def pages(number: int, chance: Random) -> dict[str, str]:
    """Return a site of which some pages come, change and go from one build to the next."""
    words = f"{number} assets/{number}.css"
    some = {f"{page}/index.html": words for page in chance.sample(range(12), 7)}
    return {"index.html": words, "same.html": "the same", f"assets/{number}.css": f"{number}" * 5000, **some}


def wanted(live: Live) -> dict[str, bytes]:
    """Return what is to be online after a deploy."""
    built = live.desk.site_files if isinstance(live.desk, (NetlifyDesk, CloudflareDesk)) else tree(live.desk.output)
    return {**built, **live.foreign}


def assert_no_reader_is_hurt(live: Live, before: Mapping[str, bytes], when: object) -> str:
    """Assert that one whole site is online, or that no page names a missing file; return what it is."""
    shown, after = live.shown(), wanted(live)
    kind = "before" if shown == before else "after" if shown == after else "between"
    assert kind != "between" or not live.switches, when
    assert shown.items() >= live.foreign.items(), when
    for path, data in shown.items():
        named = re.findall(r"assets/[\w.]+", data.decode()) if path.endswith(".html") else []
        assert set(named) <= {one.lstrip("/") for one in shown}, (when, path)
    return kind


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", ["folder", "release", "git", "netlify", "cloudflare"])
def test_a_deploy_that_is_killed_at_any_time_hurts_no_reader(kind: str, request: pytest.FixtureRequest) -> None:
    live: Live = request.getfixturevalue(kind)
    desk, chance, ends = live.desk, Random(), Counter[str]()
    desk.builds(pages(0, chance))
    began = time.monotonic()
    desk.deploys(adopt=True)
    usual = time.monotonic() - began
    for number in range(1, KILLS + 1):
        before = live.shown()
        desk.builds(pages(number, chance))
        seconds = chance.uniform(0, usual * 1.1)
        killed = killed_after(lambda: desk.deploys(confirm_removals=50), seconds, with_children=number % 2 == 0)
        ends[f"{'killed' if killed else 'ended'}, {assert_no_reader_is_hurt(live, before, number)}"] += 1
        if number % 4 == 0:  # else the next one meets what this one left
            desk.builds(pages(-number, chance))
        desk.deploys(confirm_removals=50)
        assert live.shown() == wanted(live), number
        assert desk.deploys().size == 0, number
    print(kind, dict(sorted(ends.items())), f"{ends.total()} deploys")
