"""What comes of a document (headings, lists, tables, pictures, notes) and what never does (comments, names)."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import ORIGINALS, contents, new_site, only_article, run_import, written
from importing.documents.builders import (
    control,
    docx,
    grid,
    hwp,
    hwpx,
    line,
    odt,
    old_line,
    old_table,
    para,
    pdf,
    photo,
    record,
    table,
    words,
)
from yoyak.messages.catalogue import paragraph, speak

PNG = (ORIGINALS / "pier-lights_files" / "pier.png").read_bytes()
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFF = '<w:vanish w:val="0"/>'
TITLE = line("등대 이야기", "Title")


def _imported(folder: Path, name: str, data: bytes) -> tuple[str, str]:
    """Return the body of the article, and what was said, in one text."""
    site = new_site(folder / "site")
    report = run_import(site, written(folder, name, data))
    assert [paragraph(problem) for problem in report.problems if problem.severity == "error"] == []
    article = only_article(site)
    assert "비밀" not in article
    return article.partition("\n---\n\n")[2], "\n".join(speak(problem.message) for problem in report.problems)


# --- Word -----------------------------------------------------------------------------------------


def test_word_keeps_headings_lists_tables_links_and_marks(tmp_path: Path) -> None:
    styles = (
        f"<w:styles {SPACE}>"
        '<w:style w:styleId="Title"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="a7"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:styleId="b8"><w:name w:val="내 소제목"/><w:basedOn w:val="a7"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>'
    )
    numbers = (
        f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

    def item(text: str, level: int) -> str:
        look = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        return f"<w:p>{look}{words(text)}</w:p>"

    body = TITLE + line("처음", "a7") + line("다음", "b8") + item("하나", 0) + item("가", 1) + item("둘", 0)
    body += grid([["이름", "높이"], ["등대", "30"]])
    body += line(f'<w:hyperlink r:id="h">{words("여기")}</w:hyperlink>{words(" 굵게", "<w:b/>")}')
    data = docx(
        body,
        {"word/styles.xml": styles, "word/numbering.xml": numbers},
        [
            ("h", "hyperlink", "https://gaon.example/a"),
            ("s", "styles", "styles.xml"),
            ("n", "numbering", "numbering.xml"),
        ],
    )
    text, said = _imported(tmp_path, "a.docx", data)
    assert "## 처음\n\n### 다음\n\n- 하나\n    1. 가\n- 둘\n" in text
    assert "<tr><td>이름</td><td>높이</td></tr><tr><td>등대</td><td>30</td></tr>" in text
    assert "[여기](https://gaon.example/a) **굵게**" in text
    assert said == ""


def test_word_leaves_out_what_is_deleted_moved_hidden_or_said_about_the_text(tmp_path: Path) -> None:
    body = TITLE + line(
        f'{words("남은 ")}<w:del w:author="비밀가">{words("비밀삭제")}</w:del>'
        f'<w:moveFrom w:author="비밀나">{words("비밀이동")}</w:moveFrom><w:ins w:author="비밀다">{words("새 글")}</w:ins>'
        f'{words("비밀숨김", "<w:vanish/>")}{words(" 보임", OFF)}<w:commentRangeStart w:id="0"/>'
        f'{words(" 본문이다.")}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )
    more = {
        "word/comments.xml": f'<w:comments {SPACE}><w:comment w:id="0" w:author="비밀라">{line("비밀메모")}</w:comment></w:comments>',
        "word/header1.xml": f"<w:hdr {SPACE}>{line('비밀머리')}</w:hdr>",
        "docProps/core.xml": '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>비밀마</dc:creator></c>',
        "docProps/custom.xml": "<p>비밀바</p>",
        "customXml/item1.xml": "<p>비밀사</p>",
    }
    text, said = _imported(tmp_path, "a.docx", docx(body, more, [("c", "comments", "comments.xml")]))
    assert text == "남은 새 글 보임 본문이다.\n"
    assert (
        said
        == "This is not in the article of this document: deleted text × 2, hidden text, comment, header.".replace(
            "deleted text × 2", "2 × deleted text"
        )
    )


def test_word_keeps_pictures_notes_boxes_and_formulas(tmp_path: Path) -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"<w:txbxContent>{line('상자 안의 글')}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
    body = (
        TITLE + line(photo("p")) + line(words("본문이다.") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + line(box)
    )
    body += line("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>")
    notes = f'<w:footnotes {SPACE}><w:footnote w:id="2">{line("주석이다.")}</w:footnote></w:footnotes>'
    data = docx(
        body,
        {"word/media/image1.png": PNG, "word/footnotes.xml": notes},
        [("p", "image", "media/image1.png"), ("f", "footnotes", "footnotes.xml")],
    )
    text, _ = _imported(tmp_path, "a.docx", data)
    assert text.startswith("![등대](picture.png)\n\n본문이다.<sup>\\[1\\]</sup>\n\n상자 안의 글\n\na+b\n")
    assert text.endswith("<sup>\\[1\\]</sup> 주석이다.\n")
    assert [path for path in contents(tmp_path / "site") if path.endswith("picture.png")]


def test_a_cropped_picture_of_word_is_said(tmp_path: Path) -> None:
    data = docx(
        TITLE + line(photo("p", '<a:srcRect l="5000"/>')), {"word/media/a.png": PNG}, [("p", "image", "media/a.png")]
    )
    assert "A picture is cropped in the document" in _imported(tmp_path, "a.docx", data)[1]


_TWO = {"word/media/a.png": PNG, "word/media/b.png": PNG + b"x"}
_SHOWN = [("a", "image", "media/a.png"), ("b", "image", "media/b.png")]


@pytest.mark.parametrize(
    "rows",
    [
        [[line(photo("a")), line(photo("b"))], ["첫 배", "둘째 배"]],
        [[line(photo("a")) + line("첫 배"), line(photo("b")) + line("둘째 배")]],
        [[line(photo("a"))], ["첫 배"], [line(photo("b"))], ["둘째 배"]],
    ],
)
def test_a_table_that_sets_pictures_side_by_side_becomes_pictures_with_captions(
    rows: list[list[str]], tmp_path: Path
) -> None:
    text, _ = _imported(tmp_path, "a.docx", docx(TITLE + grid(rows) + line("본문이다."), _TWO, _SHOWN))
    assert text.startswith('![등대](picture.png "첫 배")\n\n![등대](picture-2.png "둘째 배")\n\n본문이다.\n')


@pytest.mark.parametrize(
    "rows",
    [
        [[line(photo("a")), "한서우"], [line(photo("b")), "도윤재"]],
        [["사진", "이름"], [line(photo("a")), line(photo("b"))]],
        [[line(photo("a")), line(photo("b"))], ["첫 배"]],
        [[line(photo("a")), line(photo("b"))], ["첫 배", "둘째 배"], ["여객", "화물"]],
    ],
)
def test_a_table_that_says_more_than_captions_stays_a_table(rows: list[list[str]], tmp_path: Path) -> None:
    text, _ = _imported(tmp_path, "a.docx", docx(TITLE + grid(rows) + line("본문이다."), _TWO, _SHOWN))
    assert "<table>" in text
    assert text.count("![등대]") == 2


_BOX = (
    "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>"
    f"{line('상자 안의 글')}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
)
_OLD_BOX = (
    f'<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{line("상자 안의 글")}'
    "</w:txbxContent></v:textbox></v:shape></w:pict>"
)


@pytest.mark.parametrize(
    "fallback",
    [
        "",
        "<mc:Fallback/>",
        "<mc:Fallback><w:pict/></mc:Fallback>",
        "<mc:Fallback><w:t>?</w:t></mc:Fallback>",
        f"<mc:Fallback>{_OLD_BOX}</mc:Fallback>",
    ],
)
def test_a_box_of_word_is_read_once_whatever_older_programs_are_shown(fallback: str, tmp_path: Path) -> None:
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{_BOX}</mc:Choice>{fallback}</mc:AlternateContent></w:r>'
    )
    text, _ = _imported(tmp_path, "a.docx", docx(TITLE + line(box) + line("본문이다.")))
    assert text.count("상자 안의 글") == 1


def test_tables_inside_tables_become_lines_and_a_box_is_its_text(tmp_path: Path) -> None:
    body = (
        TITLE
        + grid([[line("상자 글")]])
        + grid([[line("겉") + grid([["안", "쪽"], ["둘", "째"]]), "옆"], ["가", "나"]])
    )
    text, _ = _imported(tmp_path, "a.docx", docx(body))
    assert text.startswith("상자 글\n\n")
    assert "<td>겉<br/>안 | 쪽<br/>둘 | 째</td>" in text


# --- Hangul ---------------------------------------------------------------------------------------


def test_hangul_keeps_headings_lists_tables_pictures_notes_and_links(tmp_path: Path) -> None:
    head = (
        '<hh:styles><hh:style id="0" name="바탕글"/><hh:style id="2" name="개요 1" engName="Outline 1"/></hh:styles>'
        '<hh:charPr id="7"><hh:bold/></hh:charPr>'
        '<hh:paraPr id="5"><hh:heading type="BULLET" level="0"/></hh:paraPr>'
        '<hh:paraPr id="6"><hh:heading type="BULLET" level="1"/></hh:paraPr>'
    )
    note = (
        f"<hp:t>본문</hp:t><hp:ctrl><hp:footNote><hp:subList>{para('주석이다.')}</hp:subList></hp:footNote></hp:ctrl>"
    )
    link = (
        '<hp:ctrl><hp:fieldBegin type="HYPERLINK"><hp:parameters><hp:stringParam name="Path">https\\://gaon.example/a'
        "</hp:stringParam></hp:parameters></hp:fieldBegin></hp:ctrl><hp:t>여기</hp:t><hp:ctrl><hp:fieldEnd/></hp:ctrl>"
    )
    picture = (
        '<hp:pic><hc:img binaryItemIDRef="image1"/><hp:shapeComment>C:\\비밀\\등대.png</hp:shapeComment>'
        f"<hp:caption><hp:subList>{para('등대 사진')}</hp:subList></hp:caption></hp:pic>"
    )
    body = (
        para("제목이다", letters="7") + para("처음", style="2") + para("하나", "5") + para("가", "6") + para("둘", "5")
    )
    body += para(table([["이름", "높이"], ["합계"]], {(1, 0): (2, 1)})) + para(note) + para(link) + para(picture)
    items = '<opf:item id="image1" href="BinData/image1.png"/>'
    text, _ = _imported(tmp_path, "a.hwpx", hwpx(body, {"BinData/image1.png": PNG}, head, items))
    assert text.startswith("## 처음\n\n- 하나\n    - 가\n- 둘\n")
    assert '<tr><td colspan="2">합계</td></tr>' in text
    assert '본문<sup>\\[1\\]</sup>\n\n[여기](https://gaon.example/a)\n\n![](image1.png "등대 사진")\n' in text
    assert text.endswith("<sup>\\[1\\]</sup> 주석이다.\n")


def test_hangul_leaves_out_what_is_deleted_hidden_or_a_memo(tmp_path: Path) -> None:
    def inside(name: str, text: str, more: str = "") -> str:
        return f"<hp:ctrl><hp:{name}{more}><hp:subList>{para(text)}</hp:subList></hp:{name}></hp:ctrl>"

    body = para("등대 이야기") + para(
        inside("header", "비밀머리")
        + inside("hiddenComment", "비밀설명")
        + inside("fieldBegin", "비밀메모", ' type="MEMO"')
        + '<hp:t>남은 <hp:deleteBegin Id="1"/>비밀삭제</hp:t><hp:t>비밀계속<hp:deleteEnd Id="1"/>글이다.</hp:t>'
    )
    text, said = _imported(tmp_path, "a.hwpx", hwpx(body))
    assert text == "남은 글이다.\n"
    assert said == "This is not in the article of this document: header, hidden comment, memo, deleted text."


def test_drawings_with_text_and_sections_are_read_in_their_order(tmp_path: Path) -> None:
    box = f"<hp:container><hp:rect><hp:drawText><hp:subList>{para('상자 글')}</hp:subList></hp:drawText></hp:rect></hp:container>"
    more = {
        f"Contents/section{n}.xml": f'<hs:sec xmlns:hs="s" xmlns:hp="p">{para(f"구역 {n}.")}</hs:sec>'
        for n in (1, 2, 10)
    }
    text, _ = _imported(tmp_path, "a.hwpx", hwpx(para("등대 이야기") + para(box), more))
    assert text == "상자 글\n\n구역 1.\n\n구역 2.\n\n구역 10.\n"


def test_the_older_hangul_gives_paragraphs_tables_boxes_and_notes(tmp_path: Path) -> None:
    note = record(66, 0, bytes(22)) + record(67, 1, "본문".encode("utf-16-le") + control(17, "fn  ") + b"\r\0")
    note += record(71, 1, b"  nf" + bytes(8)) + record(72, 2, bytes(8)) + old_line("주석이다.", 2)
    memo = record(66, 0, bytes(22)) + record(67, 1, control(15, "tcmt") + "끝이다.\r".encode("utf-16-le"))
    memo += record(71, 1, b"tmct" + bytes(8)) + record(72, 2, bytes(8)) + old_line("비밀", 2)
    data = hwp(old_line("등대 이야기") + old_table([["이름", "높이"], ["등대", "30"]]) + note + memo)
    text, _ = _imported(tmp_path, "a.hwp", data)
    assert "<tr><td>이름</td><td>높이</td></tr><tr><td>등대</td><td>30</td></tr>" in text
    assert text.endswith("본문<sup>\\[1\\]</sup>\n\n끝이다.\n\n<sup>\\[1\\]</sup> 주석이다.\n")


def test_the_older_hangul_without_a_body_gives_its_preview(tmp_path: Path) -> None:
    preview = "등대 이야기\r\n등대가 다시 켜졌다.\r\n".encode("utf-16-le")
    text, said = _imported(tmp_path, "a.hwp", hwp(b"", more={"PrvText": preview}))
    assert text == "등대가 다시 켜졌다.\n"
    assert "everything behind the first page" in said


# --- LibreOffice and PDF --------------------------------------------------------------------------


def test_libreoffice_keeps_text_and_leaves_out_changes_and_comments(tmp_path: Path) -> None:
    styles = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    body = (
        "<text:tracked-changes><text:p>비밀삭제</text:p></text:tracked-changes><text:h text:outline-level='1'>등대 이야기</text:h>"
        "<text:p>본문<office:annotation><text:p>비밀메모</text:p></office:annotation> 이다."
        "<text:span text:style-name='T1'>비밀숨김</text:span><text:note><text:note-body><text:p>주석</text:p></text:note-body>"
        "</text:note></text:p><table:table><table:table-row><table:table-cell><text:p>가</text:p></table:table-cell>"
        "<table:table-cell><text:p>나</text:p></table:table-cell></table:table-row></table:table>"
    )
    text, _ = _imported(tmp_path, "a.odt", odt(body, styles))
    assert text.startswith("본문 이다.<sup>\\[1\\]</sup>\n\n<table>")


def test_lines_of_a_pdf_become_paragraphs_and_what_heads_each_page_goes(tmp_path: Path) -> None:
    first = "가온시는 7월 3일 가온항 등대 {}를 다시 켠다고 밝혔다. 등대는 3년 전 태풍으로"
    pages = [
        ["가온시 소식지", *(["등대 이야기"] if not n else []), first.format(n), f"꺼졌다({n}쪽).", f"- {n + 1} -"]
        for n in range(3)
    ]
    text, said = _imported(tmp_path, "a.pdf", pdf(pages))
    assert f"{first.format(1)} 꺼졌다(1쪽).\n" in text
    assert "소식지" not in text
    assert "- 2 -" not in text
    assert 'the line "가온시 소식지" of each page' in said


@pytest.mark.parametrize("name", ["a.txt", "a.hwp", "a"])
def test_the_bytes_of_a_document_count_and_not_its_ending(name: str, tmp_path: Path) -> None:
    assert _imported(tmp_path, name, docx(TITLE + line("본문이다.")))[0] == "본문이다.\n"
