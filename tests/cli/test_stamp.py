"""`tallystick stamp`: a time-stamp of an authority made here, over the log of a case, kept and checked."""

import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallystick.cli.whole import app
from tallystick.errors import StampError
from tallystick.storage.case import Case
from tallystick.storage.verifying import verify

pytest.importorskip("rfc3161_client", reason="the extra `timestamps` is absent: time-stamps are NOT checked")
if shutil.which("openssl") is None:
    pytest.skip("openssl is absent: time-stamps are NOT checked", allow_module_level=True)

runner = CliRunner()
SETTINGS = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[authority]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""


def openssl(folder: Path, *arguments: str) -> None:
    """Run openssl in the folder of an authority."""
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def authority(folder: Path) -> Path:
    """Make an authority with a root of its own; its files lie in `folder`."""
    folder.mkdir()
    (folder / "settings").write_text(SETTINGS.format(folder=folder))
    (folder / "serial").write_text("01")
    keys = ("-newkey", "rsa:2048", "-nodes", "-config", "settings")
    openssl(folder, "req", "-x509", *keys, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root",
            "-extensions", "root", "-days", "2")  # fmt: skip
    openssl(folder, "req", "-new", *keys, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Authority")
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
            "-out", "tsa.pem", "-extfile", "settings", "-extensions", "authority", "-days", "2")  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority."""
    return authority(tmp_path_factory.mktemp("authorities") / "tsa")


def asked(case: Path, tsa: Path, answer: Path) -> None:
    """Ask for a time-stamp over the log of `case` and get it from the authority."""
    query = answer.with_suffix(".tsq")
    done = runner.invoke(app, ["stamp", "--case", str(case), "--request", str(query)])
    assert done.exit_code == 0, done.output
    assert "nothing was sent" in done.stderr
    openssl(tsa, "ts", "-reply", "-config", "settings", "-queryfile", str(query), "-out", str(answer))


def keep(case: Path, answer: Path, *more: str) -> str:
    """Keep an answer; what was said about it, or the error."""
    done = runner.invoke(app, ["stamp", "--case", str(case), "--response", str(answer), *more])
    if done.exception is not None:
        assert isinstance(done.exception, StampError)
        return str(done.exception)
    return done.stdout


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case."""
    with Case.open(tmp_path / "case", create=True):
        pass
    return tmp_path / "case"


def faults(case: Path) -> list[str]:
    """What is wrong with a case."""
    with Case.open(case, read_only=True) as opened:
        return [f"{one.subject}: {one.reason}" for one in verify(opened).faults]


def test_an_answer_over_the_log_is_kept_with_its_time(case: Path, tsa: Path, tmp_path: Path) -> None:
    """Its signature is checked against the root that is given, and it is kept once."""
    asked(case, tsa, tmp_path / "a.tsr")
    for _ in range(2):
        said = keep(case, tmp_path / "a.tsr", "--certificate", str(tsa / "root.pem"))
        assert "entry 1 of the custody log was there at 2" in said
        assert "its signature holds" in said
    with Case.open(case, read_only=True) as opened:
        assert [entry.action for entry in opened.custody()] == ["case made", "time-stamp"]
    (kept,) = (path for path in (case / "timestamps").rglob("*") if path.is_file())
    assert kept.read_bytes() == (tmp_path / "a.tsr").read_bytes()
    assert faults(case) == []


def test_openssl_alone_checks_what_is_kept(case: Path, tsa: Path, tmp_path: Path) -> None:
    """The time-stamp is over the hash of the entry as it is printed."""
    asked(case, tsa, tmp_path / "a.tsr")
    with Case.open(case, read_only=True) as opened:
        (tmp_path / "head.txt").write_text(opened.custody()[-1].hash)
    openssl(tmp_path, "ts", "-verify", "-data", "head.txt", "-in", "a.tsr", "-CAfile", str(tsa / "root.pem"))


def test_a_signature_of_somebody_else_is_refused(case: Path, tsa: Path, tmp_path: Path) -> None:
    """Another root, or a file that holds none."""
    asked(case, tsa, tmp_path / "a.tsr")
    other = authority(tmp_path / "other")
    assert "signature does not hold" in keep(case, tmp_path / "a.tsr", "--certificate", str(other / "root.pem"))
    assert "signature does not hold" in keep(case, tmp_path / "a.tsr", "--certificate", str(tsa / "serial"))
    assert not (case / "timestamps").exists()


def test_what_is_no_answer_for_this_case_is_refused(case: Path, tsa: Path, tmp_path: Path) -> None:
    """Of another case, bytes that are none, a file that is not there."""
    with Case.open(tmp_path / "another", create=True):
        pass
    asked(tmp_path / "another", tsa, tmp_path / "b.tsr")
    assert "belongs to another case" in keep(case, tmp_path / "b.tsr")
    (tmp_path / "c.tsr").write_bytes(b"no response")
    assert "no time-stamp response" in keep(case, tmp_path / "c.tsr")
    assert "No such file" in keep(case, tmp_path / "d.tsr")


def test_a_changed_token_is_named(case: Path, tsa: Path, tmp_path: Path) -> None:
    """It is hashed like all evidence."""
    asked(case, tsa, tmp_path / "a.tsr")
    assert "was not checked" in keep(case, tmp_path / "a.tsr")
    (kept,) = (path for path in (case / "timestamps").rglob("*") if path.is_file())
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.chmod(0o644)
    kept.write_bytes(content)
    assert any(kept.name in fault for fault in faults(case))
    kept.unlink()
    assert any(kept.name in fault for fault in faults(case))


def test_one_thing_at_a_time(case: Path) -> None:
    """Neither request nor response, or both, is bad usage."""
    assert runner.invoke(app, ["stamp", "--case", str(case)]).exit_code == 2


def test_without_the_extra_it_is_named(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setattr("tallystick.storage.stamping.rfc3161", None)
    done = runner.invoke(app, ["stamp", "--case", str(case), "--request", str(tmp_path / "a.tsq")])
    assert "tallystick[timestamps]" in str(done.exception)
