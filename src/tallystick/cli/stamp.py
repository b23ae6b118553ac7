"""`tallystick stamp`: an RFC 3161 time-stamp over the custody log, asked for and kept; sent by the user."""

from pathlib import Path
from typing import Annotated

import typer

from tallystick.cli.messages import say
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption
from tallystick.errors import StampError
from tallystick.storage.case import Case
from tallystick.storage.stamping import request, stamped

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick stamp --case my-case --request head.tsq

  curl -H 'Content-Type: application/timestamp-query' --data-binary @head.tsq https://tsa.example/ > head.tsr

  tallystick stamp --case my-case --response head.tsr --certificate tsa-root.pem

Needs the extra `timestamps`. Without --certificate the signature is not checked, only what it is over."""


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("stamp", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    query: Annotated[Path | None, typer.Option("--request", metavar="FILE", help="Where to write the request.")] = None,
    answer: Annotated[
        Path | None, typer.Option("--response", metavar="FILE", help="What the authority answered, to be kept.")
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", metavar="FILE", help="PEM of the authority's root.")
    ] = None,
) -> None:
    """Write a request for a time-stamp over the custody log, or keep the answer to one."""
    if (query is None) == (answer is None):
        raise typer.BadParameter("give one of --request and --response")
    try:
        if query is not None:
            with Case.open(case, read_only=True) as opened:
                head = opened.custody()[-1]
            query.write_bytes(request(head.hash))
            say(f"{case}: a request over entry {head.number} of the custody log; nothing was sent")
            typer.echo(query)
        elif answer is not None:
            content = answer.read_bytes()
            roots = None if certificate is None else certificate.read_bytes()
            with Case.open(case, keeper=operator()) as opened:
                stamp = stamped(content, opened.custody(), roots)
                opened.keep_stamp(content, stamp)
            checked = "its signature holds" if stamp.signed else "its signature was not checked"
            typer.echo(f"{case}: entry {stamp.entry} of the custody log was there at {stamp.time}; {checked}")
    except OSError as error:
        raise StampError(f"{error.filename}: {error.strerror or error}") from error
