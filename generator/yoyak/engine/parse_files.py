"""What files say, read side by side with limits for each, and what each asked for beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.model.build import GuardedMap, Runaway
from yoyak.model.message import Problem, problem_of, say
from yoyak.model.schema import ReviewKeys
from yoyak.model.sources import NO_FILE, Asset, FileStamp, Listed, SourceFile
from yoyak.model.types import Article, BodyLink, Note, Record, place_of
from yoyak.pages.shown import article_digests
from yoyak.pipeline.load import is_edition, is_note, read_source_file
from yoyak.pipeline.parse import body_alone, parse, parse_note, surroundings, unread_edition
from yoyak.readers.around import Surroundings
from yoyak.readers.opened import kind_of
from yoyak.readers.source import date_of_name, reader_of
from yoyak.settings.config import SiteConfig
from yoyak.store.remembered import Read, ReadingRow, decode, encode
from yoyak.store.store import Kept
from yoyak.templating.language import words_for

T = TypeVar("T")


class ReadNote(Record, kw_only=True):
    path: str
    note: Note | None
    reads: tuple[Read, ...] = ()
    problems: tuple[Problem, ...]
    links: tuple[BodyLink, ...] = ()
    """Of its body: those that lead to no page, or all of them when there is no note."""
    unread: Note | None = None
    """Of an edition's file without a note: what is understood of it."""
    stamp: FileStamp = NO_FILE
    """Of the file that was read, as `SourceFile` has it."""
    source: bytes = b""
    """Its bytes, of a preview: they stand in for the file when that breaks."""


def read_all(
    files: Sequence[Listed],
    assets: Mapping[str, Asset],
    addresses: Mapping[str, str],
    config: SiteConfig,
    each: GuardedMap,
) -> list[Kept]:
    """Return what the files of some articles say."""
    around = surroundings(config, assets, addresses)
    warm_up(files, around)
    found = read_each(files, {}, around, config, each, setting_of(config))
    return [one for one in found if isinstance(one, Kept)]


def setting_of(config: SiteConfig) -> bytes:
    """Return a digest of the settings that readers read."""
    return hashlib.blake2b(encode(_for_readers(config)), digest_size=16).digest()


def _for_readers(config: SiteConfig) -> SiteConfig:
    """Return the settings without those that no reader reads: readers get these, so that none can."""
    return structs.replace(
        config,
        folder="",
        tagline="",
        description="",
        navigation=(),
        deploy={},
        tags={},
        page_size=1,
        review=ReviewKeys(required=config.review.required, editions=config.review.editions),
        metadata="remove",
        preview=False,
        week_starts="monday",
        first_number=None,
        release="separately",
        now=datetime(2000, 1, 1, tzinfo=ZoneInfo("UTC")),
    )


def key_of(source: SourceFile) -> str:
    """Return the digest of a file's bytes, with the day on which it was first seen if that is known."""
    return f"{source.digest} {source.seen.isoformat()} {source.seen_by}" if source.seen else source.digest


def told_of_asset(asset: Asset | None) -> str:
    """Return what a reading may have taken from a picture; empty for none."""
    return f"{asset.output} {asset.width}x{asset.height} {asset.fault}".strip() if asset else ""


class _Asked(Mapping[str, T]):
    """A mapping that writes down what it is asked for, and what it answers."""

    def __init__(self, what: str, inner: Mapping[str, T], reads: dict[tuple[str, str], str]) -> None:
        self._what, self._inner, self._reads = what, inner, reads

    def get(self, name: str, default: Any = None) -> Any:
        found = self._inner.get(name, default)
        told: Any = told_of_asset(found) if self._what == "asset" else found
        self._reads[self._what, name] = told or ""
        return found

    def __getitem__(self, name: str) -> T:
        if (found := self.get(name)) is None:
            raise KeyError(name)
        return found  # type: ignore[no-any-return]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("what a file asks for must have a name")

    def __len__(self) -> int:
        raise TypeError("what a file asks for must have a name")


def warm_up(files: Sequence[Listed], around: Surroundings) -> None:
    """Let the readers that these files need make what they keep, once and here: workers inherit it."""
    words_for(around.language)
    for kind in sorted({kind_of(one.path, "") for one in files}):
        reader_of(kind)("", around)


