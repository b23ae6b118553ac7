"""Wholes and their parts: lines and their readings come in, which lines add up to which goes out.

Only what one origin states together is added: 6,000 is 5,000 and 1,000 because one speaker said all three, never
because the numbers happen to fit. Figures that fit only when rounded are added where their sentence says that they are
all the parts: "13,000, made up of 7,900 students and 5,300 others".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from tallystick.model.claim import Claim, Status
from tallystick.model.dossier import Dossier
from tallystick.reconciliation.entries import Entry
from tallystick.values.sums import Fit, enumeration, fit, sentences, term

__all__ = ["Parted", "Share", "parted"]

# Of 35 exact sums of money in 9,140 business reports 13 were chance (imports as deficit and exports, a level as an
# earlier level and a rise), so money is added only where a sentence lists it.
MONEY = "money"
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
    held = [(share.id, entry) for share in shares for entry in share.entries if not entry.revised]
    origins: defaultdict[tuple[str, Status, str], dict[tuple[str, float], list[Claim]]] = defaultdict(dict)
    for line, entry in held:
        low, high = entry.stated
        if low == high and low > 0 and entry.kind != MONEY:
            key = entry.origin.id, entry.claim.status, entry.claim.unit
            origins[key].setdefault((line, low), []).append(entry.claim)
    forest = _Forest()
    for _, lines in sorted(origins.items(), key=lambda entry: entry[0]):
        figures = [_Figure(line, value, tuple(claims)) for (line, value), claims in lines.items()]
        for whole in sorted(figures, key=lambda figure: (-figure.value, figure.line))[:WHOLES]:
            if whole.line in forest.found:
                continue
            parts = _parts(whole, figures, unions)
            names = tuple(dict.fromkeys(part.line for part in parts))
            if names:
                forest.add(Parted(whole.line, names, _sum(whole, parts)))
    for sums in _told(held, unions):
        forest.add(sums)
    return tuple(forest.found.values())


class _Forest:
    """Wholes with their parts, no line being a part of two wholes or, however indirectly, of itself."""

    def __init__(self) -> None:
        self.found: dict[str, Parted] = {}
        self._taken: dict[str, str] = {}

    def add(self, sums: Parted) -> None:
        """Add a whole unless it is known, or one of its parts is spoken for or holds it."""
        if sums.whole in self.found or any(part in self._taken for part in sums.parts):
            return
        line = sums.whole
        above = {line}
        while line in self._taken:
            line = self._taken[line]
            above.add(line)
        if above.isdisjoint(sums.parts):
            self._taken.update(dict.fromkeys(sums.parts, sums.whole))
            self.found[sums.whole] = sums


def _told(held: Sequence[tuple[str, Entry]], unions: dict[str, frozenset[str]]) -> Iterator[Parted]:
    """Wholes whose parts one sentence lists, where they add up but for rounding."""
    lines = {entry.claim.id: line for line, entry in held}
    voices = {entry.claim.id: entry.voice for _, entry in held}

    def kin(whole: Claim, part: Claim) -> bool:
        sorts = unions.get(whole.category, frozenset((whole.category,)))
        same = part.unit == whole.unit and part.status is whole.status and voices[part.id] == voices[whole.id]
        return same and part.category in sorts

    claims = sorted((entry.claim for _, entry in held), key=lambda claim: (claim.document, claim.start, claim.id))
    for sentence in sentences(claims):
        sums = enumeration(sentence, kin) if len(sentence.claims) > SMALLEST else None
        if sums is None or not SMALLEST <= len(sums.parts) <= LARGEST:
            continue
        fitting = fit(term(sums.whole), [term(part) for part in sums.parts], complete=sums.complete)
        names = tuple(dict.fromkeys(lines[part.id] for part in sums.parts))
        if len(names) == len(sums.parts) and (fitting is Fit.EXACT or (fitting is Fit.ROUNDED and sums.complete)):
            figures = [
                _Figure(lines[claim.id], float(claim.low or claim.high or 0), (claim,))
                for claim in (sums.whole, *sums.parts)
            ]
            yield Parted(lines[sums.whole.id], names, _sum(figures[0], figures[1:]))


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
    total = sum(part.value for part in parts)
    rounded = "" if total == whole.value else f" = {total:,.0f}, but for rounding"
    return (
        f"Whole and parts of one origin: {whole.value:,.0f} {_what(whole)} = {terms}{rounded}; the parts are not added "
        "again."
    )


def _what(figure: _Figure) -> str:
    claim = figure.claims[0]
    return " ".join((claim.counted or claim.category.replace("_", " ")).split())
