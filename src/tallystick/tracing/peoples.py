"""Figures that count a people without saying what they are: "6,000 North Koreans" beside 6,000 workers.

Takes a casebook; gives the step that joins such a figure to the one statement of its speaker that has the same number.
Where a speaker gave that number for two kinds (15,000 laborers and 15,000 troops), nobody can tell which is meant.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tallystick.model.claim import Claim
from tallystick.model.lineage import Mechanism
from tallystick.model.quantity import Number
from tallystick.tracing.likeness import Likeness, is_frequent, same_figure, same_status
from tallystick.tracing.links import UNDATED, Link, claim_link
from tallystick.tracing.naming import what, when_and_who
from tallystick.tracing.statements import kin_in_time
from tallystick.tracing.tellings import Casebook, Telling
from tallystick.tracing.voices import Kinship
from tallystick.tracing.wordlists import wordlist
from tallystick.values.names import fold
from tallystick.values.places import is_demonym_noun

__all__ = ["counts_a_people", "peoples"]

# Tellings of one number and origin that are kept for comparison; one statement in more reports is still one.
KEPT = 64
LIVING = frozenset(("people", "other"))


def peoples(casebook: Casebook, likeness: Likeness, repeated: frozenset[int]) -> Iterator[Link]:
    """Yield the step between each figure that counts a people and the one kind of which its speaker gave that number.

    Args:
        casebook: The case.
        likeness: Compares populations.
        repeated: Turns of claims in copied paragraphs, which need no other step.
    """
    kinds: defaultdict[tuple[str, Number, str], list[Telling]] = defaultdict(list)
    bare: list[Telling] = []
    for telling in casebook.tellings:
        claim = telling.claim
        if telling.order in repeated or telling.exact is None or claim.origin is None or is_frequent(claim):
            continue
        if counts_a_people(claim, likeness):
            bare.append(telling)
            continue
        held = kinds[claim.unit, telling.exact, claim.origin]
        if likeness.kind(claim.category) in LIVING and len(held) < KEPT:
            held.append(telling)
    for telling in bare:
        claim = telling.claim
        fitting = [
            other
            for other in kinds.get((claim.unit, telling.exact or 0, claim.origin or ""), ())
            if _fits(telling, other, likeness)
        ]
        if fitting and _are_one_kind(fitting, likeness):
            earlier, later = sorted((telling, fitting[0]))
            reason = (
                f"{when_and_who(earlier)} and {when_and_who(later)} give {what(earlier)} and {what(later)}: "
                "of no other kind is that number given."
            )
            yield claim_link(later, earlier, Mechanism.SAME_ANNOUNCEMENT, reason, UNDATED)


def counts_a_people(claim: Claim, likeness: Likeness) -> bool:
    """Whether a claim counts people of whom it tells the nation at most: "North Koreans", "people"."""
    if not claim.counted or likeness.kind(claim.category) not in LIVING:
        return False
    words = fold(claim.counted)
    return bool(words) and (is_demonym_noun(claim.counted) or words[-1] in wordlist("anybody"))


def _fits(one: Telling, other: Telling, likeness: Likeness) -> bool:
    """Whether all but the kind agrees."""
    alike = same_figure(one.claim, other.claim) and same_status(one.claim, other.claim)
    return alike and likeness.setting(one, other) and kin_in_time(one, other) is not Kinship.STRANGERS


def _are_one_kind(tellings: Sequence[Telling], likeness: Likeness) -> bool:
    """Whether all count the same kind, or unions and parts of it."""
    first = tellings[0].claim
    return all(likeness.category(first, other.claim) for other in tellings)
