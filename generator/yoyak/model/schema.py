"""The keys of site.yaml and of front matter, as types.

One definition serves three: `yoyak.front_matter.typed` converts YAML to these types, editors complete from the
JSON Schemas made of them (``yoyak schema``), and docs/reference compares its tables with them. Text in `Meta` is what
an editor sees.

Every text and every list of a file below content/ has a bound: an article must not cost more than its reader gives
for it. What is seen on many pages (names, titles, summaries) has the narrow ones. See decision 0074.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType, field
from msgspec.json import schema

from yoyak.model.targets import Keys, Target
from yoyak.model.types import Cadence, Release, Rights, Status, Weekday

PERMALINK = "/articles/:slug/"
"""The addresses of the articles of a site that does not say them."""

DECIDES = Meta(extra={"decides": True})
"""Of a key that decides what readers see: written without a value it is an error, since nobody knows what was meant."""

Lang = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35)]
Called = Annotated[str, Meta(max_length=200)]
"""A name: of a person, a publisher, a theme, a tag, a place."""
Line = Annotated[str, Meta(max_length=300)]
"""One line that lists show."""
Address = Annotated[str, Meta(max_length=2000)]
Words = Annotated[str, Meta(max_length=2000)]
"""A paragraph."""
Pattern = Annotated[str, Meta(max_length=1000)]


class AuthorKeys(Keys, kw_only=True):
    name: Called
    email: Called | None = None


class ImageKeys(Keys, kw_only=True):
    src: Annotated[Address, Meta(description="A file beside the article, or an address.")]
    alt: Annotated[Words, Meta(description="What the picture shows, for those who cannot see it.")] = ""
    caption: Words = ""
    credit: Annotated[Line, Meta(description="Who made the picture.")] = ""


class CorrectionKeys(Keys, kw_only=True):
    date: datetime
    note: Annotated[Words, Meta(description="What was wrong and what is right.")]


class FrontMatter(Keys, kw_only=True):
    """The keys that an article may begin with, between two ``---`` lines. Every key is optional."""

    title: Annotated[Line | UnsetType, Meta(description="The headline. Text is text: no quotes are needed.")] = UNSET
    subtitle: Line | UnsetType = UNSET
    date: Annotated[
        datetime | UnsetType, Meta(description="2024-07-03, or 2024-07-03 09:00; in the site's time zone.")
    ] = UNSET
    updated: datetime | UnsetType = UNSET
    captured: Annotated[datetime | UnsetType, Meta(description="When the text was copied from its source.")] = UNSET
    themes: Annotated[
        Annotated[tuple[Called, ...], Meta(max_length=20)] | UnsetType,
        Meta(description="Slugs or titles; the first is the main one."),
    ] = UNSET
    tags: Annotated[tuple[Called, ...], Meta(max_length=100)] | UnsetType = UNSET
    source: Annotated[Called | UnsetType, Meta(description="The publisher that the article came from.")] = UNSET
    source_url: Annotated[Address | UnsetType, Meta(description="The address of the original.")] = UNSET
    authors: Annotated[tuple[AuthorKeys | Called, ...], Meta(max_length=50)] | UnsetType = UNSET
    summary: Words | UnsetType = UNSET
    image: ImageKeys | UnsetType = UNSET
    lang: Annotated[Lang | UnsetType, Meta(description="BCP 47: ko, en, ja …")] = UNSET
    slug: Annotated[Line | UnsetType, Meta(description="The last part of the address.")] = UNSET
    aliases: Annotated[
        Annotated[tuple[Address, ...], Meta(max_length=100)] | UnsetType,
        Meta(description="Old addresses that lead here."),
    ] = UNSET
    label: Annotated[
        Called | UnsetType, Meta(description="The topic that the source gave it, for the theme rules.")
    ] = UNSET
    dateline: Annotated[Called | UnsetType, Meta(description="The place that the text was sent from.")] = UNSET
    rights: Annotated[Rights | UnsetType, Meta(description="How much of the text may be shown."), DECIDES] = UNSET
    rights_notice: Annotated[
        Words | UnsetType, Meta(description="What the source says of copying, in its words."), DECIDES
    ] = UNSET
    of_the_source: Annotated[
        tuple[Called, ...],
        Meta(
            max_length=50,
            description="Keys whose values are the source's, not the desk's: rights apply to them.",
        ),
        DECIDES,
    ] = ()
    paywall: Annotated[bool | UnsetType, Meta(description="The source's page was for paying readers."), DECIDES] = UNSET
    status: Annotated[Status | UnsetType, DECIDES] = UNSET
    publish_at: Annotated[datetime | UnsetType, DECIDES] = UNSET
    embargo_until: Annotated[datetime | UnsetType, DECIDES] = UNSET
    expires_at: Annotated[datetime | UnsetType, DECIDES] = UNSET
    edition: Annotated[
        Called | UnsetType, Meta(description="The key of an edition: 2024-W27, 2024-07 or 2024-07-03.")
    ] = UNSET
    weight: Annotated[int, Meta(description="Higher comes first inside its section.")] = 0
    corrections: Annotated[tuple[CorrectionKeys, ...], Meta(max_length=100)] = ()


class EditionKeys(Keys, kw_only=True):
    """The keys of content/editions/KEY.md; its body is the editor's note."""

    title: Line = ""
    status: Annotated[
        Literal["draft", "review", "approved"], Meta(description="Only an approved edition is published."), DECIDES
    ] = "approved"
    publish_at: Annotated[
        datetime | UnsetType, Meta(description="When the edition goes out; in the site's time zone."), DECIDES
    ] = UNSET
    number: Annotated[Called, Meta(description="Shown in the masthead instead of the week or the month.")] = ""
    from_: Annotated[
        datetime | UnsetType, Meta(description="The first day of an edition with its own days; with to."), DECIDES
    ] = field(name="from", default=UNSET)
    to: Annotated[datetime | UnsetType, Meta(description="The last day of an edition with its own days."), DECIDES] = (
        UNSET
    )
    order: Annotated[
        tuple[Called, ...], Meta(max_length=100, description="Theme slugs in the order of the sections.")
    ] = ()
    pins: Annotated[
        tuple[Called, ...],
        Meta(max_length=100, description="Article slugs that come first; the first is the lead story."),
    ] = ()


