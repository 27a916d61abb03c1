"""A reading becomes the text of a Markdown article, with every inferred value written down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import PurePosixPath
from urllib.parse import unquote

from msgspec import structs

from yoyak.front_matter.yaml_text import one_line
from yoyak.importing.found import Member, stated
from yoyak.importing.head import first_words, head
from yoyak.importing.markdown_body import body_as_markdown
from yoyak.importing.originals import FOLDER, EmbeddedPicture, Old
from yoyak.messages.catalogue import speak
from yoyak.model.message import Problem, Words, say, warning
from yoyak.model.schema import FrontMatter, PageKeys
from yoyak.model.sources import Asset, Field
from yoyak.model.types import Article, Record
from yoyak.readers.around import FoundPicture, Surroundings
from yoyak.readers.article import make_article
from yoyak.readers.links import resolve_picture
from yoyak.readers.markdown import read_markdown
from yoyak.readers.odd_names import without_unfit
from yoyak.readers.rights import by_the_desk, rights_and_why
from yoyak.readers.saved_page.inline import urljoined
from yoyak.readers.source import SourceReading
from yoyak.readers.themes import UNSORTED
from yoyak.settings.config import SiteConfig
from yoyak.text.calendar import Moment
from yoyak.text.names import NAME_BYTES, free_name, is_default_name, name_for_every_disk, slug_of_path, slugify
from yoyak.text.urls import is_web_address, quote_path

_SAYS_NOTHING = re.compile(
    r"(?:index|untitled|unnamed|new ?text ?document|document|view|news|article|articleview|read|page|download|message"
    r"|mail|noname|feed|제목 ?없음|무제|새 ?텍스트 ?문서|새 ?문서|문서|이름 ?없음)?[ ()\d]*",
    re.IGNORECASE,
)


_LONGEST_NAME = NAME_BYTES - 20
"""Bytes in NFD of an article's name, before which its day stands."""


class Draft(Record, kw_only=True):
    """An article that is ready to be written, but for where."""

    article: Article
    name: str
    """Of its file or folder: ``2024-06-25-gaon-mulgil``."""
    month: str
    """The folder of its month: ``2024/06``."""
    lines: tuple[str, ...]
    """Of the front matter."""
    body: str
    unsure: tuple[Words, ...]
    beside: Mapping[str, bytes]
    """Files beside the original that its text is in."""
    pictures: Mapping[str, EmbeddedPicture]
    """By the name beside the article."""
    is_entry: bool
    """It comes from a feed, which may come again with more."""
    is_own: bool
    of_feed: bool
    """It is an entry of a feed of the web."""
    feed_address: str
    why_own: str
    """Why it was taken as the desk's own; empty when it was not."""
    is_markdown: bool
    """Its text was Markdown already."""
    old: Old
    addresses: tuple[str, ...]
    """All paths that lead to it from now on."""
    held: tuple[Words, ...]
    """Why readers do not see it yet, in sentences."""
    status: str

    def text(self, origin: str, day: date) -> str:
        """Return the file's text; `origin` is where the original lies, or by what name it is known."""
        origin = f"# Imported on {day.isoformat()} from {origin}"
        name = self.old.entry
        within = "mailbox" if name.startswith("mail ") else "export" if self.is_own else "feed"
        entry = [f"# Entry of the {within}: {name}"] if name else []
        return "\n".join(["---", origin, *entry, *self.lines, "---", "", self.body, ""])


def draft_of(found: Member, config: SiteConfig, themes: tuple[str, ...]) -> tuple[Draft | None, tuple[Problem, ...]]:
    """Return the article that a reading makes, or nothing and the problems that forbid it."""
    found = structs.replace(found, source=_titled(without_unfit(found.source, config.base_url)))
    source = _source(found, themes)
    parsed = make_article(source, config, found.around)
    if parsed.article is None or source.reading is None:
        return None, parsed.problems
    names = dict(_names(found))
    body = _markdown(found, names) if found.markdown else _body(found, names)
    fields, notes = _fields(found, parsed.article, config, themes, names)
    held = tuple(_held(found, fields))
    if held:
        fields["status"] = stated(_status(found), 1.0, "the import")
        notes["status"] = " ".join(speak(reason, "en") for reason in held)
    elif found.old.unlisted and "status" not in fields:
        fields["status"] = stated("unlisted", 1.0, "the import")
    known = frozenset((PageKeys if found.old.page else FrontMatter).__struct_fields__)
    written = head(fields, notes, found.around.zone, frozenset(notes) - {"rights"}, known)
    name, month = _place(found, parsed.article, config)
    used = ((output, name) for output, name in names.items() if _is_used(name, body, written.lines))
    return Draft(
        article=parsed.article,
        name=name,
        month=month,
        lines=(*written.lines, *(f"# {comment}" for comment in found.old.comments)),
        body=body,
        unsure=written.unsure,
        beside=found.beside,
        pictures={name: found.shelf.pictures[output] for output, name in used},
        is_entry=not found.stem,
        is_own=found.is_own,
        of_feed=found.of_feed,
        feed_address=found.feed_address,
        why_own=_why_own(found),
        is_markdown=bool(found.markdown),
        old=structs.replace(found.old, entry=one_line(found.old.entry, 300) if found.old.entry else ""),
        addresses=(found.old.address, *parsed.article.aliases),
        held=(*held, *_not_now(parsed.article, config)),
        status=str(fields["status"].value) if "status" in fields else "approved",
    ), (*parsed.problems, *_missing_picture(found, fields))


