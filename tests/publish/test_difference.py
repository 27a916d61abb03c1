"""What a deploy would change for readers: as lines, as JSON and as a page to send."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from command import Done, run_yoyak
from sites import SETTINGS, article, write_site
from yoyak.messages.errors import YoyakError
from yoyak.publish.difference import kind_of, seen_in, title_of
from yoyak.publish.online import of_web

MANIFEST = ".yoyak-manifest.json"
TARGETS = "deploy: {live: {kind: folder, path: ../live}}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "content/a.md": article("첫 배는 9시에 떠난다.\n\n둘째 문단이다.", title="연락선 시간표"),
        "content/b.md": article("내려갈 글이다.", title="내려갈 글", tags=["사라질 꼬리표"]),
    }
    settings = SETTINGS.replace("digest.example.org", "digest.kr") + TARGETS
    folder = write_site(tmp_path / "site", files, settings)
    build(folder)
    return folder


def build(folder: Path) -> None:
    assert run_yoyak("build", "--site", folder).returncode == 0


def deploy(folder: Path) -> None:
    done = run_yoyak("deploy", "--site", folder)
    assert done.returncode == 0, done.stderr


def diff(folder: Path, *more: str | Path) -> Done:
    return run_yoyak("diff", "--site", folder, *more)


def found(folder: Path) -> dict[str, Any]:
    return {one["path"]: one for one in json.loads(diff(folder, "--json").stdout)["files"]}


def edit(folder: Path) -> None:
    """Change one article, hold one back, add one."""
    (folder / "content/a.md").write_text(article("첫 배는 10시에 떠난다.\n\n둘째 문단이다.", title="연락선 시간표"))
    (folder / "content/b.md").write_text(article("내려갈 글이다.", title="내려갈 글", slug="b", status="draft"))
    (folder / "content/c.md").write_text(article("새 글이다.", title="새로 낸 글"))
    build(folder)


def test_a_first_deploy_is_all_new(site: Path) -> None:
    done = diff(site)
    assert done.returncode == 0
    assert "Nothing of yoyak is online there yet" in done.stdout
    assert {one["change"] for one in found(site).values()} == {"added"}


def test_after_a_deploy_nothing_would_change(site: Path) -> None:
    deploy(site)
    assert "Nothing would change." in diff(site).stdout


def test_pages_are_named_with_title_words_and_reason(site: Path) -> None:
    deploy(site)
    edit(site)
    files = found(site)
    assert files["articles/a/index.html"]["change"] == "changed"
    assert files["articles/c/index.html"]["title"].startswith("새로 낸 글")
    assert files["articles/c/index.html"]["reason"] == "from content/c.md"
    assert files["articles/b/index.html"]["change"] == "removed"
    assert files["articles/b/index.html"]["title"].startswith("내려갈 글")
    assert files["articles/b/index.html"]["reason"] == "content/b.md is not published: draft"
    kinds = {one["kind"] for one in files.values()}
    assert {"page", "list", "term", "feed"} <= kinds
    lines = diff(site).stdout
    assert "[9시→10시]" in lines or "[9→10]" in lines
    assert "+ 새로 낸 글" in lines


def test_the_page_shows_what_goes_and_comes_and_loads_nothing(site: Path, tmp_path: Path) -> None:
    deploy(site)
    edit(site)
    assert diff(site, "--html", tmp_path / "r.html").returncode == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert re.search(r"<del>9시?</del><ins>10시?</ins>", page)
    assert "새로 낸 글" in page
    assert "default-src 'none'" in page
    assert not re.search(r"<(?:script|img|link|iframe)\b", page)


def test_the_page_is_korean_for_koreans(site: Path, tmp_path: Path) -> None:
    assert diff(site, "--html", tmp_path / "r.html", "--lang", "ko").returncode == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert '<html lang="ko">' in page
    assert "글과 페이지" in page


def replace_online(folder: Path, path: str, data: bytes) -> None:
    """Put other bytes online, as somebody would who can write there."""
    live = folder.parent / "live"
    (live / path).write_bytes(data)
    manifest = json.loads((live / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][path] = hashlib.sha256(data).hexdigest()
    (live / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_a_report_is_not_written_into_the_output(site: Path) -> None:
    done = diff(site, "--html", site / "output" / "r.html")
    assert done.returncode == 1
    assert "another place" in done.stderr
    assert not (site / "output" / "r.html").exists()


def test_what_is_online_is_escaped(site: Path, tmp_path: Path) -> None:
    deploy(site)
    evil = b"""<!doctype html><title>"><script>alert(1)</script></title>
    <meta name=description content="&lt;img src=x onerror=alert(2)>">
    <main><p>&lt;script>alert(3)&lt;/script> <img src=x onerror=alert(4)>
    <a href="javascript:alert(5)">x</a>\x1b[31m \xe2\x80\xaex</p></main>"""
    replace_online(site, "articles/a/index.html", evil)
    assert diff(site, "--html", tmp_path / "r.html").returncode == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert not re.search(r"<img|href=\"javascript", page)
    assert "\x1b" not in page
    assert "\x1b[31m" not in diff(site).stdout


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a/../../x", ".git/config"])
def test_a_manifest_online_that_leads_out_is_refused(site: Path, path: str) -> None:
    deploy(site)
    live = site.parent / "live"
    manifest = json.loads((live / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][path] = "0" * 64
    (live / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    done = diff(site)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_link_online_is_not_followed(site: Path, tmp_path: Path) -> None:
    deploy(site)
    edit(site)
    secret = tmp_path / "secret.html"
    secret.write_text("<title>secret</title>", encoding="utf-8")
    place = site.parent / "live" / "articles/b/index.html"
    place.unlink()
    place.symlink_to(secret)
    assert "secret" not in diff(site).stdout


def test_no_target_an_unknown_one_and_a_preview_are_told(site: Path) -> None:
    assert "no target" in diff(site, "nowhere").stderr.lower() or "nowhere" in diff(site, "nowhere").stderr
    (site / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    assert diff(site).returncode == 2


def test_a_branch_is_read_by_its_files(site: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "remote.git"], check=True)
    text = (site / "site.yaml").read_text(encoding="utf-8")
    (site / "site.yaml").write_text(text.replace(TARGETS, "deploy: {live: {kind: git, remote: ../remote.git}}\n"))
    build(site)
    assert "yet" in diff(site).stdout
    deploy(site)
    edit(site)
    assert found(site)["articles/b/index.html"]["title"].startswith("내려갈 글")


def test_of_releases_the_live_one_is_read(site: Path) -> None:
    text = (site / "site.yaml").read_text(encoding="utf-8")
    (site / "site.yaml").write_text(
        text.replace(TARGETS, "deploy: {live: {kind: folder, path: ../live, mode: release}}\n")
    )
    build(site)
    assert "yet" in diff(site).stdout
    deploy(site)
    assert "Nothing would change." in diff(site).stdout
    edit(site)
    assert found(site)["articles/b/index.html"]["change"] == "removed"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_other_hosts_are_read_by_the_web(tmp_path: Path) -> None:
    (tmp_path / "글").mkdir()
    (tmp_path / "글" / "index.html").write_text("<title>온라인</title>", encoding="utf-8")
    with served(tmp_path) as url:
        assert title_of(of_web(url, "글/index.html") or b"") == "온라인"
        assert of_web(url, "missing.html") is None
    with pytest.raises(YoyakError, match="cannot be read"):
        of_web(url, "index.html")
    with pytest.raises(YoyakError, match="base_url"):
        of_web("file:///etc/", "passwd")


@pytest.mark.parametrize(
    ("path", "data", "kind"),
    [
        ("articles/a/index.html", b"<p>x</p>", "page"),
        ("old/index.html", b'<meta http-equiv="refresh" content="0; url=/a/">', "redirect"),
        ("tags/x/index.html", b"", "term"),
        ("archive/2024/index.html", b"", "list"),
        ("404.html", b"", "list"),
        ("feed.xml", b"", "feed"),
        ("assets/x.css", b"", "file"),
    ],
)
def test_files_have_kinds_that_readers_know(path: str, data: bytes, kind: str) -> None:
    assert kind_of(path, data) == kind


def test_a_title_goes_without_the_name_of_the_site() -> None:
    page = '<title>배 · 다이제스트</title><meta property="og:site_name" content="다이제스트">'
    assert title_of(page.encode()) == "배"


def test_navigation_is_no_text_of_a_page() -> None:
    seen = seen_in("<title>T</title><body><nav><p>menu</p></nav><main><h1>글</h1><p>말</p></main></body>".encode())
    assert [block.text for block in seen.blocks] == ["글", "말"]
