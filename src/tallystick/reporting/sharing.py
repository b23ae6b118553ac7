"""The words that two reports have in common: edges come in, excerpts side by side and spans to tint go out."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from tallystick.model.document import Document
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, EdgeLevel

__all__ = ["Alike", "Pair", "Sharing", "shared"]

# Reports that one report is held against, passages of each, and characters of a passage: enough to judge by.
MOST_ALIKE, MOST_PAIRS, LONGEST_EXCERPT = 4, 6, 600


class Pair(NamedTuple):
    """One passage as it stands in the later and in the earlier report."""

    later: str
    earlier: str


class Alike(NamedTuple):
    """What a report shares with one that it goes back to; `more` counts the passages that are not shown."""

    edge: Edge
    earlier: Document
    pairs: tuple[Pair, ...]
    more: int


class Sharing(NamedTuple):
    """What a case's reports share.

    Attributes:
        alike: By id of the later document, what it shares with which earlier ones, the surest first.
        spans: By id of a document, where in it words stand that another report has too.
    """

    alike: Mapping[str, tuple[Alike, ...]]
    spans: Mapping[str, tuple[tuple[int, int], ...]]


def shared(ledger: Ledger, shown: frozenset[str]) -> Sharing:
    """Give what the documents of `ledger` share, as far as the texts of `shown` tell it.

    Args:
        ledger: Documents and edges; those edges matter that carry shared passages.
        shown: Ids of the documents whose text the page shows.
    """
    documents = {document.id: document for document in ledger.documents}
    document_of = {claim.id: claim.document for claim in ledger.claims}
    best: dict[tuple[str, str], Edge] = {}
    for edge in ledger.lineage.edges:
        if not edge.shared:
            continue
        claims = edge.level is EdgeLevel.CLAIM
        later, earlier = (document_of.get(name, "") if claims else name for name in (edge.later, edge.earlier))
        if later == earlier or later not in documents or earlier not in documents:
            continue
        held = best.get((later, earlier))
        if (later in shown or earlier in shown) and (held is None or _clearer(edge) > _clearer(held)):
            best[later, earlier] = edge
    alike: dict[str, list[Alike]] = defaultdict(list)
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (later, earlier), edge in best.items():
        spans[later] += [(one.later_start, one.later_end) for one in edge.shared]
        spans[earlier] += [(one.earlier_start, one.earlier_end) for one in edge.shared]
        if later in shown:
            alike[later].append(_alike(edge, documents[later], documents[earlier]))
    return Sharing(
        {name: tuple(sorted(held, key=_turn)[:MOST_ALIKE]) for name, held in alike.items()},
        {name: tuple(held) for name, held in spans.items() if name in shown},
    )


def _clearer(edge: Edge) -> tuple[bool, int]:
    """An edge between reports, and one with more words in common, shows more."""
    return edge.level is EdgeLevel.DOCUMENT, sum(one.later_end - one.later_start for one in edge.shared)


def _turn(alike: Alike) -> tuple[float, str]:
    return -alike.edge.confidence, alike.earlier.id


def _alike(edge: Edge, later: Document, earlier: Document) -> Alike:
    pairs = tuple(
        Pair(
            _excerpt(later.text[one.later_start : one.later_end]),
            _excerpt(earlier.text[one.earlier_start : one.earlier_end]),
        )
        for one in edge.shared[:MOST_PAIRS]
    )
    return Alike(edge, earlier, pairs, len(edge.shared) - len(pairs))


def _excerpt(text: str) -> str:
    """As much of a passage as is shown."""
    return text if len(text) <= LONGEST_EXCERPT else text[: LONGEST_EXCERPT - 1] + "…"
