"""Examples of GitHub's extensions, by section, each as GitHub shows it."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "Tables": (
        "| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n--- | ---\n1 | 2", "| a |\n| - |\n| 1 |", "|a|b|c|\n|:-|:-:|-:|\n|1|2|3|",
        "준비물은 다음과 같다.\n| 것 | 값 |\n|---|---|\n| 표 | 하나 |", "| a | b |\n|---|---|\n| 1 |", "| a | b |\n|---|---|",
        "| a | b |\n|---|---|\n| `x \\| y` | \\| |", "| **a** | [b](c) |\n|---|---|\n| ~~d~~ | `e` |", "| a | b |\n|---|\n| 1 | 2 |",
        "| a |\n|---|\n| 1 |\n\n글", "| a |\n|---|\n| 1 |\n> 글", "| a |\n|---|\n| 1 |\n# 글", "| a |\n|---|\n| 1 |\n```\n글\n```",
        "- 하나\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |", "> | a | b |\n> |---|---|\n> | 1 | 2 |", "1. 하나\n   | a |\n   |---|\n   | 1 |",
        "| | 가 |\n|---|---|\n| 나 | 1 |", "| a | b |\n|---|---|\n| ![c](d.png) | https://e.example |", "a\n-\nb", "|a|\n|=|\n|1|",
        "  | a | b |\n  |---|---|\n  | 1 | 2 |", "    | a |\n    |---|", "| 이름 | 수 |\n|:--|--:|\n| 가온 | 1,000 |\n| 누리 | 20 |",
        "| a | b |\n|:-: | -|\n1 | 2\n3 | 4", "| a |\n|---|\n1", "| a<br>b | c |\n|---|---|\n| <b>1</b> | 2 |", "|||\n|-|-|\n|1|2|",
        "| a |\n|---|\n| 1 |\n| a |\n|---|\n| 1 |", "글\n\na | b\n-|-\n한 | 글\n\n글",
    ),
    "Task lists": (
        "- [ ] 하나\n- [x] 둘", "- [X] 하나", "* [ ] 하나\n* 둘", "+ [x] 하나\n\n+ [ ] 둘", "1. [ ] 하나\n2. [x] 둘", "- [x] 하나\n  - [ ] 둘\n    - [x] 셋",
        "- [ ]하나", "- [] 하나", "- [x]", "- [ ] **하나** `둘`", "- [ ] [하나](둘)", "- [y] 하나", "글\n- [ ] 하나", "- [ ] 하나\n\n  둘",
        "> - [ ] 하나", "- \\[x] 하나", "1) [ ] 하나", "- [x] 하나\n- 둘\n- [ ] 셋", "[x] 하나", "- 하나 [x]", "-   [ ] 하나", "- [ ] [x] 하나",
    ),
    "Strikethrough": (
        "~~하나~~", "글 ~~하나~~ 글", "~~하나~~둘", "하나~~둘~~셋", "~~ 하나 ~~", "~~하나", "~~~~하나~~~~", "~~**하나**~~", "**~~하나~~**", "~~하나\n둘~~",
        "~~하나\n\n둘~~", "~~`하나`~~", "`~~하나~~`", "\\~~하나~~", "~~[하나](둘)~~", "[~~하나~~](둘)", "~~하나~둘~~", "| ~~하나~~ |\n|---|\n| ~~둘~~ |",
        "# ~~하나~~", "- ~~하나~~", "~~(하나)~~", "~~하나~~, ~~둘~~", "~~a~~b~~c~~",
    ),
    "Autolinks (extension)": (
        "https://a.example", "http://a.example/b?c=d&e=f", "글 https://a.example 글", "(https://a.example)", "https://a.example.", "https://a.example, 글",
        "https://a.example/b_(c)", "(https://a.example/b_(c))", "https://a.example/b)", "www.a.example", "www.a.example/b.", "HTTPS://A.EXAMPLE/b",
        "https://a.example/?b=c&amp;", "https://a.example/b;", "**https://a.example**", "*www.a.example*", "kim@a.example", "kim.lee+b@a-b.example 글",
        "[글](https://a.example)", "[https://a.example](https://b.example)", "`https://a.example`", "<https://a.example>", "https://a.example/~kim/",
        "https://a.example/b#c", "https://a.example:8080/b", "- https://a.example", "> https://a.example", "# https://a.example 글",
        "https://a.example/b\nhttps://c.example/d", "www.a.example kim@b.example https://c.example", "https://a.example/%EA%B0%80", "https://a.example/가",
        "https://", "https://a", "http//a.example", "kim@", "@kim", "www.", "https://a.example/b'c", "https://a.example<br>글", "https://a.example?b",
        "https://a.example/b!", "https://a.example/b?!", "~~https://a.example~~", "mailto:kim@a.example", "https://a.example/(b", "https://1.2.3.4/",
    ),
    "Fences (with attributes)": (
        "```html title=\"a.html\"\n<b>글</b>\n```", "```js {1,3}\n# 글\n```", "```go {linenos=true}\na\n```", "~~~python\n글\n~~~", "````\n```\n글\n```\n````",
        "- 하나\n  ```\n  글\n  ```", "1. 하나\n\n   ```bash\n   글\n   ```\n\n2. 둘", "> ```\n> 글\n> ```", "글\n```\n글\n```\n글", "```\n글", "``` ```\n글",
        "   ```\n   글\n  ```", "```{.python #a}\n글\n```", "```c++\n글\n```", "~~~ a`b\n글\n~~~", "```\n\n\n```", "```js\n\t글\n```", "`````a\n````\n`````",
        "```diff\n+ 글\n- 글\n```", "```mermaid\ngraph TD\n```",
    ),
    "Lists (as people write them)": (
        "준비물:\n- 신분증\n- 표", "차례:\n1. 하나\n2. 둘", "- 하나\n  - 둘\n    - 셋\n  - 넷", "- 하나\n   - 둘", "- 하나\n    - 둘\n        - 셋", "* 하나\n+ 둘\n- 셋",
        "1) 하나\n2) 둘", "1. 하나\n   - 둘\n   - 셋\n2. 넷", "- 하나\n\n  둘\n\n  - 셋", "1. 하나\n\n   > 둘\n\n2. 셋", "- 하나\n- 둘\n\n\n- 셋", "- 하나\n둘",
        "3. 하나\n4. 둘", "0. 하나", "10) 하나\n11) 둘", "- - 하나", "- 1. 하나\n  2. 둘", "-\n  하나", "- # 하나\n- ## 둘", "* 하나\n  글\n\n  글\n* 둘",
        "- 하나\n1. 둘", "창이 모두\n14. 개다.", "- 하나\n\n글\n\n- 둘", "1. 하나\n1. 둘\n1. 셋", "- 하나\n\t- 둘", "- *하나*\n- `둘`", "- 하나\n---\n- 둘", "1.하나\n2.둘",
        "-하나", "\\- 하나", "> 1. 하나\n> 2. 둘", "- 하나  \n  둘", "- 하나\\\n  둘",
    ),
    "Emphasis (as people write it)": (
        "***하나***", "**하나 *둘***", "*하나 **둘***", "**하나**\\\n둘", "snake_case_word", "a*b*c", "2 * 3 * 4", "**하나**, _둘_", "__하나__", "_하나_ 둘", "*하나*둘",
        "**하나**은 둘", "하나**둘**셋", "**하나", "\\*하나\\*", "* 하나 *", "**[하나](둘)**", "[**하나**](둘)", "`*하나*`", "**하나\n둘**", "*하나* *둘*", "**a*b*c**",
        "_하나_둘", "**하나 **둘", "하나_둘_셋", "****하나****", "*하나**둘*", "# **하나**",
    ),
}  # fmt: skip
