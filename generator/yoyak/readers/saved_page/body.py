"""The body of a saved page: clean blocks in reading order, made anew from what the page's markup means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape

from msgspec import structs

from yoyak.model.sources import Block, BlockKind
from yoyak.readers.saved_page.embeds import embed_of, link_html, source_of
from yoyak.readers.saved_page.figures import figure_block, is_beside
from yoyak.readers.saved_page.inline import BREAK, LinkContext, inline_html, tidy, urljoined
from yoyak.readers.saved_page.pieces import is_told
from yoyak.readers.saved_page.tree import EMBEDS, HEADINGS, Node, text_of_nodes
from yoyak.readers.word_lists import words
from yoyak.text.headings import levels
from yoyak.text.odd_letters import shows_nothing

_SKIPPED = words("skipped-elements")
_BLOCKS = words("elements-of-blocks") | {*EMBEDS, *HEADINGS}
_DEEPEST = 60
_LEVEL = re.compile(r"(?<=^<h)\d|(?<=</h)\d(?=>$)")
_CAPTION = re.compile(r"[▲△▼▽◀▶]\s?(?!.*[▲△▼▽◀▶]).{5,160}$")
"""What Korean papers put below a picture; several marks are a list."""
_TAGS = re.compile(r"<[^>]+>")
_PARAGRAPHS = re.compile(r"(?:<br>\s*){2,}")


def body_blocks(root: Node, page: LinkContext) -> tuple[Block, ...]:
    """Return the blocks of the article in `root`, headings at the levels that the page gives them."""
    return _with_captions(list(_blocks(root, page, 0)))


def _with_captions(blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks without paragraphs that only say again what the picture before them says."""
    kept: list[Block] = []
    for block in blocks:
        before = kept[-1] if kept else None
        if before and block.kind == before.kind == "figure" and _shows(block) == _shows(before):
            kept[-1] = max(before, block, key=lambda one: len(one.html))  # a late picture and that of its <noscript>
            continue
        below = block.kind == "paragraph" and before is not None and before.kind in ("figure", "caption")
        if below and _CAPTION.match(block.text):
            html = f"<figure><figcaption>{block.html[3:-4]}</figcaption></figure>"
            kept.append(Block(kind="caption", text=block.text, html=html))
        elif not (below and before and block.text == before.text):
            kept.append(block)
    return tuple(kept)


def _shows(figure: Block) -> str:
    """Return where the picture of a figure is."""
    found = re.search(r'\s(?:src|href)="([^"]*)"', figure.html)
    return found[1] if found else ""


