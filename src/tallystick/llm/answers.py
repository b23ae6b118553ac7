"""The words of a model to records: text that may be anything comes in, claims as told and named refusals go out.

Nothing here is believed: what a record says is held against the report by `checking`.
"""

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from tallystick.llm.prompt import FIELDS, NEEDED, NUMBERS
from tallystick.model.quantity import Number
from tallystick.model.second_reader import Refusal, RefusalKind

__all__ = ["Told", "parsed", "refusal"]

# Code points of an answer that are read: 4,096 tokens are a tenth of it.
LONGEST = 200_000
# Claims of one answer that are looked at: a part of a report has no room for as many figures.
MOST = 400
# Code points of a field: the longest sentences that are quoted, and what a claim may hold elsewhere.
LONGEST_FIELD = 4_000
# Code points of what a refusal tells.
SHOWN = 160
# The largest figure that a claim may have; not a number is never as small.
LARGEST = 10**18
# What models of some makes write before their answer.
THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)


class Told(NamedTuple):
    """A claim as a model tells it; None where it tells nothing. The fields are those of `Claim`."""

    quote: str
    figure: str
    category: str
    bound: str
    status: str
    low: Number | None = None
    high: Number | None = None
    aspect: str | None = None
    measure: str | None = None
    counted: str | None = None
    origin: str | None = None
    place: str | None = None
    speaker: str | None = None
    via: str | None = None
    when: str | None = None
    stated: str | None = None


def parsed(answer: str) -> tuple[tuple[Told, ...], tuple[Refusal, ...]]:
    """Give the claims of an answer in its order, and what in it is none. Never raises, whatever the answer is."""
    if len(answer) > LONGEST:
        return (), (refusal(RefusalKind.TOO_LARGE, f"{len(answer):,} characters"),)
    found = _json(THOUGHT.sub("", answer, count=1))
    if found is None:
        return (), (refusal(RefusalKind.NO_JSON, answer),)
    listed = found[0].get("claims") if isinstance(found[0], dict) else found[0]
    if not isinstance(listed, list):
        return (), (refusal(RefusalKind.NO_LIST, answer),)
    told: list[Told] = []
    refusals: list[Refusal] = []
    for one in listed[:MOST]:
        record = _record(one)
        if isinstance(record, Told):
            told.append(record)
        else:
            refusals.append(record)
    if len(listed) > MOST:
        refusals.append(refusal(RefusalKind.TOO_MANY, f"{len(listed) - MOST:,} more than {MOST}"))
    return tuple(told), tuple(refusals)


def refusal(kind: RefusalKind, told: str) -> Refusal:
    """Give a refusal with a shortened account of what it is about."""
    words = " ".join(told.encode("utf-8", "replace").decode("utf-8").split())
    return Refusal(kind, words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…")


def _json(answer: str) -> tuple[object] | None:
    """The first JSON object or list of a text, which may stand in a fence or behind a sentence; None where none is."""
    begin = min((at for at in (answer.find("{"), answer.find("[")) if at >= 0), default=-1)
    if begin < 0:
        return None
    try:
        return (json.JSONDecoder(parse_constant=_no_number).raw_decode(answer, begin)[0],)
    except (ValueError, RecursionError):
        return None


def _no_number(name: str) -> object:
    raise ValueError(name)


def _record(found: object) -> Told | Refusal:
    """A claim, or why it is none."""
    if not isinstance(found, dict):
        return refusal(RefusalKind.NO_RECORD, f"{found!r} is no object" if _short(found) else "no object")
    fields: dict[str, str | Number | None] = {}
    for name in FIELDS:
        value = found.get(name)
        if name in NUMBERS:
            if value is not None and not _is_number(value):
                return _wrong(name, found)
            fields[name] = int(value) if isinstance(value, float) and value.is_integer() else value
        elif value is None or (isinstance(value, str) and not value.strip() and name not in NEEDED):
            if name in NEEDED:
                return _wrong(name, found)
            fields[name] = None
        elif not isinstance(value, str) or len(value) > LONGEST_FIELD or not value.strip():
            return _wrong(name, found)
        else:
            fields[name] = value.strip()
    return Told(**fields)  # type: ignore[arg-type]  # each was held against its kind above


def _is_number(value: object) -> bool:
    """Whether a value is a number that can be a figure."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def _wrong(name: str, found: Mapping[str, object]) -> Refusal:
    quote = found.get("quote")
    about = f" of “{quote}”" if isinstance(quote, str) else ""
    return refusal(RefusalKind.NO_RECORD, f"{name}{about}")


def _short(found: object) -> bool:
    """Whether a value can be shown without being long."""
    return found is None or isinstance(found, int | float | bool) or (isinstance(found, str) and len(found) < SHOWN)
