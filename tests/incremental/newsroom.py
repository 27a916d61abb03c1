"""A newsroom: a small site folder that is edited again and again, and what its editors remember."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import normalize

from msgspec import json

from sites import NOON, article, use_plain_templates
from yoyak.paths import templates_folder

TITLES = ("물길", "등대 <b>&", "세 번째 물결", "C# 이야기", "항구의 하루", '"인용"과 제목', "Harbour")
TAGS = ("함께", "Together", "꼬리표", "C++", "C#", "혼자")
THEMES = ("ai", "나라", "기술", "칩")
SOURCES = ("가온일보", "누리신문", "한빛경제", "Kaon")
AUTHORS = ("김하늘", {"name": "이바다", "email": "bada@example.org"}, "Ada", "김하늘 기자")
MOMENTS = ("publish_at", "embargo_until", "expires_at")
FOLDERS = ("content", "content/2024", "content/2024/07", "content/섬", "content/4913", "content/묶음.tmp")
"""Below one of the last two an editor's own file would be called temporary; a folder of that name holds articles."""
WORDS = "바다 배 등대 항구 물결 소버린 문장 하늘 기록 도서관 섬 밤".split()
CAPTURE = """물길을 따라 걷는 시의회
입력 7월 3일 오전 9:00
시의회는 사흘째 물길을 따라 걸으며 오래된 다리와 둑을 살폈다. 의원들은 저마다 수첩을 꺼내 적었다.
우리 편집국만 아는 문구
다음 주에는 항구를 본다고 했다. 주민들은 저마다 물길의 이름을 하나씩 지어 왔다고 했다.
"""
SAVED_PAGE = """<!doctype html><html lang="ko"><head><title>저장한 글 - 누리신문</title>
<meta property="og:title" content="저장한 글"><meta property="og:site_name" content="누리신문">
<meta property="article:published_time" content="2024-06-20T09:00:00+09:00"></head><body><article><h1>저장한 글</h1>
<p>브라우저가 저장한 글의 첫 문단이다. 둘째 문장도 있다. 의원들은 저마다 수첩을 꺼내 그날 본 것을 적었다.</p>
<p>둘째 문단에서는 바다와 배와 등대를 말한다. 등대지기는 밤마다 불빛의 수를 세었고, 아이들은 그 수를 받아 적었다.</p>
<p>항구의 하루는 길다. 새벽에 나간 배는 해가 진 뒤에야 돌아왔고, 시장은 그때까지 불을 끄지 않았다고 주민들은 말했다.</p>
</article></body></html>
"""
INCLUDES = (
    '{% include "partials/extra.html" ignore missing %}',
    '{% include ["partials/first.html", "partials/extra.html"] ignore missing %}',
    '{% set name = "partials/" ~ "extra" ~ ".html" %}{% include name ignore missing %}',
    '{% include "partials/.hidden.html" ignore missing %}',
)
"""Of partials that may be there or not."""
Keys = dict[str, Any]


