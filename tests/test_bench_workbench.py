"""The pieces of the benchmark of the workbench, on a case of some reports."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from benchmarks.workbench import BAD, LIMIT, measure, table
from benchmarks.workbench_addresses import addresses, left_out
from benchmarks.workbench_case import FIGURES, TELLERS, fill, reports
from benchmarks.workbench_load import Answer, Ask
from litestar import get
from litestar.types import ControllerRouterHandler

from tallystick.storage.case import Case
from tallystick.workbench.access.visitors import Role, needs
from tallystick.workbench.rooms import ROOMS

SIZE = 3 * TELLERS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up case of three events, which no test touches."""
    folder = tmp_path_factory.mktemp("load") / "case"
    fill(folder, SIZE)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(copytree(made, tmp_path / "case"))


def test_the_case_is_the_same_every_time_and_its_claims_stand_in_their_texts() -> None:
    """A number gives one report; each claim is at its span, in its sentence."""
    found = tuple(reports(0, SIZE))
    assert found == tuple(reports(0, SIZE))
    for document, claims in found:
        assert len(claims) == FIGURES
        for claim in claims:
            assert document.text[claim.start : claim.end] == claim.figure
            assert claim.prefix + claim.figure in claim.quote
            assert claim.quote in document.text


def test_the_case_has_what_every_room_shows(folder: Path) -> None:
    """Copies and origins, estimates that disagree, flags, hits."""
    with Case.open(folder, read_only=True) as case:
        ledger = case.ledger()
    assert len(ledger.claims) == SIZE * FIGURES
    assert len(ledger.lineage.origins) < len(ledger.claims)
    assert any(estimate.conflicts for estimate in ledger.estimates)
    assert ledger.flags
    assert ledger.hits


@get("/flags", opt=needs(Role.READER), sync_to_thread=True)
def a_list() -> str:
    """A list."""
    return ""


@get("/origins/{name:str}", opt=needs(Role.READER), sync_to_thread=True)
def a_thing(name: str) -> str:
    """A thing."""
    return name


@get("/elsewhere/{name:str}", opt=needs(Role.READER), sync_to_thread=True)
def an_unknown(name: str) -> str:
    """A thing of which the benchmark knows nothing."""
    return name


def test_addresses_are_found_among_the_routes(folder: Path) -> None:
    """A page with each of its filters, pages of single things; what is not known is named."""
    rooms: tuple[tuple[ControllerRouterHandler, ...], ...] = ((a_list,), (a_thing, an_unknown))
    found = addresses(rooms, folder)
    assert Ask("/flags", "/flags") in found
    assert Ask("/flags?severity=", "/flags?severity=warning") in found
    assert any(one.name == "/origins/{name:str}" and one.address.startswith("/origins/o-") for one in found)
    assert left_out(rooms) == ["/elsewhere/{name:str}"]


def test_every_page_of_the_workbench_is_measured_or_named(folder: Path) -> None:
    """No room is forgotten: each has an address."""
    found = {one.name.partition("?")[0] for one in addresses(ROOMS, folder)}
    assert {"/claims", "/documents", "/flags", "/provisions", "/sources"} <= found


def answers() -> Iterator[Answer]:
    """A fast page with one slow answer in a hundred, a slow one, and one that fails."""
    yield from (Answer("/fast", 0.5 if turn == 0 else 0.01, 200, 1_000) for turn in range(100))
    yield from (Answer("/slow", LIMIT / 1e3 + 0.1, 200, 1_000) for _ in range(3))
    yield Answer("/broken", 0.01, 500, 10)


def test_the_table_names_what_is_slow_and_what_failed() -> None:
    """The slowest first; one in twenty may take longer than the limit."""
    slow, *others = table(answers())
    assert slow.endswith("/slow  SLOW")
    assert any(line.endswith("/fast") for line in others)
    assert any(line.endswith("/broken  1 FAILED") for line in others)


def test_it_serves_reads_reviews_and_tells(folder: Path) -> None:
    """From end to end: a server, two readers and a reviewer in their processes, and figures at the end."""
    load = measure(folder, seconds=1.5, readers=2)
    assert load.answers
    assert not [one for one in load.answers if one.status >= BAD]
    assert min(load.seconds, load.alone, load.memory, load.processor) > 0
