"""STIX: the bundle passes the field's own strictest validator, hangs together, and says no more than it may.

Of the strict checks one is left out: that ids of domain objects be UUIDv4. STIX recommends it; ids that a second export
gives again are what keeps a platform from having everything twice, and those are UUIDv5.
"""

import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stix2validator import ValidationOptions, validate_string

from exporting.ledgers import HOSTILE, MADE, hostile_ledger, subject
from tallystick.exporting import stix
from tallystick.exporting.stix_objects import ADMIRALTY, EXTENSION, MAKER, instant, stix_id
from tallystick.model.ledger import Ledger
from tallystick.model.stream import Streamed
from tallystick.pipeline import run
from tallystick.sample import reports

LEDGER = hostile_ledger()
LEFT_OUT = ["uuid-check"]
REFS = ("object_refs", "created_by_ref", "source_ref", "target_ref")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The sample."""
    with reports() as folder:
        return run([folder], tmp_path_factory.mktemp("sample") / "case", "dprk-russia").ledger


@pytest.fixture(params=["hostile", "sample"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """A ledger of hostile text, and that of the sample."""
    return LEDGER if request.param == "hostile" else request.getfixturevalue("sample")


def written(ledger: Ledger) -> bytes:
    """The bundle of a ledger."""
    out = io.BytesIO()
    stix.write(Streamed(ledger), subject(), out)
    return out.getvalue()


def objects(ledger: Ledger, kind: str = "") -> list[dict[str, Any]]:
    """The objects of a ledger, of one type where it is given."""
    return [one for one in json.loads(written(ledger))["objects"] if kind in ("", one["type"])]


def figures(ledger: Ledger) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The notes with a figure, each with its extension, by the id of the estimate."""
    held = (note for note in objects(ledger, "note") if "extensions" in note)
    return {note["extensions"][EXTENSION]["estimate_id"]: (note, note["extensions"][EXTENSION]) for note in held}


@pytest.mark.parametrize("strict", [False, True])
def test_the_validator_has_nothing_to_say(strict: bool, ledger: Ledger) -> None:
    """No error, no warning; strictly, what STIX only recommends is an error too."""
    options = ValidationOptions(version="2.1", strict=strict, disabled=LEFT_OUT)
    result = validate_string(written(ledger).decode(), options)
    assert result.is_valid, result.errors
    assert not result.errors
    assert not result.warnings


def test_without_leave_only_the_version_of_ids_is_minded() -> None:
    """What is left out above is the one thing that the validator would say."""
    result = validate_string(written(LEDGER).decode(), ValidationOptions(version="2.1"))
    assert result.is_valid
    assert result.warnings
    assert all("UUIDv4" in str(warning) for warning in result.warnings)


def test_the_library_parses_it(ledger: Ledger) -> None:
    """Nothing in it is custom to the stix2 library."""
    stix2 = pytest.importorskip("stix2", reason="the stix2 library's own check was NOT run: it is not installed")
    bundle = stix2.parse(written(ledger).decode(), allow_custom=False)
    assert len(bundle.objects) == len(objects(ledger))


def refs(value: Any) -> Iterator[str]:
    """Every reference in an object, at any depth."""
    if isinstance(value, dict):
        for name, held in value.items():
            if name.endswith("_ref"):
                yield held
            elif name.endswith("_refs"):
                yield from held
            else:
                yield from refs(held)
    elif isinstance(value, list):
        for held in value:
            yield from refs(held)


def test_what_is_referred_to_is_in_the_bundle(ledger: Ledger) -> None:
    """Each object once, no dangling reference, and the extension is defined."""
    found = objects(ledger)
    ids = [one["id"] for one in found]
    assert len(set(ids)) == len(ids)
    assert set(refs(found)) <= set(ids)
    assert {MAKER, EXTENSION} <= set(ids)
    assert all(one["created"] <= one["modified"] for one in found)


def test_figures_are_as_the_definition_says(ledger: Ledger) -> None:
    """The JSON schema in the definition holds of every extension."""
    (definition,) = objects(ledger, "extension-definition")
    schema = json.loads(definition["schema"])
    jsonschema.Draft202012Validator.check_schema(schema)
    for _, extension in figures(ledger).values():
        jsonschema.validate(extension, schema)


def test_every_estimate_stands_with_its_claims_and_spans(ledger: Ledger) -> None:
    """Its figure, the two grades apart, and for each claim the span that gives its figure and the report's hash."""
    found = figures(ledger)
    assert set(found) == {one.id for one in ledger.estimates}
    texts = {one.sha256: one.text for one in ledger.documents}
    for estimate in ledger.estimates:
        note, extension = found[estimate.id]
        told = [extension.get(name) for name in ("best", "low", "high", "information_credibility")]
        assert told == [estimate.best, estimate.low, estimate.high, estimate.credibility]
        assert note.get("confidence") == ADMIRALTY.get(estimate.credibility)
        assert f'admiralty-scale:information-credibility="{estimate.credibility}"' in note["labels"]
        letter = extension["source_reliability"].lower()
        assert f'admiralty-scale:source-reliability="{letter}"' in note["labels"]
        assert [claim["claim_id"] for claim in extension["claims"]] == list(estimate.claims)
        for claim in extension["claims"]:
            assert texts[claim["document_sha256"]][claim["start"] : claim["end"]] == claim["figure"]
            assert claim["report_ref"] in note["object_refs"]


