"""Saved pages whose text stands where few look: short articles, tables, boxes, hollow elements, streams of data."""

from __future__ import annotations

import json

import pytest

from page_readings import page_names, page_text, read_page, surroundings_of
from readers.worlds import around
from rows import each_row
from yoyak.readers.saved_page.pieces import page_pieces
from yoyak.readers.saved_page.read import left_out_of_page, read_saved_page
from yoyak.readers.saved_page.tree import page_tree
from yoyak.readers.saved_page.weights import bare

TITLE = "Ferry keeps its winter timetable"
TEXT = (
    "The ferry to the outer islands keeps its winter timetable, the harbour office said after two weeks of talks.",
    "Eight boats a day leave from the old pier, and the last one waits for the train even when it is late.",
    "Islanders had collected six hundred signatures against the plan to drop the evening boat in January.",
    "“Nobody shops at noon,” said Ada Brandt, who sells bread and takes the boat three times a week.",
)
H1 = f"<h1>{TITLE}</h1>"
NOTICE = (
    "<p>The Gaon Post is a member of the press council and binds itself to its code. Complaints about our pages are "
    "answered by the editor within five working days, and printed when they are right.</p>"
)
BOATS = list(enumerate(TEXT[1:], 1))


def html(body: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><title>{TITLE} | Gaon Post</title></head><body>{body}</body></html>'


def prose(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts or TEXT)


def words(body: str) -> str:
    return "\n".join(block.text for block in read_saved_page(html(body), around("content/a.html")).blocks)


HOLDS = {
    "a short text right below the headline, and a long notice far below": (
        (
            f'<div id="page"><div>{H1}<div class="t">The ferry keeps its winter timetable until March, the harbour '
            "office said on Monday. Eight boats a day leave from the old pier.</div></div>"
            f'<div class="c9"><h4>About us</h4>{NOTICE * 4}</div></div>'
        ),
        ("Eight boats a day leave",),
        ("press council",),
    ),
    "a short text in an element that calls itself something else": (
        (
            f'<div>{H1}<div class="emp" id="meta-info"><p>{TEXT[0]}</p><p>{TEXT[1]}</p></div></div>'
            f'<div class="c9">{NOTICE}{NOTICE}</div>'
        ),
        TEXT[:2],
        ("press council",),
    ),
    "the rest of a text behind a button to read on": (
        f'{H1}<div>{prose(TEXT[0])}<div id="read-more">{prose(*TEXT[1:])}{prose(*TEXT[1:])}</div></div>',
        TEXT,
        (),
    ),
    "a table whose first cells are links": (
        f"{H1}<p>{TEXT[0]}</p><table><tr><th>Boat</th><th>Hour</th><th>What to know</th></tr>"
        + "".join(f'<tr><td><a href="/b/{n}">Boat {n}</a></td><td>{n}</td><td>{one}</td></tr>' for n, one in BOATS)
        + "</table>",
        TEXT,
        (),
    ),
    "a list whose items begin with a link": (
        f"{H1}<div><p>{TEXT[0]}</p><ul>"
        + "".join(f'<li><b><a href="/b/{n}">Boat {n}</a></b><p>{one}</p></li>' for n, one in BOATS)
        + "</ul></div>",
        TEXT,
        (),
    ),
    "a list of terms that are links": (
        f"{H1}<p>{TEXT[0]}</p><dl>"
        + "".join(f'<dt><a href="#{n}">Boat number {n}</a></dt><dd>{one}</dd>' for n, one in BOATS)
        + "</dl>",
        TEXT,
        (),
    ),
    "other stories as lists of terms": (
        f"{H1}<div>{prose()}</div>"
        + "".join(
            f'<dl><dt><a href="/{n}"><img src="/{n}.jpg"></a></dt><dd><a href="/{n}">Another story of the day</a></dd>'
            f"<dd>A teaser of story {n} says what happened, in a whole sentence with a verb.</dd></dl>"
            for n in range(4)
        ),
        TEXT,
        ("A teaser of",),
    ),
    "a box to subscribe": (
        (
            f'{H1}<div>{prose(*TEXT[:2])}<div class="box-abo"><h3>Our letter</h3><p>Get the news of the region into '
            f"your mailbox every morning. You can unsubscribe at any time.</p></div>{prose(*TEXT[2:])}</div>"
        ),
        TEXT,
        ("Our letter", "mailbox"),
    ),
    "what stands in for content of elsewhere": (
        (
            f'{H1}<div>{prose(*TEXT[:2])}<div class="ph"><p>At this point you find external content. To see it we need '
            f"your consent.</p></div>{prose(*TEXT[2:])}</div>"
        ),
        TEXT,
        ("consent",),
    ),
    "an opening beside the headline, and the text in another element": (
        f'<article><header>{H1}<p class="lead">{TEXT[0]}</p></header><div>{prose(*TEXT[1:])}</div></article>',
        TEXT,
        (),
    ),
    "an opening beside the headline, and the text where no word of the headline stands": (
        f'<div><div class="head">{H1}<p>{TEXT[0]}</p></div><div class="body">{prose(*TEXT[1:])}</div></div>',
        TEXT,
        (),
    ),
    "items that begin with a linked picture and a heading that is none": (
        f"{H1}<p>{TEXT[0]}</p><ul>"
        + "".join(
            f'<li><a href="/v{n}"><img src="/{n}.jpg"></a><h2>Boat {n}</h2><p>{one}</p><a href="/{n}">More</a></li>'
            for n, one in BOATS
        )
        + "</ul>",
        TEXT,
        (),
    ),
    "an opening before an advertisement": (
        (
            f'{H1}<div><div class="opening">{prose(TEXT[0])}</div><div class="ad-slot"><p>Advertisement</p></div>'
            f"<div>{prose(*TEXT[1:])}</div></div>"
        ),
        TEXT,
        ("Advertisement",),
    ),
    "a gallery inside the text": (
        f"{H1}<div>{prose(*TEXT[:2])}"
        + "".join(
            f'<figure><img src="/{n}.jpg"><figcaption><div class="meta">Picture {n} of the harbour in the evening, and '
            f"the boats of the year.</div></figcaption></figure>"
            for n in range(30)
        )
        + f"{prose(*TEXT[2:])}</div>",
        TEXT,
        (),
    ),
    "a picture that was never closed": (
        f'{H1}<div><p>{TEXT[0]}</p><amp-img src="/a.jpg" width="3" height="4">{prose(*TEXT[1:])}</div>',
        TEXT,
        (),
    ),
    "pictures of AMP in two parts of a text": (
        (
            f"{H1}<div><h3>One</h3><p>{TEXT[0]}</p><amp-img src='/a.jpg'><div fallback>No picture</div></amp-img>"
            f"<p>{TEXT[1]}</p></div><div><h3>Two</h3>{prose(*TEXT[2:])}</div>"
        ),
        TEXT,
        ("No picture",),
    ),
    "an advertisement that was never closed": (
        f'{H1}<div><p>{TEXT[0]}</p><amp-ad width="3" type="x">{prose(*TEXT[1:])}</div>',
        TEXT,
        (),
    ),
    "documents of short sections with code": (
        (
            f"{H1}<div><h2>Install</h2><p>Run this first:</p><pre>pip install ferry</pre><h2>Use</h2>"
            "<p>Write a file.</p><pre>ferry run --winter</pre><h2>Options</h2><p>There are two of them.</p><ul><li>"
            "<code>--late</code> waits for the train.</li></ul><h2>Help</h2><p>Ask on the list.</p></div>"
        ),
        ("Run this first:", "pip install ferry", "ferry run", "waits for the train.", "Ask on the list."),
        (),
    ),
    "formulas": (
        (
            f"{H1}<p>{TEXT[0]}</p><p>The time is <math><mi>t</mi><mo>=</mo><mfrac><mi>s</mi><mi>v</mi></mfrac></math> "
            "when the wind is weak, and <math alttext='{\\displaystyle a^2}'><mi>a</mi></math> when it is not.</p>"
            f"<p>{TEXT[1]}</p>"
        ),
        ("The time is t=s/v when the wind is weak, and a^2 when it is not.",),
        (),
    ),
    "microdata that is visible": (
        (
            f'<article itemscope>{H1}<div itemprop="publisher"><div itemprop="logo">https://gaon.example/l.png</div></div>'
            f'<span itemprop="datePublished">2024-07-03</span><div itemprop="articleBody">{prose()}</div></article>'
        ),
        TEXT,
        ("l.png", "2024-07-03"),
    ),
}


@pytest.mark.parametrize("kind", HOLDS)
def test_the_text_of_a_page_is_whole_and_nothing_else_stands_in_it(kind: str) -> None:
    body, has, has_not = HOLDS[kind]
    read = words(body)
    assert [text for text in has if text not in read] == []
    assert [text for text in has_not if text in read] == []


def test_an_article_about_newsletters_is_no_box() -> None:
    text = "The newsletter goes to every subscriber by e-mail, free of charge, and nobody has to sign up for it twice."
    assert text in words(f"{H1}<div>{prose(text)}</div>")


@pytest.mark.parametrize("lines", [False, True])
@pytest.mark.parametrize("told", ["right", "wrong"])
def test_a_text_of_the_stream_without_a_place_is_the_article(told: str, *, lines: bool) -> None:
    text = f'<div class="caption"></div>{prose()}'.replace("</p>", "</p>\n" if lines else "</p>")
    size = len(text.encode()) if told == "right" else 77
    rows = [
        f'2:I[101,[],"Icon"]\n3:["$","div",null,{{"children":"$4"}}]\n4:T{size:x},',
        text,
        '5:["$","p",null,{"children":"Log in"}]\n6:T20,Another text, which is no article',
    ]
    pushes = "".join(f"<script>self.__next_f.push({json.dumps([1, row])})</script>" for row in rows)
    assert words(f'<div id="root"></div>{pushes}').split("\n") == list(TEXT)


# --- what is left out ---------------------------------------------------------------------------------


def test_what_is_left_out_is_told_with_its_reason_and_its_element() -> None:
    body = (
        f'<nav><a href="/a">News</a><a href="/b">Sport</a></nav>{H1}<div>{prose()}</div>'
        f'<div class="share-bar"><p>Tell your friends</p></div><div style="display:none"><p>{TEXT[0]}</p></div>'
        "<button>More of it</button>"
    )
    found = [(one.rule, one.selector, one.text) for one in left_out_of_page(html(body), around("content/a.html"))]
    assert found == [
        ("named-otherwise", "nav", "NewsSport"),
        ("named-otherwise", "div.share-bar", "Tell your friends"),
        ("hidden", "div", TEXT[0]),
        ("no-text", "button", "More of it"),
    ]


@pytest.mark.parametrize("name", page_names())
def test_no_words_of_a_page_vanish_in_silence(name: str) -> None:
    text, here = page_text(name), surroundings_of(name)
    reading, left = read_page(name), left_out_of_page(text, here)
    told = bare(" ".join(one.text for one in left))
    shown = bare(" ".join(part for block in reading.blocks for part in (block.text, block.credit or "")))
    said = bare(" ".join(str(field.value) for field in reading.fields.values()))
    pieces = page_pieces(page_tree(text).root)
    assert [p.text for p in pieces if not any(bare(p.text) in place for place in (told, shown, said))] == []


@pytest.mark.parametrize("bar", ["SHARE 9 CONNECT 4 TWEET 3 COMMENTEMAILMORE", "SHARECONNECT 28 TWEETCOMMENTEMAILMORE"])
def test_a_bar_of_glued_buttons_is_no_text(bar: str) -> None:
    reading = read_saved_page(
        html(f"{H1}<div><p>{bar}</p>{prose(*TEXT)}<p>{bar}</p></div>"), around("content/page.html")
    )
    assert [block.text for block in reading.blocks] == list(TEXT)


def test_a_sentence_of_words_that_buttons_have_stays() -> None:
    text = "Share more and comment, she said, and email me 28 times more."
    reading = read_saved_page(html(f"{H1}<div>{prose(*TEXT, text)}</div>"), around("content/page.html"))
    assert reading.blocks[-1].text == text


@pytest.mark.parametrize("name", ["box no-footer no-header", "story has-sidebar", "mod-without-comments"])
def test_an_element_that_says_what_it_has_not_or_has_beside_it_is_text(name: str) -> None:
    page = html(f'<article>{H1}<div class="{name}">{prose(*TEXT)}</div></article>')
    read = read_saved_page(page, around("content/page.html"))
    assert [block.text for block in read.blocks] == list(TEXT)


def test_a_long_sentence_that_is_marked_as_a_heading_is_a_paragraph() -> None:
    """Lists of pictures mark each item as a heading, however much it says."""
    items = "".join(
        f'<div class="item"><h2><span>{at}.</span> {text}</h2><div class="buttons"><a href="/s{at}">Share</a></div>'
        f'<figure><img src="/{at}.jpg"></figure></div>'
        for at, text in enumerate(TEXT[:3], 1)
    )
    blocks = read_saved_page(html(f"{H1}<article>{items}</article>"), around("content/a.html")).blocks
    told = [block for block in blocks if block.kind == "paragraph"]
    assert [text for text in TEXT[:3] if not any(text in block.text for block in told)] == []
    short = read_saved_page(
        html(f"{H1}{prose(*TEXT[:2])}<h2>What stays</h2>{prose(*TEXT[2:])}"), around("content/a.html")
    )
    assert [block.text for block in short.blocks if block.kind == "heading"] == ["What stays"]


@pytest.mark.parametrize("mark", ["#", "¶", "§", "\u200b", "🔗", ""])
def test_the_mark_beside_a_heading_that_links_to_it_is_no_word(mark: str) -> None:
    heading = f'<h2 id="boats">Eight boats a day<a class="hash-link" href="#boats">{mark}</a></h2>'
    assert "Eight boats a day\n" in words(f"{H1}{prose()}{heading}{prose()}")


def test_a_panel_that_a_tab_shows_is_text() -> None:
    tabs = '<div role="tablist"><button role="tab">CLI</button><span role="tab">Python</span></div>'
    panels = "".join(
        f'<div role="tabpanel"{hidden}><pre>run("{name}")\nwait()</pre></div>'
        for name, hidden in (("cli", ""), ("python", " hidden"))
    )
    text = words(f"<main>{H1}{prose()}{tabs}{panels}{prose(*TEXT[1:])}</main>")
    assert 'run("cli")' in text
    assert 'run("python")' in text
    assert "Python" not in text


def test_a_box_that_asks_for_consent_in_german_is_no_text() -> None:
    asks = "An dieser Stelle finden Sie Inhalte eines Drittanbieters. Mit Ihrer Zustimmung werden sie geladen."
    box = f"<div><p>{asks}</p></div>"
    assert "Drittanbieter" not in words(f"<main>{H1}{prose()}{box}{prose(*TEXT[1:])}</main>")


def test_the_signature_below_a_post_is_no_text() -> None:
    text = words(
        f'<main>{H1}<div class="message">{prose()}<div class="sig">Likes his tea strong, always.</div></div></main>'
    )
    assert "strong" not in text


def test_the_line_below_a_picture_that_begins_with_a_triangle_is_its_caption() -> None:
    caption = "▲ 잎을 다 떨군 서어나무 숲. 능선 너머로 바다가 보인다."
    picture = '<div><img src="https://gaon.example.kr/wood.jpg" width="600" height="400"></div>'
    reading = read_saved_page(
        html(f"<main>{H1}{prose()}{picture}<p>{caption}</p>{prose()}</main>"), around("content/a.html")
    )
    assert [block.kind for block in reading.blocks if block.text == caption] == ["caption"]


@pytest.mark.parametrize(
    "plea",
    [
        "Thanks for reading! This post is public, so feel free to share it with a person who keeps things.",
        "Assine a Gazeta por R$ 9,90 ao mês e leia sem limites no celular, com o clube de descontos em 80 lojas.",
    ],
)
def test_a_box_that_asks_for_readers_is_no_text(plea: str) -> None:
    assert plea[:12] not in words(f"<main>{H1}{prose()}<div><p>{plea}</p></div>{prose(*TEXT[1:])}</main>")


@pytest.mark.parametrize(
    "items",
    [
        "<li>Boats<ul><li>Morning</li></ul></li><li>Fares</li>",
        "<li>Boats</li><ul><li>Morning</li></ul><li>Fares</li>",
        "<li><p>Boats</p><div><ul><li>Morning</li></ul></div></li><li></li><li>Fares</li>",
    ],
)
def test_a_list_in_a_list_stays_in_its_item_and_is_said_once(items: str) -> None:
    body = f"<article>{H1}{prose(*TEXT[:2])}<ul>{items}</ul>{prose(*TEXT[2:])}</article>"
    page = read_saved_page(html(body), around("content/a.html"))
    (found,) = [block for block in page.blocks if block.kind == "list"]
    assert found.html == "<ul><li>Boats<ul><li>Morning</li></ul></li><li>Fares</li></ul>"
    assert found.text == "Boats\nMorning\nFares"


SCORES = "".join(
    f"<div><span>{one}</span><span>{what}</span><span>{other}</span></div>"
    for one, what, other in (("58%", "Possession", "42%"), ("14", "Shots", "6"))
)
BOARD = "".join(f"<div>{cell}</div>" for cell in ("Gaon", "3", "Haru", "1", "12’ Lee", "90’ Song"))
NEEDED = "".join(f"<div>{cell}</div>" for cell in ("200 g flour", "3 eggs", "100 ml milk"))


@each_row(("box", "kept"), [(SCORES, 0), (BOARD, 0), (NEEDED, 3)])
def test_a_board_of_scores_inside_of_a_text_is_none_of_it(box: str, kept: int) -> None:
    first, *others = (f"<p>{text}</p>" for text in TEXT)
    html = f"<html><body><article><h1>Gaon beat Haru</h1>{first}{box}{''.join(others)}</article></body></html>"
    blocks = read_saved_page(html, around("content/page.html")).blocks
    assert len(blocks) == len(TEXT) + kept
