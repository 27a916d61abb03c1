"""What a target says of a server, checked before anything is asked of one: its name, a user, a folder, a password."""

from __future__ import annotations

import ipaddress
import os
import re
from contextlib import suppress

from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, say
from yoyak.publish.manifest import is_safe

_HOST = re.compile(r"\w([\w.-]*\w)?\.?")


def checked_host(host: str) -> str:
    """Return the name or the IP address of a server, or refuse what is an address of another kind."""
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    with suppress(ValueError):
        return str(ipaddress.ip_address(bare))
    if len(host) > 253 or not _HOST.fullmatch(host):
        without_login = host.rpartition("@")[2]  # somebody may have copied a name and a password with it
        raise YoyakError(say("host.bad-host", host=ascii(without_login)))
    return host


def checked_user(user: str, name: str) -> str:
    """Return a user name that may be sent, or refuse it; one with a password in it is not shown."""
    if ":" in user:
        raise YoyakError(say("host.password-in-user", variable=password_variable(name)))
    if user != user.strip() or user.startswith(("-", "$")) or not user.isprintable():
        raise YoyakError(say("host.bad-user", user=ascii(user)))
    return user


def checked_folder(path: str, *, login_folder: bool) -> str:
    """Return the path of a folder at a server as that reads it, absolute or below the folder of the login.

    Refuses what is no folder of its own. The login folder, a dot, is one only where `login_folder` says so.
    """
    folder = path.removesuffix("/")
    if folder == "." and login_folder:
        return "."
    if folder in (".", "~"):
        raise YoyakError(say("host.login-folder", path=ascii(path)))
    folder = folder.removeprefix("~/").removeprefix("./")
    if path == "/" or not is_safe(folder.removeprefix("/")):
        raise YoyakError(say("host.bad-path", path=ascii(path)))
    if not folder.strip() or folder != folder.strip() or "$" in folder or folder.startswith("~"):
        raise YoyakError(say("host.bad-path", path=ascii(path)))
    return folder


def require_own_folder(where: str, real: str, home: str) -> None:
    """Refuse a folder that turned out to be the server's root, the login folder, or one above it."""
    folder = real.rstrip("/") + "/"
    if f"{home.rstrip('/')}/".startswith(folder):
        raise YoyakError(say("host.danger", where=where, real=real))


def password_variable(name: str) -> str:
    """Return the variable of the environment in which the password of a target is.

    >>> password_variable("live-2")
    'YOYAK_LIVE_2_PASSWORD'
    """
    return f"YOYAK_{re.sub(r'[^0-9A-Za-z]', '_', name).upper()}_PASSWORD"


def password_of(name: str) -> str:
    """Return the password of a target, or an empty text; one that no server can get is refused."""
    password = os.environ.get(password_variable(name), "")
    if any(sign in password for sign in "\r\n\0"):
        raise YoyakError(say("host.bad-password", variable=password_variable(name)))
    return password


def lost(where: str, host: str, error: BaseException, *, seconds: float) -> YoyakError:
    """Return what is said when a connection ended, or when nothing came through it any more."""
    if isinstance(error, TimeoutError):
        return YoyakError(say("host.silent", host=host, seconds=f"{seconds:g}", where=where))
    return YoyakError(say("host.cut", host=host, where=where))


def unreachable(host: str, port: int, why: Words) -> YoyakError:
    """Return what is said when there is no connection at all."""
    return YoyakError(say("host.unreachable", host=host, port=str(port), why=why))
