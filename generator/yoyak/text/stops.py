"""What ends a sentence, what closes with it, and what only looks like an end: the tables of `yoyak.text.sentences`.

The stops are the characters with Unicode's property Sentence_Terminal (UAX #29), and the ellipses. Left out is the
Burmese ``၊``, which is a comma. Characters outside the BMP belong to scripts that no newspaper uses.
"""

from __future__ import annotations

import re

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
