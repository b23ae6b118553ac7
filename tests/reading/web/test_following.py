"""Following what lists name: once each, and no more than asked for."""

from collections.abc import Iterator
from io import BytesIO

import pytest

from tallystick.model.document import Failure, Retrieved
from tallystick.reading.reading import CONTAINERS, DEEPEST, read
from tallystick.reading.received import Address, Kind, Received
from tallystick.reading.web.following import Following


class Left:
    """Counts what was left out."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def advance(self, pieces: int = 1) -> None:
        """Count nothing."""

    def leave_out(self, reason: str, pieces: int = 1) -> None:
        """Keep the reason."""
        self.reasons += [reason] * pieces

    def reach(self, done: int, of: int) -> None:
        """Measure nothing."""


def page(address: Address) -> Iterator[Received | Failure]:
    """An answer with the address in its text."""
    yield Received(address.url, BytesIO(f"12 dead at {address.url}".encode()), Kind.TEXT)


def test_an_address_is_fetched_once() -> None:
    """However often it is named."""
    left = Left()
    fetch = Following(page, left)
    urls = ["http://a.example/1", "http://a.example/2", "http://a.example/1"]
    found = list(read([Address(url, "list") for url in urls], fetch=fetch))
    assert [one.document.name for one in found if isinstance(one, Retrieved)] == urls[:2]
    assert len(left.reasons) == 1


def test_no_more_addresses_are_fetched_than_asked_for() -> None:
    """What is beyond is left out, and counted."""
    left = Left()
    fetch = Following(page, left, limit=3)
    found = list(read([Address(f"http://a.example/{n}", "list") for n in range(10)], fetch=fetch))
    assert len(found) == 3
    assert len(left.reasons) == 7
    assert "--limit" in left.reasons[0]


def test_without_a_way_to_fetch_an_address_is_a_failure() -> None:
    """Nothing is fetched unless somebody asks for it."""
    (found,) = read([Address("http://a.example/1", "list:1")])
    assert isinstance(found, Failure)
    assert found.document == "list:1"
    assert "tallystick fetch" in found.reason


def test_lists_that_name_lists_for_ever_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that holds the address of the next one is followed as deep as archives in archives are."""

    def named(received: Received) -> Iterator[Address]:
        yield Address(received.stream.read().decode(), received.name)

    def endless(address: Address) -> Iterator[Received | Failure]:
        yield Received(address.url, BytesIO(f"{address.url}/next".encode()), Kind.ADDRESSES)

    monkeypatch.setitem(CONTAINERS, Kind.ADDRESSES, named)
    (found,) = read([Address("http://a.example", "list")], fetch=Following(endless, Left()))
    assert isinstance(found, Failure)
    assert found.document == "http://a.example" + "/next" * DEEPEST
