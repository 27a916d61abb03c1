"""site.yaml becomes the settings of a build, or problems with their lines."""

# ruff: noqa: E501, ISC004 - the tables hold the exact words of messages

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from yoyak.messages.catalogue import paragraph
from yoyak.messages.errors import YoyakError
from yoyak.paths import site_folder
from yoyak.settings.config import SiteConfig, load_config

NOON = datetime(2024, 7, 3, 3, 0, tzinfo=UTC)
START = "title: 소버린 AI: 다이제스트\nbase_url: https://digest.example.org/  # a comment\ntimezone: Asia/Seoul\n"


def load(folder: Path, text: str | bytes = START) -> tuple[SiteConfig | None, list[str]]:
    (folder / "site.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    config, problems = load_config(folder, at=NOON, preview=False, environment={})
    return config, [paragraph(problem) for problem in problems]


def settings(folder: Path, text: str | bytes = START) -> SiteConfig:
    config, problems = load(folder, text)
    assert problems == []
    assert config is not None
    return config


def test_three_keys_are_enough(tmp_path: Path) -> None:
    config = settings(tmp_path)
    assert config.title == "소버린 AI: 다이제스트"
    assert (config.base_url, config.base_path) == ("https://digest.example.org/", "/")
    assert (config.cadence, config.page_size, config.language) == ("weekly", 20, "ko")
    assert (config.rights_default, config.sentences, config.review.required) == ("excerpt", 2, False)
    assert config.folder == str(tmp_path.resolve())
    assert config.preview is False


def test_every_part_of_the_settings_is_read(tmp_path: Path) -> None:
    config = settings(
        tmp_path,
        START
        + "editions: {cadence: daily}\nthemes:\n  - {slug: ai, title: 인공지능, match: {words: [AI]}}\n"
        + "tags: {소버린 AI: {slug: sovereign-ai, aliases: [소버린AI, Sovereign AI]}}\n"
        + "sources: {가온일보: {url: https://gaon.example/, rights: link}}\nreview: {required: true}\n"
        + "images: {remote: load}\nnavigation: [{title: 소개, url: /about/}]\ndeploy: {web: {kind: folder, path: ../x}}\n",
    )
    assert config.cadence == "daily"
    assert config.themes[0].match.words == ("AI",)
    assert config.tags["소버린 AI"].aliases == ("소버린AI", "Sovereign AI")
    assert config.sources["가온일보"].rights == "link"
    assert config.review.required
    assert config.load_remote_images
    assert [link.url for link in config.navigation] == ["/about/"]
    assert list(config.deploy) == ["web"]


def test_the_sample_site_has_no_problem(tmp_path: Path) -> None:
    settings(tmp_path, (Path(__file__).parents[2] / "site.yaml").read_bytes())


@pytest.mark.parametrize(
    ("written", "address", "path"),
    [
        ("https://example.org", "https://example.org/", "/"),
        ("https://example.org/digest", "https://example.org/digest/", "/digest/"),
        ("HTTPS://Example.ORG:8443//a//b/", "https://example.org:8443/a/b/", "/a/b/"),
        ("https://example.org/요약/", "https://example.org/%EC%9A%94%EC%95%BD/", "/%EC%9A%94%EC%95%BD/"),
        ("https://example.org/%EC%9A%94%EC%95%BD/", "https://example.org/%EC%9A%94%EC%95%BD/", "/%EC%9A%94%EC%95%BD/"),
        ("https://한국.example/", "https://xn--3e0b707e.example/", "/"),
        ("https://한국.example:8080/a", "https://xn--3e0b707e.example:8080/a/", "/a/"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/", "/"),
        ("http://[::1]:8000/", "http://[::1]:8000/", "/"),
    ],
)
def test_the_address_has_one_form(tmp_path: Path, written: str, address: str, path: str) -> None:
    config = settings(tmp_path, START.replace("https://digest.example.org/", f'"{written}"'))
    assert (config.base_url, config.base_path) == (address, path)


FORM = "Write it like https://digest.example.org/ or https://example.org/digest/."


@pytest.mark.parametrize(
    ("written", "trouble"),
    [
        ("digest.example.org", "is not an http or https address with a host."),
        ("ftp://example.org/", "is not an http or https address with a host."),
        ("https:///x", "is not an http or https address with a host."),
        ("https://example.org/a/../b/", "goes up and down in its path."),
        ("https://한국..example/", "names a host or a port that cannot be."),
        ("https://example.org:99999/", "names a host or a port that cannot be."),
    ],
)
def test_an_address_that_cannot_be_is_told(tmp_path: Path, written: str, trouble: str) -> None:
    config, problems = load(tmp_path, START.replace("https://digest.example.org/", f'"{written}"'))
    assert config is None
    assert problems == [f'site.yaml:2:11: "{written}" {trouble} {FORM}']


@pytest.mark.parametrize(
    ("written", "shown", "trouble"),
    [
        (
            "https://example.org/?a=b",
            "https://example.org/?…",
            "has a ? or a # in it; a site stands at a plain address.",
        ),
        ("https://example.org/#a", "https://example.org/#…", "has a ? or a # in it; a site stands at a plain address."),
        ("https://me:secret@example.org/", "https://example.org/", "names a user; what stands here is published."),
    ],
)
def test_an_address_is_shown_without_what_may_be_secret(tmp_path: Path, written: str, shown: str, trouble: str) -> None:
    _, problems = load(tmp_path, START.replace("https://digest.example.org/", f'"{written}"'))
    assert problems == [f'site.yaml:2:11: "{shown}" {trouble} {FORM}']


@pytest.mark.parametrize("written", ["targets", "Targets", "target", "deployment", "publish", "deploys"])
def test_a_key_that_means_where_to_deploy_is_answered_with_its_name(tmp_path: Path, written: str) -> None:
    _, problems = load(tmp_path, START + f"{written}: {{live: {{kind: folder, path: ../live}}}}\n")
    assert problems == [f'site.yaml:4:1: Unknown key "{written}". Did you mean "deploy"?']


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", [
            'site.yaml:1:1: "base_url" is missing. Where the site will stand, with its path.',
            'site.yaml:1:1: "timezone" is missing. An IANA name such as Asia/Seoul; every date without a zone is in it.',
            'site.yaml:1:1: "title" is missing.']),
        ("- a\n", ["site.yaml:1:1: Keys are wanted here, each with a colon and its value."]),
        (START.replace("Asia/Seoul", "Asia/Soul"), [
            'site.yaml:3:11: There is no time zone "Asia/Soul". Did you mean "Asia/Seoul"?']),
        (START.replace("Asia/Seoul", "../etc/passwd"), [
            'site.yaml:3:11: There is no time zone "../etc/passwd". Write an IANA name such as Asia/Seoul.']),
        (START + "themes: [{slug: AI News, title: a}, {slug: ai, title: b}, {slug: ai, title: c}]\n", [
            'site.yaml:4:17: "AI News" cannot be a part of an address. Write: slug: ai-news',
            'site.yaml:4:66: Two themes have the slug "ai"; the other is on line 4.']),
        (START + "themes: [{slug: '!', title: a}]\n", [
            'site.yaml:4:17: "!" cannot be a part of an address. Write letters, digits and hyphens.']),
        (START + "tags:\n  소버린 AI: {aliases: [Sovereign AI]}\n  주권: {aliases: [sovereign-ai, 소버린ai]}\n", [
            'site.yaml:6:18: "sovereign-ai" already belongs to "소버린 AI"; case and spacing do not count. Keep it in one place.',
            'site.yaml:6:32: "소버린ai" already belongs to "소버린 AI"; case and spacing do not count. Keep it in one place.']),
        (START + "navigation: [{title: a, url: 'javascript:alert(1)'}, {title: b, url: about}]\n", [
            'site.yaml:4:30: "javascript:alert(1)" is not an address that can be linked to. Write a path such as /about/, or an '
            "address with https://.",
            'site.yaml:4:70: "about" is not an address that can be linked to. Write a path such as /about/, or an address with '
            "https://."]),
        (START + "sources: {가온: {url: gaon.example}}\n", [
            'site.yaml:4:21: "gaon.example" is not an address that can be linked to. Write an address with https://.']),
        (START + "tagline: 말 # 말\n", [
            'site.yaml:4:12: In YAML a "#" after a space begins a comment: the text from there on would be lost. If it is text, '
            'write: tagline: "말 # 말"; if it is a comment, give it a separate line: # 말']),
        (START.encode() + "tagline: 요약".encode("cp949"), ["site.yaml:4: This file is not UTF-8 text. Save it as UTF-8."]),
        (START.encode("utf-16"), ["site.yaml:1: This file is not UTF-8 text. Save it as UTF-8."]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_line(tmp_path: Path, text: str | bytes, messages: list[str]) -> None:
    config, problems = load(tmp_path, text)
    assert config is None
    assert problems == messages


def test_mistakes_of_every_kind_are_told_together(tmp_path: Path) -> None:
    text = "titel: a\ntitle: b\nbase_url: x\ntimezone: y\npage_size: 0\nlanguage: @\n"
    _, problems = load(tmp_path, text)
    assert [problem.split(":")[1] for problem in problems] == ["1", "3", "4", "5", "6"]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert settings(tmp_path, b"\xef\xbb\xbf" + START.encode()).language == "ko"


def test_a_registry_of_thousands_of_tags_is_read(tmp_path: Path) -> None:
    tags = "".join(f"  tag {number}: {{slug: tag-{number}, description: a tag}}\n" for number in range(2_000))
    assert len(settings(tmp_path, f"{START}tags:\n{tags}").tags) == 2_000


# --- the clock ----------------------------------------------------------------------------------


def clock(folder: Path, at: datetime | None, **environment: str) -> datetime | None:
    (folder / "site.yaml").write_text(START, encoding="utf-8")
    config, _ = load_config(folder, at=at, preview=True, environment=environment)
    return config.now if config else None


def test_the_clock_is_the_time_that_was_asked_for_in_the_sites_zone(tmp_path: Path) -> None:
    now = clock(tmp_path, NOON, SOURCE_DATE_EPOCH="0")
    assert str(now) == "2024-07-03 12:00:00+09:00"


def test_the_clock_is_else_that_of_the_environment(tmp_path: Path) -> None:
    assert clock(tmp_path, None, SOURCE_DATE_EPOCH="1719975600") == NOON


def test_the_clock_is_else_the_real_one(tmp_path: Path) -> None:
    before = datetime.now(UTC)
    now = clock(tmp_path, None)
    assert now is not None
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo == ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "1.5", "99999999999999999999", "999999999999"])
def test_a_clock_that_cannot_be_is_told(tmp_path: Path, epoch: str) -> None:
    (tmp_path / "site.yaml").write_text(START, encoding="utf-8")
    config, problems = load_config(tmp_path, at=None, preview=False, environment={"SOURCE_DATE_EPOCH": epoch})
    assert config is None
    assert [paragraph(problem) for problem in problems] == [
        f'SOURCE_DATE_EPOCH is "{epoch}", which is not a number of seconds since 1970. Fix it, or unset it.'
    ]


# --- the folder ---------------------------------------------------------------------------------


def test_a_folder_without_settings_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(YoyakError, match=r"There is no site\.yaml in .*yoyak new DIR"):
        load_config(tmp_path, at=None, preview=False, environment={})


def test_settings_that_the_disk_does_not_give_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").mkdir()
    with pytest.raises(YoyakError, match="cannot be read"):
        load_config(tmp_path, at=None, preview=False, environment={})


def test_the_site_is_the_nearest_folder_upwards(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(START, encoding="utf-8")
    inner = tmp_path / "content" / "2024"
    inner.mkdir(parents=True)
    assert site_folder(inner) == tmp_path
