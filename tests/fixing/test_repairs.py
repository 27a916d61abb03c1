"""What is repaired, line by line, and what is left to people."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixing.desks import CAPTURE, changed, head, mended, run
from fixing.desks import SETTINGS as OF_DESKS
from sites import write_site
from yoyak.messages import LANGUAGES
from yoyak.messages.catalogue import speak, speak_in
from yoyak.model.message import say

GOOD = ("title: 섬으로 가는 배", "date: 2024-07-03", "themes: [transport]")

IN_FRONT_MATTER = {
    # keys
    "a slip in a key": ("summery: 하루 두 번", "summary: 하루 두 번"),
    "a key in capitals": ("Subtitle: 하루 두 번", "subtitle: 하루 두 번"),
    "a key without its s": ("tag: [섬]", "tags: [섬]"),
    "a slip in an inner key": ("image: {src: //a.example/a, atl: 배}", "image: {src: //a.example/a, alt: 배}"),
    "a key in Korean": ("부제목: 하루 두 번", "subtitle: 하루 두 번"),
    "a choice in Korean": ("status: 검토중", "status: review"),
    "a key that is indented": ("  subtitle: 하루 두 번", "subtitle: 하루 두 번"),
    "a key behind a tab": ("\tsubtitle: 하루 두 번", "subtitle: 하루 두 번"),
    "a quoted key": ('"summery": 하루', '"summary": 하루'),
    "no space behind the colon": ("subtitle:섬으로 간다", "subtitle: 섬으로 간다"),
    "a wide colon": ("subtitle：섬으로 간다", "subtitle: 섬으로 간다"),
    "a wide colon with spaces": ("subtitle ： 섬으로 간다", "subtitle: 섬으로 간다"),
    # texts
    "a list where text is wanted": ("subtitle: [가, 나]", 'subtitle: "[가, 나]"'),
    "keys where text is wanted": ("subtitle: {속보: 배}", 'subtitle: "{속보: 배}"'),
    "a text with quotes in braces": ('subtitle: {속보: "배"}', "subtitle: '{속보: \"배\"}'"),
    "a bracket of a headline": ("subtitle: [속보 배가 뜬다", 'subtitle: "[속보 배가 뜬다"'),
    "an escape that is none": (r'subtitle: "C:\배"', r"subtitle: 'C:\배'"),
    "a text where keys are wanted": ("image: https://gaon.example/ferry.png", 'image: {src: "https://gaon.example/ferry.png"}'),
    "keys where a list of them is wanted": ("authors: {name: 한서우}", "authors: [{name: 한서우}]"),
    "a line break that nobody sees": ("subtitle: 섬과\u2028뭍", "subtitle: 섬과 뭍"),
    "a line break at the end": ("subtitle: 섬과 뭍\u2029", "subtitle: 섬과 뭍"),
    "a mark that nobody sees": ("subtitle: 섬과 \ufeff뭍", "subtitle: 섬과 뭍"),
    # words
    "a slip in a choice": ("status: darft", "status: draft"),
    "a choice in capitals": ("rights: Full", "rights: full"),
    "a choice in typographic quotes": ("rights: “excerpt”", "rights: excerpt"),
    "a language with a line": ("lang: en_GB # British", "lang: en-GB # British"),
    "a number with a zero": ("weight: 010", "weight: 10"),
    "a wide number": ("weight: １０", "weight: 10"),
    "a number with a comma": ("weight: 1,000", "weight: 1000"),
    "an address in angles": ("source_url: <https://gaon.example/1>", "source_url: https://gaon.example/1"),
    "an old address of this site": ("aliases: [http://digest.example.org/old/1]", "aliases: [/old/1]"),
    "a small week": ("edition: 2024-w27", "edition: 2024-W27"),
    "a short week": ("edition: 2024-W7", "edition: 2024-W07"),
    "a week without its W": ("edition: 2024-27", "edition: 2024-W27"),
    # dates
    "a day in one piece": ("updated: 20240704", "updated: 2024-07-04"),
    "a day with spaces": ("updated: 2024 7 4", "updated: 2024-07-04"),
    "a day of a word processor": ("updated: ２０２４–07–04", "updated: 2024-07-04"),
    "a day in quotes that are none": ("updated: “2024-07-04”", "updated: 2024-07-04"),
    "a day that can be one day only": ("updated: 25/12/2023", "updated: 2023-12-25"),
    "an American day that can be one day only": ("updated: 12/25/2023 15:05", "updated: 2023-12-25 15:05"),
    "a day whose year the folder names": ("updated: 7월 4일 (목) 오전 9시", "updated: 2024-07-04 오전 9시"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), IN_FRONT_MATTER.values(), ids=IN_FRONT_MATTER)
def test_a_line_of_front_matter_is_repaired(tmp_path: Path, before: str, after: str) -> None:
    found = mended(tmp_path, head(*GOOD, before, "# a comment", "weight: 1" if "weight" not in before else "slug: a"))
    assert changed(found) == [f"-{before}", f"+{after}"]
    assert found
    assert found.left == ()
    assert found.after.decode() == found.before.decode().replace(before, after)


INSTEAD = {
    "a slip in a theme": (("themes: [transprot, 말과 문화]",), ("themes: [transport, 말과 문화]",)),
    "a slip in a theme of its own line": (("themes:", "  - transprot"), ("themes:", "  - transport")),
    "a slip in the title of a theme": (("themes: 교통과 항반",), ("themes: 교통과 항만",)),
    "two slips in themes": (("themes: [transprot, cultrue]",), ("themes: [transport, culture]",)),
    "themes with a comma": (("themes: transport, 말과 문화",), ("themes: [transport, 말과 문화]",)),
    "themes with a wide comma": (("themes: transport，말과 문화",), ("themes: [transport, 말과 문화]",)),
    "an empty item": (("themes:", "  - transport", "  -", "  - culture"), ("themes:", "  - transport", "  - culture")),
    "the same key twice": (("themes: [culture]", "themes: [culture]"), ("themes: [culture]",)),
    "the same value in other words": (("themes: [culture]", 'themes: ["culture"]'), ("themes: [culture]",)),
    "the same value in two shapes": (("themes: [culture]", "themes:", "- culture"), ("themes: [culture]",)),
    "a key twice, the second without a value": (("themes: [culture]", "themes:"), ("themes: [culture]",)),
    "a key twice, the first without a value": (("themes:", "themes: [culture]"), ("themes: [culture]",)),
    "a key three times": (("themes: culture",) * 3, ("themes: culture",)),
    "the one without a comment goes": (("slug: a", "slug: a # kept"), ("slug: a # kept",)),
    "an inner key twice": (
        ("image:", "  src: https://gaon.example/a.png", "  alt: 배", "  alt: 배"),
        ("image:", "  src: https://gaon.example/a.png", "  alt: 배"),
    ),
    "tabs": (
        ("image:", "\tsrc: https://gaon.example/a.png", "\talt: 배"),
        ("image:", "  src: https://gaon.example/a.png", "  alt: 배"),
    ),
    "several mistakes at once": (
        ("Themes: [transprot]", "subtitle：배", "weight: 010", "weight: 10", "rights: FULL"),
        ("themes: [transport]", "subtitle: 배", "weight: 10", "rights: full"),
    ),
}


@pytest.mark.parametrize(("before", "after"), INSTEAD.values(), ids=INSTEAD)
def test_some_lines_of_front_matter_are_repaired(
    tmp_path: Path, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    found = mended(tmp_path, head(*GOOD[:2], *before))
    assert found
    assert found.after.decode() == head(*GOOD[:2], *after)
    assert found.left == ()


LEFT = (
    "title: 다른 배",  # the title is there already, and says something else
    "summary: 배 # 고칠 것",
    'summary: "배가 뜬다',
    "tags: [섬, 배",
    "tags: 섬, 배",
    "tags: [섬] 배",
    "subtitle: |",
    "updated: 03/07/2024",
    "updated: 24.07.03",
    "updated: 어제",
    "updated: 2024-07-03 (목)",
    "updated: 7월 3일 (목)",  # a Wednesday
    "updated: 8월 3일",  # the folder is July's
    "status: unapproved",  # two letters from approved
    "status: no",
    "rights: none",
    "lang: 한국어",
    "weight: heavy",
    "source_url: gaon.example/ferry",
    "aliases: [https://other.example/1]",
    "edition: 2024-7",  # July, or the seventh week
    "sumary_of: 배",
    "keyword: 배",
    "author_name: 배",
    "slug: &a b",
    "slug: [a, b] # a comment would become text",
    "source_url: 'a' b # so would this",
    "slug: ferrystatus: draft",  # two lines that ran together
    "[a, b]: c",
    'source: "가\\u0007온"',
    "제목:배",
)


@pytest.mark.parametrize("line", LEFT)
def test_what_can_mean_two_things_is_left_to_people(tmp_path: Path, line: str) -> None:
    found = mended(tmp_path, head(*GOOD, line))
    assert found
    assert (changed(found), found.after) == ([], found.before)
    assert found.left


def test_two_values_of_one_key_are_never_one_less(tmp_path: Path) -> None:
    found = mended(tmp_path, head(*GOOD, "tags: [섬]", "tags: [배]"))
    assert found
    assert changed(found) == []


@pytest.mark.parametrize("lines", [("slug: a # one", "slug: a # two"), ("tags: [섬]", "tags: [섬] # 둘")])
def test_a_comment_of_a_key_that_is_there_twice_is_kept(tmp_path: Path, lines: tuple[str, ...]) -> None:
    found = mended(tmp_path, head(*GOOD, *lines))
    assert found
    kept = found.after.decode()
    assert all(comment in kept for line in lines for comment in line.split("#")[1:])


FENCES = {
    "none above": ("title: 배\nstatus: draft\n---\n\n글\n", "---\ntitle: 배\nstatus: draft\n---\n\n글\n"),
    "none at all": ("title: 배\nstatus: draft\n\n글\n", "---\ntitle: 배\nstatus: draft\n---\n\n글\n"),
    "none below": ("---\ntitle: 배\nstatus: draft\n\n글\n", "---\ntitle: 배\nstatus: draft\n---\n\n글\n"),
    "nothing below": ("---\ntitle: 배\nstatus: draft", "---\ntitle: 배\nstatus: draft\n---"),
    "other dashes": ("———\ntitle: 배\ntags:\n  - 섬\n———\n글\n", "---\ntitle: 배\ntags:\n  - 섬\n---\n글\n"),
    "four dashes": ("----\ntitle: 배\ntags: [섬]\n----\n글\n", "---\ntitle: 배\ntags: [섬]\n---\n글\n"),
    "blank lines above": ("\n\n---\ntitle: 배\ntags: [섬]\n---\n글\n", "---\ntitle: 배\ntags: [섬]\n---\n글\n"),
    "pluses": ("+++\ntitle: 배\ntags: [섬]\n+++\n글\n", "---\ntitle: 배\ntags: [섬]\n---\n글\n"),
}


@pytest.mark.parametrize(("before", "after"), FENCES.values(), ids=FENCES)
def test_fences_are_put_where_keys_end_beyond_doubt(tmp_path: Path, before: str, after: str) -> None:
    found = mended(tmp_path, before)
    assert found
    assert found.after.decode() == after


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 배\n\nstatus: draft\n\n글\n",  # a fence above the blank line would publish the draft
        "title: 배\n---\nstatus: draft\n---\n글\n",  # so would this
        "———\ntitle: 배\n———\n\nstatus: draft\n———\n글\n",
        "title: 배\nstatus: draft\n- 하나\n- 둘\n\n글\n",
        "---\ntitle: 배\n글이 여기서 시작한다\n",
        "---\ntitle: 배\n# 제목\n\n글\n",
        "+++\ntitle = '배'\nstatus = 'draft'\n+++\n글\n",
        "```yaml\ntitle: 배\nstatus: draft\n```\n글\n",
        "--- title: 배\nstatus: draft\n---\n글\n",
    ],
)
def test_fences_are_not_guessed(tmp_path: Path, text: str) -> None:
    found = mended(tmp_path, text)
    assert found is None or changed(found) == []


@pytest.mark.parametrize(
    ("above", "lines"),
    [
        ("", ["+---", "+date: 2024-07-03 09:00", "+---"]),
        ("---\nthemes: [culture]\n---\n", ["+date: 2024-07-03 09:00"]),
    ],
    ids=["no front matter", "front matter"],
)
def test_the_year_that_a_capture_does_not_name_is_written_down(tmp_path: Path, above: str, lines: list[str]) -> None:
    found = mended(tmp_path, above + CAPTURE, "content/capture.txt")
    assert changed(found) == lines


def test_control_characters_go_and_letters_taken_apart_stay_so(tmp_path: Path) -> None:
    body = "종\x00소리가 \u1112\u1161\u11ab 번 났다.\x0c\n\nA\u030a\x07.\n"
    found = mended(tmp_path, head(*GOOD, body=body))
    assert found
    assert found.after.decode() == head(*GOOD, body="종소리가 \u1112\u1161\u11ab 번 났다. \n\nA\u030a.\n")


def test_a_value_behind_letters_taken_apart_is_found(tmp_path: Path) -> None:
    nfd = "\u1112\u1161\u11ab"
    found = mended(tmp_path, head(*GOOD, f"image: {{src: https://gaon.example/a.png, alt: {nfd}, captoin: {nfd}}}"))
    assert changed(found)[1] == f"+image: {{src: https://gaon.example/a.png, alt: {nfd}, caption: {nfd}}}"


SETTINGS = {
    "a slip in a time zone": ("timezone: Asia/Seuol", "timezone: Asia/Seoul"),
    "a truth": ("review: {required: yes}", "review: {required: true}"),
    "a slug": ("tags: {소버린 AI: {slug: Sovereign AI}}", "tags: {소버린 AI: {slug: sovereign-ai}}"),
    "a key": ("tagine: 배 소식", "tagline: 배 소식"),
    "a cadence": ("editions: {cadence: weeky}", "editions: {cadence: weekly}"),
}


@pytest.mark.parametrize(("before", "after"), SETTINGS.values(), ids=SETTINGS)
def test_a_line_of_the_settings_is_repaired(tmp_path: Path, before: str, after: str) -> None:
    lines = ["title: 시험", "base_url: https://digest.example.org/", "timezone: Asia/Seoul", "# 끝"]
    lines = [line for line in lines if line[:8] != before[:8]] + [before]
    found = mended(tmp_path, "\n".join(lines), "site.yaml")
    assert [line for line in changed(found) if line[0] == "+"] == [f"+{after}"]


def test_a_letter_that_the_encoding_has_not_is_told(tmp_path: Path) -> None:
    settings = (
        "title: 시험\nbase_url: https://a.example/\ntimezone: Asia/Seoul\nthemes: [{slug: a, title: 말—문화 면}]\n"
    )
    text = head("title: 섬으로 가는 배가 떠난다", "date: 2024-07-03", "themes: [말문화 면]", body="배가 떠났다.\n" * 9)
    found = mended(tmp_path, text.encode("cp949"), settings=settings)
    assert found
    assert found.after == found.before
    assert 'in cp949, which has no "—"' in speak(found.left[0].hint)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_a_picture_is_repaired_in_every_language(tmp_path: Path, language: str) -> None:
    text = head("title: 배", "date: 2024-07-03", "themes: [transport]") + "\n![등대](pict.svg)\n"
    picture = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
    write_site(tmp_path, {"content/a.md": text, "content/pic.svg": picture}, OF_DESKS)
    speak_in(language)
    (file,) = run(tmp_path).files
    assert [repair.repair for repair in file.repairs] == [say("repair.becomes", written="pict.svg", meant="pic.svg")]
    assert "+![등대](pic.svg)" in file.diff
