"""The workflow of ``yoyak new --ci``: check what is proposed, publish what is decided."""

from __future__ import annotations

import json
import os
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
_NESTED = " #nested"
"""The end of lines that only a site in a folder of its repository needs."""


def write_workflow(folder: Path, service: Service, language: str) -> str:
    """Write the workflow of a site and return its path from there; its comments are in the site's language.

    Services look for it at the top of the repository only, so that of a site in a folder of one is there.

    Raises:
        YoyakError: there is one already.
    """
    site = folder.resolve()
    top = next((above for above in (site, *site.parents) if (above / ".git").exists()), site)
    place = top / PLACES[service]
    called = Path(os.path.relpath(place, site)).as_posix()
    if place.exists() or place.is_symlink():
        raise YoyakError(say("new.ci-there", path=called))
    text = (Path(__file__).parent / "workflows" / f"{service}.yml").read_text(encoding="utf-8")
    with speaking(language):
        for word in _WORDS:
            text = text.replace(f"@{word}@", speak(say(f"new.ci.{word}")))
    below = "" if site == top else f"{site.relative_to(top).as_posix()}/"
    lines = (line for line in text.splitlines() if below or not line.endswith(_NESTED))
    text = "".join(f"{line.removesuffix(_NESTED)}\n" for line in lines)
    text = text.replace("@folder@", json.dumps(below, ensure_ascii=False)[1:-1])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return called
