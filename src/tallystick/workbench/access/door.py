"""The doors: signing in and out, one-time links, single sign-on, and everybody's own account."""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from tallystick.errors import AccountError
from tallystick.storage.accounts import links, people, sessions
from tallystick.workbench.access.granting import Access, SignOn, TheAccess, TooManyAttemptsError, admit, proven, sign_in
from tallystick.workbench.access.passwords import SHORTEST
from tallystick.workbench.access.sessions import CHANCE, PREFIX
from tallystick.workbench.access.visitors import PUBLIC, AnyVisitor, Role, TheVisitor, Visitor, needs
from tallystick.workbench.bench import Bench, TheBench

__all__ = ["ROUTES", "address_of"]

SEE_OTHER: Final = 303
BAD = 400
TOO_MANY = 429
# Seconds in which somebody comes back from the issuer.
AWAY = 600
RETURN = "/sign-in/single/return"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the form to sign in holds."""

    name: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class NewPassword:
    """What the form of a one-time link holds, and that to change a password."""

    password: str = ""
    repeated: str = ""
    name: str = ""
    current: str = ""


SignInForm = Annotated[SignIn, Body(media_type=RequestEncodingType.URL_ENCODED)]
NewPasswordForm = Annotated[NewPassword, Body(media_type=RequestEncodingType.URL_ENCODED)]
Asked = Request[Any, Any, Any]


def address_of(access: Access, request: Asked, path: str) -> str:
    """Give the whole address of a page as this browser reaches the server; the front has checked its name."""
    return f"{'https' if access.secure else 'http'}://{request.headers.get('host', 'localhost')}{path}"


@get("/sign-in", opt=PUBLIC, sync_to_thread=True)
def show_sign_in(bench: TheBench, access: TheAccess, visitor: AnyVisitor, request: Asked) -> Response[Any]:
    """Show the form to sign in; whoever is signed in goes on to the overview."""
    return Redirect("/") if visitor is not None else _sign_in_page(bench, access, request)


def _sign_in_page(
    bench: Bench, access: Access, request: Asked, *, trouble: str = "", name: str = "", status: int = 200,
    wait: int = 0,
) -> Response[Any]:  # fmt: skip
    return bench.pages.answer(
        request, "access/sign_in.html", None, status=status, headers={"Retry-After": str(wait)} if wait else None,
        trouble=trouble, name=name, first=not people.administrators(access.file),
        issuer=None if access.sign_on is None else access.sign_on.issuer,
    )  # fmt: skip


@post("/sign-in", opt=PUBLIC, sync_to_thread=True)
def take_sign_in(bench: TheBench, access: TheAccess, request: Asked, data: SignInForm) -> Response[Any]:
    """Sign in with a name and a password."""
    try:
        person = sign_in(access, data.name, data.password)
    except TooManyAttemptsError as error:
        return _sign_in_page(
            bench, access, request, trouble=str(error), name=data.name, status=TOO_MANY, wait=error.wait
        )
    except AccountError as error:
        return _sign_in_page(bench, access, request, trouble=str(error), name=data.name, status=BAD)
    return Redirect("/", status_code=SEE_OTHER, cookies=[access.sessions.begin(request, person.number)])


@post("/sign-out", opt=PUBLIC, sync_to_thread=True)
def sign_out(bench: TheBench, access: TheAccess, visitor: AnyVisitor, request: Asked) -> Redirect:
    """End the session of this browser; where it has none, nothing happens."""
    if visitor is not None:
        bench.audit.note(visitor.name, "sign out", visitor.name)
    return Redirect("/sign-in", status_code=SEE_OTHER, cookies=[access.sessions.end(request)])


@get("/welcome/{token:str}", opt=PUBLIC, sync_to_thread=True)
def show_welcome(bench: TheBench, access: TheAccess, request: Asked, token: FromPath[str]) -> Response[Any]:
    """Show the form of a one-time link; showing does not use it."""
    return _welcome_page(bench, access, request, token)


def _welcome_page(
    bench: Bench, access: Access, request: Asked, token: str, trouble: str = "", name: str = ""
) -> Response[Any]:
    status = BAD if trouble else 200
    try:
        link = links.find(access.file, token, access.clock())
    except AccountError:
        return bench.pages.answer(request, "access/gone.html", None, status=404)
    return bench.pages.answer(
        request, "access/welcome.html", None, status=status, link=link, trouble=trouble, name=name, shortest=SHORTEST
    )


@post("/welcome/{token:str}", opt=PUBLIC, sync_to_thread=True)
def take_welcome(
    bench: TheBench, access: TheAccess, request: Asked, token: FromPath[str], data: NewPasswordForm
) -> Response[Any]:
    """Use a one-time link: set the password, and sign in."""
    try:
        link = links.find(access.file, token, access.clock())
        name = people.name_of(data.name) if link.name is None else link.name
        held = access.passwords.kept(data.password, data.repeated, name)
        number = links.use(access.file, token, access.clock(), held, name)
    except AccountError as error:
        return _welcome_page(bench, access, request, token, str(error), data.name)
    action = "account made" if link.name is None else "password set"
    bench.audit.note(name, action, name, f"by a one-time link, as {link.role}")
    bench.audit.note(name, "sign in", name, "by a one-time link")
    return Redirect("/", status_code=SEE_OTHER, cookies=[access.sessions.begin(request, number)])


@get("/sign-in/single", opt=PUBLIC, sync_to_thread=True)
def begin_single(bench: TheBench, access: TheAccess, request: Asked) -> Response[Any]:
    """Go to the issuer; the browser keeps a secret from which all that must come back follows."""
    sign_on = _required(access)
    secret = token_urlsafe(CHANCE)
    try:
        there = sign_on.begin(secret, address_of(access, request, RETURN))
    except AccountError as error:
        return _sign_in_page(bench, access, request, trouble=str(error), status=BAD)
    return Redirect(there, cookies=[_away(access, secret, AWAY)])


@get(RETURN, opt=PUBLIC, sync_to_thread=True)
def end_single(
    bench: TheBench, access: TheAccess, request: Asked, code: FromQuery[str] = "", error: FromQuery[str] = ""
) -> Response[Any]:
    """Come back from the issuer."""
    sign_on = _required(access)
    secret = request.cookies.get(_away_name(access), "")
    # Not a parameter of this function: Litestar keeps the name `state` for its own.
    state = str(request.query_params.get("state", ""))
    gone = _away(access, "", 0)
    try:
        if error or not secret:
            raise AccountError("single sign-on was broken off; try again")
        who = sign_on.identity(secret, address_of(access, request, RETURN), code, state)
    except AccountError as refusal:
        bench.audit.note("", "sign in refused", "single sign-on", str(refusal))
        answer = _sign_in_page(bench, access, request, trouble=str(refusal), status=BAD)
        answer.set_cookie(gone)
        return answer
    try:
        person = admit(access, who)
    except AccountError as refusal:
        answer = _sign_in_page(bench, access, request, trouble=str(refusal), status=403)
        answer.set_cookie(gone)
        return answer
    return Redirect("/", cookies=[gone, access.sessions.begin(request, person.number)])


def _required(access: Access) -> SignOn:
    if access.sign_on is None:
        raise NotFoundException("this workbench has no single sign-on")
    return access.sign_on


def _away_name(access: Access) -> str:
    return f"{PREFIX if access.secure else ''}tallystick-away"


def _away(access: Access, value: str, seconds: int) -> Cookie:
    """The cookie of a browser that is at the issuer; Lax, since the issuer sends it back."""
    return Cookie(
        key=_away_name(access), value=value, max_age=seconds, path="/", secure=access.secure, httponly=True,
        samesite="lax",
    )  # fmt: skip


@get("/account", opt=needs(Role.READER), sync_to_thread=True)
def show_account(bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked) -> Response[Any]:
    """Show the account of whoever asks."""
    return _account_page(bench, access, visitor, request)


def _account_page(
    bench: Bench, access: Access, visitor: Visitor, request: Asked, *, trouble: str = "", told: str = "",
    status: int = 200,
) -> Response[Any]:  # fmt: skip
    person = people.by_name(access.file, visitor.name)
    number = 0 if person is None else access.sessions.counted().get(person.number, 0)
    return bench.pages.answer(
        request, "access/account.html", visitor, status=status, person=person, sessions=number, trouble=trouble,
        told=told, shortest=SHORTEST,
    )  # fmt: skip


@post("/account/password", opt=needs(Role.READER), sync_to_thread=True)
def change_password(
    bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked, data: NewPasswordForm
) -> Response[Any]:  # fmt: skip
    """Change one's own password; it takes the present one, and ends all other sessions."""
    try:
        person = proven(access, visitor.name, data.current)
        held = access.passwords.kept(data.password, data.repeated, visitor.name)
    except TooManyAttemptsError as error:
        return _account_page(bench, access, visitor, request, trouble=str(error), status=TOO_MANY)
    except AccountError as error:
        return _account_page(bench, access, visitor, request, trouble=str(error), status=BAD)
    people.set_password(access.file, person.number, held)
    sessions.end_all(access.file, person.number)
    bench.audit.note(visitor.name, "password set", visitor.name, "by its owner")
    return Redirect("/account", status_code=SEE_OTHER, cookies=[access.sessions.begin(request, person.number)])


@post("/account/sessions", opt=needs(Role.READER), sync_to_thread=True)
def end_other_sessions(bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Asked) -> Redirect:
    """End all one's sessions but this one."""
    person = people.by_name(access.file, visitor.name)
    if person is not None:
        ended = sessions.end_all(access.file, person.number, besides=access.sessions.token(request))
        bench.audit.note(visitor.name, "sessions ended", visitor.name, f"{ended}, by their owner")
    return Redirect("/account", status_code=SEE_OTHER)


ROUTES: tuple[ControllerRouterHandler, ...] = (
    show_sign_in, take_sign_in, sign_out, show_welcome, take_welcome, begin_single, end_single, show_account,
    change_password, end_other_sessions,
)  # fmt: skip
