"""Words and bodies out of their time: first prints of quotations and the years of bodies come in, flags go out.

A body that no longer exists says nothing new, and words that were in print half a year ago answer no question of
today (rule R18 of the domain notes; what somebody's office was is looked at where offices are).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from re import compile as pattern
from typing import NamedTuple

from yaml import CSafeLoader, load

from tallystick.model.document import Document
from tallystick.model.dossier import Dossier, Tenure
from tallystick.model.flag import Evidence, Flag
from tallystick.model.lineage import Edge, EdgeLevel, Mechanism
from tallystick.screening.findings import WARNING, Holdings, cut, flag, named, spans
from tallystick.screening.names import Phrases, words_of
from tallystick.values.dates import published_date
from tallystick.values.periods import period

__all__ = ["body_anachronisms", "recycled_quotations"]

# "2024-05~" may be off by about a month.
APPROXIMATE_DAYS = 31
# Reports go on printing what a body said in the weeks before it ended.
GRACE_DAYS = 14
# Words that were in print this long before are not said of today's news; as for figures (rule R14).
STALE_DAYS = 180
YEAR = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class _Cues(NamedTuple):
    """The words of anachronisms.yaml."""

    back: frozenset[str]
    before: Phrases


@cache
def _cues() -> _Cues:
    text = (files("tallystick.screening") / "anachronisms.yaml").read_text(encoding="utf-8")
    # CSafeLoader builds plain values only; nothing in the file can run.
    found: dict[str, list[str]] = load(text, CSafeLoader)
    return _Cues(frozenset(found["back"]), Phrases(found["before"]))


def body_anachronisms(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each figure from a body that, by the dossier, was not there when it is said to have said it.

    A body's years stand among the tenures, with itself for its office. What is dated back is in order.
    """
    bodies = _bodies(holdings.dossier)
    if not bodies:
        return
    for claim in holdings.claims:
        tenures, said = bodies.get(holdings.names.voice(claim.speaker) or ""), period(claim.stated)
        faults = [_fault(tenure, said) for tenure in tenures or ()] if said is not None else []
        if faults and None not in faults:
            reason = (
                f"{holdings.outlet(claim.document)} has {named(claim)} from {cut(claim.speaker or '')}, said "
                f"{claim.stated}: {'; '.join(fault for fault in faults if fault is not None)}."
            )
            yield flag("body_anachronism", WARNING, reason, spans((claim,)), (claim,))


def _bodies(dossier: Dossier) -> dict[str, list[Tenure]]:
    """The tenures of bodies: those whose office is their own name."""
    names = {actor.id: (actor.name, *actor.aliases) for actor in dossier.actors if actor.kind != "person"}
    found: defaultdict[str, list[Tenure]] = defaultdict(list)
    for tenure in dossier.tenures:
        if tenure.office.name in names.get(tenure.actor, ()):
            found[tenure.actor].append(tenure)
    return found


def _fault(tenure: Tenure, said: tuple[int, int]) -> str | None:
    """Why a body cannot have said something in these days; None where it can."""
    start, end = period(tenure.start, slack=APPROXIMATE_DAYS), period(tenure.end, slack=APPROXIMATE_DAYS)
    if end is not None and said[0] > end[1] + GRACE_DAYS:
        return f"{tenure.office.name} ended {tenure.end} ({tenure.citation})"
    if start is not None and said[1] < start[0]:
        return f"{tenure.office.name} began {tenure.start} ({tenure.citation})"
    return None


def recycled_quotations(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each report that quotes, as if new, words that another had printed long before.

    Paragraphs that name a year or say that the words are old are in order.
    """
    documents = {document.id: document for document in holdings.documents}
    for edge in holdings.lineage.edges:
        if edge.mechanism is not Mechanism.QUOTATION or edge.level is not EdgeLevel.DOCUMENT:
            continue
        later, earlier = documents.get(edge.later), documents.get(edge.earlier)
        if later is not None and earlier is not None:
            yield from _recycled(holdings, edge, later, earlier)


def _recycled(holdings: Holdings, edge: Edge, later: Document, earlier: Document) -> Iterator[Flag]:
    now, then = published_date(later.published), published_date(earlier.published)
    if now is None or then is None or (now - then).days <= STALE_DAYS:
        return
    fresh = [run for run in edge.shared if not _is_dated_back(later, run.later_start)]
    if not fresh:
        return
    words = later.text[fresh[0].later_start : fresh[0].later_end]
    reason = (
        f"{holdings.outlet(later.id)} ({now.isoformat()}) quotes “{cut(words)}” without saying that the words are old: "
        f"{holdings.outlet(earlier.id)} had them on {then.isoformat()}, {(now - then).days:,} days before."
    )
    evidence = [Evidence(later.id, run.later_start, run.later_end) for run in fresh]
    evidence.extend(Evidence(earlier.id, run.earlier_start, run.earlier_end) for run in fresh)
    yield flag("recycled_quotation", WARNING, reason, evidence)


def _is_dated_back(document: Document, start: int) -> bool:
    """Whether the paragraph around a place names a year, or has a word for what is past."""
    at = bisect_right(document.passages, start, key=lambda passage: passage.start) - 1
    if at < 0:
        return False
    passage = document.passages[at]
    words = words_of(document.text, passage.start, passage.end)
    return (
        YEAR.search(document.text, passage.start, passage.end) is not None
        or not _cues().back.isdisjoint(word.folded for word in words)
        or next(_cues().before.mentions(words), None) is not None
    )
