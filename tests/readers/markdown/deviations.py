"""Where yoyak means to differ from CommonMark and GitHub, and why."""

from __future__ import annotations

import re

UNKNOWN_TAG = "a name in angle brackets that is no element of HTML is text: List<String>, <your name>"
INSTRUCTION = "instructions and declarations are text: HTML has none of them, and readers would miss what they say"
UNFINISHED_TAG = "a tag without an end in its block is text: it would take in the rest of the article"
FIELD = "what stands in a field of a form is kept as words"
ADDRESS = "an address that could lead to another host than it seems is taken away, and reported"
LONE_PICTURE = "a picture on a separate line is a figure, also beside other lines"
NAME = "[[name]] and ![[name]] are an article's name and a picture's, as in Obsidian"
BARE_ADDRESS = "a bare address is a link also right behind a sign or a letter of Hangul"
PARTICLE = "a Korean particle and a full-width sign behind a bare address are not of it"
DATE = "a date at the beginning of a line is words, and no list begins with 2024"
CJK = "Hangul, Kanji and Kana are borders of words for * and _: **“말”**을"
TEMPLATE = "what stands between a template's marks is kept as it is: no mark of Markdown is in it"
MARKED = "==words== are highlighted, as in Obsidian"
HIDDEN = "%%words%% are for their writer, as in Obsidian, and reported"
CALLOUT = "a quotation that begins with [!NOTE], and lines of :::, are boxes"
ATTRIBUTES = "an attribute list is taken out of the text, and its id kept"
NOTE = "footnotes are GitHub's, but numbered and named for those who hear the page"
TERM = "a line that begins with a colon below a term is its meaning, as in Pandoc"
TILDE = "one tilde is a range in Korean: 10~20명, 30~40명; two strike words out"
WORDS = "[속보]: 사망 is words: CommonMark reads an address in it, and shows nothing"
CAPITALS = "a scheme in capitals is one"
BELOW_NUMBER = "two spaces nest a list in the item of a number, too, as editors and their previews show it"
BLOCK_NAME = "^name behind a paragraph is Obsidian's name for it, which links lead to and readers do not see"
FILE_NAME = "the name of a file may have spaces in it; a size may stand behind it"
REST_OF_TAG = "a script, a template or a drawing without an end is text: it would take in the rest of the article"

SPECIFICATION = {
    156: UNFINISHED_TAG, 157: UNFINISHED_TAG, 158: UNFINISHED_TAG, 164: UNKNOWN_TAG, 173: FIELD, 182: INSTRUCTION,
    184: INSTRUCTION, 203: UNKNOWN_TAG, 299: BELOW_NUMBER, 493: UNFINISHED_TAG, 526: UNKNOWN_TAG, 538: UNKNOWN_TAG, 589: LONE_PICTURE,
    592: NAME, 604: BARE_ADDRESS, 615: UNKNOWN_TAG, 616: UNKNOWN_TAG, 617: UNKNOWN_TAG, 619: UNKNOWN_TAG,
    625: UNKNOWN_TAG, 629: INSTRUCTION, 630: INSTRUCTION, 631: INSTRUCTION, 633: ADDRESS,
}  # fmt: skip
"""The examples of CommonMark 0.31.2 that come out otherwise, by their numbers on spec.commonmark.org."""

ALLOWED_SHARES = {
    "HTML blocks": f"below 90 %: {UNFINISHED_TAG}; {INSTRUCTION}; {UNKNOWN_TAG}; {FIELD}",
    "Raw HTML": f"below 90 %: {UNKNOWN_TAG}; {INSTRUCTION}",
    "Strikethrough": f"1 of 23: {TILDE}",
    "Autolinks (extension)": f"2 of 47: {CAPITALS}; {PARTICLE}",
    "Autolinks": f"below 97 % of CommonMark's 19: {BARE_ADDRESS}",
}
"""The sections in which fewer examples than wanted come out as the oracle's, and why."""

GITHUB = {
    "~~하나~둘~~": TILDE, "HTTPS://A.EXAMPLE/b": CAPITALS, "https://a.example/가": PARTICLE,
}  # fmt: skip
"""Examples of GitHub's extensions that come out otherwise."""

