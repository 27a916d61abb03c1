"""render: a template's mistakes are told with its name and line, and what it shows is escaped."""

from __future__ import annotations

from pathlib import Path

import pytest

from sites import article, built
from yoyak.messages.errors import YoyakError

PAGE = "(for the page /articles/a/)."


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("\n\n{{ nothing }}", f"templates/article.html:3: 'nothing' is undefined {PAGE}"),
        ("\n{{ article.nothing }}", "templates/article.html:2: "),
        ("\n{{ nothing.at.all }}", f"templates/article.html:2: 'nothing' is undefined {PAGE}"),
        ("\n{% if %}", "templates/article.html:2: Expected an expression"),
        ("{% for a in b %}", "templates/article.html:1: Unexpected end of template"),
        ("\n{{ 'x' | shout }}", f"templates/article.html:2: No filter named 'shout'. {PAGE}"),
        ("\n{% include 'nope.html' %}", f"templates/article.html:2: there is no template nope.html {PAGE}"),
        ("\n{% extends 'nope.html' %}", f"templates/article.html:2: there is no template nope.html {PAGE}"),
        ("\n{{ 1 + 'a' }}", "templates/article.html:2: TypeError: "),
        ("\n{{ 1 // 0 }}", "templates/article.html:2: ZeroDivisionError: "),
        ("\n{{ [][3].x }}", "templates/article.html:2: "),
        ("\n{{ card(5) }}", "templates/article.html:2: AttributeError: "),
        ("\n{{ message('nope') }}", "templates/article.html:2: "),
        ("{% include 'article.html' %}", "templates/article.html: this template includes or extends itself"),
        ("{% extends 'article.html' %}", "templates/article.html: this template includes or extends itself"),
        ("\n{{ asset('nope.css') }}", 'templates/article.html:2: A template asks for the asset "nope.css", but'),
    ],
)  # fmt: skip
def test_a_mistake_in_a_template_is_told_with_its_line(tmp_path: Path, template: str, message: str) -> None:
    with pytest.raises(YoyakError) as raised:
        built(tmp_path, {"content/a.md": article(), "templates/article.html": template})
    assert str(raised.value).startswith(message)


def test_a_mistake_in_a_partial_is_told_with_its_name(tmp_path: Path) -> None:
    files = {
        "content/a.md": article(),
        "templates/article.html": "{% include 'partials/own.html' %}",
        "templates/partials/own.html": "\n\n{{ nothing }}",
    }
    with pytest.raises(YoyakError, match=r"^templates/partials/own\.html:3: 'nothing' is undefined"):
        built(tmp_path, files)


def test_a_mistake_in_a_card_is_told_with_its_name(tmp_path: Path) -> None:
    files = {"content/a.md": article(), "templates/partials/card.html": "{{ card.nothing }}"}
    with pytest.raises(YoyakError, match=r"^templates/partials/card\.html:1: "):
        built(tmp_path, files)


def test_a_template_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    with pytest.raises(YoyakError, match=r"^templates/article\.html: this template is not UTF-8"):
        built(tmp_path, {"templates/article.html": "글".encode("cp949")})


@pytest.mark.parametrize("plain", [True, False])
def test_what_an_author_writes_in_a_field_is_text_on_the_page(tmp_path: Path, plain: bool) -> None:
    evil = "<script>alert(1)</script>\"'&amp;</title><!--"
    keys = dict.fromkeys(("title", "subtitle", "summary", "source", "lang"), evil)
    found = built(
        tmp_path,
        {
            "content/a.md": article(
                **keys, rights="full", tags=[evil], authors=[evil], themes=[evil],
                corrections=[{"date": "2024-07-03", "note": evil}],
                image={"src": "p.svg", "alt": evil, "caption": evil},
            ),
            "content/p.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
            "content/editions/2024-W27.md": f"---\ntitle: '{evil.replace(chr(39), '')}'\n---\n",
        },
        plain=plain,
    )  # fmt: skip
    for path in sorted(path for path in found.paths() if path.endswith((".html", ".xml"))):
        text = found.text(path)
        assert "<script>alert" not in text, path
        assert "</title><" not in text.replace("</title>\n", "").replace("</title><link", ""), path


def test_nothing_in_a_script_of_data_can_end_it(tmp_path: Path) -> None:
    text = built(tmp_path, {"content/a.md": article(title="</script>&'<!--")}, plain=False).text("articles/a")
    assert r'"headline":"\u003c/script\u003e\u0026\u0027\u003c!--"' in text
