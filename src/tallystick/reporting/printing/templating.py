"""Templates of the user's own: text of a template comes in, what it makes goes out, or one error with its line.

They run in a sandbox that reaches nothing but what it is given: a template may come from a colleague's mail.
"""

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jinja2 import BaseLoader, DictLoader, Environment, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tallystick.errors import TemplateError as FaultyTemplateError

__all__ = ["drawn", "sandbox", "text_of"]

# Seconds: the page of the largest report takes three; a template that runs longer never ends.
LONGEST = 60.0
# Characters of what a template makes: twenty times the page of the largest report.
MOST = 100_000_000
# The name under which errors of a template tell its lines.
NAME = "template"


def text_of(template: bytes) -> str:
    """Give a template as text.

    Raises:
        TemplateError: Where it is not UTF-8.
    """
    try:
        return template.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FaultyTemplateError(f"it is no text in UTF-8 (byte {error.start:,})") from error


def sandbox(
    text: str, finalize: Callable[[Any], Any] | None = None, *, markup: bool = False, loader: BaseLoader | None = None,
    equip: Callable[[Environment], None] | None = None,
) -> Template:  # fmt: skip
    """Give a template that can reach what it is given and nothing else.

    Args:
        text: Its text.
        finalize: What every value goes through that it prints; None prints them as they are.
        markup: Whether values are escaped as HTML.
        loader: Where the templates lie that it may include; None lets it include none.
        equip: Adds filters and functions; None adds none.

    Raises:
        TemplateError: Where it cannot be read.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=loader or DictLoader({}), autoescape=markup, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=finalize, keep_trailing_newline=True,
    )  # fmt: skip
    if equip is not None:
        equip(environment)
    try:
        return environment.from_string(text)
    except TemplateSyntaxError as error:
        raise FaultyTemplateError(f"line {error.lineno}: {error.message}") from error


def drawn(template: Template, values: Mapping[str, Any]) -> str:
    """Give what a template makes of some values.

    Raises:
        TemplateError: Where it asks for what there is not, for what it may not have, or never ends.
    """
    try:
        with _within(LONGEST):
            return "".join(_bounded(template.generate(values)))
    except TimeoutError as error:
        told = f"it is not done after {LONGEST:g} seconds; does a loop of it never end?"
        raise FaultyTemplateError(f"{_line(error)}{told}") from error
    except SecurityError as error:
        raise FaultyTemplateError(f"{_line(error)}it asks for what a template may not have: {error}") from error
    except TemplateNotFound as error:
        raise FaultyTemplateError(f"{_line(error)}there is no '{error.name}' that it may include") from error
    except RecursionError as error:
        raise FaultyTemplateError(f"{_line(error)}it calls itself without an end") from error
    except MemoryError as error:
        raise FaultyTemplateError(f"{_line(error)}what it makes is too large") from error
    except (TemplateError, TypeError, ValueError, KeyError, AttributeError, ZeroDivisionError, OverflowError) as error:
        raise FaultyTemplateError(f"{_line(error)}{error}") from error


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    """What a template makes, as long as it has an end.

    Raises:
        MemoryError: Where it has more than `MOST` characters.
    """
    left = MOST
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise MemoryError
        yield piece


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Let what is inside last so long; only where the system has alarms, which reach the main thread alone.

    Raises:
        TimeoutError: Within what is inside.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(_signal: int, _frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _line(error: BaseException) -> str:
    """The last line of the template that led to an error, as the beginning of a sentence."""
    trace, found = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return f"line {found}: " if found else ""
