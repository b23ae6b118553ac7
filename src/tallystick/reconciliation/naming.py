"""Names for lines: a line of comparable entries comes in, its population with a label for a reader goes out."""

from collections import Counter
from collections.abc import Sequence

from tallystick.model.claim import Status
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Population
from tallystick.reconciliation.comparing import Line
from tallystick.reconciliation.entries import CASUALTY, Entry
from tallystick.reconciliation.subjects import Site

__all__ = ["Names"]

# A noun phrase in a label is cut here.
LONGEST = 80


class Names:
    """The labels of a dossier's categories."""

    def __init__(self, dossier: Dossier) -> None:
        """Index the categories."""
        self._labels = {category.id: category.label for category in dossier.categories}
        self._countries = {place.id: place.country for place in dossier.places}

    def population(self, line: Line) -> Population:
        """Give the population that a line counts, as its dossier or its clearest claims name it."""
        claims = [entry.claim for entry in line.entries]
        first = claims[0]
        country = next((entry.country for entry in line.entries if entry.country is not None), None)
        site = _place(line)
        label = self._labels.get(first.category, first.category.replace("_", " ").capitalize())
        head, per = line.entries[0].head, line.entries[0].per
        unit = f"{first.unit} per {per}" if per else first.unit
        if head and not per:
            label = _counted(line.entries)
        elif line.part:
            label = f"{label} ({_counted(line.entries)})"
        if per or first.category == "money" or label == "Money":
            label = f"{label} ({unit})"
        casualty = line.entries[0].kind == CASUALTY
        label += _where(country, site, planned=first.status is Status.PLANNED, casualty=casualty)
        return Population(first.category, country, None if site is None else site.name, label, unit)


def _where(country: str | None, site: Site | None, *, planned: bool, casualty: bool) -> str:
    """The end of a label: ", KP to Kursk", ", in Kursk", ", KP"; of a ring ", 5 km from Kursk"."""
    ends = [] if country is None else [country]
    if site is not None and site.ring:
        return ", " + ", ".join((*ends, site.name))
    if site is not None:
        abroad = country is not None and site.country is not None and site.country != country
        ends.append(f"{'to' if (abroad or planned) and not casualty else 'in'} {site.name}")
    return ", " + " ".join(ends) if ends else ""


def _place(line: Line) -> Site | None:
    """The place of a line: the narrowest that its entries name."""
    sites = [entry.site for entry in line.entries if entry.site is not None]
    return max(sites, key=lambda site: (len(site.above), len(site.name), site.name), default=None)


def _counted(entries: Sequence[Entry]) -> str:
    """The counted noun phrase most often written, the shorter one among equals."""
    phrases = Counter(" ".join(entry.claim.counted.split()) for entry in entries if entry.claim.counted)
    if not phrases:
        return f"{entries[0].claim.figure} of them"
    phrase = min(phrases, key=lambda phrase: (-phrases[phrase], len(phrase), phrase))
    phrase = phrase if len(phrase) <= LONGEST else phrase[: LONGEST - 1] + "…"
    return phrase[:1].upper() + phrase[1:]
