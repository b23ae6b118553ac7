"""What a database finds wrong with itself: rows without an owner, pages that changed, indexes that lack rows."""

# ruff: noqa: S608 - our own names

from hashlib import sha256
from time import monotonic

import pytest

from databases import Server, behind
from factory import claim, document
from tallystick.errors import CaseError
from tallystick.model.document import Original, Retrieved
from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress, case_address
from tallystick.storage.verifying import verify


@pytest.fixture
def made(postgres: str) -> CaseAddress:
    """A case of two reports in a database."""
    with Case.open(postgres, create=True) as case:
        for name in ("one", "two"):
            content = f"Moscow said 5,000 builders would come to {name}.".encode()
            found = document(content.decode(), id=name)
            original = Original(sha256(content).hexdigest(), "text/plain", content)
            case.add(Retrieved(found, original), (claim(found, "5,000"),))
    return case_address(postgres)


def faults(address: CaseAddress) -> list[str]:
    """Every fault of the database of a case."""
    with Case.open(address, read_only=True) as case:
        return [one.reason for one in verify(case).faults if one.subject == "database"]


def test_rows_whose_owner_is_gone_are_counted(made: CaseAddress) -> None:
    """Whoever owns the database can take a report away from below its claims."""
    assert faults(made) == []
    with behind(made) as connection:
        connection.exec_driver_sql("ALTER TABLE documents DISABLE TRIGGER ALL")
        connection.exec_driver_sql("DELETE FROM documents WHERE id = 'one'")
    found = faults(made)
    assert "1 rows of claims belong to nothing: their document is not in documents" in found


def test_a_page_that_changed_on_the_disk_is_named(server: Server, made: CaseAddress) -> None:
    """Also of a table that nothing else of a verification reads; each is named, and the server's count of them told."""
    with behind(made) as connection:
        connection.exec_driver_sql("INSERT INTO followed (address, tries) VALUES ('https://press.example/1', 0)")
    spoil(server, made, "followed", "listing")
    found = faults(made)
    assert [one.split(" (", 1)[0] for one in found[:2]] == [
        "its table followed is damaged",
        "its table listing is damaged",
    ]
    assert "invalid page in block 0" in found[0]
    # A process of the server tells how many it met when it ends.
    deadline = monotonic() + 30
    while not [one for one in faults(made) if one.startswith("its server has read ")]:
        assert monotonic() < deadline


def test_a_case_that_cannot_be_read_for_damage_says_so(server: Server, made: CaseAddress) -> None:
    """In one line, with what to do."""
    spoil(server, made, "claims")
    with Case.open(made, read_only=True) as case, pytest.raises(CaseError, match=r"is damaged .*from a backup"):
        verify(case)


def spoil(server: Server, case: CaseAddress, *tables: str) -> None:
    """Change a byte of tables on the disk while the server is away."""
    with behind(case) as connection:
        names = [connection.exec_driver_sql(f"SELECT pg_relation_filepath('{table}')").scalar() for table in tables]
    server.control("stop", "-m", "fast")
    for name in names:
        place = server.root / "base" / str(name)
        content = bytearray(place.read_bytes())
        # The last byte of a page is one of a row.
        content[-1] ^= 1
        place.write_bytes(content)
    server.control("start")


def test_an_index_that_lacks_a_row_is_named_where_amcheck_is_installed(server: Server, made: CaseAddress) -> None:
    """By the extension that PostgreSQL brings along, where somebody has made it."""
    with behind(made) as connection:
        query = "SELECT count(*) FROM pg_available_extensions WHERE name = 'amcheck'"
        if not connection.exec_driver_sql(query).scalar():
            pytest.skip("amcheck is absent")
    server.execute("CREATE EXTENSION amcheck", name=made.name)
    assert faults(made) == []
    index = "'ix_claims_document'::regclass"
    server.execute(
        f"UPDATE pg_index SET indisready = false WHERE indexrelid = {index}",
        "UPDATE claims SET status = status || 'x', document = 'two' WHERE document = 'one'",
        f"UPDATE pg_index SET indisready = true WHERE indexrelid = {index}",
        name=made.name,
    )
    assert [one for one in faults(made) if one.startswith("its index ix_claims_document is damaged (heap tuple")]


def test_an_index_that_was_not_made_to_its_end_is_named(server: Server, made: CaseAddress) -> None:
    """The server does not ask it, and says nothing."""
    server.execute(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_claims_document'::regclass", name=made.name
    )
    assert faults(made) == [
        "its index ix_claims_document is damaged (it was not made to its end); REINDEX makes it anew"
    ]
