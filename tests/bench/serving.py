"""The development servers: from a save to the moment in which a plain HTTP client gets the new text, and memory.

A body edit is served when the article's page has it; a title edit, when the page of its day has it too. The memory of
the server's processes is taken after the first save and after the last, so that what every rebuild leaves behind shows.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter, sleep
from urllib.parse import quote
from urllib.request import urlopen

from .measure import Failed, memory
from .scenarios import Site, clean, edited_sentence, edited_title

POLLED_EVERY = 0.005
LONGEST = 300
REST = 0.5
"""Seconds between two saves, beside those that the server needed to start: Pelican, say, serves an edited page before
it has written the others, and misses what is saved until then."""


def measure_serve(site: Site, saves: int) -> dict[str, float]:
    """Serve a site and save its article so many times, its body and its title by turns."""
    clean(site)
    article = f"articles/{site.article.slug}/"
    day = site.generator.day.format(site.article.date) + "/"
    body, title = site.article.body, site.article.title
    waits: dict[str, list[float]] = {"body": [], "title": []}
    sizes = []
    with _server(site) as (address, session):
        up = _wait(address, [article, day], title)
        for turn in range(max(2, saves)):
            sleep(REST + up)
            if turn % 2:
                new = edited_title(site.article, turn)
                site.replace(title, new)
                waits["title"].append(_wait(address, [article, day], new))
                title = new
            else:
                new = f"{site.article.body}\n{edited_sentence(turn)}\n"
                site.replace(body, new)
                waits["body"].append(_wait(address, [article], edited_sentence(turn)))
                body = new
            sizes.append(memory(session))
    measures = {"serve up s": up} | {f"serve {what} ms": 1000 * median(each) for what, each in waits.items()}
    return measures | ({"serve first MB": sizes[0], "serve last MB": sizes[-1]} if sizes[0] else {})


@contextmanager
def _server(site: Site) -> Iterator[tuple[str, int]]:
    """Run the site's development server for a while: its address, and the session of its processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [part.format(port=port) for part in site.generator.serve]
    process = subprocess.Popen(
        command, cwd=site.folder, env=site.generator.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}/", process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(address: str, pages: list[str], text: str) -> float:
    """Poll until all these pages show a text, and return the seconds that it took."""
    start = perf_counter()
    while not all(text in _get(address + quote(page)) for page in pages):
        if perf_counter() - start > LONGEST:
            raise Failed(f"no page of {address} showed {text!r} in {LONGEST} seconds")
        sleep(POLLED_EVERY)
    return perf_counter() - start


def _get(url: str) -> str:
    try:
        with urlopen(url, timeout=LONGEST) as answer:
            return str(answer.read().decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException):
        return ""
