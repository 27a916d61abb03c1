"""What people read is plain, professional English: the quaint words of the first versions do not come back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from rows import each_row
from yoyak.cli.commands import commands

CHECKOUT = Path(__file__).parent.parent
QUAINT = {
    "told": r"told|tells of",
    "mend": r"mend(s|ed|ing)?",
    "dear": r"dear",
    "spared": r"spared",
    "house": r"house",
    "it goes": r"it goes(?= ?[.;|])",
    "came onto": r"came onto|went from it",
    "stands in": r"stands? in|stood in the place of",
    "holds good": r"holds good",
    "costs": r"costs? (its|only|itself)",
    "nobody sees": r"that nobody sees",
    "to tend": r"to tend",
    "remember": r"remembers?|remembered|a memory of",
    "seal": r"seal(s|ed)?",
    "such a one": r"such a one",
    "of its own": r"of (its|their|one's) own",
    "beside": r"beside",
    "whole way": r"(whole|short) way",
    "a run that failed": r"run that failed",
}
"""Each word by a name, as it can be searched for without finding anything else."""
KNOWN = {
    "generator/yoyak/messages/en/commands.yaml": {"remember"},  # the name of a stage
    "generator/yoyak/messages/en/importing.yaml": {"beside"},  # the name of a key
    "--help": {"yoyak build: beside", "yoyak build: remember"},
}
"""Words that are still in a text, by its file: to be replaced, and never to be extended."""


def pages() -> list[Path]:
    docs = [page for page in sorted((CHECKOUT / "docs").rglob("*.md")) if "decisions" not in page.parts]
    return [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *docs]


def messages() -> list[Path]:
    return sorted((CHECKOUT / "generator/yoyak/messages/en").glob("*.yaml"))


def found(text: str) -> set[str]:
    """Return the names of the words that are in a text."""
    return {name for name, word in QUAINT.items() if re.search(rf"\b({word})\b", text, re.IGNORECASE)}


def unexpected(path: Path, text: str) -> list[str]:
    name = path.relative_to(CHECKOUT).as_posix()
    return sorted(found(text) - KNOWN.get(name, set()))


@each_row("page", pages(), ids=lambda page: page.name)
def test_a_page_has_no_quaint_word(page: Path) -> None:
    # What stands between backticks is code: a key, a stage, a constant.
    assert unexpected(page, re.sub(r"(?<!`)`[^`\n]+`(?!`)", "", page.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", messages(), ids=lambda file: file.name)
def test_a_message_has_no_quaint_word(file: Path) -> None:
    values = _texts(yaml.safe_load(file.read_text(encoding="utf-8")))
    assert unexpected(file, "\n".join(values)) == []


def test_no_help_has_a_quaint_word() -> None:
    words = {f"{name}: {word}" for name, text in _helps(commands, "yoyak") for word in found(text)}
    assert sorted(words - KNOWN.get("--help", set())) == []


def test_readme_and_tutorial_say_that_a_site_is_static() -> None:
    for name in ("README.md", "docs/README.md", "docs/tutorial.md"):
        assert "static site" in " ".join((CHECKOUT / name).read_text(encoding="utf-8").split()[:60])


def test_a_word_is_found_in_its_forms_and_not_inside_others() -> None:
    assert found("Mend it, beside\nyours") == {"mend", "beside"}
    assert found("besides, a recommended household sealant; before it goes online") == set()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif value is not None:
        yield str(value)


def _helps(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    yield (
        name,
        " ".join(command.get_help(click.Context(command, info_name=name, help_option_names=["-h", "--help"])).split()),
    )
    if isinstance(command, click.Group):
        for below, inner in command.commands.items():
            yield from _helps(inner, f"{name} {below}")
