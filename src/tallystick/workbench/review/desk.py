"""What lies before a reviewer: a claim of the case comes in, everything that its page shows goes out."""

from typing import NamedTuple

from tallystick.inquiry.agreement import opinions
from tallystick.inquiry.fields import ENTRIES, Entry, entry_of, fields_of, shown
from tallystick.inquiry.reviewing import first_seen
from tallystick.llm.comparing import differing
from tallystick.model.change import Change, ChangeKind
from tallystick.model.claim import Claim, Ground
from tallystick.model.dossier import Dossier
from tallystick.model.review import Review, ReviewVerdict
from tallystick.reporting.wording import bounded
from tallystick.screening.priorities import Reason, doubts, share
from tallystick.storage.views import opened, queue, reviews, second_reader
from tallystick.storage.views.changes import Moved
from tallystick.storage.views.opened import Chosen
from tallystick.storage.views.queue import Progress
from tallystick.storage.views.reviews import Paragraph, Turned
from tallystick.storage.views.second_reader import Disputed
from tallystick.storage.views.view import View
from tallystick.workbench.overview.moving import Step, step
from tallystick.workbench.pages import place_in
from tallystick.workbench.review.asking import Asked

__all__ = [
    "WORDS",
    "Desk",
    "Difference",
    "Done",
    "Field",
    "changed_by",
    "desk_of",
    "differences",
    "done_of",
    "field_words",
    "fields_shown",
    "merged",
    "paragraph_of",
    "taken_from",
    "turns_of",
]

# What a reader calls each field.
WORDS = {
    "start": "From character", "end": "To character", "low": "Low end", "high": "High end", "bound": "Bound",
    "unit": "Unit", "counted": "Counted", "category": "Category", "origin": "Country of origin", "place": "Place",
    "status": "Status", "aspect": "Step", "measure": "Measure", "speaker": "Speaker", "via": "Via", "when": "When",
    "stated": "Said on", "verdict": "Claim or none",
}  # fmt: skip
# Fields whose values are our own words, written with underscores.
OURS = frozenset(("category", "aspect", "measure", "bound", "status"))
NUMBERS = frozenset(("low", "high"))
# What the page shows of a claim at a glance, each with its grounds; the figure stands for both its ends and its bound.
SHOWN = ("figure", *(name for name in ENTRIES if name not in ("start", "end", "low", "high", "bound")))


class Field(NamedTuple):
    """A field as the page shows it: its name, its words, its value ("" where there is none), and its grounds."""

    name: str
    words: str
    value: str
    grounds: tuple[Ground, ...]


class Difference(NamedTuple):
    """A field that is not the same twice: its name for a reader, and both values, "" where there is none."""

    words: str
    before: str
    after: str


class Done(NamedTuple):
    """A review that was just made, and what moved since.

    Attributes:
        review: The review.
        open: Whether it may be taken back.
        figure: The figure that it is about.
        differences: What it changed, field by field.
        steps: What moved.
        turned: How many more changes there are, and whether more may come.
        others: What others had thought of the claim before, where they differ.
    """

    review: Review
    open: bool
    figure: str
    differences: tuple[Difference, ...]
    steps: tuple[Step, ...]
    turned: Turned
    others: tuple[Difference, ...]


class Desk(NamedTuple):
    """Everything that the page of a claim shows.

    Attributes:
        claim: The claim; where others' decisions are hidden, as it was before them.
        chosen: All that is known about it.
        hidden: Whether others' decisions are hidden.
        paragraph: The figure in its paragraph.
        fields: Its fields with their grounds.
        doubts: What is unsure about it.
        sways: How much its estimates hang on it.
        disputed: How the second reader disputes it, or None.
        turns: The fields that it reads otherwise, the rules' value first.
        progress: How far the queue is.
        mine: Whether the reviewer has judged it.
        seen: Number of the last review of the case.
        behind: Whether something is not derived yet.
    """

    claim: Claim
    chosen: Chosen
    hidden: bool
    paragraph: Paragraph
    fields: tuple[Field, ...]
    doubts: tuple[Reason, ...]
    sways: tuple[Reason, ...]
    disputed: Disputed | None
    turns: tuple[Difference, ...]
    progress: Progress
    mine: bool
    seen: int
    behind: bool

    @property
    def entry(self) -> Entry:
        """The fields as a form shows them."""
        return entry_of(fields_of(self.claim))


def desk_of(view: View, dossier: Dossier, asked: Asked, claim: str, me: str) -> Desk:
    """Give everything that the page of a claim shows to a reviewer.

    Raises:
        UnknownNameError: Where there is no such claim.
    """
    chosen = opened.chosen(view, claim)
    found = chosen.held.claim
    held = [one for one in chosen.reviews if one.verdict is not ReviewVerdict.WITHDRAWN]
    mine = any(one.by == me for one in held)
    hidden = bool(asked.blind) and not mine and bool(held)
    if hidden:
        found = first_seen(found, chosen.reviews) or found
    # What a model says is no judgement, but whoever reads a second time is to read alone.
    disputed = None if hidden else second_reader.dispute_of(view, claim)
    turns = () if disputed is None or disputed.proposal is None else turns_of(found, disputed.proposal)
    return Desk(
        found, chosen, hidden, paragraph_of(view, found), fields_shown(found, dossier), doubts(found, chosen.flags),
        tuple(share(one.reading, one.figure, one.standing) for one in reviews.share_of(view, claim)),
        disputed, turns, queue.progress(view, asked.sought), mine, reviews.last_review(view), view.behind,
    )  # fmt: skip


