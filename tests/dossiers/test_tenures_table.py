"""Tenure tables as people keep them: what a row becomes, and what each mistake is told as."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.dossiers.loading import load
from tallystick.dossiers.tenures.rows import slug
from tallystick.dossiers.tenures.table import read_rows, read_table
from tallystick.dossiers.using import bundled_parts
from tallystick.errors import DossierError

HEAD = "person,variants,kind,country,office,office_variants,organization,start,end,died,status,citation,checked\n"
ROW = "Anna Lind,A. Lind | Anna M. Lind,person,se,Harbor Master,Port Captain,Port,2014-12,2020-05~,,ended,Gazette,V\n"


def problems(text: str | bytes) -> tuple[str, ...]:
    """What reading `text` complains of."""
    with pytest.raises(DossierError) as caught:
        read_table(text.encode() if isinstance(text, str) else text, "harbor.tenures.csv")
    return caught.value.problems


def row(**cells: str) -> str:
    """A short table of one row, with some cells changed."""
    plain = {"person": "Anna Lind", "office": "Mayor", "citation": "Gazette", "checked": "V"} | cells
    return ",".join(plain) + "\n" + ",".join(plain.values()) + "\n"


def test_a_row_is_an_actor_and_a_tenure() -> None:
    """Every cell that the record has room for is in it; lists part at bars, and a country is upper case."""
    (actor,), (tenure,) = read_table((HEAD + ROW).encode(), "harbor.tenures.csv")
    assert (actor.id, actor.name, actor.kind, actor.side) == ("anna-lind", "Anna Lind", "person", "SE")
    assert actor.aliases == ("A. Lind", "Anna M. Lind")
    assert (tenure.actor, tenure.office.name, tenure.office.aliases) == (
        "anna-lind",
        "Harbor Master",
        ("Port Captain",),
    )
    assert (tenure.start, tenure.end, tenure.citation, tenure.checked) == ("2014-12", "2020-05~", "Gazette", "V")


def test_the_rows_of_a_person_share_an_actor() -> None:
    """Variants of all rows are joined; country and death may stand in one of them."""
    second = "Anna Lind,Lind,,,Mayor,,,2020-06,2021,2021-03-02,,Gazette,K\n"
    register = read_table((HEAD + ROW + second).encode(), "harbor.tenures.csv")
    (actor,) = register.actors
    assert actor.aliases == ("A. Lind", "Anna M. Lind", "Lind")
    assert (actor.side, actor.died) == ("SE", "2021-03-02")
    assert [tenure.office.name for tenure in register.tenures] == ["Harbor Master", "Mayor"]


@pytest.mark.parametrize("end", ["", "..", "open", "Open", "../"])
def test_an_open_end_is_none(end: str) -> None:
    """An end that is open may be written in several ways."""
    assert read_table(row(start="2020", end=end).encode(), "a.tenures.csv").tenures[0].end is None


def test_two_may_hold_one_office_at_a_time() -> None:
    """A handover is seldom told to the day: overlapping terms of one office are in order."""
    other = "Bo Ek,,,,Harbor Master,,,2020,,,,Gazette,V\n"
    assert len(read_table((HEAD + ROW + other).encode(), "harbor.tenures.csv").tenures) == 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (row(start="2020-02-30"), "2: start: '2020-02-30' is not an EDTF date such as 2024-05-12, 2024-05 or 2024-05~"),
        (row(end="last May"), "2: end: 'last May' is not an EDTF date such as 2024-05-12, 2024-05 or 2024-05~"),
        (row(start="2020-05", end="2019"), "2: end: '2019' is before the start, '2020-05'"),
        (row(end="2021", died="2020-01"), "2: end: '2021' is after the death, '2020-01'"),
        (row(start="2021", died="2020-01"), "2: died: '2020-01' is before the start, '2021'"),
        (row(kind="robot"), "2: kind: 'robot' is neither person nor organization"),
        (row(country="Sweden"), "2: country: 'SWEDEN' is not an ISO 3166-1 alpha-2 code such as RU"),
        (row(status="over"), "2: status: 'over' is none of current, ended and unknown"),
        (row(status="current", end="2020"), "2: status: current, and yet the end is '2020'"),
        (row(status="ended"), "2: status: ended, but the end is empty; write the year, or 'unknown' for the status"),
        (row(person=" "), "2: person: empty; every tenure needs one"),
        (row(id="Anna Lind"), "2: id: 'Anna Lind' is not in lower case, digits, hyphens and underscores"),
        (row(ofice="Mayor"), "1: ofice: unknown column; did you mean 'office'?"),
        ("person,office,checked\n", "1: citation: the column is missing"),
        ("person,office,citation,checked,person\n", "1: person: stands in the header twice"),
        (row() + "Bo Ek,Mayor\n", "3: 2 cells, the header has 4; put text with a comma in quotes"),
        (row() + "Anna Lind,mayor,Other,K\n", "3: office: the tenure of line 2 stands here again"),
        (row(office="x" * 5000), "2: office: longer than 4,000 characters"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, problem: str) -> None:
    """Each mistake is told by line and column."""
    assert problem in problems(text)


def test_an_unknown_tag_is_told_with_what_there_is() -> None:
    """The tags say what they mean."""
    (problem,) = problems(row(checked="yes"))
    assert problem.startswith("2: checked: 'YES' is none of V (read on the page cited), V2")


def test_all_problems_are_told_at_once_in_order() -> None:
    """Who repairs a file wants the whole list."""
    text = HEAD + "Anna Lind,,,,Mayor,,,2020,2019,,,Gazette,Z\n" + "Bo Ek,,,,Mayor,,,soon,,,,,V\n"
    assert [problem.split(":")[0] for problem in problems(text)] == ["2", "2", "3", "3"]


def test_lines_are_those_of_the_file_where_a_cell_has_several() -> None:
    """A row after one with a line break in quotes is told by the line on which it begins."""
    text = "person,office,citation,checked\n" + 'Anna Lind,"Mayor\nof the port",Gazette,V\n' + "Bo Ek,Mayor,Gazette,Q\n"
    (problem,) = problems(text)
    assert problem.startswith("4: checked: 'Q'")


def test_two_people_of_one_id_are_told() -> None:
    """A slip of the pen would make one person of two."""
    head = "id,person,office,citation,checked\n"
    (problem,) = problems(head + "lind,Anna Lind,Mayor,Gazette,V\nlind,Bo Lind,Judge,Gazette,V\n")
    assert problem.startswith("3: person: 'lind' is Anna Lind on line 2")


def test_rows_of_one_person_that_disagree_are_told() -> None:
    """A person has one country and one death."""
    head = "person,country,office,citation,checked\n"
    (problem,) = problems(head + "Anna Lind,SE,Mayor,Gazette,V\nAnna Lind,NO,Judge,Gazette,V\n")
    assert problem == "3: country: NO, but SE on line 2 for the same person"


def test_a_file_that_is_no_text_is_told() -> None:
    """A table in another encoding is refused with the line of the first wrong byte."""
    assert problems(row().encode() + "Bj\xf6rn,Mayor,Gazette,V\n".encode("latin-1")) == (
        "3: byte 59 is not UTF-8; save the file as CSV UTF-8",
    )


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file_says_what_it_wants(text: str) -> None:
    """The first line is given, to be copied."""
    (problem,) = problems(text)
    assert problem.startswith("1: the file is empty; the first line is id,person,variants,kind")


def test_an_open_quote_is_told() -> None:
    """A quote that nobody closes eats the rest of the file."""
    (problem,) = problems(row() + '"Bo Ek,Mayor,Gazette,V\n')
    assert "not CSV: unexpected end of data" in problem


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Nothing but a `DossierError` comes of a hostile file."""
    for full in (content, HEAD.encode() + content):
        told: tuple[str, ...] = ()
        try:
            read_table(full, "x.tenures.csv")
        except DossierError as error:
            told = error.problems
        assert all(problem.split(":")[0].isdigit() for problem in told)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sergei K. Shoigu", "sergei-k-shoigu"),
        ("Сергей Шойгу", "sergey-shoygu"),
        ("김정은", "gimjeongeun"),
        ("Ålesund Færgeselskab", "alesund-faergeselskab"),
    ],
)
def test_ids_are_the_letters_of_the_name(name: str, expected: str) -> None:
    """A slug is readable where the script has a romanization."""
    assert slug(name) == expected


