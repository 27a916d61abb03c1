"""The figures of the code's order: ``make figures`` prints them, and ``tests/test_figures.py`` holds them."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parent.parent
SOURCES = CHECKOUT / "generator"
ROOT = "yoyak"
AT_THE_TOP = {"__init__"}
"""No loose module: a package has one, whatever else it has."""

ONE_FILE = {
    "site.yaml": "title: One file\nbase_url: https://example.org\nlanguage: en\ntimezone: Asia/Seoul\n",
    "content/articles/one.md": "---\ntitle: One\ndate: 2026-01-02\n---\nOne *plain* paragraph.\n",
}
BUILD = (
    "import sys\nfrom yoyak.__main__ import main\ntry:\n    main()\nfinally:\n"
    "    print('MODULES', *[name for name in sys.modules if name.split('.')[0] == 'yoyak'])\n"
)
_WORD_ENDS = re.compile(r"[·,;]|\.(?=\s|$)|\n\n")
_NO_WORDS = re.compile(r"\([^()]*\)|^[^·:]*:|[*`]", re.MULTILINE)
"""What is in brackets, the beginning of a list, and marks."""


# --- the modules and their imports -----------------------------------------------------------------------------


@cache
def modules() -> Mapping[str, Path]:
    """Return every module of the package by its dotted name."""
    found = {}
    for path in sorted((SOURCES / ROOT).rglob("*.py")):
        parts = path.relative_to(SOURCES).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree_of_file(path: Path) -> ast.Module:
    """Return the syntax tree of a file, parsed once for all tests of a process that look for something in it."""
    return ast.parse(path.read_bytes())


@cache
def nodes_of(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Return all nodes of a tree, each before those in it, in a fraction of the time of `ast.walk`."""
    found: list[ast.AST] = [tree]
    for node in found:  # which grows meanwhile
        for value in vars(node).values():
            if isinstance(value, ast.AST):
                found.append(value)
            elif isinstance(value, list):
                found += [one for one in value if isinstance(one, ast.AST)]
    return tuple(found)


def tree_of(module: str) -> ast.Module:
    """Return the syntax tree of a module."""
    return tree_of_file(modules()[module])


def statements_in(node: ast.AST) -> Iterator[ast.AST]:
    """Give the statements right below a node. Expressions, most of a tree, have no import and no class."""
    for field in ("body", "handlers", "cases", "orelse", "finalbody"):
        yield from getattr(node, field, ())


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Give all statements of a tree, those of functions and classes too."""
    for node in statements_in(tree):
        yield node
        yield from statements(node)


def loose_modules() -> list[str]:
    """Return the modules that lie at the top, in no package."""
    return sorted(path.stem for path in (SOURCES / ROOT).glob("*.py") if path.stem not in AT_THE_TOP)


@cache
def imports_of(module: str, *, typing_only: bool = False) -> set[str]:
    """Return the modules of ours that a module imports when it runs, in functions too; or those for types only."""
    names = set(_names(tree_of(module), at_run=not typing_only))
    package = module if modules()[module].stem == "__init__" else module.rpartition(".")[0]
    absolute = {name if not name.startswith(".") else _absolute(name, package) for name in names}
    return {found for name in absolute if (found := _module_of(name))} - {module}


def _names(tree: ast.AST, *, at_run: bool) -> Iterator[str]:
    for node in statements_in(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for branch in node.orelse if at_run else node.body:
                yield from _names(ast.Module([branch], []), at_run=True)
        elif at_run and isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif at_run and isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)
        else:
            yield from _names(node, at_run=at_run)


def _absolute(name: str, package: str) -> str:
    level = len(name) - len(name.lstrip("."))
    above = package.split(".")[: len(package.split(".")) - (level - 1)]
    return ".".join([*above, *filter(None, name.lstrip(".").split("."))])


def _module_of(name: str) -> str | None:
    """Return the module that an imported name is, or is defined in; a package only if one of its own names is meant."""
    if name in modules():
        return name
    parent = name.rpartition(".")[0]
    return parent if parent in modules() else None


def circles(arrows: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return the strongly connected components of more than one member (Tarjan)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        number[node] = low[node] = len(number)
        stack.append(node)
        for target in arrows.get(node, ()):
            if target not in number:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], number[target])
        if low[node] == number[node]:
            at = stack.index(node)
            component, stack[at:] = stack[at:], []
            if len(component) > 1:
                found.append(sorted(component))

    for node in sorted(arrows):
        if node not in number:
            visit(node)
    return sorted(found)


@cache
def import_circles() -> list[list[str]]:
    """Return circles of modules, of imports that happen when the code runs."""
    return circles({module: imports_of(module) for module in modules()})


def circles_with_types() -> list[list[str]]:
    """Return circles that need an import for types only."""
    whole = {module: imports_of(module) | imports_of(module, typing_only=True) for module in modules()}
    return [circle for circle in circles(whole) if circle not in import_circles()]


def package_circles() -> list[list[str]]:
    """Return circles of the packages at the top; a loose module counts as a package of one file."""
    arrows: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        if module != ROOT:
            arrows[_top(module)] |= {_top(target) for target in imports_of(module) if target != ROOT} - {_top(module)}
    return circles(arrows)


def _top(module: str) -> str:
    return module.split(".")[1] if "." in module else module


# --- types, contracts, lines, words ----------------------------------------------------------------------------


def duplicate_types() -> dict[str, list[str]]:
    """Return the names that classes share (those in functions and in classes too), with their places."""
    places: dict[str, list[str]] = defaultdict(list)
    for module, path in modules().items():
        for node in statements(tree_of(module)):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.relative_to(SOURCES / ROOT)}:{node.lineno}")
    return {name: found for name, found in sorted(places.items()) if len(found) > 1}


def contracts() -> list[dict[str, Any]]:
    """Return the contracts of import-linter, as pyproject.toml has them."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return found


