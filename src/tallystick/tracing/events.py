"""Named occasions on which a figure was told: "a closed-door briefing by the service", "a press conference in Accra".

Takes a casebook; gives the steps between figures that were told on one occasion, whoever passes them on. Two lawmakers
who leave one briefing are one origin.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from re import compile as pattern
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from tallystick.model.document import READABLE, Document, Passage
from tallystick.model.dossier import Dossier
from tallystick.model.lineage import Mechanism
from tallystick.tracing.likeness import CLOSE, Likeness, same_figure, same_status
from tallystick.tracing.links import ON_ONE_OCCASION, Link, claim_link
from tallystick.tracing.lookup import Index
from tallystick.tracing.naming import said_by, what
from tallystick.tracing.tellings import Casebook, Report, Telling
from tallystick.tracing.voices import Voice, VoiceKind
from tallystick.tracing.wordlists import wordlist
from tallystick.values.folding import spread
from tallystick.values.names import actor_names, fold
from tallystick.values.romanization import is_han, is_hangul

__all__ = ["Occasion", "Occasions", "named_events"]

KINDS = ("conferences", "briefings", "hearings", "meetings", "papers")
PAPERS = "papers"
TOLD = "told"
# Who holds an occasion stands this near to the word for it.
NEAR = 100
# Whose paper it is stands right beside: "the Labor Ministry's report", "a report by the panel".
BESIDE = 40
# "This report" is the one that is being read.
OWN = "this "
# Occasions that one report names; more are an agenda.
MOST = 12
# Words for occasions that are looked at in one report.
MOST_LOOKED = 200
# Hosts of one occasion: a list of participants may be long.
MOST_HOSTS = 8
# "in Accra", "in New York": where it was held.
WHERE = pattern(r"\s{0,3}(?:held\s|which\s\w{1,20}\s)?(?:in|at)\s((?:[A-Z]\w{1,30}[ -]?){1,2})")
STATE = "state"
PERSON = "person"
# How keys are written: "told by nis", "briefings in accra".
BY, IN, BODY = " by ", " in ", "body:"


class Occasion(NamedTuple):
    """One occasion as a report names it.

    Attributes:
        kind: The word list that names its kind.
        phrase: The word for it as written.
        start: First code point of the phrase.
        hosts: Keys of the actors and bodies named beside it.
        where: Folded name of the place beside it, or "".
    """

    kind: str
    phrase: str
    start: int
    hosts: tuple[str, ...]
    where: str

    @property
    def way(self) -> str:
        """Whether something was told or printed; relays call one occasion a briefing, a session and a meeting."""
        return PAPERS if self.kind == PAPERS else TOLD


class Occasions:
    """Reads occasions from the reports of a case; asks the dossier for the names of hosts."""

    def __init__(self, casebook: Casebook, dossier: Dossier) -> None:
        """Index the actors of `dossier`."""
        self._casebook = casebook
        self._actors = actor_names(dossier)
        self._of_report: dict[int, tuple[Occasion, ...]] = {}
        self._known: dict[int, tuple[str, ...]] = {}

    def keys(self, telling: Telling) -> tuple[str, ...]:
        """Give the keys of the occasions on which a figure may have been told; two tellings of one occasion share one.

        They depend on the report and its claims alone: "told" or "papers" with a host, or the kind with a place.
        """
        known = self._known.get(telling.order)
        if known is None:
            known = self._keys(telling)
            if known:
                self._known[telling.order] = known
        return known

    def told(self, telling: Telling) -> tuple[tuple[object, ...], ...]:
        """Give what two figures of one occasion share: the occasion of a known actor, of others with the number.

        "The defense ministry" and "in London" are said of too many occasions to show by themselves that they are one.
        """
        keys = self.keys(telling)
        known = tuple((key,) for key in keys if BY in key and BODY not in key)
        return known + tuple((key, telling.claim.unit, value) for key in keys for value in telling.values)

    def _keys(self, telling: Telling) -> tuple[str, ...]:
        found: dict[str, None] = {}
        speakers = None
        for one in self._of(telling):
            if speakers is None:
                speakers = self._speakers(telling)
            for host in (*one.hosts, *speakers):
                found[f"{one.way}{BY}{host}"] = None
            if one.where:
                found[f"{one.kind}{IN}{one.where}"] = None
        return tuple(found)

    def _of(self, telling: Telling) -> tuple[Occasion, ...]:
        """The occasions in the paragraph of a figure; of the whole report for those who were told it.

        Lawmakers speak of a briefing that they attended without naming it again.
        """
        named = self._named(telling.report)
        if not named:
            return ()
        claim = telling.claim
        for passage in telling.report.document.passages:
            if passage.start <= claim.start < passage.end:
                beside = tuple(one for one in named if passage.start <= one.start < passage.end)
                if beside:
                    return beside
                break
        return named if _attends(telling) else ()

    def _speakers(self, telling: Telling) -> tuple[str, ...]:
        """The bodies that told a figure: the speaker's, or where he was told it those that the report credits."""
        bodies = _bodies(telling.voice)
        if bodies or not _attends(telling):
            return bodies
        credited = (_bodies(other.voice) for other in self._casebook.by_report[telling.report.rank])
        return tuple(dict.fromkeys(body for of_one in credited for body in of_one))[:MOST_HOSTS]

    def _named(self, report: Report) -> tuple[Occasion, ...]:
        """The occasions that a report names."""
        named = self._of_report.get(report.rank)
        if named is None:
            named = self._of_report[report.rank] = tuple(self._read(report.document))
        return named

    def _read(self, document: Document) -> Iterator[Occasion]:
        found = (
            (passage, start, end)
            for passage in document.passages
            if passage.kind in READABLE and passage.repeats is None
            for start, end in _phrases(document.text, passage)
        )
        left = MOST
        for passage, start, end in islice(found, MOST_LOOKED):
            phrase = document.text[start:end]
            kind = _kinds()[phrase.casefold()]
            if document.text[max(passage.start, start - len(OWN)) : start].casefold() == OWN:
                continue
            hosts = self._hosts(document.text, passage, (start, end), BESIDE if kind == PAPERS else NEAR)
            where = WHERE.match(document.text, end, passage.end)
            place = "" if where is None else " ".join(fold(where[1]))
            # "The report said" is any report; only that of somebody is an occasion.
            if hosts or kind != PAPERS:
                left -= 1
                yield Occasion(kind, phrase, start, hosts, place)
            if not left:
                return

    def _hosts(self, text: str, passage: Passage, span: tuple[int, int], near: int) -> tuple[str, ...]:
        """Actors of the dossier, and bodies by one word that tells them apart, near the phrase."""
        start, end = span
        before = fold(text[max(passage.start, start - near) : start])
        after = fold(text[end : min(passage.end, end + near)])
        hosts: dict[str, None] = {}
        for words in (before, after):
            for first, last, actor in self._actors.matches(spread(words)):
                # "Seoul" holds no briefing, and a surname alone may be anybody's.
                if actor.kind != STATE and not (actor.kind == PERSON and last - first == 1):
                    hosts[actor.id] = None
            for place, word in enumerate(words):
                if word in wordlist("bodies"):
                    hosts.update(dict.fromkeys(_body(words, place)))
        return tuple(hosts)[:MOST_HOSTS]


