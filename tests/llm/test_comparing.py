"""Where two readings of a report differ: alike, otherwise, only the one's, only the other's."""

from dataclasses import replace

import pytest

from factory import claim, document
from tallystick.llm.comparing import compare, differing, disputes
from tallystick.model.claim import Claim
from tallystick.model.quantity import Bound
from tallystick.model.second_reader import Dispute, DisputeKind

REPORT = document("5,000 to 6,000 soldiers, 300 dead, 40 sappers and 7 guns.")
RANGE = claim(REPORT, "5,000 to 6,000", low=5000, high=6000, bound=Bound.RANGE)
DEAD, SAPPERS, GUNS = (claim(REPORT, figure) for figure in ("300", "40", "7"))


def test_every_claim_of_both_is_told_of_once() -> None:
    """In the order of the text; a figure that one of them cuts otherwise is the same figure, read otherwise."""
    other = claim(REPORT, "5,000")
    found = compare((RANGE, DEAD, SAPPERS), (other, DEAD, GUNS))
    assert [(one.ours, one.theirs) for one in found.agreed] == [(DEAD, DEAD)]
    assert [(one.ours, one.theirs, one.fields) for one in found.differing] == [(RANGE, other, ("high", "bound"))]
    assert (found.only_rules, found.only_model) == ((SAPPERS,), (GUNS,))


def test_what_a_person_has_judged_is_no_dispute() -> None:
    """What the rules do not have is one until somebody decides."""
    found = compare((RANGE, DEAD, SAPPERS), (claim(REPORT, "5,000"), GUNS))
    assert disputes(found, (RANGE.id, SAPPERS.id)) == (
        Dispute(DisputeKind.DIFFERING, RANGE.id, claim(REPORT, "5,000").id),
        Dispute(DisputeKind.ONLY_RULES, SAPPERS.id, None),
        Dispute(DisputeKind.ONLY_MODEL, None, GUNS.id),
    )
    assert [one.kind for one in disputes(found, (RANGE.id, SAPPERS.id), whole=False)] == [
        DisputeKind.DIFFERING, DisputeKind.ONLY_MODEL,
    ]  # fmt: skip
    assert disputes(found, ()) == (Dispute(DisputeKind.ONLY_MODEL, None, GUNS.id),)


@pytest.mark.parametrize(
    ("ours", "theirs", "fields"),
    [
        ({"speaker": "Sergei Shoigu"}, {"speaker": "shoigu"}, ()),
        ({"speaker": "Sergei Shoigu"}, {"speaker": "Sergei Lavrov"}, ("speaker",)),
        ({"speaker": None}, {"speaker": "Shoigu"}, ("speaker",)),
        ({"speaker": "Shoigu"}, {"speaker": None}, ()),
        ({"place": "Kursk"}, {"place": "Kursk region"}, ()),
        ({"origin": "KP"}, {"origin": "RU"}, ("origin",)),
        ({"low": 5000}, {"low": None}, ("low",)),
        ({"low": 5000}, {"low": None, "bound": Bound.VAGUE}, ("bound",)),
        ({"counted": "men"}, {"counted": "soldiers"}, ()),
    ],
)
def test_a_field_that_the_model_leaves_open_is_none_in_which_they_differ(
    ours: dict[str, object], theirs: dict[str, object], fields: tuple[str, ...]
) -> None:
    """Nor is one that names the same with more words; an end that is open says something."""
    first: Claim = replace(DEAD, **ours)  # type: ignore[arg-type]
    second: Claim = replace(DEAD, **theirs)  # type: ignore[arg-type]
    assert differing(first, second) == fields
