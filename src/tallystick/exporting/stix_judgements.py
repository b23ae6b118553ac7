"""What analysts decided, in STIX: judgements come in, opinions and notes go out.

An `opinion` agrees or disagrees with an object that somebody else has made, and is as subjective as a judgement. That a
step is confirmed or added, or that a body has determined that a provision applies, is one: the analyst agrees with the
`relationship` or the `grouping` of it. Of a step that was cut no object is left, and with its reports nobody disagrees:
that is a `note` on them, and so is what was decided about two claims. A later judgement about the same two takes the
place of an earlier one, which is `revoked`.
"""

from collections.abc import Iterator

from tallystick.exporting.linked import Json, present
from tallystick.exporting.stix_graph import Graph
from tallystick.exporting.stix_objects import MAKER, common, instant, stix_id
from tallystick.exporting.tags import machine_tag
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.lineage import Edge, EdgeLevel
from tallystick.model.stream import LedgerStream

__all__ = ["Decided"]

AGREEING = frozenset((Verdict.CONFIRMED, Verdict.ADDED))
# The last is the strongest of five; nobody says how strongly he agrees, so none is claimed.
AGREE = "agree"


class Decided:
    """The judgements of a case, and the relationships that they are about; both are few, and held."""

    def __init__(self, stream: LedgerStream, graph: Graph, made: str) -> None:
        """Take them; `made` is the time of the bundle."""
        self._stream = stream
        self._graph = graph
        self._made = made
        self._judgements = tuple(stream.judgements())
        self._last = {_pair(one): one.number for one in self._judgements}
        self._hits = {one.later for one in self._judgements if one.level is EdgeLevel.HIT}
        self._steps: dict[tuple[str, str], list[str]] = {}

    def meet(self, edge: Edge, ref: str) -> None:
        """Note under which ref a step between reports stands in the bundle."""
        if (edge.later, edge.earlier, EdgeLevel.DOCUMENT) in self._last:
            self._steps.setdefault((edge.later, edge.earlier), []).append(ref)

    def objects(self) -> Iterator[Json]:
        """Give an opinion or a note for every judgement, in order."""
        known = {hit.id for hit in self._stream.hits() if hit.id in self._hits}
        claims = (
            name
            for one in self._judgements
            if one.level is EdgeLevel.CLAIM
            for name in (one.later, one.earlier)
        )  # fmt: skip
        documents = {name: stated.claim.document for name, stated in self._stream.claims_of(claims).items()}
        names = {name for one in self._judgements if one.level is EdgeLevel.DOCUMENT
                 for name in (one.later, one.earlier)}  # fmt: skip
        documents.update((name, name) for name in self._stream.citations_of(sorted(names)))
        for one in self._judgements:
            steps = self._steps.get((one.later, one.earlier), [])
            agreed = one.level is EdgeLevel.DOCUMENT and one.verdict in AGREEING
            if agreed and steps:
                yield self._object(one, "opinion", steps)
            elif one.level is EdgeLevel.HIT and one.later in known:
                group = stix_id("grouping", self._graph.own(one.later))
                yield self._object(one, "opinion" if one.verdict is Verdict.DETERMINED else "note", [group])
            else:
                found = dict.fromkeys(documents[name] for name in (one.later, one.earlier) if name in documents)
                yield self._object(one, "note", [stix_id("report", self._graph.own(name)) for name in found])

    def _object(self, one: Judgement, kind: str, refs: list[str]) -> Json:
        # Numbers are of one case only.
        name = self._graph.own(f"{one.made}|{one.by}|{one.later}|{one.earlier}|{one.verdict.value}")
        told = f"{one.by} {SAID[one.verdict]}: {one.later} and {one.earlier} ({one.level.value})."
        words = " ".join((told, one.why)).strip()
        of: dict[str, Json] = (
            {"opinion": AGREE, "explanation": words} if kind == "opinion" else {"content": words}
        )  # fmt: skip
        return present(
            {
                **common(kind, name, self._made, instant(one.made)),
                **of,
                "authors": [one.by],
                "object_refs": [*refs] or [MAKER],
                "labels": [machine_tag("verdict", one.verdict.value)],
                "revoked": True if self._last[_pair(one)] != one.number else None,
            }
        )


SAID = {
    Verdict.CUT: "cut the step between these two",
    Verdict.ADDED: "added a step between these two",
    Verdict.CONFIRMED: "confirmed the step between these two",
    Verdict.WITHDRAWN: "took back what was decided about these two",
    Verdict.DETERMINED: "noted that a competent body determined that the provision applies to these two",
}


def _pair(one: Judgement) -> tuple[str, str, EdgeLevel]:
    return one.later, one.earlier, one.level
