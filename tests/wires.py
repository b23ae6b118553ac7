"""A ledger of one wire report with its copies and a rival count, for tests of what is told about an estimate."""

from dataclasses import replace

from factory import claim, document
from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.document import Document
from tallystick.model.estimate import Conflict, ConflictKind, Estimate, Population, Reading, Widening
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Independent, Lineage, Mechanism, Origin, Shared
from tallystick.model.quantity import Bound

__all__ = ["COPIES", "WIRE", "wire_ledger"]

WIRE = "The river office said on Monday that 2,000 divers had been hired for the works below the dam."
COPIES = 7


def _copies() -> list[Document]:
    """The wire report, one that follows it, and copies of that one."""
    first = document(WIRE, id="wire", outlet="Dam Wire", published="2031-03-01", url="https://dam.example/1")
    told = document(f"{WIRE}\nNobody asked the divers.", id="told", outlet="Lock Gazette", published="2031-03-02")
    masts = [
        document(WIRE, id=f"mast-{at}", outlet=f"Mast {at}", published=f"2031-03-{3 + at:02}") for at in range(COPIES)
    ]
    return [first, told, *masts]


def _edges(claims: list[Claim]) -> list[Edge]:
    """From the second report to the first, and from each copy to the second."""
    whole = Shared(0, len(WIRE), 0, len(WIRE))
    edges = [
        Edge(claims[1].id, claims[0].id, EdgeLevel.CLAIM, EdgeKind.DERIVED, Mechanism.ATTRIBUTION,
             "Lock Gazette names Dam Wire.", 0.8, (), "2031-03-02"),
        Edge("told", "wire", EdgeLevel.DOCUMENT, EdgeKind.QUOTED, Mechanism.PARTIAL_TEXT,
             "Most of Lock Gazette stands in Dam Wire.", 0.95, (whole,), "2031-03-02"),
    ]  # fmt: skip
    for one in claims[2:]:
        reason = f"{one.document} repeats the text of Lock Gazette."
        edges.append(
            Edge(one.id, claims[1].id, EdgeLevel.CLAIM, EdgeKind.QUOTED, Mechanism.IDENTICAL_TEXT, reason, 0.98)
        )
    return edges


def wire_ledger() -> Ledger:
    """Give a ledger with two origins that may share what they know, a conflict, a part, a widening and a judgement."""
    documents = _copies()
    claims = [claim(one, "2,000", speaker="River office", counted="divers") for one in documents]
    early = document("The union counted 1,400 divers.", id="early", outlet="Union Paper", published="2031-03-20")
    late = document(
        "By now 1,700 divers are here, the union says.", id="late", outlet="Union Paper", published="2031-05-20"
    )
    before, after = claim(early, "1,400", speaker="Union"), claim(late, "1,700", speaker="Union")
    names = tuple(one.id for one in claims)
    one = Independent(1, 1)
    origins = (
        Origin("o-1", "River office", "2031-03-01", tuple(d.id for d in documents), names, one,
               "All copies go back to one statement.", ("o-3",), "2031-03-01"),
        Origin("o-2", "Union", "2031-03-20", ("early",), (before.id,), one, "The union counted.", (), "2031-03-20"),
        Origin("o-3", "Union", "2031-05-20", ("late",), (after.id,), Independent(0, 1), "The union counted again.",
               ("o-1",), "2031-05-20"),
    )  # fmt: skip
    readings = (
        Reading("o-1", "River office", "2031-03-01", 2000, 2000, Bound.EXACT, names, len(names), reliability="B",
                weight=0.8, known="2031-03-01"),
        Reading("o-2", "Union", "2031-03-20", 1400, 1400, Bound.EXACT, (before.id,), 1, superseded=True,
                reliability="C", weight=0.5, known="2031-03-20"),
        Reading("o-3", "Union", "2031-05-20", 1700, 1700, Bound.EXACT, (after.id,), 1, reliability="C", weight=0.5,
                known="2031-05-20"),
    )  # fmt: skip
    conflict = Conflict(
        ("o-1", "o-3"), "The river office gives 2,000 and the union 1,700.", ConflictKind.SUM,
        "1,000 + 700 = 1,700, not 2,000", (names[0], after.id),
    )  # fmt: skip
    population = Population("worker_other", "CH", "Dam", "Divers, CH to Dam", "person")
    whole = Estimate(
        "e-whole", population, Status.ACTUAL, Measure.STOCK, "2031", 1900, 1600, 2100, 2, readings,
        (*names, before.id, after.id), Independent(1, 2), 11, ("e-part",), None, (conflict,),
        ("River office gives 2,000.", "Credibility 2: two origins agree, which may rest on shared knowledge."),
        (Widening("one_side", 1600, 2100, "Both origins are parties: wider by 5%."),), stale=True, known="2031-05-20",
    )  # fmt: skip
    part = replace(
        whole, id="e-part", population=replace(population, label="Divers of the night shift", place="Night"),
        measure=None, best=None, readings=(readings[2],), claims=(), independent=one, parts=(), whole="e-whole",
        conflicts=(), widenings=(), stale=False,
    )  # fmt: skip
    judgement = Judgement(
        1, "2031-06-01T08:00:00Z", "A. Reader", Verdict.ADDED, "told", "wire", EdgeLevel.DOCUMENT, "Seen in print."
    )
    return Ledger(
        (*documents, early, late), (*claims, before, after), Lineage(tuple(_edges(claims)), origins), (whole, part), (),
        judgements=(judgement,),
    )  # fmt: skip
