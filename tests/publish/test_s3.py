"""Deploys to a bucket, as a desk makes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from publish.buckets import BUCKET, BadLine, Fault, Store
from publish.desks import PAGES, Desk
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import S3Target
from yoyak.publish.s3 import addresses

FOREIGN = {"other/index.html": "theirs", "index.html": "theirs"}


@pytest.fixture
def desk(tmp_path: Path, line: BadLine) -> Desk:
    """A desk that has built its site and deploys to a folder of the bucket."""
    desk = Desk(tmp_path, S3Target(bucket=BUCKET, prefix="sites/digest", endpoint=line.address))
    desk.builds()
    return desk


def online(store: Store, prefix: str = "sites/digest/") -> dict[str, bytes]:
    return {key.removeprefix(prefix): data for key, data in store.tree().items() if key.startswith(prefix)}


def with_keys(desk: Desk, **keys: str) -> None:
    desk.target = structs.replace(desk.target, **keys)


def test_site_is_in_the_bucket_byte_for_byte(desk: Desk, store: Store) -> None:
    store.put(FOREIGN)
    desk.deploys()
    assert {path: data for path, data in online(store).items() if not path.startswith(".")} == {
        path: text.encode() for path, text in PAGES.items()
    }
    assert {key: store.tree()[key] for key in FOREIGN} == {key: text.encode() for key, text in FOREIGN.items()}


def test_deployed_twice_nothing_is_sent(desk: Desk, line: BadLine) -> None:
    desk.deploys()
    line.forget()
    report = desk.deploys()
    assert (report.added, report.changed, report.removed, report.size) == (0, 0, 0, 0)
    assert {method for method, _ in line.asked} == {"GET"}
    assert line.sent == 0


def test_changed_article_sends_its_files_and_no_others(desk: Desk, line: BadLine, store: Store) -> None:
    desk.deploys()
    line.forget()
    desk.builds({**PAGES, "index.html": "new", "articles/new/index.html": "new"})
    desk.deploys()
    sent = [path.rpartition("/sites/digest/")[2] for method, path in line.asked if method == "PUT"]
    assert (sent[0], sent[-1]) == (".yoyak-deploying.json", ".yoyak-manifest.json")
    assert sorted(sent[1:-1]) == ["articles/new/index.html", "index.html"]
    assert online(store)["index.html"] == b"new"
    assert ".yoyak-deploying.json" not in online(store)


def test_removed_article_leaves_the_bucket_and_nothing_else_does(desk: Desk, store: Store) -> None:
    desk.deploys()
    store.put({"sites/digest/CNAME": "digest.kr", "sites/digest/articles/항구/mine.png": "mine"})
    desk.builds({path: text for path, text in PAGES.items() if "항구" not in path})
    assert desk.deploys().removed == 1
    left = online(store)
    assert "articles/항구/index.html" not in left
    assert (left["CNAME"], left["articles/항구/mine.png"]) == (b"digest.kr", b"mine")


def test_file_of_somebody_else_is_not_written_over(desk: Desk, store: Store) -> None:
    store.put({"sites/digest/index.html": "theirs"})
    with pytest.raises(YoyakError, match=r"files that are not yoyak's where the site has its own: index\.html"):
        desk.deploys(adopt=True)
    assert online(store) == {"index.html": b"theirs"}


def test_bucket_with_other_things_wants_consent_and_keeps_them(desk: Desk, store: Store) -> None:
    store.put({"sites/digest/old.pdf": "theirs", "sites/digest/a/b.html": "theirs"})
    with pytest.raises(YoyakError, match=r"s3://digest-site/sites/digest .* is not empty.*2 files there.*--adopt"):
        desk.deploys()
    assert len(online(store)) == 2
    desk.deploys(adopt=True)
    assert online(store)["old.pdf"] == b"theirs"


def test_empty_prefix_of_a_bucket_with_other_things_wants_consent(desk: Desk, store: Store) -> None:
    store.put({"other/index.html": "theirs"})
    with_keys(desk, prefix="")
    with pytest.raises(YoyakError, match="--adopt"):
        desk.deploys()
    assert store.tree() == {"other/index.html": b"theirs"}


def test_folder_made_in_a_console_is_empty(desk: Desk, store: Store) -> None:
    store.put({"sites/digest/": ""})
    desk.deploys()
    assert online(store)[""] == b""


def test_bucket_with_another_site_wants_consent(desk: Desk, store: Store) -> None:
    desk.builds(base_url="https://other.example.kr/")
    desk.deploys()
    before = store.tree()
    desk.builds()
    with pytest.raises(YoyakError, match=r"holds another site, https://other\.example\.kr/"):
        desk.deploys()
    assert store.tree() == before


def test_many_removals_want_consent(desk: Desk, store: Store) -> None:
    desk.builds({**PAGES, **{f"tags/{number}/index.html": "x" for number in range(20)}})
    desk.deploys()
    desk.builds()
    with pytest.raises(YoyakError, match="removes 20 of the 25 files"):
        desk.deploys()
    assert len(online(store)) == 25
    assert desk.deploys(confirm_removals=20).removed == 20


def test_another_machine_goes_on_with_what_is_there(desk: Desk, store: Store, tmp_path: Path) -> None:
    desk.deploys()
    other = Desk(tmp_path / "other", desk.target)
    other.builds({**PAGES, "index.html": "from the other"})
    report = other.deploys()
    assert (report.added, report.changed, report.removed) == (0, 2, 0)
    assert online(store)["index.html"] == b"from the other"


def test_names_that_addresses_spell_in_another_way_are_kept(desk: Desk, store: Store) -> None:
    names = ("a+b #1 100%.png", "물음표?&=.png", "it's (1)!*~.png", "ｆｕｌｌ　ｗ.png", "%2e%2e.png")
    with_keys(desk, prefix="사이트 + 1/a")
    desk.builds({**PAGES, **{f"assets/{name}": name for name in names}})
    desk.deploys()
    there = online(store, "사이트 + 1/a/")
    assert {name: there[f"assets/{name}"].decode() for name in names} == {name: name for name in names}
    desk.builds()
    assert desk.deploys(confirm_removals=5).removed == 5
    assert not any(name in key for key in store.tree() for name in names)


def test_files_that_another_program_brought_are_taken_over(desk: Desk, store: Store, line: BadLine) -> None:
    store.put({f"sites/digest/{path}": text for path, text in PAGES.items()})
    line.forget()
    desk.deploys(adopt=True)
    assert [path.rpartition("/")[2] for method, path in line.asked if method == "PUT"] == [
        ".yoyak-deploying.json",
        ".yoyak-manifest.json",
    ]


def test_a_file_that_becomes_a_folder_is_one(desk: Desk, store: Store) -> None:
    desk.builds({**PAGES, "about": "file"})
    desk.deploys()
    desk.builds({**PAGES, "about/index.html": "page"})
    desk.deploys()
    assert "about" not in online(store)
    assert online(store)["about/index.html"] == b"page"


def test_a_large_file_that_is_refused_once_is_sent_whole(
    desk: Desk, store: Store, line: BadLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    desk.builds({**PAGES, "assets/film.mp4": "x" * (9 << 20)})
    tried: list[str] = []

    def refuse_once(_number: int, _method: str, path: str) -> Fault | None:
        tried.extend([path] if "film" in path else ())
        return "slow down" if "film" in path and len(tried) == 1 else None

    line.fault = refuse_once
    desk.deploys()
    assert len(tried) == 2
    assert store.get("sites/digest/assets/film.mp4")["ContentLength"] == 9 << 20


def test_of_two_machines_at_once_the_second_waits(
    desk: Desk, store: Store, line: BadLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", line.address)
    with_keys(desk, endpoint="", region="us-east-1")

    def another_begins(_number: int, method: str, path: str) -> None:
        if method == "PUT" and path.endswith("/.yoyak-deploying.json"):
            store.put({"sites/digest/.yoyak-deploying.json": "{}"})

    line.fault = another_begins
    with pytest.raises(YoyakError, match="was changed by another deploy meanwhile"):
        desk.deploys()
    assert online(store) == {".yoyak-deploying.json": b"{}"}


@pytest.mark.parametrize("compress", ["gzip", "none"])
def test_plan_is_the_same_however_files_were_stored(desk: Desk, store: Store, compress: str) -> None:
    with_keys(desk, compress=compress)
    desk.builds({**PAGES, "index.html": "long " * 1000})
    desk.deploys()
    store.s3.delete_object(Bucket=BUCKET, Key="sites/digest/.yoyak-manifest.json")
    plan = desk.plans()
    assert (plan.added, plan.changed) == ((".yoyak-manifest.json",), ())


def test_missing_bucket_and_missing_right_change_nothing(desk: Desk, store: Store, line: BadLine) -> None:
    line.fault = lambda _number, method, _path: (403, "AccessDenied") if method == "PUT" else None
    with pytest.raises(YoyakError, match=r"do not have the right to do this \(s3:PutObject\)"):
        desk.deploys()
    with_keys(desk, bucket="no-such-bucket")
    with pytest.raises(YoyakError, match=r"s3://no-such-bucket/.*there is no such bucket"):
        desk.deploys()
    assert store.tree() == {}


def addresses_forgotten(store: Store, distribution: str) -> list[list[str]]:
    """Return the addresses of every invalidation of a distribution, the oldest first."""
    ids = [
        entry["Id"]
        for entry in store.cloudfront.list_invalidations(DistributionId=distribution)["InvalidationList"].get(
            "Items", ()
        )
    ]
    asked = [store.cloudfront.get_invalidation(DistributionId=distribution, Id=id_)["Invalidation"] for id_ in ids]
    return [
        sorted(one["InvalidationBatch"]["Paths"]["Items"]) for one in sorted(asked, key=lambda one: one["CreateTime"])
    ]


@pytest.fixture
def distribution(store: Store, line: BadLine, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    """A distribution of CloudFront that the desk names."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", line.address)
    config = {
        "CallerReference": "1",
        "Comment": "",
        "Enabled": True,
        "Origins": {
            "Quantity": 1,
            "Items": [
                {
                    "Id": "bucket",
                    "DomainName": f"{BUCKET}.s3.amazonaws.com",
                    "S3OriginConfig": {"OriginAccessIdentity": ""},
                }
            ],
        },
        "DefaultCacheBehavior": {"TargetOriginId": "bucket", "ViewerProtocolPolicy": "redirect-to-https"},
    }
    made: str = store.cloudfront.create_distribution(DistributionConfig=config)["Distribution"]["Id"]
    with_keys(desk, distribution=made)
    return made


