"""A deploy to Netlify, against a host on this machine that speaks its protocol."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest
from msgspec.structs import replace

from incremental.amounts import FAULTS
from publish.api_desks import AT_NETLIFY, IMPATIENT, QUICK, SHORT, NetlifyDesk, as_netlify
from publish.api_host import Asked, once_waited_for
from publish.desks import PAGES
from publish.netlify_host import NetlifyHost
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import NetlifyTarget


@pytest.fixture
def netlify(monkeypatch: pytest.MonkeyPatch) -> Iterator[NetlifyHost]:
    with as_netlify(NetlifyHost(), monkeypatch) as host:
        yield host


@pytest.fixture
def desk(tmp_path: Path) -> NetlifyDesk:
    desk = NetlifyDesk(tmp_path, AT_NETLIFY)
    desk.builds()
    return desk


def test_the_whole_site_is_live_after_a_deploy(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    report = desk.deploys()
    assert netlify.live == desk.site_files
    assert netlify.count("POST", "/deploys") == 1
    assert (report.added, report.changed, report.removed) == (5, 0, 0)
    assert report.size == sum(map(len, desk.site_files.values()))


def test_a_second_deploy_sends_nothing(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.deploys()
    before = len(netlify.asked)
    assert not desk.deploys().size
    assert {asked.method for asked in netlify.asked[before:]} == {"GET"}


def test_only_what_changed_is_sent(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.deploys()
    desk.builds({**PAGES, "index.html": "changed"})
    before = netlify.count("PUT", "/files/")
    report = desk.deploys()
    assert netlify.count("PUT", "/files/") - before == 2  # the page and the manifest
    assert (report.added, report.changed, report.unchanged) == (0, 2, 3)
    assert netlify.live == desk.site_files


@pytest.mark.parametrize("served", [302, 401, 500])
def test_what_is_live_is_listed_by_the_host_if_readers_may_not_see_it(
    netlify: NetlifyHost, desk: NetlifyDesk, served: int
) -> None:
    desk.deploys()
    netlify.served = served
    desk.builds({**PAGES, "index.html": "changed"})
    report = desk.deploys()
    assert (report.added, report.changed, report.unchanged) == (0, 2, 3)
    assert netlify.live == desk.site_files


def test_a_large_site_is_sent_whatever_its_number_of_files(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    netlify.page = 40
    desk.builds({f"articles/{number}/index.html": f"글 {number}" for number in range(600)})
    desk.deploys()
    assert netlify.live == desk.site_files
    assert not desk.plans().changes


def test_a_dry_run_changes_nothing_at_the_host(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    assert len(desk.plans().added) == 5
    assert {asked.method for asked in netlify.asked} == {"GET"}


def test_a_site_that_is_not_from_yoyak_is_replaced_only_with_consent(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    netlify.shows({"index.html": b"the shop", "cart.js": b"1"})
    before = netlify.live
    with pytest.raises(YoyakError, match=r"not from yoyak \(2 files\).*--confirm-removals 2"):
        desk.deploys()
    assert netlify.live == before
    desk.deploys(confirm_removals=2)
    assert netlify.live == desk.site_files


def test_another_site_of_yoyak_is_replaced_only_with_consent(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.builds(base_url="https://another.example.org/")
    desk.deploys()
    desk.builds()
    with pytest.raises(YoyakError, match=r"holds another site, https://another\.example\.org/"):
        desk.deploys()
    desk.deploys(confirm_removals=1)


def test_many_removals_need_consent(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.builds({**PAGES, **{f"old/{number}.html": str(number) for number in range(12)}})
    desk.deploys()
    desk.builds()
    with pytest.raises(YoyakError, match="removes 12 of the 17 files"):
        desk.deploys()
    desk.deploys(confirm_removals=12)
    assert netlify.live == desk.site_files


def test_someone_elses_deploy_meanwhile_is_not_replaced(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.deploys()
    desk.builds({**PAGES, "index.html": "changed"})
    plan = desk.plans()
    netlify.shows({"index.html": b"of someone else"})
    with pytest.raises(YoyakError, match="was changed by someone else meanwhile"):
        desk.host.deploy(plan)
    assert netlify.live == {"/index.html": b"of someone else"}


def test_a_preview_leaves_what_is_live(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.deploys()
    before = netlify.published
    desk.builds({"index.html": "draft"}, preview=True)
    desk.previews = True
    report = desk.deploys()
    assert netlify.published == before
    assert report.url == netlify.deploys[0]["deploy_ssl_url"]
    assert netlify.site_of(netlify.deploys[0]["id"]) == desk.site_files


def test_a_rollback_makes_the_edition_before_live(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.deploys()
    first = netlify.live
    desk.builds({**PAGES, "index.html": "changed"})
    desk.deploys()
    report = desk.host.roll_back("")
    assert netlify.live == first
    assert (report.before, report.now) == (f"{2:024x}", f"{1:024x}")
    releases = desk.host.releases()
    assert [(one.name, one.live, one.files) for one in releases] == [(f"{2:024x}", False, 5), (f"{1:024x}", True, 5)]
    with pytest.raises(YoyakError, match=r'no release "nowhere"'):
        desk.host.roll_back("nowhere")


def test_a_cut_deploy_is_resumed_by_the_next_one(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.builds({f"{number}.html": f"page {number}" for number in range(30)})
    netlify.fault = lambda number, asked: "cut" if number > 12 and asked.method == "PUT" else ""
    with pytest.raises(YoyakError):
        desk.deploys()
    assert netlify.live == {}
    arrived = len(netlify.blobs)
    assert 0 < arrived < 31
    netlify.fault = lambda _number, _asked: ""
    before = netlify.count("PUT", "/files/")
    desk.deploys()
    assert netlify.live == desk.site_files
    assert netlify.count("PUT", "/files/") - before == 31 - arrived


@pytest.mark.parametrize("how", ["500", "503", "429", "429-reset", "cut", "lost", "cut-body", "slow"])
def test_a_passing_failure_is_waited_for(netlify: NetlifyHost, desk: NetlifyDesk, how: str) -> None:
    desk.patience = SHORT if how == "slow" else QUICK
    failed: set[str] = set()

    def once(_number: int, asked: Asked) -> str:
        if asked.method == "GET" or asked.method in failed:
            return ""
        failed.add(asked.method)
        return once_waited_for(how, len(failed))

    netlify.fault = once
    before = monotonic()
    desk.deploys()
    assert how != "429" or monotonic() - before >= 1
    assert failed >= {"POST", "PUT"}
    assert netlify.live == desk.site_files


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("401", "does not accept the token in NETLIFY_AUTH_TOKEN"),
        ("403", "refuses this to the token in NETLIFY_AUTH_TOKEN"),
        ("404", 'knows no site "digest.netlify.app"'),
        ("422", "refused the request"),
        ("500", "failed (status 500)"),
        ("429-long", "Deploy again in 3,600 seconds"),
        ("html", "an answer that yoyak does not understand"),
        ("away", "The token is not sent there"),
        ("cut", "was not reached"),
        ("cut-body", "was not reached"),
        ("slow", "did not answer for 0.1 seconds"),
        ("drip", "did not answer for 0.1 seconds"),
    ],
)
def test_a_failure_that_stays_is_said_in_words(netlify: NetlifyHost, desk: NetlifyDesk, how: str, said: str) -> None:
    desk.patience = IMPATIENT if how in ("slow", "drip") else QUICK
    netlify.fault = lambda _number, _asked: how
    with pytest.raises(YoyakError) as failed:
        desk.deploys()
    assert said in str(failed.value)
    assert netlify.token not in str(failed.value)
    assert netlify.live == {}


def test_the_token_stands_in_a_header_only(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.deploys()
    for asked in netlify.asked:
        assert netlify.token not in f"{asked.path}{asked.query}{asked.body!r}"


def test_a_deploy_that_fails_at_the_host_says_why(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    netlify.end_with = "error"
    with pytest.raises(YoyakError, match=r"The host says: post processing failed\. Readers see the same site"):
        desk.deploys()
    assert netlify.live == {}


def test_a_deploy_that_never_gets_ready_is_given_up(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.patience = SHORT
    netlify.end_with = ""
    with pytest.raises(YoyakError, match=r"did not make it live within 0\.5 seconds"):
        desk.deploys()


def test_a_site_whose_deploys_are_locked_is_said(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.patience = SHORT
    desk.deploys()
    before = netlify.live
    netlify.locked = True
    desk.builds({**PAGES, "index.html": "changed"})
    with pytest.raises(YoyakError, match=r"readers still see the one before\. Its deploys are locked"):
        desk.deploys()
    assert netlify.live == before


@pytest.mark.parametrize("number", range(1, 1 + max(50, FAULTS)))
def test_whatever_request_fails_readers_see_one_whole_site(
    netlify: NetlifyHost, desk: NetlifyDesk, number: int
) -> None:
    desk.patience = replace(QUICK, live=0.2)
    desk.deploys()
    first = netlify.live
    desk.builds({"index.html": "new", **{f"{page}.html": f"new {page}" for page in range(6)}})
    second = desk.site_files
    how = ("500", "cut", "lost", "html", "422", "cut-body", "404")[number % 7]
    base = len(netlify.asked)
    netlify.fault = lambda count, _: how if count - base >= 1 + number % 17 else ""
    with suppress(YoyakError):
        desk.deploys()
    assert netlify.live in (first, second)
    netlify.fault = lambda _count, _asked: ""
    desk.deploys()
    assert netlify.live == second


@pytest.mark.parametrize("token", ["", "  ", "two words", "with\nline", "한글"])
def test_a_token_that_is_none_is_refused_before_a_request(
    netlify: NetlifyHost, desk: NetlifyDesk, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", token)
    with pytest.raises(YoyakError, match="variable NETLIFY_AUTH_TOKEN has"):
        desk.deploys()
    assert netlify.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://api.example.org",
        "https://a:b@api.example.org",
        "ftp://x",
        "https://",
        "https://x/?a=b",
        "https://[",
        "x",
    ],
)
def test_another_address_of_the_api_must_be_safe(
    desk: NetlifyDesk, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", "token")
    monkeypatch.setenv("NETLIFY_API_URL", address)
    with pytest.raises(YoyakError, match="NETLIFY_API_URL is no address of an API"):
        desk.deploys()


@pytest.mark.parametrize("site", ["", "..", "a/b", "https://digest.netlify.app", "${SITE}", "-x"])
def test_a_name_that_is_no_site_is_refused(desk: NetlifyDesk, monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", "token")
    desk.target = NetlifyTarget(site=site)
    with pytest.raises(YoyakError, match="Write the site's address at Netlify"):
        desk.plans()


def test_a_name_with_a_question_mark_is_refused(netlify: NetlifyHost, desk: NetlifyDesk) -> None:
    desk.builds({**PAGES, "what?.html": ""})
    with pytest.raises(YoyakError, match=r'no file with # or \? in its name: "what\?\.html"'):
        desk.plans()
