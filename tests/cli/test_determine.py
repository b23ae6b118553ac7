"""`tallystick judge determine`: the one tier that only a person sets."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tallystick.cli.whole import app
from tallystick.pipeline import run
from tallystick.storage.case import Case

runner = CliRunner()
SAID = "South Korea's intelligence service said that 15,000 North Korean laborers have been sent to Russia."


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case with a population that a provision may apply to."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.jsonl").write_text(
        json.dumps({"id": "one", "text": SAID, "outlet": "Port Gazette", "published": "2025-04-30"}) + "\n", "utf-8"
    )
    run([tmp_path / "one.jsonl"], tmp_path / "case", "dprk-russia")
    return tmp_path / "case"


def hits(case: Path) -> dict[str, tuple[str, str]]:
    """Provision and tier of each hit."""
    with Case.open(case, read_only=True) as opened:
        return {hit.id: (hit.provision, hit.tier.value) for hit in opened.hits()}


def determine(case: Path, *arguments: str) -> Result:
    """Run `tallystick judge determine`."""
    return runner.invoke(app, ["judge", "determine", *arguments, "--case", str(case)])


def test_a_person_sets_what_a_body_has_determined_and_takes_it_back(case: Path) -> None:
    """No program gives the tier; the decision is kept, told as a change, and outlives new derivations."""
    before = hits(case)
    name = next(hit for hit, (provision, _) in before.items() if provision == "unscr-2397-8")
    assert before[name][1] == "prima_facie"
    done = determine(case, name, "--why", "Committee report of 3 May 2026, paragraph 41.")
    assert done.exit_code == 0, done.output
    assert "prima_facie -> determined" in done.output
    assert hits(case) == before | {name: ("unscr-2397-8", "determined")}
    back = determine(case, name, "--withdraw", "--why", "That report is of another case.")
    assert back.exit_code == 0, back.output
    assert hits(case) == before
    with Case.open(case, read_only=True) as opened:
        assert [(one.verdict.value, one.before, one.after) for one in opened.judgements()] == [
            ("determined", "prima_facie", "determined"),
            ("withdrawn", "determined", "prima_facie"),
        ]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("h-0", "--why", "Somebody said so."), "no hit of that id"),
        (("HIT",), "say who determined it"),
        (("HIT", "--withdraw", "--why", "A mistake."), "nothing to withdraw"),
    ],
)
def test_what_cannot_be_determined_is_refused(case: Path, arguments: tuple[str, ...], reason: str) -> None:
    """An unknown hit, a decision without its reason, one taken back that nobody made: named, and nothing is kept."""
    name = next(iter(hits(case)))
    done = determine(case, *(name if argument == "HIT" else argument for argument in arguments))
    assert done.exit_code != 0
    assert reason in f"{done.output} {done.exception}"
    with Case.open(case, read_only=True) as opened:
        assert opened.judgements() == ()
