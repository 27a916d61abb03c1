"""Marks of other programs in single files that are imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import contents, new_site, only_article, run_import, written

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
HEAD = "---\ntitle: 배\ndate: 2024-07-03\n---\n\n"


def _imported(folder: Path, text: str) -> str:
    site = new_site(folder / "site")
    run_import(site, written(folder, "a.md", text))
    return only_article(site).partition("\n---\n")[2]


@pytest.mark.parametrize("head", [HEAD, '+++\ntitle = "배"\ndate = 2024-07-03\n+++\n\n'])
def test_marks_with_a_plain_meaning_become_markdown(head: str, tmp_path: Path) -> None:
    text = "{{< youtube dQw4w9WgXcQ >}}\n\n[집]({{ site.baseurl }}/about/)\n\n{% include a.html %}\n"
    assert _imported(tmp_path, head + text) == (
        "\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n\n[집](/about/)\n\n{% include a.html %}\n"
    )


def test_a_value_of_the_head_stands_for_its_mark(tmp_path: Path) -> None:
    assert _imported(tmp_path, f"{HEAD}{{{{< param title >}}}}가 떴다.\n") == "\n배가 떴다.\n"


def test_a_picture_of_a_mark_comes_along(tmp_path: Path) -> None:
    written(tmp_path, "img/pier.png", PNG)
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "a.md", f'{HEAD}{{{{< figure src="img/pier.png" alt="부두" >}}}}\n'))
    assert "![부두](pier.png)" in only_article(site)
    assert contents(site)["2024/07/2024-07-03-a/pier.png"] == PNG


def test_marks_in_code_and_text_without_marks_stay_as_they_are(tmp_path: Path) -> None:
    text = "`{{< figure >}}`\n\n```\n{% raw %}\n```\n\n* 가\n* 나\n"
    assert _imported(tmp_path, HEAD + text) == f"\n{text}"


def test_a_file_of_mdx_loses_its_scripts_and_its_writer_s_comments(tmp_path: Path) -> None:
    text = (
        "import X from './x.astro'\n\n{/* 적어 둠 */}\n\n<Aside type=\"tip\">도움이다.</Aside>\n\n"
        "글 {/* 둘\n째 */}이다. `{/* 코드 */}`\n"
    )
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "a.mdx", HEAD + text))
    body = only_article(site).partition("\n---\n")[2]
    assert body.split("\n\n") == ["\n> [!TIP]\n> 도움이다.", "글 이다. `{/* 코드 */}`\n"]
