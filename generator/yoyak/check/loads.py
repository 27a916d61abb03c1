"""Everything that a built page, feed or style sheet would load from another host.

Each page is looked at with one search for tags that can load. Only where one of them may ask a host that the site does
not allow is the page parsed, as browsers do it, to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape

import msgspec

from yoyak.model.addresses import Load, Loads, asked_host
from yoyak.model.message import Message, Problem, problem_of, say
from yoyak.model.sources import HouseAsset
from yoyak.model.types import Output
from yoyak.text.asset_addresses import addresses_in_css, js_addresses

_TAG = re.compile(
    rb"<(?![/dhnp]|a |bdi|li>|meta [np]|ul|ti|sp)"
    rb"(?:im|if|inp|li[^>]|sc|so|vi|au|tra|em[^>]|ob|ba|us|fr|fe|sty|meta h|[A-Z]|[a-z][A-Z])[^>]*",
)
"""Tags that load something, and some others: it takes less time to be exact later. Capitals are a template's.

What comes first is what most tags of a page begin with, and none that loads: a fifth of the time.
"""
_NEVER = b'<link rel="canonical"'
_ADDRESS = re.compile(r"(?:(?:https?|ftp|wss?):[/\\]*|[/\\]{2,})[^\s\"'<>/\\?#]*", re.IGNORECASE)
_STYLE = (b"<sty", b"<meta h", b"<STY")
"""Tags whose addresses are in what follows, or that send a reader elsewhere."""
_MOST = 5_000
"""Tags that are remembered to load nothing from elsewhere: a site's pages have most of them in common."""
_IN_A_FEED = (b"img", b"iframe", b"script", b"link", b"video", b"audio", b"source", b"object", b"embed", b"style")


_MAY_LOAD = re.compile(
    r"[\s\"'/](?:style|background|ping|attributionsrc)\s*=\s*.|shadowrootmode|attributename|data:[\w+/]*(?:ht|x)ml|data:text/css"
    r"|[\s\"'/](?:mask|filter|fill|stroke|clip-path|marker|cursor)[\w-]*\s*=\s*[\"']?[^\"'>]*url",
    re.IGNORECASE | re.DOTALL,
)
_AS_WE_WRITE = re.compile(r" (?:style=\"|background=|ping=)")


def are_odd(templates: Iterable[str]) -> bool:
    """Tell whether templates write an attribute that may load otherwise than the search for links expects it.

    Then each page is parsed: what is between two attributes, and how they are written, is a template's own matter.
    """
    return any(not _AS_WE_WRITE.match(found[0]) for text in templates for found in _MAY_LOAD.finditer(text))


def loads_reader(policy: Loads, base_url: str) -> Callable[[Output, bool], tuple[Load, ...]]:
    """Return the function that gives what a rendered page or feed loads from hosts that `policy` does not allow.

    Its second argument says that some element has an attribute that may load, such as a style.
    """
    origin = "/".join(base_url.split("/", 3)[:3]).encode() + b"/"
    own_pictures = [b"&lt;img src=" + quote + origin for quote in (b"&#34;", b"&quot;", b'"')]
    known = set[bytes]()

    def asks(data: bytes) -> bool:
        """Tell whether a tag of a page may load from a host that is not allowed: some that do not are among them."""
        for tag in frozenset(_TAG.findall(data)) - known:
            if tag.startswith(_NEVER):
                continue
            if _may_ask(tag, policy, origin):
                return True
            if len(known) < _MOST:
                known.add(tag)
        return False

    def read(output: Output, has_style: bool = False) -> tuple[Load, ...]:  # noqa: FBT001, FBT002
        path, data = output.path, output.data
        if path.endswith(".html"):
            return _refused(_of_html(data.decode()), policy) if has_style or asks(data) else ()
        if path.endswith(".xml") and _feed_asks(data, own_pictures):
            return _refused(_of_xml(data), policy)
        if path.endswith(".json") and _json_asks(data, origin):
            return _refused(_of_json(data), policy)
        return ()

    return read


def _may_ask(tag: bytes, policy: Loads, origin: bytes) -> bool:
    if tag.startswith(_STYLE) or tag.count(b'"') % 2 or tag.count(b"'") % 2:  # a ">" in quotes does not end a tag
        return True
    if tag.startswith(b"<sc") and b"src" not in tag and b"json" not in tag:
        return True
    text = unescape(tag.replace(origin, b"").decode("utf-8", "replace"))
    found = _ADDRESS.findall(re.sub(r"[\t\n\r]", "", text))
    picture = tag[:3].lower() in (b"<im", b"<so", b"<vi", b"<in", b"<fe")
    return any(not policy.allows(address, picture=picture) for address in found)


