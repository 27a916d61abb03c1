"""Short texts in the styles of other programs, hosts and desks."""

from __future__ import annotations

IMITATIONS = {
    "hugo post": "봄 배편을 알린다.\n\n{{< figure src=\"/img/pier.jpg\" title=\"부두\" >}}\n\n## 시간표 {#times}\n\n1. 첫 배\n   - 여섯 시\n2. 막배\n\n"
    "```go {linenos=true,hl_lines=[2]}\nfunc main() {}\n```\n\n자세한 것은 [여기]({{< ref \"fares.md\" >}}).\n",
    "hugo notice": "{{% notice info %}}\n휴항할 수 있다.\n{{% /notice %}}\n\n* 하나\n* 둘\n",
    "jekyll post": "{% include toc.html %}\n\n첫 문단.\n{: .lead}\n\n{% highlight ruby %}\nputs 'hi'\n{% endhighlight %}\n\n[사진]({{ site.baseurl }}/a.png)\n",
    "jekyll kramdown": "용어\n: 뜻이다\n\n글[^1]\n\n[^1]: 주석\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n{: .table}\n",
    "obsidian note": "# 회의 2025-03-05\n\n[[가온시]]와 [[누리군|누리]]가 만났다. #회의 #가온\n\n> [!todo] 할 일\n> - [ ] 회의록\n> - [x] 초대\n\n"
    "![[p.svg|300]]\n\n==중요== %%나중에 지움%%\n\n- 하나 ^block1\n",
    "obsidian math": "값은 $a_1 + b_2$이다.\n\n$$\n\\sum_{i=1}^n i\n$$\n\n끝.\n",
    "notion export": "# 배편 계획\n\n작성자: 한서우\n\n- [ ]  표 사기\n- [x]  시간 확인\n    - [ ]  막배\n\n<aside>\n💡 막배는 일곱 시.\n\n</aside>\n\n"
    "[부두 안내](%EB%B6%80%EB%91%90%201234.md)\n\n---\n\n| 이름 | 값 |\n| --- | --- |\n| 어른 | 5,000 |\n",
    "notion toggle": "<details>\n<summary>자세히</summary>\n\n안의 글\n\n- 하나\n    - 둘\n\n</details>\n",
    "wordpress export": "<!-- wp:paragraph -->\n<p>첫 문단이다.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list -->\n<ul><li>하나</li><li>둘</li></ul>\n"
    "<!-- /wp:list -->\n\n[caption id=\"a\"]사진[/caption]\n\n[gallery ids=\"1,2\"]\n",
    "github readme": "<h1 align=\"center\">\n  <img src=\"p.svg\" alt=\"logo\" width=\"200\"><br>\n  gaon\n</h1>\n\n"
    "[![CI](https://ci.example/b.svg)](https://ci.example) [![PyPI](https://pypi.example/b.svg)](https://pypi.example)\n\n"
    "> [!WARNING]\n> Alpha.\n\n## Install\n\n```bash\n$ pip install gaon\n```\n\n<details>\n<summary>More</summary>\n\n1. One\n   ```py\n   x = 1\n   ```\n2. Two\n\n"
    "</details>\n\n- [x] done\n- [ ] todo #12\n\nSee https://gaon.example/docs.\n",
    "github badges": "[![a](https://a.example/b.svg)](https://a.example)\n[![c](https://c.example/d.svg)](https://c.example)\n\nText\n",
    "github changelog": "# Changelog\n\n## [1.2.0] - 2025-03-05\n### Added\n- A thing (#12, @kim)\n\n### Fixed\n* Another: `x | y`\n\n[1.2.0]: https://gaon.example/compare/v1...v2\n",
    "github issue": "**Steps**\n1. Run `gaon`\n2. See error\n\n```\nTraceback:\n  File \"<stdin>\"\n```\n\n**Expected**: ~~nothing~~ a *page*.\ncc desk@gaon.example\n",
    "korean blog": "안녕하세요, 한서우입니다.\n오늘은 **“가온항”**에 다녀왔어요!\n\n### 가는 길\n\n지하철로 10~20분, 버스로 30~40분.\n\n- 입장료: 5,000원\n"
    "- 시간: 09:00~18:00\n\n![부두](p.svg)\n\n자세한 건 https://gaon.example/에서 보세요.\n#가온항 #여행\n",
    "korean press release": "보도시점 2025. 3. 5.(수) 10:00\n\n2025. 3. 5. 가온시는 다음과 같이 밝혔다.\n\n1) 배편을 늘린다.\n2) 요금을 내린다.\n\n※ 붙임: 시간표 1부. 끝.\n",
    "korean minutes": "일시: 2025. 3. 5. 15:00\n장소: 3층\n\n가. 첫째 안건\n  - 승인\n나. 둘째 안건\n  - 보류\n\n| 번호 | 이름 |\n|:-:|---|\n| 1 | 한서우 |\n",
    "korean lists": "준비물은 다음과 같다.\n- 신분증\n- 표\n1. 줄 서기\n2. 타기\n\n① 하나\n② 둘\n\n○ 셋\n　- 넷\n",
    "docusaurus page": ":::tip 도움말\n\n글이다.\n\n:::\n\nimport Tabs from '@theme/Tabs';\n\n<Tabs>\n\n글\n\n</Tabs>\n\n```js title=\"a.js\" {1,3}\nconst a = 1;\n```\n",
    "pandoc paper": "---\n\nText with a note^[inline] and H~2~O.\n\n::: {.box #b}\nInside\n:::\n\nTerm\n\n:   Definition\n\n  a    b\n --- ----\n  1    2\n",
    "word paste": "<p class=\"MsoNormal\">첫 문단<o:p></o:p></p>\n\n<table><tr><td>하나</td></tr></table>\n\n•\t하나\n•\t둘\n",
    "stack answer": "You can use `x`:\n\n    for i in x:\n        print(i)\n\n> quoted\ncontinued\n\n<kbd>Ctrl</kbd>+<kbd>C</kbd>\n\n1. a\n\n   b\n\n2. c\n",
}  # fmt: skip
