"""Hugo: a folder with its settings, content/, and pictures in static/, assets/ and page bundles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from yoyak.importing.originals import Old, SkippedItem
from yoyak.importing.origins.folders import HTML, MARKDOWN, is_future, left_folders, named, once, path_of
from yoyak.importing.origins.hugo_pages import (
    PICTURE,
    dialect_of,
    in_language,
    in_sections,
    is_leaf,
    is_static_file,
    not_a_page,
    old_page,
    page_of,
    picture_places,
    read_head,
    without_base_url,
)
from yoyak.importing.origins.hugo_paths import (
    NAMES,
    HugoPage,
    HugoSettings,
    cascades,
    roots,
    settings_in,
    without_language,
)  # fmt: skip
from yoyak.importing.origins.old_pages import Generator, OldPage, OldSite, old_site
from yoyak.importing.origins.walking import (
    SiteFolder,
    is_yes,
    listed,
    lowered,
    start_of,
    table,
    tree_of,
    unread_settings,
)
from yoyak.model.message import Words, say
from yoyak.text.old_status import verdict

_FOLDERS = {
    "archetypes": say("left.archetype"),
    "layouts": say("left.template"),
    "themes": say("left.theme"),
    "data": say("left.data"),
    "i18n": say("left.theme-words"),
    "public": say("left.built-site"),
    "resources": say("left.cache"),
    "assets": say("left.style-and-scripts"),
    "config": say("left.settings"),
    "_vendor": say("left.theme"),
}
_IS_PAGE = ("page", "about", "contact", "search", "archives", "static")


def hugo(folder: Path) -> OldSite | None:
    """Return the site that a folder of Hugo is, or the part of one that a folder of its content is."""
    for root in (folder, *folder.resolve().parents[:6]):
        if root == folder or (root / "content") in (folder.resolve(), *folder.resolve().parents):
            found = _names(root) if root == folder else _names(root) and (root / "content").is_dir()
            if found:
                return _site(root, folder)
    return None


def _names(root: Path) -> list[str]:
    """Return the names of the settings of a folder of Hugo; nothing when it is none."""
    has = [name for name in NAMES if (root / name).is_file()]
    folders = [name for name in ("archetypes", "layouts", "themes", "static", "i18n") if (root / name).is_dir()]
    sure = any(name.startswith("hugo.") for name in has) or (root / "config" / "_default").is_dir()
    said = any(
        re.search(r"(?i)\bbaseurl\b|\bcontentdir\b|\btheme\b|\btaxonomies\b", start_of(root / name)) for name in has
    )
    zola = any(re.search(r"(?m)^\s*base_url\s*=", start_of(root / name)) for name in has)
    if sure or (has and not zola and (root / "content").is_dir() and (said or folders)):
        return has or ["config"]
    bare = (
        (root / "content").is_dir() and {"archetypes", "layouts"} <= set(folders) and not (root / "site.yaml").exists()
    )
    return ["content"] if bare and not zola else []


# --- the site ---


def _site(root: Path, folder: Path) -> OldSite:
    tree = tree_of(root, ("public", "resources", "node_modules", "themes", "_vendor"))
    settings, broken = settings_in(tree)
    content = sorted(dict.fromkeys(roots(settings, "contentdir", "content")), key=lambda one: -len(one[0]))
    left = list(left_folders([*tree.files, *(f"{name}/" for name in _FOLDERS if (root / name).is_dir())], _FOLDERS))
    raw: dict[str, tuple[tuple[str, str, str], str]] = {}
    for path in tree.files:
        source = next((one for one in content if path.startswith(f"{one[0]}/") and one[0]), None)
        if source:
            raw[path] = (source, f"/{source[2]}/{path[len(source[0]) + 1 :]}".replace("//", "/"))
    leaves = {below.rpartition("/")[0] for _, below in raw.values() if is_leaf(below, settings)}
    heads = {path: read_head(tree, path) for path in raw if path.lower().endswith((*MARKDOWN, *HTML))}
    texts: dict[str, tuple[tuple[str, str, str], str]] = {}
    for path, (source, below) in raw.items():
        if why := not_a_page(path, below, leaves, settings):
            left += [SkippedItem(what=path, why=why)] if why != PICTURE else []
        elif heads.get(path) is None:
            left.append(SkippedItem(what=path, why=say("left.unreadable")))
        else:
            texts[path] = (source, below)
    left += [SkippedItem(what=path, why=say("left.root-file")) for path in tree.files if is_static_file(path, settings)]
    rules = [*cascades(settings.values.get("cascade"), "/", "")]
    for lang in settings.languages:
        rules += cascades(table(settings.languages[lang]).get("cascade"), "/", lang)
    for path, (source, below) in texts.items():
        head = heads[path]
        if head and "cascade" in (low := lowered(head.values)):
            _, lang = without_language(below, settings, source[1] or settings.default)
            rules += cascades(low["cascade"], (below.rpartition("/")[0] or "/").lower(), lang)
    lists = {below.rpartition("/")[0] for _, below in texts.values() if PurePosixPath(below).name.startswith("_index.")}
    pages = [page_of(path, below, source[1], heads[path], rules, settings) for path, (source, below) in texts.items()]
    pages = [in_sections(page, lists, settings) for page in pages]
    return _as_site(root, folder, tree, settings, pages, left, broken, [source for source, _, _ in content])


def _as_site(
    root: Path, folder: Path, tree: SiteFolder, settings: HugoSettings, pages: list[HugoPage],
    left: list[SkippedItem], broken: list[str], content: list[str],
) -> OldSite:  # fmt: skip
    empty = {page.path for page in pages if page.kind != "page" and not _has_text(tree, page.path)}
    left += [SkippedItem(what=page.path, why=say("left.list-without-text")) for page in pages if page.path in empty]
    kept = [page for page in pages if page.path not in empty]
    names = named({page.path: _name(page) for page in kept})
    dated = _dated_sections(kept, settings)
    held = tuple(say("held.settings-unread", path=path) for path in broken)
    taken: set[str] = set()
    found: list[OldPage] = []
    for page in kept:
        old = Old(
            address="" if page.kind == "home" else once(page.address, taken),
            held=(*held, *_switched_off(page, settings)),
            page=_is_page(page, dated), name=names[page.path],
        )  # fmt: skip
        found.append(old_page(page, old, settings))
    base_url = str(settings.values.get("baseurl") or "")
    own = Generator(
        generator="Hugo",
        tree=tree,
        dialect=dialect_of(settings),
        base_url=base_url,
        base_path=path_of(base_url),
        roots=tuple(content),
        places=partial(
            picture_places,
            statics=[source for source, _, _ in roots(settings, "staticdir", "static") if source] + ["assets"],
            bundles={page.address.strip("/"): page.path.rpartition("/")[0] for page in pages if page.bundle},
            base=path_of(base_url),
        ),
        linked=lambda written, _: without_base_url(written),
        spelled=in_language,
        lasts=True,
        left=tuple(left),
        problems=tuple(unread_settings(path, say("settings-unread.hugo.hint")) for path in broken),
        lists=tuple(_lists(settings)),
        part=None if root == folder else folder,
    )
    return old_site(own, found)


def _lists(settings: HugoSettings) -> Iterator[tuple[str, str]]:
    """Yield where list pages are that the settings move: a site has those of the taxonomies that it names."""
    named = table(settings.values.get("taxonomies"))
    if named:
        for rest in ("", "NAME/", "NAME/index.xml"):
            yield from ((f"/tags/{rest}", f"/{plural}/{rest}") for plural in map(str, named.values()))
            yield f"/categories/{rest}", ""


def _has_text(tree: SiteFolder, path: str) -> bool:
    head = read_head(tree, path)
    return head is not None and bool(head.body.strip())


def _name(page: HugoPage) -> str:
    return str(page.values.get("slug") or "") or page.name or "home"


def _switched_off(page: HugoPage, settings: HugoSettings) -> Iterator[Words]:
    own = table(settings.languages.get(page.lang))
    off = [str(one).lower() for one in listed(settings.values.get("disablelanguages"))]
    if page.lang in off or is_yes(own.get("disabled", "")):
        yield say("held.hugo-language", language=page.lang)
    kinds = [str(one).lower() for one in listed(settings.values.get("disablekinds"))]
    if page.kind in kinds:
        yield say("held.hugo-kind", kind=page.kind)


def _dated_sections(pages: list[HugoPage], settings: HugoSettings) -> frozenset[str]:
    main = settings.values.get("mainsections") or table(settings.values.get("params")).get("mainsections")
    dated = (page.folders[0] for page in pages if page.folders and page.kind == "page" and page.day)
    return frozenset((*map(str, listed(main)), *dated))


def _is_page(page: HugoPage, dated: frozenset[str]) -> bool:
    """Tell whether a text stands outside the stream of articles. One that waits for a date cannot be a page here."""
    values = page.values
    says = verdict(values)
    if says.dates or is_future(page.day):
        return False
    if page.kind != "page":
        return True
    if page.folders:
        return page.folders[0] not in dated and not page.day
    alone = bool(dated) and not (values.get("tags") or values.get("categories"))
    kind = str(values.get("type") or values.get("layout") or "").lower()
    return not page.day or alone or kind in _IS_PAGE or bool(values.get("menu") or values.get("menus"))
