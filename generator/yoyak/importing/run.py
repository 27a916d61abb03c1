"""`import`, from what the user names to what is written, file by file: one that fails stops no other."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from msgspec import structs

from yoyak.engine.parse_files import runaway_problem
from yoyak.importing.article import Draft, draft_of
from yoyak.importing.failures import each, entry_failed, files_beside, not_written, of_entry
from yoyak.importing.found import Member, refusal
from yoyak.importing.gather import FoundFile, Gathered, batches, gather, original_of
from yoyak.importing.keeping import Library, library, safe_name
from yoyak.importing.originals import FOLDER, Original, SkippedItem
from yoyak.importing.origins.table import FILES, FOLDERS
from yoyak.importing.ours import OPTION, as_own, is_of_this_site, sentences_of
from yoyak.importing.readings import LIMIT, readings_of
from yoyak.importing.results import AlreadyImported, Imported, ImportReport, ImportRequest
from yoyak.importing.tally import Tally, address_of, became, missing_in, old_pattern, once, once_each, shared_addresses
from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress, Runaway, counted
from yoyak.model.message import Problem, did_you_mean, joined, say
from yoyak.model.types import Record
from yoyak.parallel.pool import guarded
from yoyak.readers.capture.own_rules import refuse_bad_rules
from yoyak.settings.config import SiteConfig, load_config
from yoyak.text.names import fold, name_for_every_disk, slug_of_path, slugify
from yoyak.text.tracking import page_key
from yoyak.text.urls import article_url, page_url

_SAID_ELSEWHERE = frozenset(("no-theme", "no-source-url", "no-date", "title-unsure", "date-year-inferred"))
"""Warnings that a comment in the article, and its closing line, take the place of."""


class _OriginalRead(Record, kw_only=True):
    """What an original gives: its articles, and what is wrong with it."""

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    left: tuple[SkippedItem, ...]
    origin: str
    """By what name the original is known when it is not to be kept."""


def import_originals(request: ImportRequest, progress: Progress | None = None) -> ImportReport:
    """Write an article for each original, and keep the original.

    Raises:
        YoyakError: the settings of the site cannot be read, or there is no such theme.
    """
    config, problems = load_config(request.folder, at=None, preview=True, environment=os.environ)
    if config is None:
        raise YoyakError(*problems)
    refuse_bad_rules(config.rule_files)
    themes = _themes(request.themes, config)
    _check_origin(request.origin)
    found = gather(request.named, request.folder, request.origin)
    with library(request.folder, dry_run=request.dry_run) as place:
        run = _Import(request, found, config, themes, place, progress)
        for places in batches(found.places):
            run.take(places)
        for piece in request.pieces:
            run.take_piece(piece)
        linked, told = run.tally.linked(run.imported, place, dry_run=request.dry_run)
    report = ImportReport(
        imported=linked,
        known=tuple(run.known),
        skipped=found.skipped,
        left=(*found.left, *run.left),
        problems=(*found.problems, *once_each([*run.problems, *told])),
        became=became(run.tally.became),
        lists=tuple(run.tally.lists(linked, [place.old[0] for place in found.places if place.old])),
        permalinks=old_pattern(run.tally.moved, config.base_path, config.permalinks),
        whose=tuple(sentences_of(run.tally.whose, config)),
        dry_run=request.dry_run,
        has_page=not (request.dry_run or request.called),
    )
    if report.has_page:
        from yoyak.importing.telling import write_page

        write_page(report, request.folder, config.language)
    return report


def _check_origin(wanted: str) -> None:
    known = (*FOLDERS, *FILES, "wordpress")
    if wanted and wanted not in known:
        hint = did_you_mean(wanted, known) or say("unknown-origin.known", names=", ".join(sorted(set(known))))
        raise YoyakError(joined(say("unknown-origin", name=wanted[:80]), hint))


def _themes(wanted: Sequence[str], config: SiteConfig) -> tuple[str, ...]:
    """Return the themes as site.yaml calls them."""
    return tuple(_theme(theme, config) for theme in wanted)


def _theme(wanted: str, config: SiteConfig) -> str:
    known = {fold(name): theme.slug for theme in config.themes for name in (theme.slug, theme.title)}
    if not known or fold(wanted) in known:
        return known.get(fold(wanted), wanted)
    hint = did_you_mean(wanted, [name for theme in config.themes for name in (theme.slug, theme.title)]) or say(
        "unknown-theme.known", themes=", ".join(theme.slug for theme in config.themes)
    )
    raise YoyakError(joined(say("unknown-theme.option", name=wanted[:80]), hint))


class _Import:
    """One run of the command: what it has done so far."""

    def __init__(
        self,
        request: ImportRequest,
        found: Gathered,
        config: SiteConfig,
        themes: tuple[str, ...],
        place: Library,
        progress: Progress | None,
    ) -> None:
        self.request, self.found, self.config, self.themes = request, found, config, themes
        self.library, self.progress = place, progress
        self.imported: list[Imported] = []
        self.known: list[AlreadyImported] = []
        self.problems: list[Problem] = []
        self.left: list[SkippedItem] = []
        self.taken = 0
        """How many originals were looked at."""
        self.tally = Tally(config)
        self.done: dict[str, list[str]] = {}
        """The articles of this run by the digest of their original."""

    def take(self, places: Sequence[FoundFile]) -> None:
        """Import some files."""
        self._import(list(self._new(places)))

    def take_piece(self, piece: Original) -> None:
        """Import what is no file."""
        if len(piece.data) > LIMIT:
            message = say("too-large-piece", size=len(piece.data), most=LIMIT)
            self.problems.append(refusal(self._called(piece), message, say("select-article.hint")))
        else:
            self._import(list(self._unknown(self._called(piece), None)))

    def _import(self, waiting: Sequence[tuple[Original, str]]) -> None:
        """Import originals, each with where its bytes are kept, if they are."""
        reading = guarded(counted=lambda *_: self._count(0))(self._read, [original for original, _ in waiting])
        for (original, kept), found in zip(waiting, reading, strict=True):
            self._count()
            if isinstance(found, Runaway):
                self.problems.append(runaway_problem(original.given, found))
                continue
            self.problems += found.problems
            self.left += found.left
            try:
                self._write(original, kept or found.origin, found.drafts)
            except YoyakError as error:
                self.problems.append(refusal(original, error.words, ""))
            except OSError as error:
                self.problems.append(not_written(original.given, error))

    def _new(self, places: Sequence[FoundFile]) -> Iterator[tuple[Original, str]]:
        """Yield the originals that are no articles yet, with where their bytes are kept, if they are."""
        for place in places:
            original = original_of(place, self.request.origin)
            if isinstance(original, Problem):
                self._count()
                self.problems.append(original)
            else:
                yield from self._unknown(self._called(original), place.path)

    def _called(self, original: Original) -> Original:
        """Return an original as the request calls it, and held back as it says."""
        return structs.replace(
            original, given=self.request.called or original.given, held=self.request.held or original.held
        )

    def _unknown(self, original: Original, place: Path | None) -> Iterator[tuple[Original, str]]:
        """Yield an original that is no article yet, with where its bytes are kept; `place` is that of its file."""
        same = self.library.kept(original)
        kept, by_origin = original.origin or same, self.library.articles
        if articles := by_origin.get(kept) or by_origin.get(same) or self.library.of_old_site(original, place):
            self._count()
            self.known += [AlreadyImported(original=original.given, path=article) for article in articles]
        elif not kept and place and self._is_content(place):
            self._count()
            self.problems.append(refusal(original, say("in-content"), say("in-content.hint")))
        else:
            yield original, kept

    def _count(self, more: int = 1) -> None:
        self.taken += more
        if self.progress:
            self.progress("import", len(self.found.places) + len(self.request.pieces), self.taken)

    def _is_content(self, place: Path) -> bool:
        return (self.library.site / "content").resolve() in place.resolve().parents

    def _read(self, original: Original) -> _OriginalRead:
        """Read one original. It runs where it can be stopped."""
        readings = readings_of(original, self.config)
        drafts: list[Draft] = []
        left: list[Problem] = list(readings.problems)
        made, failed = each(
            readings.found,
            lambda one: (one, *draft_of(self._own(one), self.config, self.themes)),
            lambda one, error: _failed(original, one, error),
        )
        left += failed
        for one, draft, told in made:
            drafts += [draft] if draft else []
            left += [_placed(original, one, problem) for problem in told]
            refused = one.shelf.refused.items()
            left += [original.warning("left-behind.picture", name=name[:120], why=why) for name, why in refused]
        kept = (problem for problem in left if problem.code not in _SAID_ELSEWHERE)
        problems = tuple(dict.fromkeys(kept))
        origin = "" if self.request.keep_originals and readings.kept_on_request else readings.origin
        return _OriginalRead(drafts=tuple(drafts), problems=problems, left=readings.left, origin=origin)

    def _own(self, found: Member) -> Member:
        """Return a reading as the desk's own, if it is that."""
        if self.request.ours:
            return as_own(found, OPTION)
        return as_own(found, "its address is this site's") if is_of_this_site(found, self.config.base_url) else found

    def _write(self, original: Original, kept: str, drafts: Sequence[Draft]) -> None:
        """Keep the original, unless it is kept or known by another name, then write its articles."""
        digest = hashlib.sha256(original.data).hexdigest()
        if digest in self.done:
            self.known += [AlreadyImported(original=original.given, path=path) for path in self.done[digest]]
            return
        shared = shared_addresses(drafts)
        named = [draft for draft in once(drafts) if draft.is_entry or draft.old.entry]
        known = {id(draft) for draft in named if self._is_known(original, draft, shared)}
        new = [draft for draft in once(drafts) if id(draft) not in known]
        if not new:
            return
        name = name_for_every_disk(slugify(original.stem), "feed") if new[0].is_entry else new[0].name
        if not kept:
            folder = self.library.free(f"{FOLDER}{name}", "")
            kept = f"{folder}/{safe_name(original.name)}"
            beside, told = files_beside(original, new)
            self.problems += told
            if not self.request.dry_run:
                self.library.put(folder, {safe_name(original.name): original.data, **beside})
        self.done[digest] = [self._write_article(original, kept, one) for one in counted(new, "write", self.progress)]

    def _is_known(self, original: Original, draft: Draft, shared: AbstractSet[str]) -> bool:
        """Tell whether an entry of a feed was imported before, perhaps from an older copy of the feed."""
        written = next((line.partition(": ")[2] for line in draft.lines if line.startswith("title: ")), "")
        path = self.library.entries.get(draft.old.entry, "") if draft.old.entry else ""
        if not path and page_key(draft.article.source_url) not in shared | self.library.shared:
            path = self._same_address(draft)
        if not path:
            return False
        title = draft.article.title if self.library.titles.get(path, written) != written else ""
        self.known.append(AlreadyImported(original=original.given, path=path, title=title))
        return True

    def _same_address(self, draft: Draft) -> str:
        """Return the article that has the same source_url, or an empty text."""
        address = page_key(draft.article.source_url)
        return self.library.addresses.get(address, "") if address else ""

    def _write_article(self, original: Original, kept: str, draft: Draft) -> str:
        """Write one article and return where it stands."""
        folder = "content/pages" if draft.old.page else f"content/{draft.month}"
        says = any(line.startswith("slug:") for line in draft.lines)
        path = self.library.free(f"{folder}/{draft.name}", ".md", of_article=not (says or draft.old.page))
        text = draft.text(kept, self.config.now.date())
        path = f"{path}/index.md" if draft.pictures else f"{path}.md"
        if not self.request.dry_run:
            if draft.pictures:
                pictures = {name: picture.data for name, picture in draft.pictures.items()}
                self.library.put(path.removesuffix("/index.md"), {"index.md": text.encode(), **pictures})
            else:
                self.library.put_file(path, text.encode())
        same = self._same_address(draft)
        self.library.note(path, text)
        url = self._page(draft, path, says_slug=says)
        if draft.old.address and not draft.old.page:
            self.tally.moved.append(address_of(draft, path, draft.article.slug if says else slug_of_path(path)))
        self.problems += self.tally.take(draft, path, url, text, original.given, kept)
        self.imported.append(
            Imported(
                path=path,
                title=draft.article.title,
                original=original.given,
                kept=kept,
                pictures=len(draft.pictures),
                held=draft.held,
                status=draft.status,
                comments=draft.old.comments,
                url=url,
                text=text if self.request.dry_run else "",
                address=draft.old.address,
                unsure=(*draft.unsure, *missing_in(draft), *([say("look-at.same-address", path=same)] if same else [])),
            )
        )
        return path

    def _page(self, draft: Draft, path: str, *, says_slug: bool) -> str:
        """Return the path of an article's page: its file, whose name it has, is called otherwise than the original."""
        if draft.old.page:
            return page_url(self.config.base_path, slug_of_path(path))
        if says_slug:
            return draft.article.url
        here = address_of(draft, path, slug_of_path(path))
        pattern, base_path = self.config.permalinks, self.config.base_path
        return article_url(pattern, base_path, slug=here.slug, day=here.day, theme=here.theme)


def _placed(original: Original, found: Member, problem: Problem) -> Problem:
    """Return a problem of an article with what messages call its original."""
    if found.stem:
        return structs.replace(problem, path=original.given)
    return of_entry(problem, original.given, found.title, found.within)


def _failed(original: Original, found: Member, error: BaseException) -> Problem:
    """Return the problem of an entry of which no article can be made.

    Raises:
        BaseException: the error itself, of an original that is one article: then it is the original's.
    """
    if found.stem:
        raise error
    return entry_failed(original.given, found.title, error, found.within)
