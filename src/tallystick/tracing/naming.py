"""Words for the reasons of edges and origins: a telling comes in, a phrase that names its evidence goes out."""

from tallystick.tracing.tellings import Telling

__all__ = ["said_by", "what", "when_and_who"]

# A name or a noun phrase in a reason is cut here.
LONGEST = 60


def what(telling: Telling) -> str:
    """Give figure and counted: "5,000 military builders"; the figure alone where nothing is named."""
    return f"{telling.claim.figure} {_short(telling.claim.counted)}" if telling.claim.counted else telling.claim.figure


def said_by(telling: Telling) -> str:
    """Give the speaker as written; the outlet where it speaks in its own voice."""
    return _short(telling.naming) if telling.naming else telling.report.name


def when_and_who(telling: Telling) -> str:
    """Give speaker, report and date: "Sergei Shoigu in Volga Wire (2025-06-17)"."""
    date = telling.claim.stated or (telling.report.document.published or "")[:10]
    speaker = f"{said_by(telling)} in " if telling.naming else ""
    return f"{speaker}{telling.report.name}" + (f" ({date})" if date else "")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
