"""More than a hundred wrong targets and wrong builds: each is refused, and nothing anywhere is changed or removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import json, structs

from publish.desks import PAGES, Desk, run_git, tree, write
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import FolderTarget, GitTarget, RsyncTarget, Target
from yoyak.publish.manifest import NAME
from yoyak.publish.targets import carry_out, plan_deploy

KINDS: dict[str, Target] = {
    "in place": FolderTarget(path="../live"),
    "release": FolderTarget(path="../live", mode="release"),
    "git": GitTarget(remote="../remote.git"),
    "rsync": RsyncTarget(host="nobody.invalid", path="www/site"),
}


@pytest.fixture
def place(quick_path: Path) -> Path:
    """A folder with a site, and around it what must not be lost."""
    write(quick_path, {"live/mine.txt": "mine", "victim/x": "mine", "file": "mine"})
    write(quick_path, {"site/content/a.md": "a", "site/templates/x": "x", "site/site.yaml": "title: x"})
    write(quick_path, {"site/.git/config": "mine", "repository/.git/config": "mine"})
    run_git("init", "--quiet", "--bare", quick_path / "remote.git")
    return quick_path


def around(place: Path) -> dict[str, bytes]:
    own = "site/.yoyak/"
    return {path: data for path, data in tree(place).items() if not path.startswith(own)}


def refused(place: Path, desk: Desk, **request: object) -> str:
    """Deploy with every consent that there is; return what is said, and require that nothing was done."""
    before = around(place)
    asked = structs.replace(desk.request, **request)
    with pytest.raises(YoyakError) as error:
        carry_out(asked, plan_deploy(asked), confirm_removals=1000, adopt=True)
    assert around(place) == before
    return str(error.value)


# --- builds that go nowhere ---


def _manifest(**changed: object) -> Callable[[Desk], None]:
    def write_it(desk: Desk) -> None:
        listing = {"format": 1, "preview": False, "base_url": "https://a.example.org/", "files": {}} | changed
        write(desk.output, {NAME: json.encode(listing).decode()})

    return write_it


def _removed(desk: Desk) -> None:
    for path in (*(path for path in desk.output.rglob("*") if path.is_file()),):
        path.unlink()


def _linked(desk: Desk) -> None:
    (desk.output / "index.html").unlink()
    (desk.output / "index.html").symlink_to("feed.xml")


WRONG_BUILDS: dict[str, Callable[[Desk], None]] = {
    "nothing built": _removed,
    "no manifest": lambda desk: (desk.output / NAME).unlink(),
    "a preview": lambda desk: desk.builds(preview=True),
    "a failed build": lambda desk: write(desk.site, {".yoyak/failed-build": "content/a.md: wrong\n"}),
    "an empty site": _manifest(),
    "a stranger's file": lambda desk: write(desk.output, {"notes.txt": "mine"}),
    "two generations": lambda desk: write(desk.output, {"index.html": "of an older build"}),
    "half a build": lambda desk: (desk.output / "feed.xml").unlink(),
    "a link": _linked,
    "a manifest that is none": lambda desk: write(desk.output, {NAME: "[]"}),
    "a manifest of another version": _manifest(format=9, files={"index.html": ""}),
    "a manifest that leads out": _manifest(files={"../victim/x": ""}),
    "a manifest of a repository": _manifest(files={".git/config": ""}),
    "a site for another address": lambda desk: desk.builds(base_url="https://other.example.org/"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wrong", WRONG_BUILDS)
def test_wrong_build_is_refused(place: Path, kind: str, wrong: str) -> None:
    desk = Desk(place, KINDS[kind])
    desk.builds()
    WRONG_BUILDS[wrong](desk)
    assert "git says" not in refused(place, desk, base_url="https://digest.example.org/")


@pytest.mark.parametrize("kind", KINDS)
def test_site_for_readers_is_no_preview(place: Path, kind: str) -> None:
    desk = Desk(place, KINDS[kind])
    desk.builds()
    assert "no preview" in refused(place, desk, preview=True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["", "..", "a/b", "-x", "a b", "a\nb", ".x"])
def test_wrong_name_is_refused(place: Path, kind: str, name: str) -> None:
    desk = Desk(place, KINDS[kind])
    desk.builds()
    assert "A target's name" in refused(place, desk, name=name)


# --- folders ---

WRONG_FOLDERS = [
    "", "  ", ".", "./", "..", "../..", "/", "//", "~", "$HOME/www", "${SITE}", "$(pwd)", "../live\0x", "content",
    "content/x", "templates", ".yoyak", ".yoyak/x", "output", "output/assets", "../site", "../site/.", "../site/output",
    ".git", "../repository/.git", "../repository/.git/hooks", "../file", "../file/x", "../none/there",
    "../live/../site/content", "/proc/none",
]  # fmt: skip


@pytest.mark.parametrize("mode", ["in-place", "release"])
@pytest.mark.parametrize("path", WRONG_FOLDERS)
def test_wrong_folder_is_refused(place: Path, path: str, mode: str) -> None:
    desk = Desk(place, FolderTarget(path=path, mode=mode))  # type: ignore[arg-type]
    desk.builds()
    refused(place, desk)


@pytest.mark.parametrize("kind", ["in place", "release"])
def test_folder_that_is_a_link_to_the_sources_is_refused(place: Path, kind: str) -> None:
    (place / "live/mine.txt").unlink()
    (place / "live").rmdir()
    (place / "live").symlink_to(place / "site/content")
    desk = Desk(place, KINDS[kind])
    desk.builds()
    refused(place, desk)


@pytest.mark.parametrize("kind", ["in place", "release", "git"])
def test_another_site_at_the_target_is_refused(place: Path, kind: str) -> None:
    desk = Desk(place, KINDS[kind])
    desk.builds(base_url="https://other.example.org/")
    desk.deploys(adopt=True)
    desk.builds(PAGES)
    before = around(place)
    with pytest.raises(YoyakError, match="holds another site"):
        desk.deploys(adopt=True)
    assert around(place) == before


# --- repositories and machines ---


@pytest.mark.parametrize(
    "remote",
    ["", " ", "-x", "--upload-pack=touch x", "ext::sh -c 'touch x'", "fd::17", "ssh://-oProxyCommand=x/y", "http://-x/",
     "-h:x", "ftp://x.invalid/y", "a\nb", "https://h:x/y", "ssh://u:p@h/x", "../none/there", "../file", "../live"],
)  # fmt: skip
def test_wrong_repository_is_refused(place: Path, remote: str) -> None:
    desk = Desk(place, GitTarget(remote=remote))
    desk.builds()
    refused(place, desk)
    assert not (place / "site/x").exists()


@pytest.mark.parametrize("branch", ["", "-x", "a..b", "HEAD", "a b", "../x", "a~1", "x.lock", "@{u}"])
def test_wrong_branch_is_refused(place: Path, branch: str) -> None:
    desk = Desk(place, GitTarget(remote="../remote.git", branch=branch))
    desk.builds()
    refused(place, desk)


@pytest.mark.parametrize(
    ("host", "path"),
    [("-oProxyCommand=x", "www/x"), ("", "www/x"), ("h", ""), ("h", "/"), ("h", ".."), ("h", "www/../.."), ("h", "~"),
     ("h", "$X"), ("h", "/etc"), ("h", "-rf"), ("h;x", "www/x"), ("h", "`x`"), ("h", "www/*"),
     ("h", "/var/www"), ("h", "a\nb")],
)  # fmt: skip
def test_wrong_machine_is_refused(place: Path, host: str, path: str) -> None:
    desk = Desk(place, RsyncTarget(host=host, path=path))
    desk.builds()
    refused(place, desk)
