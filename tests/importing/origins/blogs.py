# ruff: noqa: E501 - lines of exports stay as they are
"""Exports of blogs as their programs write them, 20 items each, with what must become of each item."""

from __future__ import annotations

import csv
import json
from html import escape
from io import BytesIO, StringIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

OWN, HELD, LEFT = "public", "draft", "left out"


class Blog(NamedTuple):
    """An export: its files, what becomes of each title, words that no reader may find, and old paths."""

    files: dict[str, str | bytes]
    fates: dict[str, str]
    secrets: tuple[str, ...]
    paths: dict[str, str]


def zipped(files: dict[str, str | bytes], top: str = "") -> bytes:
    """Return files as a zip."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(top + name, data)
    return out.getvalue()


class Words:
    """Private words by what they are planted in."""

    def __init__(self, seed: str) -> None:
        self.seed, self.all = seed, []

    def new(self, of: str) -> str:
        word = f"secret{self.seed}{len(self.all)}{of}"
        self.all.append(word)
        return word


# --- WordPress --------------------------------------------------------------------------------------


WORDPRESS = [
    ("Open one", "publish", "post", "", OWN), ("Open two", "publish", "post", "", OWN),
    ("Sticky one", "publish", "post", "", OWN), ("About", "publish", "page", "", OWN), ("Crew", "publish", "page", "", OWN),
    ("Later", "future", "post", "", HELD), ("Being written", "draft", "post", "", HELD), ("To check", "pending", "post", "", HELD),
    ("For us", "private", "post", "", HELD), ("Locked", "publish", "post", "buoy-9", HELD),
    ("Odd status", "in-progress", "post", "", HELD), ("A thing", "publish", "portfolio", "", HELD),
    ("A product", "publish", "product", "", HELD), ("Page draft", "draft", "page", "", HELD),
    ("Thrown away", "trash", "post", "", LEFT), ("Nothing yet", "auto-draft", "post", "", LEFT),
    ("IMG 2041", "inherit", "attachment", "", LEFT), ("Menu entry", "publish", "nav_menu_item", "", LEFT),
    ("Old state", "inherit", "revision", "", LEFT), ("Styles", "publish", "custom_css", "", LEFT),
]  # fmt: skip


def wordpress(seed: str = "wp", version: str = "1.2") -> Blog:
    """Return an export of WordPress."""
    words = Words(seed)
    rows, fates, paths = [], {}, {}
    for number, (title, status, kind, password, fate) in enumerate(WORDPRESS, start=1):
        word = words.new("body") if fate != OWN else "plain"
        path = f"/2024/07/item-{number}/" if fate == OWN and kind == "post" else f"/item-{number}/"
        link = path if fate == OWN else f"/?p={number}"
        secret = f"<wp:post_password><![CDATA[{words.new('key')}]]></wp:post_password>" if password else ""
        rows.append(
            f"<item><title><![CDATA[{title}]]></title><link>https://old.example{link}</link>"
            f"<pubDate>Wed, 03 Jul 2024 00:{number:02}:00 +0000</pubDate><dc:creator><![CDATA[login{seed}]]></dc:creator>"
            f'<guid isPermaLink="false">https://old.example/?p={number}</guid><description></description>'
            f"<content:encoded><![CDATA[Text of {title}: {word}.\n\nThe end of {title}.]]></content:encoded>"
            f"<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>"
            f"<wp:post_date>2024-07-03 09:{number:02}:00</wp:post_date>"
            f"<wp:status>{status}</wp:status><wp:post_name>item-{number}</wp:post_name>"
            f"<wp:post_type>{kind}</wp:post_type>{secret}<wp:is_sticky>{int(title.startswith('Sticky'))}</wp:is_sticky>"
            '<category domain="category" nicename="sea"><![CDATA[Sea &amp; Ships]]></category>'
            f"<wp:postmeta><wp:meta_key>_token</wp:meta_key><wp:meta_value>{words.new('meta')}</wp:meta_value></wp:postmeta>"
            f"<wp:comment><wp:comment_author_email>{words.new('mail')}@x.example</wp:comment_author_email>"
            f"<wp:comment_content>{words.new('comment')}</wp:comment_content></wp:comment></item>"
        )
        fates[title] = fate
        if fate == OWN and kind == "post":
            paths[title] = path
    head = (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- generator="WordPress/6.5" -->\n<rss version="2.0"'
        f' xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/" xmlns:wp="http://wordpress.org/export/{version}/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        "<channel><title>Old</title><link>https://old.example</link><language>en-US</language>"
        f"<wp:base_blog_url>https://old.example</wp:base_blog_url><wp:author><wp:author_login>login{seed}</wp:author_login>"
        f"<wp:author_email>{words.new('author')}@x.example</wp:author_email>"
        "<wp:author_display_name><![CDATA[Lee]]></wp:author_display_name></wp:author>"
    )
    words.all.append(f"login{seed}")
    return Blog({"old.xml": f"{head}{''.join(rows)}</channel></rss>"}, fates, tuple(words.all), paths)


# --- Blogger ----------------------------------------------------------------------------------------


def blogger_old(seed: str = "bo") -> Blog:
    """Return the Atom that Blogger's settings gave until 2024."""
    words = Words(seed)
    fates: dict[str, str] = {}
    paths: dict[str, str] = {}
    kinds = (
        [("post", "")] * 6 + [("page", "")] * 2 + [("post", "draft")] * 4 + [("page", "draft")] + [("comment", "")] * 3
    )
    kinds += [("settings", "")] * 2 + [("template", "")] + [("oddity", "")]
    rows = []
    for number, (kind, state) in enumerate(kinds):
        title = f"{kind.title()} {number}"
        fate = LEFT if kind not in ("post", "page") else HELD if state else OWN
        word = words.new("body") if fate != OWN else "plain"
        path = f"/2020/03/title-{number}.html"
        draft = (
            '<app:control xmlns:app="http://purl.org/atom/app#"><app:draft>yes</app:draft></app:control>'
            if state
            else ""
        )
        link = f"<link rel='alternate' type='text/html' href='http://old.blogspot.com{path}' title='{title}'/>"
        rows.append(
            f"<entry><id>tag:blogger.com,1999:blog-1.{kind}-{number}</id><published>2020-03-01T10:{number:02}:00.001+09:00</published>"
            f"<updated>2020-03-02T10:00:00.000+09:00</updated>{draft}"
            "<category scheme='http://schemas.google.com/g/2005#kind'"
            f" term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
            "<category scheme='http://www.blogger.com/atom/ns#' term='Sea'/>"
            f"<title type='text'>{title}</title><content type='html'>{escape(f'<p>Text {title} {word}</p>')}</content>"
            f"{link if not state else ''}<author><name>Lee</name><email>{words.new('mail')}@x.example</email></author></entry>"
        )
        fates[title] = fate
        if fate == OWN and kind.lower() == "post":
            paths[title] = path
    head = (
        "<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href=\"http://www.blogger.com/styles/atom.css\"?>"
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2008'>"
        "<id>tag:blogger.com,1999:blog-1.archive</id><title type='text'>Old</title>"
        "<link rel='alternate' type='text/html' href='http://old.blogspot.com/'/><generator uri='http://www.blogger.com'>Blogger</generator>"
    )
    return Blog({"blog-01-02-2020.xml": f"{head}{''.join(rows)}</feed>"}, fates, tuple(words.all), paths)


