"""Documents made by a grammar: blocks inside blocks, of all that the reader knows, also broken and unclosed.

A word is written as ``◆``; `numbered` gives each its number, so that one that is lost can be named.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

from hypothesis import strategies as st

Lines = list[str]
Blocks = st.SearchStrategy[Lines]

WORD = re.compile(r"(?:w|낱말)(\d+)")


def numbered(text: str) -> str:
    """Return a document in which each word has its number."""
    numbers = count(1)
    return re.sub("◆", lambda _: f"w{n}" if (n := next(numbers)) % 2 else f"낱말{n}", text)


# --- inside a line -------------------------------------------------------------------------------------------

COMMON_INLINE = (
    "◆", "◆", "◆ ◆", "*◆*", "_◆_", "**◆ ◆**", "***◆***", "*◆ **◆** ◆*", "`◆`", "`` ◆ ` ◆ ``", "[◆](b.md)",
    '[◆ *◆*](https://e.org/x "◆")', "![◆](p.svg)", "<https://e.org/◆>", "\\*◆\\*", "&lt;◆&gt;", "◆\\\n◆", "◆  \n◆", "◆\n◆",
    "**◆", "*◆", "`◆", "[◆", "[◆](", "![◆", "◆](◆)", "[◆][◆]", "◆!", "(◆)", "◆ & ◆ < ◆", "“◆”", "[◆]",
)  # fmt: skip
GFM_INLINE = ("~~◆~~", "~~◆", "https://e.org/◆", "www.e.org/◆ ◆", "◆ kim@e.org ◆", "(https://e.org/a_(◆))")
OWN_INLINE = (
    "~◆~", "==◆==", "==◆", "%%◆%%", "◆ %%◆ ◆%% ◆", "%%◆", "[[◆]]", "[[b]] ◆", "[[b|◆]]", "[[◆|◆]]", "![[p.svg]] ◆", "![[p.svg|◆]]",
    "![[◆]]", "[[b#x|◆]]", "[[◆", "[^1] ◆", "[^◆]", "^[◆ *◆*]", "^[◆", "{{ ◆ }}", "{{< figure ◆ >}}", "{% include ◆ %}",
    "{% ◆", "{{ ◆", "[caption id=1]◆[/caption]", "[◆](b.md){.x}", "![◆](p.svg){#y} ◆", "{◆}", "$◆$", "$$◆$$", "#◆ #◆",
    "**◆**을", "**“◆”**은 ◆", "*◆*를", "https://e.org/◆에서 ◆", ":smile: ◆", "H~◆~O", "x^◆^", "++◆++", "<◆>", "List<◆>",
    "<b>◆</b>", "<u>◆", "</u>◆", "<span style='color:red'>◆</span>", "<kbd>◆</kbd>", "<foo>◆</foo>", "<br>◆", "<br/>◆",
    "<!-- ◆ --> ◆", "<!-- ◆", "<a href='b.md'>◆</a>", "<a href='b.md'>◆", "<img src='p.svg' alt='◆'>", "<img src=p.svg",
    "<b ◆", '<a href="x ◆', "<!◆>", "<?◆?>", "<![CDATA[◆]]>", "<script>◆</script> ◆", "<style>◆</style>◆", "<script>◆",
    "<svg><text>◆</text></svg> ◆", "<math><mi>◆</mi></math>", "<textarea>◆</textarea>", "<button>◆</button>",
    "<iframe src='https://v.e.org/1' title='◆'></iframe>", "<iframe src='https://v.e.org/1'>◆</iframe>", "<noscript>◆</noscript>",
    "<video src='a.mp4'>◆</video>", "<audio controls><source src='a.mp3'>◆</audio>", "<object>◆</object>",
    "<select><option>◆<option>◆</select>", "<input value='◆'>", "<input type=checkbox> ◆", "<title>◆</title>", "<image ◆>",
    "<template>◆</template>", "<span hidden>◆</span> ◆", "<del>◆</del>", "<ruby>◆<rt>◆</rt></ruby>", "<abbr title='◆'>◆</abbr>",
    "<font color=red>◆</font>", "<center>◆</center>", "<embed src='https://v.e.org/◆.swf'>", "<plaintext>◆", "<xmp>◆</xmp>",
    "<p>◆", "</p>◆", "</div>◆", "<table>◆", "<td>◆", "<li>◆", "<form>◆", "<h2>◆</h2>", "<body>◆", "</body>◆", "<html>◆",
    "<frameset>◆", "<noembed>◆</noembed>", "<caption>◆</caption>", "<col>◆", "<head>◆</head>", "<dialog>◆</dialog>",
)  # fmt: skip


def inlines(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return texts of a line or a few."""
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=3).map(" ".join)


