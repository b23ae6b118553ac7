"""`tallystick serve`: the workbench, where a case is read and reviewed in the browser."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tallystick.cli.messages import say
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption
from tallystick.cli.stopping import stopping
from tallystick.cli.web import AllowHostOption
from tallystick.errors import ServingError

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick serve --case my-case

  tallystick serve --case my-case --host 0.0.0.0 --certificate server.pem --key server.key --name bench.example.org

The first start prints a one-time link that makes the administrator. The secret of single sign-on is taken from the
environment: TALLYSTICK_OIDC_SECRET."""
# A secret on the command line could be read by everybody on the machine, and one in tallystick.toml is soon shared.
SECRET = "TALLYSTICK_OIDC_SECRET"  # noqa: S105 - the name of the variable, not what it holds


class Newcomers(StrEnum):
    """Role of those whom only the issuer knows."""

    NONE = "none"
    READER = "reader"
    ANALYST = "analyst"


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("serve", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; the default is reached by this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")] = 8350,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="A name by which browsers reach it; can be given again."),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", metavar="FILE", help="PEM of the certificate for TLS.")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help="PEM of its key.")] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy before it speaks TLS and sets X-Forwarded-For.")
    ] = False,
    new_administrator: Annotated[
        bool, typer.Option("--new-administrator", help="Print a one-time link for one, as the first start does.")
    ] = False,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Let analysts give addresses, which this machine then fetches.")
    ] = False,
    allow_host: AllowHostOption = None,
    api_rate: Annotated[
        int,
        typer.Option("--api-rate", min=0, metavar="N", help="Requests a minute of one token to the API; 0 for any."),
    ] = 600,
    oidc_issuer: Annotated[
        str | None, typer.Option("--oidc-issuer", metavar="URL", help="Issuer for single sign-on (OpenID Connect).")
    ] = None,
    oidc_client: Annotated[
        str | None, typer.Option("--oidc-client", metavar="ID", help="How the issuer knows this workbench.")
    ] = None,
    oidc_newcomers: Annotated[
        Newcomers,
        typer.Option("--oidc-newcomers", help="Role of those whom the issuer knows and no administrator has linked."),
    ] = Newcomers.NONE,
) -> None:
    """Serve the workbench of a case: review in the browser."""
    if (oidc_issuer is None) != (oidc_client is None):
        raise typer.BadParameter("single sign-on takes both --oidc-issuer and --oidc-client")
    try:
        # Here and not above: the extra may be missing, and no other command should wait for the web framework.
        from tallystick.workbench import serving  # noqa: PLC0415
        from tallystick.workbench.access.visitors import Role  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "tallystick":
            raise
        raise ServingError("the workbench needs the extra `workbench`: pip install 'tallystick[workbench]'") from error
    single = None
    if oidc_issuer is not None and oidc_client is not None:
        newcomers = None if oidc_newcomers is Newcomers.NONE else Role(oidc_newcomers)
        single = serving.SingleSignOn(oidc_issuer, oidc_client, os.environ.get(SECRET, ""), newcomers)
    place = serving.Place(host, port, tuple(name or ()), certificate, key, behind_proxy, api_rate)
    fetching = serving.Fetching(fetch, tuple(one for given in allow_host or () for one in given.split(",")))
    with stopping() as stop:
        serving.serve(
            case, place, single, by=operator().operator, fetching=fetching, another=new_administrator, say=say,
            on_stop=stop.calls.append,
        )  # fmt: skip
