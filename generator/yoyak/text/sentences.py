"""Where sentences end, in every script: what an excerpt shows is counted by it.

Too early an end costs a reader half a sentence; one that is missed shows a source's text beyond its rights. So whatever
is not known to go on ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from yoyak.text.columns import columns

# --- what ends a sentence, what closes with it, and what only looks like an end ----------------------------------


STRONG = (
    "\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e\u0964\u0965\u0df4\u0e5a\u0e5b\u0f0d-\u0f12"
    "\u104b\u1362\u1367\u1368\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945\u1aa8-\u1aab\u1b5a\u1b5b\u1b5e\u1b5f"
    "\u1c3b\u1c3c\u1c7e\u1c7f\u203c\u203d\u2047-\u2049\u2e2e\u2e3c\u3002\ua4ff\ua60e\ua60f\ua876\ua877\ua8ce\ua8cf\ua92f"
    "\ua9c8\ua9c9\uaa5d-\uaa5f\uaaf0\uaaf1\uabeb\ufe12\ufe15\ufe16\ufe52\ufe56\ufe57\uff01\uff0e\uff1f\uff61"
)
"""Stops that end a sentence whatever stands behind them: ``。！？``, danda, ``؟ ۔``, ``։``, ``።``, shad."""
ELLIPSES = "\u2025\u2026\u22ef"

END = re.compile(
    rf"[.!?{STRONG}{ELLIPSES}]+|[·・]{{3,}}|\u1361\u1361"
    # Armenian is often typed with a colon, Greek asks with a semicolon.
    r"|(?<=[\u0561-\u0587]):(?=\s|$)|(?<=[\u0370-\u03ff\u1f00-\u1fff])[;\u037e](?=\s|$)"
)

CLOSING = "”’」』)]）］】〉》›»}｝〕｣〗〙⟩❞❜"
EITHER = "“‘«‹\"'"
"""Quotation marks that open in one language and close in another, or look the same at both ends."""
OPENING = "(（[［【〈《「『｢〔〖“‘«‹„‚{｛"
QUOTES = "\"'”’“‘」』｣»›«‹❞❜》〉"

WITHOUT_STOPS = r"\u0e01-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd\u0edc-\u0edf"
"""Letters of Thai and Lao, which have no stop: a space stands between sentences."""
SOME_STOPS = (
    WITHOUT_STOPS + r"\u1000-\u103f\u1050-\u108f\u1780-\u17d3\u0f40-\u0fbc"
    r"\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""The same, and letters of scripts that put no space between words: Burmese, Khmer, Tibetan, kana, Han."""

NEVER = re.compile(
    r"(?:^|[\s(\[\"'“‘«])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Capt|Cpl|Rev|Hon|Messrs|vs|cf|e\.g|i\.e|viz"
    r"|approx|Sra?|Srta|Mme|Mlle|Hr|Fr|Nr|bzw|z\.\s?B|d\.\s?h|u\.\s?a|vgl|dott|sig|им|ул|см)$"
)
"""Words whose stop ends no sentence."""
INITIALS = re.compile(r"(?:^|[^\w.])(?:(?:\w\.\s?)*\w\.\w|\w|St|Ph\.D)$")
"""``U.S``, ``J``, ``a.m``: their stop ends a sentence only when the next word begins one."""
SHORT_FORMS = re.compile(
    r"(?:^|[\s(\[\"'“‘«])(?:[ap]\.m|Inc|Ltd|Corp|Co|Jr|etc|al|est|dept|Dept|Univ|ca|usw|Fig|fig|pp?|Art|Abs|Vol|vol"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|no|nos)$"
)
"""Words that also end sentences; their stop does not before a small letter or a number."""
STARTERS = re.compile(
    r"\s*[\"'“‘(]*(?:The|An?|He|She|It|They|We|You|I|In|On|At|By|To|From|For|But|And|Or|So|As|If|When|While|After|Before|Since|"
    r"Until|However|Meanwhile|Then|There|This|That|These|Those|His|Her|Their|Its|Our|My|What|Who|Why|How|Where|No|Not|"
    r"One|Two|Some|Many|Most|All|Both|Each|Every|Another|With|Without|Under|Over|More|Now|Police|Officials)\b"
)
MONTHS = re.compile(r"\s(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\w*")
"""German writes a day as ``3. Juli``."""

