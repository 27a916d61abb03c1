"""What a deploy found out of the content is not found out again, and whatever changed since is seen all the same."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import sleep, time_ns
from zlib import crc32

import pytest

from forks import no_forks
from sites import SETTINGS, article, write_site
from yoyak.build.build import build
from yoyak.build.firewall import require_no_leak
from yoyak.build.searched import Searched, noted_before, still_searched
from yoyak.cli.noting import deploy_and_note
from yoyak.files.output_folder import files_of
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildRequest
from yoyak.publish.deploy import Consent, build_for
from yoyak.store.database import Database
from yoyak.store.remembered import decode, encode

pytestmark = pytest.mark.slow

TITLE = "비밀로 남겨 둔 등대 매각 협상"
BODY = "시는 등대를 민간 회사에 팔기로 하고 지난달부터 세 곳과 은밀히 값을 흥정해 왔다."
OPEN = "섬으로 가는 배는 하루에 두 번 뜨고 봄부터는 세 번 뜬다고 군은 밝혔다."
LONG = f"첫 문장은 누구나 읽는다. 둘째 문장도 누구나 읽는다. {OPEN}"
MANIFEST = ".yoyak-manifest.json"
NEWS, HELD, PAGE = "content/news.md", "content/held.md", "articles/news/index.html"
EPOCH = 1_750_000_000
"""15 June 2025: the clock of these tests."""
SURE = 0.035
"""Seconds after which a file that was written is trusted to look as it did."""


def news(body: str = LONG, **keys: object) -> str:
    return article(body, **{"title": "섬에서 온 소식", "source": "등대일보", "rights": "full", **keys})


@pytest.fixture
def site(tmp_path: Path, deployed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that was deployed twice, the second time from here: what that deploy found out is known."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    shutil.copytree(deployed, tmp_path, symlinks=True, dirs_exist_ok=True)
    folder = tmp_path / "site"
    deploys(folder)
    assert still_searched(folder)
    return folder


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that was deployed once, and of where it went."""
    place = tmp_path_factory.mktemp("deployed")
    files = {
        NEWS: news(),
        HELD: article(BODY, title=TITLE, slug="held", status="draft"),
        **{f"content/more-{n}.md": article(f"{n}번째 글이다.", title=f"글 {n}") for n in range(5)},
    }
    settings = SETTINGS.replace("digest.example.org", "digest.kr") + "deploy: {live: {kind: folder, path: ../live}}\n"
    folder = write_site(place / "site", files, settings, plain=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
        deploys(folder)
    return place


def settles(site: Path) -> None:
    """Wait until each file that a build reads is trusted to look as it did."""
    read = [site / "site.yaml", *(site / "content").rglob("*")]
    sleep(max(0, SURE - (time_ns() - max(place.lstat().st_mtime_ns for place in read)) / 1e9))


def builds(site: Path) -> None:
    settles(site)
    with no_forks():
        assert build(BuildRequest(folder=site)).complete


def deploys(site: Path) -> None:
    builds(site)
    sends(site)
    builds(site)


def sends(site: Path) -> None:
    deploy_and_note(site, build_for(site, "live"), "live", Consent(), dry_run=False)


def write(site: Path, path: str, text: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text, encoding="utf-8")
    settles(site)


def plant(site: Path, text: str, path: str = "index.html") -> None:
    """Put words into the output as a build would that has a fault."""
    place = site / "output" / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"<p>{text}</p>", encoding="utf-8")
    manifest = json.loads((site / "output" / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][path] = hashlib.sha256(place.read_bytes()).hexdigest()
    (site / "output" / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def refused(site: Path) -> bool:
    try:
        require_no_leak(site, site / "output")
    except YoyakError:
        return True
    return False


def opened(site: Path, work: Callable[[Path], object]) -> set[str]:
    """Return which files of content/ are read meanwhile: in a fork, since nothing takes out what hears of it."""
    out, into = os.pipe()
    if not (child := os.fork()):
        found: set[str] = set()
        sys.addaudithook(lambda event, what: found.add(os.fsdecode(str(what[0]))) if event == "open" else None)
        try:
            work(site)
            os.write(into, json.dumps(sorted({Path(path).name for path in found})).encode())
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        names = json.loads(pipe.read())  # nothing, where the work failed
    os.waitpid(child, 0)
    return {path.name for path in (site / "content").rglob("*.md")} & {*names}


def forget(site: Path) -> None:
    with sqlite3.connect(site / ".yoyak/store.sqlite") as database:
        database.execute("DELETE FROM meta WHERE key = 'firewall-searched'")


# --- what is known is not asked again -----------------------------------------------------------------


def test_a_second_deploy_reads_no_article(site: Path) -> None:
    assert opened(site, sends) == set()
    forget(site)
    assert len(opened(site, sends)) == 7


@pytest.mark.parametrize("keys", [{}, {"title": "섬에서 온 다른 소식"}])
def test_after_an_edit_that_article_alone_is_read(site: Path, keys: dict[str, object]) -> None:
    write(site, NEWS, news(f"{LONG} 한 문장이 더 있다.", **keys))
    builds(site)
    assert opened(site, sends) == {"news.md"}
    assert opened(site, sends) == set()
    assert "한 문장이 더" in (site.parent / "live" / PAGE).read_text(encoding="utf-8")


def test_what_is_sent_is_what_is_sent_to_whoever_knows_nothing(site: Path) -> None:
    write(site, NEWS, news(f"{LONG} 한 문장이 더 있다.", title="섬에서 온 다른 소식"))
    deploys(site)
    noted = (site / "content/_urls.yaml").read_bytes()
    forget(site)
    (site / "content/_urls.yaml").unlink()
    deploys(site)
    assert (site / "content/_urls.yaml").read_bytes() == noted


# --- what has changed is seen -------------------------------------------------------------------------


def _withdrawn(site: Path) -> None:
    write(site, NEWS, news(status="draft"))


def _embargoed(site: Path) -> None:
    write(site, NEWS, news(embargo_until="2030-01-01"))


def _cut(site: Path) -> None:
    write(site, NEWS, news(rights="excerpt"))


def _planted(site: Path) -> None:
    plant(site, TITLE)


def _planted_path(site: Path) -> None:
    plant(site, "gone", f"articles/{TITLE.replace(' ', '-')}/index.html")


def _draft_edited(site: Path) -> None:
    write(site, HELD, article(OPEN.replace("배", "비행기"), title="새로 붙인 초고의 긴 제목", status="draft"))
    plant(site, "새로 붙인 초고의 긴 제목")


def _draft_renamed(site: Path) -> None:
    text = (site / HELD).read_text(encoding="utf-8").replace('slug: "held"\n', "")
    (site / HELD).unlink()
    write(site, "content/harbour-tower-for-sale.md", text)
    plant(site, "harbour-tower-for-sale")


def _draft_added(site: Path) -> None:
    write(site, "content/new.md", article(title="아직 아무도 모르는 새 초고", status="draft"))
    plant(site, "아직 아무도 모르는 새 초고")


def _commented(site: Path) -> None:
    write(site, NEWS, news(f"{LONG}\n\n<!-- 변호사와 먼저 상의한 다음에 내보내자 -->\n"))
    builds(site)
    plant(site, "변호사와 먼저 상의한 다음에 내보내자")


def _broken(site: Path) -> None:
    write(site, NEWS, news().replace("2024-07-03", "2024-99-99"))


def _reviewed(site: Path) -> None:
    write(site, "site.yaml", (site / "site.yaml").read_text(encoding="utf-8") + "review: {required: true}\n")


def _held(site: Path) -> None:
    said = "event: note\nby: {name: Kim}\nat: 2024-07-03T09:15:00Z\ntext: 변호사와 먼저 상의한 다음에 내보내자\n"
    write(site, "content/_reviews/news/20240703T0915Z-kim-3f9a2c.yaml", f"{said}seen: {'0' * 64}\n")
    plant(site, "변호사와 먼저 상의한 다음에 내보내자")


def _removed(site: Path) -> None:
    write(site, "content/news2.md", news(status="draft", slug="news"))
    (site / NEWS).unlink()


def _exchanged(site: Path) -> None:
    """Another file in the place of an article, with its size and its time."""
    before, text = (site / NEWS).stat(), news()
    other = text.replace("---\n\n", "status: draft\n---\n\n")[: len(text)]
    write(site, "other", other)
    os.utime(site / "other", ns=(before.st_atime_ns, before.st_mtime_ns))
    (site / "other").replace(site / NEWS)


@pytest.mark.parametrize(
    "change",
    [
        _withdrawn, _embargoed, _cut, _planted, _planted_path, _draft_edited, _draft_renamed, _draft_added, _commented,
        _broken, _reviewed, _held, _removed, _exchanged,
    ],
)  # fmt: skip
def test_what_has_changed_since_is_refused(site: Path, change: Callable[[Path], None]) -> None:
    assert not refused(site)
    change(site)
    assert refused(site)
    assert refused(site)


@pytest.mark.parametrize(
    ("keys", "later"),
    [({"expires_at": "2025-07-01"}, 30 * 86400), ({"publish_at": "2025-06-01"}, -30 * 86400)],
)
def test_what_the_clock_takes_away_is_refused(
    site: Path, monkeypatch: pytest.MonkeyPatch, keys: dict[str, object], later: int
) -> None:
    write(site, NEWS, news(**keys))
    deploys(site)
    deploys(site)
    assert still_searched(site)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH + later))
    assert not still_searched(site)
    assert refused(site)


