"""Settings: file, environment, and what is wrong with either."""

import subprocess
import sys
from pathlib import Path

import pytest

from tallystick.errors import SettingError
from tallystick.settings import FILE, defaults, listing

ROOT = Path(__file__).resolve().parents[1]


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """Each value comes with where it came from."""
    (tmp_path / FILE).write_text('case = "a"\ndossier = "dprk-russia"\n', "utf-8")
    found = {setting.name: setting for setting in listing({"TALLYSTICK_CASE": "b", "OTHER": "c"}, tmp_path)}
    assert (found["case"].value, found["case"].source) == ("b", "environment")
    assert (found["dossier"].value, found["dossier"].source) == ("dprk-russia", FILE)


def test_without_either_nothing_is_set(tmp_path: Path) -> None:
    """The options keep their own defaults."""
    assert {setting.source for setting in listing({}, tmp_path)} == {"default"}
    assert defaults({}, tmp_path) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'cas = "a"', "cas"),
        (b"case = 3", "must be a text"),
        (b'case = ""', "must be a text"),
        (b"[tallystick]", "there are allow_host, case, dossier"),
        (b"case = ", FILE),
        (b"\xff", FILE),
    ],
)
def test_a_wrong_file_is_named(content: bytes, words: str, tmp_path: Path) -> None:
    """A misspelt setting must not be passed over in silence."""
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(SettingError, match=words):
        listing({}, tmp_path)


def test_an_empty_variable_sets_nothing(tmp_path: Path) -> None:
    """`TALLYSTICK_CASE= tallystick run` is the shell's way to take a setting back."""
    assert {setting.source for setting in listing({"TALLYSTICK_CASE": ""}, tmp_path)} == {"default"}


def test_every_setting_is_documented() -> None:
    """The how-to names each with its variable."""
    text = (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8")
    for setting in listing({}, Path("nowhere")):
        assert f"`{setting.name}`" in text
        assert f"`TALLYSTICK_{setting.name.upper()}`" in text


def test_the_commands_use_the_settings(tmp_path: Path) -> None:
    """A case named in the file needs no --case."""
    (tmp_path / FILE).write_text('case = "my-case"\n', "utf-8")
    (tmp_path / "a.txt").write_text("Moscow said that 5,000 builders had come.\n", "utf-8")
    for arguments in (["run", "a.txt"], ["estimates", "--format", "jsonl"]):
        command = [sys.executable, "-m", "tallystick", *arguments]
        finished = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
        assert finished.returncode == 0, finished.stderr
    assert (tmp_path / "my-case" / "report.html").exists()
