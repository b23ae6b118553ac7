"""What the identities look things up in: lines with their estimates come in, claims by text, voice and sort go out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tallystick.model.claim import Claim, Status
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Conflict, ConflictKind, Estimate
from tallystick.reconciliation.entries import CASUALTY, Entry
from tallystick.reconciliation.parts import Share
from tallystick.values.periods import Period
from tallystick.values.sums import is_summable, is_toll, sentences

__all__ = ["PEOPLE", "Books", "Remark", "contradiction", "figure", "meet", "population", "source"]

PEOPLE, OTHER = "people", "other"
PERSON = "person"
# Those among whom people of no listed sort may be counted.
PEOPLED = frozenset((PEOPLE, CASUALTY, OTHER))
# What nobody presents as his count cannot be out of balance.
STATED = frozenset((Status.ACTUAL, Status.PLANNED))
# A noun phrase or a name in a sentence is cut here.
LONGEST = 60
NOBODY = "One report"


class Remark(NamedTuple):
    """What is to be added to an estimate.

    Attributes:
        estimate: Its id.
        step: One sentence for its steps.
        conflict: What does not agree, or None where the figures only bound one another.
    """

    estimate: str
    step: str
    conflict: Conflict | None = None


class Books:
    """The lines of a case, as far as arithmetic ties them to one another.

    Figures that a later report corrects are left out, and so are those that nobody presents as a count or a plan.

    Attributes:
        estimates: The estimates by id.
        entries: What is left, in order of document and place.
        sentences: The same, sentence by sentence.
        watched: Whether the dossier watches one subject, so that country and place tell of which event a toll is.
    """

    def __init__(self, shares: Iterable[Share], estimates: Iterable[Estimate], dossier: Dossier) -> None:
        """Index the entries of `shares` by text and voice."""
        self.estimates: Mapping[str, Estimate] = {estimate.id: estimate for estimate in estimates}
        self.watched = bool(dossier.places)
        self._categories = {category.id: category for category in dossier.categories}
        self._lines: dict[str, str] = {}
        self._entries: dict[str, Entry] = {}
        for share in shares:
            for entry in share.entries:
                if entry.claim.status in STATED and not entry.revised and share.id in self.estimates:
                    self._lines[entry.claim.id] = share.id
                    self._entries[entry.claim.id] = entry
        self.entries = tuple(sorted(self._entries.values(), key=_place))
        self.sentences = tuple(sentences(entry.claim for entry in self.entries))

    def stale(self, entry: Entry) -> bool:
        """Whether an entry belongs to a count that is only the last known one; such a count bounds nothing."""
        return self.estimates[self._lines[entry.claim.id]].stale

    def line(self, claim: Claim) -> str:
        """Give the id of the estimate that holds a claim."""
        return self._lines[claim.id]

    def entry(self, claim: Claim) -> Entry:
        """Give the entry of a claim."""
        return self._entries[claim.id]

    def texts(self) -> Iterator[list[Entry]]:
        """Yield what one voice counts in one document, in order of place."""
        found: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            found[entry.claim.document, entry.voice].append(entry)
        yield from found.values()

    def sorts(self, category: str) -> frozenset[str]:
        """Give the categories of which a figure of `category` may be made, itself among them."""
        found = self._categories.get(category)
        return frozenset((category, *(() if found is None else found.parts)))

    def is_toll(self, claim: Claim) -> bool:
        """Whether a claim counts casualties of several outcomes together."""
        return is_toll(claim, self._categories.get(claim.category))

    def is_summable(self, claim: Claim) -> bool:
        """Whether the parts of a claim cannot exceed it."""
        return is_summable(claim, self._categories.get(claim.category))

    def akin(self, whole: Claim, part: Claim) -> bool:
        """Whether `part` may be a part of `whole` under another name: women are refugees, doctors people."""
        one, other = self.entry(whole), self.entry(part)
        same = whole.unit == part.unit == PERSON and part.status is whole.status and one.voice == other.voice
        return self.kin(whole, part) or (same and OTHER in (one.kind, other.kind) and {one.kind, other.kind} <= PEOPLED)

    def kin(self, whole: Claim, part: Claim) -> bool:
        """Whether `part` may be a part of `whole`: of its unit, status and voice, of a sort that it may hold."""
        return (
            part.unit == whole.unit
            and part.status is whole.status
            and part.category in self.sorts(whole.category)
            and self.entry(part).voice == self.entry(whole).voice
        )


def contradiction(kind: ConflictKind, reason: str, arithmetic: str, entries: Iterable[Entry]) -> Conflict:
    """Give the conflict of `entries`, with the arithmetic behind its reason."""
    held = tuple(entries)
    return Conflict(
        tuple(dict.fromkeys(entry.origin.id for entry in held)),
        f"{reason}: {arithmetic}.",
        kind,
        arithmetic,
        tuple(dict.fromkeys(entry.claim.id for entry in held)),
    )


def figure(claim: Claim, *, counted: bool = True) -> str:
    """Give a figure as written with what it counts: "5,000 builders"."""
    words = claim.counted or claim.category.replace("_", " ")
    text = f"{claim.figure} {words}" if counted else claim.figure
    return _cut(text)


def source(entry: Entry) -> str:
    """Give who says a figure, for the beginning of a sentence."""
    return _cut(entry.origin.speaker or entry.claim.speaker or NOBODY)


def population(entry: Entry) -> tuple[str, ...]:
    """Give what two figures must have in common, besides the category, to be of one population."""
    site = "" if entry.site is None else entry.site.key
    alone = "" if entry.country is not None or entry.site is not None else entry.story
    return entry.claim.unit, entry.claim.status, entry.country or "", site, alone


def meet(one: Period | None, other: Period | None) -> bool:
    """Whether two times can be the same; one that no text tells is no other."""
    return one is None or other is None or (one.first <= other.last and other.first <= one.last)


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"


def _place(entry: Entry) -> tuple[str, int, str]:
    return entry.claim.document, entry.claim.start, entry.claim.id
