"""The derivation as text: everything it rests on, the answer first, and no report steers the terminal."""

import re
from dataclasses import replace

from tallystick.model.lineage import Lineage
from tallystick.reporting.derivation import Derivations
from tallystick.reporting.explaining import explanation
from wires import COPIES, WIRE, wire_ledger

EVIL = "\x1b[31m\nWhat does not agree\u202e"
# ICD 203: words of the row of likelihood; none may stand in one sentence with a confidence.
LIKELIHOOD = re.compile(r"\b(likely|unlikely|probable|probably|chance|certain|possibly|doubtful|improbable)\b")


def told(at: int = 0) -> str:
    """The text of an estimate of the wire report."""
    ledger = wire_ledger()
    return explanation(Derivations(ledger).of(ledger.estimates[at]))


def test_the_answer_stands_first() -> None:
    """Figure, range, credibility with its reason, independent origins as a range."""
    assert told().splitlines()[:6] == [
        "Divers, CH to Dam (actual, stock, 2031)",
        "  best         1,900, the last known count: nobody has refreshed it since",
        "  range        1,600 to 2,100",
        "  credibility  2, probably true: two origins agree, which may rest on shared knowledge",
        "  origins      1–2 independent, in 11 reports, the latest of 2031-05-20",
        "  id           e-whole",
    ]


def test_an_estimate_without_a_best_says_why() -> None:
    """The range stands, the reason beside it."""
    lines = told(1).splitlines()
    assert lines[1] == "  best         none: a single origin gives a range and no best figure"
    assert "is a part of 1,900 Divers, CH to Dam" in told(1)


def test_readings_widenings_conflicts_and_parts_are_told() -> None:
    """Each with what it rests on."""
    text = told()
    for words in (
        "1. River office, 2031-03-01: 2,000\n     weight 0.80, source B, 9 reports, known since 2031-03-01",
        "superseded: the same speaker gave a later figure",
        "may share what it knows with origin o-3",
        "1. one side: Both origins are parties: wider by 5%. 1,600 to 2,100.",
        "1. parts and sum: The river office gives 2,000 and the union 1,700.\n     1,000 + 700 = 1,700, not 2,000",
        "2,000 in Dam Wire, 2031-03-01",
        "holds 1,600 to 2,100 Divers of the night shift (actual; e-part)",
        "1. 2031-06-01T08:00:00Z, A. Reader: step added, from told to wire",
    ):
        assert words in text, words


def test_every_step_back_is_told_with_relation_mechanism_confidence_and_reason() -> None:
    """A report stands under what it goes back to."""
    text = told()
    assert (
        "      Lock Gazette, 2031-03-02: 2,000\n"
        "        goes back to Dam Wire, 2031-03-01: attribution, wasDerivedFrom of the figure\n"
        "          confidence 0.80\n"
        "          Lock Gazette names Dam Wire.\n"
    ) in text
    assert "part of the text, wasQuotedFrom of the report, 1 shared passage" in text
    assert text.count("goes back to Lock Gazette, 2031-03-02: same text") == COPIES


def test_every_claim_stands_with_its_words_and_its_span() -> None:
    """Document, offsets, day and quotation."""
    text = told()
    start = WIRE.index("2,000")
    span = f"wire [{start}:{start + 5}]"
    assert f"  2,000: Dam Wire, 2031-03-01, {span}\n    said by River office\n    “{WIRE}”\n" in text
    assert text.count("said by River office") == COPIES + 2


def test_a_confidence_and_a_likelihood_never_stand_in_one_sentence() -> None:
    """ICD 203."""
    for sentence in re.split(r"[.\n]", told() + told(1)):
        assert not ("confidence" in sentence and LIKELIHOOD.search(sentence)), sentence


def test_hostile_words_make_no_line_and_steer_nothing() -> None:
    """A break or a control character of a report stays in its line."""
    ledger = wire_ledger()
    documents = tuple(replace(one, outlet=EVIL) for one in ledger.documents)
    edges = tuple(replace(edge, reason=EVIL) for edge in ledger.lineage.edges)
    origins = tuple(replace(one, speaker=EVIL, reason=EVIL, date=EVIL) for one in ledger.lineage.origins)
    bad = replace(ledger, documents=documents, lineage=Lineage(edges, origins))
    text = explanation(Derivations(bad).of(bad.estimates[0]))
    assert not set("\x1b\u202e") & set(text)
    assert text.count("\nWhat does not agree\n") == 1
