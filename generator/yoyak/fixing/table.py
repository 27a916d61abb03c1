"""Which repair is tried for which problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yoyak.fixing import repairs_of_days as days
from yoyak.fixing import repairs_of_files as files
from yoyak.fixing import repairs_of_keys as keys
from yoyak.fixing import repairs_of_values as values
from yoyak.fixing.case import Case, Found

Try = Callable[[Case], Found]

REPAIRS: Mapping[str, tuple[Try, ...]] = {
    "control-characters": (files.stray_characters,),
    "bad-fence": (files.fence,),
    "tab": (keys.tabs,),
    "bad-address": (values.address,),
    "bad-alias": (values.old_address,),
    "bad-choice": (values.one_of_few,),
    "bad-date": (days.one_day_only,),
    "bad-edition": (values.edition,),
    "bad-language": (values.language_code,),
    "bad-number": (values.digits,),
    "bad-slug": (values.slug,),
    "bad-timezone": (values.zone,),
    "bad-url": (values.address,),
    "control-character": (files.invisible,),
    "duplicate-key": (keys.repeated_key,),
    "empty-value": (keys.empty_item,),
    "missing-picture": (values.address_of_picture,),
    "single-item": (values.several,),
    "unclosed-bracket": (values.in_quotes,),
    "unexpected-line": (keys.no_space, keys.too_deep),
    "unknown-key": (keys.misspelt_key,),
    "foreign-key": (keys.misspelt_key,),
    "unknown-theme": (values.theme,),
    "wrong-shape": (values.shape,),
    "yaml-syntax": (keys.no_space, values.in_quotes),
    "date-year-inferred": (days.year_written_down,),
}
"""By the problem's code; the first ones make the others readable, the last one puts lines in at the top."""

LEFT_TO_PEOPLE = (frozenset(REPAIRS) - {"missing-picture"}) | {
    "ambiguous-comment", "bad-key", "empty-block", "hidden-character", "look-alike-letter", "title-unsure",
    "date-unsure", "authors-unsure", "unclosed-quote", "yaml-feature",
}  # fmt: skip
"""Problems of a few words in a line. When no repair is certain they are shown for a person to decide."""
