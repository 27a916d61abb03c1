"""What decides about publishing and is not understood holds back: tables of files, each judged by what is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path

import pytest
from msgspec import inspect as kinds

from sites import built, everything
from yoyak.messages.catalogue import speak
from yoyak.model.schema import FrontMatter, PageKeys
from yoyak.model.types import Status

RIGHT = "# status: draft"
"""A comment of YAML: it decides nothing."""
NOTHING = [
    "",
    " ",
    "\t",
    " # 나중에",
    " ~",
    " null",
    " ''",
    ' ""',
    " []",
    " {}",
    " \u00a0",
    " \u200b",
    " \u3000",
    " |",
    " >-",
    " !!null",
    " {{ status }}",
    " <% tp.status %>",
    " TBD",
]
NOT_PUBLIC = """
draft Draft DRAFT drafts draft. private Private hidden 비공개 초안 보류
임시저장 작성중 미발행 검토중 대기 숨김 wip WIP todo no No false False off 0 pending held
unpublished unapproved not-approved in-review rejected trash archived
scheduled Approved ｄｒａｆｔ dra\u200bft drаft 下書き Entwurf brouillon [draft]
{draft} true yes 1 None nil undefined ? … review "draft" 'draft'
"draft\u00a0" approved?
""".split()
NAMES = [
    "Status",
    "STATUS",
    "ＳＴＡＴＵＳ",
    "status ",
    '"status"',
    "'status'",
    "상태",
    "\tstatus",
    " status",
    "staus",
    "stauts",
    "statu",
    "sttaus",
    "statuss",
    "stat us",
    "\u200bstatus",
    "\ufeffstatus",
    "stat\u200bus",
    "\u00a0status",
    "status\u3000",
    "stаtus",
    "state",
    "- status",
    "? status",
    "**status**",
    "post_status",
    "공개여부",
]
FOREIGN = [
    "draft: true",
    "draft: True",
    "draft:",
    "Draft: yes",
    "isDraft: true",
    "published: false",
    "publish: false",
    "public: no",
    "private: true",
    "hidden: 1",
    "unlisted: true",
    "noindex: true",
    "visibility: private",
    "password: x",
    "publishDate: 2031-01-01",
    "publishDate:",
    "embargo: 2031-01-01",
    "expires: 2001-01-01",
    "status: draft\nstatus: approved",
    "status: approved\nstatus: draft",
    "status: approved\nStatus: draft",
    "비공개: true",
]


def spellings() -> list[str]:
    written = [f"status:{value}" for value in NOTHING]
    written += [f"status: {word}" for word in NOT_PUBLIC] + [f"status:{word}" for word in NOT_PUBLIC[:30]]
    return [*written, *(f"{name}: draft" for name in NAMES), *FOREIGN, RIGHT]


def published(folder: Path, texts: Iterable[str], place: str = "content/a{}.md") -> set[str]:
    """Return which of some texts are on a site that publishes what it can; each has a word that no other has."""
    files = {place.format(number): f"{text}word{number:04}end.\n" for number, text in enumerate(texts)}
    said = everything(built(folder, files, keep_going=True).output)
    return {list(texts)[int(found)] for found in re.findall(r"word(\d{4})end", said)}


def yaml_head(line: str) -> str:
    return f"---\ntitle: 다리\ndate: 2024-07-03\nrights: full\n{line}\n---\n\n"


def test_no_spelling_of_draft_is_published_in_front_matter(tmp_path: Path) -> None:
    heads = [yaml_head(line) for line in spellings()]
    assert len(heads) > 150
    assert published(tmp_path, heads) == {yaml_head(RIGHT)}


@pytest.mark.slow
def test_no_spelling_of_draft_is_published_above_a_saved_page_or_a_capture(tmp_path: Path) -> None:
    page = "<!doctype html><title>다리</title><article><h1>다리</h1><p>{}"
    saved = [f"{yaml_head(line)}{page.format('긴 문장이 여기에 있다. ' * 12)}" for line in spellings()]
    assert published(tmp_path / "saved", saved, "content/a{}.html") == {saved[-1]}
    captures = [f"{yaml_head(line)}다리가 섰다\n\n" for line in spellings()]
    assert published(tmp_path / "captures", captures, "content/a{}.txt") == {captures[-1]}


def test_no_spelling_of_draft_is_published_as_a_page_of_its_own(tmp_path: Path) -> None:
    heads = [f"---\ntitle: 소개\n{line}\n---\n\n" for line in spellings()]
    assert published(tmp_path, heads, "content/pages/p{}.md") == {heads[-1]}


@pytest.mark.parametrize("folder", ["editions/2024-W{}.md", "themes/t{}.md"])
def test_a_note_that_says_it_is_a_draft_is_not_published(tmp_path: Path, folder: str) -> None:
    heads = [
        f"---\n{line}\n---\n\n"
        for line in ("status: draft", "status:", "draft: true", "Status: draft", "embargo_until: 2031-01-01")
    ]
    assert published(tmp_path, heads, f"content/{folder}") == set()


def test_no_value_of_a_deciding_key_is_published_as_toml_or_json(tmp_path: Path) -> None:
    keys = ["status", "publish_at", "embargo_until", "expires_at", "rights", "paywall"]
    toml = [
        f'+++\ntitle = "다리"\n{key} = {value}\n+++\n\n' for key, value in product(keys, ('""', "[]", '"초안"', "{}"))
    ]
    data = [
        f'{{"title": "다리", "{key}": {value}}}\n\n'
        for key, value in product(keys, ('""', "null", "[]", "{}", '"초안"'))
    ]
    assert published(tmp_path, [*toml, *data]) == set()


def deciding(keys: type) -> list[str]:
    info = kinds.type_info(keys)
    assert isinstance(info, kinds.StructType)
    return [f.name for f in info.fields if isinstance(f.type, kinds.Metadata) and (f.type.extra or {}).get("decides")]


def test_every_key_that_holds_back_is_marked_as_one_that_decides() -> None:
    assert {"status", "publish_at", "embargo_until", "expires_at", "rights", "paywall"} <= set(deciding(FrontMatter))
    assert deciding(PageKeys) == ["status"]


@pytest.mark.parametrize("key", deciding(FrontMatter))
def test_a_deciding_key_without_a_value_is_an_error_with_its_line(tmp_path: Path, key: str) -> None:
    found = built(tmp_path, {"content/a.md": yaml_head("").replace("rights: full\n\n", f"{key}:\n")}, keep_going=True)
    (problem,) = [one for one in found.report.problems if one.severity == "error"]
    assert (problem.code, problem.path, problem.line) == ("empty-value", "content/a.md", 4)
    assert "or delete this line" in speak(problem.hint)


def test_a_setting_that_decides_may_not_be_empty(tmp_path: Path) -> None:
    for number, setting in enumerate(("review: {required: }", "rights: {default: }", "sources: {가온: {rights: }}")):
        found = built(
            tmp_path / str(number), {}, f"title: 시험\nbase_url: https://a.example/\ntimezone: Asia/Seoul\n{setting}\n"
        )
        assert [problem.code for problem in found.report.problems if problem.severity == "error"] == ["empty-value"]


def test_keys_that_decide_nothing_may_be_empty(tmp_path: Path) -> None:
    empty = yaml_head("tags:\nsubtitle:\nsummary:\nsource:\nauthors:\nimage:")
    assert published(tmp_path, [empty]) == {empty}


_STATUSES: Mapping[Status, bool] = {"approved": True, "draft": False, "review": False}


@pytest.mark.parametrize("status", _STATUSES)
def test_the_three_words_mean_what_they_say(tmp_path: Path, status: Status) -> None:
    assert bool(published(tmp_path, [yaml_head(f"status: {status}")])) is _STATUSES[status]
