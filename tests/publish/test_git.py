"""A deploy to a branch of a real repository, through the front door."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from publish.desks import PAGES, Desk, branch_tree, commits, run_git, tree, write
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import GitTarget
from yoyak.publish.manifest import NAME
from yoyak.publish.targets import carry_out

MANY = {f"tags/{n}/index.html": f"tag {n}" for n in range(30)}


def without(path: str) -> dict[str, str]:
    return {name: text for name, text in PAGES.items() if name != path}


def built(desk: Desk) -> dict[str, bytes]:
    return {**tree(desk.output), ".nojekyll": b""}


def push(tmp_path: Path, remote: Path, files: dict[str, str], branch: str = "gh-pages") -> None:
    """Commit files to the branch as another person does."""
    clone = tmp_path / "clone"
    if not clone.exists():
        run_git("init", "--quiet", clone)
        run_git("-C", clone, "remote", "add", "origin", remote)
    there = run_git("-C", clone, "ls-remote", "--heads", "origin", branch)
    if there:
        run_git("-C", clone, "fetch", "--quiet", "origin", branch)
        run_git("-C", clone, "checkout", "--quiet", "-B", branch, "FETCH_HEAD")
    else:
        run_git("-C", clone, "checkout", "--quiet", "--orphan", branch)
    write(clone, files)
    run_git("-C", clone, "add", "--all", "--force")
    who = ("-c", "user.name=other", "-c", "user.email=other@localhost")
    run_git("-C", clone, *who, "commit", "--quiet", "--message", "By hand")
    run_git("-C", clone, "push", "--quiet", "origin", branch)


def test_first_deploy_to_an_empty_repository_leaves_exactly_the_built_site(git_desk: Desk, remote: Path) -> None:
    report = git_desk.deploys()
    assert branch_tree(remote) == built(git_desk)
    assert commits(remote) == ["Publish https://digest.example.org/: 5 files"]
    assert report.commit == run_git("--git-dir", remote, "rev-parse", "gh-pages").decode().strip()


def test_plan_pushes_nothing(git_desk: Desk, remote: Path) -> None:
    assert git_desk.plans().added == tuple(sorted((*PAGES, NAME, ".nojekyll")))
    assert run_git("--git-dir", remote, "branch") == b""


def test_second_deploy_makes_no_commit(git_desk: Desk, remote: Path) -> None:
    git_desk.deploys()
    report = git_desk.deploys()
    assert (report.added, report.changed, report.removed, report.commit) == (0, 0, 0, "")
    assert len(commits(remote)) == 1


def test_change_and_removal_are_one_commit_on_top(git_desk: Desk, remote: Path) -> None:
    git_desk.deploys()
    git_desk.builds({**without("articles/항구/index.html"), "index.html": "new", '기사 "1".html': "quoted"})
    plan = git_desk.plans()
    assert (plan.changed, plan.removed) == ((NAME, "index.html"), ("articles/항구/index.html",))
    git_desk.deploys()
    assert branch_tree(remote) == built(git_desk)
    assert len(commits(remote)) == 2


def test_another_machine_goes_on_from_the_branch(git_desk: Desk, remote: Path, tmp_path: Path) -> None:
    git_desk.deploys()
    other = Desk(tmp_path / "other", GitTarget(remote=str(remote)))
    other.builds({**PAGES, "index.html": "from elsewhere"})
    assert other.deploys().changed == 2
    git_desk.builds({**PAGES, "index.html": "from here"})
    git_desk.deploys()
    assert branch_tree(remote) == built(git_desk)
    assert len(commits(remote)) == 3


def test_missing_branch_begins_without_the_history_of_others(git_desk: Desk, remote: Path, tmp_path: Path) -> None:
    push(tmp_path, remote, {"README": "sources"}, branch="main")
    git_desk.deploys()
    assert branch_tree(remote) == built(git_desk)
    assert len(commits(remote)) == 1
    assert branch_tree(remote, "main") == {"README": b"sources"}


def test_foreign_files_of_the_branch_survive(git_desk: Desk, remote: Path, tmp_path: Path) -> None:
    foreign = {"CNAME": "digest.example.org", "articles/항구/사진.txt": "mine", '"q"/-x y': "odd"}
    push(tmp_path, remote, foreign)
    git_desk.deploys()
    git_desk.builds(without("articles/항구/index.html"))
    assert git_desk.plans().kept == tuple(sorted(foreign))
    git_desk.deploys()
    assert branch_tree(remote) == {**built(git_desk), **{path: text.encode() for path, text in foreign.items()}}
    assert commits(remote)[-1] == "By hand"


def test_foreign_file_in_the_place_of_ours_is_refused(git_desk: Desk, remote: Path, tmp_path: Path) -> None:
    push(tmp_path, remote, {"index.html": "someone's"})
    with pytest.raises(YoyakError, match=r"not yoyak's where the site has its own: index\.html"):
        git_desk.plans()


def test_nojekyll_of_others_stays_as_it_is(git_desk: Desk, remote: Path, tmp_path: Path) -> None:
    push(tmp_path, remote, {".nojekyll": "why: see wiki"})
    git_desk.deploys()
    assert branch_tree(remote)[".nojekyll"] == b"why: see wiki"


def test_page_may_become_a_folder_and_a_folder_a_page(git_desk: Desk, remote: Path) -> None:
    git_desk.builds({"about": "a page", "index.html/deep": "odd"})
    git_desk.deploys()
    git_desk.builds({"about/index.html": "a page", "index.html": "front"})
    git_desk.deploys()
    assert branch_tree(remote) == built(git_desk)


def test_many_removals_need_confirmation(git_desk: Desk, remote: Path) -> None:
    git_desk.builds({**PAGES, **MANY})
    git_desk.deploys()
    git_desk.builds()
    with pytest.raises(YoyakError, match="removes 30 of the 35 files"):
        git_desk.deploys()
    assert git_desk.deploys(confirm_removals=30).removed == 30
    assert branch_tree(remote) == built(git_desk)


def test_branch_that_moved_after_the_plan_is_not_written_over(git_desk: Desk, remote: Path, tmp_path: Path) -> None:
    git_desk.deploys()
    git_desk.builds({**PAGES, "index.html": "new"})
    plan = git_desk.plans()
    push(tmp_path, remote, {"index.html": "defaced"})
    with pytest.raises(YoyakError, match=r"changed by someone else meanwhile, and with it files .*: index\.html\."):
        carry_out(git_desk.request, plan)
    assert branch_tree(remote)["index.html"] == b"defaced"
    git_desk.deploys()
    assert branch_tree(remote) == built(git_desk)


@pytest.mark.parametrize("path", ["articles", ".yoyak-manifest.json", "기사/index.html"])
def test_commit_of_others_where_the_site_has_its_own_is_not_built_upon(
    git_desk: Desk, remote: Path, tmp_path: Path, path: str
) -> None:
    push(tmp_path, remote, {"mine": "mine"})
    git_desk.builds({"기사/index.html": "x", "index.html": "x"})
    git_desk.deploys()
    git_desk.builds({"articles/index.html": "y", "기사/index.html": "new", "index.html": "x"})
    plan = git_desk.plans()
    push(tmp_path, remote, {path: "theirs"})
    with pytest.raises(YoyakError, match="changed by someone else meanwhile"):
        carry_out(git_desk.request, plan)
    assert branch_tree(remote)[path] == b"theirs"


def test_commit_of_others_that_leaves_the_site_alone_is_built_upon(
    git_desk: Desk, remote: Path, tmp_path: Path
) -> None:
    git_desk.deploys()
    git_desk.builds({"index.html": "new"})
    plan = git_desk.plans()
    push(tmp_path, remote, {"CNAME": "digest.example.org"})
    report = carry_out(git_desk.request, plan)
    assert branch_tree(remote) == {**built(git_desk), "CNAME": b"digest.example.org"}
    assert commits(remote)[1] == "By hand"
    assert report.commit == run_git("--git-dir", remote, "rev-parse", "gh-pages").decode().strip()


def test_commit_of_others_that_arrives_during_the_push_is_built_upon(
    git_desk: Desk, remote: Path, tmp_path: Path
) -> None:
    git_desk.deploys()
    push(tmp_path, remote, {"CNAME": "digest.example.org"})
    theirs = run_git("--git-dir", remote, "rev-parse", "gh-pages").decode().strip()
    run_git("--git-dir", remote, "update-ref", "refs/heads/gh-pages", f"{theirs}~1")
    script = f"""#!/bin/sh
