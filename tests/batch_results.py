"""What stands in the results of a batch, for tests: rows of all shards or parts, and one way to have a batch done."""

import json
from pathlib import Path
from typing import Any

from crawl import DOSSIER
from tallystick.batch.engines.engine import Engine
from tallystick.batch.jobs import Limits, Lost
from tallystick.batch.running import Request, State, batch
from tallystick.batch.summing import Summary
from tallystick.batch.tables import rows_of

__all__ = ["Heard", "do", "failures", "rows", "shard_names"]


class Heard:
    """A listener that keeps what it is told."""

    def __init__(self) -> None:
        self.states: list[State] = []
        self.lost: list[Lost] = []

    def show(self, state: State) -> None:
        """Keep how far it is."""
        self.states.append(state)

    def fail(self, lost: Lost) -> None:
        """Keep what could not be done."""
        self.lost.append(lost)


def do(
    engine: Engine, out: Path, *inputs: Path, shard: int = 64_000_000, limits: Limits | None = None,
    dossier: str = DOSSIER, heard: Heard | None = None,
) -> Summary:  # fmt: skip
    """Do a batch."""
    request = Request(tuple(map(str, inputs)), dossier, str(out), shard, limits or Limits())
    return batch(request, engine, heard or Heard())


def shard_names(out: Path) -> list[str]:
    """The shards of a batch, in order."""
    names: list[str] = json.loads((out / "batch.json").read_bytes())["shards"]
    return names


def rows(out: Path, name: str) -> list[dict[str, Any]]:
    """The rows of one kind of all parts."""
    found: list[dict[str, Any]] = []
    for path in sorted(out.glob(f"results/part-*/{name}.parquet")):
        with path.open("rb") as stream:
            found.extend(rows_of(stream))
    return found


def failures(out: Path) -> list[tuple[str, str, str]]:
    """What could not be taken: name, stage and reason."""
    with (out / "results" / "failures.parquet").open("rb") as stream:
        return [(row["document"], row["stage"], row["reason"]) for row in rows_of(stream)]
