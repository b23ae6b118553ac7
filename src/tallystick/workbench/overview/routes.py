"""The pages of the overview: a request comes in, the case at a glance, a population or what moved goes out."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, NamedTuple

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from tallystick.model.claim import Status
from tallystick.model.dossier import Dossier
from tallystick.reporting import wording
from tallystick.reporting.derivation import Derivations
from tallystick.reporting.explaining import explanation
from tallystick.storage.views.changes import KINDS, moves
from tallystick.storage.views.glance import Glance, glance
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.populations import (
    MOST_QUOTED,
    Group,
    Groups,
    Sought,
    categories,
    groups,
    ledger_around,
    whole,
)
from tallystick.workbench.access.visitors import Role, TheVisitor, needs
from tallystick.workbench.bench import TheBench
from tallystick.workbench.overview.drawing import Bar, Charts, Spark, bar, spark
from tallystick.workbench.overview.moving import batches, step
from tallystick.workbench.overview.presence import Presence
from tallystick.workbench.pages import is_part

__all__ = ["ROUTES"]

# Changes that the overview tells; /changes has all.
MOST_MOVED = 40
# The longest text that a list is narrowed by: more than any label has.
LONGEST = 200
# Pages of populations that are kept until the case changes.
KEPT_PAGES = 64
# Cases that are looked at in one process: one, and those of tests.
KEPT_CASES = 4

Text = Annotated[str, QueryParameter(max_length=LONGEST)]
Number = Annotated[int, QueryParameter(ge=1, le=1_000_000)]

_charts, _presence = Charts(), Presence()
_glances: Kept[Glance] = Kept(KEPT_CASES)
_pages: Kept[tuple[Groups, tuple[str, ...]]] = Kept(KEPT_PAGES)


class _Row(NamedTuple):
    """A population of the list with its pictures: one bar an estimate, and its course, or None."""

    group: Group
    bars: tuple[Bar, ...]
    spark: Spark | None


class _Listed(NamedTuple):
    """A list of populations: its page, its rows, what it is narrowed to, from when on changes are told, categories."""

    page: Groups
    rows: tuple[_Row, ...]
    sought: Sought
    since: str
    categories: tuple[tuple[str, str], ...]
    statuses: tuple[Status, ...] = tuple(Status)

    @property
    def query(self) -> dict[str, str]:
        """What else stands in the address of a page."""
        return {**self.sought._asdict(), "since": self.since}


@get("/", opt=needs(Role.READER), sync_to_thread=True)
def overview(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], category: Text = "", status: Text = "",
    text: Text = "", since: Text = "", page: Number = 1,
) -> Response[str]:  # fmt: skip
    """Show the dossier at a glance; only its populations to HTMX."""
    _charts.warm()
    sought = Sought(category, status if status in tuple(Status) else "", text.strip())
    with bench.views.moment() as view:
        found, known = _pages.of(view, (sought, page), lambda each: (groups(each, sought, page), categories(each)))
        listed = _Listed(found, _rows(found), sought, since, _named(bench.dossier, known))
        if is_part(request):
            return bench.pages.answer(request, "overview/populations.html", visitor, listed=listed, wording=wording)
        before = _presence.looks(bench.address, bench.visits, visitor.name, datetime.now(UTC))
        begin = _day(since) or before or ""
        at_glance = _glances.of(view, "glance", glance)
        moved = moves(view, since=begin, most=MOST_MOVED) if begin else None
        behind = view.behind
    return bench.pages.answer(
        request, "overview/page.html", visitor, listed=listed, wording=wording, dossier=bench.dossier, glance=at_glance,
        behind=behind, moved=moved, batches=batches(moved.moved) if moved else (), begin=begin, before=before,
    )  # fmt: skip


@get("/populations/{name:str}", opt=needs(Role.READER), sync_to_thread=True)
def population(
    bench: TheBench,
    visitor: TheVisitor,
    request: Request[Any, Any, Any],
    name: FromPath[str],
    draw: FromQuery[bool] = False,
) -> Response[str]:
    """Show a population whole; its chart where that is there already, or `draw` asks for it."""
    with bench.views.moment() as view:
        found = whole(view, name)
    there, chart = _charts.held(found.estimates)
    if draw and not there:
        there, chart = True, _charts.draw(found.estimates)
    most = max(one.reports for one in found.estimates)
    bars = tuple(bar(one.reports, one.independent, most) for one in found.estimates)
    return bench.pages.answer(
        request, "overview/population.html", visitor, name=name, found=found, bars=bars, there=there, chart=chart,
        category=dict(_named(bench.dossier, (found.population.category,)))[found.population.category],
        most_quoted=MOST_QUOTED, wording=wording,
    )  # fmt: skip


@get("/populations/{name:str}/chart", opt=needs(Role.READER), sync_to_thread=True)
def population_chart(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], name: FromPath[str]
) -> Response[str]:
    """Draw the chart of a population, for the page that waits for it."""
    with bench.views.moment() as view:
        found = whole(view, name)
    chart = _charts.draw(found.estimates)
    return bench.pages.answer(request, "overview/chart.html", visitor, chart=chart)


@get("/populations/{name:str}/words", opt=needs(Role.READER), sync_to_thread=True)
def population_words(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], name: FromPath[str]
) -> Response[str]:
    """Tell how an estimate came about in words, as `tallystick explain` does; where it hangs on too much, that."""
    with bench.views.moment() as view:
        ledger = ledger_around(view, name)
    words = ""
    if ledger is not None:
        words = explanation(Derivations(ledger).of(next(one for one in ledger.estimates if one.id == name)))
    template = "overview/words_part.html" if is_part(request) else "overview/words.html"
    return bench.pages.answer(request, template, visitor, name=name, words=words)


@get("/changes", opt=needs(Role.READER), sync_to_thread=True)
def all_changes(
    bench: TheBench,
    visitor: TheVisitor,
    request: Request[Any, Any, Any],
    since: Text = "",
    kind: Text = "",
    page: Number = 1,
) -> Response[str]:
    """Show everything that moved, newest first."""
    kind, begin = kind if kind in KINDS else "", _day(since)
    with bench.views.moment() as view:
        moved = moves(view, since=begin, kind=kind, number=page)
        behind = view.behind
    template = "overview/moved.html" if is_part(request) else "overview/changes.html"
    return bench.pages.answer(
        request, template, visitor, page=moved, steps=tuple(map(step, moved.moved)), kinds=tuple(KINDS), kind=kind,
        since=begin, behind=behind,
    )  # fmt: skip


def _rows(found: Groups) -> tuple[_Row, ...]:
    """The populations of a page, drawn."""
    most = max((line.reports for group in found.groups for line in group.lines), default=1)
    return tuple(
        _Row(
            group,
            tuple(bar(line.reports, line.independent, most) for line in group.lines),
            next((drawn for line in group.lines if (drawn := spark(line.points))), None),
        )
        for group in found.groups
    )


def _named(dossier: Dossier, known: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Categories with the name for a reader, or their id where the dossier does not know them any more."""
    labels = {category.id: category.label for category in dossier.categories}
    return tuple(sorted(((name, labels.get(name, name)) for name in known), key=lambda pair: pair[1]))


def _day(value: str) -> str:
    """A day as a reader gives it, or "" where it is none."""
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        return ""


ROUTES = (overview, population, population_chart, population_words, all_changes)
