"""The accounts page of the administrator: inviting, roles, disabling, single sign-on, ending sessions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final, NamedTuple

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from tallystick.errors import AccountError
from tallystick.storage.accounts import links, people, sessions
from tallystick.storage.accounts.people import Person
from tallystick.workbench.access.door import address_of
from tallystick.workbench.access.granting import Access, TheAccess, invitation
from tallystick.workbench.access.visitors import Role, TheVisitor, Visitor, needs
from tallystick.workbench.bench import Bench, TheBench

__all__ = ["ROUTES"]

SEE_OTHER: Final = 303
BAD = 400


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the form to make an account holds; `known` is how single sign-on knows its owner."""

    name: str = ""
    role: Role = Role.READER
    known: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What the forms to change an account hold."""

    role: Role = Role.READER
    known: str = ""


class Shown(NamedTuple):
    """An account as the page shows it.

    Attributes:
        person: The account.
        sessions: How many sessions it has.
        link: Until when it has a one-time link that nobody has used; None where it has none.
    """

    person: Person
    sessions: int
    link: str | None


class Fresh(NamedTuple):
    """A link that is shown once.

    Attributes:
        name: Whose it is.
        address: Where it leads.
    """

    name: str
    address: str


NewcomerForm = Annotated[Newcomer, Body(media_type=RequestEncodingType.URL_ENCODED)]
ChangedForm = Annotated[Changed, Body(media_type=RequestEncodingType.URL_ENCODED)]
Asked = Request[Any, Any, Any]
ADMINISTRATOR = needs(Role.ADMINISTRATOR)


@get("/accounts", opt=ADMINISTRATOR, sync_to_thread=True)
def show_accounts(bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked) -> Response[str]:
    """Show all accounts."""
    return _page(bench, access, visitor, request)


def _page(
    bench: Bench, access: Access, visitor: Visitor, request: Asked, *, trouble: str = "", fresh: Fresh | None = None,
    given: Newcomer | None = None,
) -> Response[str]:  # fmt: skip
    counted, pending = access.sessions.counted(), links.pending(access.file, access.clock())
    listed = [
        Shown(person, counted.get(person.number, 0), pending.get(person.number))
        for person in people.everybody(access.file)
    ]
    return bench.pages.answer(
        request, "access/accounts.html", visitor, status=BAD if trouble else 200, listed=listed, trouble=trouble,
        fresh=fresh, given=given or Newcomer(), roles=list(Role), single=access.sign_on is not None,
    )  # fmt: skip


@post("/accounts", opt=ADMINISTRATOR, sync_to_thread=True)
def make_account(
    bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked, data: NewcomerForm
) -> Response[Any]:  # fmt: skip
    """Make an account; without single sign-on, its owner gets a one-time link, which is shown this once."""
    try:
        mail, subject = _known(access, data.known)
        person = people.add(access.file, data.name, data.role, access.clock(), mail=mail, subject=subject)
    except AccountError as error:
        return _page(bench, access, visitor, request, trouble=str(error), given=data)
    way = f", by single sign-on as {data.known.strip()}" if data.known.strip() else ", by a one-time link"
    bench.audit.note(visitor.name, "account made", person.name, f"as {person.role}{way}")
    if mail or subject:
        return Redirect("/accounts", status_code=SEE_OTHER)
    return _page(bench, access, visitor, request, fresh=_fresh(access, visitor, request, person))


def _known(access: Access, given: str) -> tuple[str | None, str | None]:
    """The address or the subject in a field that takes either."""
    known = given.strip()
    if not known or "@" in known:
        return known or None, None
    if access.sign_on is None:
        raise AccountError("a subject takes single sign-on, which this workbench has not; give a mail address")
    return None, f"{access.sign_on.issuer} {known}"


def _fresh(access: Access, visitor: Visitor, request: Asked, person: Person) -> Fresh:
    """A new one-time link of an account."""
    token = invitation(access, person, visitor.name)
    return Fresh(person.name, address_of(access, request, f"/welcome/{token}"))


@post("/accounts/{number:int}/link", opt=ADMINISTRATOR, sync_to_thread=True)
def make_link(
    bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked, number: FromPath[int]
) -> Response[Any]:
    """Give an account a new one-time link, by which its owner sets a password."""
    try:
        person = people.by_number(access.file, number)
        if person.disabled:
            raise AccountError("this account is disabled; enable it first")
    except AccountError as error:
        return _page(bench, access, visitor, request, trouble=str(error))
    bench.audit.note(visitor.name, "link made", person.name, "to set a password")
    return _page(bench, access, visitor, request, fresh=_fresh(access, visitor, request, person))


def _change(
    bench: Bench, access: Access, visitor: Visitor, request: Asked, number: int, action: str,
    change: Callable[[Person], str],
) -> Response[Any]:  # fmt: skip
    """Change an account, note it with what `change` tells, and show all again, or why it cannot be changed."""
    try:
        person = people.by_number(access.file, number)
        told = change(person)
    except AccountError as error:
        return _page(bench, access, visitor, request, trouble=str(error))
    bench.audit.note(visitor.name, action, person.name, told)
    return Redirect("/accounts", status_code=SEE_OTHER)


@post("/accounts/{number:int}/role", opt=ADMINISTRATOR, sync_to_thread=True)
def change_role(
    bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked, number: FromPath[int], data: ChangedForm
) -> Response[Any]:  # fmt: skip
    """Give an account another role, which holds from its next request on."""

    def change(person: Person) -> str:
        people.set_role(access.file, number, data.role)
        return f"from {person.role} to {data.role}"

    return _change(bench, access, visitor, request, number, "role changed", change)


@post("/accounts/{number:int}/known", opt=ADMINISTRATOR, sync_to_thread=True)
def change_known(
    bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked, number: FromPath[int], data: ChangedForm
) -> Response[Any]:  # fmt: skip
    """Change how single sign-on knows the owner of an account; an empty field takes it away."""

    def change(person: Person) -> str:
        mail, subject = _known(access, data.known)
        if subject is None:
            people.set_mail(access.file, number, mail or "")
        else:
            people.pin(access.file, number, subject)
        return f"from {person.mail or person.subject or 'none'} to {mail or subject or 'none'}"

    return _change(bench, access, visitor, request, number, "single sign-on changed", change)


@post("/accounts/{number:int}/disable", opt=ADMINISTRATOR, sync_to_thread=True)
def disable(
    bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked, number: FromPath[int]
) -> Response[Any]:
    """Disable an account and end its sessions."""

    def change(_: Person) -> str:
        people.disable(access.file, number, access.clock())
        return ""

    return _change(bench, access, visitor, request, number, "account disabled", change)


@post("/accounts/{number:int}/enable", opt=ADMINISTRATOR, sync_to_thread=True)
def enable(
    bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked, number: FromPath[int]
) -> Response[Any]:
    """Let an account in again."""

    def change(_: Person) -> str:
        people.enable(access.file, number)
        return ""

    return _change(bench, access, visitor, request, number, "account enabled", change)


@post("/accounts/{number:int}/sessions", opt=ADMINISTRATOR, sync_to_thread=True)
def end_sessions(
    bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked, number: FromPath[int]
) -> Response[Any]:
    """End all sessions of an account."""

    def change(_: Person) -> str:
        return str(sessions.end_all(access.file, number))

    return _change(bench, access, visitor, request, number, "sessions ended", change)


ROUTES: tuple[ControllerRouterHandler, ...] = (
    show_accounts, make_account, make_link, change_role, change_known, disable, enable, end_sessions,
)  # fmt: skip
