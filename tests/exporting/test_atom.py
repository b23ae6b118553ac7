"""The Atom feed of what changed: readers take it, hostile labels stay text, ids last."""

import feedparser
from defusedxml import ElementTree as Safe
from hypothesis import given
from hypothesis import strategies as st

from tallystick.exporting.atom import feed
from tallystick.exporting.records import ChangeRecord, RangeRecord, ReportRecord, TurnRecord

MADE = "2026-03-02T09:00:00.000000Z"
HOME = "https://bench.example"


def change(number: int, label: str = "Killed, KP in Kursk", **more: object) -> ChangeRecord:
    """A change of an estimate."""
    fields: dict[str, object] = {
        "number": number, "made": MADE, "kind": "estimate", "id": f"e-{number}", "label": label,
        "before": RangeRecord(None, 100, None), "after": RangeRecord(1_200, 1_000, 1_500),
        "turns": (TurnRecord("credibility", "6", "2"),), "reports": (ReportRecord("d1", "Harbor Press, 2026-03-01"),),
        "causes": ("The speaker gave a later figure.",), "was": None, "estimate": f"e-{number}",
    }  # fmt: skip
    return ChangeRecord(**{**fields, **more})  # type: ignore[arg-type]


def written(*changes: ChangeRecord) -> bytes:
    """The feed of some changes."""
    return feed(changes, case="0a1b", title="The <dossier>", home=HOME, updated=MADE)


def test_a_reader_takes_it_with_every_entry() -> None:
    """Titles say what moved from what to what; the content says what brought it; links lead to the workbench."""
    found = feedparser.parse(written(change(2), change(1)))
    assert not found.bozo
    assert found.feed.title == "The <dossier>: what changed"
    assert [entry.link for entry in found.entries] == [f"{HOME}/populations/e-2", f"{HOME}/populations/e-1"]
    entry = found.entries[0]
    assert entry.title == "estimate: Killed, KP in Kursk: 100 to open -> 1,200 (1,000 to 1,500)"
    assert entry.content[0].value.splitlines() == [
        "credibility: 6 -> 2", "by: Harbor Press, 2026-03-01", "because: The speaker gave a later figure.",
    ]  # fmt: skip
    assert entry.updated == MADE
    assert entry.tags[0].term == "estimate"


def test_what_is_no_figure_has_its_label_alone() -> None:
    """A report that came in leads to the front page."""
    found = feedparser.parse(written(change(1, before=None, after=None, kind="report_gone", estimate=None)))
    assert found.entries[0].title == "report gone: Killed, KP in Kursk"
    assert found.entries[0].link == f"{HOME}/"


def test_ids_follow_from_the_case_and_the_number() -> None:
    """A later feed gives the same change the same id, another case another one."""
    first, second = (feedparser.parse(written(*held)).entries for held in ((change(1),), (change(2), change(1))))
    assert first[0].id == second[1].id != second[0].id
    other = feedparser.parse(feed([change(1)], case="ffff", title="", home=HOME, updated=MADE))
    assert other.entries[0].id != first[0].id


@given(st.text())
def test_whatever_a_label_holds_is_text(label: str) -> None:
    """Markup, control characters and half surrogates never make a feed that cannot be read, nor an element."""
    root = Safe.fromstring(written(change(1, label)))
    titles = root.findall(".//{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title")
    assert len(titles) == 1
    assert len(titles[0]) == 0
