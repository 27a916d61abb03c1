"""What every test may use. The page tests have more in browser/conftest.py."""

from __future__ import annotations

import compileall
import gc
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings

from browser import tools
from command import run_yoyak, without_progress
from compiled_templates import keep
from disks import roomy_memory
from forks import lie_in_large_pages, no_forks
from starts import starts_processes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A law that fails is found again on the next run, on any machine; no clock of a busy machine fails it.
settings.register_profile("yoyak", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("yoyak")

# A shell that starts the tests in the background has Ctrl-C ignored, and so would every program that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Tests compare English texts, whatever language the machine speaks.
os.environ["YOYAK_LANG"] = "en"

# What pytest compiles of the tests is kept, whatever PYTHONDONTWRITEBYTECODE says: it takes six seconds of each worker.
sys.dont_write_bytecode = False

keep()

T = TypeVar("T")

WORKERS = {"process", "slow", "browser"}
"""What a test is marked with that may have workers."""

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_configure(config: pytest.Config) -> None:
    """Compile yoyak once, whatever PYTHONDONTWRITEBYTECODE says: each of 1,000 processes would do it again.

    Let tests write in memory: a build waits for the disk several times, and a sixth of its work is the disk's.
    """
    if hasattr(config, "workerinput"):
        return
    compileall.compile_dir(Path(__file__).parent.parent / "generator", quiet=2)
    if memory := roomy_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage among the tests, and seldom among what comes later; make forks cheap.

    Each fork would copy what the interpreter writes where it looks, and looking takes three quarters of the time of
    reading the syntax trees of the package.
    """
    gc.disable()
    yield
    gc.freeze()
    lie_in_large_pages()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run three processes on two cores: a third of all tests' time is waiting. Those of `make fast` do not wait."""
    chosen = config.option.markexpr or "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ
    return None if chosen else (os.cpu_count() or 1) * 3 // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts processes; begin with the files that take long: none is to be left to one worker."""
    for item in items:
        if isinstance(item, pytest.Function) and starts_processes(item):
            item.add_marker("process")
    long = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in long)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Send what fails or is skipped to the process that prints, and of what passes one report, not six messages."""
    if not hasattr(item.config, "workerinput"):
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


@pytest.fixture(autouse=True)
def _alone(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let `make fast` read files and render pages in this process, as on Windows: forks are half of a small build.

    Let no test speak the language that another one chose. It is one fixture: each takes time of each test.
    """
    alone = WORKERS.isdisjoint(mark.name for mark in request.node.iter_markers())
    with no_forks() if alone else nullcontext():
        yield
    if catalogue := sys.modules.get("yoyak.messages.catalogue"):
        catalogue.speak_in("en")


@pytest.fixture
def forkless() -> Iterator[None]:
    """Let a slow test fork nothing either: one of many small builds that is about what they make, not who makes it."""
    with no_forks():
        yield


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top of the checkout."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def yoyak() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command line as a user has it: ``yoyak("build", "--site", folder)``."""

    def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        done = run_yoyak(*arguments, cwd=cwd)
        done.stderr = without_progress(done.stderr)
        return done

    return run


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for the tests of a module.

    Not for the session: while playwright's synchronous interface is open, its thread runs an event loop, and
    tests of other modules that run one of their own would fail beside it.
    """
    from playwright.sync_api import sync_playwright  # here, so that tests without a browser do without it

    program = _needed(tools.find_chromium(), "Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The accessibility engine, to be evaluated in a page."""
    return _needed(tools.AXE if tools.AXE.is_file() else None, "axe-core").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def nu_validator() -> tuple[str, ...]:
    """The beginning of a command that checks HTML and CSS."""
    jar = _needed(tools.VNU if tools.VNU.is_file() else None, "the Nu validator")
    return (_needed(tools.find_java(), "Java"), "-jar", str(jar))


@pytest.fixture(scope="session")
def nginx() -> str:
    """The program of a web server. Debian has it where a user's PATH does not lead."""
    return _needed(shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])), "nginx")


def _needed(found: T | None, name: str) -> T:
    """Skip a test for what this machine lacks; in CI, fail it."""
    if found is not None:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is missing; `make test` installs it")
    pytest.skip(f"{name} is missing; `make test` installs it")
