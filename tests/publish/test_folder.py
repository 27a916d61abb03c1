"""A deploy to a folder, through the front door."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import msgspec
import pytest

from publish.desks import PAGES, Desk, tree, write
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import FolderTarget
from yoyak.publish.journal import JOURNAL
from yoyak.publish.manifest import NAME

MANY = {f"tags/{n}/index.html": f"tag {n}" for n in range(30)}


def without(path: str) -> dict[str, str]:
    return {name: text for name, text in PAGES.items() if name != path}


def states(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in (folder, *folder.rglob("*"))}


def test_first_deploy_leaves_exactly_the_built_site(desk: Desk, live: Path) -> None:
    desk.deploys()
    assert tree(live) == tree(desk.output)


def test_plan_changes_nothing(desk: Desk, live: Path) -> None:
    assert desk.plans().added == tuple(sorted((*PAGES, NAME)))
    assert not live.exists()


def test_second_deploy_touches_nothing(desk: Desk, live: Path) -> None:
    desk.deploys()
    before = states(live)
    report = desk.deploys()
    assert (report.added, report.changed, report.removed, report.size) == (0, 0, 0, 0)
    assert states(live) == before


def test_only_changed_files_are_written(desk: Desk, live: Path) -> None:
    desk.deploys()
    before = states(live)
    desk.builds({**PAGES, "feed.xml": "<feed>new</feed>"})
    assert desk.plans().changed == (NAME, "feed.xml")
    desk.deploys()
    assert tree(live) == tree(desk.output)
    assert states(live)[str(live / "index.html")] == before[str(live / "index.html")]


def test_removed_page_goes_with_its_empty_folder(desk: Desk, live: Path) -> None:
    desk.deploys()
    desk.builds(without("articles/항구/index.html"))
    assert desk.deploys().removed == 1
    assert not (live / "articles").exists()


def test_foreign_files_survive(desk: Desk, live: Path) -> None:
    foreign = {"CNAME": "digest.example.org", "articles/항구/note.txt": "mine", ".htaccess": "Deny", "빈/파일": ""}
    write(live, foreign)
    desk.deploys(adopt=True)
    desk.builds(without("articles/항구/index.html"))
    desk.deploys()
    assert tree(live) == {**tree(desk.output), **{path: text.encode() for path, text in foreign.items()}}


def test_foreign_file_in_the_place_of_ours_is_refused_by_name(desk: Desk, live: Path) -> None:
    write(live, {"index.html": "someone's"})
    with pytest.raises(YoyakError, match=r"not yoyak's where the site has its own: index\.html"):
        desk.plans()
    assert tree(live) == {"index.html": b"someone's"}


def test_foreign_file_with_the_same_bytes_is_taken_over(desk: Desk, live: Path) -> None:
    write(live, {"index.html": PAGES["index.html"]})
    assert "index.html" in desk.plans().unchanged


@pytest.mark.parametrize("path", ["articles", "index.html/deep", "assets/style.1.css/x"])
def test_foreign_file_in_the_place_of_a_folder_is_refused(desk: Desk, live: Path, path: str) -> None:
    write(live, {path: "mine"})
    with pytest.raises(YoyakError, match="not yoyak's"):
        desk.plans()


def test_page_may_become_a_folder_and_a_folder_a_page(desk: Desk, live: Path) -> None:
    desk.builds({"about": "a page", "index.html/deep/x": "odd"})
    desk.deploys()
    desk.builds({"about/index.html": "a page", "index.html": "front"})
    desk.deploys()
    assert tree(live) == tree(desk.output)


def test_our_file_that_someone_edited_there_is_mended(desk: Desk, live: Path) -> None:
    desk.deploys()
    write(live, {"index.html": "defaced"})
    desk.deploys()
    assert tree(live) == tree(desk.output)


def test_modes_are_those_that_a_web_server_can_read(desk: Desk, live: Path) -> None:
    mask = os.umask(0o077)
    try:
        desk.deploys()
    finally:
        os.umask(mask)
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (live, *live.rglob("*"))}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_link_to_a_folder_at_the_target_is_not_followed(desk: Desk, live: Path, tmp_path: Path) -> None:
    write(tmp_path / "private", {"x": "mine"})
    live.mkdir()
    (live / "articles").symlink_to(tmp_path / "private")
    with pytest.raises(YoyakError, match="articles"):
        desk.deploys()
    assert tree(tmp_path / "private") == {"x": b"mine"}


def test_old_page_behind_a_link_is_not_removed(desk: Desk, live: Path, tmp_path: Path) -> None:
    desk.deploys()
    (live / "articles").rename(tmp_path / "moved")
    (live / "articles").symlink_to(tmp_path / "moved")
    desk.builds(without("articles/항구/index.html"))
    desk.deploys()
    assert "항구/index.html" in tree(tmp_path / "moved")


def test_link_in_the_place_of_our_file_is_replaced_and_its_goal_kept(desk: Desk, live: Path, tmp_path: Path) -> None:
    desk.deploys()
    write(tmp_path, {"private": "mine"})
    (live / "feed.xml").unlink()
    (live / "feed.xml").symlink_to(tmp_path / "private")
    desk.deploys()
    assert tree(live) == tree(desk.output)
    assert (tmp_path / "private").read_text() == "mine"


@pytest.mark.parametrize("path", ["../victim", "/etc/hostname", ".git/config"])
def test_manifest_at_the_target_cannot_point_elsewhere(desk: Desk, live: Path, path: str) -> None:
    listing = {"format": 1, "preview": False, "base_url": "https://digest.example.org/", "files": {path: ""}}
    write(live, {NAME: msgspec.json.encode(listing).decode(), "../victim": "mine", ".git/config": "mine"})
    with pytest.raises(YoyakError, match="no path that yoyak writes"):
        desk.plans()


def test_journal_at_the_target_cannot_point_elsewhere(desk: Desk, live: Path) -> None:
    write(live, {JOURNAL: '{"earlier": ["../victim"]}'})
    with pytest.raises(YoyakError, match="no path that yoyak writes"):
        desk.plans()


def test_many_removals_need_the_right_number(desk: Desk, live: Path) -> None:
    desk.builds({**PAGES, **MANY})
    desk.deploys()
    desk.builds()
    for wrong in (None, 29):
        with pytest.raises(YoyakError, match="removes 30 of the 35 files") as refused:
            desk.deploys(confirm_removals=wrong)
        assert "--confirm-removals 30" in str(refused.value)
    assert len(tree(live)) == 35
    assert desk.deploys(confirm_removals=30).removed == 30


def test_few_removals_need_no_confirmation(desk: Desk) -> None:
    desk.builds({**PAGES, **dict(list(MANY.items())[:9])})
    desk.deploys()
    desk.builds()
    assert desk.deploys().removed == 9


def test_another_site_is_not_replaced_unasked(desk: Desk) -> None:
    desk.deploys()
    desk.builds({"index.html": "other"}, base_url="https://other.example.org/")
    with pytest.raises(YoyakError, match=r"holds another site, https://digest\.example\.org/"):
        desk.deploys()
    assert desk.deploys(confirm_removals=3).removed == 3


def test_site_that_moved_to_another_address_is_confirmed_without_removals(desk: Desk) -> None:
    desk.deploys()
    desk.builds(base_url="https://moved.example.org/")
    with pytest.raises(YoyakError, match="--confirm-removals 1"):
        desk.deploys()
    assert desk.deploys(confirm_removals=1).changed == 1


def test_a_trial_at_an_example_address_gives_way_to_the_real_address(desk: Desk) -> None:
    desk.deploys()
    desk.builds(base_url="https://digest.kr/")
    assert desk.deploys().changed == 1
    desk.builds()
    with pytest.raises(YoyakError, match=r"holds another site, https://digest\.kr/"):
        desk.deploys()


def test_output_that_changes_after_the_plan_is_not_deployed(desk: Desk, live: Path) -> None:
    from yoyak.publish.targets import carry_out

    plan = desk.plans()
    write(desk.output, {"index.html": "half"})
    with pytest.raises(YoyakError, match="changed while it was deployed"):
        carry_out(desk.request, plan)
    assert "index.html" not in tree(live)


def test_file_that_appears_after_the_plan_is_not_written_over(desk: Desk, live: Path) -> None:
    from yoyak.publish.targets import carry_out

    plan = desk.plans()
    write(live, {"index.html": "someone's"})
    with pytest.raises(YoyakError, match="appeared while the site was deployed"):
        carry_out(desk.request, plan)
    assert (live / "index.html").read_text() == "someone's"


DANGEROUS = {
    "the site": ".",
    "above the site": "..",
    "the root": "/",
    "the root by detour": "../../../../../../../../../..",
    "home": "~",
    "above home": "~/..",
    "output": "output",
    "inside output": "output/assets",
    "content": "content",
    "inside content": "content/2024",
    "by detour": "content/../content/x",
    "templates": "templates/x",
    "the store": ".yoyak/deploy",
    "a repository's own files": ".git/pages",
    "nothing": "",
    "blank": "  ",
    "an unset variable": "$WEBROOT",
    "an unset variable inside": "${WEBROOT}/site",
    "a folder without its parent": "../not/there",
    "a file": "site.yaml",
    "a link to content": "shortcut",
}


@pytest.mark.parametrize("name", DANGEROUS)
def test_dangerous_folder_is_refused_and_nothing_is_lost(desk: Desk, home: Path, name: str) -> None:
    write(desk.site, {"site.yaml": "title: x", "content/2024/a.md": "words", "templates/x": "", ".git/HEAD": "ref"})
    write(home, {"letter": "dear"})
    (desk.site / "shortcut").symlink_to(desk.site / "content")
    before = {**tree(desk.site), **tree(home)}
    desk.target = FolderTarget(path=DANGEROUS[name])
    with pytest.raises(YoyakError):
        desk.plans()
    after = {**tree(desk.site), **tree(home)}
    assert {path: data for path, data in after.items() if not path.startswith(".yoyak/")} == before


def test_trouble_with_the_disk_is_told_in_words(desk: Desk, live: Path) -> None:
    (live / JOURNAL).mkdir(parents=True)  # root may write anywhere, but nobody reads a folder as a file
    with pytest.raises(YoyakError, match="Deploy again then"):
        desk.deploys(adopt=True)


def test_two_deploys_at_once_do_not_mix(desk: Desk) -> None:
    from filelock import FileLock

    write(desk.site, {".yoyak/deploy/live.lock": ""})
    with FileLock(desk.site / ".yoyak/deploy/live.lock"), pytest.raises(YoyakError, match="Another deploy"):
        desk.plans()
