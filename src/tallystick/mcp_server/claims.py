"""Claims and reports as tools answer them: what is asked for comes in, figures with their quotations go out."""

from dataclasses import fields, replace
from typing import Any, NamedTuple

from tallystick.errors import AskingError
from tallystick.mcp_server.answers import Cited, ClaimLine, Claims, DocumentAnswer, Evidence, Near, Report
from tallystick.mcp_server.citing import LONGEST_WORDS, cited, claimed, in_row
from tallystick.mcp_server.desk import BEHIND, Desk, document_id, echo, known, notes_of, require_some, unknown_id
from tallystick.mcp_server.portions import LARGEST, MOST, portion, turn_of
from tallystick.model.document import Document
from tallystick.model.flag import Evidence as Span
from tallystick.storage.views import claims, documents, lookup, opened, populations, quoting, search
from tallystick.storage.views.claim_filters import Filter
from tallystick.storage.views.opened import Chosen, Figure
from tallystick.storage.views.view import View
from tallystick.values.dates import is_iso
from tallystick.values.periods import last_day

__all__ = ["Found", "get_document", "open_evidence", "report_of", "search_claims"]

# Code points of a report before and behind a span: a paragraph.
CONTEXT = 500
# Claims that are named beside a span, and beside a portion of a report.
MOST_NEAR = 12
# Grounds that are told of a claim; each is a short line.
MOST_GROUNDS = 12
# Steps of the way back that are quoted.
MOST_STEPS = 4
# Longest span that can be opened: some sentences. More is a portion of the report.
LONGEST_SPAN = 2_000
# Asked of claims with any flag.
ANY_FLAG = "any"


class Found(NamedTuple):
    """What claims are asked for by; "" asks nothing."""

    words: str = ""
    category: str = ""
    status: str = ""
    speaker: str = ""
    outlet: str = ""
    place: str = ""
    country: str = ""
    since: str = ""
    until: str = ""
    flagged: str = ""
    estimate: str = ""
    origin: str = ""


