"""What of a site's content is not published, and what is: read from the files and the store, for `Firewall`."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from msgspec import to_builtins

from yoyak.check.output_words import BORDER, is_binary, spans, without, words_of, words_of_markup
from yoyak.check.withheld import Phrase, pieces, short_phrase
from yoyak.engine.reviews import Reviews
from yoyak.files.site_files import read_of_site
from yoyak.model.addresses import URLS_FILE
from yoyak.model.review import Event
from yoyak.model.sources import Asset
from yoyak.model.types import Article, Place
from yoyak.paths import templates_folder
from yoyak.pipeline.load import is_note
from yoyak.settings.config import SiteConfig
from yoyak.store.store import Store
from yoyak.text.decoding import UndecodableError, decode
from yoyak.text.names import name_of_path

TERM = 6
"""The least weight of a tag, an author or a source: a Korean name of three syllables."""
MAPS = ("site.yaml", URLS_FILE)
HOUSE, TEMPLATES = "yoyak", "templates"
"""The words of yoyak's own templates are public; those of a site's own only when they are common ones."""
_MESSAGES = sorted((Path(__file__).parents[1] / "templating" / "messages").glob("*.yaml"))
_COMMENTS = (re.compile("<!--"), re.compile("-->")), (re.compile("%%"), re.compile("%%"))
_CODE = tuple(
    (re.compile(rf"<{name}\b", re.IGNORECASE), re.compile(rf"</{name}\s*>", re.IGNORECASE))
    for name in ("script", "style", "template")
)
_ADDRESS = re.compile(r"\]\((?:[^()\[\]]|\([^()\[\]]*+\))*+\)|https?://\S+")
_VALUE = re.compile(r"^[ \t]*(?:- |[\w-]+:[ \t])[ \t]*(.+)$", re.MULTILINE)
_KEY = re.compile(r"^[ \t]*(?:- )?[\w-]+:(?=[ \t\n])|^(?:---|\+\+\+|[#>*-] )", re.MULTILINE)
_MANY = re.compile(r"# (?:authors|tags|source|label):")
_MOST = 5_000_000


class WithheldTexts:
    """The texts of one site, as the store and the disk have them."""

    def __init__(self, config: SiteConfig, store: Store) -> None:
        self.folder, self.store, self.zone = Path(config.folder), store, ZoneInfo(config.timezone)

    def raw(self, path: str) -> str:
        """Return a file's text as it stands there, or nothing when it cannot be read."""
        for name in dict.fromkeys((path, normalize("NFD", path))):
            location = f"{self.folder}{os.sep}{name.replace('/', os.sep)}"
            with suppress(OSError):
                return _decoded(read_of_site(name, location, _MOST))
        return ""

    def body(self, article: Article) -> list[str]:
        return words_of_markup(self.store.body(article.body)) if article.body else []

    def published_words(self, article: Article) -> list[str]:
        """Return every word that an article may show."""
        said = (word for text in _strings(to_builtins(article)) for word in (*words_of(text), BORDER))
        return [*said, *self.body(article)]

    # --- what waits ---

    def phrases(self, path: str, *, is_read: bool) -> Iterator[Phrase]:
        """Yield what may not be seen of a file that is not published."""
        if is_read:
            yield from self._of_article(path, self.store.article(path, self.zone))
            yield from comments(path, self.raw(path))
        else:
            yield from self._of_raw(path, self.raw(path))

    def cut(self, path: str) -> Iterator[Phrase]:
        """Yield what may not be seen of a file that is published: what its rights cut, and comments in it."""
        article, raw = self.store.article(path, self.zone), self.raw(path)
        found = list(comments(path, raw))
        if article.rights != "full":
            for part in _paragraphs(path, raw):  # what a page shows side by side may stand in two of them
                found += pieces(words_of_source(part), "cut", path)
        own = frozenset(self.published_words(article)) if found else frozenset[str]()
        yield from (one for one in found if not own.issuperset(one.words.split(" ")))

    def _of_article(self, path: str, article: Article) -> Iterator[Phrase]:
        for title in (article.title, article.subtitle):
            yield from short_phrase(title, "title", path)
        for address in (article.slug, *article.aliases):
            yield from short_phrase(address, "address", path)
        people = (person.name for person in article.authors)
        for term in (*article.tags, *article.themes, *people, article.source):
            yield from short_phrase(term, "tag", path, least=TERM)
        picture = article.image
        captions = (picture.alt, picture.caption, picture.credit) if picture else ()
        notes = (one.note for one in article.corrections)
        for text in (article.summary, article.label, article.rights_notice, *captions, *notes):
            yield from short_phrase(text, "text", path)
        body = self.store.body(article.body) if article.body else ""
        yield from pieces(words_of_markup(body, only_text=True), "text", path)

    def _of_raw(self, path: str, raw: str) -> Iterator[Phrase]:
        yield from short_phrase(name_of_path(path), "address", path)
        values = (value for line in _VALUE.findall(raw[:10_000]) for value in (line, *re.split(r"[,\[\]]", line)))
        for value in dict.fromkeys(values):
            yield from short_phrase(value, "title", path)
        if path.endswith((".html", ".htm")):
            for title in re.findall(r"<(?:title|h1)\b[^>]*>(.{0,300}?)</", raw[:100_000], re.DOTALL | re.IGNORECASE):
                yield from short_phrase(title, "title", path)
        else:
            for line in (line for line in raw[:10_000].splitlines() if line.startswith("# ")):
                many = _MANY.match(line)  # what other articles have too
                for term in re.split(r"[,\[\]]", line[many.end() :]) if many else ():
                    yield from short_phrase(term, "tag", path, least=TERM)
                yield from () if many else short_phrase(line, "title", path)
        for part in _paragraphs(path, raw):
            yield from pieces(words_of_source(part), "text", path)

    # --- what is public ---

    def public(self, notes: Iterable[str], articles: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """Yield the words of everything that may be seen: settings, templates, notes and articles; by their paths."""
        for path in (*MAPS, *notes, HOUSE, *articles):
            yield path, self.words(path)

    def words(self, path: str) -> list[str]:
        """Return the public words of one of these."""
        if path == HOUSE:
            return _words_of_files(_files_below(templates_folder()) + _MESSAGES)
        if path == TEMPLATES:
            return _words_of_files(_files_below(self.folder / TEMPLATES))
        if path in MAPS or is_note(path):
            return words_of_markup(self.raw(path))
        return self.published_words(self.store.article(path, self.zone))


def must_wait(place: Place, now: datetime) -> bool:
    """Tell from what its file says alone that an article cannot be public at `now`."""
    later = any(one and one > now for one in (place.embargo_until, place.publish_at))
    return place.status == "draft" or later or bool(place.expires_at and place.expires_at <= now)


def comments(path: str, raw: str) -> Iterator[Phrase]:
    """Yield the comments that stand in a source: a desk writes to itself in them."""
    for opening, closing in _COMMENTS:
        for start, end in spans(raw, opening, closing):
            yield from short_phrase(raw[start:end].strip("<!->%"), "comment", path)


def public_terms(shown: Iterable[Place]) -> frozenset[str]:
    """Return the tags, themes, sources and authors of published articles, as words of phrases: no secret of a draft."""
    terms = {term for place in shown for term in (*place.tags, *place.themes, place.source, *place.authors)}
    return frozenset(" ".join(words_of(term)) for term in terms)


def notes_of_review(reviews: Reviews) -> Iterator[Phrase]:
    """Yield what editors wrote to each other."""
    for folder, found in reviews.events.items():
        for event in found:
            if isinstance(event, Event):
                for text in (event.text, event.instead):
                    yield from short_phrase(text, "note", f"{folder}/{event.name}.yaml")


def pictures(
    places: Iterable[Place], waiting: Collection[str], assets: Mapping[str, Asset], raw: Iterable[str]
) -> Iterator[Phrase]:
    """Yield the pictures that only files that wait show. A picture that `raw` texts name is public."""
    places = tuple(places)
    shown = (assets.get(one) for place in places if place.path not in waiting for one in place.assets)
    public = {asset.digest for asset in shown if asset}
    texts = "\n".join(raw)
    for place in places:
        for one in place.assets if place.path in waiting else ():
            asset = assets.get(one)
            if asset and asset.digest not in public and asset.path.rpartition("/")[2] not in texts:
                yield Phrase(asset.digest, "picture", place.path)


def _decoded(data: bytes) -> str:
    try:
        return str(decode(data).text)
    except UndecodableError:
        return data.decode("utf-8", "replace")


def _paragraphs(path: str, raw: str) -> list[str]:
    """Return the parts of a source that are read as one: lines, of Markdown what stands between empty ones."""
    if path.endswith((".html", ".htm")):
        return [raw]
    return re.split(r"\n\s*\n|\n(?=---)" if path.endswith((".md", ".markdown")) else r"\n", raw)


def words_of_source(raw: str) -> list[str]:
    """Return the words of a file of content/ as far as pages could show them."""
    for opening, closing in _CODE:
        raw = without(raw, spans(raw, opening, closing))
    return words_of_markup(_KEY.sub(f" {BORDER} ", _ADDRESS.sub("] ", raw)), only_text=True)


def _files_below(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _words_of_files(files: Iterable[Path]) -> list[str]:
    texts = (data.decode("utf-8", "replace") for file in files if not is_binary(data := file.read_bytes()))
    return [word for text in texts for word in (*words_of(text), BORDER)]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
