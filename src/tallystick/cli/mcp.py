"""`tallystick mcp`: a case for language models, by the Model Context Protocol."""

from enum import StrEnum
from typing import Annotated

import typer

from tallystick.cli.messages import say
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption
from tallystick.errors import ExtraMissingError

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick mcp --case my-case

  tallystick mcp --case my-case --transport http --port 8351

A client starts the first one itself and speaks over its standard streams. HTTP is reached by this machine alone, unless
--host says otherwise; then clients must send the bearer token that TALLYSTICK_MCP_TOKEN holds."""


class Transport(StrEnum):
    """How clients speak to the server."""

    STDIO = "stdio"
    HTTP = "http"


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("mcp", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    transport: Annotated[
        Transport, typer.Option("--transport", help="Standard streams of this process, or streamable HTTP.")
    ] = Transport.STDIO,
    host: Annotated[
        str, typer.Option("--host", help="Where HTTP listens; the default is reached by this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Its port; 0 takes a free one.")] = 8351,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="A name by which clients reach it; can be given again."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Let clients add reports and judge claims and steps.")] = False,
) -> None:
    """Serve a case to language models, every number with its quotation; read-only unless --write is given."""
    try:
        # Here and not above: the extra may be missing, and no other command should wait for it.
        from tallystick.mcp_server import serving  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "tallystick":
            raise
        raise ExtraMissingError("the MCP server", "mcp") from error
    if transport is Transport.STDIO:
        serving.serve_stdio(case, operator(), writes=write)
    else:
        serving.serve_http(case, serving.Place(host, port, tuple(name or ())), operator(), writes=write, say=say)
