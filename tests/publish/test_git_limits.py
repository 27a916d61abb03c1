"""A deploy to a git host that does not answer, and one whose cache is broken."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest
from msgspec.structs import replace

from command import start_yoyak
from publish.desks import PAGES, Desk, branch_tree, tree
from publish.hosts import silent_host
from sites import SETTINGS
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import GitTarget
from yoyak.publish.plan import NetworkTimeouts
from yoyak.publish.targets import carry_out, plan_deploy

SHORT = NetworkTimeouts(fetch=1.2, push=1.2)


@pytest.mark.parametrize("scheme", ["http", "git", "ssh"])
def test_a_host_that_says_nothing_is_given_up_and_named(git_desk: Desk, scheme: str, tmp_path: Path) -> None:
    if scheme == "ssh" and not shutil.which("ssh"):
        pytest.skip("ssh is not installed")
    told: list[str] = []
    with silent_host() as port:
        name = "desk@127.0.0.1" if scheme == "ssh" else "127.0.0.1"
        git_desk.target = GitTarget(remote=f"{scheme}://{name}:{port}/digest.git")
        with pytest.raises(YoyakError) as refused:
            plan_deploy(replace(git_desk.request, limits=SHORT), progress=lambda stage, *_: told.append(stage))
    assert f"127.0.0.1:{port} did not answer for 1.2 seconds" in str(refused.value)
    assert [stage for stage in told if stage != "compare"] == [f"Waiting for 127.0.0.1:{port}"]
    assert not remaining(f":{port}/digest.git")


def test_a_log_tells_what_is_waited_for_too(git_desk: Desk) -> None:
    with silent_host() as port:
        settings = f"{SETTINGS}\ndeploy: {{live: {{kind: git, remote: 'http://127.0.0.1:{port}/x.git'}}}}\n"
        (git_desk.site / "site.yaml").write_text(settings, encoding="utf-8")
        complaints, started = [], []
        for more in ("--quiet", "--json", "--keep-going"):
            site = shutil.copytree(git_desk.site, git_desk.site.with_name(more))
            said, complained = site.with_suffix(".said"), site.with_suffix(".complained")
            started.append(start_yoyak("deploy", "live", "--site", site, more, said=said, complained=complained))
            complaints.append(complained)
        *silent, told = complaints
        until = monotonic() + 60
        while f"Waiting for 127.0.0.1:{port} …\n" not in told.read_text(encoding="utf-8"):  # the others began before
            assert monotonic() < until
            sleep(0.02)
        for process in started:
            process.terminate()
            process.wait()
        assert [complained.read_text(encoding="utf-8").count("…") for complained in silent] == [0, 0]


def remaining(argument: str) -> list[str]:
    found = subprocess.run(("ps", "-eo", "args"), capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in found if argument in line]


def test_a_host_that_says_nothing_during_the_push_is_given_up(git_desk: Desk, remote: Path) -> None:
    plan = git_desk.plans()
    (remote / "hooks").mkdir(exist_ok=True)
    (remote / "hooks/pre-receive").write_text("#!/bin/sh\nexec sleep 20 >/dev/null 2>&1\n")
    (remote / "hooks/pre-receive").chmod(0o755)
    with pytest.raises(YoyakError, match=r"did not answer for 1\.2 seconds.*took the deploy is not known"):
        carry_out(replace(git_desk.request, limits=SHORT), plan)
    (remote / "hooks/pre-receive").unlink()
    git_desk.deploys()
    assert "index.html" in branch_tree(remote)


def test_a_host_that_sends_a_byte_now_and_then_is_given_up(git_desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = threading.Event()

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n\r\n"
                )
                while not ended.wait(0.2):
                    connection.sendall(b"0")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        git_desk.target = GitTarget(remote=f"http://127.0.0.1:{listener.getsockname()[1]}/x.git")
        with pytest.raises(YoyakError):
            plan_deploy(replace(git_desk.request, limits=NetworkTimeouts(fetch=0.5)))
        ended.set()


def emptied_objects(cache: Path) -> None:
    for path in (cache / "objects").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.write_bytes(b"")


def no_objects(cache: Path) -> None:
    shutil.rmtree(cache / "objects")


def a_file(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.write_text("")


def dangling_link(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.symlink_to("nowhere")


def head_is_a_folder(cache: Path) -> None:
    (cache / "HEAD").unlink()
    (cache / "HEAD").mkdir()


def packed(cache: Path) -> None:
    (cache / "packed-refs").write_text("noise\n")


def written(name: str, data: bytes) -> Callable[[Path], None]:
    def damage(cache: Path) -> None:
        (cache / name).parent.mkdir(parents=True, exist_ok=True)
        (cache / name).write_bytes(data)

    return damage


DAMAGES: dict[str, Callable[[Path], None]] = {
    "every object is empty": emptied_objects,
    "no objects": no_objects,
    "a file": a_file,
    "a link to nothing": dangling_link,
    "HEAD is a folder": head_is_a_folder,
    "HEAD is noise": written("HEAD", b"\x00\xffnoise"),
    "HEAD is empty": written("HEAD", b""),
    "config is noise": written("config", b"[core\nnoise"),
    "packed-refs are noise": written("packed-refs", b"noise\n"),
    "a ref is noise": written("refs/yoyak/there", b"noise"),
    "a ref names nothing": written("refs/yoyak/there", b"1" * 40 + b"\n"),
    "a lock of packed-refs": written("packed-refs.lock", b""),
    "a lock of a ref": written("refs/yoyak/there.lock", b""),
    "another lock of a ref": written("refs/yoyak/built.lock", b""),
    "a lock of the depth": written("shallow.lock", b""),
    "a depth of noise": written("shallow", b"noise\n"),
    "the refs are a file": lambda cache: (shutil.rmtree(cache / "refs"), (cache / "refs").write_text(""))[0],
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_broken_cache_is_made_anew_by_itself(git_desk: Desk, remote: Path, name: str) -> None:
    git_desk.deploys()
    DAMAGES[name](git_desk.site / ".yoyak/deploy/live.git")
    git_desk.builds({**PAGES, "index.html": "new"})
    git_desk.deploys()
    assert branch_tree(remote) == {**tree(git_desk.output), ".nojekyll": b""}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_cache_that_breaks_after_the_plan_is_made_anew(git_desk: Desk, remote: Path, name: str) -> None:
    git_desk.deploys()
    git_desk.builds({**PAGES, "index.html": "new"})
    plan = git_desk.plans()
    DAMAGES[name](git_desk.site / ".yoyak/deploy/live.git")
    carry_out(git_desk.request, plan)
    assert branch_tree(remote) == {**tree(git_desk.output), ".nojekyll": b""}


def test_a_cache_that_is_sound_is_kept_when_the_host_fails(git_desk: Desk, remote: Path) -> None:
    git_desk.deploys()
    before = tree(git_desk.site / ".yoyak/deploy/live.git")
    moved = remote.rename(remote.with_name("moved.git"))
    with pytest.raises(YoyakError, match="could not be read"):
        git_desk.plans()
    moved.rename(remote)
    assert tree(git_desk.site / ".yoyak/deploy/live.git") == before


def test_a_cache_that_cannot_be_made_is_told_with_its_place(git_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")  # a setting without a name: git fails whatever it is asked
    with pytest.raises(YoyakError, match=r"git failed in .*live\.git"):
        git_desk.plans()
    assert os.environ["GIT_CONFIG_COUNT"] == "1"
