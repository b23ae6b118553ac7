"""What people are sent for, as it grows in retelling: tellings of one origin come in, notes on new purposes go out."""

from collections.abc import Iterator
from re import compile as pattern

from tallystick.model.claim import Claim
from tallystick.model.fact import Fact
from tallystick.model.flag import Evidence, Flag
from tallystick.screening.findings import NOTE, Holdings, cut, flag, named

__all__ = ["purposes_invented"]

# Slots of a dossier that tell what somebody is to do, or what for.
SLOTS = frozenset(("task", "purpose"))
# Shorter words ("and", "area", "mine") stand in too many tasks to tell two of them apart.
WORD = pattern(r"[^\W\d_]{5,}")
# Letters by which two words are one: "rebuild" and "rebuilding", "reconstruct" and "reconstruction".
STEM = 5
# Reports of one origin that are compared; the first ones tell what was said.
MOST_REPORTS = 60


def purposes_invented(holdings: Holdings) -> Iterator[Flag]:
    """Yield a note for each report that names a task or purpose which no other telling of its figure knows.

    The origin's first report has to name a task itself, and the words of the later one must stand nowhere in the other
    reports of the origin: who only repeats a figure has no source for more.
    """
    for origin in holdings.lineage.origins:
        documents = origin.documents[:MOST_REPORTS]
        if len(documents) < 2:
            continue
        held = {name: _beside(holdings, name, frozenset(origin.claims)) for name in documents}
        if not held[documents[0]]:
            continue
        stems = {name: _stems(holdings.text(name)) for name in documents}
        for name in documents[1:]:
            others = frozenset[str]().union(*(stems[other] for other in documents if other != name))
            for fact, claim in held[name]:
                # Who is counted and where are no purpose.
                own = _stems(fact.value) - _stems(f"{claim.place or ''} {claim.counted or ''}")
                if own and own.isdisjoint(others):
                    yield _invented(holdings, documents[0], held[documents[0]][0][0], fact, claim)


def _beside(holdings: Holdings, document: str, claims: frozenset[str]) -> list[tuple[Fact, Claim]]:
    """The tasks of a report that stand in one sentence with a figure of the origin, each with the first such figure."""
    found = []
    told = [claim for claim in holdings.claims_of(document) if claim.id in claims]
    for fact in holdings.facts_of(document):
        if fact.slot in SLOTS:
            near = next((claim for claim in told if claim.quote and claim.quote == fact.quote), None)
            if near is not None:
                found.append((fact, near))
    return found


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in WORD.findall(text.casefold()))


def _invented(holdings: Holdings, first: str, known: Fact, fact: Fact, claim: Claim) -> Flag:
    reason = (
        f"{holdings.outlet(fact.document)} says of {named(claim)} “{cut(fact.value)}”; {holdings.outlet(first)}, to "
        f"whose telling the figure goes back, has “{cut(known.value)}”, and no other report of it has a word of that."
    )
    spans = (Evidence(fact.document, fact.start, fact.end), Evidence(known.document, known.start, known.end))
    return flag("purpose_invented", NOTE, reason, spans, (claim,))
