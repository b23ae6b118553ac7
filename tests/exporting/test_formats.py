"""Every format by its name: the sample leaves in each, the same bytes every time, and every id resolves in the case."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tallystick.cli.export import ExportFormat
from tallystick.exporting.exporting import FORMATS
from tallystick.exporting.kinds import Kind
from tallystick.exporting.subject import Subject
from tallystick.model.ledger import Ledger
from tallystick.model.stream import LedgerStream, Streamed
from tallystick.pipeline import run, subject_of
from tallystick.sample import reports
from tallystick.storage.case import Case

# Ids of claims, facts, origins, estimates, flags and hits.
ID = re.compile(r"\b[csoefh]-[0-9a-f]{16}\b")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample."""
    made = tmp_path_factory.mktemp("sample") / "case"
    with reports() as found:
        run([found], made, "dprk-russia")
    return made


@pytest.fixture(scope="module")
def ledger(folder: Path) -> Ledger:
    """What it holds."""
    with Case.open(folder, read_only=True) as case:
        return case.ledger()


@pytest.fixture(scope="module")
def subject(folder: Path) -> Subject:
    """What it is about."""
    with Case.open(folder, read_only=True) as case, case.streamed() as held:
        dossier = subject_of(case)
        return Subject(dossier, "0.1.0", held.changed(), dossier.sha256)


@pytest.fixture
def stream(folder: Path) -> Iterator[LedgerStream]:
    """The case itself."""
    with Case.open(folder, read_only=True) as case, case.streamed() as held:
        yield held


def test_the_command_line_has_every_format_and_a_table() -> None:
    """A format that is registered can be asked for."""
    assert {one.value for one in ExportFormat} == {*FORMATS, "table"}


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_format_gives_the_same_bytes_and_known_ids(
    name: str, stream: LedgerStream, ledger: Ledger, subject: Subject
) -> None:
    """From the case itself and from its ledger in memory; ids are those of the case."""
    form = FORMATS[name]
    made = []
    for found in (stream, stream, Streamed(ledger)):
        out = io.BytesIO()
        form.write(found, subject, out)
        made.append(out.getvalue())
    assert made[0]
    assert made[0] == made[1] == made[2]
    text = made[0].decode() if not form.binary else str(pq.read_table(io.BytesIO(made[0])).to_pylist())
    found_ids = set(ID.findall(text))
    assert found_ids <= _known(ledger)
    if name != "datasette-metadata":
        assert found_ids


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.write_kind])
def test_every_kind_leaves_in_every_table(
    name: str, kind: Kind, stream: LedgerStream, ledger: Ledger, subject: Subject
) -> None:
    """The same bytes from the case and from memory, with ids of the case."""
    write = FORMATS[name].write_kind
    assert write is not None
    made = []
    for found in (stream, Streamed(ledger)):
        out = io.BytesIO()
        write(found, subject, out, kind)
        made.append(out.getvalue())
    assert made[0] == made[1]
    if not FORMATS[name].binary:
        assert set(ID.findall(made[0].decode())) <= _known(ledger)


def _known(ledger: Ledger) -> set[str]:
    """Every id of the case."""
    of = (ledger.claims, ledger.facts, ledger.lineage.origins, ledger.estimates, ledger.flags, ledger.hits)
    return {one.id for some in of for one in some}
