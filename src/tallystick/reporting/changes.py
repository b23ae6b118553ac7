"""What became different between two states of a case: reports, origins, estimates, conflicts, flags, hits, and why.

Two ledgers come in; `Change` records go out in the order in which the later one lists them, each with the reports that
brought it, or, where none did, the step, supersession or rule that did.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tallystick.model.change import Change, ChangeKind, Range, Trait, Turn
from tallystick.model.document import Document
from tallystick.model.estimate import Conflict, Estimate, Reading
from tallystick.model.flag import Flag
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Independent, Origin
from tallystick.model.quantity import Number
from tallystick.reporting.causes import Causes, figures, line

__all__ = ["changes"]


def changes(before: Ledger, after: Ledger) -> tuple[Change, ...]:
    """Give what differs: reports, origins, estimates with their readings and conflicts, flags, then hits.

    The same two states give the same changes, in whatever order their records stand.
    """
    causes = Causes(before, after)
    return (
        *_reports(before, after),
        *_origins(before, after, causes),
        *_estimates(before, after, causes),
        *_flags(before, after, causes),
        *_hits(before, after, causes),
    )


def _reports(before: Ledger, after: Ledger) -> Iterator[Change]:
    known, held = ({document.id for document in ledger.documents} for ledger in (before, after))
    for document in after.documents:
        if document.id not in known:
            yield Change(ChangeKind.REPORT, document.id, _report(document))
    for document in before.documents:
        if document.id not in held:
            yield Change(ChangeKind.REPORT_GONE, document.id, _report(document))


def _origins(before: Ledger, after: Ledger, causes: Causes) -> Iterator[Change]:
    known = {origin.id: origin for origin in before.lineage.origins}
    successors = _successors(before.lineage.origins, after.lineage.origins)
    for origin in after.lineage.origins:
        if known.pop(origin.id, None) is None:
            was = successors.get(origin.id)
            known.pop(was or "", None)
            reports = causes.new(origin.claims)
            why = () if reports else causes.of_steps(origin.claims)
            yield Change(ChangeKind.ORIGIN, origin.id, _origin(origin), reports=reports, causes=why, was=was)
    for origin in known.values():
        reports = (*causes.gone(origin.claims), *causes.joining(origin.claims))
        why = (*causes.of_joining(origin.claims), *causes.of_steps(origin.claims))
        yield Change(ChangeKind.ORIGIN_GONE, origin.id, _origin(origin), reports=reports, causes=why)


def _estimates(before: Ledger, after: Ledger, causes: Causes) -> Iterator[Change]:
    known = {estimate.id: estimate for estimate in before.estimates}
    successors = _successors(before.estimates, after.estimates)
    for estimate in after.estimates:
        earlier = known.pop(estimate.id, None) or known.pop(successors.get(estimate.id, ""), None)
        yield from _estimate(earlier, estimate, causes)
        yield from _readings(earlier, estimate, causes)
        yield from _conflicts(earlier, estimate, causes)
    for estimate in known.values():
        why = causes.of_end(estimate)
        gone = causes.gone(estimate.claims)
        yield Change(
            ChangeKind.ESTIMATE_GONE, estimate.id, line(estimate), _range(estimate), reports=gone, causes=why
        )  # fmt: skip
        for conflict in estimate.conflicts:
            yield Change(ChangeKind.CONFLICT_GONE, estimate.id, _conflict(estimate, conflict), reports=gone)


def _successors(before: Sequence[Estimate | Origin], after: Sequence[Estimate | Origin]) -> dict[str, str]:
    """Of those whose id is new, the id of the gone one with which they share the most claims, one for one."""
    known, held = ({one.id for one in state} for state in (before, after))
    gone_of = {claim: one.id for one in before if one.id not in held for claim in one.claims}
    shared: Counter[tuple[str, str]] = Counter()
    for one in after:
        if one.id not in known:
            shared.update((one.id, gone_of[claim]) for claim in one.claims if claim in gone_of)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for (new, old), _ in sorted(shared.items(), key=lambda entry: (-entry[1], entry[0])):
        if new not in found and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def _estimate(earlier: Estimate | None, now: Estimate, causes: Causes) -> Iterator[Change]:
    """The change of one estimate, where what it says is not what it said."""
    if earlier is None:
        reports = causes.new(now.claims)
        why = () if reports else causes.of_estimate(None, now)
        yield Change(ChangeKind.ESTIMATE, now.id, line(now), None, _range(now), reports=reports, causes=why)
        return
    turns = tuple(_turns(earlier, now))
    renamed = line(earlier) != line(now)
    if not turns and not renamed:
        return
    was, becomes = set(earlier.claims), set(now.claims)
    came = (*(one for one in now.claims if one not in was), *_disputed(earlier, now))
    left = (one for one in earlier.claims if one not in becomes)
    reports = (*causes.new(came), *causes.gone(left))
    why = causes.of_estimate(earlier, now, brought=bool(reports))
    if renamed:
        why = (f"was read as {line(earlier)}", *why)
    was_id = None if earlier.id == now.id else earlier.id
    yield Change(ChangeKind.ESTIMATE, now.id, line(now), _range(earlier), _range(now), turns, reports, why, was_id)


def _disputed(earlier: Estimate, now: Estimate) -> tuple[str, ...]:
    """Claims of the conflicts that are new."""
    known = set(map(_key, earlier.conflicts))
    return tuple(claim for one in now.conflicts if _key(one) not in known for claim in one.claims)


def _turns(earlier: Estimate, now: Estimate) -> Iterator[Turn]:
    """Each trait that is another, as a reader writes it."""
    pairs = (
        (Trait.BEST, _number(earlier.best), _number(now.best)),
        (Trait.LOW, _number(earlier.low), _number(now.low)),
        (Trait.HIGH, _number(earlier.high), _number(now.high)),
        (Trait.CREDIBILITY, str(earlier.credibility), str(now.credibility)),
        (Trait.INDEPENDENT, _count(earlier.independent), _count(now.independent)),
        (Trait.CONFLICTS, str(len(earlier.conflicts)), str(len(now.conflicts))),
        (Trait.STALE, _yes(earlier.stale), _yes(now.stale)),
    )
    for trait, was, becomes in pairs:
        if was != becomes:
            yield Turn(trait, was, becomes)


def _readings(earlier: Estimate | None, now: Estimate, causes: Causes) -> Iterator[Change]:
    """Readings that gave way to a later one of their speaker since."""
    held = set() if earlier is None else {one.origin for one in earlier.readings if one.superseded}
    later = _successions(now)
    for reading in now.readings:
        if reading.superseded and reading.origin not in held:
            next_one = later.get(reading.origin)
            label = f"{line(now)}: {_voice(reading)}" + (
                f" gave way to {_voice(next_one)}" if next_one else " gave way"
            )
            reports = causes.new((*reading.claims, *(next_one.claims if next_one else ())))
            yield Change(ChangeKind.SUPERSEDED, reading.origin, label, reports=reports)


def _successions(estimate: Estimate) -> dict[str, Reading]:
    """By origin, the reading of the same speaker that came next and stands, else the last one."""
    found: dict[str, Reading] = {}
    coming: dict[str | None, Reading] = {}
    for reading in reversed(estimate.readings):
        if reading.speaker in coming:
            found[reading.origin] = coming[reading.speaker]
        if not reading.superseded or reading.speaker not in coming:
            coming[reading.speaker] = reading
    return found


def _conflicts(earlier: Estimate | None, now: Estimate, causes: Causes) -> Iterator[Change]:
    was, becomes = ({} if one is None else {_key(each): each for each in one.conflicts} for one in (earlier, now))
    carried = {reading.origin: reading.claims for one in (earlier, now) if one is not None for reading in one.readings}
    for key, conflict in becomes.items():
        if key not in was:
            reports = causes.new(_told(conflict, carried))
            why = () if reports else causes.of_estimate(earlier, now)
            label = _conflict(now, conflict)
            yield Change(ChangeKind.CONFLICT, now.id, label, reports=reports, causes=why)
    for key, conflict in was.items():
        if key not in becomes:
            reports = causes.gone(_told(conflict, carried))
            why = () if reports else causes.of_estimate(earlier, now)
            label = _conflict(now, conflict)
            yield Change(ChangeKind.CONFLICT_GONE, now.id, label, reports=reports, causes=why)


def _told(conflict: Conflict, carried: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The claims of a conflict, and those of the origins that disagree."""
    return (*conflict.claims, *(claim for origin in conflict.origins for claim in carried.get(origin, ())))


