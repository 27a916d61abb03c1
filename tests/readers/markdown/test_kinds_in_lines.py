"""Marks, links, notes, names and pictures as people write them, kind by kind."""

from __future__ import annotations

from readers.markdown.kinds import Row, check
from rows import each_row

MARKS: tuple[Row, ...] = (
    ("~~내일~~ 모레", ("<s>내일</s> 모레",), ()),
    ("10~20명, 30~40명", ("10~20명, 30~40명",), ()),
    ("***굵고 기운***", ("<em><strong>굵고 기운</strong></em>",), ()),
    ("**굵은 *기운* 말**", ("<strong>굵은 <em>기운</em> 말</strong>",), ()),
    ("**“가온호”**를 탄다", ("<strong>“가온호”</strong>를 탄다",), ()),
    ("**가온호**는 *새 배*다", ("<strong>가온호</strong>는 <em>새 배</em>다",), ()),
    ("*(시각)*은 여섯 시", ("<em>(시각)</em>은",), ()),
    ("snake_case_name, 2 * 3 * 4", ("snake_case_name, 2 * 3 * 4",), ()),
    ("==새 배==가 뜬다", ("<mark>새 배</mark>가",), ()),
    ("a == b, c == d", ("a == b, c == d",), ()),
    ("첫 줄\\\n둘째 줄", ("첫 줄<br>",), ()),
    ("첫 줄  \n둘째 줄", ("첫 줄<br>",), ()),
    ("첫 줄\n둘째 줄", ("첫 줄\n둘째 줄",), ()),
    ("`<b>` 코드", ("<code>&lt;b&gt;</code> 코드",), ()),
    ("\\*별\\* \\# \\[글\\]", ("*별* # [글]",), ()),
    ("&lt;your name&gt; &copy;", ("&lt;your name&gt; ©",), ()),
    ("\\<your name> `<x>`", ("&lt;your name&gt; <code>&lt;x&gt;</code>",), ()),
    ("List<String> 형", ("List&lt;String&gt; 형",), ("1: warning: <String> is no HTML",)),
    ("글 %%적어 둠%% 글", ("!적어 둠",), ('1: warning: "%%적어 둠%%" is left out',)),
    ("글\n\n%%\n- 적어 둠\n%%\n\n글", ("<p>글</p><p>글</p>", "!적어"), ('3: warning: "%% - 적어 둠 %%" is left out',)),
    ("100%% 확실, 50%%만", ("100%% 확실, 50%%만",), ()),
    ("$a_1 * b_2$ 값", ("$a_1 * b_2$ 값",), ('1: warning: "$a_1 * b_2$" is a formula',)),
)  # fmt: skip

LINKS: tuple[Row, ...] = (
    ("https://gaon.example/a_b 에", ('<a href="https://gaon.example/a_b">https://gaon.example/a_b</a> 에',), ()),
    ("https://gaon.example에서 판다.", (">https://gaon.example</a>에서 판다.",), ()),
    ("www.gaon.example, 끝", ('<a href="http://www.gaon.example">www.gaon.example</a>, 끝',), ()),
    ("(https://gaon.example/x)를", ('">https://gaon.example/x</a>)를',), ()),
    ("desk@gaon.example로 보낸다", ('<a href="mailto:desk@gaon.example">desk@gaon.example</a>로',), ()),
    ("mailto:desk@gaon.example", ('<a href="mailto:desk@gaon.example">',), ()),
    ("http://localhost:8000/ 에", ('<a href="http://localhost:8000/">',), ()),
    ("`https://gaon.example`", ("<code>https://gaon.example</code>", "!<a"), ()),
    ("[배](https://gaon.example)와 [둘째](b.md)", ('<a href="/articles/b/">둘째</a>',), ()),
    ("[배][1]\n\n[1]: https://gaon.example '배편'", ('<a href="https://gaon.example" title="배편">배</a>',), ()),
    ("[속보]: 등대가 켜졌다", ("<p>[속보]: 등대가 켜졌다</p>",), ()),
    ("[알림]: 휴관\n[공지]: 개관", ("[알림]: 휴관", "[공지]: 개관"), ()),
    ("[NOTE]: closed", ("<p>[NOTE]: closed</p>",), ()),
    ("[a]: closed\n\n[a]", ('<a href="closed">a</a>',), ()),
    ("[배](javascript:x)", ("<a>배</a>",), ('1: warning: The link "javascript:x" cannot stand',)),
    ("[b](<b.md>)", ('href="/articles/b/"',), ()),
    ("<https://gaon.example>", ('<a href="https://gaon.example">',), ()),
    ("글\n\n[새 배](새 배.md) 뒤", ("[새 배](새 배.md) 뒤",), ('3: warning: The link "새 배.md" is shown as it is typed',)),
    ('![배](big boat.jpg "부두")', ('![배](big boat.jpg "부두")',), ('1: warning: The link "big boat.jpg" is shown',)),
    ("[값](../pages/the fares.md#for two)", ("[값]",), ('1: warning: The link "../pages/the fares.md#for two" is',)),
    ("[글](아래 설명) \\[배](새 배.md) `[배](새 배.md)`", ("[글](아래 설명)",), ()),
    ("[배](b.md){target=_blank} 글", ('<a href="/articles/b/">배</a> 글', "!target"), ()),
)  # fmt: skip

