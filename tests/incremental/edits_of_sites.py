"""What people do to the rest of a site between two builds: to notes, looks, settings, the clock and the output."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from incremental.edits_of_articles import Edit, some
from incremental.newsroom import INCLUDES, SOURCES, TAGS, THEMES, WORDS, Keys, Newsroom, address, include, some_moment
from yoyak.grouping.moved_files import mark_of
from yoyak.model.build import MANIFEST
from yoyak.paths import templates_folder

# --- notes ---


def _slugs(room: Newsroom) -> list[str]:
    return [path.rpartition("/")[2].removesuffix(".md") for path in room.articles()]


def _note(path: str, keys: Keys, room: Newsroom, chance: Random, always: Keys | None = None) -> str:
    """Write a note with some of the keys and `always` others, or remove it."""
    if (room.folder / path).exists() and chance.random() < 0.3:
        room.remove(path)
        return f"{path} is gone"
    kept = {key: value for key, value in keys.items() if chance.random() < 0.7} | (always or {})
    body = f"{chance.choice(WORDS)} {room.next()}. [글]({address(room, path, chance)})"
    absent: Keys = dict.fromkeys(("title", "date", "themes"))
    room.write(path, {**absent, **kept}, body, chance)
    return f"{path} says {kept}"


def change_an_edition(room: Newsroom, chance: Random) -> str:
    slugs = _slugs(room) or ["없는-글"]
    keys: Keys = {
        "title": f"편집장의 말 {room.next()}",
        "number": str(room.next()),
        "order": chance.sample(THEMES, 2),
        "pins": chance.sample(slugs, min(2, len(slugs))),
        "status": chance.choice(("approved", "approved", "approved", "draft", "review")),
        "publish_at": some_moment(room.now, chance),
    }
    name = chance.choice(("2024-W27", "2024-W26", "2024-W10", "여름"))
    path = f"content/editions/{name}.md"
    if name == "여름":
        first = room.now.date() - timedelta(days=chance.choice((0, 3, 30)))
        days: Keys = {"from": str(first), "to": str(first + timedelta(days=chance.choice((0, 5, 40))))}
        return _note(path, keys, room, chance, always=days)
    return _note(path, keys, room, chance)


def change_a_theme(room: Newsroom, chance: Random) -> str:
    return _note(f"content/themes/{chance.choice(THEMES)}.md", {"description": f"설명 {room.next()}"}, room, chance)


def change_a_page(room: Newsroom, chance: Random) -> str:
    keys: Keys = {"title": f"소개 {room.next()}", "slug": chance.choice(("about", "about-us", "소개"))}
    return _note(f"content/pages/{chance.choice(('about', 'desk'))}.md", keys, room, chance)


# --- looks ---

_OVERRIDES = ("article.html", "term.html", "day.html", "front.html", "page.html", "partials/card.html", "feed.json")


def change_a_template(room: Newsroom, chance: Random) -> str:
    """Replace one of yoyak's templates: by its own text with a mark, or by one that extends it; or give it back."""
    name = chance.choice(_OVERRIDES)
    path = f"templates/{name}"
    if (room.folder / path).exists() and chance.random() < 0.4 and (not room.plain or name == "feed.json"):
        room.remove(path)
        return f"{path} is yoyak's again"
    mark = f"{{# {room.next()} #}}" if chance.random() < 0.2 else f" {room.next()} "
    if name == "feed.json":
        room.save(path, f'{{"n": "{mark.strip()}"}}\n', chance)
    elif not room.plain and name != "partials/card.html" and chance.random() < 0.5:
        room.save(
            path, f'{{% extends "yoyak/{name}" %}}{{% block main %}}{mark}{{{{ super() }}}}{{% endblock %}}', chance
        )
    else:
        own = room.folder / path
        source = own if own.exists() else templates_folder() / name
        room.save(path, source.read_text(encoding="utf-8").rstrip() + mark, chance)
    return f"{path} has the mark {mark!r}"


def include_something(room: Newsroom, chance: Random) -> str:
    line = chance.choice(INCLUDES)
    include(room, line, chance)
    return f"templates/base.html has {line}"


def change_a_partial(room: Newsroom, chance: Random) -> str:
    path = f"templates/partials/{chance.choice(('extra', 'first', '.hidden', '.hidden', 'unused'))}.html"
    if (room.folder / path).exists() and chance.random() < 0.4:
        room.remove(path)
        return f"{path} is gone"
    number = room.next()
    room.save(
        path,
        chance.choice((f"<i>{number}</i>", f"<b>{number} {{{{ page.title }}}} {{{{ chrome.title }}}}</b>")),
        chance,
    )
    return f"{path} is number {number}"


def change_an_asset(room: Newsroom, chance: Random) -> str:
    path = f"templates/assets/{chance.choice(('style.css', 'site.js', 'dot.svg', 'new.css'))}"
    if (room.folder / path).exists() and chance.random() < 0.4:
        room.remove(path)
        return f"{path} is gone"
    room.save(path, f"/* {room.next()} */ a {{ background: url(dot.svg) }}\n", chance)
    return f"{path} is another"


