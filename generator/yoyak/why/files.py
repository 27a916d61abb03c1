"""Where a file of content/ is on the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import structs

from yoyak.model.message import Message, say
from yoyak.model.views import Standing
from yoyak.pages.articles import ArticleRecipe
from yoyak.pages.editions import FrontRecipe
from yoyak.pages.own import OwnRecipe
from yoyak.pages.types import ANY_RECIPE
from yoyak.pipeline.load import is_note
from yoyak.store.remembered import PageRow, StandingRow, decode
from yoyak.text.file_kinds import ASSET_ENDINGS, NOT_SHOWN_ENDINGS
from yoyak.text.names import slug_of_path
from yoyak.text.urls import quote_path
from yoyak.why.absence import absent
from yoyak.why.explanation import Explanation, TermName, What
from yoyak.why.freshness import change_of, changes_of_site, words_of
from yoyak.why.held_editions import held_record
from yoyak.why.memory import Memory

_NOTES: dict[str, What] = {"editions": "edition file", "themes": "theme file", "pages": "own page file"}


def explain_file(asked: str, path: str, memory: Memory) -> Explanation:
    """Return where a file below content/ is on the site, or why it is not there."""
    if path.startswith("content/_rules/"):
        return _of_rules(asked, path, memory)
    if PurePosixPath(path).suffix.lower() in ASSET_ENDINGS | NOT_SHOWN_ENDINGS:
        found = _of_picture(asked, path, memory)
    elif is_note(path):
        found = _of_note(asked, path, memory)
    else:
        found = _of_article(asked, path, memory)
    if not found.on_site:
        return absent(found, path, memory)
    return structs.replace(found, problems=memory.problems(path), changes=tuple(changes_of(path, memory)))


def changes_of(path: str, memory: Memory) -> Iterator[Message]:
    if change := change_of(path, memory):
        yield say("changes.gone" if change == "gone" else "changes.read", path=path, change=words_of(change))
    yield from changes_of_site((path,), memory)


# --- articles ------------------------------------------------------------------------------------


def _of_article(asked: str, path: str, memory: Memory) -> Explanation:
    row = memory.store.standings([path]).get(path)
    home = _home(path, row, memory)
    if row is None or home is None:
        return Explanation(asked=asked, what="article", on_site=False, name=path)
    output, page = home
    standing = decode(row.standing, Standing)
    return Explanation(
        asked=asked,
        what="article",
        on_site=True,
        name=path,
        url=page.url,
        file=output,
        shown_on=tuple(memory.pages[one].url for one in row.outputs if one in memory.pages),
        edition=_edition(output, memory),
        themes=tuple(TermName(title=link.title, url=link.url) for link in standing.themes),
        tags=tuple(TermName(title=link.title, url=link.url) for link in standing.tags),
        ribbon=standing.ribbon or ("unlisted" if _is_unlisted(output, memory) else ""),
    )


def _home(path: str, row: StandingRow | None, memory: Memory) -> tuple[str, PageRow] | None:
    """Return the page of an article's own."""
    pages = ((output, memory.pages.get(output)) for output in (row.outputs if row else ()))
    return next(
        ((output, page) for output, page in pages if page and page.kind == "article" and page.origin == path), None
    )


def _is_unlisted(output: str, memory: Memory) -> bool:
    recipe = decode(memory.store.recipes([output])[output].recipe, ANY_RECIPE)
    return isinstance(recipe, ArticleRecipe | OwnRecipe) and recipe.unlisted


def _edition(output: str, memory: Memory) -> str:
    recipe = decode(memory.store.recipes([output])[output].recipe, ANY_RECIPE)
    return recipe.edition.key if isinstance(recipe, ArticleRecipe) and recipe.edition else ""


# --- notes, pictures, rules -------------------------------------------------------------------------


def _of_note(asked: str, path: str, memory: Memory) -> Explanation:
    kind = path.split("/", 2)[1]
    found = Explanation(asked=asked, what=_NOTES[kind], on_site=False, name=path)
    pages = list(_pages_of_note(kind, path, memory)) if path in memory.files else []
    if not pages:
        return found
    row = memory.pages[pages[0]]
    urls = tuple(memory.pages[output].url for output in pages)
    held = held_record(path, memory)
    ribbon = "unlisted" if kind == "pages" and _is_unlisted(pages[0], memory) else held.reason if held else ""
    return structs.replace(found, on_site=True, url=row.url, file=pages[0], shown_on=urls, ribbon=ribbon)


def _pages_of_note(kind: str, path: str, memory: Memory) -> Iterator[str]:
    """Yield the output paths of the pages that an edition's, a theme's or an own page's file is on."""
    if kind == "pages":
        yield from (output for output, row in memory.pages.items() if row.origin == path and row.kind == "page")
        return
    slug = PurePosixPath(path).stem if kind == "editions" else slug_of_path(path)
    wanted = memory.config.base_path + quote_path(f"{kind}/{slug}/")
    home = next((output for output, row in memory.pages.items() if row.url == wanted), None)
    if home is None:
        return
    yield home
    if kind == "themes":
        further = (o for o, row in memory.pages.items() if row.url.startswith(f"{wanted}page/") and row.kind == "theme")
        yield from sorted(further)
    elif _is_front_page_of(slug, memory):
        yield "index.html"


def _is_front_page_of(key: str, memory: Memory) -> bool:
    row = memory.store.recipes(["index.html"]).get("index.html")
    recipe = decode(row.recipe, ANY_RECIPE) if row else None
    return isinstance(recipe, FrontRecipe) and recipe.edition is not None and recipe.edition.link.key == key


def _of_picture(asked: str, path: str, memory: Memory) -> Explanation:
    row = memory.assets.get(path)
    output = row.asset.output if row and row.asset else ""
    found = Explanation(asked=asked, what="picture", on_site=False, name=path)
    if output not in memory.outputs:
        return found
    url = memory.config.base_path + quote_path(output)
    return structs.replace(found, on_site=True, url=url, file=output, shown_on=tuple(_shown_on(output, memory)))


def _shown_on(asset: str, memory: Memory) -> Iterator[str]:
    """Yield the urls of the articles that show a picture."""
    for path, reading in memory.readings.items():
        if reading.place and asset in reading.place.assets and (row := memory.store.standings([path]).get(path)):
            home = _home(path, row, memory)
            yield from (home[1].url,) if home else ()


def _of_rules(asked: str, path: str, memory: Memory) -> Explanation:
    known = path in memory.files
    found = Explanation(asked=asked, what="rules file", on_site=known, name=path)
    return structs.replace(found, changes=tuple(changes_of(path, memory))) if known else absent(found, path, memory)