_SAYS = (
    "(?:말[하했한을도씀]|밝|전[했하한해]|덧|강조|설명|주장|지적|비판|답|묻|물[었음]|했|하[고며는였자여]|호소|촉구|반박|당부|요청|"
    "토로|썼|쓰[고며]|적었|적혀|이야기|얘기|외[쳤치]|평가|경고|진단|분석|약속|다짐|선언|발표|보도|알[렸려]|주문|제안|요구|인정|"
    "부인|해명|사과|반문|일축|꼬집|되물|언급|회상|소개|전망|예상|생각|느[꼈낀끼]|믿|불[렀린만평]|판단|해석|단언|항의|한다|"
    "한 (?:것|뒤))"
)
GOES_ON = re.compile(
    # Korean: a particle of quotation, and then no more of a word, or a word of saying. A short one that stands apart
    # needs the word of saying: “…다.” 고 김 전 시장은 begins a sentence.
    r"\s*(?:이?라고|이?라는|이?라며|이?라면서|이?라던|하고|하며|다며|다고|다는|이?냐고|이?냐는|이?냐며|자고|자며)"
    rf"(?:도|만|까지|는)?(?={_SAYS}|[\s,.·]|$)"
    rf"|(?:고|며|는|면서|이?란|이?라|하는)(?:도|만|까지)?(?={_SAYS}|[\s,.·]|$)|\s+(?:고|며|는|면서|하는)\s?(?={_SAYS})"
    # A particle right behind the mark: “…다.”가, “…다.”를
    r"|(?:이|가|을|를|에|의|와|과|도|로|으로|에서|이다|입니다|인)(?=[\s,])"
    # Japanese: と, って and the particles, but no word that begins like one.
    r"|と(?!ても|ころ|はいえ|にかく|りあえず|もかく|くに|き|ある|うとう|なり|んで)|って|など|を|の(?!ち|に)|が(?!ん)|は(?![いたじずな])"
    r"|に(?!わか|ぎ)|も(?![うしっちのは])"
    # A comma, or a small letter of an alphabet: "…" said the mayor.
    r"|\s*[,，、،]|\s*[a-zà-öø-ÿа-яёα-ω]"
)


# --- where sentences end -----------------------------------------------------------------------------------------
# Too early an end costs a reader half a sentence; one that is missed shows a source's text beyond its rights. So
# whatever is not known to go on ends.


