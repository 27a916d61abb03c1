"""What each short way buys of a cold build: ``make bench ARGS=shortcuts``.

A third of the articles has code, lists, tables, notes and HTML, as desks write them. Each way is switched off in turn
in a process of its own, beside a build with all of them; what counts is the median of these pairs, of user time. The
system's own time differs from build to build by more than a short way buys. The decision record of a short way has
its figure; one that buys less than a tenth goes.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

from .corpus import make_articles
from .generators import CHECKOUT, yoyak
from .measure import run
from .scenarios import Site, make_site

OFF = {
    "quick Markdown": "import yoyak.readers.markdown.reader as it; it.quick_html = lambda text, body: ''",
    "fast Jinja": "import jinja2, yoyak.pipeline.render as it; it.PageEnvironment = jinja2.Environment",
}
"""By the name of a short way, the lines that switch it off."""
WITH = "with all"
_BUILD = "import sys; {off}; from yoyak.__main__ import main; sys.argv[1:] = 'build -q --jobs 1'.split(); main()"


def main(count: int, rounds: int) -> None:
    """Print what a cold build costs with all short ways, and without each."""
    articles = list(make_articles(count, mixed=True))
    found: dict[str, list[float]] = {name: [] for name in (WITH, *OFF)}
    with tempfile.TemporaryDirectory(prefix="yoyak-bench-") as folder:
        for turn in range(rounds):
            for name, seconds in sorted(found.items(), reverse=turn % 2 == 1):
                # A new folder each time: to delete an output just before makes the next one slow on ext4.
                site = make_site(yoyak(), articles, Path(folder) / f"{name}-{turn}".replace(" ", "-"))
                seconds.append(_user(site, OFF.get(name, "pass")))
    print(f"{WITH:<16}{statistics.median(found[WITH]):>8.2f} s of user time")
    for name in OFF:
        pairs = [without / whole for without, whole in zip(found[name], found[WITH], strict=True)]
        print(f"{name:<16}{statistics.median(found[name]):>8.2f} s, without it {statistics.median(pairs) - 1:+.1%}")


def _user(site: Site, off: str) -> float:
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT / "generator")}
    return run((sys.executable, "-c", _BUILD.format(off=off)), site.folder, environment).user
