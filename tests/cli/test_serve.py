"""`tallystick serve`: what it prints, what it refuses, and that it ends when it is asked to."""

import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from bench_case import a_case
from tallystick.cli.whole import app
from tallystick.errors import TallystickError
from tallystick.storage.accounts import people
from tallystick.storage.accounts.opening import Accounts

runner = CliRunner()
# Seconds for a server to say where it is, on a machine with much else to do.
PATIENCE = 90
COMMAND = [sys.executable, "-c", "from tallystick.cli import main; main()", "serve"]
ADDRESS = re.compile(r"https?://\S+")


class Running(NamedTuple):
    """A server in its own process, and the first address that it printed."""

    process: subprocess.Popen[str]
    address: str


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case, made once."""
    return a_case(tmp_path_factory.mktemp("serve") / "case")


@pytest.fixture
def case(original: Path, tmp_path: Path) -> Path:
    """A copy of it, which nobody has an account at."""
    return Path(shutil.copytree(original, tmp_path / "case"))


def with_administrator(case: Path) -> None:
    """Make an account that can sign in."""
    with Accounts(case) as file:
        people.add(file, "zoe", "administrator", datetime.now(UTC), password="x")  # noqa: S106 - opens nothing


@contextmanager
def running(*arguments: str) -> Iterator[Running]:
    """Start a server on a free port, wait for what it prints, and end it."""
    process = subprocess.Popen([*COMMAND, "--port", "0", *arguments], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        for line in process.stderr:
            found = ADDRESS.search(line)
            if found is not None:
                yield Running(process, found[0])
                break
        else:
            pytest.fail("the server ended without a word")
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


def refusal(*arguments: str) -> str:
    """Give what the command says where it must not start."""
    found = runner.invoke(app, ["serve", "--port", "0", *arguments])
    assert isinstance(found.exception, TallystickError)
    return str(found.exception)


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate of this machine's loopback, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "server.pem", folder / "server.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    paths[1].write_bytes(key.private_bytes(*form))
    return paths


def test_the_first_start_prints_a_link_that_makes_the_administrator(case: Path) -> None:
    """It is answered at once; the next start prints the address alone; each ends cleanly when it is asked to."""
    with running("--case", str(case)) as server, httpx.Client() as client:
        assert server.address.startswith("http://127.0.0.1:")
        form = client.get(server.address)
        token = client.cookies["tallystick-csrf"]
        fields = {"_csrf_token": token, "name": "Zoe", "password": "four odd words", "repeated": "four odd words"}
        assert "Make the first account" in form.text
        assert client.post(server.address, data=fields).headers["location"] == "/"
        home = server.address.partition("/welcome")[0]
        assert client.get(f"{home}/accounts").status_code == 200
        assert client.get(f"{home}/api/health").json()["status"] == "ok"
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 0
    with running("--case", str(case)) as server:
        assert "/welcome/" not in server.address
        assert httpx.get(f"{server.address}/sign-in").status_code == 200
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(PATIENCE) == 0


def test_nothing_is_left_beside_the_case(case: Path) -> None:
    """Who copies its file when the server has stopped has all of it."""
    with running("--case", str(case)) as server, httpx.Client() as client:
        assert client.get(server.address).status_code == 200
        server.process.send_signal(signal.SIGINT)
        server.process.wait(PATIENCE)
    assert sorted(path.name for path in case.glob("case.sqlite*")) == ["case.sqlite"]


def test_over_tls_the_cookies_are_bound_to_it(case: Path, tmp_path: Path) -> None:
    """With a certificate of one's own."""
    made, key = certificate(tmp_path)
    arguments = ("--case", str(case), "--certificate", str(made), "--key", str(key))
    trusted = ssl.create_default_context(cafile=str(made))
    with running(*arguments) as server, httpx.Client(verify=trusted) as client:
        assert server.address.startswith("https://127.0.0.1:")
        answer = client.get(server.address.replace("127.0.0.1", "localhost"))
        assert answer.status_code == 200
        assert "Secure" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers


def test_a_lost_administrator_is_replaced_by_whoever_starts_the_server(case: Path) -> None:
    """A link again, where it is asked for."""
    with_administrator(case)
    with running("--case", str(case), "--new-administrator") as server:
        assert "/welcome/" in server.address


def test_a_port_in_use_is_a_message(case: Path) -> None:
    """And so is what listens there not being ours."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = refusal("--case", str(case), "--port", str(taken.getsockname()[1]))
    assert "cannot be listened at" in said
    assert "--port" in said


def test_no_case_is_a_message(tmp_path: Path) -> None:
    """Nothing is made there."""
    assert "holds no case" in refusal("--case", str(tmp_path))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - what is refused
def test_other_machines_are_not_let_in_before_anybody_has_an_account(host: str, case: Path) -> None:
    """Whoever came first would be the administrator."""
    assert "before anybody has an account" in refusal("--case", str(case), "--host", host, "--behind-proxy")


def test_other_machines_are_not_let_in_in_the_clear(case: Path) -> None:
    """Passwords would go over the network."""
    with_administrator(case)
    assert "in the clear" in refusal("--case", str(case), "--host", "0.0.0.0")  # noqa: S104 - what is refused


def test_behind_a_proxy_other_machines_are_let_in(case: Path) -> None:
    """By the names that it is given, and no other."""
    with_administrator(case)
    arguments = ("--case", str(case), "--host", "0.0.0.0", "--behind-proxy", "--name", "bench.example")  # noqa: S104 - behind a proxy
    with running(*arguments) as server:
        assert server.address == "https://bench.example"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--certificate", "a.pem"), "a certificate takes its key"),
        (("--certificate", "nowhere.pem", "--key", "nowhere.key"), "cannot be used as certificate and key"),
        (("--host", "no.such.name.invalid"), "cannot be listened at"),
        (("--oidc-issuer", "http://issuer.example", "--oidc-client", "x"), "begins with https://"),
    ],
)
def test_what_cannot_work_is_refused_at_the_start(arguments: tuple[str, ...], words: str, case: Path) -> None:
    """Each with its reason."""
    assert words in refusal("--case", str(case), *arguments)


def test_an_issuer_takes_its_client(case: Path) -> None:
    """One without the other is a mistake."""
    found = runner.invoke(app, ["serve", "--case", str(case), "--oidc-issuer", "https://issuer.example"])
    assert found.exit_code == 2
    assert "--oidc-client" in found.stderr


def test_a_missing_extra_is_named(case: Path) -> None:
    """With the command that installs it."""
    code = (
        "import sys; sys.modules['litestar'] = None\n"
        "from tallystick.cli import main; sys.argv = ['tallystick', 'serve', '--case', sys.argv[1]]; main()"
    )
    finished = subprocess.run([sys.executable, "-c", code, str(case)], capture_output=True, text=True, check=False)
    assert finished.returncode == 2
    assert "pip install 'tallystick[workbench]'" in finished.stderr


def test_no_other_command_loads_the_web_framework() -> None:
    """It would make each of them slower."""
    heavy = ("litestar", "uvicorn", "argon2", "authlib", "httpx")
    code = f"import sys, tallystick.cli.whole; print(sorted(set({heavy}) & set(sys.modules)))"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "[]"
