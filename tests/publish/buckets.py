"""A store of buckets on this machine, in its own process, and a bad line to it that the test decides about."""

from __future__ import annotations

import gzip
import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import quote

import boto3

BUCKET = "digest-site"
KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
}

Fault = Literal["slow down", "error", "not sent", "not answered", "cut short"]
"""What happens to a request: an answer of the store's, or it is lost before, behind or within the store."""


class Store:
    """moto's server, which keeps buckets in memory."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
        self.s3: Any = boto3.client("s3", endpoint_url=self.address, **keys)
        self.cloudfront: Any = boto3.client("cloudfront", endpoint_url=self.address, **keys)

    def empty(self, bucket: str = BUCKET) -> None:
        """Leave the store with one empty bucket."""
        request = http.client.HTTPConnection(self.address.removeprefix("http://"))
        request.request("POST", "/moto-api/reset")
        request.getresponse().read()
        self.s3.create_bucket(Bucket=bucket)

    def put(self, files: Mapping[str, str], bucket: str = BUCKET) -> None:
        """Put files there, by bare requests: a thousand of them take boto3 ten seconds."""
        request = http.client.HTTPConnection(self.address.removeprefix("http://"))
        for key, text in files.items():
            request.request("PUT", f"/{bucket}/{quote(key)}", text.encode(), {"Authorization": "AWS test:test"})
            answer = request.getresponse()
            answer.read()
            assert answer.status == 200, (key, answer.status)

    def names(self, bucket: str = BUCKET) -> list[str]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return [entry["Key"] for page in pages for entry in page.get("Contents", ())]

    def tree(self, bucket: str = BUCKET) -> dict[str, bytes]:
        """Return every file by its name, as a reader's program understands it."""
        return {key: _as_read(self.get(key, bucket)) for key in self.names(bucket)}

    def get(self, key: str, bucket: str = BUCKET) -> dict[str, Any]:
        answer: dict[str, Any] = self.s3.get_object(Bucket=bucket, Key=key)
        return answer


def _as_read(answer: Mapping[str, Any]) -> bytes:
    data: bytes = answer["Body"].read()
    return gzip.decompress(data) if answer.get("ContentEncoding") == "gzip" else data


@contextmanager
def serving_store() -> Iterator[Store]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield Store(port)
    finally:
        process.kill()
        process.wait()


class BadLine:
    """A proxy in front of a store that counts requests, and does to each what `fault` says."""

    def __init__(self, store: Store) -> None:
        self.asked: list[tuple[str, str]] = []
        """Method and path of every request, in the order in which they came."""
        self.sent = 0
        """Bytes of the requests' bodies."""
        self.fault: Callable[[int, str, str], Fault | tuple[int, str] | None] = lambda *_: None
        """What happens to a request, by its number, method and path; or its answer: status, code (or a page)."""
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(Request, self, store.address.removeprefix("http://"))
        )
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        """Begin to count anew, with a line that is good."""
        self.asked.clear()
        self.sent = 0
        self.fault = lambda *_: None

    def count(self, method: str, path: str, size: int) -> int:
        with self._lock:
            self.asked.append((method, path))
            self.sent += size
            return len(self.asked)


class Request(BaseHTTPRequestHandler):
    """A request on its way through a bad line."""

    def __init__(self, line: BadLine, store: str, *arguments: Any) -> None:
        self._line = line
        self._store = store
        super().__init__(*arguments)

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        number = self._line.count(self.command, self.path, len(body))
        fault = self._line.fault(number, self.command, self.path)
        if fault == "not sent":
            self._hang_up()
        elif fault in ("slow down", "error"):
            self._refuse(*((503, "SlowDown") if fault == "slow down" else (500, "InternalError")))
        elif isinstance(fault, tuple):
            self._refuse(*fault)
        else:
            self._pass_on(body, str(fault))

    do_PUT = do_HEAD = do_DELETE = do_POST = do_GET  # noqa: N815 - the names are http.server's

    def _pass_on(self, body: bytes, fault: str) -> None:
        with_store = http.client.HTTPConnection(self._store)
        with_store.request(self.command, self.path, body, dict(self.headers.items()))
        answer = with_store.getresponse()
        data = answer.read()
        with_store.close()
        if fault == "not answered":
            self._hang_up()
            return
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "connection", "date", "server"):
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data[: len(data) // 2] if fault == "cut short" else data)
        if fault == "cut short":
            self._hang_up()

    def _refuse(self, status: int, code: str) -> None:
        error = f"<Error><Code>{code}</Code><Message>{code} it is</Message></Error>"
        data = (error if code else "<html><p>Sign in</p></html>").encode()
        self.send_response(status)
        self.send_header("Content-Length", str(0 if self.command == "HEAD" else len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def bad_line(store: Store) -> Iterator[BadLine]:
    line = BadLine(store)
    line.start()
    try:
        yield line
    finally:
        line.stop()
