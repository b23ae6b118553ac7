"""`tallystick propose`: a language model as a second reader, whose proposals wait for a person."""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

import typer

from tallystick.cli.messages import DOCUMENT_FAILED, bar, say
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption
from tallystick.errors import EndpointError
from tallystick.llm.proposing import Plan, Step, compare_again, plan, propose
from tallystick.model.progress import Progress
from tallystick.pipeline import subject_of
from tallystick.reporting.wording import count
from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick propose --case my-case --endpoint http://127.0.0.1:8080/v1 --model qwen3-8b

  tallystick propose --case my-case --endpoint https://llm.example.org/v1 --model large --price-in 2.5 --price-out 10

What would leave the machine is printed first, and nothing is sent until that is agreed to. A key is taken from the
environment: TALLYSTICK_LLM_KEY. An endpoint on this machine needs none."""
# A key on the command line could be read by everybody on the machine, and one in tallystick.toml is soon shared.
KEY = "TALLYSTICK_LLM_KEY"
MILLION = 1_000_000


@dataclass
class _Sums:
    """What has come of the reports so far."""

    told: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failures: list[Step] = field(default_factory=list)

    def count(self, step: Step) -> None:
        """Count what came of one report."""
        if step.asking is None or step.compared is None:
            self.failures.append(step)
            say(f"tallystick: {step.document}: {step.failure}")
            return
        compared, asking = step.compared, step.asking
        self.told.update(
            reports=1, requests=asking.requests, proposals=len(asking.claims), agreed=len(compared.agreed),
            differing=len(compared.differing), model=len(compared.only_model),
            rules=len(compared.only_rules) if asking.whole else 0,
            tokens_in=asking.tokens_in or 0, tokens_out=asking.tokens_out or 0,
            untold=asking.tokens_in is None or asking.tokens_out is None,
        )  # fmt: skip
        self.refused.update(one.kind.value for one in asking.refusals)


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("propose", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    endpoint: Annotated[
        str, typer.Option("--endpoint", metavar="URL", help="Base address of the endpoint.", show_default=False)
    ],
    model: Annotated[str, typer.Option("--model", metavar="NAME", help="Name of the model there.", show_default=False)],
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="Most reports to ask about.", show_default=False)
    ] = None,
    documents: Annotated[
        list[str] | None,
        typer.Option("--documents", metavar="ID", help="Ask about this report alone; can be given again."),
    ] = None,
    price_in: Annotated[
        float | None,
        typer.Option("--price-in", min=0, metavar="PRICE", help="Of a million tokens sent.", show_default=False),
    ] = None,
    price_out: Annotated[
        float | None,
        typer.Option("--price-out", min=0, metavar="PRICE", help="Of a million tokens written.", show_default=False),
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="Seconds that one answer may take.")] = 120.0,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
) -> None:
    """Have a language model read the reports too; nothing that it proposes counts until a person accepts it."""
    try:
        # Here and not above: the extra may be missing, and no other command needs it.
        from tallystick.llm.endpoint import Endpoint, place_of  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "tallystick":
            raise
        raise EndpointError(endpoint, "asking it needs the extra `llm`: pip install 'tallystick[llm]'") from error
    place = place_of(endpoint, model, os.environ.get(KEY, ""), timeout)
    with Case.open(case, keeper=operator()) as held:
        subject = subject_of(held)
        planned = plan(held, subject, place.host, model, documents=documents or (), limit=limit)
        compare_again(held)
        _announce(planned, place.url, price_in, price_out)
        if planned.documents and place.url.startswith("http://") and not place.local:
            say("  it is sent in the clear: whoever is on the way can read it, and the key")
        if not planned.documents or not _agreed(yes):
            return
        sums = _Sums()
        try:
            with bar("asking") as progress, Endpoint(place) as asker:
                for step in propose(held, subject, planned, asker):
                    sums.count(step)
                    _advance(progress, planned, sums)
        finally:
            _sum_up(case, sums, price_in, price_out)
    if sums.failures:
        raise typer.Exit(DOCUMENT_FAILED)


def _advance(progress: Progress, planned: Plan, sums: _Sums) -> None:
    """Tell how far it is, by reports."""
    progress.advance()
    progress.reach(sums.told["reports"] + len(sums.failures), len(planned.documents))


def _announce(planned: Plan, url: str, price_in: float | None, price_out: float | None) -> None:
    """Say what would leave the machine."""
    reader = planned.reader
    if planned.known:
        say(f"left out: {count(planned.known, 'report')} asked about already with this model and prompt")
    if not planned.documents:
        say("no report is left to ask about; nothing is sent")
        return
    say(f"to {reader.endpoint} ({url}), model {reader.model}, prompt {reader.prompt} {reader.prompt_sha256[:12]}:")
    say(
        f"  {count(len(planned.documents), 'report')}, {planned.characters:,} characters of headlines and body,"
        f" in {count(planned.requests, 'request')}"
    )
    say(
        f"  about {planned.tokens:,} tokens with the instructions; the answers are at most {planned.most_written:,}"
        " tokens"
    )
    priced = _priced(planned.tokens, planned.most_written, price_in, price_out)
    say(f"  price: {'at most about ' + priced if priced else 'not known; give --price-in and --price-out'}")


def _priced(tokens_in: int, tokens_out: int, price_in: float | None, price_out: float | None) -> str:
    """A price in the unit of the prices given; empty where none is."""
    if price_in is None and price_out is None:
        return ""
    return f"{(tokens_in * (price_in or 0) + tokens_out * (price_out or 0)) / MILLION:,.4f}"


def _agreed(yes: bool) -> bool:
    """Whether it may be sent.

    Raises:
        typer.BadParameter: Where nobody can be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise typer.BadParameter("nothing is sent without consent, and there is no terminal to ask at; give --yes")
    return typer.confirm("Send this?", default=False, err=True)


def _sum_up(case: CaseAddress, sums: _Sums, price_in: float | None, price_out: float | None) -> None:
    """Say what came of it."""
    told = sums.told
    say(
        f"{case}: {count(told['reports'], 'report')} asked about, {len(sums.failures):,} failed;"
        f" {count(told['proposals'], 'proposal')}:"
        f" {told['agreed']:,} agree with the rules, {told['differing']:,} differ,"
        f" {told['model']:,} only the model has;"
        f" {count(told['rules'], 'claim')} only the rules have"
    )
    say(f"{case}: {sums.refused.total():,} refused{_listed(sorted(sums.refused.items()))}")
    unsure = f" ({count(told['untold'], 'report')} without a count)" if told["untold"] else ""
    priced = _priced(told["tokens_in"], told["tokens_out"], price_in, price_out)
    say(
        f"{case}: {told['tokens_in']:,} tokens sent, {told['tokens_out']:,} written, as the endpoint counts{unsure}"
        + (f"; price {priced}" if priced else "")
    )
    if told["differing"] or told["model"] or told["rules"]:
        say(f"{case}: what they disagree on comes first under Review in 'tallystick serve'")


def _listed(counts: Sequence[tuple[str, int]]) -> str:
    return f" ({', '.join(f'{count:,} {kind}' for kind, count in counts)})" if counts else ""
