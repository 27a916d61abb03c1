"""Log in to a server over SSH, as this machine's files of ssh say: known_hosts, keys, agent, ~/.ssh/config.

A server that is not known is not asked for anything, and gets no password.
"""

from __future__ import annotations

import base64
import fnmatch
import getpass
import hashlib
import hmac
import logging
import os
import socket
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, say
from yoyak.model.targets import SftpTarget
from yoyak.model.types import Record
from yoyak.publish.host_paths import checked_host, checked_user, lost, password_of, password_variable, unreachable

COMMAND = 'pip install "yoyak[sftp]"'
KEEPALIVE = 15
"""Seconds between two signs of life, such that no router on the way forgets the connection."""
_SHA1_RSA = "ssh-rsa"
_RSA = ("rsa-sha2-512", "rsa-sha2-256", _SHA1_RSA)
"""How a server may sign with a key that known_hosts calls ssh-rsa."""


class Login(Record, frozen=True, kw_only=True):
    """Where to log in and how: what the target says, and where that is silent ~/.ssh/config."""

    name: str
    """The target's."""
    written: str
    """The host as the target has it."""
    host: str
    port: int
    user: str
    keys: tuple[str, ...]
    """Files with private keys that are named anywhere; the usual ones are tried too when there is none."""
    only_these: bool
    known: tuple[str, ...]
    """Files with the keys of servers."""
    known_as: str
    """What they call this server."""
    proxy: str
    """A command that connects, instead of a socket."""


def paramiko() -> Any:
    """Return the library that speaks SSH, or say how to install it."""
    try:
        library = import_module("paramiko")
    except ImportError:
        raise YoyakError(say("sftp.needs-library", command=COMMAND)) from None
    logging.getLogger("paramiko").setLevel(logging.CRITICAL + 1)  # its tracebacks are for its authors
    return library


def login_of(target: SftpTarget, name: str, site: Path) -> Login:
    """Return how to log in to a target's server."""
    written = checked_host(target.host)
    settings = _settings(written)
    host = str(settings.get("hostname", written))
    port = target.port if isinstance(target.port, int) else _port(str(settings.get("port", 22)))
    if "proxyjump" in settings and settings["proxyjump"] != "none":
        raise YoyakError(say("sftp.proxy-jump", host=written))
    called = str(settings.get("hostkeyalias", host))
    proxy = str(settings.get("proxycommand", ""))
    known = f"{settings.get('userknownhostsfile', '~/.ssh/known_hosts ~/.ssh/known_hosts2')}".split()
    everybodys = f"{settings.get('globalknownhostsfile', '/etc/ssh/ssh_known_hosts')}".split()
    return Login(
        name=name,
        written=written,
        host=host,
        port=port,
        user=checked_user(target.user, name) or str(settings.get("user", "")) or getpass.getuser(),
        keys=_key_file(target.key, site) or tuple(str(file) for file in settings.get("identityfile", ())),
        only_these=bool(target.key) or settings.get("identitiesonly") == "yes",
        known=tuple(str(Path(file).expanduser()) for file in (*known, *everybodys)),
        known_as=called if port == 22 or "hostkeyalias" in settings else f"[{called}]:{port}",
        proxy="" if proxy == "none" else proxy,
    )


def _settings(host: str) -> dict[str, Any]:
    """Return what ~/.ssh/config says of a host."""
    file = Path("~/.ssh/config").expanduser()
    try:
        return dict(paramiko().SSHConfig.from_path(str(file)).lookup(host))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, ImportError, paramiko().SSHException) as error:
        raise YoyakError(say("sftp.bad-config", file=str(file), error=str(error))) from error


def _port(written: str) -> int:
    if not (written.isdecimal() and 0 < int(written) < 65536):
        raise YoyakError(say("sftp.bad-config", file="~/.ssh/config", error=f"Port {ascii(written)[1:-1]}"))
    return int(written)


def _key_file(key: str, site: Path) -> tuple[str, ...]:
    if not key:
        return ()
    file = site / Path(key).expanduser()
    if "$" in key or "\0" in key or not file.is_file():
        raise YoyakError(say("sftp.no-key-file", file=ascii(key)[1:-1]))
    return (str(file),)


def logged_in(login: Login, *, seconds: float) -> Any:
    """Return an SSH client that is logged in; `seconds` of silence end it."""
    library = paramiko()
    known = known_keys(map(Path, login.known), login.known_as)
    client = library.SSHClient()
    client.set_missing_host_key_policy(_Verify(login, known))
    password, began = password_of(login.name), monotonic()
    try:
        client.connect(
            login.host,
            login.port,
            login.user,
            password=password or None,
            key_filename=list(login.keys) or None,
            allow_agent=not login.only_these and not password,  # a server hears out only a few keys
            look_for_keys=not login.keys and not password,
            timeout=seconds,
            banner_timeout=seconds,
            auth_timeout=seconds,
            channel_timeout=seconds,
            sock=library.ProxyCommand(login.proxy) if login.proxy else None,
            transport_factory=_preferring({key.kind for key in known}),
        )
        client.get_transport().set_keepalive(KEEPALIVE)
    except BaseException as error:
        client.close()
        if isinstance(error, (library.SSHException, OSError, EOFError, ValueError)):
            if monotonic() - began >= seconds * 0.9:  # paramiko tells it in many ways
                raise lost(f"sftp://{login.written}", login.host, TimeoutError(), seconds=seconds) from error
            raise _refused(login, error, password=bool(password)) from error
        raise
    return client


