"""The password of a git target reaches the host, and no message, file, argument or page."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import quote

import pytest

from command import run_yoyak
from odd_secrets import odd_secret, pieces
from publish.desks import Desk, branch_tree, commits, run_git, tree, write
from publish.hosts import GitHost, serving
from yoyak.messages.catalogue import LANGUAGES, speak
from yoyak.messages.errors import YoyakError
from yoyak.model.message import texts_in
from yoyak.model.targets import GitTarget
from yoyak.preview.source_lines import problem_view
from yoyak.publish.remotes import remote_at
from yoyak.settings.config import load_config

START = "title: Desk\nbase_url: https://digest.example.org/\ntimezone: Asia/Seoul\n"
WRITTEN = (
    "https://{}@127.0.0.1:9/x.git", "https://desk:{}@127.0.0.1:9/x.git", "https://x-access-token:{}@127.0.0.1:9/x.git",
    "https://127.0.0.1:9/x.git?access_token={}", "https://127.0.0.1:9/x.git?sig={}#{}", "desk:{}@127.0.0.1:x.git",
    "ssh://desk:{}@127.0.0.1:9/x.git", "git://desk:{}@127.0.0.1:9/x", "ftp://desk:{}@127.0.0.1/x", "{}@127.0.0.1/x.git",
    "https:/desk:{}@127.0.0.1/x.git", "ext::sh {}@127.0.0.1", "-{}@127.0.0.1:x",
)  # fmt: skip
BROKEN_SETTINGS = (
    "deploy: {{live: {{kind: git, remote: {0}}}}}\n", 'deploy: {{live: {{kind: git, remote: "{0}"}}}}\n',
    "deploy:\n  live: {{kind: git, remote: '{0}'}}\n", "deploy:\n  live:\n    kind: git\n    remote: {0}\n    x: y\n",
    "deploy:\n  live:\n    remote: {0}\n", "deploy:\n  live:\n    kind: {0}\n",
    "deploy:\n  live:\n    kind: git\n    {0}\n",
    "deploy:\n  live: {0}\n", "deploy: {0}\n", "navigation:\n  - {{title: x, url: {0}}}\n", "{0}: x\n",
    "sources:\n  a: {{url: '{0}'}}\n", "deploy:\n  live:\n    kind: git\n\tremote: {0}\n",
)  # fmt: skip


def leaked(secret: str, *texts: str) -> bool:
    return any(piece in text for piece in pieces(secret) for text in texts)


@pytest.mark.parametrize("written", WRITTEN)
def test_no_remote_with_one_of_300_secrets_is_shown_with_it(written: str, tmp_path: Path) -> None:
    leaks = []
    for number in range(300):
        secret = odd_secret(number)
        for spelling in (secret, quote(secret, safe="")):
            try:
                shown = remote_at(written.format(spelling, spelling), tmp_path)
                texts = (shown.shown, shown.host)
            except YoyakError as error:
                texts = (str(error), "")
            leaks += [texts] * leaked(secret, *texts)
    assert leaks == []


@pytest.mark.slow
@pytest.mark.parametrize("broken", BROKEN_SETTINGS)
def test_no_problem_of_site_yaml_shows_a_secret(broken: str, tmp_path: Path) -> None:
    leaks = []
    for number in range(300):
        secret = odd_secret(number)
        address = ("https://desk:{}@git.example.org/x.git", "https://git.example.org/x.git?token={}")[number % 2]
        write(tmp_path, {"site.yaml": START + broken.format(address.format(secret))})
        _, problems = load_config(tmp_path, at=None, preview=False, environment={})
        views = [problem_view(problem, tmp_path) for problem in problems]
        texts = [repr(problems), repr(views)]
        leaks += [(number, broken, texts)] * leaked(secret, *texts)
    assert leaks == []


def test_a_password_of_every_character_reaches_the_host_and_no_argument(git_desk: Desk, remote: Path) -> None:
    password = "p'a\"s`s w:o@r/d?#%&=$(x)한글\\é"
    with serving(GitHost(remote, "desk", password)) as host:
        git_desk.target = GitTarget(remote=f"http://desk:{quote(password, safe='')}@127.0.0.1:{host.port}/remote.git")
        git_desk.deploys()
        git_desk.builds({"index.html": "new"})
        report = git_desk.deploys()
    assert branch_tree(remote)["index.html"] == b"new"
    assert report.where == f"http://127.0.0.1:{host.port}/remote.git (gh-pages)"
    spellings = (password, quote(password, safe=""))
    assert not [text for text in spellings if text.encode() in host.arguments]
    assert not [text for text in spellings for data in tree(git_desk.site / ".yoyak").values() if text.encode() in data]


def test_a_token_in_the_place_of_the_user_reaches_the_host(git_desk: Desk, remote: Path) -> None:
    with serving(GitHost(remote, "ghp_16C7e42F292c6912", "")) as host:
        git_desk.target = GitTarget(remote=f"http://ghp_16C7e42F292c6912:@127.0.0.1:{host.port}/remote.git")
        git_desk.deploys()
    assert "index.html" in branch_tree(remote)
    assert b"ghp_16C7e42F292c6912" not in host.arguments


def test_the_password_is_for_its_own_host_only(git_desk: Desk, remote: Path, home: Path) -> None:
    """git's settings lead the address to another host, as a redirection may."""
    with serving(GitHost(remote, "desk", "s3cret-word")) as host:
        write(home, {".gitconfig": f'[url "http://127.0.0.1:{host.port}/"]\ninsteadOf = http://git.example.org/\n'})
        git_desk.target = GitTarget(remote="http://git.example.org/remote.git")
        with pytest.raises(YoyakError, match="could not be read"):
            git_desk.plans()


