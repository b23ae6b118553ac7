"""What of a pack a dossier can never show: both come in, notes for whoever writes either go out."""

from collections.abc import Iterator

from tallystick.model.dossier import Dossier
from tallystick.model.provision import Pack, Sign

__all__ = ["uncovered"]


def uncovered(pack: Pack, dossier: Dossier) -> Iterator[str]:
    """Yield a note for each category or slot that `dossier` lacks, and for each element that nothing in it can show."""
    categories = {category.id for category in dossier.categories}
    slots = {slot.id for slot in dossier.facts}
    lacking: dict[str, None] = {}
    for sign in _signs(pack):
        lacking.update(
            (f"the dossier has no category '{name}'", None) for name in sign.categories if name not in categories
        )
        if sign.slot is not None and sign.slot not in slots:
            lacking[f"the dossier has no slot '{sign.slot}'"] = None
    yield from lacking
    for element in pack.elements:
        if not element.signs and not element.contrary:
            yield f"element '{element.id}': only a person can establish it; its question is asked of every hit"
        elif element.signs and not any(_can_hold(sign, categories, slots) for sign in element.signs):
            yield f"element '{element.id}': nothing in the dossier can show it"


def _signs(pack: Pack) -> Iterator[Sign]:
    yield from pack.scope
    for element in pack.elements:
        yield from element.signs
        yield from element.contrary
    yield from (sign for exemption in pack.exemptions for sign in exemption.signs)
    yield from (sign for justification in pack.justifications for sign in justification.signs)


def _can_hold(sign: Sign, categories: set[str], slots: set[str]) -> bool:
    """Whether a dossier with these categories and slots can ever give what the sign asks for."""
    counted = not sign.categories or not categories.isdisjoint(sign.categories)
    return counted and (sign.slot is None or sign.slot in slots)
