"""What a whole export is about, besides the records in it."""

from dataclasses import dataclass

from tallystick.model.dossier import Dossier

__all__ = ["Subject"]


@dataclass(frozen=True, slots=True)
class Subject:
    """The case that is exported.

    Attributes:
        dossier: What it is about.
        version: Version of Tallystick that writes it ("0.1.0").
        made: When the case last changed by its custody log, UTC, ISO 8601 ("2026-11-26T13:05:09Z"): where a format
            needs a time it is this one, so that the same case gives the same bytes.
        digest: SHA-256 in hex of the dossier's file and of those that it uses.
    """

    dossier: Dossier
    version: str
    made: str
    digest: str = ""