def break_a_template(room: Newsroom, chance: Random) -> str:
    path, unused = "templates/partials/card.html", "templates/partials/unused.html"
    path = chance.choice((path, unused)) if path not in room.broken else unused
    place = room.folder / path
    room.broken.setdefault(path, place.read_bytes() if place.exists() else b"{{ card.title }}")
    room.save(path, b"{% if %}" if chance.random() < 0.5 else b"{{ no_such_value }}", chance)
    return f"{path} is broken"


# --- settings ---

_SETTINGS: dict[str, Any] = {
    "title": lambda chance, n: f"다이제스트 {n}",
    "tagline": lambda chance, n: chance.choice((None, f"이야기 {n}")),
    "description": lambda chance, n: chance.choice((None, f"설명 {n}")),
    "page_size": lambda chance, n: chance.choice((1, 2, 3, 20)),
    "language": lambda chance, n: chance.choice(("ko", "en")),
    "timezone": lambda chance, n: chance.choice(("Asia/Seoul", "Asia/Seoul", "America/St_Johns", "UTC")),
    "editions": lambda chance, n: {
        "cadence": chance.choice(("daily", "weekly", "weekly", "monthly", "none")),
        "week_starts": chance.choice(("monday", "sunday", "thursday")),
        "release": chance.choice(("together", "separately")),
        **({"first_number": n} if n % 2 else {}),
    },
    "themes": lambda chance, n: chance.choice((None, _registry(chance, n))),
    "tags": lambda chance, n: chance.choice((None, {"함께": {"slug": f"together-{n % 2}", "aliases": ["Together"]}})),
    "sources": lambda chance, n: {
        chance.choice(SOURCES): {"rights": chance.choice(("full", "excerpt", "link")), "aliases": ["Kaon"] * (n % 2)}
    },
    "rights": lambda chance, n: {"default": chance.choice(("full", "excerpt", "link")), "sentences": 1 + n % 3},
    "navigation": lambda chance, n: chance.choice((None, [{"title": f"소개 {n}", "url": "/about/"}])),
    "permalinks": lambda chance, n: chance.choice(
        ("/articles/:slug/", "/:year/:month/:slug/", "/:slug.html", "/:theme/:slug/")
    ),
    "base_url": lambda chance, n: f"https://digest.example.org/{chance.choice(('', 'digest/', '요약/'))}",
    "images": lambda chance, n: {"remote": chance.choice(("link", "load"))},
    "review": lambda chance, n: {"required": chance.random() < 0.3},
    "deploy": lambda chance, n: {"live": {"kind": "folder", "path": f"../public-{n}"}},
}


def _registry(chance: Random, number: int) -> list[Keys]:
    rules: list[Keys] = [{}, {"words": [chance.choice(WORDS)]}, {"tags": [chance.choice(TAGS)]}]
    slugs = chance.sample(THEMES, chance.randint(3, 4))
    return [{"slug": slug, "title": f"{slug} 소식", "match": chance.choice(rules)} for slug in slugs]


def _sets(key: str) -> Edit:
    def edit(room: Newsroom, chance: Random) -> str:
        value = _SETTINGS[key](chance, room.next())
        room.write_settings(chance, **{key: value})
        return f"site.yaml: {key} is now {value!r}"

    return edit


def comment_the_settings(room: Newsroom, chance: Random) -> str | None:
    if "site.yaml" in room.broken:
        return None
    room.save("site.yaml", room.read("site.yaml") + f"# {room.next()}\n".encode(), chance)
    return "site.yaml has one more comment"


def break_the_settings(room: Newsroom, chance: Random) -> str:
    room.broken.setdefault("site.yaml", room.read("site.yaml"))
    room.save("site.yaml", room.read("site.yaml") + b"colour: blue\n", chance)
    return "site.yaml is broken"


def change_the_rules(room: Newsroom, chance: Random) -> str:
    path = f"content/_rules/{chance.choice(('desk', 'other'))}.yaml"
    if (room.folder / path).exists() and chance.random() < 0.4:
        room.remove(path)
        return f"{path} is gone"
    phrase = chance.choice(("우리 편집국만 아는 문구", "없는 문구"))
    wrong = chance.random() < 0.15
    room.save(path, f"ui:\n  phrases: [{phrase}]\n" + "colour: blue\n" * wrong, chance)
    return f"{path} drops {phrase!r}{', and is wrong' * wrong}"


def _mark_of_some(room: Newsroom, chance: Random) -> str:
    """Return the mark of an article, so that it may be taken for one that was moved."""
    markdown = [path for path in room.articles() if path.endswith(".md")]
    keys = room.parts(chance.choice(markdown))[0] if markdown else {}
    written = str(keys.get("date", ""))[:10]
    day = datetime.fromisoformat(written) if written[:1] == "2" and len(written) == 10 else None
    return mark_of(str(keys.get("title", "")), day)


