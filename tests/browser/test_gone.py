"""What was taken down answers with 410 at a real nginx, and where Netlify reads how; everywhere else by its page."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from browser.nginx import nginx_server
from yoyak.pages.host_redirects import redirect_lines
from yoyak.pages.server_snippets import snippet

Yoyak = Callable[..., subprocess.CompletedProcess[str]]
ARTICLE = "---\ntitle: The harbour\ndate: 2024-01-02\nslug: {slug}\nstatus: {status}\n---\n\nOf the harbour.\n"


def answer(url: str) -> tuple[int, str]:
    try:
        with urlopen(url, timeout=20) as got:
            return got.status, got.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def test_nginx_answers_with_410_and_the_page(tmp_path: Path, yoyak: Yoyak, nginx: str) -> None:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    deploy = "hosting: {headers: true}\ndeploy: {live: {kind: folder, path: ../live}}\n"
    keys = "title: T\nbase_url: https://digest.kr/\ntimezone: Asia/Seoul\nlanguage: en\n"
    (site / "site.yaml").write_text(keys + deploy, encoding="utf-8")
    for status in ("approved", "draft"):
        for name, slug in (("a", "항구"), ("b", "harbour-2")):
            (site / f"content/{name}.md").write_text(ARTICLE.format(slug=slug, status=status), encoding="utf-8")
        (site / "content/c.md").write_text(ARTICLE.format(slug="stays", status="approved"), encoding="utf-8")
        done = yoyak("deploy", "live", "--site", site)
        assert done.returncode == 0, done.stderr
    printed = yoyak("headers", "--site", site, "--for", "nginx").stdout
    assert "410" not in (tmp_path / "live/_headers").read_text(encoding="utf-8")
    assert not (tmp_path / "live/_redirects").exists()  # no target is at Netlify
    with nginx_server(nginx, tmp_path / "nginx", tmp_path / "live", printed) as origin:
        for slug in ("%ED%95%AD%EA%B5%AC", "harbour-2"):
            status, page = answer(f"{origin}articles/{slug}/")
            assert (status, "Of the harbour" in page, "noindex" in page) == (410, False, True)
        assert answer(f"{origin}articles/stays/")[0] == 200
        assert answer(f"{origin}articles/nothing/")[0] == 404


@pytest.mark.parametrize(
    ("server", "wanted"),
    [
        ("apache", 'ErrorDocument 410 /d/404.html\nRedirectMatch gone "^/d/articles/a\\.b/(index\\.html)?$"\n'),
        ("caddy", "@gone path /d/articles/a.b/\nhandle @gone {\n    file_server {\n        status 410\n    }\n}\n"),
    ],
)
def test_other_servers_get_their_lines(server: str, wanted: str) -> None:
    from yoyak.pages.host_headers import HeaderRule

    rules = [HeaderRule(path="/*", headers=())]
    gone = ["/d/articles/a.b/", "/d/%22%3B/", "/d/%7Bx%7D/", "/d/a%0Ab/", "/d/$x/"]  # the others could be more
    assert snippet(server, rules, "/d/", gone).endswith(wanted)
    assert "410" not in snippet(server, rules, "/d/")


def test_netlify_is_told_and_cloudflare_is_not() -> None:
    assert redirect_lines({"/a/": "/b/"}, force=True, gone=["/x/", "/y.html"]).lines == (
        "/a/ /b/ 301!",
        "/x/ /x/index.html 410!",
        "/y.html /y.html 410!",
    )
    assert redirect_lines({"/a/": "/b/"}, gone=["/x/"]).lines == ("/a/ /b/ 301",)
