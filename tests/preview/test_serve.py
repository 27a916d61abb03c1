"""``yoyak serve`` from outside: a process, its terminal and its answers."""

from __future__ import annotations

import re
import signal
import socket
import urllib.request
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest

from preview.conftest import SETTINGS, Running, until

Start = Callable[..., Running]


def test_the_terminal_says_where_the_preview_is(running: Running) -> None:
    assert re.fullmatch(r"Preview of 시험 다이제스트 at http://127\.0\.0\.1:\d+/digest/ .*", running.greeting)


def test_the_first_page_is_the_digest(running: Running) -> None:
    assert "시험 다이제스트" in running.page("/digest/")


def test_output_is_left_alone(running: Running) -> None:
    assert not (running.folder / "output").exists()


def test_a_save_is_seen(running: Running) -> None:
    running.save("ferry", "A new sentence.")
    until(lambda: "A new sentence." in running.page("/digest/articles/ferry/"))


def test_a_file_of_the_root_is_shown_and_followed(running: Running) -> None:
    file = running.folder / "content" / "public" / ".well-known" / "security.txt"
    file.parent.mkdir(parents=True)
    file.write_text("Contact: a@example.org\n", encoding="utf-8")
    until(lambda: "a@example.org" in running.page("/digest/.well-known/security.txt"))
    file.write_text("Contact: b@example.org\n", encoding="utf-8")
    until(lambda: "b@example.org" in running.page("/digest/.well-known/security.txt"))


def test_each_build_is_a_line_in_the_terminal(running: Running) -> None:
    before = len(running.lines())
    running.save("ferry", "changed")
    until(lambda: len(running.lines()) > before)
    assert re.fullmatch(r"\d\d:\d\d:\d\d  2 articles, \d+ files? changed, \d+\.\d\d s", running.lines()[before])


