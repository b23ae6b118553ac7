"""The promises of the project's own files: the lock, the layers' root, the packaged files."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-ftm.lock")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)")


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_host(lock: str) -> None:
    """A lock works with any registry: it holds no address."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_the_lock_has_hashes(lock: str) -> None:
    """Pip --require-hashes can install it: each pin is followed by at least one hash."""
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8"))
    pins = [entry for entry in entries if PIN.match(entry)]
    assert len(pins) > 20
    assert all("--hash=sha256:" in entry for entry in pins)


def test_the_locks_pin_every_dependency() -> None:
    """What pyproject.toml names is in the lock; FollowTheMoney, which ICU's headers build, in the one of its own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = dict(project["dependency-groups"])
    apart = groups.pop("ftm")
    wanted = [*project["project"]["dependencies"], *chain(*project["project"]["optional-dependencies"].values())]
    wanted += chain(*groups.values())
    assert _names(wanted) <= set(_pinned("requirements.lock"))
    assert _names(apart) <= set(_pinned("requirements-ftm.lock"))


def test_the_locks_agree() -> None:
    """What both locks pin is of one version, so that the second changes nothing that the first installed."""
    first, second = map(_pinned, LOCKS)
    assert {name: pin for name, pin in second.items() if name in first and first[name] != pin} == {}


def _names(requirements: Iterable[str]) -> set[str]:
    return {re.split(r"[<>=!~\[; ]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


def _pinned(lock: str) -> dict[str, set[str]]:
    """Versions of each package in a lock; one may be pinned apart for other machines."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        match = PIN.match(line)
        if match is not None:
            found.setdefault(match.group(1).lower().replace("_", "-"), set()).add(match.group(2))
    return found


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
