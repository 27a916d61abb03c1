"""Jekyll: a folder with _config.yml, _posts and _drafts in any folder, collections, and pages with a head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from yoyak.importing.finder import finder
from yoyak.importing.originals import Old, SkippedItem
from yoyak.importing.origins.folders import (
    ExportFolder,
    Links,
    is_future,
    known_as,
    left_folders,
    named,
    once,
    path_of,
    settings_of,
    start_of,
    tree_of,
    unread_settings,
)  # fmt: skip
from yoyak.importing.origins.jekyll_docs import read_doc
from yoyak.importing.origins.jekyll_text import OldDoc, name_of, pictures_of, translation
from yoyak.importing.origins.old_site import OldFile, OldSite
from yoyak.model.message import Words, say
from yoyak.text.old_status import verdict

_CONFIGS = ("_config.yml", "_config.yaml", "_config.toml")
_FOLDERS = {
    "_layouts": say("left.template"),
    "_includes": say("left.template"),
    "_sass": say("left.style-sheets"),
    "_plugins": say("left.program"),
    "_data": say("left.data"),
    "_site": say("left.built-site"),
    "vendor": say("left.program"),
    "node_modules": say("left.program"),
    "_cache": say("left.cache"),
}


def jekyll(folder: Path) -> OldSite | None:
    """Return the site that a folder of Jekyll is, or the part of one that its _posts or _drafts are."""
    if _is_jekyll(folder):
        return _site(folder, folder)
    above = [one for one in (folder.resolve(), *folder.resolve().parents[:4]) if one.name in ("_posts", "_drafts")]
    if not above:
        return None
    roots = [above[0].parent, *above[0].parents[1:4]]
    root = next((one for one in roots if any((one / name).is_file() for name in _CONFIGS)), above[0].parent)
    return _site(root, folder) if _is_jekyll(root) else None


def _is_jekyll(folder: Path) -> bool:
    config = next((start_of(folder / name) for name in _CONFIGS if (folder / name).is_file()), None)
    package, gems = start_of(folder / "package.json"), start_of(folder / "Gemfile")
    if (
        re.search(r"(?m)^\s*(?:source_dir|new_post_name|public_dir|skip_render)\s*:", config or "")
        or '"hexo"' in package
        or (folder / "scaffolds").is_dir()
    ):
        return False
    has_posts = any((folder / name).is_dir() for name in ("_posts", "_drafts"))
    if "jekyll" in gems or "github-pages" in gems or (config is not None and not (folder / "source").is_dir()):
        return True
    return config is not None or (has_posts and not package)


# --- files ------------------------------------------------------------------------------------------------


def _site(root: Path, folder: Path) -> OldSite:
    name = next((one for one in _CONFIGS if (root / one).is_file()), "")
    tree = tree_of(root, ("node_modules", "vendor", "_site"))
    text = tree.text(name) if name else ""
    read = settings_of(text, name.lower()) if text is not None else None
    settings = read or {}
    if source := str(settings.get("source") or "").strip("./"):
        tree = ExportFolder(
            root=root,
            files={path[len(source) + 1 :]: at for path, at in tree.files.items() if path.startswith(f"{source}/")},
        )
    broken = (say("held.settings-unread", path=name),) if read is None else ()
    left = list(left_folders([*tree.files, *(f"{one}/" for one in _FOLDERS if (root / one).is_dir())], _FOLDERS))
    found: list[OldDoc] = []
    for path in tree.files:
        if path.partition("/")[0] in _FOLDERS or path in _CONFIGS:
            continue
        made = read_doc(path, tree, settings)
        if isinstance(made, SkippedItem):
            left += [made] if made.why else []
        else:
            found.append(made)
    return _as_site(root, folder, tree, settings, found, left, broken, name)


# --- the site ---------------------------------------------------------------------------------------------


def _as_site(
    root: Path, folder: Path, tree: ExportFolder, settings: Mapping[str, Any], found: list[OldDoc],
    left: list[SkippedItem], broken: tuple[Words, ...], config: str,
) -> OldSite:  # fmt: skip
    host = str(settings.get("url") or "")
    base = path_of(settings.get("baseurl") or "")
    links = Links(
        base_url=host,
        base=base,
        addresses={known_as(one.address): one.address for one in found if not one.is_draft},
        files=dict(_files(found)),
    )
    names = named({one.doc.path: name_of(one.doc) for one in found})
    find = finder(tree.root if tree.root == root else root)
    source = str(settings.get("source") or "").strip("./")
    files: list[OldFile] = []
    taken: set[str] = set()
    for one in found:
        place = tree.files[one.doc.path]
        if root != folder:
            if folder.resolve() not in place.resolve().parents:
                continue
            place = folder / place.resolve().relative_to(folder.resolve())
        seek = pictures_of(find, one, base, source)
        shown = not one.is_draft and one.address.strip("/") != base.strip("/")
        old = Old(
            address=once(one.address, taken) if shown else "",
            held=(*broken, *one.held),
            page=_is_page(one),
            name=names[one.doc.path],
        )
        files.append(
            OldFile(path=one.doc.path, place=place, translate=translation(one, old, links, settings, seek), find=seek)
        )
    return OldSite(
        generator="Jekyll", base_url=f"{host}{base}", files=tuple(files), left=tuple(left) if root == folder else (),
        problems=(unread_settings(config, say("settings-unread.jekyll.hint")),) if broken else (),
    )  # fmt: skip


def _files(found: list[OldDoc]) -> Iterator[tuple[str, str]]:
    for one in found:
        if one.is_draft:
            continue
        path = one.doc.path
        yield path, one.address
        if one.doc.collection == "posts":
            stem = PurePosixPath(path).stem
            below = one.doc.below.removesuffix(PurePosixPath(path).suffix)
            yield from ((f"post:{name}", one.address) for name in (stem, below, "/".join((*one.doc.folders, stem))))


def _is_page(one: OldDoc) -> bool:
    """Tell whether a text stands outside the stream of articles. One that waits for a date cannot be a page here."""
    if one.doc.collection == "posts" or is_future(one.doc.day) or verdict(one.doc.values).dates:
        return False
    return not (one.doc.collection and one.doc.day)
