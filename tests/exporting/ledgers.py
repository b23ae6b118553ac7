"""A small ledger with everything that bites a format: scripts, bounds, open ends, hits, judgements and hostile text."""

from factory import claim, document, fact
from tallystick.dossiers.loading import load
from tallystick.exporting.subject import Subject
from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.document import Document
from tallystick.model.estimate import Conflict, Estimate, Population, Reading
from tallystick.model.flag import Evidence, Flag
from tallystick.model.hit import Finding, Hit, Role, Standing
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Independent, Lineage, Mechanism, Origin
from tallystick.model.provision import Jurisdiction, Tier
from tallystick.model.quantity import Bound

__all__ = ["HOSTILE", "MADE", "hostile_ledger", "subject"]

MADE = "2026-03-01T10:00:00Z"
# Markup, a formula, marks that turn the line, half a surrogate, an accent apart from its letter, blanks of all kinds.
HOSTILE = "=1+1 <script>alert('x')</script> \"q\" \u202e\u200b\x00\x1f\ud800 Cafe\u0301 a\u2028b\u3000c\xa0\\ \r\n"
BOUNDS = (
    ("5,000", 5_000, 5_000, Bound.EXACT),
    ("600", 600, 600, Bound.APPROX),
    ("1,500", 1_500, None, Bound.AT_LEAST),
    ("12,000", None, 12_000, Bound.AT_MOST),
    ("10,000 to 12,500", 10_000, 12_500, Bound.RANGE),
    ("tens of thousands", 20_000, None, Bound.VAGUE),
    ("0.5", 0.5, 0.5, Bound.EXACT),
    ("9" * 30, int("9" * 30), int("9" * 30), Bound.EXACT),
)
SPEAKERS = ("Sergei Shoigu", "the Kremlin", HOSTILE, None, "국가정보원", "Сергей Шойгу", "'quoted'", "...")
PLACES = ("Kursk", "Vladivostok", HOSTILE, None, "Russia", "Nowhere; at all,,.", "Donetsk", "border region")
TIMES = ("2025-06-17", "2025-06", "2025-06-17/2025-06-30", "2025-06-17/..", None, "2025~", "not a date", "../2025")
IDS = ("000", "wire/2 <b>?%&#+", "../../etc", "\u202eturned", "kursk", "d" * 300)


def hostile_ledger() -> Ledger:
    """Give it; each document has all of `BOUNDS`, each estimate one of them."""
    documents = tuple(_document(turn, name) for turn, name in enumerate(IDS))
    claims = tuple(one for source in documents for one in _claims(source))
    places = range(len(BOUNDS))
    rows = [claims[turn :: len(BOUNDS)] for turn in places]
    origins = tuple(_origin(turn, rows[turn]) for turn in places)
    estimates = tuple(_estimate(turn, rows[turn]) for turn in places)
    first, second, third = documents[:3]
    edges = (
        Edge(second.id, first.id, EdgeLevel.DOCUMENT, EdgeKind.DERIVED, Mechanism.NEAR_IDENTICAL_TEXT, HOSTILE, 0.95),
        Edge(second.id, first.id, EdgeLevel.DOCUMENT, EdgeKind.QUOTED, Mechanism.CREDIT, "It names it.", 0.8),
        Edge(third.id, second.id, EdgeLevel.DOCUMENT, EdgeKind.REVISED, Mechanism.FAMILY, "One newsroom.", 1.0),
        Edge(rows[0][1].id, rows[0][0].id, EdgeLevel.CLAIM, EdgeKind.QUOTED, Mechanism.QUOTATION, "Same words.", 0.9),
    )
    hits = tuple(_hit(turn, tier, estimates[turn], rows[turn]) for turn, tier in enumerate(Tier))
    flags = tuple(
        Flag(f"f-{turn:016x}", "office_anachronism", severity, HOSTILE, (rows[turn][0].id,),
             (Evidence(first.id, 0, 4), Evidence(second.id, 1, 5)))
        for turn, severity in enumerate(("error", "warning", "note"))
    )  # fmt: skip
    return Ledger(
        documents, claims, Lineage(edges, origins), estimates, flags,
        facts=tuple(fact(source, "Brigade", speaker=SPEAKERS[turn]) for turn, source in enumerate(documents)),
        judgements=_judgements(first, second, third, rows[0], hits), hits=hits,
    )  # fmt: skip


def subject() -> Subject:
    """Give what it is about: the dossier with actors, tenures and law."""
    return Subject(load("dprk-russia"), "0.1.0", MADE, "ab" * 32)


