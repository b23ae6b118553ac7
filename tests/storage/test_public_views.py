"""The tables of a case in other programs: its views, and Datasette on its file."""

import asyncio
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from datasette.app import Datasette

from copied import Kept
from databases import behind
from reports_case import a_case_of_reports
from tallystick.dossiers.loading import load
from tallystick.exporting.datasette import COLUMNS, DATABASE, HIDDEN, QUERIES, VIEWS, write
from tallystick.exporting.subject import Subject
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Lineage
from tallystick.model.stream import Streamed
from tallystick.storage import schema
from tallystick.storage.case import Case

# Tables of SQLite's own, and those of an index of words.
OWN = re.compile(r"sqlite_.*|(claim|document)_words(_(data|idx|docsize|config|terms))?")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with hostile reports, as somebody hands its file on."""
    return a_case_of_reports(tmp_path_factory.mktemp("views") / "case")


@pytest.fixture(scope="module")
def ledger(folder: Path) -> Ledger:
    """What it holds."""
    with Case.open(folder, read_only=True) as case:
        return case.ledger()


@pytest.fixture
def tables(folder: Path, kept: Kept) -> Iterator[sa.Connection]:
    """The same tables, in either store."""
    with behind(kept(folder)) as found:
        yield found


@pytest.fixture
def connection(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file, opened by another program."""
    with closing(sqlite3.connect(f"file:{folder}/case.sqlite?mode=ro", uri=True)) as found:
        found.row_factory = sqlite3.Row
        yield found


def ids(tables: sa.Connection, view: str) -> list[str]:
    """The ids that a view shows, in order."""
    return sorted(tables.exec_driver_sql(f"SELECT id FROM {view}").scalars())  # noqa: S608 - our own name


def test_the_views_show_what_the_ledger_holds(tables: sa.Connection, ledger: Ledger) -> None:
    """One row a record, with its id."""
    for view, found in (
        ("v_documents", ledger.documents), ("v_claims", ledger.claims), ("v_facts", ledger.facts),
        ("v_origins", ledger.lineage.origins), ("v_estimates", ledger.estimates), ("v_flags", ledger.flags),
        ("v_hits", ledger.hits),
    ):  # fmt: skip
        assert ids(tables, view) == sorted(one.id for one in found), view
    assert tables.exec_driver_sql("SELECT count(*) FROM v_edges").scalar() == len(ledger.lineage.edges)
    readings = tables.exec_driver_sql("SELECT count(*) FROM v_readings").scalar()
    assert readings == sum(len(one.readings) for one in ledger.estimates)
    steps = sa.text("SELECT steps FROM v_estimates WHERE id = :id")
    for one in ledger.estimates:
        assert tables.scalar(steps, {"id": one.id}) == ("\n".join(one.steps) or None)
    conflicts = tables.exec_driver_sql("SELECT estimate, kind, reason FROM v_conflicts")
    assert sorted(tuple(row) for row in conflicts) == sorted(
        (estimate.id, one.kind.value, one.reason) for estimate in ledger.estimates for one in estimate.conflicts
    )
    for view in VIEWS:
        tables.exec_driver_sql(f"SELECT * FROM {view}").all()  # noqa: S608 - our own name


def test_a_claim_is_shown_with_its_report_and_its_origin(tables: sa.Connection, ledger: Ledger) -> None:
    """Outlet, date and the speaker of the origin stand beside the figure."""
    reports = {one.id: one for one in ledger.documents}
    origin_of = {claim: origin for origin in ledger.lineage.origins for claim in origin.claims}
    for claim in ledger.claims:
        row = tables.execute(sa.text("SELECT * FROM v_claims WHERE id = :id"), {"id": claim.id}).mappings().one()
        report, origin = reports[claim.document], origin_of[claim.id]
        assert (row["figure"], row["outlet"], row["published"]) == (claim.figure, report.outlet, report.published)
        assert (row["traced_to"], row["origin_speaker"], row["quote"]) == (origin.id, origin.speaker, claim.quote)


