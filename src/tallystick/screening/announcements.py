"""Who announced it: the figures of each report come in, flags on those that it credits to two go out.

A headline by which the Kremlin announces what, by the text below, a governor announced tells its readers two things of
which one alone is so.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from tallystick.model.claim import Claim
from tallystick.model.document import Document, PassageKind
from tallystick.model.dossier import Actor
from tallystick.model.flag import Flag
from tallystick.screening.findings import WARNING, Holdings, amount, flag, named, spans
from tallystick.screening.names import words_of

__all__ = ["conflicting_attributions"]

ANNOUNCED = frozenset("announce announces announced announcing unveil unveils unveiled".split())
CONFIRMED = frozenset("confirm confirms confirmed confirming".split())
# Words of a second one who says the same, or of one who says it again: there both may have done so.
AGAIN = frozenset(
    "also too both separately earlier previously later then again likewise already meanwhile after before following "
    "joint jointly together echoed repeated reiterated subsequently additionally".split()
)
STATE = "state"
# Tellings of one figure in one report that are looked at.
MOST = 20


def conflicting_attributions(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each figure that a report has announced by two actors who, by the dossier, are not one voice.

    That two confirm it is in order, except where the headline has it confirmed by one who, in the text, says nothing of
    it. Sentences that tell of a second statement ("also", "earlier") are in order.
    """
    actors = {actor.id: actor for actor in holdings.dossier.actors}
    for document in holdings.documents if actors else ():
        told: defaultdict[tuple[str, str, float], list[tuple[Claim, Actor]]] = defaultdict(list)
        for claim in holdings.claims_of(document.id):
            actor, value = actors.get(holdings.names.voice(claim.speaker) or ""), amount(claim)
            if actor is not None and value is not None:
                told[claim.category, claim.unit, value].append((claim, actor))
        for tellings in told.values():
            found = _conflict(document, tellings[:MOST], actors)
            if found is not None:
                yield _flagged(holdings, document, *found)


def _conflict(
    document: Document, tellings: list[tuple[Claim, Actor]], actors: dict[str, Actor]
) -> tuple[tuple[Claim, Actor], tuple[Claim, Actor]] | None:
    """The first two tellings of one figure that cannot both be its announcement."""
    credited = [(claim, actor, _verb(claim)) for claim, actor in tellings]
    for turn, (claim, actor, verb) in enumerate(credited):
        if verb not in ANNOUNCED | CONFIRMED or _is_repeated(claim):
            continue
        silent = _is_headline(document, claim) and not any(
            _are_one(actor, other, actors) for one, other, _ in credited if not _is_headline(document, one)
        )
        for one, other, said in credited[turn + 1 :]:
            if _are_one(actor, other, actors) or _is_repeated(one):
                continue
            against = silent and not _is_headline(document, one) and said in ANNOUNCED | CONFIRMED
            if against or (verb in ANNOUNCED and said in ANNOUNCED):
                return (claim, actor), (one, other)
    return None


def _verb(claim: Claim) -> str:
    """The word by which a text credits a figure to its speaker, lower case; "" where there is none."""
    ground = next((one for one in claim.grounds if one.field == "speaker" and one.start is not None), None)
    return "" if ground is None else ground.cue.casefold()


def _is_repeated(claim: Claim) -> bool:
    return not AGAIN.isdisjoint(word.folded for word in words_of(claim.quote))


def _is_headline(document: Document, claim: Claim) -> bool:
    at = bisect_right(document.passages, claim.start, key=lambda passage: passage.start) - 1
    return at >= 0 and document.passages[at].kind is PassageKind.HEADLINE


def _are_one(one: Actor, other: Actor, actors: dict[str, Actor]) -> bool:
    """Whether one of two may speak for the other, is its country, or they have a body in common."""
    if one.id == other.id or other.id in one.speaks_for or one.id in other.speaks_for:
        return True
    if STATE in (one.kind, other.kind) and one.side == other.side:
        return True
    shared = set(one.speaks_for) & set(other.speaks_for)
    return any(actors[name].kind == "organization" for name in shared if name in actors)


def _flagged(holdings: Holdings, document: Document, first: tuple[Claim, Actor], second: tuple[Claim, Actor]) -> Flag:
    (claim, one), (other, another) = first, second
    where = "in its headline " if _is_headline(document, claim) else ""
    reason = (
        f"{holdings.outlet(document.id)} credits {named(claim)} {where}to {one.name} (“{_verb(claim)}”), and "
        f"{named(other)} to {another.name} (“{_verb(other)}”); by the dossier neither speaks for the other."
    )
    return flag("conflicting_attributions", WARNING, reason, spans((claim, other)), (claim, other))
