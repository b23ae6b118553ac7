"""The register of sources on the command line: listed, written as a register again, and checked."""

from pathlib import Path

from typer.testing import CliRunner

from tallystick.cli.whole import app


def test_a_list_as_csv_is_a_register_that_passes_its_check(tmp_path: Path) -> None:
    """What one starts a register of one's own from."""
    file = tmp_path / "my.sources.csv"
    listed = CliRunner().invoke(app, ["sources", "list", "general", "--format", "csv", "-o", str(file)])
    assert listed.exit_code == 0
    assert "TASS" in file.read_text(encoding="utf-8")
    assert CliRunner().invoke(app, ["sources", "check", str(file)]).exit_code == 0


def test_a_mistake_gives_its_line_and_status_1(tmp_path: Path) -> None:
    """Every file is checked, the bad one named."""
    bad, good = tmp_path / "bad.sources.csv", tmp_path / "good.sources.csv"
    bad.write_text("source,letter,by,reason\nPost,G,Desk,x\n", encoding="utf-8")
    good.write_text("source,letter,by,reason\nPost,B,Desk,x\n", encoding="utf-8")
    checked = CliRunner().invoke(app, ["sources", "check", str(bad), str(good)])
    assert checked.exit_code == 1
    assert "bad.sources.csv:2: letter: 'G' is none of A, B, C, D, E, F" in checked.stderr
    assert "1 sources, 1 grades" in checked.stderr


def test_a_missing_file_is_a_mistake(tmp_path: Path) -> None:
    """It is told like any other."""
    assert CliRunner().invoke(app, ["sources", "check", str(tmp_path / "none.csv")]).exit_code == 1
