"""JSON lines: the records of one kind of a stream come in, one JSON text a line goes out."""

import json
from collections.abc import Iterable
from itertools import chain
from typing import BinaryIO

from tallystick.exporting.kinds import Kind, as_fields, records_of
from tallystick.exporting.lines import Line, encoded
from tallystick.exporting.subject import Subject
from tallystick.model.stream import LedgerStream

__all__ = ["write", "write_kind"]

ENCODE = json.JSONEncoder(ensure_ascii=False, default=as_fields).encode


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write the claims that count, each with its origin and its report."""
    write_kind(stream, subject, out, Kind.FIGURE)


def write_kind(stream: LedgerStream, subject: Subject, out: BinaryIO, kind: Kind) -> None:
    """Write the records of one kind; of all, each with its kind.

    What reviewers decided is written whole, reviews of claims before judgements, as `lines` has it: another case can
    take it.
    """
    del subject
    if kind is Kind.JUDGEMENT:
        decided: Iterable[Line] = chain[Line](stream.reviews(), stream.judgements())
        out.writelines(map(encoded, decided))
        return
    found: Iterable[object] = records_of(stream, kind)
    if kind is Kind.ALL:
        found = ({"kind": Kind.FIGURE.value} | dict(as_fields(one)) for one in found)
    # A lone surrogate in a hostile report has no bytes in UTF-8; JSON has an escape for it.
    out.writelines((ENCODE(one) + "\n").encode("utf-8", "backslashreplace") for one in found)