class ThemeFileKeys(Keys, kw_only=True):
    """The keys of content/themes/SLUG.md; its body is the theme's introduction."""

    description: Words = ""


class PageKeys(Keys, kw_only=True):
    """The keys of content/pages/NAME.md."""

    title: Line = ""
    description: Words = ""
    slug: Line = ""
    aliases: Annotated[
        Annotated[tuple[Address, ...], Meta(max_length=100)], Meta(description="Old addresses that lead here.")
    ] = ()
    lang: Lang = ""
    status: Annotated[
        Status, Meta(description="A draft and one in review are not published; an unlisted one is in no list."), DECIDES
    ] = "approved"


class MatchKeys(Keys, kw_only=True):
    """An article without themes of its own takes every theme of which one rule fits."""

    labels: Annotated[tuple[str, ...], Meta(description="Labels that the page itself gives.")] = ()
    tags: tuple[str, ...] = ()
    words: Annotated[tuple[str, ...], Meta(description="Words of the title, the summary or the body.")] = ()


class ThemeKeys(Keys, kw_only=True):
    slug: str
    title: str
    description: str = ""
    match: MatchKeys = MatchKeys()


class TagKeys(Keys, kw_only=True):
    slug: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""


class SourceKeys(Keys, kw_only=True):
    url: str = ""
    rights: Annotated[Rights | None, DECIDES] = None
    slug: str = ""
    aliases: tuple[str, ...] = ()


