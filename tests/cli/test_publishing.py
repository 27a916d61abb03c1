"""`yoyak deploy` builds first: what is published is the site of now, for the address of its target."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import sleep

import pytest

from sites import SETTINGS, article, write_site
from yoyak.model.build import MANIFEST

Run = Callable[..., subprocess.CompletedProcess[str]]
ADDRESS = "https://digest.example.kr/"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "content/a.md": article(title="하나"),
        "content/later.md": article(title="나중", date="2024-07-12 09:00"),
        "content/draft.md": article(title="초안글", status="draft"),
    }
    return write_site(tmp_path / "site", files, plain=True)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock; it begins at noon of 10 July 2024."""

    def is_now(text: str) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(text).timestamp())))

    is_now("2024-07-10 12:00+09:00")
    return is_now


def with_targets(site: Path, **targets: str) -> None:
    settings = SETTINGS.replace(SETTINGS.split("base_url: ")[1].split("\n")[0], ADDRESS)
    lines = "".join(f"  {name}: {{kind: folder, path: ../{name}, {keys}}}\n" for name, keys in targets.items())
    (site / "site.yaml").write_text(f"{settings}deploy:\n{lines}", encoding="utf-8")


def edit(site: Path, title: str) -> None:
    (site / "content/a.md").write_text(article(title=title), encoding="utf-8")


def manifest(folder: Path) -> dict[str, object]:
    found = json.loads((folder / MANIFEST).read_text())
    assert isinstance(found, dict)
    return found


def page(folder: Path, path: str = "articles/a/index.html") -> str:
    return (folder / path).read_text(encoding="utf-8")


def test_deploy_builds_first(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, web="")
    done = yoyak("deploy", "--site", site)
    assert (done.returncode, done.stderr) == (0, "")
    assert "하나" in page(tmp_path / "web")
    edit(site, "둘")
    assert "1 changed" in yoyak("deploy", "--site", site).stdout or "둘" in page(tmp_path / "web")
    assert "둘" in page(tmp_path / "web")
    assert "is up to date" in yoyak("deploy", "--site", site).stdout


def test_deploy_without_a_build_refuses_an_older_one(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, web="")
    none = yoyak("deploy", "--site", site, "--no-build")
    assert (none.returncode, "is older than the site" in none.stderr) == (1, True)
    sleep(0.1)  # what was written in the moment of a build is not trusted to be what it read
    yoyak("build", "--site", site)
    assert yoyak("deploy", "--site", site, "--no-build").returncode == 0
    for change in ("content/a.md", "site.yaml", "content/new.md", "templates/base.html"):
        yoyak("build", "--site", site)
        place = site / change
        before = place.read_bytes() if place.exists() else None
        place.parent.mkdir(exist_ok=True)
        place.write_bytes((before or article(title="셋").encode()) + b"\n")
        done = yoyak("deploy", "--site", site, "--no-build")
        assert (done.returncode, "is older than the site" in done.stderr) == (1, True), change
        place.write_bytes(before) if before is not None else place.unlink()
    assert "하나" in page(tmp_path / "web")


def test_what_is_due_is_published(yoyak: Run, site: Path, tmp_path: Path, now: Callable[[str], None]) -> None:
    with_targets(site, web="")
    yoyak("deploy", "--site", site)
    assert not (tmp_path / "web/articles/later").exists()
    now("2024-07-12 09:01+09:00")
    stale = yoyak("deploy", "--site", site, "--no-build")
    assert (stale.returncode, "something is due" in stale.stderr) == (1, True)
    yoyak("deploy", "--site", site)
    assert (tmp_path / "web/articles/later/index.html").exists()


def test_build_of_another_time_is_not_published(yoyak: Run, site: Path) -> None:
    with_targets(site, web="")
    yoyak("build", "--site", site, "--at", "2024-08-01 12:00")
    assert yoyak("deploy", "--site", site, "--no-build").returncode == 1


def test_site_with_errors_is_not_deployed(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, web="")
    yoyak("deploy", "--site", site)
    edit(site, "둘")
    (site / "content/bad.md").write_text(article(rights="none"), encoding="utf-8")
    done = yoyak("deploy", "--site", site)
    assert done.returncode == 1
    assert "content/bad.md" in done.stderr
    assert done.stderr.endswith("Nothing was deployed.\n")
    assert "하나" in page(tmp_path / "web")
    going = yoyak("deploy", "--site", site, "--keep-going")
    assert going.returncode == 0
    assert "둘" in page(tmp_path / "web")
    assert yoyak("deploy", "--site", site, "--no-build").returncode == 0


def test_json_of_a_deploy_is_one_answer(yoyak: Run, site: Path) -> None:
    with_targets(site, web="")
    done = yoyak("deploy", "--site", site, "--json")
    assert (json.loads(done.stdout)["name"], done.stderr) == ("web", "")
    (site / "content/bad.md").write_text(article(rights="none"), encoding="utf-8")
    failed = yoyak("deploy", "--site", site, "--json")
    assert (failed.returncode, json.loads(failed.stdout)["complete"]) == (1, False)


