"""Whether two claims may speak of the same people or things: category, unit, origin, place, status, event.

Takes two tellings; gives yes or no. Numbers are never looked at here: those that compare have found them equal.
"""

from functools import lru_cache

from tallystick.model.claim import Claim, Status
from tallystick.model.dossier import Dossier
from tallystick.model.quantity import Bound
from tallystick.tracing.seats import Nearness, nearness
from tallystick.tracing.tellings import Telling
from tallystick.tracing.wordlists import wordlist
from tallystick.values.joined import Joined
from tallystick.values.names import fold
from tallystick.values.periods import gap
from tallystick.values.romanization import script

__all__ = [
    "CLOSE",
    "EVENTS_APART",
    "FREQUENT_DAYS",
    "Likeness",
    "counted_alike",
    "is_frequent",
    "is_precise",
    "is_small",
    "lifetime",
    "same_figure",
    "same_status",
]

# How often two claims of different reports agree in number and category by chance: 1.3 % of all pairs up to 20, 0.4 %
# up to 100, 0.2 % above (gold sets en-train and en-dev, 3,221 claims). Small figures must agree in place as well,
# frequent ones in time.
SMALL = 20
FREQUENT = 100
FREQUENT_DAYS = 31
# A figure that the same speaker gives after a year is a new count, unless the event has the same date.
STATEMENT_LIFE = 366
# "13,221" and "7,887" are one count each; of the reports' round figures nobody can say that.
PRECISE_DIGITS = 4
# Nothing that reports count reaches this; what does is junk.
HUGE = 10**15
# Days between two events that are surely two; "in early October" and "on November 1" may still be one dispatch.
EVENTS_APART = 31
# The same for small figures, for casualties of two known days, and for statements (rule R15: plus or minus two days).
CLOSE = 2
CASUALTY = "casualty"
HOPES = frozenset((Status.PLANNED, Status.POSSIBLE))


class Likeness:
    """Compares the populations of two tellings under the categories of one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        """Close the categories over their parts."""
        parts = {category.id: category.parts for category in dossier.categories}
        self._unions = {category: _closed(category, parts) for category in parts}
        self._kinds = {category.id: category.kind for category in dossier.categories}
        self._families = _families(parts)
        self._related = {
            category: tuple(other for other in parts if self.holds(category, other) or self.holds(other, category))
            for category in parts
        }

    def population(self, one: Telling, other: Telling) -> bool:
        """Whether unit, category, origin, place and event of two tellings fit, whatever their status.

        One report that gives a number for two places or for two kinds of victims means two groups.
        """
        first, second = one.claim, other.claim
        if not self.category(first, second) or not self.setting(one, other):
            return False
        within = one.report is other.report
        if within and nearness(one.seat, other.seat) is not Nearness.SAME:
            return False
        casualties = within and self._kinds.get(first.category) == CASUALTY
        return not (casualties or is_small(first)) or not _are_others(first.counted, second.counted)

    def category(self, one: Claim, other: Claim) -> bool:
        """Whether two claims count the same kind, or one counts a union that holds the other's."""
        if one.unit != other.unit:
            return False
        if one.category == other.category:
            return not self.is_catch_all(one.category) or counted_alike(one.counted, other.counted)
        return self.holds(one.category, other.category) or self.holds(other.category, one.category)

    def kind(self, category: str) -> str | None:
        """Give the kind of a category ("people", "casualty"); None where the dossier does not know it."""
        return self._kinds.get(category)

    def is_catch_all(self, category: str) -> bool:
        """Whether a category holds whatever fits nowhere else, so that belonging to it tells little."""
        return self._kinds.get(category) == "other"

    def related(self, category: str) -> tuple[str, ...]:
        """Give the categories whose claims may count the same as one of `category`, itself among them."""
        return self._related.get(category, (category,))

    def family(self, category: str) -> str:
        """Give the first of the categories that are joined with `category` by being part of one another."""
        return self._families.get(category, category)

    def holds(self, whole: str, part: str) -> bool:
        """Whether category `whole` is `part` or a union that holds it."""
        return whole == part or part in self._unions.get(whole, ())

    def setting(self, one: Telling, other: Telling) -> bool:
        """Whether origin, place and event of two tellings fit; small figures need more than that they may."""
        first, second = one.claim, other.claim
        if first.origin is not None and second.origin is not None and first.origin != second.origin:
            return False
        small = is_small(first) or is_small(second)
        if nearness(one.seat, other.seat) < (Nearness.SAME if small else Nearness.OPEN):
            return False
        if one.happened is None or other.happened is None:
            return True
        days = all(period.last - period.first <= CLOSE for period in (one.happened, other.happened))
        strict = small or (days and self._kinds.get(first.category) == CASUALTY)
        return gap(one.happened, other.happened) <= (CLOSE if strict else EVENTS_APART)


