"""An original as readings: one of a capture, a saved page or a mail, one for each entry of a feed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec import structs

from yoyak.front_matter.read import split
from yoyak.importing.documents.readings import document_readings
from yoyak.importing.embedded import Iframe, files_of, frames_of, with_addresses_of_frames, with_embedded
from yoyak.importing.exports import export_readings
from yoyak.importing.feeds import feed_readings
from yoyak.importing.foreign import means_otherwise, translated
from yoyak.importing.found import Member, NoTextError, Readings, around_of, refusal, shelf_of, stated
from yoyak.importing.heads import with_properties_above
from yoyak.importing.mail_readings import mail_readings
from yoyak.importing.marks import converted
from yoyak.importing.mime import TooManyPartsError, page_of, page_text, pictures_of, read_mime
from yoyak.importing.originals import NOTION, OldText, Original
from yoyak.importing.origins.archives import packed_readings
from yoyak.importing.origins.blogger import blogger_readings
from yoyak.importing.origins.ghost import ghost_readings
from yoyak.importing.origins.medium import medium_readings
from yoyak.importing.origins.naver import naver_export, naver_held, naver_page
from yoyak.importing.origins.tistory import tistory_readings
from yoyak.importing.origins.wordpress import wordpress_readings
from yoyak.importing.ours import plain_host
from yoyak.importing.sniff import Format, UnsupportedFile, format_of
from yoyak.model.message import Problem, say
from yoyak.model.sources import SourceFile
from yoyak.pipeline.load import ARTICLE_ENDINGS, ARTICLE_LIMIT
from yoyak.pipeline.parse import read
from yoyak.settings.config import SiteConfig
from yoyak.text.decoding import UndecodableError, file_text
from yoyak.text.old_status import verdict
from yoyak.text.tracking import without_tracking
from yoyak.text.urls import host_of

_LITTLE = ("page-without-text", "page-in-a-frame", "page-very-short")
_DEEPEST = 3
LIMIT = 60_000_000
"""Bytes of an original: a page may hold its pictures."""


def readings_of(original: Original, config: SiteConfig) -> Readings:
    """Return the articles of an original, and why it has none."""
    if original.translate:
        return _guarded(original, config, _of_old_site)
    if original.names:
        return _guarded(original, config, packed_readings)
    form = format_of(original.name, original.data)
    if isinstance(form, UnsupportedFile):
        return Readings(problems=(refusal(original, form.message, form.hint),))
    read = _held_by_name(original, _guarded(original, config, _READERS[form]))
    return structs.replace(read, found=tuple(_from_where(one, original.address) for one in read.found))


def _from_where(found: Member, address: str) -> Member:
    """Return a reading with the address that was open, unless its page names another of the same host."""
    named = found.source.fields.get("source_url")
    if not address or (named and _site(str(named.value)) == _site(address)):
        return found
    fields = {**found.source.fields, "source_url": stated(without_tracking(address), 1.0, "address of the window")}
    return structs.replace(found, source=structs.replace(found.source, fields=fields))


def _site(address: str) -> str:
    return plain_host(address).removeprefix("m.")


def _held_by_name(original: Original, readings: Readings) -> Readings:
    """Return readings that are held back when the name of their file or its folder says so."""
    if not original.held:
        return readings
    found = (
        structs.replace(one, old=structs.replace(one.old, held=(*one.old.held, original.held)))
        for one in readings.found
    )
    return structs.replace(readings, found=tuple(found))


def _guarded(original: Original, config: SiteConfig, read: _Read) -> Readings:
    try:
        return read(original, config)
    except UndecodableError as error:
        hint = say("save-as-utf-8.hint")
        problem = Problem(code="undecodable", path=original.given, message=error.words, hint=hint)
    except TooManyPartsError as error:
        problem = refusal(original, error.words, say("too-many-parts.hint"))
    except NoTextError as error:
        problem = refusal(original, error.words, error.hint)
    return Readings(problems=(problem,))


def _of_old_site(original: Original, config: SiteConfig) -> Readings:
    """Return the one article of a file of an old site."""
    assert original.translate is not None
    found = _translated(original, original.translate(file_text(original.data)), {}, config)
    return Readings(found=(structs.replace(found, is_own=True),))


def _translated(original: Original, meant: OldText, inside: Mapping[str, bytes], config: SiteConfig) -> Member:
    is_markdown = PurePosixPath(original.name).suffix.lower() in (".md", ".markdown", ".txt")
    named = original if is_markdown else structs.replace(original, name=f"{original.stem}.md")
    found = _page(named, meant.text, inside, config)
    return structs.replace(found, old=meant.old)


def _text(original: Original, config: SiteConfig) -> Readings:
    program = "astro" if original.name.lower().endswith(".mdx") else ""
    if program:
        original = structs.replace(original, name=f"{original.name[:-4]}.md")
    given = file_text(original.data)
    text = with_properties_above(given) if NOTION.search(PurePosixPath(original.name).stem) else given
    meant_html = with_addresses_of_frames(text, original.find) if "frame" in text else text
    html, inside = with_embedded(meant_html)
    found = _page(original, html if inside or html != given else "", inside, config)
    if found.source.kind == "saved_page":
        page = _of_frames(found, text, original, {}, config)
        held = verdict({match["name"].title(): match["said"] for match in _STATUS.finditer(text[:_HEAD])}).held
        return Readings(found=(structs.replace(page, old=structs.replace(page.old, held=(*page.old.held, *held))),))
    meant = _meant(text, found, program)
    again = _translated(original, meant, inside, config) if meant else found
    return Readings(found=(again if again.source.reading else found,))


_STATUS = re.compile(
    r"<meta\s+name=[\"']?(?P<name>status|draft|published|visibility|private|hidden)[\"']?\s+"
    r"content=[\"']?(?P<said>draft|hidden|skip|private|pending|true|false|yes|no)[\"'\s/>]",
    re.IGNORECASE,
)
"""What says in a page of Pelican and the like who sees it; elsewhere ``status`` may be anything."""
_HEAD = 20_000


def _meant(text: str, found: Member, program: str) -> OldText | None:
    """Return a Markdown file of another program in yoyak's form; None for one that is in it."""
    meant = translated(text) if _is_another_generators(found) or means_otherwise(text) else None
    if found.source.kind != "markdown":
        return None
    written = meant.text if meant else text
    plain = converted(written, program, lambda _: "")
    if plain == written:
        return meant
    return structs.replace(meant, text=plain) if meant else OldText(text=plain)


