"""Where the rules and a model disagree about a report: claims of both come in, what is alike and what is not goes out.

Pure. A field in which the model tells nothing is none in which they differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.second_reader import Dispute, DisputeKind

__all__ = ["Compared", "Pair", "compare", "differing", "disputes"]

# What decides into which estimate a figure goes, and as what.
FIELDS = ("low", "high", "bound", "category", "unit", "status", "aspect", "measure", "origin", "place", "speaker",
          "when")  # fmt: skip
# Of these, one that holds all the words of the other says the same: "Shoigu", "Sergei Shoigu".
WORDS = frozenset(("place", "speaker"))


class Pair(NamedTuple):
    """A figure that both have: the claim by the rules, the one by the model, and the fields in which they differ."""

    ours: Claim
    theirs: Claim
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two readings of one report side by side.

    Attributes:
        agreed: Figures that both read alike.
        differing: Figures that both have, with different fields.
        only_rules: Claims that the model does not have.
        only_model: Claims that the rules do not have.
    """

    agreed: tuple[Pair, ...]
    differing: tuple[Pair, ...]
    only_rules: tuple[Claim, ...]
    only_model: tuple[Claim, ...]


def compare(ours: Sequence[Claim], theirs: Sequence[Claim]) -> Compared:
    """Put the claims of one report by the rules and by a model side by side.

    Two that mark the same words belong together, else two that share a word, the first in the text with the first.
    """
    same = {(one.start, one.end): one for one in ours}
    pairs = {one.id: same[one.start, one.end] for one in theirs if (one.start, one.end) in same}
    taken = {one.id for one in pairs.values()}
    for one in theirs:
        if one.id in pairs:
            continue
        near = next((held for held in ours if held.id not in taken and _share(held, one)), None)
        if near is not None:
            pairs[one.id] = near
            taken.add(near.id)
    told = [Pair(pairs[one.id], one, differing(pairs[one.id], one)) for one in theirs if one.id in pairs]
    return Compared(
        tuple(one for one in told if not one.fields),
        tuple(one for one in told if one.fields),
        tuple(one for one in ours if one.id not in taken),
        tuple(one for one in theirs if one.id not in pairs),
    )


def differing(ours: Claim, theirs: Claim) -> tuple[str, ...]:
    """Give the fields in which a model tells something else than the rules."""
    return tuple(name for name in FIELDS if not _alike(name, getattr(ours, name), getattr(theirs, name), theirs))


def disputes(compared: Compared, open_claims: Iterable[str], *, whole: bool = True) -> tuple[Dispute, ...]:
    """Give what a reviewer should look at first.

    Args:
        compared: Both readings of a report.
        open_claims: Ids of the claims that nobody has judged: about another one a person has decided.
        whole: Whether all that the model said could be read; else what it left out is not known.
    """
    free = frozenset(open_claims)
    left_out = compared.only_rules if whole else ()
    return (
        *(Dispute(DisputeKind.DIFFERING, one.ours.id, one.theirs.id) for one in compared.differing
          if one.ours.id in free),
        *(Dispute(DisputeKind.ONLY_RULES, one.id, None) for one in left_out if one.id in free),
        *(Dispute(DisputeKind.ONLY_MODEL, None, one.id) for one in compared.only_model),
    )  # fmt: skip


def _share(one: Claim, other: Claim) -> bool:
    return one.start < other.end and other.start < one.end


def _alike(name: str, ours: object, theirs: object, told: Claim) -> bool:
    """Whether one field says the same; of one that is empty the model tells nothing, but for an end that is open."""
    if name in ("low", "high"):
        return ours == theirs or told.bound.value == "vague"
    if theirs is None or ours == theirs:
        return True
    if name in WORDS and isinstance(ours, str) and isinstance(theirs, str):
        few, many = sorted((_words(ours), _words(theirs)), key=len)
        return bool(few) and few <= many
    return False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().replace("’s", "").replace("'s", "").split())
