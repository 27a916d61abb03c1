"""The texts of the help, of wrong usage and of the schemas: Korean is in messages/ko/, English where it is used."""

from __future__ import annotations

import sys


def help_text(key: str) -> str:
    """Return a text of the help in the language that is spoken; empty for English, which loads nothing."""
    catalogue = sys.modules.get("yoyak.messages.catalogue")
    if catalogue is None or catalogue.spoken_language() == "en":
        return ""
    return str(catalogue.texts(catalogue.spoken_language()).get(key, ""))
