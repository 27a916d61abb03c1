"""Every internal link and anchor of the built pages, checked; a broken one is reported where its author wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from html import unescape
from posixpath import basename, dirname, relpath, splitext
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import structs

from yoyak.check.loads import loads_reader
from yoyak.model.addresses import Loads
from yoyak.model.message import Message, Problem, Words, did_you_mean, problem_of, say, texts_in
from yoyak.model.types import BodyLink, Output, Page, Record
from yoyak.text.urls import normal_address

# One space before an attribute, as our templates and the door write it. It is all that is passed over, so that what
# only looks like an attribute hides none. One search for all: most of the time of a big page is reading it, and with
# the names one by one, each of which begins with its own letters, a sixth less of it.
_MARKS = re.compile(rb' (?=(href="[^"]*"|src="[^"]*"|id="[^"]*"|style="[^"]*\(|background=|ping=))')
_LOADING = (b"style=", b"background=", b"ping=")
PREVIEW = "/__yoyak/"
"""Where the preview server has its own files; pages of a preview load a script from there."""

SETTINGS = "site.yaml"

_IN_A_TAG = re.compile(r'<[a-zA-Z][^<>]* (?:href|src)="([^"]*)"')


class PageLinks(Record, kw_only=True):
    """What has to be known of one page once all of them are rendered."""

    url: str
    kind: str
    origin: str
    ids: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    """Links as they stand in the page, to addresses that the site does not have."""
    fragments: tuple[tuple[str, str, str], ...] = ()
    """(link as it stands, url of the page, fragment), to be looked up in that page's ids."""
    foreign: tuple[tuple[str, str, bool], ...] = ()
    """What it loads from hosts that the site does not allow: `yoyak.check.loaders.Load`."""


def link_reader(
    urls: frozenset[str], base_url: str, policy: Loads, *, odd: bool = False
) -> Callable[[Page, Output], PageLinks]:
    """Return the function that reads the links of a rendered page, and what it loads from hosts not in `policy`.

    `urls` are the addresses that the site has; `odd` says that templates write attributes in ways of their own.
    """
    foreign_in = loads_reader(policy, base_url)
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(base_url))
    base_path = urlsplit(base_url).path
    right = _right_at_once(urls)

    def read(page: Page, output: Output) -> PageLinks:
        """Return the links of a page that are not right at once; feeds and plain files have none."""
        of_page = partial(PageLinks, url=page.url, kind=page.kind, origin=page.origin)
        if not output.path.endswith(".html"):
            return of_page(foreign=foreign_in(output, False))
        found = frozenset(_MARKS.findall(output.data)) - right
        marks, is_loading = _written(found)
        foreign = foreign_in(output, odd or is_loading)
        ids = frozenset(unescape(value) for name, value in marks if name == "id=")
        broken, fragments = [], []
        for written in sorted({value for name, value in marks if name != "id="}):
            if written[:1] == "#" and written[1:] in ids and "%" not in written:
                continue
            address, _, fragment = _local(unescape(written), page.url, origin).partition("#")
            path = address.partition("?")[0]
            if not path or ((path in urls or path == page.url) and not fragment):
                continue
            if path in urls:
                place = unquote(fragment)
                if path != page.url or place not in ids:
                    fragments.append((written, path, place))
            elif path.startswith(base_path) or written.startswith(("/", "#")) or not _has_host(written):
                broken.append(written)
        # A text about HTML may show an address, too.
        in_tags = frozenset(_IN_A_TAG.findall(output.data.decode())) if broken or fragments else frozenset()
        return of_page(
            ids=tuple(sorted(ids)),
            broken=tuple(written for written in broken if written in in_tags),
            fragments=tuple(found for found in fragments if found[1] != page.url or found[0] in in_tags),
            foreign=foreign,
        )

    return read


def _written(marks: frozenset[bytes]) -> tuple[list[list[str]], bool]:
    """Return names and values of the attributes that hold a link or an id, and whether there is one that may load."""
    loading = {mark for mark in marks if mark.startswith(_LOADING)}
    whole = marks - loading if loading else marks
    return [mark.decode()[:-1].split('"', 1) for mark in whole], bool(loading)


def _right_at_once(urls: frozenset[str]) -> frozenset[bytes]:
    files = {f'src="{url}"'.encode() for url in urls if not url.endswith("/")}
    return frozenset(f'href="{url}"'.encode() for url in urls) | files


def _local(address: str, url: str, origin: str) -> str:
    """Return an address on this host as a root-relative one; empty for every other."""
    if address.startswith("/") and not address.startswith("//"):
        return address
    if address.startswith("#"):
        return url + address
    address = normal_address(address)
    if address.startswith(origin + "/") and "/." not in address:
        return address[len(origin) :]
    if address.startswith(("http:", "https:")) and not address.startswith(origin + "/"):
        return ""
    if address.startswith(("mailto:", "tel:", "data:", "//")):
        return ""
    try:
        return urljoin(origin + url, address).removeprefix(origin)
    except ValueError:  # it names no host that can be one
        return ""


def _has_host(address: str) -> bool:
    return normal_address(address).startswith(("http:", "https:", "//"))


