"""Parameters that only count clicks."""

from __future__ import annotations

from rows import each_row
from yoyak.text.tracking import page_key, without_tracking

PAGE = "https://isle.example/2201"


@each_row(
    "counting",
    [
        "utm_source=rss&utm_medium=feed", "fromRss=true&trackingCode=rss", "fbclid=a", "gclid=a&UTM_Campaign=b",
        "mc_cid=1&mc_eid=2", "igshid=x", "msclkid=x", "amp;utm_source=x", "utm%5Fsource=x",
        "source=rss----2--3", "from=rss",
    ],
)  # fmt: skip
def test_parameters_that_count_clicks_are_left_out(counting: str) -> None:
    assert without_tracking(f"{PAGE}?{counting}") == PAGE
    assert without_tracking(f"{PAGE}?id=42&{counting}&p=1") == f"{PAGE}?id=42&p=1"
    assert without_tracking(f"{PAGE}?{counting}#c1") == f"{PAGE}#c1"


@each_row(
    "address",
    [
        PAGE, f"{PAGE}?id=42", f"{PAGE}?no=1&page=2", f"{PAGE}?ref=3", f"{PAGE}?source=a", f"{PAGE}?q=%EC%84%AC&&b",
        f"{PAGE}#utm", f"{PAGE}?", "https://[broken?utm_source=a", "", f"{PAGE}?utm=1", f"{PAGE}?idxno=7#comment",
    ],
)  # fmt: skip
def test_what_names_a_page_stays_as_it_is_written(address: str) -> None:
    assert without_tracking(address) == address


def test_a_fragment_that_counts_is_left_out() -> None:
    assert without_tracking(f"{PAGE}#xtor=RSS-3208") == PAGE


def test_two_spellings_of_an_address_are_one_page() -> None:
    spellings = ("http://isle.example/7/", "https://www.isle.example/7?utm_source=a", "HTTPS://isle.example/7")
    assert {page_key(address) for address in spellings} == {"isle.example/7"}
    assert (
        page_key("https://isle.example/7#rss")
        == page_key("https://isle.example/7")
        != page_key("https://isle.example/7#a")
    )
    assert page_key("https://isle.example/7?no=1") != page_key("https://isle.example/7?no=2")
