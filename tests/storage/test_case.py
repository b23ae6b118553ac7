"""A case on disk: what comes back is what went in, and what goes wrong is named."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command, op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from hypothesis import given, settings
from hypothesis import strategies as st

from databases import STORES, Another, behind
from factory import claim, document, fact
from tallystick.errors import CaseError, CaseReadOnlyError, CaseVersionError, ReadingError
from tallystick.model.claim import Aspect, Claim, Ground, Measure, Status
from tallystick.model.document import Failure, Original, PassageKind, Retrieved
from tallystick.model.estimate import Conflict, Estimate, Population, Reading
from tallystick.model.feed import Feed
from tallystick.model.flag import Evidence, Flag
from tallystick.model.ledger import Derived
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Independent, Lineage, Mechanism, Origin
from tallystick.model.quantity import Bound
from tallystick.storage import schema
from tallystick.storage.case import Case, DossierFiles, Rules, Statements
from tallystick.storage.stamping import Stamp
from tallystick.storage.stores.address import CaseAddress, Database
from tallystick.storage.tables import metadata

TEXT = "Moscow said 5,000 builders and 1,000 sappers would come. 𝟙 𐐷"
NOTHING = Lineage((), ())


def retrieved(text: str = TEXT, id: str = "doc-1") -> Retrieved:  # noqa: A002 - the record's own name
    """A report with its original."""
    content = text.encode()
    found = document(text, id=id, published="2025-06-17", outlet="Harbor Press")
    return Retrieved(found, Original(sha256(content).hexdigest(), "text/plain", content))


def two_claims(found: Retrieved) -> tuple[Claim, Claim]:
    """Both figures of TEXT, one with every field set."""
    first = claim(
        found.document, "5,000", counted="builders", origin="KP", place="Kursk", status=Status.PLANNED,
        aspect=Aspect.DECIDED, measure=Measure.PLAN, speaker="Moscow", via="TASS", when="2025-07", stated="2025-06-17",
    )  # fmt: skip
    first = replace(first, grounds=(Ground("status", "planned", "would come", 44, 54), Ground("when", "2025", "rule")))
    return first, claim(found.document, "1,000", bound=Bound.AT_MOST)


def derived(claims: tuple[Claim, Claim]) -> tuple[Lineage, tuple[Estimate, ...], tuple[Flag, ...]]:
    """A lineage, an estimate and a flag with every field set."""
    one, two = claims
    edge = Edge(two.id, one.id, EdgeLevel.CLAIM, EdgeKind.DERIVED, Mechanism.SAME_STATEMENT, "said twice", 0.75)
    origin = Origin("o-1", "Moscow", "2025-06-17", ("doc-1",), (one.id, two.id), Independent(0, 1), "one statement")
    reading = Reading("o-1", "Moscow", None, 5000, None, Bound.AT_LEAST, (one.id,), 1, True, "B")
    estimate = Estimate(
        "e-1", Population("construction_worker", "KP", None, "Builders", "person"), Status.PLANNED, Measure.PLAN, None,
        5000, 0.5, 2**80, 3, (reading, replace(reading, superseded=False)), (one.id,), Independent(1, 2), 1, ("e-2",),
        None, (Conflict(("o-1", "o-2"), "5 is not 6"),), ("first", "second"),
    )  # fmt: skip
    flag = Flag("f-1", "conflict", "warning", "They differ.", (one.id,), (Evidence("doc-1", 12, 17),))
    return Lineage((edge,), (origin,)), (estimate,), (flag,)


def _downgrade(case: CaseAddress, revision: str) -> None:
    """Take the tables of a case back to what an older Tallystick made."""
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    with behind(case) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def test_what_went_in_comes_back(place: CaseAddress) -> None:
    """Every record, field by field, after closing and opening again."""
    found = retrieved()
    claims = two_claims(found)
    lineage, estimates, flags = derived(claims)
    failure = Failure("b.txt", "read", "empty")
    with Case.open(place, create=True) as case:
        assert case.rules() is None
        case.set_rules(Rules("general", "ab", "1"))
        case.add(found, claims)
        case.note_failure(failure)
        case.replace_derived({1: Derived(lineage, estimates, flags)})
    with Case.open(place, read_only=True) as case:
        ledger = case.ledger()
        assert case.rules() == Rules("general", "ab", "1")
        assert case.original(found.document) == found.original.content
    assert ledger.documents == (found.document,)
    assert ledger.claims == claims
    assert (ledger.lineage, ledger.estimates, ledger.flags) == (lineage, estimates, flags)
    assert ledger.failures == (failure,)


numbers = st.none() | st.integers(-(2**100), 2**100) | st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


# What a slow disk takes is not what this is about; fifty examples take PostgreSQL as long as the rest of this module.
@pytest.mark.parametrize("kind", STORES)
@settings(deadline=None, max_examples=50)
@given(low=numbers, high=numbers, counted=st.none() | words, cue=words)
def test_any_number_and_any_text_of_a_claim_comes_back(
    kind: str, another_of_module: Another, low: int | float | None, high: int | float | None,
    counted: str | None, cue: str,
) -> None:  # fmt: skip
    """Also numbers beyond 64 bits, control characters and marks beyond the basic plane."""
    found = retrieved()
    made = replace(two_claims(found)[0], low=low, high=high, counted=counted, grounds=(Ground("x", "y", cue),))
    with Case.open(another_of_module(kind), create=True) as case:
        case.add(found, (made,))
        (back,) = case.claims()
    assert back == made
    assert type(back.low) is type(low)


def test_the_order_of_documents_is_not_that_in_which_they_came(place: CaseAddress) -> None:
    """Documents by publication and id, claims by document and place."""
    reports = [retrieved(id=name) for name in ("z", "a", "m")]
    with Case.open(place, create=True) as case:
        for found in reports:
            case.add(found, reversed(two_claims(found)))
        assert [one.id for one in case.documents()] == ["a", "m", "z"]
        assert [(one.document, one.figure) for one in case.claims()] == [
            (name, figure) for name in ("a", "m", "z") for figure in ("5,000", "1,000")
        ]


def test_a_report_is_known_by_its_id_and_its_content(place: CaseAddress) -> None:
    """The same bytes, or the same text and fields in another wrapping."""
    found = retrieved()
    with Case.open(place, create=True) as case:
        assert not case.holds(found.document)
        case.add(found, ())
        assert case.holds(found.document)
        assert case.holds(replace(found.document, sha256="0" * 64, name="elsewhere.jsonl:3"))
        assert not case.holds(replace(found.document, sha256="0" * 64, outlet="Another"))


def test_another_report_with_the_same_id_is_refused_and_nothing_is_lost(place: CaseAddress) -> None:
    """The error names both."""
    with Case.open(place, create=True) as case:
        case.add(retrieved(), two_claims(retrieved()))
        with pytest.raises(ReadingError, match="doc-1"):
            case.add(retrieved("Another text with 5,000."), ())
        assert len(case.claims()) == 2
        assert case.documents()[0].text == TEXT
        assert case.original(case.documents()[0]) == TEXT.encode()


def test_an_interrupted_report_leaves_no_half(place: CaseAddress) -> None:
    """Where its claims fail to come, the document is not there either, and can be added again."""
    found = retrieved()

    def breaking() -> object:
        yield two_claims(found)[0]
        raise KeyboardInterrupt

    with Case.open(place, create=True) as case:
        with pytest.raises(KeyboardInterrupt):
            case.add(found, breaking())  # type: ignore[arg-type]
        assert case.documents() == ()
        case.add(found, two_claims(found))
        assert len(case.claims()) == 2


def test_writing_the_same_derivation_again_writes_nothing(tmp_path: Path) -> None:
    """The rows stay the very same."""
    found = retrieved()
    with Case.open(tmp_path, create=True) as case:
        case.add(found, two_claims(found))
        case.replace_derived({1: Derived(*derived(two_claims(found)))})
    before = (tmp_path / "case.sqlite").read_bytes()
    with Case.open(tmp_path, create=True) as case:
        case.replace_derived({1: Derived(*derived(two_claims(found)))})
        case.replace_derived({1: Derived(*derived(two_claims(found)))})
    assert (tmp_path / "case.sqlite").read_bytes() == before


def test_a_failure_is_kept_once_and_goes_when_its_report_comes(place: CaseAddress) -> None:
    """What was mended is no failure any more."""
    found = retrieved()
    failure = Failure(found.document.name, "read", "empty")
    with Case.open(place, create=True) as case:
        case.note_failure(failure)
        case.note_failure(failure)
        assert case.ledger().failures == (failure,)
        case.add(found, ())
        assert case.ledger().failures == ()


def test_facts_come_back_in_the_order_of_the_text_and_go_with_their_report(place: CaseAddress) -> None:
    """What the dossier asks for besides figures is kept with its grounds, replaced, and part of the ledger."""
    found, other = retrieved(), retrieved("Sappers cleared the port.", "doc-2")
    first = fact(found.document, "Moscow", slot="actor", speaker="Moscow", via="TASS", stated="2025-06-17")
    later = fact(found.document, "would come", slot="task", status=Status.PLANNED)
    elsewhere = fact(other.document, "cleared the port", slot="task")
    with Case.open(place, create=True) as case:
        case.add(found, two_claims(found), (later, first))
        case.add(other, (), (elsewhere,))
        assert case.facts() == (first, later, elsewhere)
        assert case.ledger().facts == (first, later, elsewhere)
        case.set_rules(Rules("general", "ab", "1"), anew=[Statements("doc-1", (), (later,))])
        assert case.facts() == (later, elsewhere)
        case.set_rules(Rules("general", "ab", "1"), anew=[Statements("doc-2", (), ())])
        assert case.facts() == (later,)
    with behind(place) as connection:
        assert connection.scalars(sa.text("SELECT DISTINCT fact FROM fact_grounds")).all() == [later.id]


def test_claims_can_be_read_anew_under_other_rules(place: CaseAddress) -> None:
    """The old ones and their grounds go; the dossier's file is kept for the next time."""
    found = retrieved()
    with Case.open(place, create=True) as case:
        case.add(found, two_claims(found))
        case.note_failure(Failure(found.document.name, "extract", "no such language"))
        anew = Statements(found.document.id, two_claims(found)[1:], ())
        case.set_rules(Rules("flood", "ab", "1"), DossierFiles(b"schema: x"), [anew])
        assert case.ledger().failures == ()
        assert [one.figure for one in case.claims()] == ["1,000"]
        with case.dossier_file() as kept:
            assert kept is not None
            assert kept.read_bytes() == b"schema: x"
        case.set_rules(Rules("general", "cd", "1"))
        with case.dossier_file() as kept:
            assert kept is None


