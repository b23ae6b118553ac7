"""The lines of a whole case: every record comes back equal; what is none is named."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from tallystick.exporting.lines import FORM, DossierFile, End, Head, Line, Report, encoded, line_of
from tallystick.model.claim import Claim, Ground
from tallystick.model.document import Document, Failure, Original, Passage, Retrieval
from tallystick.model.estimate import Estimate, Reading, Widening
from tallystick.model.fact import Fact
from tallystick.model.flag import Evidence, Flag
from tallystick.model.hit import Finding, Hit
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Edge, Independent, Origin, Shared
from tallystick.model.review import Held, Review, Standing

whole = st.integers(-(2**63) + 1, 2**63 - 1)
figures = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
plain = {"number": whole, "start": whole, "end": whole, "low": figures, "high": figures, "best": figures}
sure = st.floats(0, 1)


def built(record: Any, **more: Any) -> st.SearchStrategy[Any]:
    """Records of a type, of whatever a case can hold."""
    fields = record.__dataclass_fields__
    return st.builds(record, **{name: one for name, one in plain.items() if name in fields} | more)


def several(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A tuple of a few."""
    return st.lists(of, max_size=2).map(tuple)


claims = built(Claim, grounds=several(st.builds(Ground, start=st.none() | whole, end=st.none() | whole)))
independent = st.builds(Independent, whole, whole)
documents = st.builds(
    Document, passages=several(built(Passage, repeats=st.none() | whole, page=st.none() | whole)), sha256=st.just("ab")
)
originals = st.builds(
    Original, st.just("ab"), st.text(), st.binary() | st.text().map(str.encode),
    st.none() | st.builds(Retrieval, status=whole),
)  # fmt: skip
lines = st.one_of(
    st.builds(Head, st.just(FORM)),
    st.builds(DossierFile),
    st.builds(End, whole),
    st.builds(Report, documents, originals, whole, whole),
    st.builds(Held, claims),
    built(Fact, grounds=st.just(())),
    built(Review, before=several(claims), after=several(claims), of=st.none() | whole),
    built(Judgement),
    st.builds(Failure),
    st.builds(Edge, confidence=sure, shared=several(st.builds(Shared, whole, whole, whole, whole))),
    st.builds(Origin, independent=independent),
    built(
        Estimate, independent=independent, reports=whole, credibility=whole, widenings=several(built(Widening)),
        readings=several(built(Reading, reports=whole, weight=sure)),
    ),
    st.builds(Flag, evidence=several(built(Evidence))),
    st.builds(
        Hit, independent=independent,
        findings=several(st.builds(Finding, independent=independent, evidence=several(built(Evidence)))),
    ),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(lines)
def test_every_record_comes_back_equal(line: Line) -> None:
    """With all its fields, as one line of UTF-8."""
    text = encoded(line)
    assert text.endswith(b"\n")
    assert text.count(b"\n") == 1
    assert line_of(text) == line


def test_bytes_that_are_text_stand_as_text() -> None:
    """Others as base64; both come back byte for byte."""
    for content, name in ((b"\xef\xbb\xbfKim", "text"), (b"%PDF\xff\x00", "base64"), (b"", "text")):
        told = json.loads(encoded(DossierFile(None, content)))
        assert name in told
        assert line_of(encoded(DossierFile(None, content))) == DossierFile(None, content)


CLAIM = json.loads(encoded(Held(claim(document("5"), "5"), Standing.EXTRACTED)))
BAD = (
    (b"\xff", "UTF-8"),
    (b"{", "JSON"),
    (b"[]", "object"),
    (b'{"type":"person"}', "type"),
    (b'{"type":"end"}', "'reports' is missing"),
    (b'{"type":"end","reports":"1"}', "whole number"),
    (b'{"type":"end","reports":true}', "whole number"),
    (b'{"type":"end","reports":1.0}', "whole number"),
    (b'{"type":"end","reports":9223372036854775808}', "in no case"),
    (b'{"type":"end","reports":1,"more":2}', "'more'"),
    (b'{"type":"end","reports":NaN}', "NaN"),
    (b'{"type":"end","reports":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested"),
    (b'{"type":"failure","document":"\\ud800","stage":"read","reason":""}', "in no case"),
    (b'{"type":"failure","document":[],"stage":"read","reason":""}', "text"),
    (b'{"type":"dossier","name":null}', "text or base64"),
    (b'{"type":"dossier","name":null,"base64":"*"}', "base64"),
    (b'{"type":"dossier","name":null,"text":"","base64":""}', "text or base64"),
    (b'{"type":"report","claims":0,"facts":0}', "original"),
    (json.dumps({**CLAIM, "status": "sure"}).encode(), "planned, actual"),
    (json.dumps({**CLAIM, "standing": None}).encode(), "standing"),
    (json.dumps({**CLAIM, "grounds": {}}).encode(), "list"),
    (json.dumps({**CLAIM, "grounds": [{"field": "bound"}]}).encode(), r"grounds\[0\]"),
    (json.dumps(CLAIM).replace('"low": 5', '"low": 1e999').encode(), "in no case"),
)


@pytest.mark.parametrize(("text", "said"), BAD)
def test_what_is_no_line_is_named(text: bytes, said: str) -> None:
    """By the field and what is wrong with it."""
    with pytest.raises(ValueError, match=said):
        line_of(text)


def test_a_long_original_is_one_line() -> None:
    """Bytes of any kind, with every line end there is."""
    content = bytes(range(256)) + "\u2028\u2029\x85\r\n".encode()
    text = encoded(DossierFile("a", content))
    assert text.count(b"\n") == 1
    assert base64.b64decode(json.loads(text)["base64"]) == content
