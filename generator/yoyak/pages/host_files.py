"""The files by which hosts of static sites learn how to serve one: _headers and _redirects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from yoyak.model.message import Message, Problem, say, warning
from yoyak.model.sources import HouseAsset
from yoyak.pages.host_headers import MOST_CHARACTERS, as_headers_file, header_rules
from yoyak.pages.host_redirects import MOST_LINES, RedirectLines, redirect_lines
from yoyak.settings.config import SiteConfig

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
        yield _limit(say("host-limit.header", length=longest, most=MOST_CHARACTERS), say("host-limit.header.hint"))
    if lines > most:
        yield _limit(say("host-limit.redirects", number=lines, most=most), say("host-limit.redirects.hint"))
    if left_out:
        what = say("host-limit.address", number=len(left_out), address=left_out[0][:80])
        yield _limit(what, say("host-limit.address.hint"))


def _limit(message: Message, hint: Message) -> Problem:
    return warning("host-limit", "site.yaml", message, hint)
