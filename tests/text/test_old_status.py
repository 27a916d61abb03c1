# ruff: noqa: E501 - tables of what people write
"""What other programs write about who may see an article: none of what says "not public" is public."""

from __future__ import annotations

from typing import Any

import pytest

from rows import each_row
from yoyak.importing.heads import head_of
from yoyak.text.old_status import held_by_name, verdict

YAML = """
draft: true|draft: yes|draft: Yes|draft: YES|draft: on|draft: y|draft: 1|draft: 'true'|draft: "yes"|Draft: true|DRAFT: TRUE
draft: maybe|draft: ja|draft: sí|draft: 예|draft: да|draft: はい|draft: 是|draft: True # later|drafts: true|draft?: yes
isDraft: true|is_draft: true|is-draft: true|is draft: true|IsDraft: 1|ISDRAFT: yes|in_draft: true|draft_post: true
postDraft: yes|draft_of: other|draft: until Monday|draft: 2024-07-01|ｄｒａｆｔ: true|draft: ｔｒｕｅ
published: false|published: no|published: off|published: 0|published: n|Published: No|published: "false"|published: later
published: |published: ~|published: null|publish: false|publish: no|publish: never|publish: soon|public: false|public: no
is_published: false|isPublished: no|IsPublic: false|ispublic: 0|visible: false|visible: no|is_visible: false|live: false
isLive: no|listed: false|list: never|render: never|render: false|sitemap: false|searchable: false|index: false
show: false|discoverable: no|available: false|online: no|released: false|readyToPublish: no|published_to_web: false
private: true|private: yes|isPrivate: true|is_private: 1|private: me|hidden: true|hide: yes|is_hidden: true|unlisted: true
noindex: true|no_index: yes|robots: noindex|robots: "noindex, nofollow"|robots: [noindex]|robots: none|nopublish: true
no-publish: yes|doNotPublish: true|do_not_publish: x|unpublished: true|wip: true|WIP: yes|workInProgress: true
password: abc|password: 1234|passwordProtected: true|protected: true|secret: true|confidential: yes|internal: true
members_only: true|membersOnly: yes|subscribers-only: true|paid: true|premium: true|embargoed: true|trash: true
trashed: 2024-01-01|deleted: true|deleted: 2024-01-01|archived: true|skip: true|ignore: true|exclude: true|disabled: true
headless: true|eleventyExcludeFromCollections: true|excludeFromSitemap: true|sitemap_exclude: yes|search_exclude: true
locked: true|restricted: yes|offline: true|pending: true|unreleased: true
status: private|status: pending|status: hidden|status: future|status: trash|status: in progress|status: wip|status: 초안
status: |status: Brouillon|status: Entwurf|status: [published, private]|state: draft|state: archived|visibility: private
visibility: members|visibility: paid|visibility: tiers|Visibility: Hidden|visibility: unlisted|visibility: [members]
post_status: draft|postStatus: pending|post-status: private|page_status: draft|workflow: editing|workflow_state: review
stage: alpha|access: members|access_level: 3|audience: only_paid|audience: founding|privacy: friends|privacy: private
encrypt: true|encrypted: yes|passphrase: x|retracted: true|withdrawn: yes|login_required: true
requiresLogin: yes|needs_review: true|approved: false|active: false|tier: premium|tiers: [gold]|moderation: pending
membership: gold|classification: internal|subscriberOnly: true|do_not_share: true|sharing: private|scope: private
review: pending|display: draft|note_type: unpublished|구분: 비공개|종류: 임시저장|승인: 아니오|승인: 대기
publication_status: withheld|publishState: held|review_status: open?
invisible: true|is-invisible: yes|disablePublish: true|hold_publish: true|depublish: true
no_publish_yet: true|prevent-visible: on|publishable: false|newsletter_publish: no|dg-publish: false|dgPublish: no|garden-publish: later|publish_to_web: no|blog_visible: false|published_at: null|publishedAt: ~
publishedAt: |first_published_at: null|ready: false|완료: false|finished: no|done: false|발행완료: 아니오|작성완료: N
비공개: true|비공개: 예|초안: 예|초안: true|임시저장: true|보류: 예|숨김: 예|비밀글: 예|미발행: true|공개: 아니요|공개: false|공개: 비공개
공개여부: 아니오|공개여부: N|발행: no|발행: 예정|게시: 0|게시여부: 미정|노출: N|상태: 초안|상태: 작성중|상태: 임시저장|공개범위: 이웃공개
공개범위: 나만보기|공개범위: 서로이웃|공개설정: 비공개|발행상태: 대기
entwurf: ja|Entwurf: true|brouillon: oui|borrador: sí|bozza: sì|rascunho: sim|utkast: ja|kladde: ja|taslak: evet|szkic: tak
черновик: да|草稿: true|草稿: 是|下書き: はい|下書き: true|非公開: true|私密: true|privé: oui|privat: ja|privado: sí|oculto: sí
publié: non|veröffentlicht: nein|publicado: no|pubblicato: no|опубликовано: нет|公開: false|公开: 否|已发布: 否
estado: borrador|statut: brouillon|stato: bozza|статус: черновик|状态: 草稿|ステータス: 下書き|sichtbarkeit: privat
type: draft|type: Draft|layout: draft|kind: wip|tags: [a, draft]|tags: ['#draft']|category: Drafts|categories: [초안]
publishDate: soon|publish_date: next week|publishDate: 01/02/2099|publishDate: 4070908800|expiryDate: yes
embargo: true|embargo: until Friday|embargo_note: ask first|schedule: weekly|scheduled: true|go_live: Monday
hidden_from: readers|visibility_scope: team|private_note: yes|expires_in: 3600|release_embargo: x
build: {render: never}|build: {list: never}|_build: {render: false}
params: {draft: true}|params: {isDraft: yes}|extra: {draft: true}|extra: {hidden: true}|sitemap: {disable: true}
sitemap: {exclude: true}|seo: {noindex: true}|seo: {robots: noindex}|meta: {status: draft}|meta: {published: no}
_members_access_role: subscriber|rcp_access_level: 2|_wpmem_block: 1|_jetpack_newsletter_access: paid_subscribers|restrict_to: members
rcp_subscription_level: 2|_swpm_protect_post: 1|_pmpro_levels: 1,2|draft: {value: true}|published: {value: false}|flags: [draft, wip]
metadata: {private: true}|post: {visibility: private}|settings: {published: false}|params: {seo: {noindex: true}}
blog: {draft: true}|cascade: {draft: true}|publication: {state: held}|access: {level: paid}|status: {value: draft}
"""
LINES = "Status: draft|Status: hidden|Status: skip|draft: True,|Published: False|.hidden: True|Status: Draft # wip"
TOML = """draft = true|published = false|private = true|hidden = true|draft = 1|params.draft = true|build.render = 'never'"""
JSON = """"draft": true|"published": false|"published": null|"status": "private"|"visibility": "members"|"params": {"draft": true}
"""
PYTHON: list[dict[str, Any]] = [
    {"draft": "True"}, {"published": "False"}, {"published": "None"}, {"status": "['draft']"}, {"private": "True"},
    {"hidden": True}, {"published": None}, {"draft": "Yes"},
]  # fmt: skip


