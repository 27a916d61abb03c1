"""Files that bring readers to their knees: deep, endless, quadratic or not text at all. One value is one file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

FRONT = "---\ntitle: 사나운 글\ndate: 2024-07-03\nthemes: [ai]\n---\n\n"
KEYS = "title: 사나운 글\ndate: 2024-07-03\nthemes: [ai]\n"


def _markdown() -> Mapping[str, str]:
    return {
        "brackets.md": "[" * 40_000,
        "brackets-closed.md": "[" * 20_000 + "]" * 20_000,
        "pictures.md": "![" * 30_000,
        "links-empty.md": "[](" * 20_000,
        "links-nested.md": "[a](" * 20_000,
        "backticks.md": "".join("x" + "`" * number for number in range(1, 900)),
        "backticks-long.md": "`" * 200_000 + "a",
        "stars.md": "*a **a " * 20_000,
        "stars-mixed.md": "a**b" + "c* " * 30_000,
        "underscores.md": "_" * 60_000 + "a",
        "quotes-deep.md": "> " * 10_000 + "a",
        "lists-deep.md": "\n".join("    " * number + "* a" for number in range(400)),
        "items-deep.md": "- " * 20_000 + "a",
        "references.md": "".join(f"[{number}]: /a{number}\n" for number in range(20_000)) + "[0] " * 20_000,
        "references-open.md": "[a]: " * 40_000,
        "footnotes.md": "".join(f"[^{number}]" for number in range(5_000))
        + "\n\n"
        + "".join(f"[^{number}]: a\n" for number in range(5_000)),
        "footnotes-of-themselves.md": "[^a]\n\n[^a]: [^a] [^b]\n[^b]: [^a] [^b]\n",
        "table-wide.md": "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + "|b" * 10_000 + "|\n",
        "table-long.md": "|a|b|\n|-|-|\n" + "|[|`|\n" * 20_000,
        "entities.md": "&amp;" * 100_000 + "&" * 100_000 + "&#x110000;" * 10_000,
        "autolinks.md": "<http://" * 20_000,
        "headings.md": "# 같은 제목\n\n" * 20_000,
        "fences.md": "```\n" * 30_001,
        "escapes.md": "\\" * 200_001,
        "line.md": "가나다 라마바 " * 200_000,
        "breaks.md": "a  \n" * 100_000,
        "names.md": "[[가]] " * 30_000,
        "names-too.md": "[[나]] " * 30_000,
        "blank.md": " " * 1_000_000 + "\n" * 1_000_000 + "a",
    }


def _raw_html() -> Mapping[str, str]:
    return {
        "comments.md": "<!-- " * 30_000,
        "tags-unclosed.md": "<a " * 15_000,
        "tags-open.md": "<div>" * 20_000 + "a",
        "attributes.md": "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">a</p>",
        "declarations.md": "<?" * 30_000 + "<![CDATA[" * 10_000 + "<!" * 10_000,
        "marks-unlike.md": "".join(f'<b lang="{number}">' for number in range(3_000)) + "<p>a" * 3_000,
    }


def _pages() -> Mapping[str, str]:
    head = '<!doctype html><html><head><meta charset="utf-8"><title>사나운 글</title></head><body>'
    text = "<p>" + "가온시가 내년부터 노선을 바꾼다고 밝혔다. " * 20 + "</p>"
    return {
        "page-deep.html": head + "<div>" * 100_000 + text,
        "page-spans.html": head + "<article>" + "<b><i>" * 50_000 + text,
        "page-attributes.html": head + "<div " + "a=1 " * 200_000 + ">" + text,
        "page-unclosed.html": head + "<a " * 15_000 + text,
        "page-comments.html": head + "<!--" * 50_000 + text,
        "page-script.html": head + '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + text,
        "page-script-keys.html": head
        + '<script type="application/ld+json">'
        + '{"@graph":' * 50_000
        + "1"
        + "}" * 50_000
        + "</script>"
        + text,
        "page-next.html": head
        + '<script>self.__next_f.push([1,"'
        + "\\\\" * 100_000
        + '<p>"' * 20_000
        + "</script>"
        + text,
        "page-paragraphs.html": head + "<p>가" * 100_000,
        "page-tables.html": head + "<table><tr><td>" * 5_000 + text,
        "page-entities.html": head + "<p>" + "&lt;&#x41;&notanentity;" * 50_000 + "</p>",
        "page-marks-unlike.html": head + "".join(f"<font color={n}>" for n in range(3_000)) + "<p>a" * 3_000 + text,
    }


def _captures() -> Mapping[str, str]:
    text = "가온시가 내년부터 시내버스 노선 열두 개를 바꾼다고 3일 밝혔다. 시는 첫해에 두 배로 늘린다고 설명했다.\n"
    return {
        "capture-brackets.txt": "새 배 뜬다\n" + "[" * 50_000 + "\n" + text * 5,
        "capture-spaces.txt": "새 배 뜬다\n" + "a" + " " * 100_000 + "b\n" + text * 5,
        "capture-mails.txt": "새 배 뜬다\n" + "a." * 50_000 + "@\n" + "@" * 50_000 + "\n" + text * 5,
        "capture-names.txt": "새 배 뜬다\n" + "홍길동 " * 30_000 + "기자\n" + text * 5,
        "capture-dates.txt": "새 배 뜬다\n" + "2024.07.03. " * 20_000 + "\n" + text * 5,
        "capture-rights.txt": "새 배 뜬다\n" + "ⓒ" * 30_000 + "무단" * 30_000 + "\n" + text * 5,
        "capture-line.txt": "새 배 뜬다\n" + text.strip() * 20_000 + "\n",
        "capture-lines.txt": "새 배 뜬다\n" + text * 20_000,
        "capture-short-lines.txt": "새 배 뜬다\n" + "".join(f"줄 {n}\n" for n in range(60_000)) + text * 5,
        "capture-tags.txt": "새 배 뜬다\n" + "#가 " * 50_000 + "\n" + text * 5,
        "capture-dots.txt": "새 배 뜬다\n" + "…" * 50_000 + "(" * 50_000 + "\n" + text * 5,
    }


def _settings() -> Mapping[str, str]:
    bomb = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]\n" for n in range(12))
    merged = "".join(f"m{n}: &m{n}\n  <<: [*m{n - 1}, *m{n - 1}]\n" for n in range(1, 30))
    return {
        "yaml-bomb.md": f"---\n{KEYS}{bomb}---\n\n본문이다.\n",
        "yaml-merge.md": f"---\n{KEYS}m0: &m0 {{a: 1}}\n{merged}---\n\n본문이다.\n",
        "yaml-brackets.md": f"---\n{KEYS}tags: {'[' * 40_000}\n---\n\n본문이다.\n",
        "yaml-braces.md": f"---\n{KEYS}image: {'{a: ' * 10_000}\n---\n\n본문이다.\n",
        "yaml-dashes.md": f"---\n{KEYS}tags:\n  {'- ' * 20_000}a\n---\n\n본문이다.\n",
        "yaml-indents.md": f"---\n{KEYS}" + "".join(" " * n + "a:\n" for n in range(340)) + "---\n\n본문이다.\n",
        "yaml-number.md": f"---\n{KEYS}weight: {'9' * 50_000}\n---\n\n본문이다.\n",
        "yaml-date.md": f"---\ntitle: 사나운 글\ndate: {'2024-' * 10_000}\n---\n\n본문이다.\n",
        "yaml-quotes.md": f'---\n{KEYS}summary: "' + "\\" * 50_000 + "\n---\n\n본문이다.\n",
        "yaml-keys.md": f"---\n{KEYS}" + "".join(f"k{n}: v\n" for n in range(6_000)) + "---\n\n본문이다.\n",
        "yaml-same-keys.md": f"---\n{KEYS}" + "tags: v\n" * 7_000 + "---\n\n본문이다.\n",
        "yaml-tags.md": f"---\n{KEYS}tags: [" + "!!python/object/apply:os.system [id], " * 1_000 + "]\n---\n\n본문.\n",
        "yaml-long.md": f"---\n{KEYS}summary: {'가' * 100_000}\n---\n\n본문이다.\n",
        "yaml-commas.md": f"---\n{KEYS}tags: [{',' * 60_000}]\n---\n\n본문이다.\n",
        "yaml-many-tags.md": f"---\n{KEYS}tags: [{', '.join(f't{n}' for n in range(900))}]\n---\n\n본문이다.\n",
        "keys-without-fence.md": "title: a\n" * 100_000,
        "dashes.md": "-" * 1_000_000 + "\ntitle: x\n",
    }


def _bytes() -> Mapping[str, bytes]:
    return {
        "nuls.md": FRONT.encode() + b"\0" * 1_000_000,
        "odd-utf-16.md": "가온시 소식".encode("utf-16") + b"\x00",
        "noise.md": bytes(range(256)) * 4_000,
        "huge-line.txt": b"a" * 50_000_000,
        "controls.md": FRONT.encode() + b"\x01\x02" * 500_000,
        "marks-combining.md": FRONT.encode() + b"a" + "\u0301\u0316".encode() * 200_000,
        "latin.txt": bytes(range(0xA0, 0x100)) * 2_000,
    }


@cache
def files() -> dict[str, bytes]:
    """Return every file by its name below content/."""
    texts: dict[str, bytes] = {name: (FRONT + text).encode() for name, text in (_markdown() | _raw_html()).items()}
    texts |= {name: text.encode() for name, text in (_pages() | _captures() | _settings()).items()}
    return texts | dict(_bytes())
