"""Pages at addresses that were online and are no page's any more: they lead on, or say that nothing is there.

Only what is published now is ever led to: of an article that waits again, its new address would be given away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import normalize
from urllib.parse import unquote

from msgspec import structs

from yoyak.model.addresses import OF_FILES, URLS_FILE, Addresses, Remembered
from yoyak.model.message import Problem, say, warning
from yoyak.model.types import Page
from yoyak.pages.articles import GONE, REDIRECT, GoneRecipe, RedirectRecipe
from yoyak.pages.machines import ATOM, FeedRecipe
from yoyak.pages.page_type import World, links_of_terms
from yoyak.text.names import fold, path_key
from yoyak.text.urls import is_web_address, output_of, page_url, path_on_this_site, quote_path

FEED = "feed.xml"
_TERMS = ("theme", "tag", "source", "author")


def moved_pages(
    world: World, live: Sequence[Page], files: Sequence[str], addresses: Addresses
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Return a page for each remembered address at which none of the `live` ones is, and what a person has to decide.

    `files` are the output paths of all that is no page.
    """
    if not addresses.remembered:
        return (), ()
    ways = _Ways(world, live, files, addresses)
    pages = tuple(page for one in addresses.remembered for page in ways.pages_at(one))
    return pages, tuple(ways.problems)


