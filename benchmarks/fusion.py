"""How well and how fast contradicting observations are fused, beside plain voting in the same run.

Takes the flights and the populations of `../shared/bench`, each read and fused by a process of its own; gives the share
of gold values within their tolerance for fusion and for voting, seconds, and the most memory that was held.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from benchmarks.measured import SETS, Measured, Skipped, peak, say, seconds
from tallystick.cli.observations import observations
from tallystick.model.document import Failure
from tallystick.model.observation import Observation
from tallystick.model.progress import Silent
from tallystick.reconciliation.fusion.fusion import fuse

__all__ = ["FLIGHT", "POPULATION", "WORLDS", "Figures", "World", "figures", "measured"]

FLIGHT = SETS / "flight"
POPULATION = SETS / "population"
# Goals of the project for 1.33 million observations.
SECONDS, MEGABYTES = 60, 4_000
DAY = 1440

Question = tuple[str, str]


class World(NamedTuple):
    """A set, the sources that are left out of it, and the share that is wanted."""

    name: str
    table: Path
    without: tuple[str, ...]
    wanted: float


class Figures(NamedTuple):
    """What came of a set.

    Attributes:
        fused: Share of the gold values of the questions that are answered by fusion.
        voted: The same by voting.
        asked: How many gold values there are of these questions.
        told: How many values were told.
        seconds: From the file to the values.
        voting: The same by voting, on the questions that gold answers.
        megabytes: The most memory that fusing took above rest.
    """

    fused: float
    voted: float
    asked: int
    told: int
    seconds: float
    voting: float
    megabytes: float


WORLDS = (
    World("flight", FLIGHT / "observations.csv.gz", (), 0.96),
    World("flight without the airlines", FLIGHT / "observations.csv.gz", ("aa", "CO", "ua"), 0.94),
    World("population", POPULATION / "observations.csv", (), 0.82),
)


def figures(world: World) -> Figures:
    """Give what comes of fusing `world`, and of voting on it."""
    gold = _gold(world.table.parent / "gold.csv")
    fused: dict[Question, str] = {}
    voted: dict[Question, str] = {}
    with peak() as memory:
        fusing = seconds(
            lambda: fused.update({(one.subject, one.attribute): one.value for one in fuse(_told(world)).resolved})
        )
    voting = seconds(lambda: voted.update(_voted(_told(world), gold)))
    asked = sum(question in fused for question in gold)
    told = sum(1 for _ in _told(world))
    return Figures(_share(fused, gold), _share(voted, gold), asked, told, fusing, voting, memory.megabytes)


def _told(world: World) -> Iterator[Observation]:
    def refuse(failure: Failure) -> None:
        raise ValueError(f"{failure.document}: {failure.reason}")

    for one in observations(str(world.table), refuse, Silent()):
        if one.source not in world.without:
            yield one


def _gold(path: Path) -> dict[Question, tuple[str, str]]:
    """The true value and the tolerance of each question."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {(row["item"], row["attribute"]): (row["value"], row["tolerance"]) for row in csv.DictReader(stream)}


def _agrees(true: str, told: str, tolerance: str) -> bool:
    """Whether two values agree as the set has it."""
    if tolerance.endswith("%"):
        return abs(float(told) - float(true)) <= float(tolerance[:-1]) / 100 * abs(float(true))
    if tolerance:
        apart = abs(float(told) - float(true)) % DAY
        return min(apart, DAY - apart) <= float(tolerance)
    return told == true


def _share(told: dict[Question, str], gold: dict[Question, tuple[str, str]]) -> float:
    asked = [(told[question], *answer) for question, answer in gold.items() if question in told]
    return sum(_agrees(true, value, tolerance) for value, true, tolerance in asked) / len(asked)


def _voted(told: Iterable[Observation], gold: dict[Question, tuple[str, str]]) -> Iterator[tuple[Question, str]]:
    """The value that most sources say of each question, near times being support, the first of equal ones."""
    votes: dict[Question, Counter[str]] = defaultdict(Counter)
    for one in told:
        question = one.subject, one.attribute
        if question in gold:
            votes[question][one.value] += 1
    for question, counts in votes.items():
        within = gold[question][1]
        near = within if not within.endswith("%") else ""
        support = {
            value: sum(count for other, count in counts.items() if _agrees(value, other, near)) for value in counts
        }
        yield question, max(counts, key=lambda value: (support[value], counts[value]))


def measured(scratch: Path) -> Iterator[Measured | Skipped]:  # noqa: ARG001 - a stage's
    """Give how many values are right and how fast they are had, each world in a process of its own."""
    for world in WORLDS:
        if not world.table.is_file():
            yield Skipped("fusion", f"{world.name}: ../shared/bench is not here")
            continue
        say(world.name)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            found = pool.submit(figures, world).result()
        what = f"{world.name}, {found.asked:,} values: right"
        yield Measured("fusion", what, found.fused, "of 1", beside="goal", theirs=world.wanted, wanted=1)
        yield Measured("fusion", what, found.fused, "of 1", beside="plain voting", theirs=found.voted)
        yield Measured(
            "fusion", f"{world.name}: told values read and fused", found.told / found.seconds, "values/s",
            found.megabytes, None, "plain voting", found.told / found.voting,
        )  # fmt: skip
        if world is WORLDS[0]:
            what = f"{world.name}, all {found.told:,} values"
            yield Measured("fusion", what, found.seconds, "s", beside="goal", theirs=SECONDS, wanted=1)
            yield Measured("fusion", what, found.megabytes, "MB", beside="goal", theirs=MEGABYTES, wanted=1)
