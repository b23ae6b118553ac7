"""Records as Parquet: what is read back is what was written."""

from dataclasses import replace
from io import BytesIO
from typing import TypeVar

import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from factory import claim, document
from tallystick.batch.tables import Table, digest_of, records
from tallystick.model.claim import Aspect, Claim, Measure
from tallystick.model.document import Detail, Document, Original, Passage, PassageKind, Retrieval, Sureness
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Mechanism, Shared
from tallystick.model.quantity import Number

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBER = st.one_of(
    st.none(), st.integers(), st.integers(2**53, 2**70), st.floats(allow_nan=False), st.just(10**400), st.just(5.0)
)

R = TypeVar("R")


def there_and_back(kind: type[R], *found: R) -> list[R]:
    """Write records and read them."""
    stream = BytesIO()
    with Table(stream, kind, group=2) as table:
        table.extend(found)
    assert table.digest == digest_of(kind, found)
    return list(records(BytesIO(stream.getvalue()), kind))


@given(NUMBER, NUMBER, TEXT, st.sampled_from((None, *Measure)), st.sampled_from((None, *Aspect)))
def test_claims_come_back_as_they_were(
    low: Number | None, high: Number | None, speaker: str, measure: Measure | None, aspect: Aspect | None
) -> None:
    """Numbers of any size with their kind, what is not known, grounds."""
    made = claim(document("It has 12 of them."), "12", speaker=speaker, measure=measure, aspect=aspect)
    made = replace(made, low=low, high=high)
    (back,) = there_and_back(Claim, made)
    assert back == made
    assert (type(back.low), type(back.high)) == (type(low), type(high))


def test_numbers_are_doubles_for_other_programs() -> None:
    """The exact text stands beside only where it says more."""
    report = document("It has 12 of them.")
    stream = BytesIO()
    with Table(stream, Claim) as table:
        table.add(claim(report, "12", low=12))
        table.add(claim(report, "12", low=2**60 + 1))
    low, exact = (pq.read_table(BytesIO(stream.getvalue())).column(name).to_pylist() for name in ("low", "low_exact"))
    assert low == [12.0, float(2**60)]
    assert exact == [None, str(2**60 + 1)]


@given(TEXT, st.binary(max_size=30), st.lists(st.tuples(TEXT, TEXT), max_size=3))
def test_reports_and_originals_come_back_as_they_were(
    text: str, content: bytes, headers: list[tuple[str, str]]
) -> None:
    """With passages, details, and how they were received; three of them in two groups of rows."""
    passages = (Passage(0, 1, PassageKind.BODY, repeats=None, page=3), Passage(1, 2, PassageKind.CAPTION, repeats=0))
    details = (Detail("title", text, "meta", Sureness.READ),)
    made = replace(document("two"), title=text, passages=passages, details=details)
    assert there_and_back(Document, made, document("one"), made) == [made, document("one"), made]
    original = Original("ab", "text/html", content, Retrieval("https://a.example", "2025", 200, tuple(headers)))
    assert there_and_back(Original, original, replace(original, retrieval=None)) == [
        original, replace(original, retrieval=None)
    ]  # fmt: skip


def test_edges_come_back_as_they_were() -> None:
    """With their passages."""
    made = Edge("a", "b", EdgeLevel.DOCUMENT, EdgeKind.QUOTED, Mechanism.CREDIT, "why", 0.5, (Shared(1, 2, 3, 4),))
    assert there_and_back(Edge, made) == [made]


def test_what_is_written_depends_on_the_records_alone() -> None:
    """The same bytes every time."""
    first, second = BytesIO(), BytesIO()
    for stream in (first, second):
        with Table(stream, Document) as table:
            table.add(document("one"))
    assert first.getvalue() == second.getvalue()
