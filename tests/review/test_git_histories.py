"""Two or three people review on branches of git: every merge is clean, nothing that was said is lost, and the state is
that of all that was said, whatever the order of the merges.

Each writes events, edits articles of their own and renames them; a branch of somebody else may say something of the old
name meanwhile.
"""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from sites import SETTINGS, article, write_site
from yoyak.desk.records import Records, event_now, records
from yoyak.model.review import Event, Seen
from yoyak.model.types import Person
from yoyak.review.files import event_at, write_event
from yoyak.review.state import Reviewed, review_of

AT = datetime(2024, 7, 10, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))
HISTORIES = int(os.environ.get("YOYAK_GIT_HISTORIES", "5"))
PEOPLE = tuple(Person(name=name, email=f"{name.lower()}@example.org") for name in ("Kim", "Lee", "Park"))
POLICY = "review: {required: true, four_eyes: true}\n"
WHAT = ("note", "submit", "approve", "approve", "request-changes", "hold", "release", "reply", "resolve", "reopen")


class History:
    """A repository, and what the test knows of it."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance, self.minutes = folder, chance, 0
        self.people = PEOPLE[: chance.randint(2, 3)]
        self.said: dict[str, list[Event]] = {one.name: [] for one in self.people}
        """By the article's first author, since its path may change."""
        self.git("init", "--quiet", "--initial-branch=main")
        files = {self.first(one): self.text(one, "First words.") for one in self.people}
        write_site(folder, files, SETTINGS + POLICY)
        (folder / ".gitignore").write_text("/output/\n/.yoyak/\n")
        self.commit("Begin")

    def first(self, author: Person) -> str:
        return f"content/2024/07/{author.name.lower()}.md"

    def text(self, author: Person, body: str) -> str:
        return article(body, title=author.name, authors=[{"name": author.name, "email": author.email}])

    def git(self, *arguments: str) -> str:
        person = ("-c", "user.name=desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false")
        command = ["git", "-C", str(self.folder), *person, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)

    def articles(self) -> dict[str, tuple[str, Seen, tuple[Person, ...]]]:
        """Return path, words and authors of each article, by its first author."""
        with records(self.folder, at=AT) as desk:
            return self.articles_of(desk)

    def articles_of(self, desk: Records) -> dict[str, tuple[str, Seen, tuple[Person, ...]]]:
        found = [(path, desk.article(path)) for path in desk.paths()]
        return {one.title: (path, desk.seen(path), one.authors) for path, one in found}

    def work(self, person: Person) -> None:
        """Do what one person does on a branch: the events are about what the branch says."""
        for _ in range(self.chance.randint(1, 3)):
            what = self.chance.random()
            place = self.folder / self.articles()[person.name][0]
            if what < 0.2:
                place.write_text(self.text(person, self.chance.choice(["Other words.", "First words.", "Third."])))
            elif what < 0.35:
                name = self.chance.choice(["ferry", "boat"])
                place.rename(place.with_name(f"{person.name.lower()}-{name}.md"))
            else:
                self.speak(person)
            self.commit(f"{person.name} works")

    def speak(self, person: Person) -> None:
        about = self.chance.choice(self.people).name
        path, seen, _ = self.articles()[about]
        what, before = self.chance.choice(WHAT), self.here(path)
        if what in ("release", "reply", "resolve", "reopen") and not before:
            what = "note"
        answers = self.chance.choice(before).name if what in ("release", "reply", "resolve", "reopen") else ""
        self.minutes += 1
        at = datetime(2024, 7, 4, tzinfo=UTC) + timedelta(minutes=self.minutes)
        event = event_now(what, person, text=f"Text {self.minutes}", answers=answers, at=at)
        self.said[about].append(write_event(self.folder, path, structs.replace(event, seen=seen.digest), seen))

    def here(self, path: str) -> Sequence[Event]:
        with records(self.folder, at=AT) as desk:
            return desk.events(path)

    def merge(self) -> None:
        branches = [one.name.lower() for one in self.people]
        self.chance.shuffle(branches)
        self.git("checkout", "--quiet", "main")
        for branch in branches:
            self.git("merge", "--quiet", "--no-edit", "--no-ff", branch)

    def on_disk(self) -> set[str]:
        paths = (path for path in (self.folder / "content/_reviews").rglob("*.yaml"))
        found = [event_at(self.folder, path.relative_to(self.folder).as_posix()) for path in paths]
        assert all(isinstance(one, Event) for one in found)
        return {one.name for one in found}


@pytest.mark.parametrize("number", range(HISTORIES))
def test_what_people_say_on_branches_comes_together(tmp_path: Path, number: int) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    history = History(tmp_path, random.Random(seed))
    for _ in range(history.chance.randint(1, 2)):
        for person in history.people:
            history.git("checkout", "--quiet", "-B", person.name.lower(), "main")
            history.work(person)
        history.merge()
    assert history.on_disk() == {one.name for found in history.said.values() for one in found}, seed
    with records(tmp_path, at=AT) as desk:
        lost = {one.path.rstrip("/") for one in desk.survey.problems if one.code == "review-without-article"}
        for about, (path, seen, authors) in history.articles_of(desk).items():
            review, said = desk.review(path), history.said[about]
            for verdict in review.verdicts:
                assert not verdict.counts or verdict.event.event != "approve" or verdict.event.seen == seen.digest, seed
            if lost:
                assert {one.name for one in desk.events(path)} <= {one.name for one in said}, (seed, about)
                continue
            assert {one.name for one in desk.events(path)} == {one.name for one in said}, (seed, about)
            subject = Reviewed(status="approved", seen=seen.digest, authors=authors)
            assert review.state == review_of(subject, said, desk.config.review).state, (seed, about)
            assert (review.ribbon is None) == (review.state == "approved"), (seed, about)
