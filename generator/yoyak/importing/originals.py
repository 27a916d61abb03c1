"""What an import is given: single files and the pictures that their text may show."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from yoyak.model.message import Problem, Words, say, warning
from yoyak.model.sources import Asset
from yoyak.model.types import Record
from yoyak.pipeline.load import ARTICLE_ENDINGS
from yoyak.text.file_kinds import ENDINGS, kind_of_head
from yoyak.text.svg import unsafe_part

FOLDER = "content/_sources/"
"""Where an original is read as if it lay there, and where it is kept."""
PICTURE_LIMIT = 30_000_000
SMALLEST = 80
"""Pixels: what is narrower or lower is an icon, a spacer or a counter."""


class Old(Record, kw_only=True):
    """What an article was where it comes from."""

    address: str = ""
    """The path of its page there, which leads here from now on: ``/2023/ferry/``."""
    held: tuple[Words, ...] = ()
    """Why readers are not to see it yet, in sentences; empty when they saw it there."""
    unlisted: bool = False
    """Its page was public there, and stood in no list."""
    page: bool = False
    """It is a page of its own, such as "about", and no article."""
    name: str = ""
    """What it was called there; else its file says so."""
    became: tuple[tuple[str, str], ...] = ()
    """Its keys that have another name here: ``("categories", "tags")``."""
    comments: tuple[str, ...] = ()
    """What it says and yoyak has no key for, a line each."""
    entry: str = ""
    """By what name its feed, its mailbox or its program knows it."""
    anchors: Mapping[str, str] = {}
    """Ids of its headings there, with the words of each."""


class SkippedItem(Record, kw_only=True):
    """Something of an original that becomes no article."""

    what: str
    """Its name or its title."""
    why: Words
    """A few words by which it is counted: ``menu entry``."""


class OldText(Record, kw_only=True):
    """A text in yoyak's form: Markdown, with front matter in yoyak's keys."""

    text: str
    old: Old = Old()


NOTION = re.compile(r"(?<=\S)[ -][0-9a-f]{32}$")
"""What the name of each file of Notion ends with, without its ending."""


class Original(Record, kw_only=True):
    """A file to import."""

    given: str
    """As messages call it: the way that the user named it."""
    name: str
    """The file's own name, NFC; of a file of an old site, its path from the site's folder."""
    data: bytes
    changed: datetime | None = None
    """When it was last changed; a date without a year is understood from there."""
    find: Callable[[str], bytes | None]
    """Gives a picture by its path from the file's folder, or nothing."""
    translate: Callable[[str], OldText] | None = None
    """Gives its text in yoyak's form; None for a file that belongs to no old site."""
    names: tuple[str, ...] = ()
    """Of an export that is a folder: the files in it, by their paths; `find` gives them."""
    wanted: str = ""
    """The program that it comes from, as the user says."""
    held: Words = ""
    """Why its name holds it back, as a sentence: it lies in _drafts/."""
    index_of: str = ""
    """Of an ``index.md`` in a folder that was named: the folder of its own in which it lies."""
    address: str = ""
    """From where the browser says that it is, which no page can change."""
    origin: str = ""
    """Of a file of an old site: by what name it is known again: ``Hugo old.example.org: posts/ferry.md``."""

    def warning(self, key: str, /, *, hint: Words | None = None, **values: Any) -> Problem:
        """Return the warning about it that a key names (`yoyak.model.message.warning`)."""
        return warning(key, self.given, hint=hint, **values)

    @property
    def path(self) -> str:
        """Return where readers believe it to be; the name of an ``index.md`` is its folder's, which may have a day."""
        return FOLDER + (self.index_of + PurePosixPath(self.name).suffix if self.index_of else self.name)

    @property
    def stem(self) -> str:
        return NOTION.sub("", self.index_of or PurePosixPath(self.name).stem) or self.name


class EmbeddedPicture(Record, kw_only=True):
    """A picture that a page shows, with its bytes."""

    name: str
    """What it is called beside its page: ``rain-meter_files/water-level.svg``."""
    data: bytes
    ending: str
    """By what is in it, not by its name."""
    digest: str


class Shelf(Mapping[str, Asset]):
    """The pictures beside one original, by the path that a reader asks for; looked for when they are asked for.

    Each gets an address that no site has, so that its place in the finished body is known.
    """

    def __init__(self, find: Callable[[str], bytes | None]) -> None:
        self._find = find
        self._asked: dict[str, Asset | None] = {}
        self.pictures: dict[str, EmbeddedPicture] = {}
        """By the output path that readers were told."""
        self.refused: dict[str, Words] = {}
        """Why a picture is left out, by its name."""

    def __getitem__(self, path: str) -> Asset:
        if path not in self._asked:
            self._asked[path] = self._fetched(_name_of(path))
        found = self._asked[path]
        if found is None:
            raise KeyError(path)
        return found

    def __iter__(self) -> Iterator[str]:
        return (path for path, asset in self._asked.items() if asset)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _fetched(self, name: str) -> Asset | None:
        data = self._find(name) if PurePosixPath(name).suffix.lower() not in ARTICLE_ENDINGS else None
        if data is None:
            return None
        ending, trouble = kind_of_picture(data)
        if trouble:
            self.refused[name] = trouble
            return None
        digest = hashlib.sha256(data).hexdigest()
        output = f"assets/imported-{digest}{ending}"
        self.pictures.setdefault(output, EmbeddedPicture(name=name, data=data, ending=ending, digest=digest))
        path = f"content{name}" if name.startswith("/") else FOLDER + name
        return Asset(path=path, location="", digest=digest, output=output)


def _name_of(path: str) -> str:
    """Return what a picture is called from the original's folder; one named from the root begins with ``/``."""
    return path.removeprefix(FOLDER) if path.startswith(FOLDER) else path.removeprefix("content")


def kind_of_picture(data: bytes) -> tuple[str, Words]:
    """Return the ending that a picture's bytes deserve, or an empty text and why it cannot be published."""
    if len(data) > PICTURE_LIMIT:
        return "", say("picture.too-large", size=len(data), most=PICTURE_LIMIT)
    kind = kind_of_head(data, "")
    if kind == "svg" and (unsafe := unsafe_part(data)):
        return "", say("picture.unsafe", found=unsafe)
    return (ENDINGS[kind][0], "") if kind in ENDINGS else ("", say("picture.unknown"))


def is_tiny(data: bytes) -> bool:
    """Tell whether a picture is an icon, a spacer or a counter."""
    import imagesize

    try:
        width, height = imagesize.get(BytesIO(data))
    except (ValueError, OSError, ArithmeticError, LookupError):
        return False
    return bool(0 < width < SMALLEST or 0 < height < SMALLEST)
