"""Addresses in messages, without what only their owner may know."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from odd_secrets import odd_secret, pieces
from rows import each_row
from yoyak.text.secrets import (
    hidden,
    secrets_in,
    secrets_of,
    settings_without_secrets,
    shown_address,
    without_secrets,
    words_without_secrets,
)

SHOWN = {
    "https://git.example.org/digest.git": "https://git.example.org/digest.git",
    "https://desk:s3cret@git.example.org:8443/digest.git": "https://git.example.org:8443/digest.git",
    "https://x-access-token:ghp_16C7e42F@github.com/desk/x.git": "https://github.com/desk/x.git",
    "https://glpat-1234@git.example.org/x.git": "https://git.example.org/x.git",
    "http://user:pa'SECRET@host/x": "http://host/x",
    "http://user:p@SECRET@host/x": "http://host/x",
    "http://user:pa/SECRET@host/x": "http://…@host/x",
    "http://user:pa?SECRET@host/x": "http://…",
    "http://user:pa#SECRET@host/x": "http://…",
    "https://host/x.git?token=SECRET": "https://host/x.git?…",
    "https://host/x.git#access_token=SECRET": "https://host/x.git#…",
    "https://host/x.git?token=SE@CRET": "https://…",
    "git@git.example.org:desk/digest.git": "git.example.org:desk/digest.git",
    "user:pw@host:path": "host:path",
    "us/er:pw@host:path": "…@host:path",
    "user:pw://x@host:path": "…@host:path",
    "ghp_SECRET@github.com/desk/x.git": "github.com/desk/x.git",
    "../digest.git": "../digest.git",
    "": "",
}


@each_row("written", SHOWN)
def test_an_address_is_shown_without_user_password_and_query(written: str) -> None:
    assert shown_address(written) == SHOWN[written]


PLACES = (
    "https://{}@git.example.org/x.git", "https://desk:{}@git.example.org/x.git", "https://{}:x@git.example.org/x.git",
    "https://x-access-token:{}@github.com/x.git", "https://git.example.org/x.git?token={}",
    "https://git.example.org/x.git?a=b&X-Amz-Signature={}", "https://git.example.org/x.git#access_token={}",
    "desk:{}@git.example.org:x.git", "ssh://desk:{}@git.example.org/x.git", "https:/desk:{}@git.example.org/x.git",
    "HTTPS://desk:{}@[::1]:8080/x.git", "//desk:{}@git.example.org/x.git",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_piece_of_300_odd_secrets_is_left_of_an_address(place: str) -> None:
    leaks = []
    for number in range(300):
        for secret in (odd_secret(number), quote(odd_secret(number), safe="")):
            shown = shown_address(place.format(secret))
            leaks += [(secret, shown) for piece in pieces(odd_secret(number)) if piece in shown]
    assert leaks == []


SAYINGS = (
    "fatal: unable to access '{}/': The requested URL returned error: 403", 'fatal: repository "{}" not found',
    "fatal: Authentication failed for '{}'", "remote: error: {} is gone", "warning: redirecting to {}",
    "fatal: could not read Password for '{}': terminal prompts disabled",
)  # fmt: skip


@pytest.mark.parametrize("saying", SAYINGS)
def test_no_piece_of_a_secret_is_left_of_what_git_says(saying: str) -> None:
    leaks = []
    for number in range(300):
        secret = odd_secret(number)
        for address in (f"https://desk:{secret}@git.example.org/x.git", f"https://git.example.org/x?token={secret}"):
            for printed in (
                address,
                address.replace(secret, quote(secret)),
                address.replace(secret, quote(secret, "")),
            ):
                said = without_secrets(saying.format(printed), secrets_of(address))
                leaks += [(secret, said) for piece in pieces(secret) if piece in said]
    assert leaks == []


def test_what_git_says_of_an_address_nobody_knows_is_cut_too() -> None:
    said = without_secrets("fatal: unable to access 'https://oauth2:gl'pa t@x@git.example.org/x/': error: 403")
    assert said == "fatal: unable to access 'https://…@git.example.org/x/': error: 403"


def test_a_message_of_a_commit_keeps_its_other_words() -> None:
    text = (
        "27호 of https://desk:s3cret@git.example.org/x.git?a=1, mail to desk@example.org; see https://example.org/#top"
    )
    assert words_without_secrets(text) == (
        "27호 of https://git.example.org/x.git?… mail to desk@example.org; see https://example.org/#top"
    )


def test_lines_of_settings_are_shown_without_secrets() -> None:
    text = (
        "title: x\ndeploy:\n  a: {kind: git, remote: 'https://desk:s3''cret@host/x'}\n  b: {remote: me:s4cret@host:x}\n"
    )
    shown = settings_without_secrets(text)
    assert "cret" not in shown
    assert shown.startswith("title: x\ndeploy:\n  a: {kind: git, remote: 'https://…@host/x'}")


def test_an_address_over_several_lines_of_settings_is_cut() -> None:
    text = (
        'deploy:\n  live:\n    remote: "https://desk:half1-\\\n      half2@host/x"\nnavigation: [{url: mailto:me@h}]\n'
    )
    shown = settings_without_secrets(text)
    assert "half" not in shown
    assert "mailto:me@h" in shown


def test_a_part_of_a_secret_is_hidden_and_other_words_stay() -> None:
    secrets = secrets_in("remote: https://desk:pa #SECRET9@host/x\n")
    said = hidden("This is a comment: #SECRET9@host/x", secrets)
    assert said.startswith("This is a comment: ")
    assert "SECRET" not in said


def test_parameters_of_a_path_are_cut() -> None:
    assert shown_address("https://host.example/x;token=geheim") == "https://host.example/x;…"
    assert "geheim" in secrets_of("https://host.example/x;token=geheim")
