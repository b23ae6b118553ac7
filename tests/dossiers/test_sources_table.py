"""Source registers as people keep them: what a row becomes, and what each mistake is told as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.dossiers.loading import load
from tallystick.dossiers.sources.table import read_table
from tallystick.errors import DossierError

HEAD = "source,aliases,domains,kind,owner,state,family,topic,role,letter,since,by,reason\n"
FIRST = "Fjord Wire,FW|Fjord,www.fjord.example|fjord.test,agency,Fjord State,no,Fjord,,,c,,Desk,Steady.\n"


def problems(text: str) -> tuple[str, ...]:
    """What reading `text` complains of."""
    with pytest.raises(DossierError) as caught:
        read_table(text.encode(), "press.sources.csv")
    return caught.value.problems


def test_rows_of_one_source_give_particulars_once_and_every_grade() -> None:
    """The first row tells who it is; a second with nothing but a grade adds that."""
    further = "Fjord Wire,,,,,,,casualty,primary,B,2024-05,Desk,Counts itself.\n"
    (source,) = read_table((HEAD + FIRST + further).encode(), "press.sources.csv")
    assert (source.owner, source.state, source.family, source.kind) == ("Fjord State", "NO", "Fjord", "agency")
    assert source.aliases == ("FW", "Fjord")
    assert source.domains == ("fjord.example", "fjord.test")
    assert source.reliability == "C"
    assert [(grade.letter, grade.topic, grade.role, grade.since) for grade in source.grades] == [
        ("C", "", "", None),
        ("B", "casualty", "primary", "2024-05"),
    ]


def test_a_source_without_a_general_grade_is_not_gradable() -> None:
    """A grade for one topic says nothing about others."""
    (source,) = read_table(b"source,topic,letter,by,reason\nPost,casualty,B,Desk,Counts.\n", "press.sources.csv")
    assert source.reliability == "F"


def test_every_mistake_is_told_with_its_line_in_the_file() -> None:
    """A cell over two lines moves what follows; all problems come at once, in order."""
    text = (
        HEAD
        + 'A,,,,,,,,,B,,Desk,"two\nlines"\n'
        + "B,,https://b.example,,,RUS,,,,G,2024-13,,x\n"
        + "C,,,daily,,,,Big Topic,guess,B,,Desk,x\n"
    )
    found = problems(text)
    assert [line.split(":")[0] for line in found] == ["4", "4", "4", "4", "4", "5", "5", "5"]
    assert {line.split(": ")[1] for line in found} == {
        "by", "domains", "letter", "since", "state", "kind", "role", "topic",
    }  # fmt: skip


def test_contradictory_particulars_are_refused() -> None:
    """Another owner on a later row is told with the line of the first."""
    assert problems(HEAD + FIRST + "Fjord Wire,,,,Somebody,,,,relay,D,,Desk,x\n") == (
        "3: owner: Somebody, but Fjord State on line 2; the first line of a source gives its particulars",
    )


def test_a_name_of_two_sources_is_refused() -> None:
    """Else a report would have two reliabilities."""
    assert problems(HEAD + FIRST + "Other,fjord,,,,,,,,D,,Desk,x\n") == (
        "3: aliases: 'fjord' is Fjord Wire already; a name belongs to one source",
    )


def test_the_same_grade_twice_is_refused() -> None:
    """Two letters for one topic, role and date would depend on the order of rows."""
    assert problems(HEAD + FIRST + "Fjord Wire,,,,,,,,,B,,Desk,x\n") == (
        "3: letter: line 2 grades Fjord Wire for the same topic, role and date",
    )


def test_an_unknown_column_is_told_with_the_nearest() -> None:
    """A slip in the header is the commonest mistake."""
    assert problems("source,leter,by,reason\n") == (
        "1: leter: unknown column; did you mean 'letter'?",
        "1: letter: the column is missing",
    )


def test_a_long_cell_is_refused() -> None:
    """A register holds names and reasons, not articles."""
    assert problems("source,letter,by,reason\nA,B,Desk," + "x" * 2001 + "\n") == (
        "2: reason: longer than 2,000 characters",
    )


def test_the_bundled_register_tells_the_state_behind_an_agency() -> None:
    """The general dossier uses it; what it does not know of by review, it says."""
    sources = {source.name: source for source in load("general").sources}
    assert sources["TASS"].state == "RU"
    assert sources["KCNA"].state == "KP"
    assert sources["Yonhap"].family == sources["Yonhap News TV"].family == "Yonhap"
    assert all("not reviewed" in grade.by for source in sources.values() for grade in source.grades)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEAD + text).encode("utf-8", "ignore")))
def test_no_bytes_give_anything_but_sources_or_problems(content: bytes) -> None:
    """Hostile files are refused by name and never break the reader."""
    told: tuple[str, ...] = ()
    try:
        read_table(content, "press.sources.csv")
    except DossierError as error:
        told = error.problems
    assert all(problem.partition(":")[0].isdigit() for problem in told)
