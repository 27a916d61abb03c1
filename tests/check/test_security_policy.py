"""The Content-Security-Policy: what templates, assets and settings add to it, and what it cannot allow."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.header_file import headers_at
from sites import SETTINGS, article, built

HOSTED = SETTINGS + "hosting: {headers: true}\n"
NONE = {"default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'self'"}
SELF = ("script-src", "style-src", "img-src", "font-src", "media-src", "connect-src", "manifest-src", "form-action")
PLAIN = {**NONE, **dict.fromkeys(SELF, "'self'")}
HEAD = '{%% extends "yoyak/base.html" %%}\n{%% block head %%}{{ super() }}%s{%% endblock %%}\n'


def policy(folder: Path, head: str = "", settings: str = HOSTED, **files: str) -> tuple[dict[str, str], list[str]]:
    """Return the directives of a site with this in the head of every page, and the places of its problems."""
    templates = {"templates/base.html": HEAD % head} if head else {}
    assets = {f"templates/assets/{name.replace('_', '.')}": text for name, text in files.items()}
    found = built(folder, {"content/a.md": article(), **templates, **assets}, settings, plain=False, keep_going=True)
    places = [f"{one.code} {one.place}" for one in found.report.problems]
    if "_headers" not in found.paths():
        return {}, places
    text = headers_at(found.text("_headers"), "/")["Content-Security-Policy"]
    return {name: sources for one in text.split("; ") for name, _, sources in (one.partition(" "),)}, places


def added(found: dict[str, str]) -> dict[str, str]:
    return {name: sources for name, sources in found.items() if PLAIN.get(name) != sources}


def test_a_site_as_it_comes_loads_its_own_files_only(tmp_path: Path) -> None:
    assert policy(tmp_path) == (PLAIN, [])


@pytest.mark.parametrize(
    ("head", "directive", "sources"),
    [
        ("<style>p{color:red}</style>", "style-src", "'self' 'sha256-"),
        ("<style>p{color:{{ 1 }}}</style>", "style-src", "'self' 'unsafe-inline'"),
        ("<style>a{}</style><p style='color:red'>", "style-src", "'self' 'unsafe-inline'"),
        ("<script>let a = 1 < 2;</script>", "script-src", "'self' 'sha256-"),
        ("<SCRIPT TYPE=module>let a = 1</SCRIPT>", "script-src", "'self' 'sha256-"),
        ("<script type='importmap'>{}</script>", "script-src", "'self' 'sha256-"),
        ("<img src='data:image/gif;base64,R0'>", "img-src", "'self' data:"),
        ("<iframe src='/about/'></iframe>", "frame-src", "'self'"),
        ("<object data='{{ chrome.icon }}'></object>", "object-src", "'self'"),
        ("<base href='/'>", "base-uri", "'self'"),
        ("<form action='https://list.example/join?x'></form>", "form-action", "'self' list.example"),
        ("<form action='https://list.example:8443/join'></form>", "form-action", "'self' list.example:8443"),
    ],
)
def test_what_templates_write_is_allowed(tmp_path: Path, head: str, directive: str, sources: str) -> None:
    found, places = policy(tmp_path, head)
    assert places == []
    assert added(found).keys() == {directive}
    assert found[directive].startswith(sources)


@pytest.mark.parametrize(
    "head",
    [
        "{# <script>a({{ b }})</script> onclick= #}",
        "<script type='application/ld+json'>{{ page.title }}</script>",
        "<script type='text/template'>{{ page.title }}</script>",
        "<script src='{{ chrome.script }}'></script>",
        "<p data-once='1' title='x onclick=1'>",
        "<a href='/javascript:x'>",
    ],
)
def test_what_browsers_do_not_run_is_not_in_the_policy(tmp_path: Path, head: str) -> None:
    assert policy(tmp_path, head) == (PLAIN, [])


@pytest.mark.parametrize(
    "head",
    [
        "\n<script>let a = '{{ page.title }}';</script>",
        "\n<script type='{{ page.kind }}'>{{ page.kind }}</script>",
        "\n<button onclick='a()'>",
        "<p\n ONLOAD=a()>",
        "\n<p title=\"{{ 'title.not_found' | message }}\"{% if true %} onload=a(){% endif %}>",
        "\n<a href='javascript:a()'>",
    ],
)
def test_what_no_policy_can_allow_is_an_error_with_its_line(tmp_path: Path, head: str) -> None:
    _, places = policy(tmp_path, head)
    assert places == ["inline-code templates/base.html:3"]


def test_hosts_of_embeds_are_allowed_where_they_are_used(tmp_path: Path) -> None:
    settings = HOSTED + "embeds: [cdn.example, {host: video.example, frame: true}]\n"
    found, places = policy(
        tmp_path,
        "<script src='https://cdn.example/a.js'></script><link rel=stylesheet href='//cdn.example/b.css'>",
        settings,
        own_js="fetch('https://api.cdn.example/x'); const doc = 'https://elsewhere.example';",
    )
    assert places == []
    hosts = "'self' cdn.example *.cdn.example video.example *.video.example"
    assert added(found) == {
        "script-src": "'self' cdn.example",
        "style-src": "'self' cdn.example",
        "img-src": hosts,
        "font-src": hosts,
        "media-src": hosts,
        "connect-src": f"{hosts} api.cdn.example",
        "frame-src": "video.example *.video.example",
    }


def test_a_script_of_another_host_connects_to_the_hosts_of_embeds_only(tmp_path: Path) -> None:
    settings = HOSTED + "embeds: [stats.example, collect.example]\n"
    found, _ = policy(tmp_path, "<script async src='https://stats.example/s.js'></script>", settings)
    assert found["connect-src"] == "'self' stats.example *.stats.example collect.example *.collect.example"
    assert policy(tmp_path / "without", settings=settings)[0]["connect-src"] == "'self'"


def test_pictures_of_all_hosts_are_allowed_when_they_are_loaded(tmp_path: Path) -> None:
    found, _ = policy(tmp_path, settings=HOSTED + "images: {remote: load}\n")
    assert added(found) == {"img-src": "'self' https: http:"}


def test_a_host_in_hangul_is_written_in_its_ascii_form(tmp_path: Path) -> None:
    found, _ = policy(tmp_path, settings=HOSTED + "embeds: [{host: 한국.example, frame: true}]\n")
    assert found["frame-src"] == "xn--3e0b707e.example *.xn--3e0b707e.example"
