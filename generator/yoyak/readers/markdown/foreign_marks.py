"""Marks of other programs, which readers see as they are typed: reported with their line and whose they are."""

from __future__ import annotations

import re
from typing import NamedTuple

from yoyak.model.message import say
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.nodes import FORMULA

COMPONENT = re.compile(
    r"<[A-Z][a-z][\w.]{0,60}"
    r"(?:(?:\s+[\w:-]{1,60}=(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|\{[^{}\n]{0,300}\})){1,20}\s*/?|\s*/)>"
    r"|</[A-Z][a-z][\w.]{0,60}>"
)


class _Marks(NamedTuple):
    kind: str
    signs: str
    """What each such mark has in it, parted by spaces: a text without them is not searched."""
    pattern: re.Pattern[str]


def _marks(kind: str, signs: str, *patterns: str, flags: int = re.MULTILINE) -> _Marks:
    return _Marks(kind, signs, re.compile("|".join(patterns), flags))


_MARKS = (
    _marks("hugo", "{{< {{%", r"\{\{[<%].{0,200}?[>%]\}\}", flags=re.DOTALL),
    _marks("liquid", "{%", r"(?<!\{)\{%.{0,200}?%\}", flags=re.DOTALL),
    _marks(
        "template",
        "}} #} %> ?>",
        r"\{\{(?![<%]).{0,200}?\}\}",
        r"\{#[-\s].{0,200}?#\}",
        r"<([%?])(?!xml).{0,200}?\1>",
        flags=re.DOTALL,
    ),
    _marks(
        "box",
        "::: === !!! ???",
        r"^:{3,}[ \t]*(?:[\w{\[].*)?$",
        r"^===[!+]? \"[^\"\n]+\"$",
        r"^(?:!!!|\?\?\?\+?) [a-z][\w-]* \"[^\"\n]*\"$",
    ),
    _marks(
        "contents", "] }", r"^\s*(?:\[TOC\]|\[\[_?TOC_?\]\]|\{:?\s*toc\s*\})\s*$", flags=re.IGNORECASE | re.MULTILINE
    ),
    _marks(
        "wordpress",
        "]",
        r"\[/?(?:caption|gallery|embed|video|audio|playlist|youtube|contact-form-7|su_\w+|vc_\w+)\b[^\]\n]*\]",
        r"\[[a-z][\w-]{1,40}(?:\s+[\w-]{1,40}=(?:\"[^\"\]\n]{0,300}\"|'[^'\]\n]{0,300}')){1,20}\s*/?\]",
    ),
    _marks("tistory", "##] M#] [#M_", r"\[##_.{0,2000}?_##\]", r"\[#M_|_M#\]", flags=re.DOTALL),
    _marks("directive", ":: {", r"^\.\. [\w-]+::", r"\{(?:ref|doc|term|numref|eq|cite(?::[a-z]+)?|func|class)\}$"),
    _marks("asciidoc", "::", r"^(?:image|include|video|audio|ifdef|ifndef|endif)::[^\s\[]*\[[^\]\n]*\]$"),
    _marks("component", "< </", COMPONENT.pattern),
    _marks("import", "import", r"^import\s+[\w{*].*\s+from\s+['\"].+['\"];?\s*$"),
    _marks("remark", "{/*", r"\{/\*.{0,2000}?\*/\}", flags=re.DOTALL),
    _marks(
        "include",
        "8< @import !",
        r"^-{1,8}8<-{1,8}(?: .*)?$",
        r"^@import \".+\"$",
        r"^!include\b.+$",
        r"^\{!.+!\}$",
    ),
    _marks("colons", ":", r"(?<![\w:/.@-]):(?:[a-z][a-z0-9_+-]{1,40}|[+-]1|100):(?![\w:/])"),
    _marks(
        "pandoc",
        "]{ [@ [-@ ~ ^",
        r"\[[^\[\]\n]{1,200}\]\{[.#:][^{}\n]{1,200}\}",
        r"\[-?@[A-Za-z][\w:.-]*\d[\w:.-]*(?:[,;][^\]\n]*)?\]",
        r"(?<=[A-Za-z])~\d{1,3}~|(?<=[A-Za-z0-9)])\^(?:[+-]?\d{1,3}[+-]?|st|nd|rd|th|n)\^",
    ),
    _marks(
        "latex",
        "\\",
        r"^\\(?:newpage|pagebreak|clearpage)$",
        r"\\(?:text(?:bf|it|tt)|emph|cite|section|footnote|href|begin)\{",
    ),
    _marks("bbcode", "[/", r"\[/(?:b|i|u|s|url|img|quote|color|size|list|center|spoiler|code)\]", flags=re.IGNORECASE),
    _marks(
        "wiki",
        "''' {| [목차] [include( [youtube(",
        r"'''[^'\n]{1,200}'''",
        r"^\{\|",
        r"\[(?:목차|include\([^)\n]*\)|youtube\([^)\n]*\))\]",
    ),
    _marks(
        "logseq",
        "(( ::",
        r"^\s*(?:id|collapsed|heading|alias)::\s.*$",
        r"\(\([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\)\)",
    ),
    _Marks("formula", "$ \\(", FORMULA),
    _marks("org", "#+", r"^#\+[A-Za-z_]{2,40}(?::|$| ).*$"),
)
_MOST = 100
"""Marks of one kind that are reported of one text."""


def report_foreign_marks(texts: list[tuple[str, int]], body: Body) -> None:
    """Report the marks in pieces of text, each with the line of the block that it stands in."""
    whole = "\n".join(text for text, _ in texts)
    for kind, signs, pattern in _MARKS:
        if any(sign in whole for sign in signs.split(" ")) and not (kind == "formula" and body.around.formulas):
            _report(kind, [(match[0], line) for text, line in texts for match in pattern.finditer(text)], body)


def _report(kind: str, marks: list[tuple[str, int]], body: Body) -> None:
    begun = {match[1] for mark, _ in marks if (match := re.match(r"<([A-Z][\w.]*)[^<]*(?<!/)>$", mark))}
    marks = [mark for mark in marks if not (mark[0].startswith("</") and mark[0][2:-1].strip() in begun)]
    for mark, line in marks[:_MOST]:
        body.doubt(
            "foreign-mark",
            line,
            mark.partition("\n")[0].strip(),
            mark=" ".join(mark.split())[:60],
            kind=say(f"mark.{kind}"),
        )