def test_the_original_lies_under_its_digest_and_a_changed_one_is_named(tmp_path: Path) -> None:
    """Evidence that was touched is no evidence."""
    found = retrieved()
    digest = found.original.sha256
    with Case.open(tmp_path, create=True) as case:
        case.add(found, ())
        path = tmp_path / "evidence" / digest[:2] / digest
        assert path.read_bytes() == found.original.content
        path.chmod(0o644)
        path.write_bytes(b"forged")
        with pytest.raises(CaseError, match=digest):
            case.original(found.document)


def test_an_original_that_is_not_what_it_says_is_not_kept(tmp_path: Path) -> None:
    """A wrong digest is a defect, other bytes under the right one a fault of the case; neither leaves a document."""
    found = retrieved()
    digest = found.original.sha256
    with Case.open(tmp_path, create=True) as case:
        with pytest.raises(ValueError, match=digest):
            case.add(replace(found, original=replace(found.original, content=b"forged")), ())
        path = tmp_path / "evidence" / digest[:2] / digest
        path.parent.mkdir(parents=True)
        path.write_bytes(b"forged")
        with pytest.raises(CaseError, match="changed"):
            case.add(found, ())
        assert path.read_bytes() == b"forged"
        assert case.documents() == ()


def test_reading_creates_nothing(tmp_path: Path) -> None:
    """Read-only wins over create."""
    with pytest.raises(CaseError, match="holds no case"):
        Case.open(tmp_path / "case", create=True, read_only=True)
    assert not (tmp_path / "case").exists()


