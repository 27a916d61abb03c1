"""`yoyak clip`: what was copied becomes an article, whatever form the system gives it in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

import pytest

from importing.desk import contents, new_site, only_article
from yoyak.importing.clips import Clip, clip_of_bytes, clip_of_windows, import_clip, take
from yoyak.importing.results import ImportRequest
from yoyak.messages.catalogue import printed
from yoyak.messages.errors import YoyakError

ADDRESS = "https://gaon.example.kr/news/view?id=7"
BODY = (
    "<p>가온항의 크레인이 2일 새벽 멈췄다고 항만공사가 밝혔다. 부품을 구하는 데 사흘이 걸린다.</p>"
    "<p>노조는 “점검 인력이 줄어든 탓”이라며 대책을 요구했다. 공사는 인력을 늘리겠다고 답했다.</p>"
    "<p>선사들은 배를 다른 부두로 돌리고 있다. 화물 350개가 기다리는 것으로 알려졌다.</p>"
)
PAGE = f"<h1>가온항 크레인 멈췄다</h1><p>입력 2024-07-02 09:10 이하늘 기자</p>{BODY}"
TEXT = (
    "가온항 크레인 멈췄다\n\n입력 2024.07.02. 오전 9:10\n이하늘 기자\n\n"
    "가온항의 크레인이 2일 새벽 멈췄다고 항만공사가 밝혔다. 부품을 구하는 데 사흘이 걸린다.\n\n"
    "노조는 “점검 인력이 줄어든 탓”이라며 대책을 요구했다. 공사는 인력을 늘리겠다고 답했다.\n\n"
    "선사들은 배를 다른 부두로 돌리고 있다. 화물 350개가 기다리는 것으로 알려졌다.\n"
)


def clip(site: Path, what: Clip) -> str:
    report = import_clip(what, ImportRequest(folder=site, named=()))
    assert report.imported, [printed(problem) for problem in report.problems]
    return only_article(site)


def test_a_copied_piece_of_a_page_keeps_its_headline_and_where_it_is_from(tmp_path: Path) -> None:
    text = clip(new_site(tmp_path / "s"), Clip(html=PAGE, text=TEXT, address=ADDRESS))
    assert "title: 가온항 크레인 멈췄다\n" in text
    assert f'source_url: "{ADDRESS}"\n' in text
    assert "화물 350개가 기다리는" in text


def test_a_copied_text_keeps_where_it_is_from(tmp_path: Path) -> None:
    text = clip(new_site(tmp_path / "s"), Clip(text=TEXT, address=ADDRESS))
    assert "title: 가온항 크레인 멈췄다\n" in text
    assert f'source_url: "{ADDRESS}"\n' in text


def test_a_piece_without_a_headline_has_that_of_its_window(tmp_path: Path) -> None:
    text = clip(new_site(tmp_path / "s"), Clip(html=BODY, title="가온항 크레인 멈췄다"))
    assert "title: 가온항 크레인 멈췄다\n" in text


def test_html_without_a_text_gives_way_to_the_text(tmp_path: Path) -> None:
    text = clip(new_site(tmp_path / "s"), Clip(html='<img src="a.png">', text=TEXT))
    assert "title: 가온항 크레인 멈췄다\n" in text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", 'https://a.kr/" onload="x', "https://a.kr/-->\n<p>x", "a.kr"]
)
def test_an_address_that_is_none_does_not_become_one(tmp_path: Path, address: str) -> None:
    assert "source_url" not in clip(new_site(tmp_path / "s"), Clip(html=PAGE, address=address))


def test_the_same_clip_is_one_article(tmp_path: Path) -> None:
    site = new_site(tmp_path / "s")
    clip(site, Clip(html=PAGE, address=ADDRESS))
    before = contents(site)
    again = import_clip(Clip(html=PAGE, address=ADDRESS), ImportRequest(folder=site, named=()))
    assert [known.original for known in again.known] == ["the clip"]
    assert contents(site) == before


def test_a_clip_leaves_the_report_of_the_last_import_alone(tmp_path: Path) -> None:
    site = new_site(tmp_path / "s")
    (site / "import-report.html").write_text("of yesterday")
    clip(site, Clip(html=PAGE))
    assert (site / "import-report.html").read_text() == "of yesterday"


def test_nothing_to_clip_is_said(tmp_path: Path) -> None:
    with pytest.raises(YoyakError, match="nothing to clip"):
        import_clip(Clip(html=" ", text="\n"), ImportRequest(folder=new_site(tmp_path / "s"), named=()))


def test_what_the_browser_sends_is_a_draft_and_says_where_its_page_is(tmp_path: Path) -> None:
    site = new_site(tmp_path / "s")
    taken = take(json.dumps({"html": PAGE, "address": ADDRESS}).encode(), site)
    assert "\nstatus: draft\n" in only_article(site)
    assert (site / taken.path).is_file()
    assert unquote(taken.url) == "/articles/가온항-크레인-멈췄다/"


@pytest.mark.parametrize("sent", [b"", b"[]", b"{", b'{"html": 1}', b"\xff\xfe", b'{"html": "\xff"}', b"[" * 5000])
def test_what_is_no_clip_writes_nothing(tmp_path: Path, sent: bytes) -> None:
    site = new_site(tmp_path / "s")
    with pytest.raises(ValueError, match=r".*"):
        take(sent, site)
    assert contents(site) == {}


@pytest.mark.parametrize("text", ["", "x", "<p>", "<script>a</script>"])
def test_a_clip_of_no_article_says_why(tmp_path: Path, text: str) -> None:
    taken = take(json.dumps({"html": text, "text": text}).encode(), new_site(tmp_path / "s"))
    assert bool(taken.path) != bool(taken.problems)


def test_windows_form_of_copied_html_is_understood() -> None:
    head = "Version:0.9\r\nStartHTML:0000000105\r\nEndHTML:0000000200\r\nSourceURL:https://gaon.example.kr/7\r\n"
    found = clip_of_windows(
        f"{head}<html><body>\r\n<!--StartFragment-->{PAGE}<!--EndFragment--></body></html>".encode()
    )
    assert found.address == "https://gaon.example.kr/7"
    assert found.html.startswith("<html>")
    assert clip_of_windows(TEXT.encode()) == Clip(text=TEXT)


@pytest.mark.parametrize(
    ("data", "is_page"),
    [
        (PAGE, True),
        (f"\n<!-- x -->{PAGE}", True),
        (f'<link rel="x">{PAGE}', True),
        (f"<h3>a</h3>{BODY}", True),
        ("<table><tr><td>a</table>", True),
        ("<span style='x'>a</span>", True),
        (TEXT, False),
        ("a < b", False),
        ("<단독> 배", False),
        ("<b", False),
    ],
)
def test_what_is_piped_in_is_a_page_or_a_text(data: str, *, is_page: bool) -> None:
    assert bool(clip_of_bytes(data.encode()).html) is is_page


def test_a_form_that_is_too_large_is_refused_by_the_name_of_a_clip(tmp_path: Path) -> None:
    site = new_site(tmp_path / "s")
    report = import_clip(Clip(html=f"{PAGE}<p>{'a' * 60_000_000}"), ImportRequest(folder=site, named=()))
    assert [problem.path for problem in report.problems] == ["the clip"]
    assert "60,000,000 are allowed. Select the article alone." in printed(report.problems[0])
    assert contents(site) == {}


def test_a_place_that_is_no_folder_is_not_said_to_be_full(tmp_path: Path) -> None:
    site = new_site(tmp_path / "s")
    (site / "content").rmdir()
    (site / "content").write_text("a file")
    (told,) = take(json.dumps({"html": PAGE}).encode(), site).problems
    assert told.startswith("It cannot be written: ")
    assert told.endswith("Look at that place and its rights.")


def test_half_a_character_costs_no_clip(tmp_path: Path) -> None:
    site = new_site(tmp_path / "s")
    sent = json.dumps({"html": PAGE.replace("화물", "화물\ud83d"), "title": "\udc00", "address": ADDRESS})
    assert take(sent.encode(), site).path
    assert "화물\ufffd 350개가" in only_article(site)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://mina:s3cret@gaon.example.kr/7?id=1", "https://gaon.example.kr/7?id=1"),
        ("https://mina@gaon.example.kr:8443/7", "https://gaon.example.kr:8443/7"),
        ("https://gaon.example.kr/7;jsessionid=0AF3?id=1", "https://gaon.example.kr/7?id=1"),
        ("https://gaon.example.kr/7?id=1&PHPSESSID=a1&access_token=b2#c", "https://gaon.example.kr/7?id=1#c"),
        ("https://gaon.example.kr/7#access_token=a.b&expires_in=9", "https://gaon.example.kr/7#expires_in=9"),
        ("https://gaon.example.kr/7?token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx", "https://gaon.example.kr/7"),
    ],
)
def test_what_lets_the_reader_in_is_not_kept_and_said(tmp_path: Path, given: str, kept: str) -> None:
    site = new_site(tmp_path / "s")
    taken = take(json.dumps({"html": PAGE, "address": given}).encode(), site)
    assert f'source_url: "{kept}"\n' in only_article(site)
    assert any(kept in told for told in taken.problems)
    secret = ("s3cret", "mina", "0AF3", "a1&", "b2", "a.b", "eyJ")
    assert not any(one.encode() in data for data in contents(site).values() for one in secret)


@pytest.mark.parametrize(
    "address", ["https://a.example.kr/view?sid=102&oid=001&aid=0014", "https://a.example.kr/?code=a7", ADDRESS]
)
def test_an_address_that_lets_nobody_in_stays(tmp_path: Path, address: str) -> None:
    site = new_site(tmp_path / "s")
    assert take(json.dumps({"html": PAGE, "address": address}).encode(), site).problems == ()
    assert f'source_url: "{address}"\n' in only_article(site)


@pytest.mark.parametrize(
    "hides",
    [
        "hidden",
        'style="display: none"',
        'style="color: red; visibility:hidden"',
        'style="font-size:0"',
        'style="position:absolute; left:-9999px"',
        'style="clip:rect(0, 0, 0, 0)"',
        'style="text-indent: -10000px;"',
    ],
)
def test_a_paragraph_that_nobody_sees_is_not_taken(tmp_path: Path, hides: str) -> None:
    unseen = PAGE.replace("</p><p>노조", f"</p><p {hides}>아무도 못 본 문장이 여기에 있었다.</p><p>노조")
    text = clip(new_site(tmp_path / "s"), Clip(html=unseen))
    assert "못 본" not in text
    assert "화물 350개가 기다리는" in text


@pytest.mark.parametrize("style", ["font-size:0.9em", "left:-10px", "font-size: 10px", "margin-left:-9px", "clip:auto"])
def test_a_paragraph_that_is_small_or_moved_is_taken(tmp_path: Path, style: str) -> None:
    seen = PAGE.replace("</p><p>노조", f'</p><p style="{style}">누구나 본 문장이 여기에 있었다.</p><p>노조')
    assert "누구나 본" in clip(new_site(tmp_path / "s"), Clip(html=seen))


# --- the command ----------------------------------------------------------------------------------

WL_PASTE = """#!/bin/sh
case "$*" in
  --list-types) printf 'text/html\\ntext/plain;charset=utf-8\\nchromium/x-source-url\\n';;
  *text/html) cat "$CLIP/html";;
  *text/plain*) cat "$CLIP/text";;
  *x-source-url) printf '%s' 'https://gaon.example.kr/news/view?id=7';;