class Newsroom:
    """A site folder in which people edit: what they deleted and broke, and what time it is."""

    def __init__(self, folder: Path, *, plain: bool) -> None:
        self.folder, self.plain = folder, plain
        self.now: datetime = NOON
        self.count = 0
        self.deleted: dict[str, bytes] = {}
        self.broken: dict[str, bytes] = {}
        """The good bytes of files that an edit broke, by path."""
        self.settings: Keys = {
            "title": "시험 다이제스트",
            "base_url": "https://digest.example.org/",
            "timezone": "Asia/Seoul",
            "page_size": 3,
        }

    def next(self) -> int:
        """Return a number that no edit had before."""
        self.count += 1
        return self.count

    # --- files ---

    def paths(self, below: str, ending: str = "") -> list[str]:
        """Return the paths of the files below a folder of the site, in one order on every disk."""
        found = (
            path.relative_to(self.folder).as_posix() for path in (self.folder / below).rglob("*") if path.is_file()
        )
        return sorted(
            (path for path in found if path.endswith(ending)), key=lambda path: (normalize("NFC", path), path)
        )

    def articles(self) -> list[str]:
        """Return the paths of the Markdown articles that can be read and changed."""
        notes = tuple(f"content/{name}/" for name in ("editions", "themes", "pages", "_rules"))
        return [path for path in self.paths("content", ".md") if not path.startswith(notes) and path not in self.broken]

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def save(self, path: str, data: str | bytes, chance: Random) -> None:
        """Write a file as editors do: in its place, or beside it and then over it."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = chance.random() < 0.5
        target = place.with_name(".saving") if beside else place
        target.write_bytes(data.encode() if isinstance(data, str) else data)
        if beside:
            target.replace(place)

    def remove(self, path: str) -> None:
        """Remove a file, and its folder when that was all."""
        place = self.folder / path
        place.unlink()
        self.broken.pop(path, None)
        while place.parent not in (self.folder, self.folder / "content") and not any(place.parent.iterdir()):
            place = place.parent
            place.rmdir()

    # --- articles ---

    def parts(self, path: str) -> tuple[Keys, str]:
        """Return the front matter and the body of an article that `sites.article` wrote."""
        _, head, body = self.read(path).decode().split("---\n", 2)
        pairs = (line.split(": ", 1) for line in head.splitlines())
        return {key: json.decode(value) for key, value in pairs}, body.strip("\n")

    def write(self, path: str, keys: Mapping[str, Any], body: str, chance: Random) -> None:
        absent = dict.fromkeys(("title", "date", "themes"))
        self.save(path, article(body, **{**absent, **keys}), chance)

    def change(self, path: str, chance: Random, **keys: Any) -> None:
        """Set keys of an article; None takes one away."""
        before, body = self.parts(path)
        self.write(path, {**before, **keys}, body, chance)

    def write_settings(self, chance: Random, **keys: Any) -> None:
        """Set keys of site.yaml; None takes one away."""
        self.settings = {key: value for key, value in {**self.settings, **keys}.items() if value is not None}
        lines = [f"{key}: {json.encode(value).decode()}\n" for key, value in self.settings.items()]
        self.broken.pop("site.yaml", None)
        self.save("site.yaml", "".join(lines), chance)

    def move_to(self, folder: Path, *, copied: bool) -> None:
        """Give the whole site another place, with its output and its store."""
        if copied:
            shutil.copytree(self.folder, folder, symlinks=True)
            shutil.rmtree(self.folder)
        else:
            self.folder.rename(folder)
        self.folder = folder


def open_newsroom(folder: Path, chance: Random, *, articles: int, plain: bool) -> Newsroom:
    """Return a new newsroom with so many articles and a little of everything else."""
    room = Newsroom(folder, plain=plain)
    folder.mkdir(parents=True)
    room.write_settings(chance, tagline="물길", sources={"가온일보": {"rights": "excerpt"}})
    for _ in range(articles):
        new_article(room, chance)
    room.save("content/picture.svg", picture(room.next()), chance)
    room.save("content/2024/capture.txt", CAPTURE, chance)
    if chance.random() < 0.3:
        room.save("content/2024/saved.html", SAVED_PAGE, chance)
    if chance.random() < 0.5:
        room.save("content/pages/about.md", "---\ntitle: 소개\n---\n\n우리는 이렇게 일한다.\n", chance)
    if plain:
        use_plain_templates(folder)
        include(room, "\n".join(chance.sample(INCLUDES, 3)), chance)
    # What was there long before the first build is what most sites are made of.
    for path in room.paths("content"):
        os.utime(folder / path, (1_700_000_000, 1_700_000_000))
    return room


def new_article(room: Newsroom, chance: Random) -> str:
    """Write one more article and return its path."""
    number = room.next()
    path = f"{chance.choice(FOLDERS)}/글-{number:03}.md"
    room.write(path, keys_of(number, chance), body_of(room, path, chance), chance)
    return path


def keys_of(number: int, chance: Random) -> Keys:
    """Return the front matter of a new article."""
    maybe = {
        "tags": chance.sample(TAGS, chance.randrange(3)),
        "authors": chance.sample(AUTHORS, chance.randrange(2)),
        "source": chance.choice(SOURCES),
        "summary": f"{number}번째 요약.",
        "aliases": [f"/old/{number}/"],
        "weight": chance.randrange(3),
    }
    dated = {"date": some_date(chance)} if chance.random() < 0.9 else {}
    waits: Keys = {"status": "draft", **{key: some_moment(NOON, chance) for key in MOMENTS}}
    why = chance.choice(list(waits))
    waiting = {why: waits[why]} if chance.random() < 0.3 else {}
    fixed = {
        "title": f"{chance.choice(TITLES)} {number}",
        "themes": chance.sample(THEMES, chance.randint(1, 2)),
        **dated,
    }
    return {**fixed, **waiting, **{key: value for key, value in maybe.items() if chance.random() < 0.5}}


def some_moment(now: datetime, chance: Random) -> str:
    """Return a time not far from now, often the very minute."""
    return f"{now + timedelta(hours=chance.choice((-200, -30, -1, 0, 1, 30, 200))):%Y-%m-%d %H:%M}"


def some_date(chance: Random) -> str:
    day = f"2024-0{chance.randint(5, 7)}-{chance.randint(1, 9):02}"
    return chance.choice((day, f"{day} {chance.randrange(24):02}:00"))


def body_of(room: Newsroom, path: str, chance: Random) -> str:
    """Return two paragraphs, often with a link to another file of the site and sometimes with its picture."""
    paragraphs = [f"{' '.join(chance.choices(WORDS, k=8))}." for _ in range(2)]
    if chance.random() < 0.5:
        paragraphs.append(f"[보라]({address(room, path, chance)}).")
    if chance.random() < 0.2:
        up = "../" * (path.count("/") - 1)
        paragraphs.append(f"![그림]({up}picture.svg)")
    return "\n\n".join(paragraphs)


def address(room: Newsroom, path: str, chance: Random) -> str:
    """Return how an article names another file of the site, one that is there or one that was."""
    known = [*room.articles(), *room.paths("content/pages"), *sorted(room.deleted), "content/never.md"]
    return Path(os.path.relpath(chance.choice(known), Path(path).parent)).as_posix().replace(" ", "%20")


def include(room: Newsroom, lines: str, chance: Random) -> None:
    """Put lines into the template that every page extends."""
    own = room.folder / "templates/base.html"
    source = own if own.exists() else templates_folder() / "base.html"
    text = source.read_text(encoding="utf-8").replace("</html>", f"{lines}\n</html>")
    room.save("templates/base.html", text, chance)


def picture(number: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{number}" height="3"><path d="M0 0h{number}"/></svg>\n'
