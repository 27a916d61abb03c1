"""Who may ask the preview."""

from __future__ import annotations

from itertools import product

import pytest

from preview.conftest import Preview, ask
from rows import each_row
from yoyak.preview.guard import refusal

PORT = 8000
OURS = ["127.0.0.1:8000", "localhost:8000", "[::1]:8000", "LOCALHOST:8000"]
FOREIGN = [
    "", "evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:8001", "localhost", "localhost:80",
    "localhost.evil.example:8000", "127.0.0.1.evil.example:8000", "evil.example:8000@127.0.0.1:8000",
    "127.0.0.1:8000.evil.example", "0.0.0.0:8000", "[::]:8000", "192.168.0.2:8000", "2130706433:8000", "127.1:8000",
    "localhost.:8000", " 127.0.0.1:8000x", "127.0.0.1:08000",
]  # fmt: skip
SITES = [None, "none", "same-origin", "same-site", "cross-site"]
ORIGINS = [
    None,
    "http://127.0.0.1:8000",
    "http://evil.example",
    "https://127.0.0.1:8000",
    "http://localhost:3000",
    "null",
]
VISITS = [
    (None, None),
    ("navigate", "document"),
    ("navigate", "iframe"),
    ("cors", "empty"),
    ("no-cors", "script"),
    ("no-cors", "image"),
]


def headers(
    host: str, origin: str | None = None, site: str | None = None, mode: str | None = None, dest: str | None = None
) -> dict[str, str]:
    given = {"host": host, "origin": origin, "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    return {name: value for name, value in given.items() if value is not None}


@pytest.mark.parametrize("host", OURS)
def test_the_machines_own_names_are_answered(host: str) -> None:
    assert refusal("GET", headers(host), PORT) is None


@each_row("host", FOREIGN)
def test_any_other_name_is_refused(host: str) -> None:
    refused = refusal("GET", headers(host), PORT)
    assert refused is not None
    assert refused.status == 403


def test_the_port_that_browsers_leave_out_may_be_left_out() -> None:
    assert refusal("GET", headers("localhost"), 80) is None


def test_a_request_without_a_name_is_refused() -> None:
    assert refusal("GET", {}, PORT) is not None


@each_row("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"])
def test_nothing_but_reading_is_possible(method: str) -> None:
    refused = refusal(method, headers(OURS[0]), PORT)
    assert refused is not None
    assert refused.status == 405


@each_row(("origin", "site", "visit"), [*product(ORIGINS, SITES, VISITS)])
def test_another_site_may_link_to_the_preview_and_nothing_more(
    origin: str | None, site: str | None, visit: tuple[str | None, str | None]
) -> None:
    refused = refusal("GET", headers(OURS[0], origin, site, *visit), PORT)
    own = origin in (None, "http://127.0.0.1:8000") and site in (None, "none", "same-origin")
    followed_link = origin in (None, "http://127.0.0.1:8000") and visit == ("navigate", "document")
    assert (refused is None) == (own or followed_link)


@pytest.mark.parametrize("path", ["/", "/nothing", "/feed.xml", "/__yoyak/preview.js", "/assets/harbour.svg"])
def test_every_answer_is_marked(preview: Preview, path: str) -> None:
    answer = ask(
        preview.port, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\nConnection: close\r\n\r\n".encode()
    )
    head = answer.partition(b"\r\n\r\n")[0].decode().lower()
    for line in ("cache-control: no-store", "x-content-type-options: nosniff", "referrer-policy: no-referrer",
                 "cross-origin-resource-policy: same-origin", "x-frame-options: sameorigin"):  # fmt: skip
        assert line in head
    assert "frame-ancestors 'self'" in head
    assert "access-control-allow-origin" not in head


def test_a_refusal_is_marked_and_a_plain_sentence(preview: Preview) -> None:
    answer = ask(preview.port, b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n").decode()
    assert answer.startswith("HTTP/1.1 403")
    assert "nosniff" in answer
    assert answer.endswith(f"This preview answers only at http://127.0.0.1:{preview.port}/.\n")


def test_a_picture_opened_by_itself_cannot_run_a_script(preview: Preview) -> None:
    answer = ask(
        preview.port,
        f"GET /assets/harbour.svg HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\nConnection: close\r\n\r\n".encode(),
    ).decode()
    assert "default-src 'none'" in answer
    assert "sandbox" in answer


@each_row("site", SITES)
@each_row("origin", ORIGINS)
@each_row("kind", ["application/json", "text/plain", ""])
def test_only_a_page_of_the_preview_chooses_a_time(site: str | None, origin: str | None, kind: str) -> None:
    sent = headers(OURS[0], origin, site) | {"content-type": kind}
    ours = (origin, kind) == (ORIGINS[1], "application/json") and site in (None, "same-origin")
    assert (refusal("POST", sent, PORT, "/__yoyak/at") is None) is ours
    assert refusal("PUT", sent, PORT, "/__yoyak/at") is not None
