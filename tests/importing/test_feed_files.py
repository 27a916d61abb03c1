"""Feeds as they are found: broken off, behind the error of a server, in strange encodings, in every dialect."""

# ruff: noqa: E501 - feeds and mails as they are

from __future__ import annotations

import json
from pathlib import Path

import pytest

from importing.desk import contents, new_site, run_import, written
from sites import build_site
from yoyak.importing.run import ImportReport
from yoyak.messages.catalogue import paragraph, printed

HEAD = "<title>항구</title><link>https://haven.example/</link>"


def _rss(*items: str, more: str = "") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"{more}><channel>{HEAD}{"".join(items)}</channel></rss>'


def _item(
    number: int, text: str = "새 배가 다닌다.", title: str = "배 {}", link: str = "https://haven.example/{}"
) -> str:
    names = f"<title>{title.format(number)}</title><link>{link.format(number)}</link>"
    return f"<item>{names}<pubDate>Wed, 0{number} May 2024 09:00:00 +0900</pubDate><description>{text}</description></item>"


def _imported(folder: Path, data: str | bytes, name: str = "a.xml") -> tuple[list[str], str, ImportReport]:
    site = new_site(folder / "site")
    report = run_import(site, written(folder, name, data))
    texts = [text.decode() for path, text in contents(site).items() if not path.startswith("_")]
    return texts, "\n".join(map(paragraph, report.problems)), report


@pytest.mark.parametrize("cut", range(6, 75, 5))
def test_of_a_feed_that_is_broken_off_all_that_is_there_is_read_and_said(cut: int, tmp_path: Path) -> None:
    whole = _rss(_item(1), _item(2, "<![CDATA[<p>둘째 배는 <b>여섯</b> 시에 떠난다.</p>]]>"))
    texts, said, _ = _imported(tmp_path, whole.encode()[:-cut])
    assert len(texts) >= 1
    assert "This feed is broken off." in said
    assert cut > 40 or "둘째 배는" in "".join(texts)


@pytest.mark.parametrize(
    "before",
    [
        "<br />\n<b>Warning</b>: x() in <b>/a.php</b> on line <b>3</b><br />\n",
        "\n\n x",
        "<html><body>502</body></html>\n",
    ],
)
def test_a_feed_below_the_error_of_a_server_is_read_and_said(before: str, tmp_path: Path) -> None:
    texts, said, _ = _imported(tmp_path, before + _rss(_item(1), _item(2)))
    assert len(texts) == 2
    assert "Something stands before this feed" in said


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom", "feed.xml"])
def test_a_page_in_place_of_a_feed_is_no_article(name: str, tmp_path: Path) -> None:
    page = "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><p>이 쪽은 없다.</p></body></html>"
    texts, said, _ = _imported(tmp_path, page, name)
    assert texts == []
    assert "This is a page in place of a feed" in said


def test_entries_with_one_title_have_addresses_of_their_own(tmp_path: Path) -> None:
    feed = _rss(
        *(_item(n, f"{n}일의 항구.", title="오늘의 항구") for n in (1, 2)),
        _item(3, title="오늘의 항구").replace("May", "Jun"),
    )
    texts, _, report = _imported(tmp_path, feed)
    assert len(texts) == 3
    built = build_site(tmp_path / "site", preview=True)
    assert [paragraph(problem) for problem in built.report.problems if problem.severity == "error"] == []
    assert built.report.articles == 3
    newer = _rss(_item(4, title="오늘의 항구"))
    assert len(run_import(tmp_path / "site", written(tmp_path, "b.xml", newer)).imported) == 1
    assert len(report.imported) == 3


def test_an_entry_with_two_names_in_one_feed_is_one_article(tmp_path: Path) -> None:
    twice = [_item(1).replace("<title>", f"<guid>{n}</guid><title>") for n in (1, 2)]
    texts, said, _ = _imported(tmp_path, _rss(twice[0], twice[1].replace("https://haven", "http://www.haven")))
    assert len(texts) == 1
    assert "1 entry of this feed is another one once more" in said


