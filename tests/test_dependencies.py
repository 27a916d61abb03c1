"""What yoyak stands on: declared, bounded, and locked as declared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from figures import statements, tree_of_file

INSIDES = {
    "feedparser",
    "h11",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "msgspec",
    "nh3",
    "starlette",
    "uvicorn",
}
"""Libraries of which yoyak knows more than their documents tell, or which make the bytes of its pages."""


@pytest.fixture(scope="module")
def direct(checkout: Path) -> dict[str, Requirement]:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {need.name: need for need in map(Requirement, project["dependencies"])}


def test_every_library_that_is_imported_is_declared(checkout: Path, direct: dict[str, Requirement]) -> None:
    distributions = packages_distributions()
    imported = {name for path in (checkout / "generator").rglob("*.py") for name in _imported(path)}
    foreign = imported - set(sys.stdlib_module_names) - {"yoyak"}
    names = {_plain(distributions[name][0]) for name in foreign}
    assert names - set(direct) == set()


def test_libraries_that_are_known_by_their_insides_have_an_upper_bound(direct: dict[str, Requirement]) -> None:
    bounded = {name for name, need in direct.items() if any(bound.operator == "<" for bound in need.specifier)}
    assert INSIDES - bounded == set()


def test_every_library_has_a_lower_bound_that_can_be_tried(direct: dict[str, Requirement]) -> None:
    assert [name for name, need in direct.items() if not any(bound.operator == ">=" for bound in need.specifier)] == []


def test_the_lock_fulfils_what_is_declared(checkout: Path, direct: dict[str, Requirement]) -> None:
    locked = _locked(checkout)
    wrong = [str(need) for name, need in direct.items() if name not in locked or locked[name] not in need.specifier]
    assert wrong == [], "make lock"


def test_every_release_of_the_lock_has_hashes(checkout: Path) -> None:
    text = (checkout / ".ci" / "lock.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def _locked(checkout: Path) -> dict[str, str]:
    text = (checkout / ".ci" / "lock.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def _imported(path: Path) -> Iterator[str]:
    for node in statements(tree_of_file(path)):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")
