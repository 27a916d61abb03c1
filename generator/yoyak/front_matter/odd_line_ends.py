"""Characters that end a line for some programs and for yoyak do not, where a key hides behind one.

Word, old mainframes and Python's own `splitlines` have more line ends than YAML and Markdown: a vertical tab, U+0085,
U+2028 … An author whose editor shows a line break there sees ``status: draft`` on a line of its own.
"""

from __future__ import annotations

import re

from yoyak.front_matter.almost import DECIDES, KEY, meant
from yoyak.front_matter.read import split
from yoyak.model.message import Problem, problem_of
from yoyak.text.decoding import clean_text
from yoyak.text.odd_letters import called

_ODD = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def odd_line_end(text: str) -> Problem | None:
    """Return the problem of a text that would be held back, or held back otherwise, if such characters ended lines."""
    odd = list(_ODD.finditer(text))
    if not odd:
        return None
    read, shown = split(clean_text(text)[0]), split(clean_text(_ODD.sub("\n", text))[0])
    if read.problem or not (shown.problem or _deciding(shown.head) != _deciding(read.head)):
        return None
    at = next((one for one in odd if _deciding(_ODD.split(text[one.end() :], 1)[0])), odd[0]).start()
    above = re.sub(r"\r\n?", "\n", text[:at])
    return problem_of(
        "odd-line-end", "", above.count("\n") + 1, len(above) - above.rfind("\n"), character=called(text[at])
    )


def _deciding(head: str | None) -> list[str] | None:
    """Return the keys that decide what readers see, of those that begin lines."""
    if head is None:
        return None
    keys = map(KEY.match, re.split(r"[\r\n]+", head))
    return [key for match in keys if match and (key := meant(match["name"])) in DECIDES]
