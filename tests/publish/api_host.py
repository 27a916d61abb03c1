"""What the API hosts of the tests have in common: they check every request, and fail when they are told to."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep, time
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit


class Asked(NamedTuple):
    """A request."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Told(NamedTuple):
    """An answer."""

    status: int
    value: object
    headers: Mapping[str, str] = {}


class WrongRequest(Exception):
    """A request that the protocol does not allow. Each one fails the test, whatever the client makes of the answer."""


Fault = Callable[[int, Asked], str]
"""Says how the request with this number goes wrong: `ApiHost._fail` knows the ways. Empty for not at all."""
AFTER = ("lost", "cut-body")
"""These go wrong after the request had its effect."""


class ApiHost:
    """A host on this machine. Its `answer` is the protocol."""

    token = "t0ken-of-the-desk"

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.closes = False
        """Whether it closes each connection after an answer, without a word."""
        self.wrong: list[str] = []
        self.fault: Fault = lambda _number, _asked: ""
        self._lock = threading.RLock()
        self.server = ApiServer(self)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def live(self) -> dict[str, bytes]:
        """What readers see, by path."""
        raise NotImplementedError

    def answer(self, asked: Asked) -> Told:
        raise NotImplementedError

    def count(self, method: str, part: str) -> int:
        """Return how many such requests there were."""
        return sum(one.method == method and part in one.path for one in self.asked)

    def take(self, asked: Asked) -> tuple[str, Told]:
        """Return how a request is to fail, and its answer; it has its effect unless it fails before."""
        with self._lock:
            self.asked.append(asked)
            how = self.fault(len(self.asked), asked)
            if how and how not in AFTER:
                return how, Told(500, "")
            try:
                return how, self.answer(asked)
            except WrongRequest as error:
                self.wrong.append(f"{asked.method} {asked.path}: {error}")
                return how, Told(400, {"message": str(error)})


class ApiServer(ThreadingHTTPServer):
    """Serves one host, and says nothing of clients that go away."""

    daemon_threads = True
    request_queue_size = 50

    def __init__(self, host: ApiHost) -> None:
        super().__init__(("127.0.0.1", 0), ApiHandler)
        self.host = host

    def handle_error(self, *_: object) -> None:
        pass


class ApiHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: ApiServer

    def _any(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        how, told = self.server.host.take(Asked(self.command, parts.path, parse_qs(parts.query), headers, body))
        if how:
            self._fail(how)
        else:
            data = told.value if isinstance(told.value, bytes) else json.dumps(told.value).encode()
            self._say(told.status, data, told.headers)

    do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - the names are http.server's

    def _say(self, status: int, data: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = self.close_connection or self.server.host.closes

    def _fail(self, how: str) -> None:
        match how:
            case "cut" | "lost":
                self._hang_up()
            case "cut-body":
                self._say(200, b'{"id": ', {"Content-Length": "1000"})
                self._hang_up()
            case "html":
                self._say(200, b"<h1>Sign in to the hotel's network</h1>", {"Content-Type": "text/html"})
            case "slow" | "stuck":
                sleep(1 if how == "slow" else 30)
                self._hang_up()
            case "drip":
                self._drip()
            case "429":
                self._say(429, b'{"message": "slow down"}', {"Retry-After": "1"})
            case "429-now":
                self._say(429, b'{"message": "slow down"}', {"Retry-After": "0"})
            case "429-reset":
                self._say(429, b"", {"X-RateLimit-Reset": str(int(time()) + 1)})
            case "429-long":
                self._say(429, b"", {"Retry-After": "3600"})
            case "away":
                self._say(302, b"", {"Location": "http://127.0.0.1:1/steal"})
            case status:  # with an error that repeats the token, as some hosts do
                echo = {"message": f"no: {self.headers.get('Authorization')}"}
                self._say(int(status), json.dumps(echo).encode(), {})

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(200):
            self.wfile.write(b" ")
            sleep(0.02)
        self._hang_up()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving_api(host: ApiHost) -> Iterator[None]:
    thread = threading.Thread(target=host.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield
    host.server.shutdown()
    host.server.server_close()
    assert host.wrong == []


def once_waited_for(how: str, number: int) -> str:
    """Return how a request goes wrong, as which it is the `number`th: a second is asked for the first time only."""
    return "429-now" if how in ("429", "429-reset") and number > 1 else how


def require(condition: object, why: str) -> None:
    if not condition:
        raise WrongRequest(why)
