"""A body and what stands apart from it as one text."""

from tallystick.model.document import PassageKind
from tallystick.reading.text.apart import laid


def test_the_body_stays_at_the_start_and_the_rest_follows_it() -> None:
    """Offsets into the body stay good; each further piece has its own stretch."""
    text, stretches = laid("Ten men came.\n", [("Builders", PassageKind.HEADLINE), ("A day", PassageKind.STANDFIRST)])
    assert text == "Ten men came.\n\n\nBuilders\n\nA day"
    assert [(text[start:end], kind) for start, end, kind in stretches] == [
        ("Builders", PassageKind.HEADLINE), ("A day", PassageKind.STANDFIRST),
    ]  # fmt: skip


def test_a_title_that_the_body_holds_is_not_put_behind_it() -> None:
    """Nor is a standfirst that is the beginning of the first paragraph; a word within a word holds no title."""
    body = "BUILDERS  come\n\nFive thousand builders will leave for Kursk in the summer, Moscow said."
    apart = [
        ("Builders come", PassageKind.HEADLINE), ("Five thousand builders will leave", PassageKind.STANDFIRST),
        ("", PassageKind.CAPTION), ("Build", PassageKind.CAPTION),
    ]  # fmt: skip
    assert laid(body, apart).text == f"{body}\n\nBuild"
