"""Lists, tables, fences, headings and boxes as people write them, kind by kind."""

from __future__ import annotations

import pytest

from readers.markdown.kinds import Row, check
from readers.markdown.reading import html, read
from readers.worlds import value
from rows import each_row

LISTS: tuple[Row, ...] = (
    ("가져올 것:\n- 물\n- 모자", ("<p>가져올 것:</p><ul><li>물</li><li>모자</li></ul>",), ()),
    ("순서는 이렇다.\n1. 신청\n2. 심사", ("<p>순서는 이렇다.</p><ol><li>신청</li><li>심사</li></ol>",), ()),
    ("모두\n14. 개였다.", ("<p>모두14. 개였다.</p>".replace("모두14", "모두\n14"),), ()),
    ("- 역\n  - 출구\n    - 계단\n  - 매표소", ("<li>역<ul><li>출구<ul><li>계단</li></ul></li><li>매표소</li></ul></li>",), ()),
    ("- 역\n   - 출구", ("<li>역<ul><li>출구</li></ul></li>",), ()),
    ("- 역\n    - 출구\n        - 계단", ("<li>출구<ul><li>계단</li></ul></li>",), ()),
    ("- 역\n\t- 출구", ("<li>역<ul><li>출구</li></ul></li>",), ()),
    ("1. 첫째\n  - 가\n  - 나\n2. 둘째", ("<ol><li>첫째<ul><li>가</li><li>나</li></ul></li><li>둘째</li></ol>",), ()),
    ("10. 첫째\n   - 가\n      - 나\n11. 둘째\n   1. 다", ("<li>첫째<ul><li>가<ul><li>나</li>", "<li>둘째<ol><li>다"), ()),
    ("1. 첫째\n  2. 둘째\n 3. 셋째", ("<ol><li>첫째</li><li>둘째</li><li>셋째</li></ol>",), ()),
    ("1. 첫째\n\n  - 가\n\n  - 나\n\n2. 둘째\n\n글", ("<ul><li><p>가</p></li><li><p>나</p></li></ul></li><li><p>둘째</p></li></ol><p>글</p>",), ()),
    ("1. 첫째\n   - 가\n   - 나\n2. 둘째", ("<ol><li>첫째<ul><li>가</li><li>나</li></ul></li><li>둘째</li></ol>",), ()),
    ("- 하나\n1. 표\n   - 어른", ("<ul><li>하나</li></ul><ol><li>표<ul><li>어른</li></ul></li></ol>",), ()),
    ("1) 복지\n2) 교통", ("<ol><li>복지</li><li>교통</li></ol>",), ()),
    ("- 하나\n\n  둘째 문단\n\n- 셋", ("<li><p>하나</p><p>둘째 문단</p></li><li><p>셋</p></li>",), ()),
    ("1. 설치\n   ```bash\n   make\n   ```\n2. 실행", ("make", "</pre></li><li>실행</li></ol>", "!<p>"), ()),
    ("- 표\n\n  | 가 | 나 |\n  |---|---|\n  | 1 | 2 |", ("<li><p>표</p><table>", "<td>1</td>"), ()),
    ("- > 인용\n- # 제목", ("<li><blockquote><p>인용</p></blockquote></li>", "<li><h2"), ()),
    ("3. 셋\n4. 넷", ('<ol start="3"><li>셋</li><li>넷</li></ol>',), ()),
    ("1. 하나\n3. 셋\n4. 넷", ('<li>하나</li><li value="3">셋</li><li>넷</li>',), ()),
    ("1. 하나\n1. 둘\n1. 셋", ("<ol><li>하나</li><li>둘</li><li>셋</li></ol>",), ()),
    ("- [ ] 신청\n- [x] 심사", ('<ul class="tasks"><li class="task"><input type="checkbox"> 신청', 'checked="" type="checkbox"> 심사'), ()),
    ("1. [x] 심사", ('<li class="task"><input checked="" type="checkbox"> 심사',), ()),
    ("- [ ]신청", ("<li>[ ]신청</li>",), ()),
    ("* 하나\n+ 둘", ("<ul><li>하나</li></ul><ul><li>둘</li></ul>",), ()),
    ("까닭:\n• 낡았다\n• 좁다", ("<p>까닭:<br>", "<br>• 좁다</p>"), ()),
    ("·첫째\n· 둘째\nㆍ셋째", ("·첫째<br>", "<br>ㆍ셋째"), ()),
    ("□ 배경\nㅇ 다리\n※ 붙임", ("□ 배경<br>", "<br>※ 붙임"), ()),
    ("> ① 하나\n> ② 둘", ("① 하나<br>",), ()),
    ("전주·군산\n익산 ㅇㅇ", ("!<br>",), ()),
    ("-하나\n1.둘", ("<p>-하나\n1.둘</p>",), ()),
)  # fmt: skip

