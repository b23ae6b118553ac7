"""`tallystick explain` from outside: which estimate is meant, and every form of its derivation."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import defusedxml.ElementTree
import pytest

from tallystick.cli.explain import chosen
from tallystick.errors import UnknownEstimateError
from tallystick.pipeline import open_ledger, run
from wires import wire_ledger

FIRST = "River office head Ann Vale said on March 1 that 40 divers were killed at the Elm dam."
SECOND = "At least 12 people were wounded when a bomb exploded in Kabul, police said."

Explain = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of three reports, two of which are the same."""
    folder = tmp_path_factory.mktemp("explain")
    lines = [
        {"id": "a", "text": FIRST, "outlet": "Dam Wire", "published": "2031-03-01"},
        {"id": "b", "text": FIRST, "outlet": "Lock Gazette", "published": "2031-03-02"},
        {"id": "c", "text": SECOND, "outlet": "Hill Post", "published": "2031-03-03"},
    ]
    (folder / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    run([folder / "in.jsonl"], folder / "case")
    return folder / "case"


@pytest.fixture
def explain(case: Path) -> Explain:
    """The command on the case."""

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "tallystick", "explain", *arguments, "--case", str(case)]
        return subprocess.run(line, capture_output=True, text=True, check=False, timeout=120)

    return command


def test_the_words_of_a_label_name_an_estimate(explain: Explain) -> None:
    """The text begins with it and holds the quotation of every report."""
    finished = explain("killed")
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith("Killed")
    assert finished.stdout.count(FIRST) == 2
    assert "Lock Gazette, 2031-03-02" in finished.stdout


def test_what_was_known_as_of_a_day_is_told(explain: Explain) -> None:
    """The second report was not out yet."""
    finished = explain("killed", "--as-of", "2031-03-01")
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.count(FIRST) == 1
    assert "Lock Gazette" not in finished.stdout


def test_an_id_or_its_beginning_names_an_estimate(explain: Explain, case: Path) -> None:
    """Both give the same."""
    name = next(one.id for one in open_ledger(case, "test").estimates if one.population.category == "killed")
    assert explain(name).stdout == explain(name[:10]).stdout
    assert name in explain(name).stdout


def test_json_holds_the_whole_derivation(explain: Explain) -> None:
    """Estimate, readings, reports, steps and claims with their spans."""
    found = json.loads(explain("killed", "--format", "json").stdout)
    assert found["readings"][0]["reports"] == 2
    (origin,) = found["derivation"]
    assert [one["document"] for one in origin["carried_by"]] == ["a", "b"]
    said = origin["carried_by"][0]["claims"][0]
    assert FIRST[said["start"] : said["end"]] == said["figure"] == "40"
    edge = origin["steps"][0]["edges"][0]
    assert {"kind", "mechanism", "confidence", "reason", "shared"} <= set(edge)


@pytest.mark.parametrize(("form", "begins"), [("svg", "<svg "), ("dot", "digraph "), ("mermaid", "flowchart LR")])
def test_graphs_are_written_to_a_file(explain: Explain, tmp_path: Path, form: str, begins: str) -> None:
    """Nothing else goes to standard output, and the picture is well-formed."""
    out = tmp_path / "graph"
    finished = explain("killed", "--format", form, "-o", str(out))
    assert (finished.returncode, finished.stdout) == (0, "")
    text = out.read_text(encoding="utf-8")
    assert text.startswith(begins)
    if form == "svg":
        defusedxml.ElementTree.fromstring(text)


def test_words_that_fit_several_estimates_list_them(explain: Explain) -> None:
    """The message names the candidates with their ids; the exit status is that of bad usage."""
    finished = explain("e")
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert "fits several estimates" in finished.stderr
    assert finished.stderr.count("\n  e-") >= 2


@pytest.mark.parametrize("name", ["no such words", "", "   ", "[", "\x1b[31m"])
def test_words_that_fit_nothing_are_an_error(name: str) -> None:
    """Neither an empty text nor a pattern means everything."""
    with pytest.raises(UnknownEstimateError, match="no estimate has this id"):
        chosen(wire_ledger(), name)


@pytest.mark.parametrize(
    ("name", "found"),
    [("e-whole", "e-whole"), ("e-p", "e-part"), ("divers night", "e-part"), ("Divers, CH to Dam", "e-whole"),
     ("DIVERS ch to dam", "e-whole"), ("stock", "e-whole"), ("nigh", "e-part")],
)  # fmt: skip
def test_a_name_is_an_id_its_beginning_or_words(name: str, found: str) -> None:
    """The first of these that fits one estimate alone."""
    assert chosen(wire_ledger(), name).id == found


def test_a_label_that_two_estimates_share_is_no_answer() -> None:
    """Both are listed."""
    with pytest.raises(UnknownEstimateError) as caught:
        chosen(wire_ledger(), "divers")
    assert len(caught.value.candidates) == 2
    assert "e-whole  Divers, CH to Dam (actual, stock, 2031): 1,600 to 2,100" in str(caught.value)
    assert "more" not in str(caught.value)


def test_of_many_candidates_a_screen_is_listed() -> None:
    """The rest is counted."""
    ledger = wire_ledger()
    many = tuple(replace(ledger.estimates[0], id=f"e-{at:03}") for at in range(50))
    with pytest.raises(UnknownEstimateError) as caught:
        chosen(replace(ledger, estimates=many), "divers")
    assert len(caught.value.candidates) == 20
    assert str(caught.value).endswith("and 30 more")
