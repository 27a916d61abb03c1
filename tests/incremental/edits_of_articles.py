"""What people do to articles between two builds.

An edit says what it did, or returns None when it found nothing to do. It takes all its chances from
its own generator, so that it can be repeated after other edits are left out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from unicodedata import normalize

from incremental.newsroom import (
    AUTHORS,
    CAPTURE,
    FOLDERS,
    SAVED_PAGE,
    SOURCES,
    TAGS,
    THEMES,
    TITLES,
    WORDS,
    Newsroom,
    address,
    body_of,
    new_article,
    picture,
    some_date,
    some_moment,
)

Edit = Callable[[Newsroom, Random], str | None]
ValueOf = Callable[[Newsroom, Random], Any]
T = TypeVar("T")


def some(items: Iterable[T], chance: Random) -> T | None:
    """Return one of some items, or None when there are none."""
    found = list(items)
    return chance.choice(found) if found else None


# --- keys ---


def _sets(key: str, value: ValueOf) -> Edit:
    """Return the edit that gives a key of some article another value, or takes it away."""

    def edit(room: Newsroom, chance: Random) -> str | None:
        path = some(room.articles(), chance)
        if path is None:
            return None
        new = value(room, chance)
        room.change(path, chance, **{key: new})
        return f"{path}: {key} is now {new!r}"

    return edit


def _moment(room: Newsroom, chance: Random) -> str | None:
    return chance.choice((None, some_moment(room.now, chance)))


_KEYS: dict[str, ValueOf] = {
    "title": lambda room, chance: f"{chance.choice(TITLES)} {room.next()}",
    "subtitle": lambda room, chance: chance.choice((None, f"작은 제목 {room.next()}")),
    "summary": lambda room, chance: chance.choice((None, f"새 요약 {room.next()}.")),
    "tags": lambda room, chance: chance.sample(TAGS, chance.randrange(4)),
    "themes": lambda room, chance: chance.choice((None, chance.sample(THEMES, chance.randint(1, 3)))),
    "source": lambda room, chance: chance.choice((None, *SOURCES)),
    "authors": lambda room, chance: chance.sample(AUTHORS, chance.randrange(3)),
    "date": lambda room, chance: chance.choice((None, *(some_date(chance) for _ in range(4)))),
    "updated": lambda room, chance: chance.choice((None, "2024-07-09", "2024-07-10 08:00")),
    "slug": lambda room, chance: chance.choice((None, f"slug-{chance.randrange(4)}", f"새-주소-{room.next()}")),
    "aliases": lambda room, chance: chance.choice((None, [f"/old/{chance.randrange(9)}/"], ["/about/", "/옛/글/"])),
    "weight": lambda room, chance: chance.choice((None, -1, 5)),
    "edition": lambda room, chance: chance.choice((None, "2024-W27", "2024-W28", "2024-W20")),
    "rights": lambda room, chance: chance.choice((None, "full", "excerpt", "link")),
    "lang": lambda room, chance: chance.choice((None, "en", "ja")),
    "image": lambda room, chance: chance.choice((None, {"src": "https://img.example/p.png", "alt": "배"})),
    "corrections": lambda room, chance: [{"date": "2024-07-08", "note": f"고침 {room.next()}"}],
    "status": lambda room, chance: chance.choice((None, "draft", "draft", "review", "unlisted", "approved")),
    "publish_at": _moment,
    "embargo_until": _moment,
    "expires_at": _moment,
}

# --- bodies ---


def edit_body(room: Newsroom, chance: Random) -> str | None:
    if path := some(room.articles(), chance):
        room.write(path, room.parts(path)[0], body_of(room, path, chance), chance)
        return f"{path} has another body"
    return None


def link_to(room: Newsroom, chance: Random) -> str | None:
    if path := some(room.articles(), chance):
        keys, body = room.parts(path)
        target = address(room, path, chance)
        room.write(path, keys, f"{body}\n\n또 [저 글]({target})을 보라.", chance)
        return f"{path} links to {target}"
    return None


# --- files ---


def add(room: Newsroom, chance: Random) -> str:
    return f"{new_article(room, chance)} is new"


def rename(room: Newsroom, chance: Random) -> str | None:
    if path := some(room.articles(), chance):
        return _move(room, path, f"{Path(path).parent.as_posix()}/새 이름 {room.next()}.md")
    return None


def move(room: Newsroom, chance: Random) -> str | None:
    if path := some(room.articles(), chance):
        return _move(room, path, f"{chance.choice(FOLDERS)}/{Path(path).name}")
    return None


def move_into_a_folder_of_its_own(room: Newsroom, chance: Random) -> str | None:
    if path := some((path for path in room.articles() if not path.endswith("/index.md")), chance):
        return _move(room, path, f"{path.removesuffix('.md')}/index.md")
    return None


def write_the_name_otherwise(room: Newsroom, chance: Random) -> str | None:
    """Take the letters of a file's name apart, as a Mac does, or put them together again."""
    if path := some(room.articles(), chance):
        name = Path(path).name
        other = normalize("NFC" if name != normalize("NFC", name) else "NFD", name)
        return _move(room, path, f"{Path(path).parent.as_posix()}/{other}")
    return None


