"""What templates are compiled to, kept for the next site of the process: two thirds of the build of a small site."""

from __future__ import annotations

from functools import lru_cache
from types import CodeType
from typing import Any

import jinja2

from yoyak.model.sources import Looks
from yoyak.pipeline import render
from yoyak.settings.config import SiteConfig

_environment = render._environment


class _Compiled(jinja2.BytecodeCache):
    """The code of the templates of one set, by name and file. A mistake has none: it is told anew each time."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str | None, str], _Bucket] = {}

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Any:
        return self.kept.setdefault((name, filename, source), _Bucket())

    def set_bucket(self, bucket: Any) -> None: ...


class _Bucket:
    code: CodeType | None = None


@lru_cache(maxsize=48)
def _compiled(*what_decides: object) -> _Compiled:
    return _Compiled()


def _keeping(kind: type[jinja2.Environment], chrome: Any, looks: Looks, bodies: Any, config: SiteConfig) -> Any:
    """Return the environment that yoyak makes. Partials are put into code, and filters of what is constant."""
    made = _environment(kind, chrome, looks, bodies, config)
    sources = (tuple(one.items()) for one in (looks.originals, looks.overrides))
    made.bytecode_cache = _compiled(kind, config.language, config.base_url, *sources)
    return made


def keep() -> None:
    """From now on compile each template once in this process."""
    render._environment = _keeping
