"""The same reports, claims and judgements give the same lineage in whatever order they come."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.lineage import Edge, EdgeLevel, Lineage, Mechanism
from tallystick.tracing.blocking import blocks
from tallystick.tracing.tracing import trace

SUBJECT = load("dprk-russia")
WORLD = load("general")
SENTENCES = (
    "At a closed-door briefing of the National Intelligence Service {} were named.",
    "After a press conference in Accra the count stood at {} for all of them.",
    "“Of all that we were told on the quay that morning I believe no more than {} to be true today,” he said.",
    "A song has it: “of all that we were told on the quay that morning I believe nothing”, and yet {} came.",
    "Officials of the region counted {} people at the gates and by the river, a Labor Ministry report says.",
    "{} came.",
)
SPEAKERS = (None, "Shoigu", "the Kremlin", "two lawmakers", "Rep. Lee Un-ha", "NIS", "HUR", "reports", "Labor Ministry")
NAMED = ("Shoigu", "the Kremlin", "Rep. Lee Un-ha", "NIS", "HUR", "Labor Ministry")
PLACES = (None, "Kursk region", "Donetsk", "Lund")
NUMBERS = ("12", "70", "300", "5,000", "6,000", "1,000")
CATEGORIES = ("construction_worker", "deminer", "worker_other", "soldier")

T = TypeVar("T")
Case = tuple[list[Document], list[Claim], list[Judgement]]


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    speakers: tuple[str | None, ...] = SPEAKERS,
    numbers: tuple[str, ...] = NUMBERS,
    padding: int = 0,
) -> Case:
    """Give reports of few days, so that many of them have the same one, with claims and judgements about them.

    Padding are words of its own in each sentence of a report, so that none copies another.
    """
    documents: list[Document] = []
    claims: list[Claim] = []
    for number in range(draw(st.integers(1, 6))):
        figures = draw(st.lists(st.sampled_from(numbers), min_size=1, max_size=3, unique=True))
        own = "".join(f" own{number}word{turn}" for turn in range(padding))
        text = "\n".join(draw(st.sampled_from(SENTENCES)).format(figure) + own for figure in figures)
        source = document(
            text, id=f"doc-{number}", outlet=draw(st.sampled_from((None, "Pier", "Quay"))),
            published=draw(st.sampled_from((None, "2025-06-01", "2025-06-02", "2025-08-01"))),
        )  # fmt: skip
        documents.append(source)
        claims.extend(
            claim(
                source, figure, category=draw(st.sampled_from(CATEGORIES)), place=draw(st.sampled_from(PLACES)),
                speaker=draw(st.sampled_from(speakers)), status=draw(st.sampled_from(tuple(Status))),
                via=draw(st.sampled_from((None, "Pier"))), counted=draw(st.sampled_from((None, "people"))),
            )
            for figure in figures
        )  # fmt: skip
    ids = {EdgeLevel.CLAIM: [one.id for one in claims], EdgeLevel.DOCUMENT: [one.id for one in documents]}
    judgements = []
    for number in range(draw(st.integers(0, 3))):
        level = draw(st.sampled_from(tuple(ids)))
        pair = draw(st.lists(st.sampled_from(ids[level]), min_size=2, max_size=2))
        verdict = draw(st.sampled_from(tuple(Verdict)))
        judgements.append(
            Judgement(number + 1, "2025-09-01T00:00:00Z", "Kim", verdict, pair[0], pair[1], level, "seen")
        )
    return documents, claims, judgements


@settings(max_examples=120, deadline=None)
@given(cases(), st.data())
def test_no_order_of_the_input_matters(case: Case, data: st.DataObject) -> None:
    """Reports of one day and reports without a date come in any order, and so do claims and judgements."""
    expected = trace(tuple(case[0]), tuple(case[1]), SUBJECT, tuple(case[2]))
    documents = tuple(data.draw(st.permutations(case[0])))
    claims = tuple(data.draw(st.permutations(case[1])))
    judgements = tuple(data.draw(st.permutations(case[2])))
    assert trace(documents, claims, SUBJECT, judgements) == expected


class Backwards:
    """Hands that do the last piece first."""

    def __init__(self, count: int) -> None:
        self.count = count

    def each(self, pieces: Sequence[Callable[[], T]]) -> list[T]:
        """Give what each piece gives."""
        return [piece() for piece in reversed(pieces)][::-1]


@settings(max_examples=120, deadline=None)
@given(cases(), st.integers(2, 9))
def test_whoever_shares_the_work_changes_nothing(case: Case, count: int) -> None:
    """However many take a share of the reports, and in whatever order they do it."""
    documents, claims, judgements = tuple(case[0]), tuple(case[1]), tuple(case[2])
    expected = trace(documents, claims, SUBJECT, judgements)
    assert trace(documents, claims, SUBJECT, judgements, hands=Backwards(count)) == expected


@settings(max_examples=120, deadline=None)
@given(cases(speakers=NAMED, numbers=("300", "5,000", "1,000"), padding=30))
def test_blocks_by_themselves_give_the_steps_of_the_case(case: Case) -> None:
    """No step that joins claims and no link leads out of a block, so that each can be derived without the others.

    Sums, figures of nobody with a name, and those that others equal by chance are compared within blocks alone.
    """
    documents, claims, judgements = tuple(case[0]), tuple(case[1]), tuple(case[2])
    whole = trace(documents, claims, WORLD, judgements)
    parts = [
        trace(block.documents, block.claims, WORLD, judgements)
        for block in blocks(documents, claims, WORLD, judgements)
    ]
    assert {edge for part in parts for edge in steps(part)} == set(steps(whole))
    origins = [origin for part in parts for origin in part.origins]
    assert {(origin.claims, origin.linked) for origin in origins} == {
        (origin.claims, origin.linked) for origin in whole.origins
    }


def steps(lineage: Lineage) -> list[Edge]:
    """The steps of a lineage but those of figures without a speaker."""
    return [edge for edge in lineage.edges if edge.mechanism is not Mechanism.UNATTRIBUTED_REPEAT]