@pytest.fixture
def scans_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a preview look for changes each half second, and not each five, where no event asks it to."""
    monkeypatch.setattr("yoyak.preview.watcher.WITH_EVENTS", 0.5)


@pytest.mark.slow
def test_reading_the_site_builds_nothing(scans_often: None, running: Running) -> None:
    sleep(1.5)  # what was written just before the start is looked at once more
    before = running.lines()
    for _ in range(5):
        for file in running.folder.rglob("*.md"):
            file.read_bytes()
        running.page("/digest/")
        sleep(0.1)
    sleep(1.5)  # longer than the scans that no event asks for
    assert running.lines() == before


@pytest.mark.parametrize("way", ["write", "replace", "delete-and-write", "backup", "folder-made-again"])
def test_every_way_of_saving_ends_with_the_last_content(running: Running, way: str) -> None:
    file, text = running.folder / "content" / "ferry.md", running.text("ferry", f"Saved by {way}.")
    SAVES[way](file, text)
    until(lambda: f"Saved by {way}." in running.page("/digest/articles/ferry/"))


@pytest.mark.slow
def test_a_burst_of_a_thousand_files_ends_right(running: Running) -> None:
    for number in range(1000):
        running.save(f"burst-{number}", "one of many")
    for number in range(1000):
        (running.folder / "content" / f"burst-{number}.md").unlink()
    running.save("last", "The last of all.")
    until(lambda: "The last of all." in running.page("/digest/articles/last/"), 60)
    until(lambda: "burst-" not in running.page("/digest/sitemap.xml"), 60)


def test_a_broken_file_keeps_its_last_good_page(running: Running) -> None:
    before = len(running.lines())
    (running.folder / "content" / "ferry.md").write_text("---\ntitle: Ferry\ndate: gestern\n---\n\nBroken.\n")
    until(lambda: any("content/ferry.md:3:" in line for line in running.lines()[before:]))
    assert "The ferry sails." in running.page("/digest/articles/ferry/")


NOTES = {
    "themes/harbour.md": ("---\ndescription: Ships\n---\n\nAll about the harbour.\n", "/digest/themes/harbour/"),
    "editions/2024-W27.md": ("---\ntitle: Week of ships\n---\n\nWhat the desk says.\n", "/digest/editions/2024-W27/"),
    "pages/about.md": ("---\ntitle: About\n---\n\nWho we are.\n", "/digest/about/"),
}


@pytest.mark.parametrize("name", NOTES)
@pytest.mark.parametrize("breaks", ["key", "bytes"])
def test_a_theme_an_edition_or_an_own_page_that_breaks_keeps_its_last_good_text(
    running: Running, start: Start, name: str, breaks: str
) -> None:
    settings = f"{SETTINGS}themes:\n  - {{slug: harbour, title: Harbour}}\n"
    (running.folder / "site.yaml").write_text(settings)
    text, path = NOTES[name]
    words = text.splitlines()[-1]
    file = running.folder / "content" / name
    file.parent.mkdir()
    file.write_text(text)
    until(lambda: words in running.page(path))
    before = len(running.lines())
    broken = text.replace("---\n", "---\ntitel: [\n", 1).encode() if breaks == "key" else b"\xff\x00\x81" * 40
    file.write_bytes(broken)
    until(lambda: any(f"content/{name}:" in line for line in running.lines()[before:]))
    assert words in running.page(path)
    running.process.send_signal(signal.SIGINT)
    running.process.wait(10)
    again = start(settings=settings)
    assert words in again.page(path)
    file.write_text(text.replace(words, "Other words now."))
    until(lambda: "Other words now." in again.page(path))
    file.unlink()
    until(lambda: "Other words now." not in again.page(path))


def test_settings_that_break_keep_the_last_good_pages(running: Running) -> None:
    settings = running.folder / "site.yaml"
    settings.write_text(settings.read_text().replace("timezone", "timezoen"))
    until(lambda: any("site.yaml:" in line for line in running.lines()))
    assert "The ferry sails." in running.page("/digest/articles/ferry/")


def test_a_broken_template_keeps_the_last_good_pages(running: Running) -> None:
    (running.folder / "templates").mkdir()
    (running.folder / "templates" / "article.html").write_text("{{ titel }}\n")
    until(lambda: any("templates/article.html:1" in line for line in running.lines()))
    assert "The ferry sails." in running.page("/digest/articles/ferry/")


def test_an_article_that_is_deleted_disappears(running: Running) -> None:
    (running.folder / "content" / "ferry.md").unlink()
    until(lambda: running.status("/digest/articles/ferry/") == 404)


def test_settings_that_cannot_be_read_at_the_start_end_it_with_their_problems(start: Start) -> None:
    running = start(settings="title: No zone\n")
    assert running.process.wait(30) == 1
    assert "site.yaml:" in running.terminal.read_text()


def test_a_taken_port_is_said_and_the_next_one_taken(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        running = start(port=port)
        assert f"Port {port} is taken" in running.terminal.read_text()
        assert running.port != port


@pytest.mark.parametrize("visited", [False, True])
def test_ctrl_c_ends_it_quietly(running: Running, visited: bool) -> None:
    if visited:  # an open page holds a stream
        page = urllib.request.urlopen(f"http://127.0.0.1:{running.port}/__yoyak/events?page=/digest/")
        page.readline()
    lines = running.lines()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(10) == 0
    assert running.lines() == lines


def replaced(file: Path, text: str) -> None:
    new = file.with_name(".ferry.md.new")
    new.write_text(text)
    new.replace(file)


def deleted_first(file: Path, text: str) -> None:
    file.unlink()
    sleep(0.02)
    file.write_text(text)


def kept_a_backup(file: Path, text: str) -> None:
    file.rename(f"{file}~")
    file.write_text(text)


def made_the_folder_again(file: Path, text: str) -> None:
    others = {other.name: other.read_text() for other in file.parent.iterdir()}
    for name in others:
        (file.parent / name).unlink()
    file.parent.rmdir()
    file.parent.mkdir()
    for name, content in (others | {file.name: text}).items():
        (file.parent / name).write_text(content)


SAVES: dict[str, Callable[[Path, str], object]] = {
    "write": lambda file, text: file.write_text(text),
    "replace": replaced,
    "delete-and-write": deleted_first,
    "backup": kept_a_backup,
    "folder-made-again": made_the_folder_again,
}
