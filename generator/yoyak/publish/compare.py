"""``yoyak diff``: from a target's name in site.yaml to what a deploy there would change."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import Words, did_you_mean, joined, say
from yoyak.paths import plain_path
from yoyak.publish.difference import FileChange, SiteDifference, difference
from yoyak.publish.online import online
from yoyak.publish.output import read_output
from yoyak.publish.plan import DeployRequest
from yoyak.publish.texts import stopped
from yoyak.settings.config import load_config

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
    config, problems = load_config(folder, at=None, preview=False, environment=os.environ)
    if config is None:
        raise YoyakError(*problems)
    if name not in config.deploy:
        names = ", ".join(config.deploy) or say("deploy.no-such-target.none")
        missing = say("deploy.no-such-target", name=name, known=names)
        raise YoyakError(joined(missing, did_you_mean(name, config.deploy)))
    built = read_output(site=folder, output=plain_path(output), progress=progress)
    request = DeployRequest(site=str(folder), output=str(plain_path(output)), name=name, target=config.deploy[name])
    try:
        with online(request, built.base_url) as place:
            return difference(name, built, place, known.reason_of, known.gone)
    except OSError as error:
        raise YoyakError(stopped(error, name)) from error