def test_a_credibility_that_nobody_can_judge_has_no_confidence() -> None:
    """6 is missing, not low; the others are STIX's own table."""
    assert ADMIRALTY == {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}
    assert {extension["information_credibility"]: note.get("confidence") for note, extension in
            figures(LEDGER).values()}[6] is None  # fmt: skip


def test_reports_carry_their_hash_and_address(sample: Ledger) -> None:
    """Each report is cited by its id, its address and the SHA-256 of what was preserved."""
    cited = {one["external_references"][0]["external_id"]: one for one in objects(sample, "report")}
    for document in sample.documents:
        reference = cited[document.id]["external_references"][0]
        assert reference["hashes"] == {"SHA-256": document.sha256}
        assert reference.get("url") == document.url
        assert cited[document.id]["published"] == instant(document.published)


def test_only_analysts_have_opinions(ledger: Ledger) -> None:
    """One for a step that is confirmed or added and stands, or a hit that is determined; never on a report."""
    opinions = objects(ledger, "opinion")
    assert len(opinions) == (3 if ledger is LEDGER else 0)
    for one in opinions:
        assert one["authors"] == ["A. Analyst"]
        assert {ref.partition("--")[0] for ref in one["object_refs"]} <= {"relationship", "grouping"}
    judged = [note for note in objects(LEDGER, "note") if any('verdict="' in label for label in note["labels"])]
    assert len(judged) + 3 == len(LEDGER.judgements)
    # The cut of the step was taken back.
    assert [note["labels"] for note in judged if note.get("revoked")] == [['tallystick:verdict="cut"']]


def test_nothing_says_what_it_must_not(ledger: Ledger) -> None:
    """No head-count is an observation, no source is "deliberately deceptive", nothing is marked that nobody marked."""
    text = written(ledger).decode()
    kinds = {one["type"] for one in objects(ledger)}
    assert kinds.isdisjoint(("observed-data", "sighting", "indicator", "threat-actor", "marking-definition"))
    assert 'source-reliability=\\"g\\"' not in text
    assert "object_marking_refs" not in text


def test_law_names_its_program_and_paragraph(sample: Ledger) -> None:
    """A provision that may apply is a grouping of the notes of its estimates, with the keys by which others know it."""
    groupings = objects(sample, "grouping")
    assert len(groupings) == len(sample.hits) > 0
    for one in groupings:
        assert {"source_name": "OpenSanctions", "external_id": "UN-SC1718"} in one["external_references"]
        assert 'tallystick:program="UN-SC1718"' in one["labels"]
        assert any(ref.startswith("note--") for ref in one["object_refs"])


def test_a_party_and_a_place_stand_once(sample: Ledger) -> None:
    """Whatever the spellings; a region has no point that would pass for its own."""
    names = [one["name"].casefold() for one in objects(sample, "identity")]
    assert len(set(names)) == len(names)
    places = objects(sample, "location")
    assert len({(one["name"], one["country"]) for one in places}) == len(places)
    assert all("latitude" not in one for one in places if "administrative_area" in one)


def test_ids_and_bytes_are_the_same_every_time() -> None:
    """Ids are UUIDv5 of our own, and stay when the case changes; the bytes are those of the ledger alone."""
    assert written(LEDGER) == written(hostile_ledger())
    assert all(UUID(one["id"].partition("--")[2]).version == 5 for one in objects(LEDGER))
    assert stix_id("report", "dprk-russia:000") in {one["id"] for one in objects(LEDGER, "report")}
    later = io.BytesIO()
    held = subject()
    stix.write(Streamed(LEDGER), type(held)(held.dossier, "9.9.9", "2027-01-01T00:00:00Z", held.digest), later)
    again = json.loads(later.getvalue())["objects"]
    assert [(one["id"], one["created"]) for one in again] == [(one["id"], one["created"]) for one in objects(LEDGER)]
    assert {one["modified"] for one in again} == {"2027-01-01T00:00:00.000Z"}


def test_hostile_text_is_text(ledger: Ledger) -> None:
    """It comes back as it was, as UTF-8 that holds no control character."""
    made = written(ledger)
    assert not set(made.decode()) & set(map(chr, (*range(0x0A), *range(0x0B, 0x20))))
    if ledger is LEDGER:
        assert HOSTILE in {note["content"] for note in objects(LEDGER, "note")}


@given(st.dates().map(str) | st.datetimes().map(lambda moment: moment.isoformat()) | st.text())
def test_an_instant_is_a_time_of_stix_or_none(text: str) -> None:
    """To the millisecond, in UTC, and its own instant."""
    found = instant(text)
    assert found is None or (len(found) == len("2026-03-01T10:00:00.000Z") and instant(found) == found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2025-06-17", "2025-06-17T00:00:00.000Z"),
        ("2025-06-17T10:00:00+09:00", "2025-06-17T01:00:00.000Z"),
        ("2025-06", "2025-06-01T00:00:00.000Z"),
        ("2025", "2025-01-01T00:00:00.000Z"),
        (MADE, "2026-03-01T10:00:00.000Z"),
        ("2026-03-01T09:30:00.123456Z", "2026-03-01T09:30:00.123Z"),
        ("soon", None),
        ("", None),
        (None, None),
        ("0999-01-01", None),
        ("9999-12-31T23:59:59-12:00", None),
    ],
)
def test_dates_become_instants(text: str | None, wanted: str | None) -> None:
    """A day is its first moment, a month its first day; what is no date is none."""
    assert instant(text) == wanted
