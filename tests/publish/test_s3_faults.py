"""Deploys to a bucket over a line that fails, and in processes that are killed."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from publish.buckets import BUCKET, BadLine, Fault, Store
from publish.desks import Desk, killed_after, tree
from samples import every
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import S3Target

OLD = {
    "index.html": "old assets/style.0000000001.css",
    "old/page/index.html": "old assets/style.0000000001.css",
    "assets/style.0000000001.css": "1",
    "feed.xml": "old",
}
NEW = {
    "index.html": "new assets/style.0000000002.css",
    "기사/index.html": "new assets/style.0000000002.css",
    "assets/style.0000000002.css": "2",
    "feed.xml": "new",
}
FOREIGN = {"CNAME": "digest.kr", "old/page/mine.txt": "mine", "elsewhere/index.html": "theirs"}
KILLS = int(os.environ.get("YOYAK_KILLS", "6"))
LOST: tuple[Fault, ...] = ("slow down", "error", "not sent", "not answered")


@pytest.fixture
def desk(tmp_path: Path, line: BadLine) -> Desk:
    return Desk(tmp_path, S3Target(bucket=BUCKET, endpoint=line.address))


def begin(desk: Desk, store: Store, line: BadLine) -> None:
    """Have OLD online beside other people's files, and NEW built."""
    store.empty()
    desk.builds(OLD)
    store.put({**FOREIGN, **{path: data.decode() for path, data in tree(desk.output).items()}})
    desk.builds(NEW)
    line.forget()


def from_request(number: int, fault: Fault, to: int = 1000) -> Callable[[int, str, str], Fault | None]:
    """Do this to every request from a number on."""
    return lambda asked, *_: fault if number <= asked <= to else None


def refused(desk: Desk) -> str:
    """Deploy; return what was said when it was cut short."""
    try:
        desk.deploys()
    except YoyakError as error:
        return str(error)
    return ""


def assert_nothing_lost(online: Mapping[str, bytes], number: object) -> None:
    for path, text in FOREIGN.items():
        assert online[path] == text.encode(), number
    pages = [data.decode() for path, data in online.items() if path.endswith(".html")]
    named = {name for page in pages for name in re.findall(r"assets/[\w.]+", page)}
    assert named <= online.keys(), number


def assert_exactly(desk: Desk, store: Store, number: object) -> None:
    assert store.tree() == {**tree(desk.output), **{path: text.encode() for path, text in FOREIGN.items()}}, number


def test_next_deploy_ends_one_that_lost_its_line_at_any_request(desk: Desk, store: Store, line: BadLine) -> None:
    for number in every(3, 100):
        begin(desk, store, line)
        fault = LOST[number % len(LOST)]
        line.fault = from_request(number, fault)
        said = refused(desk)
        if not said:
            assert number > 10
            return
        assert said.startswith(f"s3://{BUCKET}"), number
        assert "eploy again" in said, number
        assert_nothing_lost(store.tree(), number)
        line.forget()
        desk.deploys()
        assert_exactly(desk, store, number)


def test_answers_that_end_in_the_middle_are_not_believed(desk: Desk, store: Store, line: BadLine) -> None:
    begin(desk, store, line)
    line.fault = lambda _number, method, _path: "cut short" if method == "GET" else None
    assert "the connection was lost" in refused(desk)
    assert {method for method, _ in line.asked} == {"GET"}


def test_a_request_that_fails_once_is_asked_again(
    desk: Desk, store: Store, line: BadLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "3")
    for number in every(6, 30):
        begin(desk, store, line)
        line.fault = from_request(number, LOST[number % len(LOST)], to=number)
        desk.deploys()
        assert_exactly(desk, store, number)


@pytest.mark.timeout(3600)
def test_deploys_that_are_killed_leave_a_site_that_the_next_one_continues(tmp_path: Path, store: Store) -> None:
    desk, chance, kills = Desk(tmp_path, S3Target(bucket=BUCKET, endpoint=store.address)), random.Random(), 0
    store.put(FOREIGN)
    desk.builds(OLD)
    began = time.monotonic()
    desk.deploys(adopt=True)
    lasts = (time.monotonic() - began) * 1.2
    for number in range(10 * KILLS):
        name = f"{number:010x}"
        pages = {f"{page}/index.html": f"assets/{name}.css" for page in chance.sample(range(8), 5)}
        desk.builds({"index.html": f"assets/{name}.css", f"assets/{name}.css": name, "feed.xml": name, **pages})
        kills += killed_after(lambda: desk.deploys(confirm_removals=100), chance.uniform(0, lasts))
        assert_nothing_lost(store.tree(), number)
        if kills >= KILLS:
            break
        if number % 4 == 3:
            desk.deploys(confirm_removals=100)
            assert_exactly(desk, store, number)
    assert kills >= KILLS
    desk.deploys(confirm_removals=100)
    assert_exactly(desk, store, "end")
