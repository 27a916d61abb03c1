"""What a line that can be a headline looks like by itself."""

from __future__ import annotations

import re

from yoyak.readers.capture.lines import CaptureLine, ends_a_sentence, sentences
from yoyak.readers.capture.span import ITEM
from yoyak.readers.capture.wrap import columns
from yoyak.readers.word_lists import alternatives, words

_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w'’.-]*\s?){2,3}")
_ADDRESS = re.compile(r"https?://|www\.\w|\S@\S")
_HOUR = re.compile(r"\d{1,2}:\d{2}\s?(?:[ap]\.?m\.?)?(?:\s\w{2,4})?$", re.IGNORECASE)
_DOMAIN = re.compile(r"\w\.(?:com|net|org|co|kr|de|jp|cn|fr)\b")
_TRAIL = re.compile(r"\s*[>›»]\s*|\s+/\s+")
_PARTS = re.compile(r"\s*[,;|·、•]\s*|\s{2,}")
_CREDIT = re.compile(alternatives("credits-of-pictures", "people"))
_CODE = re.compile(r"[{};]$|[a-zA-Z_]\([^)]*\)$|^[\w.]+ = |^(?:import|from|def|var|let|const|return) [\w.]+")
_CITED = re.compile("«[^«»]*»|»[^«»]*«")
"""Words in quotation marks that look like the signs of a breadcrumb."""
_ANSWERS = re.compile(rf"(?:{'|'.join(sorted(words('signed-by-others', 'people')))})\s?[:：\t]")
"""A line of a release that says who answers for it."""
_SUBTITLE = ("——", "──", "― ", "— ")
"""Such a line is the second line of a headline, in Chinese and Korean."""
_QUOTED = re.compile(r"""[“"‘'「『\[【<]""")
_MARKED = re.compile(r"[■▲△◆◇●○▷▶※▣◈]\s?(?!.*[■▲△◆◇●○▷▶※▣◈]$)")
_GLUED = re.compile(r"[a-z][A-Z]|[가-힣]\d?[a-z]*\|")
_CLOCK = re.compile(r"\d:\d\d")
_WAY = re.compile(r"(?:[^>›»]{1,24}\s[>›»]\s+)+(?:正文\s+)?")
_SIGNS = re.compile(r"\s[>›»]\s")
_LEAST = 18
"""Columns that stay of a headline when what is glued to it is taken away."""
_ASKS = re.compile(r"""(?:[?!？！…]|\.\.\.)["'”’」』]?$""")
_WIDEST_WORD = 28
"""Columns of a piece of a breadcrumb."""


def can_be_title(line: CaptureLine) -> bool:
    """Tell whether a line may be a headline by itself."""
    if line.look not in ("short", "long", "body", "name") or line.rule in ("outlet-name", "other-stories"):
        return False
    text = alone(line) if line.prose else ""
    return (
        8 <= columns(text[:400]) <= 240
        and not (text == line.text and _is_date(line))
        and not (_ADDRESS.search(text) or _HOUR.search(text) or ITEM.match(text))
        and not (text.startswith(_SUBTITLE) or is_trail(text) or _CODE.search(text))
        and not _ANSWERS.match(line.parts.get("cells", text).casefold())
    )


_BUTTONS = re.compile(r"(?:\s(?:Print|E-?mail|Share|Tweet|Save|Comments?)){2,}$")


def alone(line: CaptureLine) -> str:
    """Return a headline without what is glued to it: the way to the page before it, a subtitle or time behind it."""
    if headline := line.parts.get("headline"):
        return headline
    title = without_count(_BUTTONS.sub("", line.text))
    if line.moments:
        times = [moment.start for moment in line.moments if _CLOCK.search(title, moment.start, moment.end)]
        if times and columns(title[: times[0]]) >= _LEAST:
            title = title[: times[0]].rstrip(" |·-–—(")
    if not _SIGNS.search(title):
        return title
    trail = _WAY.match(title)
    return title[trail.end() :] if trail and columns(title[trail.end() :]) >= _LEAST else title


def without_count(title: str) -> str:
    """Return a headline without the number of its comments or readers.

    >>> without_count("가온항 크레인 다시 움직인다[댓글 38]"), without_count("The post that drew 300 comments")
    ('가온항 크레인 다시 움직인다', 'The post that drew 300 comments')
    """
    return _COUNT.sub("", title) if _COUNT_END.search(title[-9:]) else title


_COUNTED, _NUMBER = alternatives("counted", "people"), r"\d[\d,.]{0,6}"
_COUNT = re.compile(
    rf"\s*(?:\[{_NUMBER}\]|[\[(]\s?{_NUMBER}\s(?:{_COUNTED})\s?[\])]|[\[(]?\s?(?:{_COUNTED})\s?[:(]?\s?{_NUMBER}\s?[\])]?)$",
    re.IGNORECASE,
)
_COUNT_END = re.compile(r"[])]$|\d[\d,.]*\s?$")
"""What all of these end with: to search a long line for one takes long."""


def is_trail(text: str) -> bool:
    """Tell whether a line says where the page stands in its site: ``뉴스 > 경제 > 기업``."""
    text = _CITED.sub("“”", text)
    if text.endswith((">", "›", "»")):
        return True
    parts = [part for part in _TRAIL.split(text) if part]
    return len(parts) > 1 and len(text) < 120 and all(columns(part) <= _WIDEST_WORD for part in parts)


def _is_date(line: CaptureLine) -> bool:
    return sum(moment.end - moment.start for moment in line.moments) > len(line.text) / 3


def shape_of(line: CaptureLine) -> dict[str, float]:
    """Return the evidence of a line's look and length."""
    text = alone(line)
    wide = columns(text)
    parts = [part for part in _PARTS.split(text) if part]
    return {
        "very-short": wide < 14,
        "short": 14 <= wide < 22,
        "long": 100 < wide <= 150,
        "very-long": wide > 150,
        "sentence": tells(line) or (wide > 100 and sentences(text) > 0),
        "repeated-name": line.look == "name",
        "person": _NAME.fullmatch(text) is not None,
        "list": len(parts) > 3 and all(len(part.split()) <= 3 for part in parts),
        "credit": _CREDIT.search(text) is not None,
        "domain": _DOMAIN.search(text) is not None,
        "quoted": is_quoted(text) and not is_prose(line),
        "marked": _MARKED.match(text) is not None or text.endswith((":", "：")),
        "glued": _GLUED.search(text) is not None,
    }


def is_quoted(text: str) -> bool:
    return _QUOTED.match(text) is not None


def tells(line: CaptureLine) -> bool:
    """Tell whether a line is prose, or a Korean sentence ends in it that nobody says."""
    return is_prose(line) or _SENTENCE_INSIDE.match(line.text) is not None


_SENTENCE_INSIDE = re.compile(r"""[^“”"'‘’「]{8,}[가-힣](?:다|까|요|죠)\.\s""")


def is_prose(line: CaptureLine) -> bool:
    """Tell whether a line ends as a sentence does; headlines may end with ``?``, ``!`` or ``…``."""
    return ends_a_sentence(line.text) and _ASKS.search(line.text[-4:]) is None
