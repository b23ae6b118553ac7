"""What of a case a page shows when it cannot show all: a ledger comes in, what is drawn and what is counted goes out.

What is flagged or disputed goes before what is reported most, and that before the rest, so that the page of a hundred
thousand reports is a few megabytes and what a reader must not miss is on it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from tallystick.model.document import Document
from tallystick.model.estimate import Estimate, Reading
from tallystick.model.flag import Flag
from tallystick.model.ledger import Ledger

__all__ = [
    "LONGEST_TEXT",
    "MOST_CARDS",
    "MOST_CHARTS",
    "MOST_FAILURES",
    "MOST_HITS",
    "MOST_JUDGEMENTS",
    "MOST_PLACES",
    "SEVERITIES",
    "Selection",
    "first",
    "population_of",
    "ranking",
    "readings_of",
    "select",
    "size_of",
]

Thing = TypeVar("Thing")
Population = tuple[str, str, str, str]
NOTE = "note"
SEVERITIES = ("error", "warning", NOTE)
# A card of an estimate with its picture takes 2 to 25 kB; 150 of them are read by nobody in one sitting.
MOST_ESTIMATES = 150
# A row of a table takes 250 to 400 bytes.
MOST_ROWS = 1_000
# A chart takes 35 ms and 20 kB.
MOST_CHARTS = 24
MOST_FLAGS = 300
# A hit takes 3 to 8 kB on the page; what a reader must not miss comes first, the rest is counted.
MOST_HITS = 60
MOST_FAILURES = 300
MOST_CARDS = 150
MOST_JUDGEMENTS = 300
# Readings, and links of one reading to the places where it stands, on one card.
MOST_READINGS, MOST_PLACES = 30, 12
# Bytes that texts with what was read from them may take, about: 2 MB are 400 reports of a wire agency.
MOST_TEXT = 2_000_000
# What the page says of one claim: its line, and the grounds of its fields.
CLAIM_SIZE = 1_000
# Of a longer text only the paragraphs that hold a mark are shown: a book would crowd out all other reports.
LONGEST_TEXT = 200_000


class Selection(NamedTuple):
    """What the page shows, each in the order of the ledger.

    Attributes:
        estimates: With a card.
        listed: In the table of estimates.
        populations: Those of `estimates`, the foremost first.
        flags: All flags that are shown.
        texts: Ids of the documents whose text is shown.
        named: Ids of the documents that are shown or listed.
    """

    estimates: tuple[Estimate, ...]
    listed: tuple[Estimate, ...]
    populations: tuple[Population, ...]
    flags: tuple[Flag, ...]
    texts: frozenset[str]
    named: frozenset[str]


def select(ledger: Ledger) -> Selection:
    """Choose what of `ledger` is shown; everything where it is not large."""
    flags = first(ledger.flags, MOST_FLAGS, lambda flag: (_severity(flag),))
    rank = ranking(ledger)
    estimates = first(ledger.estimates, MOST_ESTIMATES, rank)
    texts = _texts(ledger, flags, sorted(estimates, key=rank))
    others = (document.id for document in ledger.documents if document.id not in texts)
    return Selection(
        estimates,
        first(ledger.estimates, MOST_ROWS, rank),
        tuple(dict.fromkeys(population_of(estimate) for estimate in sorted(estimates, key=rank))),
        flags,
        frozenset(texts),
        frozenset((*texts, *islice(others, MOST_ROWS))),
    )


def ranking(ledger: Ledger) -> Callable[[Estimate], tuple[int, ...]]:
    """Give the key that puts the estimates first that are flagged, then those that are disputed or reported most."""
    flagged = frozenset(name for flag in ledger.flags if flag.severity != NOTE for name in flag.claims)

    def rank(estimate: Estimate) -> tuple[int, ...]:
        marked = not flagged.isdisjoint(estimate.claims)
        return not marked, not estimate.conflicts, -estimate.reports

    return rank


def first(held: Sequence[Thing], most: int, rank: Callable[[Thing], tuple[int, ...]]) -> tuple[Thing, ...]:
    """Give the `most` of `held` that come first by `rank`, in the order in which they stand."""
    if len(held) <= most:
        return tuple(held)
    order = sorted(range(len(held)), key=lambda at: (rank(held[at]), at))
    return tuple(held[at] for at in sorted(order[:most]))


def population_of(estimate: Estimate) -> Population:
    """What estimates of one population have in common."""
    population = estimate.population
    return population.category, population.origin or "", population.place or "", population.unit


def readings_of(estimate: Estimate) -> tuple[Reading, ...]:
    """The readings that a card shows: those that hold and are reported most."""
    return first(estimate.readings, MOST_READINGS, lambda reading: (reading.superseded, -reading.reports))


def size_of(document: Document, claims: int) -> int:
    """About how many bytes a document takes on the page."""
    return min(len(document.text), LONGEST_TEXT) + CLAIM_SIZE * claims


def _texts(ledger: Ledger, flags: Iterable[Flag], estimates: Iterable[Estimate]) -> set[str]:
    """The documents whose text is shown: first those that something shown rests on, then others while there is room."""
    documents = {document.id: document for document in ledger.documents}
    held = Counter(claim.document for claim in ledger.claims)
    room, found = MOST_TEXT, set[str]()
    for name in dict.fromkeys(_wanted(ledger, flags, estimates)):
        size = size_of(documents[name], held[name]) if name in documents else room + 1
        if size <= room:
            room -= size
            found.add(name)
    return found


def _wanted(ledger: Ledger, flags: Iterable[Flag], estimates: Iterable[Estimate]) -> Iterator[str]:
    """Ids of documents in the order in which they are needed, some more than once."""
    document_of = {claim.id: claim.document for claim in ledger.claims}
    for flag in flags:
        yield from (one.document for one in flag.evidence)
        yield from (document_of[name] for name in flag.claims[:MOST_PLACES] if name in document_of)
    for hit in ledger.hits[:MOST_HITS]:
        for finding in hit.findings:
            yield from (one.document for one in finding.evidence[:MOST_PLACES])
    for estimate in estimates:
        named = (conflict.claims for conflict in estimate.conflicts)
        for claims in (*named, *(reading.claims for reading in readings_of(estimate))):
            yield from (document_of[name] for name in claims[:MOST_PLACES] if name in document_of)
    yield from (fact.document for fact in ledger.facts)
    yield from (document.id for document in ledger.documents)


def _severity(flag: Flag) -> int:
    """The turn of a flag's severity, the worst first."""
    return SEVERITIES.index(flag.severity) if flag.severity in SEVERITIES else len(SEVERITIES)
