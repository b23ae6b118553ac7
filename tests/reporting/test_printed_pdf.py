"""A brief as PDF: what stands on its pages, and what a text or a template cannot do."""

import socket
import sys
from dataclasses import replace
from importlib.resources import files
from itertools import combinations

import pypdfium2
import pytest

from briefs import DRAWING, SCRIPTS, brief, long_brief, spoken_by
from tallystick.errors import ExtraMissingError, TemplateError
from tallystick.reporting.brief import Brief, Picture
from tallystick.reporting.printing import typesetting
from tallystick.reporting.printing.pdf import bundled, pdf
from tallystick.reporting.printing.pictures import printable
from tallystick.reporting.printing.typesetting import pictured

ACCESSIBLE = b"<pdfuaid:part>1</pdfuaid:part>"
HOSTILE = (
    '#read("/etc/passwd")',
    "] #panic() [ } $x$ `raw` *b* _i_ @ref <label> \\ // /*",
    "<script>alert(1)</script>&amp;<b>",
    "= Heading\n- list #import \"@preview/cetz:0.3.0\"",
    "x" * 100_000,
    "국" * 20_000,
)  # fmt: skip


def text_of(content: bytes) -> str:
    """The text of a PDF, on one line, as a reader would copy it."""
    pages = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def links_of(content: bytes) -> set[bytes]:
    """The addresses that a PDF opens."""
    return {part.partition(b")")[0] for part in content.split(b"/URI(")[1:]}


def test_every_section_stands_in_the_document() -> None:
    """What a brief holds is on the pages, section by section."""
    told = text_of(pdf(brief()))
    for words in (
        "North Korean personnel in Russia", "As of the end of 2025-06-30", "24 reports", "Key judgements", "B2",
        "No best figure: the figures contradict one another", "last known", "and 9 further estimates in the case",
        "What changed", "Builders, planned: 4,500 became 5,000.", "Kyodo, 17 June 2025", "Figures over time", "Where",
        "Outlines take sides on borders", "Where the figures come from", "Kyodo, by the credit line",
        "What cannot be reconciled", "600 > 1.2 x 300", "Provisions that may apply", "UNSCR 2397 (2017), para. 8",
        "Whether they are paid.", "From general knowledge", "What does not add up", "cannot be right", "Sources",
        "한겨레", "Who is quoted", "Сергей Шойгу", "How this report was made", "a" * 64, "Evidence", "Page 1 of",
    ):  # fmt: skip
        assert words in told, words


def test_footnotes_tell_the_span_and_its_digests_whole() -> None:
    """A note holds the words, the place and both digests as they are copied from the page."""
    told, plain = text_of(pdf(brief())), brief()
    for note in plain.footnotes:
        for words in (note.words, note.span_sha256, note.document_sha256, f"{note.start}–{note.end}", note.url):
            assert words in told


def test_every_script_is_set_in_the_bundled_fonts() -> None:
    """Russian, Ukrainian, Korean and both kinds of Chinese have a glyph each, as PDF/UA asks, in text and title."""
    for words in SCRIPTS.values():
        content = pdf(replace(brief(), cover=replace(brief().cover, title=words)))
        assert ACCESSIBLE in content
        assert words in text_of(content)


def test_a_sign_without_a_glyph_stops_no_report() -> None:
    """A script that no bundled font has costs the mark of accessibility, not the report."""
    content = pdf(spoken_by("𒀀𒀁 and 5,000"))
    assert ACCESSIBLE not in content
    assert "and 5,000" in text_of(content)


def test_letters_in_drawings_are_those_of_the_bundled_fonts() -> None:
    """Words of each script look different from one another and from what has no glyph."""
    words = ("Шо", "Її", "북한", "朝鲜", "北韓", "𒀀𒀁")
    drawings = [printable(DRAWING.replace("Шойгу 5,000 북한 朝鲜", each)) or b"" for each in words]
    source = b'#set page(width: 100mm, height: 30mm, margin: 0pt)\n#for n in range(6) { image(str(n) + ".svg") }'
    pages = pictured(source, {f"{place}.svg": drawing for place, drawing in enumerate(drawings)})
    assert len(pages) == len(words)
    assert all(one != other for one, other in combinations(pages, 2))


def test_the_fonts_lie_beside_their_license() -> None:
    """Whoever takes the program gets the terms of its fonts, and not more than some megabytes of them."""
    folder = files("tallystick.reporting") / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert sum(len(one.read_bytes()) for one in folder.iterdir()) < 8_000_000


def test_drawings_are_made_for_paper() -> None:
    """Colors that were the page's are fixed, and nothing in a drawing acts or fetches."""
    hostile = DRAWING.replace(
        "</svg>",
        "<script>alert(1)</script><image href='http://example.org/x.png'/><a href='http://example.org/'><text"
        " onclick='x()' style='fill:url(http://example.org/f)'>words</text></a></svg>",
    )
    drawn = (printable(hostile) or b"").decode()
    assert "words" in drawn
    for sign in ("var(", "currentColor", "script", "example.org", "onclick", "Arial"):
        assert sign not in drawn
    assert printable("<svg") is None
    assert printable("<html/>") is None
    assert printable('<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;</svg>') is None


def test_a_drawing_that_cannot_be_read_is_told_in_words() -> None:
    """In its place stands what it shows."""
    content = pdf(replace(brief(), charts=(Picture("Builders", "<svg", "Two figures, 5,000 and 6,000."),)))
    assert "Two figures, 5,000 and 6,000." in text_of(content)