WIDE: tuple[Row, ...] = (
    ("글\n##　요금 안내\n글", ('<p>글</p><h2 id="요금-안내">요금 안내</h2>',), ()),
    ("##\xa0요금\n\n###　 어른", ('<h2 id="요금">요금</h2>', '<h3 id="어른">어른</h3>'), ()),
    ("-　물\n-　모자\n\n1.　신청\n2.　심사", ("<ul><li>물</li><li>모자</li></ul><ol><li>신청</li><li>심사</li></ol>",), ()),
    ("```\n##　요금\n```\n\n`-　물`", ("##　요금", "<code>-　물</code>", "!<h"), ()),
    ("2025.　3. 5. 저녁", ("<p>2025.　3. 5. 저녁</p>",), ()),
    ("글\n\nㅡㅡㅡ\n\n———\n\n─ ─ ─ ─\n글", ("<p>글</p><hr><hr><hr><p>글</p>",), ()),
    ("제목\nㅡㅡㅡㅡ\n\nㅡㅡ\n\n— 네.\n\n―――끝", ("<p>제목\nㅡㅡㅡㅡ</p><p>ㅡㅡ</p><p>— 네.</p><p>―――끝</p>",), ()),
    ("표다.\n| 가 | 나 |\n|ㅡㅡ|:—-:|\n| 1 | 2 |", ("<p>표다.</p><table>", '<td class="center">2</td>'), ()),
    ("가 | 나\nㅡㅡ | ㅡㅡ\n1 | 2", ("<table>", "<td>1</td><td>2</td>"), ()),
    ("|가|나|\n|ーー|ーー|\n|1|2|\n\nーーー", ("<table>", "<td>1</td>", "<hr>"), ()),
    ("| 가 | 나 |\n| ㅡ |", ("<p>| 가 | 나 |\n| ㅡ |</p>",), ()),
)  # fmt: skip

DATES: tuple[Row, ...] = (
    ("2025. 3. 5. 구청은 밝혔다.", ("<p>2025. 3. 5. 구청은 밝혔다.</p>",), ()),
    ("12. 25.(목) 쉰다.", ("<p>12. 25.(목) 쉰다.</p>",), ()),
    ("2025. 봄, 문을 열었다.", ("<p>2025. 봄, 문을 열었다.</p>",), ()),
    ("'25. 3. 5. 공고", ("<p>'25. 3. 5. 공고</p>",), ()),
    ("25. 3. 5. 공고", ("<p>25. 3. 5. 공고</p>",), ()),
    ("5. 3. 2025 published", ("<p>5. 3. 2025 published</p>",), ()),
    ("- 모임\n2025. 3. 5. 저녁", ("<ul><li>모임", "2025. 3. 5. 저녁", "!<ol"), ()),
    ("> 2025. 3. 5. 저녁", ("<blockquote><p>2025. 3. 5. 저녁</p></blockquote>",), ()),
    ("글.\n\n3. 1운동 정신을 잇는다.", ("<p>3. 1운동 정신을 잇는다.</p>", "!<ol"), ()),
    ("5. 18 민주화운동 기념식", ("<p>5. 18 민주화운동 기념식</p>",), ()),
    ("3. 1절 노래\n\n12. 3 비상계엄", ("<p>3. 1절 노래</p><p>12. 3 비상계엄</p>",), ()),
    ("1. 독립\n2. 만세\n3. 1운동", ("<li>1운동</li></ol>",), ()),
    ("3. 5명이 갔다\n4. 10분 뒤", ('<ol start="3"><li>5명이 갔다</li><li>10분 뒤</li></ol>',), ()),
    ("2025.3.5. 저녁", ("<p>2025.3.5. 저녁</p>",), ()),
    ("#항구 #배편", ("<p>#항구 #배편</p>", "!<h"), ()),
    ("#1 첫 소식", ("<p>#1 첫 소식</p>",), ()),
)  # fmt: skip

