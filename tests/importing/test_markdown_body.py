"""Bodies as Markdown: read back by the site's own reader, every block has the same words, links and marks."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from readers.worlds import around
from yoyak.front_matter.read import split
from yoyak.importing.markdown_body import body_as_markdown
from yoyak.importing.pieces import pieces
from yoyak.readers.markdown import read_markdown
from yoyak.text.decoding import clean_text

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
AROUND = structs.replace(around("content/_sources/a.html", ("content/_sources/a.png",)), load_remote=True)


def _read(markdown: str) -> str:
    return read_markdown(markdown, AROUND).html


def _as_markdown(html: str) -> str:
    return body_as_markdown(html, {}, _read)


def _one_line(text: str) -> str:
    return " ".join(clean_text(text)[0].split())


SIGNS = "#*_`[]()<>&;:|-+=~!.1234 \\\"'ab가나\u3000\xa0{}^/"
LETTERS = st.one_of(st.sampled_from(SIGNS), st.characters(exclude_categories=["Cs", "Cc"]))
WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=30).map(_one_line).filter(bool)
SAFE = WORDS.map(lambda text: escape(text, quote=False))
ADDRESS = "https://h.example/a_b(c)?x=1&amp;copy=2&amp;y=*"
RUNNING = st.recursive(
    SAFE,
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("{}<br>{}".format, inner, inner),
        inner.map("<strong>{}</strong>".format),
        inner.map("<em>{}</em>".format),
        SAFE.map("<code>{}</code>".format),
        SAFE.map("<sub>{}</sub>".format),
        inner.filter(lambda html: "<a" not in html).map(lambda html: f'<a href="{ADDRESS}">{html}</a>'),
    ),
    max_leaves=4,
)


def _cells(row: tuple[str, str]) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell, quote=False)}</td>" for cell in row) + "</tr>"


BLOCKS = st.one_of(
    RUNNING.map("<p>{}</p>".format),
    SAFE.map("<h2>{}</h2>".format),
    st.lists(RUNNING.map("<p>{}</p>".format), min_size=1, max_size=3).map(
        lambda parts: f"<blockquote>{''.join(parts)}</blockquote>"
    ),
    st.builds(
        lambda name, items: f"<{name}>{''.join(f'<li>{item}</li>' for item in items)}</{name}>",
        st.sampled_from(("ul", "ol")),
        st.lists(RUNNING, min_size=1, max_size=4),
    ),
    st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3).map(
        lambda rows: f"<table><tbody><tr><th>가</th><th>나</th></tr>{''.join(map(_cells, rows))}</tbody></table>"
    ),
    st.builds(
        lambda alt, caption, credit: (
            f'<figure><img src="a.png" alt="{escape(alt)}"><figcaption>{caption}'
            + (f' <span class="credit">{credit}</span>' if credit else "")
            + "</figcaption></figure>"
        ),
        WORDS,
        SAFE,
        st.one_of(st.just(""), SAFE),
    ),
    SAFE.map("<figure><figcaption>{}</figcaption></figure>".format),
    st.text(alphabet="ab`~\n\t <&#*", min_size=1)
    .filter(str.strip)
    .map(lambda text: f"<pre>{escape(text, quote=False)}</pre>"),
)


@pytest.mark.slow
@given(st.lists(BLOCKS, min_size=1, max_size=4).map("\n".join))
def test_any_body_comes_back_block_by_block(html: str) -> None:
    assert pieces(_read(_as_markdown(html))) == pieces(html)


@pytest.mark.slow
def test_every_naughty_string_comes_back_as_a_paragraph_without_html() -> None:
    if not CORPORA.is_dir():
        pytest.skip("../shared/corpora is not here")
    strings = json.loads((CORPORA / "blns.json").read_text(encoding="utf-8"))
    for text in filter(None, map(_one_line, strings)):
        html = f"<p>{escape(text, quote=False)}</p>"
        markdown = _as_markdown(html)
        assert pieces(_read(markdown)) == pieces(html)
        assert not markdown.startswith("<p>")


@pytest.mark.slow
def test_every_example_of_commonmark_comes_back_as_a_paragraph() -> None:
    if not CORPORA.is_dir():
        pytest.skip("../shared/corpora is not here")
    lines = (CORPORA / "commonmark-spec.txt").read_text(encoding="utf-8").splitlines()
    texts = list(dict.fromkeys(text for text in map(_one_line, lines) if text and not text[:1].isalpha()))
    html = "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in texts)
    assert len(texts) > 1000
    assert pieces(_read(_as_markdown(html))) == pieces(html)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>가온시는 12개 노선을 바꾼다.</p>", "가온시는 12개 노선을 바꾼다."),
        ("<p># 섬</p>", "\\# 섬"),
        ("<p>1. 첫째</p>", "1\\. 첫째"),
        ("<p>- 하나</p>", "\\- 하나"),
        ("<p>-5도</p>", "-5도"),
        ("<p>a_b *c* [d] &lt;e&gt; `f`</p>", "a_b \\*c\\* \\[d\\] &lt;e> \\`f\\`"),
        ("<p>AT&amp;T &amp;copy;</p>", "AT&T &amp;copy;"),
        ("<p>가<br>나</p>", "가  \n나"),
        ('<p><a href="https://a.example/?a=1&amp;b=2">표</a></p>', "[표](https://a.example/?a=1&b=2)"),
        ('<p><a href="/news/1">여기</a>서</p>', "여기서"),
        ("<ol><li>가</li><li>나<ul><li>다</li></ul></li></ol>", "1. 가\n2. 나\n    - 다"),
        ("<ul><li>가</li></ul><ul><li>나</li></ul>", "- 가\n\n<!-- -->\n\n- 나"),
        ('<figure><img src="a.png" alt="배"><figcaption>새 배</figcaption></figure>', '![배](a.png "새 배")'),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td></td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1\\|2 |  |",
        ),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<table><tr><td>a</td><td>b</td></tr></table>"),
    ],
)  # fmt: skip
def test_markdown_is_as_plain_as_it_can_be(html: str, markdown: str) -> None:
    assert _as_markdown(html) == markdown


def test_pictures_are_called_by_the_names_beside_the_article() -> None:
    html = '<figure><img src="/assets/x.png" alt="배"></figure>'
    assert body_as_markdown(html, {"/assets/x.png": "a.png"}, _read) == "![배](a.png)"


LIKE_KEYS = (
    "status: draft", "status:: draft", "(publish_at:: 2024-01-01)", "---<br>status: draft<br>---", "Status: Draft",
    "embargo_until: 2030-01-01", "rights: link", "draft: true", "&lt;!-- status: draft --&gt;", "상태: 초안",
    "title: x<br>status: draft", "[hidden:: true]", "status：draft", "s\u200btatus: draft", '"status": "draft"',
)  # fmt: skip


@pytest.mark.parametrize("words", LIKE_KEYS)
@pytest.mark.parametrize("form", ["<p>{}</p>", "<ul><li>{}</li><li>b</li></ul>", "<pre>{}</pre>", "<h2>{}</h2>"])
@pytest.mark.parametrize("others", [("", "<p>Text.</p>"), ("<p>Text.</p>", "<p>More.</p>"), ("<p>Text.</p>", "")])
def test_words_of_a_page_that_look_like_keys_stop_no_build(words: str, form: str, others: tuple[str, str]) -> None:
    written = words.replace("<br>", "\n") if "pre" in form else words
    html = others[0] + form.format(written) + others[1]
    body = _as_markdown(html)
    assert split(f"---\ntitle: x\n---\n\n{body}").problem is None
    assert pieces(_read(body)) == pieces(html)
