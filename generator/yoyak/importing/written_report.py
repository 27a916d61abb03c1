"""The list with which an import ends, as a page: no script, nothing from elsewhere, for the desk only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from yoyak.importing.results import ImportReport, OldList
from yoyak.importing.telling import left_counts, old_addresses, status_counts
from yoyak.messages.problems import said
from yoyak.model.problems import Problem, errors

NAME = "import-report.html"
_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:72rem;"
    "margin:2rem auto;padding:0 1rem;word-break:keep-all;"
    "overflow-wrap:anywhere}h1{line-height:1.3}h2{margin:2em 0 .5em;font-size:1.25em}"
    "nav a{display:inline-block;margin-right:1.2em}table{border-collapse:collapse;width:100%}"
    "td,th{border-bottom:1px solid #8886;padding:.35em .8em .35em 0;text-align:start;vertical-align:top}"
    "th{white-space:nowrap;font-size:.85em}.word{white-space:nowrap}.error{font-weight:bold}"
    "@media(max-width:40rem){thead{display:none}tr,td{display:block}tr{border-bottom:1px solid #8886;padding:.6em 0}"
    "td{border:0;padding:0}td[data-of]:before{content:attr(data-of) ': ';font-size:.85em;font-weight:bold}}"
    "@media print{body{margin:0;max-width:none;font-size:10pt}nav{display:none}tr{break-inside:avoid}"
    "h2{break-after:avoid}thead{display:table-header-group}}"
)
_HEADS = {
    "글과 상태": ("파일", "제목", "상태", "원본"),
    "아직 내지 않는 글": ("파일", "까닭"),
    "가져오지 않은 것": ("종류", "이름"),
    "살펴볼 것": ("자리", "알림"),
    "알지 못한 항목": ("파일", "항목"),
    "바뀐 주소": ("옛 주소", "새 주소"),
    "이미 있던 글": ("원본", "파일"),
    "Articles and their status": ("File", "Title", "Status", "Original"),
    "Held back": ("File", "Why"),
    "Left out": ("Kind", "Names"),
    "Problems": ("Place", "Message"),
    "Keys that were not understood": ("File", "Key"),
    "Addresses that changed": ("Old address", "New address"),
    "Known already": ("Original", "File"),
}
"""What stands in each column, by the title of its part."""
_STATUSES = frozenset(("approved", "draft", "review", "unlisted"))
_FAILED = {"ko": "가져오지 못한 파일: {:,}", "en": "files not imported: {:,}"}
_WORDS = {
    "ko": {
        "title": "가져오기 결과", "status": "글과 상태", "held": "아직 내지 않는 글", "left": "가져오지 않은 것",
        "problems": "살펴볼 것", "comments": "알지 못한 항목", "addresses": "바뀐 주소",
        "became": "이름이 바뀐 항목", "whose": "누구의 글인가", "lists": "예전 목록 쪽의 주소",
        "stays": "그대로 있음", "gone": "404로 답함", "like": "404로 답함. 이 사이트의 같은 쪽:",
        "known": "이미 있던 글",
        "next": "다음: yoyak serve로 읽어 보고, yoyak check를 실행하세요.",
    },
    "en": {
        "title": "Import report", "status": "Articles and their status", "held": "Held back", "left": "Left out",
        "problems": "Problems", "comments": "Keys that were not understood", "addresses": "Addresses that changed",
        "became": "Keys that have another name here",
        "whose": "Whose the articles are", "lists": "List pages of the old site",
        "stays": "has the same address", "gone": "will answer 404", "like": "will answer 404; the like page here is",
        "known": "Known already", "next": "Next: read the articles over (yoyak serve), then run yoyak check.",
    },
}  # fmt: skip


def write_page(report: ImportReport, folder: Path, language: str) -> None:
    """Write the report beside site.yaml, where no build and no deploy looks."""
    place = folder / NAME
    if place.is_symlink():
        place.unlink()
    place.write_text(report_page(report, language), "utf-8", newline="\n")


def report_page(report: ImportReport, language: str) -> str:
    """Return the page of a report; everything in it is text."""
    words = _WORDS.get(language, _WORDS["en"])
    counts = ", ".join(f"{status}: {number:,}" for status, number in status_counts(report).items())
    if failed := len({problem.path for problem in errors(report.problems)}):
        counts = ", ".join(filter(None, (counts, _FAILED.get(language, _FAILED["en"]).format(failed))))
    parts = (
        _part(words["status"], ((one.path, one.title, one.status, one.original) for one in report.imported)),
        _part(words["held"], ((one.path, reason) for one in report.imported for reason in one.held)),
        _part(words["left"], ((f"{why}: {number:,}", names) for why, number, names in left_counts(report, 100))),
        _part(
            words["problems"],
            ((_place(one.path, one.line), _message(one)) for one in sorted(report.problems, key=_errors_first)),
        ),
        _part(words["comments"], ((one.path, comment) for one in report.imported for comment in one.comments)),
        _part(words["became"], ((one.key, one.becomes, f"{one.articles:,}") for one in report.became)),
        _part(words["whose"], ((sentence,) for sentence in report.whose)),
        _part(words["addresses"], old_addresses(report)),
        _part(words["lists"], ((one.address, one.program, _fate(one, words)) for one in report.lists)),
        _part(words["known"], ((one.original, one.path) for one in report.known)),
    )
    parts = (*parts[1:], parts[0])
    return (
        f'<!doctype html>\n<html lang="{"ko" if language == "ko" else "en"}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n'
        f"<title>{words['title']}</title>\n<style>{_STYLE}</style>\n<h1>{words['title']}</h1>\n<p>{escape(counts)}</p>\n"
        f"<nav>{' '.join(part.link for part in parts if part.rows)}</nav>\n"
        f"{''.join(map(_written, parts))}<p>{escape(words['next'])}</p>\n</html>\n"
    )


def _fate(one: OldList, words: Mapping[str, str]) -> str:
    return words["stays"] if one.stays else f"{words['like']} {one.like}" if one.like else words["gone"]


def _place(path: str, line: int) -> str:
    return f"{path}:{line}" if line else path


def _message(problem: Problem) -> str:
    return f"{'error: ' * (problem.severity == 'error')}{said(problem)}"


def _errors_first(problem: Problem) -> bool:
    return problem.severity != "error"


class _Part(NamedTuple):
    title: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        return self.title.replace(" ", "-")

    @property
    def heading(self) -> str:
        return f"{self.title} ({len(self.rows):,})"

    @property
    def link(self) -> str:
        return f'<a href="#{quote(self.name)}">{self.heading}</a>'


def _part(title: str, rows: Iterable[tuple[str, ...]]) -> _Part:
    return _Part(title, tuple(rows))


def _written(part: _Part) -> str:
    if not part.rows:
        return ""
    heads = _HEADS.get(part.title, ())
    names = "".join(f'<th scope="col">{head}</th>' for head in heads)
    above = f"<thead><tr>{names}</tr></thead>\n" if heads else ""
    rows = "".join(f"<tr>{''.join(_cells(row, heads))}</tr>\n" for row in part.rows)
    return f'<h2 id="{part.name}">{part.heading}</h2>\n<table>\n{above}<tbody>\n{rows}</tbody></table>\n'


def _cells(row: tuple[str, ...], heads: tuple[str, ...]) -> Iterator[str]:
    """Yield the cells of a row; on narrow screens each says what it is."""
    for cell, head in zip_longest(row, heads[: len(row)], fillvalue=""):
        kind = ' class="word"' if cell in _STATUSES else ' class="error"' if cell.startswith("error: ") else ""
        name = f' data-of="{head}"' if head else ""
        yield f"<td{kind}{name}>{escape(cell)}</td>"