# --- blocks ---------------------------------------------------------------------------------------------------


def _lines(text: str) -> Lines:
    return text.split("\n")


def _paragraph(text: st.SearchStrategy[str]) -> Blocks:
    return text.map(_lines)


def _heading(text: st.SearchStrategy[str], behind: tuple[str, ...]) -> Blocks:
    def made(level: int, words: str, end: str, setext: bool) -> Lines:
        words = words.replace("\\\n", " ").replace("\n", " ")
        if setext and level < 3:
            return [words + end, "===" if level == 1 else "---"]
        return [f"{'#' * level} {words}{end}"]

    return st.builds(made, st.integers(1, 6), text, st.sampled_from(behind), st.booleans())


def _fence(infos: tuple[str, ...]) -> Blocks:
    def made(mark: str, info: str, inner: str, end: str) -> Lines:
        if "`" in mark:
            info = info.replace("`", "")
        return [mark + info, *_lines(inner), *([mark + end] if end != "none" else [])]

    inner = st.sampled_from(
        ("◆", "◆\n\n◆", "<b>◆</b>\n- ◆", "# ◆\n\t◆", "``\n◆", "{{ ◆ }}\n%%\n◆\n%%", "<script>◆", "")
    )
    ends = st.sampled_from(("", "", "", "", "`", "~", "none")) if len(infos) > 4 else st.sampled_from(("", ""))
    marks = st.sampled_from(("```", "~~~", "````", "~~~~~"))

    def with_mark(mark: str) -> Blocks:
        return st.builds(
            made, st.just(mark), st.sampled_from(infos), inner, ends.map(lambda e: mark[0] if e in "`~" and e else e)
        )

    return marks.flatmap(with_mark)


def _table(text: st.SearchStrategy[str], *, broken: bool) -> Blocks:
    def made(rule: list[str], rows: list[list[str]], edges: bool, below: bool) -> Lines:
        width = len(rule)
        cells = rows if broken else [(row * width)[:width] for row in rows]
        first = (cells[0] * width)[:width] if cells else ["◆"] * width
        written = [
            " | ".join(cell.replace("\\\n", " ").replace("\n", " ").replace("|", "\\|") for cell in row)
            for row in (first, *cells[1:])
        ]
        written.insert(1, " | ".join(rule))
        lines = [f"| {row} |" for row in written] if edges or width == 1 else written
        return ["◆ ◆", *lines] if below else lines

    rules = st.lists(st.sampled_from(("---", ":--", "--:", ":-:")), min_size=1, max_size=3)
    rows = st.lists(st.lists(text, min_size=1, max_size=4), min_size=1, max_size=3)
    return st.builds(made, rules, rows, st.booleans(), st.booleans())


