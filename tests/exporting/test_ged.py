"""A table laid out like UCDP GED: its columns, nothing made up, no formula, one line a row."""

import csv
import io
from dataclasses import replace

import pyarrow as pa
import pytest
from pyarrow import csv as pyarrow_csv

from marked import HOSTILE, hostile, sample, written
from tallystick.exporting import ged
from tallystick.model.claim import Status
from tallystick.model.ledger import Ledger

# What has no meaning here, and so must be empty.
EMPTY = (
    "relid active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id"
    " dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b adm_1 adm_2"
    " priogrid_gid country country_id region event_clarity deaths_a deaths_b deaths_civilians gwnoa gwnob".split()
)
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(ledger: Ledger) -> list[dict[str, str]]:
    """The rows that are written of a ledger."""
    return list(csv.DictReader(io.StringIO(written(ged.write, ledger).decode(), newline="")))


def test_the_columns_of_ged_come_first() -> None:
    """49 of them, as in the codebook of version 25.1; ours follow."""
    header = written(ged.write, sample()).decode().splitlines()[0].split(",")
    assert len(ged.GED) == 49
    assert tuple(header[:49]) == ged.GED
    assert tuple(header[49:]) == ged.ADDED
    assert len(set(header)) == len(header)


def test_figures_are_those_of_the_ledger() -> None:
    """Read back, they are equal; an estimate without a best figure has an empty cell."""
    ledger = sample()
    for row, one in zip(rows(ledger), ledger.estimates, strict=True):
        assert row["id"] == one.id
        for name in ("best", "low", "high"):
            figure = getattr(one, name)
            assert row[name] == ("" if figure is None else str(figure))
        assert row["number_of_sources"] == str(one.reports)
    assert any(not row["best"] for row in rows(ledger))


def test_a_reader_of_tables_finds_numbers() -> None:
    """Columns of figures, grades and points come out as numbers, with nulls where nothing is told."""
    ledger = sample()
    table = pyarrow_csv.read_csv(io.BytesIO(written(ged.write, ledger)))
    for name in ("best", "low", "high", "latitude", "where_prec", "credibility", "number_of_sources", "is_deaths"):
        assert pa.types.is_integer(table.schema.field(name).type) or pa.types.is_floating(table.schema.field(name).type)
    assert table["best"].to_pylist() == [one.best for one in ledger.estimates]
    assert table["high"].to_pylist() == [one.high for one in ledger.estimates]


def test_nothing_is_made_up() -> None:
    """Columns of GED without a meaning here are empty in every row."""
    for row in (*rows(sample()), *rows(hostile()[0])):
        assert {name: row[name] for name in EMPTY if row[name]} == {}


def test_only_the_dead_are_in_columns_of_deaths() -> None:
    """Workers are no deaths, nor are those who may die."""
    ledger = sample()
    found = rows(ledger)
    assert {row["category"] for row in found if row["is_deaths"] == "1"} == {"killed"}
    assert any(row["deaths_unknown"] for row in found)
    assert all(row["deaths_unknown"] == (row["best"] if row["is_deaths"] == "1" else "") for row in found)
    killed = next(one for one in ledger.estimates if one.population.category == "killed" and one.best is not None)
    possible = rows(replace(ledger, estimates=(replace(killed, status=Status.POSSIBLE),)))[0]
    assert (possible["is_deaths"], possible["deaths_unknown"]) == ("0", "")


def test_when_and_where_are_on_the_scales_of_ged() -> None:
    """A day is 1, a region 4; the point is given three ways."""
    found = {row["id"]: row for row in rows(hostile()[0])}
    row = next(row for row in found.values() if row["date_start"] == "2025-05-03")
    assert (row["year"], row["date_prec"], row["date_end"]) == ("2025", "1", "2025-05-03")
    assert (row["where_prec"], row["latitude"], row["longitude"]) == ("4", "51.73", "36.18")
    assert row["geom_wkt"] == "POINT (36.18 51.73)"


def test_lists_of_one_row_fit_together() -> None:
    """The n-th outlet published the n-th title on the n-th day."""
    for row in rows(sample()):
        lengths = {row[name].count(";") for name in ("source_office", "source_date", "source_headline") if row[name]}
        assert len(lengths) == 1


@pytest.mark.parametrize("text", [HOSTILE, "=1+1", "+x", "-x", "@x", "\t=1", "＝1", "a\nb\r\nc", "\x00=1", "\u202e=1"])
def test_no_cell_is_a_formula_or_breaks_its_line(text: str) -> None:
    """Whatever labels, places, speakers and titles hold."""
    ledger = sample()
    first = ledger.estimates[0]
    population = replace(first.population, label=text, place=text, unit=text, category=text)
    reading = replace(first.readings[0], speaker=text)
    documents = tuple(replace(one, title=text, outlet=text) for one in ledger.documents)
    estimate = replace(first, population=population, readings=(reading,))
    made = replace(ledger, documents=documents, estimates=(estimate,))
    assert written(ged.write, made).decode().count("\n") == 2
    row = rows(made)[0]
    assert row["label"]
    for cell in row.values():
        assert not cell.startswith(ACTIVE)
        assert not set(cell) & set("\x00\x07\u202e")


def test_a_list_of_a_thousand_reports_fits_a_cell() -> None:
    """A spreadsheet holds 32,767 characters in one; the count tells of all."""
    ledger = sample()
    documents = tuple(replace(one, title="x" * 5_000, outlet="y" * 5_000) for one in ledger.documents)
    for row in rows(replace(ledger, documents=documents)):
        assert max(map(len, row.values())) < 32_767
