"""parse: one source file becomes an `Article` and its body. Pure, so that files can be parsed side by side.

Never raises for bad content: a bad file costs that article only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import UNSET, structs

from yoyak.front_matter.read import read_front_matter, split
from yoyak.model.message import Problem, at_the_top, errors, problem_of, say
from yoyak.model.schema import EditionKeys, PageKeys, ThemeFileKeys
from yoyak.model.sources import Asset, SourceFile
from yoyak.model.targets import Keys
from yoyak.model.types import BodyLink, Note, Parsed, SafeHtml
from yoyak.readers.around import OwnRules, Surroundings
from yoyak.readers.article import make_article
from yoyak.readers.bounds import within_bounds
from yoyak.readers.links import assets_in, faulty_files
from yoyak.readers.markdown import read_markdown
from yoyak.readers.odd_names import old_addresses, pattern_problem
from yoyak.readers.opened import Opened, kind_of, open_source
from yoyak.readers.source import SourceReading, read_source
from yoyak.settings.config import SiteConfig
from yoyak.text.names import slug_of_path, slugify
from yoyak.text.sanitize import sanitize
from yoyak.text.urls import page_url


def parse(source: SourceFile, around: Surroundings, config: SiteConfig) -> Parsed:
    """Return the article that a source file makes. `around.addresses` need only hold what its links point to."""
    parsed = make_article(read_source(source, around), config, around)
    if parsed.article:
        return parsed
    links, found = body_alone(source, around, parsed.problems)
    return structs.replace(parsed, links=links, problems=(*parsed.problems, *found))


def body_alone(
    source: SourceFile, around: Surroundings, known: tuple[Problem, ...]
) -> tuple[tuple[BodyLink, ...], tuple[Problem, ...]]:
    """Return the links of a file that gives nothing to publish, and the problems of its body beside the `known` ones.

    So all that is wrong with a file is reported in one run, whatever else is. Where it is not sure what its body is,
    or where its front matter decides how that is read, nothing is said of it.
    """
    opened = open_source(source.path, source.data)
    if isinstance(opened, Problem) or any(problem.code in _BODY_UNKNOWN for problem in known):
        return (), ()
    parts = split(opened.text)
    if kind_of(source.path, parts.body) != "markdown":
        return (), ()
    reading = read_markdown(parts.body, structs.replace(around, path=source.path, first_line=parts.body_line))
    return reading.links, tuple(problem for problem in reading.problems if problem not in known)


_BODY_UNKNOWN = frozenset({"bad-fence", "empty-file"})


def read(source: SourceFile, around: Surroundings) -> SourceReading:
    """Return how a file was read, with where each value came from: what ``yoyak show`` prints."""
    return read_source(source, around)


_NO_NAMES: Mapping[str, str] = {}


def surroundings(
    config: SiteConfig,
    assets: Mapping[str, Asset],
    addresses: Mapping[str, str],
    names: Mapping[str, str] = _NO_NAMES,
    gone: Mapping[str, str] = _NO_NAMES,
) -> Surroundings:
    """Return what every reader of a build may know."""
    return Surroundings(
        path="",
        zone=ZoneInfo(config.timezone),
        reference=config.now.date(),
        language=config.language,
        base_path=config.base_path,
        base_url=config.base_url,
        permalinks=config.permalinks,
        assets=assets,
        addresses=addresses,
        names=names,
        gone=gone,
        load_remote=config.load_remote_images,
        embeds=config.embeds,
        formulas=config.formulas,
        rules=read_rules(config)[0],
    )


def read_rules(config: SiteConfig) -> tuple[tuple[OwnRules, ...], tuple[Problem, ...]]:
    """Return a site's own rules for captures, and what is wrong with them. Most sites have none."""
    if not config.rule_files:
        return (), ()
    from yoyak.readers.capture.own_rules import own_rules

    return own_rules(config.rule_files)


NOTE_KEYS: dict[str, type[Keys]] = {"editions": EditionKeys, "themes": ThemeFileKeys, "pages": PageKeys}
"""The keys of a file by the folder of content/ that it stands in."""


