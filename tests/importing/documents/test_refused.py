"""Documents that are refused, each in a sentence, and those that are built to exhaust their reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import contents, new_site, run_import, written
from importing.documents.builders import compound, docx, grid, hwp, hwpx, line, old_line, packed, para, pdf
from yoyak.messages.catalogue import speak


def _said(folder: Path, name: str, data: bytes) -> str:
    site = new_site(folder / "site")
    report = run_import(site, written(folder, name, data))
    assert contents(site) == {}
    (problem,) = report.problems
    assert problem.code == "not-importable"
    return f"{speak(problem.message)} {speak(problem.hint)}"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.doc", compound({"WordDocument": b"x"}), "This is a document of an older Word (.doc)."),
        ("a.docx", compound({"EncryptedPackage": b"x"}), "This document is protected by a password."),
        ("a.msg", compound({"__properties_version1.0": b"x"}), "This is a mail of Outlook (.msg)."),
        ("a.hwp", hwp(old_line("x"), flags=2), "This document of Hangul is protected."),
        ("a.hwp", hwp(old_line("x"), flags=5), "This document of Hangul is made for distribution: its text is locked."),
        ("a.hwp", hwp(old_line("x"), info=b"\x60\0\0\0"), "This document of Hangul has tracked changes"),
        ("a.hwp", compound({"FileHeader": b"x"}), "This is no document of Hangul that yoyak knows."),
        ("a.hwp", b"HWP Document File V3", "This is a document of an old Hangul (before 2002)."),
        ("a.rtf", b"{\\rtf1", "This is a document of a word processor (RTF)."),
        ("a.pages", packed({"Index/Document.iwa": b"x"}), "This is a document of Pages or of its sisters."),
        ("a.xlsx", packed({"xl/workbook.xml": b"x"}), "This is a table of Excel (.xlsx)."),
        ("a.zip", packed({"a.txt": b"x"}), "This is a packed folder."),
        ("a.docx", b"PK\x03\x04..", "This document, or packed folder, is damaged."),
        ("a.pdf", b"%PDF-1.7", "This PDF cannot be read ("),
        ("a.pdf", pdf([[]]), "This PDF has no text: its pages are pictures, perhaps scanned."),
        ("a.docx", docx(""), "This document has no text."),
        ("a.docx", docx("<w:p>"), 'A part of this document is no XML: "word/document.xml".'),
        (
            "a.hwpx",
            hwpx(para("x"), {"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
            "This document of Hangul is protected by a password, or made for distribution.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    assert _said(tmp_path, name, data).startswith(said)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.hwpx", hwpx("", {"Contents/section1.xml": f"{BOMB}<s>&b;</s>"}), "declares entities (DOCTYPE)"),
        ("a.docx", docx("", {"word/styles.xml": f"{BOMB}<s>&b;</s>"}), "declares entities (DOCTYPE)"),
        ("a.docx", docx("", {"word/header1.xml": f"{BOMB}<s>&b;</s>"}), "declares entities (DOCTYPE)"),
        ("a.hwpx", hwpx("", {"Contents/section1.xml": "<a>" * 5000}), "too deep inside each other"),
        ("a.docx", docx("<w:p/>" * 100_000), "has 100,000 paragraphs; 8,000 are allowed"),
        ("a.hwpx", hwpx("<hp:p/>" * 100_000), "has 100,000 paragraphs; 8,000 are allowed"),
        ("a.hwpx", hwpx("", {"Contents/section1.xml": b" " * 41_000_000}), "too big when it is unpacked"),
    ],
)
def test_what_is_built_to_exhaust_its_reader_is_refused(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    assert said in _said(tmp_path, name, data)


def test_tables_in_tables_are_read_or_refused_and_stop_nothing(tmp_path: Path) -> None:
    body = "깊은 글"
    for _ in range(15):
        body = grid([[body if body.startswith("<") else line(body), "옆"], ["가", "나"]])
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "a.docx", docx(line("제목") + body)))
    assert len(report.imported) == 1
    assert any(
        b"\xea\xb9\x8a\xec\x9d\x80 \xea\xb8\x80" in data for path, data in contents(site).items() if path.endswith("md")
    )


def test_names_in_a_document_lead_nowhere(tmp_path: Path) -> None:
    written(tmp_path, "secret.png", b"\x89PNG\r\n\x1a\n")
    items = '<opf:item id="image1" href="../secret.png"/><opf:item id="i2" href="/etc/passwd"/>'
    picture = '<hp:pic xmlns:hc="c"><hc:img binaryItemIDRef="{}"/></hp:pic>'
    body = para("등대 이야기") + para("본문이다.") + para(picture.format("image1")) + para(picture.format("i2"))
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path / "in", "a.hwpx", hwpx(body, items=items)))
    assert [path for path in contents(site) if path.endswith((".png", "passwd"))] == []


@pytest.mark.parametrize(("name", "library"), [("a.docx", "mammoth"), ("a.hwp", "olefile"), ("a.pdf", "pypdf")])
def test_without_the_extra_one_sentence_names_the_command(
    name: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    data = {"a.docx": docx(line("x")), "a.hwp": hwp(old_line("x")), "a.pdf": pdf([["x"]])}[name]
    assert _said(tmp_path, name, data) == (
        f'To read .{name[2:]} files, yoyak needs {library}. Install it: pip install "yoyak[documents]"'
    )


def test_hangul_needs_no_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("mammoth", "olefile", "pypdf"):
        monkeypatch.setitem(__import__("sys").modules, library, None)
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "a.hwpx", hwpx(para("등대 이야기") + para("본문이다."))))
    assert len(report.imported) == 1
