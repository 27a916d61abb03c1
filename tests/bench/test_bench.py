"""The benchmark runs, and measures only builds whose output is right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.corpus import make_articles
from bench.generators import yoyak
from bench.measure import Failed, run
from bench.scenarios import make_site, measure_builds

CHECKOUT = Path(__file__).parent.parent.parent
STALE_BUILD = """
import pathlib, sys
sources = sorted(pathlib.Path("content/articles").iterdir())
pages = {f"articles/{source.stem}/index.html": source.read_text("utf-8") for source in sources}
for name, text in (pages | {"list.html": "".join(pages.values())}).items():
    page = pathlib.Path("output", name)
    page.parent.mkdir(parents=True, exist_ok=True)
    if not (page.exists() and name.startswith(sys.argv[1])):
        page.write_text(text, "utf-8")
"""
"""A generator that writes the pages below one path only once."""


@pytest.mark.slow
def test_the_benchmark_prints_every_scenario_of_yoyak() -> None:
    command = "-m tests.bench --count 12 --rounds 1 --peers --growth --serve --saves 2 --no-history".split()
    done = subprocess.run([sys.executable, *command], cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = {line.split("  ")[0] for line in done.stdout.splitlines()}
    scenarios = {f"{scenario} s" for scenario in ("cold", "no-op", "body edit", "title edit", "--version")}
    assert rows >= scenarios | {"sample site s", "pages", "cold s growth", "serve body ms", "serve title ms"}


@pytest.mark.parametrize(("kept", "missed"), [("articles", "body"), ("list.html", "title everywhere")])
def test_a_generator_that_leaves_an_old_page_has_failed(kept: str, missed: str, tmp_path: Path) -> None:
    stale = yoyak()._replace(build=(sys.executable, "-c", STALE_BUILD, kept))
    site = make_site(stale, list(make_articles(3)), tmp_path / "site")
    with pytest.raises(Failed, match=f"did not show an edited {missed}"):
        measure_builds(site, 0)


def test_a_command_that_fails_has_no_cost(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="ended with 3: too bad"):
        run((sys.executable, "-c", "print('too bad'); raise SystemExit(3)"), tmp_path, {})


def test_the_cost_of_a_process_counts_its_children(tmp_path: Path) -> None:
    burn = "sum(range(10**7))"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{burn}'])"
    assert run((sys.executable, "-c", code), tmp_path, {}).cpu > run((sys.executable, "-c", ""), tmp_path, {}).cpu