NAMES: tuple[Row, ...] = (
    ("[[b]]를 보라", ('<a href="/articles/b/">b</a>를',), ()),
    ("[[둘째 글]]", ('<a href="/articles/b/">둘째 글</a>',), ()),
    ("[[b|새 배]]", ('<a href="/articles/b/">새 배</a>',), ()),
    ("[[b#요금|새 배]]", ('<a href="/articles/b/#%EC%9A%94%EA%B8%88">새 배</a>',), ()),
    ("글\n\n[[없는 글]] 뒤", ("<p>없는 글 뒤</p>",), ('3: warning: No article is called "없는 글"',)),
    ("[[없는 글|보인 말]]", ("<p>보인 말</p>",), ('1: warning: No article is called "없는 글"',)),
    ("![[p.svg]] 글", ("<img", 'src="/assets/p.svg"'), ("1: warning: This picture has no text",)),
    ("![[p.svg|부두의 배]] 글", ('alt="부두의 배"',), ()),
    ("![[p.svg|300]] 글", ('src="/assets/p.svg"', "!300"), ("1: warning: This picture has no text",)),
    ("`[[b]]`", ("<code>[[b]]</code>",), ()),
    ("a[[1]] = b[[2]]", ("1", "2"), ("1: warning: No article", "1: warning: No article")),
)  # fmt: skip

NOTES: tuple[Row, ...] = (
    ("배[^1]\n\n[^1]: 새 배", ('<sup class="footnote-ref"><a class="footnote-ref" href="#fn:1" id="fnref:1"', "새 배"), ()),
    ("배[^새]. 또[^새]\n\n[^새]: 이름", ('id="fnref:1"', 'id="fnref2:1"', 'href="#fnref2:1"'), ()),
    ("배^[이름은 *아직* 없다]", ("이름은 <em>아직</em> 없다", 'href="#fn:1"'), ()),
    ("배[^9]", ("배[^9]",), ("1: warning: There is no note [^9]",)),
    ("배\n\n[^9]: 홀로", ("홀로",), ('3: warning: No mark in the text leads to the note "[^9]:"',)),
    ("배[^1]\n\n[^1]: 하나\n[^1]: 둘", ("하나", "둘"), ('4: warning: There are two notes "[^1]:"',)),
    ("배[^1]\n\n[^1]: 하나[^2]\n[^2]: 둘", ('href="#fn:2"', "둘"), ()),
    ("배[^1]\n\n[^1]: 하나\n\n    - 둘\n\n    셋", ("<li>둘</li>", "<p>셋"), ()),
    ("| 배[^1] |\n|---|\n| 1 |\n\n[^1]: 하나", ('href="#fn:1"', "하나"), ()),
    ("> 배[^1]\n\n[^1]: 하나", ('href="#fn:1"', "하나"), ()),
    ("[^4]: 홀로[^5]\n\n[^5]: 둘째[^4]", ("홀로", "둘째", 'href="#fn:2"'), ("3: warning: No mark", "1: warning: No mark")),
)  # fmt: skip

