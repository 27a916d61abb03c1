"""``yoyak diff``: from a target's name in site.yaml to what a deploy there would change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import Words
from yoyak.paths import plain_path
from yoyak.publish.deploy import request_of
from yoyak.publish.difference import FileChange, SiteDifference, difference
from yoyak.publish.online import online
from yoyak.publish.output import read_output
from yoyak.publish.texts import stopped

Reasons = Callable[[str, FileChange], Words]


class KnownFiles(NamedTuple):
    """What the last build knows of its files."""

    reason_of: Reasons
    gone: frozenset[str] = frozenset()
    """Where a page says that nothing is there any more."""


def compare(
    folder: Path, output: Path, name: str, known: KnownFiles, *, progress: Progress | None = None
) -> SiteDifference:
    """Return what a deploy to the target `name` would change; nothing is changed.

    Raises:
        YoyakError: there is no such target, the built site may not be published, or the place does not answer.
    """
    request = replace(request_of(folder, name), output=str(plain_path(output)))
    built = read_output(site=folder, output=Path(request.output), progress=progress)
    try:
        with online(request, built.base_url) as place:
            return difference(name, built, place, known.reason_of, known.gone)
    except OSError as error:
        raise YoyakError(stopped(error, name)) from error