class EditionsKeys(Keys, kw_only=True):
    cadence: Cadence = "weekly"
    week_starts: Annotated[Weekday, Meta(description="The first day of the week of a weekly edition.")] = "monday"
    first_number: Annotated[
        Annotated[int, Meta(ge=0, le=1_000_000)] | UnsetType,
        Meta(description="The number of the oldest edition; the others are counted from it."),
    ] = UNSET
    release: Annotated[
        Release, Meta(description="Whether the articles of an edition that is held back wait with it."), DECIDES
    ] = "separately"


class RightsKeys(Keys, kw_only=True):
    default: Annotated[
        Rights, Meta(description="For an article that has a source of which site.yaml says nothing."), DECIDES
    ] = "excerpt"
    sentences: Annotated[int, Meta(ge=1, le=10, description="How many sentences an excerpt shows.")] = 2


class ReviewKeys(Keys, kw_only=True):
    required: Annotated[
        bool, Meta(description="Publish only what was approved by a recorded verdict, in the words approved."), DECIDES
    ] = False
    approvals: Annotated[int, Meta(ge=1, le=20, description="How many people have to approve."), DECIDES] = 1
    four_eyes: Annotated[
        bool, Meta(description="The approval of an author, or of who submitted, does not count."), DECIDES
    ] = False
    reviewers: Annotated[
        tuple[str, ...], Meta(description="Addresses; with any, only their approvals count."), DECIDES
    ] = ()
    editions: Annotated[bool, Meta(description="An edition, too, goes out when it is approved."), DECIDES] = False


class ImagesKeys(Keys, kw_only=True):
    remote: Annotated[
        Literal["link", "load"],
        Meta(description="A picture on another host: link to it (no request leaves the site), or load it."),
    ] = "link"
    metadata: Annotated[
        Literal["remove", "credit", "keep"],
        Meta(description="Of published pictures: take it out, keep credit and copyright, or keep all."),
    ] = "remove"


class EmbedKeys(Keys, kw_only=True):
    host: str
    frame: Annotated[bool, Meta(description="Show the page itself in a frame, not its picture with a link.")] = False


class NavigationKeys(Keys, kw_only=True):
    title: str
    url: str


class HostingKeys(Keys, kw_only=True):
    headers: Annotated[
        bool | UnsetType,
        Meta(description="Write _headers and _redirects, as Netlify and Cloudflare Pages read them."),
    ] = UNSET
    hsts: Annotated[
        int, Meta(ge=0, le=100_000_000, description="Seconds for which browsers open the site with https only.")
    ] = 0
    framed_by: Annotated[
        tuple[str, ...], Meta(description="Addresses of sites that may show this one in a frame: https://example.org.")
    ] = ()
    public: Annotated[
        tuple[str, ...],
        Meta(description="Files of content/public/ to publish whatever they are; a folder ends with a slash."),
        DECIDES,
    ] = ()


class SiteKeys(Keys, kw_only=True):
    """The keys of site.yaml."""

    title: str
    base_url: Annotated[str, Meta(description="Where the site will stand, with its path.")]
    timezone: Annotated[str, Meta(description="An IANA name such as Asia/Seoul; every date without a zone is in it.")]
    tagline: str = ""
    description: str = ""
    language: Literal["ko", "en"] = "ko"
    editions: EditionsKeys = EditionsKeys()
    permalinks: Annotated[
        str,
        Meta(max_length=200, description="The addresses of articles: /:year/:month/:day/:slug/ or /:theme/:slug.html."),
    ] = PERMALINK
    page_size: Annotated[int, Meta(ge=1, le=1000)] = 20
    themes: Annotated[tuple[ThemeKeys, ...], Meta(description="In the order of an edition's sections.")] = ()
    tags: dict[str, TagKeys] = {}
    sources: dict[str, SourceKeys] = {}
    rights: RightsKeys = RightsKeys()
    review: ReviewKeys = ReviewKeys()
    images: ImagesKeys = ImagesKeys()
    embeds: Annotated[
        tuple[str | EmbedKeys, ...],
        Meta(description="Hosts whose films and frames are shown with a picture; all others are links."),
    ] = ()
    formulas: Annotated[bool, Meta(description="The site's own templates set formulas between dollar signs.")] = False
    navigation: tuple[NavigationKeys, ...] = ()
    hosting: HostingKeys = HostingKeys()
    deploy: dict[str, Target] = {}


