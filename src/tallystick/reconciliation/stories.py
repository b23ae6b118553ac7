"""Which reports are of one story: documents and their lineage come in, the first document of each story goes out."""

from collections.abc import Sequence

from tallystick.model.document import Document
from tallystick.model.lineage import EdgeLevel, Lineage

__all__ = ["stories"]


def stories(documents: Sequence[Document], lineage: Lineage) -> dict[str, str]:
    """Give for every document the earliest of those that share an origin or text with it, however indirectly."""
    turns = {document.id: turn for turn, document in enumerate(documents)}
    leaders = {document.id: document.id for document in documents}

    def leader(name: str) -> str:
        while leaders[name] != name:
            leaders[name] = leaders[leaders[name]]
            name = leaders[name]
        return name

    def join(one: str, other: str) -> None:
        if one in leaders and other in leaders:
            first, second = sorted((leader(one), leader(other)), key=lambda name: (turns[name], name))
            leaders[second] = first

    for origin in lineage.origins:
        for name in origin.documents[1:]:
            join(origin.documents[0], name)
    for edge in lineage.edges:
        if edge.level is EdgeLevel.DOCUMENT:
            join(edge.later, edge.earlier)
    return {name: leader(name) for name in leaders}
