"""serve: watch a site, build its preview and show it in the browser, until Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from contextvars import copy_context
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path

import click
from msgspec.structs import replace

from yoyak.build.build import BuildRequest, build
from yoyak.engine.run import Session
from yoyak.incremental.unchanged import FilesSeen, clock
from yoyak.messages.catalogue import language_for
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildReport
from yoyak.model.message import say
from yoyak.model.types import Person, Record
from yoyak.paths import PREVIEW
from yoyak.preview.bookmark import kept_key, key_of, port_of_bookmark
from yoyak.preview.clips import Take, clip_routes
from yoyak.preview.desk import Desk, desk_routes
from yoyak.preview.future import future_routes
from yoyak.preview.guests import invitations, invited
from yoyak.preview.hints import Hint, Hints
from yoyak.preview.live import Bell
from yoyak.preview.running import noted, runs_at
from yoyak.preview.server import Server, app, listen, open_socket
from yoyak.preview.session import Build
from yoyak.preview.session import Previewer as PreviewSession
from yoyak.preview.terminal import Terminal
from yoyak.preview.watcher import Watcher
from yoyak.settings.config import load_config
from yoyak.store.stamps import Stamps

_SOON = 0.3
"""Seconds after which everything is looked at, when only a few files were."""
_ALL = "0.0.0.0"  # noqa: S104 - only with --share
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
    take: Take | None = None
    """Makes an article of what the bookmark sends; None for a preview that takes nothing."""
    person: Person | None = None
    """Who writes what is written on the desk; without anybody it can only be read."""
    share: tuple[Person, ...] = ()
    """Who else may look at it, over the network."""
    share_on: str = ""
    """The address of this machine for them; empty for all addresses."""
    may_approve: bool = False
    """They may approve and ask for changes."""
    show: str = ""
    """The path of the page that is opened in the browser; empty for the front page."""


def serve(options: ServeOptions, say: Callable[[str], None] = click.echo) -> None:
    """Preview a site at an address of this machine until Ctrl-C.

    Raises:
        YoyakError: the site cannot be built at all, or no port is free.
    """
    with suppress(KeyboardInterrupt):
        _serve(options, Terminal(say))


def _serve(options: ServeOptions, terminal: Terminal) -> None:
    folder = options.folder.resolve()
    output = folder / PREVIEW
    session, bell = PreviewSession(folder, output), Bell()
    kept = Session()
    session.at = options.at
    session.build = _preview_build(options, session, kept, bell)
    hints = Hints()

    def turn(at: datetime | None) -> None:
        session.turn(at)
        hints.note(Hint())

    watcher = Watcher(folder, hints.note, terminal.say)
    guests = tuple(invited(one, may_approve=options.may_approve) for one in options.share)
    with closing(watcher), closing(hints), closing(kept), ExitStack() as stack:
        listeners = [stack.enter_context(one) for one in _listeners(options)]
        watcher.start()  # before the first build, so that no save is missed during it
        config, _ = load_config(folder, at=options.at, preview=True, environment={})
        session.language = language_for(config.language) if config else "en"
        terminal.tell(session.start())
        port = listeners[0].getsockname()[1]
        with noted(folder, port):
            _greet(options, config.title if config else folder.name, session.state.base_path, port, terminal)
            for line in invitations(guests, options.share_on, port):
                terminal.say(line)
            worker = _worker(session, hints, watcher, bell, terminal)
            if options.take:
                key_of(folder)
            clips = clip_routes(options.take, partial(kept_key, folder), session.language) if options.take else ()
            desk = stack.enter_context(closing(Desk(session, options.person)))
            pages = desk_routes(desk, config.title if config else folder.name)
            more = (*clips, *pages, *future_routes(session, options.at, turn))
            inner = app(session, bell, port=port, more=more, guests=[guest for guest, _ in guests])
            _run(Server(inner, bell, say=terminal.say, language=session.language), listeners, worker, hints)


def _listeners(options: ServeOptions) -> list[socket.socket]:
    """Return what the preview listens on: this machine for itself first, and with guests their address."""
    port, share_on = options.port, options.share_on
    try:
        if not options.share:
            return [listen(port)]
        if share_on in ("", _ALL):
            return [listen(port, _ALL)]  # among them the address at which the editor looks
        own = listen(port)
        try:
            return [own, open_socket(own.getsockname()[1], share_on)]
        except OSError as error:
            own.close()
            why = error.strerror or str(error)
            raise YoyakError(say("preview.share.no-address", address=share_on, why=why)) from error
    except PermissionError as error:
        key = "preview.port-low" if port < 1024 else "preview.port-forbidden"
        raise YoyakError(say(key, port=str(port), other=str(8000 if port != 8000 else 0))) from error
    except OSError as error:
        raise YoyakError(say("preview.cannot-start", why=str(error))) from error


def _greet(options: ServeOptions, title: str, base_path: str, port: int, terminal: Terminal) -> None:
    address = f"http://127.0.0.1:{port}{base_path}"
    if options.port not in (0, port):
        terminal.say(say("preview.port-taken", wanted=str(options.port), port=str(port)))
    bookmarked = port_of_bookmark(options.folder)
    if bookmarked not in (0, port) and not runs_at(options.folder, bookmarked):
        terminal.say(say("preview.bookmark-elsewhere", port=str(bookmarked)))
    terminal.say(say("preview.greeting", title=title, address=address))
    if options.open_browser:
        page = f"http://127.0.0.1:{port}{options.show}" if options.show else address
        threading.Thread(target=webbrowser.open, args=(page,), daemon=True).start()


def _run(server: Server, listeners: list[socket.socket], worker: threading.Thread, hints: Hints) -> None:
    worker.start()
    try:
        with asyncio.Runner() as runner:
            _make_loop(runner)  # slow, and not inside run(): a Ctrl-C meanwhile would leave a coroutine and a warning
            runner.run(server.serve(sockets=listeners))
    finally:
        hints.close()
        worker.join(_END_TIME)


def _make_loop(runner: asyncio.Runner) -> None:
    """Let a Ctrl-C wait until the loop is made: half of one would end with a traceback of its own."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        runner.get_loop()
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def _preview_build(options: ServeOptions, session: PreviewSession, kept: Session, bell: Bell) -> Build:
    """Return the function that builds the preview; what it needs again it keeps in memory."""
    folder = options.folder.resolve()
    request = BuildRequest(folder=folder, output=session.output, preview=True, keep_going=True, jobs=None)

    def show(file: str, digest: str) -> None:
        session.show(file, digest)
        bell.ring()

    kept.first, kept.shown, kept.keep_good = session.looking.files, show, True

    def build_preview(stamps: Stamps) -> BuildReport:
        begin = [at for at in (options.at, clock(None, os.environ, "UTC")) if at]
        wanted = replace(request, at=session.at, since=min(begin, default=None))
        return build(wanted, session=kept, seen=FilesSeen(stamps, 0.0))

    return build_preview


def _worker(
    session: PreviewSession, hints: Hints, watcher: Watcher, bell: Bell, terminal: Terminal
) -> threading.Thread:
    """Return the thread that builds. It speaks the language of the command line, which no thread has by itself."""
    here = copy_context()
    return threading.Thread(target=here.run, args=(_work, session, hints, watcher, bell, terminal), daemon=True)


def _work(session: PreviewSession, hints: Hints, watcher: Watcher, bell: Bell, terminal: Terminal) -> None:
    """Build after every change until the hints are closed. No other thread builds once the server runs.

    After a look at only what the hints named, everything is looked at soon: events are lost, and come late.
    """
    # Workers, which are forked for each save, would import the whole Markdown reader each time: 0.25 s.
    import_module("yoyak.readers.markdown.engine")
    owed = False
    while hints.wait(_SOON if owed else watcher.pause):
        watcher.follow()
        owed = hints.paths is not None
        outcome = session.refresh(hints.paths)
        if outcome is not None:
            bell.ring()
            terminal.tell(outcome)