_SAYS_SOMETHING = re.compile(r"[^\W_]")
_LIST_NUMBER = re.compile(r"\W*\d{1,4}(?:\.\s?\d{1,4})*")
_DATE_BEFORE = re.compile(r"(?:\d{4}\.\s?\d{1,2}\.\s?\d{1,2}|(?<![\d.])(?:[1-9]|1[0-2])\.\s?(?:[1-9]|[12]\d|3[01]))$")
_DATE_GOES_ON = re.compile(r"\s?\d{1,2}\.(?!\d)")
_WORD = re.compile(r"\S*$")
_SPACE_THAI = re.compile(rf"(?<=[{WITHOUT_STOPS}])\s+(?=[{WITHOUT_STOPS}])")
_SPACE_ANY = re.compile(rf"(?<=[{SOME_STOPS}])\s+(?=[{SOME_STOPS}])")
_SHORTEST = 10
"""Columns of a sentence that only a space ends: a name of two words is none."""


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of one paragraph.

    >>> list(sentences("시는 “늘린다.” 라고 했다.노조는 반대한다."))
    ['시는 “늘린다.” 라고 했다.', '노조는 반대한다.']
    """
    start = 0
    for end in sentence_ends(text):
        yield text[start:end].strip()
        start = end


def has_end(text: str) -> bool:
    """Tell whether the last thing in a text is a stop, and what closes with it."""
    match = None
    for match in END.finditer(text):  # noqa: B007 (the last one is wanted)
        pass
    return match is not None and not text[_closed(text, match.end()) :].strip()


def sentence_ends(text: str) -> Iterator[int]:
    """Yield the position behind each sentence of one paragraph, also behind a last one without a stop."""
    last = 0
    for last in _stops(text) if text.isascii() else _stops_and_spaces(text):
        yield last
    if text[last:].strip():
        yield len(text)


def _stops_and_spaces(text: str) -> Iterator[int]:
    """Yield the positions behind the ends that stops make and, in scripts without them, spaces."""
    stops = set(_stops(text))
    spaces = {match.start() for match in (_SPACE_THAI if stops else _SPACE_ANY).finditer(text)}
    start = 0
    for end in sorted(stops | spaces):
        if end in stops or columns(text[start:end]) >= _SHORTEST:
            yield end
            start = end


def _stops(text: str) -> Iterator[int]:
    start, first = 0, _first_letter(text, 0)
    for match in END.finditer(text):
        if match.start() < start or first >= match.start():  # nothing is said before this stop
            continue
        end = _closed(text, match.end())
        if _ends_here(text, start, match, end) and not _quotation_goes_on(text, match.end(), end):
            yield end
            start, first = end, _first_letter(text, end)


def _first_letter(text: str, start: int) -> int:
    found = _SAYS_SOMETHING.search(text, start)
    return found.start() if found else len(text)


def _closed(text: str, end: int) -> int:
    """Return the position behind the quotation marks and brackets that close with a stop."""
    while end < len(text):
        after = text[end + 1 : end + 2]
        if _closes(text, end, after):
            end += 1
        elif text[end].isspace() and after and after in "”’」』»›)" and not text[end + 2 : end + 3].isalnum():
            end += 2
        else:
            break
    return end


def _closes(text: str, at: int, after: str) -> bool:
    if text[at] in CLOSING:
        return not (text[at] in "»›" and after.isalnum())
    return text[at] in EITHER and (not after or after.isspace() or after in f"{CLOSING},;" or _is_open(text, at))


def _is_open(text: str, at: int) -> bool:
    """Tell whether the straight quotation mark at `at` closes one that is open; an apostrophe is no such mark."""
    mark = text[at]
    if mark == '"':
        return text.count('"', 0, at) % 2 == 1
    return mark == "'" and len(re.findall(r"(?<!\w)'|'(?!\w)", text[:at])) % 2 == 1


def _quotation_goes_on(text: str, stop: int, end: int) -> bool:
    """Tell whether the sentence goes on behind a quotation: ``“…다.”라고``, ``「…。」と``, ``"…" said``."""
    return any(mark in QUOTES for mark in text[stop:end]) and GOES_ON.match(text, end) is not None


def _ends_here(text: str, start: int, match: re.Match[str], end: int) -> bool:
    stop, before, after = match[0], text[start : match.start()], text[end : end + 1]
    if before[-1:] == "(" and text[match.end() : match.end() + 1] == ")":
        return False  # (?), (!): a doubt within a sentence
    if stop == ".":
        return _dot_ends(text, before, end)
    if stop.strip(".") == "":
        return not (after and (after in "/\\" or after.isdigit()))
    if stop in ("．", "﹒") and _is_cased(before[-1]) and not before[-2:-1].isalpha():
        return False
    if stop in ("．", "﹒") or stop.strip(ELLIPSES) == "":
        return not (before[-1:].isdigit() and after.isdigit())
    return _asks_or_calls(text, before, end) if stop.strip("!?") == "" else True


def _asks_or_calls(text: str, before: str, end: int) -> bool:
    """Judge ``!`` and ``?``: in ``?id=3`` and ``Yahoo!는`` they end nothing."""
    after = text[end : end + 1]
    word = _WORD.search(before)
    last = word[0] if word else ""
    if after.isascii() and (after.isalnum() or after in "=&/"):
        return not (re.search(r"[/=.&]", last) or after in "=&/")
    return not (last[-1:].isascii() and re.match(r"(?:은|는|이|가|을|를|의|에|와|과|도)(?=\s)", text[end : end + 2]))


def _dot_ends(text: str, before: str, end: int) -> bool:
    """Judge a single ``.``, which also stands in numbers, dates, names, addresses and behind short forms."""
    last, after = before[-1], text[end : end + 1]
    if after in tuple(",;:") or (after == "." and text[end - 1] == "."):
        return False
    if last.isdigit():
        return _number_ends(text, before, end)
    if _is_cased(last):
        if not before[-2:-1].isalpha() and re.match(r"\s?\w\.", text[end:]):
            return False  # z. B., т. е.
        spaced = not after or after.isspace()
        if NEVER.search(before) or (_is_initials(before) and not _begins(text, end)):
            return False
        if spaced:
            return not (SHORT_FORMS.search(before) and re.match(r"\s*[a-z\d]", text[end:]))
        return _glued_ends(before, after)
    if _is_single_letter_of_rtl(before):
        return False
    return not (after.isascii() and after.islower())  # 가온.example


def _number_ends(text: str, before: str, end: int) -> bool:
    after = text[end : end + 1]
    rest = text[end : end + 12]
    if after.isascii() and (after.isdigit() or after.islower()):
        return False
    if _LIST_NUMBER.fullmatch(before) or _DATE_GOES_ON.match(rest):
        return False
    if _DATE_BEFORE.search(before) and not re.match(r"\s*[A-Z]", rest):
        return False
    return not (re.match(r"\s+[a-zà-ÿ]", rest) or MONTHS.match(rest))


def _glued_ends(before: str, after: str) -> bool:
    """Judge a stop between a cased letter and something that is no space: ``left.She``, but ``gaon.example``."""
    if after in OPENING or category(after) in ("Lo", "Lm", "So"):
        return True
    word = _WORD.search(before)
    plain = word is not None and not re.search(r"[./@\\:]", word[0])
    return plain and before[-2:].islower() and len(before) > 1 and after.isupper()


def _is_initials(before: str) -> bool:
    match = INITIALS.search(before)
    if match is None:
        return False
    return before[-1].isupper() or match[0].strip() in ("St", "Ph.D")


def _begins(text: str, end: int) -> bool:
    """Tell whether what follows begins a sentence, or there is nothing more."""
    return not text[end:].strip() or STARTERS.match(text, end) is not None


def _is_cased(character: str) -> bool:
    return character.lower() != character.upper()


def _is_single_letter_of_rtl(before: str) -> bool:
    """Tell whether one letter of Arabic or Hebrew stands alone before the stop, as in ``د. محمد``."""
    return re.search(r"(?:^|[\s.(])[\u05d0-\u05ea\u0621-\u064a]$", before) is not None
