"""The formats in which a case leaves the program, by name; one module a format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from tallystick.exporting import (
    claimreview,
    csv_table,
    datasette,
    ftm,
    ftm_statements,
    ged,
    geojson,
    jsonl,
    parquet,
    prov,
    stix,
    webannotation,
)
from tallystick.exporting.kinds import Kind
from tallystick.exporting.subject import Subject
from tallystick.model.stream import LedgerStream

__all__ = ["FORMATS", "Format", "Write", "WriteKind"]

Write = Callable[[LedgerStream, Subject, BinaryIO], None]
WriteKind = Callable[[LedgerStream, Subject, BinaryIO, Kind], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        suffix: How the name of its files ends (".csv").
        media_type: As HTTP names it.
        write: Takes a stream, what it is about and where to; writes bytes, as they come.
        write_kind: The same for one kind of record, in the formats that are tables; None in those that hold them all.
        binary: Whether a terminal cannot show it.
    """

    suffix: str
    media_type: str
    write: Write
    write_kind: WriteKind | None = None
    binary: bool = False


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format(".csv", "text/csv", csv_table.write, csv_table.write_kind),
        "parquet": Format(".parquet", "application/vnd.apache.parquet", parquet.write, parquet.write_kind, binary=True),
        "jsonl": Format(".jsonl", "application/jsonl", jsonl.write, jsonl.write_kind),
        "ftm": Format(".ftm.json", "application/jsonl", ftm.write),
        "ftm-statements": Format(".csv", "text/csv", ftm_statements.write),
        "stix": Format(".stix.json", "application/stix+json;version=2.1", stix.write),
        "geojson": Format(".geojson", "application/geo+json", geojson.write),
        "claimreview": Format(".jsonld", "application/ld+json", claimreview.write),
        "prov": Format(".jsonld", "application/ld+json", prov.write),
        "webannotation": Format(".jsonld", "application/ld+json", webannotation.write),
        "ged": Format(".csv", "text/csv", ged.write),
        "datasette-metadata": Format(".json", "application/json", datasette.write),
    }
)
