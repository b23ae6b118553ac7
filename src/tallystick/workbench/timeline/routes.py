"""The timeline: a window in time and filters come in, the strip of days, what was told and who held office go out."""

from collections.abc import Iterable
from itertools import groupby
from typing import Annotated, Any, NamedTuple

from litestar import Request, Response, get
from litestar.params import QueryParameter

from tallystick.model.lineage import Course
from tallystick.reporting import wording
from tallystick.storage.views import timeline as views
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.populations import categories
from tallystick.storage.views.timeline import Bucket, Entry, Fault, Window
from tallystick.storage.views.view import View
from tallystick.values.periods import period
from tallystick.workbench.access.visitors import Role, TheVisitor, needs
from tallystick.workbench.bench import Bench, TheBench
from tallystick.workbench.pages import is_part, query_of
from tallystick.workbench.timeline.offices import Holder, Voices, holders
from tallystick.workbench.timeline.strips import (
    DAY,
    HEIGHT,
    MONTH,
    WIDTH,
    YEAR,
    Scale,
    Span,
    Strip,
    crumbs,
    neighbors,
    scale,
    spans,
    strip,
    width,
)

__all__ = ["ROUTES"]

# Windows and filters that are kept until the case changes, and cases.
KEPT, KEPT_CASES = 64, 4
# The longest value of a filter: no id and hardly a speaker is longer.
LONGEST = 400
Text = Annotated[str, QueryParameter(max_length=LONGEST)]
Number = Annotated[int, QueryParameter(ge=1, le=1_000_000)]
COURSES = {Course.FIRST: "told first", Course.COPIED: "repeated", Course.SUPERSEDED: "superseded"}

_voices = Voices()
_drawn: Kept["_Drawn"] = Kept(KEPT)
_speakers: Kept[tuple[tuple[str, int], ...]] = Kept(KEPT)
_case: Kept["_Case"] = Kept(KEPT_CASES)
_held: Kept[tuple[Holder, ...]] = Kept(KEPT)


class _Case(NamedTuple):
    """What the timeline needs of the whole case."""

    extent: tuple[str, str] | None
    undated: int
    categories: tuple[str, ...]
    faults: tuple[Fault, ...]


class _Drawn(NamedTuple):
    """The counts of a window, and their picture or None where nothing has a date."""

    counted: tuple[Bucket, ...]
    strip: Strip | None


class _Report(NamedTuple):
    """A report with the figures of a page that stand in it."""

    document: str
    outlet: str | None
    title: str | None
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


class _Day(NamedTuple):
    """A day with its reports."""

    day: str
    reports: tuple[_Report, ...]


class _Shown(NamedTuple):
    """What is drawn: the window, its picture and those who held office, and where one can go from here."""

    window: Window
    strip: Strip | None
    holders: tuple[Holder, ...]
    crumbs: tuple[Span, ...]
    spans: tuple[Span, ...]
    before: str
    behind: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def to(self) -> str:
        """The address of a span without its date, which stands at the end."""
        rest = query_of(self.window._replace(day="")._asdict())
        return f"/timeline{rest}{'&' if rest else '?'}day="

    @property
    def query(self) -> dict[str, str]:
        """What else stands in an address."""
        return self.window._asdict()


@get("/timeline", opt=needs(Role.READER), sync_to_thread=True)
def timeline(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], day: Text = "", category: Text = "",
    speaker: Text = "", population: Text = "", page: Number = 1,
) -> Response[str]:  # fmt: skip
    """Show what was told when; only the picture and the list to HTMX."""
    window = Window(_window(day), category, speaker, population)
    with bench.views.moment() as view:
        case = _case.of(view, "case", _whole)
        counted, drawn = _picture(view, window, case)
        total = sum(one.total for one in counted if one.key.startswith(window.day))
        found = views.entries(view, window, total, page)
        voices = _speakers.of(view, window._replace(speaker=""), lambda each: views.speakers(each, window))
        along = scale(window.day, case.extent) if case.extent else None
        held = _held.of(view, window, lambda each: _holders(each, bench, window, case, voices, along)) if along else ()
        label = views.label(view, population) if population else None
    before, behind = neighbors(window.day)
    inside = spans(window.day, counted)
    shown = _Shown(window, drawn, held, crumbs(window.day), inside, before, behind)
    template = "timeline/told.html" if is_part(request) else "timeline/page.html"
    return bench.pages.answer(
        request, template, visitor, shown=shown, days=_days(found.entries, case.faults), page=found, wording=wording,
        courses=COURSES, undated=case.undated, voices=voices, population=label,
        categories=[(one.id, one.label) for one in bench.dossier.categories if one.id in case.categories],
    )  # fmt: skip


def _window(day: str) -> str:
    """A year, a month or a day, or "" where it is none."""
    return day if len(day) in (YEAR, MONTH, DAY) and period(day) is not None else ""


def _whole(view: View) -> _Case:
    return _Case(views.extent(view), views.undated(view), categories(view), views.faults(view))


def _picture(view: View, window: Window, case: _Case) -> _Drawn:
    """The counts that are drawn, with their picture: of a day those of its month."""
    shown = window._replace(day=window.day[:MONTH])

    def draw(each: View) -> _Drawn:
        counted = views.buckets(each, shown, width(shown.day, case.extent))
        along = scale(shown.day, case.extent) if case.extent else None
        return _Drawn(counted, strip(counted, along) if along and counted else None)

    return _drawn.of(view, shown, draw)


def _holders(
    view: View, bench: Bench, window: Window, case: _Case, voices: Iterable[tuple[str, int]], along: Scale
) -> tuple[Holder, ...]:
    """Those who held an office and are quoted in the window."""
    names = [window.speaker] if window.speaker else [name for name, _ in voices]
    actors = _voices.actors(bench.dossier, names)
    drawn = window._replace(day=window.day[:MONTH])
    quoted = views.quoted(view, drawn, sorted(actors)) if actors else ()
    narrowed = window.category or window.speaker or window.population
    return holders(bench.dossier, actors, quoted, () if narrowed else case.faults, along)


def _days(entries: Iterable[Entry], faults: Iterable[Fault]) -> tuple[_Day, ...]:
    """The figures of a page by day and report."""
    wrong: dict[str, list[Fault]] = {}
    for fault in faults:
        wrong.setdefault(fault.document, []).append(fault)
    found = []
    for day, of_day in groupby(entries, key=lambda one: one.published[:DAY]):
        reports = []
        for document, of_report in groupby(of_day, key=lambda one: one.document):
            told = tuple(of_report)
            reports.append(
                _Report(document, told[0].outlet, told[0].title, told, tuple(wrong.get(document, ())))
            )  # fmt: skip
        found.append(_Day(day, tuple(reports)))
    return tuple(found)


ROUTES = (timeline,)
