"""`tallystick provisions` and `tallystick lint`: the law listed, shown and checked; words that are refused."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tallystick.cli.whole import app
from tallystick.dossiers.using import bundled_parts
from tallystick.errors import ReadingError, UnknownNameError

runner = CliRunner()
PACK = """schema: tallystick.provisions/1
name: port
title: A port's bylaw
about: Invented.
scope: [{categories: [soldier]}]
instruments:
  - {id: bylaw, title: Bylaw 7, kind: statute, adopted: 2020-01-01, in_force: 2020-01-01, checked: V,
     citation: invented}
elements:
  - {id: armed, label: they carry arms, question: "Do they carry arms?", signs: [{slot: cargo}]}
provisions:
  - {id: bylaw-1, instrument: bylaw, paragraph: "1", eid: para_1, actor: masters, act: land no arms, object: the quay,
     elements: [armed], number_checked: V, text_checked: K, citation: invented}
"""


def provisions(*arguments: str) -> Result:
    """Run `tallystick provisions`."""
    return runner.invoke(app, ["provisions", *arguments])


def test_every_bundled_provision_is_listed_with_what_is_not_checked() -> None:
    """Tags are told in words; both regimes are there."""
    done = provisions("list", "--format", "jsonl")
    assert done.exit_code == 0, done.output
    rows = {row["provision"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert {row["pack"] for row in rows.values()} == {"unsc-1718-dprk", "geneva-iv-displacement"}
    assert "general knowledge" in rows["unscr-1874-9"]["not_checked"]
    assert rows["unscr-2397-8"]["eid"] == "unscr-2397#para_8"
    assert rows["unscr-2321-34"]["binding"] is False


def test_a_provision_is_shown_whole() -> None:
    """Elements with their signs, exemptions, what exempts nobody, duties, and what nobody has checked."""
    done = provisions("show", "unscr-2397-8")
    assert done.exit_code == 0, done.output
    for told in ("deadline: 2019-12-22", "they earn income there", "unless:", "no exemption:", "duty:", "not checked:"):
        assert told in done.stdout


def test_an_unknown_provision_is_named() -> None:
    """The error lists what there is."""
    done = provisions("show", "unscr-2379-8")
    assert isinstance(done.exception, UnknownNameError)
    assert "unscr-2397-8" in str(done.exception)


def test_bundled_packs_pass_their_own_check() -> None:
    """No mistake and no word that a careful report refuses."""
    names = [name for name in bundled_parts() if name.endswith(".provisions.yaml")]
    done = provisions("check", *names)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("elements: [armed]", ""),
        ("elements: [armour]", "'armour' is not in elements"),
        ("elements: [armed], deadline: 2019-01-01", "before in force"),
        ("elements: [armed], note: this is illegal", "'illegal' says"),
    ],
)
def test_a_mistake_in_a_pack_is_told(tmp_path: Path, wrong: str, told: str) -> None:
    """With the file and the reason; without a mistake the exit status is 0."""
    file = tmp_path / "port.provisions.yaml"
    file.write_text(PACK.replace("elements: [armed]", wrong), "utf-8")
    done = provisions("check", str(file))
    assert done.exit_code == (1 if told else 0), done.output
    assert told in done.output


def test_what_a_dossier_can_never_show_is_a_note(tmp_path: Path) -> None:
    """A pack may ask for slots that the dossier does not have; that is told and no mistake."""
    file = tmp_path / "port.provisions.yaml"
    file.write_text(PACK, "utf-8")
    done = provisions("check", str(file), "--dossier", "general")
    assert done.exit_code == 0, done.output
    assert "no slot 'cargo'" in done.output
    assert "element 'armed': nothing in the dossier can show it" in done.output


def test_words_of_a_finding_are_told_with_their_place(tmp_path: Path) -> None:
    """Line and column as editors take them; quotations are left alone."""
    file = tmp_path / "brief.md"
    file.write_text("First line.\nSeoul called it “illegal”; it is a breach.\n", "utf-8")
    done = runner.invoke(app, ["lint", str(file)])
    assert done.exit_code == 1
    assert done.stdout.startswith(f"{file}:2:36: 'breach'")
    assert len(done.stdout.splitlines()) == 1


def test_a_clean_text_from_standard_input_passes() -> None:
    """What is piped in is linted as well."""
    done = runner.invoke(app, ["lint"], input="This would be incompatible with paragraph 8 if they earn income.")
    assert done.exit_code == 0, done.output


def test_a_text_that_is_no_text_is_named(tmp_path: Path) -> None:
    """Neither a missing file nor one in another code page is taken for clean."""
    file = tmp_path / "brief.txt"
    file.write_bytes(b"caf\xe9")
    for name in (str(file), str(tmp_path / "none.txt")):
        assert isinstance(runner.invoke(app, ["lint", name]).exception, ReadingError)
