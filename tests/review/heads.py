"""Front matter as desks write it, made from a seed: several encodings, line ends, ways of writing, comments."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "cp949", "utf-16")
ENTRIES: dict[str, tuple[str, ...]] = {
    "title": (
        "섬으로 가는 배", '"[속보] 섬으로 가는 배"', "'그의 말: \"배\"'", "배: 그 뒤", "“첫 배” #선착장", "|\n  섬으로",
        ">-\n  섬으로\n  가는 배",
    ),
    "subtitle": ("하루 두 번", '"하루 \\"두\\" 번"', "긴 부제는\n  다음 줄로\n  이어진다"),
    "summary": ("배가 떠났다.", "|\n  첫 줄\n\n  # 줄이다\n  둘째 줄", ">\n  접은\n  글", '"여러 줄의\n  글"'),
    "status": ("approved", "draft  # 데스크에서", '"review"', "unlisted # 아직", '"draft" # 아직 "초안"'),
    "themes": (
        "[transport, culture]", "\n  - transport\n  - culture", "\n- culture\n# 사이의 말\n- transport", "transport",
        "[transport, # 하나\n  culture]", "[culture] # 주제", "\n    # 첫 말\n    - culture",
    ),
    "tags": (
        "[섬, 배]", "\n  - 섬\n  # 안개\n  - 배\n", "[007, no]", "[#섬, #배]", '["a, b", c]', "[섬,\n  배,\n  ]",
        "['#1', 둘]",
    ),
    "source": ("가온일보", '"가온일보"'),
    "authors": ("[한서우, {name: 도윤재}]", "\n  - name: 한서우\n    email: a@b.example\n  - 도윤재"),
    "slug": ("ferry # 주소", "ferry"),
    "date": ("2024-07-03", "2024-07-03 09:00"),
}  # fmt: skip
FIELDS: dict[str, tuple[str | tuple[str, ...] | None, ...]] = {
    "title": (
        "새 제목", "제목: 둘", "# 아니다", "[속보] 배", '그의 "말"', "it's", "배 🚢", "- 줄", "true", "2024", "a\\b",
        "a # b", "끝:", "{x}", "*별", "“말”", "a\tb", "말 #태그",
    ),
    "subtitle": ("새 부제", None, '부제 "둘": 셋'),
    "summary": ("한 줄", "첫 줄\n둘째 줄", '첫 문단\n\n# 둘째: "문단"', None, "말 # 말", "  들여 쓴\n줄"),
    "status": ("approved", "draft", "review", "unlisted", None),
    "themes": (("culture", "transport"), ("transport",), ("culture",), None),
    "tags": (("배", "섬"), ("새 태그", "a, b", "섬"), ("[말]", "#섬"), ("예: 하나", '"말"')),
}  # fmt: skip
BODIES = (
    "배가 떠났다.\n\n둘째 문단이다.\n",
    "\n\n# 제목\n\n- 하나\n\n---\n\n말: 본문\n",
    "  들여 쓴 글",
    "",
    "배가 떠난다는 말이다.\n\n\n",
)


class Generated(NamedTuple):
    data: bytes
    text: str
    """With ``\\n``."""
    key: str
    value: str | tuple[str, ...] | None
    codec: str


def generated(seed: int) -> Generated:
    """Return a file, and a key with the value that it is to get: the same for the same seed."""
    chance = Random(seed)
    names = chance.sample(sorted(ENTRIES), chance.randint(0, len(ENTRIES)))
    rows = []
    for name in names:
        if chance.random() < 0.2:
            rows.append(chance.choice(["# 말: 하나", "", "#"]))
        value = chance.choice(ENTRIES[name])
        rows.append(f"{name}:{'' if value.startswith(chr(10)) else chance.choice([' ', ' ', '   '])}{value}")
    if chance.random() < 0.2:
        rows.append("# 끝의 말")
    head = "".join(f"{row}\n" for row in rows)
    body = chance.choice(BODIES)
    text = f"---\n{head}---\n{body}" if names or chance.random() < 0.3 else body or "배가 떠났다."
    end, codec = chance.choice(["\n", "\n", "\r\n", "\r"]), chance.choice(ENCODINGS)
    key = chance.choice(sorted(FIELDS))
    try:
        data = text.replace("\n", end).encode(codec)
    except UnicodeEncodeError:
        data, codec = text.replace("\n", end).encode(), "utf-8"
    return Generated(data, text, key, chance.choice(FIELDS[key]), "utf-8" if data.isascii() else codec)
