"""What is asked of another machine that keeps releases: scripts of the POSIX shell, and what their answers say.

A script gets every value in quotes (`shlex.quote`), and works below the target's folder only.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator
from posixpath import dirname

import msgspec

from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.types import Record
from yoyak.publish.journal import JOURNAL, PART
from yoyak.publish.manifest import NAME as MANIFEST
from yoyak.publish.releases import CURRENT, OLD, RECORD, RELEASES, ReleaseRecord, is_release, release_of_link
from yoyak.publish.ssh import SshHost, danger

LINK = f"{PART}{CURRENT}"
_FILES = b"\n--files--\n"


class RemotePlace(Record, frozen=True, kw_only=True):
    """What a target's folder on another machine holds."""

    live: str = ""
    """The name of the release that is live."""
    releases: tuple[str, ...] = ()
    """Whole ones, sorted."""
    parts: tuple[str, ...] = ()
    """Folders of releases that are half written; they have our mark, or a manifest."""
    old: tuple[str, ...] = ()
    """Folders of releases that are half removed."""
    records: dict[str, ReleaseRecord] = {}
    """What each release knows of itself."""
    strangers: int = 0
    """What else is in the folder."""
    files: tuple[str, ...] = ()
    """What is in the release that was asked for; paths."""
    manifest: bytes | None = None
    """Of that release."""

    @property
    def ours(self) -> bool:
        return bool(self.live or self.releases or self.parts or self.old)


def quoted(text: str) -> str:
    return shlex.quote(text)


def look_at(host: SshHost, release: str = "") -> str:
    """Return the script that looks at the folder, and into a release; without one, into the live one."""
    inside = quoted(f"{RELEASES}/{release}") if release else CURRENT
    return f"""
home=$(pwd -P)
command -v rsync >/dev/null 2>&1 || echo no-rsync
if [ ! -d {quoted(host.path)} ]; then
  [ -e {quoted(host.path)} ] && echo is-a-file
  [ -d {quoted(dirname(host.path) or ".")} ] || echo no-parent
  return 0
fi
cd {quoted(host.path)} || return 1
here=$(pwd -P)
case "$home/" in "${{here%/}}"/*) echo home;; esac
if [ -L {CURRENT} ]; then echo "link $(readlink {CURRENT})"; elif [ -e {CURRENT} ]; then echo odd {CURRENT}; fi
if [ -L {RELEASES} ] || {{ [ -e {RELEASES} ] && [ ! -d {RELEASES} ]; }}; then echo odd {RELEASES}; fi
[ -f {MANIFEST} ] && echo in-place
n=0
for f in * .[!.]* ..?*; do
  case "$f" in {CURRENT}|{RELEASES}|{LINK}) ;; *) if [ -e "$f" ] || [ -L "$f" ]; then n=$((n + 1)); fi;; esac
done
echo "strangers $n"
for d in {RELEASES}/* {RELEASES}/.yoyak-*; do
  if [ -L "$d" ] || [ ! -d "$d" ]; then continue; fi
  if [ -f "$d/{JOURNAL}" ]; then echo "part ${{d#*/}}"; elif [ -f "$d/{MANIFEST}" ]; then echo "dir ${{d#*/}}"; fi
  [ -f "$d/{RECORD}" ] && echo "record ${{d#*/}} $(cat "$d/{RECORD}")"
done
case "$(readlink {CURRENT} 2>/dev/null)" in {RELEASES}/*) ;; *) [ {quoted(release)} ] || return 0;; esac
cd {inside}/ 2>/dev/null || return 0
printf '\\n--files--\\n'
find . ! -type d -print0
printf '\\0'
[ -f {MANIFEST} ] && cat {MANIFEST}
return 0"""


def understood(answer: bytes, host: SshHost) -> RemotePlace:
    """Return what the answer to `look_at` says.

    Raises:
        YoyakError: the folder may not be deployed to.
    """
    head, _, inside = answer.partition(_FILES)
    words = [os.fsdecode(line).partition(" ")[::2] for line in head.split(b"\n") if line]
    said = {word for word, _ in words}
    link = next((rest for word, rest in words if word == "link"), "")
    _refuse(said, [rest for word, rest in words if word == "odd"], link, host)
    dirs = [rest for word, rest in words if word == "dir"]
    names, _, data = inside.partition(b"\0\0") if not inside.startswith(b"\0") else (b"", b"", inside[1:])
    return RemotePlace(
        live=release_of_link(link),
        releases=tuple(sorted(filter(is_release, dirs))),
        parts=tuple(rest for word, rest in words if word in ("part", "dir") and _is_part(rest)),
        old=tuple(name for name in dirs if name.startswith(OLD) and is_release(name.removeprefix(OLD))),
        records=dict(_records(rest for word, rest in words if word == "record")),
        strangers=next((int(rest) for word, rest in words if word == "strangers" and rest.isdecimal()), 0),
        files=tuple(os.fsdecode(name).removeprefix("./") for name in names.split(b"\0") if name),
        manifest=data or None,
    )


def _is_part(name: str) -> bool:
    return name.startswith(PART) and is_release(name.removeprefix(PART))


