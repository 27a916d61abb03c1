"""Everything that a text may have is readable: in both schemes, in forced colours, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.sites import BuiltSites
from browser.test_accessibility import SCHEMES, Scheme, violations
from browser.test_layout import TOO_WIDE

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1024, 1280)
ARTICLE = "articles/specimen/index.html"
COLOURS = 6
AA = 4.5

# Text in the colours of code and of callouts, with its contrast to the ground below it. A canvas reads every notation.
CONTRASTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const over = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const grounds = node => node ? [...grounds(node.parentElement), getComputedStyle(node).backgroundColor] : ['white'];
  const light = rgb => rgb.map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, place) => sum + v * [.2126, .7152, .0722][place], 0);
  const written = 'pre span, pre code, .callout-title, .callout p, .code figcaption, :not(pre) > code';
  return [...document.querySelectorAll(written)].map(node => {
      const ground = grounds(node), text = getComputedStyle(node).color;
      const [a, b] = [light(over(ground)), light(over([...ground, text]))].sort((x, y) => y - x);
      return {what: node.className || node.localName, colour: text, contrast: (a + .05) / (b + .05)};
    });
}"""


@pytest.fixture
def look(chromium: Browser, built: BuiltSites) -> Iterator[Any]:
    """Open the specimen as a reader with these settings sees it."""
    contexts = []

    def opened(width: int = 1280, **settings: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **settings)
        contexts.append(context)
        page = context.new_page()
        page.goto(built("specimen").url(ARTICLE))
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_coloured_code_and_callouts_have_enough_contrast(scheme: Scheme, look: Any) -> None:
    found = look(color_scheme=scheme).evaluate(CONTRASTS)
    assert [text for text in found if text["contrast"] < AA] == []
    assert len({text["colour"] for text in found if text["what"] in TOKENS}) == COLOURS + 1


TOKENS = {"k", "kd", "kt", "s", "c1", "nf", "mi", "nb", "n"}


def test_code_on_paper_is_black_and_told_apart_by_weight_and_slant(look: Any) -> None:
    page = look(color_scheme="dark")
    page.emulate_media(media="print")
    styles = "node => (s => [s.color, s.fontWeight, s.fontStyle])(getComputedStyle(node))"
    assert page.locator("pre .k").first.evaluate(styles) == ["rgb(0, 0, 0)", "700", "normal"]
    assert page.locator("pre .c1").first.evaluate(styles) == ["rgb(0, 0, 0)", "400", "italic"]
    assert page.locator("pre .s2").first.evaluate(styles) == ["rgb(0, 0, 0)", "400", "normal"]
    assert page.locator("pre").first.evaluate("node => getComputedStyle(node).whiteSpace") == "pre-wrap"


def test_forced_colours_give_code_the_systems_colour(look: Any) -> None:
    page = look(forced_colors="active")
    colours = page.evaluate("() => [...document.querySelectorAll('pre span')].map(n => getComputedStyle(n).color)")
    assert len(set(colours)) == 1
    boxes = page.evaluate(
        "() => [...document.querySelectorAll('.task input')].map(n => getComputedStyle(n).appearance)"
    )
    assert set(boxes) == {"auto"}


@pytest.mark.parametrize("width", [*WIDTHS, 320])
def test_a_text_keeps_its_measures_at_any_width(width: int, look: Any) -> None:
    page = look(width)
    assert page.evaluate(TOO_WIDE) == []
    frame = page.locator(".embed iframe").bounding_box()
    assert frame["width"] / frame["height"] == pytest.approx(16 / 9, rel=0.01)
    boxes = page.evaluate("""() => [...document.querySelectorAll('.task')]
      .map(item => [item.querySelector('input').getBoundingClientRect().right, item.getBoundingClientRect().left])""")
    assert [box for box in boxes if box[0] > box[1]] == [], "the box of a task hangs before its lines"


def test_a_callout_in_a_text_is_set_like_the_text(look: Any) -> None:
    families = look().evaluate(
        "() => [...document.querySelectorAll('.body > p, .callout > p')].map(n => getComputedStyle(n).fontFamily)"
    )
    assert len(set(families)) == 1


def test_marks_of_lists_differ_on_three_levels(look: Any) -> None:
    marks = look().evaluate("""() => ['.body > ul', '.body > ul ul', '.body > ul ul ul']
      .map(place => getComputedStyle(document.querySelector(place)).listStyleType)""")
    assert len(set(marks)) == len(marks)


def test_an_item_among_tasks_that_is_none_keeps_its_mark(look: Any) -> None:
    marks = look().evaluate("""() => [...document.querySelectorAll('.body > .tasks > li')]
      .map(item => [item.className, getComputedStyle(item).listStyleType])""")
    assert {(name, mark == "none") for name, mark in marks} == {("task", True), ("", False)}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_figure_in_a_table_is_on_one_line(width: int, look: Any) -> None:
    lines = look(width).evaluate("""() => [...document.querySelectorAll('td.right')].map(cell => {
      const words = document.createRange();
      words.selectNodeContents(cell);
      return new Set([...words.getClientRects()].map(line => line.top)).size;
    })""")
    assert set(lines) == {1}


def test_folded_text_is_unfolded_on_paper_and_folded_again(look: Any) -> None:
    page = look()
    is_open = "() => document.querySelector('details').open"
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(is_open)
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert not page.evaluate(is_open)


def test_axe_finds_nothing_on_the_specimen(chromium: Browser, built: BuiltSites, axe_source: str) -> None:
    page = chromium.new_page(reduced_motion="reduce")
    url = built("specimen").url(ARTICLE)
    assert [line for width in WIDTHS for line in violations(page, url, width, axe_source)] == []
    page.close()
