"""What falls if a source falls: the name of a source or an id comes in, what the case would show without it goes out.

What rests on the source is taken away, and with it what repeats that and nothing else; the rest is derived again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from tallystick.errors import UnknownNameError
from tallystick.inquiry.naming import near, one_of
from tallystick.inquiry.timeline import Kept
from tallystick.model.change import Change, ChangeKind, Trait
from tallystick.model.claim import Claim
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import EdgeLevel, Mechanism
from tallystick.pipeline import derive
from tallystick.reporting.changes import changes
from tallystick.tracing.tellings import Casebook, Telling
from tallystick.tracing.voices import Kinship, Voice, Voices, kinship

__all__ = ["Effect", "Fall", "Removal", "without"]

# By these steps a report shows that it has from another report what it says; by the others both have it from the same
# statement, which stands without either.
FROM_A_REPORT = frozenset(
    (
        Mechanism.REPEATED_PASSAGE, Mechanism.IDENTICAL_TEXT, Mechanism.NEAR_IDENTICAL_TEXT, Mechanism.PARTIAL_TEXT,
        Mechanism.REWORDED_TEXT, Mechanism.REPUBLISHED_TEXT, Mechanism.CREDIT, Mechanism.ATTRIBUTION,
        Mechanism.UNATTRIBUTED_REPEAT, Mechanism.FAMILY, Mechanism.ANALYST,
    )
)  # fmt: skip
# Whoever corrects a figure does not rest on the one that he corrects.
FROM_A_STATEMENT = frozenset(Mechanism) - {Mechanism.CORRECTION}
KINDS = frozenset(ChangeKind) - {
    ChangeKind.REPORT, ChangeKind.REPORT_GONE, ChangeKind.ORIGIN, ChangeKind.ORIGIN_GONE, ChangeKind.SUPERSEDED,
}  # fmt: skip


class Effect(StrEnum):
    """What the fall of a source does, the gravest first."""

    VANISHES = "vanishes"
    LOSES_BEST = "loses its best figure"
    WIDENS = "widens"
    LESS_CREDIBLE = "drops in credibility"
    FEWER_ORIGINS = "loses independent origins"
    CONFLICT_GONE = "conflict goes"
    OTHERWISE = "changes"
    CONFLICT = "conflict comes up"
    FLAG_GONE = "flag goes"
    FLAG = "flag comes up"
    HIT_GONE = "provision goes"
    HIT = "provision changes"


class Fall(NamedTuple):
    """One thing that is different without the source: its effects, the gravest first, and the change."""

    effects: tuple[Effect, ...]
    change: Change


class Removal(NamedTuple):
    """What a case would show without a source.

    Attributes:
        what: The source, as the case knows it: "outlet or agency Harbor Press", "speaker ...", "origin ...".
        documents: Ids of the reports that fall as a whole.
        claims: Ids of the claims that fall, those of these reports included.
        falls: What becomes different, the gravest first.
    """

    what: str
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    falls: tuple[Fall, ...]


class _Fallen(NamedTuple):
    """What is taken away at first, and by which steps more falls with it."""

    what: str
    documents: frozenset[str]
    claims: frozenset[str]
    steps: frozenset[Mechanism]


def without(held: Kept, name: str) -> Removal:
    """Give what falls if `name` falls. Pure.

    Args:
        held: The case.
        name: An outlet, agency or speaker by any name that the dossier or the reports give it; the id of a document or
            of an origin, or its beginning. Of an outlet its reports fall, and what others give via it, credit to it or
            copy from it; of a speaker everything that he asserts, also as others retell it; of an origin its claims.

    Raises:
        UnknownNameError: Where nothing has this name, or more than one thing; it says what is near.
    """
    casebook = Casebook(held.documents, held.claims, held.dossier)
    # What the case holds may have been derived by an earlier version: its differences are none of the source's.
    before = derive(held.documents, held.claims, held.dossier, held.judgements, facts=held.facts)
    fallen = _named(held, before, casebook, name)
    claims = _closed(fallen, before)
    documents = tuple(one for one in held.documents if one.id not in fallen.documents)
    left = tuple(_left(held.claims, claims, casebook))
    ids = {one.id for one in documents} | {one.id for one in left}
    judgements = tuple(one for one in held.judgements if one.level is EdgeLevel.HIT or {one.later, one.earlier} <= ids)
    after = derive(documents, left, held.dossier, judgements, facts=held.facts)
    falls = [Fall(_effects(one), one) for one in changes(before, after) if one.kind in KINDS]
    order = tuple(Effect)
    falls.sort(key=lambda fall: (order.index(fall.effects[0]), fall.change.label, fall.change.id))
    gone = tuple(one.id for one in held.documents if one.id in fallen.documents)
    return Removal(fallen.what, gone, tuple(one.id for one in held.claims if one.id in claims), tuple(falls))


def _left(claims: Iterable[Claim], fallen: frozenset[str], casebook: Casebook) -> Iterator[Claim]:
    """The claims that stand; "the agency" keeps the name that it had from a claim before it that falls."""
    touched = {one.report.document.id for one in casebook.tellings if one.claim.id in fallen}
    names = {
        one.claim.id: one.naming
        for one in casebook.tellings
        if one.report.document.id in touched and one.naming != one.claim.speaker
    }
    for claim in claims:
        if claim.id not in fallen:
            yield replace(claim, speaker=names[claim.id]) if claim.id in names else claim


def _named(held: Kept, ledger: Ledger, casebook: Casebook, name: str) -> _Fallen:
    """What `name` means: an id in full, else the name of a source, else the beginning of an id."""
    origins = {origin.id: origin for origin in ledger.lineage.origins}
    documents = {document.id for document in held.documents}
    exact = name in origins or name in documents
    found = None if exact else _source(held, casebook, name)
    if found is not None:
        return found
    full = one_of(name, (*documents, *origins), "document or origin")
    if full in origins:
        origin = origins[full]
        said = ", ".join(part for part in (origin.speaker, origin.date) if part)
        return _Fallen(f"origin {full} ({said or origin.reason})", frozenset(), frozenset(origin.claims), frozenset())
    if full is not None:
        claims = frozenset(claim.id for claim in held.claims if claim.document == full)
        return _Fallen(f"report {full}", frozenset((full,)), claims, FROM_A_REPORT)
    likely = near(name, (*_names(held), *documents))
    meant = f"; did you mean {', or '.join(likely)}?" if likely else ""
    raise UnknownNameError(name, f"no outlet, speaker, report or origin of that name{meant}")


def _names(held: Kept) -> Iterator[str]:
    """Every name of a source that stands in the case."""
    yield from (one.outlet for one in held.documents if one.outlet)
    yield from (name for claim in held.claims for name in (claim.speaker, claim.via) if name)


def _source(held: Kept, casebook: Casebook, name: str) -> _Fallen | None:
    """What falls with an outlet, agency or speaker; a body may be all of these. None where no source is named so."""
    key = casebook.outlets.key(name)
    documents = frozenset(one.document.id for one in casebook.reports if one.outlet == key)
    carried = frozenset(
        one.claim.id
        for one in casebook.tellings
        if one.claim.document in documents or key in (one.via, one.report.credit)
    )
    spoken = _spoken(casebook.tellings, Voices(held.dossier).voice(name), name)
    if carried or documents:
        shown = next(
            (one.document.outlet for one in casebook.reports if one.outlet == key and one.document.outlet), name
        )
        return _Fallen(
            f"outlet or agency {shown}", documents, carried | {one.claim.id for one in spoken}, FROM_A_REPORT
        )
    if spoken:
        claims = frozenset(one.claim.id for one in spoken)
        return _Fallen(f"speaker {spoken[0].naming}", frozenset(), claims, FROM_A_STATEMENT)
    return None


def _spoken(tellings: Iterable[Telling], voice: Voice | None, name: str) -> list[Telling]:
    """The claims of a speaker.

    Raises:
        UnknownNameError: Where `name` fits speakers of whom one is not the other.
    """
    if voice is None:
        return []
    found = [one for one in tellings if one.voice is not None and kinship(voice, one.voice) is Kinship.SAME]
    voices: dict[Voice, str] = {}
    for telling in found:
        if telling.voice is not None:
            voices.setdefault(telling.voice, telling.naming or "")
    first = next(iter(voices), None)
    if first is not None and any(kinship(first, other) is not Kinship.SAME for other in voices):
        raise UnknownNameError(name, f"more than one speaker may be meant: {'; '.join(sorted(set(voices.values())))}")
    return found


def _closed(fallen: _Fallen, ledger: Ledger) -> frozenset[str]:
    """The claims that fall: those named, and those all of whose steps lead to claims that fall."""
    behind: defaultdict[str, set[str]] = defaultdict(set)
    ahead: defaultdict[str, list[str]] = defaultdict(list)
    for edge in ledger.lineage.edges:
        if edge.level is EdgeLevel.CLAIM and edge.mechanism in fallen.steps:
            behind[edge.later].add(edge.earlier)
            ahead[edge.earlier].append(edge.later)
    found = set(fallen.claims)
    waiting = list(fallen.claims)
    while waiting:
        gone = waiting.pop()
        for later in ahead[gone]:
            behind[later].discard(gone)
            if not behind[later] and later not in found:
                found.add(later)
                waiting.append(later)
    return frozenset(found)


def _effects(change: Change) -> tuple[Effect, ...]:
    """What a change means for a reader, the gravest first."""
    if change.kind is not ChangeKind.ESTIMATE:
        return (OF_KIND[change.kind],)
    found = tuple(effect for effect, holds in OF_ESTIMATE if holds(change))
    return found or (Effect.OTHERWISE,)


def _loses_best(change: Change) -> bool:
    was, now = change.before, change.after
    return was is not None and now is not None and was.best is not None and now.best is None


def _widens(change: Change) -> bool:
    """Whether an end lies further out or is open by now."""
    was, now = change.before, change.after
    if was is None or now is None:
        return False
    lower = was.low is not None and (now.low is None or now.low < was.low)
    higher = was.high is not None and (now.high is None or now.high > was.high)
    return lower or higher


def _turned(trait: Trait, worse: Callable[[str, str], bool]) -> Callable[[Change], bool]:
    return lambda change: any(one.trait is trait and worse(one.before, one.after) for one in change.turns)


OF_KIND = {
    ChangeKind.ESTIMATE_GONE: Effect.VANISHES,
    ChangeKind.CONFLICT_GONE: Effect.CONFLICT_GONE,
    ChangeKind.CONFLICT: Effect.CONFLICT,
    ChangeKind.FLAG_GONE: Effect.FLAG_GONE,
    ChangeKind.FLAG: Effect.FLAG,
    ChangeKind.HIT: Effect.HIT,
    ChangeKind.HIT_GONE: Effect.HIT_GONE,
}
# Credibility is best at 1; of independent origins the upper end is what can be said at most.
OF_ESTIMATE: tuple[tuple[Effect, Callable[[Change], bool]], ...] = (
    (Effect.LOSES_BEST, _loses_best),
    (Effect.WIDENS, _widens),
    (Effect.LESS_CREDIBLE, _turned(Trait.CREDIBILITY, lambda was, now: int(now) > int(was))),
    (
        Effect.FEWER_ORIGINS,
        _turned(Trait.INDEPENDENT, lambda was, now: int(now.rpartition("-")[2]) < int(was.rpartition("-")[2])),
    ),
)
