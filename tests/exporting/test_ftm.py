"""FollowTheMoney: its own model and tools take every entity and statement whole, and nothing says what it must not."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporting.ledgers import HOSTILE, hostile_ledger, subject
from tallystick.dossiers.tenures.ftm import read_ftm
from tallystick.exporting import ftm, ftm_statements
from tallystick.exporting.ftm_values import PROPERTIES, cleaned, dataset, is_entity_id
from tallystick.exporting.subject import Subject
from tallystick.model.ledger import Ledger
from tallystick.model.stream import LedgerStream, Streamed
from tallystick.pipeline import run
from tallystick.sample import reports

LEDGER = hostile_ledger()
Write = Callable[[LedgerStream, Subject, BinaryIO], None]


def theirs(module: str) -> Any:
    """A module of followthemoney; the test is skipped where it is not installed."""
    return pytest.importorskip(module, reason="followthemoney's own check was NOT run: `make ftm` installs it")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The sample."""
    with reports() as folder:
        return run([folder], tmp_path_factory.mktemp("sample") / "case", "dprk-russia").ledger


@pytest.fixture(params=["hostile", "sample"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """A ledger of hostile text, and that of the sample."""
    return LEDGER if request.param == "hostile" else request.getfixturevalue("sample")


def written(write: Write, ledger: Ledger) -> bytes:
    """What is written of a ledger."""
    out = io.BytesIO()
    write(Streamed(ledger), subject(), out)
    return out.getvalue()


def lines(ledger: Ledger) -> list[dict[str, Any]]:
    """The entities of a ledger."""
    return [json.loads(line) for line in written(ftm.write, ledger).splitlines()]


def rows(ledger: Ledger) -> list[dict[str, str]]:
    """The statements of a ledger."""
    text = written(ftm_statements.write, ledger).decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), dialect=csv.unix_dialect))