def broken_links(
    pages: Iterable[PageLinks],
    links: Mapping[str, tuple[BodyLink, ...]],
    line_of: Callable[[str, str], int],
    base_path: str = "/",
    waiting: frozenset[str] = frozenset(),
) -> tuple[Problem, ...]:
    """Return a problem for each broken link: at its file and line when an author wrote it, else once for the templates.

    `links` are the links that bodies hold, by source file; `line_of(path, written)` finds the line of one;
    `waiting` are the addresses of articles and editions that are not published yet.
    """
    everything = tuple(pages)
    ids = {page.url: frozenset(page.ids) for page in everything}
    written_in: dict[str, list[tuple[str, str]]] = {}
    for path, found in links.items():
        for link in found:
            written_in.setdefault(link.url, []).append((path, link.written))
    problems: dict[tuple[str, str], Problem] = {}
    for page in everything:
        missing: list[tuple[str, Message, Words]] = [
            (address, _why(unescape(address) in waiting), "")
            for address in page.broken
            if not address.startswith(PREVIEW)
        ]
        missing += [
            (address, say("broken-link.no-place", fragment=fragment), did_you_mean(fragment, sorted(ids[url])))
            for address, url, fragment in page.fragments
            if fragment not in ids[url]
        ]
        for address, why, near in missing:
            for one in _at(page, unescape(address), why, written_in, line_of, base_path):
                problem = structs.replace(one, hint=near or one.hint)
                own = problem.path != SETTINGS
                problems.setdefault((problem.path, str(problem.message) if own else f"{address}: {why}"), problem)
    return tuple(problems.values())


def broken_links_left_out(
    links: Mapping[str, tuple[BodyLink, ...]],
    urls: frozenset[str],
    line_of: Callable[[str, str], int],
    waiting: frozenset[str] = frozenset(),
) -> tuple[Problem, ...]:
    """Return a problem for each broken link of files that have no page for another reason.

    Only links are judged that lead to the same place from everywhere, and only whether there is a page.
    """
    problems = []
    for path, found in links.items():
        for link in dict.fromkeys(found):
            address = link.url.partition("#")[0].partition("?")[0]
            if address.startswith("/") and address not in urls:
                problems.append(_broken(path, line_of(path, link.written), link.written, _why(address in waiting)))
    return tuple(problems)


def _why(is_waiting: bool) -> Message:  # noqa: FBT001
    return say("broken-link.waiting") if is_waiting else say("broken-link.no-page")


def _broken(path: str, line: int, written: str, why: Message) -> Problem:
    return problem_of("broken-link", path, line, written=written, why=why)


def _at(
    page: PageLinks,
    link: str,
    why: Message,
    written_in: Mapping[str, list[tuple[str, str]]],
    line_of: Callable[[str, str], int],
    base_path: str,
) -> list[Problem]:
    places = written_in.get(link, [])
    own = [place for place in places if place[0] == page.origin] or ([] if link.startswith("#") else places)
    if own:
        return [_broken(path, line_of(path, written), written, why) for path, written in dict.fromkeys(own)]
    return [_on_page(link, page.url, why, line_of, base_path)]


def broken_entries(
    urls: Iterable[str], line_of: Callable[[str, str], int], base_path: str, waiting: frozenset[str]
) -> Iterator[Problem]:
    """Yield a problem for each of these addresses, which `navigation` names and the site does not have."""
    for url in dict.fromkeys(urls):
        yield _on_page(url, base_path, _why(url in waiting), line_of, base_path)


def _on_page(link: str, page: str, why: Message, line_of: Callable[[str, str], int], base_path: str) -> Problem:
    """Return the problem of a link that stands in no text: site.yaml has it, or a template."""
    spellings = (link, "/" + link.removeprefix(base_path), unquote(link))
    return problem_of(
        "broken-link.on-page",
        SETTINGS,
        next(filter(None, (line_of(SETTINGS, spelling) for spelling in spellings)), 0),
        written=unquote(link),
        url=unquote(page),
        why=why,
    )


# --- what a link that leads nowhere may mean: the file, or the page, of the nearest name -------------------------


_GUESSES = 20
"""Links of a build for which that is looked for at most: each is compared with every page."""


def guessed(
    problems: Iterable[Problem], addresses: Iterable[str], files: Iterable[str], base_path: str
) -> Iterator[Problem]:
    """Yield the problems; those of links to no page ask for what may be meant, of what the site has."""
    urls, paths, left = [unquote(url) for url in sorted(addresses)], sorted(files), _GUESSES
    for problem in problems:
        values = dict(problem.message.values) if isinstance(problem.message, Message) else {}
        if left and values.get("why") == _why(False):
            left -= 1
            near = _near(str(values["written"]), problem.path, urls, paths, base_path)
            yield structs.replace(problem, hint=near or problem.hint)
        else:
            yield problem


def _near(written: str, path: str, urls: list[str], paths: list[str], base_path: str) -> Words:
    """Return a question that names what a link means: names alone are compared, for many folders are the same."""
    address = unquote(urlsplit(written).path if _has_host(written) else written.partition("#")[0].partition("?")[0])
    if splitext(address)[1] and not address.startswith("/"):
        known = {splitext(basename(one))[0]: relpath(one, dirname(path)) for one in paths}
    else:
        known = {basename(url.rstrip("/")): f"/{url.removeprefix(base_path)}" for url in urls}
    near = next(iter(texts_in(did_you_mean(splitext(basename(address.rstrip("/")))[0], known))), "")
    shown = known.get(near, "")
    return say("did-you-mean", word=f"<{shown}>" if " " in shown else shown) if near else ""
