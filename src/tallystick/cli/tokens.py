"""`tallystick token`: what programs ask the API of a workbench with."""

from datetime import UTC, datetime, timedelta
from secrets import token_bytes
from typing import Annotated

import typer

from tallystick.cli.messages import say
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption, LedgerFormat, OutOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.errors import AccountError
from tallystick.storage.accounts import deeds, people, tokens
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.views.view import Views

__all__ = ["add_to"]

EPILOG = """Examples:

  tallystick token add --case my-case --person ana --name nightly --scope read

  tallystick token list --case my-case

  tallystick token revoke 1 --case my-case

A token belongs to an account of the workbench, which its owner makes from the link that 'tallystick serve' prints or an
administrator gives. It may do what its scopes say (read, ingest, review), and never more than its owner."""
COLUMNS = ("number", "owner", "label", "hint", "scopes", "made", "expires", "used", "revoked")
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Its number, from 'tallystick token list'.")]
# Days that a token lasts, where nothing is said, and at most: what nobody renews should end.
USUAL, MOST = 90, 3650


def add_to(app: typer.Typer) -> None:
    """Add the command with its parts to `app`."""
    letting = typer.Typer(
        name="token", help="Let a program ask the API in somebody's name: add, list or revoke its token.",
        epilog=EPILOG, no_args_is_help=True, rich_markup_mode=None,
    )  # fmt: skip
    letting.command("add")(add)
    letting.command("list")(listed)
    letting.command("revoke")(revoke)
    app.add_typer(letting)


def add(
    case: CaseOption,
    person: Annotated[str, typer.Option("--person", metavar="NAME", help="Name of the account that it belongs to.")],
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="What it is for.")],
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", metavar="SCOPE", help="read, ingest or review; may be given again; read unasked."),
    ] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=MOST, help="Days that it lasts.")] = USUAL,
) -> None:
    """Make a token; it is printed once, and kept as a hash alone."""
    now, by = datetime.now(UTC), operator().operator
    secret = tokens.minted(token_bytes(tokens.BYTES))
    with _accounts(case) as file:
        owner = people.by_name(file, person)
        if owner is None:
            raise AccountError(f"{person}: there is no account of this name; 'tallystick serve' lets one be made")
        made = tokens.add(
            file, owner.number, secret, now, label=name, scopes=scope or [tokens.READ],
            expires=now + timedelta(days=days),
        )  # fmt: skip
        deeds.note(file, now, by, "token made", f"token {made.number}", f"{made.label}, for {made.owner}")
    say(f"token {made.number} of {made.owner} may {', '.join(made.scopes)} until {(made.expires or '')[:10]}:")
    typer.echo(secret)


def listed(case: CaseOption, style: LedgerFormat = TableFormat.TABLE, out: OutOption = "-") -> None:
    """List the tokens of a case, without what proves them."""
    with _accounts(case) as file:
        found = tokens.tokens(file)
    write_rows([{name: getattr(one, name) for name in COLUMNS} for one in found], COLUMNS, style, out)


def revoke(number: Number, case: CaseOption) -> None:
    """Make a token worth nothing, from its next request on."""
    now, by = datetime.now(UTC), operator().operator
    with _accounts(case) as file:
        gone = tokens.revoke(file, number, now)
        deeds.note(file, now, by, "token revoked", f"token {gone.number}", f"{gone.label}, of {gone.owner}")
    say(f"token {gone.number} of {gone.owner}, {gone.label}: revoked")


def _accounts(case: CaseAddress) -> Accounts:
    """The accounts of a case that there is."""
    Views(case).close()
    return Accounts(case)
