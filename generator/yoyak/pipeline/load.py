"""load: content/ becomes `Content`, templates and the house's assets `Looks`. Disk is read here and nowhere later.

Links are followed only inside the site; devices, pipes and huge files are refused with a problem, not read.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unicodedata import normalize

from yoyak.containers import Metadata
from yoyak.files.site_files import (
    Refused,
    bad_name,
    entries_below,
    link_out,
    linked_folder,
    not_a_file,
    odd_name,
    read_and_stamp,
    read_below,
    too_large,
    unique,
    unreadable,
)
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Problem, problem_of, say, warning
from yoyak.model.sources import Asset, Content, Listed, Listing, Looks, SourceFile
from yoyak.paths import PUBLIC
from yoyak.text.file_kinds import ASSET_ENDINGS, ASSET_LIMIT, NOT_SHOWN_ENDINGS, ending_of
from yoyak.text.names import is_leftover, is_systems_folder

ARTICLE_ENDINGS = frozenset({".md", ".markdown", ".html", ".htm", ".txt"})
ARTICLE_LIMIT = 5_000_000
_FOLDERS = ("editions", "themes", "pages")


def list_content(folder: Path) -> Listing:
    """Return everything below content/ of a site folder, sorted by path and unread."""
    problems: list[Problem] = []
    others: list[str] = []
    public: list[str] = []
    found: dict[str, list[Listed]] = {name: [] for name in ("articles", "assets", *_FOLDERS)}
    for path, location in unique(sorted(_files(folder, problems, others, public)), problems):
        is_article = ending_of(path) in ARTICLE_ENDINGS
        found[_kind(path) if is_article else "assets"].append(Listed(path=path, location=location))
    kinds = {name: tuple(files) for name, files in found.items()}
    return Listing(**kinds, others=tuple(sorted(others)), has_public=bool(public), problems=tuple(problems))


def load(folder: Path) -> Content:
    """Return everything below content/ of a site folder, read and sorted by path."""
    listing = list_content(folder)
    from yoyak.files.first_seen import with_first_seen

    problems = [*listing.problems]
    kinds: dict[str, tuple[SourceFile, ...]] = {}
    for name in ("articles", *_FOLDERS):
        listed: tuple[Listed, ...] = getattr(listing, name)
        read = [read_source_file(one) for one in listed]
        kinds[name] = tuple(one for one in read if isinstance(one, SourceFile))
        problems += [one for one in read if isinstance(one, Problem)]
    assets, of_assets = load_assets(listing)
    kinds["articles"] = with_first_seen(folder, kinds["articles"], {one.path: one.location for one in listing.articles})
    return Content(**kinds, assets=assets, paths=listing.paths, problems=(*problems, *of_assets))


def read_source_file(listed: Listed) -> SourceFile | Problem:
    """Return a file with its bytes, or why it cannot be read: it went away or was exchanged, or the disk is broken."""
    try:
        data, stamp = read_and_stamp(listed.path, listed.location, ARTICLE_LIMIT)
    except OSError as error:
        return unreadable(listed.path, error)
    return SourceFile(path=listed.path, data=data, digest=hashlib.sha256(data).hexdigest(), stamp=stamp)


def load_assets(listing: Listing) -> tuple[dict[str, Asset], tuple[Problem, ...]]:
    """Return the pictures of a listing by path, and a problem for each that cannot be published."""
    assets: dict[str, Asset] = {}
    problems: list[Problem] = []
    for listed in listing.assets:
        asset, found = load_asset(listed)
        problems += found
        if asset:
            assets[listed.path] = asset
    return assets, tuple(problems)


def load_asset(listed: Listed, metadata: Metadata = "remove") -> tuple[Asset | None, tuple[Problem, ...]]:
    """Return one picture, or why there is none."""
    from yoyak.files.picture_files import asset_of  # here, for a site with pictures

    problems: list[Problem] = []
    try:
        return asset_of(listed.path, listed.location, problems, metadata), tuple(problems)
    except OSError as error:
        return None, (unreadable(listed.path, error),)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one picture, the others are read
        return None, (_unreadable_picture(listed.path, error),)


def _unreadable_picture(path: str, error: Exception) -> Problem:
    return problem_of("unreadable-file.picture", path, why=type(error).__name__)


def is_note(path: str) -> bool:
    """Tell whether a file is one of an edition, a theme or a page of its own, and no article."""
    return path.startswith("content/") and _kind(path) != "articles"


def is_edition(path: str) -> bool:
    """Tell whether a file is one of an edition."""
    return path.startswith("content/") and ending_of(path) in ARTICLE_ENDINGS and _kind(path) == "editions"


def _kind(path: str) -> str:
    parts = path.split("/", 2)
    return parts[1] if len(parts) > 2 and parts[1] in _FOLDERS else "articles"


def _files(folder: Path, problems: list[Problem], others: list[str], public: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (site path in NFC, absolute location) of each file that may be content.

    `others` fills with the rest, `public` with content/public/, of which `load_root_files` says what is in it.
    """
    content = folder / "content"
    if not content.is_dir():
        problems.append(_no_content())
        return
    root = os.path.realpath(content)
    if not root.startswith(os.path.realpath(folder) + os.sep):
        problems.append(link_out("content/", say("link-out-of-site.site"), to_folder=True))
        return
    stack = [(root, "content")]
    while stack:
        location, path = stack.pop()
        with _entries(root, location, path, problems) as entries:
            for entry in entries:
                if entry.name.startswith((".", "_")) or _left_by_programs(entry):
                    continue
                if _is_public(path, entry):
                    public.append(entry.name)
                    continue
                name, place = f"{path}/{normalize('NFC', entry.name)}", f"{location}{os.sep}{entry.name}"
                if problem := bad_name(name):
                    problems.append(problem)
                elif entry.is_dir(follow_symlinks=False):
                    stack.append((place, name))
                elif os.path.isdir(place):  # noqa: PTH112 - a link to itself is none, and raises nothing here
                    problems.append(linked_folder(name))
                elif _is_frame(place):
                    continue
                elif problem := _refusal(entry, name, place, root):
                    problems.append(problem)
                    others.append(name)
                else:
                    problems.extend(odd_name(name))
                    yield name, place


