"""The headers with which a site is served: one set for every file, and some for a few paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from yoyak.model.message import Problem, warning
from yoyak.model.sources import ASSETS, FOR_EVER, HouseAsset
from yoyak.model.types import Record
from yoyak.pages.host_redirects import MOST_LINES, RedirectLines, redirect_lines
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


# --- The files by which hosts of static sites learn how to serve one: _headers and _redirects --------------------


HEADERS, REDIRECTS = "_headers", "_redirects"


def host_files_of(
    config: SiteConfig, policy: str, redirects: Mapping[str, str], root: Sequence[str], gone: Iterable[str] = ()
) -> tuple[tuple[HouseAsset, ...], tuple[Problem, ...]]:
    """Return the files for hosts, and what is wrong with them.

    `policy` is the Content-Security-Policy; `redirects` are addresses by old addresses. `root` are the files of
    content/public/: one of the same name is used in the place of ours. At the addresses of `gone` pages say so.
    """
    rules = header_rules(config, policy, root)
    lines = redirect_lines(
        {_below_root(old, config): new for old, new in redirects.items()},
        force=config.reads == ("netlify",),
        gone=(_below_root(old, config) for old in gone),
    )
    texts = {HEADERS: as_headers_file(rules), REDIRECTS: "".join(f"{line}\n" for line in lines.lines)}
    files = tuple(
        HouseAsset(output=name, data=text.encode()) for name, text in texts.items() if text and name not in root
    )
    return files, tuple(_too_much(texts[HEADERS], lines, config))


def _below_root(address: str, config: SiteConfig) -> str:
    """Return an address as the host of the output sees it, which knows nothing of the path of `base_url`."""
    return f"/{address.removeprefix(config.base_path)}"


def _too_much(headers: str, redirects: RedirectLines, config: SiteConfig) -> Iterator[Problem]:
    """Yield a warning for each limit of a host that is exceeded; those of Netlify are wider."""
    longest = max(map(len, headers.splitlines()))
    on_cloudflare = config.reads != ("netlify",)
    most = MOST_LINES if on_cloudflare else 5 * MOST_LINES
    lines, left_out = len(redirects.lines), redirects.left_out
    if longest > MOST_CHARACTERS and on_cloudflare:
        yield warning("host-limit.header", "site.yaml", length=longest, most=MOST_CHARACTERS)
    if lines > most:
        yield warning("host-limit.redirects", "site.yaml", number=lines, most=most)
    if left_out:
        yield warning("host-limit.address", "site.yaml", number=len(left_out), address=left_out[0][:80])