def _move(room: Newsroom, path: str, target: str) -> str | None:
    if (room.folder / target).exists():
        return None
    (room.folder / target).parent.mkdir(parents=True, exist_ok=True)
    data = room.read(path)
    (room.folder / path).rename(room.folder / target)
    (room.folder / path).write_bytes(data)
    room.remove(path)
    return f"{path} is now {target!a}"


def add_a_twin(room: Newsroom, chance: Random) -> str | None:
    """Put a file beside another whose name is the same on many disks. The first of the two is the article."""
    if path := some(room.articles(), chance):
        name = Path(path).name
        twin = f"{Path(path).parent.as_posix()}/{chance.choice((normalize('NFD', name), name.upper(), name.lower()))}"
        twin = twin.removesuffix(".MD").removesuffix(".md") + ".md"
        if twin == path:
            return None
        room.write(twin, {"title": f"쌍둥이 {room.next()}", "date": "2024-07-02", "themes": ["ai"]}, "쌍둥이.", chance)
        return f"{twin!a} stands beside {path}"
    return None


def delete(room: Newsroom, chance: Random) -> str | None:
    if path := some(room.articles(), chance):
        room.deleted[path] = room.read(path)
        room.remove(path)
        return f"{path} is gone"
    return None


def restore(room: Newsroom, chance: Random) -> str | None:
    path = some((path for path in sorted(room.deleted) if not (room.folder / path).exists()), chance)
    if path is None:
        return None
    room.save(path, room.deleted.pop(path), chance)
    return f"{path} is back, byte for byte"


def swap(room: Newsroom, chance: Random) -> str | None:
    """Give two files each other's names: sizes, times and inodes go along."""
    paths = room.articles()
    if len(paths) < 2:
        return None
    one, other = (room.folder / path for path in chance.sample(paths, 2))
    middle = one.with_name(".middle")
    one.rename(middle)
    other.rename(one)
    middle.rename(other)
    return f"{one.relative_to(room.folder)} and {other.relative_to(room.folder)} have changed places"


# --- what only looks like a change, and what hardly looks like one ---


def touch(room: Newsroom, chance: Random) -> str | None:
    if path := some(room.paths("content"), chance):
        if chance.random() < 0.5:
            room.save(path, room.read(path), chance)
        else:
            os.utime(room.folder / path, (stamp := 1_600_000_000 + chance.randrange(10**8), stamp))
        return f"{path} was touched"
    return None