@contextmanager
def _entries(root: str, location: str, path: str, problems: list[Problem]) -> Iterator[Iterable[os.DirEntry[str]]]:
    """Give what a folder holds; its entries can be asked while it is open."""
    with ExitStack() as opened:
        entries: Iterable[os.DirEntry[str]] = ()
        try:
            entries = opened.enter_context(entries_below(root, location))
        except Refused:
            problems.append(linked_folder(path))  # since the folder above it was listed
        except OSError as error:
            problems.append(unreadable(f"{path}/", error))
        yield entries


def _is_frame(place: str) -> bool:
    """Tell whether a file is no article but a page that a browser saved with another: ``ferry_files/frame.html``."""
    if "_files/" not in place:
        return False
    folder = Path(place).parent
    if not folder.name.endswith("_files") or ending_of(place) not in ARTICLE_ENDINGS:
        return False
    return any(folder.with_name(folder.name.removesuffix("_files") + ending).exists() for ending in (".html", ".htm"))


def _left_by_programs(entry: os.DirEntry[str]) -> bool:
    """Tell whether nobody wrote this. A folder of articles is read, whatever its name ends with."""
    if is_leftover(entry.name):
        return not entry.is_dir()
    return is_systems_folder(entry.name) and entry.is_dir()


def _is_public(path: str, entry: os.DirEntry[str]) -> bool:
    """Tell whether this is content/public/."""
    return path == "content" and entry.name.lower() == PUBLIC and entry.is_dir(follow_symlinks=False)


