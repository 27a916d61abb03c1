"""The help of the command line in the language that is spoken: English is in the code, Korean in messages/ko/help.yaml.

A key is ``help.COMMAND``, ``help.COMMAND.short`` for the list of commands, ``help.COMMAND.--option``, or
``help.--option`` for an option that several commands share.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, MutableMapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Any

import click

from yoyak.cli.options import help_text, language_of
from yoyak.messages import LANGUAGES
from yoyak.text.columns import columns, padded, wrapped

ENTRY = "yoyak"
"""What the keys call the command that holds all others."""
_HEADINGS = {"Options": "help.options", "Commands": "help.commands"}


def keys_of(command: click.Command, option: click.Parameter) -> tuple[str, str]:
    """Return the keys of what an option does: for this command, and for all that have it."""
    long = next(name for name in option.opts if name.startswith("--"))
    return f"help.{_name(command)}.{long}", f"help.{long}"


def _name(command: click.Command) -> str:
    """Return what the keys call a command."""
    return str(getattr(command, "help_key", "") or command.name)


class _Formatter(click.HelpFormatter):
    """Counts columns where click counts characters: a syllable of Hangul takes two."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or f"{help_text('help.usage')} ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(help_text(_HEADINGS.get(heading, "")) or heading)

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        parts = ("\n".join(indent + row for row in wrapped(part, self._room())) for part in text.split("\n\n"))
        self.write("\n\n".join(parts) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows, indent = list(rows), " " * self.current_indent
        first = min(max(columns(name) for name, _ in rows), col_max) + col_spacing
        for name, text in rows:
            lines = list(wrapped(text, self._room(first)))
            if columns(name) + col_spacing > first:
                lines.insert(0, "")
            self.write(f"{indent}{padded(name, first)}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * first}{line}\n")

    def _room(self, used: int = 0) -> int:
        return max(self.width - self.current_indent - used, 10)


class Command(click.Command):
    """A command that is explained in the language that is spoken."""

    help_key = ""
    """What the keys call it, where that is not its name."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what stands behind the command's name in the line of its usage."""
        return [_metavar(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help(self, ctx: click.Context) -> str:
        formatter = _formatter(ctx)
        self.format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def get_usage(self, ctx: click.Context) -> str:
        """Return the line that wrong usage is answered with."""
        formatter = _formatter(ctx)
        self.format_usage(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return its line in the list of commands."""
        return help_text(f"help.{_name(self)}.short") or super().get_short_help_str(limit)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what it does."""
        text = help_text(f"help.{_name(self)}")
        if not text:
            super().format_help_text(ctx, formatter)
            return
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each of its options does; of a group the commands, too."""
        if not help_text("help.usage"):
            super().format_options(ctx, formatter)
            return
        with formatter.section("Options"):
            formatter.write_dl([_row(self, option, ctx) for option in self.get_params(ctx) if _is_shown(option)])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


def _formatter(ctx: click.Context) -> click.HelpFormatter:
    spoken = _Formatter(width=ctx.terminal_width, max_width=ctx.max_content_width)
    return spoken if help_text("help.usage") else ctx.make_formatter()


def _is_shown(option: click.Parameter) -> bool:
    return isinstance(option, click.Option) and not option.hidden


def _row(command: click.Command, option: click.Parameter, ctx: click.Context) -> tuple[str, str]:
    """Return how an option is written and what it does, with the default and the range that click adds."""
    name, english = option.get_help_record(ctx) or ("", "")
    text = next(filter(None, map(help_text, keys_of(command, option))), "")
    more = english.removeprefix(getattr(option, "help", None) or "").replace("default:", help_text("help.default"))
    more = more.replace("[required]", f"[{help_text('help.required')}]")
    return _metavar(name), f"{text}{more}" if text else english


def _metavar(piece: str) -> str:
    """Return what stands for a value, such as ``[OPTIONS]``, in the language that is spoken."""
    for english in ("OPTIONS", "COMMAND [ARGS]", "DIRECTORY", "INTEGER RANGE", "TEXT"):
        korean = help_text(f"help.metavar.{english.partition(' ')[0].lower()}")
        piece = re.sub(rf"(?<![\w-]){re.escape(english)}(?![\w-])", korean or english, piece)
    return piece


class Commands(Command, click.Group):
    """A command that holds others: the first one, unless the keys call it otherwise."""

    command_class = Command
    help_key = ENTRY

    def __init__(self, *args: Any, help_key: str = ENTRY, **more: Any) -> None:
        self._loaded: dict[str, click.Command] = {}
        self.elsewhere: dict[str, str] = {}
        """``module:function`` of yoyak.cli for commands that are imported when somebody asks for them."""
        super().__init__(*args, **more)
        self.help_key = help_key

    @property
    def commands(self) -> dict[str, click.Command]:
        """All commands, for who lists them."""
        for name in self.elsewhere.keys() - self._loaded.keys():
            self._load(name)
        return self._loaded

    @commands.setter
    def commands(self, found: MutableMapping[str, click.Command]) -> None:
        self._loaded = dict(found)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as click asks
        """Return one command, imported if it is elsewhere."""
        if cmd_name in self.elsewhere and cmd_name not in self._loaded:
            self._load(cmd_name)
        return self._loaded.get(cmd_name)

    def _load(self, name: str) -> None:
        module, _, function = self.elsewhere[name].partition(":")
        self.add_command(getattr(import_module(f"yoyak.cli.{module}"), function), name)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take in a command, which the keys call by both names unless this is the first one."""
        self._loaded[name or str(cmd.name)] = cmd
        if self.help_key != ENTRY and isinstance(cmd, Command):
            cmd.help_key = f"{self.help_key}.{name or cmd.name}"

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Choose the language, once and before anything is read: ``--help`` and wrong usage are answered at once."""
        if parent is None:
            _choose_language(args)
        with _spoken_errors():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is named; wrong usage of it is said in the language that is spoken."""
        with _spoken_errors():
            return super().invoke(ctx)


def _spoken_errors() -> AbstractContextManager[None]:
    """Say wrong usage in the language that is spoken; English is click's own and needs nothing to be loaded."""
    if not help_text("help.usage"):
        return nullcontext()
    from yoyak.cli.usage import spoken_errors

    return spoken_errors()


def _choose_language(args: Sequence[str]) -> None:
    """Speak the language that a command line asks for last; else that of the environment. English loads nothing."""
    asked = ""
    for number, word in enumerate(args[: args.index("--")] if "--" in args else args):
        name, sign, value = word.partition("=")
        if name == "--lang":
            asked = value if sign else next(iter(args[number + 1 : number + 2]), "")
    language = asked if asked in LANGUAGES else language_of(os.environ)
    if language != "en" or "yoyak.messages.catalogue" in sys.modules:
        from yoyak.messages.catalogue import speak_in

        speak_in(language)