def change_the_addresses(room: Newsroom, chance: Random) -> str:
    """Note some addresses as deployed, as a deploy or a person does: of articles that are there, or are not."""
    path = "content/_urls.yaml"
    if (room.folder / path).exists() and chance.random() < 0.3:
        room.remove(path)
        return f"{path} is gone"
    files = [*room.articles(), "content/gone.md"]
    said = ("gone", "keep", "list", "tag AI", "theme 소식", "to /tags/", "to /old/2/", "edition 2024-W27")
    lines = [f"/old/{number}/: {chance.choice(said)}\n" for number in range(chance.randint(0, 4))]
    for number in range(chance.randint(0, 4)):
        file = chance.choice((*files, "content/gone.md"))
        lines.append(f"/articles/old-{number}/: article {_mark_of_some(room, chance)} {file}\n")
    lines += ["/tags/old/feed.xml: tag 없는 태그\n"] * chance.randint(0, 1) + ["broken\n"] * (chance.random() < 0.1)
    room.save(path, "".join(lines), chance)
    return f"{path} has {len(lines)} lines"


# --- the clock ---


def move_the_clock(room: Newsroom, chance: Random) -> str:
    hours = chance.choice((-24 * 400, -200, -24, -1, 1, 1, 24, 24, 200, 24 * 400))
    room.now += timedelta(hours=hours)
    return f"it is {room.now}, {hours} hours later"


# --- what was built ---


def _built_file(room: Newsroom, chance: Random) -> Path | None:
    output = room.folder / "output"
    paths = sorted(path for path in output.rglob("*") if path.is_file() and path.name != MANIFEST)
    return some(paths, chance)


def delete_an_output(room: Newsroom, chance: Random) -> str | None:
    if place := _built_file(room, chance):
        place.unlink()
        return f"{place.relative_to(room.folder)} is gone"
    return None


def overwrite_an_output(room: Newsroom, chance: Random) -> str | None:
    if place := _built_file(room, chance):
        data, before = place.read_bytes(), place.lstat()
        how = chance.choice(("longer", "of the same size", "of the same size and older", "empty"))
        new = {"longer": data + b"!", "empty": b""}.get(how, b"?" + data[1:])
        place.write_bytes(new)
        if how.endswith("older"):
            os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns - 10**9))
        return f"{place.relative_to(room.folder)} was overwritten, {how}"
    return None


def link_an_output(room: Newsroom, chance: Random) -> str | None:
    """Put a link to the same bytes, or to a folder with the same files, in the place of something that was built."""
    place = _built_file(room, chance)
    if place is None or place.is_symlink():
        return None
    if chance.random() < 0.5 and place.parent != room.folder / "output":
        place = place.parent
    moved = room.folder.with_name("moved") / str(room.next())
    moved.parent.mkdir(exist_ok=True)
    place.rename(moved)
    place.symlink_to(moved)
    return f"{place.relative_to(room.folder)} is a link"


def remove_a_folder_of_the_output(room: Newsroom, chance: Random) -> str | None:
    output = room.folder / "output"
    folder = some(sorted(path for path in output.glob("*") if path.is_dir() and not path.is_symlink()), chance)
    folder = output if chance.random() < 0.2 and output.exists() else folder
    if folder is None:
        return None
    shutil.rmtree(folder)
    return f"{folder.relative_to(room.folder)}/ is gone"


def forget_the_store(room: Newsroom, chance: Random) -> str:
    shutil.rmtree(room.folder / ".yoyak", ignore_errors=True)
    return ".yoyak/ is gone"


def move_the_site(room: Newsroom, chance: Random) -> str:
    copied = chance.random() < 0.5
    room.move_to(room.folder.with_name(f"site-{room.next()}"), copied=copied)
    return f"the site folder was {'copied' if copied else 'moved'} to {room.folder.name}"


NOTE_EDITS: dict[str, Edit] = {
    "edition note": change_an_edition,
    "theme note": change_a_theme,
    "own page": change_a_page,
    "addresses": change_the_addresses,
    "rules": change_the_rules,
}
LOOK_EDITS: dict[str, Edit] = {
    "template": change_a_template,
    "include": include_something,
    "partial": change_a_partial,
    "asset": change_an_asset,
    "break template": break_a_template,
}
SETTING_EDITS: dict[str, Edit] = {
    **{f"set {key} of the site": _sets(key) for key in _SETTINGS},
    "comment settings": comment_the_settings,
    "break settings": break_the_settings,
}
OUTPUT_EDITS: dict[str, Edit] = {
    "delete output": delete_an_output,
    "overwrite output": overwrite_an_output,
    "link output": link_an_output,
    "remove output folder": remove_a_folder_of_the_output,
    "forget store": forget_the_store,
    "move site": move_the_site,
}
CLOCK_EDITS: dict[str, Edit] = {"clock": move_the_clock}
