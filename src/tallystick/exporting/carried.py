"""What stands behind estimates: estimates come in one by one, each goes out with what its claims say, in brief.

No more claims are held than those of one portion, or of one estimate where it has more.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from tallystick.model.estimate import Estimate
from tallystick.model.quantity import Bound
from tallystick.model.stream import Citation, LedgerStream, Stated

__all__ = ["Brief", "Carried", "briefs", "carried"]

# Claims that are asked for at once.
PORTION = 500


class Brief(NamedTuple):
    """A claim in brief; the fields are those of `Claim` and `Stated`."""

    figure: str
    bound: Bound
    speaker: str | None
    quote: str
    citation: Citation


class Carried(NamedTuple):
    """An estimate with its claims by id, in its own order; those that do not count are left out."""

    estimate: Estimate
    claims: Mapping[str, Brief]


def carried(stream: LedgerStream) -> Iterator[Carried]:
    """Give every estimate of a stream with its claims."""
    waiting: list[Estimate] = []
    size = 0
    for estimate in stream.estimates():
        waiting.append(estimate)
        size += len(estimate.claims)
        if size >= PORTION:
            yield from _looked_up(stream, waiting)
            waiting, size = [], 0
    yield from _looked_up(stream, waiting)


def briefs(stream: LedgerStream, names: Iterable[str]) -> dict[str, Brief]:
    """Give the claims of these ids in brief, a portion at a time."""
    found: dict[str, Brief] = {}
    rest = iter(names)
    while some := tuple(islice(rest, PORTION)):
        found.update((name, _brief(stated)) for name, stated in stream.claims_of(some).items())
    return found


def _looked_up(stream: LedgerStream, estimates: Iterable[Estimate]) -> Iterator[Carried]:
    waiting = tuple(estimates)
    found = briefs(stream, (name for estimate in waiting for name in estimate.claims))
    for estimate in waiting:
        yield Carried(estimate, {name: found[name] for name in estimate.claims if name in found})


def _brief(stated: Stated) -> Brief:
    claim = stated.claim
    return Brief(claim.figure, claim.bound, claim.speaker, claim.quote, stated.citation)
