"""Say what does not add up: the fifth stage of the journey.

Takes a whole case, traced and reconciled; gives flags, each from one rule, and the provisions that
may apply; all of them rest on spans of the reports.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.document import Document, by_publication
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.hit import Hit
from tallystick.model.lineage import Lineage
from tallystick.screening.anachronisms import body_anachronisms, recycled_quotations
from tallystick.screening.announcements import conflicting_attributions
from tallystick.screening.arithmetic import impossible_orders, sum_mismatches
from tallystick.screening.conversions import inconsistent_units
from tallystick.screening.deaths import deceased_speakers
from tallystick.screening.distortions import lost_digits, population_mismatches, status_mismatches
from tallystick.screening.drifts import (
    aspects_drifted,
    casualties_as_deaths,
    inventories_as_deployments,
    populations_merged,
    stocks_from_cumulative,
)
from tallystick.screening.elements.elements import examine, justifications
from tallystick.screening.findings import ERROR, NOTE, WARNING, Holdings
from tallystick.screening.instrument_dates import confused_dates, premature_acts
from tallystick.screening.instruments import unknown_instruments
from tallystick.screening.offices import office_anachronisms
from tallystick.screening.passages import repeated_passages
from tallystick.screening.plausibility import implausible_sizes
from tallystick.screening.purposes import purposes_invented
from tallystick.screening.renderings import numbers_lost
from tallystick.screening.shifts import dates_shifted, periods_stretched, scales_shifted, years_of_copies_shifted
from tallystick.screening.silence import silences_ended
from tallystick.screening.sourcing import (
    conflicts,
    future_dates,
    single_origins,
    stale_figures,
    unattributed_figures,
)
from tallystick.screening.upgrades import attribution_upgrades

__all__ = ["RULES", "Screened", "screen"]

# One rule for each code; the glossary lists them.
RULES: tuple[Callable[[Holdings], Iterator[Flag]], ...] = (
    aspects_drifted,
    attribution_upgrades,
    body_anachronisms,
    casualties_as_deaths,
    confused_dates,
    conflicting_attributions,
    conflicts,
    dates_shifted,
    deceased_speakers,
    future_dates,
    implausible_sizes,
    impossible_orders,
    inconsistent_units,
    inventories_as_deployments,
    lost_digits,
    numbers_lost,
    office_anachronisms,
    periods_stretched,
    population_mismatches,
    populations_merged,
    premature_acts,
    purposes_invented,
    recycled_quotations,
    repeated_passages,
    scales_shifted,
    silences_ended,
    single_origins,
    stale_figures,
    status_mismatches,
    stocks_from_cumulative,
    sum_mismatches,
    unattributed_figures,
    unknown_instruments,
    years_of_copies_shifted,
)
SEVERITIES = {ERROR: 0, WARNING: 1, NOTE: 2}


class Screened(NamedTuple):
    """What screening found.

    Attributes:
        flags: By severity, code, document and span; each once.
        hits: The gravest tier first.
    """

    flags: tuple[Flag, ...]
    hits: tuple[Hit, ...]


def screen(
    documents: tuple[Document, ...],
    claims: tuple[Claim, ...],
    facts: tuple[Fact, ...],
    lineage: Lineage,
    estimates: tuple[Estimate, ...],
    dossier: Dossier,
) -> Screened:
    """Give what in a case cannot be right or must be known before a figure is used, and what the law may say of it.

    Args:
        documents: The reports of the case.
        claims: Their claims, in any order.
        facts: Their facts, in any order.
        lineage: Their origins.
        estimates: What they come to.
        dossier: Its actors with their tenures, its categories, places and packs.

    Returns:
        Flags and hits; the same reports give the same in whatever order they come.
    """
    documents = tuple(sorted(documents, key=by_publication))
    holdings = Holdings(documents, claims, lineage, estimates, dossier, facts)
    found = {one.id: one for rule in RULES for one in rule(holdings)}
    examination = examine(documents, holdings.claims, holdings.facts, lineage, estimates, dossier)
    found.update((one.id, one) for one in justifications(examination, holdings.claims, dossier))
    last = len(documents)

    def order(one: Flag) -> tuple[int, str, int, int, str]:
        first = one.evidence[0]
        return SEVERITIES[one.severity], one.code, holdings.turns.get(first.document, last), first.start, one.id

    return Screened(tuple(sorted(found.values(), key=order)), examination.hits())
