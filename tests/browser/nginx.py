"""A real web server on loopback that serves a built site with the headers that yoyak prints for it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MAIN = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    types {{
        text/html html; text/css css; application/javascript js; application/json json; application/xml xml;
        text/plain txt; image/svg+xml svg; image/png png; image/jpeg jpg; application/pdf pdf;
    }}
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {folder}/headers.conf;
    }}
}}
"""


@contextmanager
def nginx_server(program: str, folder: Path, root: Path, headers: str) -> Iterator[str]:
    """Serve `root` and yield the origin with a slash; `headers` are lines of a server block."""
    folder.mkdir()
    folder.chmod(0o755)
    port = _free_port()
    (folder / "headers.conf").write_text(headers, encoding="utf-8")
    settings = folder / "nginx.conf"
    settings.write_text(_as_this_user() + MAIN.format(folder=folder, port=port, root=root), encoding="utf-8")
    command = [program, "-c", str(settings), "-p", str(folder), "-e", str(folder / "error.log")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(port, server, folder / "error.log")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _as_this_user() -> str:
    """Return a line that lets a server of root read a folder of root."""
    import os
    import pwd

    return f"user {pwd.getpwuid(os.getuid()).pw_name};" if os.geteuid() == 0 else ""


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))
