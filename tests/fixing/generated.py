"""Files with mistakes, made from a seed: in several encodings, with several line ends, and with comments."""

from __future__ import annotations

from random import Random
from typing import NamedTuple
from unicodedata import normalize

ENCODINGS = ("utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-be", "utf-16-le")
ENDS = ("\n", "\r\n", "\r", "")
"""The last one stands for a mixture."""

GOOD = {
    "title": ("[속보] 섬으로 가는 배", "“첫 배는 여섯 시” #선착장", "항구: 그 뒤"),
    "date": ("2024-07-03", "2024-07-03 09:00"),
    "tags": ("[섬, 배]", "[007, no]", "\n  - 섬\n  # 안개\n  - 배"),
    "source": ("가온일보",),
    "summary": ("배가 떠났다.", "|\n  첫 줄\n\n  둘째 줄"),
    "authors": ("[한서우, {name: 도윤재}]",),
    "slug": ("ferry # 주소",),
}
"""Right lines, which no repair may touch; all but the title may be absent."""

BAD = {
    "subtitle": ("subtitle:하루 두 번", "subtitle：하루 두 번", "Subtitle: 하루 두 번", "subtitle: {배: 둘}"),
    "themes": ("themes: [transprot]", "theme: culture", "themes: transport, culture", "themes:\n-\n- culture"),
    "rights": ("rights: Full", "rights: exerpt"),
    "lang": ("lang: ko_KR", "lang: “ko”"),
    "weight": ("weight: 010", "weight: 3\nweight: 3", "weight:\nweight: 3", "wieght: 3"),
    "updated": ("updated: 20240704", "updated: 25/12/2023", "update: 2024-07-04"),
    "image": ("image: https://a.example/a.png", "image:\n\tsrc: https://a.example/a.png\n\talt: 배"),
}
"""Lines that are repaired, by the key that they mean."""

BODIES = (
    "배가 떠났다.\n\n둘째 문단이다.\n",
    "# 제목\n\n배가 떠났다.   \n- 하나\n- 둘\n\n---\n\ntitle: 본문의 말\n",
    "\n\n  들여 쓴 글\n\n배가\t떠났다.",
    "",
)


class Generated(NamedTuple):
    data: bytes
    text: str
    codec: str
    good: frozenset[str]
    """The keys whose lines are right."""
    bad: frozenset[str]
    right: str
    """The text without the lines that are wrong."""


def generated(seed: int) -> Generated:
    """Return one file: the same for the same seed."""
    chance = Random(seed)
    good = ["title", *chance.sample(sorted(GOOD.keys() - {"title"}), chance.randint(1, 4))]
    bad = chance.sample(sorted(BAD), chance.randint(0, 3))
    encoding = chance.choice(ENCODINGS)
    right = [f"{key}: {chance.choice(GOOD[key])}".replace(": \n", ":\n") for key in good]
    if encoding == "cp949":
        right = [entry.replace("“", '"').replace("”", '"') for entry in right]
    wrong = [chance.choice([entry for entry in BAD[key] if encoding != "cp949" or "“" not in entry]) for key in bad]
    body = chance.choice(BODIES).split("\n")
    entries = chance.sample(right + wrong, len(right + wrong))
    lines = ["---"]
    for entry in entries:
        lines += chance.choice(([], [], ["# 여기에 적은 말: 그대로"], [""])) + entry.split("\n")
    lines += ["---", *body]
    if encoding != "cp949" and chance.random() < 0.2:
        lines = [line if ":" in line else normalize("NFD", line) for line in lines]
    text = _joined(lines, chance.choice(ENDS), chance)
    mark = "\ufeff" if encoding == "utf-16-be" else ""  # Python writes one for "utf-16", and utf-16-le goes without
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    return Generated(
        data=(mark + text).encode(encoding),
        text=text,
        codec=codec,
        good=frozenset(good),
        bad=frozenset(bad),
        right="\n".join(["---", *right, "---", *body]),
    )


def _joined(lines: list[str], end: str, chance: Random) -> str:
    """Return the lines with their ends, or the last one without; a mixture has no lone CR, which a LF may follow."""
    text = "".join(line + (end or chance.choice(ENDS[:2])) for line in lines)
    return text.rstrip("\r\n") if chance.random() < 0.5 else text


SPECIAL = tuple("\"'[]{}:#-,\t \n：“”&*!|>%@`=가\u2028\ufeff\x07\x00\x0c😀")
LINES = ("status: draft\n", "title: x\n", "---\n", "- ", "  ", "date: 7월 3일\n", "tags:\n  - a\n")


def damaged(seed: int) -> bytes:
    """Return a generated file after a few accidents: characters and lines lost, doubled and put in."""
    chance = Random(seed)
    text = generated(chance.randrange(10**9)).text
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text) + 1)
        lines = text.splitlines(keepends=True) or [""]
        line = chance.randrange(len(lines))
        accidents = (
            text[:at] + text[at + chance.randint(1, 3) :],
            text[:at] + chance.choice(SPECIAL) + text[at:],
            text[:at] + chance.choice(LINES) + text[at:],
            "".join(lines[:line] + lines[line + 1 :]),
            "".join([*lines, lines[line]]),
        )
        text = chance.choice(accidents)
    return text.encode(chance.choice(("utf-8", "utf-8-sig", "utf-16")))