def test_entries_without_link_and_name_are_known_by_what_they_say(tmp_path: Path) -> None:
    bare = [f"<item><title>오늘의 항구</title><description>{n}일의 글이다.</description></item>" for n in (1, 2)]
    texts, _, _ = _imported(tmp_path, _rss(*bare))
    assert len(texts) == 2
    again = run_import(tmp_path / "site", written(tmp_path, "b.xml", _rss(*bare, bare[0].replace("1일", "3일"))))
    assert len(again.imported) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://haven.example/1",
        "https://www.haven.example/1",
        "https://haven.example/1/",
        "https://haven.example/1?utm_source=x&amp;utm_medium=y",
        "https://haven.example/1;jsessionid=0A1B",
    ],
)
def test_an_entry_of_rss_and_atom_is_one_article(address: str, tmp_path: Path) -> None:
    _imported(tmp_path, _rss(_item(1)))
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>항구</title><entry><id>tag:haven.example,2024:1</id><title>배 1</title><link href="{address}"/><summary>x</summary></entry></feed>'
    report = run_import(tmp_path / "site", written(tmp_path, "b.atom", atom))
    assert report.imported == ()
    assert len(report.known) == 1


def test_the_address_behind_a_counting_one_is_taken(tmp_path: Path) -> None:
    origin = "<f:origLink xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>https://haven.example/1?at_medium=RSS</f:origLink>"
    item = _item(1, link="https://feeds.example/~r/h/~3/{}").replace("<pubDate>", f"{origin}<pubDate>")
    (article,), _, _ = _imported(tmp_path, _rss(item))
    assert '\nsource_url: "https://haven.example/1"\n' in article


@pytest.mark.parametrize(
    "tag",
    ["<lite-youtube videoid='aB1cD2eF3gH'></lite-youtube>", "<youtube-video videoid='aB1cD2eF3gH'></youtube-video>"],
)
def test_a_film_that_a_script_would_load_is_a_link(tag: str, tmp_path: Path) -> None:
    (article,), _, _ = _imported(tmp_path, _rss(_item(1, f"<![CDATA[<p>첫째.</p>{tag}<p>둘째.</p>]]>")))
    assert "https://www.youtube.com/watch?v=aB1cD2eF3gH" in article


def test_relative_addresses_are_understood_from_the_feed(tmp_path: Path) -> None:
    text = "&lt;p&gt;표는 &lt;a href='t'&gt;여기&lt;/a&gt;.&lt;/p&gt;&lt;img data-src='/a.jpg' src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' alt='배'&gt;"
    texts, _, _ = _imported(tmp_path, _rss(_item(1, text, link="/news/{}")))
    assert 'source_url: "https://haven.example/news/1"' in texts[0]
    assert "(https://haven.example/news/t)" in texts[0]
    assert "https://haven.example/a.jpg" in texts[0]


def test_xml_base_is_where_addresses_are_understood_from(tmp_path: Path) -> None:
    atom = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://isle.example/d/"><title>섬</title><entry xml:base="e/"><id>1</id><title>배</title><link href="1"/><content type="html">&lt;a href="z"&gt;글&lt;/a&gt;이다.</content></entry></feed>'
    texts, _, _ = _imported(tmp_path, atom)
    assert 'source_url: "https://isle.example/d/e/1"' in texts[0]
    assert "(https://isle.example/d/e/z)" in texts[0]


@pytest.mark.parametrize(
    "feed",
    [
        '<rss version="0.91"><channel><title>V</title>{}</channel></rss>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>V</title></channel>{}</rdf:RDF>',
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>V</title></channel>{}</r:RDF>',
        "<!-- a --><rss><channel><title>V</title>{}</channel></rss><!-- b -->\n<script>x</script>",
        "<channel><title>V</title>{}</channel>",
        '<rss version="2.0"><channel><title>V</title>{}<x:y z:a="1"/></channel></rss>',
    ],
)
def test_dialects_of_rss_are_read(feed: str, tmp_path: Path) -> None:
    texts, _, _ = _imported(tmp_path, feed.format(_item(1)))
    assert "새 배가 다닌다." in texts[0]


