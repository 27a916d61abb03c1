"""A deploy to a host of plain files, whatever it speaks."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from publish.desks import PAGES, Desk, tree, write
from publish.disk_host import DiskHost, deploy_killed, deploys, plans
from yoyak.messages.errors import YoyakError
from yoyak.publish.guards import AdoptionError
from yoyak.publish.journal import JOURNAL, MARK, PART_FILE
from yoyak.publish.manifest import NAME

OLD = {
    "index.html": "old assets/style.1.css",
    "about": "will be a folder",
    "help/index.html": "will be a page",
    "old/page/index.html": "old assets/style.1.css",
    "assets/style.1.css": "1",
}
NEW = {
    "index.html": "new assets/style.2.css",
    "about/index.html": "new assets/style.2.css",
    "help": "is a page now",
    "기사/index.html": "new assets/style.2.css",
    "assets/style.2.css": "2",
    "feed.xml": "new assets/style.2.css",
}
NEXT = {"index.html": "next assets/style.3.css", "assets/style.3.css": "3"}
FOREIGN = {"CNAME": "digest.example.org", "old/page/mine.txt": "mine"}


@pytest.fixture
def host(live: Path) -> DiskHost:
    return DiskHost(live)


def test_first_deploy_leaves_exactly_the_built_site(desk: Desk, host: DiskHost, live: Path) -> None:
    deploys(desk, host)
    assert tree(live) == tree(desk.output)


def test_files_may_be_written_several_at_once(desk: Desk, live: Path) -> None:
    desk.builds({f"p/{number}/index.html": str(number) for number in range(100)})
    deploys(desk, DiskHost(live, lanes=8))
    assert tree(live) == tree(desk.output)


def test_second_deploy_sends_nothing_and_asks_for_two_files(desk: Desk, host: DiskHost) -> None:
    deploys(desk, host)
    host.asked.clear()
    report = deploys(desk, host)
    assert (report.added, report.changed, report.removed, report.size) == (0, 0, 0, 0)
    assert host.asked == [("read", NAME), ("read", JOURNAL), ("read", JOURNAL)]


@pytest.mark.slow
def test_a_changed_page_of_a_thousand_costs_the_requests_of_one(desk: Desk, host: DiskHost) -> None:
    pages = {f"articles/{number}/index.html": str(number) for number in range(1000)}
    desk.builds(pages)
    deploys(desk, host)
    desk.builds(pages | {"articles/7/index.html": "seven", "articles/new/index.html": "new"})
    host.asked.clear()
    deploys(desk, host)
    written = [path for what, path in host.asked if what == "rename"]
    assert written == [JOURNAL, "articles/7/index.html", "articles/new/index.html", NAME]
    assert len(host.asked) < 20


def test_what_leads_to_a_file_is_written_after_it(desk: Desk, host: DiskHost) -> None:
    desk.builds(OLD)
    deploys(desk, host)
    desk.builds({**OLD, **NEXT, "feed.xml": "", "old/page/index.html": "new", "a.png": ""})
    host.asked.clear()
    deploys(desk, host)
    order = [path for what, path in host.asked if what == "rename"]
    assert order == [JOURNAL, "a.png", "assets/style.3.css", "index.html", "old/page/index.html", "feed.xml", NAME]


def test_old_files_are_removed_last(desk: Desk, host: DiskHost) -> None:
    desk.builds(OLD)
    deploys(desk, host)
    desk.builds(NEXT)
    host.asked.clear()
    deploys(desk, host)
    changes = [request for request in host.asked if request[0] in ("rename", "remove")]
    assert changes.index(("rename", NAME)) < changes.index(("remove", "old/page/index.html"))
    assert changes.index(("remove", "old/page/index.html")) < changes.index(("remove", "assets/style.1.css"))


@pytest.mark.parametrize("path", ["index.html", "articles", "articles/항구", "index.html/deep", "assets/style.1.css/x"])
def test_a_foreign_file_in_the_way_is_refused_by_name(desk: Desk, host: DiskHost, live: Path, path: str) -> None:
    write(live, {path: "mine"})
    before = tree(live)
    with pytest.raises(YoyakError, match="files that are not yoyak's"):
        deploys(desk, host, adopt=True)
    assert tree(live) == before


def test_a_link_in_the_way_is_refused_by_name(desk: Desk, host: DiskHost, live: Path, tmp_path: Path) -> None:
    write(tmp_path / "private", {"x": "mine"})
    live.mkdir()
    (live / "articles").symlink_to(tmp_path / "private")
    with pytest.raises(YoyakError, match="articles"):
        deploys(desk, host, adopt=True)


def test_a_foreign_file_in_a_folder_that_becomes_a_page_is_refused(desk: Desk, host: DiskHost, live: Path) -> None:
    desk.builds(OLD)
    deploys(desk, host)
    write(live, {"help/deep/mine.txt": "mine"})
    desk.builds({path: text for path, text in {**OLD, "help": "page"}.items() if path != "help/index.html"})
    before = tree(live)
    with pytest.raises(YoyakError, match=r"help/deep/mine\.txt"):
        deploys(desk, host)
    assert tree(live) == before


def test_a_foreign_file_with_the_same_bytes_is_taken_over(desk: Desk, host: DiskHost, live: Path) -> None:
    write(live, PAGES)
    assert deploys(desk, host, adopt=True).added == 1
    desk.builds(NEXT)
    deploys(desk, host)
    assert tree(live) == tree(desk.output)


def test_a_folder_in_use_is_not_taken_without_consent(desk: Desk, host: DiskHost, live: Path) -> None:
    write(live, {"cgi-bin/x": "", ".htaccess": "Deny", ".DS_Store": ""})
    with pytest.raises(AdoptionError, match="2 files there"):
        deploys(desk, host)
    assert not (live / "index.html").exists()
    deploys(desk, host, adopt=True)
    deploys(desk, host)


def test_another_site_is_refused(desk: Desk, host: DiskHost, live: Path) -> None:
    desk.builds(base_url="https://other.example.org/")
    deploys(desk, host)
    before = tree(live)
    desk.builds()
    with pytest.raises(YoyakError, match="holds another site"):
        deploys(desk, host)
    assert tree(live) == before


def test_another_site_that_was_cut_short_is_refused(desk: Desk, host: DiskHost, live: Path) -> None:
    desk.builds(base_url="https://other.example.org/")
    assert deploy_killed(desk, host, 9)
    assert JOURNAL in tree(live)
    desk.builds()
    with pytest.raises(YoyakError, match="holds another site"):
        deploys(desk, host)


def test_many_removals_need_to_be_confirmed(desk: Desk, host: DiskHost, live: Path) -> None:
    desk.builds({**PAGES, **{f"tags/{number}/index.html": "tag" for number in range(30)}})
    deploys(desk, host)
    desk.builds()
    with pytest.raises(YoyakError, match="removes 30 of the 35 files"):
        deploys(desk, host)
    deploys(desk, host, confirm_removals=30)
    assert tree(live) == tree(desk.output)


def test_the_manifest_at_the_host_cannot_point_elsewhere(desk: Desk, host: DiskHost, live: Path) -> None:
    listing = {"format": 1, "preview": False, "base_url": "https://digest.example.org/", "files": {"../victim": ""}}
    write(live, {NAME: msgspec.json.encode(listing).decode(), "../victim": "mine"})
    with pytest.raises(YoyakError, match="no path that yoyak writes"):
        plans(desk, host)


def test_a_second_deploy_at_the_same_time_is_found(desk: Desk, host: DiskHost, live: Path) -> None:
    from yoyak.publish.file_deploy import deploy_files

    plan = plans(desk, host)
    write(live, {JOURNAL: '{"writing": {"x": ""}}'})
    with pytest.raises(YoyakError, match="another deploy meanwhile"):
        deploy_files(desk.request, host, plan)


def test_a_file_that_appears_after_the_plan_is_not_written_over(desk: Desk, host: DiskHost, live: Path) -> None:
    from yoyak.publish.file_deploy import deploy_files

    plan = plans(desk, host)
    write(live, {"index.html": "mine"})
    with pytest.raises(YoyakError, match=r"index\.html appeared"):
        deploy_files(desk.request, host, plan)
    assert (live / "index.html").read_text() == "mine"


def cut_short(desk: Desk, host: DiskHost, live: Path) -> Iterator[int]:
    """Deploy NEW over OLD again and again, killed before its first request, its second, and so on to the last."""
    for number in range(1, 1000):
        shutil.rmtree(live, ignore_errors=True)
        write(live, FOREIGN)
        desk.builds(OLD)
        deploys(desk, host, adopt=True)
        desk.builds(NEW)
        host.asked.clear()
        if not deploy_killed(desk, host, number):
            assert number > 30
            return
        yield number


def assert_nothing_lost(live: Path, number: int) -> None:
    files = tree(live)
    assert {path: files[path].decode() for path in FOREIGN} == FOREIGN, number
    pages = [data.decode() for path, data in files.items() if path.endswith((".html", ".xml"))]
    named = {name for page in pages for name in re.findall(r"assets/[\w.]+", page)}
    assert named <= files.keys(), number


def assert_exactly(desk: Desk, live: Path, number: int) -> None:
    assert tree(live) == {**tree(desk.output), **{path: text.encode() for path, text in FOREIGN.items()}}, number


@pytest.mark.parametrize("then", [NEW, NEXT, OLD], ids=["the same", "another", "the old"])
def test_the_next_build_is_whole_after_a_deploy_that_was_killed_anywhere(
    desk: Desk, host: DiskHost, live: Path, then: dict[str, str]
) -> None:
    for number in cut_short(desk, host, live):
        assert_nothing_lost(live, number)
        begun = JOURNAL in tree(live)
        desk.builds(then)
        deploys(desk, host)
        if then == OLD and not begun:  # nothing to change
            (live / PART_FILE).unlink(missing_ok=True)
        assert_exactly(desk, live, number)
        assert not deploys(desk, host).size


def test_a_deploy_that_is_killed_again_and_again_ends_well(desk: Desk, host: DiskHost, live: Path) -> None:
    for number in cut_short(desk, host, live):
        for again in range(5, 40, 7):
            desk.builds((NEW, NEXT, OLD)[again % 3])
            host.asked.clear()
            deploy_killed(desk, host, again)
            assert_nothing_lost(live, number)
        desk.builds(NEW)
        deploys(desk, host)
        assert_exactly(desk, live, number)


def test_a_stranger_in_the_place_of_a_page_that_was_cut_short_stays(desk: Desk, host: DiskHost, live: Path) -> None:
    for _number in cut_short(desk, host, live):
        if not (live / "기사/index.html").exists():
            write(live, {"기사/index.html": "someone's"})
            desk.builds(NEXT)
            deploys(desk, host)
            assert (live / "기사/index.html").read_text() == "someone's"


def test_what_was_sent_before_a_cut_is_not_sent_again(
    desk: Desk, host: DiskHost, live: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yoyak.publish.file_deploy._EVERY", 0.0)
    desk.builds({f"p/{number}/index.html": str(number) for number in range(100)})
    assert deploy_killed(desk, host, 250)
    assert MARK in tree(live)
    sent = len([path for path in tree(live) if path.endswith("html")])
    assert 30 < sent < 90
    host.asked.clear()
    deploys(desk, host)
    assert len([path for what, path in host.asked if what == "rename" and path.endswith("html")]) == 100 - sent
    assert tree(live) == tree(desk.output)


def test_files_that_others_removed_or_cut_are_sent_again_when_asked_to_look(
    desk: Desk, host: DiskHost, live: Path
) -> None:
    deploys(desk, host)
    (live / "index.html").unlink()
    write(live, {"feed.xml": ""})
    assert not deploys(desk, host).size
    desk.check_files = True
    report = deploys(desk, host)
    assert (report.added, report.changed) == (1, 1)
    assert tree(live) == tree(desk.output)
