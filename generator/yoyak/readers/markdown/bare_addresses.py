"""Bare addresses in running text, and where they end: before a particle, a full-width sign, a sentence's own sign."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

_PROTOCOL = re.compile(r"(?:^|[^A-Za-z0-9+.-])(https?|mailto)$", re.IGNORECASE)
_MAIL = re.compile(r":[A-Za-z0-9._+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]+")
_ADDRESS = re.compile(
    r"://(?:(?:[\w-]+\.)+[^\W_][\w-]*|[A-Za-z0-9][A-Za-z0-9-]*(?![\w-]))(?::\d{1,5})?(?:[/?#][^\s<>]*)?"
)
_WITHOUT_PROTOCOL = re.compile(r"www\.(?:[\w-]+\.)*[^\W_][\w-]*(?::\d{1,5})?(?:[/?#][^\s<>]*)?")
_TAIL = re.compile(r"(?:[?!.,:;*_~'\"\]}]|&[A-Za-z0-9]+;)$")
_KOREAN_BEHIND = re.compile(r"^(.*[!-~])([가-힣]+)$", re.DOTALL)
_PARTICLES = frozenset(
    """은 는 이 가 을 를 의 에 로 와 과 도 만 나 랑 께 서 에서 에게 한테 으로 부터 까지 마다 조차
    밖에 처럼 보다 이나 이랑 에는 에도 에만 에서는 에서도 에서의 에서만 으로는 으로도 로는 로도 로서
    로써 으로서 으로써 와는 과는 와의 과의 이다 이며 이고 인데 입니다 이에요 예요 라는 이라는 라고
    이라고 라며 이라며 란 이란 인 였다 이었다 에게서 부터는 까지는 등 및""".split()
)
_WIDE_SIGNS = re.compile(r"[、。，．：；！？「」『』（）〈〉《》【】〔〕“”‘’…·ㆍ]")


def bare_address(state: StateInline, silent: bool) -> bool:
    """Take a bare address for a link, as GitHub does (GFM, "Autolinks (extension)"), and also one that a letter of
    Hangul or a quotation mark stands before. The library's own rule takes the square of the text's length."""
    if silent or state.linkLevel or state.src[state.pos] != ":":
        return False
    protocol = _PROTOCOL.search(state.pending[-7:])
    pattern = _MAIL if protocol and protocol[1].lower() == "mailto" else _ADDRESS
    match = pattern.match(state.src, state.pos, state.posMax) if protocol else None
    if protocol is None or match is None:
        return False
    address = protocol[1] + end_of_address(match[0])
    state.pending = state.pending[: -len(protocol[1])]
    _push(state, address, address)
    state.pos += len(address) - len(protocol[1])
    return True


def www_address(state: StateInline, silent: bool) -> bool:
    """Take ``www.example.org`` for a link."""
    if silent or state.linkLevel or not state.src.startswith("www.", state.pos):
        return False
    match = _WITHOUT_PROTOCOL.match(state.src, state.pos, state.posMax)
    if match is None or (state.pos and state.src[state.pos - 1].isascii() and state.src[state.pos - 1].isalnum()):
        return False
    address = end_of_address(match[0])
    _push(state, f"http://{address}", address)
    state.pos += len(address)
    return True


def _push(state: StateInline, address: str, words: str) -> None:
    state.push("link_open", "a", 1).attrs = {"href": address}
    state.push("text", "", 0).content = words
    state.push("link_close", "a", -1)


def end_of_address(address: str) -> str:
    """Return an address without what stands right behind it and belongs to the sentence.

    >>> end_of_address("https://gaon.example/fares)에서")
    'https://gaon.example/fares'
    """
    if sign := _WIDE_SIGNS.search(address):
        address = address[: sign.start()]
    while True:
        korean = _KOREAN_BEHIND.match(address)
        if korean and korean[2] in _PARTICLES:
            address = korean[1]
        elif tail := _TAIL.search(address[-12:]):
            address = address[: len(address) - len(tail[0])]
        elif address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1]
        else:
            return address
