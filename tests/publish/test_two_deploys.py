"""Two machines deploy at once to the same place: one goes on, and the other one changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from publish.buckets import BUCKET, Store
from publish.desks import PAGES, Desk, tree
from publish.disk_host import DiskHost, plans
from publish.file_servers import FTP_PASSWORD, ftpd, sshd
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import S3Target, Target
from yoyak.publish.file_deploy import deploy_files
from yoyak.publish.plan import DeployPlan
from yoyak.publish.targets import carry_out

Place = tuple[Target, Callable[[], Mapping[str, bytes]]]
ROUNDS = 3
OLD = {**PAGES, "tags/old/index.html": "old"}


@pytest.fixture(params=["sftp", "ftps", "s3"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """A real server's folder: its target, and what is there."""
    if request.param == "sftp":
        monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
        with sshd(tmp_path, home) as ssh:
            yield ssh.target(), lambda: tree(ssh.root / "www")
    elif request.param == "ftps":
        monkeypatch.setenv("YOYAK_LIVE_PASSWORD", FTP_PASSWORD)
        with ftpd(tmp_path) as ftp:
            yield ftp.target(), lambda: tree(ftp.root / "www")
    else:
        store: Store = request.getfixturevalue("store")
        yield S3Target(bucket=BUCKET, endpoint=store.address), store.tree


def desks(folder: Path, target: Target) -> tuple[Desk, Desk]:
    """Return two machines; the site is deployed by the first one."""
    both = Desk(folder / "one", target), Desk(folder / "two", target)
    both[0].builds(OLD)
    both[0].deploys()
    return both


def test_a_plan_is_refused_when_another_machine_deployed_since(tmp_path: Path, place: Place) -> None:
    target, there = place
    one, two = desks(tmp_path, target)
    two.builds({**PAGES, "index.html": "two"})
    late = two.plans()
    one.builds({**PAGES, "index.html": "one"})
    one.deploys()
    before = there()
    with pytest.raises(YoyakError, match="another deploy meanwhile"):
        carry_out(two.request, late)
    assert there() == before == tree(one.output)
    two.deploys()
    assert there() == tree(two.output)


def test_of_two_at_the_same_time_one_goes_on(tmp_path: Path, place: Place) -> None:
    target, there = place
    both = desks(tmp_path, target)
    for number in range(ROUNDS):
        for name, desk in zip("ab", both, strict=True):
            desk.builds({**PAGES, "index.html": f"{name}{number}", f"tags/{name}{number}/index.html": name * 9000})
        done = at_once([(desk, desk.plans()) for desk in both])
        went = [desk for desk, error in zip(both, done, strict=True) if error is None]
        assert len(went) <= 1, "both went on"
        assert all("another deploy meanwhile" in error for error in done if error is not None), done
        if went:
            assert there() == tree(went[0].output)
        both[number % 2].deploys()
        assert there() == tree(both[number % 2].output)


def at_once(planned: list[tuple[Desk, DeployPlan]]) -> list[str | None]:
    """Carry out the plans side by side; return what each was refused with."""
    start, said = threading.Barrier(len(planned)), [""] * len(planned)

    def run(number: int, desk: Desk, plan: DeployPlan) -> None:
        start.wait()
        try:
            carry_out(desk.request, plan)
        except YoyakError as error:
            said[number] = str(error)

    threads = [threading.Thread(target=run, args=(number, *one)) for number, one in enumerate(planned)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [text or None for text in said]


@pytest.mark.parametrize("at", ["index.html", "feed.xml"])
def test_a_deploy_that_was_taken_for_cut_short_stops(desk: Desk, tmp_path: Path, live: Path, at: str) -> None:
    other = Desk(tmp_path / "two", desk.target)
    deploy_files(desk.request, DiskHost(live), plans(desk, DiskHost(live)))
    for name, one in (("one", desk), ("two", other)):
        one.builds({**PAGES, "index.html": name, "feed.xml": f"<{name}/>"})
    host = DiskHost(live)

    def overtaken(request: tuple[str, str]) -> None:
        if request == ("write", at):
            host.on = None
            deploy_files(other.request, DiskHost(live), plans(other, DiskHost(live)))

    host.on = overtaken
    with pytest.raises(YoyakError, match="another deploy meanwhile"):
        deploy_files(desk.request, host, plans(desk, host))
    assert (live / at).read_text(encoding="utf-8") == desk.output.joinpath(at).read_text(encoding="utf-8")
    deploy_files(other.request, DiskHost(live), plans(other, DiskHost(live)))  # finds what was under way
    assert tree(live) == tree(other.output)
