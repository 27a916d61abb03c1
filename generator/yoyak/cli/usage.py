"""Wrong usage in the language that is spoken: click says it in English, and messages/ko/usage.yaml in Korean.

A sentence of click that is not in the table stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from yoyak.cli.options import help_text

_QUOTED = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_NEAR = r"(?: \(?(?:Did you mean(?: one of)?:?|Possible options:) (?P<near>.+?)\??\)?)?"
_FORMS = tuple(
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in (
        (rf"No such option:? (?P<name>{_QUOTED}|\S+?)\.?{_NEAR}", "option"),
        (rf"No such command (?P<name>{_QUOTED})\.{_NEAR}", "command"),
        (rf"Missing argument (?P<name>{_QUOTED}|\S+?)\. Choose from:\s+(?P<values>.+?)\.?", "no-argument.of"),
        (rf"Missing argument (?P<name>{_QUOTED}|\S+?)\.", "no-argument"),
        (rf"Missing option (?P<name>{_QUOTED}|\S+?)\..*", "no-option"),
        (r"Missing command\.", "no-command"),
        (rf"Option (?P<name>{_QUOTED}) requires an argument\.", "no-value"),
        (rf"Option (?P<name>{_QUOTED}) does not take a value\.", "has-value"),
        (r"Got unexpected extra arguments? \((?P<values>.*)\)", "too-many"),
        (rf"Invalid value for (?P<name>{_QUOTED}(?: / {_QUOTED})*|[^:]+): (?P<why>.*)", "value"),
        (rf"(?P<value>{_QUOTED}) is not (?:one of )?(?P<values>{_QUOTED}(?:, {_QUOTED})*)\.", "choice"),
        (rf"(?P<value>{_QUOTED}) is not a valid integer(?: range)?\.", "number"),
        (r"(?P<value>\S+) is not in the range (?P<range>.+)\.", "range"),
        (rf"\w+ (?P<name>{_QUOTED}) does not exist\.", "missing"),
        (rf"\w+ (?P<name>{_QUOTED}) is a directory\.", "folder"),
        (rf"\w+ (?P<name>{_QUOTED}) is a file\.", "file"),
        (rf"\w+ (?P<name>{_QUOTED}) is not readable\.", "unreadable"),
    )
)
"""What click says, in the words of the releases that we allow, and how its key ends."""


class SpokenError(click.UsageError):
    """Wrong usage that is said in the language that is spoken."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(spoken(error.format_message()), error.ctx)
        self.exit_code = error.exit_code  # type: ignore[misc]

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it as click does: how the command is used, where its help is, and what is wrong."""
        if self.ctx is not None:
            names = self.ctx.command.get_help_option_names(self.ctx)
            hint = _filled("try", command=self.ctx.command_path, option=max(names, key=len))
            click.echo(f"{self.ctx.get_usage()}\n{hint}\n", file=file, err=True)
        click.echo(_filled("", what=self.format_message()), file=file, err=True)


@contextmanager
def spoken_errors() -> Iterator[None]:
    """Say wrong usage in the language that is spoken. English is click's own."""
    try:
        yield
    except (SpokenError, click.exceptions.NoArgsIsHelpError):
        raise
    except click.UsageError as error:
        if not help_text("help.wrong"):
            raise
        raise SpokenError(error) from error


def spoken(english: str) -> str:
    """Return one of click's sentences in the language that is spoken; any other comes back as it is."""
    for pattern, key in _FORMS:
        if found := pattern.fullmatch(english.strip()):
            values = {name: _plain(name, value) for name, value in found.groupdict().items() if value}
            near = values.pop("near", "")
            return " ".join(filter(None, (_filled(key, **values), _near(near))))
    return english


def _plain(name: str, value: str) -> str:
    """Return a value as a person writes it: without the quotes of Python."""
    if name == "why":
        return spoken(value)
    if name == "near" or (name == "values" and re.search(r"['\n]", value)):
        return ", ".join(re.findall(r"[^\s,'\"]+", value))
    plain = value[1:-1].replace("\\\\", "\\") if re.fullmatch(_QUOTED, value) else value
    if name == "name" and plain.startswith("{"):  # an argument that is called by its choices only
        return help_text("help.wrong.argument")
    return re.sub(r"^\[(.+)\](?:\.\.\.)?$|^([A-Z-]+)\.\.\.$", r"\1\2", plain)


def _near(words: str) -> str:
    if not words:
        return ""
    return _filled("near.several", words=words) if ", " in words else _filled("near", word=words)


def _filled(key: str, **values: str) -> str:
    from yoyak.text.korean import filled

    return filled(help_text(f"help.wrong.{key}" if key else "help.wrong"), values)
