"""Who stands behind a mark: the origins of a case come in, that of each mark and how many are independent go out.

Copies collapse since their claims go back to one origin. Origins of one speaker count once; speakers that may share
what they know, speak for one another, or were first heard in the same report count for at least one together and for
at most one each. A speaker whom tracing has not followed counts as the origin of the claim that his words hang on: that
may count too few, never too many.
"""

from collections.abc import Iterable, Mapping

from tallystick.model.dossier import Dossier
from tallystick.model.lineage import Independent, Lineage, Origin
from tallystick.screening.elements.showing import Mark
from tallystick.screening.names import Names
from tallystick.values.joined import Joined

__all__ = ["Witnesses"]

# Behind every date: what nobody dated comes last.
LAST = "~"


class Witnesses:
    """The origins of a case, by claim and by speaker."""

    def __init__(self, lineage: Lineage, dossier: Dossier) -> None:
        """Index the origins."""
        # Most elements of a population rest on the same origins.
        self._counted: dict[frozenset[str], Independent] = {}
        self._names = Names(dossier)
        self._actors = {actor.id: (*actor.linked, *actor.speaks_for) for actor in dossier.actors}
        self._origins = {origin.id: origin for origin in lineage.origins}
        self._by_claim = {claim: origin for origin in lineage.origins for claim in origin.claims}
        self._by_voice: dict[str, list[Origin]] = {}
        ordered = sorted(lineage.origins, key=_order)
        self._turns = {origin.id: turn for turn, origin in enumerate(ordered)}
        for origin in ordered:
            self._by_voice.setdefault(self._voice(origin), []).append(origin)

    def origin(self, mark: Mark) -> Origin | None:
        """Give the origin behind a mark; None only where the case has none for its claim."""
        own = self._by_claim.get(mark.claim)
        if mark.speaker is None:
            return own
        voice = self._names.voice(mark.speaker)
        if voice is None or (own is not None and self._voice(own) == voice):
            return own
        told = self._by_voice.get(voice, ())
        return next((origin for origin in told if mark.document in origin.documents), told[0] if told else own)

    def independent(self, origins: Iterable[Origin]) -> Independent:
        """Give how many independent origins there are among `origins`, at least and at most."""
        held = {origin.id: origin for origin in origins}
        names = frozenset(held)
        if names not in self._counted:
            self._counted[names] = self._independent(held)
        return self._counted[names]

    def _independent(self, held: Mapping[str, Origin]) -> Independent:
        """The number of independent ones, worked out."""
        if not held:
            return Independent(0, 0)
        low: dict[str, int] = {}
        high: dict[str, int] = {}
        hosts: dict[str, str] = {}
        voices = {name: self._voice(origin) for name, origin in held.items()}
        joined = Joined(voices.values())
        for name, origin in held.items():
            voice = voices[name]
            low[voice] = max(low.get(voice, 0), origin.independent.low)
            high[voice] = max(high.get(voice, 0), origin.independent.high)
            if origin.documents:
                joined.join(voice, hosts.setdefault(origin.documents[0], voice))
            for other in origin.linked:
                if other in voices:
                    joined.join(voice, voices[other])
        for voice in low:
            for other in self._actors.get(voice, ()):
                if other in low:
                    joined.join(voice, other)
        surely: dict[str, int] = {}
        for voice, count in low.items():
            first = joined.first(voice)
            surely[first] = max(surely.get(first, 0), count)
        # Whatever is repeated was once said first, so that one origin at least stands behind anything told.
        least = max(1, sum(surely.values()))
        return Independent(least, max(least, sum(high.values())))

    def among(self, names: Iterable[str]) -> Independent:
        """Give the same for the origins of these ids."""
        return self.independent(self._origins[name] for name in sorted(names))

    def ordered(self, names: Iterable[str]) -> tuple[str, ...]:
        """Give the ids of origins in order of date."""
        return tuple(sorted(set(names), key=self._turns.__getitem__))

    def _voice(self, origin: Origin) -> str:
        """The key of a speaker; an origin without one is its own."""
        return self._names.voice(origin.speaker) or origin.id


def _order(origin: Origin) -> tuple[str, str, str]:
    return origin.date or LAST, origin.known or LAST, origin.id
