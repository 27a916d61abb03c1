"""What an import is asked for, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from yoyak.importing.originals import Original, SkippedItem
from yoyak.model.message import Problem, Words, errors
from yoyak.model.types import Record

NO_ENDING = "without an ending"
"""How files are counted that have none."""


class ImportRequest(Record, kw_only=True):
    folder: Path
    """The site folder."""
    named: tuple[str, ...]
    """Files and folders, as the user names them."""
    pieces: tuple[Original, ...] = ()
    """What is no file, such as a clip."""
    themes: tuple[str, ...] = ()
    origin: str = ""
    """The program that the folders or files come from, as `--from` calls it; empty when the import is to see."""
    dry_run: bool = False
    keep_originals: bool = False
    """Keep mails too, with what they say of their reader."""
    ours: bool = False
    """Everything is the desk's own."""
    called: str = ""
    """What messages call the one piece, which is no file of the user's. There is no written report."""
    held: Words = ""
    """Why readers do not see what is imported yet, as a sentence."""


class Imported(Record, kw_only=True):
    """One article that was written."""

    path: str
    title: str
    original: str
    """As the user named it."""
    kept: str
    """Where it is kept in the site, or by what name the original is known that is not."""
    pictures: int
    unsure: tuple[Words, ...]
    """Keys to look at, and what is missing: ``no date``."""
    held: tuple[Words, ...]
    """Why readers do not see it yet."""
    address: str
    """Where its page was, which leads to it from now on."""
    status: str = "approved"
    comments: tuple[str, ...] = ()
    """What it says and yoyak has no key for."""
    url: str = ""
    """The path of its page in this site."""
    text: str = ""
    """The article as it would be written, in a dry run."""


class AlreadyImported(Record, kw_only=True):
    """An original that is an article of the site already."""

    original: str
    path: str
    title: str = ""
    """What an entry of a feed is called now, when the article has another title."""


class Became(Record, kw_only=True):
    """A key of another program, what it is here, and in how many articles."""

    key: str
    becomes: str
    articles: int


class OldList(Record, kw_only=True):
    """A kind of list page that an old site had: ``/category/NAME/``."""

    address: str
    like: str
    """The like page of this site; empty when there is none."""
    program: str

    @property
    def stays(self) -> bool:
        """Tell whether it has the same address here."""
        return self.address == self.like


class OldPattern(Record, kw_only=True):
    """A pattern that most old addresses follow."""

    pattern: str
    follow: int
    others: tuple[tuple[str, str], ...]
    """The old address and the file of each article that does not."""


class ImportReport(Record, kw_only=True):
    imported: tuple[Imported, ...]
    known: tuple[AlreadyImported, ...]
    skipped: Mapping[str, int]
    """Files of folders that are of no kind to import, by their ending."""
    left: tuple[SkippedItem, ...]
    """What is no article: menus, comments, revisions."""
    problems: tuple[Problem, ...]
    became: tuple[Became, ...] = ()
    """Keys of other programs that have another name here."""
    lists: tuple[OldList, ...] = ()
    """List pages of old sites, and what becomes of their addresses."""
    permalinks: OldPattern | None = None
    """The pattern that the old addresses follow, and which do not."""
    whose: tuple[Words, ...] = ()
    """Of each host of feeds, whether its entries were taken as the desk's own, and why or why not."""
    dry_run: bool
    has_page: bool = False
    """It was written to import-report.html, too."""

    @property
    def complete(self) -> bool:
        """Tell whether everything that was named is an article now."""
        return not errors(self.problems)