def edit_at_the_same_size(room: Newsroom, chance: Random) -> str | None:
    """Exchange words of equal length, in a file whose time then says nothing, or says that it is older."""
    path = some((path for path in room.articles() if any(word in room.read(path).decode() for word in WORDS)), chance)
    if path is None:
        return None
    place, text = room.folder / path, room.read(path).decode()
    before = place.stat()
    old = chance.choice([word for word in WORDS if word in text])
    new = chance.choice([word for word in WORDS if len(word) == len(old) and word != old])
    how = chance.choice(("natural", "beside, with the old time", "with an older time", "within the same second"))
    if how.startswith("beside"):
        place.with_name(".beside").write_text(text.replace(old, new), encoding="utf-8")
        place.with_name(".beside").replace(place)
    else:
        place.write_text(text.replace(old, new), encoding="utf-8")
    same_second = before.st_mtime_ns // 10**9 * 10**9
    times = {
        "beside, with the old time": before.st_mtime_ns,
        "with an older time": before.st_mtime_ns - 3_600 * 10**9,
        "within the same second": same_second + (before.st_mtime_ns + 1) % 10**9,
    }
    if how in times:
        os.utime(place, ns=(times[how], times[how]))
    return f"{path} has {new} instead of {old}, {how}"


# --- broken files ---


def break_front_matter(room: Newsroom, chance: Random) -> str | None:
    if path := some(room.articles(), chance):
        room.broken[path] = room.read(path)
        line = chance.choice(("date: 2024-02-31", "tags: [열린", "colour: blue", "title: 하나\ntitle: 둘"))
        room.save(path, room.read(path).replace(b"---\n", f"---\n{line}\n".encode(), 1), chance)
        return f"{path} is broken by {line!r}"
    return None


def mend(room: Newsroom, chance: Random) -> str | None:
    if path := some(sorted(room.broken), chance):
        room.save(path, room.broken.pop(path), chance)
        return f"{path} is mended"
    return None


# --- other kinds of articles ---


def change_the_capture(room: Newsroom, chance: Random) -> str:
    path = "content/2024/capture.txt"
    if (room.folder / path).exists() and chance.random() < 0.2:
        room.remove(path)
        return f"{path} is gone"
    text = f"{CAPTURE}{chance.choice(WORDS)} 이야기는 여기에서 {chance.randrange(5)}번째로 끝났다고 했다.\n"
    if not (room.folder / path).exists() or chance.random() < 0.4:
        room.save(path, text, chance)
    year = chance.choice((2022, 2023, 2024))
    os.utime(room.folder / path, (stamp := (year - 1970) * 31_557_600 + 18_000_000, stamp))
    return f"{path} is of {year}"


def change_the_saved_page(room: Newsroom, chance: Random) -> str:
    """A page beside a folder `saved_files` makes frames of the pages in that folder."""
    path, frame = "content/2024/saved.html", "content/2024/saved_files/frame.html"
    if not (room.folder / frame).exists() and chance.random() < 0.3:
        room.save(frame, SAVED_PAGE.replace("저장한 글", "액자"), chance)
        return f"{frame} is new"
    if (room.folder / path).exists() and chance.random() < 0.3:
        room.remove(path)
        return f"{path} is gone"
    room.save(path, SAVED_PAGE.replace("둘째 문장", f"둘째 {chance.choice(WORDS)}"), chance)
    return f"{path} is another"


def change_a_picture(room: Newsroom, chance: Random) -> str:
    path = chance.choice(("content/picture.svg", "content/2024/picture.svg"))
    if (room.folder / path).exists() and chance.random() < 0.4:
        room.remove(path)
        return f"{path} is gone"
    unsafe = chance.random() < 0.15
    room.save(path, picture(room.next()).replace("<path", "<script/><path" if unsafe else "<path"), chance)
    return f"{path} is another{', and unsafe' * unsafe}"


ARTICLE_EDITS: dict[str, Edit] = {
    **{f"set {key}": _sets(key, value) for key, value in _KEYS.items()},
    "edit body": edit_body,
    "link to": link_to,
    "add": add,
    "rename": rename,
    "move": move,
    "own folder": move_into_a_folder_of_its_own,
    "other form of name": write_the_name_otherwise,
    "twin": add_a_twin,
    "delete": delete,
    "restore": restore,
    "swap": swap,
    "touch": touch,
    "same size": edit_at_the_same_size,
    "break": break_front_matter,
    "mend": mend,
    "capture": change_the_capture,
    "saved page": change_the_saved_page,
    "picture": change_a_picture,
}
