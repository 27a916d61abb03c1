"""Every verb through the real command: what it prints, its exit code, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from command import without_progress
from rows import each_row
from sites import SETTINGS, article, use_plain_templates, write_site
from yoyak.cli.commands import commands
from yoyak.cli.options import language_of
from yoyak.settings.config import load_config

CHECKOUT = Path(__file__).parents[2]
AT = ("--at", "2024-07-10 12:00")
TRIAL = "--allow-example-address"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "content/a.md": article(title="하나"),
        "content/later.md": article(title="둘", date="2024-07-12 09:00"),
        "content/draft.md": article(title="셋", status="draft"),
    }
    return write_site(tmp_path / "site", files, plain=True)


def spoil(site: Path) -> None:
    """Give a site an article with a mistake."""
    (site / "content/bad.md").write_text(article(rights="none"), encoding="utf-8")


def assert_no_trace(done: subprocess.CompletedProcess[str]) -> None:
    assert "Traceback" not in done.stderr + done.stdout
    assert 'File "' not in done.stderr


# --- build ------------------------------------------------------------------------------------------


def test_build_says_what_it_made_what_waits_and_where_to_look(yoyak: Run, site: Path) -> None:
    done = yoyak("build", "--site", site, *AT)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0].startswith("1 article, 2")
    assert lines[0].endswith(" new, 0 changed, 0 removed, 0 unchanged.")
    assert lines[1:3] == ["drafts: 1 article", "scheduled: 1 article, the next on Fri 12 July 09:00 KST"]
    assert lines[3].startswith("Done in ")
    assert lines[3].endswith(f" s. Look at {site / 'output'}")
    assert len(lines) == 4


def test_build_finds_its_site_from_a_folder_below(yoyak: Run, site: Path) -> None:
    assert yoyak("build", cwd=site / "content").returncode == 0
    assert (site / "output/index.html").exists()


def test_build_with_a_mistake_says_where_and_what_to_do(yoyak: Run, site: Path) -> None:
    spoil(site)
    done = yoyak("build", "--site", site, *AT)
    assert done.returncode == 1
    assert (
        done.stderr == 'content/bad.md:5:9: error: "rights" must be excerpt, full or link, not "none". [bad-choice]\n'
    )
    assert done.stdout.splitlines()[-3:] == [
        "1 error.",
        f"Nothing was written: {site / 'output'} is as it was.",
        "Fix the error above, or publish the rest with --keep-going.",
    ]


def test_build_keeps_going_when_told_to(yoyak: Run, site: Path) -> None:
    spoil(site)
    done = yoyak("build", "--site", site, "--keep-going", *AT)
    assert done.returncode == 0
    assert "1 error. Left out: 1 file." in done.stdout


def test_quiet_build_prints_problems_only(yoyak: Run, site: Path) -> None:
    done = yoyak("build", "--site", site, "--quiet", *AT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    spoil(site)
    done = yoyak("build", "--site", site, "-q", *AT)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_build_answers_programs(yoyak: Run, site: Path) -> None:
    done = yoyak("build", "--site", site, "--json", *AT)
    report = json.loads(done.stdout)
    assert done.stderr == ""
    assert (report["articles"], report["complete"], report["problems"], report["changed"]) == (1, True, [], [])
    assert set(report["seconds"]) == {
        "scan",
        "load",
        "parse",
        "group",
        "plan",
        "render",
        "check",
        "write",
        "remember",
    }
    assert "articles/a/index.html" in report["written"]
    assert {held["path"]: held["reason"] for held in report["held"]} == {
        "content/draft.md": "draft",
        "content/later.md": "scheduled",
    }


def test_build_answers_programs_with_problems(yoyak: Run, site: Path) -> None:
    spoil(site)
    done = yoyak("build", "--site", site, "--json", *AT)
    (problem,) = json.loads(done.stdout)["problems"]
    assert done.returncode == 1
    assert {key: problem[key] for key in ("code", "path", "line", "column", "severity")} == {
        "code": "bad-choice", "path": "content/bad.md", "line": 5, "column": 9, "severity": "error",
    }  # fmt: skip


def test_preview_shows_what_waits(yoyak: Run, site: Path) -> None:
    yoyak("build", "--site", site, "--preview", "--output", site / "preview", *AT)
    assert (site / "preview/articles/draft/index.html").exists()


# --- check, show, schema, new, deploy -----------------------------------------------------------------


def test_check_writes_nothing_and_tells_everything(yoyak: Run, site: Path) -> None:
    done = yoyak("check", "--site", site, *AT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No problems in 1 article and 2")
    spoil(site)
    done = yoyak("check", "--site", site, *AT)
    assert done.returncode == 1
    assert done.stdout.startswith("1 error in 1 article")
    assert not (site / "output").exists()
    assert not (site / ".yoyak").exists()


def test_check_counts_warnings_apart_for_they_do_not_fail(yoyak: Run, site: Path) -> None:
    (site / "content/a.md").write_text(article(date=None), encoding="utf-8")
    done = yoyak("check", "--site", site, *AT)
    assert done.returncode == 0
    assert done.stdout.startswith("1 warning in 1 article")


def test_check_answers_programs(yoyak: Run, site: Path) -> None:
    spoil(site)
    done = yoyak("check", "--site", site, "--json", *AT)
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert sorted(found) == ["articles", "held", "pages", "problems", "suggestions"]
    assert [problem["code"] for problem in found["problems"]] == ["bad-choice"]


def test_show_tells_where_each_value_came_from(yoyak: Run, site: Path) -> None:
    done = yoyak("show", site / "content/a.md")
    assert done.returncode == 0
    assert "하나" in done.stdout
    shown = json.loads(yoyak("show", site / "content/a.md", "--json").stdout)
    assert shown["kind"] == "markdown"
    assert shown["fields"]["title"]["value"] == "하나"
    assert shown["fields"]["title"]["evidence"][0] == {"rule": "front matter", "line": 2}


def test_show_says_what_decided_the_values_that_a_file_does_not_give(yoyak: Run, tmp_path: Path) -> None:
    settings = (
        SETTINGS + "sources: {가온일보: {rights: link}}\nthemes: [{slug: sea, title: 바다, match: {words: [배]}}]\n"
    )
    files = {
        "content/a.md": article("배 뜬다.", source="가온일보", themes=None),
        "content/b.md": article(themes=["sea"]),
    }
    folder = write_site(tmp_path / "site", files, settings)

    def rules(name: str) -> dict[str, str]:
        fields = json.loads(yoyak("show", folder / "content" / name, "--json").stdout)["fields"]
        return {key: field["evidence"][0]["rule"] for key, field in fields.items() if field["evidence"]}

    assert {key: rules("a.md")[key] for key in ("slug", "themes", "rights", "lang")} == {
        "slug": "the file's name",
        "themes": "match in site.yaml",
        "rights": "sources in site.yaml",
        "lang": "language in site.yaml",
    }
    assert rules("b.md")["rights"] == "the desk's own writing"


@pytest.mark.parametrize(
    ("path", "text", "fields"),
    [
        (
            "editions/2024-W27.md",
            "---\npins: [a]\n---\n# 첫 호\n",
            {"pins": ["a"], "title": "첫 호", "slug": "2024-W27"},
        ),
        ("themes/ai.md", "---\ndescription: 말\n---\n글.\n", {"description": "말", "slug": "ai"}),
        ("pages/about.md", "---\ntitle: 소개\n---\n글.\n", {"title": "소개", "slug": "about", "status": "approved"}),
    ],
)
def test_show_reads_other_files_by_their_own_keys(
    yoyak: Run, site: Path, path: str, text: str, fields: dict[str, object]
) -> None:
    place = site / "content" / path
    place.parent.mkdir()
    place.write_text(text, encoding="utf-8")
    shown = json.loads(yoyak("show", place, "--json").stdout)
    assert {key: field["value"] for key, field in shown["fields"].items()} == fields
    assert shown["problems"] == []


@pytest.mark.parametrize("name", ["article", "edition", "theme", "page", "site"])
def test_schema_prints_a_schema(yoyak: Run, name: str) -> None:
    done = yoyak("schema", name)
    assert done.returncode == 0
    assert json.loads(done.stdout)["$schema"].startswith("https://json-schema.org/")


def test_a_new_site_builds_at_once(yoyak: Run, tmp_path: Path) -> None:
    made = yoyak("new", tmp_path / "mine")
    assert made.returncode == 0
    assert f"yoyak build --site {tmp_path / 'mine'}" in made.stdout
    assert yoyak("build", "--site", tmp_path / "mine", "--quiet").returncode == 0


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_empty_site_builds_without_a_word_of_warning(yoyak: Run, tmp_path: Path, language: str) -> None:
    assert yoyak("new", tmp_path / "mine", "--empty", "--language", language).returncode == 0
    done = yoyak("check", "--site", tmp_path / "mine")
    assert (done.returncode, done.stderr, done.stdout.startswith("No problems in 0 articles")) == (0, "", True)
    shutil.rmtree(tmp_path / "mine/content")
    (tmp_path / "mine/content").mkdir()
    assert yoyak("build", "--site", tmp_path / "mine").returncode == 0


def test_an_english_site_has_no_korean_in_it(yoyak: Run, tmp_path: Path) -> None:
    yoyak("new", tmp_path / "mine", "--language", "en", "--title", "Harbour news")
    texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "mine").rglob("*") if path.is_file()]
    assert not re.search("[가-힣]", "".join(texts))
    yoyak("build", "--site", tmp_path / "mine")
    assert not re.search("[가-힣]", (tmp_path / "mine/output/index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("empty", [(), ("--empty",)], ids=["sample", "empty"])
@pytest.mark.parametrize("title", ["우리 소식", '[속보] "가온" #1: 첫 호', "2024", "- x", "yes", "a\\b", "100% {x}"])
def test_a_title_is_that_of_the_site(yoyak: Run, tmp_path: Path, title: str, empty: tuple[str, ...]) -> None:
    yoyak("new", tmp_path / "mine", f"--title={title}", *empty)
    config, problems = load_config(tmp_path / "mine", at=None, preview=False, environment={})
    assert (config.title if config else problems) == title
    assert (tmp_path / "mine/README.md").read_text(encoding="utf-8").startswith(f"# {title}\n")


def test_an_empty_site_is_called_like_its_folder(yoyak: Run, tmp_path: Path) -> None:
    yoyak("new", tmp_path / "우리 소식", "--empty")
    assert "title: 우리 소식\n" in (tmp_path / "우리 소식/site.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["우리 소식", "it's", "a$HOME b", "semi;colon", "plain"])
def test_the_commands_that_new_prints_can_be_pasted(yoyak: Run, tmp_path: Path, name: str) -> None:
    made = yoyak("new", name, "--empty", cwd=tmp_path)
    command = made.stdout.splitlines()[1].strip().replace("yoyak", f"{sys.executable} -m yoyak", 1)
    env = os.environ | {"PYTHONPATH": str(CHECKOUT / "generator")}
    assert subprocess.run(["sh", "-c", command], cwd=tmp_path, env=env, capture_output=True).returncode == 0
    assert (tmp_path / name / "output/index.html").exists()


def test_paths_are_printed_without_a_way_round(yoyak: Run, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    made = yoyak("new", "../mine", "--empty", cwd=tmp_path / "here")
    built = yoyak("build", "--site", "../mine", "--output", "../copy", cwd=tmp_path / "here")
    assert f"--site {tmp_path / 'mine'}" in made.stdout
    assert built.stdout.endswith(f"Look at {tmp_path / 'copy'}\n")


def test_a_blank_title_is_refused(yoyak: Run, tmp_path: Path) -> None:
    done = yoyak("new", tmp_path / "mine", "--title", " ")
    assert (done.returncode, done.stderr) == (1, "yoyak: The title is blank. Write one, or leave --title out.\n")
    assert not (tmp_path / "mine").exists()


def test_a_new_site_wants_an_empty_folder(yoyak: Run, site: Path) -> None:
    done = yoyak("new", site)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"yoyak: {site} is not empty. Choose a new folder.\n"


def test_deploy_puts_the_site_into_a_folder_once(yoyak: Run, site: Path, tmp_path: Path) -> None:
    settings = SETTINGS + f"deploy: {{web: {{kind: folder, path: {tmp_path / 'web'}}}}}\n"
    (site / "site.yaml").write_text(settings, encoding="utf-8")
    yoyak("build", "--site", site, *AT)
    assert yoyak("deploy", "web", "--site", site, TRIAL).returncode == 0
    assert (tmp_path / "web/articles/a/index.html").exists()
    again = yoyak("deploy", "web", "--site", site, "--dry-run", "--json")
    assert (again.returncode, json.loads(again.stdout)["added"]) == (0, [])


def with_targets(site: Path, tmp_path: Path, *names: str, base_url: str = "https://digest.example.org/") -> None:
    targets = ", ".join(f"{name}: {{kind: folder, path: {tmp_path / name}}}" for name in names)
    settings = SETTINGS.replace(SETTINGS.split("base_url: ")[1].split("\n")[0], base_url)
    (site / "site.yaml").write_text(f"{settings}deploy: {{{targets}}}\n", encoding="utf-8")


def test_deploy_without_a_target_takes_the_only_one(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, tmp_path, "web")
    yoyak("build", "--site", site, *AT)
    assert yoyak("deploy", "--site", site, TRIAL).returncode == 0
    assert (tmp_path / "web/index.html").exists()


def test_deploy_without_a_target_lists_them_when_there_are_several(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, tmp_path, "web", "paper")
    done = yoyak("deploy", "--site", site)
    assert done.returncode == 2
    assert "site.yaml has 2 targets: web, paper. Say which, e.g. yoyak deploy web" in done.stderr


@pytest.mark.parametrize(
    "host", ["digest.example.org", "example.com", "a.test", "localhost:8000", "127.0.0.1", "x.invalid"]
)
def test_deploy_refuses_an_address_for_examples(yoyak: Run, site: Path, tmp_path: Path, host: str) -> None:
    with_targets(site, tmp_path, "web", base_url=f"https://{host}/")
    yoyak("build", "--site", site, *AT)
    done = yoyak("deploy", "web", "--site", site)
    assert done.returncode == 1
    assert f"The site was built for https://{host}/, an address for examples only" in done.stderr
    assert not (tmp_path / "web").exists()
    assert yoyak("deploy", "web", "--site", site, "--dry-run").returncode == 0


def test_deploy_takes_any_other_address(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, tmp_path, "web", base_url="https://example.kr/test/")
    yoyak("build", "--site", site, *AT)
    assert yoyak("deploy", "web", "--site", site).returncode == 0


def test_quiet_deploy_prints_nothing(yoyak: Run, site: Path, tmp_path: Path) -> None:
    with_targets(site, tmp_path, "web")
    yoyak("build", "--site", site, *AT)
    done = yoyak("deploy", "web", "--site", site, "-q", TRIAL)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_deploy_refuses_the_output_of_a_failed_build(yoyak: Run, site: Path, tmp_path: Path) -> None:
    settings = SETTINGS + f"deploy: {{web: {{kind: folder, path: {tmp_path / 'web'}}}}}\n"
    (site / "site.yaml").write_text(settings, encoding="utf-8")
    yoyak("build", "--site", site, *AT)
    write_site(site, {"templates/article.html": "{{ nothing }}"}, settings)
    assert yoyak("build", "--site", site, *AT).returncode == 1
    done = yoyak("deploy", "web", "--site", site)
    assert done.returncode == 1
    assert_no_trace(done)


# --- wrong usage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("bild",),
        ("build", "--sit", "x"),
        ("build", "--jobs", "0"),
        ("build", "--jobs", "many"),
        ("build", "--at", "soon"),
        ("show",),
        ("show", "nowhere.md"),
        ("deploy",),
        ("schema", "nothing"),
        ("serve", "--port", "99999"),
        ("new",),
        ("build", "extra"),
    ],
)
def test_wrong_usage_is_told_with_code_2(yoyak: Run, site: Path, arguments: tuple[str, ...]) -> None:
    done = yoyak(*arguments, cwd=site)
    assert (done.returncode, done.stdout) == (2, "")
    assert_no_trace(done)


def test_help_and_version_are_answers(yoyak: Run) -> None:
    assert yoyak("--version").stdout.startswith("yoyak ")
    assert yoyak("-v").stdout == yoyak("--version").stdout
    for verb in commands.commands:
        done = yoyak(verb, "--help")
        assert (done.returncode, done.stderr) == (0, "")
        assert yoyak("help", verb).stdout == done.stdout
    assert yoyak("help").stdout == yoyak("--help").stdout


def test_the_help_shows_each_commands_whole_summary_on_one_line(yoyak: Run) -> None:
    lines = yoyak("--help").stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == sorted(commands.commands)
    assert [line for line in lines if "..." in line or not line.endswith(".") or len(line) > 80] == []


def test_help_for_a_command_that_does_not_exist_names_the_nearest(yoyak: Run) -> None:
    done = yoyak("help", "biuld")
    assert (done.returncode, 'Did you mean "build"?' in done.stderr) == (2, True)


# --- runs that cannot go on -------------------------------------------------------------------------------


def _foreign(site: Path) -> None:
    (site / "output").mkdir()
    (site / "output/holiday.jpg").write_bytes(b"x")


def _template(text: str) -> Callable[[Path], object]:
    return lambda site: (site / "templates/article.html").write_text(text, encoding="utf-8")


def _settings_folder(site: Path) -> None:
    (site / "site.yaml").unlink()
    (site / "site.yaml").mkdir()


def _nothing(_site: Path) -> None:
    pass


TEMPLATE = "templates/article.html"


@pytest.mark.parametrize(
    ("prepare", "arguments", "message"),
    [
        (lambda site: (site / "site.yaml").unlink(), (), "There is no site.yaml in "),
        (_settings_folder, (), "cannot be read: is a directory."),
        (_foreign, (), "has files that yoyak did not write"),
        (
            _nothing,
            ("--output", "content"),
            "cannot be the output folder: it holds, or is part of, what a build reads.",
        ),
        (_nothing, ("--output", "."), "cannot be the output folder"),
        (_nothing, ("--output", "x/y"), ""),
        (_template("\n{{ nothing }}"), (), f"{TEMPLATE}:2: 'nothing' is undefined"),
        (_template("{% if %}"), (), f"{TEMPLATE}:1: Expected an expression"),
    ],
    ids=["no settings", "settings folder", "foreign", "content", "the site", "fine", "undefined", "syntax"],
)
def test_a_run_that_cannot_go_on_says_why_in_one_line(
    yoyak: Run, site: Path, prepare: Callable[[Path], object], arguments: tuple[str, ...], message: str
) -> None:
    prepare(site)
    done = yoyak("build", "--site", site, *arguments, cwd=site)
    assert_no_trace(done)
    assert done.returncode == (1 if message else 0)
    assert message in done.stderr
    assert done.stderr.count("\n") == (1 if message else 0)


def test_a_folder_that_is_no_site_is_told(yoyak: Run, tmp_path: Path) -> None:
    done = yoyak("build", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "yoyak: There is no site.yaml here or in a folder above. Make a site with: yoyak new DIR\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_the_right_to_read_it_is_told(yoyak: Run, site: Path) -> None:
    (site / "content/closed").mkdir(mode=0)
    done = yoyak("build", "--site", site, *AT)
    assert done.returncode == 1
    assert_no_trace(done)


def test_debug_shows_the_trace(yoyak: Run, tmp_path: Path) -> None:
    assert "Traceback" in yoyak("build", "--debug", "--site", tmp_path).stderr


@contextmanager
def _small_disk(place: Path) -> Iterator[None]:
    """A disk of one MiB."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told(yoyak: Run, tmp_path: Path) -> None:
    with _small_disk(tmp_path / "small"):
        write_site(tmp_path / "small", {f"content/{number}.md": article() for number in range(5)}, plain=True)
        with suppress(OSError), (tmp_path / "small/filler").open("wb", buffering=0) as file:
            while file.write(b"0" * 4096):
                pass
        done = yoyak("build", "--site", tmp_path / "small", *AT)
    assert done.returncode == 1
    assert "could not be written: the disk is full. It is as it was" in done.stderr
    assert_no_trace(done)