esac
"""
XCLIP = """#!/bin/sh
case "$*" in
  *TARGETS) printf 'TARGETS\\nUTF8_STRING\\n';;
  *UTF8_STRING) cat "$CLIP/text";;
  *) echo 'Error: target not available' >&2; exit 1;;
esac
"""


def run_clip(
    tmp_path: Path, *options: str, programs: dict[str, str], piped: str | None = None
) -> subprocess.CompletedProcess[str]:
    site, tools = new_site(tmp_path / "s"), tmp_path / "bin"
    tools.mkdir()
    for name, script in {**programs, "cat": '#!/bin/sh\nexec /bin/cat "$@"\n'}.items():
        (tools / name).write_text(script)
        (tools / name).chmod(0o755)
    (tmp_path / "html").write_text(PAGE)
    (tmp_path / "text").write_text(TEXT)
    environment = {
        **os.environ,
        "PATH": str(tools),
        "CLIP": str(tmp_path),
        "WAYLAND_DISPLAY": "wayland-0",
        "PYTHONIOENCODING": "utf-8",
    }
    command = [sys.executable, "-m", "yoyak", "clip", "--site", str(site), *options]
    return subprocess.run(
        command, input=piped, capture_output=True, text=True, env=environment, timeout=60, check=False
    )


def test_the_clipboard_gives_the_page_and_where_it_is_from(tmp_path: Path) -> None:
    done = run_clip(tmp_path, programs={"wl-paste": WL_PASTE})
    assert done.returncode == 0, done.stderr
    text = only_article(tmp_path / "s")
    assert "title: 가온항 크레인 멈췄다\n" in text
    assert f'source_url: "{ADDRESS}"\n' in text


def test_firefox_says_where_it_is_from_in_wide_characters(tmp_path: Path) -> None:
    firefox = WL_PASTE.replace("chromium/x-source-url", "text/x-moz-url-priv").replace("*x-source-url)", "*url-priv)")
    (tmp_path / "address").write_bytes(ADDRESS.encode("utf-16-le"))
    firefox = firefox.replace(f"printf '%s' '{ADDRESS}'", 'cat "$CLIP/address"')
    done = run_clip(tmp_path, programs={"wl-paste": firefox})
    assert done.returncode == 0, done.stderr
    assert f'source_url: "{ADDRESS}"\n' in only_article(tmp_path / "s")


def test_a_page_that_was_too_long_to_send_is_said(tmp_path: Path) -> None:
    taken = take(json.dumps({"text": TEXT, "cut": True}).encode(), new_site(tmp_path / "s"))
    assert taken.path
    assert "only its text was taken" in taken.problems[-1]


def test_a_clip_can_be_looked_at_before_it_is_written(tmp_path: Path) -> None:
    done = run_clip(tmp_path, "--show", "--theme", "harbour", "--ours", programs={}, piped=TEXT)
    assert done.returncode == 0, done.stderr
    assert "\nthemes: [harbour]\n" in done.stdout
    assert "\nsource:" not in done.stdout
    assert contents(tmp_path / "s") == {}


def test_a_clipboard_with_text_only_is_read_as_a_capture(tmp_path: Path) -> None:
    done = run_clip(tmp_path, "--address", ADDRESS, programs={"xclip": XCLIP})
    assert done.returncode == 0, done.stderr
    assert f'source_url: "{ADDRESS}"\n' in only_article(tmp_path / "s")


def test_a_text_that_is_piped_in_is_taken(tmp_path: Path) -> None:
    done = run_clip(tmp_path, programs={}, piped=TEXT)
    assert done.returncode == 0, done.stderr
    assert "· 가온항 크레인 멈췄다" in done.stdout


def test_a_machine_without_a_program_for_the_clipboard_says_what_to_install(tmp_path: Path) -> None:
    done = run_clip(tmp_path, programs={})
    assert done.returncode == 1
    assert done.stderr == (
        "yoyak: No program here gives the clipboard. Install wl-clipboard (Wayland) or xclip (X11), or send the text: "
        "yoyak clip < FILE\n"
    )


def test_a_program_that_fails_is_named_with_its_reason(tmp_path: Path) -> None:
    done = run_clip(tmp_path, programs={"xclip": "#!/bin/sh\necho 'Error: Can not open display' >&2\nexit 1\n"})
    assert done.returncode == 1
    assert done.stderr == "yoyak: xclip cannot give the clipboard: Error: Can not open display\n"


WINDOWS = (
    "Version:0.9\r\nStartHTML:0000000140\r\nEndHTML:0000009999\r\nStartFragment:0000000176\r\nEndFragment:0000009999\r\n"
    f"SourceURL:{ADDRESS}\r\n<html><body>\r\n<!--StartFragment-->{PAGE}<!--EndFragment--></body></html>\0"
)


def offering(**types: str) -> str:
    """Return a clipboard program that gives files of its folder: `offering(png="image/png")`."""
    names = "\\n".join(types.values())
    cases = "".join(f'  *"--type {kind}") cat "$CLIP/{name}";;\n' for name, kind in types.items())
    return f'#!/bin/sh\ncase "$*" in\n  --list-types) printf "{names}\\n";;\n{cases}  *) exit 1;;\nesac\n'


def test_a_piped_text_in_the_form_of_windows_is_a_page(tmp_path: Path) -> None:
    done = run_clip(tmp_path, programs={}, piped=WINDOWS)
    assert done.returncode == 0, done.stderr
    text = only_article(tmp_path / "s")
    assert "title: 가온항 크레인 멈췄다\n" in text
    assert f'source_url: "{ADDRESS}"\n' in text


def test_a_clipboard_that_comes_from_windows_says_where_it_is_from(tmp_path: Path) -> None:
    (tmp_path / "windows").write_bytes(WINDOWS.encode())
    done = run_clip(tmp_path, programs={"wl-paste": offering(windows="text/html", text="text/plain")})
    assert done.returncode == 0, done.stderr
    text = only_article(tmp_path / "s")
    assert f'source_url: "{ADDRESS}"\n' in text
    assert "StartHTML" not in text


def test_a_page_that_cannot_be_read_gives_way_to_the_text(tmp_path: Path) -> None:
    (tmp_path / "broken").write_bytes("<p>가온항</p>".encode() * 90 + b"\xff\xfe\x81\xb0" * 9)
    done = run_clip(tmp_path, programs={"wl-paste": offering(broken="text/html", text="text/plain")})
    assert done.returncode == 0, done.stderr
    assert "title: 가온항 크레인 멈췄다\n" in only_article(tmp_path / "s")


@pytest.mark.parametrize(
    ("kind", "said"), [("image/png", "no text, but a picture."), ("text/rtf", "no text, but something else: text/rtf.")]
)
def test_a_clipboard_without_a_text_says_what_it_holds(tmp_path: Path, kind: str, said: str) -> None:
    done = run_clip(tmp_path, programs={"wl-paste": offering(other=kind)})
    assert done.returncode == 1
    assert said in done.stderr
    assert contents(tmp_path / "s") == {}


def test_a_clip_is_written_nowhere_but_in_its_site(tmp_path: Path) -> None:
    site, aside = new_site(tmp_path / "s"), tmp_path / "temporary"
    aside.mkdir()
    command = [sys.executable, "-m", "yoyak", "clip", "--site", str(site)]
    environment = {**os.environ, "TMPDIR": str(aside)}
    seen: set[str] = set()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment) as process:
        assert process.stdin is not None
        process.stdin.write(PAGE.encode())
        process.stdin.close()
        while process.poll() is None:
            seen |= {path.name for path in aside.iterdir()}
    assert only_article(site)
    assert seen == set()


OTHERS = {
    "Word": f"<p class=MsoTitle>가온항 크레인 멈췄다<o:p></o:p></p>{BODY.replace('<p>', '<p class=MsoNormal>')}",
    "한글": f"<P CLASS=HStyle0><SPAN>가온항 크레인 멈췄다</SPAN></P>{BODY}",
    "a heading of another rank": f"<div>머리말 한 줄</div><h3>가온항 크레인 멈췄다</h3>{BODY}",
}


@pytest.mark.parametrize("html", OTHERS.values(), ids=OTHERS)
def test_a_copied_piece_without_a_title_is_an_article_to_look_at(tmp_path: Path, html: str) -> None:
    text = clip(new_site(tmp_path / "s"), Clip(html=html))
    assert "title: 가온항 크레인 멈췄다\n" in text
    assert "\nstatus: review\n" in text
    assert "화물 350개가 기다리는" in text


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        ("https://other.example.kr/fake", ADDRESS),
        ("https://digest.example.org/articles/own/", ADDRESS),
        ("https://www.gaon.example.kr/7", "https://www.gaon.example.kr/7"),
    ],
)
def test_a_page_does_not_say_that_it_is_from_elsewhere(tmp_path: Path, named: str, kept: str) -> None:
    head = f'<link rel="canonical" href="{named}"><meta property="og:url" content="{named}">'
    text = clip(new_site(tmp_path / "s"), Clip(html=head + PAGE, address=ADDRESS))
    assert f'source_url: "{kept}"\n' in text
    assert "rights: full" not in text


def test_what_only_counts_clicks_is_not_kept_of_the_address_of_a_text(tmp_path: Path) -> None:
    text = clip(new_site(tmp_path / "s"), Clip(text=TEXT, address=f"{ADDRESS}&utm_source=x&fbclid=y"))
    assert f'source_url: "{ADDRESS}"\n' in text


@pytest.mark.parametrize("linked", ["2024", "_sources"])
def test_nothing_is_written_through_a_link_out_of_content(tmp_path: Path, linked: str) -> None:
    site, outside = new_site(tmp_path / "s"), tmp_path / "outside"
    outside.mkdir()
    (site / "content" / linked).symlink_to(outside)
    report = import_clip(Clip(html=PAGE), ImportRequest(folder=site, named=()))
    assert "it is a link that is not followed" in printed(report.problems[0])
    assert list(outside.iterdir()) == []


def test_content_may_be_on_another_disk(tmp_path: Path) -> None:
    disk = Path("/dev/shm")
    if not disk.is_dir() or disk.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other disk here")
    site = new_site(tmp_path / "s")
    (site / "content").rmdir()
    with tempfile.TemporaryDirectory(dir=disk) as other:
        (site / "content").symlink_to(other)
        assert "화물 350개가 기다리는" in clip(site, Clip(html=PAGE))
        assert not list(Path(other).glob(".*"))
