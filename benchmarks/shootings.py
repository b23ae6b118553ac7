"""Killed and wounded of shootings, read off the figure claims of one report each.

Takes `../shared/bench/shootings`; gives the share of events whose figure is read exactly, over the events with a
figure: those whose true figure is not zero and stands in the report. Beside it stands the stricter share over all true
figures that are not zero.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.measured import SETS, Measured, Skipped, peak
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.reading.text.passages import label

__all__ = ["FOLDER", "Event", "Share", "events", "exact", "measured", "toll"]

FOLDER = SETS / "shootings"
# A figure told in the opening of a report is that of its event; one told later may be of a part or of another event.
# Half of a claim's weight is gone after so many code points (chosen on the training part).
HALVED_AFTER = 500
# The part that is measured, and what its authors' better model reached on it: killed, wounded.
PART, PUBLISHED = "dev", (0.70, 0.69)


class Event(NamedTuple):
    """A shooting: its report, the true figures, and whether the report holds each."""

    name: str
    text: str
    killed: int
    wounded: int
    tells_killed: bool
    tells_wounded: bool


class Share(NamedTuple):
    """How many figures are read exactly, of those that the reports hold and of all that are not zero."""

    right: int
    told: int
    right_of_all: int
    all: int


def events(part: str) -> list[Event]:
    """Give the events of the file `part`.tag, in its order."""
    lines = (FOLDER / f"{part}.tag").read_text(encoding="utf-8").splitlines()
    found = []
    for number, (head, body) in enumerate(zip(lines[::2], lines[1::2], strict=True)):
        _, killed, wounded, _, title = head.split(",", 4)
        tagged = [word.rpartition("_")[::2] for word in body.split()]
        tags = {tag for _, tag in tagged}
        found.append(
            Event(
                f"{part}/{number}",
                _text(title, [word for word, _ in tagged]),
                int(killed),
                int(wounded),
                tells_killed="killedNum" in tags,
                tells_wounded="woundedNum" in tags,
            )
        )
    return found


def _text(title: str, words: list[str]) -> str:
    """The report as lines: its title, which the words repeat without its marks, and the body."""
    letters = "".join(filter(str.isalnum, title.lower()))
    held, opening = 0, ""
    while held < len(words) and len(opening) < len(letters):
        opening += "".join(filter(str.isalnum, words[held].lower()))
        held += 1
    start = held if opening == letters else 0
    body = " ".join(words[start:]).replace(" .", ".").replace(" ,", ",").replace(" ;", ";")
    return f"{title}\n\n{body}"


def toll(claims: Iterable[Claim]) -> tuple[int | None, int | None]:
    """Give the killed and the wounded that the claims of one report tell, None where they tell none.

    The figure with the most weight counts: said often, said early. Where only those shot are counted, they are the
    wounded, less the killed.
    """
    weights: dict[str, dict[int, float]] = {"killed": {}, "wounded": {}, "casualties_unspecified": {}}
    for claim in claims:
        figures = weights.get(claim.category)
        if figures is None or claim.low is None or claim.status is not Status.ACTUAL:
            continue
        weight = HALVED_AFTER / (HALVED_AFTER + claim.start)
        figures[int(claim.low)] = figures.get(int(claim.low), 0.0) + weight
    killed = _heaviest(weights["killed"])
    wounded = _heaviest(weights["wounded"])
    shot = _heaviest(weights["casualties_unspecified"])
    if wounded is None and shot is not None:
        wounded = shot - (killed or 0) or None
    return killed, wounded


def _heaviest(figures: dict[int, float]) -> int | None:
    return max(figures, key=lambda figure: (figures[figure], figure)) if figures else None


def exact(part: str) -> tuple[Share, Share]:
    """Give the shares of the file `part`.tag: of the killed, then of the wounded."""
    dossier = load("general")
    killed: list[tuple[bool, bool]] = []
    wounded: list[tuple[bool, bool]] = []
    for event in events(part):
        document = Document(event.name, event.text, "", label(event.text), "en")
        told = toll(extract(document, dossier))
        if event.killed:
            killed.append((told[0] == event.killed, event.tells_killed))
        if event.wounded:
            wounded.append((told[1] == event.wounded, event.tells_wounded))
    return _share(killed), _share(wounded)


def _share(answers: list[tuple[bool, bool]]) -> Share:
    held = [right for right, told in answers if told]
    return Share(sum(held), len(held), sum(right for right, _ in answers), len(answers))


def measured(scratch: Path) -> Iterator[Measured | Skipped]:  # noqa: ARG001 - a stage's
    """Give the shares of the part that is not read while rules are written."""
    if not FOLDER.is_dir():
        yield Skipped("shootings", "../shared/bench/shootings is not here")
        return
    with peak() as memory:
        shares = exact(PART)
    for name, share, published in zip(("killed", "wounded"), shares, PUBLISHED, strict=True):
        yield Measured(
            "shootings", f"{PART}, {share.told} events with a figure: {name} exact", share.right / share.told, "of 1",
            memory.megabytes, None, "MaxEnt, published", published,
        )  # fmt: skip