def _refuse(said: set[str], odd: list[str], link: str, host: SshHost) -> None:
    if "no-rsync" in said:
        raise YoyakError(say("deploy.no-rsync-there", host=host.host))
    if "home" in said:
        raise danger(host.where, say("deploy.danger.home"))
    if "is-a-file" in said:
        raise YoyakError(say("deploy.is-a-file", folder=host.where))
    if "no-parent" in said:
        raise YoyakError(say("deploy.no-parent", folder=dirname(host.where)))
    if "in-place" in said:
        raise YoyakError(say("deploy.in-place-there", where=host.where))
    if odd or (link and not release_of_link(link)):
        raise YoyakError(say("deploy.in-the-way", where=host.where, names=", ".join(odd) or CURRENT))


def _records(lines: Iterable[str]) -> Iterator[tuple[str, ReleaseRecord]]:
    for line in lines:
        name, _, text = line.partition(" ")
        try:
            yield name, msgspec.json.decode(os.fsencode(text), type=ReleaseRecord)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue


def _still(live: str) -> str:
    """Return the lines that end a script when another release is live meanwhile."""
    link = f"{RELEASES}/{live}" if live else ""
    return f'[ "$(readlink {CURRENT} 2>/dev/null)" = {quoted(link)} ] || {{ echo moved; return 0; }}'


def prepare(host: SshHost, name: str, live: str) -> str:
    """Return the script that makes the folder in which a release is written, with our mark."""
    part = quoted(f"{RELEASES}/{PART}{name}")
    return f"""
[ -d {quoted(host.path)} ] || mkdir {quoted(host.path)} || return 1
cd {quoted(host.path)} || return 1
{_still(live)}
[ -d {RELEASES} ] || mkdir {RELEASES} || return 1
mkdir {part} && echo '{{}}' >{part}/{JOURNAL} || return 1
echo done"""


def finish(
    host: SshHost, name: str, record: ReleaseRecord, count: int, *, kept: Iterable[str], parts: Iterable[str]
) -> str:
    """Return the script that gives a written release of so many files its name and makes it live.

    Those that are half written are removed then.
    """
    part, live = quoted(f"{RELEASES}/{PART}{name}"), record.before
    written = msgspec.json.encode(record).decode()
    last = quoted(f"{RELEASES}/{live}")
    carried = "\n".join(f"carry {quoted(f'./{path}')} || return 1" for path in kept)
    gone = "\n".join(f"rm -rf {quoted(f'{RELEASES}/{one}')}" for one in parts)
    return f"""
cd {quoted(host.path)} || return 1
{_still(live)}
[ -f {part}/{MANIFEST} ] || return 1
if [ "$(find {part} -type f | wc -l)" -ne {count + 1} ]; then echo "files are missing in {name}" >&2; return 1; fi
carry() {{
  mkdir -p "$(dirname {part}/"$1")" || return 1
  if [ ! -L {last}/"$1" ] && ln {last}/"$1" {part}/"$1" 2>/dev/null; then return 0; fi
  cp -pP {last}/"$1" {part}/"$1"
}}
{carried}
printf '%s' {quoted(written)} >{part}/{RECORD} || return 1
rm -f {part}/{JOURNAL} || return 1
sync -f {part} 2>/dev/null || sync 2>/dev/null
mv {part} {RELEASES}/{name} || return 1
{_switch(name)}
{gone}
rmdir {RELEASES}/{PART}* 2>/dev/null
return 0"""


def switch_to(host: SshHost, name: str, live: str) -> str:
    """Return the script that makes another release live."""
    return f"""
cd {quoted(host.path)} || return 1
{_still(live)}
[ -f {RELEASES}/{name}/{MANIFEST} ] || return 1
{_switch(name)}
return 0"""


def _switch(name: str) -> str:
    # GNU and busybox know -T, BSD knows -h: without either, the link would be moved into the folder that it leads to.
    return f"""rm -f {LINK}
ln -s {RELEASES}/{name} {LINK} || return 1
mv -fT {LINK} {CURRENT} 2>/dev/null || mv -fh {LINK} {CURRENT} || return 1
[ "$(readlink {CURRENT})" = {RELEASES}/{name} ] || return 1
echo done"""


def retire(host: SshHost, names: Iterable[str]) -> str:
    """Return the script that makes releases none any more, and prints the manifest of each."""
    moves = "\n".join(
        f"mv {RELEASES}/{name} {RELEASES}/{OLD}{name} || return 1" for name in names if not name.startswith(OLD)
    )
    shown = "\n".join(f"cat {RELEASES}/{OLD}{name.removeprefix(OLD)}/{MANIFEST}; printf '\\0'" for name in names)
    return f"cd {quoted(host.path)} || return 1\n{moves}\n{shown}\nreturn 0"


def remove(host: SshHost, name: str, paths: Iterable[str]) -> str:
    """Return the script that removes the files of a release that was retired, then what is empty of it."""
    lines = "".join(f"./{path}\n" for path in paths)
    return f"""
cd {quoted(host.path)}/{RELEASES}/{OLD}{name} || return 0
tr '\\n' '\\0' <<'{_END}' | xargs -0 rm -f || return 1
{lines}{_END}
find . -depth -type d ! -name . -exec rmdir {{}} \\; 2>/dev/null
rm -f {RECORD} {MANIFEST}
cd .. && rmdir {OLD}{name} 2>/dev/null
return 0"""


_END = "--no path of ours is this--"
