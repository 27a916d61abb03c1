"""What a verdict on an edition is about: its title, its order, its note, and the words of its articles."""

from __future__ import annotations

from collections.abc import Iterable

from yoyak.model.review import Seen
from yoyak.model.types import Note, Place
from yoyak.review.blocks import blocks_of, folded
from yoyak.review.seen import seen_in


def edition_seen(key: str, note: Note | None, articles: Iterable[Place], base_path: str = "/") -> Seen:
    """Return what is approved with an edition. Which articles wait for their time does not change it."""
    fields = [("edition", key)]
    if note:
        fields.append(("title", note.title))
        fields += [(name, value) for name in ("number", "from", "to") if (value := str(note.fields.get(name) or ""))]
        fields += [(name, value) for name in ("order", "pins") for value in note.fields.get(name, ())]
    members = sorted(articles, key=lambda one: one.slug)
    fields += [("article", f"{one.slug} {one.themes[0]} {one.weight} {one.seen}") for one in members]
    shown = tuple((name, folded(value)) for name, value in fields if folded(value))
    return seen_in(shown, blocks_of(note.html if note else "", base_path))


def is_member(article: Place) -> bool:
    """Tell whether an article belongs to what is approved: it does unless review itself holds it back."""
    return article.status == "approved" and article.review is None
