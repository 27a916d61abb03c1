"""What the command line says: texts by key in en/ and ko/, and how a message becomes one of them."""

LANGUAGES = ("en", "ko")
"""In which the command line speaks: each has a folder here."""