COMMON_BLOCKS = ("---", "***", "    ◆\n\n    ◆", "[◆]: https://e.org/ '◆'\n[◆]: /x", "◆\n◆\n◆")
OWN_BLOCKS = (
    "<div>◆</div>", "<div>\n\n**◆**\n\n</div>", "<div align=center>\n◆\n</div>", "<div>◆", "</div>\n◆", "<section>\n◆\n\n◆",
    "<p>◆</p>", "<p title='◆'>◆", '<div title="◆\n\n◆', '<div class="x\n◆\n\n◆', "<foo>\n◆\n</foo>", "<Tabs>\n\n◆\n\n</Tabs>",
    "<details><summary>◆</summary>\n\n◆\n\n</details>", "<details>\n<summary>◆</summary>\n◆\n</details>", "<details>\n\n- ◆",
    "<iframe src='https://v.e.org/1' title='◆'>◆</iframe>", "<iframe src='https://v.e.org/1'>\n\n◆\n\n</iframe>", "<iframe>\n◆",
    "<iframe srcdoc='◆'></iframe>", "<video controls poster=p.svg>\n<source src=a.mp4>\n◆\n</video>", "<video>\n\n◆", "<audio>◆",
    "<object data=a.pdf>\n◆\n</object>", "<embed src=a.swf title='◆'>", "<form action=/s>\n<label>◆ <input value=◆></label>\n</form>",
    "<form>\n<input type=submit value='◆'>\n<textarea>◆\n\n◆</textarea>\n</form>", "<form>◆", "<textarea>\n◆\n\n◆", "<select>\n◆",
    "<button type=button>◆</button>", "<script>\n◆\n\n◆\n</script>\n\n◆", "<script>\n◆", "<style>\n◆\n</style>", "<style>\n◆",
    "<svg>\n<text>◆</text>\n</svg>", "<svg>\n\n◆\n\n</svg>", "<math>◆</math>", "<template>\n◆\n\n◆\n</template>", "<template>\n◆",
    "<noscript>\n◆\n</noscript>", "<noscript><img src=p.svg alt='◆'></noscript>", "<pre>\n◆\n\n◆</pre>", "<pre><code>◆</pre>",
    "<table><tr><td>◆</td></tr></table>", "<table>\n<tr>\n\n<td>\n\n◆\n\n</td>\n</tr>\n</table>", "<table>◆<tr><td>◆", "<tr><td>◆",
    "<table><caption>◆</caption><thead><tr><th>◆</thead></table>", "<ul><li>◆<li>◆</ul>", "<li>◆", "<dl><dt>◆<dd>◆</dl>",
    "<figure><img src=p.svg alt='◆'><figcaption>◆</figcaption></figure>", "<figure>\n\n![◆](p.svg '◆')\n\n</figure>",
    "<img src='p.svg' alt='◆' title='◆'>", "<img data-src='p.svg' alt='◆'>", "<img src='nope.png' alt='◆'>", "<img alt='◆'>",
    "<picture><source srcset=p.svg><img src=p.svg alt='◆'></picture>", "<p align=center><img src=p.svg alt='◆'><br>◆</p>",
    "<!-- ◆ -->", "<!-- ◆\n\n◆ -->\n◆", "<!-- ◆", "<!--◆--->\n◆", "<!-->\n◆", "<!DOCTYPE html>\n◆", "<?php ◆ ?>", "<![CDATA[\n◆\n]]>",
    "<h1>◆</h1>", "<h3 id=z>◆</h3>", "<center>\n◆\n</center>", "<blockquote>◆</blockquote>", "<div hidden>◆</div>",
    "<div style='display:none'>\n\n◆\n\n</div>", "<a name=x></a>\n◆", "<a href=b.md><img src=p.svg alt='◆'></a>", "<hr>◆", "<br>\n◆",
    "<head><title>◆</title></head>\n◆", "<html><body>\n◆\n</body></html>", "<xmp>\n◆\n</xmp>", "<plaintext>\n◆", "<noframes>◆</noframes>",
    "<fieldset><legend>◆</legend>◆</fieldset>", "<map><area alt='◆' href=b.md></map>", "<marquee>◆</marquee>", "<dialog>◆</dialog>",
    "<canvas>◆</canvas>", "<progress>◆</progress>", "<meter>◆</meter>", "<output>◆</output>", "<datalist><option>◆</datalist>", "<frame>◆",
    "<applet>◆</applet>", "<link title='◆'>", "<meta content='◆'>", "<base>◆", "<isindex prompt='◆'>", "<listing>\n◆\n</listing>",
    "{{< figure src='p.svg' title='◆' >}}", "{{% notice %}}\n◆\n{{% /notice %}}", "{{< highlight go >}}\n◆\n{{< /highlight >}}",
    "{{< highlight go >}}\n◆", "{% highlight ruby %}\n◆\n{% endhighlight %}", "{% raw %}\n◆ {{ ◆ }}\n{% endraw %}", "{% raw %}\n◆",
    "{% if ◆ %}\n◆\n{% endif %}", "[gallery ids='◆']", "[TOC]\n\n◆", "[[_TOC_]] ◆", "%%\n◆\n\n◆\n%%", "%%\n◆", "%% ◆ %%", "%%\n- ◆\n%%\n◆",
    "[^1]: ◆ ◆", "[^2]: ◆\n    ◆\n\n    ◆", "[^1]: ◆ [^2]", "[^◆]: ◆", "[^1]:\n\n    - ◆", "[^1]: ", "◆\n{: .note #n}", "{: .◆}", "{#◆}",
    "$$\n◆\n$$", "#◆ #◆", "#◆\n◆", "2024. 7. 3. ◆", "- ◆\n7. 3. (수) ◆", "1998. ◆\n◆", "3. ◆\n4. ◆\n9. ◆", "1. ◆\n1. ◆",
    "◆\n: ◆\n: ◆", "◆\n\n: ◆\n\n    ◆", ": ◆", "> [!NOTE] ◆\n> ◆", "> [!note]- ◆ **◆**\n> - ◆", "> [!◆]\n> ◆", "> [!quote] ◆",
    "> [!TIP]\n◆", "> [!TIP]+ *◆*", ":::note\n◆\n:::", ":::tip[◆]\n◆\n:::", ":::warning ◆", "::: {.note ◆}\n◆\n:::", ":::details ◆\n\n◆\n\n:::",
    ":::◆\n◆\n:::", ":::note\n:::tip\n◆\n:::\n◆\n:::", ":::", ".. note:: ◆\n   ◆", "!!! note ◆\n    ◆", "??? ◆\n    ◆", "import ◆ from '◆'",
    "*[◆]: ◆", "---\n◆: ◆\n---", "+++\n◆\n+++", "![◆](p.svg '◆')\n![◆](q.png '◆')", "![◆](p.svg '◆')\n◆", "![◆](nope.png '◆')",
    "![◆](https://o.example/a.png '◆')", "[![◆](p.svg)](b.md)", "[![◆](https://o.example/a.png)](https://e.org/)", "[◆](javascript:◆)",
    "| ◆ | ◆ |\n|---|\n| ◆ |", "| ◆ |\n|---|\n| ◆ | ◆ | ◆ |", "|---|\n| ◆ |", "◆ | ◆\n◆", "+---+\n| ◆ |\n+---+", "[◆]: ◆", "[◆]: ◆ '◆'",
    "[◆]: <◆ ◆>\n◆", "[◆]: b.md\n\n[◆] ◆", "[^◆]:◆", "\\newpage ◆", "&nbsp;\n◆", "\u3000◆", "\u00a0◆", "- [ ] ◆\n- [x] ◆", "- [x]\n- ◆", "-\n  ◆",
)  # fmt: skip
INFOS = (
    "",
    "python",
    "js {1,3}",
    'html title="◆"',
    "go {linenos=true}",
    "{.python #x}",
    "c++",
    "한글",
    "mermaid",
    "{title='◆'}",
)


