"""The arrows and invariants of ARCHITECTURE.md that a reader of the source can check. import-linter checks the rest."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
PACKAGE = CHECKOUT / "generator" / "yoyak"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
PURE = [
    module
    for module in MODULES
    if module.startswith(("readers/", "text/", "front_matter/", "pages/", "grouping/", "containers/"))
    or module in {f"pipeline/{stage}.py" for stage in ("parse", "group", "plan", "render")}
]
STORELESS = [
    module
    for module in MODULES
    if module in PURE or module.startswith(("pipeline/", "check/", "publish/", "model/"))
    if module != "publish/deploy.py"  # it holds the lock of builds
]
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "base", "manager"}
LONGEST_FUNCTION = 45
LONGEST_FILE = 300

IMPURE_MODULES = {
    "asyncio", "glob", "http", "locale", "multiprocessing", "os", "random", "secrets", "shutil", "socket", "sqlite3",
    "subprocess", "tempfile", "threading", "time", "urllib.request", "uuid",
}  # fmt: skip
CLOCK_CALLS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
MAY_DECLARE_MARKUP = {
    "pipeline/render.py",
    "templating/language.py",  # one attribute, from a pattern of its own and an escaped value
}
MAY_UNPICKLE = {"parallel/worker.py": {"pickle"}, "parallel/workers.py": {"pickle"}}
"""What a forked worker answers through its pipe: never a file."""
DISK_CALLS = {
    "exists", "is_dir", "is_file", "iterdir", "glob", "mkdir", "open", "read_bytes", "read_text", "rglob", "stat",
    "touch", "unlink", "write_bytes", "write_text",
}  # fmt: skip
OWN_DATA = re.compile(r"files\('yoyak[.\w]*'\)")
"""``importlib.resources``: what the package itself carries is code, not content."""


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [module for module in MODULES if Path(module).stem in VAGUE_NAMES] == []


@pytest.mark.parametrize("module", MODULES)
def test_no_file_holds_two_subjects(module: str) -> None:
    lines = [line for line in _source(module).splitlines() if line.strip()]
    assert len(lines) <= LONGEST_FILE


@pytest.mark.parametrize("module", MODULES)
def test_no_function_is_too_long_to_read(module: str) -> None:
    functions = [node for node in ast.walk(_tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_imports_no_disk_network_clock_or_chance(module: str) -> None:
    assert sorted(set(_imports(_tree(module))) & IMPURE_MODULES) == []


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_touches_no_disk_and_asks_no_clock(module: str) -> None:
    calls = [(node.lineno, ast.unparse(node.func)) for node in ast.walk(_tree(module)) if isinstance(node, ast.Call)]
    assert [f"{line}: {name}" for line, name in calls if _touches_the_world(name)] == []


@pytest.mark.parametrize("module", MODULES)
def test_only_render_declares_text_to_be_safe(module: str) -> None:
    names = {node.id for node in ast.walk(_tree(module)) if isinstance(node, ast.Name)}
    assert "Markup" not in names or module in MAY_DECLARE_MARKUP


@pytest.mark.parametrize("module", MODULES)
def test_only_the_door_declares_html_to_be_safe(module: str) -> None:
    """`SafeHtml("")` may stand anywhere; the store gives back what came through the door, by its digest."""
    calls = [node for node in ast.walk(_tree(module)) if isinstance(node, ast.Call)]
    made = {ast.unparse(node) for node in calls if ast.unparse(node.func) == "SafeHtml"}
    assert made <= {"SafeHtml('')"} or module in {"text/sanitize.py", "store/store.py"}


@pytest.mark.parametrize("module", MODULES)
def test_nothing_is_unpickled_evaluated_or_given_to_a_shell(module: str) -> None:
    tree = _tree(module)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {ast.unparse(node.func) for node in calls}
    shells = [key for node in calls for key in node.keywords if key.arg == "shell"]
    assert not set(_imports(tree)) & {"pickle", "marshal", "shelve"} - MAY_UNPICKLE.get(module, set())
    assert not called & {"eval", "exec", "os.system", "os.popen", "yaml.unsafe_load", "yaml.full_load"}
    assert shells == []


KNOW_THE_POOL = {
    "build/build.py", "build/survey.py", "parallel/pool.py", "show/show.py", "fixing/fix.py", "importing/run.py",
}  # fmt: skip


@pytest.mark.parametrize("module", [module for module in MODULES if module not in KNOW_THE_POOL])
def test_only_what_reads_files_for_a_verb_knows_the_pool(module: str) -> None:
    assert not set(_imports(_tree(module))) & {"yoyak.parallel.pool"}


@pytest.mark.parametrize("module", STORELESS)
def test_no_stage_reader_or_page_knows_the_store(module: str) -> None:
    assert [name for name in _imports(_tree(module)) if f"{name}.".startswith("yoyak.store.")] == []


@pytest.mark.parametrize(
    "module", [module for module in MODULES if module not in {"parallel/pool.py", "parallel/workers.py"}]
)
def test_only_the_pool_knows_its_workers(module: str) -> None:
    assert not set(_imports(_tree(module))) & {"yoyak.parallel.worker", "yoyak.parallel.workers"}


def test_no_template_declares_text_to_be_safe() -> None:
    files = (CHECKOUT / "templates").rglob("*")
    templates = [path for path in files if path.suffix in {".html", ".json", ".txt", ".xml"}]
    unsafe = re.compile(r"\|\s*safe\b|autoescape\s+false")
    assert templates
    assert [path.name for path in templates if unsafe.search(path.read_text(encoding="utf-8"))] == []


def _touches_the_world(call: str) -> bool:
    subject, _, method = call.rpartition(".")
    return (
        call == "open" or call in CLOCK_CALLS or bool(subject and method in DISK_CALLS and not OWN_DATA.match(subject))
    )


def _source(module: str) -> str:
    return (PACKAGE / module).read_text(encoding="utf-8")


def _tree(module: str) -> ast.Module:
    return ast.parse(_source(module))


def _imports(tree: ast.Module) -> Iterator[str]:
    """Give the full name of every imported module, and of every name imported from one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
