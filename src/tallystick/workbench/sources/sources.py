"""The page of sources: a filter comes in by its address, outlets or speakers of the case go out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from litestar import Request, Response, get
from litestar.types import ControllerRouterHandler

from tallystick.model.dossier import Dossier
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.sources import outlets, speakers
from tallystick.workbench.access.visitors import Role, TheVisitor, needs
from tallystick.workbench.bench import TheBench
from tallystick.workbench.pages import is_part, page_of
from tallystick.workbench.sources.register import LETTERS, Entry, Names, Register, Speaking, register

__all__ = ["ROUTES"]

One = TypeVar("One")
PER_PAGE = 40
LONGEST = 200

_REGISTERS: Kept[Register] = Kept()
_NAMES: dict[str, Names] = {}
# How each list may be sorted: name in the address, words, and the key.
OUTLET_SORTS: Mapping[str, tuple[str, Callable[[Entry], Any]]] = {
    "reports": ("Most reports", lambda one: (-one.reports, one.name.casefold())),
    "claims": ("Most figures", lambda one: (-one.claims, one.name.casefold())),
    "first": ("Most often first", lambda one: (-one.first, one.name.casefold())),
    "repeats": ("Most repeats", lambda one: (-one.repeats, one.name.casefold())),
    "letter": ("Reliability", lambda one: (one.letter, -one.reports, one.name.casefold())),
    "name": ("Name", lambda one: one.name.casefold()),
}
SPEAKER_SORTS: Mapping[str, tuple[str, Callable[[Speaking], Any]]] = {
    "claims": ("Most figures", lambda one: (-one.claims, one.name.casefold())),
    "origins": ("Most origins", lambda one: (-one.origins, one.name.casefold())),
    "last": ("Latest first", lambda one: _reversed(one.end or "")),
    "name": ("Name", lambda one: one.name.casefold()),
}


class Sheet(NamedTuple, Generic[One]):
    """A page of a list: what is on it, of how many in all, its number from 1, and how many pages there are."""

    held: Sequence[One]
    total: int
    number: int
    pages: int


class Wanted(NamedTuple):
    """What an address asks for; an empty field asks nothing."""

    show: str = ""
    q: str = ""
    letter: str = ""
    kind: str = ""
    family: str = ""
    listed: str = ""
    sort: str = ""


@get("/sources", opt=needs(Role.READER), sync_to_thread=True)
def sources(bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any]) -> Response[str]:
    """Show who publishes, or who speaks, by the query of the address: fields of `Wanted`, and a page."""
    wanted = Wanted(*(request.query_params.get(name, "").strip()[:LONGEST] for name in Wanted._fields))
    spoken = wanted.show == "speakers"
    names = _names(bench.dossier)
    with bench.views.moment() as view:
        whole = _REGISTERS.of(
            view, bench.dossier.sha256, lambda moment: register(outlets(moment), speakers(moment), names)
        )  # fmt: skip
        behind = view.behind
    number = page_of(request)
    sheet: Sheet[Speaking] | Sheet[Entry] = (
        _sheet(_sorted(_speakers(whole, wanted), SPEAKER_SORTS, wanted.sort, "claims"), number)
        if spoken
        else _sheet(_sorted(_outlets(whole, wanted), OUTLET_SORTS, wanted.sort, "reports"), number)
    )
    kinds = sorted({(one.actor.kind if one.actor else "") for one in whole.speakers} - {""}) if spoken else sorted(
        {one.source.kind for one in whole.outlets if one.source}
    )  # fmt: skip
    query = {name: value for name, value in wanted._asdict().items() if value}
    return bench.pages.answer(
        request, "sources/list.html" if is_part(request) else "sources/page.html", visitor,
        sheet=sheet, wanted=wanted, query=query, behind=behind, letters=LETTERS, whole=whole, kinds=kinds,
        sorts=[(name, words) for name, (words, _) in (SPEAKER_SORTS if spoken else OUTLET_SORTS).items()],
        spoken=spoken,
    )  # fmt: skip


def _names(dossier: Dossier) -> Names:
    """The names of a dossier, indexed once."""
    found = _NAMES.get(dossier.sha256)
    return _NAMES.setdefault(dossier.sha256, Names(dossier)) if found is None else found


def _outlets(whole: Register, wanted: Wanted) -> list[Entry]:
    """The outlets that fit."""
    return [
        one
        for one in whole.outlets
        if wanted.letter in ("", one.letter)
        and wanted.family in ("", one.family)
        and (not wanted.kind or (one.source is not None and one.source.kind == wanted.kind))
        and _fits(wanted, one.source is not None, (one.name, *(spelling.name for spelling in one.spellings)))
    ]


def _speakers(whole: Register, wanted: Wanted) -> list[Speaking]:
    """The speakers who fit."""
    return [
        one
        for one in whole.speakers
        if (not wanted.kind or (one.actor is not None and one.actor.kind == wanted.kind))
        and _fits(wanted, one.actor is not None, (one.name, *(spelling.name for spelling in one.spellings)))
    ]


def _fits(wanted: Wanted, known: bool, names: Sequence[str]) -> bool:
    sought = wanted.q.casefold()
    return (not sought or any(sought in name.casefold() for name in names)) and (
        wanted.listed not in ("yes", "no") or known is (wanted.listed == "yes")
    )


def _sorted(held: list[One], sorts: Mapping[str, tuple[str, Callable[[One], Any]]], sort: str, other: str) -> list[One]:
    """A list in the order that an address names, else in its own."""
    return sorted(held, key=sorts.get(sort, sorts[other])[1])


def _sheet(held: Sequence[One], number: int) -> Sheet[One]:
    pages = max(1, -(-len(held) // PER_PAGE))
    number = min(max(1, number), pages)
    return Sheet(held[(number - 1) * PER_PAGE : number * PER_PAGE], len(held), number, pages)


def _reversed(text: str) -> tuple[int, ...]:
    """A key by which the greater text comes first; a longer one before its beginning."""
    return (*(-ord(sign) for sign in text), 1)


ROUTES: tuple[ControllerRouterHandler, ...] = (sources,)
