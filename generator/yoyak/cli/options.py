"""What commands of the command line share: options, and that every failure is one line."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yoyak.messages import LANGUAGES
from yoyak.messages.errors import YoyakError
from yoyak.text.columns import printable  # here, because an error of the machine may keep it from being loaded

if TYPE_CHECKING:
    from yoyak.text.calendar import Moment

PROBLEMS = 1
"""The exit code of a run that found errors or failed."""


lang = click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False, help="The language of messages.")
"""Only to be accepted and explained: `yoyak.cli.help.Commands` has chosen the language before options are read."""


def options(*wanted: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add options that several verbs share, and turn every failure into one line."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def safely(*args: Any, **options: Any) -> None:
            with _no_traceback(debug=options.pop("debug", False)):
                function(*args, **options)

        decorated: Callable[..., None] = click.option(
            "--debug", is_flag=True, help="Show the traceback if yoyak fails."
        )(safely)
        decorated = lang(decorated)
        for name in reversed(wanted):
            decorated = _SHARED[name](decorated)
        return decorated

    return decorate


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language of a terminal: what the first of `_LOCALES` that is set says, when we speak it."""
    locale = next((found for name in _LOCALES if (found := environment.get(name, "").strip())), "")
    code = re.split(r"[^a-z]", locale.lower(), maxsplit=1)[0]  # kok is Konkani
    return code if code in LANGUAGES else "en"


def help_text(key: str) -> str:
    """Return a text of the help in the language that is spoken; empty for English, which loads nothing."""
    catalogue = sys.modules.get("yoyak.messages.catalogue")
    if catalogue is None or catalogue.spoken_language() == "en":
        return ""
    return str(catalogue.texts(catalogue.spoken_language()).get(key, ""))


_LOCALES = ("YOYAK_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


_SHARED: dict[str, Callable[..., Any]] = {
    "site": click.option(
        "--site",
        type=click.Path(file_okay=False, path_type=Path),
        help="The site's folder. Default: the current folder or the nearest one above it.",
    ),
    "output": click.option(
        "--output",
        type=click.Path(file_okay=False, path_type=Path),
        help="The built site. Default: output/ in the site folder.",
    ),
    "at": click.option("--at", metavar="TIME", help="Act as if it were this time, e.g. '2024-07-05 09:00'."),
    "json": click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs."),
    "themes": click.option(
        "--theme", "themes", multiple=True, metavar="T", help="A theme for the articles; may be repeated."
    ),
    "ours": click.option("--ours", is_flag=True, help="These are your own: publish them in full, without a source."),
    "dry_run": click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing."),
    "show": click.option("--show", is_flag=True, help="Show each article as it would be written; write nothing."),
    "as": click.option(
        "--as", "written", metavar="NAME", help="Who you are: 'Kim <kim@example.org>'. Default: as in git."
    ),
    "quiet": click.option("--quiet", "-q", is_flag=True, help="Print problems only."),
}


@contextmanager
def _no_traceback(*, debug: bool) -> Iterator[None]:
    try:
        yield
    except YoyakError as error:
        if debug:
            raise
        _say(_failed(error))
        sys.exit(PROBLEMS)
    except KeyboardInterrupt:
        click.echo(said("stopped"), err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our lines has gone (`yoyak build | head -1`): the work is done, only its words are not wanted.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PROBLEMS)
    except OSError as error:
        if debug:
            raise
        where = f"{error.filename}: " if error.filename else ""
        _say(_failed(f"{where}{_cause(error)}."))
        sys.exit(PROBLEMS)
    except MemoryError:
        _say(_failed(said("failed.memory")))
        sys.exit(PROBLEMS)
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:  # a fault of yoyak: still one line, and a way to the trace
        if debug:
            raise
        told = f"{type(error).__name__}: {error}".splitlines()[0]
        _say(said("failed.itself", error=told))
        sys.exit(PROBLEMS)


def said(key: str, **values: Any) -> str:
    """Return a text of the catalogue, in a few words of English where not even that can be read any more."""
    try:
        from yoyak.messages.catalogue import speak
        from yoyak.model.message import say

        return speak(say(key, **values))
    except (OSError, MemoryError):
        return str(values.get("error", "the machine has no more memory or files for it."))


def usage(key: str, **values: str) -> click.UsageError:
    """Return that a command is used wrongly, in a text of the catalogue."""
    return click.UsageError(said(key, **values))


def _cause(error: OSError) -> str:
    """Return why the machine refused something, in the system's own words where they are English."""
    try:
        from yoyak.files.site_files import unread
        from yoyak.messages.catalogue import speak, spoken_language

        if spoken_language() != "en":
            return speak(unread(error))
    except (ImportError, OSError, MemoryError):  # what keeps the program from its own files
        pass
    return error.strerror or str(error)


def _failed(why: object) -> str:
    return f"yoyak: {why}"


def _say(text: str) -> None:
    """Print what went wrong. The names of files in it may hold anything."""
    click.echo("\n".join(map(printable, text.split("\n"))), err=True)


def read_time(text: str | None, site: Path | None, option: str) -> Moment | None:
    """Return the time that an option gives, in the zone of a site; None where it is not given.

    Raises:
        click.BadParameter: it cannot be read.
    """
    if text is None:
        return None
    from yoyak.messages.catalogue import speak
    from yoyak.settings.config import zone_of
    from yoyak.text.calendar import read_moment

    try:
        return read_moment(text, zone_of(site))
    except ValueError as error:
        raise click.BadParameter(speak(error.args[0]), param_hint=option) from error


def site_at(given: Path | None) -> Path:
    """Return the site folder: the one that is given, else the nearest upwards.

    Raises:
        YoyakError: there is none.
    """
    from yoyak.paths import site_folder

    folder = given.resolve() if given else site_folder(Path.cwd())
    if folder is None:
        from yoyak.model.message import say

        raise YoyakError(say("no-site"))
    return folder


def site_for(given: Path | None, named: Sequence[str]) -> Path:
    """Return the site folder: the one that is given, else the nearest upwards, else that of the first file named.

    Raises:
        YoyakError: there is none.
    """
    from yoyak.paths import site_folder

    if given or site_folder(Path.cwd()):
        return site_at(given)
    there = (Path(one) for one in named if os.path.lexists(one))
    return site_at(next((folder for place in there if (folder := site_folder(place.absolute()))), None))
