"""The tags of a site as its articles write them: every spelling with its uses, known by what site.yaml calls it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yoyak.model.types import Article, Record
from yoyak.settings.config import SiteConfig, spellings
from yoyak.text.names import fold

LONGEST = 100
"""Characters of a tag; a longer one is a sentence that got there by mistake."""


class Spelling(Record, kw_only=True):
    """One way to write a tag."""

    name: str
    articles: int
    path: str
    """The first article that has it."""


class TagInUse(Record, kw_only=True):
    """A tag with its spellings, the most frequent first."""

    key: str
    title: str
    """What its page is called."""
    registered: bool
    """It stands in site.yaml: a person has settled its name."""
    spellings: tuple[Spelling, ...]
    names: tuple[str, ...]
    """All that it is called, the aliases of site.yaml too."""

    @property
    def articles(self) -> int:
        """How many articles have it."""
        return sum(spelling.articles for spelling in self.spellings)


def tags_in_use(articles: Iterable[Article], config: SiteConfig) -> Mapping[str, TagInUse]:
    """Return every tag that an article has or that site.yaml lists, by its key, as the build folds them into terms."""
    owners = {fold(name): title for title, keys in config.tags.items() for name in spellings(title, keys)}
    written: dict[str, dict[str, list[str]]] = {fold(title): {} for title in config.tags}
    for article in sorted(articles, key=lambda article: article.path):
        for name in dict.fromkeys(article.tags):
            if (key := fold(name)) and len(name) <= LONGEST:
                owner = fold(owners[key]) if key in owners else key
                written.setdefault(owner, {}).setdefault(name, []).append(article.path)
    listed = {fold(title): (title, *keys.aliases) for title, keys in config.tags.items()}
    return {key: _tag(key, listed.get(key, ()), uses) for key, uses in sorted(written.items())}


def _tag(key: str, listed: tuple[str, ...], uses: Mapping[str, list[str]]) -> TagInUse:
    found = [Spelling(name=name, articles=len(paths), path=paths[0]) for name, paths in uses.items()]
    found.sort(key=lambda spelling: (-spelling.articles, spelling.name))
    names = tuple(dict.fromkeys((*listed, *(spelling.name for spelling in found))))
    return TagInUse(key=key, title=names[0], registered=bool(listed), spellings=tuple(found), names=names)
