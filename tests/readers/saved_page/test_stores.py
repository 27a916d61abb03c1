"""Who wrote a saved page and when, as its data for scripts say beside its headline."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote

import pytest

from readers.worlds import around
from rows import each_row
from yoyak.model.sources import Reading
from yoyak.readers.saved_page.read import read_saved_page

HEAD = "마을 빵집이 새벽 네 시에 여는 까닭"
TEXT = (
    "누리읍 장터 옆 빵집은 새벽 네 시에 문을 연다. 첫 손님은 우유를 나르는 기사들이다.",
    "주인은 밀가루를 전날 저녁에 반죽해 두고 세 시간만 잔다고 말했다. 단골은 백 명이 넘는다.",
    "읍은 내년부터 새벽에 여는 가게에 전기료의 30%를 보태 주기로 했다. 신청은 이달 말까지 받는다.",
)
OTHERS = [{"title": "장터 주차장 다시 연다", "author": "남의글", "publishedAt": "2026-11-29T01:00:00+09:00"}]


def page(data: str, title: str = f"{HEAD} - 누리신문", shown: bool = True) -> Reading:
    body = "".join(f"<p>{line}</p>" for line in TEXT) if shown else ""
    head = f"<h1>{HEAD}</h1>" if shown else ""
    html = f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{head}<main>{body}</main>{data}</body>"
    return read_saved_page(html, around("content/page.html"))


def said(reading: Reading) -> tuple[list[str], date | None]:
    fields = reading.fields
    names = [person.name for person in fields["authors"].value] if "authors" in fields else []
    return names, fields["date"].value.value.date() if "date" in fields else None


def next_data(value: Any) -> str:
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(value, ensure_ascii=False)}</script>'


NUXT = [
    ["ShallowReactive", 1],
    {"a": 2},
    {"title": 3, "reg_dt": 4, "writer": 5},
    HEAD,
    "2026-11-20 09:10",
    {"name": 6},
    "한서로",
]
APOLLO = {
    "Story:1": {
        "headline": HEAD,
        "firstPublished": None,
        "publishedAt": "2026-11-20T09:10:00+09:00",
        "authors": [{"__ref": "Person:1"}],
    },
    "Person:1": {"name": "한서로"},
    "Story:2": {"headline": "장터 주차장", "publishedAt": "2026-11-29T00:00:00Z", "authors": [{"__ref": "Person:2"}]},
    "Person:2": {"name": "남의글"},
}


NEXT: Mapping[str, Any] = {
    "next": {
        "props": {"article": {"title": HEAD, "author": "한서로 기자", "publishedAt": "2026-11-20T09:10:00+09:00"}},
        "best": OTHERS,
    },
    "nested-headline": {
        "best": OTHERS,
        "story": {
            "headline": {"basic": HEAD},
            "display_date": "2026-11-20T00:10:00Z",
            "credits": {"by": [{"name": "한서로"}]},
        },
    },
    "one-number": {
        "view": {"newsTitle": HEAD, "regDate": "20261120091000", "writerName": "한서로", "writerMail": "s@nuri.example"}
    },
    "beside-the-object": {
        "article": {"content": {"title": HEAD}, "reporters": [{"fullName": "한서로"}], "pubDate": 1795133400000}
    },
}
STATE = {"list": OTHERS, "detail": {"title": HEAD, "reporter": "한서로", "ctime": 1795133400}}
DATA = {
    **{name: next_data(value) for name, value in NEXT.items()},
    "nuxt": f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(NUXT, ensure_ascii=False)}</script>',
    "apollo": f"<script>window.__APOLLO_STATE__ = {json.dumps(APOLLO)};</script>",
    "state-in-escapes": f"<script>window.__INITIAL_STATE__={json.dumps(STATE)};(function(){{}})()</script>",
}


@pytest.mark.parametrize("data", DATA.values(), ids=DATA)
def test_the_object_with_the_headline_says_who_wrote_it_and_when(data: str) -> None:
    reading = page(data)
    assert said(reading) == (["한서로"], date(2026, 11, 20))
    assert reading.fields["authors"].evidence[0].rule == "data-for-scripts"


def test_objects_of_other_stories_say_nothing_of_this_one() -> None:
    assert said(page(next_data({"best": OTHERS, "user": {"author": "손님", "date": "2026-11-29"}}))) == ([], None)


def test_the_headline_of_a_page_that_scripts_write_has_no_outlet_behind_it() -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    article = {"title": HEAD, "author": "한서로", "content": text, "source": "누리신문", "date": "2026-11-20"}
    reading = page(next_data({"article": article, "list": OTHERS}), title=f"{HEAD}_장터마당", shown=False)
    assert reading.fields["title"].value == HEAD
    assert reading.fields["source"].value == "누리신문"
    assert reading.fields["lang"].value == "ko"
    assert len(reading.blocks) == len(TEXT)


def test_what_the_page_declares_counts_more() -> None:
    article = {"title": HEAD, "author": "한서로", "publishedAt": "2026-11-20", "updatedAt": "2026-11-22"}
    reading = page('<meta property="article:published_time" content="2026-11-19">' + next_data(article))
    assert said(reading) == (["한서로"], date(2026, 11, 19))
    assert reading.fields["updated"].value.value.date() == date(2026, 11, 22)


def test_a_comment_with_the_words_of_the_headline_is_no_story() -> None:
    comments = [{"text": HEAD, "author": "댓글러", "date": "2026-11-28"}]
    article = {"title": HEAD, "writer": "한서로", "regDate": "2026-11-20"}
    assert said(page(next_data({"comments": comments, "article": article}))) == (["한서로"], date(2026, 11, 20))


STORY = {"story": {"title": HEAD, "writer": "한서로 기자", "publishedAt": "2026-11-20T09:10:00+09:00"}, "best": OTHERS}
WHOLE = {**STORY, "view": {"body": "".join(f"<p>{line}</p>" for line in TEXT)}}


def in_single_quotes(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("</", "<\\/") + "'"


def in_hexadecimals(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace('"', "\\x22").replace("<", "\\x3C").replace(">", "\\x3E") + "'"


@pytest.mark.parametrize(
    "given",
    [
        "window.__DATA__ = JSON.parse({double});",
        "window.__DATA__ = JSON.parse({single});",
        "var store=JSON.parse({single}), view = store.view;",
        "window.__STATE__ = {double};",
        "window.__STATE__ = {single};",
        "window.__STATE__ = JSON.parse({hex});",
        "window.__STATE__ = JSON.parse(decodeURIComponent({quoted}));",
        "window['__STATE__'] = decodeURIComponent({quoted});",
        "app.hydrate(JSON.parse({double}))",
        "const pageData = JSON.parse(`{raw}`);",
    ],
)
@pytest.mark.parametrize("readable", [True, False], ids=["as written", "in escapes"])
def test_data_in_a_string_are_read(given: str, readable: bool) -> None:
    text = json.dumps(WHOLE, ensure_ascii=not readable)
    forms = {
        "double": json.dumps(text, ensure_ascii=not readable).replace("</", "<\\/"),
        "single": in_single_quotes(text),
        "hex": in_hexadecimals(text),
        "quoted": f'"{quote(text)}"',
        "raw": text.replace("\\", "\\\\"),
    }
    code = re.sub(r"\{(\w+)\}", lambda found: forms[found[1]], given)
    reading = page(f"<script>{code}</script>", shown=False)
    assert said(reading) == (["한서로"], date(2026, 11, 20))
    assert [block.text for block in reading.blocks] == list(TEXT)


def test_a_text_in_a_string_of_a_script_is_no_data() -> None:
    code = "window.__STATE__ = 'idle'; var messageData = \"It's {not} data. It goes on. It ends here.\";"
    assert [block.text for block in page(f"<script>{code}</script>").blocks] == list(TEXT)


@pytest.mark.parametrize(
    "data",
    [
        [{"title": 1, "author": 2, "date": 2}, HEAD, [2]],
        [{"title": 1, "author": 2}, HEAD, {"name": 2, "fullName": 2}],
        [{"title": 1, "author": 0}, HEAD],
        [{"title": 1, "author": 2}, HEAD, [3, 3, 3], [2, 2, 2]],
    ],
)
def test_data_that_point_in_circles_end(data: Any) -> None:
    script = f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(data)}</script>'
    assert said(page(script)) == ([], None)


def test_half_a_character_in_data_or_in_the_headline_stops_nothing() -> None:
    half = json.dumps({"props": {"headline": f"\ud83d{HEAD}", "author": {"name": "김\udc00하나"}}})
    reading = page(f'<script id="__NEXT_DATA__" type="application/json">{half}</script>')
    assert all(str(field.value).isprintable() for field in reading.fields.values())
    declared = json.dumps({"@type": "NewsArticle", "headline": f"\ud83d{HEAD}"})
    assert page(f'<script type="application/ld+json">{declared}</script>').fields["title"].value == HEAD


def in_base64(text: str) -> str:
    return b64encode(text.encode()).decode()


HTML = "".join(f"<p>{line}</p>" for line in TEXT)
JAPANESE = (
    "加温市は来月一日から港の防波堤を補強する工事を始める。",
    "工事には三百二十億円がかかり、来年の完成を目指す。",
    "この工事で六十人が新しい仕事を得る見通しだと市は話した。",
)
KOREAN = (
    "가온시는 다음 달 1일부터 북쪽 방파제를 고친다고 밝혔다.",
    "공사에는 모두 320억원이 들어가며 내년에 끝난다.",
    "이번 공사로 어민 예순 명이 새 일을 얻는다.",
    "시장은 어민의 안전을 지키는 공사라고 말했다.",
    "물길을 막는 바위는 다음 주부터 걷어 낸다.",
)


def runs(line: str, kind: str, texts: str, leaf: Mapping[str, str]) -> Mapping[str, Any]:
    """Return a paragraph as editors keep it: in pieces, one of them a link."""
    pieces = [{**leaf, **{key: part for key in leaf if leaf[key] == ""}} for part in (line[:9], line[20:])]
    key = next(key for key in leaf if leaf[key] == "")
    return {kind: "paragraph", texts: [pieces[0], {kind: "link", texts: [{**leaf, key: line[9:20]}]}, pieces[1]]}


BODIES: Mapping[str, Any] = {
    "packed": {"page": in_base64(json.dumps({"title": HEAD, "body": HTML}))},
    "packed-html": {"content": in_base64(HTML)},
    "in-a-string": {"content": json.dumps({"blocks": [{"text": line} for line in TEXT]})},
    "escaped": {"content": escape(HTML)},
    "in-divs": {"content": "".join(f"<div>{line}</div>" for line in TEXT)},
    "editor-1": {"doc": [runs(line, "type", "content", {"type": "text", "text": ""}) for line in TEXT]},
    "editor-2": {"doc": {"nodes": [runs(line, "nodeType", "content", {"value": ""}) for line in TEXT]}},
    "editor-3": {"body": [runs(line, "_type", "children", {"_type": "span", "text": ""}) for line in TEXT]},
}


@each_row("body", BODIES.values(), ids=BODIES)
def test_the_text_is_found_however_the_data_hold_it(body: Any) -> None:
    reading = page(next_data({"post": {"title": HEAD, **body}}), shown=False)
    assert [block.text for block in reading.blocks] == list(TEXT)


@each_row("lines", [JAPANESE, KOREAN])
def test_short_sentences_without_spaces_or_marks_are_a_text_too(lines: Iterable[str]) -> None:
    reading = page(next_data({"post": {"paragraphs": lines}}), shown=False)
    assert [block.text for block in reading.blocks] == list(lines)


@each_row("script", ["window.__DATA__ = JSON.parse(atob('{data}'))", 'app.innerHTML = window.atob("{html}");'])
def test_a_text_that_a_script_unpacks_is_read(script: str) -> None:
    data, html = in_base64(json.dumps({"body": HTML})), in_base64(HTML)
    reading = page(f"<script>{script.format(data=data, html=html)}</script>", shown=False)
    assert [block.text for block in reading.blocks] == list(TEXT)


def test_a_picture_or_a_key_in_base64_is_no_text() -> None:
    packed = [b64encode(bytes(range(256)) * 3).decode(), f"data:image/png;base64,{in_base64(HTML)}", "A" * 400]
    reading = page(next_data({"keys": packed}), shown=False)
    assert [problem.code for problem in reading.problems] == ["page-without-text"]
