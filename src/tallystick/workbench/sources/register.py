"""The register of a case: its outlets and speakers as written and a dossier come in, one entry for each party goes out.

An outlet that the dossier does not list is F, which says that it cannot be judged, never that it is bad.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tallystick.model.dossier import Actor, Dossier, Source, Tenure
from tallystick.storage.views.sources import Outlet, Speaker
from tallystick.tracing.outlets import Outlets
from tallystick.tracing.voices import VoiceKind, Voices
from tallystick.values.names import fold
from tallystick.values.periods import Period, period

__all__ = ["LETTERS", "Entry", "Names", "Register", "Speaking", "register"]

# The Admiralty code of reliability, in the words of the glossary.
LETTERS = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "not gradable",
}  # fmt: skip
UNLISTED = "The dossier does not list it, so it cannot be graded; that says nothing against it."
NO_REASON = "The register gives no reason for it."
NAMELESS = "reports that name no outlet"
# Spellings of one party that are shown, the most frequent first.
MOST_SPELLINGS = 6


class Spelling(NamedTuple):
    """A name as reports write it, and how many figures stand under it."""

    name: str
    claims: int


class Entry(NamedTuple):
    """One outlet.

    Attributes:
        name: As the dossier has it, else as reports write it.
        letter: Its reliability, A to F.
        source: What the dossier says of it, or None where it lists none.
        why: Why it has that letter.
        spellings: As reports write it, the most frequent first.
        more: How many spellings are left out.
        reports: How many reports.
        claims: How many figures.
        first: How many of them are the earliest of their origin.
    """

    name: str
    letter: str
    source: Source | None
    why: str
    spellings: tuple[Spelling, ...]
    more: int
    reports: int
    claims: int
    first: int

    @property
    def repeats(self) -> int:
        """How many of its figures repeat an earlier one."""
        return self.claims - self.first

    @property
    def family(self) -> str:
        """The newsroom whose copy it publishes, or ""."""
        return (self.source.family or "") if self.source else ""


class Speaking(NamedTuple):
    """One speaker.

    Attributes:
        name: As the dossier has it, else as reports write it most.
        actor: Who it is in the dossier, or None where it lists none.
        offices: The offices held when the figures were published, and those of which that is not known.
        spellings: As reports write it, the most frequent first.
        more: How many spellings are left out.
        claims: How many figures.
        origins: In how many origins.
        begin: When the first report with such a figure was published, or None.
        end: When the last one was, or None.
    """

    name: str
    actor: Actor | None
    offices: tuple[Tenure, ...]
    spellings: tuple[Spelling, ...]
    more: int
    claims: int
    origins: int
    begin: str | None
    end: str | None


class Register(NamedTuple):
    """Everybody who publishes and who speaks in a case.

    Attributes:
        outlets: The outlets, those with most reports first.
        speakers: The speakers, those with most figures first.
        families: Newsrooms shared by outlets of the case, with how many of its outlets.
    """

    outlets: tuple[Entry, ...]
    speakers: tuple[Speaking, ...]
    families: tuple[tuple[str, int], ...]


class Names:
    """Which names are one party by a dossier; who is behind a name is found out once."""

    def __init__(self, dossier: Dossier) -> None:
        """Index the names of `dossier`."""
        self.dossier = dossier
        self.outlets = Outlets(dossier)
        self.voices = Voices(dossier)


def register(outlets: Iterable[Outlet], speakers: Iterable[Speaker], names: Names) -> Register:
    """Give the register of a case.

    Args:
        outlets: Its outlets as written.
        speakers: Its speakers as written.
        names: Tells which names are one party.
    """
    entries = _entries(outlets, names)
    families = Counter(entry.family for entry in entries if entry.family)
    return Register(entries, _speaking(speakers, names), tuple(sorted(families.items())))


def _entries(outlets: Iterable[Outlet], names: Names) -> tuple[Entry, ...]:
    index, dossier = names.outlets, names.dossier
    listed = {" ".join(fold(source.name)): source for source in dossier.sources}
    held: dict[str, list[Outlet]] = {}
    for outlet in outlets:
        # A name without a letter in it, "***", is a name of its own.
        held.setdefault((index.key(outlet.name) or outlet.name), []).append(outlet)
    made = [_entry(listed.get(key), own) for key, own in held.items()]
    return tuple(sorted(made, key=lambda one: (-one.reports, one.name.casefold(), one.name)))


def _entry(source: Source | None, own: Sequence[Outlet]) -> Entry:
    spellings, more = _spellings((one.name, one.claims) for one in own if one.name)
    name = source.name if source else spellings[0].name if spellings else NAMELESS
    return Entry(
        name, source.reliability if source else "F", source, (source.note or NO_REASON) if source else UNLISTED,
        spellings, more,
        sum(one.reports for one in own), sum(one.claims for one in own), sum(one.first for one in own),
    )  # fmt: skip


def _speaking(speakers: Iterable[Speaker], names: Names) -> tuple[Speaking, ...]:
    voices, dossier = names.voices, names.dossier
    actors = {actor.id: actor for actor in dossier.actors}
    held: dict[tuple[bool, str], list[Speaker]] = {}
    for speaker in speakers:
        voice = voices.voice(speaker.name)
        # Only the dossier says that two names are one; "officials" of two places are not.
        known = voice is not None and voice.kind is VoiceKind.ACTOR
        held.setdefault((known, voice.key if known and voice else speaker.name), []).append(speaker)
    made = [_speaker(actors.get(key) if known else None, own, dossier) for (known, key), own in held.items()]
    return tuple(sorted(made, key=lambda one: (-one.claims, one.name.casefold(), one.name)))


def _speaker(actor: Actor | None, own: Sequence[Speaker], dossier: Dossier) -> Speaking:
    spellings, more = _spellings((one.name, one.claims) for one in own)
    begin = min((one.begin for one in own if one.begin), default=None)
    end = max((one.end for one in own if one.end), default=None)
    offices = () if actor is None else _offices(actor, dossier, begin, end)
    return Speaking(
        actor.name if actor else spellings[0].name, actor, offices, spellings, more,
        sum(one.claims for one in own), sum(one.origins for one in own), begin, end,
    )  # fmt: skip


def _spellings(named: Iterable[tuple[str, int]]) -> tuple[tuple[Spelling, ...], int]:
    """The names, the most frequent first, and how many are left out."""
    held = sorted((Spelling(*one) for one in named), key=lambda one: (-one.claims, one.name))
    return tuple(held[:MOST_SPELLINGS]), max(0, len(held) - MOST_SPELLINGS)


def _offices(actor: Actor, dossier: Dossier, begin: str | None, end: str | None) -> tuple[Tenure, ...]:
    """The terms of somebody that meet the days of the figures."""
    first, last = period(begin), period(end)
    days = Period(first.first, last.last) if first and last else None
    return tuple(one for one in dossier.tenures if one.actor == actor.id and _meets(one, days))


def _meets(tenure: Tenure, days: Period | None) -> bool:
    if days is None:
        return True
    start, end = period(tenure.start), period(tenure.end)
    return (start is None or start.first <= days.last) and (end is None or end.last >= days.first)
