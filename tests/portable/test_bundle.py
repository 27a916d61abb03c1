"""A bundle holds a whole site, lets a browser load nothing from elsewhere, and takes the place of no other file."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from msgspec import json
from selectolax.lexbor import LexborHTMLParser

from sites import SETTINGS, article, build_site, write_site
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildReport
from yoyak.portable.bundle import MARK, bundle, refuse_place, with_bundle

BOAT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4"/></svg>'
FILES = {
    "content/ferry/index.md": article("배가 [떴다](../crane.md). ![배](boat.svg)", title="배 </script> <b>"),
    "content/ferry/boat.svg": BOAT,
    "content/crane.md": article("첫 문단.", title="기중기"),
}


def built(folder: Path, files: dict[str, str] | None = None, settings: str = SETTINGS) -> BuildReport:
    site = write_site(folder / "site", {**FILES, **(files or {})}, settings)
    report = build_site(site, portable=True, output=folder / "portable").report
    assert report.complete
    return report


def text_of(html: str, name: str) -> str:
    found = LexborHTMLParser(html).css_first(f'script[data-name="{name}"]')
    assert found is not None
    return found.text(deep=True)


def pages_of(html: str) -> dict[str, Any]:
    found: dict[str, Any] = json.decode(zlib.decompress(base64.b64decode(text_of(html, "pages"))))
    return found


def test_all_pages_and_pictures_are_in_it(tmp_path: Path) -> None:
    report = built(tmp_path)
    html = bundle(Path(report.output), "ko").data.decode()
    pages = pages_of(html)
    assert {"", "articles/ferry/", "articles/crane/", "404.html"} <= set(pages)
    assert len(pages) == len(list(Path(report.output).rglob("*.html")))
    assert 'href="#/articles/crane/"' in pages["articles/ferry/"]["html"]
    pictures = json.decode(text_of(html, "pictures"))
    assert [(kind, base64.b64decode(data)) for kind, data in pictures.values()] == [
        ("image/svg+xml", next(Path(report.output).glob("assets/boat.*.svg")).read_bytes())
    ]


def test_the_same_site_gives_the_same_bytes(tmp_path: Path) -> None:
    report = built(tmp_path)
    assert bundle(Path(report.output), "ko") == bundle(Path(report.output), "ko")


def test_its_policy_allows_what_stands_in_it_and_nothing_else(tmp_path: Path) -> None:
    odd = "a::after { content: '</style><!-- ' }\r\n"
    templates = {
        "templates/assets/site.js": "'use strict';\r\nconst a = '</script><!-- x';",
        "templates/assets/odd.css": odd,
    }
    templates["templates/base.html"] = (
        '{% extends "yoyak/base.html" %}{% block styles %}<link rel="stylesheet" href="{{ asset("odd.css") }}">'
        "<script>inline()</script>{{ super() }}{% endblock %}"
    )
    html = bundle(Path(built(tmp_path, templates).output), "en").data.decode()
    tree = LexborHTMLParser(html)
    policy = (tree.css("meta[http-equiv]")[0].attributes["content"] or "").split("; ")
    rules = dict(rule.partition(" ")[::2] for rule in policy)
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    assert (rules.pop("img-src"), rules.pop("font-src")) == ("data: blob:", "data:")
    scripts = [node.text(deep=True) for node in tree.css("script") if node.attributes.get("data-name") in (None, "")]
    styles = [node.text(deep=True) for node in tree.css("style")] + [text_of(html, "bar")]
    assert set(rules.pop("script-src").split()) == {hash_of(text) for text in scripts}
    assert set(rules.pop("style-src").split()) == {hash_of(text) for text in styles}
    assert rules == {}
    assert len(scripts) == 2
    assert len(styles) == 3
    assert "inline()" not in html


def hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_no_handler_and_no_address_to_load_is_in_its_frame(tmp_path: Path) -> None:
    html = bundle(Path(built(tmp_path).output), "ko").data.decode()
    frame = re.sub(r"(?s)<(script|style)[^>]*>.*?</\1>", "", html)
    assert re.findall(r"\s(on\w+|src|srcset|action)=", frame) == []
    assert [link for link in re.findall(r'href="([^"]*)"', frame) if not link.startswith("data:image/")] == []


def test_imports_fonts_and_pictures_of_style_sheets_are_inside(tmp_path: Path) -> None:
    sheets = {
        "templates/assets/style.css": '@import "more.css" screen;\n@import url(https://e.example/x.css);\nb { top: 0 }',
        "templates/assets/more.css": "@import 'deep/x.css'; i { src: url(a.woff2); background: url('boat.svg#x') }",
        "templates/assets/deep/x.css": "u { background: url(../boat.svg), url(https://e.example/y.png) }",
        "templates/assets/boat.svg": BOAT,
        "templates/assets/a.woff2": "font",
    }
    settings = SETTINGS + "embeds: [e.example]\n"
    html = bundle(Path(built(tmp_path, sheets, settings).output), "ko").data.decode()
    found = [(node.attributes["media"], node.text(deep=True)) for node in LexborHTMLParser(html).css("style")]
    boat = f'url("data:image/svg+xml;base64,{base64.b64encode(BOAT.encode()).decode()}")'
    assert found == [
        ("screen", f'u {{ background: {boat}, url("data:,") }}'),
        ("screen", f' i {{ src: url("data:font/woff2;base64,Zm9udA=="); background: {boat} }}'),
        ("", "\n\nb { top: 0 }"),
    ]


def test_a_file_that_the_build_did_not_write_is_refused(tmp_path: Path) -> None:
    report = built(tmp_path)
    (Path(report.output) / "index.html").write_text("exchanged", encoding="utf-8")
    with pytest.raises(YoyakError, match=r"index\.html .*no longer what the build wrote"):
        bundle(Path(report.output), "ko")


# --- its file ---------------------------------------------------------------------------------------


def test_it_replaces_an_older_bundle_and_nothing_else(tmp_path: Path) -> None:
    report, file = built(tmp_path), tmp_path / "new" / "one.html"
    refuse_place(file, tmp_path / "site")
    done = with_bundle(report, file)
    assert (done.bundle, done.bundle_size) == (str(file), file.stat().st_size)
    assert 0 < done.bundle_pictures < done.bundle_size
    assert file.read_text(encoding="utf-8").startswith(MARK)
    assert [path.name for path in file.parent.iterdir()] == ["one.html"]
    refuse_place(file, tmp_path / "site")
    file.write_text("<!doctype html>\nSomebody's own page", encoding="utf-8")
    with pytest.raises(YoyakError, match="not a bundle"):
        refuse_place(file, tmp_path / "site")
    with pytest.raises(YoyakError, match="not a bundle"):
        refuse_place(tmp_path, tmp_path / "site")


@pytest.mark.parametrize("place", ["content/a.html", "templates/a.html", ".yoyak/a.html", "content/deep/er/a.html"])
def test_it_is_not_written_among_what_a_build_reads(tmp_path: Path, place: str) -> None:
    with pytest.raises(YoyakError, match="a folder that a build reads"):
        refuse_place(tmp_path / place, tmp_path)
    refuse_place(tmp_path / "a.html", tmp_path)


def test_what_cannot_be_written_is_said_with_its_cause(tmp_path: Path) -> None:
    report = built(tmp_path)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(YoyakError, match=r"one\.html could not be written: .+\. .+, then build again\."):
        with_bundle(report, tmp_path / "file" / "one.html")


def test_a_large_one_is_better_sent_as_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yoyak.portable.bundle._LARGE", 10)
    notes = with_bundle(built(tmp_path), tmp_path / "one.html").notes
    assert "many mail systems refuse" in speak(notes[-1])
