"""Operations about what is derived: origins, estimates (by now, or by the end of a day), flags and hits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from litestar import Response, get
from litestar.params import FromPath

from tallystick.errors import UnknownEstimateError, UnknownNameError
from tallystick.exporting.recording import (
    claim_record,
    edge_record,
    estimate_record,
    flag_record,
    hit_record,
    origin_record,
)
from tallystick.exporting.records import EstimateRecord, FlagRecord, HitRecord, SpanRecord
from tallystick.model.claim import Measure, Status
from tallystick.model.estimate import Estimate
from tallystick.model.flag import SEVERITIES, Evidence, Flag
from tallystick.model.hit import Hit
from tallystick.model.ledger import Ledger
from tallystick.model.provision import Tier
from tallystick.model.stream import Streamed
from tallystick.storage.views import paging, whole
from tallystick.storage.views.paging import Asked, End, Leaf
from tallystick.storage.views.view import View
from tallystick.workbench.api.answering import Asker, TheApi, answered, listed, plain, reads
from tallystick.workbench.api.parameters import PAGED, Parameter, chosen, words
from tallystick.workbench.api.shapes import EstimateDetail, EstimatePage, FlagPage, HitPage, OriginDetail, OriginPage

__all__ = ["ROUTES"]

# Claims that come with an origin or estimate; all of them are listed by /claims?origin= and ?population=.
MOST_CLAIMS = 200
CLAIM = words("claim", "Only what rests on the claim of this id.")
DOCUMENT = words("document", "Only what rests on claims of the report of this id.")
POPULATION = words("population", "Only what concerns the population of the estimate of this id.")
AS_OF = Parameter(
    "as_of",
    "What was known by the end of this day: derived anew from the reports published by then. In a case of more than"
    " 2,000 reports it is refused (422); `tallystick estimates --as-of` does it for any.",
    {"type": "string", "format": "date", "maxLength": 10},
)
ESTIMATES = (
    words("category", "Only those of this category of the dossier."),
    chosen("status", "Only what is said to be so.", Status),
    chosen("measure", "Only those of this measure.", Measure),
    words("place", "Only those about this place."),
    words("unit", "Only those that count in this unit."),
    CLAIM, DOCUMENT, POPULATION,
)  # fmt: skip
FLAGS = (
    words("code", "Only those of this code, such as `stale_quotation`."),
    chosen("severity", "Only those that are so grave.", SEVERITIES), CLAIM, DOCUMENT, POPULATION,
)  # fmt: skip
HITS = (
    words("pack", "Only those of this pack of provisions."), words("provision", "Only those of this provision."),
    chosen("tier", "How far the facts told reach.", Tier),
    words("category", "Only those about a population of this category."), POPULATION,
)  # fmt: skip


@get("/origins", opt=reads(words("speaker", "Only those of this speaker, as written."), CLAIM, DOCUMENT, POPULATION,
                           *PAGED), sync_to_thread=True)  # fmt: skip
def all_origins(api: TheApi, request: Asker) -> Response[OriginPage]:
    """The origins, in order of id."""

    def find(view: View, values: dict[str, str], asked: Asked) -> tuple[Leaf, Sequence[object]]:
        leaf = paging.derived(view, "origins", values, asked)
        return leaf, [origin_record(one) for one in whole.origins(view, leaf.ids)]

    return listed(api, request, find)


@get("/origins/{name:str}", opt=reads(problems=(404,)), sync_to_thread=True)
def origin(api: TheApi, request: Asker, name: FromPath[str]) -> Response[OriginDetail]:
    """One origin: its claims and the steps that lead from each of them back to others."""

    def find(view: View, _values: dict[str, str]) -> OriginDetail:
        found = whole.origins(view, (plain(name),))
        if not found:
            raise UnknownNameError(plain(name), "is no origin of this case")
        shown = found[0].claims[:MOST_CLAIMS]
        steps = whole.steps_from(view, shown)
        claims = tuple(map(claim_record, whole.stated(view, shown)))
        more = steps.more or len(shown) < len(found[0].claims)
        return OriginDetail(origin_record(found[0]), claims, tuple(map(edge_record, steps.edges)), more)

    return answered(api, request, find)


@get("/estimates", opt=reads(*ESTIMATES, AS_OF, *PAGED, problems=(422,)), sync_to_thread=True)
def all_estimates(api: TheApi, request: Asker) -> Response[EstimatePage]:
    """The estimates with their readings, conflicts and steps, in order of id; by now, or by the end of a day."""

    def find(view: View, values: dict[str, str], asked: Asked) -> tuple[Leaf, list[EstimateRecord]]:
        day = values.pop("as_of", None)
        if day is not None:
            return _then(api.moments.ledger(view, date.fromisoformat(day)), values, asked)
        leaf = paging.derived(view, "estimates", values, asked)
        return leaf, [estimate_record(one) for one in whole.estimates(view, leaf.ids)]

    return listed(api, request, find)


@get("/estimates/{name:str}", opt=reads(AS_OF, problems=(404, 422)), sync_to_thread=True)
def estimate(api: TheApi, request: Asker, name: FromPath[str]) -> Response[EstimateDetail]:
    """One estimate: its readings with their origins, its conflicts, every step of the arithmetic, and its claims."""

    def find(view: View, values: dict[str, str]) -> EstimateDetail:
        day = values.pop("as_of", None)
        if day is not None:
            return _one_then(api.moments.ledger(view, date.fromisoformat(day)), plain(name))
        found = whole.estimates(view, (plain(name),))
        if not found:
            raise UnknownEstimateError(plain(name), ())
        origins = whole.origins(view, tuple(dict.fromkeys(one.origin for one in found[0].readings)))
        shown = found[0].claims[:MOST_CLAIMS]
        return EstimateDetail(
            estimate_record(found[0]), tuple(map(origin_record, origins)),
            tuple(map(claim_record, whole.stated(view, shown))), len(shown) < len(found[0].claims),
        )  # fmt: skip

    return answered(api, request, find)


def _then(ledger: Ledger, values: Mapping[str, str], asked: Asked) -> tuple[Leaf, list[EstimateRecord]]:
    """A page of the estimates of a ledger."""
    of_document = {one.id for one in ledger.claims if one.document == values.get("document")}
    population = next((one.population for one in ledger.estimates if one.id == values.get("population")), None)
    tests: Mapping[str, Callable[[Estimate, str], bool]] = {
        "category": lambda one, value: one.population.category == value,
        "status": lambda one, value: one.status == value,
        "measure": lambda one, value: one.measure == value,
        "place": lambda one, value: one.population.place == value,
        "unit": lambda one, value: one.population.unit == value,
        "claim": lambda one, value: value in one.claims,
        "document": lambda one, _: not of_document.isdisjoint(one.claims),
        "population": lambda one, _: one.population == population,
    }
    behind = "" if asked.after is None else str(asked.after.name)
    wanted = (
        one
        for one in sorted(ledger.estimates, key=lambda one: one.id)
        if one.id > behind and all(tests[name](one, value) for name, value in values.items())
    )
    found = list(islice(wanted, asked.most + 1))
    shown = found[: asked.most]
    end = End(None, shown[-1].id) if len(found) > len(shown) else None
    return Leaf(tuple(one.id for one in shown), end), [estimate_record(one) for one in shown]


def _one_then(ledger: Ledger, name: str) -> EstimateDetail:
    """An estimate of a ledger."""
    found = next((one for one in ledger.estimates if one.id == name), None)
    if found is None:
        raise UnknownEstimateError(name, ())
    wanted = {reading.origin for reading in found.readings}
    shown = found.claims[:MOST_CLAIMS]
    held = Streamed(ledger).claims_of(shown)
    return EstimateDetail(
        estimate_record(found), tuple(origin_record(one) for one in ledger.lineage.origins if one.id in wanted),
        tuple(map(claim_record, held.values())), len(shown) < len(found.claims),
    )  # fmt: skip


@get("/flags", opt=reads(*FLAGS, *PAGED), sync_to_thread=True)
def all_flags(api: TheApi, request: Asker) -> Response[FlagPage]:
    """What does not add up, with the spans that it rests on, in order of id."""

    def find(view: View, values: dict[str, str], asked: Asked) -> tuple[Leaf, list[FlagRecord]]:
        leaf = paging.derived(view, "flags", values, asked)
        return leaf, _flags(view, leaf.ids)

    return listed(api, request, find)


@get("/flags/{name:str}", opt=reads(problems=(404,)), sync_to_thread=True)
def flag(api: TheApi, request: Asker, name: FromPath[str]) -> Response[FlagRecord]:
    """One flag."""

    def find(view: View, _values: dict[str, str]) -> FlagRecord:
        for found in _flags(view, (plain(name),)):
            return found
        raise UnknownNameError(plain(name), "is no flag of this case")

    return answered(api, request, find)


@get("/hits", opt=reads(*HITS, *PAGED), sync_to_thread=True)
def all_hits(api: TheApi, request: Asker) -> Response[HitPage]:
    """Provisions that may apply, each with what the reports say of its elements, in order of id; never a finding."""

    def find(view: View, values: dict[str, str], asked: Asked) -> tuple[Leaf, list[HitRecord]]:
        leaf = paging.derived(view, "hits", values, asked)
        return leaf, _hits(view, leaf.ids)

    return listed(api, request, find)


@get("/hits/{name:str}", opt=reads(problems=(404,)), sync_to_thread=True)
def hit(api: TheApi, request: Asker, name: FromPath[str]) -> Response[HitRecord]:
    """One provision that may apply."""

    def find(view: View, _values: dict[str, str]) -> HitRecord:
        for found in _hits(view, (plain(name),)):
            return found
        raise UnknownNameError(plain(name), "is no hit of this case")

    return answered(api, request, find)


def _flags(view: View, names: Sequence[str]) -> list[FlagRecord]:
    """The records of flags, their spans with their words."""
    found: tuple[Flag, ...] = whole.flags(view, names)
    told = whole.quotes(view, (span for one in found for span in one.evidence))
    return [replace(record, evidence=_quoted(record.evidence, told)) for record in map(flag_record, found)]


def _hits(view: View, names: Sequence[str]) -> list[HitRecord]:
    """The records of hits, their spans with their words."""
    found: tuple[Hit, ...] = whole.hits(view, names)
    told = whole.quotes(view, (span for one in found for finding in one.findings for span in finding.evidence))
    records = []
    for record in map(hit_record, found):
        findings = tuple(replace(one, evidence=_quoted(one.evidence, told)) for one in record.findings)
        records.append(replace(record, findings=findings))
    return records


def _quoted(spans: Iterable[SpanRecord], told: Mapping[Evidence, str]) -> tuple[SpanRecord, ...]:
    """Spans with their words."""
    return tuple(replace(one, quote=told.get(Evidence(one.document, one.start, one.end))) for one in spans)


ROUTES = (all_origins, origin, all_estimates, estimate, all_flags, flag, all_hits, hit)
