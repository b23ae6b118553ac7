"""What a report of a case is made of: an open case and the time that it is asked for come in, ledger and brief go out.

A large case is not read whole: what a report shows of it is. A day in the past is derived anew from everything.
"""

from datetime import date
from typing import NamedTuple

from tallystick.editions import Counted, Publisher, When, edition
from tallystick.inquiry import timeline
from tallystick.model.change import Change
from tallystick.model.dossier import Dossier
from tallystick.model.ledger import Ledger
from tallystick.pipeline import VERSION, subject_of
from tallystick.reporting.brief import Brief
from tallystick.reporting.briefing import Totals
from tallystick.reporting.changes import changes
from tallystick.reporting.report import counted
from tallystick.storage.case import Case
from tallystick.storage.views import foremost, sources
from tallystick.storage.views.foremost import LARGE
from tallystick.storage.views.view import Views

__all__ = ["Told", "told"]


class Told(NamedTuple):
    """What a report is made of: the ledger that it shows, its brief, its dossier, and how much the case holds."""

    ledger: Ledger
    brief: Brief
    dossier: Dossier
    totals: Totals


def told(case: Case, *, as_of: date | None = None, since: date | None = None, drawn: bool = True) -> Told:
    """Give what a report of `case` is made of.

    Args:
        case: The case.
        as_of: Day by whose end a report was published; None takes the case as it is.
        since: Day from whose end on changes are told; None tells none.
        drawn: Whether charts and origins are drawn.

    Raises:
        CaseError: Where it cannot be read.
        DossierError, UnknownDossierError: Where its dossier cannot be loaded.
    """
    dossier = subject_of(case)
    when, held = When(as_of, since), None
    if as_of is not None or since is not None:
        kept = timeline.kept(case)
        ledger = timeline.as_known(kept, timeline.When(published=as_of))
        if since is not None:
            when = When(as_of, since, _changes(timeline.as_known(kept, timeline.When(published=since)), ledger, as_of))
    else:
        ledger, held = _now(case)
    brief = edition(ledger, dossier, version=VERSION, folder=case.store.folder, when=when, held=held, drawn=drawn)
    return Told(ledger, brief, dossier, counted(ledger) if held is None else held.totals)


def _changes(before: Ledger, now: Ledger, as_of: date | None) -> tuple[Change, ...]:
    """What changed between two ledgers; nothing where no report came and no later day is asked for.

    Figures of a day behind the last report have grown old by then, which the case as it is does not know of.
    """
    if as_of is None and before.documents == now.documents:
        return ()
    return changes(before, now)


def _now(case: Case) -> tuple[Ledger, Counted | None]:
    """The ledger of a case; of a large one the foremost part, and what it holds in all."""
    views = Views(case.address)
    try:
        with views.moment() as view:
            amounts = foremost.amounts(view)
            if amounts.claims < LARGE:
                return case.ledger(), None
            totals = Totals(*amounts[:6])
            publishers = tuple(Publisher(*one) for one in sources.outlets(view))
            return foremost.foremost(view), Counted(totals, publishers, amounts.speakers, amounts.latest)
    finally:
        views.close()
