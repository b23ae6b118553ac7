"""Pages that break, never end, fill memory or kill: each is named and passed over, and the rest is read."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from batch_results import Heard, do, failures, rows, shard_names
from crawl import pages, starts
from tallystick.batch.engines.local import LocalEngine
from tallystick.batch.jobs import Limits

POISON = Path(__file__).with_name("poison")
# Short, so that the tests are; a worker of a busy machine takes a page of these in a tenth of it.
LIMITS = Limits(seconds=3.0, memory=2 << 30)
GOOD = pages(12)
WORDS = ("BREAKS-IT", "ENDS-NEVER", "STAYS-IN-C", "KILLS-IT", "FILLS-MEMORY", "UNPACKS-BADLY")


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalEngine]:
    """An engine whose workers do what pages tell them."""
    path = os.pathsep.join(filter(None, (str(POISON), os.environ.get("PYTHONPATH"))))
    monkeypatch.setenv("PYTHONPATH", path)
    engine = LocalEngine(2)
    yield engine
    engine.close()


def lines(path: Path, words: tuple[str, ...]) -> Path:
    """A file of good pages, among them one for each of some words."""
    with path.open("w") as stream:
        for number, page in enumerate(GOOD):
            fields = page.fields()
            stream.write(json.dumps(fields) + "\n")
            if number < len(words):
                text = f"North Korea and Russia. {words[number]} said so."
                stream.write(json.dumps(fields | {"id": f"bad {number}", "text": text}) + "\n")
    return path


def test_poisoned_pages_are_named_and_the_rest_is_read(poisoned: LocalEngine, tmp_path: Path) -> None:
    """Each with what it did; the good pages give what they give without them."""
    summary = do(poisoned, tmp_path / "out", lines(tmp_path / "c.jsonl", WORDS), limits=LIMITS)
    told = failures(tmp_path / "out")
    name = tmp_path / "c.jsonl"
    at = starts(name)
    assert sorted(told, key=lambda one: int(one[0].rpartition("@")[2])) == [
        (f"{name}@{at[1]}", "read", "breaks the program (KeyError: 'a defect')"),
        (f"{name}@{at[3]}", "read", "takes longer than one page may"),
        (f"{name}@{at[5]}", "read", "takes longer than one page may"),
        (f"{name}@{at[7]}", "read", "kills the process that reads it"),
        (f"{name}@{at[9]}", "read", "takes more memory than a worker may"),
        (f"{name}@{at[11]}", "read", "breaks the program (OSError: not a gzipped file)"),
    ]
    clean = do(poisoned, tmp_path / "clean", lines(tmp_path / "clean.jsonl", ()))
    assert (summary.documents, summary.claims, summary.origins) == (clean.documents, clean.claims, clean.origins)
    assert summary.pages == clean.pages + len(WORDS)


def test_a_worker_that_dies_once_has_its_shard_done_again(poisoned: LocalEngine, tmp_path: Path) -> None:
    """Nobody's page is blamed for it."""
    given = lines(tmp_path / "c.jsonl", (f"DIES-ONCE {tmp_path / 'died'}",))
    do(poisoned, tmp_path / "out", given)
    assert (tmp_path / "died").exists()
    assert failures(tmp_path / "out") == []
    assert "bad 0" in {row["id"] for row in rows(tmp_path / "out", "documents")}


def test_a_shard_that_cannot_be_done_is_named_and_the_others_are(poisoned: LocalEngine, tmp_path: Path) -> None:
    """When its file can be had, running it again does it."""
    good, bad = lines(tmp_path / "good.jsonl", ()), lines(tmp_path / "other.jsonl", ())
    heard = Heard()
    do(poisoned, tmp_path / "out", good, bad)
    (tmp_path / "out" / "shards" / f"{shard_names(tmp_path / 'out')[1]}.json").unlink()
    target = tmp_path / "out" / "shards" / shard_names(tmp_path / "out")[1]
    for path in target.iterdir():
        path.unlink()
    target.rmdir()
    target.write_text("a file where a folder should be")
    summary = do(poisoned, tmp_path / "out", good, bad, heard=heard)
    assert [one.document for one in summary.lost] == [str(bad)]
    assert [one.name for one in heard.lost] == [str(bad)]
    assert summary.shards == (2, 1)
    target.unlink()
    assert do(poisoned, tmp_path / "out", good, bad).lost == ()


def test_a_scan_that_breaks_ends_its_file_and_one_that_kills_its_shard(poisoned: LocalEngine, tmp_path: Path) -> None:
    """What was read before stays; tries are bounded; the other files are read."""
    breaks = lines(tmp_path / "breaks.jsonl", ("fine", "BREAKS-THE-SCAN"))
    kills = lines(tmp_path / "kills.jsonl", ("KILLS-THE-SCAN",))
    summary = do(poisoned, tmp_path / "out", breaks, kills, lines(tmp_path / "good.jsonl", ()))
    assert summary.shards == (3, 2)
    told = failures(tmp_path / "out")
    assert told[0] == (
        f"{breaks}:4 and what follows it", "read", "breaks the program (KeyError: 'a defect of the scan')"
    )  # fmt: skip
    assert [(name, stage) for name, stage, _ in told[1:]] == [(str(kills), "batch")]
    assert "died at page 2; run the batch again" in told[1][2]
    assert "bad 0" in {row["id"] for row in rows(tmp_path / "out", "documents")}
