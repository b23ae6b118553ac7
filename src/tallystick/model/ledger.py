"""Everything that a case holds, as one record for the report and the exports."""

from dataclasses import dataclass

from tallystick.model.claim import Claim
from tallystick.model.document import Document, Failure
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Lineage

__all__ = ["Ledger"]


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
    """

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    lineage: Lineage
    estimates: tuple[Estimate, ...]
    flags: tuple[Flag, ...]
    failures: tuple[Failure, ...] = ()
    facts: tuple[Fact, ...] = ()
    judgements: tuple[Judgement, ...] = ()
