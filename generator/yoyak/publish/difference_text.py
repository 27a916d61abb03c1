"""What a deploy would change, as lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from yoyak.messages.catalogue import speak, spoken_language
from yoyak.model.message import Message, Words, say
from yoyak.publish.difference import ChangedFile, FileKind, SiteDifference
from yoyak.review.changes import BlockChange, Changes, marked
from yoyak.review.words import WordPiece
from yoyak.text.columns import printable

KINDS: tuple[FileKind, ...] = ("page", "list", "term", "feed", "redirect", "file")
_MARKS = {"added": "+", "changed": "~", "removed": "-"}
_MOST = {"page": 50}
"""How many files of a kind are printed; 10 of those that are not pages."""


def lines_of(found: SiteDifference) -> Iterator[str]:
    """Yield the changes: counts first, then pages with their words, then all else."""
    yield printable(speak(say("difference.title", name=found.target, where=found.where)))
    yield from (f"  {printable(speak(one))}" for one in notices(found))
    for kind in KINDS:
        files = [one for one in found.files if one.kind == kind]
        if files:
            yield f"{heading(kind)}: {counted(files)}"
            most = _MOST.get(kind, 10)
            yield from (line for one in files[:most] for line in _of_file(one))
            if len(files) > most:
                yield f"  {speak(say('deploy.more', count=len(files) - most))}"


def notices(found: SiteDifference) -> Iterator[Message]:
    """Yield what holds of the whole."""
    if found.first:
        yield say("difference.first")
    if found.other_site:
        yield say("difference.other-site", there=found.other_site, url=found.base_url)
    if not found.files:
        yield say("difference.none", count=found.unchanged)


def heading(kind: FileKind) -> str:
    """Return what files of a kind are called."""
    return speak(say(f"difference.kind.{kind}"))


def counted(files: Sequence[ChangedFile]) -> str:
    """Return how many files of each change there are."""
    counts = Counter(one.change for one in files)
    said = say("difference.counts", added=counts["added"], changed=counts["changed"], removed=counts["removed"])
    return speak(said)


def _of_file(one: ChangedFile) -> Iterator[str]:
    name = f"{one.title} ({one.path})" if one.title else one.path
    leads = f" → {one.leads_to}" if one.leads_to else ""
    reason = f": {speak(one.reason)}" if one.reason else ""
    yield f"  {_MARKS[one.change]} {printable(f'{name}{leads}{reason}')}"
    if one.words:
        parts = [*(field.words for field in one.words.fields), *(block.words for block in one.words.blocks)]
        words = [said for pieces in parts if (said := marked(pieces))]
        yield from (f"      {printable(said)}" for said in words[:3])


# --- What a deploy would change, as one HTML file to send to an editor. It loads nothing -------------------------


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MOST_IN_HTML = 500
"""Files of a kind that are listed."""
_AROUND = 1
"""Paragraphs that stay which are shown beside one that changes."""


def page_of(found: SiteDifference) -> str:
    """Return the report as one HTML page, in the language that is spoken."""
    title = escape(speak(say("difference.title", name=found.target, where=found.where)))
    style = files("yoyak.publish").joinpath("difference.css").read_text(encoding="utf-8")
    parts = (
        f'<!doctype html>\n<html lang="{spoken_language()}">\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex">\n<meta name="referrer" content="no-referrer">',
        f"<title>{title}</title>\n<style>{style}</style>",
        f'<h1>{title}</h1>\n<p class="of">{escape(found.base_url)}</p>',
        *(f"<p>{escape(speak(one))}</p>" for one in notices(found)),
        *_sections(found),
        "</html>\n",
    )
    return "\n".join(parts)


def _sections(found: SiteDifference) -> Iterator[str]:
    for kind in KINDS:
        files = [one for one in found.files if one.kind == kind]
        if not files:
            continue
        yield f"<section>\n<h2>{_text(heading(kind))} <small>{_text(counted(files))}</small></h2>"
        if kind == "page":
            yield from (_page(one) for one in files[:_MOST_IN_HTML])
        else:
            yield f"<ul>{''.join(f'<li>{_named(one)}</li>' for one in files[:_MOST_IN_HTML])}</ul>"
        if len(files) > _MOST_IN_HTML:
            yield f"<p>{_text(speak(say('deploy.more', count=len(files) - _MOST_IN_HTML)))}</p>"
        yield "</section>"


def _page(one: ChangedFile) -> str:
    """Return a page with what changes in its words."""
    words = "".join(_words(one.words)) if one.words else ""
    if one.words is not None and not one.words:
        words = f'<p class="of">{_text(speak(say("difference.same-words")))}</p>'
    return f"<article>\n<h3>{_named(one)}</h3>\n{words}</article>"


def _named(one: ChangedFile) -> str:
    """Return the title of a file with its address, how it changes and why."""
    change = speak(say(f"difference.change.{one.change}"))
    link = f'<a href="{escape(one.url)}" rel="noreferrer"><bdi>{_text(one.title or one.path)}</bdi></a>'
    name = f"<bdi>{_text(one.title or one.path)}</bdi>" if one.change == "added" else link
    leads = f" → <bdi>{_text(one.leads_to)}</bdi>" if one.leads_to else ""
    reason = f" · {_text(speak(one.reason))}" if one.reason else ""
    place = f" · <bdi>{_text(one.path)}</bdi>" if one.title else ""
    return f'{name}{leads} <span class="of">{_text(change)}{place}{reason}</span>'


def _words(found: Changes) -> Iterator[str]:
    """Yield the fields and the paragraphs that change, word by word, each with its neighbours."""
    for field in found.fields:
        yield f"<dl><dt>{_text(speak(_name(field.name)))}</dt><dd>{marked_up(field.words)}</dd></dl>"
    near = _near(found.blocks)
    if near:
        yield "<blockquote>"
        last = near[0]
        for number in near:
            yield "<p>…</p>" if number > last + 1 else ""
            last, block = number, found.blocks[number]
            yield f"<p>{marked_up(block.markup or block.words) or '…'}</p>"
        yield "</blockquote>"


def _name(name: str) -> Words:
    return say("changes.name.title") if name == "title" else say("difference.description")


def _near(blocks: Sequence[BlockChange]) -> list[int]:
    changed = [number for number, block in enumerate(blocks) if block.kind not in ("same", "moved")]
    near = {one for number in changed for one in range(number - _AROUND, number + _AROUND + 1)}
    return sorted(one for one in near if 0 <= one < len(blocks))


def marked_up(words: Sequence[WordPiece]) -> str:
    """Return a text with what goes and what comes marked."""
    parts = []
    for piece in words:
        if piece.same:
            parts.append(_text(piece.after))
            continue
        parts.append(f"<del>{_text(piece.before)}</del>" if piece.before else "")
        parts.append(f"<ins>{_text(piece.after)}</ins>" if piece.after else "")
    return "".join(parts)


def _text(text: str) -> str:
    return escape("".join(letter if letter.isprintable() or letter in "\n\t" else "\ufffd" for letter in text))
