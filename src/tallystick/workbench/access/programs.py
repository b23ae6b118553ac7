"""One's own tokens: forms come in, tokens for programs are made and revoked; each is shown once, when it is made."""

from datetime import timedelta
from secrets import token_bytes
from typing import Annotated, Any, Final, NamedTuple

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from tallystick.errors import AccountError
from tallystick.storage.accounts import people, tokens
from tallystick.storage.accounts.people import Person
from tallystick.storage.accounts.tokens import Token
from tallystick.workbench.access.granting import Access, TheAccess
from tallystick.workbench.access.visitors import Role, TheVisitor, Visitor, needs
from tallystick.workbench.bench import Bench, TheBench

__all__ = ["LASTING", "ROUTES"]

SEE_OTHER: Final = 303
BAD = 400
READER = needs(Role.READER)
PATH = "/account/tokens"
# Days that a token lasts, as the form offers them; what nobody renews should end.
LASTING = (7, 30, 90, 365)
USUAL = 90

Asked = Request[Any, Any, Any]
Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]


class Fresh(NamedTuple):
    """A token that was made just now, as it is shown once."""

    label: str
    secret: str


@get(PATH, opt=READER, sync_to_thread=True)
def show_tokens(bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked) -> Response[Any]:
    """Show one's own tokens."""
    return _page(bench, access, visitor, request)


@post(PATH, opt=READER, sync_to_thread=True)
def make_token(
    bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked, data: Form
) -> Response[Any]:  # fmt: skip
    """Make a token, and show it this once."""
    label, days = str(data.get("label", "")), str(data.get("days", ""))
    chosen = data.get("scope", ())
    scopes = [chosen] if isinstance(chosen, str) else list(map(str, chosen))
    lasts = timedelta(days=int(days) if days in map(str, LASTING) else USUAL)
    secret = tokens.minted(token_bytes(tokens.BYTES))
    try:
        person, now = _owner(access, visitor), access.clock()
        made = tokens.add(
            access.file, person.number, secret, now, label=label, scopes=scopes, expires=now + lasts
        )  # fmt: skip
    except AccountError as error:
        return _page(bench, access, visitor, request, trouble=str(error))
    told = f"{', '.join(made.scopes)} until {(made.expires or '')[:10]}"
    bench.audit.note(visitor.name, "token made", f"token {made.number}", f"{made.label}: {told}")
    return _page(bench, access, visitor, request, fresh=Fresh(made.label, secret))


@post(f"{PATH}/{{number:int}}/revoke", opt=READER, sync_to_thread=True)
def revoke_token(
    bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked, number: FromPath[int]
) -> Response[Any]:  # fmt: skip
    """Make one of one's own tokens worth nothing."""
    try:
        gone = tokens.revoke(access.file, number, access.clock(), _owner(access, visitor).number)
    except AccountError as error:
        return _page(bench, access, visitor, request, trouble=str(error))
    bench.audit.note(visitor.name, "token revoked", f"token {gone.number}", gone.label)
    return Redirect(PATH, status_code=SEE_OTHER)


def _owner(access: Access, visitor: Visitor) -> Person:
    """The account of whoever asks."""
    person = people.by_name(access.file, visitor.name)
    if person is None:
        raise AccountError("there is no such account")
    return person


def _page(
    bench: Bench, access: Access, visitor: Visitor, request: Asked, *, trouble: str = "", fresh: Fresh | None = None
) -> Response[Any]:  # fmt: skip
    now = access.clock()
    held: list[Token] = [one for one in tokens.tokens(access.file, _owner(access, visitor).number) if not one.over(now)]
    offered = [scope for scope in tokens.SCOPES if tokens.may(visitor.role, scope)]
    return bench.pages.answer(
        request, "access/tokens.html", visitor, status=BAD if trouble else 200, held=held, scopes=offered,
        lasting=LASTING, usual=USUAL, trouble=trouble, fresh=fresh,
    )  # fmt: skip


ROUTES: tuple[ControllerRouterHandler, ...] = (show_tokens, make_token, revoke_token)
