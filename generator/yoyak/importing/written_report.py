"""The list with which an import ends, as a page: no script, nothing from elsewhere, for the desk only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from yoyak.importing.results import ImportReport
from yoyak.importing.telling import left_counts, old_addresses, status_counts

NAME = "import-report.html"
_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;"
    "margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #8886;padding:.3em .6em;text-align:start;"
    "vertical-align:top;overflow-wrap:anywhere}h2{margin-top:2em}@media print{body{margin:0;max-width:none}}"
)
_WORDS = {
    "ko": {
        "title": "가져오기 결과", "status": "글과 상태", "held": "아직 내지 않는 글", "left": "가져오지 않은 것",
        "problems": "살펴볼 것", "comments": "알지 못한 항목", "addresses": "바뀐 주소", "known": "이미 있던 글",
        "next": "다음: yoyak serve로 읽어 보고, yoyak check를 실행하세요.",
    },
    "en": {
        "title": "Import report", "status": "Articles and their status", "held": "Held back", "left": "Left out",
        "problems": "Problems", "comments": "Keys that were not understood", "addresses": "Addresses that changed",
        "known": "Known already", "next": "Next: read the articles over (yoyak serve), then run yoyak check.",
    },
}  # fmt: skip


def report_page(report: ImportReport, language: str) -> str:
    """Return the page of a report; everything in it is text."""
    words = _WORDS.get(language, _WORDS["en"])
    counts = ", ".join(f"{status}: {number:,}" for status, number in status_counts(report).items())
    parts = (
        _part(words["status"], ((one.path, one.title, one.status, one.original) for one in report.imported)),
        _part(words["held"], ((one.path, reason) for one in report.imported for reason in one.held)),
        _part(words["left"], ((f"{why}: {number:,}", names) for why, number, names in left_counts(report, 100))),
        _part(
            words["problems"], ((_place(one.path, one.line), f"{one.message} {one.hint}") for one in report.problems)
        ),
        _part(words["comments"], ((one.path, comment) for one in report.imported for comment in one.comments)),
        _part(words["addresses"], old_addresses(report)),
        _part(words["known"], ((one.original, one.path) for one in report.known)),
    )
    return (
        f'<!doctype html>\n<html lang="{"ko" if language == "ko" else "en"}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n'
        f"<title>{words['title']}</title>\n<style>{_STYLE}</style>\n<h1>{words['title']}</h1>\n<p>{escape(counts)}</p>\n"
        f"{''.join(parts)}<p>{escape(words['next'])}</p>\n</html>\n"
    )


def _place(path: str, line: int) -> str:
    return f"{path}:{line}" if line else path


def _part(title: str, rows: Iterable[tuple[str, ...]]) -> str:
    written = list(_rows(rows))
    return f"<h2>{title} ({len(written):,})</h2>\n<table>\n{''.join(written)}</table>\n" if written else ""


def _rows(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n"


def write_page(report: ImportReport, folder: Path, language: str) -> None:
    """Write the report beside site.yaml, where no build and no deploy looks."""
    place = folder / NAME
    if place.is_symlink():
        place.unlink()
    place.write_text(report_page(report, language), "utf-8", newline="\n")