def _each(table: str) -> list[str]:
    return [one for line in table.strip().splitlines() for one in line.split("|")]


def _values(head: str) -> Any:
    found = head_of(head)
    assert found is not None, head
    return found.values


@each_row("written", _each(YAML))
def test_yaml_that_says_not_public_holds_back(written: str) -> None:
    assert verdict(_values(f"---\ntitle: a\n{written}\n---\n\nb\n")).held


@pytest.mark.parametrize("written", _each(TOML))
def test_toml_that_says_not_public_holds_back(written: str) -> None:
    assert verdict(_values(f"+++\ntitle = 'a'\n{written}\n+++\n\nb\n")).held


@pytest.mark.parametrize("written", _each(JSON))
def test_json_that_says_not_public_holds_back(written: str) -> None:
    assert verdict(_values('{"title": "a", ' + written + "}\n\nb\n")).held


@each_row("values", PYTHON)
def test_values_as_python_writes_them_hold_back(values: dict[str, Any]) -> None:
    assert verdict(values).held


MOMENTS = """publishDate|publish_date|publish_at|publishAt|publish_on|publishOn|published_after|publish_after|publish_from
visible_from|visibleAfter|go_live|goLive|go_live_at|live_at|scheduled|scheduled_at|scheduledFor|schedule_date|not_before
show_after|display_from|valid_from|available_from|예약발행|예약일시|발행예정일|게시예정일|embargo|embargo_until|embargo_date|embargoed_until
embargo_lifts|private_until|hidden_until|hide_until|draft_until|release_at|엠바고"""
ENDS = """expiryDate|expiry_date|expires|expires_at|expire|expiration|expirationDate|unpublishDate|unpublish_at|unpublish_on
visible_until|available_until|show_until|publish_until|published_until|display_end|valid_until|valid_through|takedown_date|만료일|게시종료일"""


