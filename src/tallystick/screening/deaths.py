"""Words of the dead: texts and the days on which actors died come in, flags go out.

What somebody said while he lived may be told again at any time, with its date; as news it is old, wrong or made up
(rule R18 of the domain notes).
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from re import compile as pattern
from typing import NamedTuple

from yaml import CSafeLoader, load

from tallystick.model.claim import Claim
from tallystick.model.document import READABLE, Document
from tallystick.model.dossier import Actor
from tallystick.model.flag import Evidence, Flag
from tallystick.screening.findings import ERROR, Holdings, flag, named
from tallystick.screening.names import Phrases, Word, words_of
from tallystick.values.dates import published_date
from tallystick.values.periods import period

__all__ = ["deceased_speakers"]

# "2025-12~" may be off by about a month.
APPROXIMATE_DAYS = 31
# Reports print what was said in the weeks before; the same as for offices.
GRACE_DAYS = 14
# Words between a name and its verb: "Matsegora, the ambassador, said" is left out rather than guessed at.
BETWEEN = 1
YEAR = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# What must not stand between a name and its verb.
BREAK = pattern(r"[.!?;:,()\n]")


class _Cues(NamedTuple):
    """The words of deaths.yaml."""

    says: frozenset[str]
    past: frozenset[str]
    beside: frozenset[str]
    death: Phrases


@cache
def _cues() -> _Cues:
    text = (files("tallystick.screening") / "deaths.yaml").read_text(encoding="utf-8")
    # CSafeLoader builds plain values only; nothing in the file can run.
    found: dict[str, list[str]] = load(text, CSafeLoader)
    return _Cues(
        frozenset(found["says"]), frozenset(found["past"]), frozenset(found["beside"]), Phrases(found["death"])
    )


def deceased_speakers(holdings: Holdings) -> Iterator[Flag]:
    """Yield an error for each person whom a report quotes, as if he spoke now, after the day on which he died.

    Passages that name a year or have a word for the past, and reports that know of the death, are in order; a figure
    whose own sentence dates the statement after the death is not.
    """
    dead = {actor.id: actor for actor in holdings.dossier.actors if actor.kind == "person" and actor.died is not None}
    if not dead:
        return
    for document in holdings.documents:
        seen = set()
        for claim in holdings.claims_of(document.id):
            actor = dead.get(holdings.names.voice(claim.speaker) or "")
            if actor is not None and actor.id not in seen and _said_after(claim, actor):
                seen.add(actor.id)
                reason = (
                    f"{holdings.outlet(document.id)} has {named(claim)} from {actor.name}, said {claim.stated}; by the "
                    f"dossier he died {actor.died}{_source(holdings, actor)}."
                )
                yield flag("deceased_speaker", ERROR, reason, (_figure(claim),), (claim,))
        published = published_date(document.published)
        if published is not None:
            for actor, span in _quoted(holdings, document, dead, published):
                if actor.id not in seen:
                    seen.add(actor.id)
                    reason = (
                        f"{holdings.outlet(document.id)}, published {published.isoformat()}, quotes {actor.name} as if "
                        f"he spoke then; by the dossier he died {actor.died}{_source(holdings, actor)}."
                    )
                    claims = [
                        claim
                        for claim in holdings.claims_of(document.id)
                        if holdings.names.voice(claim.speaker) == actor.id
                    ]
                    yield flag("deceased_speaker", ERROR, reason, (span,), claims)


def _figure(claim: Claim) -> Evidence:
    return Evidence(claim.document, claim.start, claim.end)


def _said_after(claim: Claim, actor: Actor) -> bool:
    """Whether the text itself dates what he said after his death."""
    said, died = period(claim.stated), period(actor.died, slack=APPROXIMATE_DAYS)
    if said is None or died is None or said.first <= died.last + GRACE_DAYS:
        return False
    # Without a year of its own the sentence has its date from the day of the report, of which passages decide.
    return str(date.fromordinal(said.first).year) in YEAR.findall(claim.quote)


def _source(holdings: Holdings, actor: Actor) -> str:
    """Where his death was read, with how far it was checked: the tenure that ended with it says so."""
    found = next(
        (tenure for tenure in holdings.dossier.tenures if tenure.actor == actor.id and tenure.end == actor.died), None
    )
    return "" if found is None else f" ({found.citation}) [{found.checked}]"


def _quoted(
    holdings: Holdings, document: Document, dead: dict[str, Actor], published: date
) -> Iterator[tuple[Actor, Evidence]]:
    """The dead whom a report lets speak, each with the span of name and verb."""
    cues, day = _cues(), published.toordinal()
    late = {name for name, actor in dead.items() if _is_over(actor, day)}
    if not late:
        return
    told: list[tuple[Actor, Evidence]] = []
    for passage in document.passages:
        if passage.kind not in READABLE or passage.repeats is not None:
            continue
        words = words_of(document.text, passage.start, passage.end)
        people = [(match, actor) for match, actor in holdings.names.mentions(words) if actor.id in late]
        if not people:
            continue
        folded = {word.folded for word in words}
        if YEAR.search(document.text, passage.start, passage.end) or not cues.past.isdisjoint(folded):
            continue
        verbs = [at for at, word in enumerate(words) if word.folded in cues.says]
        for match, actor in people:
            at = verbs[bisect_right(verbs, match.last - 1) :][:1]
            if at and at[0] - match.last <= BETWEEN:
                end = words[at[0]]
                between = {word.folded for word in words[match.last : at[0]]}
                if between <= cues.beside and not _owns(document.text, words[match.last - 1], end.start):
                    told.append((actor, Evidence(document.id, words[match.first].start, end.end)))
            elif match.first and words[match.first - 1].folded in ("said", "says"):
                told.append((actor, Evidence(document.id, words[match.first - 1].start, words[match.last - 1].end)))
    if told and next(cues.death.mentions(words_of(document.text)), None) is None:
        yield from told


def _owns(text: str, name: Word, verb: int) -> bool:
    """Whether the words between a name and a verb make another one the speaker: "his widow", a new sentence."""
    return text[name.start : name.end].casefold().replace("’", "'").endswith("'s") or bool(
        BREAK.search(text, name.end, verb)
    )


def _is_over(actor: Actor, day: int) -> bool:
    """Whether a day lies after the death of an actor, with some grace."""
    died = period(actor.died, slack=APPROXIMATE_DAYS)
    return died is not None and day > died.last + GRACE_DAYS
