"""`tallystick batch`: what bears on a dossier in archives of any size, as Parquet that a case takes."""

import os
import time
from contextlib import closing
from typing import Annotated

import typer

from tallystick.batch.engines.choosing import engine_named
from tallystick.batch.engines.engine import EngineName
from tallystick.batch.jobs import Limits, Lost
from tallystick.batch.running import Request, State, batch
from tallystick.batch.shards import SHARD_BYTES
from tallystick.batch.summing import CORE_HOUR, Counted, cost
from tallystick.cli.messages import DOCUMENT_FAILED, say

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick batch crawl/*.warc.gz --dossier dprk-russia --out results

  tallystick run --from results --case my-case

A batch that was cut off goes on where it was by giving the same command again."""
MEGABYTE = 1_000_000
# Seconds between two lines of progress, so that the log of a long batch can still be read.
PACE = 5.0


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("batch", epilog=EPILOG)(command)


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="WARC, WET, JSONL (each also as .gz) and Parquet files, folders and globs of them, here or s3://.",
        ),
    ],
    dossier: Annotated[
        str,
        typer.Option(
            "--dossier", metavar="FILE|NAME", help="A dossier file, or the name of a bundled one.", show_default=False
        ),
    ],
    out: Annotated[
        str, typer.Option("--out", metavar="FOLDER", help="Where the results go, here or s3://.", show_default=False)
    ],
    engine: Annotated[
        EngineName,
        typer.Option("--engine", help="A pool of this machine; daft (extra `batch`); daft on Ray (extra `cluster`)."),
    ] = EngineName.LOCAL,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, metavar="N", help="Shards read at once.", show_default="one for each core"),
    ] = None,
    shard: Annotated[
        float, typer.Option("--shard", min=0.001, metavar="MB", help="Megabytes of input in a shard.")
    ] = SHARD_BYTES / MEGABYTE,
    seconds: Annotated[
        float, typer.Option("--page-seconds", min=0.1, metavar="S", help="A page that takes longer is passed over.")
    ] = Limits().seconds,
    memory: Annotated[
        int, typer.Option("--worker-memory", min=256, metavar="MB", help="Megabytes that a worker may take.")
    ] = Limits().memory // MEGABYTE,
    price: Annotated[
        float, typer.Option("--price", min=0.0, metavar="$", help="US dollars for an hour of one core.")
    ] = CORE_HOUR,
) -> None:
    """Read archives of any size for what bears on a dossier, and join copies and origins across them."""
    request = Request(
        tuple(inputs), dossier, out, round(shard * MEGABYTE), Limits(seconds, memory * MEGABYTE)
    )  # fmt: skip
    with closing(engine_named(engine, workers or os.cpu_count() or 1)) as chosen:
        summary = batch(request, chosen, _Lines(price, chosen.workers), price=price)
    for one in summary.lost:
        say(f"tallystick: {one.document}: {one.reason}")
    failed = sum(count for _, count in summary.failures)
    say(
        f"{out}: {summary.pages:,} pages, {summary.documents:,} bear on {summary.rules.dossier}, {failed:,} failed;"
        f" {summary.claims:,} claims from {summary.origins:,} origins, {summary.copies:,} copies"
    )
    say(f"{out}: digest {summary.digest}")
    typer.echo(f"{out.rstrip('/')}/report.md")
    if summary.lost:
        raise typer.Exit(DOCUMENT_FAILED)


class _Lines:
    """Progress as lines on standard error."""

    def __init__(self, price: float, workers: int) -> None:
        self._price = price
        self._workers = workers
        self._last = 0.0

    def show(self, state: State) -> None:
        """Say how far the batch is: at the start, at the end, and now and then between."""
        now = time.monotonic()
        if 0 < state.done < state.of and now - self._last < PACE:
            return
        self._last = now
        reading = state.stage == "reading"
        rate = f", {state.pages / state.seconds:,.0f} pages/s" if reading and state.pages and state.seconds else ""
        left = f", {_clock(state.left)} left" if state.left is not None and state.done < state.of else ""
        dollars = cost(Counted(state.seconds, state.seconds, state.pages, self._workers), self._price)
        spent = f", ${dollars:,.2f} a million pages" if dollars is not None and reading else ""
        what = "shards" if reading else "parts"
        pages = f", {state.pages:,} pages" if reading else ""
        say(f"{state.stage}: {state.done:,} of {state.of:,} {what}{pages}{rate}{left}{spent}")

    def fail(self, lost: Lost) -> None:
        """Say at once what could not be done."""
        say(f"tallystick: {lost.name}: {lost.reason}")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
