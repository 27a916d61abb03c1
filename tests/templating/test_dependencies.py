"""What the pages of a template read of templates, chrome and assets: a table, fed with sources."""

from __future__ import annotations

import pytest

from yoyak.model.sources import Looks
from yoyak.templating.looks import read_among

ORIGINALS = {
    "base.html": '<link href="{{ chrome.style }}">{% block main %}{% endblock %}',
    "page.html": '{% extends "base.html" %}',
    "list.html": "{% for one in cards %}{{ card(one) }}{% endfor %}",
    "partials/card.html": "{{ card.title }}",
}
CHANGED = ("assets/site.js", "assets/style.css", "base.html", "list.html", "partials/card.html", "yoyak/base.html")


def looks(**overrides: str) -> Looks:
    own = {name.replace("_", "."): text for name, text in overrides.items()}
    return Looks(originals=ORIGINALS, overrides=own, assets={})


@pytest.mark.parametrize(
    ("template", "overrides", "read"),
    [
        ("page.html", {}, ("assets/style.css", "base.html", "yoyak/base.html")),
        ("list.html", {}, ("list.html", "partials/card.html")),
        ("list.html", {"list_html": "{{ asset('a.png') }}"}, (*CHANGED[:2], "list.html")),
        ("page.html", {"page_html": "{{ chrome }}"}, CHANGED[:2]),
        ("page.html", {"page_html": "{% include page.kind %}"}, CHANGED),
        ("page.html", {"page_html": "{% broken"}, CHANGED),
    ],
    ids=["what it extends", "cards", "any asset", "all of chrome", "a name found later", "not to be parsed"],
)  # fmt: skip
def test_pages_read_what_their_template_reaches(
    template: str, overrides: dict[str, str], read: tuple[str, ...]
) -> None:
    assert read_among(CHANGED, template, looks(**overrides)) == read
