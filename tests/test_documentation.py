"""The reference names everything that the code knows, and the README promises only what is there."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import click
import msgspec
import pytest
from msgspec.inspect import StructType, Type, type_info

from figures import nodes_of, tree_of_file
from yoyak.cli.commands import commands
from yoyak.model import schema

CHECKOUT = Path(__file__).parent.parent
PACKAGE = CHECKOUT / "generator" / "yoyak"
REFERENCE = CHECKOUT / "docs" / "reference"
FIRST_FIVE = {"jinja2", "markdown", "pyyaml", "beautifulsoup4", "watchdog"}
"""What yoyak began with."""
REPORTS = re.compile(r"(problem|problem_of|warning|warn|report|refuse|refusal)$")
FILE_KEYS = (schema.FrontMatter, schema.EditionKeys, schema.ThemeFileKeys, schema.PageKeys)


def test_every_command_and_option_is_in_the_reference() -> None:
    assert _missing("cli.md", _commands(commands)) == []


@pytest.mark.parametrize("keys", FILE_KEYS, ids=lambda keys: keys.__name__)
def test_every_key_of_a_content_file_is_in_the_reference(keys: type[msgspec.Struct]) -> None:
    assert _missing("front-matter.md", _keys(type_info(keys))) == []


def test_every_key_of_the_settings_is_in_the_reference() -> None:
    assert _missing("site-yaml.md", _keys(type_info(schema.SiteKeys))) == []


def test_every_code_of_a_problem_is_in_the_reference() -> None:
    assert _missing("problems.md", _codes()) == []


def test_the_reference_lists_no_problem_that_the_code_has_not() -> None:
    text = (REFERENCE / "problems.md").read_text(encoding="utf-8")
    headings = re.findall(r"(?m)^(?:#+ |\| )`([a-z]+(?:-[a-z0-9]+)+)`", text)
    assert sorted(set(headings) - set(_codes())) == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_a_page_names_is_in_the_makefile(page: str) -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8")))
    named = set(re.findall(r"(?m)(?:`|^\s*\$?\s*)make ([a-z-]+)", (CHECKOUT / page).read_text(encoding="utf-8")))
    assert named
    assert sorted(named - targets) == []


def test_every_command_that_the_readme_shows_exists() -> None:
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)(?:`|^\s*\$?\s*|&& )yoyak ([a-z]+)", text))
    assert sorted(named - set(commands.commands)) == []


def test_no_link_between_documents_is_broken() -> None:
    pages = [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(
            r"\]\((?!https?://|mailto:|#)([^)#\s]+)", _without_examples(page.read_text(encoding="utf-8"))
        )
    ]
    assert [f"{page.relative_to(CHECKOUT)}: {link}" for page, link in links if not (page.parent / link).exists()] == []


def test_every_file_that_contributors_are_sent_to_exists() -> None:
    text = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.partition("### Something is wrong")[2].partition("\n## ")[0]
    named = re.findall(r"`([\w./-]+(?:/|\.py|\.md))`", table.partition("|---|")[2])
    assert len(named) > 30
    assert [
        one for one in named if not any((top / one).exists() for top in (CHECKOUT, CHECKOUT / "generator/yoyak"))
    ] == []


def test_every_dependency_has_a_record_of_its_decision() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=~!\[; ]", dependency)[0] for dependency in project["dependencies"]]
    records = " ".join(
        path.read_text(encoding="utf-8") for path in (CHECKOUT / "docs/decisions").glob("[0-9]*.md")
    ).lower()
    assert [name for name in names if name not in records and name not in FIRST_FIVE] == []


def _without_examples(text: str) -> str:
    """Return a page without its code, which shows links of articles and not its own."""
    text = re.sub(r"(?m)^ {4}.*$", "", text)
    return re.sub(r"`[^`\n]+`", "", re.sub(r"(?ms)^```.*?^```", "", text))


def _missing(page: str, names: Iterable[str]) -> list[str]:
    """Return the names that no code span of a page of the reference holds."""
    path = REFERENCE / page
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    # A fenced example names keys too, but explains none of them.
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^```.*?^```", "", text))
    words = {word for span in spans for word in re.findall(r"[\w-]+", span)}
    return sorted({name for name in names if name not in words})


def _commands(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        yield from (name for name in parameter.opts if name.startswith("--"))
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield name
            yield from _commands(below)


def _keys(kind: Type) -> Iterator[str]:
    """Give the keys of a struct and of those inside it."""
    if isinstance(kind, StructType):
        for field in kind.fields:
            yield field.encode_name
            yield from _keys(field.type)
    for name in ("types", "item_types"):
        for inner in getattr(kind, name, ()):
            yield from _keys(inner)
    for name in ("item_type", "value_type", "type"):
        if isinstance(inner := getattr(kind, name, None), Type):
            yield from _keys(inner)


@cache
def _codes() -> frozenset[str]:
    return frozenset(_literal_codes())


def _literal_codes() -> Iterator[str]:
    """Give every literal code: passed as ``code=``, or by position to a function that is named after reporting.

    The key that is given to `problem_of` begins with the code.
    """
    for path in PACKAGE.rglob("*.py"):
        for node in nodes_of(tree_of_file(path)):
            if isinstance(node, ast.keyword) and node.arg == "code":
                yield from _texts([node.value])
            elif isinstance(node, ast.Call):
                said = [text.partition(".")[0] for text in _texts(node.args)]  # a key of a message begins with its code
                codes = list(filter(re.compile(r"[a-z]+(-[a-z0-9]+)+").fullmatch, said))
                yield from codes if codes and REPORTS.search(ast.unparse(node.func)) else ()


def _texts(nodes: Sequence[ast.expr]) -> list[str]:
    """Give texts, and how those begin that are put together: ``f"leak.{what}"``."""
    begins = [node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node for node in nodes]
    return [node.value for node in begins if isinstance(node, ast.Constant) and isinstance(node.value, str)]
