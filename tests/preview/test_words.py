"""What the preview's windows say, in the language of the site, whatever the terminal speaks."""

from __future__ import annotations

import re
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from preview.conftest import SETTINGS, PaperSite, Preview, Running, until
from yoyak.messages.catalogue import LANGUAGES, speak, speaking
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Problem, say
from yoyak.preview.bookmark import bookmark_page
from yoyak.preview.guard import refusal
from yoyak.preview.live import MOST, Bell, news
from yoyak.preview.server import Server, app, listen
from yoyak.preview.session import Previewer, Snapshot
from yoyak.preview.source_lines import ProblemView
from yoyak.preview.words import script_with_words, words_of

PREVIEW = Path(__file__).parents[2] / "generator" / "yoyak" / "preview"
SCRIPTS = {"preview.js": "preview.window.", "clip.js": "preview.clip-page."}
PARTS = {"preview.js": ("morph.js", "future.js")}
ERROR = Problem(
    code="unknown-theme",
    message=say("unknown-theme", name="econmy"),
    hint=say("unknown-theme.hint"),
    path="content/a.md",
)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_shows_every_word_that_it_gets_and_no_other(name: str) -> None:
    scripts = [(PREVIEW / one).read_text(encoding="utf-8") for one in (name, *PARTS.get(name, ()))]
    shown = set(re.findall(r"\bwords\.([\w-]+)", "\n".join(scripts)))
    assert shown - {"lang", "keys"} == set(words_of(SCRIPTS[name], "en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_gets_its_words(name: str, language: str) -> None:
    script = script_with_words(PREVIEW / name, SCRIPTS[name], language).decode()
    assert f'const words = {{"lang":"{language}"' in script
    assert all(word in script for word in words_of(SCRIPTS[name], language).values())


def test_a_script_has_no_words_of_its_own() -> None:
    for name in SCRIPTS:
        assert not re.search("[가-힣]", (PREVIEW / name).read_text(encoding="utf-8"))


def test_the_news_are_counted_in_words() -> None:
    view = ProblemView(place="", message="", hint="")
    one = news(Snapshot(errors=(view,), warnings=2), b"/")
    assert (one.title, one.counts, one.rest) == ("1 error", "1 error, 2 warnings", "")
    many = news(Snapshot(errors=(view,) * (MOST + 3)), b"/", "ko")
    assert (many.title, many.counts) == ("오류 23건", "오류 23건")
    assert many.rest == "… 그 밖에 3건은 터미널에서 볼 수 있습니다."


def korean(site: PaperSite) -> Previewer:
    session = Previewer(site.folder, site.output, site.build)
    session.language = "ko"
    session.start()
    return session


def test_the_overlay_speaks_the_language_of_the_site_and_the_terminal_its_own(site: PaperSite) -> None:
    site.problems = (ERROR,)
    (view,) = korean(site).state.errors
    assert view.message == '"econmy"라는 주제가 없습니다.'
    assert view.hint.startswith("주제는 site.yaml에")
    assert speak(ERROR.message) == 'Unknown theme "econmy".'


def test_an_error_of_the_run_is_shown_in_the_language_of_the_site(site: PaperSite) -> None:
    session = korean(site)

    def broken(_: object) -> None:
        raise YoyakError(say("preview.nothing"))

    session.build = broken  # type: ignore[assignment]
    (site.folder / "content" / "a.md").write_text("other words")
    with speaking("en"):
        assert str(session.refresh()) == "This preview has nothing to build."
    assert session.state.errors[0].message == "이 미리보기에는 빌드할 것이 없습니다."


@pytest.fixture
def preview(site: PaperSite) -> Iterator[Preview]:
    """A server of a Korean site."""
    session, bell = korean(site), Bell()
    with listen(0) as listener:
        port = listener.getsockname()[1]
        server = Server(app(session, bell, port=port), bell, language="ko")
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        until(lambda: server.started)
        yield Preview(site=site, session=session, bell=bell, port=port)
        server.should_exit = True
        thread.join(10)


def answer(port: int, path: str, **headers: str) -> str:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as found:
            return str(found.read().decode())
    except HTTPError as error:
        return error.read().decode()


def test_the_server_answers_in_the_language_of_the_site(preview: Preview) -> None:
    assert answer(preview.port, "/", Host="evil.example").startswith("이 미리보기는 http://127.0.0.1:")
    assert (
        answer(preview.port, "/", Origin="http://evil.example") == "다른 사이트에서는 이 미리보기를 쓸 수 없습니다.\n"
    )
    assert '"close":"닫기 (Esc)"' in answer(preview.port, "/__yoyak/preview.js")


def test_a_page_that_is_not_there_is_said_in_the_language_of_the_site(preview: Preview) -> None:
    preview.site.pages.pop("404.html")
    preview.save_and_build()
    found = answer(preview.port, "/nothing")
    assert '<html lang="ko">' in found
    assert "<h1>그런 페이지가 없습니다</h1>" in found


def test_every_refusal_has_words_in_both_languages() -> None:
    asked = [("GET", {}), ("DELETE", {"host": "127.0.0.1:80"}), ("GET", {"host": "localhost", "origin": "null"})]
    for method, headers in asked:
        refused = refusal(method, headers, 80)
        assert refused is not None
        assert speak(refused.sentence, "en") != speak(refused.sentence, "ko")


@pytest.mark.parametrize(("language", "lang"), [("ko", "ko"), ("ko-KR", "ko"), ("en-GB", "en"), ("ja", "en")])
def test_the_page_of_the_bookmark_names_the_language_that_it_is_in(tmp_path: Path, language: str, lang: str) -> None:
    page = bookmark_page(tmp_path, 8123, language).read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in page
    assert ("북마크 막대로" in page) == (lang == "ko")


def test_a_korean_site_is_shown_in_korean_while_the_terminal_speaks_english(start: Callable[..., Running]) -> None:
    running = start(settings=SETTINGS.replace("language: en", "language: ko"))
    assert running.greeting.startswith("Preview of")
    assert "미리보기가 응답하지 않아" in running.page("/__yoyak/preview.js")
    assert '<html lang="ko">' in running.page("/__yoyak/clip")
    assert "초안으로 저장했습니다" in running.page("/__yoyak/clip.js")