def test_the_outline_names_sections_and_judgements() -> None:
    """A reader of the file can go to each section and each judgement."""
    held = list(pypdfium2.PdfDocument(pdf(brief())).get_toc())
    names = [entry.get_title() for entry in held]
    assert names[:2] == ["Key judgements", "Builders sent to Kursk, 1"]
    assert "Evidence" in names


def test_a_long_report_has_contents_and_a_short_one_has_none() -> None:
    """Contents stand where a reader could lose the way."""
    assert "CONTENTS Key judgements" in text_of(pdf(long_brief(20, 5)))
    assert "CONTENTS" not in text_of(pdf(brief()))


def test_the_same_brief_gives_the_same_bytes() -> None:
    """No clock, no chance and no machine is in the file."""
    content = pdf(brief())
    assert content == pdf(brief())
    told = pypdfium2.PdfDocument(content).get_metadata_dict()
    assert told["Title"] == brief().cover.title
    assert (told["CreationDate"], told["ModDate"], told["Author"]) == ("", "", "")


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda words: words[:12])
def test_what_a_report_says_stays_text(hostile: str) -> None:
    """Markup of typst and of pages is printed as it is written, and words without an end are cut and broken."""
    told = text_of(pdf(spoken_by(hostile)))
    assert "root:" not in told
    if len(hostile) < 1000:
        assert told.count(" ".join(hostile.split())) > 10
    else:
        assert "more characters)" in told


def test_credibility_and_status_share_no_sentence() -> None:
    """A status may be a word of likelihood (ICD 203)."""
    assert "probably true. 2 independent origins · 7 reports · planned" in text_of(pdf(brief()))


def test_marks_that_turn_text_are_shown() -> None:
    """A mark of direction and a control character become a sign that tells that one was there."""
    told = text_of(pdf(spoken_by("5\u202e000\u2066,\x00\x1b\ufeff\ud800end")))
    assert "5�000�,����end" in told


def test_links_lead_to_safe_addresses_only() -> None:
    """Any other address is no link, whoever wrote it into the brief."""
    plain = brief()
    urls = ("javascript:alert(1)", "file:///etc/passwd", "https://example.org/\u202egpj", "//example.org/x", "http://[")
    notes = tuple(replace(note, url=url) for note, url in zip(plain.footnotes, urls, strict=True))
    assert links_of(pdf(replace(plain, footnotes=notes))) == set()
    assert links_of(pdf(plain)) == {note.url.encode() for note in plain.footnotes}


def test_a_users_template_takes_the_place_of_the_bundled_one() -> None:
    """It finds the brief under the names of its record, and the drawings by their files."""
    template = b"""
#let brief = json("brief.json")
#brief.cover.title: #brief.judgements.first().figure
#image(brief.charts.first().file, alt: brief.charts.first().alternative)
"""
    told = text_of(pdf(brief(), template))
    assert "North Korean personnel in Russia: 5,000" in told
    assert "Key judgements" not in told
    assert text_of(pdf(brief(), bundled())) == text_of(pdf(brief()))


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        (b"= Title\n\n#let x =\n", "main.typ:3"),
        (b"#json(\"brief.json\").cover.nothing", "dictionary does not contain key"),
        (b"\xff\xfe", "not valid UTF-8"),
        (b'#read("/etc/passwd")', "file not found (searched at /etc/passwd)"),
        (b'#read("../../../../etc/passwd")', "escape"),
        (b'#import "@preview/cetz:0.3.0"', "cannot fetch packages"),
        (b'#eval("#import \\"@pre" + "view/cetz:0.3.0\\"", mode: "markup")', "cannot fetch packages"),
        (b'#import "@local/house:1.0.0"', "cannot fetch packages"),
        (b"#while true { }", "condition is always true"),
        (b"#image(bytes(\"nothing\"))", "image"),
    ],
)  # fmt: skip
def test_a_faulty_template_is_named_with_typsts_reason(template: bytes, reason: str) -> None:
    """So is one that reads another file or asks for a package."""
    with pytest.raises(TemplateError) as raised:
        pdf(brief(), template)
    assert reason in str(raised.value)
    assert str(raised.value).startswith("the template cannot be used: ")


def test_a_template_reaches_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where the machine has a proxy that would fetch a package."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        with pytest.raises(TemplateError, match="cannot fetch packages"):
            pdf(brief(), b'#import "@preview/cetz:0.3.0"')
        with pytest.raises(BlockingIOError):
            proxy.accept()


def test_a_template_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a bounded time the process that sets it is ended."""
    monkeypatch.setattr(typesetting, "LONGEST", 1)
    with pytest.raises(TemplateError, match="after 1 second"):
        pdf(brief(), b"#for a in range(9999) { for b in range(9999) { for c in range(9999) { } } }")


def test_without_typst_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message holds the command that installs it."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(ExtraMissingError, match=r"tallystick\[reports\]"):
        pdf(brief())


def test_an_empty_case_gives_a_report() -> None:
    """Where nothing is known, the cover stands alone."""
    nothing: Brief = replace(
        brief(), judgements=(), more=0, changes=(), changes_more=0, charts=(), map=None, trees=(), conflicts=(),
        panels=(), panels_more=0, flags=(), flags_more=0, sources=(), speakers=(), method=(), footnotes=(),
    )  # fmt: skip
    told = text_of(pdf(nothing))
    assert "North Korean personnel in Russia" in told
    assert "Key judgements" not in told


def test_a_long_report_holds_every_judgement_and_note() -> None:
    """150 judgements and 300 notes are laid out whole."""
    told = text_of(pdf(long_brief(150, 300)))
    assert "Builders sent to Kursk, 150" in told
    assert "c-0300" in told
