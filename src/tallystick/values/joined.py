"""Members that are joined two by two into sets (disjoint-set forest): pairs come in, the first of each set goes out."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

__all__ = ["Joined"]

Member = TypeVar("Member", int, str)


def _itself(member: Any) -> Any:
    return member


class Joined(Generic[Member]):
    """Sets of members, each known by its first one, so that they do not depend on the order of the joining."""

    def __init__(self, members: Iterable[Member] = (), order: Callable[[Member], Any] = _itself) -> None:
        """Begin with every member by itself; `order` tells which of two comes first, by default the lesser."""
        self._above: dict[Member, Member] = {member: member for member in members}
        self._order: Callable[[Member], Any] = order

    def __contains__(self, member: Member) -> bool:
        return member in self._above

    def __len__(self) -> int:
        return len(self._above)

    def first(self, member: Member) -> Member:
        """Give the first member of the set of `member`, which is added where it is new."""
        above = self._above
        while above.setdefault(member, member) != member:
            above[member] = above[above[member]]
            member = above[member]
        return member

    def join(self, one: Member, other: Member) -> None:
        """Make one set of the sets of two members."""
        first, second = sorted((self.first(one), self.first(other)), key=self._order)
        self._above[second] = first

    def sets(self) -> dict[Member, list[Member]]:
        """Give the members of every set by its first one, each set and its members in the order they came in."""
        found: dict[Member, list[Member]] = {}
        for member in tuple(self._above):
            found.setdefault(self.first(member), []).append(member)
        return found
