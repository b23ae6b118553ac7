"""Who says is not who reports: tellings of one origin come in, a flag for each that raises the speaker goes out.

What a governor said becomes, a relay later, what the Kremlin confirmed; the figure has gained nothing but weight.
"""

from collections.abc import Iterator

from tallystick.model.claim import Claim
from tallystick.model.dossier import Actor
from tallystick.model.flag import Evidence, Flag
from tallystick.screening.findings import WARNING, Holdings, flag, named

__all__ = ["attribution_upgrades"]

PERSON = "person"
# Whom a person can be raised to. "Russian officials" is vaguer than a name, not higher.
HIGHER = frozenset(("organization", "state"))
# Code points either side of the verb within which its speaker stands.
REACH = 200


def attribution_upgrades(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each report that credits a body with what, by its origin, one official said.

    Only persons of the dossier count, and only bodies for which, by the dossier, they do not speak; a body of another
    country is a mistake of another kind. That a ministry is called by its country's name is no upgrade.
    """
    actors = {actor.id: actor for actor in holdings.dossier.actors}
    for origin in holdings.lineage.origins:
        first: tuple[Claim, Actor] | None = None
        seen: set[tuple[str, str]] = set()
        for claim in holdings.known(origin.claims):
            speaker = actors.get(holdings.names.voice(claim.speaker) or "")
            if speaker is None:
                continue
            if first is None:
                first = claim, speaker
                continue
            if _is_raised(first[1], speaker) and (claim.document, speaker.id) not in seen:
                seen.add((claim.document, speaker.id))
                yield _upgraded(holdings, first[0], claim, (first[1], speaker))


def _is_raised(one: Actor, other: Actor) -> bool:
    """Whether `other` is a body above the person `one`, and the dossier lets neither speak for the other."""
    if one.kind != PERSON or other.kind not in HIGHER:
        return False
    if None not in (one.side, other.side) and one.side != other.side:
        return False
    return other.id not in one.speaks_for and one.id not in other.speaks_for


def _upgraded(holdings: Holdings, earlier: Claim, later: Claim, actors: tuple[Actor, Actor]) -> Flag:
    one, other = actors
    where = "it also has" if earlier.document == later.document else f"{holdings.outlet(earlier.document)} has"
    reason = (
        f"{holdings.outlet(later.document)} credits {named(later)} to {other.name}; {where} the same statement from "
        f"{one.name}, who by the dossier does not speak for it."
    )
    evidence = (*_spans(holdings, earlier), *_spans(holdings, later))
    return flag("attribution_upgrade", WARNING, reason, evidence, (earlier, later))


def _spans(holdings: Holdings, claim: Claim) -> Iterator[Evidence]:
    """The words that name the speaker of a claim, as near to the verb as they stand, and its figure."""
    verb = next((one for one in claim.grounds if one.field == "speaker" and one.start is not None), None)
    if verb is not None and verb.start is not None and verb.end is not None and claim.speaker is not None:
        text = holdings.text(claim.document)
        before = text.rfind(claim.speaker, max(0, verb.start - REACH), verb.start)
        at = before if before >= 0 else text.find(claim.speaker, verb.end, verb.end + REACH)
        if at >= 0:
            yield Evidence(claim.document, at, at + len(claim.speaker))
        else:
            yield Evidence(claim.document, verb.start, verb.end)
    yield Evidence(claim.document, claim.start, claim.end)
