"""FollowTheMoney's statements: a ledger comes in, a row for every value of every entity goes out, as CSV.

The columns are those of followthemoney 4.11, quoted as it quotes them. A statement has the id that its tools compute,
so that rows of two exports meet; `original_value` holds a value where cleaning has changed it, `lang` the language of
a report's words. `last_seen` is when the case last changed; when something came into it first is not told by a ledger,
and `first_seen` is empty. So is `origin`, which there means a mechanism.

Rows are sorted by `canonical_id`, as `ftm aggregate-statements` wants them: in runs on the disk, merged at the end.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from hashlib import sha1
from heapq import merge
from io import TextIOWrapper
from itertools import islice
from tempfile import TemporaryFile
from typing import BinaryIO

from tallystick.exporting.ftm import entities
from tallystick.exporting.ftm_entities import Entity
from tallystick.exporting.ftm_values import PROPERTIES, Value, dataset
from tallystick.exporting.linked import Json, encoded
from tallystick.exporting.subject import Subject
from tallystick.model.stream import LedgerStream

__all__ = ["COLUMNS", "write"]

COLUMNS = ("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
           "original_value", "external", "first_seen", "last_seen", "id")  # fmt: skip
# Entities of one run, some 10 MB of them.
RUN = 10_000
# The statement that there is an entity; its value is a checksum of the others.
BASE = "id"
# As `rigour.boolean` writes it.
FALSE = "f"


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write the rows of all entities, sorted by their ids."""
    text = TextIOWrapper(out, "utf-8", newline="", write_through=True)
    rows = csv.writer(text, csv.unix_dialect)
    rows.writerow(COLUMNS)
    kept, seen = dataset(subject.dossier.name), subject.made.removesuffix("Z")
    for entity in _sorted(entities(stream, subject)):
        rows.writerows(_rows(entity, kept, seen))
    text.detach()


def _rows(entity: Entity, kept: str, seen: str) -> Iterator[tuple[str, ...]]:
    """The statements of an entity, in the order of its properties; that there is one comes last."""
    ids = []
    for name, values in entity.properties.items():
        for value in values:
            key = _key(kept, entity.id, name, value.text, value.language)
            ids.append(key)
            yield (
                entity.id, entity.id, name, PROPERTIES[name].name, entity.schema, value.text, kept, "",
                value.language or "", value.raw or "", FALSE, "", seen, key,
            )  # fmt: skip
    checksum = sha1((entity.schema + "".join(sorted(ids))).encode(), usedforsecurity=False).hexdigest()
    key = _key(kept, entity.id, BASE, checksum, None)
    yield (entity.id, entity.id, BASE, BASE, entity.schema, checksum, kept, "", "", "", FALSE, "", seen, key)


def _key(kept: str, entity: str, prop: str, value: str, language: str | None) -> str:
    """The id of a statement, as `followthemoney.statement.Statement.make_key` makes it."""
    key = f"{kept}.{entity}.{prop}.{value}{f'@{language}' if language else ''}"
    return sha1(key.encode(), usedforsecurity=False).hexdigest()


def _sorted(found: Iterator[Entity]) -> Iterator[Entity]:
    """Entities by their ids; of those that do not fit into memory no more than a run is held."""
    with ExitStack() as opened:
        runs: list[Iterable[bytes]] = []
        while some := sorted(_line(entity) for entity in islice(found, RUN)):
            if len(some) < RUN and not runs:
                runs.append(some)
                break
            run = opened.enter_context(TemporaryFile())
            run.writelines(some)
            run.seek(0)
            runs.append(run)
        yield from map(_entity, merge(*runs))


def _line(entity: Entity) -> bytes:
    """An entity on a line that sorts by its id: no character of one comes before the tabulator behind it."""
    properties: dict[str, Json] = {
        name: [[value.text, value.raw, value.language] for value in values]
        for name, values in entity.properties.items()
    }
    return entity.id.encode() + b"\t" + encoded([entity.schema, properties]) + b"\n"


def _entity(line: bytes) -> Entity:
    name, _, told = line.partition(b"\t")
    schema, properties = json.loads(told)
    return Entity(
        name.decode(), schema, {prop: tuple(Value(*one) for one in held) for prop, held in properties.items()}
    )
