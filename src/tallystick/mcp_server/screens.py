"""Provisions that may apply, flags and changes as tools answer them: filters come in, sourced records go out."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from tallystick.errors import AskingError
from tallystick.exporting.records import IndependentRecord, RangeRecord
from tallystick.mcp_server.answers import Cited, Related
from tallystick.mcp_server.citing import Place, cited_all, quoted
from tallystick.mcp_server.derived_answers import ElementLine, FlagLine, Flags, HitLine, Hits, Moved, Moves
from tallystick.mcp_server.desk import BEHIND, Desk, echo, known, notes_of, require_some, unknown_id
from tallystick.mcp_server.portions import MOST, fitting, portion, turn_of
from tallystick.model.change import Change, Range
from tallystick.model.dossier import Dossier
from tallystick.model.flag import SEVERITIES
from tallystick.model.hit import Finding
from tallystick.reporting.provisions import panels
from tallystick.storage.custody import instant
from tallystick.storage.views import changes, flags, hits, lookup, populations
from tallystick.storage.views.flags import FlagFilter
from tallystick.storage.views.hits import HitFilter, Reached
from tallystick.storage.views.view import View
from tallystick.values.dates import is_iso
from tallystick.values.periods import last_day

__all__ = ["list_flags", "one_flag", "screen", "what_changed"]

# Quotations of one element of a provision, of one flag, and of one change.
MOST_OF_ELEMENT, MOST_OF_FLAG, MOST_OF_CHANGE = 1, 3, 2
# Claims of all hits of a page whose ids are looked up: as many as one statement takes.
MOST_NAMED = 500
# Questions and estimates that a hit names, claims of a flag, reports and causes of a change.
MOST_OPEN, MOST_ESTIMATES, MOST_CLAIMS, MOST_CAUSES = 6, 4, 6, 4
NO_FINDING = (
    "A hit says that a provision may apply and which facts the reports tell: a question to a lawyer. Nothing here finds"
    " that anybody broke a rule, and what is open is not disproved."
)
OF_FLAGS = "A flag is a reason to look, by a rule; it does not say which of the figures is wrong."
BY_NOW = (
    "`before` and `after` are what the ledger said; `cited` are words of reports that the estimate rests on by now."
)


def screen(desk: Desk, wanted: HitFilter, limit: int, cursor: str) -> Hits:
    """Give the provisions that may apply, the gravest tier first.

    Raises:
        AskingError: Where a value is not known to the case, or nothing is found.
    """
    with desk.moment() as view:
        require_some(view)
        dossier = desk.dossier(view)
        groups = hits.hit_groups(view)
        if not dossier.packs and not groups:
            raise AskingError(f"the dossier {dossier.name} of this case has no provisions to screen for")
        if wanted.population and "estimate" not in lookup.kinds_of(view, wanted.population):
            raise unknown_id(view, wanted.population, "estimate")
        packs = tuple(dict.fromkeys((*(pack.name for pack in dossier.packs), *(one.pack for one in groups))))
        known_ones = (provision.id for pack in dossier.packs for provision in pack.provisions)
        provisions = tuple(dict.fromkeys((*known_ones, *(one.provision for one in groups))))
        asked = wanted._replace(
            pack=known("pack", wanted.pack, lambda: packs),
            provision=known("provision", wanted.provision, lambda: provisions),
            category=known("category", wanted.category, lambda: lookup.values(view, "category")),
        )
        turn = turn_of(cursor, view.mark, "screen", asked)
        page = hits.hit_page(view, asked, turn.first // hits.PER_PAGE + 1)
        if not page.total:
            raise AskingError(_why_no_hit(view, asked, packs))
        named = (claim for one in page.hits for finding in one.hit.findings for claim in finding.claims)
        told = populations.told(view, islice(named, MOST_NAMED))
        places = {(one.document, one.start, one.end): one.id for one in told.values()}
        found = portion(
            lambda _: page.hits, hits.PER_PAGE, page.total, turn, limit,
            lambda some: [_hit(one, dossier, places) for one in some],
        )  # fmt: skip
        return Hits(found.shown, page.total, found.more, found.cursor, notes_of(view, NO_FINDING, *found.notes))


def _why_no_hit(view: View, asked: HitFilter, packs: Sequence[str]) -> str:
    behind = f" {BEHIND}" if view.behind else ""
    given = [name for name in HitFilter._fields if getattr(asked, name)]
    without = {name: hits.hit_page(view, asked._replace(**{name: ""})).total for name in given}
    empties = [f"without `{_shown(name)}` there are {number:,}" for name, number in without.items() if number]
    if empties:
        return (
            f"no hit is all of what was asked for; {'; '.join(empties)}. That does not say that no provision applies."
            f"{behind}"
        )
    return (
        f"the facts told reach no provision of {', '.join(packs)} as far as it was screened; that does not say that"
        f" none applies.{behind}"
    )


def _shown(name: str) -> str:
    return "estimate" if name == "population" else name


def _hit(reached: Reached, dossier: Dossier, places: dict[Place, str]) -> HitLine:
    """A hit with its elements in the order of its panel; of each the first words that no earlier one is told by."""
    hit = reached.hit
    quotations: dict[Finding, tuple[Cited, ...]] = {}
    shown: set[Cited] = set()
    for finding, (own, _) in zip(hit.findings, reached.quoted, strict=True):
        words = [one for quotation in own for one in quoted(quotation, 1, places)]
        new = [one for one in words if one not in shown] or words
        quotations[finding] = tuple(new[:MOST_OF_ELEMENT])
        shown.update(quotations[finding])
    panel = next(iter(panels((hit,), dossier)), None)
    told = panel.told[0] if panel is not None else None
    lines = [*told.lines, *told.claimed] if told is not None else []
    elements = (
        tuple(_element(line.label, line.standing, line.note, line.finding, quotations) for line in lines)
        if lines
        else tuple(_element(one.subject, one.standing.value, one.note, one, quotations) for one in hit.findings)
    )
    return HitLine(
        hit.id, hit.provision, panel.cited if panel is not None else hit.provision, hit.pack, hit.population.label,
        hit.tier.value, told.tier if told is not None else hit.tier.value, hit.statement, hit.jurisdiction.value,
        elements, hit.missing[:MOST_OPEN],
        tuple(Related(one.id, f"{one.label}, {one.status}") for one in reached.estimates[:MOST_ESTIMATES]),
        panel.unchecked if panel is not None else (),
    )  # fmt: skip


def _element(
    fact: str, standing: str, note: str, finding: Finding, quotations: dict[Finding, tuple[Cited, ...]]
) -> ElementLine:  # fmt: skip
    return ElementLine(
        fact, standing, finding.role.value,
        IndependentRecord(finding.independent.low, finding.independent.high),
        quotations.get(finding, ()), note,
    )  # fmt: skip


def list_flags(desk: Desk, wanted: FlagFilter, limit: int, cursor: str) -> Flags:
    """Give the flags that are asked for, the gravest first.

    Raises:
        AskingError: Where a value is not known to the case, or a filter leaves nothing.
    """
    with desk.moment() as view:
        require_some(view)
        for kind, name in (("estimate", wanted.population), ("claim", wanted.claim)):
            if name and kind not in lookup.kinds_of(view, name):
                raise unknown_id(view, name, kind)
        asked = wanted._replace(
            code=known("code", wanted.code, lambda: lookup.flag_codes(view)),
            severity=known("severity", wanted.severity, lambda: SEVERITIES),
            category=known("category", wanted.category, lambda: lookup.values(view, "category")),
        )
        turn = turn_of(cursor, view.mark, "list_flags", asked)
        page = flags.flag_page(view, asked, turn.first // flags.PER_PAGE + 1)
        if not page.total and any((asked.code, asked.severity, asked.category)):
            raise AskingError(_why_no_flag(view, asked))
        found = portion(
            lambda _: page.flags, flags.PER_PAGE, page.total, turn, min(limit, MOST), lambda some: [*map(_flag, some)]
        )
        none = "" if page.total else "No rule finds anything there that does not add up, which does not make it right."
        return Flags(found.shown, page.total, found.more, found.cursor, notes_of(view, OF_FLAGS, none, *found.notes))


def one_flag(desk: Desk, name: str) -> Flags:
    """Give a flag with as much of what it rests on as there is room for.

    Raises:
        AskingError: Where there is none of this id.
    """
    with desk.moment() as view:
        found = flags.one_flag(view, name)
        if found is None:
            raise unknown_id(view, name, "flag")
        return Flags((_flag(found, MOST),), 1, notes=notes_of(view, OF_FLAGS))


def _why_no_flag(view: View, asked: FlagFilter) -> str:
    behind = f" {BEHIND}" if view.behind else ""
    given = [name for name in FlagFilter._fields if getattr(asked, name)]
    without = {name: flags.flag_page(view, asked._replace(**{name: ""})).total for name in given}
    empties = [f"without `{_shown(name)}` there are {number:,}" for name, number in without.items() if number]
    return f"no flag is all of what was asked for; {'; '.join(empties) or 'there are none at all'}.{behind}"


def _flag(flag: flags.Flagged, most: int = MOST_OF_FLAG) -> FlagLine:
    places = {(one.document, one.start, one.end): one.id for one in flag.claims}
    spans = tuple(one for quotation in flag.spans for one in quoted(quotation, most, places))
    return FlagLine(
        flag.id, flag.code, flag.severity, flag.reason, fitting(spans[:most]),
        tuple(one.id for one in flag.claims[:MOST_CLAIMS]),
        flag.more_claims + max(0, len(flag.claims) - MOST_CLAIMS),
        flag.more_spans + max(0, len(spans) - most),
    )  # fmt: skip


def what_changed(desk: Desk, since: str, kind: str, limit: int, cursor: str) -> Moves:
    """Give what changed in the case, that of the last work first.

    Args:
        desk: The case.
        since: ISO 8601 day or time, in UTC where it says no zone.
        kind: One of `changes.KINDS`, or "".
        limit: Most changes.
        cursor: Of an earlier answer, or "".

    Raises:
        AskingError: Where one of these is none.
    """
    with desk.moment() as view:
        require_some(view)
        from_then, of_kind = _instant(since), known("kind", kind, lambda: tuple(sorted(changes.KINDS)))
        turn = turn_of(cursor, view.mark, "what_changed", from_then, of_kind)
        page = changes.moves(view, since=from_then, kind=of_kind, number=turn.first // MOST + 1, most=MOST)
        latest = changes.after(view, changes.last(view) - 1, 1)
        found = portion(
            lambda _: page.moved, MOST, page.total, turn, min(limit, MOST), lambda some: _moved(view, some)
        )  # fmt: skip
        none = "" if page.total else "Nothing that the ledger shows has changed since then."
        return Moves(
            found.shown, page.total, latest[0].made if latest else None, found.more, found.cursor,
            notes_of(view, BY_NOW if found.shown else "", none, *found.notes),
        )  # fmt: skip


def _instant(since: str) -> str:
    """A day as it is, a time in UTC as the log writes it."""
    asked = since.strip()
    if not asked or (is_iso(asked) and last_day(asked) is not None):
        return asked
    try:
        return instant(datetime.fromisoformat(asked if asked[-1:] in "Zz" or "+" in asked[10:] else asked + "+00:00"))
    except (ValueError, OverflowError) as error:
        raise AskingError(
            f"since: {echo(since)} is no day or time; write 2026-03-01 or 2026-03-01T10:00:00Z"
        ) from error


def _moved(view: View, some: Sequence[changes.Moved]) -> list[Moved]:
    """Changes with words of the reports that their estimates rest on by now; figures without any are left out."""
    about = {one.number: _about(one) for one in some}
    carrying = lookup.carrying(view, sorted({one.id for one in about.values() if one is not None}))
    told = populations.told(view, (claim for claims in carrying.values() for claim in claims))
    return [_change(one, about[one.number], carrying, told) for one in some]


def _about(moved: changes.Moved) -> Related | None:
    about = moved.about
    return None if about is None or about.estimate is None else Related(about.estimate, about.label)


def _change(
    moved: changes.Moved, about: Related | None, carrying: dict[str, tuple[str, ...]],
    told: dict[str, populations.Told],
) -> Moved:  # fmt: skip
    change: Change = moved.change
    quotations = () if about is None else cited_all(told, carrying.get(about.id, ()), MOST_OF_CHANGE)
    return Moved(
        moved.number, moved.made, change.kind.value, change.id, change.label, about,
        _range(change.before) if quotations else None, _range(change.after) if quotations else None,
        tuple(turn.trait.value for turn in change.turns),
        tuple(Related(one.id, one.label) for one in change.reports[:MOST_CAUSES]), change.causes[:MOST_CAUSES],
        quotations,
    )  # fmt: skip


def _range(figure: Range | None) -> RangeRecord | None:
    return None if figure is None else RangeRecord(figure.best, figure.low, figure.high)
