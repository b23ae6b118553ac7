"""A table laid out like UCDP GED: the estimates of a case come in, one row each goes out, readable next to GED.

The columns of GED come first, by its names and in its order (the 49 of version 25.1); our own follow. A column of GED
that has no meaning here is empty in every row, and nothing is made up for it: conflicts, dyads, sides, names of
divisions, the grid, Gleditsch-Ward codes, clarity. What a reader of GED must know besides:

- A row is an estimate, not an event. `status` says whether it is planned, actual, possible or denied, `category` and
  `unit` what is counted. Only rows of which `is_deaths` is 1 count deaths that happened; the others leave the columns
  of deaths empty. A row may hold others (`whole`): a column must not be summed blindly.
- `best` is empty where the evidence carries a range and no figure, `low` or `high` where the range is open.
- `id` is the id of the estimate, as everywhere; GED has numbers there.
- Every cell is one line without control characters; what a spreadsheet would take for a formula has an apostrophe.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import BinaryIO

from tallystick.exporting.carried import Brief, Carried, carried
from tallystick.exporting.dating import dated
from tallystick.exporting.grading import reliability
from tallystick.exporting.linked import number
from tallystick.exporting.siting import Site, Sites
from tallystick.exporting.subject import Subject
from tallystick.model.claim import Status
from tallystick.model.dossier import Category
from tallystick.model.estimate import Estimate
from tallystick.model.stream import Citation, LedgerStream
from tallystick.values.cells import inert
from tallystick.values.dates import published_date

__all__ = ["ADDED", "GED", "write"]

GED = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id"
    " dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources"
    " source_article source_office source_date source_headline source_original where_prec where_coordinates"
    " where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity"
    " date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob".split()
)
ADDED = tuple(
    "is_deaths status measure category category_label kind unit label origin_country country_iso2 place_id when known"
    " stale figures bounds credibility reliability independent_low independent_high whole dossier".split()
)
# The category of every dossier for deaths; the accounting of casualties goes by the same name.
KILLED, CASUALTY = "killed", "casualty"
# Reports that a cell lists, the earliest first: with longer lists it outgrows what a spreadsheet can hold, 32,767
# characters. `number_of_sources` counts them all.
MOST_LISTED = 50
# Of a title or a name, for the same reason.
LONGEST = 300
JOINT = "; "
CONTROLS = {
    **dict.fromkeys((*range(32), *range(127, 160), 8232, 8233, *range(55296, 57344)), " "),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF), ""),
}

Value = str | int | float | None


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write a header, then every estimate as a row, in the order of the ledger."""
    sites = Sites(subject.dossier)
    categories = {category.id: category for category in subject.dossier.categories}
    columns = (*GED, *ADDED)
    out.write(_line(columns))
    for one in carried(stream):
        site = sites.at(one.estimate.population.place)
        fields: dict[str, Value] = {"dossier": subject.dossier.name}
        fields.update(_counted(one.estimate, categories.get(one.estimate.population.category)))
        fields.update(_graded(one.estimate))
        fields.update(_when(one.estimate))
        fields.update(_where(one.estimate.population.place, site))
        fields.update(_sources(one))
        out.write(_line([_cell(fields.get(name)) for name in columns]))


def _counted(estimate: Estimate, category: Category | None) -> dict[str, Value]:
    """What is counted, and the figures."""
    population = estimate.population
    kind = None if category is None else category.kind
    deaths = kind == CASUALTY and population.category == KILLED and estimate.status is Status.ACTUAL
    best = number(estimate.best)
    return {
        "id": estimate.id,
        "best": best,
        "low": number(estimate.low),
        "high": number(estimate.high),
        # On whose side they were is not known of any estimate.
        "deaths_unknown": best if deaths else None,
        "is_deaths": int(deaths),
        "category": population.category,
        "category_label": None if category is None else category.label,
        "kind": kind,
        "unit": population.unit,
        "label": population.label,
        "origin_country": population.origin,
        "whole": estimate.whole,
    }


def _graded(estimate: Estimate) -> dict[str, Value]:
    return {
        "status": estimate.status.value,
        "measure": estimate.measure and estimate.measure.value,
        "stale": int(estimate.stale),
        "credibility": estimate.credibility,
        "reliability": reliability(estimate),
        "independent_low": estimate.independent.low,
        "independent_high": estimate.independent.high,
    }


def _when(estimate: Estimate) -> dict[str, Value]:
    """When it was; a year only where all of it lies in one."""
    day = dated(estimate.when)
    closed = day.start is not None and day.end is not None
    return {
        "year": day.start[:4] if closed and day.start and day.end and day.start[:4] == day.end[:4] else None,
        "date_prec": day.precision,
        "date_start": day.start,
        "date_end": day.end,
        "when": estimate.when,
        "known": estimate.known,
    }


def _where(place: str | None, site: Site | None) -> dict[str, Value]:
    """Where it is, as named and as a point; a point only where one is known."""
    fields: dict[str, Value] = {"where_description": place}
    if site is not None:
        fields.update(where_prec=site.precision, country_iso2=site.country, place_id=site.identifier)
        if site.latitude is not None and site.longitude is not None:
            fields.update(
                where_coordinates=place,
                latitude=site.latitude,
                longitude=site.longitude,
                geom_wkt=f"POINT ({site.longitude} {site.latitude})",
            )
    return fields


def _sources(one: Carried) -> dict[str, Value]:
    """Who published it, when and under which title, in one order; who said it; and the figures as written."""
    briefs = one.claims.values()
    reports = sorted({brief.citation.document: brief.citation for brief in briefs}.values(), key=_publication)
    listed = reports[:MOST_LISTED]
    return {
        "number_of_sources": one.estimate.reports,
        "source_article": _joined(_article(report) for report in listed),
        "source_office": _joined(report.outlet or "" for report in listed),
        "source_date": _joined(_day(report) for report in listed),
        "source_headline": _joined(report.title or "" for report in listed),
        "source_original": _listed(reading.speaker or "" for reading in one.estimate.readings),
        "figures": _listed(brief.figure for brief in briefs),
        "bounds": _listed(_bound(brief) for brief in briefs),
    }


def _publication(report: Citation) -> tuple[bool, str, str]:
    return report.published is None, report.published or "", report.document


def _article(report: Citation) -> str:
    return ", ".join(part for part in (report.outlet, _day(report), report.title) if part)


def _day(report: Citation) -> str:
    day = published_date(report.published)
    return "" if day is None else day.isoformat()


def _bound(brief: Brief) -> str:
    return brief.bound.value


def _listed(texts: Iterable[str]) -> str:
    """Different texts, each once, in order of appearance."""
    return _joined([text for text in dict.fromkeys(texts) if text][:MOST_LISTED])


def _joined(texts: Iterable[str]) -> str:
    """Texts in one cell; a semicolon stands between them alone. Lists of one row have one length, or are empty."""
    parts = [text[:LONGEST].replace(";", ",") for text in texts]
    return JOINT.join(parts) if any(parts) else ""


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return inert(value.translate(CONTROLS).strip()) if isinstance(value, str) else str(value)


def _line(cells: Sequence[str]) -> bytes:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode("utf-8")
