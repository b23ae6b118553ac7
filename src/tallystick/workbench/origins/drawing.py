"""The origin tree as a picture and as a nested list: a portion of a case comes in, both go out.

Drawn once for as long as the case stays as it is.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from tallystick.model.estimate import Estimate
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Origin
from tallystick.reporting.derivation import Carrier, Derivations
from tallystick.reporting.graphs import graph
from tallystick.reporting.layouts import MOST_REPORTS, MOST_STATEMENTS
from tallystick.reporting.trees import Branch, Tree, trees
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.views.origins import Portion
from tallystick.storage.views.recent import Recent
from tallystick.storage.views.view import View
from tallystick.workbench.documents.addresses import document_href

__all__ = ["Drawn", "Node", "Stem", "drawn"]

# Pictures that are kept: of some ten readers, each with a few pages.
MOST_KEPT = 64


class Node(NamedTuple):
    """A report in the nested list, with those that go back to it."""

    branch: Branch
    under: tuple["Node", ...]


class Stem(NamedTuple):
    """A statement with the reports that go back to it, and how many further ones are not listed."""

    origin: Origin
    nodes: tuple[Node, ...]
    more: int
    linked: tuple[Origin, ...]


class Drawn(NamedTuple):
    """A tree as it is shown.

    Attributes:
        estimate: What it is of; that of a single origin is made for the picture.
        picture: An SVG, everything in it escaped.
        stems: The same as a list.
        judgements: What was decided about its reports and claims.
        reports: How many reports the list is of.
        statements: How many statements it has.
        partly: Whether the picture leaves something out that the list has.
        claims_left_out: Claims that neither shows.
        statements_left_out: Statements that neither shows.
    """

    estimate: Estimate
    picture: Markup
    stems: tuple[Stem, ...]
    judgements: tuple[Judgement, ...]
    reports: int
    statements: int
    partly: bool
    claims_left_out: int
    statements_left_out: int


_KEPT: Recent[tuple[CaseAddress, int, str], Drawn] = Recent(MOST_KEPT)


def drawn(view: View, name: str, take: Callable[[View, str], Portion | None]) -> Drawn | None:
    """Give the tree of an origin or estimate; None where there is none of that id.

    Args:
        view: The case.
        name: Id of the origin or estimate.
        take: What takes the portion of the case that is drawn.
    """
    key = view.address, view.mark, name
    held = _KEPT.get(key)
    if held is not None:
        return held
    portion = take(view, name)
    return None if portion is None else _KEPT.put(key, _drawn(portion))


def _drawn(portion: Portion) -> Drawn:
    derivation = Derivations(portion.ledger).of(portion.estimate)
    reports = sum(len(line.carriers) for line in derivation.lines)
    return Drawn(
        portion.estimate,
        Markup(graph(derivation, "origins", _told)),  # noqa: S704 - `graph` escapes every word that it draws
        tuple(map(_stem, trees(derivation))),
        derivation.judgements,
        reports,
        len(derivation.lines),
        reports > MOST_REPORTS or len(derivation.lines) > MOST_STATEMENTS,
        portion.claims_left_out,
        portion.statements_left_out,
    )


def _told(carrier: Carrier) -> str:
    """Where the words of a report stand."""
    first = carrier.claims[0]
    return document_href(carrier.document.id, first.start, first.end)


def _stem(tree: Tree) -> Stem:
    return Stem(tree.origin, _nested(tree.branches), tree.more, tree.linked)


def _nested(branches: Sequence[Branch]) -> tuple[Node, ...]:
    """Rows with a depth as a tree: what stands deeper belongs to the row before it."""
    found: list[Node] = []
    at = 0
    while at < len(branches):
        end = at + 1
        while end < len(branches) and branches[end].depth > branches[at].depth:
            end += 1
        found.append(Node(branches[at], _nested(branches[at + 1 : end])))
        at = end
    return tuple(found)