def test_cloudfront_forgets_what_changed_and_nothing_else(desk: Desk, store: Store, distribution: str) -> None:
    desk.deploys()
    desk.deploys()
    desk.builds({**PAGES, "index.html": "new", "기사/index.html": "new", "assets/photo.0123456789.jpg": "new"})
    desk.deploys()
    assert addresses_forgotten(store, distribution)[1:] == [
        ["/", "/%EA%B8%B0%EC%82%AC/", "/%EA%B8%B0%EC%82%AC/index.html", "/index.html"]
    ]


def test_cloudfront_is_asked_again_after_it_refused(desk: Desk, store: Store, line: BadLine, distribution: str) -> None:
    desk.deploys()
    desk.builds({**PAGES, "index.html": "new"})
    line.fault = lambda _number, _method, path: (403, "AccessDenied") if "invalidation" in path else None
    with pytest.raises(YoyakError, match=r"do not have the right to do this \(cloudfront:CreateInvalidation\)"):
        desk.deploys()
    assert online(store)["index.html"] == b"new"
    line.forget()
    desk.deploys()
    assert addresses_forgotten(store, distribution)[1:] == [["/*"]]
    assert ".yoyak-deploying.json" not in online(store)


def test_missing_distribution_is_said_when_the_site_is_online(desk: Desk, store: Store, distribution: str) -> None:
    del distribution
    with_keys(desk, distribution="E00000000NONE")
    with pytest.raises(YoyakError, match=r"The site was deployed to .*, but there is no such CloudFront distribution"):
        desk.deploys()
    assert "index.html" in online(store)


def test_many_changes_are_forgotten_as_one() -> None:
    few = addresses([f"a/{number}/index.html" for number in range(30)], base_url="https://a.kr/")
    many = addresses([f"a/{number}/index.html" for number in range(31)], base_url="https://a.kr/%EA%B0%80/")
    assert (len(few), many) == (60, ("/%EA%B0%80/*",))
    assert addresses(["a.html"], base_url="https://a.kr/가/") == ("/%EA%B0%80/a.html",)
