"""Who held what when: dates that are not to the day, deaths, and names in other spellings."""

import pytest

from tallystick.inquiry.holding import Holding, held
from tallystick.model.dossier import Actor, Dossier, Office, Tenure
from tallystick.values.transliteration import MatchKind


def dossier(*tenures: Tenure, died: str | None = None) -> Dossier:
    """Two people, and what they held."""
    actors = (Actor("lind", "Anna Brinova", ("Brinova",), died=died), Actor("ek", "Сергей Эк"))
    return Dossier("tests", "Tests", "", (), actors=actors, tenures=tenures)


def term(start: str | None, end: str | None, actor: str = "lind", office: str = "Mayor") -> Tenure:
    """A term."""
    return Tenure(actor, Office(office), start, end, "Gazette", "V")


@pytest.mark.parametrize(
    ("start", "end", "on", "holding"),
    [
        ("2014-12", "2018", "2016-03-01", Holding.YES),
        ("2014-12", "2018", "2014-11-30", None),
        ("2014-12", "2018", "2014-12-05", Holding.PERHAPS),
        ("2014-12", "2018", "2018-06", Holding.PERHAPS),
        ("2014-12", "2018", "2019", None),
        ("2014-12-05", None, "2014-12-05", Holding.YES),
        ("2014-12-05", "2018-01-02", "2018-01-02", Holding.PERHAPS),
        (None, "2018", "1990", Holding.PERHAPS),
        ("2014-12-15~", None, "2014-11-20", Holding.PERHAPS),
        ("2014-12-15~", None, "2014-10-20", None),
    ],
)
def test_a_tenure_covers_a_date_surely_perhaps_or_not(
    start: str | None, end: str | None, on: str, holding: Holding | None
) -> None:
    """Dates are as wide as they are written."""
    assert [one.holding for one in held(dossier(term(start, end)), on=on)] == ([] if holding is None else [holding])


def test_nobody_holds_an_office_after_his_death() -> None:
    """A table may leave the end of a tenure open where it has the death."""
    subject = dossier(term("2014", None), died="2016-02-03")
    assert [one.holding for one in held(subject, on="2016-01")] == [Holding.YES]
    assert held(subject, on="2016-02-04") == ()


def test_without_a_date_all_are_given_in_order() -> None:
    """The order is the dossier's."""
    found = held(dossier(term("2014", None), term("2012", None, "ek")))
    assert [(one.actor.id, one.holding, one.found) for one in found] == [("lind", None, None), ("ek", None, None)]


def test_a_name_in_another_script_finds_its_holder() -> None:
    """The spelling that matched is told, and how."""
    (one,) = held(dossier(term("2014", None), term("2012", None, "ek")), person="Sergei Ek")
    assert one.actor.id == "ek"
    assert one.found is not None
    assert one.found.name == "Сергей Эк"
    assert one.found.match.kind is MatchKind.TRANSLITERATION


def test_a_name_that_is_only_alike_is_told_as_such() -> None:
    """An l for an r is found, with its score."""
    (one,) = held(dossier(term("2014", None)), person="Blinova")
    assert one.found is not None
    assert one.found.match.kind is MatchKind.SIMILARITY


def test_a_name_of_nobody_finds_nothing() -> None:
    """No guess is made."""
    assert held(dossier(term("2014", None)), person="Karlsson") == ()
