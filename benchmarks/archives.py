"""How fast a web archive is gone through of which 1 page in 100 holds the terms, beside bare fastwarc on the same file.

The pages are those of `pages`, the terms those of the bundled dossier. Bare is the iteration with every payload read,
and nothing done with it. The pages that match are extracted from, as in a run; their time is told apart. The larger
archive holds ten times the records: memory must not grow with it.
"""

import gzip
import time
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

from fastwarc.warc import ArchiveIterator, WarcRecordType

from benchmarks.pages import pages
from tallystick.dossiers.loading import load
from tallystick.reading.containers.warc import warc
from tallystick.reading.reading import Wanted, read
from tallystick.reading.received import Received
from tallystick.values.terms import Terms

__all__ = ["main", "records"]

RECORDS = 4_000
EVERY = 100
LARGER = 10
MEGABYTE = 1_000_000
BEARING = b"<p>North Korea sent 1,000 sappers to the Kursk region, Russia said on Tuesday.</p></article>"


def records(count: int) -> Iterator[bytes]:
    """Give `count` packed records of a WARC, always the same; every hundredth bears on the dossier."""
    bodies = [page.content for page in pages()]
    for number in range(count):
        body = bodies[number % len(bodies)]
        if number % EVERY == 0:
            body = body.replace(b"</article>", BEARING, 1) if b"</article>" in body else body + BEARING
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://n{number % 50}.example/{number}\r\n"
            "WARC-Date: 2025-06-18T10:20:30Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        yield gzip.compress(head.encode() + http + b"\r\n\r\n", 6)


def main() -> None:
    """Print pages a second of both, the ratios, and peak memory after the small and the large archive."""
    wanted = Terms(load("dprk-russia").watch.terms).in_bytes
    with TemporaryDirectory() as folder:
        path = Path(folder, "small.warc.gz")
        packed = list(records(RECORDS))
        path.write_bytes(b"".join(packed))
        bare = min(_bare(path) for _ in range(2))
        scan = min(_scan(path, wanted) for _ in range(2))
        whole, found = _read(path, wanted)
        small = _peak()
        large = Path(folder, "large.warc.gz")
        with large.open("wb") as stream:
            for _ in range(LARGER):
                stream.writelines(packed)
        _read(large, wanted)
        print(
            f"archives: bare fastwarc {RECORDS / bare:,.0f} pages/s; scanned for terms {RECORDS / scan:,.0f}"
            f" ({bare / scan:.2f} of bare); with the {found} that match read {RECORDS / whole:,.0f}"
            f" ({bare / whole:.2f}); peak memory {small:,.0f} MB, after {large.stat().st_size / MEGABYTE:,.0f} MB of"
            f" archive {_peak():,.0f} MB"
        )


def _bare(path: Path) -> float:
    start = time.perf_counter()
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False):
            record.reader.read()
    return time.perf_counter() - start


def _scan(path: Path, wanted: Wanted) -> float:
    start = time.perf_counter()
    with path.open("rb") as stream:
        for _ in warc(Received(str(path), stream), wanted):
            pass
    return time.perf_counter() - start


def _read(path: Path, wanted: Wanted) -> tuple[float, int]:
    start = time.perf_counter()
    found = sum(1 for _ in read([path], wanted=wanted))
    return time.perf_counter() - start, found


def _peak() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1_000
