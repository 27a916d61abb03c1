"""Real events of a real disk become hints; what is only read does not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from errno import EMFILE, ENOSPC
from pathlib import Path
from time import sleep

import pytest
from watchdog.events import DirCreatedEvent, FileModifiedEvent, FileMovedEvent
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from preview.conftest import until
from yoyak.messages.catalogue import speak
from yoyak.model.message import Words
from yoyak.preview.watcher import WITHOUT_EVENTS, Watcher, hint_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "site"
    (folder / "content" / "2024").mkdir(parents=True)
    (folder / "templates").mkdir()
    (folder / ".yoyak" / "preview").mkdir(parents=True)
    (folder / "site.yaml").write_text("title: x")
    (folder / "content" / "2024" / "a.md").write_text("first")
    return folder


@pytest.fixture
def hints() -> list[str]:
    return []


@pytest.fixture
def watcher(folder: Path, hints: list[str]) -> Iterator[Watcher]:
    watcher = Watcher(folder, lambda _: hints.append("hint"), print)
    watcher.start()
    yield watcher
    watcher.close()


def replaced(file: Path) -> None:
    new = file.with_name(".a.md.new")
    new.write_text("second")
    new.replace(file)


def kept_a_backup(file: Path) -> None:
    file.rename(f"{file}~")
    file.write_text("second")


def made_a_folder(file: Path) -> None:
    (file.parent / "new").mkdir()
    (file.parent / "new" / "b.md").write_text("b")


SAVES: list[Callable[[Path], object]] = [
    lambda file: file.write_text("second"),
    lambda file: file.open("a").write("more"),
    lambda file: file.unlink(),
    lambda file: file.rename(file.with_name("b.md")),
    lambda file: shutil.rmtree(file.parent),
    replaced,
    kept_a_backup,
    made_a_folder,
]


@pytest.mark.parametrize(
    "save", SAVES, ids=["write", "append", "delete", "rename", "delete-folder", "replace", "backup", "folder"]
)
def test_every_way_of_saving_is_a_hint(
    folder: Path, watcher: Watcher, hints: list[str], save: Callable[[Path], object]
) -> None:
    save(folder / "content" / "2024" / "a.md")
    until(lambda: hints)


@pytest.mark.parametrize("name", ["site.yaml", "templates/article.html", "content/b.md"])
def test_settings_templates_and_content_are_watched(
    folder: Path, watcher: Watcher, hints: list[str], name: str
) -> None:
    (folder / name).write_text("new")
    until(lambda: hints)


def test_reading_is_no_hint(folder: Path, watcher: Watcher, hints: list[str]) -> None:
    for _ in range(20):
        (folder / "content" / "2024" / "a.md").read_text()
        list((folder / "content").rglob("*"))
    sleep(0.3)
    assert hints == []


@pytest.mark.parametrize(
    "name", [".yoyak/preview/index.html", "notes.txt", "content/.a.md.swp", "content/4913", "content/a.md~"]
)
def test_what_a_build_does_not_read_is_no_hint(folder: Path, watcher: Watcher, hints: list[str], name: str) -> None:
    (folder / name).write_text("new")
    sleep(0.3)
    assert hints == []


def test_a_folder_that_was_deleted_and_made_again_is_followed(folder: Path, watcher: Watcher, hints: list[str]) -> None:
    shutil.rmtree(folder / "content")
    (folder / "content").mkdir()
    sleep(0.3)  # all its events have arrived
    watcher.follow()
    hints.clear()
    (folder / "content" / "c.md").write_text("c")
    until(lambda: hints)


def test_a_folder_that_comes_later_is_followed(tmp_path: Path) -> None:
    hints: list[str] = []
    watcher = Watcher(tmp_path.resolve(), lambda _: hints.append("hint"), print)
    watcher.start()
    (tmp_path / "content").mkdir()
    sleep(0.3)
    watcher.follow()
    hints.clear()
    (tmp_path / "content" / "a.md").write_text("a")
    until(lambda: hints)
    watcher.close()


def test_a_move_is_a_hint_by_its_destination() -> None:
    assert hint_of(FileMovedEvent("/site/content/.a.tmp", "/site/content/a.md"), Path("/site"))


def test_names_in_bytes_are_understood() -> None:
    assert hint_of(FileModifiedEvent(os.fsencode("/site/content/기사.md")), Path("/site"))


def test_a_path_outside_the_site_is_no_hint() -> None:
    assert not hint_of(DirCreatedEvent("/elsewhere/content"), Path("/site"))


@pytest.mark.parametrize("number", [ENOSPC, EMFILE])
def test_a_reached_limit_is_told_and_the_files_are_looked_at_every_second(folder: Path, number: int) -> None:
    said: list[Words] = []

    class Exhausted(Observer):  # type: ignore[misc, valid-type]
        """The system's observer on a machine whose limit is reached."""

        def schedule(self, *_: object, **__: object) -> None:
            raise OSError(number, os.strerror(number))

    watcher = Watcher(folder, lambda _: None, said.append, Exhausted)
    watcher.start()
    assert (watcher.native, watcher.pause) == (False, WITHOUT_EVENTS)
    [sentence] = said
    assert "limit of watched folders" in speak(sentence)


def test_a_system_without_events_is_told_and_the_files_are_looked_at_every_second(folder: Path) -> None:
    said: list[Words] = []

    class Missing(Observer):  # type: ignore[misc, valid-type]
        """The system's observer where there is none."""

        def start(self) -> None:
            raise OSError(38, "Function not implemented")

    watcher = Watcher(folder, lambda _: None, said.append, Missing)
    watcher.start()
    assert (watcher.pause, len(said)) == (WITHOUT_EVENTS, 1)


def test_closing_twice_is_harmless(watcher: Watcher) -> None:
    watcher.close()
    watcher.close()
    assert isinstance(Observer(), BaseObserver)
