"""``yoyak takedown``: an article goes offline with the next deploy, for a reason on record.

It is held back by an event, as any hold of a review: no line of its file changes, whatever kind of file it is, and a
later ``status:`` does not let it out. An own page, which has no review, gets ``status: draft``. What still names it is
listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from yoyak.check.output_words import folded, words_of_markup
from yoyak.check.withheld import Search, pieces, weight_of
from yoyak.desk.acts import act
from yoyak.desk.asked import article_at, below
from yoyak.desk.records import Records
from yoyak.files.saving import save
from yoyak.files.site_files import read_of_site
from yoyak.messages.errors import YoyakError
from yoyak.model.addresses import URLS_FILE
from yoyak.model.message import Message, say
from yoyak.model.schema import PageKeys
from yoyak.model.types import Note, Person, Record
from yoyak.pipeline.load import is_edition
from yoyak.review.folders import folder_of
from yoyak.review.keys import with_key
from yoyak.store.stamps import ignored
from yoyak.text.urls import has_scheme, page_url

MentionKind = Literal["link", "title", "original", "review", "text"]
_MOST = 2_000_000
_TEXTS = (".md", ".markdown", ".txt", ".html", ".htm", ".yaml", ".yml", ".json", ".eml", ".xml", ".csv")


class Mention(Record, kw_only=True):
    """A place that still names the article, or has words of it."""

    path: str
    line: int = 0
    """1-based; 0 for the whole file."""
    kind: MentionKind


class Takedown(Record, kw_only=True):
    """What was done, or would be, and what is left to people."""

    path: str
    title: str
    url: str
    """Root-relative: where readers find that it was taken down."""
    reason: str
    done: Literal["held", "draft", "already"]
    event: str = ""
    """The name of the event that holds it back; empty in a dry run, and for an own page."""
    mentions: tuple[Mention, ...] = ()
    targets: tuple[str, ...] = ()
    """The names of the targets in site.yaml that are branches of a repository: their history keeps the article."""


def take_down(records: Records, asked: str, reason: str, by: Person | None, *, dry_run: bool) -> Takedown:
    """Hold an article or an own page back, and return what still names it. In a dry run nothing is written.

    Raises:
        YoyakError: it is neither, or it cannot be held back; nothing was written then.
    """
    if not reason.strip():
        raise YoyakError(say("takedown.no-reason"))
    host = urlsplit(records.config.base_url).netloc
    asked = f"https://{asked}" if asked.startswith(f"{host}/") else asked
    _require_own_address(records, asked)
    page = _own_page(records, asked)
    path = page.path if page else _article(records, asked)
    done: Literal["held", "draft", "already"]
    event = ""
    if page:
        title, url = page.title, page_url(records.config.base_path, page.slug)
        done = _draft(records, page, dry_run=dry_run)
    else:
        title, url = records.article(path).title, records.article(path).url
        waits = records.entry(path).review.ribbon == "on-hold"
        done = "already" if waits else "held"
        event = "" if waits or dry_run or by is None else act(records, path, "hold", by, text=reason.strip()).event
    return Takedown(
        path=path,
        title=title,
        url=url,
        reason=reason.strip(),
        done=done,
        event=event,
        mentions=tuple(_mentions(records, path, title, url)),
        targets=tuple(name for name, one in records.config.deploy.items() if hasattr(one, "branch")),
    )


def _require_own_address(records: Records, asked: str) -> None:
    """Refuse an address of another site with what this one's is."""
    if has_scheme(asked):
        base = records.config.base_url
        try:
            host = urlsplit(asked).netloc
        except ValueError:
            host = ""
        if host != urlsplit(base).netloc:
            raise YoyakError(say("takedown.elsewhere", asked=asked[:200], url=base))


def _article(records: Records, asked: str) -> str:
    path = _by_alias(records, asked) or article_at(records, asked)
    if is_edition(path):
        raise YoyakError(say("takedown.edition", path=path))
    return path


