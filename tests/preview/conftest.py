"""A small site of paper: what a build would leave, and a server that shows it."""

from __future__ import annotations

import hashlib
import json
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import pytest
from msgspec import Struct

from command import Started, run_yoyak, start_yoyak
from yoyak.model.build import BuildReport
from yoyak.model.message import Problem
from yoyak.preview.live import Bell
from yoyak.preview.server import Server, app, listen
from yoyak.preview.session import Previewer

PAGES = {
    "index.html": "<!doctype html><title>Front</title><h1>Front</h1>",
    "404.html": "<!doctype html><title>Not found</title><h1>Not found</h1>",
    "articles/summit/index.html": "<!doctype html><title>Summit</title><h1>Summit</h1>",
    "tags/소버린-ai/index.html": "<!doctype html><title>소버린 AI</title><h1>소버린 AI</h1>",
    "feed.xml": "<feed/>",
    "rss.xml": "<rss/>",
    "feed.json": "{}",
    "sitemap.xml": "<urlset/>",
    "robots.txt": "User-agent: *",
    "assets/style.0123456789.css": "body{}",
    "assets/harbour.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}


class PaperSite(Struct, kw_only=True):
    """A site folder whose build is a list of pages that a test may change."""

    folder: Path
    pages: dict[str, str]
    base_url: str = "https://digest.example.org/"
    problems: tuple[Problem, ...] = ()
    builds: int = 0

    @property
    def output(self) -> Path:
        return self.folder / ".yoyak" / "preview"

    def build(self, _: object = None) -> BuildReport:
        self.builds += 1
        for path, text in self.pages.items():
            (self.output / path).parent.mkdir(parents=True, exist_ok=True)
            (self.output / path).write_text(text, encoding="utf-8")
        files = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in self.pages.items()}
        manifest = {"format": 1, "preview": True, "base_url": self.base_url, "files": files}
        (self.output / ".yoyak-manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return report(problems=self.problems)


def report(*, problems: tuple[Problem, ...] = (), changed: tuple[str, ...] = (), complete: bool = True) -> BuildReport:
    return BuildReport(
        articles=16,
        pages=len(PAGES),
        written=(),
        changed=changed,
        unchanged=0,
        removed=(),
        held=(),
        left_out=(),
        problems=problems,
        seconds={"parse": 0.1, "render": 0.2},
        output="",
        complete=complete,
    )


class Preview(Struct, kw_only=True):
    """A running preview."""

    site: PaperSite
    session: Previewer
    bell: Bell
    port: int

    def save_and_build(self, name: str = "content/a.md", text: str = "changed") -> None:
        """Save a file and build as the worker would after a hint."""
        (self.site.folder / name).write_text(f"{text} {self.site.builds}", encoding="utf-8")
        assert self.session.refresh() is not None
        self.bell.ring()


SETTINGS = """\
title: 시험 다이제스트
base_url: https://digest.example.org/digest/
language: en
timezone: Asia/Seoul
"""


SERVES = ("yoyak.preview.serve", "yoyak.importing.run", "yoyak.readers.markdown.engine", "yoyak.readers.saved_page")


class Running(Struct, kw_only=True):
    """``yoyak serve`` as a process of its own, for a small real site."""

    folder: Path
    process: Started | subprocess.Popen[bytes]
    terminal: Path

    @property
    def greeting(self) -> str:
        return next((line for line in self.lines() if line.startswith("Preview of")), "")

    @property
    def port(self) -> int:
        return int(self.greeting.split("127.0.0.1:")[1].split("/")[0])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/digest/"

    def lines(self) -> list[str]:
        return self.terminal.read_text(encoding="utf-8").splitlines()

    def text(self, title: str, body: str, more: str = "") -> str:
        return f"---\ntitle: {title}\ndate: 2024-07-03\nthemes: [harbour]\n{more}---\n\n{body}\n"

    def save(self, name: str, body: str, more: str = "") -> None:
        (self.folder / "content" / f"{name}.md").write_text(self.text(name, body, more), encoding="utf-8")

    def page(self, path: str) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Start ``yoyak serve``: ``start(settings=…, port=…)``."""
    with previews(tmp_path) as begin:
        yield begin


@cache
def warm() -> None:
    """Import what a preview imports, and compile yoyak's templates: once here, not once in each fork."""
    for name in SERVES:
        import_module(name)
    with TemporaryDirectory() as place:
        article, settings = Path(place) / "content" / "a.md", Path(place) / "site.yaml"
        article.parent.mkdir()
        article.write_text("---\ntitle: A\ndate: 2024-07-03\nthemes: [harbour]\n---\n\nA.\n", encoding="utf-8")
        settings.write_text(SETTINGS, encoding="utf-8")
        assert run_yoyak("build", "--preview", "--site", place).returncode == 0


@contextmanager
def previews(place: Path) -> Iterator[Callable[..., Running]]:
    """Give what starts a preview of the site in a folder, and end them all."""
    started: list[Running] = []

    def begin(*, settings: str = SETTINGS, port: int = 0, more: Sequence[str] = ()) -> Running:
        folder, terminal = place.resolve() / "site", place / "terminal.txt"
        (folder / "content").mkdir(parents=True, exist_ok=True)
        (folder / "site.yaml").write_text(settings, encoding="utf-8")
        warm()
        process = start_yoyak("serve", "--site", folder, "--port", str(port), *more, said=terminal)
        running = Running(folder=folder, process=process, terminal=terminal)
        started.append(running)
        until(lambda: running.greeting or process.poll() is not None, 30)
        return running

    try:
        yield begin
    finally:
        for running in started:
            running.process.kill()
            running.process.wait(10)


@pytest.fixture
def running(tmp_path: Path, start: Callable[..., Running]) -> Running:
    """A preview of a site with two articles."""
    content = tmp_path.resolve() / "site" / "content"
    content.mkdir(parents=True)
    for name, sentence in (("ferry", "The ferry sails."), ("bridge", "The bridge stands.")):
        text = f"---\ntitle: {name.title()}\ndate: 2024-07-03\nthemes: [harbour]\n---\n\n{sentence}\n"
        (content / f"{name}.md").write_text(text, encoding="utf-8")
    return start()


@pytest.fixture
def site(tmp_path: Path) -> PaperSite:
    folder = tmp_path.resolve() / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "site.yaml").write_text("title: Paper\n", encoding="utf-8")
    (folder / "content" / "a.md").write_text("# A\n", encoding="utf-8")
    return PaperSite(folder=folder, pages=dict(PAGES))


@pytest.fixture
def session(site: PaperSite) -> Previewer:
    """A session that has built once."""
    session = Previewer(site.folder, site.output, site.build)
    session.start()
    return session


@pytest.fixture
def preview(site: PaperSite, session: Previewer) -> Iterator[Preview]:
    """A server that shows the site at a free port."""
    bell = Bell()
    with listen(0) as listener:
        port = listener.getsockname()[1]
        server = Server(app(session, bell, port=port), bell)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        until(lambda: server.started)
        yield Preview(site=site, session=session, bell=bell, port=port)
        server.should_exit = True
        thread.join(10)


def until(condition: object, longest: float = 30.0) -> None:
    """Wait for a condition to hold; the test fails when it never does."""
    assert callable(condition)
    end = monotonic() + longest
    while not condition():
        assert monotonic() < end, "waited in vain"
        sleep(0.01)


def ask(port: int, request: bytes) -> bytes:
    """Send the very bytes of a request and return the whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)
