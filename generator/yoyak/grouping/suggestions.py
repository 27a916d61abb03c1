"""What a desk could do to keep its tags tidy: tags to merge, and tags for articles without any. Nothing is changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import log
from unicodedata import normalize

from yoyak.front_matter.yaml_words import quoted
from yoyak.grouping.publication import newest_first
from yoyak.grouping.tags_in_use import TagInUse, tags_in_use
from yoyak.model.build import Suggestion, TermUse
from yoyak.model.message import Message, Words, advised, listed, say
from yoyak.model.types import Article, Bodies, Record, place_of
from yoyak.settings.config import SiteConfig
from yoyak.text.excerpt import plain_text
from yoyak.text.keywords import Stems, words
from yoyak.text.korean import without_particle
from yoyak.text.names import fold

SAMPLE = 2000
"""The newest articles that prove what the words of a site are: enough for every word that matters."""

_MOSTLY = 0.8
"""How many of the words of two articles of one headline are the same when they are one."""


def suggestions(articles: Sequence[Article], bodies: Bodies, config: SiteConfig) -> tuple[Suggestion, ...]:
    """Return what could be done with the tags of a site: merges first, in the order of titles, then articles by path.

    Before them come articles that are there twice. Lines are not known here.
    """
    tags, twice = tags_in_use(articles, config), tuple(_twice(articles, bodies))
    if not tags:
        return twice
    newest = sorted(articles, key=lambda article: newest_first(place_of(article)))[:SAMPLE]
    texts = Texts([_read(article, bodies) for article in newest], tags)
    merges = [_merge(near) for near in near_tags(tags, texts.stems.takes_particles)]
    untagged = sorted((article for article in articles if not article.tags), key=lambda article: article.path)
    found = ((article, texts.tags_of(_read(article, bodies))) for article in untagged)
    return (*twice, *merges, *(_missing(article, wanted) for article, wanted in found if wanted))


def _twice(articles: Sequence[Article], bodies: Bodies) -> Iterator[Suggestion]:
    """Yield each article that has the headline of an earlier one and mostly its words: it was pasted twice."""
    alike: dict[str, list[Article]] = defaultdict(list)
    for article in sorted(articles, key=lambda article: article.path):
        alike[fold(article.title)].append(article)
    for first, *others in alike.values():
        for other in others:
            one, two = (set(words(plain_text(bodies.get(each.body, "")))) for each in (first, other))
            if len(one & two) > _MOSTLY * max(len(one), len(two)):
                message, hint = advised("suggestion.same-text", path=first.path)
                yield Suggestion(kind="same-text", message=message, hint=hint, path=other.path, uses=())


def _read(article: Article, bodies: Bodies) -> ReadText:
    text = f"{article.subtitle}\n{article.summary}\n{plain_text(bodies.get(article.body, ''))}"
    return ReadText(title=tuple(words(article.title)), text=tuple(words(text)), tags=article.tags)


# --- in words --------------------------------------------------------------------------------------


def _merge(near: NearTags) -> Suggestion:
    kept = near.kept
    uses = tuple(use for tag in (kept, *near.others) for use in _uses(tag))
    newcomer = uses[-1]
    aliases = [spelling.name for tag in near.others for spelling in tag.spellings]
    if not aliases:
        message = say("suggestion.one-tag", title=kept.title, count=len(uses), uses=_named(uses))
        hint = say("suggestion.one-tag.hint", line=f"{_yaml(kept.title)}: {{}}")
    else:
        message = say("suggestion.near-tags", uses=_named(uses))
        hint = _how_to_merge(kept, aliases)
    return Suggestion(kind="merge-tags", message=message, hint=hint, path=newcomer.path, uses=uses)


def _how_to_merge(kept: TagInUse, aliases: Sequence[str]) -> Message:
    names = ", ".join(map(_yaml, aliases))
    if kept.registered:
        return say("suggestion.near-tags.aliases", title=kept.title, names=names)
    return say("suggestion.near-tags.hint", line=f"{_yaml(kept.title)}: {{aliases: [{names}]}}")


def _missing(article: Article, wanted: Sequence[TagInUse]) -> Suggestion:
    uses = tuple(map(_example, wanted))
    names = ", ".join(_yaml(tag.title) for tag in wanted)
    return Suggestion(
        kind="add-tags",
        message=say("suggestion.no-tags"),
        hint=say("suggestion.no-tags.hint", line=f"tags: [{names}]"),
        path=article.path,
        uses=uses,
    )


def _uses(tag: TagInUse) -> Iterator[TermUse]:
    """Yield the spellings of a tag; one that only site.yaml has, as it stands there."""
    if not tag.spellings:
        yield TermUse(name=tag.title, articles=0, path="site.yaml")
    for spelling in tag.spellings:
        yield TermUse(name=spelling.name, articles=spelling.articles, path=spelling.path)


def _example(tag: TagInUse) -> TermUse:
    """Return a tag under its own name, with an article that has it, if possible in this spelling."""
    found = next((use for use in _uses(tag) if use.name == tag.title), next(_uses(tag)))
    return TermUse(name=tag.title, articles=tag.articles, path=found.path)


def _named(uses: Sequence[TermUse]) -> Words:
    """Return ``"반도체" (2 articles) and "반도체는" (1 article)``."""
    return listed([say("suggestion.use", name=use.name, count=use.articles) for use in uses])


_PLAIN = re.compile(r"[^\W\d_](?:[\w .·/+-]*\w)?")


def _yaml(name: str) -> str:
    """Return a name as a key or as an item of a list in brackets."""
    return name if _PLAIN.fullmatch(name) else quoted(name)


# --- Tags that may be one: written with other spaces or signs, with a particle left on, or in the plural ---------

# A false suggestion costs more than a missing one, so each rule is narrow: it takes two tags that differ by what cannot
# change a meaning, and texts that do not speak against it.


class NearTags(Record, kw_only=True):
    """Tags that look like one; `kept` is the one to keep. A single tag with many spellings has no `others`."""

    kept: TagInUse
    others: tuple[TagInUse, ...] = ()


IsNoun = Callable[[str], bool]
"""Tells whether a word takes particles in the texts of the site: it has none on it, then."""


def near_tags(tags: Mapping[str, TagInUse], is_noun: IsNoun) -> tuple[NearTags, ...]:
    """Return the tags that may be one, in the order of their titles.

    Two tags that both stand in site.yaml are two: that is how a desk says so.
    """
    leaning = dict(_pairs(tags, is_noun))
    groups: dict[str, list[TagInUse]] = defaultdict(list)
    for key, tag in tags.items():
        groups[_root(key, leaning)].append(tag)
    found = (_near(group, leaning) for group in groups.values())
    return tuple(sorted((near for near in found if near), key=lambda near: near.kept.title))


def _pairs(tags: Mapping[str, TagInUse], is_noun: IsNoun) -> Iterator[tuple[str, str]]:
    """Yield the key of a tag and that of the one which it may be; no tag leans on two."""
    by_letters: dict[str, str] = {}
    for key, tag in sorted(tags.items(), key=lambda item: _first_to_keep(item[1])):
        letters = _letters(tag.title)
        if by_letters.setdefault(letters, key) != key:
            yield key, by_letters[letters]
    for key, tag in tags.items():
        if by_letters.get(_letters(tag.title)) != key:
            continue
        for stem in (*_bare(tag.title, is_noun), *_singular(tag.title)):
            other = by_letters.get(_letters(stem))
            if other and other != key:
                yield key, other
                break


def _root(key: str, leaning: Mapping[str, str]) -> str:
    """Return the tag at the end: each leaning goes to what is shorter, or of the same letters, so that there is one."""
    while key in leaning:
        key = leaning[key]
    return key


def _near(group: list[TagInUse], leaning: Mapping[str, str]) -> NearTags | None:
    ranked = sorted(group, key=lambda tag: (tag.key in leaning and not tag.registered, *_first_to_keep(tag)))
    kept = ranked[0]
    others = tuple(tag for tag in ranked[1:] if tag.spellings and not tag.registered)
    if not others and (kept.registered or len(kept.spellings) < 2):
        return None
    return NearTags(kept=kept, others=others)


def _first_to_keep(tag: TagInUse) -> tuple[bool, int, int, str]:
    return not tag.registered, -tag.articles, len(tag.title), tag.title


# --- what cannot change a meaning ------------------------------------------------------------------

_DOTS_AND_DASHES = re.compile("[\u318d\u2022\u2219\u2010-\u2015\uff65\u30fb]")
_QUOTES = "\"'“”‘’「」『』《》〈〉"


def _letters(title: str) -> str:
    """Return what is left of a tag without width, case, spaces, dots between words, quotes and a hash before it."""
    text = normalize("NFKC", _DOTS_AND_DASHES.sub("", title))
    return fold(text.strip(_QUOTES + " ").lstrip("#").rstrip(".,;:")) or fold(title)


# --- a particle that was left on --------------------------------------------------------------------

_LEFT_ON = set("은 는 을 를 이 가 의 에 와 에서 에게 에는 에서는 으로".split())
"""Not 과, 도, 만, 로, 나: 화학과, 제주도, 부산항만, 세종로 are other things than 화학, 제주, 부산항, 세종."""
_NO_PARTICLE = re.compile(
    r"(?:[회주논합강정협건심문동항결토]의|마을|가을|노을|기와|고양이|거북이|[린은킴봄]이"
    r"|(?:정치|투자|연구|역사|만화|서예|도예|공예|작사|전세|매매|경매|공시|시세|최고|최저|현대|롯데)가)$"
)
"""Nouns that end like a word with a particle, and whose beginning is a word, too."""


def _bare(title: str, is_noun: IsNoun) -> Iterator[str]:
    """Yield what a tag may be without its particle."""
    if _NO_PARTICLE.search(title) or is_noun(title.rsplit(maxsplit=1)[-1]):
        return
    for stem, particle in without_particle(title):
        if particle in _LEFT_ON and len((stem.split() or [""])[-1]) > 1:
            yield stem


# --- English words --------------------------------------------------------------------------------

_PLURAL = re.compile(r"(?:[A-Za-z][A-Za-z -]*[ -])?(?:[A-Za-z]{4,}|[A-Z]{2,})s")
_NO_PLURAL = re.compile(
    r"(?:[ius]s|ics|news|means|series|species|arms|goods|customs|windows|glasses|times|works|woods|spirits|jeans|waters"
    r"|papers|minutes|sales|forces|lens|texas|paris|mars)$",
    re.IGNORECASE,
)


def _singular(title: str) -> Iterator[str]:
    """Yield what an English tag may be in the singular: ``chips``, ``LLMs``, ``policies``."""
    if not _PLURAL.fullmatch(title) or _NO_PLURAL.search(title):
        return
    if title.endswith("ies"):
        yield title[:-3] + "y"
    yield title[:-1]


# --- Tags for articles that have none: of those that the site uses, the ones that stand out in the text (TF-IDF) ---


MOST = 3
"""Tags for one article."""
_OFTEN = 2
"""How often a tag has to stand in a text whose title has not got it."""
_OUTSTANDING = 16
"""Among so many of the words that stand there as often it has to be, or in the title."""
_IN_TITLE = 3
"""A word of the title counts as so many."""
_ENOUGH, _SHARE = 3, 1 / 4
"""Of so many articles with tags that speak of a tag, this share at least has it, or it is not suggested."""


class ReadText(Record, kw_only=True):
    """The words of an article."""

    title: tuple[str, ...]
    text: tuple[str, ...]
    tags: tuple[str, ...] = ()
    """As the article writes them."""


class Texts:
    """What some articles of a site prove of its words, how common each is in them, and which ones become tags."""

    def __init__(self, sample: Sequence[ReadText], tags: Mapping[str, TagInUse]) -> None:
        self._tags = tags
        self._spelled = dict(_spelled(tags))
        self._longest = _longest(self._spelled)
        of_tags = [words(name) for tag in tags.values() for name in tag.names]
        of_tags += [["".join(parts)] for parts in of_tags]
        of_texts = ((*read.title, *read.text) for read in sample)
        self.stems = Stems(word for part in (*of_tags, *of_texts) for word in part)
        self._size = len(sample)
        self._common: Counter[str] = Counter()
        self._spoken_of: Counter[str] = Counter()
        self._chosen: Counter[str] = Counter()
        self._learn(sample)

    def _learn(self, sample: Sequence[ReadText]) -> None:
        """Count in how many articles each word stands, and of those with tags which word of theirs became one."""
        keys = {fold(name): key for key, tag in self._tags.items() for name in tag.names}
        for read in sample:
            counts = self._counted(read)
            self._common.update(counts.keys())
            if read.tags:
                spoken_of = {word for word in counts.keys() & self._tags.keys() if counts[word] >= _OFTEN}
                self._spoken_of.update(spoken_of)
                self._chosen.update(spoken_of & {keys.get(fold(name), "") for name in read.tags})

    def tags_of(self, read: ReadText) -> tuple[TagInUse, ...]:
        """Return the tags that an article could have, the most outstanding first."""
        counts = self._counted(read)
        repeated = [word for word in counts if counts[word] >= _OFTEN]
        ranked = sorted(repeated, key=lambda word: (-counts[word] * self._rarity(word), word))
        titled = set(self._terms(read.title))
        found = [
            word
            for place, word in enumerate(ranked)
            if word in self._tags and self._becomes_a_tag(word) and (place < _OUTSTANDING or word in titled)
        ]
        return tuple(self._tags[word] for word in found[:MOST])

    def _becomes_a_tag(self, word: str) -> bool:
        """Tell whether the desk gives this tag to articles that speak of it: a word such as 사람 is in many."""
        times = self._spoken_of[word]
        return times < _ENOUGH or self._chosen[word] >= times * _SHARE

    def _rarity(self, word: str) -> float:
        return log((1 + self._size) / (0.5 + self._common[word]))

    def _counted(self, read: ReadText) -> Counter[str]:
        counts = Counter(self._terms(read.text))
        for term in self._terms(read.title):
            counts[term] += _IN_TITLE
        return counts

    def _terms(self, text: Sequence[str]) -> Iterator[str]:
        """Yield the stems of a text; where a tag stands, its key instead of the stems that it is made of."""
        place = 0
        while place < len(text):
            length, key = self._tag_at(text, place)
            yield key or self.stems.of(text[place])
            place += length

    def _tag_at(self, text: Sequence[str], place: int) -> tuple[int, str]:
        """Return the longest tag that stands at a place, as the number of its words and its key; none is ``(1, "")``.

        Only the last word may have a particle on it.
        """
        for length in range(self._longest.get(text[place].casefold(), 1), 0, -1):
            if place + length <= len(text):
                *before, last = text[place : place + length]
                parts = (*(word.casefold() for word in before), self.stems.of(last))
                if key := self._spelled.get(parts):
                    return length, key
        return 1, ""


def _spelled(tags: Mapping[str, TagInUse]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words of each spelling of each tag, with the tag's key."""
    for key, tag in tags.items():
        for name in tag.names:
            if parts := tuple(word.casefold() for word in words(name)):
                yield parts, key


def _longest(spelled: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Return how many words the longest tag has that begins with a word."""
    found: dict[str, int] = {}
    for parts in spelled:
        found[parts[0]] = max(len(parts), found.get(parts[0], 1))
    return found
