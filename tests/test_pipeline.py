"""The journey on the bundled sample and on the articles of the reference case: what must hold at its end."""

import shutil
from pathlib import Path

import pytest

from tallystick.model.claim import Claim, Status
from tallystick.model.estimate import Estimate
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Origin
from tallystick.pipeline import run, subject_of
from tallystick.sample import reports
from tallystick.storage.case import REPORT, Case

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds" / "docs.jsonl"
needs_seeds = pytest.mark.skipif(not SEEDS.exists(), reason="../shared is absent: the reference case is NOT checked")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The ledger of the bundled sample."""
    with reports() as folder:
        return run([folder], tmp_path_factory.mktemp("sample"), "dprk-russia").ledger


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The ledger of the reference articles."""
    if not SEEDS.exists():
        pytest.skip("../shared is absent: the reference case is NOT checked")
    return run([SEEDS], tmp_path_factory.mktemp("seeds"), "dprk-russia").ledger


def claims_of(ledger: Ledger, *figures: str) -> list[Claim]:
    """The claims with one of these figures."""
    return [claim for claim in ledger.claims if claim.figure in figures]


def origin_of(ledger: Ledger, claim: Claim) -> Origin:
    """The one origin of a claim."""
    (found,) = (origin for origin in ledger.lineage.origins if claim.id in origin.claims)
    return found


def estimate_of(ledger: Ledger, claim: Claim) -> Estimate:
    """The estimate that holds a claim."""
    return next(estimate for estimate in ledger.estimates if claim.id in estimate.claims)


def test_every_claim_of_the_sample_has_one_origin_and_an_exact_span(sample: Ledger) -> None:
    """No claim is lost on the way, and each resolves to its words."""
    texts = {document.id: document.text for document in sample.documents}
    assert len(sample.documents) == 28
    assert not sample.failures
    for claim in sample.claims:
        assert texts[claim.document][claim.start : claim.end] == claim.figure
        assert origin_of(sample, claim)


def test_a_reprint_of_the_sample_is_no_new_origin(sample: Ledger) -> None:
    """The same agency text under another masthead goes back to the agency's."""
    first = [claim for claim in claims_of(sample, "5,000") if claim.document == "harbor-press-0617"]
    again = [claim for claim in claims_of(sample, "5,000") if claim.document == "coast-courier-0618"]
    assert origin_of(sample, first[0]) == origin_of(sample, again[0])


def test_troops_and_laborers_of_one_briefing_are_two_lines(sample: Ledger) -> None:
    """15,000 laborers and 15,000 troops, said on one day by one agency, are never merged."""
    both = [claim for claim in claims_of(sample, "15,000") if claim.document == "seoul-desk-0430"]
    assert len(both) == 2
    assert estimate_of(sample, both[0]) != estimate_of(sample, both[1])


def test_comments_and_furniture_of_the_sample_are_no_claims(sample: Ledger) -> None:
    """What readers say under an article and what its footer boasts counts nothing."""
    assert not claims_of(sample, "60,000", "40,000", "12,345")
    assert not claims_of(sample, "2215th", "51", "50")


def test_repeated_paragraphs_of_the_sample_are_flagged(sample: Ledger) -> None:
    """The aggregator that prints its text twice is named."""
    assert any(flag.code == "repeated_passage" for flag in sample.flags)


def test_a_quotation_by_a_former_office_holder_is_flagged(sample: Ledger) -> None:
    """A spokesman who left in January cannot comment in October in that office."""
    assert any(flag.code == "office_anachronism" for flag in sample.flags)


def test_the_announcement_of_the_seeds_is_one_origin_with_three_reports(seeds: Ledger) -> None:
    """6,000 and 5,000 + 1,000 in three articles are one statement."""
    planned = [claim for claim in claims_of(seeds, "6,000", "5,000") if claim.status is Status.PLANNED]
    assert len({claim.document for claim in planned}) == 3
    origins = {origin_of(seeds, claim).id for claim in planned}
    assert len(origins) == 1
    assert len(origin_of(seeds, planned[0]).documents) == 3


def test_the_brigade_of_the_seeds_stays_apart_from_the_deminers(seeds: Ledger) -> None:
    """1,000 soldiers who arrived are neither the 1,000 deminers of the plan nor added to it."""
    arrived = [claim for claim in claims_of(seeds, "1,000") if claim.status is Status.ACTUAL]
    planned = [claim for claim in claims_of(seeds, "1,000") if claim.status is Status.PLANNED]
    assert len(arrived) == 1
    assert planned
    assert all(origin_of(seeds, arrived[0]) != origin_of(seeds, claim) for claim in planned)
    assert estimate_of(seeds, arrived[0]).status is Status.ACTUAL
    assert set(estimate_of(seeds, arrived[0]).claims).isdisjoint(claim.id for claim in planned)


def test_other_figures_of_the_seeds_are_separate_lines(seeds: Ledger) -> None:
    """15,000, 35,000, 20,000 to 50,000 and 387,000 are four lines with their speakers."""
    found = claims_of(seeds, "15,000", "35,000", "20,000 to 50,000", "387,000")
    lines = {claim.figure: estimate_of(seeds, claim).id for claim in found}
    assert len(set(lines.values())) == 4
    assert all(claim.speaker for claim in found)


def test_a_rhetorical_question_of_the_seeds_is_possible(seeds: Ledger) -> None:
    """The million-strong force that nobody announced is no fact."""
    (million,) = claims_of(seeds, "million")
    assert million.status is Status.POSSIBLE


def test_numbers_that_count_nothing_in_the_seeds_are_no_claims(seeds: Ledger) -> None:
    """Comments, units, articles and distances are left out."""
    assert not claims_of(seeds, "5", "2215th", "2215", "51", "50")


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    """The same input twice: nothing added, the same bytes."""
    with reports() as folder:
        first = run([folder], tmp_path / "case", "dprk-russia")
        page = (tmp_path / "case" / REPORT).read_bytes()
        second = run([folder], tmp_path / "case")
    assert second.added == 0
    assert second.ledger == first.ledger
    assert second.report == tmp_path / "case" / REPORT
    assert second.report.read_bytes() == page


def test_a_case_keeps_what_its_dossier_uses(tmp_path: Path) -> None:
    """The files beside a dossier may be gone: the case is brought up to date with those that it was made with."""
    folder = tmp_path / "subject"
    folder.mkdir()
    row = "Port Gazette,,,outlet,,,,,,B,2025-01-01,the desk,checked for a year\n"
    header = "source,aliases,domains,kind,owner,state,family,topic,role,letter,since,by,reason\n"
    (folder / "papers.sources.csv").write_text(header + row, "utf-8")
    (folder / "port.yaml").write_text(
        "schema: tallystick.dossier/1\nname: port\ntitle: A port\nextends: general\nuses: [papers.sources.csv]\n",
        "utf-8",
    )
    first, second = tmp_path / "one.txt", tmp_path / "two.txt"
    first.write_text("The ministry said that 1,200 sappers had arrived.", "utf-8")
    second.write_text("The army said that 700 builders had left.", "utf-8")
    run([first], tmp_path / "case", str(folder / "port.yaml"))
    shutil.rmtree(folder)
    run([second], tmp_path / "case")
    with Case.open(tmp_path / "case") as case:
        dossier = subject_of(case)
    assert "Port Gazette" in {source.name for source in dossier.sources}