def _is_another_generators(found: Member) -> bool:
    """Tell whether a Markdown file has a head that yoyak does not understand, or none that it sees."""
    return found.source.kind == "markdown" and (found.source.reading is None or "title" not in found.source.fields)


def _naver(original: Original, config: SiteConfig) -> Readings:
    """Return the post of a page of Naver: as one's own when the user says so, else as any saved page; held back by its
    owner's marks either way."""
    if original.wanted == "naver" or host_of(config.base_url) == "blog.naver.com":
        export = naver_export(original, config)
        if export.articles:
            return export_readings(original, export, config)
    read = _text(original, config)
    held = naver_held(naver_page(original)[0])
    found = tuple(structs.replace(one, old=structs.replace(one.old, held=held)) for one in read.found)
    return structs.replace(read, found=found) if held else read


def _archive(original: Original, config: SiteConfig) -> Readings:
    mime = read_mime(original.data)
    page = page_of(mime)
    if page is None:
        raise NoTextError(say("no-page"), say("no-page.hint"))
    inside, names = pictures_of(mime)
    html, embedded = with_embedded(page_text(mime, page, names))
    found = _page(original, html, {**inside, **embedded}, config, ending=".html")
    pages = {
        f"cid:{part.content_id}": part.text() for part in mime.parts if part.type == page.type and part is not page
    }
    return Readings(found=(_of_frames(found, html, original, pages, config),))


def _page(original: Original, text: str, inside: Mapping[str, bytes], config: SiteConfig, ending: str = "") -> Member:
    """Return what the site's own readers make of an original, or of the text that stands for it."""
    known = PurePosixPath(original.name).suffix.lower() in ARTICLE_ENDINGS
    path = original.path + (ending or ("" if known else ".txt"))
    data = ("\ufeff" + text).encode() if text else original.data
    if len(data) > ARTICLE_LIMIT:
        raise NoTextError(say("too-large-text", size=len(data), most=ARTICLE_LIMIT), say("split-it.hint"))
    shelf = shelf_of(original, inside)
    around = around_of(config, path, shelf)
    source = read(SourceFile(path=path, data=data, digest="", seen=original.changed, seen_by="file-time"), around)
    markdown = split(source.text).body.strip("\n") if source.kind == "markdown" else ""
    return Member(source=source, around=around, shelf=shelf, stem=original.stem, markdown=markdown)


