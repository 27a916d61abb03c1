"""What the templates of a kind of page read, found in their source: templates, chrome, files of templates/assets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from yoyak.model.sources import Looks
from yoyak.model.views import CHROME_ASSETS, Chrome
from yoyak.store.remembered import encode

_ORIGINAL = "yoyak/"
_CARD = "partials/card.html"
_ANY = "*"
_ASSET_OF = {f"chrome.{field}": f"assets/{name}" for field, name in CHROME_ASSETS.items()}


def digests_of_looks(looks: Looks) -> dict[str, bytes]:
    """Return a digest of each template and each of the house's assets, by its name."""
    templates = {name: _digest(text.encode()) for name, text in looks.overrides.items()}
    originals = {f"{_ORIGINAL}{name}": _digest(text.encode()) for name, text in looks.originals.items()}
    assets = {f"assets/{name}": _digest(asset.output.encode()) for name, asset in looks.assets.items()}
    return {**originals, **templates, **assets}


def template_inputs(templates: Iterable[str], looks: Looks, chrome: Chrome) -> dict[str, bytes]:
    """Return, for each template of a page, a digest of all that its pages read beside their own values."""
    found = digests_of_looks(looks)
    everything = _digest(encode(sorted(found.items())))
    return {name: _inputs(name, looks, chrome, found, everything) for name in sorted(set(templates))}


def _inputs(name: str, looks: Looks, chrome: Chrome, found: Mapping[str, bytes], everything: bytes) -> bytes:
    names, reads = names_read_by(name, looks)
    parts: list[object] = [(one, found.get(one), found.get(_ORIGINAL + one)) for one in sorted(names)]
    if _ANY in names:
        parts.append(everything)
    if any(read == "asset" for read in reads):
        parts += [(one, digest) for one, digest in sorted(found.items()) if one.startswith("assets/")]
    fields = sorted(read.partition(".")[2] for read in reads if read.startswith("chrome."))
    parts.append(chrome if _ANY in fields else [(field, getattr(chrome, field, None)) for field in fields])
    return _digest(encode(parts))


def read_among(candidates: Iterable[str], template: str, looks: Looks) -> tuple[str, ...]:
    """Return which of some templates and assets, named as in `digests_of_looks`, the pages of a template may read."""
    names, reads = names_read_by(template, looks)
    if _ANY in names:
        return tuple(sorted(candidates))
    every_asset = "asset" in reads or "chrome.*" in reads
    mine = {*names, *(f"{_ORIGINAL}{one}" for one in names), *(_ASSET_OF[read] for read in reads if read in _ASSET_OF)}
    return tuple(sorted(one for one in candidates if one in mine or (every_asset and one.startswith("assets/"))))


def names_read_by(name: str, looks: Looks) -> tuple[frozenset[str], frozenset[str]]:
    """Return the templates that a template reaches, itself included, and what else they read.

    ``*`` among the templates stands for one whose name is found only while the page is made; ``chrome.title`` and
    ``asset`` are what else may be read.
    """
    names: set[str] = set()
    reads: set[str] = set()
    todo = [name]
    while todo:
        one = todo.pop()
        if one in names:
            continue
        names.add(one)
        for text in _sources(one, looks):
            more, other = _read_in(text)
            todo.extend(more)
            reads |= other
    return frozenset(names), frozenset(reads)


def _sources(name: str, looks: Looks) -> Iterator[str]:
    """Yield the text of a template. One of the site's own may reach the original of the same name."""
    if name.startswith(_ORIGINAL):
        original = looks.originals.get(name.removeprefix(_ORIGINAL))
    else:
        original = looks.originals.get(name) if name not in looks.overrides else None
        if name in looks.overrides:
            yield looks.overrides[name]
    if original is not None:
        yield original


_PARSER = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)  # it only parses


@cache
def _read_in(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of templates, and of what else is read, in the text of one template."""
    try:
        tree = _PARSER.parse(text)
    except TemplateSyntaxError:
        return frozenset((_ANY,)), frozenset(("chrome.*", "asset"))
    return frozenset(_templates_in(tree)), frozenset(_others_in(tree))


def _templates_in(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        yield from _constants(node.template)  # type: ignore[attr-defined] # all four have it
    for call in tree.find_all(nodes.Call):
        if _is_name(call.node, "shared"):
            yield from _constants(call.args[0] if call.args else None)
    names = [node.name for node in tree.find_all(nodes.Name)]
    if names.count("shared") > sum(1 for call in tree.find_all(nodes.Call) if _is_name(call.node, "shared")):
        yield _ANY
    if "card" in names:
        yield _CARD


def _constants(node: nodes.Node | None) -> Iterator[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.Const) and isinstance(node.value, tuple | list):
        yield from map(str, node.value)
    elif isinstance(node, nodes.Tuple | nodes.List):
        for item in node.items:
            yield from _constants(item)
    else:
        yield _ANY


def _others_in(tree: nodes.Template) -> Iterator[str]:
    fields = [node for node in tree.find_all(nodes.Getattr) if _is_name(node.node, "chrome")]
    yield from (f"chrome.{node.attr}" for node in fields)
    if sum(1 for name in tree.find_all(nodes.Name) if name.name == "chrome") > len(fields):
        yield "chrome.*"
    if any(node.name == "absolute" for node in tree.find_all(nodes.Filter)):
        yield "chrome.base_url"
    if any(name.name == "asset" for name in tree.find_all(nodes.Name)):
        yield "asset"


def _is_name(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
