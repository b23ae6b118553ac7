"""A case that is opened to be read: one opening, one entry of its log, and none where it takes none."""

from pathlib import Path

import pytest

from newsroom import BUILDERS, case_of, keeper_on
from tallystick.errors import CaseReadOnlyError
from tallystick.pipeline import opened
from tallystick.storage.case import Case
from tallystick.storage.custody import Action, Keeper


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case of one report."""
    case_of(tmp_path, BUILDERS[:1], "2025-07-01")
    return tmp_path / "case"


def accesses(folder: Path) -> list[tuple[str, str, str]]:
    """Who opened the case for what, and when."""
    with Case.open(folder, read_only=True) as case:
        return [(one.actor, one.subject, one.time[:10]) for one in case.custody() if one.action == Action.ACCESSED]


def test_an_access_is_noted_once_it_is_done(folder: Path) -> None:
    """With its purpose and operator; where the block fails there was none."""
    with opened(folder, "a look", by=keeper_on("2025-07-02", "B. Reader")) as case:
        assert len(case.documents()) == 1
        assert accesses(folder) == []
    with pytest.raises(LookupError), opened(folder, "a slip"):
        raise LookupError
    assert accesses(folder) == [("B. Reader", "a look", "2025-07-02")]


def test_a_case_that_takes_no_entry_is_read_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a medium that cannot be written."""
    whole = Case.open

    def refuse(
        path: Path, *, create: bool = False, read_only: bool = False, keeper: Keeper | None = None, migrate: bool = True
    ) -> Case:
        if not read_only:
            raise CaseReadOnlyError(str(path), "is on a medium that cannot be written")
        return whole(path, create=create, read_only=read_only, keeper=keeper, migrate=migrate)

    monkeypatch.setattr(Case, "open", refuse)
    with opened(folder, "a look") as case:
        assert len(case.claims()) == 1
    assert accesses(folder) == []


def test_a_reader_holds_up_no_writer(folder: Path) -> None:
    """While one reads, with an entry of its own to write afterwards, another adds to the case."""
    with opened(folder, "a long look") as case, case.moment():
        assert len(case.documents()) == 1
        case_of(folder.parent, BUILDERS[:2], "2025-07-03")
        assert len(case.documents()) == 1
    assert [subject for _, subject, _ in accesses(folder)] == ["a long look"]
