"""Names of files as people see them: two that differ only by what leaves no trace on a screen are one.

And names as every disk takes them (Windows, zip files, disks that decompose letters), and slugs of titles and names.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import count
from unicodedata import category, normalize

from yoyak.model.message import Words, say
from yoyak.text.characters import without_invisible

_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_PLAIN = re.compile(r"[a-z0-9/._-]*")


_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\ud800-\udfff]')
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\.|$)", re.IGNORECASE
)
NAME_BYTES = 240
"""Bytes of a name in NFD: disks take 255, and a number may follow."""


def unfit_for_windows(name: str) -> Words:
    """Return why no file or folder of Windows has a name, as the end of a sentence; an empty text when one may."""
    if found := _UNFIT.search(name):
        return say("windows.character", character=found[0]) if found[0].isprintable() else say("windows.control")
    if _DEVICE.match(name):
        return say("windows.device", name=name[:40])
    return say("windows.end") if name.rstrip(". ") != name else ""


def name_for_every_disk(name: str, instead: str, limit: int = NAME_BYTES) -> str:
    """Return a name that every disk takes, as near to `name` as can be; `instead` when nothing of it is left.

    >>> name_for_every_disk("CON.eml", "original")
    'CON-.eml'
    """
    pure = posixpath.splitext(_UNFIT.sub("-", name).strip(". "))
    ending = _cut(pure[1], 20).rstrip(". ")
    stem = _cut(pure[0], limit - len(normalize("NFD", ending).encode())).rstrip(". ") or instead
    if device := _DEVICE.match(stem + ending):
        at = len(device[0].rstrip(". "))
        return f"{stem[:at]}-{stem[at:]}{ending}"
    return stem + ending


def _cut(text: str, limit: int) -> str:
    """Return the longest beginning of a text that has at most `limit` bytes in NFD."""
    size = 0
    for at, character in enumerate(text):
        size += len(normalize("NFD", character).encode("utf-8", "replace"))
        if size > limit:
            return text[:at]
    return text


def as_seen(path: str) -> str:
    """Return the key under which two paths look the same: by normal form, kinds of space and invisible characters.

    >>> as_seen("3.05.12\\u202fPM.png")
    '3.05.12 PM.png'
    """
    return path if _PLAIN.fullmatch(path) else _SPACES.sub(" ", normalize("NFC", without_invisible(path))).strip()


def as_meant(path: str) -> str:
    """Return the key under which two paths are the same for who writes them: also by case, and ``\\`` for ``/``.

    >>> as_meant("content/.\\\\Ferry.PNG")
    'content/ferry.png'
    """
    if _PLAIN.fullmatch(path):
        return path
    return posixpath.normpath(normalize("NFC", as_seen(path).casefold()).replace("\\", "/"))


class NamesOf(Mapping[str, str]):
    """The files below content/, to be found by less than their exact paths. Each value is some paths, one a line.

    Keys are ``content/2024/ferry.png``, a path `as_meant`; ``content/2024/``, all files of a folder; and
    ``*/ferry.png``, those of one name in any folder. `paths` are asked for when a first key is.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = paths

    @cached_property
    def _index(self) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for path in self._paths:
            meant = as_meant(path)
            folder, _, name = meant.rpartition("/")
            for key in (meant, f"{folder}/", f"*/{name}"):
                found.setdefault(key, []).append(path)
        return {key: "\n".join(paths) for key, paths in found.items()}

    def __getitem__(self, key: str) -> str:
        return self._index[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)


def fitting(path: str, same: str) -> tuple[str, ...]:
    """Return which of some paths, one a line, are meant by `path`: one, or all that cannot be told apart."""
    paths = tuple(same.split("\n")) if same else ()
    seen = as_seen(path)
    exactly = tuple(one for one in paths if as_seen(one) == seen)
    return exactly or paths


class AddressesOf(Mapping[str, str]):
    """Addresses of articles by the paths of their files, or by a path that can only mean one of these."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self._addresses, self._names = addresses, NamesOf(addresses)

    def __getitem__(self, path: str) -> str:
        if path in self._addresses:
            return self._addresses[path]
        paths = fitting(path, self._names.get(as_meant(path), ""))
        if len(paths) != 1:
            raise KeyError(path)
        return self._addresses[paths[0]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._addresses)

    def __len__(self) -> int:
        return len(self._addresses)


class AllBut(Mapping[str, str]):
    """Every address that is none of some: of a site, those that no page has. They can be asked for, not counted."""

    def __init__(self, addresses: frozenset[str]) -> None:
        self._addresses = addresses

    def __getitem__(self, address: str) -> str:
        if address in self._addresses:
            raise KeyError(address)
        return "gone"

    def __iter__(self) -> Iterator[str]:
        raise TypeError("there is no end of them")

    def __len__(self) -> int:
        raise TypeError("there is no end of them")


# --- names of what systems, office programs and editors leave beside what people write ---------------------------


_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", ".ds_store", "icon\r"})
_BEGINNINGS = ("~$", "._", ".~lock.")
"""Word's lock of an open document, macOS's second half of a file on a foreign disk, LibreOffice's lock."""
_ENDINGS = ("~", ".tmp", ".swp", ".swo", ".swx", ".review.yaml", ".review.json")
"""The last two are notes in the Markdown Review Sidecar Format, which editors' plug-ins keep next to an article."""
_FOLDERS = frozenset({"@eadir", "$recycle.bin", "system volume information", "__macosx"})