TABLES: tuple[Row, ...] = (
    ("요금표다.\n| 가 | 나 |\n|---|---|\n| 1 | 2 |", ("<p>요금표다.</p><table>", "<td>2</td>"), ()),
    ("가 | 나\n:-- | --:\n1 | 2", ('<th class="left">가</th><th class="right">나</th>', '<td class="right">2</td>'), ()),
    ("| 가 |\n|---|\n| 1 |\n글이다", ("<td>글이다</td>",), ()),
    ("| 가 |\n|---|\n| 1 |\n\n글이다", ("</table><p>글이다</p>",), ()),
    ("| 가 |\n|---|\n| `x \\| y` |", ("<code>x | y</code>",), ()),
    ("| | 나 |\n|---|---|\n| 가 | 1 |", ("<tr><td></td><th>나</th></tr>",), ()),
    ("| 가 |\n|---|\n| 1 | 넘침 | 셋 |", ("<td>1</td>", "!넘침"), ('3: warning: "넘침 | 셋" is left out',)),
    ("> 글\n>\n> | 가 |\n> |---|\n> | 1 | 넘침 |", ("<td>1</td>",), ('5: warning: "넘침" is left out',)),
    ("| 가 | 나 |\n|---|---|\n| 1 |", ("<td>1</td><td></td>",), ()),
    ("| 가 | 나 |\n|---|\n| 1 | 2 |", ("<p>| 가 | 나 |\n|---|\n| 1 | 2 |</p>",), ()),
    ("| 가 |\n|---|\n| 하나<br>둘 |", ("<td>하나<br>둘</td>",), ()),
)  # fmt: skip

FENCES: tuple[Row, ...] = (
    ('```html title="가.html"\n<script>x()</script>\n```\n\n글', ('<figure class="code"><figcaption>가.html</figcaption><pre>', "</figure><p>글</p>"), ()),
    ("```js {2,4-5}\n# 제목 아님\n```\n\n글", ('class="language-js"', "!<h2", "<p>글</p>"), ()),
    ("```go {linenos=true}\nx\n```", ('class="language-go"', "!linenos"), ()),
    ("```{.python #a}\nx = 1\n```", ('class="language-python"', "!#a"), ()),
    ("~~~\n```\n~~~", ("```",), ()),
    ("````md\n```\n안\n```\n````", ("안", "```"), ()),
    ("글이다\n```\n안\n```\n또", ("<p>글이다</p><pre><code>안</code></pre><p>또</p>",), ()),
    ("글\n\n```python\n# 끝 없음\n\n## 안", ("끝 없음", "## 안", "!<h2"), ("3: warning: The code that begins here has no end",)),
    ("- 하나\n  ```\n  안\n\n밖", ("<p>밖</p>",), ("2: warning: The code that begins here has no end",)),
    ("```\n안\n```", ("<pre><code>안</code></pre>",), ()),
    ("```한글\n안\n```", ("<pre><code>안</code></pre>",), ()),
    ("``` `x` ```", ("<p><code>`x`</code></p>",), ()),
    ("{{< highlight go >}}\nfmt.Println(\"<hi>\")\n{{< /highlight >}}\n\n글", ('class="language-go"', "&lt;hi&gt;", "<p>글</p>"), ()),
    ("{% highlight ruby %}\nputs '<hi>'\n{% endhighlight %}", ('class="language-ruby"', "&lt;hi&gt;"), ()),
    ("    네 칸", ("<pre><code>네 칸</code></pre>",), ()),
)  # fmt: skip

HEADINGS: tuple[Row, ...] = (
    ("## 요금 {#fares}\n\n[요금](#fares)", ('<h2 id="fares">요금</h2>', 'href="#fares"'), ()),
    ("## 요금 {#f}\n\n## 시각 {#f}", ('<h2 id="f">요금</h2>', '<h2 id="시각">시각</h2>'), ('3: warning: Two places of this text are called "f"',)),
    ("## 요금 {.big}", ('<h2 id="요금">요금</h2>',), ()),
    ("## 요금 {가}", ("요금 {가}</h2>",), ()),
    ('<a id="표"></a>\n\n글', ('id="표"',), ()),
    ('<a name="표"></a>\n\n글', ('id="표"',), ()),
    ('<p id="가">글</p>', ('<p id="가">글</p>',), ()),
    ("글\n\n# 둘째\n\n## 셋째", ('<h2 id="둘째">', '<h3 id="셋째">'), ()),
    ("제목이다\n===\n\n글", ("<p>글</p>", "!제목이다"), ()),
    ("글\n\n소제목\n---", ('<h2 id="소제목">소제목</h2>',), ()),
    ("# [새 배](b.md) 뜬다\n\n글", ("<p>글</p>",), ('1: warning: "b.md" is left out: it is in the headline',)),
    ("<h1>새 배</h1> 뒤", ("뒤",), ()),
    ("글\n\n## 새 배[^1]\n\n[^1]: 이름", ('href="#fn:1"', '<h2 id="새-배">'), ()),
    ("글\n\n##### 다섯", ('<h2 id="다섯">',), ()),
)  # fmt: skip

