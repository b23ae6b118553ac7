"""Dates as exports, feeds and mails write them: one comes in, the same in ISO 8601 goes out."""

from datetime import date, datetime
from email.utils import parsedate_to_datetime

__all__ = ["iso"]

# The longest form ("Tuesday, 17 June 2025 08:15:00.000000 +0300 (MSK)") has 50 marks.
LONGEST = 80


def iso(value: str) -> str | None:
    """Give a date or time in ISO 8601, or None where `value` is none.

    Read are ISO 8601 in its long and short forms ("20250617T081500Z"), with a space for the T and with " UTC" for the
    zone, fourteen digits, and the dates of mail and RSS ("Tue, 17 Jun 2025 08:15:00 +0300"). A time without a zone
    stays one without; a day without a time stays a day. "17/06/2025" is not read: it may be another day elsewhere.
    """
    bare = value.strip()
    if not bare or len(bare) > LONGEST or not bare.isascii():
        return None
    bare = bare.removesuffix(" UTC") + "Z" if bare.endswith(" UTC") else bare
    try:
        return date.fromisoformat(bare).isoformat()
    except ValueError:
        pass
    try:
        return _written(datetime.fromisoformat(bare.replace(" +", "+")))
    except ValueError:
        pass
    if len(bare) == len("20250617081500") and bare.isdigit():
        try:  # GDELT's DATE and DATEADDED: without a zone; its codebook says UTC
            return datetime.strptime(f"{bare}+0000", "%Y%m%d%H%M%S%z").isoformat().replace("+00:00", "Z")
        except ValueError:
            return None
    if bare[0].isdigit() and bare[4:5] == "-":
        return None
    try:
        return _written(parsedate_to_datetime(bare.removesuffix("Z") + " +0000" if bare.endswith("Z") else bare))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(moment: datetime) -> str:
    """The time, to the second where it has no fraction; UTC as "Z"."""
    return moment.isoformat().replace("+00:00", "Z")
