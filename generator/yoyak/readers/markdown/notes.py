"""Footnotes: marks in the text and notes below it, which lead to each other and say so to those who hear the page."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from yoyak.model.message import say
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.nodes import NOTE, NOTE_TEXT, append_text, new, take_out, with_parents
from yoyak.templating.language import Language, message, words_for

_ORDINALS = ("", "두 번째 ", "세 번째 ", "네 번째 ", "다섯 번째 ")
"""Of places in a text, as Korean counts them: in words as far as these go."""


def place_notes(root: Element, body: Body) -> None:
    """Number the marks in their order, put the notes behind the text, and report marks and notes that stand alone."""
    texts = _take_texts(root)
    marks: dict[str, list[Element]] = {}
    _number_marks([root], texts, marks, set())
    reached = {*marks, *body.notes_of_title}
    _number_marks([text for label, text in texts.items() if label not in marks], texts, marks, set(texts))
    if not texts:
        return
    words = words_for(body.around.language)
    order = [*marks, *(label for label in texts if label not in marks)]
    section = new("section", {"class": "footnote", "role": "doc-endnotes", "aria-labelledby": "footnotes"})
    section.append(new("h2", {"id": "footnotes"}, text=message(words, "body.notes")))
    items = new("ol")
    section.append(items)
    for number, label in enumerate(order, 1):
        for mark_number, mark in enumerate(marks.get(label, ()), 1):
            _make_mark(mark, number, mark_number, words)
        items.append(_item(texts[label], number, len(marks.get(label, ())), words))
        if label not in reached and not label.startswith("^"):  # the mark of a note in a line is in what is left out
            _report_alone(label, texts[label], body)
    root.append(section)


def _take_texts(root: Element) -> dict[str, Element]:
    """Take the notes out of the tree. Of two with one label both stay, the second without a mark."""
    found: dict[str, Element] = {}
    for parent, child in with_parents(root):
        label = child.get(NOTE_TEXT)
        if child.tag != "section" or label is None:
            continue
        take_out(parent, child)
        if label in found:
            label = f"{label}\n{len(found)}"
        found[label] = child
    return found


def _number_marks(
    waiting: list[Element], texts: dict[str, Element], marks: dict[str, list[Element]], seen: set[str]
) -> None:
    """Add the marks of each note, in the order in which they are first seen: in the text, then in other notes."""
    while waiting:
        for mark in waiting.pop(0).iter("sup"):
            label = mark.get(NOTE)
            if label is None or label not in texts:
                continue
            marks.setdefault(label, []).append(mark)
            if label not in seen:
                seen.add(label)
                waiting.append(texts[label])


def _make_mark(mark: Element, number: int, again: int, words: Language) -> None:
    mark.attrib.clear()
    mark.set("class", "footnote-ref")
    name = f"fnref:{number}" if again == 1 else f"fnref{again}:{number}"
    values = {"class": "footnote-ref", "href": f"#fn:{number}", "id": name, "role": "doc-noteref"}
    values["aria-label"] = message(words, "body.note", number=number)
    mark.append(new("a", values, text=str(number)))


def _item(text: Element, number: int, marks: int, words: Language) -> Element:
    """Return a note with a way back to each of its marks."""
    item = new("li", {"id": f"fn:{number}"}, line=getattr(text, "line", 0))
    item.text = text.text
    item.extend(text)
    last = item[-1] if len(item) and item[-1].tag == "p" else item
    for again in range(1, marks + 1):
        name = f"fnref:{number}" if again == 1 else f"fnref{again}:{number}"
        values = {"class": "footnote-backref", "href": f"#{name}", "role": "doc-backlink"}
        values["aria-label"] = _back(number, again, words)
        append_text(last, " ")
        last.append(new("a", values, text="↩"))
    return item


def _back(number: int, again: int, words: Language) -> str:
    if again == 1:
        return message(words, "body.note_back", number=number)
    place = str(again)
    if words.code == "ko":
        place = _ORDINALS[again - 1] if again <= len(_ORDINALS) else f"{again}번째 "
    return message(words, "body.note_back_again", number=number, place=place)


def _report_alone(label: str, text: Element, body: Body) -> None:
    written, _, again = label.partition("\n")
    note, hint = f"[^{written}]:", say("lonely-note.no-mark.hint", mark=f"[^{written}]")
    body.warning("lonely-note.twice" if again else "lonely-note.no-mark", note, near=text, hint=hint, note=note)
