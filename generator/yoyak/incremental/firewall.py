"""The firewall: nothing that is not published stands in a file of the output, whatever has put it there.

It looks at finished bytes and shares no code with what decides and makes them, but the list of what is held back; and
what a file says of itself (`must_wait`) counts beside that list. A build looks at the files that it is about to write;
`yoyak.build.firewall` at the whole output.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from yoyak.check.withheld import Leak, Phrase, Search, secret, weight_of
from yoyak.engine.parse_all import ParsedFiles
from yoyak.engine.run import Job
from yoyak.files.site_files import read_of_output
from yoyak.incremental.site_plan import Plans
from yoyak.incremental.stale_pages import StalePages
from yoyak.incremental.withheld_texts import (
    HOUSE,
    MAPS,
    TEMPLATES,
    WithheldTexts,
    must_wait,
    notes_of_review,
    pictures,
    public_terms,
)
from yoyak.model.message import Problem, problem_of, say, warning
from yoyak.model.sources import Asset
from yoyak.model.types import Record, Site
from yoyak.pipeline.write import Staged
from yoyak.settings.config import SiteConfig
from yoyak.store.remembered import decode, encode
from yoyak.store.store import Store
from yoyak.text.names import name_of_path

_ROW, _KNOWN = "withheld", "withheld-known"
_MOST_KNOWN = 2_000
MOST_FILES = 400
"""Files that a build looks at: each takes 0.5 ms. A deploy and `yoyak check` look at all."""
COMMON = 16
"""The weight below which words are no secret that a site's own templates have, too: a menu's "About us"."""
_MOST = 20
"""Leaks of a build that are reported."""


class Withheld(Record, kw_only=True):
    """What is not published of a site, by file."""

    phrases: tuple[Phrase, ...]
    waiting: frozenset[str]
    """The files that are not published at all."""
    readings: tuple[str, ...]
    """Every article's file that could be read."""
    notes: tuple[str, ...]


class Firewall:
    """The check of one build."""

    def __init__(self, job: Job, config: SiteConfig) -> None:
        self._job, self._store = job, job.store
        self._texts = WithheldTexts(config, job.store)

    def of_build(
        self, plans: Plans, stale: StalePages, staged: Mapping[str, Staged], places: Mapping[str, str]
    ) -> tuple[Problem, ...]:
        """Return what a full build would give away."""
        found = withheld(plans.parts, plans.site, plans.config, plans.plan.assets, self._store)
        with self._store.writing():
            self._store.database.put("meta", [(_ROW, encode(found))])
        made = {page.origin for page in stale.pages} if len(places) <= MOST_FILES else set()
        cut = self._cut(made & {*found.readings} - found.waiting)
        return self._leaks(found, [*found.phrases, *cut], staged, _some_of(places))

    def of_edit(
        self, edits: Sequence[str], staged: Mapping[str, Staged], places: Mapping[str, str]
    ) -> tuple[Problem, ...]:
        """Return what a partial build would give away: what waits is what waited."""
        row = self._store.database.get("meta", _ROW)
        found = decode(row, Withheld) if row else Withheld(phrases=(), waiting=frozenset(), readings=(), notes=())
        return self._leaks(found, [*found.phrases, *self._cut(edits)], staged, places, self._job.request.target)

    def _cut(self, paths: Iterable[str]) -> Iterator[Phrase]:
        for path in sorted(paths):
            yield from self._texts.cut(path)

    def _leaks(
        self,
        found: Withheld,
        phrases: Sequence[Phrase],
        staged: Mapping[str, Staged],
        places: Mapping[str, str],
        before: Path | None = None,
    ) -> tuple[Problem, ...]:
        """Return the leaks in some files. What stood in the output `before` was looked at with the same phrases."""
        search = Search(phrases)
        if not search or not places:
            return ()

        def look(path: str) -> list[Leak]:
            old = _old_bytes(before, path) if before and staged[path].change == "changed" else b""
            return search.found(path, Path(places[path]).read_bytes(), staged[path].digest, old)

        leaks = [leak for each in self._job.pages_map(look, sorted(places)) for leak in each]
        return problems_of(unknown(leaks, found, self._texts, self._store))


def _old_bytes(output: Path, path: str) -> bytes:
    try:
        return read_of_output(output, path)
    except OSError:
        return b""


