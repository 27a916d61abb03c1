"""Life stories of a site that is deployed again and again: articles are renamed, moved, taken down, merged."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sites import SETTINGS, article, build_site, tree, write_site
from yoyak.build.addresses import addresses_of_build, note_addresses
from yoyak.model.addresses import URLS_FILE
from yoyak.settings.address_file import read_addresses

TAGS = ("AI", "인공지능", "항구", "C++", "섬")
PATTERNS = ("/articles/:slug/", "/:year/:month/:slug/", "/:slug.html", "/:theme/:slug/", "/posts/:slug")
NOT_ADDRESSES = re.compile(r"(404\.html|robots\.txt|sitemap(-\d+)?\.xml|assets/.*|\.yoyak.*|\.gitignore)")


@dataclass
class Draft:
    """An article of a story, by what its file says."""

    number: int
    file: str
    title: str
    slug: str
    tags: list[str]
    day: int
    theme: str = "ai"
    status: str = ""
    aliases: list[str] = field(default_factory=list)

    def text(self) -> str:
        keys = {"slug": self.slug, "tags": self.tags, "date": f"2024-07-0{self.day}", "themes": [self.theme]}
        return article(
            f"Body of number {self.number}.",
            title=self.title,
            status=self.status or None,
            aliases=self.aliases or None,
            **keys,
        )


class Newsroom:
    """A site under way, and every address that was ever online."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.folder, self.chance, self.count = folder, chance, 0
        self.drafts: list[Draft] = []
        self.themes, self.pattern, self.merged = ["ai", "islands"], PATTERNS[0], False
        self.online: set[str] = set()
        self.ids: dict[int, str] = {}
        self.told: list[str] = []
        for _ in range(4):
            self.adds()

    def adds(self) -> None:
        self.count += 1
        name = f"{self.chance.choice('abc')}-{self.count}"
        made = Draft(
            self.count, f"{name}.md", f"Title {self.count}", name, [self.chance.choice(TAGS)], 1 + self.count % 9
        )
        made.theme = self.chance.choice(self.themes)
        self.drafts.append(made)

    def writes(self) -> None:
        titles = "\n".join(f"  - {{slug: {slug}, title: Theme {number}}}" for number, slug in enumerate(self.themes))
        tags = "tags: {인공지능: {aliases: [AI]}}\n" if self.merged else ""
        settings = f"{SETTINGS}permalinks: {self.pattern}\nthemes:\n{titles}\n{tags}"
        for path in (self.folder / "content").glob("*.md"):
            path.unlink()
        write_site(self.folder, {f"content/{one.file}": one.text() for one in self.drafts}, settings, plain=True)

    def edits(self) -> None:
        edit = self.chance.choice(EDITS)
        if self.drafts or edit is Newsroom.adds:
            self.told.append(edit.__name__)
            edit(self)

    def deploys(self) -> None:
        """Remember what is online, as a deploy does."""
        output = self.folder / "output"
        note_addresses(self.folder, addresses_of_build(self.folder, output))
        self.online |= {path for path in tree(output) if not NOT_ADDRESSES.fullmatch(path)}

    def clean(self) -> dict[str, bytes]:
        """Return what a build from nothing gives."""
        found = build_site(self.folder, output=self.folder.parent / "clean", clean=True)
        assert found.report.complete, found.report.problems
        return tree(found.output)


def _one(room: Newsroom) -> Draft:
    return room.chance.choice(room.drafts)


def rename(room: Newsroom) -> None:
    room.count += 1
    _one(room).slug = f"renamed-{room.count}"


def move(room: Newsroom) -> None:
    room.count += 1
    _one(room).file = f"moved-{room.count}.md"


def move_and_rename(room: Newsroom) -> None:
    room.count += 1
    one = _one(room)
    one.file, one.slug = f"moved-{room.count}.md", f"renamed-{room.count}"


def retitle(room: Newsroom) -> None:
    room.count += 1
    _one(room).title = f"Another title {room.count}"


def retag(room: Newsroom) -> None:
    _one(room).tags = room.chance.sample(TAGS, 2)


def change_the_theme(room: Newsroom) -> None:
    _one(room).theme = room.chance.choice(room.themes)


def unpublish(room: Newsroom) -> None:
    one = _one(room)
    one.status = "" if one.status else "draft"
    if room.chance.random() < 0.5:
        room.count += 1
        one.slug = f"secret-{room.count}" if one.status else f"open-{room.count}"


def redate(room: Newsroom) -> None:
    _one(room).day = room.chance.randint(1, 9)


def delete(room: Newsroom) -> None:
    room.drafts.remove(_one(room))


def merge(room: Newsroom) -> None:
    if len(room.drafts) > 1:
        lost, kept = room.chance.sample(room.drafts, 2)
        room.drafts.remove(lost)
        kept.aliases = [*kept.aliases, f"/articles/{lost.slug}/"]


def take_an_address(room: Newsroom) -> None:
    """Publish a new article where another one was."""
    one = _one(room)
    before = one.slug
    rename_to = f"left-{room.count}"
    if before.startswith(("secret", "open")):
        return
    one.slug = rename_to
    room.adds()
    room.drafts[-1].slug = before


def rename_a_theme(room: Newsroom) -> None:
    room.count += 1
    old, new = room.themes[0], f"theme-{room.count}"
    room.themes[0] = new
    for one in room.drafts:
        one.theme = new if one.theme == old else one.theme


def merge_tags(room: Newsroom) -> None:
    room.merged = not room.merged


def change_the_pattern(room: Newsroom) -> None:
    room.pattern = room.chance.choice(PATTERNS)


def answer(room: Newsroom) -> None:
    """Answer in the file, as a person does."""
    file = room.folder / URLS_FILE
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True) if file.exists() else []
    if len(lines) > 3:
        number = room.chance.randrange(2, len(lines))
        address = lines[number].partition(": ")[0]
        to = [*read_addresses(room.folder).remembered]
        said = room.chance.choice(("gone", f"to {room.chance.choice(to)}", "to https://other.example/x"))
        lines[number] = f"{address}: {said}\n"
        file.write_text("".join(lines), encoding="utf-8")


EDITS: tuple[Callable[[Newsroom], None], ...] = (
    Newsroom.adds, rename, rename, move, move_and_rename, retitle, retag, change_the_theme, unpublish, redate, delete,
    merge, take_an_address, rename_a_theme, merge_tags, change_the_pattern, answer,
)  # fmt: skip
