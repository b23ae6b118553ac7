"""A small crawl for tests of a batch, in every form that one reads: always the same pages, one in three on the subject.

Half of the reports on it are syndicated: the same words under another masthead, a day later.
"""

import gzip
import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["DOSSIER", "Page", "jsonl", "pages", "parquet", "starts", "warc", "wet", "written"]

DOSSIER = "dprk-russia"
SEED = 11
FIRST = date(2025, 3, 1)
PLACES = ("Kursk", "Belgorod", "Sudzha", "Rylsk")
KINDS = ("sappers", "builders", "soldiers", "engineers")
SPEAKERS = ("Sergei Shoigu", "the ministry", "a governor", "the embassy")
FILLER = (
    "The harvest in the valley was good this year, growers say.", "Trains to the coast run late until Sunday.",
    "The library opens again after two years of work.", "A choir from the north sang on the old square.",
)  # fmt: skip


class Page(NamedTuple):
    """One page of the crawl."""

    url: str
    title: str
    text: str
    published: str
    outlet: str

    def fields(self) -> dict[str, str]:
        """As a line of JSON or a row has it; one text at two addresses is two reports."""
        return {"id": self.url, **self._asdict()}

    @property
    def html(self) -> bytes:
        """As a site serves it."""
        body = "".join(f"<p>{line}</p>" for line in self.text.split("\n"))
        return (
            f'<html lang="en"><head><title>{self.title}</title><meta property="og:site_name" content="{self.outlet}">'
            f'<meta property="article:published_time" content="{self.published}"></head>'
            f"<body><nav><a href='/'>Home</a></nav><article><h1>{self.title}</h1>{body}</article></body></html>"
        ).encode()


def pages(count: int) -> tuple[Page, ...]:
    """Give `count` pages: of every six, two on the subject, of which the second is a copy."""
    chance = Random(SEED)  # noqa: S311 - a seed that repeats
    made: list[Page] = []
    for number in range(count):
        day = FIRST + timedelta(days=number % 28)
        url, outlet = f"https://press{number % 7}.example/{number}", f"Press {number % 7}"
        if number % 6 == 0:
            story = (
                f"North Korea has sent {chance.randrange(100, 9000):,} {chance.choice(KINDS)} to the"
                f" {chance.choice(PLACES)} region of Russia, {chance.choice(SPEAKERS)} said on {day.day} March 2025."
                f"\nThey are to rebuild {chance.randrange(3, 90)} villages that were destroyed in the fighting, and"
                f" another {chance.randrange(100, 900)} workers will follow in the summer, the statement said."
            )
            text = f"{story}\n{chance.choice(FILLER)}"
            made.append(Page(url, f"Workers for {number}", text, day.isoformat(), outlet))
        elif number % 6 == 1:
            copied = made[-1]
            later = (date.fromisoformat(copied.published) + timedelta(days=1)).isoformat()
            made.append(Page(url, copied.title, copied.text, later, outlet))
        else:
            text = "\n".join(chance.sample(FILLER, 3))
            made.append(Page(url, f"News of {number}", text, day.isoformat(), outlet))
    return tuple(made)


def written(path: Path, found: Sequence[Page]) -> Path:
    """Write pages in the form of the name of the file."""
    path.parent.mkdir(exist_ok=True)
    packed = path.name.endswith(".gz")
    match path.name.removesuffix(".gz").rpartition(".")[2]:
        case "warc":
            return warc(path, found, packed=packed)
        case "wet":
            return wet(path, found)
        case "jsonl":
            return jsonl(path, found, packed=packed)
    return parquet(path, found)


def warc(path: Path, found: Iterable[Page], *, packed: bool = True) -> Path:
    """Write pages as a WARC, each record a gzip member of its own."""
    with path.open("wb") as stream:
        for number, page in enumerate(found):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.html
            record = _record("response", page.url, "application/http; msgtype=response", number, http)
            stream.write(gzip.compress(record, mtime=0) if packed else record)
    return path


def wet(path: Path, found: Iterable[Page]) -> Path:
    """Write the texts of pages as the conversion records of a WET file."""
    with path.open("wb") as stream:
        for number, page in enumerate(found):
            content = f"{page.title}\n{page.text}".encode()
            stream.write(gzip.compress(_record("conversion", page.url, "text/plain", number, content), mtime=0))
    return path


def _record(kind: str, url: str, media: str, number: int, content: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-06-18T10:20:30Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def jsonl(path: Path, found: Iterable[Page], *, packed: bool = False) -> Path:
    """Write pages as lines of JSON."""
    content = "".join(json.dumps(page.fields()) + "\n" for page in found).encode()
    path.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    return path


def parquet(path: Path, found: Sequence[Page], *, group: int = 10) -> Path:
    """Write pages as rows of Parquet, so many a group."""
    pq.write_table(pa.Table.from_pylist([page.fields() for page in found]), path, row_group_size=group)
    return path


def starts(path: Path) -> list[int]:
    """Where the lines of a file begin."""
    return list(accumulate(map(len, path.read_bytes().splitlines(keepends=True)), initial=0))
