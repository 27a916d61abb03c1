"""What templates are compiled to, kept for the next site of the process: two thirds of the build of a small site."""

from __future__ import annotations

import marshal
import pickle
import re
from collections import deque
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2

from yoyak.model.sources import Looks
from yoyak.pipeline import render
from yoyak.settings.config import SiteConfig
from yoyak.templating import looks as templates

_environment = render._environment
_INCLUDE = re.compile(r"\{%[-+]?\s*include\b(?:\s*(['\"])([\w./-]+)\1(?=\s*[-+]?%\}|\s+with))?")


class _Bucket:
    code: CodeType | None = None

    def __init__(self, what_decides: tuple[object, ...]) -> None:
        self.what_decides = what_decides


@lru_cache(maxsize=2048)
def _bucket(*what_decides: object) -> _Bucket:
    return _Bucket(what_decides)


NEW: deque[_Bucket] = deque(maxlen=256)
"""What this process compiled last."""


def packed() -> bytes:
    """Return what is new, to be taken by another process of the same code."""
    return pickle.dumps([(one.what_decides, marshal.dumps(one.code)) for one in NEW])


def take(given: bytes) -> None:
    """Keep what a fork compiled, and read yoyak's templates as it did: the next one need not."""
    for what_decides, code in pickle.loads(given):
        _bucket(*what_decides).code = marshal.loads(code)
        _read_all()


@cache
def _read_all() -> None:
    for file in (Path(__file__).parent.parent / "templates").rglob("*.*"):
        if file.suffix in (".html", ".xml", ".txt"):
            templates._read_in(file.read_text(encoding="utf-8"))


class _Compiled(jinja2.BytecodeCache):
    """The code of templates, by their texts with those of the partials in them. A mistake has none: it is told anew."""

    def __init__(self, looks: Looks, *what_decides: object) -> None:
        self.looks = looks
        self.what_decides = what_decides

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Any:
        texts: dict[str, object] = {}
        for part in _included(source):
            self._read(part, texts)
        return _bucket(*self.what_decides, name, filename, source, tuple(texts.items()))

    def set_bucket(self, bucket: Any) -> None:
        NEW.append(bucket)

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
    made.bytecode_cache = _Compiled(looks, kind, config.language, config.base_url)
    return made


def keep() -> None:
    """From now on compile each template once in this process."""
    render._environment = _keeping
