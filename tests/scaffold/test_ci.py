"""The workflows of `yoyak new --ci` are YAML, and their own commands publish a site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from yoyak.messages.errors import YoyakError
from yoyak.scaffold.site import PLACES, NewSite, Service, add_workflow, make_site


def workflow(folder: Path, service: Service) -> dict[Any, Any]:
    text = (folder / PLACES[service]).read_text(encoding="utf-8")
    assert "@made@" not in text
    found = yaml.safe_load(text)
    assert isinstance(found, dict)
    return found


def commands(found: dict[Any, Any], service: Service, job: str) -> list[str]:
    if service == "github":
        return [step["run"] for step in found["jobs"][job]["steps"] if "run" in step]
    return [*found["before_script"], *found[job]["script"]]


@pytest.mark.parametrize(
    ("language", "service", "below"), [("ko", "github", ""), ("en", "gitlab", ""), ("en", "github", "sites/my digest")]
)
def test_the_commands_of_a_workflow_check_and_publish(
    tmp_path: Path, checkout: Path, service: Service, language: Any, below: str
) -> None:
    top = tmp_path / "top"
    site = top / below
    git = ["git", "-c", "user.name=desk", "-c", "user.email=desk@example.org"]
    subprocess.run([*git, "init", "-q", "-b", "main", str(top)], check=True)
    make_site(NewSite(folder=site, language=language, ci=service))
    settings = (site / "site.yaml").read_text(encoding="utf-8").replace("digest.example.org", "digest.example.kr")
    (site / "site.yaml").write_text(
        f"{settings}\ndeploy:\n  live: {{kind: folder, path: {tmp_path / 'live'}}}\n", encoding="utf-8"
    )
    (site / "content/a.md").write_text("---\ntitle: 배\ndate: 2024-07-03\n---\n첫 글.\n", encoding="utf-8")
    found = workflow(top, service)
    assert len([*top.rglob("*.yml")]) == 1
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "yoyak").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m yoyak "$@"\n')
    (programs / "pip").write_text("#!/bin/sh\n")
    for program in programs.iterdir():
        program.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(checkout / "generator"),
        "CI_COMMIT_BRANCH": "main",
    }  # fmt: skip
    for arguments in (["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run([*git, *arguments], cwd=top, check=True)
    for job in ("check", "deploy"):
        where = top / found["defaults"]["run"]["working-directory"] if "defaults" in found else top
        for command in commands(found, service, job):
            if command.startswith("cd "):
                where = top / command[4:-1]
                continue
            lines = "\n".join(line for line in command.splitlines() if " push" not in line and " pull" not in line)
            done = subprocess.run(["sh", "-e", "-c", lines], cwd=where, env=environment, capture_output=True, text=True)
            assert done.returncode == 0 or "yoyak diff" in command, (command, done.stdout, done.stderr)
    assert (tmp_path / "live/index.html").is_file()


def test_a_site_that_is_there_gets_the_workflow_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    make_site(NewSite(folder=site))
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert PLACES["gitlab"] in add_workflow(site, "gitlab")
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file() and path in before} == before
    with pytest.raises(YoyakError):
        add_workflow(site, "gitlab")


def test_what_is_due_is_published_although_a_schedule_names_no_repository(tmp_path: Path) -> None:
    make_site(NewSite(folder=tmp_path / "site", ci="github"))
    condition = workflow(tmp_path / "site", "github")["jobs"]["deploy"]["if"]
    assert condition.startswith("github.event_name == 'schedule' || ")


def test_paths_of_a_workflow_are_those_of_a_site_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    make_site(NewSite(folder=tmp_path / "sites/kr", ci="github"))
    make_site(NewSite(folder=tmp_path / "sites/en", ci="gitlab"))
    text = "".join((tmp_path / PLACES[service]).read_text(encoding="utf-8") for service in PLACES)
    for line in ('working-directory: "sites/kr/"', 'path: "sites/kr/.yoyak"', 'path: "sites/kr/changes.html"',
                 '- cd "sites/en/"', 'paths: ["sites/en/.yoyak/"]', 'paths: ["sites/en/changes.html"]'):  # fmt: skip
        assert f"{line}\n" in text
    with pytest.raises(YoyakError) as found:
        make_site(NewSite(folder=tmp_path / "other", ci="github"))
    assert "../.github/workflows/yoyak.yml" in str(found.value)
