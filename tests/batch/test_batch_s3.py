"""Inputs and results on S3: a server of this machine stands for it, and nobody is asked where no address names it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer
from pyarrow import fs

from batch_results import Heard, do
from crawl import DOSSIER, pages, written
from tallystick.batch import places
from tallystick.batch.engines.engine import Engine
from tallystick.batch.engines.local import LocalEngine
from tallystick.batch.places import Folder, listed
from tallystick.batch.running import Request, batch
from tallystick.batch.taking import take
from tallystick.errors import ReadingError

PAGES = pages(36)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A server with an empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_REGION", "us-east-1")
        places.bucket.cache_clear()
        fs.S3FileSystem(
            endpoint_override=f"{host}:{port}", scheme="http", allow_bucket_creation=True, region="us-east-1"
        ).create_dir("press")
        yield f"{host}:{port}"
    places.bucket.cache_clear()
    server.stop()


def on_s3(engine: Engine, out: str, *inputs: str) -> str:
    """Do a batch, and give the digest of its results."""
    return batch(Request(inputs, DOSSIER, out, 4_000), engine, Heard()).digest


@pytest.mark.usefixtures("endpoint")
def test_a_batch_on_s3_is_one_on_a_disk(tmp_path: Path) -> None:
    """Files in parts, a glob, results, resuming, and taking them into a case."""
    crawl = [written(tmp_path / "a.warc.gz", PAGES[:18]), written(tmp_path / "b.jsonl", PAGES[18:24]),
             written(tmp_path / "c.parquet", PAGES[24:])]  # fmt: skip
    for path in crawl:
        Folder("s3://press/crawl").write(f"2025/{path.name}", path.read_bytes())
    engine = LocalEngine(1)
    try:
        digest = on_s3(engine, "s3://press/out", "s3://press/crawl/**/*.*")
        local = do(engine, tmp_path / "out", *crawl, shard=4_000)
        report = json.loads(Folder("s3://press/out").read("report.json") or b"")
        assert (report["documents"], report["claims"], report["origins"]) == (
            local.documents, local.claims, local.origins
        )  # fmt: skip
        again = Heard()
        summary = batch(
            Request(("s3://press/crawl",), DOSSIER, "s3://press/out", 4_000), engine, again
        )  # fmt: skip
    finally:
        engine.close()
    assert summary.digest == digest
    assert summary.counted.pages == 0
    outcome = take("s3://press/out", tmp_path / "case")
    assert (outcome.added, len(outcome.ledger.claims)) == (local.documents, local.claims)


@pytest.mark.usefixtures("endpoint")
def test_a_glob_keeps_within_a_folder_unless_it_says_otherwise() -> None:
    """As on a disk."""
    for name in ("a.jsonl", "deep/b.jsonl", "deep/down/c.jsonl"):
        Folder("s3://press/glob").write(name, b"{}")
    names = {
        given: [one.name.removeprefix("s3://press/glob/") for one in listed(f"s3://press/glob/{given}")]
        for given in ("*.jsonl", "*/*.jsonl", "**/*.jsonl", "deep", "deep/[ab].jsonl")
    }
    assert names == {
        "*.jsonl": ["a.jsonl"], "*/*.jsonl": ["deep/b.jsonl"],
        "**/*.jsonl": ["a.jsonl", "deep/b.jsonl", "deep/down/c.jsonl"],
        "deep": ["deep/b.jsonl", "deep/down/c.jsonl"], "deep/[ab].jsonl": ["deep/b.jsonl"],
    }  # fmt: skip


@pytest.mark.usefixtures("endpoint")
def test_an_address_with_nothing_there_is_named() -> None:
    """A bucket that is not there, and a folder of one that is."""
    for given in ("s3://nowhere/x", "s3://press/nothing", "s3://press/*.warc.gz"):
        with pytest.raises(ReadingError, match="no such file"):
            listed(given)


def test_nobody_is_asked_without_an_address_on_s3(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Local inputs and results never make anything of S3."""

    def refuse() -> None:
        raise AssertionError("S3 was asked")

    monkeypatch.setattr(places, "bucket", refuse)
    assert do(engine, tmp_path / "out", written(tmp_path / "c.jsonl", PAGES)).pages == len(PAGES)