def read_each(
    files: Sequence[Listed],
    sources: Mapping[str, SourceFile],
    around: Surroundings,
    config: SiteConfig,
    each: GuardedMap,
    setting: bytes,
) -> Iterator[Kept | ReadNote]:
    """Yield what each file says; of one that was stopped only the problem."""
    told, day = _for_readers(config), config.now.date().isoformat()

    def read(listed: Listed) -> _Answer | ReadNote:
        source = sources.get(listed.path) or read_source_file(listed)
        if isinstance(source, Problem):
            return _answer_without_article(listed.path, "", setting, (source,))
        reads: dict[tuple[str, str], str] = {}
        here = structs.replace(
            around,
            assets=_Asked("asset", around.assets, reads),
            addresses=_Asked("address", around.addresses, reads),
            names=_Asked("name", around.names, reads),
            gone=_Asked("gone", around.gone, reads),
        )
        if is_note(listed.path):
            note, problems = parse_note(source, here)
            links, of_body = (_gone_of(note.links, reads), ()) if note else body_alone(source, here, problems)
            return ReadNote(
                path=listed.path,
                note=note,
                reads=_listed(reads),
                problems=(*problems, *of_body),
                links=links,
                unread=None if note or not is_edition(listed.path) else unread_edition(listed.path, source, here.zone),
                stamp=source.stamp,
                source=source.data if config.preview else b"",
            )
        return _answer_of(source, here, told, setting, day, reads)

    for listed, one in zip(files, each(read, files), strict=True):
        if isinstance(one, Runaway):
            key = _key_of_stopped(sources.get(listed.path) or read_source_file(listed), one)
            answer = _answer_without_article(listed.path, key, setting, (runaway_problem(listed.path, one),))
        else:
            answer = one
        yield answer if isinstance(answer, ReadNote) else Kept(path=listed.path, **_parts_of(answer))


def _key_of_stopped(source: SourceFile | Problem, runaway: Runaway) -> str:
    """Return the key of a file whose reading was stopped; empty for a failure, which the machine may have caused."""
    return key_of(source) if isinstance(source, SourceFile) and runaway.why != "fault" else ""


_Answer = tuple[bytes, bytes, str, tuple[Any, ...]]
"""A reading, an article and its body, encoded, and the file's stamp: what travels from a worker has to be light.

A stamp is a plain tuple here: to pickle its type, too, takes as long as all the rest.
"""


def _parts_of(answer: _Answer) -> dict[str, Any]:
    encoded, article, html, stamp = answer
    return {
        "reading": decode(encoded, ReadingRow),
        "encoded": encoded,
        "article": article,
        "html": html,
        "stamp": FileStamp._make(stamp),
    }


def _answer_of(
    source: SourceFile,
    around: Surroundings,
    config: SiteConfig,
    setting: bytes,
    day: str,
    reads: Mapping[tuple[str, str], str],
) -> _Answer:
    """Return what one article's file says, in the form in which it is kept. `reads` fills while it is read."""
    parsed = parse(source, around, config)
    article, problems = parsed.article, parsed.problems
    try:
        encoded = encode(article) if article else b""
    except OverflowError:
        problems = (*problems, _beyond_calendars(source.path))
        article, encoded = None, b""
    reading = ReadingRow(
        key=key_of(source),
        setting=setting,
        day=day if _may_depend_on_day(source.path, article, around) else "",
        reads=_listed(reads),
        place=place_of(article) if article else None,
        digests=article_digests(article) if article else b"",
        body=article.body if article else "",
        problems=problems,
        title=article.title if article else "",
        links=_gone_of(article.links, reads) if article else parsed.links,
        **_for_review(article, parsed.html, config, around.base_path),
    )
    return encode(reading), encoded, parsed.html if article else "", tuple(source.stamp)


def _for_review(article: Article | None, html: str, config: SiteConfig, base_path: str) -> dict[str, Any]:
    """Return what a verdict on an article is compared with, where there are any or site.yaml asks for them."""
    if article is None or not (config.reviewed or config.review.required or config.review.editions):
        return {}
    from yoyak.review.seen import seen_of

    return {"seen": seen_of(article, html, base_path).digest, "authors": article.authors}


def _gone_of(links: tuple[BodyLink, ...], reads: Mapping[tuple[str, str], str]) -> tuple[BodyLink, ...]:
    """Return the links that lead to no page of the site, as far as that is known."""
    gone = {name for (what, name), value in reads.items() if what == "gone" and value}
    return tuple(link for link in links if link.url.partition("#")[0].partition("?")[0] in gone) if gone else ()


def _listed(reads: Mapping[tuple[str, str], str]) -> tuple[Read, ...]:
    return tuple(Read(what, name, value) for (what, name), value in reads.items())


def _may_depend_on_day(path: str, article: Article | None, around: Surroundings) -> bool:
    """Tell whether the day of the build's clock may have decided the year of a date in this file."""
    if article is None:
        return not path.lower().endswith((".md", ".markdown"))
    return article.kind != "markdown" and not article.captured and not date_of_name(path, around.zone)


def _beyond_calendars(path: str) -> Problem:
    return problem_of("bad-date.end", path)


def _answer_without_article(path: str, key: str, setting: bytes, problems: tuple[Problem, ...]) -> _Answer | ReadNote:
    if is_note(path):
        return ReadNote(path=path, note=None, problems=problems)
    reading = ReadingRow(
        key=key, setting=setting, day="", reads=(), place=None, digests=b"", body="", problems=problems
    )
    return encode(reading), b"", "", tuple(NO_FILE)


def runaway_problem(path: str, runaway: Runaway) -> Problem:
    """Return the problem of a file whose reading was stopped, or failed in a way that nobody foresaw."""
    if runaway.why == "fault":
        return problem_of("runaway-file.fault", path, error=runaway.told)
    if runaway.why == "crash":
        return problem_of("runaway-file.crash", path, error=runaway.told)
    return problem_of(f"runaway-file.{runaway.why}", path, hint=say("runaway-file.hint"))
