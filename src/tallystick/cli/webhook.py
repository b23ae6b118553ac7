"""`tallystick webhook`: addresses that a workbench tells what changed."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from tallystick.cli.messages import say
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption, LedgerFormat, OutOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.cli.web import AllowHostOption
from tallystick.storage.accounts import deeds, hooks
from tallystick.storage.accounts.hooks import Hook
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.views import changes
from tallystick.storage.views.view import Views
from tallystick.workbench.hooks import delivering, signing

__all__ = ["add_to"]

EPILOG = """Examples:

  tallystick webhook add https://desk.example.org/tallystick --case my-case --kind estimate --kind flag

  tallystick webhook list --case my-case

  tallystick webhook test 1 --case my-case

  tallystick webhook remove 1 --case my-case

'tallystick serve' sends what changes from then on, signed as Standard Webhooks does, and tries again where it is not
taken. Nothing is sent while it does not run."""
COLUMNS = ("number", "url", "kinds", "by", "made", "last", "failures", "due", "said", "stopped")
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Its number, from 'tallystick webhook list'.")]


def add_to(app: typer.Typer) -> None:
    """Add the command with its parts to `app`."""
    telling = typer.Typer(
        name="webhook", help="Tell an address what changed in a case: add, list, test, resume or remove it.",
        epilog=EPILOG, no_args_is_help=True, rich_markup_mode=None,
    )  # fmt: skip
    telling.command("add")(add)
    telling.command("list")(listed)
    telling.command("test")(greet)
    telling.command("resume")(resume)
    telling.command("remove")(remove)
    app.add_typer(telling)


def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where to; https, unless its host is allowed by name.")],
    case: CaseOption,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="A kind of change (estimate, flag, ...); may be given again."),
    ] = None,
    allow_host: AllowHostOption = None,
) -> None:
    """Tell an address what changes from now on; the secret that its messages are signed with is printed once."""
    kinds = tuple(kind or ())
    delivering.require_address(url, kinds, _hosts(allow_host))
    views = Views(case)
    try:
        with views.moment() as view:
            last = changes.last(view)
    finally:
        views.close()
    by, now = operator().operator, datetime.now(UTC)
    with Accounts(case) as file:
        hook = hooks.add(file, url, signing.new_secret(), now, kinds=kinds, by=by, last=last)
        deeds.note(file, now, by, "add webhook", url, ", ".join(kinds))
    say(f"webhook {hook.number}: {url} is told what changes while 'tallystick serve' runs; its secret:")
    typer.echo(hook.secret)


def listed(case: CaseOption, style: LedgerFormat = TableFormat.TABLE, out: OutOption = "-") -> None:
    """List the webhooks of a case, without their secrets."""
    with _accounts(case) as file:
        found = hooks.hooks(file)
    write_rows([{name: getattr(hook, name) for name in COLUMNS} for hook in found], COLUMNS, style, out)


def greet(number: Number, case: CaseOption, allow_host: AllowHostOption = None) -> None:
    """Send a webhook a message without changes, and say what it answers."""
    with _accounts(case) as file:
        hook = next((one for one in hooks.hooks(file) if one.number == number), None)
    if hook is None:
        raise typer.BadParameter(f"there is no webhook {number}; 'tallystick webhook list' shows those that there are")
    status = delivering.greet(hook, delivering.Poster(_hosts(allow_host)), case.name, datetime.now(UTC))
    say(f"webhook {number}: {hook.url} answered {status}")
    if status not in delivering.TAKEN:
        raise typer.Exit(1)


def resume(number: Number, case: CaseOption) -> None:
    """Take up a webhook again that was given up; it is told everything since."""
    with _accounts(case) as file:
        _noted(file, "resume webhook", hooks.resume(file, number))


def remove(number: Number, case: CaseOption) -> None:
    """Remove a webhook."""
    with _accounts(case) as file:
        _noted(file, "remove webhook", hooks.remove(file, number))


def _noted(file: Accounts, action: str, hook: Hook) -> None:
    deeds.note(file, datetime.now(UTC), operator().operator, action, hook.url)
    say(f"webhook {hook.number}: {action.partition(' ')[0]}d, {hook.url}")


def _accounts(case: CaseAddress) -> Accounts:
    """The accounts of a case that there is."""
    Views(case).close()
    return Accounts(case)


def _hosts(allowed: list[str] | None) -> tuple[str, ...]:
    return tuple(name for given in allowed or () for name in given.split(","))
