"""Every form of input: a crawl comes in as WARC, WET, JSONL or Parquet, and the same reports come out."""

import zlib
from pathlib import Path

import pytest

from batch_results import do, failures, rows, shard_names
from crawl import jsonl, pages, starts, warc, written
from tallystick.batch.engines.engine import Engine
from tallystick.errors import ReadingError

PAGES = pages(36)
ON_SUBJECT = sorted(page.url for page in PAGES if "North Korea" in page.text)


def urls(out: Path) -> list[str]:
    """The addresses of the reports that were kept."""
    return sorted(row["url"] for row in rows(out, "documents"))


@pytest.mark.parametrize("name", ["c.warc.gz", "c.warc", "c.wet.gz", "c.jsonl", "c.jsonl.gz", "c.parquet"])
def test_every_form_gives_the_reports_on_the_subject(engine: Engine, tmp_path: Path, name: str) -> None:
    """And leaves out the others by their words."""
    summary = do(engine, tmp_path / "out", written(tmp_path / name, PAGES))
    assert urls(tmp_path / "out") == ON_SUBJECT
    assert (summary.pages, summary.documents) == (len(PAGES), len(ON_SUBJECT))
    assert summary.claims >= 2 * len(ON_SUBJECT)
    assert dict(summary.left_out) == {"holds no term of the dossier": len(PAGES) - len(ON_SUBJECT)}
    assert failures(tmp_path / "out") == []


@pytest.mark.parametrize("name", ["c.warc.gz", "c.jsonl", "c.parquet"])
@pytest.mark.parametrize("size", [300, 1_000, 4_000])
def test_parts_hold_every_page_once(engine: Engine, tmp_path: Path, name: str, size: int) -> None:
    """Wherever a file is cut: in a line, in a gzip member, between groups of rows; the digest is that of no cut."""
    given = written(tmp_path / name, PAGES)
    summary = do(engine, tmp_path / "out", given, shard=size)
    assert len(shard_names(tmp_path / "out")) > 1
    assert summary.pages == len(PAGES)
    assert urls(tmp_path / "out") == ON_SUBJECT
    whole = do(engine, tmp_path / "whole", given)
    assert whole.shards == (1, 1)
    assert whole.digest == summary.digest


@pytest.mark.parametrize("size", [500, 64_000_000])
def test_a_page_is_named_by_where_it_stands_in_its_file(engine: Engine, tmp_path: Path, size: int) -> None:
    """Whatever shard it is in: a program that knows its archives finds the page again."""
    for form in ("warc.gz", "jsonl", "parquet"):
        given, out = written(tmp_path / f"c.{form}", PAGES), tmp_path / form
        do(engine, out, given, shard=size)
        named = {row["name"]: row["url"] for row in rows(out, "documents")}
        assert sorted(named.values()) == ON_SUBJECT
        for name, url in named.items():
            place = int(name.removeprefix(str(given))[1:])
            if form == "parquet":
                assert PAGES[place - 1].url == url
                continue
            begun = given.read_bytes()[place:]
            page = zlib.decompressobj(31).decompress(begun) if form == "warc.gz" else begun.splitlines()[0]
            assert url.encode() in page


def test_folders_and_globs_are_read_and_other_files_left(engine: Engine, tmp_path: Path) -> None:
    """A file that is given twice is read once."""
    crawl = tmp_path / "crawl"
    (crawl / "deep").mkdir(parents=True)
    jsonl(crawl / "a.jsonl", PAGES[:12])
    warc(crawl / "deep" / "b.warc.gz", PAGES[12:24])
    (crawl / "notes.txt").write_text("North Korea sent 1,000 sappers to Russia.")
    summary = do(engine, tmp_path / "out", crawl, crawl / "*.jsonl", crawl / "**" / "*.warc.gz")
    assert summary.shards == (2, 2)
    assert summary.pages == 24


@pytest.mark.parametrize("name", ["missing.jsonl", "*.warc.gz", "notes.txt", "empty"])
def test_an_input_with_nothing_to_read_is_named(engine: Engine, tmp_path: Path, name: str) -> None:
    """Before anything is done."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("nothing")
    with pytest.raises(ReadingError, match=name.replace("*", r"\*")):
        do(engine, tmp_path / "out", tmp_path / name)


def test_a_report_that_two_files_hold_counts_once(engine: Engine, tmp_path: Path) -> None:
    """And one that has the id of another is a failure."""
    one = warc(tmp_path / "a.warc.gz", PAGES[:6])
    other = warc(tmp_path / "b.warc.gz", PAGES[:12])
    clash = tmp_path / "c.jsonl"
    text = "North Korea sent {} sappers to Russia, Moscow said on Monday."
    clash.write_text(f'{{"id": "x", "text": "{text.format(100)}"}}\n{{"id": "x", "text": "{text.format(200)}"}}\n')
    summary = do(engine, tmp_path / "out", one, other, clash)
    assert (summary.documents, summary.known) == (5, 2)
    assert failures(tmp_path / "out") == [
        (f"{clash}@{starts(clash)[1]}", "store", "another report has this id; give each its own")
    ]


def test_what_is_damaged_is_named_and_the_rest_is_read(engine: Engine, tmp_path: Path) -> None:
    """A line that is no JSON, an archive that breaks off, a Parquet that is none."""
    bad = jsonl(tmp_path / "bad.jsonl", PAGES[:6])
    bad.write_bytes(b'{"text": "North Korea and Russia\n' + bad.read_bytes())
    cut = warc(tmp_path / "cut.warc.gz", PAGES[6:12])
    cut.write_bytes(cut.read_bytes()[:-200])
    none = tmp_path / "none.parquet"
    none.write_bytes(b"PAR1 but no more of it")
    summary = do(engine, tmp_path / "out", bad, cut, none)
    assert summary.shards == (3, 3)
    assert summary.documents == 4
    told = failures(tmp_path / "out")
    last = cut.read_bytes().rfind(b"\x1f\x8b\x08")
    assert [name for name, _, _ in told] == [f"{bad}@0", f"{cut}@{last}", str(none)]
