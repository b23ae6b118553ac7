"""The custody log: nothing done with a case is missing from it, and nothing in it can be changed unseen."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from databases import STORES, Another, behind
from factory import claim, document, fact
from tallystick.errors import CaseError
from tallystick.model.document import Detail, Original, Passage, PassageKind, Retrieval, Retrieved, Sureness
from tallystick.model.ledger import Derived
from tallystick.storage.case import Case, Rules
from tallystick.storage.custody import FIRST, Action, Keeper, broken, canonical, digest, fields
from tallystick.storage.opening import store_at
from tallystick.storage.schema import SCRIPTS
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.verifying import verify
from tallystick.storage.warc_records import warc_record

TEXT = "Moscow said 5,000 builders would come."
FETCHED = Retrieval(
    "http://short.example/1",
    "2026-03-01T10:00:00+00:00",
    200,
    (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("Set-Cookie", "a=1")),
    ("https://press.example/sappers",),
)


def received(
    text: str = TEXT,
    id: str = "doc-1",  # noqa: A002 - the record's own name
    retrieval: Retrieval | None = None,
) -> Retrieved:
    """A report with its original."""
    content = text.encode()
    original = Original(sha256(content).hexdigest(), "text/html", content, retrieval)
    return Retrieved(document(text, id=id), original)


def at(hour: int) -> datetime:
    """A moment in another zone than UTC."""
    return datetime(2026, 3, 1, hour, tzinfo=timezone(timedelta(hours=3)))


KEEPER = Keeper("A. Analyst", "tallystick 9", lambda: at(15))


def actions(folder: CaseAddress) -> list[str]:
    """What the log of a case says was done."""
    with Case.open(folder, read_only=True) as case:
        return [entry.action for entry in case.custody()]


def test_every_field_of_a_document_comes_back(place: CaseAddress) -> None:
    """Also what a reader found besides the text, and the language, speaker and page of a passage."""
    found = received("One.\nDos.")
    one, two = found.document.passages
    full = replace(
        found.document,
        updated="2026-03-02T08:00:00Z",
        details=(
            Detail("title", "One", "meta og:title", Sureness.STATED),
            Detail("published", "2026-03-01", "the first line", Sureness.GUESSED),
        ),
        passages=(
            replace(one, language="uk", turn="Olena \N{SNOWMAN}", page=3),
            Passage(two.start, two.end, PassageKind.COMMENT, one.start, "es", None, 4),
        ),
    )
    with Case.open(place, create=True) as case:
        case.add(replace(found, document=full), ())
    with Case.open(place, read_only=True) as case:
        assert case.documents() == (full,)


def test_a_report_that_names_another_change_is_another(place: CaseAddress) -> None:
    """What was updated is a field like any; how a field was found is not."""
    found = received()
    with Case.open(place, create=True) as case:
        case.add(found, ())
        elsewhere = replace(found.document, sha256="0" * 64)
        detail = Detail("title", "One", "meta og:title", Sureness.STATED)
        assert case.holds(replace(elsewhere, details=(detail,)))
        assert not case.holds(replace(elsewhere, updated="2026-03-02"))


def test_how_an_original_came_is_kept_with_who_took_it_in_and_when(place: CaseAddress) -> None:
    """Address, redirects, status, headers, moment, operator, program."""
    found = received(retrieval=FETCHED)
    local = received("Another.", "doc-2")
    with Case.open(place, create=True, keeper=KEEPER) as case:
        case.add(found, ())
        case.add(local, ())
    with Case.open(place, read_only=True) as case:
        receipt = case.receipt(found.document)
        file = case.receipt(local.document)
    assert receipt is not None
    assert receipt.retrieval == FETCHED
    assert (receipt.operator, receipt.tool) == ("A. Analyst", "tallystick 9")
    assert receipt.taken == "2026-03-01T12:00:00.000000Z"
    assert file is not None
    assert (file.name, file.retrieval, file.warc) == ("doc-2.txt", None, None)
    assert (file.sha256, file.size, file.media_type) == (local.original.sha256, 8, "text/html")


def test_every_step_is_an_entry_and_each_holds_the_hash_of_the_one_before(place: CaseAddress) -> None:
    """From the making of the case to an access."""
    found = received()
    with Case.open(place, create=True, keeper=KEEPER) as case:
        case.set_rules(Rules("general", "ab", "1"))
        case.add(found, (claim(found.document, "5,000"),))
        case.replace_derived({1: Derived()})
        case.keep_report(lambda _: b"<p>")
        case.note(Action.ACCESSED, "export", {})
        log = case.custody()
    assert [entry.action for entry in log] == [
        "case made", "dossier changed", "receipt", "reading", "extraction", "report written", "access"
    ]  # fmt: skip
    assert [entry.number for entry in log] == list(range(1, 8))
    assert [entry.previous for entry in log] == [FIRST, *(entry.hash for entry in log[:-1])]
    assert not list(broken(log))


def test_the_hash_of_an_entry_can_be_recomputed_without_the_product(place: CaseAddress) -> None:
    """It is the SHA-256 of the other fields as JSON with sorted keys and no spaces."""
    with Case.open(place, create=True) as case:
        case.add(received(retrieval=FETCHED), ())
        for entry in case.custody():
            record = json.loads(json.dumps(fields(entry)))
            told = record.pop("hash")
            content = json.dumps(record, sort_keys=True, separators=(",", ":"))
            assert sha256(content.encode()).hexdigest() == told


def test_what_changes_nothing_leaves_no_entry(place: CaseAddress) -> None:
    """The same report, rules, derivation and page again."""
    found = received()
    with Case.open(place, create=True) as case:
        for _ in range(2):
            case.set_rules(Rules("general", "ab", "1"))
            case.add(found, ())
            case.replace_derived({1: Derived()})
            case.keep_report(lambda _: b"<p>")
            once = case.custody()
    assert len(once) == 6
    assert len(actions(place)) == 6


def test_the_log_can_be_neither_changed_nor_cut_through_sql(place: CaseAddress) -> None:
    """UPDATE, DELETE, and a number of one's own choice are refused, with REPLACE too."""
    with Case.open(place, create=True) as case:
        case.add(received(), ())
    statements = [
        "UPDATE custody SET actor = 'nobody'",
        "DELETE FROM custody WHERE number = 4",
        "INSERT INTO custody VALUES (2, 't', '', '', 'access', '', '{}', '', '')",
        "INSERT INTO custody VALUES (9, 't', '', '', 'access', '', '{}', '', '')",
    ]
    if isinstance(place, Path):
        statements.append("INSERT OR REPLACE INTO custody VALUES (2, 't', '', '', 'access', '', '{}', '', '')")
    for statement in statements:
        with pytest.raises(sa.exc.DBAPIError, match="only grows"), behind(place) as connection:
            connection.exec_driver_sql(statement)


