"""The files of templates/: the names that its assets get, and what of them the templates of a kind of page read."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, unquote

from jinja2 import Environment, TemplateSyntaxError, nodes

from yoyak.model.message import Problem, did_you_mean, problem_of, say, with_values
from yoyak.model.sources import ASSETS, HouseAsset, Looks
from yoyak.model.types import Record
from yoyak.model.views import CHROME_ASSETS, Chrome
from yoyak.store.remembered import encode
from yoyak.templating.fast_jinja import everything
from yoyak.text.asset_addresses import Address, css_addresses, js_addresses, put_css, put_js
from yoyak.text.urls import has_scheme

# --- assets under names with their content's hash, and the addresses by which they name each other ---------------


FOLDER = "templates/assets/"
_READ: Mapping[str, Callable[[str], Iterator[Address]]] = {
    ".css": css_addresses,
    ".js": js_addresses,
    ".mjs": js_addresses,
}


class _Named(Record, kw_only=True):
    """An address in a file that means another one of templates/assets."""

    address: Address
    target: str
    """The name of the file that it means."""
    tail: str
    """``?v=1`` or ``#icon`` behind it."""


def house_assets(files: Mapping[str, bytes], own: Iterable[str]) -> tuple[dict[str, HouseAsset], tuple[Problem, ...]]:
    """Return each file by its name, and an error for each address in one of the site's `own` that leads nowhere."""
    texts = {name: text for name, data in files.items() if (text := _text(name, data)) is not None}
    named = {name: tuple(_addresses(name, text)) for name, text in texts.items()}
    mine = frozenset(own)
    problems = tuple(
        _missing(name, texts[name], one, files)
        for name, found in named.items()
        for one in found
        if one.target not in files and name in mine
    )
    links = {
        name: tuple(dict.fromkeys(one.target for one in found if one.target in files)) for name, found in named.items()
    }
    outputs: dict[str, str] = {}
    data = dict(files)
    for circle in _circles(files, links):
        if len(circle) == 1 and circle[0] not in links.get(circle[0], ()):
            (name,) = circle
            data[name] = _rewritten(name, texts, named, outputs, files)
            outputs[name] = _output(name, data[name])
            continue
        together = b"\0".join(_rewritten(name, texts, named, outputs, files) for name in circle)
        outputs |= {name: _output(name, name.encode() + together) for name in circle}
        data |= {name: _rewritten(name, texts, named, outputs, files) for name in circle}
    return {name: HouseAsset(output=outputs[name], data=data[name]) for name in files}, problems


def _text(name: str, data: bytes) -> str | None:
    if posixpath.splitext(name)[1] not in _READ:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _addresses(name: str, text: str) -> Iterator[_Named]:
    """Yield the addresses in a file that mean another file beside it, not a host, a page or a place in itself."""
    ending = posixpath.splitext(name)[1]
    for address in _READ[ending](text):
        written = address.written.strip()
        if not written or written[0] in "#/?" or has_scheme(written):
            continue
        if ending != ".css" and not written.startswith(("./", "../")):
            continue  # a bare name is looked up in an import map
        cut = min((at for sign in "?#" if (at := written.find(sign)) >= 0), default=len(written))
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(written[:cut])))
        yield _Named(address=address, target=target, tail=written[cut:])


def _rewritten(
    name: str,
    texts: Mapping[str, str],
    named: Mapping[str, tuple[_Named, ...]],
    outputs: Mapping[str, str],
    files: Mapping[str, bytes],
) -> bytes:
    """Return a file with the addresses in it that are known by now."""
    known = [one for one in named.get(name, ()) if one.target in outputs]
    if not known:
        return files[name]
    text, pieces, at = texts[name], list[str](), 0
    for one in known:
        pieces += (text[at : one.address.start], _put(name, one, outputs[one.target]))
        at = one.address.end
    return "".join((*pieces, text[at:])).encode()


def _put(name: str, one: _Named, output: str) -> str:
    folder = posixpath.dirname(ASSETS + name)
    address = quote(posixpath.relpath(output, folder), safe="/-._~!$&'()*+,;=:@") + one.tail
    if name.endswith(".css"):
        return put_css(one.address, address)
    return put_js(address if address.startswith("../") else f"./{address}")


def _output(name: str, data: bytes) -> str:
    stem, dot, ending = name.rpartition(".")
    digest = hashlib.sha256(data).hexdigest()[:10]
    return f"{ASSETS}{stem or ending}.{digest}{dot if stem else ''}{ending if stem else ''}"


def _circles(files: Iterable[str], links: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield all files, what a file names before itself; those that name each other in a circle together."""
    reach = {name: _reached(name, links) for name in files}
    done: set[str] = set()
    for name in sorted(reach, key=lambda name: (len(reach[name] | {name}), name)):
        if name not in done:
            circle = tuple(sorted({name} | {one for one in reach[name] if name in reach[one]}))
            done.update(circle)
            yield circle


def _reached(name: str, links: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return every file that a file names, or that one of those names."""
    found: set[str] = set()
    todo = list(links.get(name, ()))
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo.extend(links.get(one, ()))
    return frozenset(found)


def _missing(name: str, text: str, one: _Named, files: Iterable[str]) -> Problem:
    before = text[: one.address.start]
    folder = posixpath.dirname(name)
    beside = [posixpath.relpath(other, folder or ".") for other in files if other != name]
    near = did_you_mean(one.address.written.removeprefix("./"), beside)
    if not name.endswith(".css"):  # as a script has to write it
        near = with_values(near, lambda other: other if not other or other.startswith("../") else f"./{other}")
    return problem_of(
        "missing-asset",
        FOLDER + name,
        before.count("\n") + 1,
        len(before) - before.rfind("\n"),
        hint=near or say("missing-asset.hint", folder=FOLDER),
        name=one.address.written[:120],
    )


# --- what the templates of a kind of page read, found in their source --------------------------------------------


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


_FOUND: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
"""The names of templates, and of what else is read, by the text of a template."""


def note_tree(text: str, tree: nodes.Template) -> None:
    """Note what a template reads whose tree is at hand: to make one takes most of the time."""
    parts = everything(tree)
    _FOUND[text] = frozenset(_templates_in(parts)), frozenset(_others_in(parts))


def _read_in(text: str) -> tuple[frozenset[str], frozenset[str]]:
    if text not in _FOUND:
        try:
            note_tree(text, _PARSER.parse(text))
        except TemplateSyntaxError:
            _FOUND[text] = frozenset((_ANY,)), frozenset(("chrome.*", "asset"))
    return _FOUND[text]


def _templates_in(parts: Sequence[nodes.Node]) -> Iterator[str]:
    for node in parts:
        if isinstance(node, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport):
            yield from _constants(node.template)
    calls = [part for part in parts if isinstance(part, nodes.Call) and _is_name(part.node, "shared")]
    for call in calls:
        yield from _constants(call.args[0] if call.args else None)
    if sum(_is_name(part, "shared") for part in parts) > len(calls):
        yield _ANY
    if any(_is_name(part, "card") for part in parts):
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


def _others_in(parts: Sequence[nodes.Node]) -> Iterator[str]:
    fields = [part for part in parts if isinstance(part, nodes.Getattr) and _is_name(part.node, "chrome")]
    yield from (f"chrome.{node.attr}" for node in fields)
    if sum(_is_name(part, "chrome") for part in parts) > len(fields):
        yield "chrome.*"
    if any(isinstance(part, nodes.Filter) and part.name == "absolute" for part in parts):
        yield "chrome.base_url"
    if any(_is_name(part, "asset") for part in parts):
        yield "asset"


def _is_name(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
