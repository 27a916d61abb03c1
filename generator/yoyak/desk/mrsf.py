"""Sidecars of the Markdown Review Sidecar Format 1.0: read as plain values, and written.

The format is described at https://github.com/wictorwilen/MRSF (MRSF-v1.0.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping as AbstractMapping
from collections.abc import Sequence as AbstractSequence
from datetime import datetime
from typing import Any

from msgspec import DecodeError, json

from yoyak.front_matter.yaml_nodes import Mapping, Node, Scalar, compose
from yoyak.messages.catalogue import sentence
from yoyak.model.message import Words, errors, say
from yoyak.model.review import NoteKind
from yoyak.model.types import Person, Record
from yoyak.review.events import in_milliseconds, instant, quoted

ENDING = ".review.yaml"
JSON_ENDING = ".review.json"
VERSION = "1.0"
LIMIT = 4_000_000
"""Bytes of a sidecar."""
POSITIONS = ("line", "end_line", "start_column", "end_column")
OURS = "x_yoyak_"
KNOWN = frozenset(
    ("id", "author", "timestamp", "text", "resolved", "type", "reply_to", "selected_text", "selected_text_hash")
) | frozenset((*POSITIONS, "anchored_text"))
TYPES: dict[str, NoteKind] = {"suggestion": "suggestion", "accuracy": "fact", "rights": "rights", "comment": "comment"}
"""Types of comments, and the kinds of notes that they are."""
_TEXTS = frozenset(("document", "author", "timestamp", "text", "selected_text", "anchored_text", "id", "reply_to"))
_MOST = 1_000
_AUTHOR = re.compile(r"(?P<name>.*?)\s*(?:[(<](?P<email>[^()<>\s]+@[^()<>\s]+)[)>])?\s*", re.DOTALL)

Comment = AbstractMapping[str, Any]


class Sidecar(Record, kw_only=True):
    """What a sidecar says, or why it cannot be used."""

    document: str = ""
    comments: tuple[Comment, ...] = ()
    others: tuple[tuple[str, Any], ...] = ()
    """Keys of the file that are none of the format."""
    reasons: tuple[Words, ...] = ()
    newer: str = ""
    """Its version, when it is a later one that may be read all the same."""


def read_sidecar(name: str, data: bytes) -> Sidecar:
    """Return what a sidecar says; it may be YAML or JSON, and anybody may have written it."""
    if len(data) > LIMIT:
        return Sidecar(reasons=(say("review.refused.large", megabytes=LIMIT // 1_000_000),))
    found = _decoded(name, data.removeprefix(b"\xef\xbb\xbf"))
    if isinstance(found, Sidecar):
        return found
    reasons = tuple(_wrong(found))
    if reasons:
        return Sidecar(reasons=reasons)
    version = str(found["mrsf_version"])
    others = tuple((key, value) for key, value in found.items() if key not in ("mrsf_version", "document", "comments"))
    return Sidecar(
        document=found["document"],
        comments=tuple(found["comments"]),
        others=others,
        newer="" if version in ("1", "1.0") else version,
    )


def _decoded(name: str, data: bytes) -> dict[str, Any] | Sidecar:
    try:
        if data.lstrip().startswith(b"{"):
            found = json.decode(data)
        else:
            composed = compose(data.decode(), name, 1, _TEXTS, limit=LIMIT)
            if wrong := errors(composed.problems):
                return Sidecar(reasons=tuple(sentence(one) for one in wrong[:5]))
            found = _plain(composed.node)
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Sidecar(reasons=(say("review.refused.json", why=str(error).splitlines()[0]),))
    return found if isinstance(found, dict) else Sidecar(reasons=(say("review.refused.unknown"),))


def _plain(node: Node | None) -> Any:
    """Return the value of a node as YAML 1.2 means it: text, numbers, truth, lists and mappings."""
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    if not isinstance(node, Scalar):
        return [_plain(item) for item in node.items] if node else None
    if node.plain:
        if node.text in ("true", "false"):
            return node.text == "true"
        if re.fullmatch(r"-?[0-9]{1,9}", node.text):
            return int(node.text)
        if node.text in ("", "~", "null"):
            return None
    return node.text


def _wrong(found: AbstractMapping[str, Any]) -> list[Words]:
    """Return why a file is no sidecar that can be used."""
    version = str(found.get("mrsf_version", ""))
    if version.partition(".")[0] != "1":
        return [say("review.mrsf.version", version=version[:20] or "?")]
    document, comments = found.get("document"), found.get("comments")
    if not isinstance(document, str) or not document:
        return [say("review.mrsf.lacks", field="document")]
    if not isinstance(comments, list):
        return [say("review.mrsf.lacks", field="comments")]
    if len(comments) > _MOST:
        return [say("review.mrsf.many", count=_MOST)]
    reasons: list[Words] = []
    for number, one in enumerate(comments, 1):
        if fields := _lacking(one):
            reasons.append(say("review.mrsf.comment-lacks", number=number, field=fields))
    ids = [one["id"] for one in comments if not _lacking(one)]
    reasons += [say("review.mrsf.same-id", id=one) for one in dict.fromkeys(ids) if ids.count(one) > 1][:5]
    return reasons


def _lacking(comment: object) -> str:
    """Return the fields that a comment must have and has not, or that are no text."""
    if not isinstance(comment, dict):
        return "id, author, timestamp, text, resolved"
    texts = [key for key in ("id", "author", "timestamp", "text") if not isinstance(comment.get(key, ""), str)]
    texts += [key for key in ("id", "author", "timestamp", "text") if key not in comment]
    texts += [key for key in ("reply_to", "selected_text") if not isinstance(comment.get(key), str | None)]
    if not isinstance(comment.get("resolved"), bool):
        texts.append("resolved")
    return ", ".join(texts)


def person_in(author: str) -> Person:
    """Return the person that ``Kim (kim@example.org)`` names."""
    match = _AUTHOR.fullmatch(author.strip())
    name = (match["name"] if match else author).strip()
    email = match["email"] if match else None
    return Person(name=name or (email or "").partition("@")[0], email=email)


def text_of(comment: Comment) -> str:
    """Return what a comment says, and below it what yoyak has no key for."""
    others = {key: value for key, value in comment.items() if key not in KNOWN and not key.startswith(OURS)}
    if str(comment.get("type") or "comment") not in TYPES:
        others = {"type": comment["type"], **others}
    shown = ", ".join(f"{key}: {one if isinstance(one, str) else _value(one)}" for key, one in others.items())
    text = "" if comment.get(f"{OURS}text") is False else comment["text"].strip()
    return f"{text}\n\n[{shown}]" if shown else text


def words_of(comment: Comment) -> tuple[datetime, Person, str] | None:
    """Return when, who and what of a comment, by which it is known when an event was made of it."""
    at = instant(comment["timestamp"])
    return (in_milliseconds(at), person_in(comment["author"]), text_of(comment)) if at else None


def author_of(person: Person) -> str:
    return f"{person.name} ({person.email})" if person.email else person.name


def sidecar_text(document: str, comments: AbstractSequence[Comment], others: AbstractMapping[str, Any]) -> str:
    lines = [f'mrsf_version: "{VERSION}"', f"document: {quoted(document)}"]
    lines += [f"{_key(key)}: {_value(value)}" for key, value in others.items()]
    lines.append("comments:" if comments else "comments: []")
    for one in comments:
        fields = [f"{_key(key)}: {_value(value)}" for key, value in one.items()]
        lines += [f"  {'- ' if not number else '  '}{field}" for number, field in enumerate(fields)]
    return "\n".join(lines) + "\n"


def _key(key: str) -> str:
    return key if re.fullmatch(r"[a-z_][a-z0-9_]*", key) else quoted(key)


def _value(value: Any) -> str:
    return quoted(value) if isinstance(value, str) else json.encode(value).decode()
