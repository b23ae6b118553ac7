"""The parts of a file: wherever it is cut, together they hold every line and every member once."""

import gzip
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.batch.windows import line_start, member_start, window

RECORD = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 4\r\n\r\n"


def parts(content: bytes, size: int, start: object) -> list[bytes]:
    """What the parts of some bytes hold."""
    stream = BytesIO(content)
    ends = [*range(0, len(content), size), len(content)]
    return [
        window(stream, first, last, start).read()  # type: ignore[arg-type]
        for first, last in pairwise(ends)
    ]


@given(st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"")), max_size=12), st.integers(1, 40))
def test_lines_are_cut_whole(lines: list[bytes], size: int) -> None:
    """Each part begins where a line does, and nothing is lost or doubled."""
    content = b"\n".join(lines)
    found = parts(content, size, line_start)
    assert b"".join(found) == content
    assert all(one.endswith(b"\n") for one in found[:-1] if one and not content.endswith(one))


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=8), st.integers(1, 200))
def test_members_are_cut_whole(payloads: list[bytes], size: int) -> None:
    """Each part unpacks by itself to whole records."""
    content = b"".join(gzip.compress(RECORD + payload, mtime=0) for payload in payloads)
    found = parts(content, size, member_start)
    assert b"".join(found) == content
    assert b"".join(map(gzip.decompress, found)) == b"".join(RECORD + payload for payload in payloads)


LOOKALIKES = [b"\x1f\x8b\x08 by chance", gzip.compress(b"no record", mtime=0), b"\x1f\x8b\x08" * 500]


@pytest.mark.parametrize("packed", LOOKALIKES, ids=["chance", "another", "many"])
def test_bytes_that_look_like_a_member_are_none(packed: bytes) -> None:
    """A record must come out of it."""
    first = gzip.compress(RECORD, compresslevel=0, mtime=0)
    content = first + packed + first
    assert member_start(BytesIO(content), 1) == len(first) + len(packed)
    assert member_start(BytesIO(content), len(content) - 1) == len(content)


def test_a_member_is_found_over_the_border_of_two_reads() -> None:
    """Files are read a megabyte at a time."""
    member = gzip.compress(RECORD, mtime=0)
    for before in range((1 << 20) - 40, (1 << 20) + 3):
        assert member_start(BytesIO(b"x" * before + member), 1) == before