@each_row("key", _each(MOMENTS))
def test_a_day_before_which_nobody_may_see_an_article_is_kept(key: str) -> None:
    decided = verdict({"title": "a", "date": "2024-01-01", key: "2099-01-01 09:00"})
    assert {"publish_at", "embargo_until"} & set(decided.dates) or decided.held


@each_row("key", _each(ENDS))
def test_a_day_after_which_nobody_may_see_an_article_is_kept(key: str) -> None:
    assert verdict({"title": "a", key: "2020-01-01"}).dates == {"expires_at": "2020-01-01"}


def test_of_two_moments_the_one_that_hides_more_counts() -> None:
    decided = verdict(
        {"publishDate": "2020-01-01", "scheduled_at": "2099-01-01", "expires": "2020-02-02", "expiryDate": "2099-02-02"}
    )
    assert decided.dates == {"publish_at": "2099-01-01", "expires_at": "2020-02-02"}


PUBLIC = """
draft: false|draft: no|draft: No|draft: off|draft: 0|draft: 'false'|draft: |draft: ~|draft: nein|draft: False # done
published: true|published: yes|published: on|published: 1|published: 2020-01-01|publish: true|public: yes|visible: true
isPublished: true|ISPUBLISHED: true|status: published|status: Published|status: publish|status: approved|status: public
visibility: public|visibility: everyone|visibility: Public|state: live|access: open|hidden: false|private: no|unlisted: false
password: |password: ''|listed: true|list: always|render: always|sitemap: {changefreq: monthly, priority: 0.5}
robots: index, follow|noindex: false|comment_status: closed|ping_status: open|publisher: 가온일보|publishing_house: x
published_by: 김하늘|published_in: 가온일보|layout: post|type: post|tags: [ferry]|tags: [private beach]|categories: [news]
overdraft: 5|secretary: 김하늘|privateer: yes|build: {list: always, render: always}|build: {publishResources: false}
cover: {hidden: true}|author: {private: true}|image: {hidden: false}|toc: {show: false}|menu: {main: {weight: 1}}
공개: 예|공개: 공개|공개여부: Y|상태: 발행|공개범위: 전체공개|비공개: 아니요|초안: 아니오|발행일: 2020-01-01|게시판: 자유
publié: oui|veröffentlicht: ja|公開: true|public: everyone|eleventyExcludeFromCollections: false|expires: never
approved: true|active: yes|tier: free|paywall: false|paywall: true|review: 4 stars|scope: city|승인: 예|genre: hidden gems|display: wide
_jetpack_newsletter_access: everybody|rcp_user_level: all|rcp_access_level: None|_wpmem_block: 0|unrestricted: false|pubDate: Jul 08 2022|draft: {value: false}|flags: [sale]
dg-publish: true|blog_visible: yes|invisible: false|disablePublish: no|unpublishable: false|publish_to_web: yes|publishedAt: 2020-01-01|ready: true|완료: true|done: 2020-01-01|first_published: 2020-01-01|date_published: 2020-01-01|dateline: Gaon|edition: 3|weight: 1|lastmod: 2020-01-01
"""