def _prefixed(lines: Lines, first: str, rest: str, *, lazy: bool = False) -> Lines:
    others = [line if lazy and line else (rest + line).rstrip() if not line else rest + line for line in lines[1:]]
    return [first + lines[0], *others]


def _item(marks: tuple[str, ...]) -> Callable[[Blocks], Blocks]:
    def made(inner: Blocks) -> Blocks:
        def items(mark: str, parts: list[Lines], loose: bool) -> Lines:
            written: Lines = []
            for number, part in enumerate(parts, 1):
                own = mark.replace("1", str(number))
                box = own.find("[")
                width = box if box > 0 else len(own)
                written += [*([""] if loose and written else []), *_prefixed(part, own, " " * width)]
            return written

        return st.builds(items, st.sampled_from(marks), st.lists(inner, min_size=1, max_size=3), st.booleans())

    return made


def _quote(inner: Blocks) -> Blocks:
    return inner.map(lambda part: _prefixed(part, "> ", "> "))


def _joined(inner: Blocks) -> Blocks:
    """Return several blocks below each other, with a blank line between them or without."""

    def made(parts: list[Lines], tight: bool) -> Lines:
        lines: Lines = []
        for part in parts:
            lines += [*([""] if lines and not tight else []), *part]
        return lines

    return st.builds(made, st.lists(inner, min_size=2, max_size=3), st.sampled_from((False, False, True)))


