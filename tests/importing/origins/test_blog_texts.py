# ruff: noqa: E501 - lines of exports stay as they are
"""Texts of blogs: what the editors of their programs write becomes what an article can hold."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from importing.desk import contents, new_site, only_article, run_import, written
from importing.origins.blogs import zipped
from rows import each_row
from yoyak.importing.exports import own_picture
from yoyak.importing.originals import Original
from yoyak.importing.origins.ghost_cards import html_of
from yoyak.importing.origins.wordpress_text import Around, Media, body_of
from yoyak.importing.origins.xml_items import element, items
from yoyak.importing.packed import opened_zip
from yoyak.importing.run import ImportRequest, import_originals

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LIBRARY = Around(
    media={"9": Media(address="https://b.example/up/quay.png", alt="A quay", caption="Dawn")},
    blocks={"33": "<p>Again.</p>"},
)


@each_row(
    ("written_so", "shown"),
    [
        ('[gallery ids="9"]', '<img src="https://b.example/up/quay.png" alt="A quay">'),
        ('[gallery ids="77"]', '[gallery ids="77"]'),
        ('[gallery ids="9,77"]', '</figure>\n<p>\n<p>[gallery ids="77"]</p>'),
        ("[gallery]", "[gallery]"),
        ('<img class="wp-image-9" src="x.png" alt="">', 'alt="A quay"'),
        ('<!-- wp:block {"ref":33} /-->', "<p>Again.</p>"),
        ('<!-- wp:block {"ref":34} /-->', '[block ref="34"]'),
        ("<!-- wp:freeform -->One.\n\nTwo.<!-- /wp:freeform -->", "<p>One.</p>\n<p>Two.</p>"),
        ("<!-- wp:classic -->\nOne\nTwo.\n<!-- /wp:classic -->", "<p>One<br>\nTwo.</p>"),
        ("One.\n\nhttps://youtu.be/abc\n\nTwo.", '<iframe src="https://youtu.be/abc">'),
        ('<!-- wp:core-embed/twitter {"url":"https://t.example/1"} /-->', '<iframe src="https://t.example/1">'),
        ("Write [[caption]] so.", "[[caption]]"),
        ("A line.\nA break.", "A line.<br>"),
        ('A line.\nA break.\n\n[audio mp3="https://b.example/a.mp3"][/audio]', "A line.<br>"),
    ],
)
def test_marks_of_wordpress_become_what_they_stand_for(written_so: str, shown: str) -> None:
    assert shown in body_of(written_so, LIBRARY)


def test_an_unclosed_cdata_or_item_costs_only_itself() -> None:
    text = (
        "<item><title>a</title></item><item><t><![CDATA[open</t></item><item><t><![CDATA[</item> in words]]></t></item>"
        "<item><title>never closed<item><title>b &nbsp; & c</title></item>"
    )
    read = [element(item, {}) for item in items(text, "item")]
    assert [item is not None for item in read] == [True, False, True, False, True]


@pytest.mark.parametrize(
    ("node", "html"),
    [
        ({"type": "paragraph", "children": [{"type": "text", "text": "a<b", "format": 3}]}, "<p><em><strong>a&lt;b</strong></em></p>"),
        ({"type": "image", "src": "a.png", "caption": "C"}, '<figure><img src="a.png" alt=""><figcaption>C</figcaption></figure>'),
        ({"type": "bookmark", "url": "https://x.example/", "metadata": {"title": "X"}}, '<p><a href="https://x.example/">X</a></p>'),
        ({"type": "email-cta", "html": "<p>for mails</p>"}, ""),
        ({"type": "codeblock", "code": "x<y"}, "<pre><code>x&lt;y</code></pre>"),
    ],
)  # fmt: skip
def test_nodes_of_ghost_become_html(node: dict[str, object], html: str) -> None:
    assert html_of(json.dumps({"root": {"children": [node]}}), None, str) == html


def test_pictures_of_a_zip_are_found_and_its_own_links_lead_to_this_site(tmp_path: Path) -> None:
    body = '<p><a href="__GHOST_URL__/one/">One</a></p><img src="__GHOST_URL__/content/images/a.png">'
    post = {"id": "1", "title": "One", "slug": "one", "status": "published", "visibility": "public", "html": body}
    files = {"g.json": json.dumps({"db": [{"data": {"posts": [post]}}]}), "content/images/a.png": PNG}
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "g.zip", zipped(files)))
    assert "https://digest.example.org/one/" in only_article(site)
    assert PNG in contents(site).values()


def test_a_post_of_ghost_whose_visibility_is_nothing_is_held_back(tmp_path: Path) -> None:
    post = {"title": "One", "slug": "one", "status": "published", "visibility": None, "html": "<p>x</p>"}
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "g.json", json.dumps({"data": {"posts": [post]}})))
    assert "status: draft" in only_article(site)


def test_a_resized_picture_is_the_whole_one_beside_the_export(tmp_path: Path) -> None:
    written(tmp_path, "wp-content/uploads/a.png", PNG)
    found = {"wp-content/uploads/a.png": PNG}
    original = Original(given="x", name="x", data=b"", find=found.get)
    address = "https://b.example/wp-content/uploads/a-300x200.png"
    assert own_picture(address, original, "https://b.example") == "wp-content/uploads/a.png"


def test_a_zip_gives_nothing_that_leads_out_of_it_or_is_too_much() -> None:
    data = zipped(
        {"../out.html": "x", "/root.html": "x", "C:/disk.html": "x", "bomb.html": b"0" * 40_000_000, "in.html": "x"}
    )
    assert opened_zip(data)[0] == ("in.html",)


def test_an_attachment_in_a_backup_of_tistory_is_the_picture_that_its_mark_names(tmp_path: Path) -> None:
    attached = f"<attachment><name>1.png</name><label>quay.png</label><content>{base64.b64encode(PNG).decode()}</content></attachment>"
    post = f"<post><id>1</id><visibility>public</visibility><title>T</title><content>[##_1C|1.png|width=9|Dawn_##]</content>{attached}</post>"
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "t.xml", f'<?xml version="1.0"?><blog type="tattertools/1.1">{post}</blog>'))
    assert '![](1.png "Dawn")' in only_article(site)


def test_a_backup_of_tistory_that_says_nothing_of_who_could_see_it_is_held_back(tmp_path: Path) -> None:
    page = (
        '<h2 class="title-article">T</h2><div class="article-view"><div class="contents_style"><p>Text.</p></div></div>'
    )
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "t.zip", zipped({"b/1/1-t.html": page})))
    assert "status: draft" in only_article(site)


NAVER = (
    '<html><head><meta property="og:url" content="https://blog.naver.com/lee/22"><title>제목</title></head><body><div class="se-title-text">제목</div>'
    '<span class="se_publishDate">2024. 7. 3. 9:10</span>{}<div class="se-main-container"><div class="se-component se-image">'
    '<img src="data:image/gif;base64,R0" data-lazy-src="https://postfiles.pstatic.net/a.jpg"><div class="se-caption">말</div></div>'
    '<div class="se-sticker"><img src="https://s.example/s.png"></div><div class="se-quotation"><blockquote><p>따옴.</p></blockquote></div>'
    '<div class="se-oglink"><a href="https://y.example/"><strong class="se-oglink-title">글</strong></a></div></div></body></html>'
)


def _naver(tmp_path: Path, mark: str, origin: str) -> str:
    site = new_site(tmp_path / "site")
    page = written(tmp_path, "p.html", NAVER.format(mark))
    import_originals(ImportRequest(folder=site, named=(str(page),), origin=origin))
    return only_article(site)


def test_an_own_page_of_naver_is_its_post(tmp_path: Path) -> None:
    text = _naver(tmp_path, "", "naver")
    assert "title: 제목\ndate: 2024-07-03 09:10\n" in text
    assert 'rights: full\naliases: ["/lee/22"]\n---\n' in text
    assert text.endswith('![](https://postfiles.pstatic.net/a.jpg "말")\n\n> 따옴.\n\n[글](https://y.example/)\n')


@pytest.mark.parametrize("mark", ["비공개", "이웃공개", "서로이웃공개", "서로 이웃 공개"])
@pytest.mark.parametrize("origin", ["naver", ""])
def test_a_page_of_naver_that_was_not_for_everybody_is_held_back(tmp_path: Path, mark: str, origin: str) -> None:
    assert "status: draft" in _naver(tmp_path, f"<em>{mark}</em>", origin)
