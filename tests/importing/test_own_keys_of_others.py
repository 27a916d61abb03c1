"""Keys that yoyak has too, with what only another program writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import contents, new_site, run_import, written


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("aliases: [배 노트, Ferry note]", "# aliases"),
        ("slug: '{{ page.slug }}'", "# slug"),
        ("tags: \"['섬', '배편']\"", "tags: [섬, 배편]"),
        ("tags: 섬; 배편", "tags: [섬, 배편]"),
        ("aliases: [/2023/ferry/]", "aliases: [/2023/ferry/]"),
    ],
)
def test_a_value_of_another_program_is_understood_or_a_comment(line: str, becomes: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "in/a.md", f"---\ntitle: 배\ndate: 2024-07-03\n{line}\n---\n\n본문이다.\n"))
    (text,) = [
        data.decode() for name, data in contents(site).items() if name.endswith(".md") and "_sources" not in name
    ]
    assert becomes in text.replace('"', "").replace("'", "")
    assert "\nslug:" not in text
