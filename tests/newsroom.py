"""Cases for tests: reports as JSON lines, read into a case on a day that the test says."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tallystick.pipeline import Outcome, run
from tallystick.storage.custody import Keeper
from tallystick.storage.stores.address import CaseAddress

__all__ = ["BUILDERS", "case_of", "keeper_on"]

PLAN = "Sergei Shoigu said on June 17 that North Korea will send 5,000 construction workers to Russia's Kursk region."
# One plan, a copy of it, a second voice three weeks later, and a report without a date.
BUILDERS: tuple[Mapping[str, str], ...] = (
    {"id": "wire-1", "outlet": "Volga Wire", "published": "2025-06-17", "text": PLAN},
    {"id": "herald-2", "outlet": "Harbor Herald", "published": "2025-06-18", "text": PLAN},
    {
        "id": "seoul-3", "outlet": "Seoul Desk", "published": "2025-07-08",
        "text": "South Korea's National Intelligence Service said on July 8 that North Korea will send 3,000"
        " construction workers to Russia's Kursk region.",
    },
    {
        "id": "undated-4", "outlet": "Coast Courier",
        "text": "Police said that 12 people were killed when the bridge fell into the river in Kursk.",
    },
)  # fmt: skip


def keeper_on(day: str, operator: str = "A. Analyst") -> Keeper:
    """Give somebody who works at noon of `day`, UTC."""
    moment = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
    return Keeper(operator, "tallystick test", lambda: moment)


def case_of(
    folder: Path, reports: Sequence[Mapping[str, str]], day: str, name: str = "case",
    address: CaseAddress | None = None,
) -> Outcome:  # fmt: skip
    """Read `reports` on `day` into the case `name` in `folder`, or at another address, made where it does not exist."""
    path = folder / f"{name}-{day}.jsonl"
    path.write_text("".join(json.dumps(report) + "\n" for report in reports), "utf-8")
    return run([path], address or folder / name, "dprk-russia", by=keeper_on(day))
