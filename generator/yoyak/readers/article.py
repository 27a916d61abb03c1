"""From what a file says to the `Article` that the rest of the program knows, with every default decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from pathlib import PurePosixPath
from typing import Any

from msgspec import structs

from yoyak.model.message import Advice, Problem, Severity, at_the_top, errors, joined, problem_of, say, warning
from yoyak.model.schema import CorrectionKeys
from yoyak.model.sources import Field, Reading
from yoyak.model.types import Article, BodyLink, Correction, Parsed, Picture, Record, Rights, SafeHtml, times_of
from yoyak.readers.around import FoundPicture, Surroundings
from yoyak.readers.links import assets_in, faulty_files, resolve_link, resolve_picture, shared_picture
from yoyak.readers.odd_names import odd_names, old_addresses, pattern_problem
from yoyak.readers.rights import allowed_body, allowed_summary, by_the_desk, problems_of_part, rights_of
from yoyak.readers.source import SourceReading, date_of_name
from yoyak.readers.themes import UNSORTED, choices_of, matching_themes, named_themes
from yoyak.settings.config import SiteConfig, frame_hosts, loads_of
from yoyak.text.calendar import EXAMPLES, Moment, edition_window
from yoyak.text.characters import without_invisible
from yoyak.text.excerpt import paragraphs, reading_minutes, words
from yoyak.text.names import as_meant, fold, is_default_name, slug_of_path, slugify
from yoyak.text.sanitize import digest_of, sanitize
from yoyak.text.urls import article_url, is_web_address


def make_article(read: SourceReading, config: SiteConfig, around: Surroundings) -> Parsed:
    """Return the article that a file makes, with the body that its rights allow, or only its problems."""
    if read.reading is None:
        return Parsed(path=read.path, article=None, problems=read.problems)
    decisions = _Decisions(read, config, around)
    if not decisions.text("title") and not errors(read.problems):
        decisions.problem_of("no-title", advice=decisions.at_the_top("title: …"))
    article, html = decisions.article(read.reading)
    problems = (*read.problems, *odd_names(read), *decisions.problems)
    if errors(problems):
        return Parsed(path=read.path, article=None, problems=problems)
    return Parsed(path=read.path, article=article, html=html, problems=problems)


_TIMES = tuple(name for name in times_of(Article) if name != "date")


class _Shown(Record, kw_only=True):
    """What of an article its rights let a page show; `full` is all of its body, for the theme rules only."""

    html: SafeHtml
    rights: Rights
    summary: str
    full: SafeHtml
    image: Picture | None
    share: Picture | None
    assets: tuple[str, ...]


class _Decisions:
    """One article under way: its fields and the problems found while they are settled."""

    def __init__(self, read: SourceReading, config: SiteConfig, around: Surroundings) -> None:
        self.read, self.config, self.around = read, config, around
        self.fields: Mapping[str, Field] = read.fields
        self.problems: list[Problem] = []
        self.links: list[BodyLink] = []
        """Those of front matter that lead to no page."""

    def article(self, reading: Reading) -> tuple[Article, SafeHtml]:
        slug, date, shown = self.slug(), self.date(), self.shown(reading)
        when, themes = self.in_zone(date) if date else None, self.themes(shown.full)
        article = Article(
            path=self.read.path,
            kind=self.read.kind,
            slug=slug,
            title=self.text("title"),
            subtitle=self.text("subtitle"),
            url=self.url(slug, when, themes[0]),
            date=when,
            day_only=bool(date and date.day_only),
            themes=themes,
            tags=tuple(self.value("tags", ())),
            source=self.source(),
            source_url=self.source_url(),
            authors=tuple(self.value("authors", ())),
            summary=shown.summary,
            image=shown.image,
            share=shown.share,
            image_in_body=bool(shown.image and escape(shown.image.url) in shown.html),
            lang=self.text("lang") or self.config.language,
            aliases=self.aliases(),
            rights=shown.rights,
            rights_notice=self.text("rights_notice"),
            status=self.value("status", "review" if self.config.review.required else "approved"),
            edition=self.edition(),
            weight=self.value("weight", 0),
            corrections=self.corrections(),
            label=self.text("label"),
            body=digest_of(shown.html),
            minutes=reading_minutes(words(shown.html)),
            assets=shown.assets,
            links=(*(reading.links if shown.rights == "full" else ()), *self.links),
            **{name: self.moment(name) for name in _TIMES},
        )
        return article, shown.html

    def shown(self, reading: Reading) -> _Shown:
        """Settle what of the body may be shown."""
        full = sanitize(reading.html, frame_hosts(self.config), loads_of(self.config))
        sentences = self.config.sentences
        rights = rights_of(self.fields, self.read.kind, self.config, pasted=self.read.pasted)
        html = allowed_body(full, rights, sentences)
        image, needed = self.picture(rights)
        around = self.around_file()
        self.problems.extend(faulty_files(html, needed, self.read.path, self.read.text, around))
        if rights != "full" and full:
            self.problems.extend(problems_of_part(self.read))
        return _Shown(
            html=html,
            rights=rights,
            summary=allowed_summary(self.fields.get("summary"), full, rights, sentences),
            full=full,
            image=image,
            share=shared_picture(image, html, around),
            assets=tuple(dict.fromkeys((*assets_in(html, self.config.base_path), *needed))),
        )

    # --- one decision each ---

    def value(self, name: str, default: Any) -> Any:
        return self.fields[name].value if name in self.fields else default

    def text(self, name: str) -> str:
        return str(self.value(name, ""))

    def moment(self, name: str) -> datetime | None:
        found = self.value(name, None)
        return self.in_zone(found) if isinstance(found, Moment) else None

    def in_zone(self, moment: Moment) -> datetime:
        """Return a moment in the site's zone; a day without a time is that day everywhere."""
        zone = self.around.zone
        return moment.value.replace(tzinfo=zone) if moment.day_only else moment.value.astimezone(zone)

    def date(self) -> Moment | None:
        found = (
            self.value("date", None) or date_of_name(self.read.path, self.around.zone) or self.value("publish_at", None)
        )
        if found is None:
            self.problem_of("no-date", severity="warning", advice=self.at_the_top("date: 2024-07-03"))
        return found if isinstance(found, Moment) else None

    def slug(self) -> str:
        written = self.text("slug")
        if refused := pattern_problem("slug", written, self.read.path, self.place("slug")):
            self.problems.append(refused)
        if not written and is_default_name(self.read.path):
            advice = self.at_the_top(f"slug: {slugify(self.text('title')) or 'my-article'}")
            self.problem_of("no-slug.new-file", advice=advice, name=PurePosixPath(self.read.path).name)
        slug = slugify(written) if written else slug_of_path(self.read.path)
        if not slug:
            advice = self.at_the_top("slug: my-article", what="at-the-top.letters")
            self.problem_of("no-slug", at="slug", advice=advice, name=written or PurePosixPath(self.read.path).name)
        return slug

    def url(self, slug: str, date: datetime | None, theme: str) -> str:
        day = date.date() if date else None
        return article_url(self.config.permalinks, self.config.base_path, slug=slug, day=day, theme=theme)

    def source(self) -> str:
        """Return the publisher; the site itself is none."""
        source = self.text("source")
        nothing = not without_invisible(source).strip() or fold(source) == fold(self.config.title)
        return "" if nothing else source

    def source_url(self) -> str:
        url = self.text("source_url").strip()
        if url and not is_web_address(url):
            self.problem_of("bad-url", at="source_url", address=url[:100])
            return ""
        if gone := resolve_link(url, self.around_file()).gone:
            if "source_url" in self.read.lines:
                self.links.append(BodyLink(written=url, url=gone))
            return ""
        return url

    def edition(self) -> str:
        key, cadence = self.text("edition"), self.config.cadence
        if key and cadence != "none" and not edition_window(key, cadence) and not self.has_file(key):
            advice = Advice(say("bad-edition.hint", example=EXAMPLES[cadence]))
            self.problem_of("bad-edition.file", at="edition", advice=advice, key=key, cadence=say(f"cadence.{cadence}"))
        return key

    def has_file(self, key: str) -> bool:
        """Tell whether an edition has a file: it may give days of its own."""
        if "/" in key:
            return False
        names = (self.around.names.get(as_meant(f"*/{key}{ending}"), "") for ending in (".md", ".markdown"))
        paths = (PurePosixPath(path) for found in names for path in found.split("\n"))
        return any(path.parts[:2] == ("content", "editions") and path.stem == key for path in paths)

    def aliases(self) -> tuple[str, ...]:
        written = tuple(self.value("aliases", ()))
        found, problems = old_addresses(written, self.config.base_url, self.read.path, self.read.lines)
        self.problems.extend(problems)
        return found

    def themes(self, full: SafeHtml) -> tuple[str, ...]:
        registry = self.config.themes
        if "themes" in self.fields:
            found, problems = named_themes(
                tuple(self.value("themes", ())), registry, self.read.path, self.place("themes")
            )
            self.problems.extend(problems)
        else:
            tags = tuple(self.value("tags", ()))
            text = f"{self.text('title')} {self.text('summary')} {' '.join(paragraphs(full))}"
            found = matching_themes(registry, label=self.text("label"), tags=tags, text=text)
        if registry and not found and not self.problems:
            advice = self.at_the_top("themes: […]")
            advice = advice._replace(hint=joined(choices_of(registry), advice.hint))
            self.problem_of("no-theme", severity="warning", advice=advice)
        return found or (UNSORTED,)

    def corrections(self) -> tuple[Correction, ...]:
        keys: tuple[CorrectionKeys, ...] = tuple(self.value("corrections", ()))
        found = (Correction(date=key.date.astimezone(self.around.zone), note=key.note) for key in keys)
        return tuple(sorted(found, key=lambda correction: correction.date))

    def picture(self, rights: Rights) -> tuple[Picture | None, tuple[str, ...]]:
        """Return the article's picture and the asset that it needs; that of a source is not ours to show in part."""
        field = self.fields.get("image")
        if field is None or not isinstance(field.value, FoundPicture) or (rights != "full" and not by_the_desk(field)):
            return None, ()
        found, value = resolve_picture(field.value.src, self.around_file()), field.value
        if found.problem and by_the_desk(field):
            (line, column), hint = self.place("image"), say("missing-picture.hint")
            missing = Problem(code="missing-picture", message=found.problem, hint=hint, path=self.read.path)
            self.problems.append(structs.replace(missing, line=line, column=column))
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

    def at_the_top(self, line: str, *, what: str = "at-the-top") -> Advice:
        return at_the_top(line, fenced=self.read.fenced, what=what)

    def problem_of(
        self, key: str, /, *, at: str = "", advice: Advice | None = None, severity: Severity = "error", **values: Any
    ) -> None:
        """Add the problem that a key names at the place of a key of front matter."""
        line, column = self.place(at)
        tell = problem_of if severity == "error" else warning
        problem = tell(key, self.read.path, line, column, hint=advice.hint if advice else None, **values)
        self.problems.append(structs.replace(problem, write=advice.write) if advice else problem)
