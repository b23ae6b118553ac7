"""The promises of the project's own files: the lock, the layers' root, the packaged files."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==[^\s;]+")


def test_the_lock_names_no_host() -> None:
    """requirements.lock works with any registry: it holds no address."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text


def test_every_pin_of_the_lock_has_hashes() -> None:
    """Pip --require-hashes can install it: each pin is followed by at least one hash."""
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    pins = [entry for entry in entries if PIN.match(entry)]
    assert len(pins) > 20
    assert all("--hash=sha256:" in entry for entry in pins)


def test_the_lock_pins_every_dependency() -> None:
    """What pyproject.toml names is in the lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    for group in project["dependency-groups"].values():
        wanted += group
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {match.group(1).lower().replace("_", "-") for line in text.splitlines() if (match := PIN.match(line))}
    names = {re.split(r"[<>=!~\[; ]", requirement)[0].lower().replace("_", "-") for requirement in wanted}
    assert names <= pinned


def test_importing_the_root_loads_no_stage() -> None:
    """`import tallystick` is cheap: the libraries of the stages come at first use."""
    heavy = {"sqlalchemy", "trafilatura", "vl_convert"}
    code = f"import sys, tallystick; print(sorted(m for m in sys.modules if m.split('.')[0] in {heavy}))"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "[]"


def test_every_public_stage_can_be_imported_from_the_root() -> None:
    """What `__all__` promises is there."""
    code = "import tallystick; [getattr(tallystick, name) for name in tallystick.__all__]"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)
