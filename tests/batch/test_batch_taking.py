"""Taking results into a case: the same as a run over the same files, and nothing the second time."""

import json
from pathlib import Path

import pytest

from batch_results import do
from crawl import DOSSIER, pages, starts, written
from tallystick.batch.engines.engine import Engine
from tallystick.batch.taking import take
from tallystick.errors import ReadingError
from tallystick.model.ledger import Ledger
from tallystick.pipeline import open_ledger, run
from tallystick.storage.case import Case
from tallystick.storage.verifying import verify

PAGES = pages(36)
OWN = """\
schema: tallystick.dossier/1
name: own
title: Sappers
about: Only sappers.
categories:
  - id: sapper
    label: Sappers
    kind: people
    unit: person
    words:
      en: {nouns: [sapper]}
"""


def state(folder: Path) -> tuple[list[str], str]:
    """The log of a case without its accesses, and its report."""
    with Case.open(folder, read_only=True) as case:
        told = [f"{one.action} {one.subject}" for one in case.custody() if one.action != "accessed"]
        assert verify(case).faults == ()
    return told, (folder / "report.html").read_text()


def derived(ledger: Ledger) -> tuple[object, ...]:
    """What follows from a case."""
    return ledger.lineage, ledger.estimates, ledger.flags, ledger.hits, ledger.claims, ledger.facts


def test_a_case_from_a_batch_is_that_of_a_run(engine: Engine, tmp_path: Path) -> None:
    """Documents, claims, origins, estimates, flags, and the report to the byte; the second time nothing changes."""
    crawl = [written(tmp_path / "a.warc.gz", PAGES[:18]), written(tmp_path / "b.jsonl", PAGES[18:])]
    bearing = [page for page in PAGES if "North Korea" in page.text]
    alone = [
        written(tmp_path / "alone" / one.name, [page for page in some if page in bearing])
        for one, some in zip(crawl, (PAGES[:18], PAGES[18:]), strict=True)
    ]
    do(engine, tmp_path / "out", *crawl)
    outcome = take(str(tmp_path / "out"), tmp_path / "taken")
    assert (outcome.added, outcome.known, outcome.failures) == (len(bearing), 0, ())
    ran = run(alone, tmp_path / "ran", DOSSIER).ledger
    assert derived(outcome.ledger) == derived(ran)
    before = state(tmp_path / "taken")
    again = take(str(tmp_path / "out"), tmp_path / "taken")
    assert (again.added, again.known) == (0, len(bearing))
    assert state(tmp_path / "taken") == before


def test_the_origins_of_a_batch_are_those_of_the_case(engine: Engine, tmp_path: Path) -> None:
    """Joined across shards as in one case, under a dossier whose reports fall into many blocks."""
    crawl = written(tmp_path / "c.warc.gz", PAGES)
    summary = do(engine, tmp_path / "out", crawl, shard=1_500, dossier="general")
    assert summary.blocks > 1
    lineage = take(str(tmp_path / "out"), tmp_path / "case").ledger.lineage
    assert (summary.origins, summary.edges) == (len(lineage.origins), len(lineage.edges))
    assert summary.copies >= len(PAGES) // 6


def test_other_rules_read_the_reports_anew(engine: Engine, tmp_path: Path) -> None:
    """A case keeps its own dossier, and the claims are those of that."""
    own = tmp_path / "own.yaml"
    own.write_text(OWN)
    run([written(tmp_path / "first.jsonl", PAGES[:1])], tmp_path / "case", str(own))
    do(engine, tmp_path / "out", written(tmp_path / "c.jsonl", PAGES))
    ledger = take(str(tmp_path / "out"), tmp_path / "case").ledger
    assert {claim.category for claim in ledger.claims if "sappers" in (claim.counted or "")} == {"sapper"}


def test_the_dossier_of_the_batch_goes_with_its_results(engine: Engine, tmp_path: Path) -> None:
    """A file of the user's own is kept in the folder."""
    own = tmp_path / "own.yaml"
    own.write_text(OWN)
    do(engine, tmp_path / "out", written(tmp_path / "c.jsonl", PAGES), dossier=str(own))
    own.unlink()
    outcome = take(str(tmp_path / "out"), tmp_path / "case")
    assert outcome.ledger.claims
    with Case.open(tmp_path / "case", read_only=True) as case:
        rules = case.rules()
    assert rules is not None
    assert rules.dossier == "own"


def test_what_is_no_finished_batch_is_refused(engine: Engine, tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(ReadingError, match="no results of a batch"):
        take(str(tmp_path), tmp_path / "case")
    do(engine, tmp_path / "out", written(tmp_path / "c.jsonl", PAGES))
    (tmp_path / "out" / "report.json").unlink()
    with pytest.raises(ReadingError, match="not finished"):
        take(str(tmp_path / "out"), tmp_path / "case")
    assert not (tmp_path / "case").exists()


def test_failures_come_into_the_case(engine: Engine, tmp_path: Path) -> None:
    """Those of reading, and those of a language that is not read."""
    given = tmp_path / "c.jsonl"
    text = "Il governo ha detto che la Russia ha 300 soldati della North Korea."
    given.write_text('{"text": "North Korea, Russia\n' + json.dumps({"text": text, "language": "it"}) + "\n")
    do(engine, tmp_path / "out", given)
    take(str(tmp_path / "out"), tmp_path / "case")
    found = open_ledger(tmp_path / "case", "a test").failures
    assert [(one.document, one.stage) for one in found] == [
        (f"{given}@0", "read"),
        (f"{given}@{starts(given)[1]}", "extract"),
    ]


def test_what_is_damaged_is_named_and_nothing_is_left_out_unseen(engine: Engine, tmp_path: Path) -> None:
    """A shard that was cut, one whose bytes changed, what names the shards; the batch again makes them whole."""
    crawl = written(tmp_path / "c.jsonl", PAGES)
    out = tmp_path / "out"
    do(engine, out, crawl)
    (claims,) = out.glob("shards/*/claims.parquet")
    content = claims.read_bytes()
    claims.write_bytes(content[:50])
    with pytest.raises(ReadingError, match=r"1 of 1 shards are damaged.*give the command of the batch again"):
        take(str(out), tmp_path / "case")
    claims.write_bytes(bytes(len(content)))
    with pytest.raises(ReadingError, match=r"claims\.parquet: cannot be read"):
        take(str(out), tmp_path / "case")
    claims.unlink()
    manifest = out / "batch.json"
    manifest.write_text("garbage")
    with pytest.raises(ReadingError, match=r"batch\.json is damaged"):
        take(str(out), tmp_path / "case")
    do(engine, out, crawl)
    assert claims.read_bytes() == content
    named = (out / "dossier.json").read_bytes()
    for odd in ("garbage", '{"file": "../own.yaml", "parts": []}', '{"file": "/tmp/own.yaml", "parts": []}'):
        (out / "dossier.json").write_text(odd)
        with pytest.raises(ReadingError, match=r"dossier\.json is damaged"):
            take(str(out), tmp_path / "case")
    (out / "dossier.json").write_bytes(named)
    assert take(str(out), tmp_path / "case").failures == ()