def tool(tmp_path: Path, content: bytes, *words: str) -> list[dict[str, Any]]:
    """What the `ftm` command makes of a file ("FILE" in its words), as entities."""
    theirs("followthemoney.cli")
    (tmp_path / "in").write_bytes(content)
    command = [str(tmp_path / "in") if word == "FILE" else word for word in words]
    done = subprocess.run([Path(sys.executable).with_name("ftm"), *command], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert b"ERROR" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def told(entities: Iterable[dict[str, Any]]) -> dict[str, tuple[str, dict[str, list[str]]]]:
    """Schema and properties by id, the values in any order."""
    return {
        one["id"]: (one["schema"], {name: sorted(values) for name, values in one["properties"].items()})
        for one in entities
    }


def test_every_value_survives_their_cleaning(ledger: Ledger) -> None:
    """Each property is one of the schema, valid and short enough, and comes out of their cleaning as it went in."""
    proxies, model = theirs("followthemoney.proxy"), theirs("followthemoney.model").Model.instance()
    for entity in lines(ledger):
        schema = model.get(entity["schema"])
        assert not schema.abstract
        assert schema.validate(entity) is None
        assert set(entity["properties"]) <= set(schema.properties)
        assert {name for name in schema.required if not entity["properties"].get(name)} == set()
        proxy = proxies.EntityProxy.from_dict(entity, cleaned=False)
        assert proxy.id == entity["id"]
        assert dict(proxy.properties) == entity["properties"]
        for prop, value in proxy.itervalues():
            assert not prop.deprecated
            assert prop.type.name == PROPERTIES[prop.name].name
            assert len(value) <= prop.max_length


def test_references_lead_to_entities_of_their_range(ledger: Ledger) -> None:
    """Every id stands once, is one of theirs, and what refers to it may."""
    model = theirs("followthemoney.model").Model.instance()
    entities = lines(ledger)
    schemata = {entity["id"]: entity["schema"] for entity in entities}
    assert len(schemata) == len(entities)
    assert all(map(is_entity_id, schemata))
    for entity in entities:
        for name, values in entity["properties"].items():
            prop = model.get(entity["schema"]).get(name)
            if prop.type.name == "entity":
                assert all(model.get(schemata[value]).is_a(prop.range) for value in values)


def test_ids_are_those_of_the_case(sample: Ledger) -> None:
    """Reports, estimates, claims, facts, flags and hits keep theirs; who speaks stands for himself once."""
    schemata = {entity["id"]: entity["schema"] for entity in lines(sample)}
    for records, schema in (
        (sample.documents, "Article"), (sample.estimates, "Event"), (sample.claims, "Note"), (sample.facts, "Note"),
        (sample.flags, "Note"), (sample.hits, "Note"),
    ):  # fmt: skip
        assert {schemata[one.id] for one in records} <= {schema}
    names = [entity["properties"]["name"][0] for entity in lines(sample) if entity["id"].startswith("agent-")]
    assert len(set(map(str.casefold, names))) == len(names)


def test_an_id_that_is_none_of_theirs_is_kept_as_a_referent() -> None:
    """The report's own id stands beside it, as the name of its file too."""
    articles = {one["properties"]["fileName"][0]: one for one in lines(LEDGER) if one["schema"] == "Article"}
    assert articles["000"]["id"] == "000"
    odd = articles["wire/2 <b>?%&#+"]
    assert odd["id"].startswith("x-")
    assert odd["referents"] == ["wire/2 <b>?%&#+"]


def test_a_claim_stands_below_its_estimate_with_its_quotation(sample: Ledger) -> None:
    """A note on the report, the estimate and the speaker; the event tells figure, range and both grades."""
    entities = {entity["id"]: entity for entity in lines(sample)}
    estimate = next(one for one in sample.estimates if one.best and one.claims and one.readings[0].speaker)
    made = entities[estimate.id]["properties"]
    assert f"{estimate.best:,}" in made["summary"][0]
    assert f'admiralty-scale:information-credibility="{estimate.credibility}"' in made["keywords"]
    assert made["recordId"] == [estimate.id]
    claims = {one.id: one for one in sample.claims}
    for name in estimate.claims:
        note = entities[name]["properties"]
        assert note["description"] == [claims[name].quote]
        assert {estimate.id, claims[name].document} <= set(note["entity"])
        assert claims[name].document in made["proof"]


def test_nothing_says_what_it_must_not(ledger: Ledger) -> None:
    """No claim is a Mention, no provision a Sanction or a listing, and no SHA-256 stands where theirs is SHA-1."""
    entities = lines(ledger)
    assert {"Mention", "Sanction"}.isdisjoint(entity["schema"] for entity in entities)
    used = {name for entity in entities for name in entity["properties"]}
    assert used.isdisjoint(("contentHash", "program", "programId", "origin", "topics"))
    assert any("UN-SC1718" in entity["properties"].get("keywords", ()) for entity in entities)


def test_tenures_come_back_as_they_went_out() -> None:
    """Our own reader of FollowTheMoney finds who held which office when, under the names of the dossier."""
    dossier = subject().dossier
    found = read_ftm(written(ftm.write, LEDGER), "case.ftm.json")
    people = {actor.id: actor for actor in dossier.actors if actor.kind == "person"}
    back = {actor.id: actor for actor in found.actors}
    wanted = {
        (people[one.actor].name, one.office.name, one.start and one.start.rstrip("~?"), one.end, one.citation)
        for one in dossier.tenures
        if one.actor in people
    }
    held = {(back[one.actor].name, one.office.name, one.start, one.end, one.citation) for one in found.tenures}
    assert held == wanted
    died = {actor.name: actor.died for actor in people.values() if actor.died}
    assert {actor.name: actor.died for actor in found.actors if actor.died} == {
        name: day for name, day in died.items() if name in {actor.name for actor in found.actors}
    }


def test_statements_are_the_entities_with_what_they_were(ledger: Ledger) -> None:
    """One row a value, sorted by id, under their header; what cleaning changed stands beside it."""
    found = rows(ledger)
    assert [row["canonical_id"] for row in found] == sorted(row["canonical_id"] for row in found)
    values = {(row["entity_id"], row["prop"], row["value"]) for row in found if row["prop"] != "id"}
    entities = lines(ledger)
    assert values == {
        (entity["id"], name, value)
        for entity in entities
        for name, held in entity["properties"].items()
        for value in held
    }
    assert len(found) == len(values) + len(entities)
    assert {row["origin"] for row in found} == {""}
    for row in found:
        original = row["original_value"]
        assert original != row["value"]
        if original:
            assert [one.text for one in cleaned(row["prop"], [original])] == [row["value"]]


def test_their_reader_computes_the_same_ids(ledger: Ledger) -> None:
    """Header, ids of statements, types of properties and the checksum of an entity are followthemoney's own."""
    serialize = theirs("followthemoney.statement.serialize")
    assert list(ftm_statements.COLUMNS) == serialize.CSV_COLUMNS
    content = written(ftm_statements.write, ledger)
    found = list(serialize.read_csv_statements(io.BytesIO(content)))
    assert found
    for one in found:
        assert one.id == one.generate_key()
    assert [one.prop_type for one in found] == [row["prop_type"] for row in rows(ledger)]
    back = io.StringIO(newline="")
    writer = csv.DictWriter(back, serialize.CSV_COLUMNS, dialect=csv.unix_dialect)
    writer.writeheader()
    writer.writerows(one.to_csv_row() for one in found)
    assert back.getvalue() == content.decode()


def test_their_entities_have_our_checksums() -> None:
    """The statement that there is an entity is the one that followthemoney makes of the others."""
    theirs("followthemoney")
    datasets, statement = theirs("followthemoney.dataset"), theirs("followthemoney.statement")
    kept = datasets.Dataset.make({"name": dataset(subject().dossier.name), "title": "Case"})
    content = written(ftm_statements.write, LEDGER)
    by_id: dict[str, list[Any]] = {}
    for one in statement.serialize.read_csv_statements(io.BytesIO(content)):
        by_id.setdefault(one.canonical_id, []).append(one)
    for held in by_id.values():
        entity = statement.StatementEntity.from_statements(kept, held)
        assert {(one.id, one.value) for one in entity.statements} == {(one.id, one.value) for one in held}


@pytest.mark.parametrize("words", [("validate", "-i", "FILE"), ("aggregate", "-i", "FILE")])
def test_the_ftm_command_gives_back_what_it_reads(words: tuple[str, ...], ledger: Ledger, tmp_path: Path) -> None:
    """`ftm validate` cleans every value anew, `ftm aggregate` joins what has one id; nothing is lost in either."""
    found = tool(tmp_path, written(ftm.write, ledger), *words)
    assert told(found) == told(lines(ledger))


def test_the_ftm_command_rolls_statements_up(ledger: Ledger, tmp_path: Path) -> None:
    """`ftm aggregate-statements` makes of the rows what stands in the entities."""
    found = tool(tmp_path, written(ftm_statements.write, ledger), "aggregate-statements", "-i", "FILE")
    assert told(found) == told(lines(ledger))


@pytest.mark.parametrize("write", [ftm.write, ftm_statements.write])
def test_the_same_ledger_gives_the_same_bytes(write: Write) -> None:
    """Whenever it is written; as UTF-8 whatever stands in it."""
    made = written(write, LEDGER)
    assert made == written(write, hostile_ledger())
    assert made.decode()


def test_statements_are_sorted_however_many_runs_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs on the disk are merged as if all had been held at once."""
    whole = written(ftm_statements.write, LEDGER)
    monkeypatch.setattr(ftm_statements, "RUN", 7)
    assert written(ftm_statements.write, LEDGER) == whole
    monkeypatch.setattr(ftm_statements, "RUN", len(lines(LEDGER)))
    assert written(ftm_statements.write, LEDGER) == whole


texts = st.text() | st.sampled_from((HOSTILE, "'\"a\"'", "a,,.,b;c", "2025-06-17T10:00:00+09:00", "2025~", "RU", "en",
                                     "https://пример.рф/ü?q=1#f", "http://a.b:99999/", "e\u200b\u0301"))  # fmt: skip


@given(st.sampled_from(sorted(PROPERTIES)), texts)
def test_cleaning_twice_is_cleaning_once(name: str, text: str) -> None:
    """What is cleaned stays as it is, in ours and in theirs, and is not longer than they take."""
    types = theirs("followthemoney.types").registry
    kind = types.get(PROPERTIES[name].name)
    for value in cleaned(name, [text]):
        assert [one.text for one in cleaned(name, [value.text])] == [value.text]
        assert kind.clean(value.text) == value.text
        assert kind.validate(value.text)


@given(st.sampled_from(("url", "date", "country", "language")), texts)
def test_what_is_left_out_is_nothing_they_would_keep(kind: str, text: str) -> None:
    """A code that is dropped here is one that they do not know either, in the forms that reports have."""
    types = theirs("followthemoney.types").registry
    name = {"url": "sourceUrl", "date": "publishedAt", "country": "country", "language": "language"}[kind]
    if kind == "country" and len(text) == 2 and text.isupper() and text.isascii() and types.country.clean(text):
        assert [one.text for one in cleaned(name, [text])] == [text.lower()]
    if kind == "url" and text.startswith("https://") and types.url.clean(text):
        assert cleaned(name, [text])


def test_every_iso_code_of_a_language_and_a_country_is_theirs() -> None:
    """The table of languages is followthemoney's own; each country of ISO 3166-1 stays in lower case."""
    from tallystick.exporting.ftm_values import LANGUAGES  # noqa: PLC0415 - the table of this test alone

    types = theirs("followthemoney.types").registry
    assert {types.language.clean(code) for code in LANGUAGES} == set(LANGUAGES.values())
    assert all(types.language.clean(code) == long for code, long in LANGUAGES.items())
    assert set(types.language.LANGUAGES) - set(LANGUAGES.values()) == {"cnr", "fil", "mul"}