def test_words_cut_by_an_edit_are_found_on_pages_that_did_not_change(site: Path) -> None:
    said = "군은 내년 예산에 배 한 척을 더 살 돈을 넣을지 아직 정하지 못했다고 조용히 말했다."
    plant(site, said, "articles/more-1/index.html")
    assert not refused(site)  # nothing says that this may not be seen
    write(site, NEWS, news(f"{LONG} {said}", rights="excerpt"))
    assert refused(site)


# --- the record itself --------------------------------------------------------------------------------


def rows(site: Path, change: Callable[[Searched], Searched | bytes]) -> None:
    """Put another record into the place of that of the last search, with the seal that it has to have."""
    database = Database(site / ".yoyak/store.sqlite")
    row = database.get("meta", "firewall-searched")
    assert row
    found = change(decode(row, Searched))
    database.put("meta", [("firewall-searched", found if isinstance(found, bytes) else encode(found))])
    database.close()


def _of_all(site: Path, before: Searched, **keys: object) -> Searched:
    """Return a record by which nothing is left to search."""
    clean = frozenset(digest[:16] for digest in files_of(site / "output").values())
    values = {name: getattr(before, name) for name in before.__struct_fields__}
    return Searched(**{**values, "clean": clean, "phrases": (), **keys})


@pytest.mark.parametrize(
    "keys",
    [{"program": b"another"}, {"git": "another"}, {"stamps": {}}, {"day": "2024-01-01"}, {"gives": {}}],
)
def test_a_record_of_another_program_or_site_is_none(site: Path, keys: dict[str, object]) -> None:
    plant(site, TITLE)
    write(site, NEWS, news(f"{LONG} 한 문장이 더 있다."))
    rows(site, lambda before: _of_all(site, before, **keys))
    assert refused(site)