class _Ways:
    """Where each address leads now, found once."""

    def __init__(self, world: World, live: Sequence[Page], files: Sequence[str], addresses: Addresses) -> None:
        self.world, self.addresses, self.base = world, addresses, world.config.base_path
        self.problems: list[Problem] = []
        self.live = {_key(self._below(unquote(page.url))): page for page in live}
        self.outputs = {path_key(page.output) for page in live} | {path_key(file) for file in files}
        self.folders = {folder for output in self.outputs for folder in _folders(output)}
        self.remembered = {_key(one.address): one for one in addresses.remembered}
        self.urls = {place.path: place.url for place in world.site.with_pages}
        self.own = {note.path: note for note in world.site.pages}
        self.terms = {kind: links_of_terms(world, kind) for kind in _TERMS}
        self.titles = dict(self._titles())
        self.reported: set[str] = set()

    def _titles(self) -> Iterator[tuple[str, str]]:
        site = self.world.site
        for term in (*site.themes, *site.tags, *site.sources, *site.authors):
            yield term.url, term.title
        for edition in site.editions:
            yield edition.url, edition.title or edition.key
        for note in site.pages:
            yield page_url(self.base, note.slug), note.title

    def _below(self, url: str) -> str:
        return normalize("NFC", "/" + url.removeprefix(unquote(self.base)))

    def pages_at(self, one: Remembered) -> Iterator[Page]:
        """Yield the page that belongs at a remembered address; none where there is one, or where none is wanted."""
        if there := self.live.get(_key(one.address)):
            self._report_taken(one, there)
            return
        url = self.base + quote_path(one.address.removeprefix("/"))
        output = output_of(url if _is_file(url) else f"{url.rstrip('/')}/", self.base)
        if one.kind == "keep" or path_key(output) in self.outputs:
            return
        if not self._is_free(output):
            self._warn(one, "lost-address.no-room")
            return
        if one.kind in ("theme", "tag") and one.address.endswith(f"/{FEED}"):
            yield self._feed(one, url, output)
            return
        recipe = self._way(one)
        kind = REDIRECT if recipe else GONE
        origin = recipe.path if recipe else ""
        yield kind.page(url=url, output=output, recipe=recipe or GoneRecipe(), origin=origin or URLS_FILE)

    def _is_free(self, output: str) -> bool:
        key = path_key(output)
        free = key not in self.outputs and key not in self.folders and self.outputs.isdisjoint(_folders(key))
        if free:
            self.outputs.add(key)
            self.folders.update(_folders(key))
        return free

    # --- where it leads ---

    def _way(self, one: Remembered) -> RedirectRecipe | None:
        """Return what leads on from an address; None where nothing is to be said but that it is gone."""
        if one.kind == "gone":
            return None
        if one.kind == "to":
            return self._answer(one)
        if one.kind in OF_FILES:
            path = self.addresses.moved.get(one.name, one.name)
            if path not in self.addresses.files:
                self._report_lost(one)
            return self._file(path)
        if one.kind in _TERMS:
            return self._term(one)
        return self._above(one.address)

    def _file(self, path: str) -> RedirectRecipe | None:
        if path in self.urls:
            return RedirectRecipe(path=path)
        if note := self.own.get(path):
            url = page_url(self.base, note.slug)
            return RedirectRecipe(title=note.title, url=url, lang=str(note.fields["lang"]))
        return None

    def _term(self, one: Remembered) -> RedirectRecipe:
        """Return what leads to a term by its name now, to the same page of a long list; else to the list of terms."""
        link = self.terms[one.kind].get(fold(one.name))
        if not link:
            return self._above(one.address)
        rest = "/".join(one.address.split("/")[3:])
        page = self.live.get(_key(self._below(unquote(link.url)) + rest)) if rest else None
        return self._to(page) if page else RedirectRecipe(title=link.title, url=link.url)

    def _above(self, address: str) -> RedirectRecipe:
        """Return what leads to the nearest list above an address."""
        parts = [part for part in address.split("/") if part]
        while parts:
            parts.pop()
            page = self.live.get(_key("/" + "/".join(parts)))
            if page and page.kind != "redirect" and _is_page(page):
                return self._to(page)
        return RedirectRecipe(title=self.world.config.title, url=self.base)

    def _to(self, page: Page) -> RedirectRecipe:
        if isinstance(page.recipe, RedirectRecipe):
            return page.recipe
        path = page.origin if page.kind == "article" else ""
        title = self.titles.get(page.url, self.world.config.title)
        return RedirectRecipe(path=path) if path else RedirectRecipe(title=title, url=page.url)

    def _answer(self, one: Remembered) -> RedirectRecipe | None:
        """Return what leads where a person said; None, and a warning, when nothing is published there."""
        recipe = self._said(one)
        if recipe is None:
            self._warn(one, "lost-address.to", target=one.name[:100])
        return recipe

    def _said(self, one: Remembered) -> RedirectRecipe | None:
        """Follow an answer, by way of other remembered addresses if need be."""
        seen, at = set[str](), one
        while at.kind == "to" and at.address not in seen:
            seen.add(at.address)
            here = path_on_this_site(at.name, self.world.config.base_url)
            if is_web_address(at.name) and here is None:
                return RedirectRecipe(title=at.name, url=at.name)
            if at.name.startswith("content/"):
                return self._file(self.addresses.moved.get(at.name, at.name))
            key = self._key_of(here or at.name)
            if page := self.live.get(key):
                return self._to(page)
            if key not in self.remembered:
                return None
            at = self.remembered[key]
        return None if at.kind in ("to", "gone", "keep") else self._way(at)

    def _key_of(self, target: str) -> str:
        """Return the key of an address as a person writes it: from a browser, or with the site's path before it."""
        path = unquote(target.partition("#")[0].partition("?")[0])
        short = "/" + path.removeprefix(unquote(self.base))
        return _key(path) if _key(path) in self.live or _key(path) in self.remembered else _key(short)

    def _feed(self, one: Remembered, url: str, output: str) -> Page:
        """Return the feed of a term at its old address too: readers of feeds do not follow a page that leads on.

        That of a term that is gone is empty.
        """
        link = self.terms[one.kind].get(fold(one.name))
        page = self.live.get(_key(self._below(unquote(link.url)) + FEED)) if link else None
        if page:
            return structs.replace(page, output=output, origin=URLS_FILE)
        home = url.removesuffix(FEED)
        recipe = FeedRecipe(title=self.world.config.title, subtitle="", home=home, entries=(), bodies=False)
        return ATOM.page(url=url, output=output, recipe=recipe, origin=URLS_FILE)

    # --- what is reported ---

    def _report_lost(self, one: Remembered) -> None:
        if one.name not in self.reported:
            self.reported.add(one.name)
            self._warn(one, "lost-address", file=one.name)

    def _report_taken(self, one: Remembered, page: Page) -> None:
        """Report a page at an address that was another file's. The new one keeps it."""
        owner = self.addresses.moved.get(one.name, one.name)
        if one.kind in OF_FILES and page.kind in ("article", "page") and page.origin != owner:
            hint = say("taken-address.hint", file=one.name)
            problem = warning("taken-address", page.origin, hint=hint, address=one.address, file=one.name)
            self.problems.append(problem)

    def _warn(self, one: Remembered, key: str, **values: str) -> None:
        hint = say(f"{key}.hint", address=one.address)
        self.problems.append(warning(key, URLS_FILE, one.line, hint=hint, address=one.address, **values))


def _key(address: str) -> str:
    return path_key(address.strip("/"))


def _is_file(url: str) -> bool:
    return url.endswith((".html", ".htm", ".xml", ".json", "/"))


def _is_page(page: Page) -> bool:
    return page.output.endswith(".html")


def _folders(path: str) -> set[str]:
    parts = path.split("/")
    return {"/".join(parts[:end]) for end in range(1, len(parts))}
