"""Random life stories of articles, from build to build, each deployed: every address that was ever online answers,
and nothing that is not published is there.

Seven stories run each time, with new seeds; ``YOYAK_STORIES=500`` runs so many, ``YOYAK_STORY=SEED`` one again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from random import Random, SystemRandom
from unicodedata import normalize
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from command import run_yoyak
from sites import SETTINGS, article, write_site

BASE = "https://digest.kr/"
ONE = os.environ.get("YOYAK_STORY")
STORIES = 1 if ONE else int(os.environ.get("YOYAK_STORIES", "7"))
ROUNDS = 3
THEMES = ("ai", "sea", "city")
REFRESH = re.compile(r"<meta[^>]*http-equiv=[\"']?refresh[^>]*url=([^\"'>\s]+)", re.IGNORECASE)
_LETTERS = "bdfgjkmprstvz"


def word(chance: Random) -> str:
    """Return a word that is in no language, no template and no other article."""
    return "q" + "".join(chance.choice(_LETTERS) + chance.choice("aeiou") for _ in range(5))


@dataclass
class Life:
    """One article: what its file says, and what of it readers have ever seen."""

    path: str
    slug: str
    title: str
    body: str
    tag: str
    theme: str
    keys: dict[str, object] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    held: bool = False
    was_public: set[str] = field(default_factory=set)

    @property
    def is_public(self) -> bool:
        return not self.keys and not self.held

    def text(self) -> str:
        keys = {"title": self.title, "slug": self.slug, "tags": [self.tag], "themes": [self.theme], **self.keys}
        return article(self.body, aliases=self.aliases or None, **keys)


class Story:
    """A site whose articles live; deployed to a folder after each round."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.chance, self.folder, self.told = Random(seed), folder, list[str]()
        self.live = folder.parent / "live"
        self.lives: list[Life] = []
        self.online: set[str] = set()
        settings = SETTINGS.replace("https://digest.example.org/", BASE)
        write_site(folder, {}, f"{settings}deploy: {{live: {{kind: folder, path: ../live}}}}\n", plain=True)
        for _ in range(3):
            self.begin()

    # --- what happens to articles ---

    def begin(self) -> None:
        name = word(self.chance)
        one = Life(
            path=f"content/{name}.md",
            slug=word(self.chance),
            title=f"{word(self.chance)} {word(self.chance)}",
            body=" ".join(word(self.chance) for _ in range(30)),
            tag=word(self.chance),
            theme=self.chance.choice(THEMES),
        )
        self.lives.append(one)
        if self.chance.random() < 0.3:
            one.keys = {"status": "draft"}

    def rename(self, one: Life) -> None:
        if not one.held:
            (self.folder / one.path).unlink(missing_ok=True)
            one.path = f"content/{self.chance.choice(('2024/', ''))}{word(self.chance)}.md"

    def readdress(self, one: Life) -> None:
        one.slug = word(self.chance)

    def retitle(self, one: Life) -> None:
        one.title = f"{word(self.chance)} {word(self.chance)}"

    def retag(self, one: Life) -> None:
        one.tag, one.theme = word(self.chance), self.chance.choice(THEMES)

    def unpublish(self, one: Life) -> None:
        one.keys = {"status": "draft"}

    def embargo(self, one: Life) -> None:
        one.keys = {"embargo_until": "2999-01-01"}

    def expire(self, one: Life) -> None:
        one.keys = {"expires_at": "2024-08-01"}

    def publish(self, one: Life) -> None:
        one.keys = {}

    def delete(self, one: Life) -> None:
        if not one.held:
            (self.folder / one.path).unlink(missing_ok=True)
            self.lives.remove(one)
            self.gone.append(one)

    def merge(self, one: Life) -> None:
        """Let another article take the place of this one."""
        others = [other for other in self.lives if other is not one and other.is_public]
        if others and not one.held:
            other = self.chance.choice(others)
            other.aliases += [f"/articles/{one.slug}/", *one.aliases]
            other.body += f" {one.body}"
            (self.folder / one.path).unlink(missing_ok=True)
            self.lives.remove(one)

    def hold(self, one: Life) -> None:
        if not one.held:
            self.run("review", "hold", one.path, "--as", "Kim <kim@digest.kr>")
            one.held = True

    def release(self, one: Life) -> None:
        if one.held:
            self.run("review", "release", one.path, "--as", "Kim <kim@digest.kr>")
            one.held = False

    def take_down(self, one: Life) -> None:
        if not one.held:
            self.run("takedown", one.path, "--reason", word(self.chance), "--as", "Kim <kim@digest.kr>")
            one.held = True

    # --- rounds ---

    def live_on(self) -> None:
        """Let a few things happen, then build, deploy and look."""
        kinds: list[Callable[[Life], None]] = [
            self.rename, self.readdress, self.retitle, self.retag, self.unpublish, self.embargo, self.expire,
            self.publish, self.publish, self.delete, self.merge, self.hold, self.release, self.take_down,
        ]  # fmt: skip
        self.gone: list[Life] = []
        for _ in range(self.chance.randint(1, 3)):
            if self.lives and self.chance.random() < 0.85:
                self.write()
                one, what = self.chance.choice(self.lives), self.chance.choice(kinds)
                self.told.append(f"{what.__name__} {one.path}")
                what(one)
            else:
                self.told.append("begin")
                self.begin()
        if not any(one.is_public for one in self.lives):  # an empty site is not deployed
            self.begin()
            self.lives[-1].keys = {}
        self.write()
        self.run("build", "--keep-going")
        self.run("deploy", "live", "--confirm-removals", "9999")
        self.look()

    def write(self) -> None:
        for one in self.lives:
            place = self.folder / one.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(one.text(), encoding="utf-8")

    def run(self, *arguments: str) -> None:
        done = run_yoyak(*arguments, "--site", self.folder, cwd=self.folder)
        assert done.returncode == 0, f"{self.told}\n{arguments}\n{done.stdout}{done.stderr}"

    # --- what readers find ---

    def look(self) -> None:
        pages = {path for path in files_of(self.live) if path.endswith("index.html")}
        self.online |= pages
        for path in sorted(self.online):
            assert self.answer(path), f"{self.told}\nnothing answers at {path}"
        for one in (one for one in self.lives if one.is_public):
            one.was_public |= {one.slug, one.tag, *one.title.split()}
            for slug in (one.slug, *(alias.strip("/").removeprefix("articles/") for alias in one.aliases)):
                if f"articles/{slug}/index.html" in self.online:
                    answer = self.answer(f"articles/{slug}/index.html")
                    assert one.title in answer, f"{self.told}\n{slug} does not lead to {one.path}: {answer[:2000]}"
        self.require_no_leak()

    def answer(self, path: str) -> str:
        """Return the text of the page that an address leads to, over redirects."""
        for _ in range(5):
            place = self.live / path
            text = place.read_text(encoding="utf-8") if place.is_file() else ""
            found = REFRESH.search(text)
            if not found:
                return text
            below = unquote(urlsplit(urljoin(BASE, unescape(found[1]))).path).lstrip("/")
            path = f"{below.rstrip('/')}/index.html".lstrip("/") if below else "index.html"
        return ""

    def require_no_leak(self) -> None:
        """Search every file for every made-up word of what is not published; old addresses keep only their own."""
        said = "\n".join(f"{path}\n{data.decode('utf-8', 'replace')}" for path, data in files_of(self.live).items())
        said = normalize("NFC", unescape(unquote(unescape(said)))).lower()
        for one in [*(one for one in self.lives if not one.is_public), *self.gone]:
            words = {*one.body.split(), *one.title.split()} | ({one.slug, one.tag} - one.was_public)
            leaked = sorted(word for word in words if word in said)
            assert not leaked, f"{self.told}\n{one.path} is not published, and shows {leaked}"


def files_of(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {normalize("NFC", file.relative_to(folder).as_posix()): file.read_bytes() for file in found}


@pytest.mark.parametrize("number", range(STORIES))
def test_every_address_answers_and_nothing_leaks(number: int, tmp_path: Path) -> None:
    seed = int(ONE) if ONE else SystemRandom().randrange(10**9)
    story = Story(seed, tmp_path / "site")
    for _ in range(ROUNDS):
        story.live_on()
