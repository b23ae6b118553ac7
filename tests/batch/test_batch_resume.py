"""Batches that are interrupted go on where they were: nothing is lost, nothing comes twice, nothing is done again."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from batch_results import Heard, do, failures, rows, shard_names
from crawl import pages, written
from tallystick.batch import supervising
from tallystick.batch.engines.engine import Engine
from tallystick.batch.engines.local import LocalEngine
from tallystick.errors import ReadingError

KILLING = Path(__file__).with_name("batch_killing.py")
Worker = supervising._Worker
PAGES = pages(36)


def test_a_batch_that_is_killed_ten_times_ends_as_one_in_peace(tmp_path: Path) -> None:
    """Its driver and its workers, at moments drawn by lot: the same bytes of every file, and no worker left behind."""
    environment = os.environ | {"PYTHONPATH": str(KILLING.parents[1])}
    command = [sys.executable, str(KILLING), str(tmp_path), "10"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["told"]["driver"] >= 2
    assert told["told"]["worker"] >= 2
    assert told["shards"] > 10


def test_what_is_done_is_not_done_again(engine: Engine, tmp_path: Path) -> None:
    """Only a shard whose marker, or a file that it names, is missing or cut short; the results are the same."""
    given, out = written(tmp_path / "c.jsonl", PAGES), tmp_path / "out"
    first = do(engine, out, given, shard=2_000)
    names = shard_names(out)
    assert len(names) >= 6
    (out / "shards" / f"{names[0]}.json").unlink()
    (out / "shards" / f"{names[1]}.json").write_text('{"rules": ')
    (out / "shards" / names[2] / "claims.parquet").write_bytes(b"PAR1")
    (out / "shards" / names[3] / "ties.parquet").unlink()
    (out / "shards" / names[4] / ".documents.parquet.0123456789ab.part").write_bytes(b"PAR1")
    heard = Heard()
    again = do(engine, out, given, shard=2_000, heard=heard)
    assert next(state.done for state in heard.states if state.stage == "reading") == len(names) - 4
    assert 0 < again.counted.pages < first.counted.pages
    assert again.digest == first.digest


@pytest.mark.parametrize("workers", [1, 3])
def test_no_more_workers_start_than_there_are_shards_to_read(
    workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Two shards need two at most, and a batch that is done already needs none."""
    started: list[object] = []

    def start() -> object:
        started.append(Worker())
        return started[-1]

    monkeypatch.setattr(supervising, "_Worker", start)
    given, other = written(tmp_path / "a.jsonl", PAGES[:3]), written(tmp_path / "b.jsonl", PAGES[3:6])
    for expected in (min(workers, 2), 0):
        with closing(LocalEngine(workers)) as engine:
            do(engine, tmp_path / "out", given, other)
        assert len(started) == expected
        started.clear()


def test_results_that_cannot_be_written_are_told(engine: Engine, tmp_path: Path) -> None:
    """Where a file lies under the name of the folder."""
    given, out = written(tmp_path / "c.jsonl", PAGES[:3]), tmp_path / "out"
    out.write_text("mine")
    with pytest.raises(ReadingError, match="the results cannot be written"):
        do(engine, out, given)
    assert out.read_text() == "mine"


def test_other_rules_do_all_of_it_again(engine: Engine, tmp_path: Path) -> None:
    """What one dossier has made is nothing to another."""
    given, out = written(tmp_path / "c.jsonl", PAGES), tmp_path / "out"
    do(engine, out, given)
    other = do(engine, out, given, dossier="general")
    assert other.counted.pages == len(PAGES)
    assert other.documents > do(engine, out, given).documents


def test_more_inputs_are_added_to_what_is_done(engine: Engine, tmp_path: Path) -> None:
    """Only the new ones are read, and all are joined; one that is taken away is gone from the results."""
    one, other = written(tmp_path / "a.jsonl", PAGES[:18]), written(tmp_path / "b.jsonl", PAGES[18:])
    out = tmp_path / "out"
    do(engine, out, one)
    both = do(engine, out, one, other)
    assert both.counted.pages == 18
    assert both.digest == do(engine, tmp_path / "fresh", one, other).digest
    assert len(rows(out, "documents")) == both.documents == 12
    assert do(engine, out, other).documents == 6
    assert len(rows(out, "documents")) == 6


def test_a_file_that_has_changed_is_read_again(engine: Engine, tmp_path: Path) -> None:
    """Also where it has the same name and size."""
    given, out = written(tmp_path / "c.jsonl", PAGES), tmp_path / "out"
    do(engine, out, given)
    os.utime(given, ns=(1, 1))
    assert do(engine, out, given).counted.pages == len(PAGES)
    assert failures(out) == []
