"""Passwords and tokens with every character that an address, a shell, YAML or a pattern may stumble over."""

from __future__ import annotations

import random

_ODD = "'\"`/\\ @:#?%&=;,+$!(){}[]<>|~^*._-한글é\u00a0"
_PLAIN = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_BEGINNINGS = ("", "ghp_", "glpat-", "x-oauth-", "AKIA", "eyJ")


def odd_secret(number: int) -> str:
    """Return a secret of 12 to 30 characters, always the same for a number."""
    chance = random.Random(f"secret {number}")
    middle = [chance.choice(_PLAIN if chance.random() < 0.7 else _ODD) for _ in range(chance.randint(6, 20))]
    # Its ends are plain, so that no reader of addresses takes them off as space.
    return f"{chance.choice(_BEGINNINGS)}Q{chance.choice(_PLAIN)}{''.join(middle)}{chance.choice(_PLAIN)}Zq"


def pieces(secret: str) -> set[str]:
    """Return what may not be read anywhere: the secret, and each longer piece of it between odd characters."""
    whole = "".join(character if character in _PLAIN else " " for character in secret).split()
    return {secret, *(piece for piece in whole if len(piece) >= 6)}
