"""A new site: a copy of the sample, which builds at once, or an empty one."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Literal

from yoyak.front_matter.yaml_text import scalar
from yoyak.messages.catalogue import speak, speaking
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.types import Record
from yoyak.paths import STARTER_PARTS, plain_path, starter_folder
from yoyak.settings.config import load_config

_IGNORED = "/output/*\n!/output/.gitignore\n/portable/\n/.yoyak/\n"
_TITLE = re.compile(r"(?m)^title: (.*)$")


class NewSite(Record, kw_only=True):
    """What ``yoyak new`` is asked for."""

    folder: Path
    empty: bool = False
    title: str | None = None
    """None for that of the sample, or for the name of the folder."""
    language: Literal["ko", "en"] = "ko"
    ci: Service | None = None
    """Of whom to write the workflow, if of any."""


def make_site(wanted: NewSite) -> int:
    """Make a new site and return the number of its files. The sample is Korean: a site in English begins empty.

    Raises:
        YoyakError: something but `.git` is in the folder already, or the title is blank.
    """
    folder = wanted.folder
    if folder.exists() and (not folder.is_dir() or any(one.name != ".git" for one in folder.iterdir())):
        raise YoyakError(say("new.not-empty", folder=str(folder)))
    title = None if wanted.title is None else " ".join(wanted.title.split())
    if title == "":
        raise YoyakError(say("new.blank-title"))
    folder.mkdir(parents=True, exist_ok=True)
    if wanted.empty or wanted.language != "ko":
        title = _write_empty(folder, title, wanted.language)
    else:
        title = _copy_sample(folder, title)
    (folder / "README.md").write_text(_text("readme", wanted.language).format(title=title), encoding="utf-8")
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    for name in ("output", "templates"):
        (folder / name).mkdir()
    (folder / "output" / ".gitignore").write_text("*\n!.gitignore\n", encoding="utf-8")
    (folder / "templates" / "README").write_text(_text("templates", wanted.language), encoding="utf-8")
    if wanted.ci:
        write_workflow(folder, wanted.ci, wanted.language)
    return sum(1 for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts)


def add_workflow(folder: Path, service: Service) -> str:
    """Write the workflow of a site that is there; return what is to be said of it.

    Raises:
        YoyakError: it has one already, or its settings cannot be read.
    """
    config, problems = load_config(folder, at=None, preview=False, environment=os.environ)
    if config is None:
        raise YoyakError(*problems)
    return speak(say("new.ci-made", path=write_workflow(folder, service, config.language)))


def next_steps(folder: Path, files: int) -> str:
    """Return what to do with a new site, in commands that can be pasted into a shell."""
    shown = plain_path(folder) if ".." in folder.parts else folder
    name = in_shell(str(shown))
    made = speak(say("new.made", count=files, folder=str(shown)))
    return f"{made}\n  yoyak build --site {name}\n  yoyak serve --site {name} --open"


def in_shell(word: str) -> str:
    """Return one argument as this system's shell takes it."""
    return subprocess.list2cmdline([word]) if os.name == "nt" else shlex.quote(word)


def _write_empty(folder: Path, title: str | None, language: str) -> str:
    """Write settings without articles; return the title."""
    title = title or plain_path(folder).name or "yoyak"
    (folder / "content").mkdir()
    (folder / "content" / ".gitkeep").touch()  # git keeps no empty folder, and a site without content/ cannot be built
    (folder / "site.yaml").write_text(_text("settings", language).format(title=scalar(title)), encoding="utf-8")
    return title


def _copy_sample(folder: Path, title: str | None) -> str:
    """Copy the sample, under another title if there is one; return the title."""
    for part in STARTER_PARTS:
        _copy(starter_folder() / part, folder / part)
    settings = (folder / "site.yaml").read_text(encoding="utf-8")
    found = _TITLE.search(settings)
    if title and found:
        renamed = f"{settings[: found.start(1)]}{scalar(title)}{settings[found.end(1) :]}"
        (folder / "site.yaml").write_text(renamed, encoding="utf-8")
    return title or (found[1] if found else folder.name)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*"))
    else:
        shutil.copyfile(source, target)


def _text(name: str, language: str) -> str:
    """Return what is written beside the sample: the settings of an empty site, or a short guide."""
    return files("yoyak.scaffold").joinpath("texts", f"{name}.{language}.txt").read_text(encoding="utf-8")


# --- The workflow of ``yoyak new --ci``: check what is proposed, publish what is decided -------------------------


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