def unlisted() -> list[str]:
    """Return the packages and modules at the top that no layer of the whole names; other layers are of one package."""
    named = {
        name
        for contract in contracts()
        if contract.get("containers") == [ROOT]
        for layer in contract["layers"]
        for name in re.findall(r"\w+", layer)
    }
    return sorted({_top(module) for module in modules() if module != ROOT} - named)


def lines_by_package() -> Counter[str]:
    """Return the non-blank lines of Python by package, what is loose under its one name."""
    lines: Counter[str] = Counter()
    for module, path in modules().items():
        loose = path.parent == SOURCES / ROOT
        lines["(loose)" if loose else _top(module)] += _non_blank(path)
    return lines


def _non_blank(path: Path) -> int:
    return sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def glossary() -> list[str]:
    """Return the words of ARCHITECTURE.md's glossary: what dots and commas divide, or a table's first column."""
    text = (CHECKOUT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    part = re.search(r"^## (?:Words|Glossary)$(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert part, "ARCHITECTURE.md has no glossary"
    _, _, words = part[1].strip().partition("\n\n")  # the sentence that introduces it
    if table := re.findall(r"^\| *\**([^|*]+?)\** *\|", words, re.MULTILINE):
        return [word for word in table if not set(word) <= set("-: ")][1:]
    found = [" ".join(word.split()) for word in _WORD_ENDS.split(_NO_WORDS.sub("", words))]
    return [word for word in found if word]


# --- what a small build imports --------------------------------------------------------------------------------


def modules_of_a_small_build() -> list[str]:
    """Return the modules of ours that a build of one Markdown file imports, before it forks."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in ONE_FILE.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        run = subprocess.run(
            [sys.executable, "-c", BUILD, "build", "--site", folder],
            env=os.environ | {"PYTHONPATH": str(SOURCES)},
            capture_output=True,
            text=True,
            check=False,
        )
    answer = [line.split()[1:] for line in run.stdout.splitlines() if line.startswith("MODULES")]
    if run.returncode or len(answer) != 1:
        raise RuntimeError(run.stdout + run.stderr)
    return sorted(answer[0])


# --- the command -----------------------------------------------------------------------------------------------


def report() -> Iterator[str]:
    """Give the lines that ``make figures`` prints."""
    yield f"loose modules at the top    {len(loose_modules())} (bound 2)  {' '.join(loose_modules())}"
    yield from _listed("import circles, modules    ", import_circles(), "0")
    yield from _listed("  with imports for types   ", circles_with_types(), None)
    yield from _listed("import circles, packages   ", package_circles(), "0")
    duplicates = duplicate_types()
    yield f"duplicate type names        {len(duplicates)} (bound 0)"
    yield from (f"    {name}: {', '.join(places)}" for name, places in duplicates.items())
    exhaustive = [contract["id"] for contract in contracts() if contract.get("exhaustive")]
    yield f"contracts of import-linter  {len(contracts())}, exhaustive: {', '.join(exhaustive) or 'none'}"
    yield f"  not in any layer          {len(unlisted())} (bound 0)  {' '.join(unlisted())}"
    lines = lines_by_package()
    yield f"non-blank lines of Python   {lines.total():,} (bound 24,000) in {len(modules())} modules"
    yield from (f"    {package:<22}{count:>7,}" for package, count in lines.most_common())
    yield f"words in the glossary       {len(glossary())} (bound 35)"
    yield f"modules of a small build    {len(modules_of_a_small_build())} (bound 90)"


def _listed(label: str, found: list[list[str]], bound: str | None) -> Iterator[str]:
    yield f"{label} {len(found)}{f' (bound {bound})' if bound else ''}"
    yield from (f"    {len(circle)}: {' '.join(circle)}" for circle in found)


if __name__ == "__main__":
    print("\n".join(report()))
