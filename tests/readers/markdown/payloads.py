"""Inputs of attackers and of bad luck, put through every syntax of Markdown. The suites are not part of the project."""

from __future__ import annotations

import re
from functools import cache

from msgspec import json, structs

from readers.markdown.reading import CORPORA, WORLD, frames_of
from yoyak.model.schema import EmbedKeys
from yoyak.readers.markdown import read_markdown
from yoyak.text.sanitize import sanitize

SUITES = (CORPORA / "blns.json", CORPORA / "h5sc.json")
FRAMED = "frames.example"
"""The host whose frames the site of these tests shows."""
_EMBEDS = (EmbedKeys(host=FRAMED, frame=True), EmbedKeys(host="pictures.example"))
_WORLD = structs.replace(WORLD, embeds=_EMBEDS)
_SYNTAXES = (
    "{p}", "> [!NOTE] {p}\n> {p}", "> [!tip]- {p}\n> {p}", ":::tip[{p}]\n{p}\n:::", ":::details {p}\n{p}\n:::", '```js title="{p}"\n{p}\n```',
    "```{p}\n{p}\n```", "```js file={w}\n{p}\n```", "[[{p}]] [[b|{p}]] [[b#{w}]]", "![[{p}]] ![[p.svg|{p}]]", "글[^{w}] 글\n\n[^{w}]: {p}",
    "글^[{p}]", "## 글 {{#{w}}}\n\n## {p}", "글\n{{: #{w}}}\n\n[글](b.md){{#{w}}}", "{p}\n: {p}", "=={p}== ~~{p}~~ %%{p}%%",
    "| {p} | 가 |\n|---|:-:|\n| {p} | 나 | {p} |", "- [x] {p}\n- [ ] {p}", '<iframe src="{p}" title="{p}"></iframe>',
    f"<iframe src='https://{FRAMED}/{{p}}' title='{{p}}'>{{p}}</iframe>", f'<iframe src="https://{FRAMED}@{{w}}"></iframe>',
    '<video src="https://pictures.example/{w}" poster="{w}" title="{p}">{p}</video>', '<object data="{w}"><embed src="{w}"></object>',
    '![{p}]({w} "{p}")\n\n![{p}](<{p}>)', "[{p}]({w} '{p}') [글](<{p}>) [글][{p}]\n\n[{p}]: {w}", "<{w}> https://e.example/{w} www.{w}",
    "<details><summary>{p}</summary>\n\n{p}\n\n</details>", '<div id="{p}" class="{p}" data-yoyak-hidden="{p}" data-yoyak-note="{w}">{p}</div>',
    "<noscript>{p}</noscript><template>{p}</template><svg>{p}</svg><math>{p}</math>", "<!-- {p} --> <textarea>{p}</textarea>",
    "{{{{< figure src={p} >}}}} {{% {p} %}} {{{{ {p} }}}}", "# {p}\n\n글", "<img src='{p}' alt='{p}' data-src='{w}' srcset='{w}'>",
)  # fmt: skip


@cache
def payloads() -> tuple[str, ...]:
    """Return the payloads of the suites that are there."""
    naughty, vectors = SUITES
    found = list(json.decode(naughty.read_bytes(), type=list[str])) if naughty.is_file() else []
    if vectors.is_file():
        found += [_armed(str(one["data"])) for one in json.decode(vectors.read_bytes())]
    return tuple(found)


def _armed(vector: str) -> str:
    """Put a call of ``trap()`` where a vector of the suite has a place for code."""
    return (
        re.sub(r"%\w*uri\w*%", "javascript:trap()", vector).replace("%js_alert%", "trap()").replace("alert(", "trap(")
    )


def rendered(payload: str, some: slice = slice(None)) -> list[str]:
    """Return a payload's HTML by itself and through some syntaxes."""
    line, word = " ".join(payload.split()), "".join(payload.split())
    texts = [payload, *(syntax.format(p=line, w=word) for syntax in _SYNTAXES[some])]
    return [sanitize(read_markdown(text, _WORLD).html, frames_of(_EMBEDS)) for text in texts]
