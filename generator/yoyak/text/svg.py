"""SVG pictures: which of them are only pictures.

A browser runs a script in an SVG that is opened by its own address, so one that holds anything but drawing is refused.
No document type is read: entities are how XML attacks begin.
"""

from __future__ import annotations

import re
from xml.parsers import expat

_DRAWING = frozenset(
    """svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc metadata
    linearGradient radialGradient stop pattern clipPath mask marker filter image switch view
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence style""".split()
)
_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_LOCAL = re.compile(r"^\s*(#|data:image/(png|jpeg|gif|webp);base64,)")
_CSS_ADDRESS = re.compile(r"url\((?!\s*['\"]?#)|@import|expression\(|-moz-binding|\\", re.IGNORECASE)
"""What loads something, and the backslash, which can write any of it (CSS Syntax §4.3.7)."""

_FOREIGN = re.compile(r"url\((?!\s*['\"]?#)", re.IGNORECASE)


def unsafe_part(data: bytes) -> str:
    """Return what in an SVG file is more than a drawing, in words; empty when it is only a drawing."""
    found: list[str] = []
    in_style: list[bool] = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        in_style[0] = local == "style"
        if space == _XHTML or (space in ("", _SVG) and local not in _DRAWING):
            found.append(f"a <{local[:30]}> element")
        found.extend(
            _unsafe_attribute(key, value) for key, value in attributes.items() if _unsafe_attribute(key, value)
        )

    def characters(text: str) -> None:
        if in_style[0] and _CSS_ADDRESS.search(text):
            found.append("a style that loads something")

    def doctype(*_: object) -> None:
        found.append("a document type with entities")

    def instruction(target: str, _data: str) -> None:
        found.append(f"an instruction to a program ({target[:30]})")  # <?xml-stylesheet can name a script

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.CharacterDataHandler = characters
    parser.EntityDeclHandler = doctype
    parser.ProcessingInstructionHandler = instruction
    parser.buffer_text = True  # a reference inside a word would cut it in two
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        return f"no well-formed XML ({error})"
    return found[0] if found else ""


def _unsafe_attribute(key: str, value: str) -> str:
    local = key.rpartition(" ")[2].lower()
    if local.startswith("on"):
        return f"an event handler ({local[:30]})"
    if local in ("href", "src") and not _LOCAL.match(value):
        return "an address outside itself"
    return "a style that loads something" if _loads(local, value) else ""


def _loads(attribute: str, value: str) -> bool:
    """Tell whether a style, or an attribute that is one (``fill``, ``filter``, ``mask`` …), has an address in it."""
    return _CSS_ADDRESS.search(value) is not None if attribute == "style" else _FOREIGN.search(value) is not None
