"""The Content-Security-Policy of a site: what its templates, its assets and its embeds load, and nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from yoyak.check.loaders import loads_in_html
from yoyak.model.addresses import Loads, asked_host
from yoyak.model.message import Problem, advised, problem_of
from yoyak.model.sources import Looks
from yoyak.settings.config import SiteConfig, frame_hosts, loads_of
from yoyak.templating.inline_code import inline_code
from yoyak.text.asset_addresses import addresses_in_css, js_addresses

_OF_TAG = {
    "script": "script-src",
    "import": "script-src",
    "link": "style-src",
    "style": "style-src",
    "iframe": "frame-src",
    "frame": "frame-src",
    "object": "object-src",
    "embed": "object-src",
}
"""The directive that decides about what an element of a template loads; pictures, sounds and fonts have all hosts."""
_FORM = re.compile(r"<form\b[^>]*\saction\s*=\s*[\"']?(https?://[^\"'\s>{]+)", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
_IN_SCRIPT = re.compile(r"(?:https?|wss?)://[\w.:-]+", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"[/\\]{2,}(?:[^/\\?#@]*@)?([\w.-]+(?::\d+)?)")
_PICTURE_IN_TEXT, _FONT_IN_TEXT = "data:image", re.compile(r"data:(?:font|application/(?:x-)?font)", re.IGNORECASE)
_UNKNOWN = {
    "script": advised("inline-code.script"),
    "handler": advised("inline-code.handler"),
    "link": advised("inline-code.link"),
}

_Sources = defaultdict[str, list[str]]


def security_policy(config: SiteConfig, looks: Looks) -> tuple[str, tuple[Problem, ...]]:
    """Return the policy that the pages of a site satisfy, and an error for each piece of code that none allows."""
    templates = {**looks.originals, **looks.overrides}
    assets = [
        (name, one.data.decode("utf-8", "replace"))
        for name, one in looks.assets.items()
        if name.endswith((".css", ".js", ".mjs"))
    ]
    code = inline_code(templates)
    sources = _first(config, loads_of(config))
    sources["script-src"] += code.scripts
    sources["style-src"] += code.styles
    _add_hosts(sources, [*templates.values()], assets, loads_of(config))
    texts = [*templates.values(), *(text for name, text in assets if name.endswith(".css"))]
    sources["base-uri"].append("'self'" if any("<base" in text for text in templates.values()) else "'none'")
    if any(_PICTURE_IN_TEXT in text for text in texts):
        sources["img-src"].append("data:")
    if any(_FONT_IN_TEXT.search(text) for text in texts):
        sources["font-src"].append("data:")
    problems = tuple(
        problem_of(
            "inline-code", f"templates/{one.template}", one.line, hint=_UNKNOWN[one.kind][1], what=_UNKNOWN[one.kind][0]
        )
        for one in code.unknown
    )
    return "; ".join(f"{name} {' '.join(dict.fromkeys(found))}" for name, found in sources.items() if found), problems


def _first(config: SiteConfig, policy: Loads) -> _Sources:
    """Return what follows from site.yaml. Articles may show pictures of the hosts of embeds, and of some a frame."""
    hosts = _sources(policy)
    anything = ["https:", "http:"] if policy.pictures else hosts
    sources: _Sources = defaultdict(list)
    sources |= {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", *anything],
        "font-src": ["'self'", *hosts],
        "media-src": ["'self'", *hosts],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-src": [source for host in frame_hosts(config) for source in _with_parts(host)],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'", *map(_origin, config.hosting.framed_by)],
        "base-uri": [],
        "object-src": [],
    }
    return sources


def _origin(written: str) -> str:
    """Return an address of site.yaml as browsers write it: in small letters, its host in ASCII."""
    scheme, _, rest = written.rstrip("/").lower().partition("://")
    star = "*." * rest.startswith("*.")
    return f"{scheme}://{star}{rest.removeprefix(star).encode('idna').decode('ascii')}"


def _sources(policy: Loads) -> list[str]:
    return [source for host in policy.hosts for source in _with_parts(host)]


def _with_parts(host: str) -> tuple[str, ...]:
    """Return a host and what is below it as sources: without a scheme, that of the page or a safer one is meant."""
    try:
        name = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ()
    return name, f"*.{name}"


_Asset = tuple[str, str]
"""The name and the text of a style sheet or a script."""


def _add_hosts(sources: _Sources, templates: Sequence[str], assets: Sequence[_Asset], policy: Loads) -> None:
    """Add the hosts that templates and assets name and that the site allows."""
    for directive, address in _addresses(templates, assets):
        host, written = asked_host(address), _HOST_AND_PORT.search(address)
        if host in ("", policy.host):
            sources[directive].append("'self'")  # frames and objects are not allowed otherwise
        elif written and (directive == "form-action" or policy.allows(address)):
            sources[directive].append(written[1].lower())
            if directive == "script-src":  # it connects to where its makers want, among the hosts that the site allows
                sources["connect-src"] += _sources(policy)


def _addresses(templates: Sequence[str], assets: Sequence[_Asset]) -> Iterator[tuple[str, str]]:
    """Yield the directive and the address of each load that is written out."""
    for text in templates:
        for one in loads_in_html(text):
            tag = one.tag.strip("<>").split(" ")[0]
            if tag in _OF_TAG:
                yield _OF_TAG[tag], one.address
        yield from (("form-action", form[1]) for form in _FORM.finditer(text))
        yield from (("connect-src", found[0]) for code in _SCRIPT.findall(text) for found in _IN_SCRIPT.finditer(code))
    for name, text in assets:
        if name.endswith(".css"):
            yield from (("style-src", one.written) for one in addresses_in_css(text))
        else:
            yield from (("script-src", one.written) for one in js_addresses(text))
            yield from (("connect-src", found[0]) for found in _IN_SCRIPT.finditer(text))
