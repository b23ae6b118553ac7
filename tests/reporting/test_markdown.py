"""The report as Markdown: its parts come out, no words become markup, and templates keep to their sandbox."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefs import brief
from tallystick.errors import TemplateError
from tallystick.reporting.brief import Brief
from tallystick.reporting.printing import templating
from tallystick.reporting.printing.markdown import bundled, markdown

HOSTILE = (
    "# heading", "- item", "1. item", "> quoted", "[a](https://evil.example)", "![a](https://evil.example/x.png)",
    "<script>alert(1)</script>", "**bold**", "`code`", "https://evil.example", "www.evil.example", "a@evil.example",
    "a | b", "&lt;b&gt;", "line\n\n# heading", "line\n===", "$x$", "[^1]: note", "~~gone~~", "\\", "\u202eevil",
)  # fmt: skip


def parsed(text: bytes) -> list[Token]:
    """The tokens of a text, with tables, links in the clear and struck words as GitHub reads them."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    flat: list[Token] = []
    for token in parser.parse(text.decode()):
        flat += [token, *(token.children or ())]
    return flat


def kinds(text: bytes) -> dict[str, int]:
    """How often each kind of token is in a text."""
    found: dict[str, int] = {}
    for token in parsed(text):
        found[token.type] = found.get(token.type, 0) + 1
    return found


def spoken(words: str) -> Brief:
    """The brief with a source, a reason and a judgement of these words."""
    held = brief()
    return replace(
        held,
        judgements=tuple(replace(one, sentence=words, unsettled=words) for one in held.judgements),
        flags=tuple(replace(one, reason=words) for one in held.flags),
        conflicts=tuple(replace(one, label=words, reason=words) for one in held.conflicts),
        sources=tuple(replace(one, name=words) for one in held.sources),
        footnotes=tuple(replace(one, before=words, words=words, behind=words, source=words) for one in held.footnotes),
    )


def test_every_part_of_a_brief_is_in_it() -> None:
    """Judgements, changes, origins, conflicts, provisions, flags, sources, speakers, method and notes."""
    held, text = brief(), markdown(brief()).decode()
    for one in held.judgements:
        assert one.estimate in text
        assert one.grade in text
    for name in ("Key judgements", "What changed", "Where the figures come from", "Conflicts", "Provisions", "Flags",
                 "Sources", "How this was made"):  # fmt: skip
        assert f"## {name}" in text
    for note in held.footnotes:
        assert f"[^{note.number}]: " in text
        assert note.document_sha256 in text
        assert note.span_sha256 in text


def test_every_footnote_that_is_cited_is_there() -> None:
    """No number leads nowhere, and none is defined twice."""
    text = markdown(brief()).decode()
    defined = [line.partition("]")[0] for line in text.splitlines() if line.startswith("[^")]
    assert len(defined) == len(set(defined))
    cited = {part.partition("]")[0] for part in text.split("[^")[1:]}
    assert cited == {one.removeprefix("[^") for one in defined}


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_a_report_are_never_markup(words: str) -> None:
    """The kinds of what a reader of Markdown makes of them are those of harmless words."""
    harmless, hostile = kinds(markdown(spoken("plain"))), kinds(markdown(spoken(words)))
    for kind in ("heading_open", "image", "html_inline", "html_block", "link_open", "list_item_open", "s_open",
                 "blockquote_open", "code_inline", "tr_open", "td_open", "fence", "hr"):  # fmt: skip
        assert hostile.get(kind, 0) == harmless.get(kind, 0), kind


@given(st.text(max_size=60))
def test_whatever_words_are_the_structure_stays(words: str) -> None:
    """As many headings, rows and items come out as there are, and no HTML."""
    harmless, found = kinds(markdown(spoken("plain"))), kinds(markdown(spoken(f"a{words}")))
    for kind in ("heading_open", "tr_open", "td_open", "list_item_open", "html_inline", "html_block", "image"):
        assert found.get(kind, 0) == harmless.get(kind, 0), kind


def test_unsafe_addresses_are_left_out() -> None:
    """An address that no reader should follow is no link."""
    held = brief()
    text = markdown(replace(held, footnotes=tuple(replace(one, url="javascript:alert(1)") for one in held.footnotes)))
    assert b"javascript" not in text


def test_a_template_of_ones_own_takes_its_place_and_escapes() -> None:
    """It finds the same brief; what it prints is escaped without its doing."""
    text = markdown(spoken("<b>*x*</b>"), b"{% for one in brief.judgements %}J {{ one.sentence }}\n{% endfor %}")
    assert text.splitlines()[0] == rb"J \<b\>\*x\*\</b\>"
    assert markdown(brief(), bundled()) == markdown(brief())


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (b"{% for i in range(99999) %}{% for j in range(99999) %}{% set x = 1 %}{% endfor %}{% endfor %}", "it is not"),
        (b"{% for i in range(99999) %}{% for j in range(99999) %}words{% endfor %}{% endfor %}", "too large"),
    ],
)  # fmt: skip
def test_a_template_without_an_end_is_stopped(monkeypatch: pytest.MonkeyPatch, template: bytes, said: str) -> None:
    """Whether it says something in its loops or not."""
    monkeypatch.setattr(templating, "LONGEST", 0.2 if "not" in said else 60)
    monkeypatch.setattr(templating, "MOST", 10_000)
    with pytest.raises(TemplateError, match=said):
        markdown(brief(), template)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (b"{% for %}", "line 1"), (b"ok\n{{ nothing }}", "line 2: 'nothing' is undefined"),
        (b"{{ brief.__class__.__mro__ }}", "may not have|undefined"), (b"\xff", "UTF-8"),
        (b"{{ 1 / 0 }}", "division by zero"), (b"{% include 'report.md.j2' %}", "no 'report.md.j2'"),
        (b"{{ ''.__class__.__base__.__subclasses__() }}", "may not have|undefined"),
    ],
)  # fmt: skip
def test_a_faulty_template_is_told_with_its_line(template: bytes, said: str) -> None:
    """Wrong syntax, names that there are not, and what a template must not reach."""
    with pytest.raises(TemplateError, match=said):
        markdown(brief(), template)
