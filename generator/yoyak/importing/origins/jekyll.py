"""Jekyll: a folder with _config.yml, _posts and _drafts in any folder, collections, and pages with a head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import structs

from yoyak.importing.foreign import Dialect
from yoyak.importing.heads import ForeignHead
from yoyak.importing.originals import Old, SkippedItem
from yoyak.importing.origins.folders import (
    HTML,
    MARKDOWN,
    PICTURES,
    head_and_body,
    is_future,
    left_folders,
    named,
    once,
    path_of,
)
from yoyak.importing.origins.jekyll_paths import Doc, address_of, name_of, old_page, picture_places, with_zone
from yoyak.importing.origins.old_pages import Generator, OldPage, OldSite, old_site
from yoyak.importing.origins.walking import (
    SiteFolder,
    is_no,
    is_yes,
    listed,
    settings_of,
    start_of,
    table,
    tree_of,
    unread_settings,
)
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
    text = tree.readable(name) if name else ""
    read = settings_of(text, name.lower()) if text is not None else None
    settings = read or {}
    if source := str(settings.get("source") or "").strip("./"):
        tree = structs.replace(tree, files={path[len(source) + 1 :]: tree.files[path] for path in tree.below(source)})
    broken = (say("held.settings-unread", path=name),) if read is None else ()
    left = list(left_folders([*tree.files, *(f"{one}/" for one in _FOLDERS if (root / one).is_dir())], _FOLDERS))
    found: list[Doc] = []
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
    root: Path, folder: Path, tree: SiteFolder, settings: Mapping[str, Any], found: list[Doc],
    left: list[SkippedItem], broken: tuple[Words, ...], config: str,
) -> OldSite:  # fmt: skip
    host, base = str(settings.get("url") or ""), path_of(settings.get("baseurl") or "")
    names = named({one.path: name_of(one) for one in found})
    taken: set[str] = set()
    pages: list[OldPage] = []
    for one in found:
        shown = not one.is_draft and one.address.strip("/") != base.strip("/")
        address = once(one.address, taken) if shown else ""
        held, name = (*broken, *one.held), names[one.path]
        old = Old(address=address, held=held, page=_is_page(one), name=name)
        pages.append(old_page(one, old, settings))
    own = Generator(
        generator="Jekyll",
        tree=tree,
        dialect=Dialect(spaced=True, names={"layout": "layout", "excerpt_separator": ""}),
        base_url=f"{host}{base}",
        base_path=base,
        places=partial(picture_places, base=base),
        lasts=True,
        left=tuple(left),
        problems=(unread_settings(config, say("settings-unread.jekyll.hint")),) if broken else (),
        part=None if root == folder else folder,
    )
    return old_site(own, pages)


def _is_page(one: Doc) -> bool:
    """Tell whether a text stands outside the stream of articles. One that waits for a date cannot be a page here."""
    if one.collection == "posts" or is_future(one.day) or verdict(one.values).dates:
        return False
    return not (one.collection and one.day)


# --- The files of a site of Jekyll: which are posts, documents and pages, and what holds them back ---------------

_TEXTS = (*MARKDOWN, *HTML)
_DAY = re.compile(r"(?P<day>\d{2,4}-\d{1,2}-\d{1,2})-(?P<name>.*)\Z", re.DOTALL)
_EXCLUDED = ("Gemfile", "Gemfile.lock", "*.gemspec", "Rakefile", "package.json", "package-lock.json", "CNAME")
_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n")


def read_doc(path: str, tree: SiteFolder, settings: Mapping[str, Any]) -> Doc | SkippedItem:
    """Return a text of the site, or what else a file is; without a reason it need not be named."""
    parts, lower = path.split("/"), path.lower()
    if lower.endswith(PICTURES):
        return SkippedItem(what=path, why="")
    collection, below, folders = _collection(parts, settings)
    if any(part.startswith(("_", "#", "~")) for part in parts) and not collection and not _included(path, settings):
        return SkippedItem(what=path, why=say("left.jekyll-passed"))
    if _excluded(path, settings):
        return SkippedItem(what=path, why=say("left.excluded"))
    text = (
        tree.readable(path)
        if lower.endswith((*_TEXTS, ".txt", ".xml", ".json", ".textile", ".adoc", ".org", ".rst"))
        else None
    )
    if not lower.endswith(_TEXTS):
        kind = (
            say("left.other-text") if lower.endswith((".textile", ".adoc", ".org", ".rst")) else say("left.other-file")
        )
        return SkippedItem(what=path, why=kind)
    if text is None:
        return SkippedItem(what=path, why=say("left.unreadable"))
    if not collection and not _HEAD.match(text):
        return SkippedItem(what=path, why=say("left.no-front-matter"))
    head = head_and_body(text)
    if not collection and (why := _no_text(path, head)):
        return SkippedItem(what=path, why=why)
    return _found(path, below, collection, folders, head, settings)


def _collection(parts: list[str], settings: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    """Return the collection that a file is in, its path there, and the folders above that are categories."""
    inside = str(settings.get("collections_dir") or "").strip("/")
    for number, part in enumerate(parts[:-1]):
        if part in ("_posts", "_drafts"):
            above = [one for one in parts[:number] if one != inside]
            return "posts", "/".join(parts[number + 1 :]), tuple(above)
    names = settings.get("collections")
    known = list(map(str, names if isinstance(names, Mapping | list) else []))
    start = 1 if inside and parts[0] == inside else 0
    first = parts[start] if len(parts) > start + 1 else ""
    return (
        (first[1:], "/".join(parts[start + 1 :]), ())
        if first[:1] == "_" and first[1:] in known
        else ("", "/".join(parts), ())
    )


def _included(path: str, settings: Mapping[str, Any]) -> bool:
    return any(_means(str(one), path) for one in listed(settings.get("include")))


def _excluded(path: str, settings: Mapping[str, Any]) -> bool:
    out = [*_EXCLUDED, *map(str, listed(settings.get("exclude")))]
    return any(_means(one, path) for one in out) and not _included(path, settings)


def _means(pattern: str, path: str) -> bool:
    plain = pattern.strip().strip("/")
    return bool(plain) and (path == plain or path.startswith(f"{plain}/") or fnmatchcase(path, plain))


def _no_text(path: str, head: ForeignHead) -> Words:
    """Return why a page has no text of its own: its template makes it of the others, or it has none."""
    name = PurePosixPath(path).stem.lower()
    loops = re.search(
        r"\{%-?\s*for\s+\w+\s+in\s+(?:site|paginator|posts|page)\b|\bpaginator\.|site\.(?:posts|tags|categories)",
        head.body,
    )
    words = re.sub(r"<[^>]*>|\{[{%].*?[%}]\}|\s+", "", head.body, flags=re.DOTALL)
    if loops:
        return say("left.template-list")
    if not words:
        return say("left.page-of-others")
    return say("left.page-404") if name == "404" else ""


def _found(
    path: str, below: str, collection: str, folders: tuple[str, ...], head: ForeignHead, settings: Mapping[str, Any]
) -> Doc:
    is_draft = "_drafts" in path.split("/")
    given = _defaults(path, "drafts" if is_draft else collection or "pages", settings)
    values = {**given, **head.values}
    stem = PurePosixPath(path).stem
    named_day = _DAY.match(stem) if collection else None
    day = values.get("date") or (named_day["day"] if named_day else "")

    doc = Doc(
        path=path, below=below, collection=collection, values=values, folders=folders,
        slug=named_day["name"] if named_day else stem, day=with_zone(day, settings),
    )  # fmt: skip
    held = tuple(_held(doc, is_draft, named_day is not None, settings))
    return structs.replace(doc, is_draft=is_draft, held=held, address=address_of(doc, settings))


def _held(doc: Doc, is_draft: bool, dated: bool, settings: Mapping[str, Any]) -> Iterator[Words]:  # noqa: FBT001
    if is_draft:
        yield say("held.jekyll-draft")
    elif doc.collection == "posts" and not dated:
        yield say("held.jekyll-undated")
    elif doc.collection not in ("", "posts"):
        own = table(table(settings.get("collections")).get(doc.collection))
        if not is_yes(own.get("output", "")):
            yield say("held.jekyll-collection", collection=doc.collection)
    if is_no(doc.values.get("output", "")):
        yield say("held.says", key="output", value="false")


def _defaults(path: str, kind: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that the settings give to a file: a longer path and a type count for more."""
    fitting: list[tuple[int, int, Mapping[str, Any]]] = []
    inside = str(settings.get("collections_dir") or "").strip("/")
    for rule in map(table, listed(settings.get("defaults"))):
        scope = table(rule.get("scope"))
        wanted, of = str(scope.get("path") or "").strip("/"), str(scope.get("type") or "").lower()
        kinds = (
            kind,
            {"pages": "page", "posts": "post", "drafts": "draft"}.get(kind, kind),
            *(["posts", "post"] if kind == "drafts" else []),
        )
        within = not wanted or any(_within(wanted, one) for one in (path, path.removeprefix(f"{inside}/")))
        if within and (not of or of in kinds):
            fitting.append((len(wanted), bool(of), table(rule.get("values"))))
    found: dict[str, Any] = {}
    for _, _, values in sorted(fitting, key=lambda one: one[:2]):
        found |= values
    return found


def _within(wanted: str, path: str) -> bool:
    if "*" in wanted:
        return any(fnmatchcase(str(one), wanted) for one in (PurePosixPath(path), *PurePosixPath(path).parents))
    return path == wanted or path.startswith(f"{wanted}/")