def search_claims(desk: Desk, asked: Found, limit: int, cursor: str) -> Claims:
    """Give the claims that are asked for, the latest published first.

    Raises:
        AskingError: Where a value is not known to the case, or nothing is found.
    """
    with desk.moment() as view:
        require_some(view)
        wanted = _filter(view, asked)
        turn = turn_of(cursor, view.mark, "search_claims", wanted)
        first = claims.listing(view, wanted, page=turn.first // claims.PER_PAGE + 1)
        if not first.total:
            raise AskingError(_why_none(view, wanted))
        found = portion(
            lambda _: first.rows, claims.PER_PAGE, first.total, turn, min(limit, MOST), lambda rows: [*map(_line, rows)]
        )
        return Claims(found.shown, first.total, found.more, found.cursor, notes_of(view, *found.notes))


def _line(row: claims.Row) -> ClaimLine:
    return ClaimLine(
        in_row(row), row.category, row.status, row.unit, row.bound.value, row.low, row.high, row.counted, row.speaker,
        row.country, row.place, row.when, row.standing, row.flags, row.lineage,
        tuple(name for name, _ in row.estimates),
    )  # fmt: skip


def _filter(view: View, asked: Found) -> Filter:
    """What is asked for in values that the case knows."""

    def same(field: str) -> str:
        return known(field, getattr(asked, field), lambda: lookup.values(view, field))

    for kind, name in (("estimate", asked.estimate), ("origin", asked.origin)):
        if name and kind not in lookup.kinds_of(view, name):
            raise unknown_id(view, name, kind)
    any_flag = asked.flagged.strip().casefold() == ANY_FLAG
    return Filter(
        category=same("category"), status=same("status"), speaker=same("speaker"), outlet=same("outlet"),
        place=same("place"), country=known("country", asked.country.upper(), lambda: lookup.values(view, "country")),
        since=_day("since", asked.since), until=_day("until", asked.until),
        flag="" if any_flag else _flag(view, asked.flagged),
        severity="note" if any_flag else "", text=_words(asked.words), population=asked.estimate,
        lineage=asked.origin,
    )  # fmt: skip


def _flag(view: View, asked: str) -> str:
    """A code of flags, or the id of one."""
    name = asked.strip()
    return name if "flag" in lookup.kinds_of(view, name) else known("flagged", name, lambda: lookup.flag_codes(view))


def _words(typed: str) -> str:
    """Words as they are looked for; of a text that is too long the end would be left out without a word."""
    if len(typed) > search.LONGEST or len(set(typed.split())) > search.MOST_WORDS:
        quoted_too = ", also of what stands in quotation marks" if '"' in typed else ""
        raise AskingError(
            f"words: takes at most {search.MOST_WORDS} words{quoted_too}, of {search.LONGEST} characters; give those"
            " that tell most"
        )
    if typed.strip() and not search.words(typed):
        raise AskingError(f"words: {echo(typed)} holds no word that can be looked for; leave it out to ask for all")
    return typed.strip()


def _day(field: str, text: str) -> str:
    """A day, month or year as it is compared."""
    asked = text.strip()
    if not asked:
        return ""
    last = last_day(asked) if is_iso(asked) else None
    if last is None:
        raise AskingError(f"{field}: {echo(asked)} is no day; write 2025-06-17, 2025-06 or 2025")
    return last.isoformat() if field == "until" else asked


def _why_none(view: View, wanted: Filter) -> str:
    """Why nothing is found: which of what was asked for empties it."""
    names = {"text": "words", "lineage": "origin", "population": "estimate", "flag": "flagged", "severity": "flagged"}
    given = [one.name for one in fields(wanted) if one.name != "shown" and getattr(wanted, one.name)]
    behind = f" {BEHIND}" if view.behind else ""
    if not given:
        return f"the case holds reports, and no claim was found in them.{behind}"
    blank: dict[str, Any] = dict.fromkeys(given, "")
    without = {name: claims.total(view, replace(wanted, **{name: blank[name]})) for name in given}
    empties = [f"without `{names.get(name, name)}` there are {number:,}" for name, number in without.items() if number]
    if len(given) > 1 and empties:
        return f"no claim is all of what was asked for; {'; '.join(empties)}. Leave one of these out.{behind}"
    if wanted.text:
        each = [(word, claims.total(view, Filter(text=f'"{word}"'))) for word in search.words(wanted.text)]
        told = ", ".join(f"{echo(word)} {number:,}" for word, number in each)
        rest = "; the other filters empty it besides" if len(given) > 1 else ""
        return (
            f"no sentence of a claim holds all of these words{rest}. Claims by single words: {told}. Try fewer or other"
            f" words; that these reports do not say so tells nothing of the world.{behind}"
        )
    told = ", ".join(f"`{names.get(name, name)}`" for name in given)
    return f"no claim is asked for by {told} as given; leave some of them out.{behind}"


def open_evidence(desk: Desk, claim: str, document: str, start: int | None, end: int | None) -> Evidence:
    """Give a claim, or a span of a report, in its context.

    Raises:
        AskingError: Where neither or both are given, or one is not there.
    """
    by_span = bool(document) or start is not None or end is not None
    if bool(claim) is by_span:
        raise AskingError("give either `claim`, or `document` with `start` and `end`")
    with desk.moment() as view:
        if claim:
            if "claim" not in lookup.kinds_of(view, claim):
                raise unknown_id(view, claim, "claim")
            chosen = opened.chosen(view, claim)
            report = documents.document(view, chosen.held.claim.document)
            return _evidence_of(view, chosen, report)
        if not document or start is None or end is None:
            raise AskingError("a span takes all of `document`, `start` and `end`, in code points of the report's text")
        report = documents.document(view, document_id(view, document))
        if not 0 <= start < end <= len(report.text) or end - start > LONGEST_SPAN:
            raise AskingError(
                f"[{start}:{end}] is no span of {echo(report.id)}, whose text has {len(report.text):,} code points; a"
                f" span has at least one and at most {LONGEST_SPAN:,}"
            )
        return _evidence(view, report, start, end, _span(view, report, start, end))


def _evidence_of(view: View, chosen: Chosen, report: Document) -> Evidence:
    """A claim in its context."""
    claim, root = chosen.held.claim, chosen.root
    own = claimed(claim, report.outlet, report.published)
    line = ClaimLine(
        own, claim.category, claim.status.value, claim.unit, claim.bound.value, claim.low, claim.high, claim.counted,
        claim.speaker, claim.origin, claim.place, claim.when, chosen.held.standing.value,
        tuple(dict.fromkeys(flag.code for flag in chosen.flags)), root.id if root else None,
        tuple(one.id for one in chosen.estimates),
    )  # fmt: skip
    told = populations.told(view, (step.claim for step in root.way[:MOST_STEPS])) if root else {}
    way = tuple(cited(told[step.claim]) for step in root.way[:MOST_STEPS] if step.claim in told) if root else ()
    seen = max((review.number for review in chosen.reviews), default=0)
    made = _evidence(view, report, claim.start, claim.end, own)
    grounds = tuple(map(str, claim.grounds[:MOST_GROUNDS]))
    return replace(made, claim=line, grounds=grounds, way_back=way, seen=seen)


def _span(view: View, report: Document, start: int, end: int) -> Cited:
    """A span in its sentence."""
    found = quoting.quotations(view, (Span(report.id, start, end),)).get(Span(report.id, start, end))
    words = report.text[start:end][:LONGEST_WORDS]
    sentence = words if found is None else found.words
    return Cited(words, sentence, report.id, start, start + len(words), None, report.outlet, report.published)


def _evidence(view: View, report: Document, start: int, end: int, own: Cited) -> Evidence:
    first, last = max(0, start - CONTEXT), min(len(report.text), end + CONTEXT)
    figures = [one for one in opened.figures(view, report.id) if (one.start, one.end) != (start, end)]
    close = sorted(figures, key=lambda one: (abs(one.start - start), one.start))[:MOST_NEAR]
    return Evidence(
        report_of(report), own, report.text[first:start], report.text[start:end], report.text[end:last], first, last,
        near=tuple(_near(one) for one in sorted(close, key=lambda one: one.start)), notes=notes_of(view),
    )  # fmt: skip


def _near(figure: Figure) -> Near:
    return Near(figure.id, figure.start, figure.start + len(figure.figure), figure.figure, figure.category)


def report_of(document: Document) -> Report:
    """Give what is told of a report besides its text."""
    return Report(
        document.id, document.title, document.outlet, document.published, document.language, document.url,
        document.sha256, len(document.text),
    )  # fmt: skip


def get_document(desk: Desk, document: str, offset: int, length: int) -> DocumentAnswer:
    """Give a portion of the text of a report.

    Raises:
        AskingError: Where there is no such report, or it does not reach so far.
    """
    with desk.moment() as view:
        report = documents.document(view, document_id(view, document))
        size = len(report.text)
        if not 0 <= offset < max(size, 1):
            raise AskingError(f"offset: {offset} is not within the text of {echo(report.id)}, 0 to {size - 1}")
        text = _within(report.text[offset : offset + max(1, length)], LARGEST)
        end = offset + len(text)
        inside = [one for one in opened.figures(view, report.id) if offset <= one.start and one.end <= end]
        return DocumentAnswer(
            report_of(report), text, offset, end, tuple(map(_near, inside[:MOST_NEAR])),
            max(0, len(inside) - MOST_NEAR), end if end < size else None, notes_of(view),
        )  # fmt: skip


def _within(text: str, room: int) -> str:
    """The beginning of a text that has room in so many bytes."""
    return text.encode("utf-8", "surrogatepass")[:room].decode("utf-8", "ignore")
