"""docs/reference/templates.md says what templates get; this holds it to the code."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from rows import each_row
from yoyak.model import types as model
from yoyak.model import views
from yoyak.model.types import Record
from yoyak.pages.machines import SitemapEntry
from yoyak.pages.types import PAGE_TYPES
from yoyak.templating.language import language, template_filters, template_functions

CHECKOUT = Path(__file__).parent.parent
TEXT = (CHECKOUT / "docs" / "reference" / "templates.md").read_text(encoding="utf-8")
FROM_RENDER = {"card", "shared", "asset", "content_of", "json", "json_script", "absolute"}
OF_RECIPES = {views.Frame, views.Standing, views.DayPart, views.Recipe}
"""What decides a page; no template gets them."""
OF_VIEWS = [
    kind
    for _, kind in inspect.getmembers(views, inspect.isclass)
    if kind.__module__ == views.__name__ and kind not in OF_RECIPES
]
OF_PAGES = list(dict.fromkeys(one.context for one in PAGE_TYPES))
TYPES = [*OF_VIEWS, *OF_PAGES, SitemapEntry, model.Picture, model.Correction, model.Person]


@each_row("kind", TYPES, ids=lambda kind: kind.__name__)
def test_the_reference_lists_the_fields_of_every_type(kind: type[Record]) -> None:
    assert _names(f"### {kind.__name__}") == list(inspect.get_annotations(kind))


def test_the_reference_lists_every_kind_with_its_type() -> None:
    found = re.findall(r"^\| `(\w+)` \| `([\w.]+)` \| \[(\w+)\]", _section("## Kinds of pages"), re.MULTILINE)
    assert found == [(one.kind, one.template, one.context.__name__) for one in PAGE_TYPES]


def test_the_templates_of_the_reference_exist() -> None:
    names = re.findall(r"^\| `\w+` \| `([\w.]+)`", _section("## Kinds of pages"), re.MULTILINE)
    assert [name for name in names if not (CHECKOUT / "templates" / name).is_file()] == []


def test_the_reference_lists_every_function_and_filter() -> None:
    korean = language("ko")
    listed = {*_names("## Functions"), *_names("## Filters")}
    assert listed - FROM_RENDER == {*template_functions(korean), *template_filters(korean)}


def test_every_link_of_the_reference_leads_to_a_heading() -> None:
    headings = {title.lower() for title in re.findall(r"^#+ (\w+)$", TEXT, re.MULTILINE)}
    assert set(re.findall(r"\(#(\w+)\)", TEXT)) - headings == set()


def _section(heading: str) -> str:
    """Return what stands under a heading, up to the next one."""
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"{heading} is missing"
    return found[1]


def _names(heading: str) -> list[str]:
    return re.findall(r"^\| `(\w+)", _section(heading), re.MULTILINE)
