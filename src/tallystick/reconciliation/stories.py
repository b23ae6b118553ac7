"""Which reports are of one story: documents and their lineage come in, the first document of each story goes out."""

from collections.abc import Sequence

from tallystick.model.document import Document
from tallystick.model.lineage import EdgeLevel, Lineage
from tallystick.values.joined import Joined

__all__ = ["stories"]


def stories(documents: Sequence[Document], lineage: Lineage) -> dict[str, str]:
    """Give for every document the earliest of those that share an origin or text with it, however indirectly."""
    turns = {document.id: turn for turn, document in enumerate(documents)}
    joined = Joined(turns, lambda name: (turns[name], name))
    pairs = [(origin.documents[0], name) for origin in lineage.origins for name in origin.documents[1:]]
    pairs.extend((edge.later, edge.earlier) for edge in lineage.edges if edge.level is EdgeLevel.DOCUMENT)
    for one, other in pairs:
        if one in joined and other in joined:
            joined.join(one, other)
    return {name: joined.first(name) for name in turns}
