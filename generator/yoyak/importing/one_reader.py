"""A mail without what is for its one reader: hidden lines, addresses, personal links, pictures that count openings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from textwrap import shorten
from typing import NamedTuple

from bs4.element import NavigableString, PageElement, Tag
from msgspec import structs

from yoyak.importing.failures import in_a_row
from yoyak.importing.personal import ROLE, Reader, is_personal, is_role, target_of, tokens_of
from yoyak.importing.pieces import is_dot, tree
from yoyak.importing.unseen import unseen_texts
from yoyak.model.message import Words, say
from yoyak.model.types import Record
from yoyak.text.odd_letters import shows_nothing
from yoyak.text.tracking import without_reader

_BLOCKS = frozenset(
    "p div td th tr table tbody li ul ol dl dd dt h1 h2 h3 h4 h5 h6 body html center blockquote pre footer".split()
)
_FOOTER = re.compile(
    r"메일|수신|구독|발송|보내|드립|받으|받고|클릭|여기|브라우저|mail|newsletter|browser|subscri"
    r"|receiv|sent to|preferences|click|here\b|©|ⓒ|copyright",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"'()]+")
_SHORT, _FOOTERS = 80, 250
_COUNTS = re.compile(r"open|pixel|/px\b|beacon|track|/wf/|/o/|/t\.gif|1x1|blank\.gif|spacer", re.IGNORECASE)
_SEPARATORS = " \t\n\u00a0|·•/ㅣ-–—,.()[]<>›»→:"


def without_personal(html: str, reader: Reader) -> tuple[str, Left]:
    """Return the HTML of a mail without what is for one reader, and what that was."""
    soup = tree(html)
    hidden = tuple(_hidden(soup))
    links = soup.find_all("a", href=True)
    roles = [link for link in links if is_role(_words(link), _href(link), reader)]
    known = {token for link in roles for token in tokens_of(_href(link))}
    reader = structs.replace(reader, tokens=reader.tokens | known)
    counters = sum(_without_counter(image, reader) for image in soup.find_all("img"))
    lines = [_without_line(link) for link in roles if _stands(link)]
    unlinked = [_without_link(link, reader) for link in links if _stands(link)]
    lines += _addressed(soup, reader)
    for paragraph in soup.find_all("p"):
        if shows_nothing(paragraph.get_text()) and paragraph.find(_holds_more) is None:
            paragraph.decompose()
    return str(soup), Left(
        hidden=hidden,
        lines=tuple(dict.fromkeys(line for line in lines if line)),
        unlinked=tuple(dict.fromkeys(words for words in unlinked if words)),
        counters=counters,
    )


def without_address(line: str, reader: Reader) -> str:
    """Return a title without the address of the reader."""
    for address in reader.addresses:
        line = re.sub(rf"\s*{re.escape(address)}\s*(?:님[,께]?)?[\s,:]*", " ", line, flags=re.IGNORECASE)
    return line.strip()


def _holds_more(tag: Tag) -> bool:
    return tag.name not in ("br", "a", "span", "font", "b", "strong", "i", "em", "u", "small")


def _stands(tag: Tag) -> bool:
    """Tell whether an element has not been taken away with what was around it."""
    return any(above.name == "[document]" for above in tag.parents)


def _href(link: Tag) -> str:
    return str(link.get("href", "")).strip()


def _words(tag: Tag) -> str:
    words = " ".join(tag.get_text(" ").split())
    image = tag.find("img", alt=True)
    return words or (" ".join(str(image["alt"]).split()) if isinstance(image, Tag) else "")


def _hidden(soup: Tag) -> Iterator[str]:
    """Take away what nobody sees; yield its words."""
    run: list[str] = []
    for text in unseen_texts(soup):
        around = text.parent
        if around is not None and around.name not in ("script", "style", "title", "head", "template"):
            run.append(str(text))
        text.extract()
    words = " ".join("".join(part for part in " ".join(run) if not shows_nothing(part) or part == " ").split())
    if words:
        yield words


def _without_counter(image: Tag, reader: Reader) -> bool:
    """Take away a picture that is there to be loaded, not to be seen."""
    source = str(image.get("src", ""))
    sizes = [str(image.get(name, "")).removesuffix("px") for name in ("width", "height")]
    alone = not str(image.get("alt", "")).strip() and not any(size.isdigit() and int(size) > 1 for size in sizes)
    named = source.startswith("http") and is_personal(source, reader)
    if not (is_dot(image) or named or (alone and _COUNTS.search(source.partition("://")[2]))):
        return False
    image.decompose()
    return True


def _without_link(link: Tag, reader: Reader) -> Words:
    """Let a personal link lead to where it leads in the end, or to nowhere; return its words then."""
    if not is_personal(_href(link), reader):
        link["href"] = without_reader(_href(link))
        return ""
    if target := target_of(_href(link), reader):
        link["href"] = target
        return ""
    words = _words(link)
    link.unwrap()
    return words or say("file.picture")


# --- lines ----------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """What stands between two line breaks."""

    nodes: list[PageElement]
    text: str

    def remove(self) -> str:
        for node in self.nodes:
            node.extract()
        return self.text


def _line(node: PageElement) -> _Line:
    """Return the line that an element or a text stands in."""
    at = node
    while (
        at.parent is not None
        and at.parent.name not in (*_BLOCKS, "[document]")
        and at.parent.find(("br", *_BLOCKS)) is None
    ):
        at = at.parent
    before = list(_until_break(at.previous_siblings))[::-1]
    nodes = [*before, at, *_until_break(at.next_siblings)]
    words = (part.get_text(" ") if isinstance(part, Tag) else str(part) for part in nodes)
    return _Line(nodes, " ".join(" ".join(words).split()))


def _until_break(nodes: Iterator[PageElement]) -> Iterator[PageElement]:
    for node in nodes:
        if isinstance(node, Tag) and (node.name in ("br", *_BLOCKS) or node.find(("br", *_BLOCKS))):
            return
        yield node


def _without_line(link: Tag) -> str:
    """Take away a link of the letter, and the line around it when that is of the letter too."""
    line = _line(link)
    rest = line.text.replace(_words(link), "", 1)
    bare = ROLE.sub("", rest).strip(_SEPARATORS)
    if not bare or (len(rest) <= _FOOTERS and _FOOTER.search(rest)):
        return line.remove()
    words = _words(link)
    link.decompose()
    return words


def _addressed(soup: Tag, reader: Reader) -> Iterator[str]:
    """Take away the lines that name the reader, and personal links that are written out; yield what went."""
    for text in [node for node in soup.find_all(string=True) if type(node) is NavigableString]:
        if (plain := _URL.sub(lambda link: without_reader(link[0]), text)) != text and not _named(text, reader):
            text.replace_with(plain)
            continue
        if text.parent is None or not (said := _named(str(text), reader)):
            continue
        line = _line(text)
        greets = said in reader.names
        if (len(line.text) <= _SHORT and not _is_prose(line.text, said)) or (
            len(line.text) <= _FOOTERS and _FOOTER.search(line.text)
        ):
            yield line.remove()
        elif not greets:
            yield said
            text.replace_with(_without_named(str(text), reader))
    yield from _in_pieces(soup, reader)
    for tag in soup.find_all(title=True):
        if _named(str(tag["title"]), reader):
            del tag["title"]


def _without_named(text: str, reader: Reader) -> str:
    """Return a long text with ``…`` where it names its reader."""
    for address in reader.addresses:
        text = _pattern(address).sub("…", text)
    while (said := _named(text, reader)) and said not in reader.names:
        text = text.replace(said, "…")
    return text


def _in_pieces(soup: Tag, reader: Reader) -> Iterator[str]:
    """Take away what holds an address that elements cut into pieces, so that programs do not see it; yield it."""
    for address in reader.addresses:
        if not _pattern(address).search(soup.get_text("")):
            continue
        holding = [tag for tag in soup.find_all(True) if _pattern(address).search(tag.get_text(""))]
        around = {id(above) for tag in holding for above in tag.parents}
        for tag in (tag for tag in holding if id(tag) not in around):
            words = " ".join(tag.get_text("").split())
            if tag.name in _BLOCKS and len(words) > _FOOTERS:
                tag.string = _pattern(address).sub("…", words)
            elif tag.name in _BLOCKS:
                tag.decompose()
            else:
                _line(tag).remove()
            yield words


@lru_cache(maxsize=64)
def _pattern(address: str) -> re.Pattern[str]:
    """Return what finds an address, with invisible characters in it too."""
    return re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]*".join(map(re.escape, address)), re.IGNORECASE)


def _is_prose(line: str, said: str) -> bool:
    """Tell whether a line says more than whom it greets."""
    more = "@" in said and re.search(r"[다요][.?!]\s", line.partition(said)[0])
    return bool(more) or len(re.findall(r"[다요][.?!]", line.replace(said, ""))) > 1


def _named(text: str, reader: Reader) -> str:
    """Return what of a text is for one reader, as it is written there: an address, a name behind a greeting, a link."""
    for address in reader.addresses:
        if found := _pattern(address).search(text):
            return found[0]
    for name in reader.names:
        if re.search(
            rf"(?:\b(?:dear|hi|hello|hey)\s+{re.escape(name)}\b|{re.escape(name)}\s?(?:님|씨|さん|様))",
            text,
            re.IGNORECASE,
        ):
            return name
    links = (found[0].rstrip(".,;") for found in _URL.finditer(text))
    return next(
        (link for link in links if is_personal(link, reader) or (ROLE.search(text) and len(text) < _FOOTERS)), ""
    )


# --- What was left out of a mail, and how the import says so -----------------------------------------------------

_MOST_WORDS = 8


class Left(Record, kw_only=True):
    """What was left out of a mail."""

    hidden: tuple[str, ...] = ()
    """Text that nobody sees."""
    lines: tuple[str, ...] = ()
    """Lines and links of the letter, not of its text."""
    unlinked: tuple[Words, ...] = ()
    """Words that stay, without their link."""
    counters: int = 0
    """Pictures that count openings."""


def left_words(left: Left) -> Iterator[Words]:
    """Yield what was left out, in words for a message."""
    if left.hidden:
        yield say("mail-left.hidden", words=_listed(left.hidden))
    if left.lines:
        yield _listed(left.lines)
    if left.unlinked:
        yield say("mail-left.links", words=_listed(left.unlinked))
    if left.counters:
        yield say("mail-left.counters", count=left.counters)


def _listed(words: Sequence[Words]) -> Words:
    named = in_a_row(map(_quoted, words[:_MOST_WORDS]))
    return say("and-more", words=named, number=len(words) - _MOST_WORDS) if len(words) > _MOST_WORDS else named


def _quoted(word: Words) -> Words:
    return f'"{shorten(word, 60, placeholder=" …")}"' if isinstance(word, str) else say("quoted", word=word)