def _by_alias(records: Records, asked: str) -> str:
    """Return the article whose old address is meant; empty for none."""
    wanted = _wanted(records, asked)
    places = (one.place for one in records.survey.parts.readings.values() if one.place)
    found = [place.path for place in places if wanted in (alias.strip("/") for alias in place.aliases)]
    return found[0] if wanted and len(found) == 1 else ""


def _own_page(records: Records, asked: str) -> Note | None:
    wanted, file = _wanted(records, asked), normalize("NFC", asked)
    pages = (one for one in records.survey.parts.notes if one.path.startswith("content/pages/"))
    place = str(Path(asked).absolute())
    return next(
        (one for one in pages if one.path == file or place == f"{records.folder}/{one.path}" or one.slug == wanted),
        None,
    )


def _wanted(records: Records, asked: str) -> str:
    """Return an address below the site's; a path and a slug are left as they are."""
    return below(records, urlsplit(asked).path if has_scheme(asked) else asked)


def _draft(records: Records, page: Note, *, dry_run: bool) -> Literal["draft", "already"]:
    if page.fields.get("status") == "draft":
        return "already"
    before = read_of_site(page.path, f"{records.folder}/{page.path}", _MOST)
    after = with_key(before, "status", "draft", PageKeys)
    if isinstance(after, Message):
        raise YoyakError(say("takedown.by-hand", path=page.path, why=after))
    if not dry_run:
        save(records.folder, page.path, before, after)
    return "draft"


# --- what still names it --------------------------------------------------------------------------


def _mentions(records: Records, path: str, title: str, url: str) -> Iterator[Mention]:
    """Yield where other files link to an article, name it, or have words of it."""
    links = _links(records, path, url)
    titles = {folded(title)} if weight_of(folded(title).split()) >= 8 else set()
    body = records.article(path).body if path in records.paths() else ""
    words = words_of_markup(records.survey.store.body(body)) if body else []
    search, own = Search(pieces(words, "text", path)), f"{normalize('NFC', folder_of(path))}/"
    for file in _files(records.folder):
        name = normalize("NFC", file.relative_to(records.folder).as_posix())
        if name in (path, URLS_FILE):  # what was online is remembered, so that its address can answer
            continue
        text = _text(file)
        kind: MentionKind | None = "review" if name.startswith(own) else None
        if kind is None and text and name.startswith(("content/_sources/", "content/_reviews/")):
            kind = "original" if search.in_words(words_of_markup(text)) else None
        if kind:
            yield Mention(path=name, kind=kind)
            continue
        low = folded(text)
        for what, needles in (("link", links), ("title", titles)):
            if line := _line(low, needles):
                yield Mention(path=name, line=line, kind=what)  # type: ignore[arg-type] # one of two
                break


def _links(records: Records, path: str, url: str) -> set[str]:
    """Return how links to an article are written: by its address, and by the name of its file."""
    below = unquote(url).removeprefix(unquote(records.config.base_path)).strip("/")
    return {folded(one) for one in (url, unquote(url), f"/{below}/", path.rpartition("/")[2])}


def _files(folder: Path) -> Iterator[Path]:
    tops = [folder / "site.yaml", *sorted((folder / "content").rglob("*")), *sorted((folder / "templates").rglob("*"))]
    for file in tops:
        if not any(ignored(part) for part in file.relative_to(folder).parts) and file.suffix.lower() in _TEXTS:
            yield file


def _text(file: Path) -> str:
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > _MOST:
            return ""
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _line(text: str, needles: set[str]) -> int:
    """Return the first line that has one of some words; 0 for none."""
    places = [match.start() for one in needles if one and (match := re.search(_whole(one), text))]
    return 1 + text.count("\n", 0, min(places)) if places else 0


def _whole(needle: str) -> str:
    return rf"(?<![\w-]){re.escape(needle)}" if needle[:1].isalnum() else re.escape(needle)
