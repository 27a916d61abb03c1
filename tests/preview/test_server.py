"""The server as programs meet it that are no browsers, byte by byte."""

from __future__ import annotations

import json
import socket
import threading

import pytest

from preview.conftest import PAGES, PaperSite, Preview, ask
from yoyak.preview.server import listen

SECRET = "the secret of the site folder"
ESCAPES = [
    "/../site.yaml", "/../../site.yaml", "/../../../../../../etc/passwd", "/./../site.yaml",
    "/articles/../../../site.yaml", "/%2e%2e/site.yaml", "/%2e%2e/%2e%2e/site.yaml", "/%2E%2E/%2E%2E/site.yaml",
    "/.%2e/.%2e/site.yaml", "/%2e./%2e./site.yaml", "/..%2f..%2fsite.yaml", "/%2e%2e%2f%2e%2e%2fsite.yaml",
    "/%252e%252e/%252e%252e/site.yaml", "/%25252e%25252e/site.yaml", "/..%252f..%252fsite.yaml",
    "/..\\..\\site.yaml", "/..%5c..%5csite.yaml", "/%2e%2e%5c%2e%2e%5csite.yaml", "/..%255c..%255csite.yaml",
    "\\..\\..\\site.yaml", "//../../site.yaml", "///../../site.yaml", "//etc/passwd", "//%2fetc/passwd",
    "/%2f%2fetc/passwd", "//evil.example/site.yaml", "/\\evil.example/", "//evil.example/%2e%2e",
    "/articles/summit/..%00/../../site.yaml", "/site.yaml%00.html", "/%00", "/..%00/site.yaml",
    "/%c0%ae%c0%ae/%c0%ae%c0%ae/site.yaml", "/%e0%80%ae%e0%80%ae/site.yaml", "/%uff0e%uff0e/site.yaml",
    "/%ef%bc%8e%ef%bc%8e/site.yaml", "/%ef%bc%8e%ef%bc%8e%ef%bc%8f..%ef%bc%8fsite.yaml", "/%e2%80%a5/site.yaml",
    "/..;/..;/site.yaml", "/....//....//site.yaml", "/.../.../site.yaml", "/..?/../site.yaml", "/?../../site.yaml",
    "/#/../../site.yaml", "/../..#/site.yaml", "/.yoyak-manifest.json", "/%2eyoyak-manifest.json", "/link.html",
    "/linked/site.yaml", "/linked/content/a.md", "/content/a.md", "/__yoyak/../../site.yaml",
    "/__yoyak/..%2f..%2fsite.yaml", "/__yoyak/preview.js/../../../site.yaml", "/__yoyak/server.py",
    "/file:///etc/passwd", "file:///etc/passwd", "http://127.0.0.1/../../site.yaml", "http://evil.example/", "*",
    "site.yaml", "/~root/", "/c:/site.yaml", "/C%3A%5Csite.yaml", "/aux",
    "/articles/summit/index.html/../../../../../site.yaml",
]  # fmt: skip


@pytest.fixture
def baited(preview: Preview) -> Preview:
    """A preview whose site folder holds a secret, and links to it where only pages should be."""
    site = preview.site
    for name in ("site.yaml", "content/a.md"):
        (site.folder / name).write_text(SECRET)
    (site.output / "link.html").symlink_to(site.folder / "site.yaml")
    (site.output / "linked").symlink_to(site.folder)
    return preview


def get(
    preview: Preview, path: str, method: str = "GET", version: str = "1.1", extra: str = ""
) -> tuple[int, str, str]:
    """Return the status, the head and the body of an answer."""
    request = f"{method} {path} HTTP/{version}\r\nHost: 127.0.0.1:{preview.port}\r\nConnection: close\r\n{extra}\r\n"
    head, _, body = ask(preview.port, request.encode()).decode(errors="replace").partition("\r\n\r\n")
    return int(head.split()[1]), head, body


def test_no_encoding_of_a_path_leads_out_of_the_preview(baited: Preview) -> None:
    assert [path for path in ESCAPES if not harmless(*get(baited, path))] == []


def harmless(status: int, head: str, body: str) -> bool:
    """Tell whether an answer is a refusal, or the page that the beginning of the path names."""
    leak = SECRET in body or "root:" in body or "location: //" in head.lower()
    return not leak and (status in (400, 404) or body == PAGES["index.html"])


def test_a_listed_file_that_became_a_link_is_not_served(baited: Preview) -> None:
    page = baited.site.output / "articles" / "summit" / "index.html"
    page.unlink()
    page.symlink_to(baited.site.folder / "site.yaml")
    status, _, body = get(baited, "/articles/summit/")
    assert (status, SECRET in body) == (404, False)


def test_a_page_is_served(preview: Preview) -> None:
    assert get(preview, "/articles/summit/")[::2] == (200, PAGES["articles/summit/index.html"])


def test_a_page_is_served_to_the_oldest_clients(preview: Preview) -> None:
    assert get(preview, "/articles/summit/", version="1.0")[0] == 200


def test_asking_for_the_head_alone_gives_no_body(preview: Preview) -> None:
    status, head, body = get(preview, "/", method="HEAD")
    assert (status, body) == (200, "")
    assert f"content-length: {len(PAGES['index.html'])}" in head


def test_what_is_not_there_is_answered_with_the_sites_page_and_404(preview: Preview) -> None:
    assert get(preview, "/nothing/")[::2] == (404, PAGES["404.html"])


