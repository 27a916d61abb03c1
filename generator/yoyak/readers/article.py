"""From what a file says to the `Article` that the rest of the program knows, with every default decided."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from msgspec import structs

from yoyak.config import SiteConfig
from yoyak.model import Article, Correction, Field, Parsed, Picture, Rights, SafeHtml
from yoyak.problems import Problem, errors
from yoyak.readers.around import Surroundings
from yoyak.readers.found import FoundPicture
from yoyak.readers.links import resolve_picture
from yoyak.readers.markdown import anchors_of
from yoyak.readers.source import SourceReading, date_of_name
from yoyak.readers.themes import UNSORTED, matching_themes, named_themes
from yoyak.schema import CorrectionKeys
from yoyak.text.dates import Moment
from yoyak.text.editions import EXAMPLES, edition_window
from yoyak.text.excerpt import as_paragraph, first_sentences, paragraphs, plain_text, reading_minutes
from yoyak.text.sanitize import digest_of, sanitize
from yoyak.text.slugs import fold, slug_of_path, slugify
from yoyak.text.urls import has_scheme, is_web_address, page_url

SUMMARY_SENTENCES = 2


def make_article(read: SourceReading, config: SiteConfig, around: Surroundings) -> Parsed:
    """Return the article that a file makes, with the body that its rights allow, or only its problems."""
    draft = _Draft(read, config, around)
    title = draft.text("title")
    if not title and not errors(read.problems):
        draft.report("no-title", "This article has no title.", hint="Write one at its top: title: …")
    article, html = draft.article(title)
    problems = (*read.problems, *draft.problems)
    if errors(problems) or read.reading is None:
        return Parsed(path=read.path, article=None, problems=problems)
    return Parsed(path=read.path, article=article, html=html, wants=read.reading.wants, problems=problems)


class _Draft:
    """One article under way: its fields and the problems found while they are settled."""

    def __init__(self, read: SourceReading, config: SiteConfig, around: Surroundings) -> None:
        self.read, self.config, self.around = read, config, around
        self.fields: Mapping[str, Field] = read.fields
        self.problems: list[Problem] = []

    def article(self, title: str) -> tuple[Article, SafeHtml]:
        full = sanitize(self.read.reading.html) if self.read.reading else SafeHtml("")
        texts, rights, source = paragraphs(full), self.rights(), self.text("source")
        html = self.allowed_body(full, texts, rights)
        summary = self.summary(texts, rights)
        date = self.date()
        slug = self.slug()
        image = self.picture(rights)
        reading = self.read.reading
        tags = tuple(self.value("tags", ()))
        article = Article(
            path=self.read.path,
            kind=self.read.kind,
            slug=slug,
            title=title,
            url=page_url(self.config.base_path, "articles", slug),
            subtitle=self.text("subtitle"),
            image_in_body=bool(image[0] and escape(image[0].url) in html),
            date=date.value if date else None,
            day_only=bool(date and date.day_only),
            updated=self.moment("updated"),
            captured=self.moment("captured"),
            themes=self.themes(tags, " ".join((title, summary, *texts))),
            tags=tags,
            source="" if fold(source) == fold(self.config.title) else source,
            source_url=self.source_url(),
            authors=tuple(self.value("authors", ())),
            summary=summary,
            image=image[0],
            lang=self.text("lang") or self.config.language,
            aliases=self.aliases(),
            rights=rights,
            rights_notice=self.text("rights_notice"),
            status=self.status(),
            publish_at=self.moment("publish_at"),
            embargo_until=self.moment("embargo_until"),
            expires_at=self.moment("expires_at"),
            edition=self.edition(),
            weight=self.value("weight", 0),
            corrections=self.corrections(),
            label=self.text("label"),
            body=digest_of(html),
            minutes=reading_minutes(plain_text(html)),
            assets=tuple(dict.fromkeys((*assets_in(html, self.config.base_path), *image[1]))),
            links=tuple(link for link in (reading.links if reading else ()) if rights == "full"),
            anchors=anchors_of(html),
        )
        return article, html

    # --- one decision each ---

    def value(self, name: str, default: Any) -> Any:
        return self.fields[name].value if name in self.fields else default

    def text(self, name: str) -> str:
        return str(self.value(name, ""))

    def moment(self, name: str) -> Any:
        found = self.value(name, None)
        return found.value if isinstance(found, Moment) else None

    def date(self) -> Moment | None:
        found = (
            self.value("date", None) or date_of_name(self.read.path, self.around.zone) or self.value("publish_at", None)
        )
        if found is None:
            self.report(
                "no-date",
                "This article has no date: it will stand in no edition, on no day and in no feed.",
                severity="warning",
                hint="Write one at its top: date: 2024-07-03",
            )
        return found if isinstance(found, Moment) else None

    def slug(self) -> str:
        written = self.text("slug")
        slug = slugify(written or PurePosixPath(self.read.path).stem) if written else slug_of_path(self.read.path)
        if not slug:
            self.report(
                "no-slug",
                f'No address can be made of "{written or PurePosixPath(self.read.path).name}".',
                key="slug",
                hint="Write one at its top, in letters or digits: slug: my-article",
            )
        return slug

    def rights(self) -> Rights:
        """Decide by the article, its source in site.yaml, a notice that forbids reprinting, the site's default."""
        source = fold(self.text("source"))
        if "rights" in self.fields:
            return self.fields["rights"].value  # type: ignore[no-any-return]
        for name, keys in self.config.sources.items():
            if source in {fold(spelling) for spelling in (name, *keys.aliases)} and keys.rights:
                return keys.rights
        if self.text("rights_notice"):
            return "excerpt"
        return self.config.rights_default if source and source != fold(self.config.title) else "full"

    def allowed_body(self, full: SafeHtml, texts: tuple[str, ...], rights: Rights) -> SafeHtml:
        if rights == "full":
            return full
        return (
            sanitize(as_paragraph(first_sentences(texts, self.config.sentences)))
            if rights == "excerpt"
            else SafeHtml("")
        )

    def summary(self, texts: tuple[str, ...], rights: Rights) -> str:
        field = self.fields.get("summary")
        if rights == "full":
            return str(field.value) if field and field.value else first_sentences(texts, SUMMARY_SENTENCES, 200)
        by_the_desk = field is not None and any(evidence.rule == "front matter" for evidence in field.evidence)
        if rights == "link" and not by_the_desk:
            return ""
        words = (str(field.value),) if field and field.value else texts
        return first_sentences(words, self.config.sentences)

    def source_url(self) -> str:
        url = self.text("source_url").strip()
        if url and not is_web_address(url):
            self.report(
                "bad-url",
                f'"{url[:100]}" is not a web address.',
                key="source_url",
                hint="It begins with https:// or http://.",
            )
            return ""
        return url

    def edition(self) -> str:
        key, cadence = self.text("edition"), self.config.cadence
        if key and cadence != "none" and not edition_window(key, cadence):
            message = f'"{key}" is no key of a {cadence} edition.'
            self.report("bad-edition", message, key="edition", hint=f"It looks like {EXAMPLES[cadence]}.")
        return key

    def aliases(self) -> tuple[str, ...]:
        found = []
        for written in self.value("aliases", ()):
            address = written.removeprefix(self.config.base_url.rstrip("/"))
            if has_scheme(address) or ".." in address.split("/") or not address.strip("/"):
                hint = "Write the old address from the first slash on: /2023/old-name/"
                self.report("bad-alias", f'"{written}" is no old address of this site.', key="aliases", hint=hint)
            else:
                found.append("/" + address.lstrip("/"))
        return tuple(found)

    def status(self) -> Any:
        return self.value("status", "draft" if self.config.review_required else "approved")

    def themes(self, tags: tuple[str, ...], text: str) -> tuple[str, ...]:
        registry = self.config.themes
        if "themes" in self.fields:
            found, problems = named_themes(
                tuple(self.value("themes", ())), registry, self.read.path, self.place("themes")
            )
            self.problems.extend(problems)
        else:
            found = matching_themes(registry, label=self.text("label"), tags=tags, text=text)
        if not found and not self.problems:
            self.report(
                "no-theme",
                "This article names no theme and no rule of site.yaml fits it: it stands under the rest.",
                severity="warning",
                hint="Write one at its top: themes: [" + (registry[0].slug if registry else "…") + "]",
            )
        return found or (UNSORTED,)

    def corrections(self) -> tuple[Correction, ...]:
        keys: tuple[CorrectionKeys, ...] = tuple(self.value("corrections", ()))
        return tuple(sorted((Correction(date=key.date, note=key.note) for key in keys), key=lambda c: c.date))

    def picture(self, rights: Rights) -> tuple[Picture | None, tuple[str, ...]]:
        """Return the article's picture and the asset that it needs; that of a source is not ours to show in part."""
        field = self.fields.get("image")
        written = field is not None and field.evidence[0].rule == "front matter"
        if field is None or not isinstance(field.value, FoundPicture) or (rights != "full" and not written):
            return None, ()
        found, value = resolve_picture(field.value.src, self.around_file()), field.value
        if found.problem and written:
            self.report(
                "missing-picture", found.problem, key="image", hint="Save the picture there, or mend the address."
            )
        if not found.url or found.remote:
            return None, ()
        picture = Picture(
            url=found.url,
            width=found.width,
            height=found.height,
            alt=value.alt,
            caption=value.caption,
            credit=value.credit,
        )
        return picture, (self.around.assets[found.asset].output,) if found.asset else ()

    def around_file(self) -> Surroundings:
        return structs.replace(self.around, path=self.read.path)

    # --- problems ---

    def place(self, key: str) -> tuple[int, int]:
        return self.read.lines.get(key, (0, 0))

    def report(self, code: str, message: str, *, key: str = "", hint: str = "", severity: Any = "error") -> None:
        line, column = self.place(key)
        self.problems.append(
            Problem(
                code=code, message=message, hint=hint, severity=severity, path=self.read.path, line=line, column=column
            )
        )


_ADDRESS = re.compile(r'(?:src|href)="([^"]+)"')


def assets_in(html: str, base_path: str) -> tuple[str, ...]:
    """Return the output paths of the assets that clean HTML shows or links to."""
    prefix = base_path + "assets/"
    if prefix not in html:
        return ()
    return tuple(unquote(address[len(base_path) :]) for address in _ADDRESS.findall(html) if address.startswith(prefix))