def _some_of(places: Mapping[str, str]) -> dict[str, str]:
    """Return the files that a build looks at: all, or of very many every second or third, of each kind."""
    paths = sorted(places)
    return {path: places[path] for path in paths[:: len(paths) // MOST_FILES + 1]}


def withheld(parts: ParsedFiles, site: Site, config: SiteConfig, assets: Iterable[Asset], store: Store) -> Withheld:
    """Return what is not published of a site. `assets` are all that some page may show, and more."""
    waiting, texts = _waiting(parts, site, config), WithheldTexts(config, store)
    notes = tuple(sorted({one.path for one in parts.notes} - waiting))
    phrases = [
        phrase
        for path in sorted(waiting)
        for phrase in texts.phrases(path, is_read=path in parts.readings and bool(parts.readings[path].place))
    ]
    terms = public_terms(place for place in parts.places if place.path not in waiting)
    phrases = [one for one in phrases if one.what != "tag" or one.words not in terms]
    phrases += notes_of_review(parts.reviews)
    if any(place.assets for place in parts.places if place.path in waiting):
        raw = map(texts.raw, ("site.yaml", *notes))
        phrases += pictures(parts.places, waiting, _by_output(store, assets), raw)
    readings = tuple(path for path, one in parts.readings.items() if one.place)
    return Withheld(phrases=tuple(phrases), waiting=waiting, readings=readings, notes=notes)


def _by_output(store: Store, assets: Iterable[Asset]) -> dict[str, Asset]:
    rows = (row.asset for row in store.assets().values() if row.asset)
    return {asset.output: asset for asset in (*rows, *assets)}


def _waiting(parts: ParsedFiles, site: Site, config: SiteConfig) -> frozenset[str]:
    """Return the files that are not published: those listed so, those without a page, and those that say so."""
    shown = {place.path for place in site.with_pages}
    by_facts = {place.path for place in parts.places if must_wait(place, config.now)}
    listed = {held.path for held in site.held}
    return frozenset((parts.readings.keys() - shown) | by_facts | listed | (set(parts.left_out) - shown))


def unknown(leaks: Sequence[Leak], found: Withheld, texts: WithheldTexts, store: Store) -> list[Leak]:
    """Return the leaks whose words are in nothing that is published. In what the others are is remembered."""
    if not leaks:
        return []
    row = store.database.get("meta", _KNOWN)
    known: dict[str, str] = decode(row, dict[str, str]) if row else {}
    near = {part for leak in leaks for part in leak.output.split("/")}
    articles = [path for path in found.readings if path not in found.waiting]
    articles.sort(key=lambda path: name_of_path(path) not in near)  # first the page's own
    may_be_public = {*found.notes, *articles, HOUSE, *MAPS}
    first = dict.fromkeys(known[leak.phrase.words] for leak in leaks if leak.phrase.words in known)
    rest, _ = secret(leaks, ((path, texts.words(path)) for path in first if path in may_be_public))
    rest, new = secret(rest, texts.public(found.notes, articles))
    _, common = secret([leak for leak in rest if _is_common(leak)], [(TEMPLATES, texts.words(TEMPLATES))])
    rest = [leak for leak in rest if leak.phrase.words not in common]
    if new:
        kept = dict([*known.items(), *new.items()][-_MOST_KNOWN:])
        with store.writing():
            store.database.put("meta", [(_KNOWN, encode(kept))])
    return rest


def _is_common(leak: Leak) -> bool:
    return weight_of(leak.phrase.words.split(" ")) < COMMON


def problems_of(leaks: Sequence[Leak]) -> tuple[Problem, ...]:
    """Return the leaks as errors, by file of the content and of the output; as warnings what was not searched."""
    first: dict[tuple[str, str], Leak] = {}
    for leak in leaks:
        first.setdefault((leak.phrase.path, leak.output), leak)
    return tuple(_problem(leak) for leak in [*first.values()][:_MOST])


def _problem(leak: Leak) -> Problem:
    phrase = leak.phrase
    if phrase.what == "unread":
        return warning("unsearched", leak.output, why=say(f"unsearched.{phrase.words.rpartition('.')[2]}"))
    words = leak.output if phrase.what == "picture" else phrase.words
    what, hint = say(f"leak.{phrase.what}"), say("leak.hint", words=words)
    return problem_of("leak", phrase.path, hint=hint, output=leak.output, what=what, words=words)


def digest_of(phrases: Collection[Phrase]) -> str:
    """Return what tells one set of phrases from another."""
    return hashlib.sha256(encode(sorted(phrases, key=lambda one: (one.path, one.what, one.words)))).hexdigest()[:16]
