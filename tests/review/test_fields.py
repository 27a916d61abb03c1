"""What makes an approval stale, field by field, and what does not: decision 0124, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from incremental.newsroom import picture
from rows import each_row
from sites import SETTINGS, write_site
from yoyak.desk.records import Records, event_now, records
from yoyak.desk.writing import reading_of
from yoyak.model.schema import AuthorKeys, CorrectionKeys, FrontMatter, ImageKeys
from yoyak.model.types import Person
from yoyak.review.blocks import _KEPT, blocks_of, read_blocks
from yoyak.review.seen import seen_from, seen_text
from yoyak.text.sanitize import _ATTRIBUTES, sanitize

AT = datetime(2024, 7, 10, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))
PATH = "content/2024/07/ferry.md"
KIM = Person(name="Kim", email="kim@example.org")
HEAD = """title: Ferry
subtitle: Twice a day
date: 2024-07-03 09:00
updated: 2024-07-04
themes: [transport, culture]
tags: [island, boat]
source: The Daily
source_url: https://daily.example/ferry
authors: [{name: Han, email: han@example.org}, Yun]
summary: A ferry has left.
image: {src: lead.svg, alt: A ferry, caption: At noon, credit: Lee}
lang: en
label: Sea
rights: full
rights_notice: No copies.
corrections: [{date: 2024-07-05, note: The price was wrong.}]
status: approved
weight: 1
slug: ferry
aliases: [/old/]
"""
BODY = """The **ferry** runs [daily](https://example.net/), says [the other](other.md).

![A map](map.svg)

3. one
4. two

| a | b |
|---|---|
| 1 | 2 |
"""
WORDS: dict[str, tuple[str, str]] = {
    "title": ("title: Ferry", "title: Ferries"),
    "subtitle": ("Twice a day", "Once a day"),
    "date": ("2024-07-03 09:00", "2024-07-03 10:00"),
    "date without its time": ("2024-07-03 09:00", "2024-07-03"),
    "no date": ("date: 2024-07-03 09:00\n", ""),
    "updated": ("updated: 2024-07-04", "updated: 2024-07-05"),
    "themes": ("culture]", "science]"),
    "themes in another order": ("[transport, culture]", "[culture, transport]"),
    "tags": ("boat]", "ship]"),
    "source": ("The Daily", "The Weekly"),
    "source_url": ("daily.example/ferry", "daily.example/other"),
    "authors.name": ("Yun]", "Kang]"),
    "authors.email": ("han@example.org", "han@example.net"),
    "authors in another order": (
        "[{name: Han, email: han@example.org}, Yun]",
        "[Yun, {name: Han, email: han@example.org}]",
    ),
    "summary": ("has left.", "has not left."),
    "image.src": ("lead.svg", "map.svg"),
    "image.alt": ("alt: A ferry", "alt: A boat"),
    "image.caption": ("At noon", "At night"),
    "image.credit": ("credit: Lee", "credit: Kim"),
    "no image": ("image: {src: lead.svg, alt: A ferry, caption: At noon, credit: Lee}\n", ""),
    "lang": ("lang: en", "lang: ko"),
    "label": ("label: Sea", "label: Air"),
    "rights": ("rights: full", "rights: excerpt"),
    "rights_notice": ("No copies.", "Copies."),
    "corrections.date": ("2024-07-05", "2024-07-06"),
    "corrections.note": ("price was", "date was"),
    "no correction": ("corrections: [{date: 2024-07-05, note: The price was wrong.}]\n", ""),
    "a word": ("ferry** runs", "ferry** ran"),
    "no emphasis": ("**ferry**", "ferry"),
    "emphasis of another kind": ("**ferry**", "*ferry*"),
    "a link to another site": ("example.net", "example.com"),
    "the words of a link within": ("[the other]", "[another]"),
    "a picture's words": ("[A map]", "[A plan]"),
    "a picture": ("map.svg", "lead.svg"),
    "the number at which a list begins": ("3. one\n4. two", "5. one\n6. two"),
    "a list without numbers": ("3. one\n4. two", "- one\n- two"),
    "two items of a list": ("3. one\n4. two", "3. two\n4. one"),
    "two paragraphs of one": ("runs [daily]", "runs\n\n[daily]"),
    "a cell": ("| 1 | 2 |", "| 2 | 1 |"),
    "a heading": ("3. one", "## one\n\n3. one"),
    "a line": ("3. one", "---\n\n3. one"),
    "a quotation": ("The **ferry**", "> The **ferry**"),
}
"""What a reader gets: it makes an approval stale."""
NO_WORDS: dict[str, tuple[str, str]] = {
    "status": ("status: approved", "status: draft"),
    "publish_at": ("weight: 1", "publish_at: 2024-07-20 09:00"),
    "embargo_until": ("weight: 1", "embargo_until: 2024-07-20 09:00"),
    "expires_at": ("weight: 1", "expires_at: 2024-07-20 09:00"),
    "edition": ("weight: 1", "edition: 2024-W28"),
    "weight": ("weight: 1", "weight: 2"),
    "slug": ("slug: ferry", "slug: boat"),
    "aliases": ("/old/", "/older/"),
    "order of keys": ("title: Ferry\nsubtitle: Twice a day\n", "subtitle: Twice a day\ntitle: Ferry\n"),
    "other quotes": ("title: Ferry", "title: 'Ferry'"),
    "spaces in front matter": ("title: Ferry", "title:    Ferry  "),
    "a comment": ("weight: 1", "weight: 1 # so"),
    "a list in lines": ("tags: [island, boat]", "tags:\n  - island\n  - boat"),
    "a date in quotes": ("2024-07-03 09:00", "'2024-07-03T09:00'"),
    "the same instant in another zone": ("2024-07-03 09:00", "2024-07-03T00:00:00Z"),
    "another mark of emphasis": ("**ferry**", "__ferry__"),
    "spaces in the text": ("runs [daily]", "runs  [daily]"),
    "another line end in a paragraph": ("runs [daily]", "runs\n[daily]"),
    "empty lines": ("\n\n3. one", "\n\n\n\n3. one"),
    "an address by reference": ("[daily](https://example.net/)", "[daily][1]"),
    "a table with spaces": ("| 1 | 2 |", "|  1 |2|"),
    "where a link within leads": ("(other.md)", "(third.md)"),
    "a link within": ("[the other](other.md)", "the other"),
}
"""What no reader sees, or what decides only where and when it is published."""
NOT_SHOWN = {
    "captured": "no page shows when a copy was made",
    "dateline": "no page shows it; of a capture it stands in the text",
    "of_the_source": "it decides what rights cut; what is left is seen",
    "paywall": "it decides what rights cut; what is left is seen",
}
"""Keys that show only in other fields."""


def text(old: str = "", new: str = "") -> bytes:
    whole = f"---\n{HEAD}---\n\n{BODY}" + ("\n[1]: https://example.net/\n" if new == "[daily][1]" else "")
    assert not old or old in whole, old
    return (whole.replace(old, new, 1) if old else whole).encode()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    folder = tmp_path_factory.mktemp("fields")
    other = "---\ntitle: Other\ndate: 2024-07-01\nthemes: [culture]\n---\n\nText.\n"
    write_site(
        folder,
        {
            PATH: text(),
            "content/2024/07/other.md": other,
            "content/2024/07/third.md": other.replace("Other", "Third"),
            "content/2024/07/lead.svg": picture(5),
            "content/2024/07/map.svg": picture(7),
        },
        SETTINGS,
    )
    with records(folder, at=AT) as found:
        yield found


@pytest.mark.parametrize("change", WORDS)
def test_a_change_of_what_a_reader_gets_is_another_thing_seen(desk: Records, change: str) -> None:
    now = reading_of(desk, PATH, text(*WORDS[change]))
    assert now
    assert now.digest != desk.seen(PATH).digest


@pytest.mark.parametrize("change", NO_WORDS)
def test_a_change_that_no_reader_sees_is_the_same_thing_seen(desk: Records, change: str) -> None:
    now = reading_of(desk, PATH, text(*NO_WORDS[change]))
    assert now
    assert seen_text(now) == seen_text(desk.seen(PATH))


WRITTEN = {
    "line ends of Windows": text().replace(b"\n", b"\r\n"),
    "a mark of the order of bytes": b"\xef\xbb\xbf" + text(),
    "another encoding": text().decode().encode("utf-16"),
    "no line end at the end": text().rstrip(b"\n"),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_how_a_file_is_written_down_changes_nothing_that_is_seen(desk: Records, way: str) -> None:
    now = reading_of(desk, PATH, WRITTEN[way])
    assert now
    assert seen_text(now) == seen_text(desk.seen(PATH))


def test_every_key_of_front_matter_is_in_one_of_the_tables() -> None:
    names = {name for name in (*WORDS, *NO_WORDS, *NOT_SHOWN) if " " not in name}
    names |= {"image", "authors", "corrections"}
    keys = {one.encode_name for one in msgspec.structs.fields(FrontMatter)}
    for parent, inner in (("image", ImageKeys), ("authors", AuthorKeys), ("corrections", CorrectionKeys)):
        keys |= {f"{parent}.{one.encode_name}" for one in msgspec.structs.fields(inner)}
    assert keys == names


def test_what_was_seen_is_read_back_from_its_text(desk: Records) -> None:
    for change in WORDS.values():
        now = reading_of(desk, PATH, text(*change))
        assert now
        assert seen_from(seen_text(now)) == now


UNSEEN = {"id", "width", "height", "type", "aria-labelledby"}


def test_every_attribute_that_may_be_published_is_seen_or_is_nothing_to_see() -> None:
    assert {one for names in _ATTRIBUTES.values() for one in names} == set(_KEPT) | UNSEEN


@each_row(
    ("before", "after"),
    [
        ("<ol><li>x</li></ol>", '<ol start="7"><li>x</li></ol>'),
        ("<ol><li>x</li></ol>", "<ol reversed><li>x</li></ol>"),
        ("<ol><li>x</li></ol>", '<ol><li value="7">x</li></ol>'),
        ("<p>x</p>", '<p dir="rtl">x</p>'),
        ("<p>x</p>", '<p title="not x">x</p>'),
        ('<blockquote cite="https://a.example/"><p>x</p></blockquote>', "<blockquote><p>x</p></blockquote>"),
        ("<details><summary>s</summary>x</details>", "<details open><summary>s</summary>x</details>"),
        ("<p>H<sub>2</sub>O</p>", "<p>H<sup>2</sup>O</p>"),
        ("<p><del>x</del></p>", "<p>x</p>"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", '<table><tr><td colspan="2">1</td><td>2</td></tr></table>'),
        ('<p><input type="checkbox"> x</p>', '<p><input type="checkbox" checked> x</p>'),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ('<p><a href="/articles/x/">x</a></p>', '<p><a href="//evil.example/">x</a></p>'),
        ('<p><a href="/articles/x/">x</a></p>', '<p><a href="/\\evil.example/">x</a></p>'),
        ('<p><a href="/articles/x/">x</a></p>', '<p><a href="/&#9;/evil.example/">x</a></p>'),
        ('<p><a href="/articles/x/">x</a></p>', '<p><a href="&#10;/&#13;/evil.example/">x</a></p>'),
        ('<p><a href="https://a.example/">x</a></p>', '<p><a href="https://b.example/">x</a></p>'),
        ('<p><a href="mailto:a@a.example">x</a></p>', '<p><a href="mailto:b@a.example">x</a></p>'),
        ('<p><a aria-label="y" href="https://a.example/">x</a></p>', '<p><a href="https://a.example/">x</a></p>'),
    ],
)
def test_markup_that_a_reader_sees_is_seen(before: str, after: str) -> None:
    one, other = (blocks_of(str(sanitize(html))) for html in (before, after))
    assert [block.line for block in one] != [block.line for block in other]
    assert read_blocks(block.line for block in other) == other


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>one two</p>", "<p>one\n  two </p>"),
        ('<h2 id="a">x</h2>', '<h2 id="b">x</h2>'),
        (
            '<img src="/assets/a.0123456789abcdef.png" width="1">',
            '<img src="/assets/b.0123456789abcdef.png" width="2">',
        ),
        ('<p><a href="/articles/a/">x</a></p>', '<p><a href="/articles/b/">x</a></p>'),
        ('<p><a href="/articles/a/">x</a></p>', "<p>x</p>"),
        ("<p>x</p>", "<div><p>x</p></div>".replace("div", "span")),
        ("<p>caf\u00e9</p>", "<p>cafe\u0301</p>"),
    ],
)
def test_markup_that_no_reader_sees_is_not_seen(before: str, after: str) -> None:
    one, other = ([block.line for block in blocks_of(str(sanitize(html)))] for html in (before, after))
    assert one == other


@pytest.mark.parametrize("name", ["lead.svg", "map.svg"])
def test_other_bytes_of_a_picture_make_an_approval_stale(tmp_path: Path, name: str) -> None:
    site = write_site(
        tmp_path,
        {PATH: text(), "content/2024/07/lead.svg": picture(5), "content/2024/07/map.svg": picture(7)},
        SETTINGS + "review: {required: true}\n",
    )
    with records(site, at=AT) as found:
        found.add(PATH, event_now("approve", KIM))
    with records(site, at=AT) as found:
        assert found.review(PATH).state == "approved"
    (site / "content/2024/07" / name).write_text(picture(9))
    with records(site, at=AT) as found:
        assert found.review(PATH).state == "stale"
    (site / "content/2024/07" / name).write_text(picture(5 if name == "lead.svg" else 7))
    with records(site, at=AT) as found:
        assert found.review(PATH).state == "approved"