def _of_html(text: str) -> Iterator[Load]:
    """Yield what HTML loads. Its parser is imported for the first page that may ask another host."""
    from yoyak.check.loaders import loads_in_html

    return loads_in_html(text)


def _refused(found: Iterable[Load], policy: Loads) -> tuple[Load, ...]:
    return tuple(dict.fromkeys(one for one in found if not policy.allows(one.address, picture=one.picture)))


# --- feeds: HTML in XML and JSON ---------------------------------------------------------------------


def _feed_asks(data: bytes, own_pictures: list[bytes]) -> bool:
    """Tell whether a feed may hold more than pictures of the site's own."""
    pictures = data.count(b"&lt;img")
    if pictures and pictures != sum(map(data.count, own_pictures)):
        return True
    return b"<![CDATA[" in data or any(b"&lt;" + name in data for name in _IN_A_FEED[1:])


def _json_asks(data: bytes, origin: bytes) -> bool:
    pictures = data.count(b"<img")
    if pictures and pictures != data.count(b'<img src=\\"' + origin):
        return True
    return b"u003c" in data or any(b"<" + name in data for name in _IN_A_FEED[1:])


def _of_xml(data: bytes) -> Iterator[Load]:
    """Yield what the HTML in a feed loads. A file that is no XML is none that a reader program shows."""
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        root = fromstring(data)  # noqa: S314 - it is our own, and expat bounds what entities may grow to
    except ParseError:
        return
    entries = (below for entry in root.iter() if entry.tag.rpartition("}")[2] in ("item", "entry") for below in entry)
    for element in entries:
        name, kind = element.tag.rpartition("}")[2], element.get("type", "text")
        if name in ("description", "encoded") or (name in ("content", "summary") and kind in ("html", "xhtml")):
            yield from _of_html("".join(element.itertext()))


def _of_json(data: bytes) -> Iterator[Load]:
    try:
        feed = msgspec.json.decode(data)
    except msgspec.DecodeError:
        return
    items: object = feed.get("items") if isinstance(feed, dict) else None
    for item in items if isinstance(items, list) else ():
        content = item.get("content_html") if isinstance(item, dict) else None
        if isinstance(content, str):
            yield from _of_html(content)


# --- problems ------------------------------------------------------------------------------------------


def foreign_loads(
    pages: Iterable[tuple[str, str, tuple[Load, ...]]],
    templates: Mapping[str, str],
    line_of: Callable[[str, str], int],
) -> tuple[Problem, ...]:
    """Return an error for each foreign load: at the file that wrote it when that can be told, and once for each.

    `pages` are url, source file and loads of each page; `templates` the texts of the site's own, by name.
    """
    problems: dict[tuple[str, str, str], Problem] = {}
    for url, origin, found in pages:
        for one in found:
            path, line = _written_in(one, origin, templates, line_of)
            key = (path, one.address, "" if line else url)
            problems.setdefault(key, _problem(path, line, one, say("foreign-load.page", url=url)))
    return tuple(problems.values())


def _written_in(
    one: Load, origin: str, templates: Mapping[str, str], line_of: Callable[[str, str], int]
) -> tuple[str, int]:
    for written in (one.address, asked_host(one.address)):
        for name, text in templates.items():
            if (at := text.find(written)) >= 0:
                return f"templates/{name}", text.count("\n", 0, at) + 1
        if origin and (line := line_of(origin, written)):
            return origin, line
    return origin or "site.yaml", 0


def foreign_in_assets(assets: Mapping[str, HouseAsset], policy: Loads) -> tuple[Problem, ...]:
    """Return an error for each address of another host in style sheets, and in what scripts import."""
    return tuple(
        _problem(
            f"templates/assets/{name}",
            text.count("\n", 0, one.start) + 1,
            Load("url() or @import" if name.endswith(".css") else "import", one.written),
            say("foreign-load.file"),
        )
        for name, asset in assets.items()
        if name.endswith((".css", ".js", ".mjs")) and (b"//" in asset.data or b"\\" in asset.data)
        for text in (asset.data.decode("utf-8", "replace"),)
        for one in (addresses_in_css if name.endswith(".css") else js_addresses)(text)
        if not policy.allows(one.written)
    )


_IN_WORDS = {"style attribute": say("load.style-attribute"), "url() or @import": say("load.style-sheet")}


def _problem(path: str, line: int, one: Load, what: Message) -> Problem:
    host = asked_host(one.address)
    return problem_of(
        "foreign-load",
        path,
        line,
        hint=say("foreign-load.hint", line=f"embeds: [{host}]"),
        what=what,
        address=one.address[:100],
        tag=_IN_WORDS.get(one.tag, one.tag),
    )