def blogger_new(seed: str = "bn") -> Blog:
    """Return the feed.atom of Takeout, with what stands beside it."""
    words = Words(seed)
    fates: dict[str, str] = {}
    paths: dict[str, str] = {}
    kinds = [("POST", "LIVE")] * 6 + [("PAGE", "LIVE")] * 2 + [("POST", "DRAFT")] * 3 + [("POST", "SCHEDULED")] * 2
    kinds += [
        ("PAGE", "DRAFT"),
        ("POST", "SOFT_TRASHED"),
        ("POST", "PENDING"),
        ("COMMENT", "LIVE"),
        ("COMMENT", "SPAM"),
    ]
    kinds += [("POST", "HIDDEN"), ("PAGE", "SOFT_TRASHED")]
    rows = []
    for number, (kind, state) in enumerate(kinds):
        title = f"{kind.title()} {number}"
        fate = LEFT if kind == "COMMENT" or state == "SOFT_TRASHED" else OWN if state == "LIVE" else HELD
        word = words.new("body") if fate != OWN else "plain"
        path = f"/2023/05/name-{number}.html"
        filename = f"<blogger:filename>{path}</blogger:filename>" if state == "LIVE" and kind != "COMMENT" else ""
        rows.append(
            f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><blogger:type>{kind}</blogger:type>"
            f"<blogger:status>{state}</blogger:status><author><name>Lee</name><uri/><blogger:type>BLOGGER</blogger:type></author>"
            f"<title>{title}</title><content type='html'>{escape(f'<p>Text {title} {word}</p>')}</content><blogger:metaDescription/>"
            f"<blogger:created>2023-05-01T01:{number:02}:00Z</blogger:created><published>2023-05-01T01:{number:02}:00Z</published>"
            f"<updated>2023-05-01T02:00:00Z</updated><category scheme='tag:blogger.com,1999:blog-1' term='Sea'/>"
            f"<blogger:location/>{filename}<link/><enclosure/><blogger:trashed/></entry>"
        )
        fates[title] = fate
        if fate == OWN and kind.lower() == "post":
            paths[title] = path
    head = (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'"
        " xmlns:blogger='http://schemas.google.com/blogger/2018'><id>tag:blogger.com,1999:blog-1</id><title>Old</title>"
    )
    at = "Takeout/Blogger/Blogs/Old/"
    files = {
        f"{at}feed.atom": f"{head}{''.join(rows)}</feed>",
        f"{at}settings.csv": f"blog_name,mail\nOld,{words.new('setting')}@x.example\n",
        f"{at}theme-classic.html": f"<html><body><p>{words.new('theme')}</p></body></html>",
        f"{at}theme-layouts.xml": f"<?xml version='1.0'?><html><b>{words.new('layout')}</b></html>",
    }
    return Blog(dict(files), fates, tuple(words.all), paths)


