"""Operations about what people decided, and what changed: judgements, reviews and changes, each in order of number."""

from collections.abc import Sequence

from litestar import Response, get
from litestar.params import FromPath

from tallystick.errors import UnknownNameError
from tallystick.exporting.recording import change_record, judgement_record
from tallystick.exporting.records import ChangeRecord, JudgementRecord
from tallystick.model.lineage import EdgeLevel
from tallystick.model.review import ReviewVerdict
from tallystick.storage.views import changes as moves
from tallystick.storage.views import paging, whole
from tallystick.storage.views.paging import Asked, Leaf
from tallystick.storage.views.view import View
from tallystick.workbench.api.answering import Asker, TheApi, answered, listed, reads
from tallystick.workbench.api.parameters import MONTH_DAY, PAGED, Parameter, chosen, words
from tallystick.workbench.api.shapes import ChangePage, JudgementPage, ReviewPage, ReviewRecord, review_record

__all__ = ["ROUTES"]

LARGEST = 10**15
BY = words("by", "Only those of this person.")
TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
SINCE = Parameter(
    "since", "Only what was noted at this time or later, UTC: a day, or a time with `Z`.",
    {"type": "string", "pattern": rf"^[0-9]{{4}}-{MONTH_DAY[0]}-{MONTH_DAY[1]}(T{TIME}(\.[0-9]{{1,6}})?Z)?$",
     "maxLength": 27, "x-wrong": "is no UTC day or time, written as 2026-03-01 or 2026-03-01T10:00:00Z"},
)  # fmt: skip


@get("/judgements", opt=reads(
    BY, chosen("level", "Only those about claims, about reports, or about hits.", EdgeLevel),
    words("about", "Only those about the claim, report or hit of this id."), *PAGED,
), sync_to_thread=True)  # fmt: skip
def all_judgements(api: TheApi, request: Asker) -> Response[JudgementPage]:
    """Decisions about who repeats whom, and about hits; the first made first."""

    def find(view: View, values: dict[str, str], asked: Asked) -> tuple[Leaf, Sequence[object]]:
        leaf = paging.judgements(view, values, asked)
        return leaf, [judgement_record(one) for one in whole.judgements(view, leaf.ids)]

    return listed(api, request, find)


@get("/judgements/{number:str}", opt=reads(problems=(404,)), sync_to_thread=True)
def judgement(api: TheApi, request: Asker, number: FromPath[str]) -> Response[JudgementRecord]:
    """One decision about who repeats whom."""

    def find(view: View, _values: dict[str, str]) -> JudgementRecord:
        for found in whole.judgements(view, _number(number)):
            return judgement_record(found)
        raise UnknownNameError(number, "is the number of no judgement")

    return answered(api, request, find)


@get("/reviews", opt=reads(
    BY, chosen("verdict", "Only those with this verdict.", ReviewVerdict),
    words("document", "Only those about claims of the report of this id."),
    words("claim", "Only those about the claim of this id."), *PAGED,
), sync_to_thread=True)  # fmt: skip
def all_reviews(api: TheApi, request: Asker) -> Response[ReviewPage]:
    """Decisions about claims, the first made first."""

    def find(view: View, values: dict[str, str], asked: Asked) -> tuple[Leaf, Sequence[object]]:
        leaf = paging.reviews(view, values, asked)
        return leaf, [review_record(one) for one in whole.reviews(view, leaf.ids)]

    return listed(api, request, find)


@get("/reviews/{number:str}", opt=reads(problems=(404,)), sync_to_thread=True)
def review(api: TheApi, request: Asker, number: FromPath[str]) -> Response[ReviewRecord]:
    """One decision about claims."""

    def find(view: View, _values: dict[str, str]) -> ReviewRecord:
        for found in whole.reviews(view, _number(number)):
            return review_record(found)
        raise UnknownNameError(number, "is the number of no review")

    return answered(api, request, find)


@get("/changes", opt=reads(
    SINCE, chosen("kind", "Only those of this kind.", moves.KINDS), *PAGED,
), sync_to_thread=True)  # fmt: skip
def all_changes(api: TheApi, request: Asker) -> Response[ChangePage]:
    """What became different, in the order in which it was noted, each with the reports that brought it."""

    def find(view: View, values: dict[str, str], asked: Asked) -> tuple[Leaf, list[ChangeRecord]]:
        leaf = paging.changes(view, values, asked)
        found = moves.numbered(view, leaf.ids)
        return leaf, [
            change_record(one.number, one.made, one.change, None if one.about is None else one.about.estimate)
            for one in found
        ]

    return listed(api, request, find)


def _number(text: str) -> tuple[int, ...]:
    """The number that an address names, if it is one."""
    fits = text.isascii() and text.isdigit() and len(text) < len(str(LARGEST))
    return (int(text),) if fits else ()


ROUTES = (all_judgements, judgement, all_reviews, review, all_changes)
