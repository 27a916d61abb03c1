"""The arrows and invariants of ARCHITECTURE.md that a reader of the source can check. import-linter checks the rest.

Each rule is a function from the tree of a module to what is wrong there, and one test over all modules. `BROKEN` has
code that each rule must find.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from figures import nodes_of, statements, tree_of_file
from rows import each_row

CHECKOUT = Path(__file__).parent.parent
PACKAGE = CHECKOUT / "generator" / "yoyak"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
PURE_PACKAGES = ("readers/", "text/", "front_matter/", "pages/", "grouping/", "containers/")
PURE_STAGES = tuple(f"pipeline/{stage}.py" for stage in ("parse", "group", "plan", "render"))
PURE = [module for module in MODULES if module.startswith(PURE_PACKAGES) or module in PURE_STAGES]
HOLDS_THE_LOCK = "publish/deploy.py"
STORELESS_PACKAGES = (*PURE_PACKAGES, "pipeline/", "check/", "publish/", "model/")
STORELESS = [module for module in MODULES if module.startswith(STORELESS_PACKAGES) and module != HOLDS_THE_LOCK]
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "base", "manager"}
LONGEST_FUNCTION = 45
LONGEST_FILE = 300

IMPURE_MODULES = {
    "asyncio", "concurrent", "ctypes", "fcntl", "fileinput", "getpass", "glob", "http", "io", "linecache", "locale",
    "logging", "mmap", "multiprocessing", "os", "platform", "pwd", "random", "secrets", "select", "shutil", "signal",
    "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib.request", "uuid",
    "webbrowser",
}  # fmt: skip
"""With all that is in them: ``os`` forbids ``os.path`` too."""
CLOCK_CALLS = {"now", "utcnow", "today", "localtime", "time_ns", "monotonic", "perf_counter"}
DISK_CALLS = {
    "exists", "is_dir", "is_file", "iterdir", "glob", "mkdir", "open", "read_bytes", "read_text", "rglob", "stat",
    "touch", "unlink", "write_bytes", "write_text", "lstat", "rmdir", "symlink_to", "hardlink_to", "readlink", "chmod",
    "expanduser", "is_symlink", "scandir", "walk", "urandom", "samefile", "resolve", "cwd",
}  # fmt: skip
OWN_DATA = re.compile(r"files\('yoyak[.\w]*'\)")
"""``importlib.resources``: what the package itself carries is code, not content."""
MAY_DECLARE_MARKUP = {
    "desk/pages.py",  # bodies that came through the sanitizer, on the pages of the desk
    "pipeline/render.py",
    "templating/language.py",  # one attribute, from a pattern of its own and an escaped value
}
MAY_DECLARE_SAFE_HTML = {"text/sanitize.py", "store/store.py"}
"""The sanitizer, and the store, which gives back by its digest what came out of the sanitizer."""
MAY_UNPICKLE = {"parallel/worker.py", "parallel/workers.py"}
"""What a forked worker answers through its pipe: never a file."""
UNPICKLING = {"pickle", "_pickle", "marshal", "shelve", "dbm", "dill", "cloudpickle"}
EVALUATING = {"eval", "exec", "compile", "__import__", "unsafe_load", "full_load", "unsafe_load_all", "full_load_all"}
SHELLS = {"system", "popen", "getoutput", "getstatusoutput", "create_subprocess_shell"}
SAFE_LOADERS = {"yaml.BaseLoader", "getattr(yaml, 'CSafeLoader', yaml.SafeLoader)"}
KNOW_THE_POOL = {
    "build/build.py", "build/firewall.py", "build/survey.py", "parallel/pool.py", "show/show.py", "fixing/fix.py",
    "importing/run.py",
}  # fmt: skip
KNOW_ITS_WORKERS = {"parallel/pool.py", "parallel/workers.py"}

Rule = Callable[[ast.Module], Iterable[str]]
Found = Mapping[str, list[str]]


# --- the rules -------------------------------------------------------------------------------------------------


def long_functions(tree: ast.Module) -> Iterator[str]:
    for node in statements(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.lineno}: {node.name} has {length} lines"


def relative_imports(tree: ast.Module) -> Iterator[str]:
    """The other rules compare full names."""
    return (f"{node.lineno}" for node in _import_statements(tree) if isinstance(node, ast.ImportFrom) and node.level)


def impure_imports(tree: ast.Module) -> Iterator[str]:
    return (name for name in _imports(tree) if _is_below(name, IMPURE_MODULES))


def calls_into_the_world(tree: ast.Module) -> Iterator[str]:
    for node, name in _calls(tree):
        subject, _, method = name.rpartition(".")
        if name == "open" or (subject and method in CLOCK_CALLS | DISK_CALLS and not OWN_DATA.match(subject)):
            yield f"{node.lineno}: {name}"


def uses_of_markup(tree: ast.Module) -> Iterator[str]:
    return _uses_of("Markup", tree)


def made_safe_html(tree: ast.Module) -> Iterator[str]:
    """`SafeHtml("")` may stand anywhere; an annotation declares nothing."""
    for node, name in _calls(tree):
        made = _last(name) == "SafeHtml" and ast.unparse(node.args[0] if node.args else node) != "''"
        passed = any(_last(ast.unparse(argument)) == "SafeHtml" for argument in node.args)  # cast(SafeHtml, text)
        if made or passed:
            yield f"{node.lineno}: {ast.unparse(node)}"
    yield from (
        f"{alias.name} as {alias.asname}"
        for node in nodes_of(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == "SafeHtml" and alias.asname
    )


def unpickling(tree: ast.Module) -> Iterator[str]:
    return (name for name in _imports(tree) if _is_below(name, UNPICKLING))


def evaluations_and_shells(tree: ast.Module) -> Iterator[str]:
    for node, name in _calls(tree):
        bare, method = "." not in name, _last(name)
        evaluates = method in EVALUATING and (bare or name != "re.compile")
        loads = method in {"load", "load_all"} and name.startswith("yaml.") and _loader(node) not in SAFE_LOADERS
        if evaluates or loads or method in SHELLS or any(key.arg == "shell" for key in node.keywords):
            yield f"{node.lineno}: {ast.unparse(node)}"


def imports_of_the_pool(tree: ast.Module) -> Iterator[str]:
    return (name for name in _imports(tree) if _is_below(name, {"yoyak.parallel.pool"}))


def imports_of_the_workers(tree: ast.Module) -> Iterator[str]:
    return (name for name in _imports(tree) if _is_below(name, {"yoyak.parallel.worker", "yoyak.parallel.workers"}))


def imports_of_the_store(tree: ast.Module) -> Iterator[str]:
    return (name for name in _imports(tree) if _is_below(name, {"yoyak.store"}))


# --- all modules keep them -------------------------------------------------------------------------------------


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [module for module in MODULES if set(Path(module).with_suffix("").parts) & VAGUE_NAMES] == []


def test_no_file_is_longer_than_300_lines() -> None:
    lines = {module: len([line for line in _source(module).splitlines() if line.strip()]) for module in MODULES}
    assert {module: count for module, count in lines.items() if count > LONGEST_FILE} == {}


def test_no_function_is_longer_than_45_lines() -> None:
    assert _broken(long_functions, MODULES) == {}


def test_every_import_has_its_full_name() -> None:
    assert _broken(relative_imports, MODULES) == {}


def test_pure_modules_import_no_disk_network_clock_environment_or_chance() -> None:
    assert _broken(impure_imports, PURE) == {}


def test_pure_modules_touch_no_disk_and_ask_no_clock() -> None:
    assert _broken(calls_into_the_world, PURE) == {}


def test_only_three_modules_declare_text_to_be_safe() -> None:
    assert _broken(uses_of_markup, _naming("Markup")).keys() == MAY_DECLARE_MARKUP


def test_only_the_sanitizer_and_the_store_declare_html_to_be_safe() -> None:
    assert _broken(made_safe_html, _naming("SafeHtml")).keys() == MAY_DECLARE_SAFE_HTML


def test_only_workers_unpickle() -> None:
    assert _broken(unpickling, MODULES).keys() == MAY_UNPICKLE


def test_nothing_is_evaluated_or_given_to_a_shell() -> None:
    assert _broken(evaluations_and_shells, MODULES) == {}


def test_only_what_reads_files_for_a_verb_knows_the_pool() -> None:
    assert _broken(imports_of_the_pool, MODULES).keys() | {"parallel/pool.py"} == KNOW_THE_POOL


def test_only_the_pool_knows_its_workers() -> None:
    assert _broken(imports_of_the_workers, MODULES).keys() == KNOW_ITS_WORKERS


def test_no_stage_reader_or_page_imports_the_store() -> None:
    """Through others neither: the layers of pyproject.toml hold that."""
    assert _broken(imports_of_the_store, STORELESS) == {}
    assert list(imports_of_the_store(_tree(HOLDS_THE_LOCK)))


def test_no_template_declares_text_to_be_safe() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (CHECKOUT / "templates").rglob("*") if path.is_file()}
    assert len(texts) > 20
    assert [path.name for path, text in texts.items() if _is_unsafe(text)] == []


# --- the rules find what they are for --------------------------------------------------------------------------


def test_every_package_and_module_that_a_rule_names_exists() -> None:
    names = {*PURE_STAGES, *MAY_DECLARE_MARKUP, *MAY_DECLARE_SAFE_HTML, *MAY_UNPICKLE, *KNOW_THE_POOL, HOLDS_THE_LOCK}
    assert sorted(names - set(MODULES)) == []
    assert [name for name in STORELESS_PACKAGES if not (PACKAGE / name / "__init__.py").is_file()] == []


BROKEN: list[tuple[Rule, str]] = [
    (long_functions, "class A:\n def f(self):\n" + "  pass\n" * 45 + "class B:\n def f(self): pass\n"),
    (relative_imports, "from . import types"),
    (relative_imports, "from ..text import slugs"),
    (impure_imports, "import os.path"),
    (impure_imports, "from os import path"),
    (impure_imports, "def f():\n from urllib import request"),
    (impure_imports, "import concurrent.futures as many"),
    (calls_into_the_world, "open('a')"),
    (calls_into_the_world, "import datetime as dt\ndt.datetime.now()"),
    (calls_into_the_world, "from datetime import date as day\nday.today()"),
    (calls_into_the_world, "Path('a').read_text()"),
    (calls_into_the_world, "files('other').joinpath('a').read_text()"),
    (uses_of_markup, "import markupsafe\nmarkupsafe.Markup('a')"),
    (uses_of_markup, "from markupsafe import Markup as M"),
    (made_safe_html, "SafeHtml(text)"),
    (made_safe_html, "types.SafeHtml(text)"),
    (made_safe_html, "cast(SafeHtml, text)"),
    (made_safe_html, "from yoyak.model.types import SafeHtml as Safe"),
    (unpickling, "from pickle import loads"),
    (unpickling, "import marshal"),
    (evaluations_and_shells, "builtins.eval('a')"),
    (evaluations_and_shells, "compile('a', 'b', 'exec')"),
    (evaluations_and_shells, "import os as o\no.system('a')"),
    (evaluations_and_shells, "subprocess.run('a', shell=True)"),
    (evaluations_and_shells, "subprocess.getoutput('a')"),
    (evaluations_and_shells, "yaml.load(text, Loader=yaml.Loader)"),
    (evaluations_and_shells, "yaml.load(text, yaml.UnsafeLoader)"),
    (imports_of_the_pool, "from yoyak.parallel import pool"),
    (imports_of_the_pool, "from yoyak.parallel.pool import guarded"),
    (imports_of_the_workers, "import yoyak.parallel.workers"),
    (imports_of_the_store, "from yoyak import store"),
    (imports_of_the_store, "def f():\n from yoyak.store.lock import held"),
]


@each_row(("rule", "code"), BROKEN, ids=lambda value: getattr(value, "__name__", None))
def test_a_rule_finds_what_breaks_it(rule: Rule, code: str) -> None:
    assert list(rule(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "from yoyak.model.types import SafeHtml\ndef f(html: SafeHtml = SafeHtml('')) -> SafeHtml: return html",
        "import re\nre.compile('a')",
        "import yaml\nyaml.load(text, Loader=yaml.BaseLoader)",
        "from importlib.resources import files\nfiles('yoyak.readers').joinpath('rules', 'ko.yaml').read_text()",
        "from datetime import datetime\ndatetime.fromtimestamp(0, tz)\ntext.replace('a', 'b')",
        "from urllib.parse import quote",
    ],
)
def test_no_rule_finds_what_is_allowed(code: str) -> None:
    assert [found for rule in {rule for rule, _ in BROKEN} for found in rule(ast.parse(code))] == []


@pytest.mark.parametrize(
    "text", ["{{ a|safe }}", "{{ a | upper|safe}}", "{% autoescape false %}", "{% filter safe %}", "{{ Markup(a) }}"]
)
def test_a_template_that_declares_text_to_be_safe_is_found(text: str) -> None:
    assert _is_unsafe(text)


def _is_unsafe(template: str) -> bool:
    return bool(re.search(r"\|\s*safe\b|\bautoescape\s+(?!true)|\bfilter\s+safe\b|\bMarkup\b", template))


# --- the source ------------------------------------------------------------------------------------------------


def _broken(rule: Rule, modules: Iterable[str]) -> Found:
    """Return what is wrong in each module where something is."""
    return {module: found for module in modules if (found := list(rule(_tree(module))))}


def _naming(word: str) -> list[str]:
    """Return the modules that have a word: only they can use what is called so."""
    return [module for module in MODULES if word in _source(module)]


@cache
def _source(module: str) -> str:
    return (PACKAGE / module).read_text(encoding="utf-8")


@cache
def _tree(module: str) -> ast.Module:
    return tree_of_file(PACKAGE / module)


@cache
def _calls(tree: ast.Module) -> tuple[tuple[ast.Call, str], ...]:
    return tuple((node, ast.unparse(node.func)) for node in nodes_of(tree) if isinstance(node, ast.Call))


def _imports(tree: ast.Module) -> Iterator[str]:
    """Give the full name of every imported module, and of every name imported from one."""
    for node in _import_statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def _import_statements(tree: ast.Module) -> tuple[ast.Import | ast.ImportFrom, ...]:
    return tuple(node for node in statements(tree) if isinstance(node, ast.Import | ast.ImportFrom))


def _uses_of(name: str, tree: ast.Module) -> Iterator[str]:
    """Give the lines where a name is used, as an attribute and under another name too."""
    for node in nodes_of(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.lineno}" for alias in node.names if alias.name == name)
        elif isinstance(node, ast.Name | ast.Attribute) and name == getattr(node, "id", getattr(node, "attr", "")):
            yield f"{node.lineno}"


def _loader(call: ast.Call) -> str:
    """Return what `yaml.load` is given to load with."""
    given = [*call.args[1:], *(key.value for key in call.keywords if key.arg == "Loader")]
    return ast.unparse(given[0]) if given else ""


def _is_below(name: str, above: Iterable[str]) -> bool:
    return any(f"{name}.".startswith(f"{one}.") for one in above)


def _last(name: str) -> str:
    return name.rpartition(".")[2]