@pytest.mark.parametrize(
    "content",
    [
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>새 <b>배</b>가 다닌다.</p></div></content>',
        '<content type="html">&lt;p&gt;새 &lt;b&gt;배&lt;/b&gt;가 다닌다.&lt;/p&gt;</content>',
        '<content type="html"><![CDATA[<p>새 <b>배</b>가 다닌다.</p>]]></content>',
        '<content type="text/html" mode="escaped">&lt;p&gt;새 &lt;b&gt;배&lt;/b&gt;가 다닌다.&lt;/p&gt;</content>',
        "<content:encoded><![CDATA[<p>새 <b>배</b>가 다닌다.</p>]]></content:encoded>",
    ],
)
def test_content_is_read_in_each_of_its_forms(content: str, tmp_path: Path) -> None:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>V</title><entry><title>a &lt;int&gt; b</title><id>1</id>{content}</entry></feed>'
    texts, _, _ = _imported(tmp_path, feed)
    assert "새 **배**가 다닌다." in texts[0]
    assert "a <int> b" in texts[0].partition("\n---\n\n")[0]


def test_plain_text_of_an_entry_keeps_its_signs(tmp_path: Path) -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>V</title><entry><title>x</title><id>1</id><content type="text">배 1 &lt; 배 2 &lt;b&gt;이다.</content></entry></feed>'
    texts, _, _ = _imported(tmp_path, feed)
    assert "<b>이다." in texts[0].replace("\\", "").replace("&lt;", "<").replace("&gt;", ">")


def test_what_is_enclosed_becomes_links_and_pictures(tmp_path: Path) -> None:
    enclosed = '<enclosure url="https://haven.example/1.mp3" type="audio/mpeg" length="1"/><enclosure url="https://haven.example/plan.pdf" type="application/pdf" length="1"/>'
    group = '<media:group xmlns:media="http://search.yahoo.com/mrss/"><media:thumbnail url="https://haven.example/t.jpg"/></media:group>'
    texts, _, _ = _imported(tmp_path, _rss(_item(1).replace("</item>", f"{enclosed}{group}</item>")))
    assert "https://haven.example/1.mp3" in texts[0]
    assert "[plan.pdf](https://haven.example/plan.pdf)" in texts[0]
    assert "https://haven.example/t.jpg" in texts[0]


@pytest.mark.parametrize(
    "source",
    [
        "https://pixel.wp.com/b.gif?host=x",
        "https://medium.com/_/stat?event=post",
        "https://haven.example/pixel.gif?u=1",
        "https://haven.example/a.jpg' width='1",
    ],
)
def test_pictures_that_count_readers_do_not_reach_the_text(source: str, tmp_path: Path) -> None:
    texts, _, _ = _imported(tmp_path, _rss(_item(1, f"<![CDATA[<p>글이다.</p><img src='{source}'>]]>")))
    assert "<img" not in texts[0]
    assert "![" not in texts[0]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp949", "euc-kr"])
def test_feeds_in_other_encodings_are_read(codec: str, tmp_path: Path) -> None:
    texts, _, _ = _imported(tmp_path, _rss(_item(1)).encode(codec))
    assert "새 배가 다닌다." in texts[0]


def test_some_characters_that_are_in_no_encoding_cost_no_entry(tmp_path: Path) -> None:
    data = _rss(*(_item(n) for n in range(1, 8))).encode().replace("새".encode(), b"\xec\x83", 1)
    texts, said, _ = _imported(tmp_path, data)
    assert len(texts) == 7
    assert "of this feed cannot be read in its encoding" in said


JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "항구",
    "home_page_url": "https://haven.example/",
    "language": "ko",
    "authors": [{"name": "이하늘"}],
    "items": [
        {"id": "1", "url": "/1?utm_source=x", "title": "배 <int>", "content_html": "<p>새 <b>배</b>.</p>", "date_published": "2024-05-01T09:00:00+09:00", "tags": ["섬"]},
        {"id": 2, "url": "https://haven.example/2", "content_text": "둘째 글이다.\n\n끝.", "attachments": [{"url": "https://haven.example/a.mp3", "mime_type": "audio/mpeg"}]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", ["feed.json", "feed", "feed.xml"])
@pytest.mark.parametrize("version", ["1", "1.1"])
def test_a_feed_in_json_is_read(version: str, name: str, tmp_path: Path) -> None:
    feed = {**JSON, "version": f"https://jsonfeed.org/version/{version}"}
    texts, _, report = _imported(tmp_path, json.dumps(feed, ensure_ascii=name == "feed"), name)
    first = next(text for text in texts if "배 <int>" in text)
    second = next(text for text in texts if "둘째 글이다." in text.partition("\n---\n\n")[2])
    assert 'source_url: "https://haven.example/1"' in first
    assert "이하늘" in first
    assert "\ndate: 2024-05-01 09:00\n" in first
    assert "\nstatus: review\n" in second
    assert "https://haven.example/a.mp3" in second
    assert run_import(tmp_path / "site", tmp_path / name).imported == ()
    assert len(report.imported) == 2


def test_a_feed_in_json_that_is_broken_off_gives_its_whole_entries(tmp_path: Path) -> None:
    texts, said, _ = _imported(tmp_path, json.dumps(JSON, ensure_ascii=False).encode()[:-90], "a.json")
    assert len(texts) == 1
    assert "이하늘" in texts[0]
    assert "This feed is broken off." in said


def test_other_json_in_a_folder_is_left_alone(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    written(tmp_path / "in", "feed.json", json.dumps(JSON))
    written(tmp_path / "in", "package.json", '{"name": "x"}')
    report = run_import(site, tmp_path / "in")
    assert len(report.imported) == 2
    assert report.skipped == {".json": 1}
    assert "This is JSON, but no feed." in printed(run_import(site, tmp_path / "in/package.json").problems[0])


def _atom(*entries: str) -> str:
    head = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app"><title>항구</title>'
    return (
        head
        + "".join(f"<entry><updated>2024-05-01T09:00:00Z</updated>{entry}</entry>" for entry in entries)
        + "</feed>"
    )


@pytest.mark.parametrize("says", ["<app:control><app:draft>yes</app:draft></app:control>", "<app:draft>Yes</app:draft>", '<x:status xmlns:x="urn:x">private</x:status>'])  # fmt: skip
def test_an_entry_that_its_feed_calls_unpublished_is_held_back(says: str, tmp_path: Path) -> None:
    texts, _, _ = _imported(tmp_path, _atom(f"<id>urn:a</id><title>초안</title>{says}<content>글이다.</content>", "<id>urn:b</id><title>배</title><app:draft>no</app:draft><content>글.</content>"))  # fmt: skip
    held = {"초안" in text: "status: draft" in text for text in texts}
    assert held == {True: True, False: False}


def test_a_category_is_called_by_its_label_and_a_writer_without_a_role(tmp_path: Path) -> None:
    texts, _, _ = _imported(tmp_path, _atom('<id>urn:a</id><title>배</title><category term="seom" label="섬"/><category term="port"/><author><name>한바다 기자</name></author><author><name>Gaon Desk</name></author><content>글.</content>'))  # fmt: skip
    assert "tags: [섬, port]" in texts[0]
    assert "authors: [한바다, Gaon Desk]" in texts[0]


def test_a_text_that_lies_elsewhere_gives_its_address(tmp_path: Path) -> None:
    texts, _, _ = _imported(tmp_path, _atom('<id>urn:a</id><title>배</title><content type="text/html" src="https://far.example/x.html"/>'))  # fmt: skip
    assert 'source_url: "https://far.example/x.html"' in texts[0]


def test_a_picture_beside_the_text_is_kept_though_another_only_counts_readers(tmp_path: Path) -> None:
    counter = "&lt;p&gt;글.&lt;/p&gt;&lt;img src='https://c.example/p.gif' width='1' height='1'&gt;"
    picture = '<media:content url="https://haven.example/m.jpg" medium="image"/>'
    item = _item(1, counter).replace("</item>", f"{picture}</item>")
    texts, _, _ = _imported(tmp_path, _rss(item, more=' xmlns:media="http://search.yahoo.com/mrss/"'))
    assert "https://haven.example/m.jpg" in texts[0]