def _titled(source: SourceReading) -> SourceReading:
    """Return a reading; what was pasted or saved without a title is called by its first heading, or its first words."""
    if source.reading is None or source.kind == "markdown" or "title" in source.fields:
        return source
    blocks = [block for block in source.reading.blocks if block.text.strip()]
    first = next((block for block in blocks if block.kind == "heading"), blocks[0] if blocks else None)
    title = first_words(first.text, "first words of the text") if first else ()
    return structs.replace(source, fields={**source.fields, **dict(title)})


def _why_own(found: Member) -> str:
    rights = found.source.fields.get("rights")
    return rights.evidence[0].rule if found.is_own and rights and rights.evidence else ""


def _status(found: Member) -> str:
    """Return the status of an article that is held back: what was not public stays so, the rest is to be looked at."""
    return "draft" if found.old.held else "review"


def _held(found: Member, fields: Mapping[str, Field]) -> Iterator[Words]:
    """Yield why readers must not see an article yet."""
    yield from found.old.held
    if "status" not in fields and not found.old.held:
        for name, key in (("title", "held.unsure-title"), ("date", "held.unsure-date")):
            if name in found.source.fields and found.source.fields[name].confidence < SURE_ENOUGH:
                yield say(key)


def _not_now(article: Article, config: SiteConfig) -> Iterator[Words]:
    """Yield which of its own dates keeps an article from readers now."""
    if article.expires_at and article.expires_at <= config.now:
        yield say("held.expired-on", moment=_moment(article.expires_at))
    starts = max(filter(None, (article.publish_at or article.date, article.embargo_until)), default=None)
    if starts and starts > config.now:
        yield say("held.appears", moment=_moment(starts))


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}" + f"{moment: %H:%M}" * bool(moment.hour or moment.minute)


def _missing_picture(found: Member, fields: Mapping[str, Field]) -> Iterator[Problem]:
    field = found.source.fields.get("image")
    if field and "image" not in fields and isinstance(field.value, FoundPicture):
        yield warning("left-behind.article-picture", found.source.path, name=field.value.src[:120])


def _source(found: Member, themes: tuple[str, ...]) -> SourceReading:
    """Return the reading that the article is made of: a picture that is not there costs a warning, not the article."""
    source = found.source
    fields = {name: field for name, field in source.fields.items() if name != "image"}
    if themes:
        fields["themes"] = stated(themes, 1.0, "--theme")
    if "slug" not in fields and is_default_name(f"{FOLDER}{found.stem}.md"):
        fields["slug"] = stated("article", 1.0, "no name")  # the headline gives the file its name
    problems = tuple(
        structs.replace(problem, severity="warning") if problem.code == "missing-picture" else problem
        for problem in source.problems
        if not (problem.code == "missing-picture" and _is_refused(problem, found))
    )
    return structs.replace(source, fields=fields, problems=problems)


def _is_refused(problem: Problem, found: Member) -> bool:
    """Tell whether the picture that is said to be missing is a file that cannot be published, which is said instead."""
    said = str(dict(getattr(problem.message, "values", ())).get("written", "")).removeprefix("./")
    return any(name in (said, unquote(said)) for name in found.shelf.refused)


def _is_used(name: str, body: str, lines: tuple[str, ...]) -> bool:
    return name in body or any(name in line for line in lines if line.startswith("  src:"))


def _place(found: Member, article: Article, config: SiteConfig) -> tuple[str, str]:
    """Return the name of the article's file, which begins with its day, and its month's folder."""
    says_nothing = not found.stem or _SAYS_NOTHING.fullmatch(re.sub(r"[-_.\s]+", " ", found.stem).strip())
    own = "" if says_nothing else slug_of_path(f"{FOLDER}{found.stem}.md")
    slug = slugify(str(found.source.fields["slug"].value)) if "slug" in found.source.fields else ""
    named = slugify(found.old.name) or slug or own or slugify(article.title, 90)
    short = name_for_every_disk(named, "article", _LONGEST_NAME)
    name = short if short == named else short.rstrip("-")
    day = (article.date or config.now).date()
    dated = f"{day.isoformat()}-{name}" if article.date and not found.old.page else name
    return dated, f"{day.year:04}/{day.month:02}"


# --- the body -------------------------------------------------------------------------------------