def test_a_name_without_letters_of_ours_has_an_id_all_the_same() -> None:
    """Names in Han are told apart by their digest."""
    assert slug("绍伊古").startswith("name-")
    assert slug("绍伊古") != slug("普京")


def test_the_bundled_table_is_in_order_and_used() -> None:
    """The officials of the bundled dossier come from the table; its actors keep whom they speak for."""
    assert "officials.tenures.csv" in bundled_parts()
    dossier = load("dprk-russia")
    held = [tenure for tenure in dossier.tenures if tenure.actor == "shoigu"]
    assert [tenure.end for tenure in held] == ["2024-05-12", None]
    actors = {actor.id: actor for actor in dossier.actors}
    assert actors["shoigu"].speaks_for[0] == "security-council"
    assert {"Khusnulin", "Marat Khusnulin"} <= set(actors["khusnullin"].aliases)
    assert actors["matsegora"].died == "2025-12-06"
    assert {tenure.actor for tenure in dossier.tenures} <= set(actors)


def test_a_table_beside_a_dossier_adds_names(tmp_path: Path) -> None:
    """What stands in the dossier holds; the table adds spellings, the death and tenures."""
    (tmp_path / "port.tenures.csv").write_text(
        "id,person,variants,country,office,died,citation,checked\nlind,Anna Lind,Lindh,SE,Mayor,2021,Gazette,V\n",
        encoding="utf-8",
    )
    path = tmp_path / "port.yaml"
    path.write_text(
        "schema: tallystick.dossier/1\nname: port\ntitle: Port\nuses: [port.tenures.csv]\n"
        "actors:\n  - {id: lind, name: Mayor Lind, aliases: [Lind], side: NO, speaks_for: [lind]}\n",
        encoding="utf-8",
    )
    dossier = load(path)
    (actor,) = dossier.actors
    assert (actor.name, actor.aliases) == ("Mayor Lind", ("Lind", "Anna Lind", "Lindh"))
    assert (actor.side, actor.died, actor.speaks_for) == ("NO", "2021", ("lind",))
    assert [tenure.office.name for tenure in dossier.tenures] == ["Mayor"]


def test_rows_keep_what_the_record_has_no_room_for() -> None:
    """The organization and the status come back when a table is written again."""
    (read,) = read_rows((HEAD + ROW).encode(), "harbor.tenures.csv")
    assert (read.line, read.organization, read.status) == (2, "Port", "ended")
