"""What a page shows of a case that is too large to show: what matters first, the rest counted."""

from dataclasses import replace

import pytest

from factory import claim, document
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate, Reading
from tallystick.model.flag import Evidence, Flag
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Independent, Lineage, Origin
from tallystick.model.quantity import Bound
from tallystick.reporting import selection
from tallystick.reporting.selection import first, select
from wires import wire_ledger


def large(number: int) -> Ledger:
    """A case of `number` reports that each give a figure of their own; one in the middle is flagged, one disputed."""
    pattern = wire_ledger().estimates[0]
    documents: list[Document] = []
    claims: list[Claim] = []
    origins, estimates = [], []
    for at in range(number):
        one = document(f"Some {at + 1000} men came to place {at}. " + "They walked. " * 40, id=f"d-{at:05}")
        said = claim(one, str(at + 1000))
        documents.append(one)
        claims.append(said)
        origins.append(Origin(f"o-{at}", None, None, (one.id,), (said.id,), Independent(1, 1), "one"))
        estimates.append(estimated(pattern, at, said))
    flagged, disputed = number // 2, number // 3
    estimates[disputed] = replace(estimates[disputed], conflicts=pattern.conflicts[:1])
    flag = Flag("f-1", "odd", "warning", "odd", (claims[flagged].id,), (Evidence(documents[flagged].id, 0, 4),))
    return Ledger(tuple(documents), tuple(claims), Lineage((), tuple(origins)), tuple(estimates), (flag,))


def estimated(pattern: Estimate, at: int, said: Claim) -> Estimate:
    """An estimate of one claim."""
    reading = Reading(f"o-{at}", None, None, said.low, said.high, Bound.EXACT, (said.id,), 1)
    population = replace(pattern.population, place=f"place {at}", label=f"Men {at}")
    return replace(
        pattern, id=f"e-{at}", population=population, readings=(reading,), claims=(said.id,), conflicts=(), reports=1,
        parts=(),
    )  # fmt: skip


def test_a_small_case_is_shown_whole() -> None:
    """Nothing is left out where there is room."""
    ledger = wire_ledger()
    chosen = select(ledger)
    assert chosen.estimates == chosen.listed == ledger.estimates
    assert chosen.texts == chosen.named == {one.id for one in ledger.documents}


def test_what_is_flagged_or_disputed_is_shown_whatever_the_size() -> None:
    """Cards are few, and those are among them, in the order of the ledger."""
    ledger = large(1_500)
    chosen = select(ledger)
    shown = [one.id for one in chosen.estimates]
    assert len(shown) == selection.MOST_ESTIMATES
    assert {"e-750", "e-500"} <= set(shown)
    assert shown == [one.id for one in ledger.estimates if one.id in shown]
    assert chosen.populations[0][2] == "place 750"
    assert {"d-00750", "d-00500"} <= chosen.texts


def test_texts_stay_within_their_room() -> None:
    """The sum of what is shown is bounded; the rest is named up to a number, then counted."""
    ledger = large(4_000)
    chosen = select(ledger)
    sizes = {one.id: selection.size_of(one, 1) for one in ledger.documents}
    assert sum(sizes[name] for name in chosen.texts) <= selection.MOST_TEXT
    assert len(chosen.named) == len(chosen.texts) + selection.MOST_ROWS


def test_a_report_that_is_too_large_leaves_room_for_others() -> None:
    """It is passed over, and those behind it are shown."""
    ledger = large(3)
    huge = replace(ledger.documents[0], text="x" * 10)
    many = tuple(replace(ledger.claims[0], id=f"c-{at}") for at in range(selection.MOST_TEXT // 1_000 + 1))
    chosen = select(replace(ledger, documents=(huge, *ledger.documents[1:]), claims=(*ledger.claims, *many)))
    assert chosen.texts == {"d-00001", "d-00002"}
    assert "d-00000" in chosen.named


@pytest.mark.parametrize(("most", "found"), [(5, (3, 1, 2)), (2, (1, 2)), (1, (1,)), (0, ())])
def test_first_keeps_the_order_in_which_things_stand(most: int, found: tuple[int, ...]) -> None:
    """What is kept is chosen by rank and shown by place."""
    assert first((3, 1, 2), most, lambda one: (one,)) == found
