"""The dates of mails and feeds."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from rows import each_row
from yoyak.text.mail_dates import mail_moment

SEOUL = ZoneInfo("Asia/Seoul")


@each_row(
    ("zone", "hour"),
    [
        ("-0000", "16:30"), ("+0000", "16:30"), ("GMT", "16:30"), ("UT", "16:30"), ("UTC", "16:30"), ("Z", "16:30"),
        ("A", "16:30"), ("m", "16:30"), ("Y", "16:30"), ("EST", "21:30"), ("EDT", "20:30"), ("CST", "22:30"),
        ("PDT", "23:30"), ("+0900", "07:30"), ("+09:00", "07:30"), ("GMT+0900", "07:30"), ("UTC+9", "07:30"),
        ("KST", "07:30"), ("JST", "07:30"), ("CET", "15:30"), ("CEST", "14:30"), ("+0900 (KST)", "07:30"),
        ("-0000 (no place)", "16:30"), ("-0330", "20:00"), ("", "07:30"), ("J", "07:30"),
    ],
)  # fmt: skip
def test_the_zone_of_a_mails_date_is_read_as_rfc_5322_says(zone: str, hour: str) -> None:
    found = mail_moment(f"Sun, 7 Jul 2024 16:30:00 {zone}", SEOUL)
    assert found is not None
    assert f"{found.moment.value.astimezone(UTC):%H:%M}" == hour
    assert found.doubt == ""


@pytest.mark.parametrize("zone", ["IST", "XYZ", "Asia/Seoul"])
def test_a_zone_that_names_no_one_place_is_utc_and_said(zone: str) -> None:
    found = mail_moment(f"7 Jul 2024 16:30 {zone}", SEOUL)
    assert found is not None
    assert f"{found.moment.value.astimezone(UTC):%H:%M}" == "16:30"
    assert found.doubt == f'the zone "{zone}" does not name one place; read as UTC'


@pytest.mark.parametrize(
    "written", ["Sun, 07 Jul 24 16:30 GMT", "7 Jul 2024 16:30:00 GMT", "Sun Jul  7 16:30:00 2024", "07-Jul-2024 16:30"]
)
def test_older_forms_of_mail_dates_are_read(written: str) -> None:
    found = mail_moment(written, ZoneInfo("UTC"))
    assert found is not None
    assert found.moment.value.isoformat() == "2024-07-07T16:30:00+00:00"


def test_a_day_may_end_at_24() -> None:
    found = mail_moment("Sun, 07 Jul 2024 24:00:00 KST", SEOUL)
    assert found is not None
    assert found.moment.value.isoformat() == "2024-07-08T00:00:00+09:00"


@pytest.mark.parametrize("written", ["", "soon", "2024-07-07T16:30:00Z", "32 Jul 2024 16:30 GMT", "7 Jul 2024"])
def test_what_is_no_date_of_a_mail_is_none(written: str) -> None:
    assert mail_moment(written, SEOUL) is None
