"""The command line: one file a command; output on standard output, everything else on standard error."""

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import typer

from tallystick.cli.messages import USAGE, say
from tallystick.errors import TallystickError
from tallystick.settings import defaults

__all__ = ["application", "main"]

# In the order in which the help lists them.
COMMANDS = (
    "run", "batch", "fetch", "watch", "read", "extract", "quantities", "attributions", "report", "show", "origins",
    "estimates", "explain", "flags", "hits", "provisions", "sources", "tenures", "fuse", "diff", "without", "judge",
    "propose", "export", "import", "custody", "verify", "bundle", "copy", "stamp", "lint", "demo", "serve", "mcp",
    "token", "webhook", "settings",
)  # fmt: skip
# Files that are not named as their command: `import` is a word of Python.
FILES = {"import": "importing", "token": "tokens"}
# Exit status of a program that Ctrl-C has ended, as shells have it.
STOPPED = 130


def application(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """Give the command line with all commands, or with some, whose files alone are read."""
    app = typer.Typer(
        name="tallystick",
        help="Read news reports and tell for every number who counted, who copied, and what the figure is.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    # With a callback it stays a program with commands, however few there are.
    app.callback()(lambda: None)
    for name in names:
        import_module(f"{__name__}.{FILES.get(name, name)}").add_to(app)
    return app


def main() -> None:
    """Run the command line; an error of ours is one message and exit status 2, a defect keeps its traceback."""
    # To read all commands takes 2.3 s, most of them alone 1.4: whoever asks for one waits for that.
    asked = sys.argv[1:2]
    try:
        app = application(asked if asked and asked[0] in COMMANDS else COMMANDS)
        written = defaults(os.environ, Path.cwd())
        # An option that may be given again takes a list; of a text it would take every letter for one.
        fallback = {name: value.split(",") if name == "allow_host" else value for name, value in written.items()}
        # The demo keeps to its own folder: it must not put its invented reports into a case of the user's.
        names = [command.name for command in app.registered_commands if command.name != "demo"]
        grouped = {
            str(group.typer_instance.info.name): dict.fromkeys(
                (command.name for command in group.typer_instance.registered_commands), fallback
            )
            for group in app.registered_groups
            if group.typer_instance is not None
        }
        app(default_map=dict.fromkeys(names, fallback) | grouped)
    except TallystickError as error:
        say(f"tallystick: {error}")
        sys.exit(USAGE)
    except BrokenPipeError:
        # The reader of the pipe (`head`) has gone: nothing is wrong.
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        # While the command is read; from then on it ends as it sees fit.
        sys.exit(STOPPED)
