"""What site.yaml may not say although every value is of the right type: clashes, and addresses that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import structs

from yoyak.model.message import Message, Problem, Words, advised, say
from yoyak.model.schema import SiteKeys, SourceKeys, TagKeys
from yoyak.model.targets import Target
from yoyak.text.names import fold, path_key, slugify, unfit_for_windows
from yoyak.text.urls import PARTS, is_web_address, old_address, parts_of, quote_path, sample_of

FILE = "site.yaml"
_HOST = re.compile(r"^\s*(?:https?://)?[\w-]+(?:\.[\w-]+)+/?\s*$")

_ORIGIN = re.compile(r"https?://(?:\*\.)?[\w-]{1,50}(?:\.[\w-]{1,50})*(?::\d{1,5})?/?", re.IGNORECASE)
"""What a Content-Security-Policy takes as a source of frames."""


class Report:
    """Collects what is wrong with a value, with its place."""

    def __init__(self, lines: Mapping[str, tuple[int, int]], problems: list[Problem]) -> None:
        self.lines = lines
        self.problems = problems

    def __call__(self, code: str, key: str, message: Words, hint: Words = "") -> None:
        line, column = self.lines.get(key) or self.lines.get(key.rpartition(".")[0], (0, 0))
        self.problems.append(Problem(code=code, message=message, hint=hint, path=FILE, line=line, column=column))


def check_settings(keys: SiteKeys, report: Report) -> None:
    """Report slugs and names that clash, and links that cannot be links."""
    _check_slugs([(f"themes.{number}.slug", theme.slug) for number, theme in enumerate(keys.themes)], report, "themes")
    _check_slugs([(f"tags.{name}.slug", tag.slug) for name, tag in keys.tags.items() if tag.slug], report, "tags")
    sources = [(f"sources.{name}.slug", source.slug) for name, source in keys.sources.items() if source.slug]
    _check_slugs(sources, report, "sources")
    _check_theme_names(keys, report)
    _check_permalinks(keys.permalinks, report)
    _check_names("tags", keys.tags, report)
    _check_names("sources", keys.sources, report)
    for name, source in keys.sources.items():
        if source.url and not is_web_address(source.url):
            _bad_link(f"sources.{name}.url", source.url, report)
    for number, embed in enumerate(keys.embeds):
        host = embed if isinstance(embed, str) else embed.host
        if not _HOST.search(host):
            report("bad-url", f"embeds.{number}", *advised("bad-url.embed", host=host[:80]))
    for number, site in enumerate(keys.hosting.framed_by):
        if not _is_origin(site):
            report(
                "bad-url",
                f"hosting.framed_by.{number}",
                *advised("bad-url.frame", host=site[:80]),
            )
    for number, link in enumerate(keys.navigation):
        if not _may_link(link.url):
            _bad_link(f"navigation.{number}.url", link.url, report)


def _is_origin(text: str) -> bool:
    if not _ORIGIN.fullmatch(text):
        return False
    try:
        return bool(text.partition("://")[2].removeprefix("*.").rstrip("/").encode("idna"))
    except UnicodeError:
        return False


def _check_permalinks(pattern: str, report: Report) -> None:
    """Report a pattern of which two articles could have one address, or one that belongs to another page."""
    if fault := fault_of_permalinks(pattern):
        report("bad-permalinks", "permalinks", *fault)


def fault_of_permalinks(pattern: str) -> tuple[Message, Message] | None:
    """Return what is wrong with a pattern, and what to do."""
    hint, sample = say("bad-permalinks.hint"), sample_of(pattern)
    if unknown := [name for name in parts_of(pattern) if name not in PARTS]:
        known = ", ".join(f":{name}" for name in PARTS)
        part = say("bad-permalinks.part", part=f":{unknown[0][:40]}")
        return part, say("bad-permalinks.part.hint", parts=known)
    if "slug" not in parts_of(pattern):
        return say("bad-permalinks.slug"), hint
    if old_address(sample, "/") is None or any(map(unfit_for_windows, sample.split("/"))):
        return say("bad-permalinks.address", pattern=pattern[:80]), hint
    first = sample.split("/")[1].casefold()
    return (say("bad-permalinks.reserved", name=first), hint) if first in RESERVED else None


RESERVED = frozenset({"assets", "archive", "authors", "editions", "sources", "tags", "themes"})
"""Folders of a site's own pages and files."""


