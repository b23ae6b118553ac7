"""What an answer quotes: records of the views come in, words with their place in a report go out.

Every text of an answer goes through `plain`, which takes away what would steer or hide text for a reader; offsets stay
as they are, since one mark is put for one.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import TypeAlias

from tallystick.mcp_server.answers import Cited
from tallystick.model.claim import Claim
from tallystick.reporting.wording import legible
from tallystick.storage.views.claims import Row
from tallystick.storage.views.populations import Told
from tallystick.storage.views.quoting import Quotation

__all__ = ["Json", "Place", "cited", "cited_all", "claimed", "in_row", "plain", "quoted", "written"]

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

# Document, start and end of a span.
Place: TypeAlias = tuple[str, int, int]

# Code points of a sentence that are quoted around a figure: longer ones are lists and tables.
LONGEST_QUOTE = 320
# Of a span that is no figure, as a paragraph that is printed twice, the beginning is given.
LONGEST_WORDS = 240
CUT = "…"


def cited(told: Told) -> Cited:
    """Give a claim in its sentence."""
    where = _place(told.quote, told.figure, told.prefix)
    return _cited(told.figure, told.start, told.quote, where, told.document, told.id, told.outlet, told.published)


def cited_all(found: Mapping[str, Told], names: Iterable[str], most: int) -> tuple[Cited, ...]:
    """Give the first `most` of these claims that were found."""
    held = [found[name] for name in dict.fromkeys(names) if name in found]
    return tuple(map(cited, held[:most]))


def in_row(row: Row) -> Cited:
    """Give a claim of the table."""
    where = _place(row.quote, row.figure, row.prefix)
    return _cited(row.figure, row.start, row.quote, where, row.document, row.claim, row.outlet, row.published)


def claimed(claim: Claim, outlet: str | None = None, published: str | None = None) -> Cited:
    """Give a claim of the ledger."""
    where = _place(claim.quote, claim.figure, claim.prefix)
    return _cited(claim.figure, claim.start, claim.quote, where, claim.document, claim.id, outlet, published)


def quoted(quotation: Quotation, most: int, claims: Mapping[Place, str]) -> tuple[Cited, ...]:
    """Give the first spans of a quotation, each in the sentence; `claims` are the ids of claims by their places."""
    found = []
    for start, end in quotation.spans[:most]:
        begin, stop = start - quotation.first, min(end - quotation.first, len(quotation.words))
        words = quotation.words[begin:stop]
        found.append(
            _cited(words, start, quotation.words, begin, quotation.document,
                   claims.get((quotation.document, start, end)), quotation.outlet, quotation.published)
        )  # fmt: skip
    return tuple(found)


def _cited(
    words: str, start: int, quote: str, where: int, document: str, claim: str | None, outlet: str | None,
    published: str | None,
) -> Cited:  # fmt: skip
    shown = words[:LONGEST_WORDS]
    sentence = _around(quote, where, len(shown))
    return Cited(shown, sentence, document, start, start + len(shown), claim, outlet, published)


def _place(quote: str, figure: str, prefix: str) -> int:
    """Where in its sentence a figure stands: where the words before it are those before it in the report."""
    at = quote.find(figure)
    while at >= 0:
        same = min(at, len(prefix))
        if quote[at - same : at] == prefix[len(prefix) - same :]:
            return at
        at = quote.find(figure, at + 1)
    return max(0, quote.find(figure))


def _around(quote: str, where: int, length: int) -> str:
    """A sentence; of a long one what stands around these words."""
    if len(quote) <= LONGEST_QUOTE:
        return quote
    first = min(max(0, where - (LONGEST_QUOTE - length) // 2), len(quote) - LONGEST_QUOTE)
    last = first + LONGEST_QUOTE
    return (CUT if first else "") + quote[first:last] + (CUT if last < len(quote) else "")


def plain(value: object) -> Json:
    """Give an answer as JSON: texts legible, and without what is equal to its default."""
    if is_dataclass(value) and not isinstance(value, type):
        shown = ((one, getattr(value, one.name)) for one in fields(value))
        return {one.name: plain(held) for one, held in shown if one.default is MISSING or held != one.default}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, Mapping):
        return {legible(str(name)): plain(held) for name, held in value.items()}
    if isinstance(value, Iterable):
        return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} is no part of an answer")


def written(value: object) -> str:
    """Give an answer as the text of JSON."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))