def is_small(claim: Claim) -> bool:
    """Whether the figure is so small that others equal it by chance."""
    return (claim.low or 0) <= SMALL and (claim.high or 0) <= SMALL


def is_frequent(claim: Claim) -> bool:
    """Whether the figure is equalled by chance now and then."""
    return (claim.low or 0) <= FREQUENT and (claim.high or 0) <= FREQUENT


def is_precise(claim: Claim) -> bool:
    """Whether the figure has so many digits before its zeros that two counts do not agree in it."""
    low = claim.low
    if low is None or low != claim.high or not 0 < low < HUGE or low != int(low):
        return False
    return len(str(int(low)).rstrip("0")) >= PRECISE_DIGITS


def lifetime(one: Claim, other: Claim) -> int:
    """Days after which an equal figure is no longer thought to be the same statement."""
    return FREQUENT_DAYS if is_frequent(one) and is_frequent(other) else STATEMENT_LIFE


def same_status(one: Claim, other: Claim) -> bool:
    """Whether both are facts, both denied, or both plans or possibilities."""
    return one.status is other.status or (one.status in HOPES and other.status in HOPES)


def same_figure(one: Claim, other: Claim) -> bool:
    """Whether two claims give the same number or the same range, however they hedge it.

    "up to 50,000" is the figure of "20,000 to 50,000", and a vague word is only the figure of the same word.
    """
    if (one.bound is Bound.VAGUE) != (other.bound is Bound.VAGUE):
        return False
    if one.low == other.low and one.high == other.high:
        return True
    values, others = _values(one), _values(other)
    if values == others:
        return True
    for single, pair, claim in ((values, others, one), (others, values, other)):
        if len(single) == 1 and len(pair) > 1:
            ends = {Bound.AT_MOST: pair[-1], Bound.AT_LEAST: pair[0]}
            return ends.get(claim.bound) == single[0]
    return False


def _values(claim: Claim) -> tuple[int | float, ...]:
    return tuple(dict.fromkeys(value for value in (claim.low, claim.high) if value is not None))


def _closed(category: str, parts: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """All parts of a union, and theirs."""
    found: set[str] = set()
    waiting = list(parts.get(category, ()))
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting.extend(parts.get(part, ()))
    return frozenset(found)


def _families(parts: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """For each category the first, by name, of those that unions join with it."""
    joined = Joined(parts)
    for whole, held in parts.items():
        for part in held:
            joined.join(whole, part)
    return {category: joined.first(category) for category in parts}


@lru_cache(maxsize=4096)
def counted_alike(one: str | None, other: str | None) -> bool:
    """Whether two counted phrases share their last word or hold one another; a missing one fits every other."""
    if not one or not other:
        return True
    first, second = fold(one), fold(other)
    if not first or not second or script(first[-1]) != script(second[-1]):
        # What two languages call the counted cannot be compared word by word.
        return True
    return _stem(first[-1]) == _stem(second[-1]) or set(first) <= set(second) or set(second) <= set(first)


@lru_cache(maxsize=4096)
def _are_others(one: str | None, other: str | None) -> bool:
    """Whether two counted phrases name different people: "two men" and "two women", not "two people"."""
    first, second = fold(one or ""), fold(other or "")
    if not first or not second or {first[-1], second[-1]} & wordlist("anybody"):
        return False
    return not counted_alike(one, other)


def _stem(word: str) -> str:
    return word.removesuffix("s")
