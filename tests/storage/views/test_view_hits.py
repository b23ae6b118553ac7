"""Hits as a case gives them: by provision, the gravest first, with what speaks for and against each finding."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from copied import Kept
from flagged_case import a_flagged_case
from tallystick.model.flag import Evidence
from tallystick.model.hit import Finding, Hit, Role, Standing
from tallystick.model.judgement import Verdict
from tallystick.model.lineage import EdgeLevel
from tallystick.model.provision import Tier
from tallystick.storage.case import Case
from tallystick.storage.views.hits import MOST_SPANS, PER_PAGE, HitFilter, hit_groups, hit_page
from tallystick.storage.views.view import View, Views

MANY = PER_PAGE + 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with many hits of two provisions."""
    made = a_flagged_case(tmp_path_factory.mktemp("hits") / "case")
    with Case.open(made) as case:
        held = case.derived()
        block, derived = next((number, one) for number, one in held.items() if one.hits)
        hit = derived.hits[0]
        claim = case.claims()[0]
        contrary = Evidence(claim.document, claim.start, claim.end)
        evidence = (*(Evidence("press-1", at, at + 1) for at in range(40)), contrary)
        finding = Finding("income", Role.ELEMENT, Standing.CONTRADICTED, against=(claim.id,), evidence=evidence)
        hits = [_hit(hit, number, finding) for number in range(MANY)]
        case.replace_derived({block: replace(derived, hits=tuple(hits))})
    return made


def _hit(hit: Hit, number: int, finding: Finding) -> Hit:
    """A hit of one provision or the other."""
    tier = (Tier.INDICATOR, Tier.PRIMA_FACIE, Tier.INDICATOR)[number % 3]
    provision = "unscr-2397-8" if number % 3 == 1 or number % 2 else "unscr-2375-17"
    return replace(hit, id=f"h-{number:03}", provision=provision, tier=tier, findings=(finding,))


@pytest.fixture
def view(folder: Path, kept: Kept) -> Iterator[View]:
    """A moment of it."""
    views = Views(kept(folder))
    with views.moment() as moment:
        yield moment
    views.close()


def test_the_provision_with_the_gravest_tier_comes_first(view: View) -> None:
    """Then its other hits, then the next provision."""
    groups = [(one.provision, one.tier) for one in hit_groups(view)]
    assert groups == [
        ("unscr-2397-8", Tier.PRIMA_FACIE), ("unscr-2397-8", Tier.INDICATOR), ("unscr-2375-17", Tier.INDICATOR),
    ]  # fmt: skip
    assert sum(one.total for one in hit_groups(view)) == MANY


def test_pages_show_every_hit_once(view: View) -> None:
    """In the order of the groups."""
    found = [reached.hit for number in (1, 2) for reached in hit_page(view, HitFilter(), number).hits]
    assert len({hit.id for hit in found}) == len(found) == MANY
    order = [(one.provision, one.tier) for one in hit_groups(view)]
    places = [order.index((hit.provision, hit.tier)) for hit in found]
    assert places == sorted(places)


def test_what_speaks_against_is_quoted_however_much_speaks_for(view: View) -> None:
    """Of many spans the first are shown, and those against never left out."""
    reached = hit_page(view, HitFilter()).hits[0]
    quoted, more = reached.quoted[0]
    assert len(quoted) == MOST_SPANS
    assert more == 41 - MOST_SPANS
    assert (quoted[-1].document, *quoted[-1].spans[0]) in [
        (one.document, one.start, one.end) for one in reached.against
    ]


def test_a_population_is_that_of_an_estimate(view: View) -> None:
    """An estimate that is not there has no hits; another of the same population has the same."""
    estimate = hit_page(view, HitFilter()).hits[0].estimates[0]
    assert hit_page(view, HitFilter(population=estimate.id)).total == MANY
    none = hit_page(view, HitFilter(population="e-none"))
    assert (none.total, none.hits, none.pages) == (0, (), 1)


def test_a_decision_stands_beside_its_hit(view: View, folder: Path, fresh: Kept) -> None:
    """The last one about it; what nobody decided about has none."""
    assert all(reached.judgement is None for reached in hit_page(view, HitFilter()).hits)
    name = hit_page(view, HitFilter()).hits[0].hit.id
    address = fresh(folder)
    for verdict in (Verdict.DETERMINED, Verdict.WITHDRAWN):
        with Case.open(address) as case:
            case.judge(verdict, name, "unscr-2397-8", EdgeLevel.HIT, "Read in a report.")
    views = Views(address)
    with views.moment() as later:
        decided = {one.hit.id: one.judgement for one in hit_page(later, HitFilter()).hits}
    views.close()
    verdicts = {one: judgement.verdict for one, judgement in decided.items() if judgement}
    assert verdicts == {name: Verdict.WITHDRAWN}
