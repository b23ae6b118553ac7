"""What a table of claims shows, as a file: positions of claims come in, CSV or JSON lines go out piece by piece.

The records are those of `tallystick export`, with the standing of each claim. Which claims there are, and their order,
is of one moment; their words are fetched portion by portion, so that one who reads slowly holds up nobody.
"""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from io import StringIO

from tallystick.extraction.record import COLUMNS, JsonValue, record, row
from tallystick.storage.views.claims import Whole, whole
from tallystick.storage.views.view import Views
from tallystick.values.cells import inert

__all__ = ["CASE_COLUMNS", "exported", "pieces_of_csv", "pieces_of_jsonl"]

CASE_COLUMNS = ("id", *COLUMNS, "stated", "traced_to", "standing")
# Claims that are held at once: some hundred KB.
PORTION = 500


def exported(one: Whole) -> dict[str, JsonValue]:
    """Give the record of a claim as it leaves the workbench."""
    fields: dict[str, JsonValue] = {"id": one.claim.id}
    fields.update(record(one.claim))
    fields.update(stated=one.claim.stated, traced_to=one.lineage, standing=one.standing.value)
    return fields


def pieces_of_csv(views: Views, places: Sequence[int]) -> Iterator[bytes]:
    """Give a CSV file of the claims at these positions, its header first."""
    yield _csv([list(CASE_COLUMNS)])
    yield from _pieces(views, places, lambda found: _csv([list(map(inert, row(exported(one)))) for one in found]))


def pieces_of_jsonl(views: Views, places: Sequence[int]) -> Iterator[bytes]:
    """Give the claims at these positions as JSON, one on a line."""
    yield from _pieces(
        views, places, lambda found: "".join(json.dumps(exported(one), ensure_ascii=False) + "\n" for one in found)
    )


def _pieces(
    views: Views, places: Sequence[int], written: Callable[[tuple[Whole, ...]], str | bytes]
) -> Iterator[bytes]:  # fmt: skip
    for first in range(0, len(places), PORTION):
        with views.moment() as view:
            found = whole(view, places[first : first + PORTION])
        text = written(found)
        yield text if isinstance(text, bytes) else text.encode("utf-8", "replace")


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    stream = StringIO()
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue().encode("utf-8", "replace")
