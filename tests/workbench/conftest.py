"""The workbench on a small case, as one role after another sees it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from litestar import Request
from litestar.testing import TestClient

from bench_case import a_bench, a_case
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.rooms import ROOMS

Enter: TypeAlias = Callable[..., TestClient[Any]]


class Admitted:
    """Everybody is one and the same visitor."""

    def __init__(self, visitor: Visitor | None) -> None:
        self.who = visitor

    def visitor(self, _request: Request[Any, Any, Any]) -> Visitor | None:
        """Give that visitor."""
        return self.who


@pytest.fixture
def case_folder(tmp_path: Path) -> Path:
    """A case of a few reports, derived."""
    return a_case(tmp_path / "case")


@pytest.fixture
def bench(case_folder: Path) -> Iterator[Bench]:
    """A bench on it, whose follower derives at once."""
    made = a_bench(case_folder)
    yield made
    made.views.close()


@pytest.fixture
def enter(bench: Bench) -> Iterator[Enter]:
    """Give a client as a visitor of some role and name; None is nobody."""
    opened: list[TestClient[Any]] = []

    def given(role: Role | None = Role.ANALYST, name: str = "ana") -> TestClient[Any]:
        visitor = None if role is None else Visitor(name, role)
        client = TestClient(create_app(bench, Admitted(visitor), ROOMS))
        client.__enter__()
        opened.append(client)
        return client

    yield given
    for client in opened:
        client.__exit__(None, None, None)
