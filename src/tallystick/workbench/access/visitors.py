"""Who asks: the role that a route needs, and the visitor that a request comes from."""

from enum import StrEnum
from typing import Any, NamedTuple, Protocol, TypeAlias

from litestar import Request
from litestar.di import NamedDependency

__all__ = ["PUBLIC", "Admission", "AnyVisitor", "Role", "TheVisitor", "Visitor", "needs"]


class Role(StrEnum):
    """What somebody may do; each may do what those before it may."""

    READER = "reader"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"

    def covers(self, needed: "Role") -> bool:
        """Whether who has this role may do what `needed` asks for."""
        order = tuple(Role)
        return order.index(self) >= order.index(needed)


class Visitor(NamedTuple):
    """Who asks.

    Attributes:
        name: Name of the account, as it stands in judgements and in the audit log.
        role: What it may do.
    """

    name: str
    role: Role

    def may(self, role: str) -> bool:
        """Whether the visitor may do what `role` asks for."""
        return self.role.covers(Role(role))


# How a route asks for who asks; nobody is signed in on open routes alone.
TheVisitor: TypeAlias = NamedDependency[Visitor]
AnyVisitor: TypeAlias = NamedDependency[Visitor | None]


class Admission(Protocol):
    """Who a request comes from."""

    def visitor(self, request: Request[Any, Any, Any]) -> Visitor | None:
        """Give who asks, or None where nobody is signed in."""


# Options of a route by which it says who may use it; the application refuses to start with a route that does not.
ROLE = "role"
PUBLIC: dict[str, Any] = {ROLE: None}


def needs(role: Role) -> dict[str, Any]:
    """Give the options of a route that only those with `role` may use."""
    return {ROLE: role}
