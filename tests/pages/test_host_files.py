"""_headers and _redirects: when they are written, what they say, and what hosts cannot read."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from pages.header_file import headers_at, headers_in, redirects_in
from sites import SETTINGS, Built, article, built, problems
from yoyak.model.targets import Target
from yoyak.pages.host_redirects import redirect_lines

HOSTED = SETTINGS + "hosting: {headers: true}\n"
FILES = {"content/a.md": article(slug="ferry", aliases=["/old/a/", "/오래된/배.html"])}


def site(folder: Path, more: dict[str, str] | None = None, settings: str = HOSTED, **request: bool) -> Built:
    return built(folder, {**FILES, **(more or {})}, settings, plain=False, keep_going=True, **request)


def test_they_are_written_only_when_asked_for(tmp_path: Path) -> None:
    assert not site(tmp_path / "plain", settings=SETTINGS).paths() & {"_headers", "_redirects"}
    assert {"_headers", "_redirects"} <= site(tmp_path / "asked").paths()
    assert not site(tmp_path / "portable", portable=True).paths() & {"_headers", "_redirects"}


KINDS = {str(one.__struct_config__.tag) for one in get_args(Target)}


@pytest.mark.parametrize(
    ("targets", "status"),
    [
        (("netlify",), "301!"),
        (("cloudflare",), "301"),
        (("cloudflare", "netlify"), "301"),
        (("folder", "netlify"), "301!"),
        (("folder",), ""),
    ],
)
def test_a_target_that_reads_them_asks_for_them(tmp_path: Path, targets: tuple[str, ...], status: str) -> None:
    keys = {"netlify": "site: x", "cloudflare": "project: x", "folder": "path: ../www"}
    if missing := set(targets) - KINDS:
        pytest.skip(f"there is no target of the kind {missing}")
    deploy = "".join(f"  {kind}: {{kind: {kind}, {keys[kind]}}}\n" for kind in targets)
    found = site(tmp_path, settings=f"{SETTINGS}deploy:\n{deploy}")
    assert ("_headers" in found.paths()) == bool(status)
    assert not status or {line.split()[2] for line in found.text("_redirects").splitlines()} == {status}


def test_every_file_has_the_security_headers_and_assets_are_kept_for_ever(tmp_path: Path) -> None:
    found = site(tmp_path)
    text = found.text("_headers")
    for path in ("/", "/articles/ferry/", "/feed.xml", "/assets/style.0123456789.css"):
        sent = headers_at(text, path)
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert sent["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
        assert "Strict-Transport-Security" not in sent
        assert sent.get("Cache-Control", "").endswith("immutable") == path.startswith("/assets/")


def test_no_path_gets_one_header_from_two_rules(tmp_path: Path) -> None:
    rules = headers_in(site(tmp_path).text("_headers"))
    names = [name for headers in rules.values() for name, _ in headers]
    assert len(names) == len(set(names))


def test_old_addresses_are_lines_of_redirects(tmp_path: Path) -> None:
    found = redirects_in(site(tmp_path).text("_redirects"))
    assert found == [
        ("/%EC%98%A4%EB%9E%98%EB%90%9C/%EB%B0%B0.html", "/articles/ferry/", 301),
        ("/old/a/", "/articles/ferry/", 301),
    ]


def test_below_a_path_the_host_sees_the_output_and_readers_the_whole_address(tmp_path: Path) -> None:
    found = site(tmp_path, settings=HOSTED.replace("example.org/", "example.org/digest/"))
    assert ("/old/a/", "/digest/articles/ferry/", 301) in redirects_in(found.text("_redirects"))
    assert "/assets/*" in headers_in(found.text("_headers"))


def test_hsts_frames_and_json_without_an_ending(tmp_path: Path) -> None:
    more = {"content/public/.well-known/apple-app-site-association": "{}"}
    keys = "headers: true, hsts: 86400, framed_by: ['https://A.example/', 'https://*.b.example', 'https://한국.example:8443']"
    text = site(tmp_path, more, HOSTED.replace("headers: true", keys)).text("_headers")
    sent = headers_at(text, "/")
    assert sent["Strict-Transport-Security"] == "max-age=86400"
    assert (
        "frame-ancestors 'self' https://a.example https://*.b.example https://xn--3e0b707e.example:8443;"
        in sent["Content-Security-Policy"]
    )
    json = headers_at(text, "/.well-known/apple-app-site-association")
    assert json["Content-Type"] == "application/json"


def test_a_preview_asks_search_engines_away(tmp_path: Path) -> None:
    assert headers_at(site(tmp_path, preview=True).text("_headers"), "/")["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "site_",
    [
        "https://" + "".join(chr(0xAC00 + 211 * number) for number in range(45)) + ".example",
        "https://a..b",
        "*",
        "partner site",
        "javascript:alert(1)",
        "https://a.example/x; script-src *",
        "'self'",
    ],
)
def test_a_site_that_may_frame_is_an_address_and_nothing_more(tmp_path: Path, site_: str) -> None:
    settings = SETTINGS + f'hosting: {{framed_by: ["{site_}"]}}\n'
    assert [one.code for one in site(tmp_path, settings=settings).report.problems] == ["bad-url"]


def test_an_own_file_that_is_listed_is_used_instead(tmp_path: Path) -> None:
    more = {"content/public/_headers": "/*\n  X: y\n", "content/public/_redirects": "/a /b\n"}
    found = site(tmp_path, more, HOSTED.replace("true", "true, public: [_headers, _redirects]"))
    assert (found.text("_headers"), found.text("_redirects")) == ("/*\n  X: y\n", "/a /b\n")
    assert problems(found) == []


def test_an_address_that_a_line_cannot_say_is_left_out_and_reported(tmp_path: Path) -> None:
    odd = ["/" + "긴긴/" * 60, "/plain/"]
    found = site(tmp_path, {"content/b.md": article(slug="b", aliases=odd)})
    assert {one.old for one in redirects_in(found.text("_redirects"))} >= {"/plain/", "/old/a/"}
    assert [one.code for one in found.report.problems] == ["host-limit"]
    assert found.report.complete


@pytest.mark.slow
def test_more_redirects_than_the_host_reads_are_reported(tmp_path: Path) -> None:
    more = {
        f"content/{number}.md": article(slug=f"s{number}", aliases=[f"/o/{number}-{old}/" for old in range(100)])
        for number in range(21)
    }
    found = site(tmp_path, more)
    assert [one.code for one in found.report.problems] == ["host-limit"]
    assert "2,102 old addresses" in problems(found)[0]


def test_too_long_a_policy_is_reported(tmp_path: Path) -> None:
    hosts = ", ".join(f"host-number-{number}.example" for number in range(40))
    found = site(tmp_path, settings=HOSTED + f"embeds: [{hosts}]\n")
    assert [one.code for one in found.report.problems] == ["host-limit"]


def test_lines_for_netlify_alone_are_forced() -> None:
    assert redirect_lines({"/a/": "/b/"}, force=True).lines == ("/a/ /b/ 301!",)


@pytest.mark.parametrize("old", ["/a*", "/:a/", "//evil.example/", "no-slash", "/a b/", "/#a", "/" + "a" * 1000])
def test_what_is_no_plain_address_makes_no_line(old: str) -> None:
    found = redirect_lines({old: "/b/", "/c/": "/c/", "/d/": "https://e.example/f#g"})
    assert found.lines == ("/d/ https://e.example/f#g 301",)
    assert found.left_out == (old,)
