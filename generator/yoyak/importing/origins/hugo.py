"""Hugo: a folder with its settings, content/, and pictures in static/, assets/ and page bundles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import structs

from yoyak.importing.foreign import Dialect, in_own_keys
from yoyak.importing.gather import finder
from yoyak.importing.heads import ForeignHead
from yoyak.importing.originals import LeftOut, Old, OldText
from yoyak.importing.origins.folders import (
    HTML,
    MARKDOWN,
    PICTURES,
    Links,
    Tree,
    as_markdown,
    head_and_body,
    is_future,
    is_yes,
    known_as,
    left_folders,
    listed,
    lowered,
    moment,
    named,
    once,
    path_of,
    settings_of,
    table,
    tree_of,
    with_addresses,
)  # fmt: skip
from yoyak.importing.origins.hugo_cascade import Cascade, cascades, handed_down
from yoyak.importing.origins.hugo_paths import (
    Settings,
    Where,
    address_of,
    day_and_name,
    first_day,
    old_names,
    without_language,
)  # fmt: skip
from yoyak.importing.origins.old_site import OldFile, OldSite
from yoyak.model import Record
from yoyak.problems import Problem
from yoyak.text.old_status import verdict

_NAMES = tuple(f"{name}.{ending}" for name in ("hugo", "config") for ending in ("toml", "yaml", "yml", "json"))
_FOLDERS = {
    "archetypes": "template of new texts", "layouts": "template", "themes": "theme", "data": "data", "i18n": "words of a theme",
    "public": "built site", "resources": "cache", "assets": "style sheets and scripts", "config": "settings", "_vendor": "theme",
}  # fmt: skip
_TEXTS = (*MARKDOWN, *HTML)
_OTHER_TEXTS = (".adoc", ".asciidoc", ".ad", ".org", ".rst", ".pandoc", ".pdc", ".ipynb", ".mmark")
_IS_PAGE = ("page", "about", "contact", "search", "archives", "static")
_OWN = frozenset(
    "url slug aliases cascade menu menus weight build _build translationkey outputs markup headless".split()
)
_REF = re.compile(
    r"\{\{[<%]\s*(?:rel)?ref\s+(?:path\s*=\s*)?[\"'`]?(?P<to>[^\"'`\s>%]+)[^}]*?[%>]\}\}(?P<tail>.*)", re.DOTALL
)
_ADDRESS = re.compile(r"\{\{[<%]?\s*(?:\.Site\.BaseURL|site\.BaseURL|[\w./]*baseurl)\s*[%>]?\}\}", re.IGNORECASE)


class _Page(Record, kw_only=True):
    path: str
    """From the site's folder."""
    below: str
    """From its content folder, with a slash before it and without its ending: ``/posts/ferry``."""
    where: Where
    address: str
    bundle: bool


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
    has = [name for name in _NAMES if (root / name).is_file()]
    folders = [name for name in ("archetypes", "layouts", "themes", "static", "i18n") if (root / name).is_dir()]
    sure = any(name.startswith("hugo.") for name in has) or (root / "config" / "_default").is_dir()
    said = any(
        re.search(r"(?i)\bbaseurl\b|\bcontentdir\b|\btheme\b|\btaxonomies\b", _start(root / name)) for name in has
    )
    zola = any(re.search(r"(?m)^\s*base_url\s*=", _start(root / name)) for name in has)
    if sure or (has and not zola and (root / "content").is_dir() and (said or folders)):
        return has or ["config"]
    bare = (
        (root / "content").is_dir() and {"archetypes", "layouts"} <= set(folders) and not (root / "site.yaml").exists()
    )
    return ["content"] if bare and not zola else []