def is_leftover(name: str) -> bool:
    """Tell whether a file of this name is a program's own and no work of a person.

    >>> [is_leftover(name) for name in ("Thumbs.db", "~$회의록.docx", "글.md~", "회의록.docx")]
    [True, True, True, False]
    """
    lower = name.lower()
    autosaved = len(name) > 1 and name[0] == name[-1] == "#"  # Emacs
    return lower in _NAMES or lower.startswith(_BEGINNINGS) or lower.endswith(_ENDINGS) or autosaved


def is_systems_folder(name: str) -> bool:
    """Tell whether a folder of this name is the system's: of thumbnails or of deleted files."""
    return name.lower() in _FOLDERS


# --- slugs: the last part of an address, made of a title or a file name; Unicode is kept -------------------------


SLUG_BYTES = 120

_LEADING_DATE = re.compile(r"^\d{4}[-._]?\d{2}[-._]?\d{2}(?=[-._ ]|$)[-._ ]*")
_PLAIN_SLUG = re.compile(r"[0-9A-Za-z가-힣]+(?:[ -][0-9A-Za-z가-힣]+)*")
_MARKS = ("Mn", "Mc")
_ENCLOSING = "Me"
"""A circle or a keycap around a sign, as in 1\ufe0f\u20e3: the sign stays, what is around it does not."""
_RESERVED = re.compile(r"^(con|prn|aux|nul|(?:com|lpt)[\d\u00b9\u00b2\u00b3])$")

_DEFAULT = re.compile(
    r"(?:새 ?(?:텍스트 ?)?(?:문서|파일)|제목 ?없음|무제|이름 ?없음|new text (?:document|file)"
    r"|new (?:document|file|note)|untitled(?: document| note)?|無題|新規(?: ?テキスト)?(?: ?ドキュメント)?"
    r"|新建 ?文本文档|未命名)"
    r"[-_ ]*(?:\(?\d{1,3}\)?|copy|복사본)?",
    re.IGNORECASE,
)


def slugify(text: str, limit: int = SLUG_BYTES) -> str:
    """Return `text` as a slug: NFC, lower case, ``-`` between words, at most `limit` bytes of UTF-8.

    Letters, their marks and digits of every script stay; invisible characters go; the rest separates words. The
    result may be empty (for ``!?``). Names that a Windows disk refuses get a ``-`` behind them.
    """
    if len(text) * 3 <= limit and _PLAIN_SLUG.fullmatch(text):
        slug = text.lower().replace(" ", "-")
    else:
        slug = _slug_of_any(text, limit)
    return f"{slug}-" if _RESERVED.match(slug) else slug


def _slug_of_any(text: str, limit: int) -> str:
    visible = normalize("NFC", normalize("NFC", without_invisible(text)).lower())
    return cut_bytes(re.sub("-{2,}", "-", "".join(_letters(visible))).strip("-"), limit).strip("-")


def _letters(text: str) -> Iterator[str]:
    """Yield what may stand in an address; for anything else a hyphen. A mark goes with the sign that it belonged to."""
    after_letter = False
    for character in text:
        kind = category(character)
        if kind == _ENCLOSING or (kind in _MARKS and not after_letter):
            continue
        after_letter = kind[0] in "LMN"
        yield character if after_letter else "-"


def free_name(wanted: str, taken: set[str], ending: str = "") -> str:
    """Return a name that is not `taken`, with a number where the one that is wanted is; it is taken then."""
    names = (f"{wanted}{ending}" if number == 1 else f"{wanted}-{number}{ending}" for number in count(1))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return name


def cut_bytes(text: str, limit: int) -> str:
    """Return the longest beginning of `text` that takes at most `limit` bytes, cut between characters.

    A mark that belongs to the letter before it (a combining accent) is never left behind without it.
    """
    if len(text.encode()) <= limit:
        return text
    cut = len(text.encode()[:limit].decode("utf-8", "ignore"))
    while cut and category(text[cut])[0] == "M":
        cut -= 1
    return text[:cut]


def slug_of_path(path: str) -> str:
    """Return the slug that a file's name gives; ``index`` gives the folder's name, a leading date is dropped."""
    name = name_of_path(path)
    return slugify(_LEADING_DATE.sub("", name) or name)


def is_default_name(path: str) -> bool:
    """Tell whether a file has the name that a program gives a new one: ``새 텍스트 문서 (2).txt``, ``Untitled.md``."""
    return _DEFAULT.fullmatch(normalize("NFC", name_of_path(path))) is not None


def name_of_path(path: str) -> str:
    """Return the name that a file has for people: without its ending, and its folder's for an ``index`` file."""
    folder, _, file = path.rpartition("/")
    stem = file.rpartition(".")[0] or file
    return folder.rpartition("/")[2] if stem == "index" else stem


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return the key under which two spellings of a term are one.

    Normal form, case, spaces, ``-``, ``_``, middle dots and invisible characters do not count. A name of nothing but
    spaces and signs is its own key; one of nothing visible has none.

    >>> fold("소버린 AI") == fold("소버린ai")
    True
    """
    key = path_key(without_invisible(text))
    return normalize("NFC", re.sub(r"[\s\-_·・‧]+", "", key)) or key.strip()


def path_key(path: str) -> str:
    """Return the key under which two output paths are one file on some disk: NFC and case-folded."""
    return normalize("NFC", normalize("NFC", path).casefold())
