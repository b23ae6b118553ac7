"""The panel of provisions: what is asked for, what is told, what is open; every line leads to its words."""

import re
from dataclasses import replace

import pytest

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.ledger import Ledger
from tallystick.reporting.provisions import panels
from tallystick.reporting.report import report
from tallystick.reporting.selection import MOST_HITS
from tallystick.values.cautions import objections

DOSSIER = load("dprk-russia")
TEXT = (
    "South Korea's intelligence service said that 15,000 North Korean laborers have been sent to Russia.\n"
    "The North Korean laborers earn about $800 a month, it said.\n"
)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """A case with one population that provisions may apply to."""
    told = document(TEXT, id="one", outlet="Port Gazette", published="2025-04-30")
    return derive((told,), extract(told, DOSSIER), DOSSIER, facts=facts(told, DOSSIER))


def page(ledger: Ledger) -> str:
    """The section of provisions."""
    whole = report(ledger, DOSSIER, version="1")
    found = re.search(r'<section id="provisions".*?</section>', whole, re.DOTALL)
    assert found is not None
    return found.group()


def test_a_provision_has_its_facts_origins_and_questions(ledger: Ledger) -> None:
    """The paragraph as it is cited, what is told and by how many, and what to find out."""
    shown = page(ledger)
    for told in ("Paragraph 8 of S/RES/2397 (2017)", "they earn income there", "all facts told", "Who are they"):
        assert told in shown
    assert "no legal advice" in shown


def test_what_has_not_been_checked_is_said_in_words(ledger: Ledger) -> None:
    """A paragraph number that nobody read in the instrument says so."""
    assert "Not checked: paragraph number read second hand" in page(ledger)
    checked = {panel.provision.id: panel.unchecked for panel in panels(ledger.hits, DOSSIER)}
    assert checked["unscr-2397-8"] == ("paragraph number read second hand", "content read second hand")


def test_every_link_of_the_panel_has_its_place(ledger: Ledger) -> None:
    """Figures and facts lead to marks in the texts."""
    whole = report(ledger, DOSSIER, version="1")
    links = set(re.findall(r'href="#([^"]+)"', page(ledger)))
    places = set(re.findall(r'id="([^"]+)"', whole))
    assert links
    assert links <= places


def test_own_sentences_find_nothing(ledger: Ledger) -> None:
    """What the program writes passes its own linter; only quoted words may say what they like."""
    for hit in ledger.hits:
        assert objections(hit.statement) == ()
        assert all(objections(question) == () for question in hit.missing)


def test_hostile_labels_are_text(ledger: Ledger) -> None:
    """A population named by a report is escaped like every other word of it."""
    population = replace(ledger.hits[0].population, label="<b>Workers</b>")
    hit = replace(ledger.hits[0], statement="<script>alert(1)</script> & more", population=population)
    shown = page(replace(ledger, hits=(hit,)))
    assert "&lt;script&gt;alert(1)" in shown
    assert "&lt;b&gt;Workers" in shown
    assert "<script" not in shown
    assert "<b>" not in shown


def test_long_lists_are_cut_and_counted(ledger: Ledger) -> None:
    """A page for hundreds of hits would be read by nobody; what is left out is counted."""
    many = tuple(replace(ledger.hits[0], id=f"h-{number}") for number in range(MOST_HITS + 5))
    assert "and 5 more hits" in page(replace(ledger, hits=many))


def test_a_case_without_law_has_no_such_section() -> None:
    """Nothing is shown of what was not asked."""
    told = document("The ministry said that 1,200 people were displaced.", id="one", published="2025-04-30")
    general = load("general")
    whole = report(derive((told,), extract(told, general), general), general, version="1")
    assert 'id="provisions"' not in whole
