"""What every tool has at hand: a case to look at, its dossier, and what must be said beside an answer."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from tallystick.errors import AskingError, CaseError
from tallystick.inquiry.naming import near
from tallystick.model.dossier import Dossier
from tallystick.pipeline import opened, subject_of
from tallystick.reporting.wording import legible
from tallystick.storage.case import Case
from tallystick.storage.custody import Keeper
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.views import documents, lookup
from tallystick.storage.views.view import View, Views

__all__ = ["BEHIND", "CORROBORATION", "Desk", "document_id", "echo", "known", "notes_of", "require_some", "unknown_id"]

CORROBORATION = "This is reporting corroboration, not truth: it tells who reports a figure and who only repeats it."
BEHIND = (
    "The case is behind: reports or reviews have come in that nothing was derived from yet. `tallystick run` brings it"
    " up to date, and so does the server that is at work on it."
)
# By what an id of each kind is looked at.
TOOLS = {
    "claim": "open_evidence", "document": "get_document", "estimate": "get_estimate", "origin": "get_origin",
    "flag": "list_flags", "hit": "screen",
}  # fmt: skip
# Code points of what somebody asked for that an error repeats.
LONGEST_ECHO = 120
# The mark that stands for one that is not legible, in ids too.
VEILED = "�"


class Desk:
    """One case with its readers; `close` lets go of it.

    Attributes:
        address: The case.
        operator: Who started the server; "" where nobody is named.
        writes: Whether tools may write.
        lock: Held by whoever writes.
    """

    def __init__(self, address: CaseAddress, by: Keeper, *, writes: bool = False) -> None:
        """Open the case, and note the access in its custody log where that can be written.

        Raises:
            CaseError, CaseVersionError: Where there is no case, or one of another version.
            DossierError, UnknownDossierError: Where its dossier cannot be loaded.
        """
        self.address = address
        self.operator = by.operator
        self.writes = writes
        self.lock = threading.Lock()
        with opened(address, "mcp", by=by) as case:
            self._dossier = subject_of(case)
        self._views = Views(address, exact=True)

    @contextmanager
    def moment(self) -> Iterator[View]:
        """A view of the case, for one answer.

        Raises:
            CaseError: Where it cannot be read.
        """
        with self._views.moment() as view:
            yield view

    def dossier(self, view: View) -> Dossier:
        """Give the dossier that rules the case, loaded again where it is another one by now.

        Raises:
            DossierError, UnknownDossierError: Where it cannot be loaded.
        """
        rules = lookup.rules(view)
        if rules is not None and rules.dossier_sha256 != self._dossier.sha256:
            with Case.open(self.address, read_only=True) as case:
                self._dossier = subject_of(case)
        return self._dossier

    def close(self) -> None:
        """Let go of the case."""
        self._views.close()
        # Who lets go of it last can write: then SQLite leaves no log beside the case.
        with suppress(CaseError), Case.open(self.address, migrate=False):
            pass


def notes_of(view: View, *more: str) -> tuple[str, ...]:
    """Give what must be said beside an answer that rests on what was derived."""
    return (CORROBORATION, *((BEHIND,) if view.behind else ()), *(one for one in more if one))


def require_some(view: View) -> None:
    """Raise where a case holds no report, of which an answer would say that nothing is reported.

    Raises:
        AskingError: Then.
    """
    if lookup.latest(view) is None:
        raise AskingError("the case holds no reports yet; `tallystick run PATH... --case DIR` reads some into it")


def known(field: str, value: str, values: Callable[[], tuple[str, ...]], *, free: bool = False) -> str:
    """Give a value as the case writes it; "" where none was given.

    Args:
        field: What it is of, for the error.
        value: As it was asked for.
        values: Gives all that the case knows.
        free: Whether a value that the case does not know is asked for as it is.

    Raises:
        AskingError: Where the case knows no such value; the error names near ones.
    """
    asked = value.strip()
    if not asked:
        return ""
    held = values()
    if asked in held:
        return asked
    same = [one for one in held if asked in (one.strip(), legible(one)) or one.casefold() == asked.casefold()]
    if len(same) == 1:
        return same[0]
    if free:
        return asked
    likely = tuple(one for one in held if asked.casefold() in one.casefold())[:5] or near(asked, held)
    meant = f"; near ones are: {', '.join(map(echo, likely))}" if likely else ""
    few = f"; there are: {', '.join(map(echo, held))}" if not likely and 0 < len(held) <= 12 else ""
    none = "; no claim has any" if not held else ""
    raise AskingError(f"{field}: the case knows no {echo(asked)}{meant}{few}{none}")


def unknown_id(view: View, name: str, wanted: str) -> AskingError:
    """Give what is wrong with an id that is of no `wanted`."""
    kinds = [kind for kind in lookup.kinds_of(view, name) if kind != wanted]
    if kinds:
        found = f"an {kinds[0]}" if kinds[0][0] in "aeiou" else f"a {kinds[0]}"
        return AskingError(
            f"{echo(name)} is the id of {found}, where one of another kind is asked for; ask {TOOLS[kinds[0]]} for it"
        )
    hint = "find_estimates" if wanted in ("estimate", "origin") else "search_claims"
    behind = f" {BEHIND}" if view.behind else ""
    return AskingError(
        f"{echo(name)}: the case holds no {wanted} of that id; ids are given whole, as {hint} gives them. It may"
        f" have been derived anew under another id.{behind}"
    )


def document_id(view: View, name: str) -> str:
    """Give the id of a report as the case writes it, also where an answer had to veil marks of it.

    Raises:
        AskingError: Where there is none.
    """
    if "document" in lookup.kinds_of(view, name):
        return name
    if VEILED in name:
        found = [one for one in documents.ids_like(view, name[: name.index(VEILED)]) if legible(one) == name]
        if len(found) == 1:
            return found[0]
    raise unknown_id(view, name, "document")


def echo(text: str) -> str:
    """Give a text of somebody's for an error: in quotation marks, one line, not long."""
    flat = " ".join(legible(text).split())
    return f"'{flat[:LONGEST_ECHO]}…'" if len(flat) > LONGEST_ECHO else f"'{flat}'"
