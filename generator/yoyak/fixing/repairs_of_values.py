"""Repairs of single values: a slip in one of a few words, a number with a zero before it, quotes round a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from zoneinfo import available_timezones

from yoyak.fixing.case import Case, Found, Repair, becomes, block_end, nearest, plain_word, word_at
from yoyak.front_matter.yaml_words import WIDE_COMMA, quoted
from yoyak.model.message import Words, say
from yoyak.text.byte_lines import Edit
from yoyak.text.calendar import meant_key
from yoyak.text.names import fold, slugify
from yoyak.text.urls import is_web_address

_TRUTHS = {"yes": "true", "on": "true", "no": "false", "off": "false"}
_RELEASES = frozenset(("full", "approved", "unlisted"))
"""Words that publish more than any other would: nobody's slip is taken for one of them, only their case is mended."""
_COMMENT = re.compile(r"\s#")
_ONE_ITEM = re.compile(r"""\[\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,\[\]{}"'#&*!|>%@`-][^,\[\]{}"'#]*?)\s*,?\s*\]""")
"""A list of one text."""
_MARKS_OF_FLOW = re.compile(r"[\[\]{},#:\"']|^[-?&*!|>%@`]")


def _become(case: Case, text: str) -> Found:
    """Put a word in the place of the one that stands there."""
    word = word_at(case)
    if text and text != case.line[word.start : word.end]:
        yield Repair(
            what=becomes(word.text, text),
            edits=case.put(word.start, word.end, text),
            changes=frozenset({case.top_key()}),
        )


def one_of_few(case: Case) -> Found:
    """Mend a slip in a word of which there are only a few."""
    word = word_at(case)
    known = case.known(word.key)
    if known is None or not known.choices:
        return
    plain = plain_word(word.text)
    truth = _TRUTHS.get(plain.lower(), "") if "true" in known.choices else ""
    found = truth or nearest(plain, known.choices)
    if found not in _RELEASES or found == plain.lower():
        yield from _become(case, found)


def digits(case: Case) -> Found:
    """Write a number in digits alone: ``010``, ``1,000`` and ``１０`` are whole numbers."""
    plain = re.sub(r"[_,\s]", "", plain_word(word_at(case).text))
    if re.fullmatch(r"[0-9]{1,15}", plain):
        yield from _become(case, str(int(plain)))


def language_code(case: Case) -> Found:
    """Write ``en_GB`` as ``en-GB``."""
    plain = plain_word(word_at(case).text).replace("_", "-")
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", plain):
        yield from _become(case, plain)


def address(case: Case) -> Found:
    """Take quotes and angles off an address."""
    plain = plain_word(word_at(case).text)
    if is_web_address(plain):
        yield from _become(case, plain)


def old_address(case: Case) -> Found:
    """Leave the host out of an old address that names this site's own, under http or https."""
    plain, config = plain_word(word_at(case).text), case.place.config
    host = config.base_url.split("://", 1)[1].split("/", 1)[0] if config else ""
    match = re.fullmatch(rf"https?://(?:www\.)?{re.escape(host)}(/[^?#]*)", plain, re.IGNORECASE) if host else None
    if match:
        yield from _become(case, match[1])


def edition(case: Case) -> Found:
    """Write the key of an edition in its one form: ``2024-w7`` is ``2024-W07``."""
    cadence = case.place.config.cadence if case.place.config else "none"
    if key := meant_key(plain_word(word_at(case).text), cadence):
        yield from _become(case, key)


def zone(case: Case) -> Found:
    """Mend a slip in the name of a time zone."""
    yield from _become(case, nearest(plain_word(word_at(case).text).replace(" ", "_"), available_timezones()))


def slug(case: Case) -> Found:
    """Write a slug as it can stand in an address."""
    yield from _become(case, slugify(word_at(case).text))


def theme(case: Case) -> Found:
    """Mend a slip in the name of a theme, where it stands once."""
    registry = case.place.config.themes if case.place.config else ()
    known = {fold(name): name for theme in registry for name in (theme.title, theme.slug)}
    written = [str(value) for key, value in case.looked.keys.items() if key.startswith("themes.")]
    for name in (name for name in written if fold(name) not in known):
        meant = nearest(name, known.values())
        places = list(_places(case, name)) if meant else []
        if len(places) == 1:
            at, start = places[0]
            text = case.lines.text(at)
            edit = Edit(line=at, texts=(text[:start] + meant + text[start + len(name) :],))
            yield Repair(what=becomes(name, meant), edits=(edit,), changes=frozenset({"themes"}))