def _names(found: Member) -> Iterator[tuple[str, str]]:
    """Yield the output path and the name beside the article of each picture; no two names are one on some disk."""
    image = found.source.fields.get("image")
    if image and isinstance(image.value, FoundPicture):
        resolve_picture(image.value.src, found.around)  # so that it is on the shelf with those of the body
    taken: set[str] = set()
    for output, picture in found.shelf.pictures.items():
        stem = slugify(PurePosixPath(picture.name).stem, 60) or "picture"
        yield output, free_name(stem, taken, picture.ending)


def _body(found: Member, names: Mapping[str, str]) -> str:
    assert found.source.reading is not None
    around = found.around
    urls = {around.base_path + quote_path(output): name for output, name in names.items()}
    checked = _beside(around, names)
    return body_as_markdown(found.source.reading.html, urls, lambda text: read_markdown(text, checked).html)


def _beside(around: Surroundings, names: Mapping[str, str]) -> Surroundings:
    """Return the surroundings of the article, where its pictures lie beside it."""
    assets = {FOLDER + name: Asset(path=FOLDER + name, location="", digest="", output=name) for name in names.values()}
    return structs.replace(around, path=FOLDER + PurePosixPath(around.path).name, assets=assets)


_ADDRESS = re.compile(
    r"(!?\[[^\]\n]*\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?|<img\b[^>]*?\ssrc=[\"'])([^\s)>\"']+)", re.MULTILINE
)


def _markdown(found: Member, names: Mapping[str, str]) -> str:
    """Return a body that is Markdown already, its own pictures called as they lie beside it."""

    def renamed(match: re.Match[str]) -> str:
        picture = resolve_picture(match[2], found.around)
        name = names.get(found.around.assets[picture.asset].output) if picture.asset else None
        return match[1] + (name or match[2])

    return _ADDRESS.sub(renamed, found.markdown)


# --- the fields -----------------------------------------------------------------------------------


SURE_ENOUGH = 0.7
"""An article whose title or date is less sure than this is looked at by somebody before readers see it."""


def _fields(
    found: Member, article: Article, config: SiteConfig, themes: tuple[str, ...], names: Mapping[str, str]
) -> tuple[dict[str, Field], dict[str, str]]:
    """Return everything that front matter shall say, and the comments for what was decided and not read."""
    fields = dict(found.source.fields)
    notes: dict[str, str] = {}
    for problem in found.source.problems:
        if problem.code == "date-year-inferred":
            notes["date"] = speak(problem.message, "en")
    if "date" not in fields and article.date:
        fields["date"] = stated(Moment(value=article.date, day_only=article.day_only), 1.0, "the file's name")
    if "captured" not in fields and found.source.kind != "markdown" and not found.is_own:
        today = config.now.replace(hour=0, minute=0, second=0, microsecond=0)
        fields["captured"] = stated(Moment(value=today, day_only=True), 1.0, "the day of the import")
    if "themes" not in fields and article.themes != (UNSORTED,):
        fields["themes"] = stated(article.themes, 1.0, "match in site.yaml")
    if themes:
        fields["themes"] = stated(themes, 1.0, "--theme")
    if "rights" not in fields:
        rights, why = rights_and_why(found.source.fields, found.source.kind, config, pasted=found.source.pasted)
        if rights != "full" or found.source.kind != "markdown":
            fields["rights"] = stated(rights, 1.0, why)
            notes["rights"] = f"decided by {why}"
    fields.pop("press_release", None)  # the note beside rights says so
    if "status" in fields and any(evidence.rule.startswith("embargo line") for evidence in fields["status"].evidence):
        notes["status"] = "When you know from when it may be published, write embargo_until: and delete the status."
    theirs = tuple(
        name for name in ("summary", "image") if name in fields and not found.is_own and not by_the_desk(fields[name])
    )
    if theirs:
        fields["of_the_source"] = stated(theirs, 1.0, "what the original says")
    fields |= _old_address(found, fields)
    if "image" in fields:
        image = _image(fields.pop("image"), found, names)
        fields |= {"image": image} if image else {}
    return fields, notes


def _old_address(found: Member, fields: Mapping[str, Field]) -> dict[str, Field]:
    """Return the aliases of an article that had a page of its own where it comes from."""
    if not found.old.address:
        return {}
    others = fields["aliases"].value if "aliases" in fields else ()
    aliases = tuple(dict.fromkeys((found.old.address, *(others if isinstance(others, tuple) else ()))))
    return {"aliases": stated(aliases, 1.0, "its old address")}


def _image(field: Field, found: Member, names: Mapping[str, str]) -> Field | None:
    """Return the article's picture with the name of its file, or its absolute address; None when it is nowhere."""
    if not isinstance(field.value, FoundPicture):
        return field
    source = field.value.src
    picture = resolve_picture(source, found.around)
    if picture.asset:
        name = names.get(found.around.assets[picture.asset].output, "")
        return structs.replace(field, value=structs.replace(field.value, src=name)) if name else None
    address = found.source.fields["source_url"].value if "source_url" in found.source.fields else ""
    whole = source if is_web_address(source) else urljoined(str(address), source)
    return structs.replace(field, value=structs.replace(field.value, src=whole)) if is_web_address(whole) else None
