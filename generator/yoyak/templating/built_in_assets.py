"""The files of templates/assets under names with their content's hash, and the addresses by which they name each other.

A file is named after those that it names, since its own hash follows from their names. Files that name each other in a
circle are named together, by all that stands in them.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote, unquote

from yoyak.model.message import Problem, did_you_mean, say, with_values
from yoyak.model.sources import ASSETS, HouseAsset
from yoyak.model.types import Record
from yoyak.text.asset_addresses import Address, css_addresses, js_addresses, put_css, put_js
from yoyak.text.urls import has_scheme

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
    return Problem(
        code="missing-asset",
        message=say("missing-asset", name=one.address.written[:120]),
        hint=near or say("missing-asset.hint", folder=FOLDER),
        path=FOLDER + name,
        line=before.count("\n") + 1,
        column=len(before) - before.rfind("\n"),
    )
