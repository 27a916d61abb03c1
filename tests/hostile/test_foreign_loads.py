"""HTML of chance through every reader: no page asks another host, as html5ever and as Lexbor read it."""

# ruff: noqa: E501

from __future__ import annotations

import os
import random
from datetime import date
from zoneinfo import ZoneInfo

import nh3
import pytest

from yoyak.check.links import link_reader
from yoyak.check.loaders import loads_in_html
from yoyak.importing.fragments import fragment
from yoyak.model.addresses import Loads
from yoyak.model.types import Output, Page
from yoyak.pages.own import OwnRecipe
from yoyak.readers.around import Surroundings
from yoyak.readers.markdown import read_markdown
from yoyak.readers.saved_page.read import read_saved_page
from yoyak.text.sanitize import CLASSES, SafeHtml, sanitize, with_absolute_addresses

EXAMPLES = int(os.environ.get("YOYAK_FOREIGN", "400"))
OWN = "https://digest.example.org/"
AROUND = Surroundings(
    path="content/a.md", zone=ZoneInfo("UTC"), reference=date(2024, 7, 1), language="ko",
    base_path="/", base_url=OWN, assets={}, addresses={},
)  # fmt: skip
POLICY = Loads(host="digest.example.org")
TAGS = """svg math style script textarea title xmp noscript iframe noembed noframes plaintext select option template table
tr td caption p div a img image input source video picture object embed link base meta mglyph mtext annotation-xml
foreignObject desc form button h2 figure figcaption body html frameset""".split()
NAMES = """src srcset href poster data background style ping formaction action manifest id class alt title content
xlink:href data-src data-yoyak-line http-equiv""".split()
VALUES = (
    "https://away.example/a.png", "//away.example/a", r"/\away.example/a", "HTTPS://away.example/", "http:away.example",
    "ht\ntps://away.example/", "&#104;ttps://away.example", "url(//away.example/a)", "a 1x,//away.example/b 2x", "main",
    "//[x", "http://a.example:99999/", "</style><img src=//away.example/c>", "/a/#b", "--><img src=//away.example/d>",
)  # fmt: skip
TEXTS = ("글자", "<!-->", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?x", "\0", "&lt", "\n\n", "`", "- ", "> ", "<", "![x](//away.example/e)")  # fmt: skip


def _html(chance: random.Random) -> str:
    pieces = []
    for _ in range(chance.randint(1, 12)):
        tag, kind = chance.choice(TAGS), chance.random()
        quote = chance.choice(('"', "'", ""))
        written = "".join(
            f"{chance.choice((' ', '/', chr(10)))}{chance.choice(NAMES)}={quote}{chance.choice(VALUES)}{quote}"
            for _ in range(chance.randint(0, 3))
        )
        pieces.append(
            chance.choice(TEXTS) if kind < 0.3 else f"</{tag}>" if kind < 0.5 else f"<{tag}{written}{chance.choice(('>', '/>', ''))}"
        )  # fmt: skip
    noise = "".join(map(chr, (chance.randrange(1, 0x250) for _ in range(chance.randint(0, 12)))))
    return "".join(pieces) + noise


def _bodies(text: str) -> list[SafeHtml]:
    page = f"<html><head><title>T</title></head><body><article><h1>T</h1><p>{'글이 길다. ' * 30}</p>{text}</article></body>"
    made = [read_markdown(text, AROUND).html, read_markdown(fragment(text), AROUND).html]
    made.append(read_saved_page(page, AROUND).html)
    clean = [sanitize(html, (), POLICY) for html in made]
    return [*clean, *(with_absolute_addresses(html, f"{OWN}a/", POLICY) for html in clean), sanitize(text, (), POLICY)]


def _seen(html: str) -> list[tuple[str, str, str]]:
    """Return every attribute that html5ever reads."""
    found: list[tuple[str, str, str]] = []
    names = {*NAMES, "href", "src"}
    rules = dict.fromkeys({*TAGS, "span", "ul", "li", "pre", "code", "blockquote"} - {"script", "style"}, names)

    def look(tag: str, name: str, value: str) -> str:
        found.append((tag, name, value))
        return value

    nh3.clean(html, tags=set(rules), attributes=rules, clean_content_tags=set(), attribute_filter=look, link_rel=None)
    return found


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_html_of_chance_asks_no_other_host_and_its_links_are_the_checked_ones() -> None:
    page = Page(
        kind="page", url="/a/", output="a.html", template="page.html",
        recipe=OwnRecipe(title="", body="", description="", lang=""),
    )  # fmt: skip
    check = link_reader(frozenset(), OWN, POLICY)
    for seed in range(EXAMPLES):
        text = _html(random.Random(seed))
        for html in _bodies(text):
            found = _seen(html)
            loading = [value for tag, name, value in found if name not in ("href", "id", "class", "alt", "title")]
            assert [value for value in loading if not POLICY.allows(value)] == [], (seed, text, html)
            assert [one for one in loads_in_html(html) if not POLICY.allows(one.address)] == [], (seed, text, html)
            classes = {word for _, name, value in found if name == "class" for word in value.split()}
            assert classes <= CLASSES, (seed, text)
            told = check(page, Output(path="a.html", data=html.encode()))
            ids = {value for _, name, value in found if name == "id"}
            assert set(told.ids) >= ids, (seed, text, html)
            internal = {
                v for t, name, v in found if (t, name) == ("a", "href") and v[:1] == "/" and v[1:2] not in ("/", "\\")
            }
            assert internal <= {link.replace("&amp;", "&") for link in told.broken}, (seed, text, html, told)
