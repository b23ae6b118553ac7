"""Requests over TLS: the certificate is that of the name asked for, though the machine was resolved before."""

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tallystick.errors import FetchError
from tallystick.reading.web.exchange import Exchange, Limits
from tallystick.reading.web.guard import Endpoint, allowed_hosts, endpoint

x509 = pytest.importorskip("cryptography.x509", reason="cryptography is absent: TLS is NOT checked")
hashes = pytest.importorskip("cryptography.hazmat.primitives.hashes")
serialization = pytest.importorskip("cryptography.hazmat.primitives.serialization")
ec = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ec")

NAME = "paper.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of NAME that nobody but itself vouches for, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "paper.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


class Shop:
    """A server of one answer after another, and the names that were asked for in the TLS greeting."""

    def __init__(self, certificate: Path) -> None:
        self.names: list[str | None] = []
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._context.sni_callback = lambda _, name, __: self.names.append(name)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                plain, _ = self._listening.accept()
                with plain, suppress(OSError), self._context.wrap_socket(plain, server_side=True) as secure:
                    secure.recv(65_536)
                    secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n12 dead")

    def close(self) -> None:
        """End it."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()


@pytest.fixture
def shop(certificate: Path) -> Iterator[Shop]:
    """A server with that certificate."""
    made = Shop(certificate)
    yield made
    made.close()


def where(shop: Shop, name: str) -> Endpoint:
    """An endpoint of that name, which is on this machine."""
    host = f"{name}:{shop.port}"
    return endpoint(f"https://{host}/", allowed_hosts((host,)), lambda _: ("127.0.0.1",))


def test_a_certificate_is_checked_against_the_name(shop: Shop, certificate: Path) -> None:
    """The connection goes to the address that was checked; greeting and certificate are about the name."""
    exchange = Exchange(Limits(silence=5), ssl.create_default_context(cafile=str(certificate)))
    assert exchange.ask(where(shop, NAME), {}).content == b"12 dead"
    assert shop.names == [NAME]
    with pytest.raises(FetchError, match="certificate is not valid") as caught:
        exchange.ask(where(shop, "other.example"), {})
    assert not caught.value.again


def test_a_certificate_that_nobody_vouches_for_is_refused(shop: Shop) -> None:
    """As every browser does."""
    with pytest.raises(FetchError, match="certificate is not valid"):
        Exchange(Limits(silence=5), ssl.create_default_context()).ask(where(shop, NAME), {})


def test_a_server_without_tls_is_named() -> None:
    """It speaks first, and something else."""
    with socket.create_server(("127.0.0.1", 0)) as plain:
        port = plain.getsockname()[1]

        def answer() -> None:
            met, _ = plain.accept()
            with met:
                met.sendall(b"220 mail ready\r\n")
                met.recv(65_536)

        thread = threading.Thread(target=answer)
        thread.start()
        host = f"{NAME}:{port}"
        mail = endpoint(f"https://{host}/", allowed_hosts((host,)), lambda _: ("127.0.0.1",))
        with pytest.raises(FetchError, match="its TLS connection fails"):
            Exchange(Limits(silence=5), ssl.create_default_context()).ask(mail, {})
        thread.join()
