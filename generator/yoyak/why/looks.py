"""Which pages a template, a file of templates/assets or site.yaml decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from msgspec import structs

from yoyak.model.message import Message, say
from yoyak.pipeline.load import TEMPLATE_ENDINGS
from yoyak.store.stamps import SETTINGS
from yoyak.templating.looks import read_among
from yoyak.text.urls import quote_path
from yoyak.why.absence import close
from yoyak.why.explanation import Explanation
from yoyak.why.freshness import change_of, changes_of_site, words_of
from yoyak.why.memory import Memory

_ASSETS = "assets/"


def explain_settings(asked: str, memory: Memory) -> Explanation:
    """Return what site.yaml decides: every page reads something of it."""
    urls = tuple(row.url for row in memory.pages.values())
    changes = tuple(changes_of_site((), memory))
    return Explanation(asked=asked, what="settings", on_site=True, name=SETTINGS, shown_on=urls, changes=changes)


def explain_look(asked: str, name: str, memory: Memory) -> Explanation:
    """Return which pages read a file of templates/, by its name below that folder."""
    if name.startswith(_ASSETS):
        return _of_asset(asked, name.removeprefix(_ASSETS), memory)
    looks, path = memory.looks, f"templates/{name}"
    found = Explanation(asked=asked, what="template", on_site=False, name=path, changes=tuple(_changes(path, memory)))
    if name not in looks.overrides and name not in looks.originals:
        near = tuple(f"templates/{one}" for one in close(name, sorted({*looks.originals, *looks.overrides})))
        reasons = (_of_no_template(name, memory),)
        return structs.replace(found, reasons=reasons, near=near, changes=())
    shown_on = tuple(_reading((name, f"yoyak/{name}"), memory))
    if not shown_on:
        return structs.replace(found, reasons=(_unread(name, memory),))
    sources = tuple(f"{folder}/{name}" for folder, known in _folders(memory) if name in known)
    return structs.replace(found, on_site=True, shown_on=shown_on, sources=sources)


def _of_no_template(name: str, memory: Memory) -> Message:
    place = memory.folder / "templates" / name
    if place.is_dir():
        return say("absent.folder")
    if place.is_file():
        return say("absent.not-a-template", endings=", ".join(TEMPLATE_ENDINGS), folder=f"templates/{_ASSETS}")
    return say("absent.no-template")


def _folders(memory: Memory) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "templates", memory.looks.overrides
    yield "yoyak", memory.looks.originals


def _reading(names: Sequence[str], memory: Memory) -> Iterator[str]:
    """Yield the urls of the pages that may read one of some templates and assets."""
    reading = {one for one in set(memory.templates.values()) if read_among(names, one, memory.looks)}
    for output, row in memory.pages.items():
        if memory.templates.get(output) in reading:
            yield row.url


def _unread(name: str, memory: Memory) -> Message:
    return say("absent.template-of-no-page" if name in memory.looks.originals else "absent.template-unread")


def _changes(path: str, memory: Memory) -> Iterator[Message]:
    if change := change_of(path, memory):
        yield say("changes.readers", path=path, change=words_of(change))
    yield from changes_of_site((path,), memory)


def _of_asset(asked: str, name: str, memory: Memory) -> Explanation:
    """Return where a file of templates/assets is published, and which pages ask for it."""
    path, asset = f"templates/{_ASSETS}{name}", memory.looks.assets.get(name)
    found = Explanation(asked=asked, what="asset", on_site=False, name=path)
    if asset is None:
        near = tuple(f"templates/{_ASSETS}{one}" for one in close(name, sorted(memory.looks.assets)))
        return structs.replace(found, reasons=(say("absent.no-asset"),), near=near)
    changes = tuple(_changes(path, memory))
    if asset.output not in memory.outputs:
        return structs.replace(found, reasons=(say("absent.asset-old"),), changes=changes)
    url = memory.config.base_path + quote_path(asset.output)
    asking = tuple(_reading((f"assets/{name}",), memory))
    return structs.replace(found, on_site=True, url=url, file=asset.output, shown_on=asking, changes=changes)


def asset_name(output: str, memory: Memory) -> str | None:
    """Return the name of the file of templates/assets that is published at an output path."""
    found = (name for name, asset in memory.looks.assets.items() if unquote(asset.output) == output)
    return next(found, None)
