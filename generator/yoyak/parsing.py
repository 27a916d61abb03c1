"""Parse of a whole content folder: side by side, with limits for each file, and twice for what links to other files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import structs

from yoyak.config import SiteConfig
from yoyak.grouping.publication import ribbon_of
from yoyak.model import Article, Content, Note, Parsed, Record, SafeHtml, SourceFile
from yoyak.pipeline.load import is_note
from yoyak.pipeline.parse import parse, parse_note, surroundings
from yoyak.problems import Problem, errors
from yoyak.readers.around import Surroundings
from yoyak.readers.capture_own_rules import own_rules
from yoyak.readers.kind import kind_of
from yoyak.readers.source import reader_of
from yoyak.seams import GuardedMap, Recall, Runaway
from yoyak.text.sanitize import digest_of
from yoyak.text.urls import page_url


class Parts(Record, kw_only=True):
    """What parse made of all files."""

    articles: tuple[Article, ...]
    notes: tuple[Note, ...]
    bodies: Mapping[str, SafeHtml]
    left_out: tuple[str, ...]
    """Paths of the files that an error keeps off the site."""
    problems: tuple[Problem, ...]


class _ParsedNote(Record, kw_only=True):
    path: str
    note: Note | None
    problems: tuple[Problem, ...]


_Found = Parsed | _ParsedNote


def parse_all(content: Content, config: SiteConfig, each: GuardedMap, recall: Recall | None = None) -> Parts:
    """Return the articles and notes of a content folder."""
    sources = (*content.articles, *content.editions, *content.themes, *content.pages)
    first = surroundings(config, content.assets, {})
    _warm_up(sources, first)
    found = _parse_each(sources, first, config, each)
    addresses = dict(_addresses(found.values(), config, first))
    around = structs.replace(first, addresses=addresses)
    linking = [source for source in sources if _wants_addresses(found[source.path])]
    found |= _parse_each(linking, around, config, each)
    parsed = [one for one in found.values() if isinstance(one, Parsed)]
    parsed = [recall(one) for one in parsed] if recall else parsed
    notes = [one for one in found.values() if isinstance(one, _ParsedNote)]
    everything: tuple[_Found, ...] = (*parsed, *notes)
    bodies = {one.article.body: one.html for one in parsed if one.article and one.article.body}
    bodies |= {digest_of(one.note.html): one.note.html for one in notes if one.note and one.note.html}
    return Parts(
        articles=tuple(one.article for one in parsed if one.article),
        notes=tuple(one.note for one in notes if one.note),
        bodies=bodies,
        left_out=tuple(one.path for one in everything if errors(one.problems)),
        problems=(*own_rules(config.rule_files)[1], *(problem for one in everything for problem in one.problems)),
    )


def _warm_up(sources: Sequence[SourceFile], around: Surroundings) -> None:
    """Let the readers that these files need make what they keep, once and here: workers inherit it."""
    for kind in sorted({kind_of(source.path, "") for source in sources}):
        reader_of(kind)("", around)


def _parse_each(
    sources: Sequence[SourceFile], around: Surroundings, config: SiteConfig, each: GuardedMap
) -> dict[str, _Found]:
    """Return what each file says, by its path; of one that was stopped only the problem."""

    def read(source: SourceFile) -> _Found:
        if not is_note(source.path):
            return parse(source, around, config)
        note, problems = parse_note(source, around)
        return _ParsedNote(path=source.path, note=note, problems=problems)

    found = zip(sources, each(read, sources) if sources else (), strict=True)
    return {source.path: _stopped(source, one) if isinstance(one, Runaway) else one for source, one in found}


def _stopped(source: SourceFile, runaway: Runaway) -> _Found:
    problems = (runaway_problem(source.path, runaway),)
    if is_note(source.path):
        return _ParsedNote(path=source.path, note=None, problems=problems)
    return Parsed(path=source.path, article=None, problems=problems)


def runaway_problem(path: str, runaway: Runaway) -> Problem:
    """Return the problem of a file whose reading was stopped, or failed in a way that nobody foresaw."""
    if runaway.why == "fault":
        message = f"yoyak itself failed on this file: {runaway.told}."
        hint = "Take the file out of content/, and report what yoyak show --debug prints for it."
    elif runaway.why == "crash":
        message = f"Reading this file brought the program down ({runaway.told})."
        hint = "Take the file out of content/, or its odd parts out of the file, and report it."
    else:
        reasons = {
            "time": "takes too long",
            "memory": "takes too much memory",
            "depth": "goes too deep: too much stands inside something else",
        }
        message = f"Reading this file {reasons[runaway.why]}, so it was stopped."
        hint = "Look for very long runs of brackets, marks or tags in it, or split it."
    return Problem(code="runaway-file", message=message, hint=hint, path=path)


def _wants_addresses(found: _Found) -> bool:
    """Tell whether a file has to be read again, now that the addresses of the others are known."""
    return bool(found.wants) if isinstance(found, Parsed) else found.note is not None


def _addresses(found: Iterable[_Found], config: SiteConfig, around: Surroundings) -> Iterator[tuple[str, str]]:
    """Yield the path and the address of everything that a link may name."""
    for one in found:
        if isinstance(one, Parsed):
            if one.article and _may_be_linked(one.article, config):
                yield one.path, one.article.url
        elif one.note and one.path.startswith("content/pages/"):
            yield one.path, page_url(around.base_path, one.note.slug)


def _may_be_linked(article: Article, config: SiteConfig) -> bool:
    """Tell whether other articles may name its address: that of one that waits would give it away."""
    return config.preview or ribbon_of(article, config.now) is None
