"""Write the made-up press as crawls are kept: a folder and a number of pages come in, WARC files and truth go out.

A record is a gzip member of its own, as at Common Crawl; each page has its request and its response. Pages go straight
to their files, so memory does not grow with their number.
"""

import json
import zlib
from base64 import b32encode
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha1, sha256
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import UUID

from benchmarks.ccnews.sites import outlet_of, page
from benchmarks.ccnews.stories import Copied, Plan, plan, story

__all__ = ["PAGES_A_FILE", "Truth", "archives", "truth", "write", "write_page"]

PAGES_A_FILE = 5_000
PROCESSES = 2
# The crawl begins here and fetches a page in so many seconds: 200,000 pages are a month.
BEGIN = datetime(2025, 11, 1, tzinfo=UTC)
SECONDS_A_PAGE = 12.96
MONTH = timedelta(days=30)
# zlib's own middle, which crawlers leave as it is.
LEVEL = 6
GZIP = 31


class Truth(NamedTuple):
    """What is true of a page that bears on the dossier, is a copy, or has the dossier's words beside its article.

    Attributes:
        number: Of the page.
        url: Its address.
        archive: The name of its file.
        outlet: Who runs it.
        language: Of its text.
        bears: Whether its article bears on the dossier.
        teased: Whether only what stands beside its article does.
        figures: Those of its bearing sentences, as they are written there.
        copied: How it was made of another page; None for an original.
        source: The address of that page.
    """

    number: int
    url: str
    archive: str
    outlet: str
    language: str
    bears: bool
    teased: bool
    figures: tuple[str, ...]
    copied: Copied | None
    source: str | None


def write(folder: Path, pages: int, *, processes: int = PROCESSES) -> tuple[Path, ...]:
    """Make `pages` pages under `folder`; what lies there already, made by the same program, is left as it is.

    Returns:
        The WARC files, in order. What is true of their pages is beside them in `truth`.
    """
    (folder / "warc").mkdir(parents=True, exist_ok=True)
    (folder / "truth").mkdir(exist_ok=True)
    made, sought = folder / "made.json", json.dumps({"pages": pages, "program": _program()})
    if not made.is_file() or made.read_text(encoding="ascii") != sought:
        for old in (made, *archives(folder), *(folder / "truth").iterdir()):
            old.unlink(missing_ok=True)
        firsts = range(0, pages, PAGES_A_FILE)
        with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
            for _ in pool.map(partial(_file, folder, pages), firsts):
                pass
        made.write_text(sought, encoding="ascii")
    return archives(folder)


def archives(folder: Path) -> tuple[Path, ...]:
    """Give the WARC files that were made under `folder`, in order."""
    return tuple(sorted((folder / "warc").glob("*.warc.gz")))


def truth(folder: Path) -> Iterator[Truth]:
    """Give what is true of the pages under `folder`, in order; of a page that is not named nothing is to be found."""
    for path in sorted((folder / "truth").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                told = json.loads(line)
                copied = told["copied"]
                yield Truth(**{
                    **told, "figures": tuple(told["figures"]), "copied": Copied(**copied) if copied else None,
                })  # fmt: skip


def _program() -> str:
    """A digest of the generator, by which a press of another one is told."""
    return sha256(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()


def _file(folder: Path, pages: int, first: int) -> None:
    """One WARC file, and what is true of its pages."""
    name = f"CC-NEWS-{_when(first):%Y%m%d%H%M%S}-{first // PAGES_A_FILE:05d}"
    part = folder / "warc" / f"{name}.part"
    with part.open("wb") as stream, (folder / "truth" / f"{name}.jsonl").open("w", encoding="utf-8") as told:
        info = b"software: tallystick benchmarks\r\nformat: WARC File Format 1.0\r\n"
        _record(stream, "warcinfo", -1 - first, _when(first), "", "application/warc-fields", info)
        for number in range(first, min(first + PAGES_A_FILE, pages)):
            own = plan(number)
            true = write_page(stream, own, f"{name}.warc.gz")
            if own.bears or own.teased or own.copied:
                line = true._asdict() | {"copied": own.copied and own.copied._asdict()}
                told.write(json.dumps(line, ensure_ascii=False) + "\n")
    part.rename(folder / "warc" / f"{name}.warc.gz")


def write_page(stream: BinaryIO, own: Plan, archive: str) -> Truth:
    """Write the request and the response of a page."""
    when, told, outlet = _when(own.number), story(own), outlet_of(own)
    url, content = page(own, told, when)
    source = own.copied and _address(plan(own.copied.of))
    host, path = url.removeprefix("https://").split("/", 1)
    asked = f"GET /{path} HTTP/1.1\r\nUser-Agent: CCBot/3.1\r\nHost: {host}\r\nAccept: text/html\r\n\r\n"
    _record(stream, "request", own.number * 2, when, url, "application/http; msgtype=request", asked.encode())
    head = (
        f"HTTP/1.1 200 OK\r\nDate: {when:%a, %d %b %Y %H:%M:%S GMT}\r\n"
        f"Content-Type: text/html; charset={outlet.encoding}\r\nX-Crawler-Content-Encoding: gzip\r\n"
        f"Server: nginx\r\nVary: Accept-Encoding\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    answer = head.encode() + content
    digest = f"WARC-Payload-Digest: sha1:{b32encode(sha1(content, usedforsecurity=False).digest()).decode()}\r\n"
    media = "application/http; msgtype=response"
    _record(stream, "response", own.number * 2 + 1, when, url, media, answer, digest)
    figures = tuple(figure for _, figure in told.bearing)
    return Truth(
        own.number, url, archive, outlet.name, own.language, own.bears, own.teased, figures, own.copied, source
    )  # fmt: skip


def _address(own: Plan) -> str:
    return f"https://{outlet_of(own).host}/{_when(own.number):%Y/%m/%d}/{own.number}"


def _when(number: int) -> datetime:
    """When a page was fetched, and told; the month begins anew when it is full."""
    seconds = int(number * SECONDS_A_PAGE) % int(MONTH.total_seconds())
    return (BEGIN + timedelta(seconds=seconds)).replace(tzinfo=None)


def _record(
    stream: BinaryIO, kind: str, id_: int, when: datetime, url: str, media: str, block: bytes, more: str = ""
) -> None:  # fmt: skip
    """One record, packed by itself."""
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {when.isoformat(timespec='seconds')}Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{UUID(int=id_ % 2**128)}>\r\n{target}{more}Content-Type: {media}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    stream.write(packer.compress(head.encode() + block + b"\r\n\r\n"))
    stream.write(packer.flush())