def test_a_password_in_the_settings_of_git_is_in_no_message(git_desk: Desk, remote: Path, home: Path) -> None:
    with serving(GitHost(remote, "desk", "right")) as host:
        base = f"http://oauth2:glpat-S3CRET9@127.0.0.1:{host.port}/"
        write(home, {".gitconfig": f'[url "{base}"]\ninsteadOf = http://git.example.org/\n'})
        git_desk.target = GitTarget(remote="http://git.example.org/remote.git")
        with pytest.raises(YoyakError) as refused:
            git_desk.plans()
    assert "S3CRET9" not in str(refused.value)
    assert "http://git.example.org/remote.git could not be read" in str(refused.value)


def test_a_wrong_password_is_told_without_it(git_desk: Desk, remote: Path) -> None:
    with serving(GitHost(remote, "desk", "right")) as host:
        for wrong in (odd_secret(1), odd_secret(2)):
            git_desk.target = GitTarget(remote=f"http://desk:{quote(wrong, '')}@127.0.0.1:{host.port}/remote.git")
            with pytest.raises(YoyakError, match="Authentication failed") as refused:
                git_desk.plans()
            assert not leaked(wrong, str(refused.value))


def test_the_message_of_a_commit_has_no_password(git_desk: Desk, remote: Path) -> None:
    git_desk.target = GitTarget(remote=str(remote), message="From https://desk:s3cret-word@git.example.org/x.git")
    git_desk.deploys()
    assert commits(remote) == ["From https://git.example.org/x.git"]


@pytest.mark.slow
def test_no_output_of_any_command_has_a_secret_of_site_yaml(git_desk: Desk) -> None:
    leaks = []
    for number in range(0, 12, 3):
        secret = odd_secret(number)
        remote = WRITTEN[number].format(secret, secret)
        settings = {"kind": "git", "remote": remote}
        write(git_desk.site, {"site.yaml": f"{START}deploy: {json.dumps({'live': settings}, ensure_ascii=False)}\n"})
        for command in ("deploy", "deploy --json", "deploy --dry-run --debug", "check", "why site.yaml", "build"):
            texts = printed(git_desk.site, *command.split())
            leaks += [(command, remote, texts)] * leaked(secret, *texts)
        files = tree(git_desk.site / ".yoyak") | tree(git_desk.output)
        leaks += [name for name, data in files.items() for piece in pieces(secret) if piece.encode() in data]
    assert leaks == []


def printed(site: Path, *arguments: str) -> tuple[str, str]:
    done = run_yoyak(*arguments, "--site", site, env={**os.environ, "COLUMNS": "400"})
    return done.stdout, done.stderr


def test_a_remote_of_the_sites_repository_is_shown_without_its_password(git_desk: Desk) -> None:
    run_git("init", "--quiet", git_desk.site)
    run_git("-C", git_desk.site, "remote", "add", "origin", "http://desk:s3cret-word@127.0.0.1:1/x.git")
    git_desk.target = GitTarget(remote="origin")
    with pytest.raises(YoyakError, match=r"http://127\.0\.0\.1:1/x\.git could not be read") as refused:
        git_desk.plans()
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_password_is_in_no_language_and_in_no_value(git_desk: Desk, language: str) -> None:
    git_desk.target = GitTarget(remote="http://desk:s3cret-word@127.0.0.1:1/x.git")
    with pytest.raises(YoyakError) as refused:
        git_desk.plans()
    assert not leaked("s3cret-word", speak(refused.value.words, language))
    assert not [text for text in texts_in(refused.value.words) if "s3cret" in text]


def test_an_address_that_git_does_not_take_is_cut_in_korean_too(git_desk: Desk) -> None:
    git_desk.target = GitTarget(remote="ftp://desk:s3cret-word@git.example.org/x.git")
    with pytest.raises(YoyakError) as refused:
        git_desk.plans()
    assert speak(refused.value.words, "ko") == (
        "배포할 곳의 remote 값 'ftp://git.example.org/x.git': yoyak이 쓸 수 있는 git 저장소의 주소가 아닙니다. "
        "site.yaml에 https://host/name.git, git@host:name.git, ../name.git처럼 쓰세요."
    )