# --- pages in frames ------------------------------------------------------------------------------


def _of_frames(
    outer: Member, html: str, original: Original, parts: Mapping[str, str], config: SiteConfig, depth: int = 0
) -> Member:
    """Return the reading of the frame that holds a page's text, with what the page around it says; else the page's."""
    empty = any(problem.code in _LITTLE for problem in outer.source.problems)
    best, texts, missing = outer, dict[str, Member](), list[Problem]()
    for frame in frames_of(html) if depth < _DEEPEST else ():
        if not (empty or frame.is_main):
            continue
        for name, text in _pages_of(frame, original, parts):
            inner = _in_frame(original, name, text, parts, config, depth)
            missing += [problem for problem in inner.source.problems if problem.code in _LITTLE] if inner else ()
            if inner and inner.source.reading:
                texts[frame.source or name] = inner
            if inner and _size(inner) > (_size(best) if empty else 2 * _size(best)):
                best = inner
    if best is not outer:
        return _within(outer, best, _others(texts, best, original))
    return _with_frame_that_is_missing(outer, missing) if empty and missing else outer


def _with_frame_that_is_missing(outer: Member, found: Sequence[Problem]) -> Member:
    """Return the reading of a page whose frame is there and has no text: what is missing is what that frame says."""
    own = outer.source.problems
    said = (structs.replace(found[0], path=own[0].path) if one.code == "page-in-a-frame" else one for one in own)
    return structs.replace(outer, source=structs.replace(outer.source, problems=tuple(said)))


def _others(texts: Mapping[str, Member], best: Member, original: Original) -> tuple[Problem, ...]:
    """Return the problem of frames with other texts than the one that is the article."""
    names = [name for name, one in texts.items() if _size(one) and _words(one) != _words(best)]
    return (original.warning("left-behind.frames", names=", ".join(names)[:200]),) if names else ()


def _pages_of(frame: Iframe, original: Original, parts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the names and the texts of the page that a frame shows, as far as there are any."""
    if frame.text:
        yield original.name, frame.text
    elif frame.source in parts:
        yield original.name, parts[frame.source]
    for name in files_of(frame):
        if data := original.find(name):
            yield name, file_text(data)
            return


def _in_frame(
    original: Original, name: str, text: str, parts: Mapping[str, str], config: SiteConfig, depth: int
) -> Member | None:
    folder = name.rpartition("/")[0] if name != original.name else ""

    def find(wanted: str) -> bytes | None:
        return original.find(posixpath.normpath(posixpath.join(folder, wanted)))

    html, inside = with_embedded(with_addresses_of_frames(text, find))
    within = structs.replace(original, name=name)
    found = _page(within, html, inside, config, ending="" if name.lower().endswith((".html", ".htm")) else ".html")
    if found.source.kind != "saved_page" or found.source.reading is None:
        return None
    data = original.find(name) if name != original.name else None
    found = structs.replace(found, beside={name: data} if data else {})
    return _of_frames(found, text, structs.replace(within, find=find), parts, config, depth + 1)


def _size(found: Member) -> int:
    return sum(map(len, _words(found)))


def _words(found: Member) -> list[str]:
    return [block.text for block in found.source.reading.blocks] if found.source.reading else []


def _within(outer: Member, inner: Member, told: tuple[Problem, ...]) -> Member:
    """Return the reading of a frame with what only the page around it says; its address is the one that people know."""
    fields = {**outer.source.fields, **inner.source.fields}
    if "source_url" in outer.source.fields:
        fields["source_url"] = outer.source.fields["source_url"]
    source = structs.replace(inner.source, fields=fields, problems=(*inner.source.problems, *told))
    return structs.replace(inner, source=source, stem=outer.stem, beside={**outer.beside, **inner.beside})


_Read = Callable[[Original, SiteConfig], Readings]
_READERS: Mapping[Format, _Read] = {
    "text": _text,
    "archive": _archive,
    "mail": mail_readings,
    "feed": feed_readings,
    "document": document_readings,
    "wordpress": wordpress_readings,
    "blogger": blogger_readings,
    "ghost": ghost_readings,
    "medium": medium_readings,
    "tistory": tistory_readings,
    "naver": _naver,
    "packed": packed_readings,
}