def _no_content() -> Problem:
    return problem_of("no-content", "content/")


def _unknown_ending(path: str) -> Problem | None:
    """Return a warning, but not for what a browser saved beside a page."""
    if "_files/" in path:
        return None
    return warning("unknown-ending", path)


def _refusal(entry: os.DirEntry[str], path: str, place: str, root: str) -> Problem | None:
    ending = ending_of(path)
    if ending not in ARTICLE_ENDINGS | ASSET_ENDINGS | NOT_SHOWN_ENDINGS:
        return _unknown_ending(path)
    try:
        found = entry.stat()
    except OSError as error:
        return unreadable(path, error)
    if entry.is_symlink() and not os.path.realpath(place).startswith(root + os.sep):
        return link_out(path, "content/")
    if not stat.S_ISREG(found.st_mode):
        return not_a_file(path)
    limit = ARTICLE_LIMIT if ending in ARTICLE_ENDINGS else ASSET_LIMIT
    if found.st_size > limit and ending not in NOT_SHOWN_ENDINGS:
        return too_large(path, found.st_size, limit)
    return None


# --- templates and the house's assets ----------------------------------------------------------------------------


TEMPLATE_ENDINGS = (".html", ".xml", ".json", ".txt")


def load_looks(originals: Path, own: Path) -> Looks:
    """Return the templates of yoyak and those of a site, and their assets; of two with one name the site's."""
    from yoyak.templating.looks import house_assets  # here, because most who list articles make no pages

    same = own.is_dir() and originals.samefile(own)
    refused: list[Problem] = []

    def read(path: Path) -> bytes | None:
        return _read_look(Path(os.path.realpath(own)), path.relative_to(own).as_posix(), refused)

    overrides = {} if same or not own.is_dir() else _templates(own, read)
    of_yoyak, of_site = _assets_in(originals / "assets", Path.read_bytes), _assets_in(own / "assets", read)
    assets, problems = house_assets({**of_yoyak, **of_site}, of_site)
    return Looks(
        originals=_templates(originals, Path.read_bytes),
        overrides=overrides,
        assets=assets,
        problems=(*refused, *problems),
    )


_ReadLook = Callable[[Path], bytes | None]
"""Gives a file's bytes, or None for one that is refused. yoyak's own are read as they are: installers make links."""


def _read_look(root: Path, name: str, refused: list[Problem]) -> bytes | None:
    try:
        return read_below(str(root), str(root / name))
    except Refused:
        refused.append(link_out(f"templates/{name}", "templates/"))
        return None


def _templates(folder: Path, read: _ReadLook) -> dict[str, str]:
    found = {}
    for path in _paths_below(folder):
        name = path.relative_to(folder).as_posix()
        if path.suffix in TEMPLATE_ENDINGS and path.is_file() and not name.startswith("assets/"):
            try:
                if (data := read(path)) is not None:
                    found[name] = _text_of(data)
            except UnicodeDecodeError as error:
                raise YoyakError(say("not-utf-8.template", name=f"templates/{name}")) from error
    return found


def _text_of(data: bytes) -> str:
    """Return a template's text with the ends of its lines as every system has them."""
    return data.decode().replace("\r\n", "\n").replace("\r", "\n")


def _assets_in(folder: Path, read: _ReadLook) -> dict[str, bytes]:
    files = (path for path in _paths_below(folder) if _is_asset(path))
    return {path.relative_to(folder).as_posix(): data for path in files if (data := read(path)) is not None}


def _paths_below(folder: Path) -> list[Path]:
    """Return everything below a folder that is no folder, sorted. One that cannot be listed is not taken for empty."""
    found = os.walk(folder, onerror=_fail) if folder.is_dir() else ()
    return sorted(Path(top, name) for top, _, names in found for name in names)


def _fail(error: OSError) -> None:
    raise error


def _is_asset(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and not is_leftover(path.name)
