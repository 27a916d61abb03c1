"""docs/how-to/publish-to-s3.md, done as it is written, from `yoyak new` to the site in the bucket."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import msgspec.yaml
import pytest

from publish.buckets import BUCKET, Store
from yoyak.model.targets import S3Target
from yoyak.publish.s3_session import checked

Yoyak = Callable[..., CompletedProcess[str]]

PAGE = (Path(__file__).parents[2] / "docs/how-to/publish-to-s3.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"(?m)^\$ (.+?)(?:  +#.*)?$", PAGE)
SETTINGS = re.findall(r"(?ms)^```yaml\n(?:# site.yaml\n)?(.*?)^```", PAGE)


def test_a_new_site_is_online_within_ten_commands(tmp_path: Path, yoyak: Yoyak, store: Store) -> None:
    assert len(COMMANDS) < 10
    before = COMMANDS.index("cd digest")
    for command in COMMANDS[:before]:
        run(yoyak, command, tmp_path)
    write_settings(tmp_path / "digest/site.yaml", store)
    said = [run(yoyak, command, tmp_path / "digest") for command in COMMANDS[before + 1 :]]
    assert "to send" in said[-2]
    assert f"Deployed to s3://{BUCKET} (127.0.0.1:" in said[-1]
    page = store.get("articles/사투리-사전/index.html")
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert "https://digest.kr/" in page["Body"].read().decode()


def run(yoyak: Yoyak, command: str, folder: Path) -> str:
    if not command.startswith("yoyak"):  # boto3 is installed, and the test has its own keys
        assert command.split(maxsplit=1)[0] in ("pip", "export")
        return ""
    done = yoyak(*shlex.split(command)[1:], cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stderr + done.stdout


def write_settings(site: Path, store: Store) -> None:
    """Write the page's first settings into site.yaml, with the address of the test's store."""
    address, deploy = SETTINGS[0].split("\n", 1)
    text = re.sub(r"(?m)^base_url:.*$", address, site.read_text(encoding="utf-8"))
    there = deploy.replace("region: ap-northeast-2", f'endpoint: "{store.address}"')
    assert store.address in there
    site.write_text(f"{text}\n{there}", encoding="utf-8")


@pytest.mark.parametrize("settings", SETTINGS)
def test_every_target_of_the_page_is_one(settings: str) -> None:
    for keys in msgspec.yaml.decode(settings.encode())["deploy"].values():
        assert checked(msgspec.convert(keys, S3Target)).bucket == BUCKET


@pytest.mark.parametrize("endpoint", re.findall(r"`(https://[^`/]+)`", PAGE))
def test_every_endpoint_of_the_page_is_one(endpoint: str) -> None:
    assert checked(S3Target(bucket=BUCKET, endpoint=endpoint)).endpoint == endpoint
