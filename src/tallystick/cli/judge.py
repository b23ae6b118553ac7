"""`tallystick judge`: a reviewer decides about a step between two claims or reports, and everything follows."""

from typing import Annotated

import typer

from tallystick.cli.changes import write_changes
from tallystick.cli.messages import say, waiting
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption, ChangeFormat, ChangeOption, LedgerFormat, OutOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.inquiry.deciding import Decision, judge
from tallystick.inquiry.determining import determine
from tallystick.model.judgement import Judgement, Verdict
from tallystick.pipeline import opened
from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress

__all__ = ["add_to", "fields"]

EPILOG = """Examples:

  tallystick judge cut c-1f2e c-3d4c --case my-case --why "The ministry counted for itself."

  tallystick judge add herald-2 wire-1 --case my-case --why "The editor told us that it is the wire's text."

  tallystick judge confirm c-1f2e c-3d4c --case my-case --why "Both quote the same briefing."

  tallystick judge withdraw c-1f2e c-3d4c --case my-case --why "The ministry corrected that."

  tallystick judge determine h-1f2e --case my-case --why "Committee report of 3 May 2026, paragraph 41."

  tallystick judge list --case my-case

A judgement is kept for good with its author, time and reason; the last one about two ids holds."""
COLUMNS = ("number", "made", "by", "verdict", "later", "earlier", "level", "why", "before", "after")
Later = Annotated[
    str, typer.Argument(metavar="LATER", help="Id of the claim or report that repeats, or its beginning.")
]
Earlier = Annotated[
    str, typer.Argument(metavar="EARLIER", help="Id of the claim or report that it goes back to, or its beginning.")
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; it is needed.", show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Add the command with its parts to `app`."""
    judging = typer.Typer(
        name="judge",
        help="Cut, add or confirm a step between two reports or claims, set what a body determined, or take that back.",
        epilog=EPILOG,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    judging.command("cut")(cut)
    judging.command("add")(add)
    judging.command("confirm")(confirm)
    judging.command("withdraw")(withdraw)
    judging.command("determine")(determined)
    judging.command("list")(judgements)
    app.add_typer(judging)


def cut(
    later: Later, earlier: Earlier, case: CaseOption, why: Why = "", style: ChangeOption = ChangeFormat.TEXT
) -> None:
    """Decide that LATER does not go back to EARLIER."""
    _decide(Verdict.CUT, later, earlier, case, why, style)


def add(
    later: Later, earlier: Earlier, case: CaseOption, why: Why = "", style: ChangeOption = ChangeFormat.TEXT
) -> None:
    """Decide that LATER goes back to EARLIER."""
    _decide(Verdict.ADDED, later, earlier, case, why, style)


def confirm(
    later: Later, earlier: Earlier, case: CaseOption, why: Why = "", style: ChangeOption = ChangeFormat.TEXT
) -> None:
    """Decide that the step from LATER back to EARLIER, which the rules found, holds for sure."""
    _decide(Verdict.CONFIRMED, later, earlier, case, why, style)


def withdraw(
    later: Later, earlier: Earlier, case: CaseOption, why: Why = "", style: ChangeOption = ChangeFormat.TEXT
) -> None:
    """Take back what was decided about LATER and EARLIER: the rules decide again."""
    _decide(Verdict.WITHDRAWN, later, earlier, case, why, style)


def determined(
    hit: Annotated[str, typer.Argument(metavar="HIT", help="Id of the hit, or its beginning; 'hits' lists them.")],
    case: CaseOption,
    why: Annotated[
        str, typer.Option("--why", metavar="TEXT", help="Who determined it, when, and where that is written; needed.",
                          show_default=False),
    ] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take it back: the facts told decide again.")] = False,
    style: ChangeOption = ChangeFormat.TEXT,
) -> None:  # fmt: skip
    """Note that a competent body has determined a provision to apply; no program sets that tier."""
    by = operator()
    with waiting("deriving anew"):
        decision = determine(case, hit, why, withdraw=withdraw, by=by)
    _tell(decision, case, style)


def judgements(case: CaseOption, style: LedgerFormat = TableFormat.TABLE, out: OutOption = "-") -> None:
    """List every judgement of a case, in order."""
    with opened(case, "judge list", by=operator()) as held:
        found = Case.judgements(held)
    write_rows([fields(judgement) for judgement in found], COLUMNS, style, out)


def fields(judgement: Judgement) -> dict[str, object]:
    """Give the outside record of `judgement`."""
    return {name: getattr(judgement, name) for name in COLUMNS}


def _decide(verdict: Verdict, later: str, earlier: str, case: CaseAddress, why: str, style: ChangeFormat) -> None:
    """Judge, and say what moved."""
    by = operator()
    with waiting("deriving anew"):
        decision = judge(case, verdict, later, earlier, why, by=by)
    _tell(decision, case, style)


def _tell(decision: Decision, case: CaseAddress, style: ChangeFormat) -> None:
    """Say what was decided and what moved."""
    made = decision.judgement
    nameless = "" if made.by else "; nobody is named in it: 'operator' in the settings names you"
    was, now = made.before or "no step", made.after or "no step"
    say(f"{case}: judgement {made.number}: {made.later} -> {made.earlier} {made.verdict} ({was} -> {now}){nameless}")
    if not decision.changes:
        say(f"{case}: nothing else moved; what joins the two besides, 'tallystick origins' shows")
    write_changes(decision.changes, style)
