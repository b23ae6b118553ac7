"""What falls if a source falls."""

import pytest

from newsroom import BUILDERS, case_of
from tallystick.errors import UnknownNameError
from tallystick.inquiry.removal import Effect, without
from tallystick.inquiry.timeline import Kept, kept
from tallystick.model.change import ChangeKind
from tallystick.pipeline import derive
from tallystick.storage.case import Case

MORE = (
    *BUILDERS,
    {
        "id": "kyiv-5", "outlet": "Kyiv Desk", "published": "2025-07-09",
        "text": "Volga Wire reported that 5,000 construction workers will go to Russia's Kursk region.",
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A plan that one wire had, who copied it, who had it from the wire, and a second voice."""
    folder = tmp_path_factory.mktemp("removal")
    case_of(folder, MORE, "2025-08-01")
    with Case.open(folder / "case", read_only=True) as case:
        return kept(case)


def documents_of(held: Kept, claims: tuple[str, ...]) -> set[str]:
    """The reports in which claims stand."""
    return {claim.document for claim in held.claims if claim.id in claims}


@pytest.mark.parametrize("name", ["Volga Wire", "volga wire", "VOLGA WIRE"])
def test_with_an_outlet_fall_its_reports_and_what_has_it_from_them(held: Kept, name: str) -> None:
    """Its own text, the copy of it, and what another gives only via it; the second voice stands."""
    removal = without(held, name)
    assert removal.what == "outlet or agency Volga Wire"
    assert removal.documents == ("wire-1",)
    assert documents_of(held, removal.claims) >= {"wire-1", "kyiv-5"}
    assert "seoul-3" not in documents_of(held, removal.claims)


def test_with_a_speaker_falls_whatever_retells_him(held: Kept) -> None:
    """All reports of the plan lose it, but stay in the case."""
    removal = without(held, "Shoigu")
    assert removal.what.startswith("speaker ")
    assert removal.documents == ()
    assert {"wire-1", "herald-2"} <= documents_of(held, removal.claims)
    assert "seoul-3" not in documents_of(held, removal.claims)
    gone = [fall for fall in removal.falls if fall.effects[0] is Effect.VANISHES]
    changed = [fall for fall in removal.falls if fall.change.kind is ChangeKind.ESTIMATE]
    assert gone or changed


def test_with_an_origin_fall_its_claims(held: Kept) -> None:
    """By its id or the beginning of that."""
    ledger = derive(held.documents, held.claims, held.dossier)
    origin = next(one for one in ledger.lineage.origins if "seoul-3" in one.documents)
    assert without(held, origin.id[:10]).claims == origin.claims
    assert without(held, origin.id).what.startswith(f"origin {origin.id}")


def test_with_a_report_falls_what_copies_it(held: Kept) -> None:
    """A report by its id."""
    removal = without(held, "undated-4")
    assert removal.documents == ("undated-4",)
    assert documents_of(held, removal.claims) == {"undated-4"}
    (fall,) = [one for one in removal.falls if one.change.kind is ChangeKind.ESTIMATE_GONE]
    assert fall.effects == (Effect.VANISHES,)
    assert [one.id for one in fall.change.reports] == ["undated-4"]


def test_a_name_that_nothing_has_lists_what_is_near(held: Kept) -> None:
    """A slip of the pen finds the outlet; what is nowhere near finds nothing."""
    with pytest.raises(UnknownNameError, match=r"did you mean .*Volga Wire"):
        without(held, "Vogla Wire")
    with pytest.raises(UnknownNameError, match="no outlet, speaker, report or origin"):
        without(held, "qqqq")


def test_a_beginning_of_several_ids_is_told(held: Kept) -> None:
    """Every origin begins with the same two marks."""
    with pytest.raises(UnknownNameError, match="more than one document or origin begins so"):
        without(held, "o-")


def test_the_order_of_reports_does_not_matter(held: Kept) -> None:
    """The same removal whichever way the reports come."""
    turned = held._replace(documents=held.documents[::-1], claims=held.claims[::-1])
    one, other = without(held, "Volga Wire"), without(turned, "Volga Wire")
    assert one.falls == other.falls
    assert set(one.claims) == set(other.claims)
