"""Which names in angle brackets are HTML. Others are what somebody wrote: ``List<String>``, ``<your name>``."""

from __future__ import annotations

import re

NAMES = frozenset(
    """a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote
    body br button canvas caption center circle cite code col colgroup command data datalist dd del details dfn
    dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset g h1 h2 h3 h4 h5 h6
    head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing main
    map mark marquee math menu menuitem meta meter nav nobr noembed noframes noscript object ol optgroup option
    output p param path picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select
    slot small source spacer span strike strong style sub summary sup svg table tbody td template textarea tfoot
    th thead time title tr track tt u ul var video wbr xmp""".split()
)
"""The elements of HTML, the old ones too, and the few of SVG and MathML that begin a drawing or a formula."""
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)")


def begins_unknown_tag(text: str, at: int = 0) -> bool:
    """Tell whether a ``<`` begins something that is neither an element of HTML nor a comment."""
    if text.startswith(("<!--", "<!-"), at):
        return False
    tag = _TAG.match(text, at)
    if tag:
        return tag[1].lower() not in NAMES
    return text.startswith(("<?", "<!"), at) and text[at : at + 9].lower() != "<!doctype"
