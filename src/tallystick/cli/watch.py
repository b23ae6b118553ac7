"""`tallystick watch`: a case that follows its feeds, and says what changed."""

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from tallystick.cli.changes import fields, sentence
from tallystick.cli.messages import DOCUMENT_FAILED, bar, say, say_failures
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption, DossierOption
from tallystick.cli.stopping import stopping
from tallystick.cli.web import AllowHostOption, web_of
from tallystick.errors import CaseAwayError
from tallystick.model.change import ChangeKind
from tallystick.pipeline import Look, look
from tallystick.reading.web.watching import EVERY
from tallystick.storage.stores.address import CaseAddress

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick watch --case my-case --dossier my-dossier.yaml

  tallystick watch --case my-case --feed https://example.org/feed.xml --once

  tallystick watch --case my-case --every 600 --format jsonl >> changes.jsonl

It ends with Ctrl-C or SIGTERM: the report at hand is finished or left for the next time, and nothing is fetched twice.
With --once it looks at what is due and ends, as a timer of the system wants it."""
# Seconds between two looks that somebody may ask for: a feed asked more often helps nobody.
SHORTEST = 60.0
# Seconds until a database that does not answer is looked for again: a restart of a server takes a few.
AGAIN = 30.0


class WatchFormat(StrEnum):
    """How changes are written as they come."""

    TEXT = "text"
    JSONL = "jsonl"


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("watch", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    dossier: DossierOption = None,
    feed: Annotated[
        list[str] | None, typer.Option("--feed", metavar="URL", help="A further feed; may be given again.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Look once at what is due, and end.")] = False,
    every: Annotated[
        float, typer.Option("--every", min=SHORTEST, metavar="SECONDS", help="Seconds between two looks at a feed.")
    ] = EVERY,
    style: Annotated[WatchFormat, typer.Option("-f", "--format", help="Form of the output.")] = WatchFormat.TEXT,
    allow_host: AllowHostOption = None,
) -> None:
    """Follow the feeds of the dossier, and print what changed: new reports, figures that moved, flags."""
    by = operator()
    state: int | None = None
    with stopping() as stop:
        web = web_of(stop, allow_host)
        while not stop.asked:
            try:
                with bar("watching") as progress:
                    seen = look(
                        case, web, dossier, feeds=feed or (), every=every, progress=progress, by=by, after=state
                    )  # fmt: skip
            except CaseAwayError as error:
                if once or state is None:
                    raise
                say(f"{error}; looking again in {AGAIN:,.0f} s")
                stop.sleep(AGAIN)
                continue
            state = seen.state
            _tell(seen, case, style)
            if once:
                break
            stop.sleep(seen.wait)
    if stop.asked:
        say(f"{case}: stopped; the same command goes on")
    elif seen.failures:
        raise typer.Exit(DOCUMENT_FAILED)


def _tell(seen: Look, case: CaseAddress, style: WatchFormat) -> None:
    """Say what came of a look: changes on standard output, all else on standard error."""
    say_failures(seen.failures)
    # A new report brings its origins: told of each, they would bury what moved.
    told = [change for change in seen.changes if change.kind not in (ChangeKind.ORIGIN, ChangeKind.ORIGIN_GONE)]
    for change in told:
        line = json.dumps(fields(change), ensure_ascii=False) if style is WatchFormat.JSONL else sentence(change)
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    say(
        f"{case}: {seen.added} added, {seen.known} already there, {len(seen.failures)} failed;"
        f" the next feed is due in {seen.wait:,.0f} s"
    )
