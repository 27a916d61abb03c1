"""The help of every command in Korean, and the language wherever it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from rows import each_row
from yoyak.cli.commands import commands
from yoyak.cli.help import ENTRY, keys_of
from yoyak.messages.catalogue import texts
from yoyak.text.columns import columns

KOREAN = texts("ko")
NAMES = sorted(commands.commands)
LOCALES = ("YOYAK_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")
CLICKS = {"help.usage", "help.options", "help.commands", "help.default", "help.required"}
OF_OTHERS = ("help.metavar.", "help.key.", "help.wrong")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in LOCALES:
        monkeypatch.delenv(name, raising=False)
    yield
    CliRunner().invoke(commands, ["--version"])  # English again


def said(*args: str, width: int = 100, **environment: str) -> str:
    done = CliRunner(env=environment).invoke(commands, args, terminal_width=width)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output


def wanted() -> Iterator[tuple[str, ...]]:
    """Give the keys of every text of the help; one of several is enough."""
    for name, command in every(commands, ENTRY):
        context = click.Context(command, **commands.context_settings)
        yield (f"help.{name}",)
        if command is not commands:
            yield (f"help.{name}.short",)
        for option in command.get_params(context):
            if isinstance(option, click.Option):
                yield keys_of(command, option)


def every(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Give a command and those below it, by what the keys call them."""
    yield name, command
    for inner, below in command.commands.items() if isinstance(command, click.Group) else ():
        yield from every(below, inner if name == ENTRY else f"{name}.{inner}")


def test_every_command_and_option_has_korean() -> None:
    assert [keys for keys in wanted() if not any(key in KOREAN for key in keys)] == []


def test_no_text_of_the_help_is_left_over() -> None:
    used = {next((key for key in keys if key in KOREAN), "") for keys in wanted()}
    left = {key for key in KOREAN if key.startswith("help.") and not key.startswith(OF_OTHERS)} - used
    assert left == CLICKS


def test_every_text_of_the_help_has_hangul() -> None:
    assert [key for key in KOREAN if key.startswith("help.") and not any("가" <= c <= "힣" for c in KOREAN[key])] == []


@each_row("name", NAMES)
def test_what_a_command_is_to_be_given_is_named_in_korean_as_in_english(name: str) -> None:
    """A text that speaks of --write or TARGET speaks of it in both."""
    english = str(commands.commands[name].help)
    for word in ("TARGET", "FOLDER", "COMMAND", "--write", "--site", "output/", "site.yaml"):
        assert (word in english) == (word in str(KOREAN[f"help.{name}"])), word


@each_row("name", NAMES)
@each_row(
    "line",
    ["--lang ko help {}", "help {} --lang ko", "{} --lang ko --help", "{} --help --lang=ko", "--lang=ko {} -h"],
)
def test_the_language_may_be_asked_for_anywhere(name: str, line: str) -> None:
    found = said(*line.format(name).split())
    assert found.startswith("사용법: ")
    assert "\n옵션:\n" in found
    assert "이 설명을 보여 주고 끝냅니다." in found
    assert str(KOREAN[f"help.{name}"]).split()[0] in found


def test_the_list_of_commands_is_korean() -> None:
    found = said("--lang", "ko", "--help")
    assert "\n명령:\n" in found
    assert all(str(KOREAN[f"help.{name}.short"]) in " ".join(found.split()) for name in NAMES)


@pytest.mark.parametrize("name", ["YOYAK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"])
def test_the_environment_chooses(name: str) -> None:
    assert said("build", "--help", **{name: "ko_KR.UTF-8"}).startswith("사용법: ")
    assert said("build", "--help", **{name: "en_US.UTF-8"}).startswith("Usage: ")
    assert said("build", "--help", "--lang", "en", **{name: "ko_KR.UTF-8"}).startswith("Usage: ")


def test_a_command_speaks_the_language_that_stands_before_its_name(tmp_path: object) -> None:
    done = CliRunner().invoke(commands, ["--lang", "ko", "check", "--site", str(tmp_path)])
    assert "site.yaml이 없습니다" in done.output
    done = CliRunner().invoke(commands, ["--lang", "ko", "check", "--site", str(tmp_path), "--lang", "en"])
    assert "There is no site.yaml" in done.output


def test_what_stands_behind_two_dashes_is_no_language(tmp_path: object) -> None:
    done = CliRunner().invoke(commands, ["why", "--site", str(tmp_path), "--", "--lang", "ko"])
    assert "No build is cached" in done.output


@pytest.mark.parametrize("line", ["--lang ko review show -h", "review --lang ko show -h", "review show -h --lang ko"])
def test_a_command_of_a_command_is_explained_in_korean(line: str) -> None:
    found = said(*line.split())
    assert found.startswith("사용법: commands review show")
    assert str(KOREAN["help.review.show"]).split()[0] in found
    assert said("--lang", "ko", "help", "review", "show").splitlines()[2:] == found.splitlines()[2:]


def test_the_help_of_a_command_lists_its_own_commands_in_korean() -> None:
    found = " ".join(said("--lang", "ko", "help", "review").split())
    assert str(KOREAN["help.review.approve.short"]) in found


def test_an_unknown_language_is_refused() -> None:
    assert CliRunner().invoke(commands, ["build", "--lang", "xx"]).exit_code == 2
    assert CliRunner().invoke(commands, ["--lang", "xx", "build"]).exit_code == 2


def test_a_default_and_a_range_are_shown() -> None:
    found = " ".join(said("serve", "--lang", "ko", "--help").split())
    assert "0을 쓰면 비어 있는 포트를 고릅니다. [기본값: 8000; 0<=x<=65535]" in found


@each_row("width", [40, 60, 80, 100])
@each_row("name", NAMES)
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    for line in said(name, "--lang", "ko", "--help", width=width).splitlines()[2:]:
        assert columns(line) <= max(width, 45), line


def test_english_is_as_click_writes_it() -> None:
    found = said("build", "--help")
    assert found.startswith("Usage: ")
    assert "\nOptions:\n" in found
    assert "Show this message and exit." in found
