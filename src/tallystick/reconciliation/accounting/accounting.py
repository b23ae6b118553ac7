"""Accounting identities (rules R9 and R10 of the domain notes): lines and their estimates come in, remarks go out.

Figures of different measures and of different origins are never averaged: they bound one another, and where the bounds
cannot be met the remark is a conflict with its arithmetic. Plans and facts, places and populations are kept apart.
"""

from collections.abc import Iterable
from dataclasses import replace

from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Estimate
from tallystick.reconciliation.accounting.balance import balance
from tallystick.reconciliation.accounting.books import Books, Remark
from tallystick.reconciliation.accounting.casualties import casualties
from tallystick.reconciliation.accounting.multiples import multiples
from tallystick.reconciliation.accounting.paces import paces
from tallystick.reconciliation.accounting.passages import passages
from tallystick.reconciliation.accounting.running import running
from tallystick.reconciliation.accounting.wholes import wholes
from tallystick.reconciliation.parts import Share

__all__ = ["account", "posted"]

IDENTITIES = (wholes, casualties, running, balance, multiples, paces, passages)


def account(shares: Iterable[Share], estimates: Iterable[Estimate], dossier: Dossier) -> tuple[Remark, ...]:
    """Give what the figures of lines that belong together say of one another.

    Args:
        shares: The lines with the ids of their estimates. Lines that share a document or a population (country and
            place, or story) must come together; others are never tied to one another.
        estimates: Their estimates; a line without one is left out.
        dossier: Its categories with their parts.

    Returns:
        One remark for every conflict, to be added to the estimate of the figure that is out of line, and one for every
        step, in order of the estimates' ids. The same lines give the same remarks, whatever their order.
    """
    books = Books(shares, estimates, dossier)
    found: dict[tuple[str, str, str], Remark] = {}
    for identity in IDENTITIES:
        for remark in identity(books):
            conflict = remark.conflict
            # Figures that do not fit are told once: what comes later among the identities names what they are.
            told = ("", remark.step) if conflict is None else (conflict.kind, " ".join(sorted(conflict.claims)))
            found[remark.estimate, *told] = remark
    # A copy of a report repeats its arithmetic.
    once: dict[tuple[str, str], Remark] = {}
    for _, remark in sorted(found.items(), key=lambda entry: entry[0]):
        conflict = remark.conflict
        once.setdefault((remark.estimate, remark.step if conflict is None else conflict.arithmetic), remark)
    return tuple(once[key] for key in sorted(once))


def posted(estimate: Estimate, remark: Remark) -> Estimate:
    """Give an estimate with a remark on it added to its steps and, where it is one, to its conflicts."""
    conflicts = estimate.conflicts if remark.conflict is None else (*estimate.conflicts, remark.conflict)
    return replace(estimate, steps=tuple(dict.fromkeys((*estimate.steps, remark.step))), conflicts=conflicts)