def test_a_read_only_case_is_not_written(tmp_path: Path) -> None:
    """Every change raises, and not even a lock file appears."""
    found = retrieved()
    with Case.open(tmp_path, create=True) as case:
        case.add(found, ())
    before = sorted(path.name for path in tmp_path.iterdir())
    with Case.open(tmp_path, read_only=True) as case:
        assert case.documents() == (found.document,)
        with pytest.raises(CaseReadOnlyError, match="read-only"):
            case.note_failure(Failure("a", "read", "b"))
        with pytest.raises(CaseReadOnlyError):
            case.add(retrieved(id="doc-2"), ())
        assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A folder with two cases, one of a run that was cut off, that this user cannot write to."""
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    with Case.open(tmp_path / "whole", create=True) as case:
        case.add(retrieved(), ())
        shutil.copytree(tmp_path / "whole", tmp_path / "cut")
    (tmp_path / "cut" / "case.sqlite-shm").unlink()
    paths = [*tmp_path.rglob("*"), tmp_path]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield tmp_path
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_folder_that_cannot_be_written_is_read_and_named_when_written(sealed: Path) -> None:
    """Evidence is often handed on on such a medium."""
    with Case.open(sealed / "whole", read_only=True) as case:
        assert len(case.documents()) == 1
    with pytest.raises(CaseReadOnlyError, match="whole"):
        Case.open(sealed / "whole")
    with pytest.raises(CaseReadOnlyError, match="new"):
        Case.open(sealed / "new", create=True)
    with pytest.raises(CaseReadOnlyError, match="cut off"):
        Case.open(sealed / "cut", read_only=True)


def test_a_case_of_a_newer_version_is_named(place: CaseAddress) -> None:
    """Neither reading nor writing guesses at tables that it does not know."""
    with Case.open(place, create=True):
        pass
    with behind(place) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for read_only in (False, True):
        with pytest.raises(CaseVersionError, match="newer"):
            Case.open(place, create=True, read_only=read_only)


def test_a_case_of_an_older_version_is_brought_up_to_date(place: CaseAddress) -> None:
    """Opened for reading it is named and left alone; opened for writing it gains what is new and keeps its content."""
    found = retrieved()
    with Case.open(place, create=True) as case:
        case.add(found, two_claims(found))
    _downgrade(place, "0001")
    with pytest.raises(CaseError, match="older"):
        Case.open(place, read_only=True)
    with Case.open(place) as case:
        assert case.documents() == (found.document,)
        assert case.original(found.document) == found.original.content
        case.replace_derived({1: Derived(*derived(two_claims(found)))})
    with behind(place) as connection:
        linked = connection.execute(sa.text("SELECT origin, claim FROM origin_claims ORDER BY origin, claim")).all()
    assert sorted(linked) == sorted(("o-1", one.id) for one in two_claims(found))


def test_every_migration_goes_both_ways(place: CaseAddress) -> None:
    """Down to nothing and up again: the same tables, views, indexes, triggers and functions."""
    with Case.open(place, create=True):
        pass
    before = described(place)
    _downgrade(place, "base")
    with behind(place) as connection:
        assert set(sa.inspect(connection).get_table_names()) == {"alembic_version"}
        assert sa.inspect(connection).get_view_names() == []
    with Case.open(place, create=True) as case:
        assert case.documents() == ()
    assert described(place) == before


def described(case: CaseAddress) -> list[tuple[str, ...]]:
    """Everything that a case has in its database besides rows, as the database itself tells of it."""
    query = "SELECT type, name, sql FROM sqlite_master"
    if isinstance(case, Database):
        query = (
            "SELECT table_name, column_name, data_type || coalesce(collation_name, '') || is_nullable"
            " FROM information_schema.columns WHERE table_schema = 'public' UNION ALL"
            " SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL"
            " SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal UNION ALL"
            " SELECT 'view', viewname, definition FROM pg_views WHERE schemaname = 'public' UNION ALL"
            " SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        )
    with behind(case) as connection:
        return sorted(tuple(map(str, row)) for row in connection.exec_driver_sql(query))


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table or index is one that is described: those of words, files and lists are one store's alone."""
    own = "_words" in (name or "") or (name or "").endswith(("_down", "_up"))
    return not own and (kind, name) != ("table", "files")


