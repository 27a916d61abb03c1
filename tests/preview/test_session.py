"""Builds, one after the other, and what is left to be seen."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from preview.conftest import PAGES, PaperSite, report, until
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildReport
from yoyak.model.message import Problem
from yoyak.preview.session import Build, Previewer, built

ERROR = Problem(code="bad-date", message="This is no date.", path="content/a.md", line=1)
WARNING = Problem(code="no-theme", message="No theme fits.", path="content/a.md", severity="warning")


def save(site: PaperSite, text: str) -> None:
    (site.folder / "content" / "a.md").write_text(text, encoding="utf-8")


def test_the_first_build_says_what_may_be_served(session: Previewer) -> None:
    assert set(session.state.files) == set(PAGES)


def test_nothing_is_built_when_no_file_has_changed(site: PaperSite, session: Previewer) -> None:
    settle(session)
    assert session.refresh() is None


def test_reading_the_files_causes_no_build(site: PaperSite, session: Previewer) -> None:
    settle(session)
    builds = site.builds
    for _ in range(3):
        (site.folder / "content" / "a.md").read_text()
        session.refresh()
    assert site.builds == builds


def test_a_saved_file_is_built(site: PaperSite, session: Previewer) -> None:
    save(site, "changed")
    assert session.refresh() is not None


def test_a_file_saved_during_a_build_is_built_after_it(site: PaperSite) -> None:
    def build(_: object) -> BuildReport:
        if site.builds == 0:
            save(site, "saved during the build")
        return site.build()

    session = Previewer(site.folder, site.output, build)
    session.start()
    assert session.refresh() is not None


def test_errors_are_shown_and_warnings_counted(site: PaperSite, session: Previewer) -> None:
    site.problems = (ERROR, WARNING)
    save(site, "broken")
    session.refresh()
    assert ([view.place for view in session.state.errors], session.state.warnings) == (["content/a.md:1"], 1)


def test_mending_the_file_clears_the_errors(site: PaperSite, session: Previewer) -> None:
    site.problems = (ERROR,)
    save(site, "broken")
    session.refresh()
    site.problems = ()
    save(site, "mended now")
    session.refresh()
    assert session.state.errors == ()


def test_a_broken_run_at_the_start_is_the_callers_to_tell(site: PaperSite) -> None:
    with pytest.raises(YoyakError, match="no title"):
        Previewer(site.folder, site.output, broken_run).start()


def test_settings_that_cannot_be_read_at_the_start_are_the_callers_to_tell(site: PaperSite) -> None:
    def refused(_: object) -> BuildReport:
        problem = Problem(code="missing-key", message="No zone.", path="site.yaml", line=1)
        return report(problems=(problem,), complete=False)

    with pytest.raises(YoyakError, match=r"site\.yaml:1: error: No zone\. \[missing-key\]"):
        Previewer(site.folder, site.output, refused).start()


def test_settings_that_break_later_keep_the_pages_and_show_why(site: PaperSite) -> None:
    def refused(_: object) -> BuildReport:
        return report(
            problems=(Problem(code="missing-key", message="No zone.", path="site.yaml", line=1),), complete=False
        )

    session = Previewer(site.folder, site.output, first_then(site, refused))
    session.start()
    save(site, "changed")
    session.refresh()
    assert ("index.html" in session.state.files, session.state.errors[0].message) == (True, "No zone.")


def test_a_broken_run_later_keeps_the_pages_and_shows_why(site: PaperSite) -> None:
    session = Previewer(site.folder, site.output, first_then(site, broken_run))
    session.start()
    save(site, "changed")
    assert isinstance(session.refresh(), YoyakError)
    assert "index.html" in session.state.files
    assert (session.state.errors[0].place, session.state.errors[0].message) == ("site.yaml:1:1", "no title")


def test_a_fault_of_ours_does_not_end_the_session(site: PaperSite) -> None:
    session = Previewer(site.folder, site.output, first_then(site, faulty))
    session.start()
    save(site, "changed")
    session.refresh()
    assert "ZeroDivisionError" in session.state.errors[0].message


def test_a_request_can_wait_for_a_running_build(site: PaperSite) -> None:
    begun, go, waited = threading.Event(), threading.Event(), threading.Event()

    def slow(_: object) -> BuildReport:
        begun.set()
        go.wait(10)
        return site.build()

    session = Previewer(site.folder, site.output, first_then(site, slow))
    session.start()
    save(site, "changed")
    builder = threading.Thread(target=session.refresh)
    builder.start()
    begun.wait(10)

    def visit() -> None:
        session.wait_until_idle(10)
        waited.set()

    threading.Thread(target=visit).start()
    assert not waited.wait(0.2)
    go.set()
    assert waited.wait(10)
    builder.join(10)


@pytest.mark.parametrize(
    ("base_url", "base_path"),
    [("https://a.example/", "/"), ("https://a.example/digest/", "/digest/"), ("https://a.example/a/b/", "/a/b/")],
)
def test_the_base_path_is_that_of_the_sites_address(site: PaperSite, base_url: str, base_path: str) -> None:
    site.base_url = base_url
    session = Previewer(site.folder, site.output, site.build)
    session.start()
    assert session.state.base_path == base_path


@pytest.mark.parametrize("manifest", [None, b"", b"{", b"[]", b'{"files": 1}'])
def test_without_a_readable_list_of_files_nothing_is_served(tmp_path: Path, manifest: bytes | None) -> None:
    if manifest is not None:
        (tmp_path / ".yoyak-manifest.json").write_bytes(manifest)
    assert built(tmp_path).files == {}


def settle(session: Previewer) -> None:
    """Scan until the files written just before the first build count as at rest."""
    until(lambda: session.refresh() is None)


def first_then(site: PaperSite, build: Build) -> Build:
    """Return a build that works once and is then `build`."""

    def both(_: object) -> BuildReport:
        return site.build(_) if site.builds == 0 else build(_)

    return both


def broken_run(_: object) -> BuildReport:
    raise YoyakError("site.yaml:1:1: no title")


def faulty(_: object) -> BuildReport:
    raise ZeroDivisionError("a fault")