@each_row("written", _each(PUBLIC))
def test_what_was_public_is_not_held_back(written: str) -> None:
    assert verdict(_values(f"---\ntitle: a\n{written}\n---\n\nb\n")).held == ()


@pytest.mark.parametrize("key", ["published", "pubDate"])
def test_a_published_day_to_come_beside_a_date_holds_the_article_until_then(key: str) -> None:
    assert verdict({"date": "2020-01-01", key: "2099-01-01"}).dates == {"publish_at": "2099-01-01"}
    assert verdict({key: "2020-01-01"}).dates == {}


def test_unlisted_counts_as_public_only_where_its_program_gives_it_a_page() -> None:
    assert verdict({"unlisted": True}, unlisted=True).unlisted
    assert verdict({"unlisted": True}).held
    decided = verdict({"unlisted": True, "draft": True}, unlisted=True)
    assert decided.held
    assert not decided.unlisted


@each_row(
    "path",
    _each("""_drafts/a.md|drafts/a.md|Drafts/2024/a.md|draft/a.md|blog/_drafts/a.md|draft_a.md|2024-07-01-DRAFT-a.md|draft-a.md|_draft_a.md|draft a.md|a.draft.md
a-draft.md|a_draft.md|a (draft).md|a.unpublished.md|.unpublished/a.md|unpublished/a.md|private/a.md|초안/a.md|비공개/a.md
가온.초안.md|draft.md|draft2.html|A.DRAFT.MD|wip/a.md|trash/a.md|임시글/a.md|작성중/a.md|미발행/a.md|보류/a.md|templates/a.md|_templates/a.md|템플릿/a.md|Entwürfe/a.md|brouillons/a.md|a.wip.md
wip-a.md|WIP 배.md|a.private.md|_ferry.md|a.sync-conflict-20240701-X.md|a (conflicted copy).md|[초안] 배.md|【초안】배.md|(draft) a.md|임시저장 배.md|배 [비공개].md
작성중 배.md|미발행_배.md|deleted/a.md|scheduled/a.md|members-only/a.md|휴지통/a.md|회원전용/a.md|Entwurf-a.md|下書き 港.md|草稿-港.md|a.bak.md
internal/a.md|confidential/a.md|비밀/a.md|pending/a.md|unlisted/a.md|in progress/a.md|in-review/a.md"""),
)  # fmt: skip
def test_names_of_files_and_folders_hold_back(path: str) -> None:
    assert held_by_name(path)


@each_row(
    "path",
    [
        "posts/a.md",
        "2024/overdraft.md",
        "drafty-houses.md",
        "a/redraft.md",
        "privateer/a.md",
        "_posts/a.md",
        "private-equity-boom.md",
        "비공개-회의-열려.md",
        "임시정부.md",
        "backup-power.md",
        "members-vote.md",
        "wipe.md",
        "_index.md",
        "members/a.md",
        "비공개 회의 열려.md",
    ],
)
def test_other_names_do_not(path: str) -> None:
    assert held_by_name(path) == ""


@pytest.mark.parametrize(
    "written", ["status: draft   # see the desk", "status: Review # Kim reads it", "stage: [draft]"]
)
def test_a_comment_or_a_list_does_not_make_a_draft_public(written: str) -> None:
    assert verdict(_values(f"---\ntitle: a\n{written}\n---\n\nb\n")).held


@pytest.mark.parametrize("written", ["expires: 2099-01-01   # after the fair", "expires: [2099-01-01]"])
def test_a_moment_is_read_without_its_comment_and_out_of_its_list(written: str) -> None:
    decided = verdict(_values(f"---\ntitle: a\n{written}\n---\n\nb\n"))
    assert (decided.held, decided.dates) == ((), {"expires_at": "2099-01-01"})


def test_a_table_in_a_head_of_plain_lines_is_read_as_one() -> None:
    assert verdict({"build": "{render: never, list: never}"}).held
    assert not verdict({"sitemap": "{priority: 0.5}"}).held
    assert verdict({"status": "draft, note: public"}).held


def test_a_reason_does_not_show_a_password() -> None:
    assert "hunter2" not in str(verdict({"password": "hunter2"}).held)