def test_the_migrations_make_the_tables_that_the_code_describes(place: CaseAddress) -> None:
    """A column added to one and forgotten in the other fails here."""
    with Case.open(place, create=True):
        pass
    with behind(place) as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"include_name": _ours}), metadata)
    assert differences == []


@pytest.mark.parametrize("kind", STORES)
def test_a_case_whose_making_was_cut_off_is_made_the_next_time(
    kind: str, another: Another, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either all tables are there or none."""
    make, place = op.create_table, another(kind, empty=True)

    def breaking(name: str, *columns: sa.Column[object]) -> sa.Table:
        if name == "grounds":
            raise KeyboardInterrupt
        return make(name, *columns)

    with monkeypatch.context() as patched:
        patched.setattr(op, "create_table", breaking)
        with pytest.raises(KeyboardInterrupt):
            Case.open(place, create=True)
    with Case.open(place, create=True) as case:
        assert case.documents() == ()


@pytest.mark.parametrize("kind", STORES)
def test_several_that_write_at_once_wait_for_each_other(kind: str, another: Another) -> None:
    """They make the case together, every report of each is there, and no ledger is of two moments."""
    place = another(kind, empty=True)

    def write(writer: int) -> None:
        with Case.open(place, create=True) as case:
            for number in range(5):
                found = retrieved(id=f"{writer}-{number}")
                case.add(found, two_claims(found))
                ledger = case.ledger()
                assert len(ledger.claims) == 2 * len(ledger.documents)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with Case.open(place, read_only=True) as case:
        assert len(case.documents()) == 20
        assert [entry.action for entry in case.custody()].count("case made") == 1


def test_a_writer_that_waits_too_long_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who else holds the case cannot be known, that somebody does can."""
    monkeypatch.setattr("tallystick.storage.stores.sqlite.PATIENCE", 0)
    with Case.open(tmp_path, create=True) as case, closing(sqlite3.connect(tmp_path / "case.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CaseError, match="another process"):
            case.add(retrieved(), ())


def test_a_reader_sees_what_a_writer_has_added(place: CaseAddress) -> None:
    """Also what still stands in the write-ahead log."""
    with Case.open(place, create=True) as case:
        case.add(retrieved(), ())
        with Case.open(place, read_only=True) as reader:
            assert len(reader.documents()) == 1


def test_what_is_no_case_is_named(tmp_path: Path) -> None:
    """An empty folder, a file in its place, and bytes that are no SQLite."""
    with pytest.raises(CaseError, match="holds no case"):
        Case.open(tmp_path, read_only=True)
    file = tmp_path / "file"
    file.write_text("x", "utf-8")
    with pytest.raises(CaseError, match="file"):
        Case.open(file, create=True)
    (tmp_path / "case.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(CaseError, match=r"case\.sqlite"):
        Case.open(tmp_path, read_only=True)
    with pytest.raises(CaseError, match=r"case\.sqlite"):
        Case.open(tmp_path, create=True)


def test_a_folder_with_an_odd_name_is_a_case_like_any(tmp_path: Path) -> None:
    """Marks that mean something in an address mean nothing here."""
    folder = tmp_path / "what? 100% & more#1"
    with Case.open(folder, create=True) as case:
        case.add(retrieved(), ())
    with Case.open(folder, read_only=True) as case:
        assert len(case.documents()) == 1
    assert (folder / "case.sqlite").exists()


def test_kinds_of_passages_and_repeats_come_back(place: CaseAddress) -> None:
    """They decide what the report dims."""
    found = retrieved("One came.\nOne came.")
    first, second = found.document.passages
    passages = (replace(first, kind=PassageKind.HEADLINE), replace(second, repeats=0))
    found = replace(found, document=replace(found.document, passages=passages))
    with Case.open(place, create=True) as case:
        case.add(found, ())
        assert case.documents()[0].passages == passages


def test_how_far_feeds_were_followed_comes_back(place: CaseAddress) -> None:
    """What is kept of one takes the place of what was kept before."""
    feed = Feed("https://press.example/feed", "2026-03-01T10:00:00Z", '"a"', None, 0)
    with Case.open(place, create=True) as case:
        assert (case.feeds.feed(feed.url), case.feeds.tries("a")) == (None, 0)
        for tries in (1, 2, -1):
            case.feeds.keep_feed(replace(feed, failures=tries + 1))
            case.feeds.keep_tries("a", tries)
    with Case.open(place, read_only=True) as case:
        assert (case.feeds.feed(feed.url), case.feeds.tries("a")) == (feed, -1)


def test_a_time_stamp_is_kept_once(place: CaseAddress) -> None:
    """The same answer again writes neither a file nor an entry."""
    with Case.open(place, create=True) as case:
        for _ in range(2):
            case.keep_stamp(b"answer", Stamp(1, "ab", "2026-03-01T10:00:00Z", signed=False))
        with case.moment():
            (name,) = case.kept.names("timestamps")
            assert case.kept.read(name) == b"answer"
        assert [entry.action for entry in case.custody()] == ["case made", "time-stamp"]
