"""What is done to the tree of a text, in this order."""

from __future__ import annotations

from yoyak.readers.markdown.attribute_lists import take_attribute_lists
from yoyak.readers.markdown.body import Step, level_headings, take_title
from yoyak.readers.markdown.code import colour_code
from yoyak.readers.markdown.doubts import report_doubts
from yoyak.readers.markdown.figures import make_figures
from yoyak.readers.markdown.links_in_tree import resolve_links, resolve_names, resolve_pictures
from yoyak.readers.markdown.media import replace_media
from yoyak.readers.markdown.notes import place_notes
from yoyak.readers.markdown.raw_html import make_canonical
from yoyak.readers.markdown.small_steps import box_callouts, mend_tables, name_tasks

STEPS: tuple[tuple[str, Step], ...] = (
    ("raw HTML becomes canonical", make_canonical),
    ("films, frames and forms become links", replace_media),
    ("what is doubtful is reported", report_doubts),
    ("a first heading is the title", take_title),
    ("attribute lists", take_attribute_lists),
    ("levels and ids of headings", level_headings),
    ("callouts", box_callouts),
    ("footnotes", place_notes),
    ("names of notes are links", resolve_names),
    ("pictures on lines of their own are figures", make_figures),
    ("links", resolve_links),
    ("pictures", resolve_pictures),
    ("tables", mend_tables),
    ("names of tasks' boxes", name_tasks),
    ("colours of code", colour_code),
)
