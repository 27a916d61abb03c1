"""The headers with which a site is served: one set for every file, and some for a few paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yoyak.model.sources import ASSETS, FOR_EVER
from yoyak.model.types import Record
from yoyak.settings.config import SiteConfig

SHORT = "public, max-age=0, must-revalidate"
"""For pages: what Netlify and Cloudflare Pages send by themselves. They join two values of one header, or take
either, so a rule for all paths must not say it."""
MOST_CHARACTERS = 2_000
"""Of a line of _headers, on Cloudflare Pages."""
_JSON = (
    "apple-app-site-association",
    ".well-known/apple-app-site-association",
    ".well-known/matrix/client",
    ".well-known/matrix/server",
    ".well-known/nodeinfo",
    ".well-known/openid-configuration",
    ".well-known/webfinger",
)
"""Files whose names do not say that they are JSON."""


class HeaderRule(Record, kw_only=True):
    """The headers of some paths, below the root of the output."""

    path: str
    """With ``*`` at its end for all that begins so."""
    headers: tuple[tuple[str, str], ...]


def header_rules(config: SiteConfig, policy: str, files: Iterable[str] = ()) -> tuple[HeaderRule, ...]:
    """Return what a site is served with.

    `policy` is its Content-Security-Policy, `files` are those of content/public/.
    """
    there = frozenset(files)
    every = [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]
    if config.hosting.hsts:
        every.append(("Strict-Transport-Security", f"max-age={config.hosting.hsts}"))
    if config.preview:
        every.append(("X-Robots-Tag", "noindex"))
    return (
        HeaderRule(path="/*", headers=tuple(every)),
        HeaderRule(path=f"/{ASSETS}*", headers=(("Cache-Control", FOR_EVER),)),
        *(
            HeaderRule(path=f"/{path}", headers=(("Content-Type", "application/json"),))
            for path in _JSON
            if path in there
        ),
    )


def as_headers_file(rules: Sequence[HeaderRule]) -> str:
    """Return rules as Netlify and Cloudflare Pages read them: a path, and indented below it a header a line."""
    lines = ["# Written by yoyak; Netlify and Cloudflare Pages read it."]
    for rule in rules:
        lines += [rule.path, *(f"  {name}: {value}" for name, value in rule.headers)]
    return "\n".join(lines) + "\n"