test -e moved && exit 0
touch moved
env -u GIT_QUARANTINE_PATH git update-ref refs/heads/gh-pages {theirs}
"""
    write(remote, {"hooks/pre-receive": script})
    (remote / "hooks/pre-receive").chmod(0o755)
    git_desk.builds({**PAGES, "index.html": "new"})
    git_desk.deploys()
    assert (remote / "moved").exists()
    assert branch_tree(remote) == {**built(git_desk), "CNAME": b"digest.example.org"}


def test_branch_that_others_made_after_the_plan_is_not_written_over(
    git_desk: Desk, remote: Path, tmp_path: Path
) -> None:
    plan = git_desk.plans()
    push(tmp_path, remote, {"CNAME": "digest.example.org"})
    with pytest.raises(YoyakError, match="Deploy again"):
        carry_out(git_desk.request, plan)
    assert branch_tree(remote) == {"CNAME": b"digest.example.org"}


def test_refusal_of_the_host_is_told_in_its_own_words(git_desk: Desk, remote: Path) -> None:
    write(remote, {"hooks/pre-receive": "#!/bin/sh\necho no 1>&2\nexit 1\n"})
    (remote / "hooks/pre-receive").chmod(0o755)
    with pytest.raises(YoyakError, match=r"nothing there was changed\. git says: .*pre-receive hook declined"):
        git_desk.deploys()
    (remote / "hooks/pre-receive").unlink()
    git_desk.deploys()
    assert branch_tree(remote) == built(git_desk)


def test_missing_repository_is_told_in_words(git_desk: Desk, tmp_path: Path) -> None:
    git_desk.target = GitTarget(remote="../nowhere.git")
    with pytest.raises(YoyakError, match=r"nowhere\.git could not be read\. git says: fatal: .*Check the address"):
        git_desk.plans()


def test_password_is_in_no_message_and_in_no_plan(git_desk: Desk, remote: Path) -> None:
    git_desk.target = GitTarget(remote="https://desk:s3cret@localhost:1/digest.git")
    with pytest.raises(YoyakError) as refused:
        git_desk.plans()
    assert "localhost" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_missing_git_is_told_in_words(git_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(YoyakError, match="Install git"):
        git_desk.plans()


def test_commit_is_by_the_person_whom_git_knows(git_desk: Desk, remote: Path, home: Path) -> None:
    write(home, {".gitconfig": "[user]\nname = 김하늘\nemail = kim@example.org\n"})
    git_desk.deploys()
    who = run_git("--git-dir", remote, "log", "-1", "--format=%an <%ae> %cn <%ce>", "gh-pages").decode().strip()
    assert who == "김하늘 <kim@example.org> 김하늘 <kim@example.org>"


def test_commit_is_by_yoyak_where_git_knows_nobody(git_desk: Desk, remote: Path) -> None:
    git_desk.deploys()
    who = run_git("--git-dir", remote, "log", "-1", "--format=%an <%ae>", "gh-pages").decode().strip()
    assert who == "yoyak <yoyak@localhost>"


def test_message_of_site_yaml_is_the_commits_message(git_desk: Desk, remote: Path) -> None:
    git_desk.target = GitTarget(remote=str(remote), branch="한글/가지", message="27호\n\ndata 5\ndone")
    git_desk.deploys()
    body = run_git("--git-dir", remote, "log", "-1", "--format=%B", "한글/가지").decode().strip()
    assert body == "27호\n\ndata 5\ndone"


def test_remote_may_be_named_as_in_the_sites_own_repository(git_desk: Desk, remote: Path) -> None:
    run_git("init", "--quiet", git_desk.site)
    run_git("-C", git_desk.site, "remote", "add", "origin", remote)
    git_desk.target = GitTarget(remote="origin")
    git_desk.deploys()
    assert branch_tree(remote) == built(git_desk)


def test_hooks_and_settings_of_a_person_do_not_change_the_site(git_desk: Desk, remote: Path, home: Path) -> None:
    write(home, {"hooks/pre-push": "#!/bin/sh\nexit 1\n"})
    (home / "hooks/pre-push").chmod(0o755)
    write(home, {".gitconfig": f"[core]\nhooksPath = {home / 'hooks'}\nautocrlf = true\nquotePath = true\n"})
    write(home, {".config/git/ignore": "*.css\n", ".config/git/attributes": "* text=auto\n"})
    git_desk.builds({**PAGES, "windows.txt": "a\r\nb\r\n"})
    plan = git_desk.plans()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_DIR", "/nowhere")
        carry_out(git_desk.request, plan)
    (home / ".gitconfig").unlink()
    assert branch_tree(remote) == built(git_desk)


def test_lost_cache_is_made_again(git_desk: Desk, remote: Path) -> None:
    git_desk.deploys()
    cache = git_desk.site / ".yoyak/deploy/live.git"
    for path in sorted(cache.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    git_desk.builds({**PAGES, "index.html": "new"})
    git_desk.deploys()
    assert branch_tree(remote) == built(git_desk)


def test_manifest_of_the_branch_cannot_point_elsewhere(git_desk: Desk, remote: Path, tmp_path: Path) -> None:
    listing = {"format": 1, "preview": False, "base_url": "", "files": {"../x\ndone": ""}}
    push(tmp_path, remote, {NAME: json.dumps(listing)})
    with pytest.raises(YoyakError, match="no path that yoyak writes"):
        git_desk.plans()


REMOTES = [
    "", " ", "-", "--upload-pack=touch pwned", "-oProxyCommand=touch pwned", "ext::sh -c 'touch pwned'",
    "ext::touch% pwned", "fd::17", "transport::address",
    "ssh://-oProxyCommand=touch pwned/x", "ssh://a@-oProxyCommand=touch pwned/x@y",
    "-oProxyCommand=touch:x", "a@-oProxyCommand=touch pwned:x", "https://x\n--upload-pack=touch", "a\0b", "ftp://host/x",
    "javascript://x", "file\n://x", "git+ext://x", "\u202ehttps://x",
]  # fmt: skip


@pytest.mark.parametrize("remote_text", REMOTES)
def test_remote_that_git_could_misread_is_refused(git_desk: Desk, remote_text: str, tmp_path: Path) -> None:
    git_desk.target = GitTarget(remote=remote_text)
    with pytest.raises(YoyakError, match="no address of a git repository"):
        git_desk.plans()
    assert not list(tmp_path.rglob("*pwned*"))


@pytest.mark.parametrize(
    "remote_text", ["$(touch pwned)", "`touch pwned`", "x; touch pwned", "x | touch pwned", "항구 .git"]
)
def test_remote_is_never_read_by_a_shell(git_desk: Desk, remote_text: str, tmp_path: Path) -> None:
    git_desk.target = GitTarget(remote=remote_text)
    with pytest.raises(YoyakError, match="could not be read"):
        git_desk.plans()
    assert not list(tmp_path.rglob("*pwned*"))


def test_repository_below_a_path_with_spaces_and_hangul_works(git_desk: Desk, tmp_path: Path) -> None:
    odd = tmp_path / "-o 저장소 $(x) .git"
    run_git("init", "--quiet", "--bare", odd)
    git_desk.target = GitTarget(remote=f"../{odd.name}")
    git_desk.deploys()
    assert branch_tree(odd) == built(git_desk)


BRANCHES = [
    "",
    "-",
    "-d",
    "--all",
    "--delete",
    "HEAD",
    "@{-1}",
    "a..b",
    "a b",
    "a:b",
    "a\nb",
    "a\0b",
    "a~1",
    "*",
    "/a",
    "a.lock",
]


@pytest.mark.parametrize("branch", BRANCHES)
def test_branch_that_git_could_misread_is_refused(git_desk: Desk, branch: str, remote: Path) -> None:
    git_desk.target = GitTarget(remote=str(remote), branch=branch)
    with pytest.raises(YoyakError, match="branch is"):
        git_desk.plans()


@pytest.mark.parametrize("name", ["", ".", "..", "../../x", "-x", "a/b", "a b", "a\nb", "a\0b", "--help"])
def test_target_name_that_leads_elsewhere_is_refused(
    git_desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yoyak.publish.plan import DeployRequest
    from yoyak.publish.targets import plan_deploy

    with pytest.raises(YoyakError, match="name may have letters"):
        plan_deploy(
            DeployRequest(site=str(git_desk.site), output=str(git_desk.output), name=name, target=git_desk.target)
        )
