"""The workflow of ``yoyak new --ci``: check what is proposed, publish what is decided."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from yoyak.messages.catalogue import speak, speaking
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say

Service = Literal["github", "gitlab"]
PLACES: dict[Service, str] = {"github": ".github/workflows/yoyak.yml", "gitlab": ".gitlab-ci.yml"}
_WORDS = (
    "made", "due", "due_gitlab", "history", "offline", "write", "cache", "secrets", "secrets_gitlab", "addresses",
    "addresses_gitlab",
)  # fmt: skip


def write_workflow(folder: Path, service: Service, language: str) -> str:
    """Write the workflow of a site and return its path below the site; its comments are in the site's language.

    Raises:
        YoyakError: there is one already.
    """
    place = folder / PLACES[service]
    if place.exists() or place.is_symlink():
        raise YoyakError(say("new.ci-there", path=PLACES[service]))
    text = (Path(__file__).parent / "workflows" / f"{service}.yml").read_text(encoding="utf-8")
    with speaking(language):
        for word in _WORDS:
            text = text.replace(f"@{word}@", speak(say(f"new.ci.{word}")))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return PLACES[service]
