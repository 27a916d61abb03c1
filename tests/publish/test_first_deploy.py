"""The first deploy into a folder that somebody uses already, and disks that take no more."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from publish.desks import PAGES, Desk, tree, write
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import FolderTarget
from yoyak.publish.describe import describe
from yoyak.publish.guards import AdoptionError

FULL = {
    "a file": {"note.txt": "mine"},
    "files below": {"a/b/c.txt": "1", "a/d.txt": "2"},
    "a hidden file": {".htaccess": "Deny"},
    "a repository": {".git/HEAD": "ref: x"},
    "a page with the same bytes": {"index.html": PAGES["index.html"]},
    "another program's list": {".yoyak-manifest.json.bak": "{}"},
}


@pytest.mark.parametrize("name", FULL)
def test_a_folder_in_use_is_not_taken_without_consent(desk: Desk, live: Path, name: str) -> None:
    write(live, FULL[name])
    before = tree(live)
    with pytest.raises(AdoptionError) as refused:
        desk.deploys()
    assert str(refused.value).startswith(f"{live} is not empty, and yoyak never deployed to it: {len(before)} file")
    assert "--adopt" in str(refused.value)
    assert tree(live) == before


@pytest.mark.parametrize("name", FULL)
def test_with_consent_the_site_stands_beside_what_was_there(desk: Desk, live: Path, name: str) -> None:
    write(live, FULL[name])
    before = tree(live)
    desk.deploys(adopt=True)
    assert tree(live) == before | tree(desk.output)


def test_consent_is_asked_once(desk: Desk, live: Path) -> None:
    write(live, {"note.txt": "mine"})
    desk.deploys(adopt=True)
    desk.builds({**PAGES, "index.html": "new"})
    assert desk.deploys().changed == 2


@pytest.mark.parametrize("files", [{}, {".DS_Store": ""}, {".gitkeep": ""}, {"Thumbs.db": ""}])
def test_an_empty_folder_needs_no_consent(desk: Desk, live: Path, files: dict[str, str]) -> None:
    live.mkdir()
    write(live, files)
    (live / "lost+found").mkdir()
    assert desk.deploys().added == 5


def test_a_folder_with_an_empty_folder_is_in_use(desk: Desk, live: Path) -> None:
    (live / "cgi-bin").mkdir(parents=True)
    with pytest.raises(AdoptionError, match="1 file"):
        desk.deploys()


def test_a_link_to_a_folder_in_use_is_judged_by_where_it_leads(desk: Desk, live: Path) -> None:
    write(live, {"note.txt": "mine"})
    live.with_name("link").symlink_to(live)
    desk.target = FolderTarget(path="../link")
    with pytest.raises(AdoptionError):
        desk.deploys()


def test_the_plan_says_that_consent_is_needed(desk: Desk, live: Path) -> None:
    write(live, {"a.txt": "1", "b.txt": "2"})
    said = "The folder is not empty, and yoyak never deployed to it (2 files): the first deploy needs --adopt"
    assert f"  {said}" in describe(desk.plans())
    desk.deploys(adopt=True)
    assert not any("--adopt" in line for line in describe(desk.plans()))


START = "title: x\nbase_url: https://digest.example.org/\ntimezone: Asia/Seoul\n"
SITE = f"{START}deploy: {{live: {{kind: folder, path: ../live}}}}\n"


@pytest.fixture
def command(desk: Desk, live: Path) -> tuple[str, ...]:
    """``yoyak deploy`` of a site to a folder in use."""
    write(desk.site, {"site.yaml": SITE})
    write(live, {"note.txt": "mine"})
    return (sys.executable, "-m", "yoyak", "deploy", "--allow-example-address", "--site", str(desk.site))


def at_terminal(command: tuple[str, ...], answer: bytes) -> tuple[int, str]:
    """Run a command at a terminal and type an answer."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, answer)
    said = b""
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:  # the other side is closed
        pass
    os.close(ours)
    return process.wait(60), said.decode()


@pytest.mark.parametrize(("answer", "code", "done"), [(b"y\n", 0, True), (b"n\n", 1, False), (b"\n", 1, False)])
def test_a_person_at_a_terminal_is_asked(
    command: tuple[str, ...], live: Path, answer: bytes, code: int, done: bool
) -> None:
    ended, said = at_terminal(command, answer)
    assert (ended, (live / "index.html").exists()) == (code, done), said
    assert "Deploy there now? [y/N]" in said


@pytest.mark.parametrize("option", [(), ("--json",), ("--quiet",)])
def test_without_a_terminal_the_option_is_needed(command: tuple[str, ...], live: Path, option: tuple[str, ...]) -> None:
    refused = subprocess.run((*command, *option), capture_output=True, stdin=subprocess.DEVNULL, text=True, check=False)
    assert refused.returncode == 1
    assert "--adopt" in refused.stderr
    assert tree(live) == {"note.txt": b"mine"}
    done = subprocess.run((*command, *option, "--adopt"), capture_output=True, stdin=subprocess.DEVNULL, check=False)
    assert (done.returncode, (live / "index.html").exists()) == (0, True)


@pytest.mark.parametrize("size", [10_000, 60_000, 150_000])
def test_a_full_disk_is_named_and_the_next_deploy_ends_well(desk: Desk, small_disk: Path, size: int) -> None:
    desk.target = FolderTarget(path=str(small_disk / "www"))
    desk.deploys()
    before = tree(small_disk / "www")
    (small_disk / "ballast").write_bytes(b"x" * (160_000 - size))
    desk.builds({"index.html": "new", "articles/항구/index.html": "x" * 300_000, "assets/style.2.css": "y" * size})
    with pytest.raises(YoyakError) as refused:
        desk.deploys()
    assert str(refused.value).startswith(f'The deploy to "live" stopped: {small_disk}/www/')
    assert str(refused.value).endswith(": the disk is full. Make room there. Deploy again then; nothing is lost.")
    assert ".yoyak-part" not in str(refused.value)
    after = tree(small_disk / "www")
    pages = {path: data for path, data in before.items() if path.endswith(".html")}
    assert {path: after[path] for path in pages} == pages
    (small_disk / "ballast").unlink()
    desk.builds({"index.html": "new"})
    desk.deploys(confirm_removals=10)
    assert tree(small_disk / "www") == tree(desk.output)


def test_a_disk_that_can_only_be_read_is_named(desk: Desk, small_disk: Path) -> None:
    desk.target = FolderTarget(path=str(small_disk / "www"))
    desk.deploys()
    subprocess.run(("mount", "-o", "remount,ro", str(small_disk)), check=True)
    desk.builds({**PAGES, "index.html": "new"})
    with pytest.raises(YoyakError, match=r"www.*: the disk can only be read\. Choose another folder"):
        desk.deploys()


def test_a_full_disk_below_the_git_host_is_told(git_desk: Desk, small_disk: Path) -> None:
    from publish.desks import run_git
    from yoyak.model.targets import GitTarget

    run_git("init", "--quiet", "--bare", "--template=", small_disk / "x.git")
    git_desk.target = GitTarget(remote=str(small_disk / "x.git"))
    git_desk.builds(
        {
            "index.html": "".join(chr(33 + number * 7919 % 90) for number in range(500_000)),
            "a": os.urandom(300_000).hex(),
        }
    )
    with pytest.raises(YoyakError, match="No space left on device") as refused:
        git_desk.deploys()
    assert f"{small_disk}/x.git did not take the deploy" in str(refused.value)