def _between(before: tuple[str, ...], behind: tuple[str, ...], indent: str = "") -> Callable[[Blocks], Blocks]:
    def made(inner: Blocks) -> Blocks:
        places = st.integers(0, len(before) - 1)
        return st.builds(
            lambda at, part: [*_lines(before[at]), *_prefixed(part, indent, indent), *_lines(behind[at])], places, inner
        )

    return made


_OWN_AROUND = _between(
    ("> [!NOTE] ◆", "> [!warning]- ◆\n>", ":::tip ◆", "::::note", "<details><summary>◆</summary>\n", "<div>\n", "<div>", "<section id=s>\n",
     "<blockquote>\n", "<td>\n", "<center>\n", "<foo>\n", "<b>\n", "<form>\n", "<video src=a.mp4>\n", "{{% notice %}}", "%%", "<ul>\n<li>\n"),
    ("", "", ":::", "::::", "\n</details>", "\n</div>", "</div>", "", "\n</blockquote>", "\n</td>", "\n</center>", "\n</foo>", "\n</b>",
     "\n</form>", "\n</video>", "{{% /notice %}}", "%%", "\n</li>\n</ul>"),
)  # fmt: skip
_INDENTED = _between(("[^1]: ◆\n", "[^5]: ◆[^5]\n", "◆\n: ◆\n", "1. ◆\n"), ("", "", "", ""), "    ")


def _common_around(inner: Blocks) -> Blocks:
    bullets, numbers = _item(("- ", "* ", "+ ")), _item(("1. ", "1) "))
    return st.one_of(bullets(inner), numbers(inner), _quote(inner), _joined(inner))


def common_blocks() -> Blocks:
    """Return blocks of CommonMark and GitHub's extensions."""
    text = inlines(COMMON_INLINE + GFM_INLINE)
    leaf = st.one_of(
        _paragraph(text), _paragraph(text), _heading(text, ("", " ##")), _fence(("", "python", "js")), _table(text, broken=False),
        st.sampled_from(COMMON_BLOCKS).map(_lines),
    )  # fmt: skip
    tasks = _item(("- [ ] ", "- [x] ", "1. [X] "))(_paragraph(text))
    return st.recursive(leaf | tasks, _common_around, max_leaves=6)


def all_blocks() -> Blocks:
    """Return blocks of all that the reader knows, and of what is broken."""
    text = inlines(COMMON_INLINE + GFM_INLINE + OWN_INLINE)
    leaf = st.one_of(
        _paragraph(text), _paragraph(text), _heading(text, ("", " {#id}", " {.x #y}", " #")), _fence(INFOS), _table(text, broken=True),
        st.sampled_from(COMMON_BLOCKS).map(_lines), st.sampled_from(OWN_BLOCKS).map(_lines), st.sampled_from(OWN_BLOCKS).map(_lines),
    )  # fmt: skip
    tasks = _item(("- [ ] ", "- [x] ", "1. [X] "))(_paragraph(text))

    def around(inner: Blocks) -> Blocks:
        return st.one_of(_common_around(inner), _OWN_AROUND(inner), _INDENTED(inner))

    return st.recursive(leaf | tasks, around, max_leaves=5)


def documents(blocks: Blocks) -> st.SearchStrategy[str]:
    """Return documents of a few blocks, with numbered words."""
    whole = st.lists(blocks, min_size=1, max_size=4)
    between = st.sampled_from(("\n\n", "\n\n", "\n\n", "\n"))
    return st.builds(lambda parts, gap: numbered(gap.join("\n".join(part) for part in parts)), whole, between)