def _body(words: tuple[str, ...], place: int) -> Iterator[str]:
    """The key of the body whose kind stands at `place`: "interior ministry", "ministry of the interior"."""
    after = [word for word in words[place + 1 : place + 4] if word not in wordlist("fillers")]
    owns = words[place + 1 : place + 2] == ("of",)
    before = words[place - 1] if place else ""
    which = after[0] if owns and after else before
    if which and which not in wordlist("fillers"):
        yield f"{BODY}{words[place]} {which}"


def _bodies(voice: Voice | None) -> tuple[str, ...]:
    """The keys under which a speaker can be the host of an occasion."""
    if voice is None:
        return ()
    if voice.kind is VoiceKind.ACTOR:
        return voice.key, *voice.speaks_for
    if voice.kind is VoiceKind.NAME and voice.is_body:
        body = voice.key.removeprefix(BODY)
        return tuple(f"{voice.key} {word}" for word in sorted(voice.words) if word != body)
    return ()


def _attends(telling: Telling) -> bool:
    """Whether the speaker is one of those who are told things: a lawmaker, a delegate."""
    return bool(telling.naming) and not wordlist("attendees").isdisjoint(fold(telling.naming or ""))


@cache
def _kinds() -> dict[str, str]:
    """The phrases of all kinds; what stands in two lists is of the first."""
    kinds: dict[str, str] = {}
    for kind in KINDS:
        for phrase in sorted(wordlist(kind)):
            kinds.setdefault(phrase, kind)
    return kinds


