"""What is not installed is named, with the command that installs it; nothing of it is loaded before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from crawl import pages, written

WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent!r}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from tallystick.cli import main
sys.argv = ["tallystick", *{arguments!r}]
main()
"""


@pytest.mark.parametrize(
    ("absent", "engine", "said"),
    [
        (["pyarrow"], "local", "pip install 'tallystick[batch]'"),
        (["daft"], "daft", "--engine daft needs the extra `batch`: pip install 'tallystick[batch]'"),
        (["daft"], "ray", "--engine ray needs the extra `cluster`: pip install 'tallystick[cluster]'"),
        (["ray"], "ray", "--engine ray needs the extra `cluster`: pip install 'tallystick[cluster]'"),
    ],
)
def test_an_absent_extra_is_named(tmp_path: Path, absent: list[str], engine: str, said: str) -> None:
    """Before anything is read, with exit status 2."""
    arguments = ["batch", str(written(tmp_path / "c.jsonl", pages(6))), "--dossier", "general", "--out",
                 str(tmp_path / "out"), "--engine", engine]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(absent=absent, arguments=arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_command_line_loads_none_of_the_extras() -> None:
    """Neither for its help nor for a worker."""
    code = (
        "import sys, tallystick.cli.whole, tallystick.batch.working;"
        "print(sorted({'pyarrow', 'daft', 'ray', 'boto3'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
