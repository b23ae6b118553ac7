"""The page of flags: a filter comes in by its address, flags with their evidence go out, the gravest first."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from tallystick.errors import UnknownNameError
from tallystick.model.dossier import Dossier
from tallystick.model.flag import SEVERITIES
from tallystick.model.review import Standing
from tallystick.storage.views.flags import FlagFilter, FlagGroup, flag_groups, flag_page, one_flag
from tallystick.workbench.access.visitors import Role, TheVisitor, needs
from tallystick.workbench.bench import TheBench
from tallystick.workbench.flags.words import MEANINGS, name_of
from tallystick.workbench.pages import is_part, page_of

__all__ = ["ROUTES"]

STANDINGS = tuple(one for one in Standing if one.counts)


class Code(NamedTuple):
    """A code as one may choose it.

    Attributes:
        code: The code.
        name: For a reader.
        meaning: What it says, by the glossary; "" where it has no such code.
        totals: How many flags of each severity, the gravest first.
        total: All of them.
    """

    code: str
    name: str
    meaning: str
    totals: tuple[tuple[str, int], ...]
    total: int


@get("/flags", opt=needs(Role.READER), sync_to_thread=True)
def flags(bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any]) -> Response[str]:
    """Show the flags that the query of the address leaves: fields of `FlagFilter`, and a page."""
    wanted = FlagFilter(*(request.query_params.get(name, "") for name in FlagFilter._fields))
    with bench.views.moment() as view:
        found = flag_page(view, wanted, page_of(request))
        everything = flag_groups(view)
        behind = view.behind
    query = {name: value for name, value in wanted._asdict().items() if value}
    return bench.pages.answer(
        request, "flags/list.html" if is_part(request) else "flags/page.html", visitor,
        found=found, wanted=wanted, query=query, behind=behind,
        codes=_codes(found.groups if wanted.of_claims else everything, wanted.severity),
        totals=[(one, sum(group.total for group in everything if group.severity == one)) for one in SEVERITIES],
        severities=SEVERITIES, standings=STANDINGS, categories=bench.dossier.categories,
        labels=_labels(bench.dossier), meanings=MEANINGS, name_of=name_of,
    )  # fmt: skip


@get("/flags/{name:str}", opt=needs(Role.READER), sync_to_thread=True)
def flag(bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], name: FromPath[str]) -> Response[str]:
    """Show one flag with all that it rests on."""
    with bench.views.moment() as view:
        found = one_flag(view, name)
    if found is None:
        raise UnknownNameError(name, "no flag of that id is in the case; it may have gone with what it rested on")
    return bench.pages.answer(
        request, "flags/one.html", visitor, flag=found, labels=_labels(bench.dossier), name_of=name_of,
        meaning=MEANINGS.get(found.code, ""),
    )  # fmt: skip


def _codes(groups: Iterable[FlagGroup], severity: str) -> list[Code]:
    """The codes of some flags, those of a severity where one is asked for, the gravest first."""
    held: dict[str, list[tuple[str, int]]] = {}
    for group in groups:
        if severity in ("", group.severity):
            held.setdefault(group.code, []).append((group.severity, group.total))
    return [
        Code(code, name_of(code), MEANINGS.get(code, ""), tuple(own), sum(total for _, total in own))
        for code, own in held.items()
    ]


def _labels(dossier: Dossier) -> dict[str, str]:
    """Names of the categories for a reader."""
    return {category.id: category.label for category in dossier.categories}


ROUTES: tuple[ControllerRouterHandler, ...] = (flags, flag)
