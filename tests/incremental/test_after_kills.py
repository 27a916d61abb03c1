"""After a build that ended amid its moves, as in a power cut, each command first puts back what was, or refuses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from command import run_yoyak
from incremental.desk import AT, Desk, open_desk
from incremental.oracle import bytes_of, files_below
from incremental.processes import ENVIRONMENT, build_killed_at, strace

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

DEPLOYED = "\ndeploy:\n  live: {kind: folder, path: ../live}\n"
LIVE = ("deploy", "live", "--allow-example-address", "--quiet")
ARTICLE = "content/1/글-13.md"


@pytest.fixture(scope="module", params=["one disk", "two disks"])
def killed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of which a build from the old to the new state was killed amid its moves; the target has the old one."""
    strace()
    place = tmp_path_factory.mktemp("killed")
    disks = (disk for disk in (Path("/dev/shm"), Path("/var/tmp")) if os.access(disk, os.W_OK))
    disk = next((disk for disk in disks if disk.stat().st_dev != place.stat().st_dev), None)
    if request.param == "two disks" and not disk:
        pytest.skip("there is no second disk to write to")
    with TemporaryDirectory(dir=disk if request.param == "two disks" else place) as folder:
        desk = open_desk(place, Path(folder) / "output")
        settings = desk.folder / "site.yaml"
        settings.write_text(settings.read_text(encoding="utf-8") + DEPLOYED, encoding="utf-8")
        assert ran(desk, *LIVE).returncode == 0
        desk.writes("new")
        build_killed_at(desk.folder, "rename", 25, "--output", str(desk.output), wholly=True)
        for one in kept(desk):
            shutil.copytree(one, f"{one}-killed", symlinks=True)
        yield desk


@pytest.fixture
def desk(killed: Desk) -> Desk:
    """The killed desk as it was right after the kill."""
    for one in kept(killed):
        shutil.rmtree(one, ignore_errors=True)
        shutil.copytree(f"{one}-killed", one, symlinks=True)
    assert (state(killed), live(killed)) == ("mixed", "old")
    return killed


def kept(desk: Desk) -> tuple[Path, Path, Path]:
    return desk.folder, desk.output, desk.folder.parent / "live"


def ran(desk: Desk, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a person does, for the output folder of the desk where the command has one."""
    where = ("--output", str(desk.output)) if arguments[0] in ("build", "deploy", "diff") else ()
    return run_yoyak(*arguments, "--site", str(desk.folder), *where, env=ENVIRONMENT)


def state(desk: Desk) -> str:
    return named(desk, bytes_of(files_below(desk.output)))


def live(desk: Desk) -> str:
    return named(desk, bytes_of(files_below(desk.folder.parent / "live")))


def named(desk: Desk, found: dict[str, bytes]) -> str:
    return next((state for state, clean in desk.clean.items() if clean == found), "mixed")


def nothing_is_left(desk: Desk) -> bool:
    left = [path.name for path in (*desk.store.iterdir(), *desk.output.iterdir()) if "staging" in path.name]
    return left == []


@pytest.mark.parametrize(
    ("command", "left", "online"),
    [
        (("build", "--at", AT), "new", "old"),
        (("diff", "live"), "old", "old"),
        ((*LIVE, "--dry-run"), "new", "old"),
        (LIVE, "new", "new"),
    ],
)
def test_a_command_that_uses_the_output_finds_one_whole_site(
    desk: Desk, command: tuple[str, ...], left: str, online: str
) -> None:
    done = ran(desk, *command)
    assert (done.returncode, state(desk), live(desk), nothing_is_left(desk)) == (0, left, online, True), done


def test_a_check_puts_back_what_was(desk: Desk) -> None:
    assert ran(desk, "check").returncode == 0
    assert (state(desk), live(desk), nothing_is_left(desk)) == ("old", "old", True)


def test_a_deploy_that_does_not_build_refuses(desk: Desk) -> None:
    done = ran(desk, *LIVE, "--no-build")
    assert (done.returncode, live(desk)) == (1, "old"), done
    assert "older than the site" in done.stderr


def test_a_deploy_that_does_not_build_refuses_where_the_content_is_again_as_it_was(desk: Desk) -> None:
    desk.writes("old")
    done = ran(desk, *LIVE, "--no-build")
    assert (done.returncode, live(desk)) == (1, "old"), done


def test_a_deploy_whose_build_fails_puts_back_what_was_and_sends_nothing(desk: Desk) -> None:
    (desk.folder / ARTICLE).write_text("---\ntitle: [\n---\n", encoding="utf-8")
    done = ran(desk, *LIVE)
    assert (done.returncode, state(desk), live(desk), nothing_is_left(desk)) == (1, "old", "old", True), done


@pytest.mark.parametrize("command", [("diff", "live"), (*LIVE, "--no-build")])
def test_without_its_store_a_mixed_output_is_not_taken_for_a_site(desk: Desk, command: tuple[str, ...]) -> None:
    shutil.rmtree(desk.store)
    done = ran(desk, *command)
    assert (done.returncode != 0 or state(desk) == "old", live(desk)) == (True, "old"), done


def test_without_its_store_the_next_deploy_ends_well(desk: Desk) -> None:
    shutil.rmtree(desk.store)
    done = ran(desk, *LIVE)
    assert (done.returncode, state(desk), live(desk), nothing_is_left(desk)) == (0, "new", "new", True), done


def test_a_preview_puts_back_what_was_in_the_output(desk: Desk) -> None:
    command = [sys.executable, "-u", "-m", "yoyak", "serve", "--site", str(desk.folder), "--port", "0"]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        greeted = any("127.0.0.1" in line for line in iter(process.stdout.readline, ""))
        process.kill()
    assert (greeted, state(desk), nothing_is_left(desk)) == (True, "old", True)