PICTURES: tuple[Row, ...] = (
    ('![하나](p.svg "첫 배")\n![둘](q.png "둘째 배")', ("<figcaption>첫 배</figcaption></figure>", "<figcaption>둘째 배</figcaption>"), ()),
    ('![하나](p.svg "첫 배")\n글이다', ("<figcaption>첫 배</figcaption></figure><p>글이다</p>",), ()),
    ('글 ![하나](p.svg "첫 배") 글', ('title="첫 배"', "!<figure"), ()),
    ("- ![하나](https://far.example/a.png '첫 배')", ('title="첫 배">하나 (far.example)</a>',), ()),
    ("[![하나](p.svg)](b.md)", ('<figure><a href="/articles/b/"><img alt="하나"',), ()),
    ("글\n\n![하나](없다.png)", ("!<img",), ('3: There is no picture "없다.png"',)),
    ("<img src=p.svg alt=하나>", ('<img alt="하나"',), ()),
    ("<img data-src='p.svg' src='blank.gif' alt='하나'>", ('<img alt="하나" src="/assets/p.svg"',), ()),
    ("글\n\n<div>\n<b>x</b>\n<img alt='하나'>\n</div>", ("!<img",), ('5: There is no picture ""',)),
    ("![하나](p.svg){width=50%} 글", ('alt="하나"', "!50%"), ()),
)  # fmt: skip