_NOTHING_LOADS = """
import sys
from yoyak.cli.commands import commands

class Failing:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("yoyak."):
            raise OSError(28, "No space left on device", name)

sys.meta_path.insert(0, Failing())
commands(sys.argv[1:])
"""


@pytest.mark.parametrize("command", ["build", "check", "serve", "fix", "why"])
def test_a_machine_on_which_nothing_more_loads_is_told_in_one_line(site: Path, command: str) -> None:
    of_file = ["/"] if command == "why" else []
    arguments = [sys.executable, "-c", _NOTHING_LOADS, command, "--site", str(site), *of_file]
    done = subprocess.run(
        arguments, env=os.environ | {"PYTHONPATH": str(CHECKOUT / "generator")}, capture_output=True, text=True
    )
    assert re.fullmatch(r"yoyak: yoyak[\w.]*: No space left on device\.\n", done.stderr), done.stderr
    assert done.returncode == 1


# --- interruptions -------------------------------------------------------------------------------------------


def start(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "yoyak", *arguments]
    env = os.environ | {"PYTHONPATH": str(CHECKOUT / "generator")}
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("arguments", [("build",), ("build", "--json"), ("check",), ("schema", "article")])
def test_an_output_that_nobody_reads_is_no_trouble(site: Path, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    where = () if arguments[0] == "schema" else ("--site", str(site), *AT)
    process = start(*arguments, *where, stdout=writing)
    os.close(writing)
    _, said = process.communicate(timeout=60)
    assert b"Traceback" not in said
    assert b"Exception ignored" not in said


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_build_stops_without_a_trace_and_leaves_no_output(tmp_path: Path, jobs: str) -> None:
    files = {f"content/{number}.md": article(tags=[f"t{number}"]) for number in range(150)}
    endless = "{% for _ in range(9999) %}{% for _ in range(9999) %}{% endfor %}{% endfor %}"
    site = write_site(tmp_path / "site", files | {"templates/term.html": endless})  # on any machine it comes to no end
    command = ("build", "--site", str(site), "--jobs", jobs, *AT)
    process = start(*command, stdout=subprocess.PIPE, start_new_session=True)
    while not list((site / ".yoyak").glob("staging-*/tree/articles")) and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert without_progress(said.decode()) == "Stopped.\n"
    assert not (site / "output/index.html").exists()
    assert not list((site / ".yoyak").glob("staging-*/"))


def test_plain_templates_are_only_added_where_there_is_none(site: Path) -> None:
    (site / "templates/article.html").write_text("own", encoding="utf-8")
    use_plain_templates(site)
    assert (site / "templates/article.html").read_text(encoding="utf-8") == "own"


# --- the language ------------------------------------------------------------------------------------


@each_row(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "KO"}, "ko"),
        ({"LANG": "kok_IN"}, "en"),
        ({"LC_MESSAGES": "ko_KR", "LANG": "en_US.UTF-8"}, "ko"),
        ({"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "ko_KR", "LANG": "ko_KR"}, "en"),
        ({"LC_ALL": "", "LANG": "ko_KR.eucKR"}, "ko"),
        ({"YOYAK_LANG": "en", "LC_ALL": "ko_KR.UTF-8"}, "en"),
        ({"YOYAK_LANG": "ko", "LC_ALL": "C"}, "ko"),
        ({"YOYAK_LANG": "한국어"}, "en"),
    ],
)
def test_the_first_variable_that_is_set_chooses_the_language(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_a_korean_environment_gets_korean_and_the_option_wins(
    yoyak: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("YOYAK_LANG")
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    lines = yoyak("build", "--site", site, *AT).stdout.splitlines()
    assert lines[1:3] == ["초안: 글 1건", "공개 예약: 글 1건, 다음 공개는 7월 12일 (금) 09:00 KST"]
    assert yoyak("build", "--site", site, *AT, "--lang", "en").stdout.startswith("1 article, ")
    assert yoyak("build", cwd=site.parent).stderr.startswith("yoyak: 여기와 위 폴더에 site.yaml이 없습니다.")


def test_no_word_of_english_is_left_in_what_a_korean_reads(yoyak: Run, site: Path) -> None:
    """But for names, keys and commands."""
    spoil(site)
    asked = (("check",), ("build",), ("build", "--keep-going", "--explain"), ("fix",), ("why", "content/bad.md"))
    found = [yoyak(*command, "--site", site, "--lang", "ko") for command in asked]
    words = {
        word
        for done in found
        for word in re.findall(r"(?<![\w./:`\[\"-])[A-Za-z]{3,}(?![\w./`\]\"=-])", done.stdout + done.stderr)
    }
    assert words <= {"yoyak", "build", "check", "fix", "why", "KST", "excerpt", "full", "link", "rights", "bad", "json"}


def test_an_unchanged_build_in_english_loads_no_yaml(site: Path, yoyak: Run, checkout: Path) -> None:
    for file in (file for file in site.rglob("*") if file.is_file()):
        os.utime(file, (1e9, 1e9))  # one written just now is not trusted to be unchanged
    yoyak("build", "--site", site)
    command = [sys.executable, "-X", "importtime", "-m", "yoyak", "build", "--site", str(site)]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(checkout / "generator")}, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert not re.search(r"\| +yaml$", done.stderr, re.MULTILINE)


def test_plan_lists_what_changes_by_itself(yoyak: Run, site: Path) -> None:
    answer = yoyak("plan", "--at", "2024-07-10 12:00", cwd=site)
    assert answer.stdout.splitlines()[:2] == [
        "2024-07-12 09:00 KST",
        "  둘: It is published. [content/later.md, date]",
    ]
    assert not (site / "output").exists()


def test_plan_leaves_out_what_is_later(yoyak: Run, site: Path) -> None:
    for until, number in (("2024-07-11", 0), ("2024-07-12", 1), ("2024-07-12 08:59", 0)):
        answer = yoyak("plan", "--at", "2024-07-10 12:00", "--until", until, "--json", cwd=site)
        assert len(json.loads(answer.stdout)["coming"]) == number


def test_plan_reports_the_files_that_it_cannot_list(yoyak: Run, site: Path) -> None:
    spoil(site)
    answer = yoyak("plan", "--at", "2024-07-10 12:00", cwd=site)
    assert answer.returncode == 1
    assert "content/bad.md:" in answer.stderr


def test_plan_says_nothing_of_dates_when_the_settings_cannot_be_read(yoyak: Run, site: Path) -> None:
    (site / "site.yaml").write_text("title: [", encoding="utf-8")
    answer = yoyak("plan", cwd=site)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "site.yaml:1:" in answer.stderr


def test_a_time_that_plan_cannot_read_names_its_option(yoyak: Run, site: Path) -> None:
    answer = yoyak("plan", "--until", "soon", cwd=site)
    assert answer.returncode == 2
    assert "--until" in answer.stderr
