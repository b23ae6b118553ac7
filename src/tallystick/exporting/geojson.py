"""GeoJSON (RFC 7946): the estimates of a case come in, one feature each goes out, at the place that it is about.

Estimates and not claims: a map of claims shows who is copied most, not where somebody is. What has no point that is
known has no geometry, which every reader takes; nothing stands at the middle of a country. The property `precision`
is the where-precision of UCDP GED (`exporting.siting`).

The bounding box and what the collection is about stand behind the features, since they are known last.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from tallystick.exporting.carried import Brief, Carried, carried
from tallystick.exporting.conventions import BOUNDS, NOT_TRUTH, RANGES, VAGUE_WORDS
from tallystick.exporting.dating import dated
from tallystick.exporting.grading import reliability
from tallystick.exporting.linked import Json, encoded, number, write_array
from tallystick.exporting.siting import Site, Sites
from tallystick.exporting.subject import Subject
from tallystick.model.estimate import Reading
from tallystick.model.stream import LedgerStream

__all__ = ["PRECISION", "write"]

PRECISION: Mapping[str, str] = {
    "1": "a town that is named",
    "4": "a region: the point is its main city or the middle of its people",
    "6": "only the country is known: no point",
    "null": "no place, or one that is not known",
}
# Seven decimals are a centimeter; the table of places has two.
DECIMALS = 7


class _Extent:
    """The box around all points, as far as they have been written."""

    def __init__(self) -> None:
        self.box: list[float] = []

    def add(self, longitude: float, latitude: float) -> None:
        if not self.box:
            self.box = [longitude, latitude, longitude, latitude]
        west, south, east, north = self.box
        self.box = [min(west, longitude), min(south, latitude), max(east, longitude), max(north, latitude)]


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write every estimate as a feature of one collection, in the order of the ledger."""
    extent = _Extent()
    out.write(b'{"type":"FeatureCollection","features":')
    write_array(out, _features(stream, subject, extent))
    if extent.box:
        out.write(b',\n"bbox":' + encoded([*extent.box]))
    out.write(b',\n"tallystick":' + encoded(_about(subject)) + b"}\n")


def _features(stream: LedgerStream, subject: Subject, extent: _Extent) -> Iterator[Json]:
    sites = Sites(subject.dossier)
    for one in carried(stream):
        site = sites.at(one.estimate.population.place)
        geometry: Json = None
        if site is not None and site.latitude is not None and site.longitude is not None:
            point = round(site.longitude, DECIMALS), round(site.latitude, DECIMALS)
            extent.add(*point)
            geometry = {"type": "Point", "coordinates": [*point]}
        yield {
            "type": "Feature",
            "id": one.estimate.id,
            "geometry": geometry,
            "properties": _properties(one, site),
        }


def _properties(one: Carried, site: Site | None) -> dict[str, Json]:
    estimate, population = one.estimate, one.estimate.population
    day = dated(estimate.when)
    return {
        "id": estimate.id,
        "label": population.label,
        "category": population.category,
        "unit": population.unit,
        "origin_country": population.origin,
        "status": estimate.status.value,
        "measure": estimate.measure and estimate.measure.value,
        "best": number(estimate.best),
        "low": number(estimate.low),
        "high": number(estimate.high),
        "stale": estimate.stale,
        "when": estimate.when,
        "start": day.start,
        "end": day.end,
        "accuracy": day.accuracy,
        "known": estimate.known,
        "place": population.place,
        "country": None if site is None else site.country,
        "place_id": None if site is None else site.identifier,
        "precision": None if site is None else site.precision,
        "credibility": estimate.credibility,
        "reliability": reliability(estimate),
        "independent_low": estimate.independent.low,
        "independent_high": estimate.independent.high,
        "reports": estimate.reports,
        "whole": estimate.whole,
        "readings": [_reading(reading, one.claims) for reading in estimate.readings],
        "documents": [*dict.fromkeys(brief.citation.document for brief in one.claims.values())],
        "claims": [*one.claims],
    }


def _reading(reading: Reading, claims: Mapping[str, Brief]) -> dict[str, Json]:
    """What one origin says, with the figures as its reports write them."""
    written = dict.fromkeys(claims[name].figure for name in reading.claims if name in claims)
    return {
        "origin": reading.origin,
        "speaker": reading.speaker,
        "date": reading.date,
        "figures": [*written],
        "low": number(reading.low),
        "high": number(reading.high),
        "bound": reading.bound.value,
        "reliability": reading.reliability,
        "reports": reading.reports,
        "superseded": reading.superseded,
    }


def _about(subject: Subject) -> dict[str, Json]:
    """What the collection is about, and by which conventions; readers of GeoJSON pass over it."""
    return {
        "dossier": subject.dossier.name,
        "title": subject.dossier.title,
        "version": subject.version,
        "made": subject.made,
        "digest": subject.digest,
        "precision": {**PRECISION},
        "bounds": {**BOUNDS},
        "vague_words_at_least": {**VAGUE_WORDS},
        "ranges": RANGES,
        "grades": NOT_TRUTH,
        "places": "GeoNames (https://www.geonames.org), CC BY 4.0",
    }
