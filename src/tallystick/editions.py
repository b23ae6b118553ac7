"""One edition of a report: a ledger and its dossier come in, the brief that is printed goes out.

Beside the ledger a report tells how much a case holds, who publishes in it and who is quoted. These are counted from
the ledger, or given, where the ledger at hand is a part of the case.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tallystick.model.change import Change
from tallystick.model.dossier import Dossier
from tallystick.model.ledger import Ledger
from tallystick.reporting.brief import Brief, SourceLine
from tallystick.reporting.briefing import Edition, Totals, brief
from tallystick.reporting.maps.outlines import outlines
from tallystick.reporting.report import counted as amount
from tallystick.tracing.outlets import Outlets
from tallystick.values.names import fold

__all__ = ["Counted", "Publisher", "When", "counted", "edition"]

NAMELESS = "reports that name no outlet"
KINDS = {"state_media": "state media"}


class Publisher(NamedTuple):
    """An outlet as its reports write it: name or "", reports, figures, and how many of these it had first."""

    name: str
    reports: int
    figures: int
    first: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What a case holds in all.

    Attributes:
        totals: How much.
        publishers: Its outlets.
        speakers: (name, figures, origins) of everybody who is quoted.
        latest: When the latest report was published, or None.
    """

    totals: Totals
    publishers: tuple[Publisher, ...]
    speakers: tuple[tuple[str, int, int], ...]
    latest: str | None


class When(NamedTuple):
    """What time a report is of: the day whose end it tells, from which day's end on changes are told, and these."""

    as_of: date | None = None
    since: date | None = None
    changes: tuple[Change, ...] = ()


def counted(ledger: Ledger) -> Counted:
    """Count a whole ledger."""
    outlet = {document.id: document.outlet or "" for document in ledger.documents}
    reports, figures = Counter(outlet.values()), Counter(outlet[claim.document] for claim in ledger.claims)
    home = {claim.id: outlet[claim.document] for claim in ledger.claims}
    first = Counter(home[one.claims[0]] for one in ledger.lineage.origins if one.claims and one.claims[0] in home)
    quoted: Counter[str] = Counter()
    origins: Counter[str] = Counter()
    for origin in ledger.lineage.origins:
        if origin.speaker:
            quoted[origin.speaker] += len(origin.claims)
            origins[origin.speaker] += 1
    published = (document.published for document in ledger.documents if document.published)
    return Counted(
        amount(ledger), tuple(Publisher(name, reports[name], figures[name], first[name]) for name in sorted(reports)),
        tuple((name, quoted[name], origins[name]) for name in quoted), max(published, default=None),
    )  # fmt: skip


def edition(
    ledger: Ledger, dossier: Dossier, *, version: str, folder: Path, when: When | None = None,
    held: Counted | None = None, drawn: bool = True,
) -> Brief:  # fmt: skip
    """Give what the report of a case says.

    Args:
        ledger: What the case holds, or the part of it that a report shows.
        dossier: Its subject.
        version: Of Tallystick.
        folder: Of the case, where a user's own outlines of the map may lie.
        when: What time it is of; None tells the case as it is.
        held: What the case holds in all, where the ledger is a part of it.
        drawn: Whether charts and origins are drawn.
    """
    given, whole = when or When(), held or counted(ledger)
    quoted = sorted(whole.speakers, key=lambda one: (-one[1], -one[2], one[0]))
    return brief(
        ledger, dossier,
        Edition(
            version, outlines(folder), whole.totals, _sources(whole.publishers, dossier),
            tuple((" ".join(name.split()), figures, origins) for name, figures, origins in quoted),
            None if given.as_of is None else given.as_of.isoformat(),
            None if given.since is None else given.since.isoformat(), given.changes,
            None if whole.latest is None else whole.latest[:10], drawn,
        ),
    )  # fmt: skip


def _sources(publishers: Iterable[Publisher], dossier: Dossier) -> tuple[SourceLine, ...]:
    """The outlets of a case as the register of its dossier has them, those with most figures first."""
    outlets = Outlets(dossier)
    listed = {" ".join(fold(source.name)): source for source in dossier.sources}
    held: defaultdict[str, list[Publisher]] = defaultdict(list)
    for one in publishers:
        held[outlets.key(one.name) if one.name else ""].append(one)
    lines = []
    for key, own in held.items():
        source = listed.get(key)
        name = source.name if source else max(own, key=lambda one: (one.figures, one.name)).name
        kind = "not in the register" if source is None else KINDS.get(source.kind, source.kind)
        numbers = (sum(one.reports for one in own), sum(one.figures for one in own), sum(one.first for one in own))
        lines.append(
            SourceLine(" ".join(name.split()) or NAMELESS, source.reliability if source else "F", kind, *numbers)
        )
    return tuple(sorted(lines, key=lambda one: (-one.figures, -one.reports, one.name)))