# --- Ghost ------------------------------------------------------------------------------------------


GHOST = (
    [("published", "public", "post", 0, OWN)] * 5 + [("published", "public", "page", 0, OWN)] * 2
    + [("draft", "public", "post", 0, HELD)] * 3 + [("scheduled", "public", "post", 0, HELD)] * 2
    + [("sent", "public", "post", 1, HELD), ("published", "members", "post", 0, HELD), ("published", "paid", "post", 0, HELD)]
    + [("published", "tiers", "post", 0, HELD), ("published", "public", "post", 1, HELD), ("draft", "public", "page", 0, HELD)]
    + [("published", "filter-x", "post", 0, HELD), ("archived", "public", "post", 0, HELD)]
)  # fmt: skip


def ghost(seed: str = "gh", layout: int = 5) -> Blog:
    """Return the JSON of Ghost, as versions 1 to 5 write it."""
    words = Words(seed)
    fates: dict[str, str] = {}
    paths: dict[str, str] = {}
    posts, meta = [], []
    for number, (status, visibility, kind, mail, fate) in enumerate(GHOST):
        title = f"Item {number}"
        text = f"Text {number} {words.new('body') if fate != OWN else 'plain'}"
        row = {"id": f"p{number}", "uuid": f"u{number}", "title": title, "slug": f"item-{number}", "status": status,
               "visibility": visibility, "html": f"<p>{text}</p>", "published_at": "2024-02-03T04:05:06.000Z",
               "created_at": "2024-02-01T00:00:00.000Z"}  # fmt: skip
        row |= {"page": int(kind == "page"), "author_id": 1, "email_only": mail} if layout < 2 else {"type": kind}
        if layout == 5 and number % 2:
            node = {"type": "paragraph", "children": [{"type": "extended-text", "text": text, "format": 1}]}
            row |= {"html": None, "lexical": json.dumps({"root": {"type": "root", "children": [node]}})}
        if layout in (2, 3, 4) and number % 2:
            document = {
                "version": "0.3.1",
                "atoms": [],
                "cards": [],
                "markups": [],
                "sections": [[1, "p", [[0, [], 0, text]]]],
            }
            row |= {"html": None, "mobiledoc": json.dumps(document)}
        posts.append(row)
        meta.append({"post_id": f"p{number}", "email_only": mail, "feature_image_alt": "A pier"})
        fates[title] = fate
        if fate == OWN and kind == "post":
            paths[title] = f"/item-{number}/"
    data = {
        "posts": posts, "posts_meta": meta if layout >= 2 else [],
        "tags": [{"id": "t1", "name": "Sea"}, {"id": "t2", "name": "#inner", "visibility": "internal"}],
        "posts_tags": [{"post_id": f"p{n}", "tag_id": t, "sort_order": 0} for n in range(20) for t in ("t1", "t2")],
        "users": [{"id": 1, "name": "Lee", "email": f"{words.new('mail')}@x.example", "password": words.new("hash")}],
        "posts_authors": [{"post_id": f"p{n}", "author_id": 1} for n in range(20)] if layout >= 2 else [],
        "settings": [{"key": "mailgun_api_key", "value": words.new("token")}, {"key": "title", "value": "Old"}],
        "members": [{"email": f"{words.new('member')}@x.example"}],
    }  # fmt: skip
    whole = (
        {"db": [{"meta": {"version": f"{layout}.0.0"}, "data": data}]} if layout != 3 else {"meta": {}, "data": data}
    )
    return Blog({"old.ghost.2024-07-01.json": json.dumps(whole)}, fates, tuple(words.all), paths)


