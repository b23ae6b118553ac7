"""A case in another store: every row and every file as it was, or nothing at all."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from databases import POSTGRESQL, SQLITE, STORES, Another, behind
from factory import claim, document
from reviewing_case import claim_of
from second_reader_case import a_read_case
from tallystick.cli.whole import app
from tallystick.errors import CaseError
from tallystick.model.document import Original, Retrieved
from tallystick.model.judgement import Verdict
from tallystick.model.lineage import EdgeLevel
from tallystick.model.review import ReviewVerdict
from tallystick.storage import copying, tables
from tallystick.storage.case import Case, Proposal
from tallystick.storage.copying import copy
from tallystick.storage.loading import Loading, Report
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.verifying import verify

TEXT = "\0Kyiv said 12 men, 서울 12 명, 北京 12 人, 𝟙 \ufdd0 came."


def rows(address: CaseAddress) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in order, as the model has it."""
    with behind(address) as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in tables.metadata.sorted_tables
        }


def files(address: CaseAddress) -> dict[str, bytes]:
    """Every file of a case."""
    with Case.open(address, read_only=True) as case, case.moment():
        names = [name for folder in ("evidence", "warc", "dossiers") for name in case.kept.names(folder)]
        found = {name: case.kept.read(name) for name in names}
        if case.kept.holds("report.html"):
            found["report.html"] = case.kept.read("report.html")
        return found


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with reviews, proposals of a second reader, what is derived, a report."""
    folder = a_read_case(tmp_path_factory.mktemp("sample"))
    with Case.open(folder) as case:
        case.feeds.keep_tries("https://example.org/a", 2)
        one, other = (document.id for document in case.documents()[:2])
        case.judge(Verdict.CUT, other, one, EdgeLevel.DOCUMENT, "They were written apart.")
        found = claim_of(case)
        case.review(Proposal(ReviewVerdict.ACCEPTED, found.document, (found,), (found,), "Read."), seen=0)
    return folder


@pytest.mark.parametrize("kind", STORES)
def test_a_case_comes_back_as_it_went(kind: str, sample: Path, another: Another) -> None:
    """Into either store and back into a folder: rows, files, the log with its hashes, and what `verify` says."""
    there, back = another(kind, empty=True), another(SQLITE, empty=True)
    first = copy(sample, there)
    second = copy(there, back)
    assert first == second
    assert first.rows["claims"] > 0
    assert first.rows["proposals"] > 0
    assert first.files == len(files(sample))
    assert rows(sample) == rows(there) == rows(back)
    assert files(sample) == files(there) == files(back)
    for address in (there, back):
        with Case.open(address, read_only=True) as case:
            assert verify(case).faults == ()


@pytest.mark.parametrize("kind", STORES)
def test_a_copy_is_worked_with_as_its_case(kind: str, sample: Path, another: Another) -> None:
    """Reports are added to it behind those that came with it, and their words are found."""
    there = another(kind, empty=True)
    copy(sample, there)
    made = report(TEXT, "added")
    with Case.open(there) as case:
        assert case.add(made.found, made.claims)
        assert verify(case).faults == ()


def report(text: str, name: str) -> Report:
    """A report with one figure."""
    found = document(text, id=name)
    content = text.encode()
    return Report(Retrieved(found, Original(found.sha256, "text/plain", content)), (claim(found, "12"),))


numbers = st.none() | st.integers(-(2**100), 2**100) | st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@pytest.fixture(scope="module")
def places(another_of_module: Another) -> Callable[[str], CaseAddress]:
    """Gives a new place in either store."""
    return lambda kind: another_of_module(kind, empty=True)


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(low=numbers, high=numbers, speaker=st.none() | words, more=words)
def test_any_number_and_any_text_comes_back(
    places: Callable[[str], CaseAddress], low: int | float | None, high: int | float | None, speaker: str | None,
    more: str,
) -> None:  # fmt: skip
    """Numbers beyond 64 bits, nulls, NUL, marks that Unicode keeps out of texts, every script."""
    start, there, back = places(SQLITE), places(POSTGRESQL), places(SQLITE)
    made = report(f"{TEXT} {more}", "one")
    told = tuple(replace(one, low=low, high=high, speaker=speaker) for one in made.claims)
    with Loading.open(start, create=True) as case:
        case.load([made._replace(claims=told)])
    copy(start, there)
    copy(there, back)
    with Case.open(back, read_only=True) as case:
        assert case.claims() == told
        assert case.documents() == (made.found.document,)
        assert verify(case).faults == ()


@pytest.mark.parametrize("kind", STORES)
def test_a_copy_that_is_cut_off_leaves_nothing_and_is_begun_anew(
    kind: str, sample: Path, another: Another, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off at the last table, then of another case to the same place: nothing of the first is in it."""
    there = another(kind, empty=True)
    with monkeypatch.context() as patched:
        patched.setattr(copying, "_copy_rows", cut_off_at("disputes", copying._copy_rows))
        with pytest.raises(KeyboardInterrupt, match="cut off"):
            copy(sample, there)
    with pytest.raises(CaseError):
        Case.open(there)
    other = another(SQLITE, empty=True)
    made = report(TEXT, "other")
    with Loading.open(other, create=True) as case:
        case.load([made])
    copy(other, there)
    assert rows(other) == rows(there)
    assert files(other) == files(there)


def cut_off_at(name: str, copied: Callable[..., copying.Sum]) -> Callable[..., copying.Sum]:
    """Copy every table but one, and fail there."""

    def until(held: sa.Connection, made: sa.Connection, table: sa.Table, *more: object) -> copying.Sum:
        if table.name == name:
            raise KeyboardInterrupt("cut off")
        return copied(held, made, table, *more)

    return until


@pytest.mark.parametrize("kind", STORES)
def test_nothing_is_copied_to_where_something_is(kind: str, sample: Path, another: Another) -> None:
    """Neither over a case nor, in a folder, beside anything else; what is there stays."""
    there = another(kind, empty=True)
    copy(sample, there)
    before = rows(there)
    with pytest.raises(CaseError, match=r"holds a case already|is not empty"):
        copy(sample, there)
    assert rows(there) == before


def test_a_copy_that_is_not_the_same_is_refused(
    sample: Path, another: Another, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that does not arrive is found by reading the copy again, and there is no copy then."""

    def lossy(held: sa.Connection, made: sa.Connection, table: sa.Table, *more: object) -> copying.Sum:
        found = copied(held, made, table, *more)  # type: ignore[arg-type]
        if table.name == "origin_claims":
            first = sa.select(sa.func.min(table.c.claim)).scalar_subquery()
            made.execute(sa.delete(table).where(table.c.claim == first))
        return found

    copied = copying._copy_rows
    monkeypatch.setattr(copying, "_copy_rows", lossy)
    there = another(SQLITE, empty=True)
    with pytest.raises(CaseError, match="origin_claims are not those of"):
        copy(sample, there)
    with pytest.raises(CaseError):
        Case.open(there)


def test_the_command_says_what_was_copied(sample: Path, another: Another) -> None:
    """Where to, how much, and the digest that both have; the access stands in the log of the case."""
    there = another(SQLITE, empty=True)
    said = CliRunner().invoke(app, ["copy", str(sample), str(there)])
    assert said.exit_code == 0, said.output
    with Case.open(there, read_only=True) as case:
        held = len(case.documents())
        assert verify(case).faults == ()
    assert f"{there}: {held} documents," in said.stdout
    with Case.open(sample, read_only=True) as case:
        assert case.custody()[-1].subject == f"copy to {there}"
