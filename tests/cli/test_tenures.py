"""`tallystick tenures`: lists by date and name, checks with lines, and imports that can be used at once."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tallystick.cli.whole import app
from tallystick.dossiers.tenures.table import read_rows
from tallystick.errors import DossierError, UnknownNameError

runner = CliRunner()
TABLE = (
    "person,office,start,end,citation,checked\nAnna Brinova,Mayor,2014-12,2018,Gazette,V\nBo Ek,Mayor,2018,,Post,K\n"
)


def tenures(*arguments: str) -> Result:
    """Run `tallystick tenures`."""
    return runner.invoke(app, ["tenures", *arguments])


def listed(*arguments: str) -> list[dict[str, object]]:
    """The records that `tenures list` writes."""
    done = tenures("list", *arguments, "--format", "jsonl")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a table and a dossier that uses it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "port.tenures.csv").write_text(TABLE, encoding="utf-8")
    head = "schema: tallystick.dossier/1\nname: port\ntitle: Port\n"
    (tmp_path / "port.yaml").write_text(head + "uses: [port.tenures.csv]\n", encoding="utf-8")
    return tmp_path


def entities(folder: Path, *more: dict[str, object]) -> Path:
    """A FollowTheMoney file of one tenure, and `more`."""
    lines: list[dict[str, object]] = [
        {"id": "p", "schema": "Person", "properties": {"name": ["Anna Lind"], "alias": ["=Lind", "A|L"]}},
        {"id": "o", "schema": "Position", "properties": {"name": ["Mayor, of Port"], "country": ["se"]}},
        {"id": "t", "schema": "Occupancy", "properties": {"holder": ["p"], "post": ["o"], "startDate": ["2014"]}},
        *more,
    ]
    path = folder / "peps.ftm.json"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_the_bundled_officials_of_a_day() -> None:
    """Who is secretary on a day is told with what it rests on; who was minister by then is not."""
    offices = {record["office"]: record for record in listed("dprk-russia", "--on", "2025-06-17")}
    record = offices["Secretary of the Security Council of Russia"]
    assert (record["person"], record["held"], record["checked"]) == ("Sergei Shoigu", "yes", "V")
    assert offices["Minister of Defense of Russia"]["person"] == "Andrei Belousov"


@pytest.mark.parametrize("name", ["Шойгу", "쇼이구", "绍伊古", "Schoigu", "Sergueï Choïgou"])
def test_a_name_in_any_script_finds_its_holder(name: str) -> None:
    """The spelling that matched is named."""
    records = listed("--person", name)
    assert {record["actor"] for record in records} == {"shoigu"}
    assert str(records[0]["matched"]).startswith("variant: ")


@pytest.mark.usefixtures("folder")
def test_what_is_only_alike_is_listed_with_its_score() -> None:
    """A reader sees that it was similarity."""
    (record,) = listed("port.yaml", "--person", "Anna Blinova")
    assert (record["person"], record["matched"]) == ("Anna Brinova", "similarity: Anna Brinova (100)")


@pytest.mark.usefixtures("folder")
def test_a_holder_without_an_office_on_the_day_gives_an_empty_list() -> None:
    """He is known; he held nothing then."""
    assert listed("port.yaml", "--person", "Bo Ek", "--on", "2010") == []


@pytest.mark.usefixtures("folder")
def test_a_name_of_nobody_is_told() -> None:
    """A slip of the pen does not look like an empty list."""
    done = tenures("list", "port.yaml", "--person", "Nobody")
    assert isinstance(done.exception, UnknownNameError)
    assert "nobody of that name held an office by port.yaml" in str(done.exception)


@pytest.mark.usefixtures("folder")
def test_a_date_that_is_none_is_told() -> None:
    """It says how a date is written."""
    done = tenures("list", "port.yaml", "--on", "May")
    assert done.exit_code == 2
    assert "'May' is no date" in done.output


def test_a_good_file_is_checked(folder: Path) -> None:
    """The count tells that it was read to the end."""
    done = tenures("check", "port.tenures.csv", str(entities(folder)))
    assert done.exit_code == 0
    assert "port.tenures.csv: 2 tenures of 2 holders" in done.stderr
    assert "peps.ftm.json: 1 tenures of 1 holders" in done.stderr


def test_a_bad_file_is_told_with_every_line(folder: Path) -> None:
    """The exit status is 1, and the good file beside it is checked all the same."""
    (folder / "bad.csv").write_text(TABLE.replace("2018,Gazette", "2010,Gazette").replace(",K", ",Z"), encoding="utf-8")
    done = tenures("check", "bad.csv", "port.tenures.csv")
    assert done.exit_code == 1
    assert "bad.csv:2: end: '2010' is before the start, '2014-12'" in done.stderr
    assert "bad.csv:3: checked: 'Z' is none of V" in done.stderr
    assert "port.tenures.csv: 2 tenures" in done.stderr


def test_an_occupancy_of_nobody_is_a_mistake_of_the_file(folder: Path) -> None:
    """A dossier would refuse it, so the check does."""
    path = entities(folder, {"id": "u", "schema": "Occupancy", "properties": {"holder": ["x"], "post": ["o"]}})
    done = tenures("check", str(path))
    assert done.exit_code == 1
    assert "peps.ftm.json:4: holder: 'x' of u is not in the file" in done.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("name", "reason"), [("none.csv", "cannot be read"), ("port.yaml", "its name does not say")])
def test_a_file_that_is_no_tenure_file_is_told(name: str, reason: str) -> None:
    """A missing file and one of another kind are mistakes like any other."""
    done = tenures("check", name)
    assert done.exit_code == 1
    assert f"{name}:1: " in done.stderr
    assert reason in done.stderr


def test_an_import_writes_a_table_that_can_be_used(folder: Path) -> None:
    """What a dossier cannot use is counted on standard error; the table is read back as it was meant."""
    strange: dict[str, object] = {"id": "v", "schema": "Vessel", "properties": {}}
    lost: dict[str, object] = {"id": "u", "schema": "Occupancy", "properties": {"holder": ["x"], "post": ["o"]}}
    done = tenures("import", str(entities(folder, strange, lost)), "-o", "port.tenures.csv")
    assert done.exit_code == 0, done.output
    assert "passed over: 1 Vessel" in done.stderr
    assert "peps.ftm.json:5: holder: 'x' of u is not in the file; left out" in done.stderr
    (row,) = read_rows((folder / "port.tenures.csv").read_bytes(), "port.tenures.csv")
    assert (row.person, row.office, row.country, row.start) == ("Anna Lind", "Mayor, of Port", "SE", "2014")
    assert row.variants == ("=Lind", "A L")
    assert [record["person"] for record in listed("port.yaml", "--on", "2016")] == ["Anna Lind"]


def test_an_import_takes_what_was_asked_for(folder: Path) -> None:
    """Country and words of the office narrow it."""
    path = str(entities(folder))
    assert len(tenures("import", path, "--country", "SE", "--office", "mayor").stdout.splitlines()) == 2
    assert len(tenures("import", path, "--country", "NO").stdout.splitlines()) == 1
    assert len(tenures("import", "port.tenures.csv", "--office", "judge").stdout.splitlines()) == 1


def test_a_table_is_imported_into_itself(folder: Path) -> None:
    """Columns are put in order, and twice gives the same bytes."""
    once = tenures("import", "port.tenures.csv", "-o", "once.csv")
    assert once.exit_code == 0
    twice = tenures("import", "once.csv", "-o", "twice.csv")
    assert twice.exit_code == 0
    assert (folder / "once.csv").read_bytes() == (folder / "twice.csv").read_bytes()


def test_a_broken_line_stops_an_import(folder: Path) -> None:
    """Nothing is written of a file that cannot be trusted."""
    (folder / "peps.ftm.json").write_text('{"id": "p"}\n', encoding="utf-8")
    done = tenures("import", "peps.ftm.json", "-o", "out.csv")
    assert isinstance(done.exception, DossierError)
    assert "peps.ftm.json:1: schema: missing" in str(done.exception)
    assert not (folder / "out.csv").exists()