@cache
def _automaton() -> AhoCorasick:
    """Finds all phrases in small letters, with capitals at their start, and in capitals."""
    cases = (str.lower, str.capitalize, str.title, str.upper)
    phrases = sorted({in_case(phrase) for phrase in _kinds() for in_case in cases})
    return AhoCorasick(phrases, matchkind=MatchKind.LeftmostLongest)


def _phrases(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """Start and end of each phrase in a passage."""
    for _, first, last in _automaton().find_matches_as_indexes(text[passage.start : passage.end]):
        start, end = passage.start + first, passage.start + last
        before, after = text[start - 1 : start], text[end : end + 1]
        # Korean goes on in particles, and Chinese has no spaces.
        is_korean, is_chinese = is_hangul(text[start]), is_han(text[start])
        if (is_chinese or not before.isalnum()) and (is_korean or is_chinese or not after.isalnum()):
            yield start, end


def named_events(
    casebook: Casebook, likeness: Likeness, occasions: Occasions, repeated: frozenset[int]
) -> Iterator[Link]:
    """Yield the steps back to the first report of a figure that was told on the same occasion within two days.

    Args:
        casebook: The case.
        likeness: Compares populations.
        occasions: Reads occasions.
        repeated: Turns of claims in copied paragraphs, which need no other step.
    """
    index = Index(likeness, None)
    hosts: dict[int, frozenset[str]] = {}
    for telling in casebook.tellings:
        if telling.order in repeated or telling.said is None:
            continue
        keys = occasions.keys(telling)
        if not keys:
            continue
        hosts[telling.order] = frozenset(key for key in keys if BY in key)
        found = _first(telling, keys, index, likeness, hosts)
        if found is not None:
            yield _step(telling, *found)
        for key in keys:
            index.add(telling, f"{key} {telling.said.first}")


def _first(
    telling: Telling, keys: tuple[str, ...], index: Index, likeness: Likeness, hosts: dict[int, frozenset[str]]
) -> tuple[Telling, str] | None:
    """The first telling of the same figure on the same occasion, and the key of that."""
    best: tuple[int, str, Telling] | None = None
    day = 0 if telling.said is None else telling.said.first
    for key in keys:
        for near in range(day - CLOSE, day + CLOSE + 1):
            for other in index.like(telling, f"{key} {near}"):
                earlier = best is None or other.order < best[0]
                if (
                    earlier
                    and _is_one(telling, other, likeness)
                    and (BY in key or not _are_apart(hosts[telling.order], hosts[other.order]))
                ):
                    best = other.order, key, other
    return None if best is None else (best[2], best[1])


def _is_one(one: Telling, other: Telling, likeness: Likeness) -> bool:
    alike = same_figure(one.claim, other.claim) and same_status(one.claim, other.claim)
    return alike and likeness.population(one, other)


def _are_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two occasions at one place have hosts that differ."""
    return bool(one and other) and one.isdisjoint(other)


def _step(later: Telling, earlier: Telling, key: str) -> Link:
    occasion = key.replace(BODY, "").replace(f"told{BY}", "told by ").replace(f"{PAPERS}{BY}", "a paper of ")
    reason = (
        f"{said_by(later)} in {later.report.name} and {said_by(earlier)} in {earlier.report.name} give {what(earlier)} "
        f"of one occasion ({occasion}) within two days."
    )
    return claim_link(later, earlier, Mechanism.NAMED_EVENT, reason, ON_ONE_OCCASION)
