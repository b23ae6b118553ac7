"""What brought a change between two states of a case: claims come in, the reports and steps behind it go out.

Two ledgers are indexed once; every question after that costs what it is about, not the size of the case.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tallystick.model.change import Source
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate
from tallystick.model.judgement import Judgement
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, EdgeLevel, Origin
from tallystick.model.quantity import Number

__all__ = ["Causes", "figures", "line"]

# Causes of one change that are written out: more is no longer read.
MOST = 6


class _State:
    """One ledger, indexed."""

    def __init__(self, ledger: Ledger) -> None:
        self.documents: dict[str, Document] = {document.id: document for document in ledger.documents}
        self.turn = {name: number for number, name in enumerate(self.documents)}
        self.home = {claim.id: claim.document for claim in ledger.claims}
        self.estimate = {claim: one for one in ledger.estimates for claim in one.claims}
        self.estimates = {one.id: one for one in ledger.estimates}
        self.origin: dict[str, Origin] = {claim: one for one in ledger.lineage.origins for claim in one.claims}
        self.steps: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in ledger.lineage.edges:
            if edge.level is EdgeLevel.CLAIM:
                self.steps[edge.later].append(edge)
        self.judgements: tuple[Judgement, ...] = ledger.judgements


class Causes:
    """Answers what brought the changes between two ledgers."""

    def __init__(self, before: Ledger, after: Ledger) -> None:
        """Index both."""
        self._before, self._after = _State(before), _State(after)
        self._decided = self._after.judgements[len(self._before.judgements) :]

    def new(self, claims: Iterable[str], documents: Iterable[str] = ()) -> tuple[Source, ...]:
        """Give the reports of `claims`, and of `documents`, that only the later state has, in its order."""
        return _sources(claims, documents, self._after, self._before)

    def gone(self, claims: Iterable[str], documents: Iterable[str] = ()) -> tuple[Source, ...]:
        """Give the reports of `claims`, and of `documents`, that only the earlier state has, in its order."""
        return _sources(claims, documents, self._before, self._after)

    def of_steps(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Give the steps of `claims`, forth or back, that only one of the two states has, each in one sentence."""
        return _cut(self._steps(claims))

    def of_claims(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Give what else happened to `claims`: steps, reports counted with them, what made their estimates differ."""
        held = tuple(claims)
        pairs: dict[tuple[str, str], tuple[Estimate, Estimate]] = {}
        for one in held:
            was, now = self._before.estimate.get(one), self._after.estimate.get(one)
            if was is not None and now is not None:
                pairs.setdefault((was.id, now.id), (was, now))
        beside = dict.fromkeys(name for _, now in pairs.values() for name in now.claims)
        came = (f"{one.label} is counted with them now" for one in self.new(beside))
        differences = (one for was, now in pairs.values() for one in self._differences(was, now, brought=False))
        return _cut((*self._steps(held), *came, *differences))

    def joining(self, claims: Iterable[str]) -> tuple[Source, ...]:
        """Give the reports that only the later state has, of the origins to which `claims` go back by now."""
        return self.new(dict.fromkeys(name for origin in self._homes(claims) for name in origin.claims))

    def of_joining(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Give the origins to which `claims` go back by now, each in one sentence."""
        said = (", ".join(part for part in (one.id, one.speaker, one.date) if part) for one in self._homes(claims))
        return _cut(f"its claims go back to origin {one} now" for one in said)

    def _homes(self, claims: Iterable[str]) -> tuple[Origin, ...]:
        """The origins of claims in the later state."""
        found = {self._after.origin[one].id: self._after.origin[one] for one in claims if one in self._after.origin}
        return tuple(found.values())

    def of_end(self, estimate: Estimate) -> tuple[str, ...]:
        """Give where the claims of an estimate went that is there no longer."""
        return _cut(self._moves(estimate.claims, self._after, "is counted under {} now"))

    def of_estimate(self, earlier: Estimate | None, now: Estimate, *, brought: bool = False) -> tuple[str, ...]:
        """Give what made `now` of `earlier` besides reports of its own.

        Args:
            earlier: The estimate as it was, or None where it was not there.
            now: The estimate as it is.
            brought: Whether reports of its own brought it: then only what they did to others is told.
        """
        if earlier is None:
            return _cut(
                (*self._moves(now.claims, self._before, "was counted under {} before"), *self._steps(now.claims))
            )
        return _cut(self._differences(earlier, now, brought=brought))

    def _differences(self, earlier: Estimate, now: Estimate, *, brought: bool) -> Iterator[str]:
        was, becomes = set(earlier.claims), set(now.claims)
        yield from self._moves(
            (one for one in now.claims if one not in was), self._before, "was counted under {} before"
        )
        yield from self._moves(
            (one for one in earlier.claims if one not in becomes), self._after, "is counted under {} now"
        )
        yield from _gave_way(earlier, now)
        if now.stale and not earlier.stale:
            yield "nobody has refreshed the count for so long that it is only the last known one"
        if brought:
            return
        yield from self._steps(dict.fromkeys((*now.claims, *earlier.claims)))
        yield from self._standing(earlier, now)
        for name in dict.fromkeys((*earlier.parts, *now.parts, *filter(None, (earlier.whole, now.whole)))):
            held, holds = self._before.estimates.get(name), self._after.estimates.get(name)
            if holds is not None and (
                held is None or (held.best, held.low, held.high) != (holds.best, holds.low, holds.high)
            ):
                yield f"{line(holds)}, which it adds up with, is {figures(holds.low, holds.high)} now"
        known = {(one.rule, one.reason) for one in earlier.widenings}
        yield from (one.reason for one in now.widenings if (one.rule, one.reason) not in known)
        told = set(earlier.steps)
        yield from (step for step in now.steps if step not in told)

    def _moves(self, claims: Iterable[str], where: _State, how: str) -> Iterator[str]:
        """Claims that both states have and that stand in another estimate in `where`, a sentence for each estimate."""
        moved: defaultdict[str, list[str]] = defaultdict(list)
        for claim in claims:
            other = where.estimate.get(claim)
            if other is not None and claim in self._before.home and claim in self._after.home:
                moved[line(other)].append(self._name(claim))
        for label, names in moved.items():
            yield f"{', '.join(dict.fromkeys(names))} {how.format(label)}"

    def _steps(self, claims: Iterable[str]) -> Iterator[str]:
        """Steps that came or went between claims which both states have; a reviewer's decision first."""
        held = tuple(claims)
        touched = set(held)
        for one in self._decided:
            if touched & {one.later, one.earlier}:
                yield f"judgement {one.number}: step {one.verdict} ({one.why})"
        for claim in held:
            was = {(edge.earlier, edge.mechanism): edge for edge in self._before.steps.get(claim, ())}
            becomes = {(edge.earlier, edge.mechanism): edge for edge in self._after.steps.get(claim, ())}
            yield from (
                self._step(edge, "new") for key, edge in becomes.items() if key not in was and self._lasts(edge)
            )
            yield from (
                self._step(edge, "gone") for key, edge in was.items() if key not in becomes and self._lasts(edge)
            )

    def _lasts(self, edge: Edge) -> bool:
        """Whether both states have both of its claims."""
        return all(one in state.home for one in (edge.later, edge.earlier) for state in (self._before, self._after))

    def _step(self, edge: Edge, how: str) -> str:
        mechanism = edge.mechanism.replace("_", " ")
        return f"{how} step from {self._name(edge.later)} to {self._name(edge.earlier)}: {mechanism} ({edge.reason})"

    def _standing(self, earlier: Estimate, now: Estimate) -> Iterator[str]:
        """Origins that are more or less independent than they were, and what links them."""
        for reading in now.readings:
            if not reading.claims:
                continue
            was, becomes = (state.origin.get(reading.claims[0]) for state in (self._before, self._after))
            if was is None or becomes is None:
                continue
            who = becomes.speaker or f"origin {becomes.id}"
            if was.independent != becomes.independent:
                yield f"{who} counts as {becomes.independent.low}-{becomes.independent.high} origins now"
            if set(becomes.linked) - set(was.linked):
                yield f"{who} may share what it knows with another origin"
        graded = {one.origin: one.reliability for one in earlier.readings}
        for one in now.readings:
            if graded.get(one.origin, one.reliability) != one.reliability:
                yield f"{one.speaker or 'an unnamed source'} is graded {one.reliability} now, not {graded[one.origin]}"

    def _name(self, claim: str) -> str:
        """The report of a claim for a reader."""
        state = self._after if claim in self._after.home else self._before
        document = state.documents.get(state.home.get(claim, ""))
        return claim if document is None else source(document).label


def source(document: Document) -> Source:
    """Give a report by its id, and by outlet, else id or name, and date."""
    name = document.outlet or (document.id if document.id != document.sha256 else document.name)
    return Source(document.id, f"{name}, {document.published[:10]}" if document.published else name)


def line(estimate: Estimate) -> str:
    """Give an estimate in one line: whom it counts, its status, measure and time."""
    parts = (str(estimate.status), estimate.measure and str(estimate.measure), estimate.when)
    return f"{estimate.population.label} ({', '.join(part for part in parts if part)})"


def figures(low: Number | None, high: Number | None) -> str:
    """Give a range for a reader: "300", "300 to 600", "300 to open"."""
    ends = tuple("open" if end is None else f"{end:,}" for end in (low, high))
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _gave_way(earlier: Estimate, now: Estimate) -> Iterator[str]:
    """Readings that stood and are superseded."""
    stood = {one.origin for one in earlier.readings if not one.superseded}
    for one in now.readings:
        if one.superseded and one.origin in stood:
            yield f"{one.speaker or 'an unnamed source'} gave a later figure than {figures(one.low, one.high)}"


def _sources(
    claims: Iterable[str], documents: Iterable[str], here: _State, there: _State
) -> tuple[Source, ...]:  # fmt: skip
    named = {here.home[claim] for claim in claims if claim in here.home} | set(documents)
    found = sorted(
        (name for name in named if name in here.documents and name not in there.documents), key=here.turn.__getitem__
    )
    return tuple(source(here.documents[name]) for name in found)


def _cut(found: Iterable[str]) -> tuple[str, ...]:
    """Each cause once, and of many the first ones."""
    told = tuple(dict.fromkeys(found))
    return told if len(told) <= MOST else (*told[: MOST - 1], f"and {len(told) - MOST + 1} more")