def _preferring(kinds: set[str]) -> Any:
    """Return what makes connections that ask for a key that is known, of the several that a server may have."""

    def connection(sock: Any, **options: Any) -> Any:
        made = paramiko().Transport(sock, **options)
        preferences = made.get_security_options()
        known = [kind for kind in preferences.key_types if kind in kinds or (_SHA1_RSA in kinds and kind in _RSA)]
        preferences.key_types = [*known, *(kind for kind in preferences.key_types if kind not in known)]
        return made

    return connection


class _Verify:
    """What paramiko calls with the key of a server of which it knows none: it never does, so this decides."""

    def __init__(self, login: Login, known: list[HostKey]) -> None:
        self.login, self.known = login, known

    def missing_host_key(self, _client: object, _name: str, key: Any) -> None:
        login, shown = self.login, key.get_base64()
        same = [known for known in self.known if known.data == shown]
        if same and not any(known.revoked for known in same):
            return
        values = {"host": login.written, "fingerprint": fingerprint(base64.b64decode(shown)), "kind": key.get_name()}
        if self.known:
            raise YoyakError(say("sftp.other-key", **values, file=login.known[0], name=login.known_as))
        port = f"-P {login.port} " if login.port != 22 else ""
        raise YoyakError(say("sftp.unknown-key", **values, command=f"sftp {port}{login.user}@{login.written}"))


def _refused(login: Login, error: Exception, *, password: bool) -> YoyakError:
    library = paramiko()
    if isinstance(error, library.PasswordRequiredException):
        return YoyakError(say("sftp.locked-key", variable=password_variable(login.name)))
    if isinstance(error, library.BadAuthenticationType):
        allowed = ", ".join(error.allowed_types)
        return _no_login(login, say("sftp.allowed", kinds=allowed), password=password)
    if "private key file" in str(error):
        return YoyakError(say("sftp.bad-key", files=", ".join(login.keys), error=str(error)))
    if "shut down" in str(error) or "EOF" in str(error):
        return YoyakError(say("sftp.hung-up", host=login.host))
    if isinstance(error, library.AuthenticationException) or "No authentication methods" in str(error):
        return _no_login(login, say("sftp.no-more"), password=password)
    if isinstance(error, socket.gaierror):
        return unreachable(login.host, login.port, say("host.no-such-name"))
    if isinstance(error, OSError):
        return unreachable(login.host, login.port, _words_of(error))
    return YoyakError(say("sftp.no-session", host=login.host, port=str(login.port), said=str(error)))


def _words_of(error: OSError) -> Words:
    inner = next(iter(getattr(error, "errors", {}).values()), error)  # paramiko's, of every address of a name
    return os.strerror(inner.errno) if inner.errno else str(inner)


def _no_login(login: Login, why: Words, *, password: bool) -> YoyakError:
    variable = password_variable(login.name)
    tried = say("sftp.tried.password", variable=variable) if password else say("sftp.tried.keys", variable=variable)
    return YoyakError(say("sftp.no-login", user=login.user, host=login.written, why=why, tried=tried))


# --- Which servers this machine knows: the lines of known_hosts, as OpenSSH reads them ---------------------------
# paramiko's own reader fails at one bad line, and takes neither patterns nor revoked keys.

_MOST = 10 << 20


class HostKey(NamedTuple):
    """One line of known_hosts."""

    kind: str
    data: str
    """The key in base64."""
    revoked: bool


def known_keys(files: Iterable[Path], name: str) -> list[HostKey]:
    """Return the keys that the files have for a server; `name` is ``[host]:port`` unless the port is 22."""
    return [key for file in files for line in _lines(file) for key in _key_for(line, name)]


def fingerprint(key: bytes) -> str:
    """Return a key's fingerprint as ssh prints it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


def _lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as stream:
            return stream.read(_MOST).decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def _key_for(line: str, name: str) -> Iterator[HostKey]:
    parts = line.split()
    marker = parts.pop(0) if parts and parts[0].startswith("@") else ""
    if len(parts) < 3 or parts[0].startswith("#") or marker not in ("", "@revoked"):
        return  # a @cert-authority signs keys, but is none
    if _names(parts[0].split(","), name):
        yield HostKey(parts[1], parts[2], bool(marker))


def _names(patterns: Iterable[str], name: str) -> bool:
    found = False
    for pattern in patterns:
        if pattern.startswith("!") and _fits(pattern[1:], name):
            return False
        found = found or _fits(pattern, name)
    return found


def _fits(pattern: str, name: str) -> bool:
    if pattern.startswith("|1|"):
        try:
            salt, digest = (base64.b64decode(part) for part in pattern[3:].split("|"))
        except ValueError:
            return False
        return hmac.compare_digest(hmac.new(salt, name.encode(), "sha1").digest(), digest)
    escaped = pattern.replace("[", "[[]")  # only * and ? are signs here
    return fnmatch.fnmatchcase(name.lower(), escaped.lower())
