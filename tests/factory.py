"""Builders of model records for tests: every field has a default, tests name only what they are about."""

from hashlib import sha256

from tallystick.model.claim import Aspect, Claim, Ground, Measure, Status
from tallystick.model.document import Document, Passage, PassageKind
from tallystick.model.fact import Fact
from tallystick.model.quantity import Bound, Number

__all__ = ["claim", "document", "fact"]


def document(
    text: str,
    *,
    id: str = "doc-1",  # noqa: A002 - the record's own name for it
    outlet: str | None = None,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Document:
    """Give a document whose lines are each one body passage."""
    passages = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            passages.append(Passage(start, start + len(line), PassageKind.BODY))
        start += len(line) + 1
    digest = sha256(text.encode()).hexdigest()
    return Document(
        id=id, text=text, sha256=digest, passages=tuple(passages), name=f"{id}.txt",
        title=title, url=url, outlet=outlet, published=published,
    )  # fmt: skip


def claim(
    source: Document,
    figure: str,
    *,
    low: Number | None = None,
    high: Number | None = None,
    bound: Bound = Bound.EXACT,
    category: str = "soldier",
    unit: str = "person",
    counted: str | None = None,
    origin: str | None = None,
    place: str | None = None,
    status: Status = Status.ACTUAL,
    aspect: Aspect | None = None,
    measure: Measure | None = None,
    speaker: str | None = None,
    via: str | None = None,
    when: str | None = None,
    stated: str | None = None,
    nth: int = 0,
) -> Claim:
    """Give a claim on the `nth` occurrence of `figure` in `source`; `low` and `high` default to its digits."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(figure, start + 1)
    end = start + len(figure)
    if low is None and high is None:
        low = high = int(figure.replace(",", ""))
    line_start = source.text.rfind("\n", 0, start) + 1
    line_end = source.text.find("\n", end)
    quote = source.text[line_start : line_end if line_end >= 0 else len(source.text)]
    digest = sha256(f"{source.id}\0{start}\0{end}".encode()).hexdigest()[:16]
    return Claim(
        id=f"c-{digest}", document=source.id, start=start, end=end, figure=figure, low=low, high=high, bound=bound,
        unit=unit, counted=counted, category=category, origin=origin, place=place, status=status, aspect=aspect,
        measure=measure, speaker=speaker, via=via, when=when, stated=stated, quote=quote,
        prefix=source.text[max(0, start - 32) : start], suffix=source.text[end : end + 32],
        grounds=(Ground("bound", str(bound), "the figure itself"),),
    )  # fmt: skip


def fact(
    source: Document,
    value: str,
    *,
    slot: str = "unit",
    status: Status = Status.ACTUAL,
    speaker: str | None = None,
    via: str | None = None,
    stated: str | None = None,
) -> Fact:
    """Give a fact on the first occurrence of `value` in `source`."""
    start = source.text.index(value)
    end = start + len(value)
    digest = sha256(f"{source.id}\0{slot}\0{start}\0{end}".encode()).hexdigest()[:16]
    return Fact(
        id=f"s-{digest}", document=source.id, slot=slot, value=value, start=start, end=end, speaker=speaker, via=via,
        status=status, stated=stated, quote=source.text, prefix=source.text[max(0, start - 32) : start],
        suffix=source.text[end : end + 32], grounds=(Ground("slot", slot, value, start, end),),
    )  # fmt: skip
