"""FollowTheMoney files as they are handed around: what becomes of their entities, and what of broken ones."""

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.dossiers.loading import load
from tallystick.dossiers.tenures.ftm import LONGEST_LINE, Imported, Wanted, read_entities, read_ftm
from tallystick.errors import DossierError


def entity(identity: str, schema: str, **properties: str | Sequence[str]) -> str:
    """One line of a file."""
    listed = {name: [value] if isinstance(value, str) else list(value) for name, value in properties.items()}
    return json.dumps({"id": identity, "schema": schema, "properties": listed}, ensure_ascii=False)


ANNA = entity("p1", "Person", name=["Анна Линд", "Anna Lind"], weakAlias="Lind", country="se", deathDate="2021-03-02")
MAYOR = entity("o1", "Position", name="Mayor of Port", alias="Port mayor", country="se", organization="b1")
CITY = entity("b1", "PublicBody", name="City of Port", country="se")
TERM = entity(
    "t1", "Occupancy", holder="p1", post="o1", startDate="2014-12-01T00:00:00", endDate="2018", status="ended"
)


def lines(*entities: str) -> bytes:
    """The bytes of a file."""
    return "".join(line + "\n" for line in entities).encode()


def imported(*entities: str, wanted: Wanted = Wanted()) -> Imported:  # noqa: B008 - the same for every test
    """What comes of these entities."""
    return read_entities(lambda: BytesIO(lines(*entities)), "x.ftm.json", wanted)


def problems(content: bytes) -> tuple[str, ...]:
    """What reading complains of."""
    with pytest.raises(DossierError) as caught:
        read_ftm(content, "x.ftm.json")
    return caught.value.problems


def test_an_occupancy_is_a_row() -> None:
    """Names, country, death, office, organization and dates are those of the entities that it joins."""
    (row,) = imported(TERM, ANNA, MAYOR, CITY).rows
    assert (row.id, row.person, row.variants) == ("anna-lind", "Anna Lind", ("Анна Линд", "Lind"))
    assert (row.kind, row.country, row.died) == ("person", "SE", "2021-03-02")
    assert (row.office, row.office_variants, row.organization) == ("Mayor of Port", ("Port mayor",), "City of Port")
    assert (row.start, row.end, row.status, row.checked) == ("2014-12-01", "2018", "ended", "K")
    assert row.citation == "FollowTheMoney, t1"


def test_the_order_of_the_lines_does_not_count() -> None:
    """A holder may stand behind its occupancy."""
    one, other = imported(ANNA, MAYOR, CITY, TERM), imported(TERM, CITY, MAYOR, ANNA)
    assert [row._replace(line=0) for row in one.rows] == [row._replace(line=0) for row in other.rows]


def test_other_schemata_are_counted() -> None:
    """What has no bearing on tenures is passed over, and said so."""
    found = imported(ANNA, MAYOR, TERM, entity("v", "Vessel", name="Anna"), entity("w", "Vessel", name="Bo"))
    assert found.passed_over == (("Vessel", 2),)
    assert len(found.rows) == 1


def test_a_country_and_an_office_narrow_what_is_taken() -> None:
    """Only positions of the country, with the words in their name."""
    judge = entity("o2", "Position", name="Judge", country="no")
    term = entity("t2", "Occupancy", holder="p1", post="o2", startDate="2019")
    everything = (ANNA, MAYOR, judge, TERM, term)
    assert [row.office for row in imported(*everything, wanted=Wanted(country="no")).rows] == ["Judge"]
    assert [row.office for row in imported(*everything, wanted=Wanted(office="MAYOR")).rows] == ["Mayor of Port"]
    assert imported(*everything, wanted=Wanted(country="dk")).rows == ()


def test_an_end_that_nobody_knows_leaves_the_occupancy_out() -> None:
    """Taken without an end, it would read as a term that goes on."""
    found = imported(ANNA, MAYOR, entity("t1", "Occupancy", holder="p1", post="o1", status="ended"))
    assert found.rows == ()
    assert found.passed_over == (("Occupancy that ended nobody says when", 1),)


