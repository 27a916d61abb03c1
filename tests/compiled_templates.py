"""What templates are compiled to, kept for the next site of the process: two thirds of the build of a small site."""

from __future__ import annotations

import marshal
import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from hashlib import sha256
from types import CodeType
from typing import Any

import jinja2

from yoyak.model.sources import Looks
from yoyak.pipeline import render
from yoyak.settings.config import SiteConfig

_environment = render._environment
_INCLUDE = re.compile(r"\{%[-+]?\s*include\b(?:\s*(['\"])([\w./-]+)\1(?=\s*[-+]?%\}|\s+with))?")


_MOST = 2048


class _Bucket:
    code: CodeType | None = None


_kept: dict[bytes, _Bucket] = {}
"""By a digest of what decides."""


def compiled(without: Collection[bytes] = ()) -> dict[bytes, CodeType]:
    """Return what is compiled by now, so that a fork can give it to the process that began it."""
    return {key: found.code for key, found in _kept.items() if found.code and key not in without}


def keep_compiled(found: Mapping[bytes, CodeType]) -> None:
    """Keep what a fork compiled."""
    for key, code in found.items():
        _kept.setdefault(key, _Bucket()).code = code


class _Compiled(jinja2.BytecodeCache):
    """The code of templates, by their texts with those of the partials in them. A mistake has none: it is told anew."""

    def __init__(self, looks: Looks, *what_decides: object) -> None:
        self.looks = looks
        self.what_decides = what_decides

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Any:
        texts: dict[str, object] = {}
        for part in _included(source):
            self._read(part, texts)
        decides = (*self.what_decides, name, filename, source, tuple(texts.items()))
        if len(_kept) > _MOST:
            _kept.clear()
        return _kept.setdefault(sha256(marshal.dumps(decides, 2)).digest(), _Bucket())

    def set_bucket(self, bucket: Any) -> None: ...

    def _read(self, name: str, texts: dict[str, object]) -> None:
        """Add the text of a partial, and of those that it includes; all texts, where it is not said which it is."""
        if name in texts:
            return
        if not name:
            texts[name] = tuple(tuple(one.items()) for one in (self.looks.originals, self.looks.overrides))
            return
        text = self.looks.overrides.get(name, self.looks.originals.get(name.removeprefix("yoyak/")))
        texts[name] = text
        for part in _included(text or ""):
            self._read(part, texts)


@lru_cache(maxsize=2048)
def _included(source: str) -> tuple[str, ...]:
    """Return the names of the partials that a template includes, "" for one that is named in another way."""
    return tuple(found[2] or "" for found in _INCLUDE.finditer(source))


def _keeping(kind: type[jinja2.Environment], chrome: Any, looks: Looks, bodies: Any, config: SiteConfig) -> Any:
    """Return the environment that yoyak makes. Partials are put into code, and filters of what is constant."""
    made = _environment(kind, chrome, looks, bodies, config)
    made.bytecode_cache = _Compiled(looks, kind.__name__, config.language, config.base_url)
    return made


def keep() -> None:
    """From now on compile each template once in this process."""
    render._environment = _keeping
