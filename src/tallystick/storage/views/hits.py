"""Provisions that may apply: a view and a filter come in, a page of hits with what they rest on goes out."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.flag import Evidence
from tallystick.model.hit import ORDER, Hit
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import EdgeLevel
from tallystick.model.provision import Tier
from tallystick.model.quantity import Number
from tallystick.storage import rows, tables
from tallystick.storage.contents import MOST_VALUES
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.quoting import Quotation, quotations
from tallystick.storage.views.view import View

__all__ = ["Concerns", "HitFilter", "HitGroup", "HitPage", "Reached", "hit_groups", "hit_page"]

PER_PAGE = 10
# Of one element; the rest is counted.
MOST_SPANS = 5


class HitFilter(NamedTuple):
    """Which hits are wanted; an empty field asks nothing.

    Attributes:
        pack: Name of the pack.
        provision: Id of the provision.
        tier: How far the facts told reach.
        category: Category of the population.
        population: Id of an estimate of the population.
    """

    pack: str = ""
    provision: str = ""
    tier: str = ""
    category: str = ""
    population: str = ""


class HitGroup(NamedTuple):
    """Hits of one provision and tier, and how many they are."""

    pack: str
    provision: str
    tier: Tier
    total: int


class Concerns(NamedTuple):
    """An estimate that a hit concerns."""

    id: str
    label: str
    status: str
    best: Number | None
    low: Number | None
    high: Number | None


class Reached(NamedTuple):
    """One hit with what a page shows of it.

    Attributes:
        hit: The hit.
        estimates: Those of its population.
        quoted: The first spans of each finding by its turn, in their sentences, and how many more there are.
        against: Ids of what speaks against a finding, with their spans.
        judgement: The last decision about it, or None.
    """

    hit: Hit
    estimates: tuple[Concerns, ...]
    quoted: tuple[tuple[tuple[Quotation, ...], int], ...]
    against: tuple[Evidence, ...]
    judgement: Judgement | None


class HitPage(NamedTuple):
    """A page of hits: by provision, those with the gravest tier first, then by tier.

    Attributes:
        hits: The hits.
        groups: Of all that the filter leaves whatever provision and tier it names, in the order of the page.
        total: How many the filter leaves.
        number: Of the page, from 1.
        pages: How many pages there are, at least 1.
    """

    hits: tuple[Reached, ...]
    groups: tuple[HitGroup, ...]
    total: int
    number: int
    pages: int


_GROUPS: Kept[tuple[HitGroup, ...]] = Kept()


def hit_groups(view: View, wanted: HitFilter = HitFilter()) -> tuple[HitGroup, ...]:  # noqa: B008 - it is immutable
    """Give how many hits of each provision and tier there are of a population; all without one."""
    only = wanted._replace(pack="", provision="", tier="")
    return _GROUPS.of(view, only, lambda moment: _count(moment, only))


def hit_page(view: View, wanted: HitFilter, number: int = 1) -> HitPage:
    """Give a page of the hits that are wanted.

    Args:
        view: The case.
        wanted: The filter.
        number: Of the page, from 1; one beyond the last gives the last.
    """
    groups = hit_groups(view, wanted)
    chosen = [group for group in groups if _fits(group, wanted)]
    total = sum(group.total for group in chosen)
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, number), pages)
    found = _walk(view, wanted, chosen, (number - 1) * PER_PAGE)
    return HitPage(_reached(view, found), groups, total, number, pages)


def _fits(group: HitGroup, wanted: HitFilter) -> bool:
    return (
        wanted.pack in ("", group.pack)
        and wanted.provision in ("", group.provision)
        and wanted.tier in ("", group.tier.value)
    )


def _count(view: View, wanted: HitFilter) -> tuple[HitGroup, ...]:
    hits = tables.hits.c
    query = (
        sa.select(hits.pack, hits.provision, hits.tier, sa.func.count())
        .where(*_of_population(view, wanted))
        .group_by(hits.pack, hits.provision, hits.tier)
    )
    found = [HitGroup(row[0], row[1], Tier(row[2]), row[3]) for row in view.connection.execute(query)]
    gravest: dict[tuple[str, str], int] = {}
    for group in found:
        key, rank = group[:2], ORDER.index(group.tier)
        gravest[key] = min(rank, gravest.get(key, rank))
    return tuple(sorted(found, key=lambda one: (gravest[one[:2]], one.pack, one.provision, ORDER.index(one.tier))))


def _of_population(view: View, wanted: HitFilter) -> list[sa.ColumnElement[bool]]:
    """What a filter asks of the population."""
    hits, asked = tables.hits.c, []
    if wanted.category:
        asked.append(hits.category == wanted.category)
    if wanted.population:
        own = tables.estimates.c
        row = view.first(
            sa.select(own.category, own.origin, own.place, own.unit).where(own.id == wanted.population)
        )  # fmt: skip
        asked += [hits[name].is_not_distinct_from(row[name]) for name in row] if row else [sa.false()]
    return asked


def _walk(view: View, wanted: HitFilter, groups: Sequence[HitGroup], skip: int) -> list[Hit]:
    """The hits of one page: whole groups are passed over by their size."""
    hits = tables.hits.c
    found: list[Hit] = []
    asked = _of_population(view, wanted)
    for group in groups:
        if skip >= group.total:
            skip -= group.total
            continue
        own = (hits.pack == group.pack, hits.provision == group.provision, hits.tier == group.tier.value)
        # Only the positions are sorted; a row with its findings takes kilobytes.
        positions = (
            sa.select(hits.position)
            .where(*own, *asked)
            .order_by(hits.position)
            .limit(PER_PAGE - len(found))
            .offset(skip)
        )
        query = sa.select(tables.hits).where(hits.position.in_(positions)).order_by(hits.position)
        found += [rows.hit_of(row) for row in view.rows(query)]
        skip = 0
        if len(found) == PER_PAGE:
            break
    return found


def _reached(view: View, hits: Sequence[Hit]) -> tuple[Reached, ...]:
    """Hits with their estimates, quotations and decisions."""
    estimates = _estimates(view, {name for hit in hits for name in hit.estimates})
    spans = _spans(view, {name for hit in hits for finding in hit.findings for name in finding.against})
    shown = {hit.id: [_shown(finding.evidence, finding.against, spans) for finding in hit.findings] for hit in hits}
    quoted = quotations(view, (span for own in shown.values() for one in own for span in one))
    decided = _decided(view, [hit.id for hit in hits])
    return tuple(
        Reached(
            hit,
            tuple(estimates[name] for name in hit.estimates if name in estimates),
            tuple(
                (tuple(quoted[span] for span in own if span in quoted), len(finding.evidence) - len(own))
                for own, finding in zip(shown[hit.id], hit.findings, strict=True)
            ),
            tuple(spans[name] for finding in hit.findings for name in finding.against if name in spans),
            decided.get(hit.id),
        )
        for hit in hits
    )


def _shown(evidence: Sequence[Evidence], against: Sequence[str], spans: dict[str, Evidence]) -> tuple[Evidence, ...]:
    """The spans of a finding that are quoted: what speaks against it is never left out for what speaks for it."""
    contrary = {spans[name] for name in against if name in spans}
    first = [span for span in evidence if span in contrary][:MOST_SPANS]
    rest = [span for span in evidence if span not in contrary][: max(1, MOST_SPANS - len(first))]
    return (*rest, *first)


def _estimates(view: View, names: Iterable[str]) -> dict[str, Concerns]:
    own = tables.estimates.c
    query = sa.select(own.id, own.label, own.status, own.best, own.low, own.high)
    found = (Concerns(**row) for row in view.rows(query.where(own.id.in_(sorted(names)[:MOST_VALUES]))))
    return {one.id: one for one in found}


def _spans(view: View, names: Iterable[str]) -> dict[str, Evidence]:
    """Where these claims and facts stand."""
    held: dict[str, Evidence] = {}
    wanted = sorted(names)[:MOST_VALUES]
    for table in (tables.claims, tables.facts):
        query = sa.select(table.c.id, table.c.document, table.c.start, table.c.end).where(table.c.id.in_(wanted))
        held |= {row["id"]: Evidence(row["document"], row["start"], row["end"]) for row in view.rows(query)}
    return held


def _decided(view: View, names: Sequence[str]) -> dict[str, Judgement]:
    """The last decision about each of these hits."""
    table = tables.judgements
    asked = (table.c.level == EdgeLevel.HIT.value, table.c.later.in_(names))
    found = view.rows(sa.select(table).where(*asked).order_by(table.c.number))
    return {row["later"]: rows.judgement_of(row) for row in found}