def _document(turn: int, name: str) -> Document:
    """One report: with everything, or with nothing that can be left out."""
    # A text has bytes, and half a surrogate has none.
    odd = HOSTILE.replace("\ud800", "")
    text = f"{odd} Brigade. " + "\n".join(f"Шойгу said {one[0]} 군인 {odd}" for one in BOUNDS)
    bare = turn % 3 == 2
    return document(
        text,
        id=name,
        outlet=None if bare else ("RT", HOSTILE, "Комсомольская правда", "연합뉴스")[turn % 4],
        published=None if bare else ("2025-06-17T10:00:00+09:00", "2025-06-18", "2025-06", "soon")[turn % 4],
        title=None if bare else (HOSTILE, "Шойгу: 5 тысяч", '"Quoted"', "국정원")[turn % 4],
        url=None if bare else ("https://example.org/a b?q=<x>", "javascript:alert(1)", "https://пример.рф/ü",
                               "https://example.org:99999/")[turn % 4],
    )  # fmt: skip


def _claims(source: Document) -> tuple[Claim, ...]:
    return tuple(
        claim(
            source, figure, low=low, high=high, bound=bound, counted=HOSTILE if turn else "soldiers",
            category="construction_worker", origin="KP", place=PLACES[turn], status=tuple(Status)[turn % 4],
            measure=(*Measure, None)[turn], speaker=SPEAKERS[turn], via=HOSTILE, when=TIMES[turn], stated=TIMES[turn],
        )
        for turn, (figure, low, high, bound) in enumerate(BOUNDS)
    )  # fmt: skip


def _origin(turn: int, claims: tuple[Claim, ...]) -> Origin:
    documents = tuple(one.document for one in claims)
    return Origin(
        f"o-{turn:016x}", SPEAKERS[turn], TIMES[turn], documents, tuple(one.id for one in claims), Independent(1, 1),
        HOSTILE,
    )  # fmt: skip


def _estimate(turn: int, claims: tuple[Claim, ...]) -> Estimate:
    _, low, high, bound = BOUNDS[turn]
    names = tuple(one.id for one in claims)
    reading = Reading(f"o-{turn:016x}", SPEAKERS[turn], TIMES[turn], low, high, bound, names, len(claims), False, "B")
    later = Reading(f"o-{turn:016x}", SPEAKERS[turn], None, low, high, bound, names, 1, True, "A", 1.0, "2025-06-17")
    return Estimate(
        f"e-{turn:016x}", Population("construction_worker", "KP", PLACES[turn], f"{HOSTILE}, {turn}", "person"),
        tuple(Status)[turn % 4], (*Measure, None)[turn], TIMES[turn], low if low == high else None, low, high,
        turn % 6 + 1, (reading, later), names, Independent(0, 1), len(claims), (), None,
        (Conflict((f"o-{turn:016x}",), HOSTILE, arithmetic="1 + 1 = 3", claims=names[:2]),), (HOSTILE, "Step two."),
        stale=turn == 1,
    )  # fmt: skip


def _hit(turn: int, tier: Tier, estimate: Estimate, claims: tuple[Claim, ...]) -> Hit:
    spans = tuple(Evidence(one.document, one.start, one.end) for one in claims[:2])
    finding = Finding("income", Role.ELEMENT, Standing.MET, (claims[0].id,), evidence=spans, note=HOSTILE)
    known = turn % 2 == 0
    return Hit(
        f"h-{turn:016x}", "unsc-1718-dprk", "unscr-2397-8" if known else "another", estimate.population, tier,
        (finding,), Jurisdiction.CONTESTED, "2025-06-17", (f"o-{turn:016x}",), Independent(1, 2),
        (estimate.id,) if known else (), ("Who pays them?", HOSTILE), f"It would be incompatible if {HOSTILE}",
    )  # fmt: skip


def _judgements(
    first: Document, second: Document, third: Document, claims: tuple[Claim, ...], hits: tuple[Hit, ...]
) -> tuple[Judgement, ...]:
    """Every verdict, about reports, claims and a hit."""
    of = EdgeLevel
    told = (
        (Verdict.CONFIRMED, second.id, first.id, of.DOCUMENT),
        (Verdict.CUT, third.id, first.id, of.DOCUMENT),
        (Verdict.ADDED, third.id, second.id, of.DOCUMENT),
        (Verdict.WITHDRAWN, third.id, first.id, of.DOCUMENT),
        (Verdict.CUT, claims[2].id, claims[0].id, of.CLAIM),
        (Verdict.CONFIRMED, claims[1].id, claims[0].id, of.CLAIM),
        (Verdict.CUT, "c-gone", claims[0].id, of.CLAIM),
        (Verdict.DETERMINED, hits[-1].id, hits[-1].provision, of.HIT),
    )
    return tuple(
        Judgement(turn, f"2026-02-0{turn}T09:30:00.123456Z", "A. Analyst", verdict, later, earlier, level, HOSTILE)
        for turn, (verdict, later, earlier, level) in enumerate(told, 1)
    )