def _check_slugs(slugs: list[tuple[str, str]], report: Report, what: str) -> None:
    seen: dict[str, str] = {}
    for key, slug in slugs:
        if slugify(slug) != slug:
            right = slugify(slug)
            hint = say("write", line=f"slug: {right}") if right else say("bad-slug.hint")
            report("bad-slug", key, say("bad-slug", slug=slug[:80]), hint)
        before = seen.setdefault(path_key(slug), key)
        if before != key:
            line = str(report.lines.get(before, (0, 0))[0])
            report("duplicate-slug", key, say("duplicate-slug", list=what, slug=slug[:80], line=line))


def _check_theme_names(keys: SiteKeys, report: Report) -> None:
    """Report a title that another theme has already, as its title or its slug: articles name themes by both."""
    slugs = {fold(theme.slug): number for number, theme in enumerate(keys.themes)}
    titles: dict[str, int] = {}
    for number, theme in enumerate(keys.themes):
        key = fold(theme.title)
        owner = titles.setdefault(key, slugs.get(key, number))
        if owner != number:
            message = say("duplicate-name.theme", name=theme.title[:80], theme=keys.themes[owner].slug[:80])
            report("duplicate-name", f"themes.{number}.title", message, say("duplicate-name.theme.hint"))


def _check_names(what: str, entries: Mapping[str, TagKeys] | Mapping[str, SourceKeys], report: Report) -> None:
    """Report names and aliases that mean two entries, when case and spacing are not counted."""
    seen: dict[str, str] = {}
    for name, entry in entries.items():
        spellings = [(f"{what}.{name}", name)]
        spellings += [(f"{what}.{name}.aliases.{number}", alias) for number, alias in enumerate(entry.aliases)]
        for key, spelling in spellings:
            owner = seen.setdefault(fold(spelling), name)
            if owner != name:
                message = say("duplicate-name", name=spelling[:80], owner=owner[:80])
                report("duplicate-name", key, message, say("duplicate-name.hint"))


def _may_link(url: str) -> bool:
    if url.startswith("/"):
        return not url.startswith("//") and not re.search(r"[\s\\]", url)
    return is_web_address(url) or re.fullmatch(r"(?i:mailto):[^\s@]+@[^\s@]+", url) is not None


def _bad_link(key: str, url: str, report: Report) -> None:
    hint = say("bad-address.source.hint") if key.startswith("sources.") else say("bad-address.link.hint")
    report("bad-address", key, say("bad-address.link", address=_address_shown(url)), hint)


# --- addresses of a site and of its targets, in their one form --------------------------------


def targets_with_addresses(targets: Mapping[str, Target], report: Report) -> dict[str, Target]:
    """Return the targets with their own addresses, where they have some, in the same form as that of the site."""
    found = {}
    for name, target in targets.items():
        own = base_url_of(target.base_url, f"deploy.{name}.base_url", report) if target.base_url else None
        found[name] = structs.replace(target, base_url=own.geturl()) if own else target
    return found


def base_url_of(base_url: str, key: str, report: Report) -> SplitResult | None:
    """Return `base_url` in its one form: host in ASCII (IDNA), path percent-encoded once with a slash at its end."""
    example = say("bad-address.hint")
    written = base_url.strip()
    if not is_web_address(re.sub(r":\d+(?=/|$)", "", written)):
        report("bad-address", key, say("bad-address", address=_address_shown(written)), example)
        return None
    parts = urlsplit(written)
    trouble = _trouble(parts)
    try:
        host = _ascii_host(parts)
    except ValueError:
        trouble, host = "bad-address.host", ""
    if trouble:
        report("bad-address", key, say(trouble, address=_address_shown(written)), example)
        return None
    path = re.sub(r"/+", "/", f"/{quote_path(unquote(parts.path))}/")
    return SplitResult(parts.scheme.lower(), host, path, "", "")


def _trouble(parts: SplitResult) -> str:
    """Return the key of what is wrong with an address, or nothing."""
    if parts.query or parts.fragment:
        return "bad-address.query"
    if "@" in parts.netloc:
        return "bad-address.user"
    if any(part in (".", "..") for part in unquote(parts.path).split("/")):
        return "bad-address.path"
    return ""


def _address_shown(address: str) -> str:
    from yoyak.text.secrets import shown_address

    return shown_address(address)[:80]


def _ascii_host(parts: SplitResult) -> str:
    """Return host and port; the host of ``https://한국.example`` is ``xn--3e0b707e.example``.

    Raises:
        ValueError: the port is no port, or the host no name.
    """
    port = f":{parts.port}" if parts.port is not None else ""
    if parts.netloc.isascii():
        return parts.netloc.lower()
    return (parts.hostname or "").encode("idna").decode("ascii") + port