def test_removal_is_confirmed_by_either_name(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, web="")
    for number in range(20):
        (site / f"content/n{number}.md").write_text(article(title=f"글{number}"), encoding="utf-8")
    yoyak("deploy", "--site", site)
    for number in range(20):
        (site / f"content/n{number}.md").unlink()
    refused = yoyak("deploy", "--site", site)
    assert refused.returncode == 1
    count = refused.stderr.split("--confirm-removals ")[1].split('"')[0]
    for option in ("--confirm-removals", "--confirm-deletes"):
        assert yoyak("deploy", "--site", site, "--dry-run", option, count).returncode == 0
    assert yoyak("deploy", "--site", site, "--confirm-deletes", count).returncode == 0
    assert "글1" not in page(tmp_path / "web", "articles/n1/index.html")


# --- several targets ---


def test_target_with_an_address_of_its_own_gets_a_build_of_its_own(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, web="", staging="base_url: https://staging.example.kr/a%20b")
    assert yoyak("deploy", "web", "--site", site).returncode == 0
    before = (site / "output" / MANIFEST).read_bytes()
    assert yoyak("deploy", "staging", "--site", site).returncode == 0
    assert manifest(tmp_path / "staging")["base_url"] == "https://staging.example.kr/a%20b/"
    assert "https://staging.example.kr/a%20b/" in (tmp_path / "staging/feed.xml").read_text()
    assert ADDRESS not in (tmp_path / "staging/feed.xml").read_text()
    assert manifest(tmp_path / "web")["base_url"] == ADDRESS
    assert (site / "output" / MANIFEST).read_bytes() == before
    again = yoyak("deploy", "staging", "--site", site, "--no-build")
    assert "up to date" in again.stdout


def test_build_for_another_target_is_refused(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, web="", staging="base_url: https://staging.example.kr/")
    yoyak("build", "--site", site)
    done = yoyak("deploy", "staging", "--site", site, "--no-build", "--output", site / "output")
    assert done.returncode == 1
    assert not (tmp_path / "staging").exists()


def test_wrong_address_of_a_target_is_a_problem(yoyak: Run, site: Path) -> None:
    with_targets(site, web="base_url: staging")
    done = yoyak("check", "--site", site)
    assert done.returncode == 1
    assert "site.yaml" in done.stderr
    assert '"staging"' in done.stderr


def test_preview_goes_only_where_previews_go(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, web="", staging="previews: true")
    refused = yoyak("deploy", "web", "--site", site, "--preview")
    assert (refused.returncode, 'The target "web" takes no previews.' in refused.stderr) == (1, True)
    assert not (tmp_path / "web").exists()
    done = yoyak("deploy", "staging", "--site", site, "--preview")
    assert done.returncode == 0
    draft = (tmp_path / "staging/articles/draft/index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in draft
    assert manifest(tmp_path / "staging")["preview"] is True
    assert not (site / "output").exists()
    assert yoyak("deploy", "staging", "--site", site).returncode == 0
    assert not (tmp_path / "staging/articles/draft").exists()


def test_output_of_a_preview_is_refused_everywhere(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, web="", staging="previews: true")
    yoyak("build", "--site", site, "--preview")
    for target in ("web", "staging"):
        done = yoyak("deploy", target, "--site", site, "--no-build")
        assert done.returncode == 1
        assert not (tmp_path / target).exists()
    assert yoyak("deploy", "web", "--site", site).returncode == 0
    assert not (tmp_path / "web/articles/draft").exists()


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "a b", "-x"])
def test_name_of_a_target_leads_nowhere_else(yoyak: Run, site: Path, tmp_path: Path, name: str) -> None:
    settings = SETTINGS + f'deploy: {{"{name}": {{kind: folder, path: ../web, base_url: "https://x.example.kr/"}}}}\n'
    (site / "site.yaml").write_text(settings, encoding="utf-8")
    done = yoyak("deploy", "--site", site)
    assert (done.returncode, "A target's name may have" in done.stderr) == (1, True)
    assert {path.name for path in tmp_path.iterdir()} == {"site"}
    assert not (site / ".yoyak").exists()


def test_rollback_shows_the_release_before(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, web="mode: release")
    yoyak("deploy", "--site", site)
    edit(site, "둘")
    yoyak("deploy", "--site", site)
    listed = yoyak("rollback", "--site", site, "--list").stdout.splitlines()
    assert [line[0] for line in listed] == [">", " "]
    done = yoyak("rollback", "--site", site)
    assert (done.returncode, "shows" in done.stdout) == (0, True)
    assert "하나" in page(tmp_path / "web/current")
    assert json.loads(yoyak("rollback", "--site", site, "--list", "--json").stdout)[1]["live"] is True
    assert yoyak("rollback", "--site", site, "--list", "--to", "x").returncode == 2
    yoyak("deploy", "--site", site)
    assert "둘" in page(tmp_path / "web/current")