# --- Medium -----------------------------------------------------------------------------------------


def medium(seed: str = "md") -> Blog:
    """Return the archive of Medium."""
    words = Words(seed)
    fates: dict[str, str] = {}
    paths: dict[str, str] = {}
    files: dict[str, str | bytes] = {}
    for number, kind in enumerate(
        ["post"] * 8 + ["publication"] * 2 + ["draft"] * 5 + ["answer"] * 4 + ["empty draft"]
    ):
        title = f"Story {number}" if kind != "answer" else ""
        fate = OWN if kind in ("post", "publication") else HELD if kind == "draft" else LEFT
        word = words.new("body") if fate != OWN else "plain"
        path = f"/{'pub' if kind == 'publication' else '@lee'}/story-{number}-0123456789ab"
        head = f'<h3 name="a" class="graf graf--h3 graf--title">{title}</h3>' if title else ""
        inner = "" if kind == "empty draft" else f'{head}<p class="graf graf--p">Text {number} {word}.</p>'
        foot = '<p><a href="https://medium.com/p/0123456789ab">View original.</a></p>'
        if "draft" not in kind:
            foot = (
                '<p>By <a href="https://medium.com/@lee" class="p-author h-card">Lee</a> on <a href="https://medium.com/p/01">'
                f'<time class="dt-published" datetime="2021-05-0{number % 9 + 1}T01:02:03.000Z">May</time></a>.</p>'
                f'<p><a href="https://medium.com{path}" class="p-canonical">Canonical link</a></p>'
            )
        name = f"draft_Story-{number}-0123456789ab" if "draft" in kind else f"2021-05-01_Story-{number}-0123456789ab"
        files[f"posts/{name}.html"] = (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><article class="h-entry">'
            f'<header><h1 class="p-name">{title}</h1></header><section data-field="subtitle" class="p-summary">\n</section>'
            '<section data-field="body" class="e-content"><section class="section section--body"><div class="section-content">'
            f'{inner}</div></section></section><footer>{foot}<p>Exported from <a href="https://medium.com">Medium</a>.</p>'
            "</footer></article></body></html>"
        )
        if title:
            fates[title] = fate
        if fate == OWN:
            paths[title] = path
    for name in (
        "profile/profile",
        "bookmarks/bookmarks-0001",
        "claps/claps-0001",
        "sessions/sessions-0001",
        "ips/ips-0001",
    ):
        files[f"{name}.html"] = (
            f'<html><body><section class="h-card"><p>{words.new("account")}</p></section></body></html>'
        )
    files["README.html"] = f"<html><body>{words.new('readme')}</body></html>"
    return Blog(files, fates, tuple(words.all), paths)


# --- Substack ---------------------------------------------------------------------------------------


SUBSTACK = (
    [("true", "newsletter", "everyone", OWN)] * 6 + [("true", "podcast", "everyone", OWN), ("true", "page", "everyone", OWN)]
    + [("false", "newsletter", "everyone", HELD)] * 3 + [("true", "newsletter", "only_paid", HELD)] * 2
    + [("true", "newsletter", "only_free", HELD), ("true", "newsletter", "founding", HELD), ("true", "thread", "everyone", HELD)]
    + [("true", "restack", "everyone", HELD), ("true", "newsletter", "", HELD), ("", "newsletter", "everyone", HELD)]
    + [("false", "newsletter", "everyone", LEFT)]
)  # fmt: skip


