"""Hosts on this machine: git over HTTP behind a password, and one that accepts and says nothing."""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from publish.desks import run_git


class GitHost:
    """A web server with one repository, which only `user` with `password` may read and write."""

    def __init__(self, repository: Path, user: str = "", password: str = "") -> None:
        self.asked: list[str] = []
        self.arguments = b""
        """The arguments of every process of the machine, as they were while requests were answered."""
        run_git("--git-dir", repository, "config", "http.receivepack", "true")
        token = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(repository, f"Basic {token}"))
        self.port: int = self.server.server_address[1]

    def _handler(self, repository: Path, right: str) -> type[BaseHTTPRequestHandler]:
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked.append(self.path)
                host.arguments += every_argument()
                if self.headers.get("Authorization") != right:
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", 'Basic realm="digest"')
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                self._answered(repository)

            do_POST = do_GET  # noqa: N815 - the name is http.server's

            def _answered(self, repository: Path) -> None:
                path, _, query = self.path.partition("?")
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                environment = {
                    **os.environ, "GIT_PROJECT_ROOT": str(repository.parent), "GIT_HTTP_EXPORT_ALL": "1",
                    "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command, "REMOTE_USER": "desk",
                    "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
                    "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                    "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                }  # fmt: skip
                done = subprocess.run(("git", "http-backend"), input=body, env=environment, capture_output=True)
                head, _, answer = done.stdout.partition(b"\r\n\r\n")
                fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
                self.send_response(int(fields.pop("Status", "200").split()[0]))
                for name, value in fields.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def every_argument() -> bytes:
    """Return the arguments of all processes, as every user of the machine may read them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes())
        except OSError:
            continue
    return b"\n".join(found)


@contextmanager
def serving(host: GitHost) -> Iterator[GitHost]:
    thread = threading.Thread(target=host.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield host
    host.server.shutdown()
    host.server.server_close()


@contextmanager
def silent_host() -> Iterator[int]:
    """Give the port of a host that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]