def paragraph_of(view: View, claim: Claim) -> Paragraph:
    """Give the figure of a claim in its paragraph."""
    return reviews.paragraph(view, claim, claim.start - place_in(claim.quote, claim.figure, claim.prefix))


def fields_shown(claim: Claim, dossier: Dossier) -> tuple[Field, ...]:
    """Give the fields of a claim with their grounds."""
    labels = {one.id: one.label for one in dossier.categories}
    found: list[Field] = []
    for name in SHOWN:
        own = ("figure", "low", "high", "bound", "per") if name == "figure" else (name,)
        named = {(one.cue, one.start): one for one in claim.grounds if one.field in own}
        grounds = tuple(named.values())
        if name == "figure":
            found.append(Field(name, "Figure", bounded(claim.low, claim.high, claim.bound), grounds))
        elif name == "category":
            found.append(Field(name, WORDS[name], labels.get(claim.category, claim.category), grounds))
        else:
            found.append(Field(name, WORDS[name], field_words(name, shown(getattr(claim, name))), grounds))
    return tuple(found)


def field_words(name: str, value: str) -> str:
    """Give a value of a field as a reader writes it."""
    if name in NUMBERS and value.isascii() and value.isdigit():
        return f"{int(value):,}"
    return value.replace("_", " ") if name in OURS else value


def differences(before: Claim, after: Claim) -> tuple[Difference, ...]:
    """Give the fields in which two readings of a claim differ, the figure by its words."""
    found: list[Difference] = []
    if before.figure != after.figure:
        found.append(Difference("Words marked", before.figure, after.figure))
    for name in ENTRIES:
        one, other = shown(getattr(before, name)), shown(getattr(after, name))
        if one != other and name not in ("start", "end"):
            found.append(Difference(WORDS[name], field_words(name, one), field_words(name, other)))
    return tuple(found)


def turns_of(ours: Claim, theirs: Claim) -> tuple[Difference, ...]:
    """Give the fields in which a second reader tells something else than a claim has by now."""
    named = {WORDS[name] for name in differing(ours, theirs)} | {"Words marked"}
    return tuple(one for one in differences(ours, theirs) if one.words in named)


def taken_from(ours: Claim, theirs: Claim) -> Entry:
    """Give the fields of a claim with what a second reader tells on top; where it tells nothing, they stay."""
    first, own = entry_of(fields_of(ours)), entry_of(fields_of(theirs))
    spans = ("start", "end", "low", "high")
    return Entry(*(getattr(own, name) or ("" if name in spans else getattr(first, name)) for name in ENTRIES))


def changed_by(review: Review) -> tuple[Difference, ...]:
    """Give what a review changed, field by field; nothing where it put others in the place of claims."""
    if len(review.before) != 1 or len(review.after) != 1 or review.before[0].id != review.after[0].id:
        return ()
    return differences(review.before[0], review.after[0])


def done_of(view: View, number: int, *, blind: bool) -> Done | None:
    """Give what to tell of a review that was just made; None where there is none of that number."""
    review = reviews.review(view, number)
    if review is None:
        return None
    about = (*review.before, *review.after)
    turned = reviews.moved_since(view, reviews.state_of(view, number))
    return Done(
        review, reviews.line_of(view, review).open, about[0].figure, changed_by(review),
        tuple(step(Moved(0, "", change, None)) for change in sorted(turned.changes, key=_matters)), turned,
        _others(view, review) if blind else (),
    )  # fmt: skip


def _matters(change: Change) -> bool:
    """What is no figure comes behind the figures."""
    return change.kind not in (ChangeKind.ESTIMATE, ChangeKind.ESTIMATE_GONE)


def _others(view: View, review: Review) -> tuple[Difference, ...]:
    """Where others thought otherwise of a claim before: who, in which field, what they and the reviewer have."""
    found: list[Difference] = []
    for claim in sorted(review.touched):
        held = opinions(one for one in opened.chosen(view, claim).reviews if one.number <= review.number).get(claim, ())
        own = next((one for one in held if one.by == review.by), None)
        for other in held if own is not None else ():
            if own is None or other.by == review.by:
                continue
            if other.accepted != own.accepted:
                said = ("no claim", "a claim")
                found.append(Difference(f"{other.by}: claim or none", said[other.accepted], said[own.accepted]))
            elif other.claim is not None and own.claim is not None:
                found += [
                    one._replace(words=f"{other.by}: {one.words[:1].lower()}{one.words[1:]}")
                    for one in differences(other.claim, own.claim)
                ]
    return tuple(found)


def merged(seen: Entry, theirs: Entry, mine: Entry) -> Entry:
    """Give what stands when one's own changes go on top of those that another made meanwhile.

    Args:
        seen: What both began with.
        theirs: What the other made of it.
        mine: What one typed.
    """
    return Entry(*(own if own != first else other for first, other, own in zip(seen, theirs, mine, strict=True)))