def _start(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(20_000).decode("utf-8", "replace")
    except OSError:
        return ""


# --- settings ---------------------------------------------------------------------------------------------


def _settings(tree: Tree) -> tuple[Settings, list[str]]:
    """Return the settings, and the files of them that cannot be read."""
    values: dict[str, Any] = {}
    broken: list[str] = []
    split = sorted(path for path in tree.files if path.startswith("config/_default/") and path.count("/") == 2)
    live = sorted(path for path in tree.files if path.startswith("config/production/") and path.count("/") == 2)
    for path in [*[name for name in reversed(_NAMES) if name in tree.files], *split, *live]:
        text, stem = tree.text(path), PurePosixPath(path).stem
        found = settings_of(text, path.lower()) if text is not None else None
        if found is None:
            broken.append(path)
            continue
        low = lowered(found)
        if "/" in path and stem.lower() not in ("hugo", "config"):
            name, _, lang = stem.lower().partition(".")
            low = {"languages": {lang: {name: low}}} if lang else {name: low}
        values = _merged(values, low)
    return Settings(values=values), broken


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    inner = {key: _merged(table(one[key]), table(other[key])) for key in one.keys() & other.keys() if table(other[key])}
    return {**one, **other, **inner}


def _roots(settings: Settings, key: str, standard: str) -> Iterator[tuple[str, str, str]]:
    """Yield the folders that Hugo reads for content or static files, with their language and where they are mounted."""
    mounts = [table(one) for one in listed(table(settings.values.get("module")).get("mounts"))]
    mounted = [one for one in mounts if str(one.get("target", "")).strip("/").partition("/")[0] == standard]
    for one in mounted:
        lang = str(next(iter(listed(one.get("lang") or one.get("languages"))), "")).lower()
        yield str(one.get("source", "")).strip("/"), lang, str(one["target"]).strip("/")[len(standard) :].strip("/")
    if mounted:
        return
    for lang in settings.languages:
        for own in listed(table(settings.languages[lang]).get(key)):
            yield str(own).strip("/"), lang, ""
    for number in ("", *range(11)):
        for common in listed(settings.values.get(f"{key}{number}")):
            yield str(common).strip("/"), "", ""
    if key not in settings.values:
        yield standard, "", ""


# --- pages ------------------------------------------------------------------------------------------------


def _site(root: Path, folder: Path) -> OldSite:
    tree = tree_of(root, ("public", "resources", "node_modules", "themes", "_vendor"))
    settings, broken = _settings(tree)
    base_url = str(settings.values.get("baseurl") or "")
    content = sorted(dict.fromkeys(_roots(settings, "contentdir", "content")), key=lambda one: -len(one[0]))
    left = list(left_folders([*tree.files, *(f"{name}/" for name in _FOLDERS if (root / name).is_dir())], _FOLDERS))
    raw: dict[str, tuple[tuple[str, str, str], str]] = {}
    for path in tree.files:
        source = next((one for one in content if path.startswith(f"{one[0]}/") and one[0]), None)
        if source:
            raw[path] = (source, f"/{source[2]}/{path[len(source[0]) + 1 :]}".replace("//", "/"))
    leaves = {below.rpartition("/")[0] for _, below in raw.values() if _is_leaf(below, settings)}
    heads = {path: _head(tree, path) for path in raw if path.lower().endswith(_TEXTS)}
    texts: dict[str, tuple[tuple[str, str, str], str]] = {}
    for path, (source, below) in raw.items():
        if why := _not_a_page(path, below, leaves, settings):
            left += [LeftOut(what=path, why=why)] if why != "picture" else []
        elif heads.get(path) is None:
            left.append(LeftOut(what=path, why="file that cannot be read"))
        else:
            texts[path] = (source, below)
    left += [
        LeftOut(what=path, why="file of the site's root") for path in tree.files if _is_static_file(path, settings)
    ]
    rules = [*cascades(settings.values.get("cascade"), "/", "")]
    for lang in settings.languages:
        rules += cascades(table(settings.languages[lang]).get("cascade"), "/", lang)
    for path, (source, below) in texts.items():
        head = heads[path]
        if head and "cascade" in (low := lowered(head.values)):
            _, lang = without_language(below, settings, source[1] or settings.default)
            rules += cascades(low["cascade"], (below.rpartition("/")[0] or "/").lower(), lang)
    lists = {below.rpartition("/")[0] for _, below in texts.values() if PurePosixPath(below).name.startswith("_index.")}
    pages = [_page(path, below, source[1], heads[path], rules, settings) for path, (source, below) in texts.items()]
    pages = [_in_sections(page, lists, settings) for page in pages]
    return _as_site(root, folder, tree, settings, pages, left, broken, base_url)


def _head(tree: Tree, path: str) -> ForeignHead | None:
    text = tree.text(path)
    return None if text is None else head_and_body(text)


def _is_leaf(below: str, settings: Settings) -> bool:
    name = PurePosixPath(below).name
    return (
        name.lower().endswith(_TEXTS)
        and without_language(name, settings, "")[0].lower() == "index"
        and below.count("/") > 1
    )


def _not_a_page(path: str, below: str, leaves: set[str], settings: Settings) -> str:
    lower = path.lower()
    inside = any(str(folder) in leaves for folder in PurePosixPath(below).parents)
    if lower.endswith(_OTHER_TEXTS):
        return "text of a kind that yoyak does not read"
    if not lower.endswith(_TEXTS):
        return "picture" if lower.endswith(PICTURES) else "file beside a text"
    if inside and not (below.rpartition("/")[0] in leaves and _is_leaf(below, settings) and _outermost(below, leaves)):
        return "part of a page bundle"
    ignored = [str(one) for one in listed(settings.values.get("ignorefiles"))]
    return "file that Hugo ignores" if any(_matches(pattern, path) for pattern in ignored) else ""


def _outermost(below: str, leaves: set[str]) -> bool:
    return not any(str(folder) in leaves for folder in PurePosixPath(below).parent.parents)


def _matches(pattern: str, path: str) -> bool:
    try:
        return len(pattern) < 200 and re.search(pattern, path) is not None
    except re.error:
        return False


def _is_static_file(path: str, settings: Settings) -> bool:
    folders = [source for source, _, _ in _roots(settings, "staticdir", "static")]
    return any(path.startswith(f"{folder}/") for folder in folders if folder) and not path.lower().endswith(PICTURES)


def _page(
    path: str, below: str, lang: str, head: ForeignHead | None, rules: list[Cascade], settings: Settings
) -> _Page:
    stem, lang = without_language(below, settings, lang or settings.default)
    folders = tuple(part for part in below.split("/")[1:-1] if part)
    index, bundle = stem == "_index", stem == "index" and bool(folders)
    kind = "page" if not index else "section" if folders else "home"
    own = lowered(head.values) if head else {}
    logical = "/" + "/".join([*folders, *([] if index or bundle else [stem])])
    inherited = handed_down(rules, logical.lower(), kind, lang)
    name = folders[-1] if (index or bundle) and folders else stem
    values: dict[str, Any] = {**inherited, **own}
    if _from_name(settings):
        day, rest = day_and_name(name)
        named_day = {"date": day} if day and moment(day) else {}
        values = {**named_day, **values, **({"slug": rest} if named_day and rest and not values.get("slug") else {})}
    values = _with_own_dates(values, settings)
    where = Where(
        folders=folders[:-1] if index or bundle else folders,
        name="" if kind == "home" else name,
        kind=kind, lang=lang, values=values, day=moment(first_day(values) or ""),
    )  # fmt: skip
    return _Page(path=path, below=logical, where=where, address=address_of(where, settings), bundle=index or bundle)


def _in_sections(page: _Page, lists: set[str], settings: Settings) -> _Page:
    """Return a page with the sections that it stands in, which its address may be made of."""
    folders = page.where.folders
    inside = (number == 0 or "/" + "/".join(folders[: number + 1]) in lists for number in range(len(folders)))
    sections = tuple(name for name, is_one in zip(folders, inside, strict=True) if is_one)
    where = structs.replace(page.where, sections=sections)
    return structs.replace(page, where=where, address=address_of(where, settings))


def _from_name(settings: Settings) -> bool:
    return ":filename" in listed(table(settings.values.get("frontmatter")).get("date"))


def _with_own_dates(values: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Return a head in which dates that the settings give another key have Hugo's own."""
    found = dict(values)
    for name, keys in table(settings.values.get("frontmatter")).items():
        other = next((str(key).lower() for key in listed(keys) if str(key).lower() in values), "")
        if name in ("date", "publishdate", "expirydate", "lastmod") and other and name not in found:
            found[name] = values[other]
    if "date" not in found and (day := first_day(found)):
        found["date"] = day
    return found


# --- the site ---------------------------------------------------------------------------------------------


def _as_site(
    root: Path, folder: Path, tree: Tree, settings: Settings, pages: list[_Page], left: list[LeftOut],
    broken: list[str], base_url: str,
) -> OldSite:  # fmt: skip
    texts = {page.path: bool(_head_body(tree, page.path).strip()) for page in pages if page.where.kind != "page"}
    left += [
        LeftOut(what=page.path, why="list page without a text of its own")
        for page in pages
        if not texts.get(page.path, True)
    ]
    kept = [page for page in pages if texts.get(page.path, True)]
    links = Links(
        base_url=base_url,
        base=path_of(base_url),
        addresses={known_as(page.address): page.address for page in pages},
        files=dict(_files(pages)),
    )
    names = named({page.path: _name(page) for page in kept})
    dated = _dated_sections(kept, settings)
    find = finder(root)
    statics = [source for source, _, _ in _roots(settings, "staticdir", "static") if source]
    bundles = {page.address.strip("/"): page.path.rpartition("/")[0] for page in pages if page.bundle}
    held = tuple(f"The settings of the old site cannot be read ({path})." for path in broken)
    files: list[OldFile] = []
    inside = folder.resolve()
    taken: set[str] = set()
    for page in kept:
        place = tree.files[page.path]
        if root != folder:
            if inside not in place.resolve().parents:
                continue
            place = folder / place.resolve().relative_to(inside)
        seek = _find(find, page, [*statics, "assets"], bundles, path_of(base_url))
        old = Old(
            address="" if page.where.kind == "home" else once(page.address, taken),
            held=(*held, *_switched_off(page, settings)),
            page=_is_page(page, dated), name=names[page.path],
        )  # fmt: skip
        files.append(
            OldFile(path=page.path, place=place, translate=_translate(page, old, links, settings, seek), find=seek)
        )
    return OldSite(
        generator="Hugo", base_url=base_url, files=tuple(files),
        left=tuple(left) if root == folder else (), problems=tuple(_unread(path) for path in broken),
    )  # fmt: skip


def _head_body(tree: Tree, path: str) -> str:
    head = _head(tree, path)
    return head.body if head else ""


def _unread(path: str) -> Problem:
    return Problem(
        code="not-importable",
        severity="error",
        path=path,
        message="These settings of the old site cannot be read, so that all its articles are drafts.",
        hint="Correct them until Hugo builds the site, delete the articles, and import again.",
    )


def _name(page: _Page) -> str:
    return str(page.where.values.get("slug") or "") or page.where.name or "home"


def _switched_off(page: _Page, settings: Settings) -> Iterator[str]:
    own = table(settings.languages.get(page.where.lang))
    off = [str(one).lower() for one in listed(settings.values.get("disablelanguages"))]
    if page.where.lang in off or is_yes(own.get("disabled", "")):
        yield f"In Hugo its language ({page.where.lang}) is disabled."
    kinds = [str(one).lower() for one in listed(settings.values.get("disablekinds"))]
    if page.where.kind in kinds:
        yield f"In Hugo pages of its kind ({page.where.kind}) are disabled."


def _files(pages: list[_Page]) -> Iterator[tuple[str, str]]:
    """Yield the addresses of pages by all that a link or ``ref`` may call them."""
    short: dict[str, str] = {}
    for page in pages:
        name = PurePosixPath(page.path).name
        short.setdefault(name, page.address)
        short.setdefault(PurePosixPath(page.below).name, page.address)
    yield from ((f"ref:{name}", address) for name, address in short.items())
    for page in pages:
        folder = page.path.rpartition("/")[0]
        yield from (
            (key, page.address) for key in (page.path, f"ref:{page.below}@{page.where.lang}", f"ref:{page.below}")
        )
        yield f"ref:{page.below}{PurePosixPath(page.path).suffix}", page.address
        if page.bundle:
            yield folder, page.address
        else:
            yield page.path.removesuffix(PurePosixPath(page.path).suffix), page.address


def _dated_sections(pages: list[_Page], settings: Settings) -> frozenset[str]:
    main = settings.values.get("mainsections") or table(settings.values.get("params")).get("mainsections")
    dated = (
        page.where.folders[0] for page in pages if page.where.folders and page.where.kind == "page" and page.where.day
    )
    return frozenset((*map(str, listed(main)), *dated))


def _is_page(page: _Page, dated: frozenset[str]) -> bool:
    """Tell whether a text stands outside the stream of articles. One that waits for a date cannot be a page here."""
    where, values = page.where, page.where.values
    says = verdict(values)
    if says.dates or is_future(where.day):
        return False
    if where.kind != "page":
        return True
    if where.folders:
        return where.folders[0] not in dated and not where.day
    alone = bool(dated) and not (values.get("tags") or values.get("categories"))
    kind = str(values.get("type") or values.get("layout") or "").lower()
    return not where.day or alone or kind in _IS_PAGE or bool(values.get("menu") or values.get("menus"))


def _find(
    find: Callable[[str], bytes | None], page: _Page, statics: list[str], bundles: Mapping[str, str], base: str
) -> Callable[[str], bytes | None]:
    """Return what gives the pictures of a page: beside it, at its address, and in the folders of static files."""
    folder = page.path.rpartition("/")[0]
    address = page.address if page.address.endswith("/") else page.address.rpartition("/")[0] + "/"

    def places(name: str) -> Iterator[str]:
        if not name.startswith("/"):
            yield name
            below = name.removeprefix(f"{folder}/")
            yield from (f"{static}{address.removeprefix(base)}{below}" for static in statics)
            name = f"/{below}"
        for whole in dict.fromkeys((name, name.removeprefix(base) if name.startswith(f"{base}/") else name)):
            yield from (f"{static}{whole}" for static in statics)
            of, _, last = name.strip("/").rpartition("/")
            if of in bundles:
                yield f"{bundles[of]}/{last}"
            yield whole.lstrip("/")

    def sought(name: str) -> bytes | None:
        return next((data for place in places(name) if (data := find(place)) is not None), None)

    return sought


# --- a text -----------------------------------------------------------------------------------------------


def _translate(
    page: _Page, old: Old, links: Links, settings: Settings, find: Callable[[str], bytes | None]
) -> Callable[[str], OldText]:
    def translate(text: str) -> OldText:
        head = head_and_body(text)
        kept = {key: value for key, value in head.values.items() if key.lower() not in _OWN}
        inherited = {key: value for key, value in page.where.values.items() if key not in lowered(head.values)}
        values = {
            **{key: value for key, value in inherited.items() if key not in _OWN},
            **kept,
            **_own_keys(page, settings),
        }
        build = table(page.where.values.get("build") or page.where.values.get("_build"))
        shown = {key: value for key, value in build.items() if key != "list"}
        values |= {"build": shown} if shown else {}
        if is_yes(page.where.values.get("headless", "")):
            values["headless"] = page.where.values["headless"]
        if "list" in build and str(build["list"]).lower() not in ("always", "true"):
            old_here = structs.replace(old, unlisted=True, page=False)
        else:
            old_here = old
        values |= _title(page, values, head.body)
        names = {
            plural: "tags"
            for plural in map(str, table(settings.values.get("taxonomies")).values())
            if plural != "authors"
        }
        dialect = Dialect(low_first=True, names={**names, "published": "date"})
        body = as_markdown(head.body) if page.path.lower().endswith(HTML) else head.body
        body = _body(with_addresses(body, lambda written: _link(written, page, links, find)))
        return in_own_keys(ForeignHead(values=values, body=body), dialect, old_here)

    return translate


def _body(text: str) -> str:
    """Return a body whose shortcodes are what they stand for."""
    return text


def _own_keys(page: _Page, settings: Settings) -> dict[str, Any]:
    """Return the keys whose values Hugo's rules decide."""
    found: dict[str, Any] = {}
    if aliases := old_names(page.where, page.address, settings):
        found["aliases"] = aliases
    if "weight" in page.where.values and page.where.kind == "page":
        found["weight"] = page.where.values["weight"]
    told = settings.languages or settings.values.get("defaultcontentlanguage")
    code = page.where.lang if told else str(settings.values.get("languagecode") or settings.values.get("locale") or "")
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", code):
        found["lang"] = code
    if day := page.where.values.get("date"):
        found["date"] = day
    return found


def _title(page: _Page, values: Mapping[str, Any], body: str) -> dict[str, Any]:
    """Return a title for a text that has none, made of the name of its file; a headline of its own is one."""
    said = next((value for key, value in values.items() if key.lower() == "title"), "")
    if str(said).strip() or re.match(r"\s*#[ \t]+\S", body):
        return {}
    words = re.sub(r"[-_\s]+", " ", day_and_name(page.where.name)[1] or page.where.name).strip()
    return {"title": (words[:1].upper() + words[1:]) or "Home"}


def _link(written: str, page: _Page, links: Links, find: Callable[[str], bytes | None]) -> str:
    if found := _REF.match(written.strip()):
        target, hash_, part = found["to"].partition("#")
        beside = f"ref:/{'/'.join(part for part in page.below.split('/')[1:-1])}/{target}".replace("//", "/")
        plain = target.removesuffix(".md").rstrip("/")
        lang = page.where.lang
        keys = (
            f"ref:{plain}@{lang}",
            f"ref:{target}",
            f"ref:{plain}",
            f"ref:/{plain}@{lang}",
            beside,
            f"ref:/{plain}",
            beside.removesuffix(".md"),
        )
        address = next((links.files[key] for key in keys if key in links.files), "" if target else page.address)
        return address + hash_ + part + found["tail"] if address or not target else written
    plain = _ADDRESS.sub("/", written).replace("//", "/") if "{{" in written else written
    own = links.own(plain)
    if own and find(own[0]) is not None:
        return own[0]
    return links.of(plain, page.path, page.address, page.path.partition("/")[0])
