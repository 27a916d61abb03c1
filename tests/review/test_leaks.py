"""Nothing of review is in a published site, and nothing of what is held back: random states, the output searched.

Every text of every article and event has a word of its own. What may be published is decided here by conditions that an
article on record must fulfil, not by the code that is tested.
"""

from __future__ import annotations

import os
import random
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from sites import SETTINGS, article, build_site, everything, write_site
from yoyak.desk.records import Records, event_now, records
from yoyak.model.review import Anchor, NoteKind
from yoyak.model.types import Person
from yoyak.review.files import write_event

AT = datetime(2024, 7, 10, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))
STATES = int(os.environ.get("YOYAK_LEAK_STATES", "25"))
WHAT = ("note", "note", "submit", "approve", "approve", "request-changes", "hold", "release", "reply", "resolve")


def picture(word: str) -> bytes:
    """Return a PNG of one row, whose grey pixels are a word, uncompressed."""
    head, rows = struct.pack(">IIBBBBB", len(word), 1, 8, 0, 0, 0, 0), b"\0" + word.encode()
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


class Desk:
    """One random state of a site: its articles, and what was said of them."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.words: dict[str, list[str]] = {}
        """By article, the words that only it has; the headline is the first."""
        self.sure = ""
        """The path of an article that is out: it is approved, and nothing else is said of it."""
        self.of_review: list[str] = []
        self.required = chance.random() < 0.6
        self.people = [Person(name=self.word("Name"), email=f"{self.word('mail')}@example.org") for _ in range(3)]
        self.of_review += [text for one in self.people for text in (one.name, str(one.email))]

    def word(self, kind: str) -> str:
        return f"{kind}{''.join(self.chance.choices('bcdfghjklmnpqrstvwxz', k=9))}"

    def write(self) -> None:
        policy = "review: {required: true}\n" if self.required else ""
        write_site(self.folder, dict(self._articles()), SETTINGS + policy)

    def _articles(self) -> Iterator[tuple[str, str | bytes]]:
        for number in range(self.chance.randint(2, 5)):
            path = f"content/2024/07/{self.word('file')}.md"
            own = [self.word(kind) for kind in ("title", "body", "quote", "tag", "summary", "alt")]
            title, body, quote, tag, summary, alt = own
            shot = self.word("picture")
            self.words[path] = [*own, shot, Path(path).stem]
            keys: dict[str, Any] = {"title": title, "tags": [tag], "summary": summary}
            self.sure = self.sure or path
            keys["status"] = (
                None if path == self.sure else self.chance.choice([None, None, "draft", "review", "approved"])
            )
            keys["publish_at"] = (
                None if path == self.sure else self.chance.choice([None, None, None, "2024-07-20 09:00"])
            )
            keys["image"] = {"src": f"{shot}.png", "alt": alt}
            yield path, article(f"{body} stands in 문장 {number}.\n\nThe **{quote}** is here.", **keys)
            yield f"content/2024/07/{shot}.png", picture(shot)

    def speak(self) -> None:
        """Write random events on the articles; some about words that are not there any more."""
        with records(self.folder, at=AT) as desk:
            for path in desk.paths():
                events = [self.chance.choice(WHAT) for _ in range(self.chance.randint(0, 5))]
                for minute, what in enumerate(["approve"] if path == self.sure else events):
                    self._event(desk, path, minute, what)
        for path in self.words:
            if path != self.sure and self.chance.random() < 0.3:
                place = self.folder / path
                place.write_text(place.read_text().replace("문장", "고친 문장"))

    def _event(self, desk: Records, path: str, minute: int, what: str) -> None:
        by, seen = self.chance.choice(self.people), desk.seen(path)
        values: dict[str, Any] = {"at": datetime(2024, 7, 4, tzinfo=UTC) + timedelta(minutes=minute)}
        if what in ("note", "request-changes", "reply", "resolve"):
            values["text"] = self.word("said")
            self.of_review.append(values["text"])
        if what == "note":
            values |= {"kind": self.chance.choice(get_args(NoteKind)), "anchor": Anchor(quote=self.words[path][2])}
        if what in ("reply", "resolve", "release"):
            if not (before := desk.survey.reviews.of(path)) and what != "release":
                return
            values["answers"] = self.chance.choice([one.name for one in before] or ["20240101T0000Z-x-000000"])
        made = write_event(self.folder, path, structs.replace(event_now(what, by, **values), seen=seen.digest), seen)
        self.of_review += [made.name]

    def may_be_out(self, path: str, desk: Records) -> bool:
        """Tell what has to be true at least of an article that is out."""
        text = (self.folder / path).read_text()
        if '"draft"' in text or "publish_at" in text:
            return False
        events = desk.events(path)
        released = {one.answers for one in events if one.event == "release"}
        if any(one.event == "hold" and one.name not in released for one in events):
            return False
        approvals = [one for one in events if one.event == "approve" and one.seen == desk.seen(path).digest]
        return bool(approvals) if self.required else '"review"' not in text


@pytest.mark.parametrize("number", range(STATES))
def test_a_published_site_has_nothing_of_review_nor_of_what_it_holds_back(tmp_path: Path, number: int) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    desk = Desk(tmp_path, random.Random(seed))
    desk.write()
    desk.speak()
    found = build_site(tmp_path, at=AT, keep_going=True)
    said = everything(found.output)
    pictures = b"".join(path.read_bytes() for path in found.output.rglob("*.png"))
    with records(tmp_path, at=AT) as now:
        for path, words in desk.words.items():
            out = (found.output / "articles" / Path(path).stem / "index.html").exists()
            assert not out or desk.may_be_out(path, now), (seed, path)
            shown = [word for word in words if word in said or word.encode() in pictures]
            assert out or not shown, (seed, path, shown)
            assert out or path != desk.sure, (seed, path)
            assert not out or words[0] in said, (seed, path)
    assert not [word for word in desk.of_review if word in said], seed
