"""JSON lines: the records of one kind of a stream come in, one JSON text a line goes out."""

import json
from typing import BinaryIO

from tallystick.exporting.kinds import Kind, as_fields, records_of
from tallystick.exporting.subject import Subject
from tallystick.model.stream import LedgerStream

__all__ = ["write", "write_kind"]


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write the claims that count, each with its origin and its report."""
    write_kind(stream, subject, out, Kind.FIGURE)


def write_kind(stream: LedgerStream, subject: Subject, out: BinaryIO, kind: Kind) -> None:
    """Write the records of one kind."""
    del subject
    encode = json.JSONEncoder(ensure_ascii=False, default=as_fields).encode
    for record in records_of(stream, kind):
        # A lone surrogate in a hostile report has no bytes in UTF-8; JSON has an escape for it.
        out.write((encode(record) + "\n").encode("utf-8", "backslashreplace"))