def substack(seed: str = "ss") -> Blog:
    """Return the export of Substack."""
    words = Words(seed)
    fates: dict[str, str] = {}
    paths: dict[str, str] = {}
    table = StringIO()
    rows = csv.writer(table)
    rows.writerow(
        "post_id post_date is_published email_sent_at inbox_sent_at type audience title subtitle podcast_url".split()
    )
    files: dict[str, str | bytes] = {}
    for number, (published, kind, audience, fate) in enumerate(SUBSTACK):
        title, key = f"Letter {number}, first", f"100{number:02}.letter-{number}"
        word = words.new("body") if fate != OWN else "plain"
        rows.writerow(
            [key, "2024-03-01T10:00:00.000Z", published, "", "", kind, audience, title, f"About {number}", ""]
        )
        widget = f'<div class="subscription-widget-wrap"><p>{words.new("widget")}</p></div>'
        share = f'<p class="button-wrapper"><a href="https://old.substack.com/p/x?action=share&token={words.new("token")}">Share</a></p>'
        files[f"posts/{key}.html"] = f"<p>Text {number} {word}</p>{widget}{share}" if fate != LEFT else ""
        files[f"posts/{key}.opens.csv"] = f"email\n{words.new('opens')}@x.example\n"
        fates[title] = fate
        if fate == OWN and kind != "page":
            paths[title] = f"/p/letter-{number}"
    files["posts.csv"] = table.getvalue()
    files["email_list.old.csv"] = f"email\n{words.new('reader')}@x.example\n"
    return Blog(files, fates, tuple(words.all), paths)


# --- Tistory ----------------------------------------------------------------------------------------


TTXML = (
    [("public", "", OWN)] * 6 + [("syndicated", "", OWN)] * 3 + [("protected", "key", HELD)] * 3
    + [("private", "", HELD)] * 5 + [("public", "key", HELD), ("", "", HELD), ("reserved", "", HELD)]
)  # fmt: skip


def ttxml(seed: str = "tt") -> Blog:
    """Return a backup in the XML of Tattertools."""
    words = Words(seed)
    fates: dict[str, str] = {}
    paths: dict[str, str] = {}
    rows = []
    for number, (visibility, password, fate) in enumerate(TTXML, start=1):
        title = f"글 {number}"
        word = words.new("body") if fate != OWN else "plain"
        key = words.new("key") if password else ""
        rows.append(
            f'<post slogan="글-{number}" format="1.1"><author domain="tistory">lee</author><id>{number}</id>'
            f"<visibility>{visibility}</visibility><title>{title}</title><content formatter='ttml'>"
            f"{escape(f'<p>본문 {number} {word}</p>')}</content><location>/</location><password>{key}</password>"
            f"<published>{1700000000 + number}</published><category>바다/배</category><tag>섬</tag>"
            f"<comment><commenter><name>{words.new('name')}</name></commenter><content>{words.new('comment')}</content>"
            f"<password>{words.new('pass')}</password></comment><trackback><url>{words.new('back')}</url></trackback></post>"
        )
        fates[title] = fate
        if fate == OWN:
            paths[title] = f"/entry/글-{number}"
    text = (
        '<?xml version="1.0" encoding="utf-8" ?><blog type="tattertools/1.1" migrational="false"><setting><title>옛</title>'
        f"<secret>{words.new('setting')}</secret></setting>{''.join(rows)}"
        f"<guestbook><comment><content>{words.new('guest')}</content></comment></guestbook></blog>"
    )
    return Blog({"tistory-backup.xml": text}, fates, tuple(words.all), paths)


def tistory(seed: str = "th") -> Blog:
    """Return the backup of folders."""
    words = Words(seed)
    fates: dict[str, str] = {}
    paths: dict[str, str] = {}
    files: dict[str, str | bytes] = {"style.css": "p {}"}
    marks = [""] * 10 + ["비공개"] * 4 + ["보호"] * 3 + ["임시저장", "예약", "private"]
    for number, mark in enumerate(marks, start=1):
        title = f"글 {number}"
        fate = HELD if mark else OWN
        word = words.new("body") if mark else "plain"
        said = f'<span class="txt_state">{mark}</span>' if mark else ""
        files[f"{number}/{number}-글.html"] = (
            f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{title}</title></head><body id="tt-body-page">'
            f'<div class="article-header"><h2 class="title-article">{title}</h2><div class="box-info"><p class="category">바다/배</p>'
            f'<p class="date">2023-01-{number:02} 10:20:30</p>{said}</div></div><div class="article-view"><div class="contents_style">'
            f'<p>본문 {number} {word}</p></div></div><div class="tags">#섬 #배</div></body></html>'
        )
        fates[title] = fate
        if not mark:
            paths[title] = f"/{number}"
    return Blog(files, fates, tuple(words.all), paths)


BLOGS = {
    "wordpress": wordpress, "blogger-old": blogger_old, "blogger-new": blogger_new, "ghost": ghost, "medium": medium,
    "substack": substack, "ttxml": ttxml, "tistory": tistory,
}  # fmt: skip
