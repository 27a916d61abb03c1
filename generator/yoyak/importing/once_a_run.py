"""What an import says once of all its articles: marks of other programs that stay, keys that have another name here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import structs

from yoyak.front_matter.read import split
from yoyak.importing.article import Draft
from yoyak.importing.originals import Shelf
from yoyak.importing.results import Became
from yoyak.model.message import Problem, Value, Words, say, warning
from yoyak.pipeline.parse import surroundings
from yoyak.readers.markdown import read_markdown
from yoyak.settings.config import SiteConfig
from yoyak.text.tracking import page_key

_NAME = re.compile(r"(?:[\[{<%:/.\s-]|\{\{)*(?P<name>[\w][\w.-]*)")
_MAY_BE = re.compile(r"\[[a-z/]|\{\{|\{%|<[A-Z]|^:::", re.MULTILINE)
_SHORTCODE = re.compile(r"\\\[(?P<name>[a-zA-Z][\w-]*)(?P<rest>\s[^\]\[\n]*?)?/?\\\](?!\()")
_SHOWN = 3
_HINT = say("foreign-mark.import.hint")


def became(counts: Mapping[tuple[str, str], int]) -> tuple[Became, ...]:
    """Return keys with what they are here, the most frequent first."""
    found = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Became(key=key, becomes=name, articles=number) for (key, name), number in found)


def marks_of_text(path: str, text: str, config: SiteConfig, *, of_wordpress: bool = False) -> Iterator[Problem]:
    """Yield the marks of other programs that stay in an article which was no Markdown, as a build would report them."""
    cut = split(text)
    if not _MAY_BE.search(cut.body):
        return
    told = read_markdown(cut.body, surroundings(config, Shelf(lambda _: None), {})).problems
    known: Counter[str] = Counter()
    for problem in told:
        if problem.code == "foreign-mark":
            known[_name_of(problem)] += 1
            yield structs.replace(problem, path=path, line=cut.body_line - 1 + problem.line)
    for found in _SHORTCODE.finditer(cut.body) if of_wordpress else ():
        if found["name"] not in known and _is_shortcode(found, cut.body):
            mark = found[0].replace("\\", "")[:60]
            yield warning(
                "foreign-mark",
                path,
                say("foreign-mark", mark=mark, kind=say("mark.wordpress")),
                _HINT,
                line=cut.body_line + cut.body.count("\n", 0, found.start()),
            )


def _is_shortcode(found: re.Match[str], text: str) -> bool:
    """Tell whether brackets are a shortcode and no words: it has attributes, an end, or a name of several parts."""
    rest = found["rest"] or ""
    return "=" in rest or f"[/{found['name']}" in text or bool(not rest.strip() and re.search(r"[-_]", found["name"]))


def once_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems, those of one mark as one, with where and how often it is there."""
    same: dict[tuple[str, str], list[Problem]] = {}
    others: list[Problem] = []
    for problem in problems:
        if problem.code == "foreign-mark":
            same.setdefault((repr(_values(problem).get("kind")), _name_of(problem)), []).append(problem)
        else:
            others.append(problem)
    return chain(others, map(_one, same.values()))


def _one(found: list[Problem]) -> Problem:
    first, values = found[0], _values(found[0])
    if len(found) == 1:
        return structs.replace(first, hint=_HINT)
    files = say("count.files", count=len({one.path for one in found}))
    more = ", ".join(f"{one.path}:{one.line}" for one in found[1 : _SHOWN + 1]) + (
        " …" if len(found) > _SHOWN + 1 else ""
    )
    message = say("foreign-mark.import", **values, times=len(found), files=files, more=more)
    return structs.replace(first, message=message, hint=_HINT)


def _values(problem: Problem) -> dict[str, Value]:
    """Return what the message of a mark names: the mark, and what kind it is."""
    return {} if isinstance(problem.message, str) else dict(problem.message.values)


def _name_of(problem: Problem) -> str:
    """Return the name of the mark that a problem is about."""
    name = _NAME.match(str(_values(problem).get("mark", "")))
    return name["name"].lower() if name else ""


# --- The articles of one original among each other: which are one, and which addresses name none of them ---------


def once(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the drafts, of mails of one name in a mailbox the first."""
    seen: set[str] = set()
    for draft in drafts:
        if draft.entry not in seen:
            yield draft
        seen |= {draft.entry} if draft.entry.startswith("mail ") else set()


def shared_addresses(drafts: Sequence[Draft]) -> frozenset[str]:
    """Return the addresses that several entries of a feed have, such as that of its front page: they name no entry."""
    times = Counter(page_key(draft.article.source_url) for draft in drafts if draft.is_entry)
    return frozenset(address for address, number in times.items() if number > 1)


def missing_in(draft: Draft) -> Iterator[Words]:
    """Yield what an editor has to add to a draft."""
    if not draft.body.strip():
        yield say("look-at.no-text")
    if draft.article.date is None:
        yield say("look-at.no-date")
    if not any(line.startswith("themes:") for line in draft.lines):
        yield say("look-at.no-theme")
