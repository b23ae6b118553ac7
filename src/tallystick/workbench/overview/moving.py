"""What moved, as a page tells it: changes of a case come in, short words and groups of them go out."""

from collections.abc import Iterable
from typing import NamedTuple

from tallystick.model.change import Change, ChangeKind, Range, Source, Trait, Turn
from tallystick.reporting.wording import figure, span
from tallystick.storage.views.changes import About, Moved

__all__ = ["MOST_NAMED", "Batch", "Step", "batches", "step"]

WORDS = {
    ChangeKind.REPORT: "new report",
    ChangeKind.REPORT_GONE: "report gone",
    ChangeKind.ORIGIN: "new origin",
    ChangeKind.ORIGIN_GONE: "origin gone",
    ChangeKind.ESTIMATE: "estimate",
    ChangeKind.ESTIMATE_GONE: "estimate gone",
    ChangeKind.SUPERSEDED: "superseded",
    ChangeKind.CONFLICT: "new conflict",
    ChangeKind.CONFLICT_GONE: "conflict gone",
    ChangeKind.FLAG: "new flag",
    ChangeKind.FLAG_GONE: "flag gone",
    ChangeKind.HIT: "provision",
    ChangeKind.HIT_GONE: "provision gone",
}
# What a change means to somebody who reads the figures: it comes up, moves, goes, or does not add up.
TONES = {
    ChangeKind.REPORT: "came", ChangeKind.ORIGIN: "came", ChangeKind.ESTIMATE: "moved", ChangeKind.SUPERSEDED: "moved",
    ChangeKind.HIT: "moved", ChangeKind.CONFLICT: "grave", ChangeKind.FLAG: "grave",
}  # fmt: skip
# Reports and causes that are named of one change.
MOST_NAMED = 5
SHOWN = frozenset((Trait.BEST, Trait.LOW, Trait.HIGH))


class Step(NamedTuple):
    """One change in words.

    Attributes:
        made: UTC time at which it was noted.
        kind: What happened, in a word or two.
        tone: "came", "moved", "grave" or "went".
        subject: Its id in the case: of a report, an origin, an estimate, a flag or a hit.
        room: In which room the subject stands, as the beginning of its address; "" where it is gone.
        label: A line for a reader.
        before: The figure as it was; "" where nothing was.
        after: The figure as it is; "" where it is none.
        turns: What else of it is different.
        reports: The reports that brought it, the first ones.
        more: How many more did.
        causes: What else brought it.
        about: The population, or None.
    """

    made: str
    kind: str
    tone: str
    subject: str
    room: str
    label: str
    before: str
    after: str
    turns: tuple[Turn, ...]
    reports: tuple[Source, ...]
    more: int
    causes: tuple[str, ...]
    about: About | None

    @property
    def day(self) -> str:
        """The day on which it was noted."""
        return self.made[:10]


class Batch(NamedTuple):
    """Changes of one population, or of none, newest first."""

    about: About | None
    title: str
    steps: tuple[Step, ...]


def step(moved: Moved) -> Step:
    """Put one change into words."""
    change = moved.change
    of_figures = change.kind in (ChangeKind.ESTIMATE, ChangeKind.ESTIMATE_GONE)
    return Step(
        moved.made, WORDS[change.kind], TONES.get(change.kind, "went"), change.id, _room(change.kind), _label(change),
        _figure(change.before) if of_figures else "", _figure(change.after) if of_figures else "",
        tuple(turn for turn in change.turns if turn.trait not in SHOWN), change.reports[:MOST_NAMED],
        max(0, len(change.reports) - MOST_NAMED), change.causes[:MOST_NAMED], moved.about,
    )  # fmt: skip


def _label(change: Change) -> str:
    """The line of a change without the underscores of our own names: the code of a flag, the tier of a hit."""
    if change.kind in (ChangeKind.FLAG, ChangeKind.FLAG_GONE):
        code, colon, reason = change.label.partition(":")
        return f"{code.replace('_', ' ')}{colon}{reason}"
    if change.kind in (ChangeKind.HIT, ChangeKind.HIT_GONE):
        held, colon, tier = change.label.rpartition(":")
        return f"{held}{colon}{tier.replace('_', ' ')}"
    return change.label


def _room(kind: ChangeKind) -> str:
    """Where what came up can be looked at."""
    match kind:
        case ChangeKind.REPORT:
            return "/documents"
        case ChangeKind.ORIGIN | ChangeKind.SUPERSEDED:
            return "/origins/"
        case ChangeKind.ESTIMATE | ChangeKind.CONFLICT:
            return "/populations/"
        case ChangeKind.FLAG:
            return "/flags"
        case ChangeKind.HIT:
            return "/provisions"
        case _:
            return ""


def batches(moved: Iterable[Moved]) -> tuple[Batch, ...]:
    """Put changes into words, those of one population together, in the order of their newest."""
    found: dict[str, list[Moved]] = {}
    for one in moved:
        title = one.about.label if one.about is not None else _title(one.change.kind)
        found.setdefault(title, []).append(one)
    return tuple(
        Batch(next((one.about for one in held if one.about is not None), None), title, tuple(map(step, held)))
        for title, held in found.items()
    )


def _title(kind: ChangeKind) -> str:
    """What stands above changes of no population that is still there."""
    if kind in (ChangeKind.REPORT, ChangeKind.REPORT_GONE):
        return "Reports"
    return "Flags" if kind in (ChangeKind.FLAG, ChangeKind.FLAG_GONE) else "No longer there"


def _figure(given: Range | None) -> str:
    """A best figure with its range; "" where there was none."""
    if given is None:
        return ""
    spread = span(given.low, given.high)
    return spread if given.best is None or figure(given.best) == spread else f"{figure(given.best)} ({spread})"
