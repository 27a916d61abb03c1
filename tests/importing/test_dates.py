"""The dates that mails and feeds name."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import new_site, only_article, run_import, written

FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>항구 소식</title>'
    "<item><title>밤배</title><link>https://haven.example/{0}</link><pubDate>{1}</pubDate>"
    "<description>&lt;p&gt;밤배가 떠났다.&lt;/p&gt;</description></item></channel></rss>"
)


@pytest.mark.parametrize("zone", ["-0000", "+0000", "GMT", "UT", "Z", "B", "EST"])
def test_a_date_of_a_feed_without_a_place_is_utc(zone: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "a.rss", FEED.format(1, f"Sun, 07 Jul 2024 16:30:00 {zone}")))
    offset = "-05:00" if zone == "EST" else "+00:00"
    assert f"\ndate: 2024-07-07T16:30:00{offset}\n" in only_article(site)
    assert report.imported[0].path.startswith("content/2024/07/2024-07-08-")


def test_a_date_of_a_feed_in_a_zone_of_several_places_is_to_look_at(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "a.rss", FEED.format(1, "Sun, 07 Jul 2024 16:30:00 IST")))
    assert report.imported[0].unsure[0] == "date"
    assert '60 % sure (published of the entry; the zone "IST" does not name one place; read as UTC)' in (
        only_article(site)
    )


@pytest.mark.parametrize("zone", ["-0000", "K", "GMT"])
def test_a_date_of_a_mail_without_a_place_is_utc(zone: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    head = f"From: a@b.example\nSubject: 배\nDate: Sun, 7 Jul 2024 16:30:00 {zone}\n\n"
    run_import(site, written(tmp_path, "a.eml", head + "밤배가 떠났다.\n"))
    assert "\ndate: 2024-07-07T16:30:00+00:00\n" in only_article(site)
