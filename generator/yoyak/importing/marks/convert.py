"""Convert the marks of other programs in a Markdown text; what has no plain meaning here stays as it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec import structs

from yoyak.importing.heads import head_of
from yoyak.importing.marks.films import MDX, plain
from yoyak.importing.marks.hugo import ENDED, HUGO
from yoyak.importing.marks.liquid import ENDS, LIQUID, SHOWN, output
from yoyak.importing.marks.mark import (
    CODE,
    Maker,
    Mark,
    Replacement,
    amid,
    as_shown,
    end_of_indented,
    inner_of,
    put,
    span,
)
from yoyak.importing.marks.wordpress import MARK, WORDPRESS, mark_of
from yoyak.model.types import Record

_MORE = re.compile(r"<!--\s*(?:more|excerpt)\b[^>]*-->", re.IGNORECASE)
_IMPORT = re.compile(r"import\s+(?:[\w{*][^;'\"]*\s+from\s+)?['\"][^'\"\n]+['\"];?[ \t]*$", re.MULTILINE)
_EXPORT = re.compile(r"export\s+(?:const|let|default|function|\{)")
_ANY_MARK = re.compile(r"\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}")
_DEEPEST = 12


class _MarkSettings(Record, kw_only=True):
    program: str
    pattern: re.Pattern[str]
    lookup: Callable[[str], str]
    head: Mapping[str, object]
    depth: int = 0


class _Spot(NamedTuple):
    """A place of a text that looks like a mark."""

    found: re.Match[str]
    text: str
    settings: _MarkSettings


def converted(text: str, program: str, lookup: Callable[[str], str]) -> str:
    """Return a text in which marks with a plain meaning are Markdown; code, and what is not understood, is as it was.

    `program` is one of `FORMS`; an empty text for one that is not known, of which all unmistakable marks are taken.
    `lookup` gives the address of a file or post that a mark names, else an empty text.
    """
    head = head_of(text) if text.lstrip("\ufeff \n").startswith("---") else None
    above = text[: len(text) - len(head.body)] if head else ""
    forms = "|".join(f"(?:{form})" for form in (CODE, *FORMS.get(program, FORMS[""])))
    settings = _MarkSettings(
        program=program if program in FORMS else "",
        pattern=re.compile(forms, re.MULTILINE),
        lookup=lookup,
        head=head.values if head else {},
    )
    return above + _walk(text[len(above) :], settings)


def _walk(text: str, settings: _MarkSettings) -> str:
    out: list[str] = []
    at = 0
    while found := settings.pattern.search(text, at):
        end, made = _step(found, text, settings)
        put(out, text, at, found.start(), end, made)
        at = end
    out.append(text[at:])
    return "".join(out)


def _step(found: re.Match[str], text: str, settings: _MarkSettings) -> tuple[int, Replacement | str]:
    """Return where a piece of the text ends, and what stands for it; a text stands for itself as it is."""
    groups = found.groupdict()
    if groups["indented"]:
        end = end_of_indented(text, found.start())
        return (end, text[found.start() : end]) if end > found.start() else (found.end(), found[0])
    if groups["aside"]:
        return (found.end(), amid("")) if _MORE.fullmatch(found[0]) else (found.end(), found[0])
    if groups["fenced"] or groups["element"] or groups["span"] or groups["tick"]:
        return found.end(), as_shown(found[0], settings.program)
    for name, step in _STEPS.items():
        if groups.get(name):
            return step(_Spot(found, text, settings)) or (found.end(), found[0])
    return found.end(), found[0]


_Step = tuple[int, "Replacement | str"] | None


def _made(maker: Maker | None, mark: Mark, end: int) -> _Step:
    made = maker(mark) if maker else None
    if made is None:
        return None
    return end, amid(made) if isinstance(made, str) else made


def _mark(settings: _MarkSettings, name: str, rest: str, inner: str | None) -> Mark:
    deeper = structs.replace(settings, depth=settings.depth + 1)

    def inside(part: str) -> str:
        return _walk(part, deeper) if deeper.depth < _DEEPEST else part

    return Mark(name=name.lower(), rest=rest, inner=inner, inside=inside, lookup=settings.lookup, head=settings.head)


def _until(at: _Spot, opening: str, closing: str) -> tuple[str | None, int]:
    """Return what stands between a mark and its end, with others of its kind in it, and where that ends."""
    start, depth = at.found.end(), 1
    for found in re.compile(f"(?P<closing>{closing})|{opening}").finditer(at.text, start):
        depth += -1 if found["closing"] else 1
        if not depth:
            return inner_of(at.text, at.found.start(), start, found.start()), found.end()
    return None, start


def _hugo(at: _Spot) -> _Step:
    name, rest = at.found["hugoname"], at.found["hugorest"].strip()
    inner, end = None, at.found.end()
    if not rest.endswith("/") and name.lower() in ENDED:
        word = re.escape(name)
        opening = rf"\{{\{{[<%]\s*{word}\b(?:(?!/?[>%]\}}\}})[\s\S])*(?<!/)[>%]\}}\}}"
        inner, end = _until(at, opening, rf"\{{\{{[<%]\s*/\s*{word}\s*[>%]\}}\}}")
    return _made(HUGO.get(name.lower()), _mark(at.settings, name, rest.rstrip("/"), inner), end)


def _liquid(at: _Spot) -> _Step:
    name, rest = at.found["liquidname"], at.found["liquidrest"].strip()
    inner, end = None, at.found.end()
    if closing := ENDS.get(name):
        opening = "(?!)" if name in (*SHOWN, "highlight", "codeblock", "code") else rf"\{{%-?\s*{name}\b"
        inner, end = _until(at, opening, rf"\{{%-?\s*{closing}\s*-?%\}}")
    if name in SHOWN:
        return None if inner is None else (end, _shown(inner))
    return _made(LIQUID.get(name), _mark(at.settings, name, rest, inner), end)


def _shown(inner: str) -> Replacement:
    """Return what is shown as it is typed: the marks in it, where they are not in code, are code."""
    shown = re.sub(
        f"(?:{CODE})|(?P<any>{_ANY_MARK.pattern})",
        lambda one: span(one[0]) if one["any"] and "\n" not in one[0] else one[0],
        inner,
        flags=re.MULTILINE,
    )
    alone = "\n" in inner.strip(" \t")
    return Replacement(text=shown.strip("\n") if alone else shown, inline=shown)


def _output(at: _Spot) -> _Step:
    found, text, settings = at
    made = output(found["expression"])
    if made is None or text[found.start() - 1 : found.start()] == "<":  # </x> would be the end of an element
        return None
    if re.search(r"\{[{%<]", made):
        braces = re.compile(r"\}*").match(text, found.start("behind"))
        return (braces.end(), amid(span(made + braces[0]))) if braces else None
    if made and not found["path"]:
        return found.start("behind"), amid(settings.lookup(made) or made)
    path = made.rstrip("/") + (found["path"] or "")
    follows = text[found.end() : found.end() + 2] in ("{%", "{{")
    whole = path or ("" if follows else "/")
    return found.end(), amid((settings.lookup(whole) if whole else "") or whole)


def _typed(at: _Spot) -> _Step:
    found = at.found
    opening, closing = found["typed"][:3], found["typed"][-3:]
    return found.end(), amid(span(f"{opening}{found['typedwords']}{closing}"))


def _wordpress(at: _Spot) -> _Step:
    found, settings = at.found, at.settings
    parts = mark_of(found)
    if parts is None:
        return None
    mark = _mark(settings, found["wp"], *parts)
    return _made(WORDPRESS.get(found["wp"].lower()), mark, found.end())


def _script(at: _Spot) -> _Step:
    found, text = at.found, at.text
    before = text[: found.start()].rstrip(" \t")
    if before.strip() and not before.endswith("\n\n"):
        return None
    return (found.end(), amid("")) if _IMPORT.match(found[0]) or _EXPORT.match(found[0]) else None


def _component(at: _Spot) -> _Step:
    name, rest = at.found["componentname"], at.found["componentrest"].strip()
    inner, end = None, at.found.end()
    if not rest.endswith("/"):
        word = re.escape(name)
        inner, end = _until(at, rf"<{word}\b(?:[^<>]|=>)*(?<!/)>", rf"</{word}\s*>")
    mark = _mark(at.settings, name, plain(rest.rstrip("/")), inner)
    return _made(MDX.get(name.lower()), mark, end) or (at.found.end(), amid(f"\\{at.found[0]}"))


_STEPS: Mapping[str, Callable[[_Spot], _Step]] = {
    "typed": _typed, "hugo": _hugo, "liquid": _liquid, "output": _output, "wp": _wordpress, "script": _script,
    "component": _component, "end": lambda at: (at.found.end(), amid(f"\\{at.found[0]}")),
    **dict.fromkeys(("remark", "toc", "note"), lambda at: (at.found.end(), amid(""))),
}  # fmt: skip


_HUGO = (
    r"(?P<typed>\{\{[<%]/\*(?P<typedwords>(?:(?!\*/)[\s\S]){0,2000}?)\*/[>%]\}\})"
    r"|(?P<remark>\{\{/\*(?:(?!\*/)[\s\S])*\*/\}\})"
    r"|(?P<hugo>\{\{[<%]-?\s*(?P<hugoname>[A-Za-z][\w./-]*)"
    r"(?P<hugorest>(?>\"(?:[^\"\\]|\\.)*\"|`[^`]*`|(?![>%]\}\})[^\"`])*+)[>%]\}\})"
)
_LIQUID = r"(?P<liquid>\{%-?\s*(?P<liquidname>\w+)(?P<liquidrest>(?:(?!%\})[\s\S]){0,4000}?)-?%\})"
_OUTPUTS = (
    r"(?P<output>\{\{-?(?![<%/{])(?P<expression>(?>\"[^\"\n]*\"|'[^'\n]*'|(?!-?\}\})[^\n]){1,400}+)-?\}\})"
    r"(?P<behind>(?:\{\{-?\s*site\.(?:base)?url\s*-?\}\})?(?P<path>/[^\s\"'()<>{}\]|`]*)?)"
)
_TOC = r"(?P<toc>^(?:[ \t]*(?:[-*+]|\d+\.)[ \t]+[^\n]*\n)?[ \t]*\{:[ \t]*(?:toc|\.[\w-]+[ \t]+toc)\b[^}\n]*\}[ \t]*$)"
_REMARK = r"(?P<note>\{#-?\s(?:(?!#\})[\s\S])*#\})"
_MDX = (
    r"(?P<script>^(?:import|export)\s+[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*)"
    r"|(?P<component><(?P<componentname>[A-Z][\w.]*)(?P<componentrest>(?>\"[^\"]*\"|'[^']*'|\{(?>[^{}]|\{[^{}]*\})*+\}|[^<>\"'{}])*+)>)"
    r"|(?P<end></[A-Z][\w.]*\s*>)"
    r"|(?P<note>\{/\*(?:(?!\*/)[\s\S])*\*/\})"
)
FORMS: Mapping[str, tuple[str, ...]] = {
    "hugo": (_HUGO,),
    "jekyll": (_LIQUID, _TOC, _OUTPUTS),
    "hexo": (_LIQUID, _REMARK, _OUTPUTS),
    "pelican": (),
    "eleventy": (_LIQUID, _REMARK, _OUTPUTS),
    "astro": (_MDX,),
    "wordpress": (MARK.pattern,),
    "": (_HUGO, _LIQUID, _TOC, _OUTPUTS, MARK.pattern),
}
"""An empty name is that of a program that is not known."""
