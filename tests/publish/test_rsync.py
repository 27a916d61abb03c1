"""A deploy by rsync to a machine that is this one: a real sshd, a real rsync."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import sleep

import pytest
from msgspec import json

from incremental.processes import CHECKOUT
from publish.desks import PAGES, Desk, tree, write
from publish.ssh_host import SshServer, connected, serving_ssh
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import RsyncTarget
from yoyak.publish.journal import PART
from yoyak.publish.releases import OLD, RECORD, is_release
from yoyak.publish.targets import list_releases

KILLS = int(os.environ.get("YOYAK_KILLS", "4"))
CHANGED = {**PAGES, "index.html": "new front"}
MANY = {f"tags/{n}/index.html": f"tag {n}" for n in range(30)}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with serving_ssh(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture(scope="module")
def connection(server: SshServer) -> Iterator[str]:
    with connected(server) as shell:
        yield shell


@pytest.fixture
def alone(server: SshServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each command make a connection of its own, as a user's do."""
    monkeypatch.setenv("RSYNC_RSH", server.shell)


@pytest.fixture
def live(quick_path: Path) -> Path:
    """A folder with a name that a shell would take apart."""
    return quick_path / "it's a (live) site; 웹"


@pytest.fixture
def desk(live: Path, server: SshServer, connection: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Its commands go through one connection that is kept open: to make one takes as long as half of them."""
    monkeypatch.setenv("RSYNC_RSH", connection)
    desk = Desk(live.parent, RsyncTarget(host=server.host, path=str(live), port=server.port, keep=2))
    desk.builds()
    return desk


def shown(live: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree((live / "current").resolve()).items() if path != RECORD}


def releases(live: Path) -> list[str]:
    return sorted(path.name for path in (live / "releases").iterdir())


def deploys_of(desk: Desk, *fronts: str) -> list[str]:
    names = []
    for front in fronts:
        desk.builds({**PAGES, "index.html": front})
        names.append(desk.deploys().release)
    return names


@pytest.mark.usefixtures("desk", "alone")
def test_deploys_leave_releases_with_links_to_the_same_files(desk: Desk, live: Path) -> None:
    assert len(desk.plans().added) == len(PAGES) + 1
    assert not live.exists()
    first = desk.deploys().release
    assert shown(live) == tree(desk.output)
    assert str((live / "current").readlink()) == f"releases/{first}"
    desk.builds(CHANGED)
    plan = desk.plans()
    assert plan.changed == (".yoyak-manifest.json", "index.html")
    second = desk.deploys().release
    assert shown(live) == tree(desk.output)
    same = [(live / "releases" / name / "articles/항구/index.html").stat().st_ino for name in (first, second)]
    assert same[0] == same[1]
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in (live / "current").resolve().rglob("*")}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_second_deploy_sends_nothing(desk: Desk, live: Path) -> None:
    desk.deploys()
    before = {path: path.lstat().st_mtime_ns for path in (live, *live.rglob("*"))}
    report = desk.deploys()
    assert (report.size, report.release, report.unchanged) == (0, "", len(PAGES) + 1)
    assert {path: path.lstat().st_mtime_ns for path in (live, *live.rglob("*"))} == before


def test_file_that_was_edited_there_is_new_in_the_next_release(desk: Desk, live: Path) -> None:
    desk.deploys()
    write(live / "current", {"feed.xml": "<evil/>"})
    assert desk.plans().changed == ("feed.xml",)
    desk.deploys()
    assert shown(live) == tree(desk.output)


def test_old_releases_are_removed_and_nothing_else(desk: Desk, live: Path) -> None:
    first = desk.deploys().release
    write(live, {"robots.txt": "mine", "releases/notes.txt": "mine", f"releases/{first}/mine.txt": "mine"})
    (live / "current/uploads").symlink_to("/srv/uploads")
    names = deploys_of(desk, *"abc")
    found = tree(live)
    assert [name for name in releases(live) if is_release(name)] == names[1:]
    assert (found["robots.txt"], found["releases/notes.txt"]) == (b"mine", b"mine")
    assert shown(live)["mine.txt"] == b"mine"
    assert shown(live)["uploads"] == b"-> /srv/uploads"
    assert {path.rpartition("/")[2] for path in found if OLD in path} <= {"mine.txt", "uploads"}


def test_rollback_and_the_list(desk: Desk, live: Path) -> None:
    names = deploys_of(desk, *"ab")
    assert [(one.name, one.live, one.before) for one in list_releases(desk.request)] == [
        (names[1], True, names[0]),
        (names[0], False, ""),
    ]
    report = desk.goes_back()
    assert (report.before, report.now, shown(live)["index.html"]) == (names[1], names[0], b"a")
    assert desk.goes_back(to=names[1]).now == names[1]
    (live / "releases" / names[0] / "feed.xml").unlink()
    with pytest.raises(YoyakError, match=r"not as it was deployed.*feed\.xml"):
        desk.goes_back()
    assert shown(live)["index.html"] == b"b"


def test_folder_with_files_of_others_needs_consent(desk: Desk, live: Path) -> None:
    write(live, {"mine/x": "mine", ".htaccess": "mine"})
    with pytest.raises(YoyakError, match=r"not empty.*2 files"):
        desk.deploys()
    desk.deploys(adopt=True)
    assert tree(live)["mine/x"] == b"mine"


def test_many_removals_and_another_site_need_consent(desk: Desk) -> None:
    desk.builds({**PAGES, **MANY})
    desk.deploys()
    desk.builds()
    with pytest.raises(YoyakError, match="removes 30 of the 35"):
        desk.deploys()
    desk.builds(base_url="https://other.example.org/")
    with pytest.raises(YoyakError, match="holds another site"):
        desk.deploys()
    assert desk.deploys(confirm_removals=30).removed == 30


@pytest.mark.parametrize(
    "what", ["file", "folder", "link elsewhere", "releases file", "in place", "is a file", "no parent"]
)
def test_something_else_in_the_place_is_refused(desk: Desk, live: Path, what: str) -> None:
    if what not in ("is a file", "no parent"):
        live.mkdir()
    match what:
        case "file":
            (live / "current").write_text("mine")
        case "folder":
            write(live, {"current/index.html": "mine"})
        case "link elsewhere":
            (live / "current").symlink_to(live.parent)
        case "releases file":
            (live / "releases").write_text("mine")
        case "in place":
            write(live, {".yoyak-manifest.json": "{}"})
        case "is a file":
            live.write_text("mine")
        case "no parent":
            desk.target = RsyncTarget(host=desk.target.host, path=f"{live}/a/b", port=desk.target.port)  # type: ignore[union-attr]
    before = tree(live.parent)
    with pytest.raises(YoyakError, match=r"not yoyak's|in place|is a file|does not exist"):
        desk.deploys(adopt=True)
    assert {path: data for path, data in tree(live.parent).items() if ".yoyak/" not in path} == {
        path: data for path, data in before.items() if ".yoyak/" not in path
    }


def test_build_during_the_transfer_is_not_made_live(desk: Desk, live: Path) -> None:
    from yoyak.publish.targets import carry_out

    desk.deploys()
    desk.builds(CHANGED)
    plan = desk.plans()
    write(desk.output, {"feed.xml": "another build"})
    with pytest.raises(YoyakError, match="changed while it was deployed"):
        carry_out(desk.request, plan)
    assert shown(live)["index.html"] == PAGES["index.html"].encode()


def test_two_deploys_at_once_do_not_undo_each_other(desk: Desk, live: Path) -> None:
    from yoyak.publish.targets import carry_out

    desk.deploys()
    desk.builds(CHANGED)
    plan = desk.plans()
    deploys_of(desk, "other")
    desk.builds(CHANGED)
    with pytest.raises(YoyakError, match="appeared while"):
        carry_out(desk.request, plan)
    assert shown(live)["index.html"] == b"other"


ODD = {
    "-rf/index.html": "a",
    "#x": "b",
    "; x": "c",
    " lead": "d",
    "a'b\"c": "e",
    "한글 이름": "f",
    "*": "g",
    "$(x)": "h",
}


def test_odd_names_arrive_and_are_removed(desk: Desk, live: Path) -> None:
    desk.builds(ODD)
    first = desk.deploys().release
    assert shown(live) == tree(desk.output)
    deploys_of(desk, *"ab")
    assert first not in "".join(releases(live))


def test_broken_rsync_rsh_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RSYNC_RSH", 'ssh "')
    with pytest.raises(YoyakError, match="never closed"):
        desk.plans()


# --- hosts that do not answer as they should ---


@pytest.mark.usefixtures("desk", "alone")
def test_unknown_host_key_is_refused(desk: Desk, server: SshServer) -> None:
    known = server.folder / "known_hosts"
    text = known.read_text()
    known.write_text("")
    try:
        with pytest.raises(YoyakError, match="does not know the key"):
            desk.plans()
    finally:
        known.write_text(text)


@pytest.mark.usefixtures("desk", "alone")
def test_key_that_has_no_right_is_told(desk: Desk, server: SshServer) -> None:
    allowed = (server.folder / "person.pub").read_text()
    (server.folder / "person.pub").write_text("")
    try:
        with pytest.raises(YoyakError, match=r"could not be reached.*Permission denied"):
            desk.plans()
    finally:
        (server.folder / "person.pub").write_text(allowed)


@pytest.mark.usefixtures("desk", "alone")
def test_host_that_is_not_there_is_told(desk: Desk, live: Path) -> None:
    desk.target = RsyncTarget(host="127.0.0.1", path=str(live), port=1)
    with pytest.raises(YoyakError, match=r"could not be reached.*Connection refused"):
        desk.plans()


@pytest.mark.parametrize(
    "host",
    ["", " ", "-oProxyCommand=touch x", "a b", "desk@-x", "$(touch x)", "a;b", "a\nb", "desk@", "@host", "h:/x", "a/b"],
)
def test_host_that_ssh_could_misread_is_refused(desk: Desk, host: str) -> None:
    desk.target = RsyncTarget(host=host, path="/srv/www/site")
    with pytest.raises(YoyakError, match="no name of a machine"):
        desk.plans()


@pytest.mark.parametrize(
    "path",
    [
        "", "  ", "/", "//", "~", "~/", ".", "./", "..", "../x", "/srv/../etc", "$HOME/www", "${SITE}", "`touch x`",
        "-rf", "~root/x", "/etc", "/usr/", "/var/www", "/home", "/tmp", "a\nb", "/srv/*", "/srv/w?w", "a\0b",
        "/srv/[a]",
    ],
)  # fmt: skip
def test_path_that_is_no_folder_for_a_site_is_refused(desk: Desk, path: str) -> None:
    desk.target = RsyncTarget(host="127.0.0.1", path=path)
    with pytest.raises(YoyakError, match=r"The target's path is|Nothing was changed"):
        desk.plans()


def test_home_folder_there_is_refused(desk: Desk, server: SshServer) -> None:
    home = Path("~" if os.geteuid() else "/root").expanduser()
    above = home.parent if str(home.parent) != "/" else home
    for path in (home, above):
        desk.target = RsyncTarget(host=server.host, path=f"{path}/.", port=server.port)
        with pytest.raises(YoyakError, match="Nothing was changed"):
            desk.plans()


# --- cut short ---

_SCRIPT = """
import sys
from pathlib import Path
from msgspec import json
from publish.desks import Desk
from yoyak.model.targets import Target
Desk(Path(sys.argv[1]), json.decode(sys.argv[2], type=Target)).deploys()
"""


def starts_to_deploy(desk: Desk) -> subprocess.Popen[bytes]:
    path = f"{CHECKOUT / 'generator'}{os.pathsep}{CHECKOUT / 'tests'}"
    command = [sys.executable, "-c", _SCRIPT, str(desk.site.parent), json.encode(desk.target).decode()]
    environment = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def kill_a_descendant(of: int, name: str) -> None:
    """Kill those programs called `name` whose parents lead to a process: the tests' own, never another one's."""
    parents = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = place.read_text().partition(" (")
        except OSError:
            continue
        program, _, fields = rest.rpartition(") ")
        parents[int(pid)] = (program, int(fields.split()[1]))
    for pid, (program, _) in parents.items():
        above = pid
        while above in parents and above != of:
            above = parents[above][1]
        if above == of and program == name:
            os.kill(pid, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.usefixtures("desk", "alone")
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("end", ["all of it here", "rsync here", "rsync there", "the shell there"])
def test_deploy_that_is_killed_at_either_end_leaves_one_whole_release(
    desk: Desk, live: Path, server: SshServer, end: str
) -> None:
    chance = Random()
    pages = {**PAGES, **{f"assets/{n}.bin": "x" * 20_000 for n in range(40)}}
    desk.builds(pages)
    desk.deploys()
    sshd = int((server.folder / "sshd.pid").read_text())
    for number in range(KILLS // 4):
        old = shown(live)
        desk.builds(
            {**pages, "index.html": f"front {number}", **{f"assets/n{n}.bin": f"{number}{n}" * 9000 for n in range(40)}}
        )
        new = tree(desk.output)
        with starts_to_deploy(desk) as process:
            sleep(chance.uniform(0.3, 1.6))
            match end:
                case "all of it here":
                    os.killpg(process.pid, signal.SIGKILL)
                case "rsync here":
                    kill_a_descendant(process.pid, "rsync")
                case "rsync there":
                    kill_a_descendant(sshd, "rsync")
                case "the shell there":
                    kill_a_descendant(sshd, "sh")
            process.wait(60)
        sleep(0.2)  # what was received there may still be done
        assert shown(live) in (old, new), number
        desk.deploys()
        assert shown(live) == new, number
        assert [name for name in releases(live) if name.startswith(PART)] == [], number