def _flags(before: Ledger, after: Ledger, causes: Causes) -> Iterator[Change]:
    known, held = ({flag.id for flag in ledger.flags} for ledger in (before, after))
    came = [flag for flag in after.flags if flag.id not in known]
    went = [flag for flag in before.flags if flag.id not in held]
    for flag in _other(came, went):
        reports = causes.new(flag.claims, tuple(one.document for one in flag.evidence))
        why = () if reports else causes.of_claims(flag.claims)
        yield Change(ChangeKind.FLAG, flag.id, f"{flag.code}: {flag.reason}", reports=reports, causes=why)
    for flag in _other(went, came):
        reports = causes.gone(flag.claims, tuple(one.document for one in flag.evidence))
        why = () if reports else causes.of_claims(flag.claims)
        yield Change(ChangeKind.FLAG_GONE, flag.id, f"{flag.code}: {flag.reason}", reports=reports, causes=why)


def _other(flags: Iterable[Flag], others: Iterable[Flag]) -> Iterator[Flag]:
    """Those of `flags` that are not one of `others` about more claims, or fewer: the same, worded anew."""
    of_claim: defaultdict[tuple[str, str], list[frozenset[str]]] = defaultdict(list)
    for other in others:
        about = frozenset(other.claims)
        for claim in other.claims:
            of_claim[other.code, claim].append(about)
    for flag in flags:
        claims = frozenset(flag.claims)
        near = (one for claim in flag.claims[:1] for one in of_claim[flag.code, claim])
        wider = (one for claim in flag.claims for one in of_claim[flag.code, claim] if one <= claims)
        if not any(one >= claims for one in near) and next(wider, None) is None:
            yield flag


