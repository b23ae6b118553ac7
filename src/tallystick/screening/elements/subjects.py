"""What the signs of packs stand for: packs come in, all their signs with element, exemption or justification go out."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from tallystick.model.provision import Pack, Reach, Sign

__all__ = ["Kind", "Subject", "Subjects"]


class Kind(StrEnum):
    """What a sign may be a sign of."""

    SCOPE = "scope"
    ELEMENT = "element"
    EXEMPTION = "exemption"
    JUSTIFICATION = "justification"


class Subject(NamedTuple):
    """What a sign shows, or speaks against.

    Attributes:
        pack: Name of the pack.
        kind: Of what it is a sign.
        id: Id of the element, exemption or justification; "" of the scope.
        contrary: Whether the sign speaks against it.
        contested: Whether it shows it only by a reading that not all share.
        note: What to tell the reader of it.
    """

    pack: str
    kind: Kind
    id: str
    contrary: bool
    contested: bool
    note: str


class Subjects:
    """All signs of all packs, by number, each with its subject."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Number the signs in the order of the packs."""
        signs: list[Sign] = []
        named: list[Subject] = []

        def add(pack: Pack, kind: Kind, name: str, found: Iterable[Sign], *, contrary: bool = False) -> None:
            for sign in found:
                signs.append(sign)
                named.append(Subject(pack.name, kind, name, contrary, sign.reach is Reach.CONTESTED, sign.note))

        for pack in packs:
            add(pack, Kind.SCOPE, "", pack.scope)
            for element in pack.elements:
                add(pack, Kind.ELEMENT, element.id, element.signs)
                add(pack, Kind.ELEMENT, element.id, element.contrary, contrary=True)
            for exemption in pack.exemptions:
                add(pack, Kind.EXEMPTION, exemption.id, exemption.signs)
            for justification in pack.justifications:
                add(pack, Kind.JUSTIFICATION, justification.id, justification.signs)
        self.signs = tuple(signs)
        self.named = tuple(named)
        self.scopes = frozenset(number for number, subject in enumerate(named) if subject.kind is Kind.SCOPE)