def test_a_flag_is_shown_with_its_words(tables: sa.Connection, ledger: Ledger) -> None:
    """Offsets count code points, in both databases too."""
    reports = {one.id: one for one in ledger.documents}
    assert ledger.flags
    for flag in ledger.flags:
        row = tables.execute(sa.text("SELECT * FROM v_flags WHERE id = :id"), {"id": flag.id}).mappings().one()
        first = flag.evidence[0]
        assert row["words"] == reports[first.document].text[first.start : first.end]


def test_the_views_come_and_go_with_the_schema(folder: Path, tmp_path: Path) -> None:
    """Down and up again; what the case holds stays."""
    case = tmp_path / "case"
    shutil.copytree(folder, case)
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    engine = sa.create_engine(f"sqlite:///{case / 'case.sqlite'}", poolclass=sa.NullPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0009")
        assert [name for name in sa.inspect(connection).get_view_names() if name.startswith("v_")] == []
    with Case.open(case) as opened:
        before = opened.ledger()
    with engine.connect() as connection:
        assert sorted(name for name in sa.inspect(connection).get_view_names() if name.startswith("v_")) == sorted(
            VIEWS
        )
    with Case.open(folder, read_only=True) as opened:
        assert opened.ledger() == before


def test_every_table_is_described_or_hidden(connection: sqlite3.Connection) -> None:
    """A table that is added must be put among those that a reader need not see."""
    names = {
        row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    }
    assert {name for name in names if not OWN.fullmatch(name)} == {*HIDDEN, *VIEWS}
    for view, columns in COLUMNS.items():
        found = [row["name"] for row in connection.execute(f"PRAGMA table_info({view})")]
        assert set(columns) <= set(found), view


def _metadata() -> dict[str, Any]:
    out = io.BytesIO()
    subject = Subject(load("dprk-russia"), "0.1.0", "")
    write(Streamed(Ledger((), (), Lineage((), ()), (), ())), subject, out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_datasette_opens_a_case(folder: Path, ledger: Ledger, tmp_path: Path) -> None:
    """Immutable, as a case that is handed on: every view has a page with its rows, the queries answer."""
    file = tmp_path / "case.sqlite"
    shutil.copyfile(folder / "case.sqlite", file)
    before = file.read_bytes()

    async def look() -> None:
        datasette = Datasette([], immutables=[str(file)], metadata=_metadata())
        await datasette.invoke_startup()
        page = await datasette.client.get(f"/{DATABASE}")
        assert page.status_code == 200
        for view, (title, description) in VIEWS.items():
            shown = await datasette.client.get(f"/{DATABASE}/{view}")
            assert shown.status_code == 200, view
            assert title in shown.text
            assert description.split(":")[0][:40].replace("'", "&#39;") in shown.text
            assert "<script>document" not in shown.text
        rows = (await datasette.client.get(f"/{DATABASE}/v_claims.json?_shape=array&_size=max")).json()
        assert {row["id"] for row in rows} <= {claim.id for claim in ledger.claims}
        assert len(rows) == min(len(ledger.claims), 1000)
        origin = ledger.lineage.origins[0]
        asked = (
            ("claims_of_origin", "origin", origin.id, set(origin.claims)),
            ("claims_of_estimate", "estimate", ledger.estimates[0].id, set(ledger.estimates[0].claims)),
            ("claims_of_flag", "flag", ledger.flags[0].id, set(ledger.flags[0].claims)),
        )
        for query, name, value, claims in asked:
            found = await datasette.client.get(f"/{DATABASE}/{query}.json", params={"_shape": "array", name: value})
            assert {row["id"] for row in found.json()} == claims
        assert len(QUERIES) == 4
        listed = (await datasette.client.get(f"/{DATABASE}.json")).json()
        assert {table["name"] for table in listed["tables"] if not table["hidden"]} == set()
        # Datasette can hide tables, and no views: those of the index of words stay on its list.
        assert {view["name"] for view in listed["views"]} - set(HIDDEN) == set(VIEWS)

    asyncio.run(look())
    assert file.read_bytes() == before