def test_a_date_that_makes_no_sense_leaves_the_occupancy_out() -> None:
    """One bad entity of a long list does not stop the rest."""
    bad = entity("t2", "Occupancy", holder="p1", post="o1", startDate="2020", endDate="2019")
    found = imported(ANNA, MAYOR, TERM, bad)
    assert [row.line for row in found.rows] == [3]
    assert found.passed_over == (("Occupancy with end that makes no sense", 1),)


def test_people_of_one_name_stay_apart() -> None:
    """Each has digits of its own id, whatever the order."""
    namesake = entity("p2", "Person", name="Anna Lind")
    term = entity("t2", "Occupancy", holder="p2", post="o1", startDate="2019")
    first, second = imported(ANNA, namesake, MAYOR, TERM, term).rows
    assert first.id != second.id
    assert first.id.startswith("anna-lind-")
    assert {first.id, second.id} == {row.id for row in imported(term, namesake, ANNA, TERM, MAYOR).rows}


def test_what_an_occupancy_lacks_is_named() -> None:
    """A holder or post that is not in the file is told with the line, and refused where a dossier uses the file."""
    found = imported(MAYOR, TERM, entity("t2", "Occupancy", holder="p1", post="o9"))
    assert [str(problem) for problem in found.dangling] == [
        "2: holder: 'p1' of t1 is not in the file",
        "3: post: 'o9' of t2 is not in the file",
    ]
    assert problems(lines(MAYOR, TERM)) == ("2: holder: 'p1' of t1 is not in the file",)


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ("{", "2: not JSON: "),
        ("[]", "2: not an entity; a line is {id, schema, properties}"),
        ('{"schema": "Person"}', "2: id: missing, or not some text"),
        ('{"id": "a", "schema": 3}', "2: schema: missing, or not some text"),
        ('{"id": "a", "schema": "Person", "properties": {"name": "Anna"}}', "2: properties: not a mapping of lists"),
        ("[" * 100_000, "2: not JSON: "),
    ],
)
def test_a_broken_line_is_refused_with_its_number(broken: str, problem: str) -> None:
    """Every broken line is told."""
    told = problems(lines(ANNA, broken, MAYOR, broken))
    assert told[0].startswith(problem)
    assert told[1].startswith("4: ")


def test_a_line_without_an_end_is_refused() -> None:
    """Nothing is held of a file that is one endless line."""
    assert problems(b'{"id":"' + b"a" * LONGEST_LINE) == (f"1: longer than {LONGEST_LINE:,} bytes; an entity is not",)


def test_bytes_of_another_encoding_are_refused() -> None:
    """The line is named."""
    (problem,) = problems(lines(ANNA) + b'{"id": "\xff"}\n')
    assert problem.startswith("2: byte 8 of the line is not UTF-8")


@given(st.lists(st.one_of(st.binary(max_size=60), st.sampled_from([ANNA.encode(), TERM.encode(), MAYOR.encode()]))))
def test_any_lines_are_read_or_refused(content: list[bytes]) -> None:
    """Nothing but a `DossierError` comes of a hostile file."""
    told: tuple[str, ...] = ()
    try:
        read_ftm(b"\n".join(content), "x.ftm.json")
    except DossierError as error:
        told = error.problems
    assert all(problem.split(":")[0].isdigit() for problem in told)


def test_a_dossier_uses_such_a_file(tmp_path: Path) -> None:
    """The actors and tenures of the file are the dossier's."""
    (tmp_path / "port.ftm.json").write_bytes(lines(ANNA, MAYOR, CITY, TERM))
    path = tmp_path / "port.yaml"
    path.write_text("schema: tallystick.dossier/1\nname: port\ntitle: Port\nuses: [port.ftm.json]\n", encoding="utf-8")
    dossier = load(path)
    assert [(actor.id, actor.died) for actor in dossier.actors] == [("anna-lind", "2021-03-02")]
    assert [tenure.office.name for tenure in dossier.tenures] == ["Mayor of Port"]
