"""`tallystick bundle`: what is handed on can be checked by others with what every machine has."""

import csv
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallystick.cli.whole import app
from tallystick.dossiers.loading import source
from tallystick.model.document import Original, Retrieval, Retrieved
from tallystick.pipeline import run
from tallystick.reading.reading import read
from tallystick.storage.case import Case

runner = CliRunner()
FETCHED = Retrieval("https://press.example/1", "2026-03-01T10:00:00Z", 200, (("Content-Type", "text/plain"),))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of two reports, one of which was fetched."""
    folder = tmp_path_factory.mktemp("made")
    for name, text in (("a", "1,200 sappers had arrived in Kursk"), ("b", "700 builders had left Сургут")):
        (folder / f"{name}.txt").write_text(f"The ministry said on 3 March 2025 that {text}.\n", "utf-8")
    run([folder / "a.txt"], folder / "case", "general")
    with Case.open(folder / "case") as case:
        (found,) = read([folder / "b.txt"])
        assert isinstance(found, Retrieved)
        original = found.original
        fetched = Original(original.sha256, original.media_type, original.content, FETCHED)
        case.add(Retrieved(found.document, fetched), ())
    run([], folder / "case", "dprk-russia")
    return folder / "case"


def bundle(case: Path, out: Path) -> None:
    """Bundle a case, which must succeed."""
    done = runner.invoke(app, ["bundle", "--case", str(case), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{out}\n"


@pytest.fixture
def package(made: Path, tmp_path: Path) -> Path:
    """The package of the case."""
    bundle(Path(shutil.copytree(made, tmp_path / "case")), tmp_path / "package")
    return tmp_path / "package"


def lines(path: Path) -> list[dict[str, object]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_the_package_is_a_bag_whose_digests_anybody_can_check(package: Path) -> None:
    """The tag files that BagIt asks for, and `sha256sum -c` on both manifests."""
    assert (package / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        checked = subprocess.run(["sha256sum", "--strict", "-c", name], cwd=package, capture_output=True, check=False)
        assert checked.returncode == 0, checked.stderr
    named = {line.split("  ")[1] for line in (package / "manifest-sha256.txt").read_text().splitlines()}
    payload = [path for path in (package / "data").rglob("*") if path.is_file()]
    assert named == {path.relative_to(package).as_posix() for path in payload}
    about = dict(line.split(": ", 1) for line in (package / "bag-info.txt").read_text().splitlines())
    assert about["Payload-Oxum"] == f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    tags = {line.split("  ")[1] for line in (package / "tagmanifest-sha256.txt").read_text().splitlines()}
    assert tags == {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"}


def test_the_package_holds_the_case(made: Path, package: Path) -> None:
    """Originals, records, report, and every claim at its place in its document."""
    data = package / "data"
    for folder in ("evidence", "warc"):
        kept = [path for path in (made / folder).rglob("*") if path.is_file()]
        assert kept
        for path in kept:
            assert (data / path.relative_to(made)).read_bytes() == path.read_bytes()
    assert (data / "report.html").read_bytes() == (made / "report.html").read_bytes()
    texts = {one["id"]: str(one["text"]) for one in lines(data / "documents.jsonl")}
    claims = lines(data / "claims.jsonl")
    assert [claim["figure"] for claim in claims] == ["1,200", "700"]
    for claim in claims:
        start, end = claim["start"], claim["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert texts[claim["document"]][start:end] == claim["figure"]
    with (data / "claims.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["figure"] for row in csv.DictReader(stream)] == ["1,200", "700"]
    assert len(lines(data / "estimates.jsonl")) == 2
    receipts = lines(data / "receipts.jsonl")
    assert [receipt["retrieval"] is None for receipt in receipts] == [True, False]
    assert (data / "dossier.yaml").read_bytes() == source("dprk-russia")


def test_the_log_in_the_package_is_checked_as_its_guide_says(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python in README.txt runs as it stands, and finds an entry that was changed."""
    data = package / "data"
    guide = (data / "README.txt").read_text("utf-8")
    block = guide[guide.index("     import hashlib") : guide.index("   The last hash")]
    code = "\n".join(line[5:] for line in block.splitlines())
    monkeypatch.chdir(data)
    found: dict[str, object] = {}
    exec(code, found)  # noqa: S102 - the program that the guide gives to its reader
    assert f"Custody-Head: {found['previous']}\n" in (package / "bag-info.txt").read_text()
    log = data / "custody.jsonl"
    log.write_text(log.read_text().replace("case made", "case mode"))
    with pytest.raises(AssertionError):
        exec(code, {})  # noqa: S102 - as above


def test_the_same_case_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    """Wherever it lies, as a folder and as a ZIP; the ZIP holds the folder."""
    packages = []
    for name in ("one", "two"):
        copy = Path(shutil.copytree(made, tmp_path / name / "case"))
        bundle(copy, tmp_path / name / "package.zip")
        packages.append((tmp_path / name / "package.zip").read_bytes())
    assert packages[0] == packages[1]
    bundle(Path(shutil.copytree(made, tmp_path / "three" / "case")), tmp_path / "package")
    with zipfile.ZipFile(tmp_path / "one" / "package.zip") as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    folder = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in (tmp_path / "package").rglob("*")
        if path.is_file()
    }
    assert held == folder


def test_bundling_is_an_access(made: Path, tmp_path: Path) -> None:
    """The log of the case says so; the package holds the log as it was before."""
    copy = Path(shutil.copytree(made, tmp_path / "case"))
    bundle(copy, tmp_path / "package")
    with Case.open(copy, read_only=True) as case:
        last = case.custody()[-1]
    assert (last.action, last.subject) == ("access", "bundle")
    assert lines(tmp_path / "package" / "data" / "custody.jsonl")[-1]["number"] == last.number - 1


@pytest.mark.parametrize("name", ["taken", "taken.zip"])
def test_what_is_there_is_not_written_over(made: Path, tmp_path: Path, name: str) -> None:
    """A clear error, and the bytes that were there."""
    (tmp_path / name).write_bytes(b"mine")
    done = runner.invoke(app, ["bundle", "--case", str(made), "--out", str(tmp_path / name)])
    assert done.exit_code != 0
    assert "is there already" in str(done.exception)
    assert (tmp_path / name).read_bytes() == b"mine"


def test_a_package_that_was_cut_off_is_not_there(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing stands in its place, nor beside it."""

    def breaking(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tallystick.cli.bundle.shutil.copyfile", breaking)
    done = runner.invoke(app, ["bundle", "--case", str(made), "--out", str(tmp_path / "package")])
    assert "No space left" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_case_that_was_changed_is_not_handed_on(made: Path, tmp_path: Path) -> None:
    """It says which command names the fault."""
    copy = Path(shutil.copytree(made, tmp_path / "case"))
    (path,) = (path for path in (copy / "warc").rglob("*") if path.is_file())
    path.chmod(0o644)
    path.write_bytes(b"forged")
    done = runner.invoke(app, ["bundle", "--case", str(copy), "--out", str(tmp_path / "package")])
    assert "tallystick verify" in str(done.exception)
    assert not (tmp_path / "package").exists()
