"""Everything that a case holds, as one record for the report and the exports."""

from collections.abc import Iterable
from dataclasses import dataclass

from tallystick.model.claim import Claim
from tallystick.model.document import Document, Failure
from tallystick.model.estimate import Estimate, estimate_order
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag, flag_order
from tallystick.model.hit import Hit, hit_order
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Lineage, edge_order, origin_order

__all__ = ["Derived", "Ledger"]

NO_LINEAGE = Lineage((), ())


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from reports and claims, each in its order.

    Attributes:
        lineage: Edges and origins.
        estimates: One per population, measure and status.
        flags: What does not add up.
        hits: The provisions that may apply.
    """

    lineage: Lineage = NO_LINEAGE
    estimates: tuple[Estimate, ...] = ()
    flags: tuple[Flag, ...] = ()
    hits: tuple[Hit, ...] = ()

    def joined(self, others: Iterable["Derived"]) -> "Derived":
        """Give this and what follows from other reports together, in the one order that every case has."""
        found = (self, *others)
        return Derived(
            Lineage(
                tuple(sorted((edge for one in found for edge in one.lineage.edges), key=edge_order)),
                tuple(sorted((origin for one in found for origin in one.lineage.origins), key=origin_order)),
            ),
            tuple(sorted((estimate for one in found for estimate in one.estimates), key=estimate_order)),
            tuple(sorted((flag for one in found for flag in one.flags), key=flag_order)),
            tuple(sorted((hit for one in found for hit in one.hits), key=hit_order)),
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """The content of a case.

    Attributes:
        documents: By publication (`by_publication`).
        claims: In document order, then by `start`.
        lineage: Edges and origins.
        estimates: One per population, measure and status.
        flags: What does not add up.
        failures: Reports that could not be taken, by name.
        facts: What the dossier asks for besides figures, in document order, then by `start`.
        judgements: What reviewers decided, in order.
        hits: The provisions that may apply, the gravest tier first.
    """

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    lineage: Lineage
    estimates: tuple[Estimate, ...]
    flags: tuple[Flag, ...]
    failures: tuple[Failure, ...] = ()
    facts: tuple[Fact, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    hits: tuple[Hit, ...] = ()
