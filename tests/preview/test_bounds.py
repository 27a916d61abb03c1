"""The preview when somebody opens more than it can hold, or says less than it waits for."""

from __future__ import annotations

import asyncio
import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from time import sleep

import pytest

from preview.conftest import SETTINGS, PaperSite, Preview, Running, ask, until
from samples import ALL
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words
from yoyak.preview.connections import Bounds, Faults, bounds_of
from yoyak.preview.live import Bell
from yoyak.preview.serve import ServeOptions, serve
from yoyak.preview.server import Server, app, listen
from yoyak.preview.session import Previewer

TIGHT = Bounds(connections=12, streams=6, request=0.6, answer=0.6)
HEAD = "GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n"


@pytest.fixture
def tight(site: PaperSite, session: Previewer) -> Iterator[Preview]:
    """A preview that holds few connections, and waits shortly."""
    bell = Bell()
    with listen(0) as listener:
        port = listener.getsockname()[1]
        server = Server(app(session, bell, port=port, bounds=TIGHT), bell, bounds=TIGHT)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        until(lambda: server.started)
        yield Preview(site=site, session=session, bell=bell, port=port)
        server.should_exit = True
        thread.join(10)


def connected(preview: Preview, text: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", preview.port), timeout=10)
    connection.sendall(text.encode())
    return connection


def said_until_closed(connection: socket.socket) -> bytes:
    """Return what a connection says until the other side closes it; one that stays open fails after ten seconds."""
    said = b""
    try:
        while part := connection.recv(65536):
            said += part
    except ConnectionResetError:
        pass
    return said


def page(preview: Preview) -> bytes:
    return ask(preview.port, (HEAD.format("/", preview.port) + "Connection: close\r\n\r\n").encode())


HALVES = {
    "nothing": "",
    "half a line": "GET / HT",
    "half a head": "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Long: ",
    "half a body": "POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 1000\r\n\r\nab",
    "half a chunk": "POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    "no line break at all": "GET /" + "a" * 2000,
}


@pytest.mark.parametrize("name", HALVES)
def test_a_request_that_does_not_arrive_is_closed(tight: Preview, name: str) -> None:
    with connected(tight, HALVES[name].format(port=tight.port)) as connection:
        said = said_until_closed(connection)
    assert said.startswith((b"HTTP/1.1 408", b"HTTP/1.1 405"))


def test_a_request_that_arrives_in_drops_is_closed_all_the_same(tight: Preview) -> None:
    with connected(tight, HEAD.format("/", tight.port)) as connection, pytest.raises(ConnectionError):
        send_drops(connection)


def send_drops(connection: socket.socket) -> None:
    while True:  # as long as a test may take
        connection.sendall(b"X-Drop: 1\r\n")
        sleep(0.05)


def test_a_second_request_that_does_not_arrive_is_closed(tight: Preview) -> None:
    with connected(tight, HEAD.format("/", tight.port) + "\r\n") as connection:
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET / HT")
        said_until_closed(connection)


def test_pages_are_answered_while_many_say_nothing(tight: Preview) -> None:
    held = [connected(tight, "GET / HTTP/1.1\r\nHost: ") for _ in range(60)]
    for _ in range(5):
        assert page(tight).startswith(b"HTTP/1.1 200")
    for connection in held:
        connection.close()


def test_pages_are_answered_while_many_wait_between_two_requests(tight: Preview) -> None:
    held = [connected(tight, HEAD.format("/", tight.port) + "\r\n") for _ in range(40)]
    assert page(tight).startswith(b"HTTP/1.1 200")
    for connection in held:
        connection.close()


def test_streams_beyond_the_bound_are_refused_and_pages_answered(tight: Preview) -> None:
    held = [connected(tight, HEAD.format("/__yoyak/events?page=/", tight.port) + "\r\n") for _ in range(6)]
    assert all(connection.recv(20).startswith(b"HTTP/1.1 200") for connection in held)
    with connected(tight, HEAD.format("/__yoyak/events?page=/", tight.port) + "Connection: close\r\n\r\n") as one:
        said = said_until_closed(one)
    assert said.startswith(b"HTTP/1.1 503")
    assert said.endswith(b"This preview has too many windows open. Close some of them.\n")
    assert page(tight).startswith(b"HTTP/1.1 200")
    for connection in held:
        connection.close()

    def free() -> bool:
        with connected(tight, HEAD.format("/__yoyak/events?page=/", tight.port) + "\r\n") as again:
            return again.recv(20).startswith(b"HTTP/1.1 200")

    until(free)


def test_a_stream_stays_open_longer_than_a_request_may_take(tight: Preview) -> None:
    with connected(tight, HEAD.format("/__yoyak/events?page=/", tight.port) + "\r\n") as stream:
        sleep(1.5)
        tight.bell.ring()
        stream.settimeout(5)
        said = b""
        while said.count(b"data: ") < 2:
            part = stream.recv(65536)
            assert part
            said += part


def test_a_client_that_takes_nothing_of_its_answer_is_closed(site: PaperSite, tight: Preview) -> None:
    site.pages["large.txt"] = "x" * 30_000_000
    tight.save_and_build()
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect(("127.0.0.1", tight.port))
        slow.sendall((HEAD.format("/large.txt", tight.port) + "Connection: close\r\n\r\n").encode())
        sleep(2)
        slow.settimeout(10)
        assert len(said_until_closed(slow)) < 30_000_000


@pytest.mark.parametrize("request_text", ["\x00\x01\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET /\r\n\r\n", "{}\r\n\r\n"])
def test_a_refusal_of_what_is_no_request_is_marked_too(tight: Preview, request_text: str) -> None:
    said = ask(tight.port, request_text.encode())
    assert b"cross-origin-opener-policy: same-origin" in said.lower()
    assert b"nosniff" in said


def test_bounds_follow_the_limit_of_handles() -> None:
    for limit in (32, 64, 128, 256, 1024, 1 << 20):
        bounds = bounds_of(limit)
        assert 0 < bounds.streams < bounds.connections <= max(6, limit // 2)


def test_running_out_of_handles_is_one_line_a_minute() -> None:
    said: list[Words] = []
    faults, loop = Faults(said.append), asyncio.new_event_loop()
    for _ in range(1000):
        faults(loop, {"message": "socket.accept() out of system resource", "exception": OSError(errno.EMFILE, "Full")})
    faults(loop, {"exception": ConnectionResetError()})
    loop.close()
    assert len(said) == 1
    assert speak(said[0]).startswith("No more connections fit: Full. New windows wait until others are closed.")


@pytest.mark.slow
def test_out_of_handles_the_preview_is_quiet_and_recovers(tmp_path: Path) -> None:
    all_at_once = [
        served(tmp_path / str(limit), partial(resource.setrlimit, resource.RLIMIT_NOFILE, (limit, limit)))
        for limit in (48, 128, 256)
    ]
    try:
        for running in all_at_once:
            until(lambda one=running: one.greeting or one.process.poll() is not None, 30)
        before = [(used(running.process.pid), len(running.lines())) for running in all_at_once]
        held = [[many(running.port) for _ in range(400)] for running in all_at_once]
        sleep(6)
        for running, (seconds, lines) in zip(all_at_once, before, strict=True):
            assert used(running.process.pid) - seconds < 3
            assert len(running.lines()) - lines <= 2, running.lines()
        for connection in chain.from_iterable(held):
            connection.close()
        for running in all_at_once:
            until(lambda one=running: one.status("/") in (200, 404), 10)
            assert "Traceback" not in running.terminal.read_text()
    finally:
        for running in all_at_once:
            running.process.send_signal(signal.SIGINT)
        assert [running.process.wait(20) for running in all_at_once] == [0, 0, 0]


def served(tmp_path: Path, before: Callable[[], None]) -> Running:
    folder, terminal = tmp_path / "site", tmp_path / "terminal.txt"
    (folder / "content").mkdir(parents=True)
    (folder / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    command = [sys.executable, "-m", "yoyak", "serve", "--site", str(folder), "--port", "0"]
    with terminal.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, preexec_fn=before)  # noqa: PLW1509
    return Running(folder=folder, process=process, terminal=terminal)


def many(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall((HEAD.format("/__yoyak/events?page=/", port) + "\r\n").encode())
    return connection


def used(process: int) -> float:
    """Return the CPU seconds of a process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("port", [80, 443, 1023] if ALL else [443])
def test_a_port_that_the_account_may_not_use_is_told_and_no_other_taken(tmp_path: Path, port: int) -> None:
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    drop = ["setpriv", "--bounding-set", "-net_bind_service", "--inh-caps", "-net_bind_service"]
    if subprocess.run([*drop, "true"], capture_output=True, check=False).returncode or not low_ports_are_kept():
        pytest.skip("this account cannot give up the right to ports below 1024, or everybody has it here")
    command = [*drop, sys.executable, "-m", "yoyak", "serve", "--site", str(folder), "--port", str(port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.strip().endswith(
        f"The preview cannot start at port {port}: this account may not use ports below 1024. Use another: --port 8000"
    )


def low_ports_are_kept() -> bool:
    path = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")
    return path.exists() and int(path.read_text()) >= 1024


def test_a_port_that_the_system_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with the system's own error, for machines on which no right can be given up."""
    (tmp_path / "content").mkdir()
    (tmp_path / "site.yaml").write_text(SETTINGS, encoding="utf-8")

    def refused(*_: object, **__: object) -> socket.socket:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refused)
    with pytest.raises(
        YoyakError, match=r"at port 80: this account may not use ports below 1024\. Use another: --port 8000"
    ):
        serve(ServeOptions(folder=tmp_path, port=80), lambda _: None)