def with_levels(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with their headings below the headline, from h2 on without jumps."""
    moved = iter(levels(int(block.html[2]) for block in blocks if block.kind == "heading"))
    written = (_LEVEL.sub(str(next(moved)), block.html) if block.kind == "heading" else "" for block in blocks)
    return tuple(structs.replace(one, html=html) if html else one for one, html in zip(blocks, written, strict=True))


def text_of(html: str) -> str:
    """Return the words of running HTML that this module made."""
    return " ".join(unescape(_TAGS.sub("", html.replace(BREAK, " "))).split())


def _blocks(root: Node, page: LinkContext, depth: int) -> Iterator[Block]:
    """Yield the blocks below `root`. Text and inline elements between blocks are paragraphs of their own."""
    run: list[Node | str] = []
    for node in root.children:
        if isinstance(node, str) or _is_inline(node):
            run.append(node)
            continue
        yield from _paragraphs(run, page)
        run = []
        if node.name not in _SKIPPED:
            yield from _element(node, page, depth)
    yield from _paragraphs(run, page)


def _is_inline(node: Node) -> bool:
    own = node.name in _SKIPPED or node.name in _BLOCKS
    return not own and not any(inner.name in _BLOCKS for inner in node.elements())


def _element(tag: Node, page: LinkContext, depth: int) -> Iterator[Block]:
    if depth > _DEEPEST:
        yield from _paragraphs([tag.text(" ")], page)
    elif tag.name in HEADINGS:
        told = tag.name != "h1" and is_told(" ".join(tag.text().split()))
        yield from _simple(tag, page, *(("paragraph", "p") if told else ("heading", tag.name)))
    elif tag.name in ("figure", "img", "amp-img", "picture"):
        for embed in tag.below(*EMBEDS):
            yield from _embed(embed, page)
        yield from figure_block(tag, page)
    elif tag.name in EMBEDS:
        yield from _embed(tag, page)
    elif tag.name == "blockquote":
        yield from _quote(tag, page, depth)
    elif tag.name in ("ul", "ol"):
        yield from _list(tag, page)
    elif tag.name == "table":
        yield from _table(tag, page, depth)
    elif tag.name == "pre":
        yield Block(kind="paragraph", text=tag.text(), html=f"<pre>{escape(tag.text(), quote=False)}</pre>")
    else:
        yield from _blocks(tag, page, depth + 1)


def _embed(tag: Node, page: LinkContext) -> Iterator[Block]:
    """Yield the link that stands for a film, a sound or a frame."""
    written = source_of(tag)
    saved = is_beside(written)
    embed = embed_of(tag, page.language, "" if saved or not written else urljoined(page.address, written))
    if embed is None:
        return
    if not embed.address:
        page.lost.append(embed.title)
        return
    html = escape(embed.title, quote=False) if page.link(embed.address).gone else link_html(embed)
    page.embeds.append(text_of(html))
    yield Block(kind="paragraph", text=text_of(html), html=f"<p>{html}</p>")


def _paragraphs(run: Sequence[Node | str], page: LinkContext) -> Iterator[Block]:
    """Yield the paragraphs in running text: two line breaks end one."""
    if not run:
        return
    for part in _PARAGRAPHS.split(inline_html(run, page)):
        html = tidy(_balanced(part))
        if not shows_nothing(text := text_of(html)):
            yield Block(kind="paragraph", text=text, html=f"<p>{html}</p>")


def _balanced(part: str) -> str:
    """Return a piece of running HTML without emphasis that began or ends in another piece."""
    opened = re.findall(r"<(\w+)(?: [^>]*)?>", part.replace(BREAK, ""))
    closed = re.findall(r"</(\w+)>", part)
    return part if sorted(opened) == sorted(closed) else re.sub(r"</?(?!br\b)\w+[^>]*>", "", part)


def _simple(tag: Node, page: LinkContext, kind: BlockKind, name: str) -> Iterator[Block]:
    html = tidy(inline_html(tag.children, page).replace(BREAK, " "))
    if not shows_nothing(text := text_of(html)):
        yield Block(kind=kind, text=text, html=f"<{name}>{html}</{name}>")


def _quote(tag: Node, page: LinkContext, depth: int) -> Iterator[Block]:
    inside = [block for block in _blocks(tag, page, depth + 1) if block.kind == "paragraph"]
    if inside:
        html = "".join(block.html for block in inside)
        yield Block(
            kind="quote", text="\n".join(block.text for block in inside), html=f"<blockquote>{html}</blockquote>"
        )


def _list(tag: Node, page: LinkContext) -> Iterator[Block]:
    """Yield a list, unless it is one of links: those lead to other stories."""
    lines: list[str] = []
    html = _listed(tag, page, lines)
    if lines and not (_link_share(tag) > 0.6 and len(list(tag.below("a"))) > 1):
        yield Block(kind="list", text="\n".join(lines), html=html)


def _listed(tag: Node, page: LinkContext, lines: list[str]) -> str:
    """Return a list with the lists in its items, and add the words of each item to `lines`."""
    items: list[str] = []
    for node in _nearest(tag):
        own = tidy(inline_html(_without_lists(node), page).replace(BREAK, " ")) if node.name == "li" else ""
        words = [] if shows_nothing(text_of(own)) else [text_of(own)]
        lines += words
        inner = "".join(_listed(one, page, lines) for one in (_nearest(node) if node.name == "li" else (node,)))
        if node.name != "li" and items:  # beside the items, as many pages have it: it is of the one before
            items[-1] += inner
        elif inner or words:
            items.append(own + inner)
    return f"<{tag.name}>{''.join(f'<li>{item}</li>' for item in items)}</{tag.name}>" if items else ""


def _nearest(tag: Node) -> Iterator[Node]:
    """Yield the items and lists below an element that are in no other below it; those of an item are its lists."""
    for node in tag.children:
        if isinstance(node, Node) and (node.name in ("ul", "ol") or (node.name == "li" and tag.name != "li")):
            yield node
        elif isinstance(node, Node):
            yield from _nearest(node)


def _without_lists(node: Node) -> list[Node | str]:
    inside = (one for one in node.children if isinstance(one, str) or one.name not in ("ul", "ol"))
    return [
        one if isinstance(one, str) else Node(one.name, one.attrs, one.parent, _without_lists(one)) for one in inside
    ]


def _table(tag: Node, page: LinkContext, depth: int) -> Iterator[Block]:
    """Yield a table of data; a single column, or cells with whole paragraphs, are layout and give their blocks."""
    rows = [
        [cell for cell in row.children if isinstance(cell, Node) and cell.name in ("td", "th")]
        for row in tag.below("tr")
    ]
    cells = [cell for row in rows for cell in row]
    if (
        len(cells) < 4
        or max(len(row) for row in rows) < 2
        or any(tag.below("table"))
        or any(len(text_of_nodes(cell.children)) > 400 for cell in cells)
    ):
        for cell in cells:
            yield from _blocks(cell, page, depth + 1)
        return
    inner = "".join(f"<tr>{''.join(_cell(cell, page) for cell in row)}</tr>" for row in rows)
    text = "\n".join(" | ".join(" ".join(cell.text(" ").split()) for cell in row) for row in rows)
    yield Block(kind="table", text=text, html=f"<table><tbody>{inner}</tbody></table>")


def _link_share(tag: Node) -> float:
    """Return the share of an element's text that stands in links."""
    total = len(text_of_nodes(tag.children))
    return sum(len(text_of_nodes(link.children)) for link in tag.below("a")) / total if total else 0.0


def _cell(cell: Node, page: LinkContext) -> str:
    spans = "".join(f' {name}="{cell.get(name)}"' for name in ("colspan", "rowspan") if cell.get(name).isdigit())
    return f"<{cell.name}{spans}>{tidy(inline_html(cell.children, page))}</{cell.name}>"
