"""The lineage of whole cases: every claim has one origin, and only what belongs together is put together."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.model.lineage import EdgeLevel, Lineage, Origin
from tallystick.model.quantity import Bound
from tallystick.reading.text.passages import label
from tallystick.tracing.tracing import trace

DOSSIER = load("dprk-russia")
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(
    not (SEEDS / "claims.jsonl").exists(), reason="../shared is absent: the reference case is NOT checked"
)
Case = tuple[tuple[Document, ...], tuple[Claim, ...]]

SPEAKERS = (None, "Shoigu", "Sergei Shoigu", "the Kremlin", "two lawmakers", "reports", "Anna Petrova", "Wire 1")
NUMBERS = ("12", "300", "5,000", "6,000", "1,000")
CATEGORIES = ("construction_worker", "deminer", "worker_other", "soldier", "killed")
PLACES = (None, "Kursk region", "Russia", "Donetsk")
TEXT = "Officials of the region counted {} people at the gates and {} people on the other side of the river today."


@st.composite
def cases(draw: st.DrawFn, *, most: int = 6) -> Case:
    """Give a case whose reports have different dates."""
    documents, claims = [], []
    for number in range(draw(st.integers(1, most))):
        one, two = draw(st.sampled_from(NUMBERS)), draw(st.sampled_from(NUMBERS))
        text = TEXT.format(one, two) if draw(st.booleans()) else f"{one} here, {two} there"
        source = document(
            text, id=f"doc-{number}", outlet=f"Wire {number % 3}", published=f"2025-06-{2 * number + 1:02d}",
            title=draw(st.sampled_from((None, "CORRECTION"))),
        )  # fmt: skip
        documents.append(source)
        for nth, figure in enumerate((one, two)):
            claims.append(
                claim(
                    source, figure, nth=int(nth == 1 and one == two), category=draw(st.sampled_from(CATEGORIES)),
                    place=draw(st.sampled_from(PLACES)), speaker=draw(st.sampled_from(SPEAKERS)),
                    status=draw(st.sampled_from(tuple(Status))), via=draw(st.sampled_from((None, "Wire 1"))),
                )
            )  # fmt: skip
    unique = {entry.id: entry for entry in claims}
    return tuple(documents), tuple(unique.values())


@settings(max_examples=150, deadline=None)
@given(cases())
def test_every_claim_belongs_to_exactly_one_origin(case: Case) -> None:
    """No claim is lost or counted twice, and edges lead from claims and documents to others of the case."""
    documents, claims = case
    lineage = trace(documents, claims, DOSSIER)
    held = [entry for origin in lineage.origins for entry in origin.claims]
    assert sorted(held) == sorted(entry.id for entry in claims)
    ids = {EdgeLevel.CLAIM: set(held), EdgeLevel.DOCUMENT: {source.id for source in documents}}
    for edge in lineage.edges:
        assert edge.later != edge.earlier
        assert {edge.later, edge.earlier} <= ids[edge.level]
        assert edge.reason.endswith(".")
        assert 0 < edge.confidence <= 1


@settings(max_examples=80, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter_where_dates_decide(case: Case, shuffler: object) -> None:
    """Reports of different days may come in any order, and so may claims."""
    documents, claims = list(case[0]), list(case[1])
    expected = trace(tuple(documents), tuple(claims), DOSSIER)
    shuffler.shuffle(documents)  # type: ignore[attr-defined]
    shuffler.shuffle(claims)  # type: ignore[attr-defined]
    assert trace(tuple(documents), tuple(claims), DOSSIER) == expected


@settings(max_examples=80, deadline=None)
@given(cases())
def test_an_unrelated_report_leaves_all_other_origins_alone(case: Case) -> None:
    """What is found does not hang on what else is in the case."""
    stranger = document("77 elephants walked home", id="stranger", outlet="Far Post", published="2025-06-04")
    foreign = claim(stranger, "77", category="other", counted="elephants", speaker="Bo Lund", unit="item")
    before = trace(*case, DOSSIER)
    after = trace((stranger, *case[0]), (foreign, *case[1]), DOSSIER)
    assert [origin for origin in after.origins if foreign.id not in origin.claims] == list(before.origins)
    assert after.edges == before.edges


def test_a_case_without_claims_has_no_origins() -> None:
    """Nothing comes of nothing."""
    assert trace((), (), DOSSIER) == Lineage((), ())
    assert trace((document("No figure here."),), (), DOSSIER) == Lineage((), ())


def test_an_origin_keeps_its_id_when_a_repeat_comes_in() -> None:
    """Its id hangs on its earliest claim alone."""
    first = document("5,000 builders", id="first", published="2025-06-17")
    later = replace(first, id="later", published="2025-06-18")
    alone = trace((first,), (claim(first, "5,000", speaker="Shoigu"),), DOSSIER).origins
    both = trace((first, later), tuple(claim(x, "5,000", speaker="Shoigu") for x in (first, later)), DOSSIER).origins
    assert [origin.id for origin in both] == [origin.id for origin in alone]


def test_no_hash_seed_changes_a_lineage() -> None:
    """Two processes with other hash seeds give the same bytes."""
    program = (
        "from test_tracing import DOSSIER, TEXT, claim, document, trace\n"
        "texts = [TEXT.format(n, 300) + ' ' + TEXT.format(7, 9) * (n % 2) for n in range(20, 32)]\n"
        "docs = tuple(document(t, id=str(n), published='2025-06-%02d' % (n % 5 + 1)) for n, t in enumerate(texts))\n"
        "claims = tuple(claim(d, '300', speaker=('Shoigu', 'Kremlin', None)[n % 3]) for n, d in enumerate(docs))\n"
        "print(trace(docs, claims, DOSSIER))"
    )
    path = os.pathsep.join(entry for entry in sys.path if entry)
    printed = [
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent, capture_output=True, text=True, check=True, timeout=120,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert "NEAR_IDENTICAL_TEXT" in printed[0]
    assert printed[0] == printed[1]


@pytest.fixture(scope="module")
def seeds() -> Case:
    """The articles of the reference case with the claims that they should give."""
    documents, claims = {}, []
    for line in (SEEDS / "docs.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        digest = sha256(entry["text"].encode()).hexdigest()
        documents[entry["id"]] = Document(entry["id"], entry["text"], digest, label(entry["text"]), entry["id"])
    for line in (SEEDS / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        source, start, end = documents[gold["doc"]], gold["start"], gold["end"]
        quote_start = max(source.text.rfind(mark, 0, start) for mark in (". ", "\n")) + 1
        claims.append(
            Claim(
                f"{gold['doc']}-{start}", source.id, start, end, gold["figure"], gold["low"], gold["high"],
                Bound(gold["bound"]), "person", gold["counted"], gold["category"], gold["origin"], gold["place"],
                Status(gold["status"]), None, None, gold["speaker"], gold["via"], gold["when"], None,
                source.text[quote_start : source.text.find(". ", end)], "", "", (),
            )
        )  # fmt: skip
    return tuple(documents.values()), tuple(claims)


def origin_of(lineage: Lineage, entry: Claim) -> Origin:
    """The one origin of a claim."""
    (found,) = (origin for origin in lineage.origins if entry.id in origin.claims)
    return found


@needs_seeds
def test_the_announcement_of_the_reference_case_is_one_origin(seeds: Case) -> None:
    """6,000 and 5,000 + 1,000 of three speakers' names are one origin with three reports; nothing else is in it."""
    lineage = trace(*seeds, DOSSIER)
    planned = [entry for entry in seeds[1] if entry.status is Status.PLANNED]
    (origin,) = {origin_of(lineage, entry) for entry in planned}
    assert origin.documents == ("seed/000", "seed/003", "seed/004")
    assert len(origin.claims) == len(planned)
    assert origin.speaker == "Sergey Shoigu"


@needs_seeds
def test_other_figures_of_the_reference_case_have_their_own_origins(seeds: Case) -> None:
    """The arrived brigade, laborers of three dates, Tajiks and the rhetorical million are six origins."""
    lineage = trace(*seeds, DOSSIER)
    others = [entry for entry in seeds[1] if entry.status is not Status.PLANNED]
    figures = {origin_of(lineage, entry).id: entry.figure for entry in others}
    assert sorted(figures.values()) == ["1,000", "15,000", "20,000 to 50,000", "35,000", "387,000", "million"]


@pytest.mark.parametrize(
    "number", [float("inf"), float("nan"), 10**5000, -3, 0, 0.5], ids=["inf", "nan", "huge", "-3", "0", "half"]
)
def test_no_number_breaks_it(number: float) -> None:
    """Whatever a junk text made of its digits, its claim has an origin."""
    source = document("9 people here, 9 people there")
    claims = tuple(claim(source, "9", low=number, high=number, nth=nth, speaker="NIS") for nth in (0, 1))
    assert sum(len(origin.claims) for origin in trace((source,), claims, DOSSIER).origins) == 2
