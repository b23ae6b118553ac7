"""Texts and addresses as paper takes them: those of a brief come in, legible ones of a bounded length go out."""

from urllib.parse import urlsplit

from tallystick.reporting.wording import count, legible

__all__ = ["openable", "printed"]

# Characters of one text on paper. The longest sentence of a report has some 800; what is longer was no sentence.
LONGEST = 3000
SCHEMES = ("http", "https")


def printed(text: str) -> str:
    """Give `text` without signs that turn, hide or break what stands beside it, cut where it has no end."""
    if len(text) <= LONGEST:
        return legible(text)
    return f"{legible(text[:LONGEST])} … (and {count(len(text) - LONGEST, 'more character')})"


def openable(url: str) -> str:
    """Give an address where a reader may follow it; "" where not."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    safe = parts.scheme in SCHEMES and parts.netloc and url.isprintable() and len(url) <= LONGEST
    return url if safe else ""
