"""The connection to a host's API: certificates, proxies, connections that the host has closed."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from time import monotonic

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from msgspec.structs import replace

from publish.api_desks import AT_NETLIFY, QUICK, NetlifyDesk, as_netlify
from publish.api_host import serving_api
from publish.netlify_host import NetlifyHost
from yoyak.messages.errors import YoyakError
from yoyak.publish.api_connection import fetch_public


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for this machine that nobody knows, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).add_extension(names, critical=False)
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path / "host.pem"
    path.write_bytes(private + builder.sign(key, hashes.SHA256()).public_bytes(pem))
    return path


@pytest.fixture
def secure(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NetlifyHost]:
    """A host that speaks TLS."""
    host = NetlifyHost()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    host.server.socket = context.wrap_socket(host.server.socket, server_side=True, do_handshake_on_connect=False)
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", host.token)
    monkeypatch.setenv("NETLIFY_API_URL", f"https://127.0.0.1:{host.server.server_address[1]}/api/v1")
    monkeypatch.setenv("NO_PROXY", "")
    with serving_api(host):
        yield host


@pytest.fixture
def desk(tmp_path: Path) -> NetlifyDesk:
    desk = NetlifyDesk(tmp_path, AT_NETLIFY)
    desk.builds()
    return desk


class Proxy:
    """Passes connections on, and remembers how each began."""

    def __init__(self) -> None:
        self.began: list[bytes] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://desk:pass%40word@127.0.0.1:{self.listener.getsockname()[1]}"

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._pass_on, args=(self.listener.accept()[0],), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        self.began.append(head)
        place, _, port = head.split()[1].decode().partition(":")
        host = socket.create_connection((place, int(port)))
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        threading.Thread(target=_copy, args=(host, client), daemon=True).start()
        _copy(client, host)


def _copy(source: socket.socket, goal: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            goal.sendall(data)
        goal.shutdown(socket.SHUT_WR)


def test_a_host_whose_certificate_is_not_known_gets_no_token(secure: NetlifyHost, desk: NetlifyDesk) -> None:
    with pytest.raises(YoyakError, match=r"certificate of Netlify was not accepted \(self.signed certificate\)"):
        desk.deploys()
    assert secure.asked == []


def test_a_host_whose_certificate_is_known_gets_the_site(
    secure: NetlifyHost, desk: NetlifyDesk, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    desk.deploys()
    assert secure.live == desk.site_files


def test_a_proxy_passes_on_what_it_cannot_read(
    secure: NetlifyHost, desk: NetlifyDesk, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxy()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("HTTPS_PROXY", proxy.address)
    desk.deploys()
    assert secure.live == desk.site_files
    assert all(head.startswith(b"CONNECT 127.0.0.1:") for head in proxy.began)
    assert all(b"Proxy-Authorization: Basic ZGVzazpwYXNzQHdvcmQ=" in head for head in proxy.began)
    assert not any(secure.token.encode() in head for head in proxy.began)


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:1", "127.0.0.1:1", "http://127.0.0.1:port", "socks5://x", "://"])
def test_a_proxy_that_does_not_work_is_said(
    secure: NetlifyHost, desk: NetlifyDesk, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(YoyakError, match="Netlify was not reached"):
        desk.deploys()
    assert secure.asked == []


def test_a_connection_that_the_host_has_closed_is_opened_again(
    desk: NetlifyDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_netlify(NetlifyHost(), monkeypatch) as host:
        host.closes = True
        began = monotonic()
        desk.patience = replace(QUICK, pause=30.0)
        desk.deploys()
        assert host.live == desk.site_files
        assert host.count("POST", "/deploys") == 1
    assert monotonic() - began < 20  # so it was not taken for a failure of the host


def test_what_everybody_can_read_is_fetched_without_a_way_to_other_addresses() -> None:
    host = NetlifyHost()
    with serving_api(host):
        host.fault = lambda _number, _asked: "html"
        assert fetch_public(f"{host.address}/a", silence=1, loopback=True)
        host.fault = lambda _number, _asked: "away"
        answer = fetch_public(f"{host.address}/a", silence=1, loopback=True)
        assert answer
        assert answer.status == 302
        for url in (f"{host.address}/a", "file:///etc/passwd", "http://example.org/", "https://[", "", "https://"):
            assert fetch_public(url, silence=1, loopback=False) is None
    assert len(host.asked) == 2
