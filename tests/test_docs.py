"""What README and docs show is run: the commands of the README and the Python of the journey."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallystick.cli import app
from tallystick.sample import reports

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = re.compile(r"<!-- run by tests/test_docs.py -->\n```\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
YAML = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with the sample as `reports/`, as the examples assume."""
    with reports() as folder:
        shutil.copytree(folder, tmp_path / "reports")
    return tmp_path


def test_the_commands_of_the_readme_work(workplace: Path) -> None:
    """Each line of the README's example exits with 0, in order."""
    found = COMMANDS.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert found is not None
    lines = [line for line in found.group(1).splitlines() if line.strip()]
    assert len(lines) >= 8
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program == "tallystick"
        command = [sys.executable, "-m", "tallystick", *arguments]
        finished = subprocess.run(command, cwd=workplace, capture_output=True, text=True, check=False, timeout=120)
        assert finished.returncode == 0, f"{line}\n{finished.stderr}"


def test_the_commands_of_the_pages_work(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of the examples of every page of docs exits with 0, in order, page by page."""
    pages = {page: COMMANDS.findall(page.read_text(encoding="utf-8")) for page in sorted((ROOT / "docs").glob("*.md"))}
    assert any(pages.values())
    for page, blocks in pages.items():
        folder = workplace / page.stem
        shutil.copytree(workplace / "reports", folder / "reports")
        monkeypatch.chdir(folder)
        for line in "".join(blocks).splitlines():
            program, *arguments = shlex.split(line)
            assert program == "tallystick"
            finished = CliRunner().invoke(app, arguments)
            assert finished.exit_code == 0, f"{page.name}: {line}\n{finished.output}"


def test_the_python_of_the_journey_works(workplace: Path) -> None:
    """The example of the public functions runs as it stands."""
    found = PYTHON.search((ROOT / "docs" / "journey.md").read_text(encoding="utf-8"))
    assert found is not None
    subprocess.run([sys.executable, "-c", found.group(1)], cwd=workplace, check=True, timeout=120)


def test_the_dossier_of_the_how_to_loads(workplace: Path) -> None:
    """The example dossier is valid and can be used."""
    found = YAML.search((ROOT / "docs" / "how-to.md").read_text(encoding="utf-8"))
    assert found is not None
    (workplace / "flood.yaml").write_text(found.group(1), encoding="utf-8")
    command = [sys.executable, "-m", "tallystick", "extract", "reports/interview.md", "--dossier", "flood.yaml"]
    finished = subprocess.run(command, cwd=workplace, capture_output=True, text=True, check=False, timeout=120)
    assert finished.returncode == 0, finished.stderr


def test_the_pages_that_are_linked_exist() -> None:
    """No relative link of README or docs leads nowhere."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