class LabelRuleKeys(Keys, kw_only=True):
    """What a file of content/_rules/ says about one label of a capture's lines."""

    phrases: Annotated[
        tuple[Line, ...], Meta(max_length=1000, description="Whole lines; case and spacing do not matter.")
    ] = ()
    patterns: Annotated[
        dict[str, Pattern], Meta(max_length=200, description="Regular expressions by a name that yoyak show prints.")
    ] = {}
    without: Annotated[
        tuple[Line, ...], Meta(max_length=1000, description="Phrases and patterns of yoyak's own that do not count.")
    ] = ()


class EdgeRuleKeys(Keys, kw_only=True):
    """The same of the beginning or the end of a paragraph, which no whole line can be."""

    patterns: Annotated[
        dict[str, Pattern], Meta(max_length=200, description="Regular expressions by a name that yoyak show prints.")
    ] = {}
    without: Annotated[
        tuple[Line, ...], Meta(max_length=1000, description="Patterns of yoyak's own that do not count.")
    ] = ()


class RuleFileKeys(Keys, kw_only=True):
    """A file of content/_rules/."""

    parts: Annotated[
        dict[str, Pattern],
        Meta(max_length=200, description="Pieces of patterns: {{name}} stands for the one of that name."),
    ] = {}
    ui: LabelRuleKeys = LabelRuleKeys()
    rights: LabelRuleKeys = LabelRuleKeys()
    promo: LabelRuleKeys = LabelRuleKeys()
    theme: LabelRuleKeys = LabelRuleKeys()
    publisher: LabelRuleKeys = LabelRuleKeys()
    byline: LabelRuleKeys = LabelRuleKeys()
    byline_tail: EdgeRuleKeys = EdgeRuleKeys()
    opening: EdgeRuleKeys = EdgeRuleKeys()
    caption: LabelRuleKeys = LabelRuleKeys()


# --- for editors ------------------------------------------------------------------------------

Name = Literal["article", "edition", "theme", "page", "site"]
KEYS: dict[Name, type[Keys]] = {
    "article": FrontMatter,
    "edition": EditionKeys,
    "theme": ThemeFileKeys,
    "page": PageKeys,
    "site": SiteKeys,
}


def json_schema(name: Name) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a kind of file, for an editor's completion and its red lines."""
    found = _friendly(schema(KEYS[name]))
    top: dict[str, Any] = found["$defs"].pop(KEYS[name].__name__)
    title = "site.yaml" if name == "site" else f"yoyak: front matter of {'an' if name[0] in 'ae' else 'a'} {name}"
    defs = {"$defs": found["$defs"]} if found["$defs"] else {}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **top, "title": title, **defs}


def _friendly(part: Any) -> Any:
    """Return the schema with what the loader allows: one text instead of a list of them, dates as people write them."""
    if isinstance(part, list):
        return [_friendly(item) for item in part]
    if not isinstance(part, dict):
        return part
    made = {key: _friendly(value) for key, value in part.items()}
    if made.get("format") == "date-time":
        del made["format"]
    if made.get("type") == "array" and _takes_text(made.get("items", {})):
        kept = {key: made.pop(key) for key in ("description", "default") if key in made}
        return {"anyOf": [made, {"type": "string"}], **kept}
    return made


def _takes_text(items: dict[str, Any]) -> bool:
    return items.get("type") == "string" or any(option.get("type") == "string" for option in items.get("anyOf", ()))
