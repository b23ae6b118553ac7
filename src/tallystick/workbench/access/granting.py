"""Who is let in: a name and a password, a one-time link or what an issuer says come in, an account goes out.

Every success and every failure is in the audit log; guessing is slowed down by name and by address.
"""

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from typing import NamedTuple, Protocol, TypeAlias

from litestar.di import NamedDependency

from tallystick.errors import AccountError
from tallystick.storage.accounts import attempts, links, people
from tallystick.storage.accounts.attempts import Limit
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.accounts.people import Person
from tallystick.workbench.access.passwords import Passwords
from tallystick.workbench.access.sessions import ADDRESS, CHANCE, Clock, Sessions
from tallystick.workbench.access.visitors import Role
from tallystick.workbench.bench import Audit

__all__ = [
    "Access", "Identity", "SignOn", "TheAccess", "TooManyAttemptsError", "admit", "first_link",
    "invitation", "proven", "sign_in",
]  # fmt: skip

WINDOW = timedelta(minutes=15)
# Somebody who looks for the right one of his passwords tries fewer; a list of the thousand most usual ones takes a day.
MOST_BY_NAME = 10
# A whole newsroom may come from one address.
MOST_BY_ADDRESS = 50
# The one who starts the server reads the link at once; starting again prints another.
FIRST_LASTS = timedelta(hours=1)
# Over a weekend.
INVITATION_LASTS = timedelta(days=3)
WRONG = "wrong name or password"


class Identity(NamedTuple):
    """Somebody as an issuer knows him.

    Attributes:
        subject: Issuer and subject, which stay the same for ever.
        mail: Address that the issuer vouches for; None where it vouches for none.
        name: How he is called.
    """

    subject: str
    mail: str | None
    name: str


class SignOn(Protocol):
    """Single sign-on with an issuer."""

    issuer: str

    def begin(self, secret: str, back: str) -> str:
        """Give the address at the issuer to go to; `secret` is what the browser keeps, `back` where it comes back."""

    def identity(self, secret: str, back: str, code: str, state: str) -> Identity:
        """Give who came back with `code` and `state`.

        Raises:
            AccountError: Where anything about it is not as it must be.
        """


class TooManyAttemptsError(AccountError):
    """Somebody has tried too often."""

    def __init__(self, wait: int) -> None:
        """Take for how many seconds he has to wait."""
        minutes = -(-wait // 60)
        super().__init__(f"too many attempts; try again in {minutes} minute{'s' if minutes > 1 else ''}")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Access:
    """What the doors of the workbench share.

    Attributes:
        file: The accounts.
        sessions: Who is signed in.
        passwords: What hashes.
        audit: The log.
        clock: What time it is.
        secure: Whether browsers come over TLS.
        sign_on: Single sign-on, where there is any.
        newcomers: Role of somebody whom the issuer knows and nobody here does; None lets nobody in so.
    """

    file: Accounts
    sessions: Sessions
    passwords: Passwords
    audit: Audit
    clock: Clock
    secure: bool
    sign_on: SignOn | None = None
    newcomers: Role | None = None


# How a route asks for it.
TheAccess: TypeAlias = NamedDependency[Access]


def sign_in(access: Access, name: str, password: str) -> Person:
    """Give the account of somebody who signs in with a name and its password.

    Raises:
        TooManyAttemptsError, AccountError: As `proven`.
    """
    person = proven(access, name, password)
    access.audit.note(person.name, "sign in", person.name, "with a password")
    return person


def proven(access: Access, name: str, password: str) -> Person:
    """Give the account of a name and its password.

    Raises:
        TooManyAttemptsError: Where too many were tried for this name or from this address; nothing is looked at then.
        AccountError: Where they do not fit; which of them does not is not told.
    """
    person = people.by_name(access.file, name)
    # Somebody may have typed his password here: a name that nobody has is not kept.
    subject = person.name if person is not None else "an unknown name"
    _count(access, name, subject)
    held = None if person is None or person.disabled else person.password
    if not access.passwords.right(password, held) or person is None or held is None:
        why = "the account is disabled" if person is not None and person.disabled else ""
        access.audit.note("", "sign in refused", subject, why)
        raise AccountError(WRONG)
    attempts.forget(access.file, _by_name(name).of)
    if access.passwords.outdated(held):
        people.set_password(access.file, person.number, access.passwords.anew(password))
    return person


def _by_name(name: str) -> Limit:
    return Limit(f"name {people.key_of(name)}", MOST_BY_NAME)


def _count(access: Access, name: str, subject: str) -> None:
    """Count an attempt, or raise; of those that are not let through, one in a while is in the audit log."""
    limits = (_by_name(name), Limit(f"address {ADDRESS.get()}", MOST_BY_ADDRESS))
    moment = access.clock()
    wait = attempts.start(access.file, limits, moment, WINDOW)
    if wait:
        told = Limit(f"told {subject} {ADDRESS.get()}", 1)
        if not attempts.start(access.file, (told,), moment, WINDOW):
            access.audit.note("", "sign in refused", subject, "too many attempts; further ones are not listed")
        raise TooManyAttemptsError(wait)


def admit(access: Access, who: Identity) -> Person:
    """Give the account of somebody whom the issuer knows.

    Raises:
        AccountError: Where he has none and newcomers get none, or it is disabled.
    """
    person = people.by_subject(access.file, who.subject)
    if person is None and who.mail:
        known = people.by_mail(access.file, who.mail)
        # An address that has been somebody's may be given to somebody else: it opens an account once.
        if known is not None and known.subject is None:
            people.pin(access.file, known.number, who.subject)
            person = known
    if person is None and access.newcomers is not None:
        person = _newcomer(access, who)
    if person is None or person.disabled:
        why = "the account is disabled" if person is not None else "no account is linked to this person"
        access.audit.note("", "sign in refused", f"{who.mail or who.name} ({who.subject})", why)
        raise AccountError("you have no account here; ask an administrator to link yours")
    access.audit.note(person.name, "sign in", person.name, f"by single sign-on as {who.subject}")
    return person


def _newcomer(access: Access, who: Identity) -> Person | None:
    """Make an account for somebody whom nobody has linked; None where his name is taken, which he may not take over."""
    name = who.mail or who.name
    try:
        made = people.add(access.file, name, str(access.newcomers), access.clock(), subject=who.subject)
    except AccountError:
        return None
    access.audit.note(made.name, "account made", made.name, f"by single sign-on, as {made.role}")
    return made


def first_link(access: Access) -> str:
    """Give the secret of a one-time link that makes the first administrator; an earlier one works no longer."""
    token = token_urlsafe(CHANCE)
    links.keep(access.file, token, Role.ADMINISTRATOR, access.clock() + FIRST_LASTS)
    return token


def invitation(access: Access, person: Person, by: str) -> str:
    """Give the secret of a one-time link by which the owner of an account sets its password."""
    token = token_urlsafe(CHANCE)
    until = access.clock() + INVITATION_LASTS
    links.keep(access.file, token, person.role, until, account=person.number, by=by)
    return token