BOXES: tuple[Row, ...] = (
    ("> [!NOTE]\n> 글", ('<div class="callout note" role="note"><div class="callout-title">참고</div><p>글</p></div>',), ()),
    ("> [!warning] 조심\n> 글", ('class="callout warning"', '<div class="callout-title">조심</div>'), ()),
    ("> [!tip]- 접힘\n> 글", ('<details class="callout tip"><summary class="callout-title">접힘</summary>',), ()),
    ("> [!tip]+ 펼침\n> 글", ('<details class="callout tip" open="">',), ()),
    ("> [!모름] 글", ("<blockquote><p>[!모름] 글</p></blockquote>",), ()),
    (":::tip\n글\n:::", ('class="callout tip"', "<p>글</p>", "!:::"), ()),
    (":::warning[조심]\n- 하나\n:::", ('<div class="callout-title">조심</div>', "<li>하나</li>"), ()),
    ('!!! warning "물때"\n    글\n\n    둘\n\n뒤', ('<div class="callout warning" role="note"><div class="callout-title">물때</div><p>글</p><p>둘</p></div><p>뒤</p>',), ()),
    ("앞\n!!! note\n    글\n뒤", ('<p>앞</p><div class="callout note" role="note"><div class="callout-title">참고</div><p>글</p></div><p>뒤</p>',), ()),
    ('??? tip "물때"\n    글', ('<details class="callout tip"><summary class="callout-title">물때</summary><p>글</p></details>',), ()),
    ("???+ note\n\n    - 하나\n\n!!! note inline end\n    글", ('<details class="callout note" open="">', "<li>하나</li>", ">참고</div><p>글</p>"), ()),
    ("!!! 놀랍다\n    정말이다", ("<p>!!! 놀랍다",), ()),
    ('!!! gaon "물때"\n    글', ("<p>!!! gaon",), ('1: warning: "!!! gaon "물때"" is a box or tab',)),
    ("!!! wow\n\n??? really", ("<p>!!! wow</p>",), ()),
    ("::: details 더\n글\n:::", ('<summary class="callout-title">더</summary>',), ()),
    (":::columns\n글\n:::", (":::columns",), ('1: warning: ":::columns" is a box or', '1: warning: ":::" is a box or')),
    ("가온호\n: 새 배", ("<dl><dt>가온호</dt><dd>새 배</dd></dl>",), ()),
    ("가온호\n\n: 새 배\n: 흰 배", ("<dt>가온호</dt><dd>새 배</dd><dd>", "흰 배"), ()),
    ("<details>\n<summary>더</summary>\n\n**굵게**\n\n- 하나\n\n</details>\n\n밖", ("<summary>더</summary><p><strong>굵게</strong></p><ul>", "</details><p>밖</p>"), ()),
    ("<div>\n\n## 안\n\n</div>", ("<div><h2", "</h2></div>"), ()),
    ("글\n\n---\n\n글", ("<p>글</p><hr><p>글</p>",), ()),
    ("글\n{: .note #n}", ('<p id="n">글</p>',), ()),
)  # fmt: skip


@each_row("row", [*LISTS, *WIDE, *DATES, *TABLES, *FENCES, *HEADINGS, *BOXES], ids=lambda row: row[0][:30])
def test_a_block_comes_out_as_it_was_meant(row: Row) -> None:
    check(row)


@pytest.mark.parametrize(
    ("text", "headline", "title"),
    [
        ("# 들어가며\n\n글\n\n# 표 사기", "새 배", None), ("# 새 배\n\n글", "새 배", "새 배"), ("# 새 배\n\n글", "", "새 배"),
        ("# 새 배[^1]\n\n글\n\n[^1]: 이름", "", "새 배"), ("글\n\n# 새 배", "", None), ("\n\n새 *배*\n===\n", "", "새 배"),
    ],
)  # fmt: skip
def test_a_first_heading_is_the_title_or_stays(text: str, headline: str, title: str | None) -> None:
    found = read(text, title=headline)
    assert value(found, "title") == title
    assert ("<h2" in found.html.replace('<h2 id="footnotes"', "")) == (title is None)
    assert found.problems == ()


def test_code_below_a_number_keeps_its_own_indentation() -> None:
    assert "<code>a\n  b\n</code></pre>" in html("1. 첫째\n  - 가\n    ```\n    a\n      b\n    ```")
