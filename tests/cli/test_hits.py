"""`tallystick hits`: one line for each provision and population, as a table and for other programs."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallystick.cli.whole import app
from tallystick.pipeline import run

runner = CliRunner()
SAID = "South Korea's intelligence service said that 15,000 North Korean laborers have been sent to Russia."
LATER = "Ukraine's military intelligence said that 12,000 North Korean laborers are working in Russia."


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case with two reports of laborers."""
    monkeypatch.chdir(tmp_path)
    reports = (("one", SAID, "2025-04-30"), ("two", LATER, "2025-11-14"))
    lines = [
        json.dumps({"id": name, "text": text, "outlet": f"Gazette {name}", "published": published})
        for name, text, published in reports
    ]
    (tmp_path / "all.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    run([tmp_path / "all.jsonl"], tmp_path / "case", "dprk-russia")
    return tmp_path / "case"


def rows(case: Path, *arguments: str) -> list[dict[str, object]]:
    """The records that `tallystick hits` writes."""
    done = runner.invoke(app, ["hits", "--case", str(case), "--format", "jsonl", *arguments])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_line_tells_what_is_met_and_what_is_missing_with_quotes(case: Path) -> None:
    """Every piece of evidence is the words at its span."""
    texts = {"one": SAID, "two": LATER}
    hit = next(row for row in rows(case) if row["provision"] == "unscr-2397-8")
    assert hit["tier"] == "prima_facie"
    assert isinstance(hit["met"], list)
    assert {"dprk-nationals", "income"} <= set(hit["met"])
    assert hit["missing"]
    assert isinstance(hit["statement"], str)
    assert "would be incompatible with paragraph 8 of S/RES/2397 (2017) if" in hit["statement"]
    assert isinstance(hit["findings"], list)
    spans = [one for finding in hit["findings"] for one in finding["evidence"]]
    assert spans
    assert all(texts[one["document"]][one["start"] : one["end"]] == one["quote"] != "" for one in spans)


def test_tier_and_provision_narrow_the_list(case: Path) -> None:
    """Both options hold together."""
    kept = rows(case, "--tier", "prima_facie", "--provision", "unscr-2397-8")
    assert {(row["tier"], row["provision"]) for row in kept} == {("prima_facie", "unscr-2397-8")}
    assert len(kept) < len(rows(case))


def test_a_table_says_that_a_tier_rests_on_one_origin_as_of_a_day(case: Path) -> None:
    """By the end of April there was one report."""
    arguments = ["hits", "--case", str(case), "--tier", "prima_facie", "--provision", "unscr-2397-8"]
    then = runner.invoke(app, [*arguments, "--as-of", "2025-05-01"])
    assert then.exit_code == 0, then.output
    assert "origin)" in then.stdout
    now = runner.invoke(app, arguments)
    assert "prima_facie" in now.stdout
    assert "origin)" not in now.stdout
    table = runner.invoke(app, [*arguments, "--format", "csv", "--as-of", "2025-05-01"])
    assert "prima_facie,unscr-2397-8" in table.stdout


def test_no_case_is_one_message(tmp_path: Path) -> None:
    """A folder that is no case is named."""
    done = runner.invoke(app, ["hits", "--case", str(tmp_path / "nowhere")])
    assert done.exit_code != 0


DONETSK = (
    "Some 300 North Korean construction workers are working in Russian-occupied Donetsk, Ukrainian officials said."
)
LATE = "Russia's Defense Minister Sergei Shoigu said on March 3, 2025 that 300 North Korean soldiers are in Kursk."


def one_report(folder: Path, text: str) -> Path:
    """A case of one report."""
    (folder / "one.jsonl").write_text(
        json.dumps({"id": "one", "text": text, "published": "2025-03-04"}) + "\n", "utf-8"
    )
    run([folder / "one.jsonl"], folder / "case", "dprk-russia")
    return folder / "case"


def test_a_contested_jurisdiction_is_among_what_is_contested(tmp_path: Path) -> None:
    """The row names population, category, origin and place apart, and the jurisdiction beside the elements."""
    hit = next(row for row in rows(one_report(tmp_path, DONETSK)) if row["provision"] == "unscr-2397-8")
    assert (hit["category"], hit["origin"], hit["jurisdiction"]) == ("construction_worker", "KP", "contested")
    assert isinstance(hit["contested"], list)
    assert "jurisdiction" in hit["contested"]


def test_a_flag_gives_the_report_and_the_words_that_it_rests_on_first(tmp_path: Path) -> None:
    """A minister who had left office: `document` and `quote` are those of the first evidence."""
    done = runner.invoke(app, ["flags", "--case", str(one_report(tmp_path, LATE)), "--format", "jsonl"])
    assert done.exit_code == 0, done.output
    flag = next(row for row in map(json.loads, done.stdout.splitlines()) if row["code"] == "office_anachronism")
    first = flag["evidence"][0]
    assert flag["document"] == first["document"] == "one"
    assert flag["quote"] == LATE[first["start"] : first["end"]] != ""
    assert {"code", "severity", "document", "claims", "quote", "reason"} <= flag.keys()
