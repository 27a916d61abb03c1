"""Custom fields of blogs that say from when, or until when, an article may be seen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from importing.desk import new_site, only_article, run_import, written

WORDPRESS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>W</title><link>https://w.example</link>'
    "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://w.example</wp:base_blog_url>"
    "<item><title>글</title><link>https://w.example/2024/a/</link><wp:status>publish</wp:status>"
    "<wp:post_type>post</wp:post_type><wp:post_date>2024-07-01 10:00:00</wp:post_date>{0}"
    "<content:encoded><![CDATA[<p>본문이다.</p>]]></content:encoded></item></channel></rss>"
)
META = "<wp:postmeta><wp:meta_key>{}</wp:meta_key><wp:meta_value><![CDATA[{}]]></wp:meta_value></wp:postmeta>"


def _wordpress(tmp_path: Path, fields: dict[str, str]) -> str:
    metas = "".join(META.format(*field) for field in fields.items())
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "w.xml", WORDPRESS.format(metas)))
    return only_article(site)


def _ghost(tmp_path: Path, fields: dict[str, str]) -> str:
    post = {"id": "1", "title": "글", "slug": "a", "html": "<p>본문이다.</p>", "status": "published", "type": "post"}
    post |= {"published_at": "2024-07-01T01:00:00.000Z", "visibility": "public", **fields}
    site = new_site(tmp_path / "site")
    data = json.dumps({"db": [{"meta": {"version": "5.0"}, "data": {"posts": [post]}}]})
    run_import(site, written(tmp_path, "ghost.json", data))
    return only_article(site)


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"expires": "2025-01-01"}, "expires_at: 2025-01-01"),
        ({"publishDate": "2099-03-01 09:00"}, "publish_at: 2099-03-01 09:00"),
        ({"embargo_until": "2099-03-01"}, "embargo_until: 2099-03-01"),
        ({"_expiration-date": "1735689600", "_expiration-date-status": "saved"}, "expires_at: 2025-01-01 09:00"),
        ({"_expiration-date": "1735689600", "_expiration-date-type": "draft"}, "expires_at: 2025-01-01 09:00"),
    ],
)
def test_a_custom_field_of_wordpress_with_a_moment_is_one(fields: dict[str, str], line: str, tmp_path: Path) -> None:
    article = _wordpress(tmp_path, fields)
    assert f"\n{line}\n" in article
    assert "status:" not in article
    assert 'aliases: ["/2024/a/"]' in article


@pytest.mark.parametrize("key", ["_members_access_role", "_restricted_to"])
def test_a_post_for_members_only_is_held_back(key: str, tmp_path: Path) -> None:
    article = _wordpress(tmp_path, {key: "subscriber"})
    assert "status: draft" in article
    assert key in article.partition("status: draft")[0]


@pytest.mark.parametrize("value", ["soon", "2024-13-45", "yes", "in 3 days"])
def test_a_custom_field_that_is_no_moment_holds_back_and_is_named(value: str, tmp_path: Path) -> None:
    article = _wordpress(tmp_path, {"expires": value})
    assert "status: draft" in article
    assert "expires" in article.partition("status: draft")[0]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"expires_at": "2025-01-01T00:00:00.000Z"}, "expires_at: 2025-01-01 09:00"),
        ({"codeinjection_head": '<meta name="expires" content="2025-01-01">'}, "expires_at: 2025-01-01"),
        (
            {"codeinjection_foot": "<meta name='robots' content='unavailable_after: 2025-01-01'>"},
            "expires_at: 2025-01-01",
        ),
        ({"codeinjection_head": '<meta property="article:expiration_time" content="2025-01-01">'}, "expires_at: 2025"),
    ],
)
def test_what_a_post_of_ghost_says_to_machines_counts(fields: dict[str, str], line: str, tmp_path: Path) -> None:
    article = _ghost(tmp_path, fields)
    assert f"\n{line}" in article
    assert "status:" not in article


def test_ghost_s_code_is_said_to_be_left_out_and_holds_back_when_it_hides(tmp_path: Path) -> None:
    article = _ghost(tmp_path, {"codeinjection_head": '<meta name="robots" content="noindex"><style>p{}</style>'})
    assert "status: draft" in article
    assert "robots" in article
    assert "# Its injected code (codeinjection) is left out." in article