def _hits(before: Ledger, after: Ledger, causes: Causes) -> Iterator[Change]:
    known = {hit.id: hit for hit in before.hits}
    for hit in after.hits:
        was = known.pop(hit.id, None)
        if was is None or was.tier is not hit.tier:
            claims = tuple(dict.fromkeys(name for finding in hit.findings for name in finding.claims))
            spans = tuple(dict.fromkeys(one.document for finding in hit.findings for one in finding.evidence))
            step = f"{hit.tier}" if was is None else f"{was.tier} -> {hit.tier}"
            label = f"{hit.provision}, {hit.population.label}: {step}"
            yield Change(ChangeKind.HIT, hit.id, label, reports=causes.new(claims, spans))
    for hit in known.values():
        claims = tuple(dict.fromkeys(name for finding in hit.findings for name in finding.claims))
        spans = tuple(dict.fromkeys(one.document for finding in hit.findings for one in finding.evidence))
        label = f"{hit.provision}, {hit.population.label}: {hit.tier}"
        yield Change(ChangeKind.HIT_GONE, hit.id, label, reports=causes.gone(claims, spans))


def _report(document: Document) -> str:
    """A report in one line: title, outlet and date, address or name."""
    title = document.title or document.text.lstrip().partition("\n")[0][:80]
    known = ", ".join(part for part in (document.outlet, document.published) if part)
    return f"{title} ({known}) {document.url or document.name}" if known else f"{title} {document.url or document.name}"


def _origin(origin: Origin) -> str:
    """An origin in one line: who, when, and why its claims are one."""
    said = ", ".join(part for part in (origin.speaker, origin.date) if part)
    return f"{said}: {origin.reason}" if said else origin.reason


def _conflict(estimate: Estimate, conflict: Conflict) -> str:
    return f"{line(estimate)}: {conflict.reason}" + (f" {conflict.arithmetic}" if conflict.arithmetic else "")


def _key(conflict: Conflict) -> tuple[str, tuple[str, ...]]:
    """A conflict is known again by its kind and by who disagrees, also where its wording is another."""
    return conflict.kind, tuple(sorted(conflict.origins))


def _voice(reading: Reading) -> str:
    """What an origin says: speaker, figure and date."""
    said = f"{reading.speaker or 'an unnamed source'}, {figures(reading.low, reading.high)}"
    return f"{said} ({reading.date})" if reading.date else said


def _range(estimate: Estimate) -> Range:
    return Range(estimate.best, estimate.low, estimate.high)


def _number(value: Number | None) -> str:
    return "none" if value is None else f"{value:,}"


def _count(found: Independent) -> str:
    return str(found.low) if found.low == found.high else f"{found.low}-{found.high}"


def _yes(given: bool) -> str:
    return "yes" if given else "no"
