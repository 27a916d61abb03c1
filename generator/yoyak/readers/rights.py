"""Rights: how much of an article may be shown, and its text cut to that. What is cut here can leak nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import structs

from yoyak.model.message import Problem, at_the_top, joined, say, warning
from yoyak.model.sources import Field
from yoyak.model.types import Kind, Rights, SafeHtml
from yoyak.readers.source import SourceReading
from yoyak.settings.config import SiteConfig, spellings
from yoyak.text.excerpt import as_paragraph, first_sentences, quotable
from yoyak.text.names import fold
from yoyak.text.sanitize import sanitize

SUMMARY_SENTENCES = 2
SUMMARY_LENGTH = 200
SURE_SOURCE = 0.7
"""How sure a source must be for its ``rights: full``: a guess shows nobody's whole text."""


def rights_of(fields: Mapping[str, Field], kind: Kind, config: SiteConfig, *, pasted: bool) -> Rights:
    """Return how much of an article may be shown."""
    return rights_and_why(fields, kind, config, pasted=pasted)[0]


def rights_and_why(fields: Mapping[str, Field], kind: Kind, config: SiteConfig, *, pasted: bool) -> tuple[Rights, str]:
    """Decide by the article, its source in site.yaml, a notice that forbids reprinting, a paywall, the shape of a press
    release, the site's default.

    The desk's own writing, which names no source or the site itself, is `full`. What was pasted or saved from a page
    is somebody's, even when it does not say whose: so is a Markdown text that looks `pasted`.
    """
    if "rights" in fields:
        return fields["rights"].value, "front matter"
    source = fold(str(fields["source"].value)) if "source" in fields else ""
    policy, sure = _policy(source, config), bool(source) and fields["source"].confidence >= SURE_SOURCE
    if policy and (sure or policy != "full"):
        return policy, "sources in site.yaml"
    ours = kind == "markdown" and "rights_notice" in fields and _names(fields["rights_notice"], config.title)
    if "rights_notice" in fields and not ours:
        return "excerpt", "a notice that forbids copying"
    if "paywall" in fields:
        return ("link" if config.rights_default == "link" else "excerpt"), "a page for subscribers"
    if "press_release" in fields:
        return "full", "a press release, which is free to print"
    own = (sure and source == fold(config.title)) if source else kind == "markdown" and (ours or not pasted)
    return ("full", "the desk's own writing") if own else (config.rights_default, "rights in site.yaml")


def _names(notice: Field, title: str) -> bool:
    """Tell whether a notice is in the name of the site itself."""
    return fold(title) in fold(str(notice.value))


def _policy(source: str, config: SiteConfig) -> Rights | None:
    for name, keys in config.sources.items():
        if keys.rights and source in map(fold, spellings(name, keys)):
            return keys.rights
    return None


def allowed_body(full: SafeHtml, rights: Rights, sentences: int) -> SafeHtml:
    """Return the body that may be shown: all of it, its first sentences as one plain paragraph, or nothing."""
    if rights == "full":
        return full
    return sanitize(as_paragraph(first_sentences(quotable(full), sentences))) if rights == "excerpt" else SafeHtml("")


def allowed_summary(field: Field | None, full: SafeHtml, rights: Rights, sentences: int) -> str:
    """Return the summary that may be shown. A link shows only what the desk wrote, and never more than an excerpt."""
    said = (str(field.value),) if field and field.value else ()
    if rights == "full":
        return said[0] if said else first_sentences(quotable(full), SUMMARY_SENTENCES, SUMMARY_LENGTH)
    if rights == "link" and not (field and by_the_desk(field)):
        return ""
    return first_sentences(said or quotable(full), sentences)


def by_the_desk(field: Field) -> bool:
    """Tell whether a value was written in front matter, not found in the source's text."""
    return any(evidence.rule == "front matter" for evidence in field.evidence)


# --- what an editor should know of an article of which only a part is shown: why, and where the whole is -------------


def problems_of_part(read: SourceReading) -> Iterator[Problem]:
    """Yield the warning that nobody can find the whole text, or that the text was taken for pasted."""
    if read.pasted and not {"rights", "source"} & set(read.lines):
        yield _pasted(read)
    elif "source_url" not in read.fields:
        hint, write = at_the_top("source_url: https://…", fenced=read.fenced, what="no-source-url.at-the-top")
        yield structs.replace(warning("no-source-url", read.path, hint=hint), write=write)


def _pasted(read: SourceReading) -> Problem:
    hint, write = at_the_top("rights: full", fenced=read.fenced, what="looks-pasted.at-the-top")
    hint = joined(say("looks-pasted.hint"), hint)
    if notice := read.fields.get("rights_notice"):
        line, shown = notice.evidence[0].line or 0, str(notice.value)[:80]
        problem = warning("looks-pasted.notice", read.path, line, hint=hint, notice=shown)
    else:
        is_text = read.path.lower().endswith(".txt")
        problem = warning("looks-pasted.txt" if is_text else "looks-pasted", read.path, hint=hint)
    return structs.replace(problem, write=write)