def parse_note(source: SourceFile, around: Surroundings) -> tuple[Note | None, tuple[Problem, ...]]:
    """Return a file of content/editions, content/themes or content/pages, read as Markdown."""
    pure = PurePosixPath(source.path)
    kind = pure.parts[1]
    opened = _opened(source, kind)
    if isinstance(opened, Problem):
        return None, (opened,)
    front = read_front_matter(opened.text, source.path, NOTE_KEYS[kind], around.zone)
    if front.keys is None:
        return None, (*opened.problems, *front.problems)
    named = getattr(front.keys, "title", "") or ""
    slug = slugify(getattr(front.keys, "slug", "") or "") or _note_slug(pure, kind)
    url = page_url(around.base_path, *(() if kind == "pages" else (kind,)), slug)
    here = structs.replace(around, path=source.path, first_line=front.body_line, title=named, url=url)
    reading = read_markdown(front.body, here)
    html = sanitize(reading.html, tuple(embed.host for embed in around.embeds if embed.frame), around.loads)
    faults = faulty_files(html, (), source.path, opened.text, around)
    keys = _fields(front.keys, around.zone)
    keys["aliases"], refused = old_addresses(keys.get("aliases", ()), around.base_url, source.path, front.lines)
    found, cut = within_bounds({} if named else reading.fields, source.path)
    problems = (
        *opened.problems,
        *front.problems,
        *reading.problems,
        *faults,
        *refused,
        *cut,
        *_problems_of_keys(source.path, keys, front.lines),
    )
    if errors(problems):
        return None, problems
    title = named or (found["title"].value if "title" in found else "")
    note = Note(
        path=source.path,
        slug=slug,
        title=title,
        fields=keys,
        html=html,
        assets=assets_in(html, around.base_path),
        links=reading.links,
        lines=front.lines if kind == "editions" else {},
    )
    missing = _missing(note, kind, fenced=front.fenced)
    return (None, (*problems, missing)) if missing else (note, problems)


def unread_edition(path: str, source: SourceFile | None, zone: ZoneInfo) -> Note:
    """Return what is understood of a file of content/editions that has errors: its name, its days and its pins."""
    opened = open_source(path, source.data) if source else None
    front = (
        read_front_matter(opened.text, path, EditionKeys, zone) if opened and not isinstance(opened, Problem) else None
    )
    keys = (front and front.partial) or EditionKeys()
    fields = {**_fields(keys, zone), "title": "", "number": "", "aliases": ()}
    lines = front.lines if front else {}
    slug = _note_slug(PurePosixPath(path), "editions")
    return Note(path=path, slug=slug, title="", fields=fields, html=SafeHtml(""), lines=lines, faulty=True)


def _fields(keys: Keys, zone: ZoneInfo) -> dict[str, Any]:
    """Return keys as a mapping, by the names that people write, with times in the site's zone."""
    values = ((field.encode_name, getattr(keys, field.name)) for field in structs.fields(keys))
    return {
        name: value.astimezone(zone) if isinstance(value, datetime) else None if value is UNSET else value
        for name, value in values
    }


def _opened(source: SourceFile, kind: str) -> Opened | Problem:
    """Return the text of a file. One of an edition must say something: what it said of the edition may be lost."""
    opened = open_source(source.path, source.data)
    if kind != "editions" or isinstance(opened, Problem) or opened.text.strip("\ufeff \t\r\n"):
        return opened
    return problem_of("empty-file", source.path, hint=say("empty-file.edition.hint"))


def _problems_of_keys(path: str, keys: Mapping[str, Any], lines: Mapping[str, tuple[int, int]]) -> Iterator[Problem]:
    """Yield a problem for an address that is a pattern, and for a time that no other zone can tell."""
    if pattern := pattern_problem("slug", keys.get("slug") or "", path, lines.get("slug", (0, 0))):
        yield pattern
    moment = keys.get("publish_at")
    if moment and not date.min < moment.date() < date.max:
        yield problem_of("bad-date.end", path)


def _missing(note: Note, kind: str, *, fenced: bool) -> Problem | None:
    """Return the problem of a file without what its page cannot do without."""
    if not note.slug:
        return problem_of("no-slug", note.path, hint=say("no-slug.page.hint"), name=PurePosixPath(note.path).name)
    return _untitled(note.path, fenced=fenced) if kind == "pages" and not note.title else None


def _untitled(path: str, *, fenced: bool) -> Problem:
    hint, write = at_the_top("title: …", fenced=fenced)
    return structs.replace(problem_of("no-title.page", path, hint=hint), write=write)


def _note_slug(path: PurePosixPath, kind: str) -> str:
    return path.stem if kind == "editions" else slug_of_path(str(path))
