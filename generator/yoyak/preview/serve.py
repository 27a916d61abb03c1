"""serve: watch a site, build its preview and show it in the browser, until Ctrl-C."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from time import strftime

import click

from yoyak.build import BuildRequest, build
from yoyak.config import load_config
from yoyak.model import BuildReport, Record
from yoyak.preview.hints import Hints
from yoyak.preview.live import Bell
from yoyak.preview.server import Server, app, listen
from yoyak.preview.session import Build, Recall, Session
from yoyak.preview.terminal import lines, printable
from yoyak.preview.watcher import Watcher
from yoyak.problems import Problem, YoyakError

Say = Callable[[str], None]

_END_TIME = 5.0
"""Seconds that a running build gets to finish after Ctrl-C."""


class ServeOptions(Record, kw_only=True):
    folder: Path
    """The site folder."""
    port: int = 8000
    """0 for any; if it is taken the next free one."""
    open_browser: bool = False
    at: datetime | None = None
    """The clock of every build; None for the real one."""


def serve(options: ServeOptions, say: Say = click.echo) -> None:
    """Preview a site at an address of this machine until Ctrl-C.

    Raises:
        YoyakError: the site cannot be built at all, or no port is free.
    """
    with suppress(KeyboardInterrupt):
        _serve(options, _one_line_at_a_time(say))


def _serve(options: ServeOptions, say: Say) -> None:
    folder = options.folder.resolve()
    output = folder / ".yoyak" / "preview"
    session = Session(folder, output, _preview_build(folder, output, options.at))
    hints = Hints()
    watcher = Watcher(folder, hints.note, say)
    with _listener(options.port) as listener, closing(watcher), closing(hints):
        watcher.start()  # before the first build, so that no save is missed during it
        told = _tell(session.start(), (), say)
        _greet(options, session, listener, say)
        _run(session, hints, watcher, listener, told, say)


def _listener(port: int) -> socket.socket:
    try:
        return listen(port)
    except OSError as error:
        raise YoyakError(f"The preview cannot start: {error}.") from error


def _greet(options: ServeOptions, session: Session, listener: socket.socket, say: Say) -> None:
    port = listener.getsockname()[1]
    address = f"http://127.0.0.1:{port}{session.state.base_path}"
    if options.port not in (0, port):
        say(f"Port {options.port} is taken, so this preview is at port {port}.")
    config, _ = load_config(session.folder, at=options.at, preview=True, environment={})
    title = printable(config.title) if config else session.folder.name
    say(f"Preview of {title} at {address} (Ctrl-C ends it)")
    if options.open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _run(
    session: Session, hints: Hints, watcher: Watcher, listener: socket.socket, told: tuple[Problem, ...], say: Say
) -> None:
    bell = Bell()
    worker = threading.Thread(target=_work, args=(session, hints, watcher, bell, told, say), daemon=True)
    worker.start()
    try:
        Server(app(session, bell, port=listener.getsockname()[1]), bell).run(sockets=[listener])
    finally:
        hints.close()
        worker.join(_END_TIME)


def _preview_build(folder: Path, output: Path, at: datetime | None) -> Build:
    request = BuildRequest(folder=folder, output=output, preview=True, at=at, keep_going=True)

    def build_preview(recall: Recall) -> BuildReport:
        return build(request, recall=recall)

    return build_preview


def _work(session: Session, hints: Hints, watcher: Watcher, bell: Bell, told: tuple[Problem, ...], say: Say) -> None:
    """Build after every change until the hints are closed. No other thread builds once the server runs."""
    while hints.wait(watcher.pause):
        watcher.follow()
        outcome = session.refresh()
        if outcome is not None:
            bell.ring()
            told = _tell(outcome, told, say)


def _tell(outcome: BuildReport | YoyakError, told: tuple[Problem, ...], say: Say) -> tuple[Problem, ...]:
    for line in lines(outcome, told, strftime("%H:%M:%S")):
        say(line)
    return told if isinstance(outcome, YoyakError) else outcome.problems


def _one_line_at_a_time(say: Say) -> Say:
    def guarded(line: str) -> None:
        with suppress(OSError):  # the terminal is gone: the preview is still of use
            say(line)

    return guarded
