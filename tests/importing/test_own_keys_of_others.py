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
        ("aliases: old-ferry", "aliases: [old-ferry]"),
        ("aliases: [ferry.html, 2023-ferry]", "aliases: [ferry.html, 2023-ferry]"),
        ("aliases: [/2023/ferry/, 배 노트]", "# aliases: [배 노트]"),
        ("aliases: [배]\nthemes: [항구]", "aliases: [배]"),
        ("aliases: [배 노트]\nedition: 2024-W27", "edition: 2024-W27"),
        ("tags: 섬; 배편\npaywall: true\nrights_notice: 무단 전재 금지", "paywall: true"),
        ("tags: 섬; 배편\nrights_notice: 무단 전재 금지", "rights_notice: 무단 전재 금지"),
        ("tags: 섬; 배편\nof_the_source: [summary]\nsummary: 요약", "of_the_source: [summary]"),
        ("tags: 섬; 배편\ncorrections: [{date: 2024-07-04, note: 고침}]", "\ncorrections:"),
        ('tags: "섬, 배편"', "tags: [섬, 배편]"),
        ('tags: "[섬, 배편]"', "tags: [섬, 배편]"),
        ("tags: 섬|배편", "tags: [섬, 배편]"),
        ("tags: 섬、배편，등대", "tags: [섬, 배편, 등대]"),
        ('tags: "#섬 #배편"', "tags: [섬, 배편]"),
        ("tags: 섬; 배편\nsubtitle: Null Island", "subtitle: Null Island"),
        ("tags: 섬; 배편\ncategories: null\ncategory: ~\nauthor: NULL", "tags: [섬, 배편]\n---"),
        ('summary: "A &amp; <em>B</em>"', "summary: A & B"),
        ('description: "<p>요약 문장이다.</p><p>둘째다.</p>"', "summary: 요약 문장이다. 둘째다."),
        ("description: a < b이고 c > d다", "summary: a < b이고 c > d다"),
        ("description: 태그 <video>를 쓴다", "summary: 태그 <video>를 쓴다"),
        ('excerpt: "첫 배다 [&hellip;]"', "summary: 첫 배다 […]"),
        ("description: 하나\nsummary: 둘", "summary: 둘"),
        ("description: 하나\nsummary: 둘", "# description: 하나"),
        ("description: 하나\nexcerpt: 하나", "summary: 하나"),
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