def test_a_question_mark_and_what_follows_do_not_matter(preview: Preview) -> None:
    assert get(preview, "/?from=mail#top")[0] == 200


def test_a_folder_without_its_slash_is_redirected(preview: Preview) -> None:
    status, head, _ = get(preview, "/articles/summit")
    assert (status, "location: /articles/summit/" in head) == (307, True)


def test_the_script_of_the_preview_is_small(preview: Preview) -> None:
    status, head, body = get(preview, "/__yoyak/preview.js")
    assert status == 200
    assert "content-type: text/javascript; charset=utf-8" in head
    assert len(body.encode()) < 40_000  # idiomorph, with its licence, has 11,300 of it
    assert "Zero-Clause BSD" in body


def test_a_site_that_has_no_page_at_all_has_a_page_for_its_problems(site: PaperSite, preview: Preview) -> None:
    site.pages = {}
    preview.save_and_build()
    status, _, body = get(preview, "/")
    assert (status, "/__yoyak/preview.js" in body) == (404, True)


def test_a_changed_base_path_is_followed_while_the_preview_runs(site: PaperSite, preview: Preview) -> None:
    site.base_url = "https://digest.example.org/below/"
    preview.save_and_build()
    assert get(preview, "/below/articles/summit/")[0] == 200


def test_an_open_page_is_told_its_version_and_the_problems(preview: Preview) -> None:
    _, head, _ = get(preview, "/")
    with socket.create_connection(("127.0.0.1", preview.port), timeout=10) as stream:
        stream.sendall(f"GET /__yoyak/events?page=/ HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode())
        news = next_news(stream)
    assert f'yoyak;desc="{news["version"]}"' in head
    assert (news["errors"], news["counts"], news["rest"]) == ([], "", "")


def test_an_open_page_is_told_of_a_build_that_changed_it(preview: Preview) -> None:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=10) as stream:
        stream.sendall(f"GET /__yoyak/events?page=/ HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode())
        before = next_news(stream)
        preview.site.pages["index.html"] = "new front"
        preview.save_and_build()
        assert next_news(stream)["version"] != before["version"]


def test_every_build_is_reported_since_another_window_may_show_what_it_changed(preview: Preview) -> None:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=10) as stream:
        stream.sendall(f"GET /__yoyak/events?page=/ HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode())
        before = next_news(stream)
        preview.site.pages["articles/summit/index.html"] = "new summit"
        preview.save_and_build()
        assert next_news(stream) == before


def test_a_window_without_a_stream_gets_the_news_of_its_page(preview: Preview) -> None:
    _, head, _ = get(preview, "/articles/summit/")
    _, _, news = get(preview, "/__yoyak/news?page=/articles/summit/")
    assert f'yoyak;desc="{json.loads(news)["version"]}"' in head


def test_the_page_of_a_window_without_a_stream_is_looked_at(preview: Preview) -> None:
    get(preview, "/__yoyak/news?page=/tags/%EC%86%8C%EB%B2%84%EB%A6%B0-ai/")
    assert preview.session.looking.files() == ("tags/소버린-ai/index.html",)


@pytest.mark.parametrize("name", ["events", "news"])
def test_the_news_are_closed_to_other_sites_and_to_writes(preview: Preview, name: str) -> None:
    address = f"/__yoyak/{name}?page=/"
    assert get(preview, address, extra="Origin: http://evil.example\r\n")[0] == 403
    assert get(preview, address, extra="Sec-Fetch-Site: same-site\r\n")[0] == 403
    assert get(preview, address, method="POST")[0] == 405


def test_pages_are_answered_beside_many_open_streams(preview: Preview) -> None:
    streams = [socket.create_connection(("127.0.0.1", preview.port), timeout=10) for _ in range(200)]
    for stream in streams:
        stream.sendall(f"GET /__yoyak/events?page=/ HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode())
    for stream in streams:
        next_news(stream)
    assert get(preview, "/")[0] == 200
    for stream in streams:
        stream.close()


def test_a_client_that_sends_nothing_does_not_hold_up_the_others(preview: Preview) -> None:
    silent = [socket.create_connection(("127.0.0.1", preview.port), timeout=10) for _ in range(50)]
    for connection in silent:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
    assert get(preview, "/")[0] == 200
    for connection in silent:
        connection.close()


def test_a_file_that_is_being_exchanged_is_waited_for(preview: Preview) -> None:
    session, page = preview.session, preview.site.output / "index.html"
    session._idle.clear()  # a build runs, and has taken the page away for a moment
    page.unlink()

    def end_of_build() -> None:
        page.write_text("new")
        session._idle.set()

    threading.Timer(0.2, end_of_build).start()
    assert get(preview, "/")[::2] == (200, "new")


def test_a_taken_port_gives_the_next_free_one() -> None:
    with listen(0) as first:
        port = first.getsockname()[1]
        with listen(port) as second:
            assert port < second.getsockname()[1] <= port + 20


def test_the_preview_listens_to_its_own_machine_only() -> None:
    with listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def next_news(stream: socket.socket) -> dict[str, object]:
    """Return the next event of a stream."""
    received = b""
    while b"data: " not in received or not received.endswith((b"\n\n", b"\n\n\r\n")):
        part = stream.recv(65536)
        assert part, "the stream ended"
        received += part
    data = received.rpartition(b"data: ")[2].partition(b"\n\n")[0]
    return dict(json.loads(data))
