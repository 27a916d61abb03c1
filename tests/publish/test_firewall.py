"""Before a deploy the whole output is searched for what is not published."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from command import run_yoyak
from sites import SETTINGS, article, write_site
from yoyak.cli.noting import deploy_and_note
from yoyak.messages.errors import YoyakError
from yoyak.publish.deploy import Consent, build_for

TITLE = "비밀로 남겨 둔 등대 매각 협상"
BODY = "시는 등대를 민간 회사에 팔기로 하고 지난달부터 세 곳과 은밀히 값을 흥정해 왔다."
MANIFEST = ".yoyak-manifest.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "content/seen.md": article("모두가 읽는 글이다.", title="보이는 글"),
        "content/held.md": article(BODY, title=TITLE, status="draft"),
    }
    settings = SETTINGS.replace("digest.example.org", "digest.kr") + "deploy: {live: {kind: folder, path: ../live}}\n"
    site = write_site(tmp_path / "site", files, settings, plain=True)
    assert run_yoyak("build", "--site", site).returncode == 0
    return site


def plant(site: Path, path: str, data: bytes) -> None:
    """Put bytes into the output as a build would that has a fault."""
    place = site / "output" / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    manifest = json.loads((site / "output" / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][path] = hashlib.sha256(data).hexdigest()
    (site / "output" / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("feed.json", json.dumps({"items": [{"title": TITLE}]}).encode()),
        ("index.html", f"<p>{BODY}</p>".encode()),
        (f"articles/{TITLE.replace(' ', '-')}/index.html", b"<p>gone</p>"),
        ("assets/x.png", b"\x89PNG\r\n\x1a\n\0\0\0\0tEXtTitle\0" + TITLE.encode()),
    ],
)
def test_a_deploy_is_refused_with_the_file_and_the_words(folder: Path, path: str, data: bytes) -> None:
    assert run_yoyak("deploy", "live", "--dry-run", "--site", folder).returncode == 0
    plant(folder, path, data)
    for _ in range(2):  # what was looked at is remembered, and what was found is not forgotten
        with pytest.raises(YoyakError) as refused:
            deploy_and_note(folder, build_for(folder, "live"), "live", Consent(), dry_run=False)
        said = str(refused.value)
        assert f"content/held.md: error: The output file {path} has" in said
        assert "Nothing was deployed" in said
    assert not (folder.parent / "live").exists()


def test_an_article_that_is_a_draft_now_is_not_deployed_from_an_older_build(folder: Path) -> None:
    (folder / "content/seen.md").write_text(
        article("모두가 읽는 글이다.", title="모두가 읽던 글이었다", status="draft"), encoding="utf-8"
    )
    done = run_yoyak("deploy", "live", "--site", folder)
    assert done.returncode in (0, 1)
    assert not (folder.parent / "live" / "articles" / "seen" / "index.html").exists()


def test_a_check_warns_of_what_lies_in_the_output(folder: Path) -> None:
    plant(folder, "index.html", f"<p>{TITLE}</p>".encode())
    done = run_yoyak("check", "--site", folder)
    assert done.returncode == 0
    assert "content/held.md: warning: The output file index.html has the title" in done.stderr


def test_a_whole_site_is_deployed(folder: Path) -> None:
    assert run_yoyak("deploy", "live", "--site", folder).returncode == 0
    assert (folder.parent / "live" / "index.html").exists()