OWN = (
    ("2024. 7. 3. 회의", DATE), ("3. Juli 2024 in Kiel", DATE), ("1998. 봄의 일이다.\n1999. 여름의 일이다.", DATE), ("- 하나\n7. 3. (수) 둘", DATE),
    ("25. 12. 3. 공고", DATE), ("3. 7. 2024 a date", DATE),
    ("**“섬”**을 본다.", CJK), ("*(가)*는 뜻이다.", CJK), ("그는**“예”**라고 했다.", CJK), ("**강조(强調)**합니다", CJK),
    ("List<String> 형", UNKNOWN_TAG), ("<your name> 님", UNKNOWN_TAG), ("<Tabs>\n\n글\n\n</Tabs>", UNKNOWN_TAG),
    ("글 <?php echo 1 ?> 글", INSTRUCTION), ("<!DOCKER 글>\n\n글", INSTRUCTION), ("<div class=\n\n글", UNFINISHED_TAG),
    ("<textarea>글</textarea>", FIELD), ("<form>\n<button>글</button>\n<select><option>글</select>\n</form>", FIELD),
    ("[글](\\\\evil.example)", ADDRESS), ("[글](//a.example/b)", ADDRESS),
    ("![가](a.png)\n글", LONE_PICTURE), ("글\n![가](a.png)\n글", LONE_PICTURE), ("![가](a.png)\n![나](b.png)", LONE_PICTURE),
    ("[[글]]", NAME), ("[[글|말]]", NAME), ("![[a.png]]", NAME),
    ("주소는“https://a.example”이다", BARE_ADDRESS), ("보라:https://a.example 끝", BARE_ADDRESS),
    ("https://a.example에서", PARTICLE), ("https://a.example/b를 보라", PARTICLE), ("https://a.example、글", PARTICLE),
    ("{{ *글* }}", TEMPLATE), ("{% include **글** %}", TEMPLATE), ("{{< figure src=*a* alt=*b* >}}", TEMPLATE),
    ("{% highlight ruby %}\n*글*\n{% endhighlight %}", TEMPLATE),
    ("==글==", MARKED), ("글 ==*글*== 글", MARKED), ("글 %%글%%", HIDDEN), ("%%\n글\n%%", HIDDEN),
    ("> [!NOTE]\n> 글", CALLOUT), (":::tip\n글\n:::", CALLOUT), ("> [!question]- 글\n> 글", CALLOUT),
    ("## 글 {#id}", ATTRIBUTES), ("글\n{: .note}", ATTRIBUTES), ("![글](a.png){width=50%} 글", ATTRIBUTES),
    ("글[^1]\n\n[^1]: 글", NOTE), ("글^[글]", NOTE), ("글\n: 글", TERM), ("~글~", TILDE), ("10~20명, 30~40명", TILDE),
    ("1. 글\n  - 글", BELOW_NUMBER), ("10. 글\n   - 글\n      - 글", BELOW_NUMBER), ("1. 글\n  1. 글", BELOW_NUMBER),
    ("글 ^fares", BLOCK_NAME), ("- 글\n\n^all-1b", BLOCK_NAME), ("![글](a b.png)", FILE_NAME), ("[글](a b (1).md)", FILE_NAME),
    ("![글](a.png =300x200) 글", FILE_NAME), ("[속보]: 사망", WORDS), ("[알림]: 내일", WORDS), ("글 <script>글", REST_OF_TAG), ("<div>\n<svg>글\n</div>\n\n글", REST_OF_TAG),
)  # fmt: skip
"""Texts of our own that come out otherwise than the oracle's, each with the reason."""

_PICTURE = r"!\[[^\]\n]*\]\([^)\n]*\)"
GENERATED = (
    (DATE, re.compile(r"\d[.)][ \t]+\d+\.")),
    (LONE_PICTURE, re.compile(rf"^[>\s\d.)*+-]*(?:\[[ xX]\] )?{_PICTURE}\\?\s*$", re.MULTILINE)),
)
"""What a generated document has when it comes out otherwise."""
