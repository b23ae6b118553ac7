"""The lines of a whole case: records of the model come in, one JSON text each goes out with its type; and back again.

A line holds the fields of its record as they are named, whole; what comes back is equal to what went out. Lines of
others are held against the record: what is missing, too much or of another type is named.
"""

import base64
import json
import math
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from tallystick.exporting.kinds import as_fields
from tallystick.model.claim import Claim
from tallystick.model.document import Document, Failure, Original, Retrieval
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.hit import Hit
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Edge, Origin
from tallystick.model.review import Held, Review, Standing

__all__ = ["DERIVED", "FORM", "DossierFile", "End", "Head", "Line", "Report", "decoded", "encoded", "line_of"]

# By this number a reader knows the form; a later one that is not read by this Tallystick has another.
FORM = 1
MOST = 2**63 - 1
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Head:
    """The first line: what wrote the file, and by which rules the claims in it were made.

    Attributes:
        form: `FORM`.
        version: Of Tallystick that made the claims; None where the case has no rules yet.
        dossier: Name of the dossier, or None.
        dossier_sha256: Its digest, or None.
    """

    form: int
    version: str | None
    dossier: str | None
    dossier_sha256: str | None


@dataclass(frozen=True, slots=True)
class DossierFile:
    """A file of a dossier that does not come with Tallystick: the dossier itself, without a name, or one it uses."""

    name: str | None
    content: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its original; so many lines of claims and facts follow it."""

    document: Document
    original: Original
    claims: int
    facts: int


@dataclass(frozen=True, slots=True)
class End:
    """The last line: how many reports there are before it."""

    reports: int


Derived = Edge | Origin | Estimate | Flag | Hit
Line = Head | DossierFile | Review | Judgement | Report | Held | Fact | Failure | Derived | End
NAMES: dict[str, type] = {
    "case": Head, "dossier": DossierFile, "review": Review, "judgement": Judgement, "report": Report, "claim": Held,
    "fact": Fact, "failure": Failure, "edge": Edge, "origin": Origin, "estimate": Estimate, "flag": Flag, "hit": Hit,
    "end": End,
}  # fmt: skip
TYPES = {record: name for name, record in NAMES.items()}
DERIVED = (Edge, Origin, Estimate, Flag, Hit)
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=as_fields).encode


def encoded(line: Line) -> bytes:
    """Give the line of a record, with its end."""
    match line:
        case Held():
            told = {"standing": line.standing, **as_fields(line.claim)}
        case DossierFile():
            told = {"name": line.name, **_content(line.content)}
        case Report():
            original = line.original
            told = {
                **as_fields(line.document),
                "original": {
                    "media_type": original.media_type, "retrieval": original.retrieval, **_content(original.content)
                },
                "claims": line.claims,
                "facts": line.facts,
            }  # fmt: skip
        case _:
            told = dict(as_fields(line))
    return (ENCODE({"type": TYPES[type(line)], **told}) + "\n").encode("utf-8", "backslashreplace")


def line_of(text: bytes) -> Line:
    """Read a line.

    Raises:
        ValueError: Where it is none; the message says what is wrong with which field.
    """
    try:
        told = json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise ValueError("is no UTF-8") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is no JSON: {error.msg} at character {error.pos + 1}") from error
    if not isinstance(told, dict):
        raise ValueError("is no JSON object")
    record = NAMES.get(str(told.pop("type", None)))
    if record is None:
        raise ValueError(f"its type is none of {', '.join(NAMES)}")
    try:
        return _line(record, told)
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error


def _line(record: type, told: dict[str, Any]) -> Line:
    if record is Held:
        standing = decoded(Standing, told.pop("standing", None), "standing")
        return Held(decoded(Claim, told, "claim"), standing)
    if record is DossierFile:
        name = told.pop("name", None)
        return DossierFile(None if name is None else decoded(str, name, "name"), _bytes(told, "the dossier"))
    if record is Report:
        claims, facts = (decoded(int, told.pop(name, None), name) for name in ("claims", "facts"))
        original = told.pop("original", None)
        if not isinstance(original, dict):
            raise ValueError("original: is missing")
        media_type = decoded(str, original.pop("media_type", None), "original.media_type")
        came = original.pop("retrieval", None)
        retrieval = None if came is None else decoded(Retrieval, came, "original.retrieval")
        document = decoded(Document, told, "report")
        content = _bytes(original, "original")
        return Report(document, Original(document.sha256, media_type, content, retrieval), claims, facts)
    line: Line = decoded(record, told, TYPES[record])
    return line


def decoded(kind: type[Record], value: Any, place: str) -> Record:
    """Give the record, or plain value, of a type that `value`, as JSON has it, tells; `place` names it in errors.

    Raises:
        ValueError: Where it does not tell one.
    """
    found: Record = _decoded(kind, value, place)
    return found


def _decoded(kind: Any, value: Any, place: str) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind, value, place)
    if isinstance(kind, UnionType):
        options = get_args(kind)
        if value is None and NoneType in options:
            return None
        numbers = tuple(one for one in options if one in (int, float))
        (wanted,) = (float,) if numbers else (one for one in options if one is not NoneType)
        return _decoded(wanted, value, place)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), value, place)
    if isinstance(kind, type) and issubclass(kind, Enum):
        if value not in [one.value for one in kind]:
            raise ValueError(f"{place}: {json.dumps(value)[:40]} is none of {', '.join(one.value for one in kind)}")
        return kind(value)
    # A number that may be whole or not stays what it is; true is no number.
    fitting = isinstance(value, int | float if kind is float else kind) and isinstance(value, bool) is (kind is bool)
    if not fitting:
        raise ValueError(f"{place}: {json.dumps(value)[:40]} is no {WORDS[kind]}")
    if (kind is str and not _sound(value)) or (kind is not str and not _finite(value, kind)):
        raise ValueError(f"{place}: {json.dumps(value)[:40]} can be in no case")
    return value


def _sound(text: str) -> bool:
    """Whether a text has bytes in UTF-8: half of a pair has none."""
    try:
        return text.isascii() or bool(text.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _finite(value: float, kind: type) -> bool:
    """Whether a number can be kept: a figure that can be reckoned with, a count within 64 bits."""
    if kind is not float:
        return abs(value) <= MOST
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


WORDS = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def _record(kind: type, value: Any, place: str) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError(f"{place}: is no object")
    wanted = _hints(kind)
    odd = sorted(value.keys() - wanted.keys())
    if odd:
        raise ValueError(f"{place}: has no field {odd[0]!r}")
    missing = [name for name, (_, required) in wanted.items() if required and name not in value]
    if missing:
        raise ValueError(f"{place}: the field {missing[0]!r} is missing")
    return kind(**{name: _decoded(wanted[name][0], told, f"{place}.{name}") for name, told in value.items()})


@cache
def _hints(kind: type) -> dict[str, tuple[Any, bool]]:
    """The fields of a record: of what type each is, and whether it must be there."""
    hints = get_type_hints(kind)
    return {one.name: (hints[one.name], one.default is MISSING) for one in fields(kind)}


def _tuple(of: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{place}: is no list")
    if of[-1] is Ellipsis:
        return tuple(_decoded(of[0], one, f"{place}[{turn}]") for turn, one in enumerate(value))
    if len(value) != len(of):
        raise ValueError(f"{place}: has {len(value)} members, not {len(of)}")
    return tuple(_decoded(kind, one, place) for kind, one in zip(of, value, strict=True))


def _content(content: bytes) -> dict[str, str]:
    """Bytes as JSON holds them: as text where they are UTF-8."""
    try:
        return {"text": content.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode("ascii")}


def _bytes(told: dict[str, Any], place: str) -> bytes:
    (name, value), *more = told.items() or ((None, None),)
    if more or name not in ("text", "base64") or not isinstance(value, str):
        raise ValueError(f"{place}: holds either a text or base64")
    try:
        return value.encode("utf-8") if name == "text" else base64.b64decode(value, validate=True)
    except ValueError as error:
        raise ValueError(f"{place}: its {name} cannot be read: {error}") from error


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")
