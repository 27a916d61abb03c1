"""The addresses of a site and of its targets, in their one form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import structs

from yoyak.model.message import say
from yoyak.model.targets import Target
from yoyak.settings.checks import Report
from yoyak.text.secrets import shown_address
from yoyak.text.urls import is_web_address, quote_path


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
        report("bad-address", key, say("bad-address", address=shown_address(written)[:80]), example)
        return None
    parts = urlsplit(written)
    trouble = _trouble(parts)
    try:
        host = _ascii_host(parts)
    except ValueError:
        trouble, host = "bad-address.host", ""
    if trouble:
        report("bad-address", key, say(trouble, address=shown_address(written)[:80]), example)
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


def _ascii_host(parts: SplitResult) -> str:
    """Return host and port; the host of ``https://한국.example`` is ``xn--3e0b707e.example``.

    Raises:
        ValueError: the port is no port, or the host no name.
    """
    port = f":{parts.port}" if parts.port is not None else ""
    if parts.netloc.isascii():
        return parts.netloc.lower()
    return (parts.hostname or "").encode("idna").decode("ascii") + port
