"""The element test: a traced and reconciled case comes in, a hit for every provision and population goes out.

What each report shows is worked out by itself, then folded for each population; a case that grows by one report tests
that report, and folds the populations that it speaks of.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document, by_publication
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Estimate, Population, estimate_order
from tallystick.model.fact import Fact
from tallystick.model.flag import Evidence, Flag
from tallystick.model.hit import Hit, hit_order
from tallystick.model.lineage import Lineage, Origin
from tallystick.model.provision import Tier
from tallystick.screening.elements.bench import Bench
from tallystick.screening.elements.showing import Key, Mark, Screen, key
from tallystick.screening.elements.subjects import Kind
from tallystick.screening.elements.witnesses import Witnesses
from tallystick.screening.findings import WARNING, flag
from tallystick.values.periods import Period, period

__all__ = ["Examination", "examine", "hits", "justifications"]


class Shown(NamedTuple):
    """What one report shows, and what that rests on: where the latter is the same, so is the former."""

    sha256: str
    claims: tuple[tuple[str, Key], ...]
    facts: tuple[str, ...]
    marks: tuple[Mark, ...]


class Judged(NamedTuple):
    """The hits of one population, and what they rest on."""

    marks: tuple[Mark, ...]
    origins: tuple[Origin | None, ...]
    estimates: tuple[tuple[str, str], ...]
    hits: tuple[Hit, ...]


class _Counted(NamedTuple):
    """The population of each claim by its id, and what makes it one."""

    populations: Mapping[str, Population]
    keys: Mapping[str, Key]


@dataclass(frozen=True, slots=True)
class Examination:
    """A case as it was examined, to be handed to the next examination of it; it can be pickled.

    Attributes:
        rules: Digest of the dossier and its packs.
        shown: What each report shows, by its id.
        judged: The hits of each population.
    """

    rules: str = ""
    shown: Mapping[str, Shown] = field(default_factory=dict)
    judged: Mapping[Key, Judged] = field(default_factory=dict)

    def hits(self, *, everything: bool = False) -> tuple[Hit, ...]:
        """Give the hits in order; with `everything` also those of provisions that nothing told points to."""
        found = (hit for judged in self.judged.values() for hit in judged.hits)
        return tuple(sorted((hit for hit in found if everything or hit.tier is not Tier.NO_NEXUS), key=hit_order))


def hits(
    documents: Iterable[Document],
    claims: Iterable[Claim],
    facts: Iterable[Fact],
    lineage: Lineage,
    estimates: Iterable[Estimate],
    dossier: Dossier,
    *,
    everything: bool = False,
) -> tuple[Hit, ...]:
    """Give every provision that may apply to a population of a case.

    Args:
        documents: The reports of the case.
        claims: Their claims, in any order.
        facts: Their facts, in any order.
        lineage: Their origins.
        estimates: What they come to: they name the populations.
        dossier: Its packs, places and actors.
        everything: Also give the provisions that nothing told points to.

    Returns:
        One hit for each provision and population within the scope of its pack, the gravest tier first.
    """
    return examine(documents, claims, facts, lineage, estimates, dossier).hits(everything=everything)


def examine(
    documents: Iterable[Document],
    claims: Iterable[Claim],
    facts: Iterable[Fact],
    lineage: Lineage,
    estimates: Iterable[Estimate],
    dossier: Dossier,
    before: Examination | None = None,
) -> Examination:
    """Examine a case; what `before` holds of reports and populations that are the same is taken over.

    Args:
        documents: The reports of the case.
        claims: Their claims, in any order.
        facts: Their facts, in any order.
        lineage: Their origins.
        estimates: What they come to.
        dossier: Its packs, places and actors.
        before: What the last examination of the case gave, or None.
    """
    if not dossier.packs:
        return Examination()
    rules = "\0".join((dossier.sha256, *(pack.sha256 for pack in dossier.packs)))
    old = before if before is not None and before.rules == rules else Examination()
    held = tuple(estimates)
    populations: dict[str, Population] = {}
    keys: dict[str, Key] = {}
    for estimate in sorted(held, key=_plainest):
        populations.update(dict.fromkeys(estimate.claims, estimate.population))
        keys.update(dict.fromkeys(estimate.claims, key(estimate.population)))
    screen = Screen(dossier)
    found = _shown(documents, claims, facts, _Counted(populations, keys), screen, old)
    marks: dict[Key, list[Mark]] = {}
    for one in found.values():
        for mark in one.marks:
            marks.setdefault(mark.key, []).append(mark)
    lines: dict[Key, list[Estimate]] = {}
    for estimate in held:
        lines.setdefault(key(estimate.population), []).append(estimate)
    bench = Bench(dossier, screen, Witnesses(lineage, dossier))
    judged: dict[Key, Judged] = {}
    for name in sorted(marks):
        told = tuple(marks[name])
        origins = tuple(bench.witnesses.origin(mark) for mark in told)
        counted = sorted(lines[name], key=estimate_order)
        titles = tuple((estimate.id, estimate.population.label) for estimate in counted)
        last = old.judged.get(name)
        if last is not None and (last.marks, last.origins, last.estimates) == (told, origins, titles):
            judged[name] = last
        else:
            made = tuple(bench.judge(counted[0].population, told, tuple(estimate.id for estimate in counted)))
            judged[name] = Judged(told, origins, titles, made)
    return Examination(rules, found, judged)


def justifications(examination: Examination, claims: Iterable[Claim], dossier: Dossier) -> Iterator[Flag]:
    """Yield a warning for a justification that rests on an instrument younger than the acts it is invoked for.

    Args:
        examination: The case as it was examined.
        claims: Its claims.
        dossier: Its packs.

    Yields:
        "justification_predates_instrument", one for each justification, report and population: the words that invoke
        it, and the first dated figure from before the instrument was in force.
    """
    screen = Screen(dossier)
    subjects = screen.subjects
    grounds = {
        (pack.name, one.id): (pack, one) for pack in dossier.packs for one in pack.justifications if one.instrument
    }
    by_id = {claim.id: claim for claim in claims}
    first = {name: _first_dated(judged.marks, by_id) for name, judged in examination.judged.items()}
    seen: set[tuple[str, str, str, Key]] = set()
    for one in examination.shown.values():
        for mark in one.marks:
            for number in mark.signs:
                subject = subjects.named[number]
                asked = (subject.pack, subject.id, mark.document, mark.key)
                early = first.get(mark.key)
                if subject.kind is not Kind.JUSTIFICATION or asked in seen or asked[:2] not in grounds or not early:
                    continue
                pack, justification = grounds[asked[:2]]
                instrument = next(held for held in pack.instruments if held.id == justification.instrument)
                force = period(instrument.in_force)
                claim, act = early
                if force is None or act.last >= force.first:
                    continue
                seen.add(asked)
                reason = (
                    f"The report invokes {justification.label}, which came into force on {instrument.in_force}; "
                    f"what it is invoked for is told of {claim.when}, before that."
                )
                spans = (
                    Evidence(mark.document, mark.start, mark.end),
                    Evidence(claim.document, claim.start, claim.end),
                )
                yield flag("justification_predates_instrument", WARNING, reason, spans, [claim])


def _shown(
    documents: Iterable[Document],
    claims: Iterable[Claim],
    facts: Iterable[Fact],
    counted: _Counted,
    screen: Screen,
    old: Examination,
) -> Mapping[str, Shown]:
    """What each report shows, in order of publication; of those that are the same, what they showed before."""
    held: defaultdict[str, list[Claim]] = defaultdict(list)
    told: defaultdict[str, list[Fact]] = defaultdict(list)
    for claim in claims:
        held[claim.document].append(claim)
    for fact in facts:
        told[fact.document].append(fact)
    found: dict[str, Shown] = {}
    keys = counted.keys
    for document in sorted(documents, key=by_publication):
        own = sorted(held[document.id], key=lambda claim: (claim.start, claim.end, claim.id))
        said = sorted(told[document.id], key=lambda fact: (fact.start, fact.slot, fact.id))
        lines = tuple((claim.id, keys[claim.id]) for claim in own if claim.id in keys)
        named = tuple(fact.id for fact in said)
        last = old.shown.get(document.id)
        if last is not None and (last.sha256, last.claims, last.facts) == (document.sha256, lines, named):
            found[document.id] = last
        else:
            found[document.id] = Shown(
                document.sha256, lines, named, screen.marks(document, own, said, counted.populations)
            )
    return found


def _plainest(estimate: Estimate) -> tuple[int, str, str]:
    """The order in which estimates name the population of a claim that several hold: the widest place last."""
    return 0 if estimate.population.place is None else 1, estimate.population.label, estimate.id


def _first_dated(marks: Sequence[Mark], claims: Mapping[str, Claim]) -> tuple[Claim, Period] | None:
    """The earliest claim of a population that is told as a fact and dates what happened, with the days of it."""
    found = [
        (mark.act, mark.document, mark.start, claims[mark.claim])
        for mark in marks
        if mark.fact is None
        and mark.act is not None
        and mark.status is Status.ACTUAL
        and mark.claim in claims
        and claims[mark.claim].when is not None
    ]
    if not found:
        return None
    act, _, _, claim = min(found, key=lambda one: (one[0], one[1], one[2], one[3].id))
    return claim, act
