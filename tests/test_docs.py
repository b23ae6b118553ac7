"""What README and docs show is run: the commands of every page, their output where it is shown, and the Python."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from typer.testing import CliRunner

from tallystick.cli.whole import app
from tallystick.sample import reports

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(page for page in DOCS.rglob("*.md") if page.parent.name != "decisions"))
BLOCK = re.compile(r"(?:<!-- ([^\n]*) -->\n)?```(\w*)\n(.*?)```", re.DOTALL)
RUN = re.compile(r"run by (tests/[\w/]+\.py)")
HERE = "tests/test_docs.py"
FILE = re.compile(r"file ([\w.-]+)$")
SHOWN = f"output, checked by {HERE}"
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
YAML = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
# Commands that make or show something beside ours, as a reader types them.
BESIDE = ("echo", "cat")


class Block(NamedTuple):
    """A fenced block: what its comment says, its language, and its lines."""

    comment: str
    language: str
    text: str

    @property
    def commands(self) -> list[str]:
        """Its lines that call the program."""
        return [line for line in self.text.splitlines() if re.match(r"(\S+=\S+ )*tallystick ", line)]


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page in order."""
    for comment, language, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        yield Block(comment, language, text)


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with the sample as `reports/`, as the examples assume."""
    with reports() as folder:
        shutil.copytree(folder, tmp_path / "reports")
    return tmp_path


def test_the_commands_of_the_readme_work_as_processes(workplace: Path) -> None:
    """Each line of the README's example exits with 0, in order, as a process of its own."""
    lines = [line for block in blocks(ROOT / "README.md") if HERE in block.comment for line in block.commands]
    assert len(lines) >= 8
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program == "tallystick"
        command = [sys.executable, "-m", "tallystick", *arguments]
        finished = subprocess.run(command, cwd=workplace, capture_output=True, text=True, check=False, timeout=120)
        assert finished.returncode == 0, f"{line}\n{finished.stderr}"


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: str(page.relative_to(DOCS)))
def test_the_commands_of_a_page_work(page: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of its examples exits with 0, in order, beside the files that it shows; shown output was printed."""
    monkeypatch.chdir(workplace)
    printed = ""
    for block in blocks(page):
        file = FILE.match(block.comment)
        if file is not None:
            (workplace / file.group(1)).write_text(block.text, encoding="utf-8")
        elif block.comment == SHOWN:
            shown = [_plain(line) for line in block.text.splitlines() if line.strip()]
            assert [line for line in shown if line not in printed] == []
        elif HERE in block.comment:
            printed = _plain("\n".join(_run(line, page) for line in block.text.splitlines() if line.strip()))


def test_every_command_of_the_docs_is_run() -> None:
    """A block with a command of ours says which test runs it, and that test names the command."""
    for page in PAGES:
        for block in blocks(page):
            if not block.commands:
                continue
            said = RUN.match(block.comment)
            assert said is not None, f"{page.name}: no test runs\n{block.text}"
            told = (ROOT / said.group(1)).read_text(encoding="utf-8")
            if said.group(1) != HERE:
                names = {shlex.split(line)[1] for line in block.commands if line.startswith("tallystick")}
                assert all(name in told for name in names), f"{page.name}: {said.group(1)} does not run\n{block.text}"


def test_every_example_of_the_help_can_be_given() -> None:
    """The examples below the help of each command name commands, options and values that there are."""
    seen = 0
    for command, text in _epilogs(typer.main.get_command(app)):
        for line in text.splitlines():
            for part in re.split(r"\s[|<>]+\s", line.strip()):
                if part.startswith("tallystick ") and "'tallystick" not in line:
                    _parse(shlex.split(part)[1:], command)
                    seen += 1
    assert seen > 50


def test_the_python_of_the_journey_works(workplace: Path) -> None:
    """The example of the public functions runs as it stands."""
    found = PYTHON.search((DOCS / "journey.md").read_text(encoding="utf-8"))
    assert found is not None
    subprocess.run([sys.executable, "-c", found.group(1)], cwd=workplace, check=True, timeout=120)


def test_the_dossier_of_the_how_to_loads(workplace: Path) -> None:
    """The example dossier is valid and can be used."""
    found = YAML.search((DOCS / "how-to.md").read_text(encoding="utf-8"))
    assert found is not None
    (workplace / "flood.yaml").write_text(found.group(1), encoding="utf-8")
    command = [sys.executable, "-m", "tallystick", "extract", "reports/interview.md", "--dossier", "flood.yaml"]
    finished = subprocess.run(command, cwd=workplace, capture_output=True, text=True, check=False, timeout=120)
    assert finished.returncode == 0, finished.stderr


def test_the_pages_that_are_linked_exist() -> None:
    """No relative link of README or docs leads nowhere."""
    for page in (ROOT / "README.md", *sorted(DOCS.rglob("*.md"))):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_reference_is_that_of_the_code(tmp_path: Path) -> None:
    """The pages of docs/reference are what scripts/build_reference.py makes of the code as it is."""
    subprocess.run([sys.executable, ROOT / "scripts" / "build_reference.py", tmp_path], check=True, timeout=120)
    made = {page.name: page.read_text(encoding="utf-8") for page in tmp_path.iterdir()}
    kept = {page.name: page.read_text(encoding="utf-8") for page in (DOCS / "reference").iterdir()}
    assert made == kept, "run: .venv/bin/python scripts/build_reference.py"


def _plain(text: str) -> str:
    """Text with every run of blanks as one."""
    return " ".join(text.split())


def _run(line: str, page: Path) -> str:
    """Run a line of a page and give what it printed."""
    program, *arguments = shlex.split(line)
    if program in BESIDE:
        subprocess.run(line, shell=True, check=True, timeout=20)  # noqa: S602 - a line of our own docs
        return ""
    assert program == "tallystick", f"{page.name}: {line}"
    finished = CliRunner().invoke(app, arguments)
    assert finished.exit_code == 0, f"{page.name}: {line}\n{finished.output}"
    return finished.output


def _epilogs(command: Any) -> Iterator[tuple[str, str]]:
    """The name and the epilog of a command and of those below it."""
    for name, one in getattr(command, "commands", {}).items():
        yield name, one.epilog or ""
        yield from _epilogs(one)


def _parse(arguments: list[str], name: str) -> None:
    """Read a command line as far as the program would before it does anything."""
    command: Any = typer.main.get_command(app)
    context = typer.Context(command)
    while hasattr(command, "commands"):
        found = command.commands.get(arguments[0])
        assert found is not None, f"{name}: {arguments}"
        command, arguments = found, arguments[1:]
        context = typer.Context(command, parent=context, info_name=command.name)
    parsed = command.make_context(command.name, list(arguments), parent=context.parent)
    parsed.close()