def test_what_fails_leaves_no_entry(place: CaseAddress) -> None:
    """The entry is written with what it tells of, or not at all."""
    found = received()
    with Case.open(place, create=True) as case:
        forged = replace(found, original=replace(found.original, content=b"forged"))
        with pytest.raises(ValueError, match="SHA-256"):
            case.add(forged, ())
        with pytest.raises(ZeroDivisionError):
            case.keep_report(lambda _: bytes(1 // 0))
    assert actions(place) == ["case made"]


def test_what_was_fetched_has_a_warc_record_that_any_archive_reads(place: CaseAddress) -> None:
    """Response with headers, date and digest of the payload, and the redirects beside it."""
    found = received(retrieval=FETCHED)
    with Case.open(place, create=True) as case:
        case.add(found, ())
        receipt = case.receipt(found.document)
        assert receipt is not None
        assert receipt.warc is not None
        with case.moment():
            kept = case.kept.read(f"warc/{receipt.warc[:2]}/{receipt.warc}")
    assert sha256(kept).hexdigest() == receipt.warc
    records = ArchiveIterator(BytesIO(kept), check_digests="raise")
    response = next(records)
    assert response.rec_type == "response"
    assert response.rec_headers.get_header("WARC-Target-URI") == "https://press.example/sappers"
    assert response.rec_headers.get_header("WARC-Date") == "2026-03-01T10:00:00Z"
    assert response.rec_headers.get_header("WARC-Payload-Digest") == f"sha256:{found.original.sha256}"
    assert response.http_headers.get_statuscode() == "200"
    assert response.http_headers.get_header("Set-Cookie") == "a=1"
    assert response.content_stream().read() == found.original.content
    hops = next(records)
    assert hops.rec_type == "metadata"
    assert hops.content_stream().read() == b"redirectedFrom: http://short.example/1\r\n"
    assert next(records, None) is None


def test_the_same_answer_gives_the_same_record() -> None:
    """Nothing in it comes from the clock or from chance."""
    original = received(retrieval=FETCHED).original
    assert warc_record(original, FETCHED) == warc_record(original, FETCHED)


words = st.text(max_size=20)


@given(
    url=words, retrieved=words, status=st.integers(-5, 10_000),
    headers=st.lists(st.tuples(words, words), max_size=4), redirects=st.lists(words, max_size=2),
    content=st.binary(max_size=50),
)  # fmt: skip
def test_no_header_of_a_hostile_server_breaks_out_of_the_record(
    url: str, retrieved: str, status: int, headers: list[tuple[str, str]], redirects: list[str], content: bytes
) -> None:
    """Line ends, half surrogates and names that are none: the record is read back with the body it was given."""
    further = tuple(f"https://{one}" for one in redirects)
    retrieval = Retrieval(f"http://{url}", retrieved, status, tuple(headers), further)
    record = warc_record(Original(sha256(content).hexdigest(), "text/html", content, retrieval), retrieval)
    found = list(zip(ArchiveIterator(BytesIO(record)), range(3), strict=False))
    assert len(found) == (2 if redirects else 1)
    first = next(iter(ArchiveIterator(BytesIO(record), no_record_parse=False)))
    assert len(first.http_headers.headers) == len(headers) + 1
    assert first.raw_stream.read() == content


def test_originals_and_records_are_files_that_nobody_may_write(tmp_path: Path) -> None:
    """And what a cut-off run left beside them is written over."""
    found = received(retrieval=FETCHED)
    digest = found.original.sha256
    left = tmp_path / "evidence" / digest[:2] / f"{digest}.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    left.chmod(0o444)
    with Case.open(tmp_path, create=True) as case:
        case.add(found, ())
    kept = [path for folder in ("evidence", "warc") for path in (tmp_path / folder).rglob("*") if path.is_file()]
    assert len(kept) == 2
    assert all(path.stat().st_mode & 0o777 == 0o444 for path in kept)


def test_a_record_that_was_changed_is_not_taken_for_the_same(tmp_path: Path) -> None:
    """The same answer for another report finds other bytes under its digest."""
    with Case.open(tmp_path, create=True) as case:
        case.add(received(retrieval=FETCHED), ())
        (path,) = (path for path in (tmp_path / "warc").rglob("*") if path.is_file())
        path.chmod(0o644)
        path.write_bytes(b"forged")
        with pytest.raises(CaseError, match="changed"):
            case.add(received(retrieval=FETCHED, id="doc-2"), ())
        assert len(case.documents()) == 1


def test_two_clocks_and_two_people_make_the_same_case_in_either_store(another: Another) -> None:
    """What was found does not depend on who looked, when, and where it is kept."""
    ledgers = []
    for kind in STORES:
        for keeper in (KEEPER, Keeper("B", "tallystick 8", lambda: datetime(2020, 1, 1, tzinfo=UTC))):
            with Case.open(another(kind), create=True, keeper=keeper) as case:
                found = received()
                case.add(found, (claim(found.document, "5,000"),))
                ledgers.append(case.ledger())
    assert all(one == ledgers[0] for one in ledgers)


def test_a_case_from_before_the_log_is_taken_over_and_verified(place: CaseAddress) -> None:
    """What it held is noted by digest, its dossier goes where dossiers lie, and a later change shows."""
    found = received()
    with Case.open(place, create=True) as case:
        case.set_rules(Rules("flood", "ab", "1"))
        case.add(found, (claim(found.document, "5,000"),), (fact(found.document, "Moscow"),))
    with behind(place) as connection:
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")
        store_at(place).files(connection).put("dossier.yaml", b"schema: x")
    with Case.open(place) as case:
        assert case.documents() == (found.document,)
        assert [entry.action for entry in case.custody()] == ["migration", "taken over", "extraction"]
        assert case.receipt(found.document) is None
        with case.dossier_file() as kept:
            assert kept is not None
            assert kept.read_bytes() == b"schema: x"
        assert verify(case).faults == ()
    with behind(place) as connection:
        connection.exec_driver_sql("UPDATE documents SET title = 'forged'")
    with Case.open(place, read_only=True) as case:
        assert [fault.subject for fault in verify(case).faults] == ["doc-1"]


PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters())
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
NAMED = st.text(st.sampled_from('ab%s"\n\u00e9'), min_size=1, max_size=4)


@given(
    st.lists(
        st.lists(NAMED, min_size=2, max_size=5, unique=True).flatmap(
            lambda names: st.lists(st.fixed_dictionaries(dict.fromkeys(names, VALUES)), max_size=3)
        ),
        max_size=3,
    )
)
def test_the_digest_of_rows_is_that_of_their_canonical_lines(groups: list[list[dict[str, object]]]) -> None:
    """However many rows are written at once: line ends, per cent signs and nested values stay what they are."""
    rows = [row for some in groups for row in some]
    lines = "".join(f"{canonical(row)}\n" for row in rows)
    assert digest(rows) == sha256(lines.encode("ascii")).hexdigest()