@pytest.mark.parametrize("data", [b"", b"\x80", b"\x90", b"\x93\xc4\x00\xc4\x00\xc0", b"nothing of ours" * 9])
def test_a_record_of_another_kind_is_none(site: Path, data: bytes) -> None:
    plant(site, TITLE)
    rows(site, lambda _: data)
    assert refused(site)


def test_an_older_record_with_fewer_values_is_none(site: Path) -> None:
    plant(site, TITLE)
    rows(site, lambda before: encode([getattr(before, name) for name in before.__struct_fields__[:-1]]))
    assert refused(site)


def test_a_damaged_record_is_none(site: Path) -> None:
    plant(site, TITLE)
    with sqlite3.connect(site / ".yoyak/store.sqlite") as database:
        (data,) = database.execute("SELECT value FROM meta WHERE key = 'firewall-searched'").fetchone()
        before = decode(data, Searched)
        told = encode(_of_all(site, before))
        assert crc32(told) != crc32(data)
        database.execute("UPDATE meta SET value = ? WHERE key = 'firewall-searched'", (told,))
    assert refused(site)


@pytest.mark.skipif(sys.platform == "win32", reason="its folders do not say who may write")
def test_a_record_that_others_could_write_is_none(site: Path) -> None:
    plant(site, TITLE)
    rows(site, lambda before: _of_all(site, before))
    (site / ".yoyak").chmod(0o777)
    assert refused(site)


