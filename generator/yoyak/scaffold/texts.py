"""What ``yoyak new`` writes beside the sample: settings of an empty site, and short guides, in the site's language."""

from __future__ import annotations

SETTINGS = {
    "ko": """\
# 이 사이트의 설정입니다. 항목마다 설명은 yoyak 문서의 site.yaml 쪽에 있습니다.
title: {title}
base_url: https://digest.example.org/      # 올릴 주소로 바꾸세요. 경로가 있어도 됩니다
language: ko                               # 페이지의 언어: ko 또는 en
timezone: Asia/Seoul                       # 시간대를 적지 않은 날짜는 모두 이 시간대입니다
editions: {{cadence: weekly}}                # daily, weekly, monthly, none 가운데 하나

# 테마는 호를 나누는 주제입니다. 앞의 #을 지우고 고쳐 쓰세요.
# themes:
#   - {{slug: city, title: 시정}}
#   - {{slug: culture, title: 문화}}

# 메뉴에 넣을 쪽입니다. content/pages/about.md를 쓴 다음에 #을 지우세요.
# navigation:
#   - {{title: 소개, url: /about/}}

# yoyak deploy가 사이트를 둘 곳입니다.
# deploy:
#   folder: {{kind: folder, path: ../public}}
""",
    "en": """\
# The settings of this site. Every key is explained on the page site.yaml of yoyak's documentation.
title: {title}
base_url: https://digest.example.org/      # change it to the address of your site; it may hold a path
language: en                               # the language of the pages: ko or en
timezone: UTC                              # every date without a zone is in it, e.g. Europe/London
editions: {{cadence: weekly}}                # daily, weekly, monthly or none

# Themes are the topics that an edition is divided into. Remove the # and write your own.
# themes:
#   - {{slug: city, title: City}}
#   - {{slug: culture, title: Culture}}

# Pages for the menu. Write content/pages/about.md first, then remove the #.
# navigation:
#   - {{title: About, url: /about/}}

# Where yoyak deploy puts the site.
# deploy:
#   folder: {{kind: folder, path: ../public}}
""",
}

README = {
    "ko": """\
# {title}

yoyak으로 만드는 정적 사이트입니다. 이 폴더에서 명령을 실행하세요.

| 할 일 | 명령 |
|---|---|
| 쓰면서 미리 보기 | `yoyak serve --open` |
| 문제 찾기 | `yoyak check` |
| 사이트 만들기 | `yoyak build` |
| 올리기 (`site.yaml`의 `deploy:`에 올릴 곳을 적은 뒤) | `yoyak deploy` |

글은 `content/` 아래에 `.md` 파일로 씁니다. 첫머리는 이렇습니다.

    ---
    title: 글의 제목
    date: 2024-07-03
    ---

    본문을 여기에 씁니다.

- `site.yaml`: 제목, 주소, 테마 같은 설정. 올리기 전에 `base_url`을 실제 주소로 바꾸세요.
- `content/`: 글. 이름이 `_`로 시작하는 폴더와 파일은 읽지 않습니다.
- `templates/`: 모양을 바꾸고 싶을 때만 씁니다.
- `output/`, `.yoyak/`: yoyak이 만듭니다. 지워도 다시 만들어집니다.

다른 사람의 글을 그대로 담은 파일은 공개 저장소에 올리지 마세요.
""",
    "en": """\
# {title}

A static site, made with yoyak. Run the commands in this folder.

| to do | command |
|---|---|
| preview while you write | `yoyak serve --open` |
| find problems | `yoyak check` |
| build the site | `yoyak build` |
| publish it, after naming a place under `deploy:` in `site.yaml` | `yoyak deploy` |

Articles are `.md` files below `content/`. An article begins like this:

    ---
    title: The headline
    date: 2024-07-03
    ---

    The text begins here.

- `site.yaml`: title, address, themes and other settings. Change `base_url` to the real address before you publish.
- `content/`: the articles. Files and folders whose names begin with `_` are not read.
- `templates/`: only for changing the look.
- `output/`, `.yoyak/`: made by yoyak. They can be deleted and are made again.

Do not put full texts of other people into a public repository.
""",
}

TEMPLATES = {
    "ko": """\
여기에 둔 템플릿은 이름이 같은 yoyak의 템플릿 대신 쓰입니다.
{% extends "yoyak/article.html" %}로 원래 템플릿을 이어받으면 블록 하나만 바꿀 수 있습니다.
assets/에 style.css를 두면 스타일 시트 전체를 대신합니다.
""",
    "en": """\
A template here takes the place of yoyak's template of the same name.
{% extends "yoyak/article.html" %} reaches the original, so that one block can be changed alone.
A style.css in assets/ takes the place of the whole style sheet.
""",
}
"""The file README of templates/."""
