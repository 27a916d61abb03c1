"""Long lists, cut into pages: ``/tags/ai/``, ``/tags/ai/page/2/`` …"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from yoyak.model.types import Record
from yoyak.model.views import Frame, Pager
from yoyak.pages.world import World
from yoyak.templating.language import language, message
from yoyak.text.urls import output_path, page_url

T = TypeVar("T")


def neighbours(items: Sequence[T], place: int) -> tuple[T | None, T | None]:
    """Return what stands behind and before a place of a list; in one that is newest first, the older and the newer."""
    behind = items[place + 1] if place + 1 < len(items) else None
    return behind, items[place - 1] if place else None


class ListPage(Record, kw_only=True):
    """One page of a list."""

    items: tuple[Any, ...]
    pager: Pager
    url: str
    output: str


def numbered(frame: Frame, title: str, pager: Pager) -> str:
    """Return the title of one page of a list: with its number from the second on."""
    return (
        title
        if pager.number == 1
        else message(language(frame.language), "title.page", title=title, number=pager.number)
    )


def pages_of(world: World, items: Sequence[Any], *parts: str) -> Iterator[ListPage]:
    """Yield the pages of a list that stands at `parts`; an empty list has one page."""
    size = world.config.page_size
    total = max(1, -(-len(items) // size))

    def url(number: int) -> str:
        return page_url(world.config.base_path, *parts, *_below(number)) if 1 <= number <= total else ""

    for number in range(1, total + 1):
        pager = Pager(number=number, total=total, previous=url(number - 1), next=url(number + 1))
        yield ListPage(
            items=tuple(items[(number - 1) * size : number * size]),
            pager=pager,
            url=url(number),
            output=output_path(*parts, *_below(number)),
        )


def _below(number: int) -> tuple[str, ...]:
    return ("page", str(number)) if number > 1 else ()