def _places(case: Case, name: str) -> Iterator[tuple[int, int]]:
    """Yield line and index of a whole word in the value that the problem is about."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    first = case.top_entry() or case.at
    for number in range(first, block_end(case.lines, first, case.looked.head.stop - 1) + 1):
        text = case.lines.text(number)
        start = text.index(":") if number == first and ":" in text else 0
        yield from ((number, match.start()) for match in pattern.finditer(text, start))


# --- the shape of a value ---------------------------------------------------------------------------


def shape(case: Case) -> Found:
    """Put a text in quotes that YAML took for a list or for keys; give a list or keys their brackets."""
    line, start = case.line, case.start
    value = line[start:].rstrip()
    word = word_at(case)
    known = case.known(word.key)
    if known is None or not value:
        return
    if value[0] in "[{" and _COMMENT.search(value):
        return  # it would become text
    if known.text and value[0] in "[{":
        yield Repair(what=say("repair.quotes"), edits=case.put(start, len(line), quoted(value)))
    elif known.first and not known.many and value[0] not in "[{":
        inner = quoted(word.text) if _MARKS_OF_FLOW.search(word.text) else word.text
        edits = case.put(word.start, word.end, f"{{{known.first}: {inner}}}")
        yield Repair(what=say("repair.text-of-key", inner=known.first, key=word.key), edits=edits)
    elif known.first and not known.many and (item := _ONE_ITEM.fullmatch(value)):
        edits = case.put(start, start + len(value), f"{{{known.first}: {item[1]}}}")
        yield Repair(what=say("repair.item-of-key", inner=known.first, key=word.key), edits=edits)
    elif known.many and value[0] == "{" and value[-1] == "}":
        yield Repair(what=say("repair.list-brackets"), edits=case.put(start, start + len(value), f"[{value}]"))


def in_quotes(case: Case) -> Found:
    """Put a text in quotes that cannot be read without, when its key takes no list and no keys."""
    match = re.match(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[A-Za-z_]+)[ \t]*:[ \t]+(?P<value>\S.*?)[ \t]*$", case.line)
    known = case.known(match["key"]) if match else None
    if not match or not known or not known.text:
        return
    value = match["value"]
    if _COMMENT.search(value) or any(f"{name}: " in value for name in case.names(top=True)):
        return  # a comment would become text; of two lines that ran together the second may say: status: draft
    whole = len(value) > 1 and value[0] == value[-1] in "\"'" and value[0] not in value[1:-1]
    text = quoted(value[1:-1] if whole else value)
    if text != value:
        what = say("repair.single-quotes" if whole else "repair.quotes")
        yield Repair(what=what, edits=case.put(match.start("value"), match.end("value"), text))


def several(case: Case) -> Found:
    """Make a list of slugs that stand with commas between them; any other text may have a comma of its own."""
    word = word_at(case)
    parts = [part.strip() for part in WIDE_COMMA.sub(",", word.text).split(",")]
    registry = case.place.config.themes if case.place.config else ()
    themes = {fold(name) for theme in registry for name in (theme.slug, theme.title)}
    if word.key in ("pins", "order") or (word.key == "themes" and themes.issuperset(map(fold, parts))):
        text = f"[{', '.join(parts)}]"
        edits = case.put(word.start, word.end, text)
        yield Repair(what=say("repair.list", text=text), edits=edits, changes=frozenset({word.key}))


# --- the addresses of pictures ---------------------------------------------------------------------------------------


_DIGITS = re.compile(r"\d+")


def address_of_picture(case: Case) -> Found:
    """Write the name of the picture that was meant, where one slip parts the two and the address stands once.

    ``pier-2.jpg`` for ``pier-1.jpg`` is no slip: they are two pictures.
    """
    named = {**_values_in(case.problem.message), **_values_in(case.problem.hint)}
    written, meant = named.get("missing-picture", ""), named.get("did-you-mean", "")
    if not (written and meant and case.at):
        return
    same_digits = _DIGITS.findall(written) == _DIGITS.findall(meant)
    if same_digits and nearest(written, [meant]) and case.line.count(written) == 1:
        start = case.line.index(written)
        edits = case.put(start, start + len(written), meant)
        what = becomes(written, meant)
        yield Repair(what=what, edits=edits, changes=frozenset({"image"}), in_body=case.at not in case.looked.head)


def _values_in(words: Words) -> Mapping[str, str]:
    """Return the first text that each message in a message has as a value, by the key of the message."""
    if isinstance(words, str):
        return {}
    found: dict[str, str] = {}
    for _, value in words.values:
        if isinstance(value, str):
            found.setdefault(words.key, value)
        elif not isinstance(value, int):
            found |= _values_in(value)
    return found
