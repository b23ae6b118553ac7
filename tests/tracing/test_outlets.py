"""Outlets and credit lines."""

import pytest

from factory import document
from tallystick.dossiers.loading import load
from tallystick.tracing.outlets import Outlets

OUTLETS = Outlets(load("dprk-russia"))


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("PYONGYANG, June 17 (Harbor Press) - Builders will go.", "Harbor Press"),
        ("(AP) Builders will go.", "AP"),
        ("Builders will go.\nSource: Daily NK", "Daily NK"),
        ("Builders (and sappers) will go.", None),
        ("The agency (Harbor Press) reports nothing.", None),
        ("", None),
    ],
)
def test_a_credit_line_names_an_outlet(text: str, credit: str | None) -> None:
    """In a dateline, before the text or on a last line; brackets in prose are none."""
    assert OUTLETS.credited(document(text)) == (credit and OUTLETS.key(credit))


def test_an_outlet_is_known_by_its_name_or_its_host() -> None:
    """Other names and domains of the dossier lead to one key; a broken address to none."""
    assert OUTLETS.of(document("x", outlet="DailyNK")) == OUTLETS.key("Daily NK")
    assert OUTLETS.of(document("x", url="https://www.dailynk.com/a")) == OUTLETS.key("Daily NK")
    assert OUTLETS.of(document("x", url="https://[broken")) is None
    assert OUTLETS.of(document("x")) is None
