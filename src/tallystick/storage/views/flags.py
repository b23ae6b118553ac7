"""What in the reports does not add up: a view and a filter come in, a page of flags with their evidence goes out."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.flag import SEVERITIES, Evidence
from tallystick.storage import tables
from tallystick.storage.dialects import gathered
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.quoting import Quotation, joined, quotations
from tallystick.storage.views.view import View

__all__ = ["Concerned", "FlagFilter", "FlagGroup", "FlagPage", "Flagged", "flag_groups", "flag_page", "one_flag"]

PER_PAGE = 20
# Of one flag; the rest is counted, and the page of claims shows all of them.
MOST_SPANS = 6
MOST_CLAIMS = 6
# Where one flag alone is shown: nobody reads more of one thing.
MOST_WHOLE = 200


class FlagFilter(NamedTuple):
    """Which flags are wanted; an empty field asks nothing.

    Attributes:
        code: Kind of fault.
        severity: How grave.
        category: Category of one of the claims concerned.
        standing: Standing of one of the claims concerned.
        population: Id of an estimate one of whose claims is concerned.
        claim: Id of a claim concerned.
    """

    code: str = ""
    severity: str = ""
    category: str = ""
    standing: str = ""
    population: str = ""
    claim: str = ""

    @property
    def of_claims(self) -> bool:
        """Whether it asks anything of the claims concerned."""
        return any((self.category, self.standing, self.population, self.claim))


class FlagGroup(NamedTuple):
    """Flags of one code and severity, and how many they are."""

    severity: str
    code: str
    total: int


class Concerned(NamedTuple):
    """A claim that a flag concerns: what is compared.

    Attributes:
        id: Id of the claim.
        document: Id of its report.
        start: Where its numeral stands.
        end: One past its last code point.
        figure: As written.
        counted: What is counted, as written, or None.
        category: Category id.
        place: Place as written, or None.
        status: Plan, fact, possibility or denial.
        speaker: Who asserted it, or None.
        outlet: Outlet of the report, or None.
        published: When the report was published, or None.
        standing: By whose word it stands.
    """

    id: str
    document: str
    start: int
    end: int
    figure: str
    counted: str | None
    category: str
    place: str | None
    status: str
    speaker: str | None
    outlet: str | None
    published: str | None
    standing: str


class Flagged(NamedTuple):
    """One flag with what it rests on.

    Attributes:
        id: Id of the flag.
        code: Kind of fault.
        severity: How grave.
        reason: The facts compared, in one or two sentences.
        claims: The first of the claims concerned.
        more_claims: How many further ones there are.
        spans: The first spans that it rests on, in their sentences.
        more_spans: How many further ones there are.
    """

    id: str
    code: str
    severity: str
    reason: str
    claims: tuple[Concerned, ...]
    more_claims: int
    spans: tuple[Quotation, ...]
    more_spans: int


class FlagPage(NamedTuple):
    """A page of flags, the gravest first.

    Attributes:
        flags: The flags.
        groups: Of all that the filter leaves, by severity and code; where it names a code or a severity, of the others
            as well.
        total: How many the filter leaves.
        number: Of the page, from 1.
        pages: How many pages there are, at least 1.
    """

    flags: tuple[Flagged, ...]
    groups: tuple[FlagGroup, ...]
    total: int
    number: int
    pages: int


class _Left(NamedTuple):
    """The flags that a filter of claims leaves: positions by group, in the order of groups."""

    groups: tuple[FlagGroup, ...]
    positions: tuple[tuple[int, ...], ...]


_GROUPS: Kept[tuple[FlagGroup, ...]] = Kept()
_LEFT: Kept[_Left] = Kept()


def flag_groups(view: View) -> tuple[FlagGroup, ...]:
    """Give how many flags of each code there are, the gravest first, then by code."""
    return _GROUPS.of(view, "groups", _count_groups)


def flag_page(view: View, wanted: FlagFilter, number: int = 1) -> FlagPage:
    """Give a page of the flags that are wanted.

    Args:
        view: The case.
        wanted: The filter.
        number: Of the page, from 1; one beyond the last gives the last.
    """
    if wanted.of_claims:
        only = wanted._replace(code="", severity="")
        left = _LEFT.of(view, only, lambda moment: _left(moment, only))
        groups = left.groups
    else:
        left, groups = None, flag_groups(view)
    chosen = [turn for turn, group in enumerate(groups) if _fits(group, wanted)]
    total = sum(groups[turn].total for turn in chosen)
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, number), pages)
    skip = (number - 1) * PER_PAGE
    if left is not None:
        all_of_it = (position for turn in chosen for position in left.positions[turn])
        positions = list(islice(all_of_it, skip, skip + PER_PAGE))
    else:
        positions = _walk(view, [groups[turn] for turn in chosen], skip)
    return FlagPage(_flags(view, positions), groups, total, number, pages)


def one_flag(view: View, name: str) -> Flagged | None:
    """Give a flag with nearly all that it rests on; None where the case holds none of that id."""
    position = view.scalar(sa.select(tables.flags.c.position).where(tables.flags.c.id == name))
    found = () if position is None else _flags(view, [position], MOST_WHOLE, MOST_WHOLE)
    return found[0] if found else None


def _fits(group: FlagGroup, wanted: FlagFilter) -> bool:
    return wanted.code in ("", group.code) and wanted.severity in ("", group.severity)


def _order(group: tuple[str, str]) -> tuple[int, str]:
    severity, code = group
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES), code


def _count_groups(view: View) -> tuple[FlagGroup, ...]:
    flags = tables.flags.c
    query = sa.select(flags.severity, flags.code, sa.func.count().label("total")).group_by(flags.severity, flags.code)
    found = [FlagGroup(**row) for row in view.rows(query)]
    return tuple(sorted(found, key=lambda group: _order(group[:2])))


def _walk(view: View, groups: Sequence[FlagGroup], skip: int) -> list[int]:
    """Positions of the flags of one page: whole groups are passed over by their size."""
    flags = tables.flags.c
    positions: list[int] = []
    for group in groups:
        if skip >= group.total:
            skip -= group.total
            continue
        query = (
            sa.select(flags.position)
            .where(flags.severity == group.severity, flags.code == group.code)
            .order_by(flags.position)
            .limit(PER_PAGE - len(positions))
            .offset(skip)
        )
        positions.extend(row["position"] for row in view.rows(query))
        skip = 0
        if len(positions) == PER_PAGE:
            break
    return positions


def _left(view: View, wanted: FlagFilter) -> _Left:
    """The flags that concern a claim of the filter."""
    flags, pairs, listed = tables.flags.c, tables.flag_claims.c, tables.listing.c
    joined = tables.flag_claims.join(tables.flags, flags.id == pairs.flag)
    query = sa.select(flags.severity, flags.code, flags.position).distinct()
    if wanted.category or wanted.standing:
        joined = joined.join(tables.listing, listed.claim == pairs.claim)
        # The claims that any flag concerns are told apart without a look at the flags.
        query = query.where(listed.severity > 0)
    if wanted.category:
        query = query.where(listed.category == wanted.category)
    if wanted.standing:
        query = query.where(listed.standing == wanted.standing)
    if wanted.population:
        own = sa.select(tables.estimate_claims.c.claim).where(tables.estimate_claims.c.estimate == wanted.population)
        query = query.where(pairs.claim.in_(own))
    if wanted.claim:
        query = query.where(pairs.claim == wanted.claim)
    # A thread gives up its turn at every row, and with ten readers gets it back late: thousands of rows come as a few.
    found = query.select_from(joined).subquery()
    whole = sa.select(found.c.severity, found.c.code, gathered(found.c.position))
    held: dict[tuple[str, str], list[int]] = {
        (severity, code): positions
        for severity, code, positions in view.connection.execute(whole.group_by(found.c.severity, found.c.code))
    }
    ordered = sorted(held, key=_order)
    return _Left(
        tuple(FlagGroup(*one, len(held[one])) for one in ordered), tuple(tuple(sorted(held[one])) for one in ordered)
    )


def _flags(
    view: View, positions: Sequence[int], most_spans: int = MOST_SPANS, most_claims: int = MOST_CLAIMS
) -> tuple[Flagged, ...]:  # fmt: skip
    """The flags at these positions, in this order, each with its first spans and claims."""
    flags = tables.flags.c
    query = sa.select(flags.position, flags.id, flags.code, flags.severity, flags.reason)
    found = {row["position"]: row for row in view.rows(query.where(flags.position.in_(positions)))}
    rows = [found[position] for position in positions if position in found]
    names = [row["id"] for row in rows]
    spans, claims = _spans(view, names, most_spans), _claims(view, names, most_claims)
    quoted = quotations(view, (span for own, _ in spans.values() for span in own))
    return tuple(
        Flagged(
            row["id"], row["code"], row["severity"], row["reason"], *claims.get(row["id"], ((), 0)),
            *_quoted(spans.get(row["id"], ((), 0)), quoted),
        )
        for row in rows
    )  # fmt: skip


def _quoted(
    own: tuple[tuple[Evidence, ...], int], quoted: dict[Evidence, Quotation]
) -> tuple[tuple[Quotation, ...], int]:
    return joined(quoted[span] for span in own[0] if span in quoted), own[1]


def _spans(view: View, names: Sequence[str], most: int) -> dict[str, tuple[tuple[Evidence, ...], int]]:
    """The first spans of each flag, and how many more there are."""
    columns = tables.evidence.c
    turn = sa.func.row_number().over(order_by=columns.position, partition_by=columns.flag).label("turn")
    total = sa.func.count().over(partition_by=columns.flag).label("total")
    numbered = sa.select(columns.flag, columns.document, columns.start, columns.end, turn, total)
    numbered_rows = numbered.where(columns.flag.in_(names)).subquery()
    query = sa.select(numbered_rows).where(numbered_rows.c.turn <= most).order_by(numbered_rows.c.turn)
    found: dict[str, tuple[tuple[Evidence, ...], int]] = {}
    for row in view.rows(query):
        held = found.get(row["flag"], ((), 0))[0] + (Evidence(row["document"], row["start"], row["end"]),)
        found[row["flag"]] = held, row["total"] - len(held)
    return found


def _claims(view: View, names: Sequence[str], most: int) -> dict[str, tuple[tuple[Concerned, ...], int]]:
    """The first claims of each flag by the date of their reports, and how many more there are."""
    pairs, listed, columns = tables.flag_claims.c, tables.listing.c, tables.claims.c
    order = (listed.published.is_(None), listed.published, listed.position)
    turn = sa.func.row_number().over(order_by=order, partition_by=pairs.flag).label("turn")
    total = sa.func.count().over(partition_by=pairs.flag).label("total")
    numbered_rows = (
        sa.select(pairs.flag, listed.position, turn, total)
        .join_from(tables.flag_claims, tables.listing, listed.claim == pairs.claim)
        .where(pairs.flag.in_(names))
        .subquery()
    )
    own = numbered_rows.c
    query = (
        sa.select(
            own.flag, own.total, columns.id, columns.document, columns.start, columns.end, columns.figure,
            columns.counted, columns.category, columns.place, columns.status, columns.speaker, listed.outlet,
            listed.published, columns.standing,
        )
        .select_from(numbered_rows)
        .join(tables.claims, columns.position == own.position)
        .join(tables.listing, listed.position == own.position)
        .where(own.turn <= most)
        .order_by(own.turn)
    )  # fmt: skip
    found: dict[str, tuple[tuple[Concerned, ...], int]] = {}
    for row in view.rows(query):
        flag, count = row.pop("flag"), row.pop("total")
        held = found.get(flag, ((), 0))[0] + (Concerned(**row),)
        found[flag] = held, count - len(held)
    return found
