"""The timeline, as a reader gets it."""

from collections.abc import Callable
from typing import Any

import pytest
from litestar.testing import TestClient

from tallystick.dossiers.loading import load
from tallystick.storage.views.timeline import Bucket, Fault, Quoted
from tallystick.values.periods import period
from tallystick.workbench.access.visitors import Role
from tallystick.workbench.timeline.offices import Voices, holders
from tallystick.workbench.timeline.strips import WIDTH, Scale, crumbs, neighbors, scale, spans, strip, width

Enter = Callable[..., TestClient[Any]]
DOSSIER = load("dprk-russia")


def _days(text: str) -> Scale:
    """The days of a date."""
    held = period(text)
    assert held is not None
    return Scale(*held)


def test_the_timeline_tells_what_was_said_when(enter: Enter) -> None:
    """Each figure stands with its sentence, its speaker and the days of saying and publishing."""
    shown = enter(Role.READER).get("/timeline").text
    assert 'datetime="2025-06-18"' in shown
    assert "<mark>5,000</mark>" in shown
    assert 'said <span class="day">2025-06-17</span>' in shown
    assert "repeated" in shown


def test_the_picture_is_told_in_words(enter: Enter) -> None:
    """Who does not see the strip hears its counts, and gets to each month by a link."""
    shown = enter().get("/timeline").text
    assert "Figures by day of publication" in shown
    assert 'href="/timeline?day=2025-06"' in shown


def test_a_window_is_looked_into_by_its_address(enter: Enter) -> None:
    """A day shows that day alone, with the way back; what is no day shows all."""
    client = enter()
    shown = client.get("/timeline?day=2025-07-02").text
    assert 'id="day-2025-07-02"' in shown
    assert 'id="day-2025-06-17"' not in shown
    assert 'href="/timeline?day=2025-07"' in shown
    assert 'id="day-2025-06-17"' in client.get("/timeline?day=2025-99").text


def test_htmx_gets_the_timeline_alone(enter: Enter) -> None:
    """A filter changes picture and list, not the page around them."""
    part = enter().get("/timeline?category=killed", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="told"')
    assert 'class="status denied"' in part


def test_a_filter_keeps_the_window(enter: Enter) -> None:
    """Links of a narrowed timeline stay narrowed."""
    shown = enter().get("/timeline?category=killed&day=2025").text
    assert "/timeline?category=killed&amp;day=2025-07" in shown


def test_hostile_words_are_text(enter: Enter) -> None:
    """Titles and outlets of reports are shown as they are written."""
    shown = enter().get("/timeline").text
    assert "<script>document.title" not in shown
    assert "&lt;script&gt;document.title" in shown


@pytest.mark.parametrize(
    ("extent", "expected"),
    [(("2025-06-17", "2025-07-02"), 10), (("2020-01-01", "2025-07-02"), 7), (("1950-01-01", "2025-07-02"), 4)],
)
def test_the_longer_the_time_the_wider_the_bars(extent: tuple[str, str], expected: int) -> None:
    """Days, months or years are put together so that bars can be told apart."""
    assert width("", extent) == expected
    assert width("2025", extent) == 10


def test_bars_stand_at_their_days_and_within_the_picture() -> None:
    """The height of a bar is its share of the highest, its place that of its day."""
    counted = (Bucket("2025-06-01", 1, 2, 1), Bucket("2025-06-30", 2, 0, 0))
    drawn = strip(counted, _days("2025-06"))
    first, last = drawn.columns
    assert first.x == 0
    assert last.x + last.width <= WIDTH
    assert drawn.highest == 4
    assert first.words == "1 Jun 2025: 1 told first, 2 repeated, 1 superseded"
    # The lowest part of the first bar is half as high as the whole of the second; the parts stand on one another.
    assert drawn.first == f"M0.0 83.0h{first.width}v27.0h-{first.width}zM{last.x} 56.0h{last.width}v54.0h-{last.width}z"
    assert drawn.copied == f"M0.0 29.0h{first.width}v54.0h-{first.width}z"
    assert drawn.superseded == f"M0.0 2.0h{first.width}v27.0h-{first.width}z"
    assert drawn.ticks[0].label == "1 Jun 2025"


def test_a_window_leads_deeper_and_back() -> None:
    """Years lead to months, months to days; the way back is named, and what lies beside."""
    counted = (Bucket("2024-12", 1, 0, 0), Bucket("2025-06", 2, 3, 0))
    assert [(one.key, one.total) for one in spans("", counted)] == [("2024", 1), ("2025", 5)]
    assert [one.key for one in spans("2025", counted[1:])] == ["2025-06"]
    assert spans("2025-06-01", counted) == ()
    assert [one.label for one in crumbs("2025-06-17")] == ["2025", "Jun 2025", "17 Jun 2025"]
    assert neighbors("2025-12") == ("2025-11", "2026-01")
    assert neighbors("9999") == ("9998", "")
    assert neighbors("") == ("", "")


def test_the_days_of_a_day_are_those_of_its_month() -> None:
    """The picture around a day is that of its month."""
    assert scale("2025-06-17", ("2020-01-01", "2026-01-01")) == _days("2025-06")


def test_a_quotation_outside_of_an_office_shows() -> None:
    """Somebody who is quoted before taking any office, or called by one that is past, is marked."""
    actors = Voices().actors(DOSSIER, ["Pat Ryder", "Sergei Shoigu", "somebody"])
    assert set(actors) == {"Pat Ryder", "Sergei Shoigu"}
    said = [
        Quoted("Pat Ryder", "2023-05-05", "a"),
        Quoted("Pat Ryder", "2025-05-05", "b"),
        Quoted("Sergei Shoigu", "2025-06-17", "c"),
    ]
    fault = Fault("d", "2025-10-29", "Pentagon Press Secretary Pat Ryder", "He had left.")
    found = {
        one.name: one for one in holders(DOSSIER, actors, said, [fault], Scale(_days("2023").first, _days("2025").last))
    }
    ryder = next(one for name, one in found.items() if "Ryder" in name)
    assert (ryder.inside, ryder.outside) == (1, 1)
    assert sorted(mark.day for mark in ryder.marks if mark.out) == ["2025-05-05", "2025-10-29"]
    assert ryder.faults == (fault,)
    shoigu = next(one for name, one in found.items() if "Shoigu" in name)
    assert (shoigu.inside, shoigu.outside) == (1, 0)
    assert all(0 <= term.x <= WIDTH for one in found.values() for term in one.terms)
