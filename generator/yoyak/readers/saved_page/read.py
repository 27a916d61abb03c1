"""Saved pages: HTML that a browser saved.

The parser is imported here and in the modules that only this one imports, so that a site without saved pages does not
wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from urllib.parse import unquote

from yoyak.model.message import Problem, problem_of, warning
from yoyak.model.sources import Block, Field, LeftOut, Reading
from yoyak.readers.around import Surroundings
from yoyak.readers.capture.problems import doubtful
from yoyak.readers.capture.rules import capture_rules
from yoyak.readers.saved_page.body import body_blocks
from yoyak.readers.saved_page.captions import name_figures
from yoyak.readers.saved_page.data import PageData, page_data
from yoyak.readers.saved_page.fields import calibrated, page_address, page_fields, page_outlets
from yoyak.readers.saved_page.from_body import Text, fields_of_body, sort_blocks
from yoyak.readers.saved_page.inline import LinkContext
from yoyak.readers.saved_page.languages import page_language
from yoyak.readers.saved_page.left_out import frame_of, in_a_frame, left_out
from yoyak.readers.saved_page.main import Main, article_pieces
from yoyak.readers.saved_page.markup import article_tree
from yoyak.readers.saved_page.names import Names
from yoyak.readers.saved_page.near import owners
from yoyak.readers.saved_page.pieces import Piece, page_pieces
from yoyak.readers.saved_page.scripts import saved_from
from yoyak.readers.saved_page.short import says_something, short_pieces
from yoyak.readers.saved_page.states import rendered_by_scripts, size_of
from yoyak.readers.saved_page.tags import page_tags
from yoyak.readers.saved_page.tree import Node, Script, Tree, page_tree
from yoyak.readers.saved_page.unused import unused_blocks

_LEAST_TEXT = 200
"""Characters of body below which a page without paragraphs was saved without its text."""

_LONG = 40
"""Characters of a paragraph that is surely one."""


def read_saved_page(text: str, around: Surroundings) -> Reading:
    """Return what a saved page says: fields with evidence, and the article's body as clean blocks."""
    return _read(text, around)[0]


def left_out_of_page(text: str, around: Surroundings) -> tuple[LeftOut, ...]:
    """Return what of a saved page is no part of the article that `read_saved_page` makes of it."""
    reading, tree, pieces, main = _read(text, around)
    return unused_blocks(tree, pieces, main, reading.blocks, reading.fields)


def _read(text: str, around: Surroundings) -> tuple[Reading, Tree, Sequence[Piece], Main]:
    tree = page_tree(text)
    name_figures(tree.nodes)
    pieces = page_pieces(tree.root)
    data = page_data(tree.nodes, tree.scripts)
    address = page_address(data, saved_from(text))
    owned = owners(pieces)
    fields = page_fields(data, address, around, owned, [piece.text for piece in pieces])
    language = _said(fields, "lang") or around.language
    page = LinkContext(
        around=around, address=address, language=language, known={}, missing=[], inside=[], embeds=[], lost=[]
    )
    main = article_pieces(
        pieces, written=_written(data), title=_said(fields, "title"), summary=_said(fields, "summary")
    )
    root = article_tree(main.pieces)
    found = body_blocks(root, page)
    if text_size(found) < _LEAST_TEXT:
        root, found = _from_data(root, found, tree.scripts, _written(data), page)
    if _is_little(found):
        root, found = _of_little(root, found, short_pieces(pieces, _said(fields, "title")), page)
    rules = capture_rules(around.rules)
    body = sort_blocks(found, fields, rules, language)
    names = Names.of(page_outlets(data, fields, address, owned), language)
    read = Text(pieces=pieces, main=main, root=root, names=names)
    added = fields_of_body(body, read, fields, around, rules)
    said = " ".join([_said(fields, "title"), *(block.text for block in body.blocks)])
    added["tags"] = page_tags(data, said, [_said(fields, "source"), _said(fields, "label")])
    if "lang" not in fields:
        added["lang"] = page_language(data, [block.text for block in body.blocks])
    fields = {name: calibrated(name, field) for name, field in {**fields, **added}.items() if field}
    reading = Reading(
        kind="saved_page",
        fields=fields,
        html="\n".join(block.html for block in body.blocks),
        blocks=body.blocks,
        links=page.links(),
        problems=(
            *_problems(body.blocks, page, fields, tree),
            *(left_out(page, tree.fields, main.pieces) if says_something(body.blocks, page.embeds) else ()),
        ),
    )
    return reading, tree, pieces, main


def _written(data: PageData) -> str:
    written = data.article.get("articleBody")
    return written if isinstance(written, str) else ""


def _said(fields: Mapping[str, Field], name: str) -> str:
    return str(fields[name].value) if name in fields else ""


def text_size(blocks: Sequence[Block]) -> int:
    """Return the characters of a body's words; one of Chinese or Japanese says as much as two."""
    return sum(size_of(block.text) for block in blocks if block.kind not in ("figure", "caption"))


def _is_little(blocks: Sequence[Block]) -> bool:
    """Tell whether there is no paragraph as long as most are, and not much text."""
    whole = [block for block in blocks if block.kind in ("paragraph", "quote", "list") and size_of(block.text) >= _LONG]
    return text_size(blocks) < _LEAST_TEXT and not whole


def _from_data(
    root: Node, found: tuple[Block, ...], scripts: tuple[Script, ...], written: str, page: LinkContext
) -> tuple[Node, tuple[Block, ...]]:
    """Return the body that the page's scripts or its JSON-LD carry, when it is longer than the one on the page."""
    lines = written if "<p" in written else "".join(f"<p>{escape(line)}</p>" for line in written.splitlines())
    for source in (rendered_by_scripts(scripts), lines):
        tree = _without_furniture(source)
        blocks = body_blocks(tree, page)
        if text_size(blocks) > text_size(found):
            return tree, blocks
    return root, found


def _without_furniture(html: str) -> Node:
    """Return the tree of an article's HTML with its pictures and captions, and without what calls itself no text."""
    tree = page_tree(html)
    name_figures(tree.nodes)
    return article_tree(piece for piece in page_pieces(tree.root) if piece.furniture is None)


def _of_little(
    root: Node, found: tuple[Block, ...], pieces: Sequence[Piece], page: LinkContext
) -> tuple[Node, tuple[Block, ...]]:
    """Return the body of a short page, when there is more of it than what weighs most."""
    tree = article_tree(pieces)
    blocks = body_blocks(tree, page)
    more = (text_size(blocks), len(blocks)) > (text_size(found), len(found))
    return (tree, blocks) if more and says_something(blocks, page.embeds) else (root, found)


def _problems(blocks: Sequence[Block], page: LinkContext, fields: Mapping[str, Field], tree: Tree) -> Iterator[Problem]:
    path = page.around.path
    if _is_little(blocks) and not says_something(blocks, page.embeds):
        yield (in_a_frame(path, frame) if (frame := frame_of(tree.nodes)) else problem_of("page-without-text", path))
        return
    if _is_little(blocks):
        size = text_size(blocks)
        yield warning("page-very-short", path, size=size)
    if missing := list(dict.fromkeys(page.missing)):
        named = ", ".join(f'"{unquote(name.removeprefix("./"))[:80]}"' for name in missing[:3])
        names = named + (" …" if len(missing) > 3 else "")
        yield warning("missing-saved-picture", path, count=len(missing), names=names)
    if page.inside:
        yield warning("picture-inside-page", path, count=len(page.inside))
    yield from doubtful(fields, path)
    if "paywall" in fields:
        yield warning("page-for-subscribers", path)
