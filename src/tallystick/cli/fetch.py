"""`tallystick fetch`: reports from the web into a case."""

from typing import Annotated

import typer

from tallystick.cli.messages import bar, say
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption, DossierOption
from tallystick.cli.run import tell
from tallystick.cli.stopping import stopping
from tallystick.cli.web import AllowHostOption, web_of
from tallystick.pipeline import run
from tallystick.reading.received import Address
from tallystick.reading.web.following import LIMIT, Following

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick fetch https://example.org/news/1 --case my-case

  tallystick fetch https://example.org/feed.xml --case my-case --limit 50

  tallystick fetch addresses.txt --case my-case

What a feed, a sitemap or a list names is fetched too. Every host is asked at most once in two seconds, and only what
its robots.txt allows. Machines in private networks are asked only where --allow-host names them."""
SCHEME = "://"


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("fetch", epilog=EPILOG)(command)


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="URL|FILE...", help="Addresses of pages, feeds or sitemaps, or files that name some."),
    ],
    case: CaseOption,
    dossier: DossierOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most addresses fetched.")] = LIMIT,
    allow_host: AllowHostOption = None,
) -> None:
    """Fetch reports, and what feeds, sitemaps and lists name, and read them into a case."""
    given = [Address(one, one) if SCHEME in one else one for one in inputs]
    with stopping() as stop:
        web = web_of(stop, allow_host)
        with bar("fetching") as progress:
            fetch = Following(web.fetch, progress, limit)
            outcome = run(given, case, dossier, progress=progress, by=operator(), fetch=fetch)
    if stop.asked:
        say(f"{case}: stopped; what was fetched is kept, and the same command fetches the rest")
    tell(outcome, case)
