"""Find out who repeats whom: documents and their claims come in, edges and origins go out.

Text that is the same, sources that reports name, and statements that agree in speaker, time, population and figure
each give steps back; claims joined by steps have one origin. Nothing here reads a file or a clock.
"""

from collections.abc import Iterable

from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Edge, EdgeLevel, Lineage
from tallystick.tracing.copies.copies import copies
from tallystick.tracing.corrections import corrections
from tallystick.tracing.events import Occasions, named_events
from tallystick.tracing.families import families
from tallystick.tracing.hands import ALONE, Hands
from tallystick.tracing.judging import Rulings
from tallystick.tracing.likeness import Likeness
from tallystick.tracing.links import Link
from tallystick.tracing.origins import groups, origins, unattributed
from tallystick.tracing.peoples import peoples
from tallystick.tracing.quotations import quotations
from tallystick.tracing.relays import credit_lines, relays
from tallystick.tracing.sharing import sharing
from tallystick.tracing.statements import statements
from tallystick.tracing.sums import sums
from tallystick.tracing.tellings import Casebook

__all__ = ["trace"]


def trace(
    documents: tuple[Document, ...], claims: tuple[Claim, ...], dossier: Dossier, judgements: Iterable[Judgement] = (),
    *, hands: Hands = ALONE,
) -> Lineage:  # fmt: skip
    """Give the lineage of a case: who repeats whom, and the origins that every claim goes back to.

    Args:
        documents: The reports of the case, in any order.
        claims: Their claims, in any order.
        dossier: Its actors with their other names, its places, sources and categories.
        judgements: What reviewers decided about steps, in any order; those about other cases change nothing.
        hands: Who does the work; the lineage is the same whoever does it.

    Returns:
        Edges in the order in which the later claim or document became known; origins in that of their first claims.
        Every claim belongs to exactly one origin. The same reports give the same lineage in whatever order they come.

    Raises:
        KeyError: Where a claim names a document that is not among `documents`.
    """
    casebook = Casebook(documents, claims, dossier)
    likeness = Likeness(dossier)
    occasions = Occasions(casebook, dossier)
    rulings = Rulings(casebook, likeness, judgements)
    links = list(rulings.standing(copies(casebook, hands)))
    repeated = frozenset(link.later for link in links if link.joins)
    copied = tuple(links)
    for found_so in hands.each([
        lambda: list(quotations(casebook, likeness, copied, repeated)),
        lambda: list(statements(casebook, likeness, repeated)),
        lambda: list(relays(casebook, likeness, repeated)),
        lambda: list(families(casebook, likeness, repeated)),
        lambda: list(named_events(casebook, likeness, occasions, repeated)),
        lambda: list(sums(casebook, likeness, repeated)),
        lambda: list(peoples(casebook, likeness, repeated)),
    ]):  # fmt: skip
        links.extend(found_so)
    links.extend(credit_lines(casebook, links))
    links.extend(corrections(casebook, links))
    links = [*rulings.added(), *rulings.standing(links)]
    found = groups(casebook, links)
    repeats = tuple(rulings.standing(unattributed(found, likeness)))
    links.extend(repeats)
    if any(link.joins for link in repeats):
        # A reviewer has confirmed that a figure without a speaker repeats an earlier one.
        found = groups(casebook, links)
    shared = sharing(found, likeness, casebook.outlets, occasions)
    return Lineage(_edges(links), origins(found, links, likeness, shared))


def _edges(links: Iterable[Link]) -> tuple[Edge, ...]:
    """The edges in order: between two claims the surest one, between two documents one for each mechanism."""
    surest: dict[tuple[EdgeLevel, int, int, str], Edge] = {}
    for later, earlier, edge, _ in links:
        key = (edge.level, later, earlier, edge.mechanism if edge.level is EdgeLevel.DOCUMENT else "")
        held = surest.get(key)
        if held is None or edge.confidence > held.confidence:
            surest[key] = edge
    return tuple(edge for _, edge in sorted(surest.items(), key=lambda entry: entry[0]))
