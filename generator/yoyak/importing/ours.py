"""What is imported as the desk's own: no source is named, and its text may be shown whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from msgspec import structs

from yoyak.importing.found import Member, stated
from yoyak.model.message import Words, say
from yoyak.model.types import Record
from yoyak.settings.config import SiteConfig
from yoyak.text.urls import host_of

OPTION = "--ours"

_OF_OTHERS = ("source", "source_url", "rights", "rights_notice", "paywall", "of_the_source")


def as_own(found: Member, why: str) -> Member:
    """Return a reading as one of the desk's own."""
    kept = {name: field for name, field in found.source.fields.items() if name not in _OF_OTHERS}
    source = structs.replace(found.source, fields={**kept, "rights": stated("full", 1.0, why)})
    return structs.replace(found, source=source, is_own=True)


def is_of_this_site(found: Member, base_url: str) -> bool:
    """Tell whether an article's address is below the address of the site itself, with ``www.`` or without."""
    field = found.source.fields.get("source_url")
    own = plain_host(base_url)
    if field is None or not own or plain_host(str(field.value)) != own:
        return False
    return urlsplit(str(field.value)).path.startswith(urlsplit(base_url).path)


def plain_host(address: str) -> str:
    """Return the host of an address without ``www.``."""
    return host_of(address).removeprefix("www.")


class Whose(Record, kw_only=True):
    """One entry of a feed: its host, and why it was taken as the desk's own, if it was."""

    host: str
    why: str = ""


def sentences_of(entries: Iterable[Whose], config: SiteConfig) -> Iterator[Words]:
    """Yield a sentence for each host of feeds: whether its entries are the desk's own, and why or why not."""
    named = dict(_hosts(config))
    for (host, why), number in sorted(Counter((one.host, one.why) for one in entries).items()):
        key = _verdict(host, why, named, config)
        from_where = host or say("whose.without-addresses")
        if key:
            articles = say("whose.articles", count=number)
            yield say(key, articles=articles, host=from_where, source=named.get(host, ""))


def _verdict(host: str, why: str, named: Mapping[str, str], config: SiteConfig) -> str:
    """Return the key of the sentence on a host; an empty text when there is nothing to say."""
    if why:
        return "whose.option" if why == OPTION else "whose.base-url"
    if host in named:
        return "whose.source"
    if host and host == plain_host(config.base_url):
        return "whose.elsewhere"
    return "whose.unknown" if host else ""


def _hosts(config: SiteConfig) -> Iterator[tuple[str, str]]:
    """Yield the hosts that site.yaml has under sources, as addresses or other spellings, with the source's name."""
    for name, keys in config.sources.items():
        for written in (name, keys.url, *keys.aliases):
            host = plain_host(written) or plain_host(f"https://{written.strip().lower()}")
            if "." in host and " " not in host:
                yield host, name