def test_a_store_behind_a_link_is_none(site: Path, tmp_path: Path) -> None:
    store = site / ".yoyak/store.sqlite"
    store.rename(tmp_path / "elsewhere")
    store.symlink_to(tmp_path / "elsewhere")
    assert still_searched(site) is None


# --- addresses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["added", "headline", "forgotten", "answered"])
def test_addresses_are_noted_when_anything_of_them_changed(site: Path, change: str) -> None:
    urls = site / "content/_urls.yaml"
    assert noted_before(site, files_of(site / "output")) is not None
    if change == "added":
        write(site, "content/added.md", article(title="더한 글"))
    elif change == "headline":
        write(site, NEWS, news(title="섬에서 온 다른 소식"))
    else:
        text = urls.read_text(encoding="utf-8")
        line = next(line for line in text.splitlines() if line.startswith("/articles/news/"))
        write(
            site,
            "content/_urls.yaml",
            text.replace(f"{line}\n", "" if change == "forgotten" else "/articles/x/: gone\n"),
        )
    before = urls.read_text(encoding="utf-8")
    builds(site)
    assert noted_before(site, files_of(site / "output")) is None
    sends(site)
    after = urls.read_text(encoding="utf-8")
    assert after != before
    assert "/articles/news/: article" in after


def test_addresses_of_a_deploy_that_was_refused_are_not_taken_for_noted(site: Path) -> None:
    write(site, "content/added.md", article(title="더한 글"))
    builds(site)
    live = site.parent / "live"
    (live / "articles/added").mkdir()
    (live / "articles/added/index.html").write_text("mine", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(YoyakError, match="not yoyak's"):
            sends(site)
        assert noted_before(site, files_of(site / "output")) is None
    (live / "articles/added/index.html").unlink()
    sends(site)
    assert "/articles/added/" in (site / "content/_urls.yaml").read_text(encoding="utf-8")


# --- any edits ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(int(os.environ.get("YOYAK_LEAK_STATES", "6"))))
def test_after_any_edits_the_answer_is_that_of_a_whole_search(site: Path, seed: int) -> None:
    chance = Random(seed)
    texts = [BODY, OPEN, LONG, f"{LONG} {BODY}", "짧은 글이다."]
    for step in range(8):
        path = chance.choice([NEWS, HELD, "content/more-1.md"])
        keys = {
            "title": chance.choice([TITLE, "섬 소식", f"글 {step}"]),
            "status": chance.choice(["draft", "approved", "approved"]),
        }
        keys |= {"rights": chance.choice(["full", "full", "excerpt"]), "slug": Path(path).stem, "source": "등대일보"}
        act = chance.choice(["edit", "edit", "edit and build", "plant", "build", "remove"])
        if act.startswith("edit"):
            write(site, path, article(chance.choice(texts), **keys))
        elif act == "plant":
            plant(site, chance.choice([TITLE, BODY, OPEN]), f"tags/{step}/index.html")
        elif act == "remove" and (site / path).exists():
            (site / path).unlink()
        if act.endswith("build"):
            build(BuildRequest(folder=site))
        settles(site)
        quick = refused(site)
        forget(site)
        assert quick == refused(site), (seed, step, act)
