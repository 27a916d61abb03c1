"""To which release a rollback goes."""

from __future__ import annotations

import pytest

from publish.desks import Desk
from yoyak.messages.errors import YoyakError
from yoyak.publish.releases import DeployedRelease, choose
from yoyak.publish.targets import list_releases, roll_back


def release(name: str, *, before: str = "", live: bool = False) -> DeployedRelease:
    return DeployedRelease(name=name, live=live, before=before)


@pytest.mark.parametrize(
    ("releases", "expected"),
    [
        ([release("3", before="2", live=True), release("2"), release("1")], "2"),
        ([release("3"), release("2", before="1", live=True), release("1")], "1"),
        ([release("4", before="1", live=True), release("3"), release("2"), release("1")], "1"),  # after a rollback
        ([release("3", before="gone", live=True), release("2"), release("1")], "2"),
        ([release("3", live=True), release("2")], "2"),
    ],
)
def test_rollback_goes_to_what_was_live_before(releases: list[DeployedRelease], expected: str) -> None:
    assert choose(releases, to="", where="x").name == expected


def test_named_release_may_be_newer() -> None:
    assert choose([release("3"), release("2", live=True)], to="3", where="x").name == "3"


@pytest.mark.parametrize(
    ("releases", "to", "said"),
    [
        ([release("1", live=True)], "", "no release before"),
        ([release("2", live=True), release("1")], "2", "already"),
        ([release("20241129-101112-abc", live=True)], "20241129-101112-abd", "Did you mean"),
        ([release("2")], "", "no release of yoyak now"),
        ([], "", "no release of yoyak now"),
        ([], "../x", "has no release"),
    ],
)
def test_rollback_to_nowhere_is_refused(releases: list[DeployedRelease], to: str, said: str) -> None:
    with pytest.raises(YoyakError, match=said):
        choose(releases, to=to, where="x")


def test_folder_in_place_says_what_to_do_instead(desk: Desk) -> None:
    for work in (list_releases, roll_back):
        with pytest.raises(YoyakError, match=r"no earlier release.*mode: release"):
            work(desk.request)


def test_branch_says_what_to_do_instead(git_desk: Desk) -> None:
    with pytest.raises(YoyakError, match=r"no earlier release.*git revert"):
        roll_back(git_desk.request)
