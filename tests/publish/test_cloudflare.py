"""A deploy to Cloudflare Pages, against a host on this machine that speaks its protocol."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest
from msgspec.structs import replace

from incremental.amounts import FAULTS
from publish.api_desks import AT_CLOUDFLARE, IMPATIENT, QUICK, SHORT, CloudflareDesk, as_cloudflare
from publish.api_host import Asked, once_waited_for
from publish.cloudflare_host import PROJECT, CloudflareHost
from publish.desks import PAGES
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import CloudflareTarget
from yoyak.publish import cloudflare
from yoyak.publish.whole_site import PUBLIC_MANIFEST

RULES = {"_headers": "/*\n  X-Frame-Options: DENY\n", "_redirects": "/old /new 301\n"}


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[CloudflareHost]:
    with as_cloudflare(CloudflareHost(), monkeypatch) as host:
        yield host


@pytest.fixture
def desk(tmp_path: Path) -> CloudflareDesk:
    desk = CloudflareDesk(tmp_path, AT_CLOUDFLARE)
    desk.builds()
    return desk


def test_the_whole_site_is_live_after_a_deploy(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.builds({**PAGES, **RULES})
    report = desk.deploys()
    assert host.live == desk.site_files
    assert host.count("POST", "/deployments") == 1
    assert (report.added, report.changed, report.removed) == (7, 0, 0)


def test_files_get_the_type_of_their_ending(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.builds({"index.html": "same", "same.css": "same", "same.SVG": "same", "feed.xml": "<a/>", "x.strange": "x"})
    desk.deploys()
    types = sorted(kind for _, kind in host.assets.values())
    expected = ["application/json", "application/octet-stream", "application/xml", "image/svg+xml", "text/css"]
    assert types == [*expected, "text/html"]


def test_a_second_deploy_sends_nothing(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.deploys()
    before = len(host.asked)
    assert not desk.deploys().size
    assert {asked.method for asked in host.asked[before:]} == {"GET"}


def test_only_what_changed_is_sent(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.deploys()
    desk.builds({**PAGES, "index.html": "changed"})
    report = desk.deploys()
    assert (report.added, report.changed, report.unchanged) == (0, 2, 3)  # the page and the manifest
    assert report.size == len(desk.site_files["/index.html"]) + len(desk.site_files[f"/{PUBLIC_MANIFEST}"])
    assert host.live == desk.site_files


def test_rules_alone_make_a_new_deployment(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.builds({**PAGES, **RULES})
    desk.deploys()
    desk.builds({**PAGES, **RULES, "_redirects": "/older /new 301\n"})
    assert desk.plans().changed == ("_redirects", PUBLIC_MANIFEST)
    desk.deploys()
    assert host.live == desk.site_files


def test_a_dry_run_changes_nothing_at_the_host(host: CloudflareHost, desk: CloudflareDesk) -> None:
    assert len(desk.plans().added) == 5
    assert {asked.method for asked in host.asked} == {"GET"}


def test_files_go_in_portions(host: CloudflareHost, desk: CloudflareDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cloudflare, "_PORTION_FILES", 10)
    desk.builds({f"articles/{number}/index.html": f"글 {number}" for number in range(45)})
    desk.deploys()
    assert host.count("POST", "/assets/upload") == 5
    assert host.live == desk.site_files


def test_a_deployment_that_is_not_from_yoyak_is_replaced_only_with_consent(
    host: CloudflareHost, desk: CloudflareDesk
) -> None:
    host.shows({"index.html": b"the shop"})
    before = host.live
    with pytest.raises(YoyakError, match=r"not from yoyak.*does not say which files it has.*--confirm-removals 1"):
        desk.deploys()
    assert host.live == before
    desk.deploys(confirm_removals=1)
    assert host.live == desk.site_files


def test_another_site_of_yoyak_is_replaced_only_with_consent(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.builds(base_url="https://another.example.org/")
    desk.deploys()
    desk.builds()
    with pytest.raises(YoyakError, match=r"holds another site, https://another\.example\.org/"):
        desk.deploys()
    desk.deploys(confirm_removals=1)


def test_many_removals_need_consent(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.builds({**PAGES, **{f"old/{number}.html": str(number) for number in range(12)}})
    desk.deploys()
    desk.builds()
    with pytest.raises(YoyakError, match="removes 12 of the 17 files"):
        desk.deploys()
    desk.deploys(confirm_removals=12)
    assert host.live == desk.site_files


@pytest.mark.parametrize("served", [302, 403, 404, 500])
def test_what_cannot_be_known_is_said(host: CloudflareHost, desk: CloudflareDesk, served: int) -> None:
    desk.patience = SHORT
    desk.deploys()
    before = host.live
    host.served = served
    desk.builds({**PAGES, "index.html": "changed"})
    with pytest.raises(YoyakError, match=r"5 files whose names could not be read.*--confirm-removals 5"):
        desk.deploys()
    assert host.live == before
    host.served = 403
    desk.deploys(confirm_removals=5)
    assert host.live == desk.site_files


def test_a_manifest_that_is_not_the_deployments_is_not_believed(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.deploys()
    key = host.deployments[0]["_manifest"][f"/{PUBLIC_MANIFEST}"]
    host.assets[key] = (host.assets[key][0].replace(b"feed.xml", b"fake.xml"), "")
    desk.builds({**PAGES, "index.html": "changed"})
    assert "could not be read" in str(YoyakError(desk.plans().there.replaces))


def test_someone_elses_deploy_meanwhile_is_not_replaced(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.deploys()
    desk.builds({**PAGES, "index.html": "changed"})
    plan = desk.plans()
    host.shows({"index.html": b"of someone else"})
    with pytest.raises(YoyakError, match="was changed by someone else meanwhile"):
        desk.host.deploy(plan)
    assert host.live == {"/index.html": b"of someone else"}


def test_a_preview_leaves_what_is_live(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.deploys()
    before = host.canonical
    desk.builds({"index.html": "draft"}, preview=True)
    desk.previews = True
    report = desk.deploys()
    assert host.canonical == before
    assert report.url == host.deployments[0]["url"]
    assert host.deployments[0]["environment"] == "preview"
    assert host.site_of(host.deployments[0]["id"]) == desk.site_files


def test_a_rollback_makes_the_deployment_before_live(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.deploys()
    first = host.live
    desk.builds({**PAGES, "index.html": "changed"})
    desk.deploys()
    report = desk.host.roll_back("")
    assert host.live == first
    assert (report.before, report.now) == ("00000002", "00000001")
    releases = desk.host.releases()
    assert [(one.name, one.live, one.files) for one in releases] == [("00000002", False, 5), ("00000001", True, 5)]
    with pytest.raises(YoyakError, match=r'no release "nowhere"'):
        desk.host.roll_back("nowhere")


def test_a_deploy_after_a_rollback_is_compared_with_what_is_live(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.deploys()
    desk.builds({**PAGES, "index.html": "changed"})
    desk.deploys()
    desk.host.roll_back("")
    assert desk.plans().changed == ("index.html", PUBLIC_MANIFEST)
    desk.deploys()
    assert host.live == desk.site_files


def test_a_cut_deploy_is_resumed_by_the_next_one(
    host: CloudflareHost, desk: CloudflareDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cloudflare, "_PORTION_FILES", 5)
    desk.builds({f"{number}.html": f"page {number}" for number in range(30)})
    host.fault = lambda number, asked: "cut" if number > 7 and asked.path.endswith("/upload") else ""
    with pytest.raises(YoyakError, match=r"Readers see the same site"):
        desk.deploys()
    assert host.live == {}
    arrived = len(host.assets)
    assert 0 < arrived < 31
    host.fault = lambda _number, _asked: ""
    desk.deploys()
    assert host.live == desk.site_files
    sent = [one["key"] for asked in host.asked if asked.path.endswith("/upload") for one in asked.json()]
    assert len(set(sent)) == 31


def test_an_upload_token_that_ends_is_replaced(host: CloudflareHost, desk: CloudflareDesk) -> None:
    host.lasts = 0.0
    with pytest.raises(YoyakError, match="does not accept the token"):
        desk.deploys()
    host.lasts = 1.0  # every one is nearly over
    desk.deploys()
    assert host.count("GET", "/upload-token") > 3
    assert host.live == desk.site_files


@pytest.mark.parametrize("how", ["500", "502", "429", "cut", "lost", "cut-body", "slow", "401"])
def test_a_passing_failure_is_waited_for(host: CloudflareHost, desk: CloudflareDesk, how: str) -> None:
    desk.patience = SHORT if how == "slow" else QUICK
    failed: set[str] = set()

    def once(_number: int, asked: Asked) -> str:
        last = asked.path.rpartition("/")[2]
        if asked.method == "GET" or last in failed or (how == "401" and last == "deployments"):
            return ""
        failed.add(last)
        return once_waited_for(how, len(failed))

    host.fault = once
    before = monotonic()
    desk.deploys()
    assert how != "429" or monotonic() - before >= 1
    assert failed >= {"check-missing", "upload", "upsert-hashes"}
    assert host.live == desk.site_files


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("401", "does not accept the token in CLOUDFLARE_API_TOKEN"),
        ("403", "refuses this to the token in CLOUDFLARE_API_TOKEN"),
        ("404", 'no Cloudflare Pages project "digest"'),
        ("422", "refused the request"),
        ("500", "failed (status 500)"),
        ("429-long", "Deploy again in 3,600 seconds"),
        ("html", "an answer that yoyak does not understand"),
        ("away", "The token is not sent there"),
        ("cut", "was not reached"),
        ("slow", "did not answer for 0.1 seconds"),
    ],
)
def test_a_failure_that_stays_is_said_in_words(host: CloudflareHost, desk: CloudflareDesk, how: str, said: str) -> None:
    desk.patience = IMPATIENT if how == "slow" else QUICK
    host.fault = lambda _number, _asked: how
    with pytest.raises(YoyakError) as failed:
        desk.deploys()
    assert said in str(failed.value)
    assert host.token not in str(failed.value)
    assert host.live == {}


def test_tokens_stand_in_a_header_only(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.deploys()
    for asked in host.asked:
        assert not any(token in f"{asked.path}{asked.query}{asked.body!r}" for token in (host.token, *host._tokens))


def test_a_wrong_token_account_or_project_is_named(
    host: CloudflareHost, desk: CloudflareDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.target = CloudflareTarget(project="other")
    with pytest.raises(YoyakError, match='no Cloudflare Pages project "other"'):
        desk.plans()
    desk.target = CloudflareTarget(project=PROJECT, account="other")
    with pytest.raises(YoyakError, match="does not know the account or the project"):
        desk.plans()
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "wrong")
    with pytest.raises(YoyakError, match="refuses this to the token"):
        desk.plans()
    desk.target = AT_CLOUDFLARE
    monkeypatch.setenv("CLOUDFLARE_ACCOUNT_ID", "")
    with pytest.raises(YoyakError, match="account at Cloudflare is not known"):
        desk.plans()


@pytest.mark.parametrize("project", ["", "..", "a/b", "a b", "${NAME}", "-x", "한글"])
def test_a_name_that_is_no_project_is_refused(host: CloudflareHost, desk: CloudflareDesk, project: str) -> None:
    desk.target = CloudflareTarget(project=project)
    with pytest.raises(YoyakError, match="no name of a Cloudflare Pages project"):
        desk.plans()
    assert host.asked == []


def test_a_project_of_a_git_repository_is_refused(host: CloudflareHost, desk: CloudflareDesk) -> None:
    host.source = {"type": "github"}
    with pytest.raises(YoyakError, match="takes its site from a git repository"):
        desk.plans()


def test_a_program_is_refused(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.builds({**PAGES, "functions/api.js": "x"})
    with pytest.raises(YoyakError, match=r"functions/api\.js would be a program"):
        desk.plans()
    assert host.asked == []


def test_what_is_too_large_is_refused_before_anything_is_sent(
    host: CloudflareHost, desk: CloudflareDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cloudflare, "MOST_BYTES", 1024 * 1024)
    desk.builds({**PAGES, "film.mp4": "x" * (1024 * 1024 + 1)})
    with pytest.raises(YoyakError, match=r"film\.mp4 is larger than the 1 MiB"):
        desk.plans()


def test_a_site_with_too_many_files_is_refused_by_what_the_account_may_have(
    host: CloudflareHost, desk: CloudflareDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cloudflare, "MOST_FILES", 3)
    with pytest.raises(YoyakError, match="has 5 files, and Cloudflare Pages takes 3 of this account"):
        desk.plans()
    host.most_files = 5
    desk.deploys()
    assert host.live == desk.site_files


def test_files_that_the_host_does_not_keep_stop_the_deploy(host: CloudflareHost, desk: CloudflareDesk) -> None:
    host.keeps = False
    with pytest.raises(YoyakError, match=r"did not keep 5 files\. Nothing was made live"):
        desk.deploys()
    assert host.live == {}


def test_a_deployment_that_fails_at_the_host_says_why(host: CloudflareHost, desk: CloudflareDesk) -> None:
    host.end_with = "failure"
    with pytest.raises(YoyakError, match=r"The host says: Error: the assets are gone\. Readers see the same site"):
        desk.deploys()
    assert host.live == {}


def test_a_deployment_that_never_gets_ready_is_given_up(host: CloudflareHost, desk: CloudflareDesk) -> None:
    desk.patience = SHORT
    host.end_with = ""
    with pytest.raises(YoyakError, match=r"did not make it live within 0\.5 seconds"):
        desk.deploys()


@pytest.mark.parametrize("served", [404, 500])
def test_a_host_that_cannot_serve_what_it_took_is_noticed(
    host: CloudflareHost, desk: CloudflareDesk, served: int
) -> None:
    desk.patience = SHORT
    host.served = served
    with pytest.raises(YoyakError, match="reports the deploy as done, but fails to serve it"):
        desk.deploys()


@pytest.mark.parametrize("number", range(1, 1 + max(50, FAULTS)))
def test_whatever_request_fails_readers_see_one_whole_site(
    host: CloudflareHost, desk: CloudflareDesk, number: int
) -> None:
    desk.patience = replace(QUICK, live=0.2)
    desk.builds({**PAGES, **RULES})
    desk.deploys()
    first = host.live
    desk.builds({"index.html": "new", **RULES, **{f"{page}.html": f"new {page}" for page in range(6)}})
    second = desk.site_files
    how = ("500", "cut", "lost", "html", "422", "cut-body", "404")[number % 7]
    base = len(host.asked)
    host.fault = lambda count, _: how if count - base >= 1 + number % 15 else ""
    with suppress(YoyakError):
        desk.deploys()
    assert host.live in (first, second)
    host.fault = lambda _count, _asked: ""
    desk.deploys()
    assert host.live == second
