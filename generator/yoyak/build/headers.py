"""headers: what a site is served with, for a server that a desk sets up itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from yoyak.build.addresses import gone_of_build
from yoyak.check.security_policy import security_policy
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Problem
from yoyak.pages.host_headers import header_rules
from yoyak.pages.server_snippets import snippet
from yoyak.paths import templates_folder
from yoyak.pipeline.load import load_looks
from yoyak.pipeline.load_root_files import root_files_of
from yoyak.settings.config import load_config


def headers_of(folder: Path, server: str, *, environment: Mapping[str, str]) -> tuple[str, tuple[Problem, ...]]:
    """Return the headers of a site in the language of a server, and an error for each code that they do not allow.

    Raises:
        YoyakError: the settings or the templates cannot be read.
    """
    config, problems = load_config(folder, at=None, preview=False, environment=environment)
    if config is None:
        raise YoyakError(*problems)
    looks = load_looks(templates_folder(), folder / "templates")
    root, _ = root_files_of(folder, config)
    policy, found = security_policy(config, looks)
    rules = header_rules(config, policy, [one.output for one in root])
    return snippet(server, rules, config.base_path, gone_of_build(folder, folder / "output")), found