FOREIGN: tuple[Row, ...] = (
    ("글\n\n{{< figure src='a.png' title='부두' >}}", ("{{&lt; figure",), ("3: warning: \"{{< figure src='a.png' title='부두' >}}\" is a shortcode of Hugo",)),
    ("{{% notice %}}\n글\n{{% /notice %}}", ("글",), ('1: warning: "{{% notice %}}" is', '3: warning: "{{% /notice %}}" is')),
    ("{% post_url 2024-07-01-a %} 글", ("{% post_url",), ('1: warning: "{% post_url 2024-07-01-a %}" is a template mark',)),
    ("{{ site.baseurl }}/a", ("{{ site.baseurl }}/a",), ('1: warning: "{{ site.baseurl }}" is a template mark',)),
    ("`{{ a }}`\n\n```\n{% b %}\n```", ("{{ a }}", "{% b %}"), ()),
    ("글\n\n[TOC]", ("[TOC]",), ('3: warning: "[TOC]" is a mark for a table of contents',)),
    ("[gallery ids='1,2'] 글", ("[gallery",), ("1: warning: \"[gallery ids='1,2']\" is a shortcode of WordPress",)),
    (".. note:: 글", (".. note:: 글",), ('1: warning: ".. note::" is a directive of reStructuredText',)),
    ("import Tabs from '@theme/Tabs';", ("import Tabs",), ("1: warning: \"import Tabs from '@theme/Tabs';\" is an import of MDX",)),
    ("<Tabs>\n\n글\n\n</Tabs>", ("&lt;Tabs&gt;", "<p>글</p>"), ('5: warning: "</Tabs>" is a component of MDX', "1: warning: <Tabs> is no HTML")),
    ("글 {{ 값 }}\n\n[[_TOC_]]", ("[[_TOC_]]",), ('1: warning: "{{ 값 }}" is a template mark', '3: warning: "[[_TOC_]]" is a mark for a table')),
    ("글 {# 편집자만 *볼* 말 #}", ("{# 편집자만 *볼* 말 #}",), ('1: warning: "{# 편집자만 *볼* 말 #}" is a template mark',)),
    ("<% tp.file.title %> 글", ("&lt;% tp.file.title %&gt;",), ('1: warning: "<% tp.file.title %>" is a template mark',)),
    ("글\n\n<?php echo 1; ?>", ("&lt;?php echo 1; ?&gt;",), ('3: warning: "<?php echo 1; ?>" is a template mark',)),
    ("글 {/* 편집자만 볼 말 */}", ("{/* 편집자만 볼 말 */}",), ('1: warning: "{/* 편집자만 볼 말 */}" is a comment of MDX',)),
    ('=== "표"\n\n글', ("=== \"표\"",), ('1: warning: "=== "표"" is a box or tab',)),
    ("[##_Image|kage@b/x_1/y.png|_가_##]\n\n[#M_더보기|접기|글_M#]", ("[##_Image|kage@b/x_1/y.png|_가_##]",), ('1: warning: "[##_Image|kage@b/x_1/y.png|_가_##]" is a mark of Tistory', '3: warning: "[#M_" is', '3: warning: "_M#]" is')),
    ("배가 떴다 :ship: 그리고 :+1:", (":ship:",), ('1: warning: ":ship:" is a name between colons', '1: warning: ":+1:" is')),
    ("{ref}`표` 그리고 {doc}`x <y>`", ("{ref}",), ('1: warning: "{ref}" is a directive', '1: warning: "{doc}" is')),
    ("- 배\n  id:: 64a1-x\n  collapsed:: true", ("id:: 64a1-x",), ('2: warning: "id:: 64a1-x" is a reference of Logseq', '3: warning: "collapsed:: true" is')),
    ("이름:: 값, std::vector, a :: b", ("이름:: 값",), ()),
    ("10:30:20, 가:나:다, a::b::c, :-: :) ::1", ("10:30:20",), ()),
    ("H~2~O와 x^2^", ("H~2~O",), ('1: warning: "~2~" is a mark of Pandoc', '1: warning: "^2^" is')),
    ("3~5일, 1~2,3~4명 ^_^ ^o^ 2^10", ("^_^ ^o^",), ()),
    ("[글]{.small} 그리고 [@kim2020, 3쪽], [@gaon]", ("[글]{.small}",), ('1: warning: "[글]{.small}" is a mark of Pandoc', '1: warning: "[@kim2020, 3쪽]" is')),
    ("글\n\n\\newpage", ("\\newpage",), ('3: warning: "\\newpage" is a command of LaTeX',)),
    ("글 \\emph{둘}, $\\frac{1}{2}$", ("\\emph{둘}", "$\\frac{1}{2}$"), ('1: warning: "\\emph{" is a command of LaTeX', '1: warning: "$\\frac{1}{2}$" is a formula')),
    ("값 $n$은\n\n$$\nE = mc^2\n$$", ("$n$은",), ('1: warning: "$n$" is a formula', '3: warning: "$$ E = mc^2 $$" is a formula')),
    ("$a = b$와 \\\\(y\\\\) 그리고 `$z$`", ("$a = b$와 \\(y\\)", "<code>$z$</code>"), ('1: warning: "$a = b$" is a formula', '1: warning: "\\(y\\)" is')),
    ("A ticket is $5, a pass $10; US$3.50 = ₩5,000, $1,000~$2bn", ("$5, a pass $10",), ()),
    ("PATH=$HOME/bin_x:$PATH, $_GET and $_POST", ("$HOME/bin_x:$PATH",), ()),
    ("\\begin{align}\nx\n\\end{align}", ("x",), ('1: warning: "\\begin{" is a command of LaTeX',)),
    ("--8<-- \"a.md\"\n\n@import \"b.md\"", ("--8&lt;-- \"a.md\"",), ('1: warning: "--8<-- "a.md"" is a mark that takes in another file', '3: warning: "@import "b.md"" is')),
    ("[b]굵게[/b]", ("[b]굵게[/b]",), ('1: warning: "[/b]" is a mark of BBCode',)),
    ("\'\'\'굵게\'\'\' 그리고\n\n[목차]", ("[목차]",), ("1: warning: \"\'\'\'굵게\'\'\'\" is a mark of a wiki", '3: warning: "[목차]" is')),
    ("== 이상 ==\n\n[각주] [사진]", ("== 이상 ==",), ()),
    ("((64f0ab12-0000-4abc-8def-0123456789ab)) 글", ("((64f0ab12",), ('1: warning: "((64f0ab12-0000-4abc-8def-0123456789ab))" is a reference of Logseq',)),
    ("#+BEGIN_QUOTE\n글\n#+END_QUOTE", ("#+BEGIN_QUOTE",), ('1: warning: "#+BEGIN_QUOTE" is a line of Org mode', '3: warning: "#+END_QUOTE" is')),
    ("image::pier.png[부두]", ("image::pier.png[부두]",), ('1: warning: "image::pier.png[부두]" is a macro of AsciiDoc',)),
    ("`:ship:` `{/* a */}`\n\n```\n\\newpage\n[/b]\n```", (":ship:",), ()),
)  # fmt: skip


@each_row("row", [*MARKS, *LINKS, *NAMES, *NOTES, *PICTURES, *FOREIGN], ids=lambda row: row[0][:30])
def test_what_stands_in_a_line_comes_out_as_it_was_meant(row: Row) -> None:
    check(row)
