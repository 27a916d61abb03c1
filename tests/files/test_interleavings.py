"""An editor saves while the desk writes the same file: nobody's words are lost.

The editor is a thread that saves as editors do, in place or by a new file, at a random moment of the desk's write.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from pathlib import Path

import pytest

from yoyak.files.saving import PART, NotSavedError, save

A = "content/a.md"
READ, DESK, EDITOR = (f"---\ntitle: {name}\n---\n{name} text.\n".encode() for name in ("Read", "Desk", "Editor"))
TIMES = int(os.environ.get("YOYAK_INTERLEAVINGS", "300"))


def by_new_file(place: Path) -> None:
    """Save as most editors do."""
    part = place.with_name("a.md~")
    part.write_bytes(EDITOR)
    part.replace(place)


def at_once(place: Path) -> None:
    """Save in place with one write, as ``nano`` does."""
    handle = os.open(place, os.O_WRONLY)
    try:
        os.pwrite(handle, EDITOR.ljust(len(READ) + 8, b"\n"), 0)
    finally:
        os.close(handle)


@pytest.mark.parametrize("saves", [by_new_file, at_once])
def test_no_edit_is_lost_whenever_the_editor_saves(tmp_path: Path, saves: object) -> None:
    place, chance = tmp_path / A, random.Random()
    place.parent.mkdir()
    refused, interval = 0, sys.getswitchinterval()
    sys.setswitchinterval(0.00001)  # or the editor waits for this thread between its open and its write
    for number in range(TIMES):
        place.write_bytes(READ)
        go, wait = threading.Event(), chance.random() * 0.0006

        def edit(go: threading.Event = go, wait: float = wait) -> None:
            go.wait()
            until = time.perf_counter() + wait
            while time.perf_counter() < until:
                pass
            saves(place)  # type: ignore[operator]

        editor = threading.Thread(target=edit)
        editor.start()
        go.set()
        try:
            save(tmp_path, A, READ, DESK)
        except NotSavedError:
            refused += 1
        editor.join()
        assert place.read_bytes().startswith(EDITOR), number
        assert [path.name for path in place.parent.iterdir()] == ["a.md"], number
        assert PART not in place.name
    sys.setswitchinterval(interval)
    assert refused, "the editor was never in time: this has tested nothing"
