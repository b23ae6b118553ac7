"""Wholes and their parts: lines and their readings come in, which lines add up to which goes out.

Only what one origin states together is added: 6,000 is 5,000 and 1,000 because one speaker said all three, never
because the numbers happen to fit.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from tallystick.model.claim import Claim, Status
from tallystick.model.dossier import Dossier
from tallystick.reconciliation.entries import Entry

__all__ = ["Parted", "Share", "parted"]

# Parts are named within a few sentences of one another: this many code points.
NEAR = 600
# A whole has few parts; of more candidates only the first are tried, so that a long list costs no long search.
CANDIDATES = 12
WHOLES = 200
SMALLEST = 2
LARGEST = 8


class Share(NamedTuple):
    """A line with its id, as far as adding up is concerned."""

    id: str
    entries: tuple[Entry, ...]


class Parted(NamedTuple):
    """Lines that add up.

    Attributes:
        whole: Id of the line of the whole.
        parts: Ids of the lines of the parts.
        step: The addition, as a sentence.
    """

    whole: str
    parts: tuple[str, ...]
    step: str


class _Figure(NamedTuple):
    """What one origin says in one line."""

    line: str
    value: float
    claims: tuple[Claim, ...]


def parted(shares: Iterable[Share], dossier: Dossier) -> tuple[Parted, ...]:
    """Give every whole with its parts; a line is part of one whole at most."""
    unions = {category.id: frozenset((category.id, *category.parts)) for category in dossier.categories}
    origins: defaultdict[tuple[str, Status, str], dict[tuple[str, float], list[Claim]]] = defaultdict(dict)
    for share in shares:
        for entry in share.entries:
            low, high = entry.stated
            if low == high and low > 0 and not entry.revised:
                key = entry.origin.id, entry.claim.status, entry.claim.unit
                origins[key].setdefault((share.id, low), []).append(entry.claim)
    found: dict[str, Parted] = {}
    taken: dict[str, str] = {}
    for _, lines in sorted(origins.items(), key=lambda entry: entry[0]):
        figures = [_Figure(line, value, tuple(claims)) for (line, value), claims in lines.items()]
        for whole in sorted(figures, key=lambda figure: (-figure.value, figure.line))[:WHOLES]:
            if whole.line in found:
                continue
            above = _above(whole.line, taken)
            parts = _parts(whole, figures, unions)
            names = tuple(dict.fromkeys(part.line for part in parts))
            if not names or any(name in taken for name in names) or not above.isdisjoint(names):
                continue
            taken.update(dict.fromkeys(names, whole.line))
            found[whole.line] = Parted(whole.line, names, _sum(whole, parts))
    return tuple(found.values())


def _above(line: str, taken: dict[str, str]) -> frozenset[str]:
    """The wholes that a line is part of, however indirectly."""
    above = []
    while line in taken:
        line = taken[line]
        above.append(line)
    return frozenset(above)


def _parts(whole: _Figure, figures: Sequence[_Figure], unions: dict[str, frozenset[str]]) -> tuple[_Figure, ...]:
    """The figures that add up to `whole`, of the sorts it may be made of; () where there are none."""
    sorts = unions.get(whole.claims[0].category, frozenset((whole.claims[0].category,)))
    lesser = [
        figure
        for figure in figures
        if figure.line != whole.line and figure.value < whole.value and figure.claims[0].category in sorts
    ]
    lesser = sorted(lesser, key=lambda figure: (figure.claims[0].document, figure.claims[0].start))[:CANDIDATES]
    for size in range(min(len(lesser), LARGEST), SMALLEST - 1, -1):
        if SMALLEST + 2 < size < len(lesser):
            # Between all of them and a few there are too many ways to pick.
            continue
        for pick in combinations(lesser, size):
            lines = {figure.line for figure in pick}
            if len(lines) == size and sum(figure.value for figure in pick) == whole.value and _together(pick):
                return pick
    return ()


def _together(pick: Sequence[_Figure]) -> bool:
    """Whether one document names all figures close to one another."""
    places: defaultdict[str, list[list[int]]] = defaultdict(list)
    for figure in pick:
        starts: defaultdict[str, list[int]] = defaultdict(list)
        for claim in figure.claims:
            starts[claim.document].append(claim.start)
        for document, found in starts.items():
            places[document].append(found)
    complete = [named for named in places.values() if len(named) == len(pick)]
    return any(
        all(min(abs(start - anchor) for start in starts) <= NEAR for starts in named[1:])
        for named in complete
        for anchor in named[0]
    )


def _sum(whole: _Figure, parts: Sequence[_Figure]) -> str:
    terms = " + ".join(f"{part.value:,.0f} {_what(part)}" for part in parts)
    return f"Whole and parts of one origin: {whole.value:,.0f} {_what(whole)} = {terms}; the parts are not added again."


def _what(figure: _Figure) -> str:
    claim = figure.claims[0]
    return " ".join((claim.counted or claim.category.replace("_", " ")).split())
