"""What one kilobyte of content can cost in pages and bytes, for every key that the schema has.

A new key is tested by itself: its values are made from its type. The costs are those of yoyak's own templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec import Struct, json
from msgspec import inspect as kinds

from sites import Built, article, build_site, write_site
from yoyak.messages.catalogue import paragraph
from yoyak.model.schema import FrontMatter, RuleFileKeys
from yoyak.pages.shown import IN_FEEDS
from yoyak.pipeline.parse import NOTE_KEYS

pytestmark = pytest.mark.usefixtures("forkless")

KILOBYTE = 1000
PAGES = 250
"""Pages and feeds of one kilobyte more in one key."""
BYTES = 1000
"""Bytes of output for each byte of content."""
WHOLE_PAGES, WHOLE_BYTES = 500, 12_000_000
"""Of one article with every list as long as it may be."""

PLACES: dict[type[Struct], str] = {
    FrontMatter: "content/a.md",
    **{keys: f"content/{folder}/{name}.md" for (folder, keys), name in zip(
        NOTE_KEYS.items(), ("2024-W27", "ai", "about"), strict=True)},
}  # fmt: skip
KEYS = [(kind, name) for kind in PLACES for name in kind.__struct_fields__]
COMMON: dict[str, Any] = {
    "tags": [f"t{n}" for n in range(20)],
    "authors": [f"Kim {n}" for n in range(5)],
    "themes": ["ai", "islands", "harbour"],
    "aliases": [f"/old/{n}/" for n in range(20)],
    "source": "Gaon Daily",
}
"""What the article has besides: each of these makes pages that show what a key holds."""


class Cost(NamedTuple):
    pages: int
    size: int


@pytest.fixture(scope="module")
def costs_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[type[Struct]], Cost]:
    """Give what a site costs without one more key in a kind of file."""
    return cache(lambda kind: _cost(tmp_path_factory.mktemp("before"), kind, {}))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), KEYS, ids=lambda value: getattr(value, "__name__", value))
def test_a_kilobyte_in_any_key_has_a_bounded_cost(
    kind: type[Struct], name: str, tmp_path: Path, costs_of: Callable[[type[Struct]], Cost]
) -> None:
    before = costs_of(kind)
    for number, value in enumerate(_values(_type(kind, name), KILOBYTE)):
        after = _cost(tmp_path / f"after-{number}", kind, {name: value})
        more = len(json.encode({name: value}))
        assert after.pages - before.pages <= PAGES
        assert after.size - before.size <= BYTES * max(more, 100)


@pytest.mark.slow
def test_one_article_with_all_keys_at_their_bounds_makes_some_hundred_pages(tmp_path: Path) -> None:
    lists = {name: value for name in FrontMatter.__struct_fields__ if (value := _fullest(name)) is not None}
    found = _build(tmp_path, {"content/a.md": article(**lists)})
    assert [paragraph(problem) for problem in found.report.problems if problem.severity == "error"] == []
    cost = _size(found)
    assert 400 < cost.pages <= WHOLE_PAGES
    assert cost.size <= WHOLE_BYTES


@pytest.mark.slow
def test_articles_with_a_hundred_tags_in_common_do_not_multiply_in_their_feeds(tmp_path: Path) -> None:
    tags = [f"tag number {n}" for n in range(100)]
    files = {f"content/{n}.md": article(title=f"T{n}", tags=tags, summary="말 " * 500) for n in range(IN_FEEDS)}
    found = _build(tmp_path, files)
    cost = _size(found)
    assert cost.size <= 400 * sum(len(text.encode()) for text in files.values())
    assert found.text("tags/tag-number-1/feed.xml").count("<category") == IN_FEEDS * IN_FEEDS
    assert found.text("rss.xml").count("<category>") == IN_FEEDS * IN_FEEDS


def test_a_feed_names_no_more_than_twenty_authors_of_an_article(tmp_path: Path) -> None:
    found = _build(tmp_path, {"content/a.md": article(authors=[f"Kim {n}" for n in range(50)])})
    assert found.text("feed.xml").count("<author><name>Kim") == IN_FEEDS
    assert found.text("articles/a").count('rel="author"') == 50


@pytest.mark.parametrize("kind", [*PLACES, RuleFileKeys], ids=lambda kind: kind.__name__)
def test_every_text_and_every_list_of_a_content_file_has_a_bound(kind: type[Struct]) -> None:
    assert list(_unbounded(kinds.type_info(kind), kind.__name__)) == []


def test_the_introduction_of_a_theme_is_on_the_first_page_of_its_list_only(tmp_path: Path) -> None:
    files = {f"content/{n}.md": article(title=f"T{n}") for n in range(45)}
    found = _build(tmp_path, {**files, "content/themes/ai.md": "소개하는 말이다.\n"})
    assert "소개하는 말이다." in found.text("themes/ai")
    assert "소개하는 말이다." not in found.text("themes/ai/page/2") + found.text("themes/ai/page/3")


# --- values ---------------------------------------------------------------------------------------


def _type(kind: type[Struct], name: str) -> kinds.Type:
    info = kinds.type_info(kind)
    assert isinstance(info, kinds.StructType)
    return next(field.type for field in info.fields if field.name == name)


def _values(info: kinds.Type, room: int) -> Iterator[Any]:
    """Yield values of a type that take about so many bytes: many short ones, and long ones, with much to escape."""
    if isinstance(info, kinds.Metadata):
        yield from _values(info.type, room)
    elif isinstance(info, kinds.UnionType):
        for option in info.types:
            yield from _values(option, room)
    elif isinstance(info, kinds.StrType):
        longest = min(info.max_length or room, room)
        yield from ("ko",) if info.pattern else ('<"' * (longest // 2), "말" * (longest // 3))
    elif isinstance(info, kinds.VarTupleType):
        yield from _lists(info, room)
    elif isinstance(info, kinds.StructType):
        for field in info.fields:
            for value in _values(field.type, room):
                yield {**_required(info), field.name: value}
    elif isinstance(info, kinds.LiteralType):
        yield info.values[0]
    else:
        yield from (value for kind, value in _PLAIN.items() if isinstance(info, kind))


_PLAIN: dict[type[kinds.Type], Any] = {kinds.DateTimeType: "2024-07-03", kinds.BoolType: True, kinds.IntType: 9}


def _lists(info: kinds.VarTupleType, room: int) -> Iterator[Any]:
    most = info.max_length or room
    short = _items(info.item_type)
    yield [next(short) for _ in range(min(most, room // 8))]
    for value in _values(info.item_type, room):
        yield [value]


def _items(info: kinds.Type) -> Iterator[Any]:
    """Yield the shortest values of a type, each another one: they are names, and addresses from the first slash on."""
    bare = info.type if isinstance(info, kinds.Metadata) else info
    options = bare.types if isinstance(bare, kinds.UnionType) else (bare,)
    struct = next((option for option in options if isinstance(option, kinds.StructType)), None)
    if struct is not None and len(options) == 1:
        yield from (_required(struct) for _ in count())
    yield from (f"/{number:x}/" for number in count())


def _required(info: kinds.StructType) -> dict[str, Any]:
    return {field.name: next(_values(field.type, 3)) for field in info.fields if field.required}


def _fullest(name: str) -> Any:
    """Return the longest list that a key takes; nothing of other keys."""
    info = _type(FrontMatter, name)
    found = next((one for one in _parts(info) if isinstance(one, kinds.VarTupleType)), None)
    if found is None or name == "of_the_source":
        return None
    items = _items(found.item_type)
    return [next(items) for _ in range(found.max_length or 0)]


def _parts(info: kinds.Type) -> Iterator[kinds.Type]:
    if isinstance(info, kinds.Metadata):
        yield from _parts(info.type)
    elif isinstance(info, kinds.UnionType):
        for option in info.types:
            yield from _parts(option)
    else:
        yield info


def _unbounded(info: kinds.Type, path: str) -> Iterator[str]:
    for one in _parts(info):
        if isinstance(one, kinds.StructType):
            for field in one.fields:
                yield from _unbounded(field.type, f"{path}.{field.name}")
        elif isinstance(one, kinds.StrType | kinds.VarTupleType | kinds.DictType):
            yield from () if one.max_length else (path,)
        if isinstance(one, kinds.VarTupleType):
            yield from _unbounded(one.item_type, f"{path}[]")
        if isinstance(one, kinds.DictType):
            yield from _unbounded(one.value_type, f"{path}{{}}")


# --- sites ----------------------------------------------------------------------------------------


def _cost(folder: Path, kind: type[Struct], keys: dict[str, Any]) -> Cost:
    """Return what a site costs whose article, or one of whose notes, has these keys."""
    files = {f"content/{n}.md": article(**{**COMMON, "title": f"T{n}", "aliases": []}) for n in range(3)}
    files["content/a.md"] = article(**{**COMMON, **keys}) if kind is FrontMatter else article(**COMMON)
    for note, place in PLACES.items():
        if note is not FrontMatter:
            files[place] = _note({"title": "제목"} if "title" in note.__struct_fields__ else {})
    if kind is not FrontMatter:
        files[PLACES[kind]] = _note(
            keys if "title" in keys or kind is NOTE_KEYS["themes"] else {"title": "제목", **keys}
        )
    return _size(_build(folder, files))


def _note(keys: dict[str, Any]) -> str:
    return "\n".join(
        ["---", *(f"{key}: {json.encode(value).decode()}" for key, value in keys.items()), "---", "", "말", ""]
    )


def _build(folder: Path, files: dict[str, str]) -> Built:
    return build_site(write_site(folder, files), keep_going=True)


def _size(found: Built) -> Cost:
    files = [path for path in found.output.rglob("*") if path.is_file()]
    return Cost(pages=len(files), size=sum(path.stat().st_size for path in files))
