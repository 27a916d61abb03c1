"""Names of files that systems, office programs and editors leave beside what people write."""

from __future__ import annotations

_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", ".ds_store", "icon\r"})
_BEGINNINGS = ("~$", "._", ".~lock.")
"""Word's lock of an open document, macOS's second half of a file on a foreign disk, LibreOffice's lock."""
_ENDINGS = ("~", ".tmp", ".swp", ".swo", ".swx", ".review.yaml", ".review.json")
"""The last two are notes in the Markdown Review Sidecar Format, which editors' plug-ins keep next to an article."""
_FOLDERS = frozenset({"@eadir", "$recycle.bin", "system volume information", "__macosx"})


def is_leftover(name: str) -> bool:
    """Tell whether a file of this name is a program's own and no work of a person.

    >>> [is_leftover(name) for name in ("Thumbs.db", "~$회의록.docx", "글.md~", "회의록.docx")]
    [True, True, True, False]
    """
    lower = name.lower()
    autosaved = len(name) > 1 and name[0] == name[-1] == "#"  # Emacs
    return lower in _NAMES or lower.startswith(_BEGINNINGS) or lower.endswith(_ENDINGS) or autosaved


def is_systems_folder(name: str) -> bool:
    """Tell whether a folder of this name is the system's: of thumbnails or of deleted files."""
    return name.lower() in _FOLDERS
