"""What marks look like, by the program whose they are."""

from __future__ import annotations

from collections.abc import Mapping

from yoyak.importing.marks.wordpress import MARK

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
    r"|(?P<component><(?P<componentname>[A-Z][\w.]*)(?P<componentrest>(?>\"[^\"]*\"|'[^']*'|\{[^{}]*\}|[^<>\"'{}])*+)>)"
    r"|(?P<end></[A-Z][\w.]*\s*>)"
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
