"""`yoyak headers` through the real command."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sites import SETTINGS, article, build_site, write_site

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {"content/a.md": article(), "content/public/.well-known/apple-app-site-association": "{}"}
    return write_site(tmp_path, files, SETTINGS.replace("example.org/", "example.org/digest/"))


def test_without_a_server_it_prints_what_a_build_writes(yoyak: Run, site: Path) -> None:
    said = yoyak("headers", "--site", site)
    assert (said.returncode, said.stderr) == (0, "")
    write_site(site, {}, (site / "site.yaml").read_text(encoding="utf-8") + "hosting: {headers: true}\n")
    assert build_site(site, jobs=1).text("_headers") == said.stdout


def test_apache_takes_each_header_once_and_the_path_of_the_site(yoyak: Run, site: Path) -> None:
    said = yoyak("headers", "--for", "apache", "--site", site).stdout
    assert "ErrorDocument 404 /digest/404.html" in said
    assert re.findall(r'<If "(.*)">', said) == [
        "%{REQUEST_URI} =~ m#^/digest/assets/#",
        r"%{REQUEST_URI} =~ m#^/digest/\.well-known/apple-app-site-association$#",
    ]
    assert said.count("<If") == said.count("</If>")
    every = said.partition("<If")[0]
    names = re.findall(r"^Header (?:always )?set (\S+) \"[^\"]+\"$", every, re.MULTILINE)
    assert len(names) == len(set(names)) == 5


def test_caddy_takes_braces_that_close(yoyak: Run, site: Path) -> None:
    said = yoyak("headers", "--for", "caddy", "--site", site).stdout
    assert said.count("{") == said.count("}")
    assert 'header /digest/assets/* Cache-Control "public, max-age=31536000, immutable"' in said
    assert "rewrite * /digest/404.html" in said


def test_servers_compare_paths_without_percent_signs(yoyak: Run, site: Path) -> None:
    write_site(site, {}, SETTINGS.replace("example.org/", "example.org/섬-소식/"))
    for server, lines in {
        "nginx": ('error_page 404 "/섬-소식/404.html";', 'location "/섬-소식/assets/" {'),
        "caddy": ('rewrite * "/섬-소식/404.html"', 'header "/섬-소식/assets/*" Cache-Control'),
        "apache": ("m#^/섬-소식/assets/#", "ErrorDocument 404 /%EC%84%AC"),
    }.items():
        said = yoyak("headers", "--for", server, "--site", site).stdout
        assert [line for line in lines if line not in said] == []


def test_code_that_cannot_be_allowed_is_reported_beside_the_headers(yoyak: Run, site: Path) -> None:
    write_site(site, {"templates/partials/footer.html": "<p>\n<a onclick='x()'>x</a>\n"}, SETTINGS)
    said = yoyak("headers", "--site", site)
    assert said.returncode == 1
    assert "templates/partials/footer.html:2: error: The Content-Security-Policy" in said.stderr
    assert "Content-Security-Policy: default-src" in said.stdout


def test_settings_that_cannot_be_read_are_said(yoyak: Run, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: [\n", encoding="utf-8")
    said = yoyak("headers", "--site", tmp_path)
    assert (said.returncode, said.stdout) == (1, "")
    assert "site.yaml" in said.stderr
