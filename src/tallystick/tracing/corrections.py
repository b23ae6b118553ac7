"""Reports that correct an earlier one: a casebook comes in, one step back for each correction goes out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from re import compile as pattern

from tallystick.model.document import READABLE
from tallystick.model.lineage import EdgeLevel, Mechanism
from tallystick.model.quantity import Number
from tallystick.tracing.links import CORRECTED, Link, report_link
from tallystick.tracing.tellings import Casebook, Report
from tallystick.tracing.wordlists import wordlist

__all__ = ["corrections"]

WORD = pattern(r"[^\W\d_]+")
# A correction says so in its title or at the start of its first paragraphs, where it stands apart from the prose.
LEADING_WORDS = 2
FIRST_PASSAGES = 3
START = 80
# Earlier reports of an outlet that are looked through; a correction follows within days.
LOOK_BACK = 200
# Words of a title that two reports on one subject share at least, where no figure shows it.
SHARED_TITLE = 2
SHORT_WORD = 4


def corrections(casebook: Casebook, links: Iterable[Link]) -> Iterator[Link]:
    """Yield the step from each correction back to the report that it corrects, where the case holds that.

    It is the earlier report of the same outlet (or of any, where the text was copied) with which it shares most:
    text, figures, speakers, words of the title. Of several, the latest.

    Args:
        casebook: The case.
        links: All steps found so far.
    """
    copied: defaultdict[int, set[int]] = defaultdict(set)
    for link in links:
        if link.edge.level is EdgeLevel.DOCUMENT:
            copied[link.later].add(link.earlier)
    by_outlet: defaultdict[str, list[Report]] = defaultdict(list)
    for report in casebook.reports:
        cue = _cue(report)
        if cue is not None:
            own = by_outlet[report.outlet][-LOOK_BACK:] if report.outlet is not None else []
            others = [casebook.reports[rank] for rank in sorted(copied[report.rank])]
            corrected = _corrected(casebook, report, [*own, *others], copied[report.rank])
            if corrected is not None:
                reason = f"{report.name} begins with “{cue}” and follows {corrected.name} on the same subject."
                yield report_link(report, corrected, Mechanism.CORRECTION, reason, CORRECTED)
        if report.outlet is not None:
            by_outlet[report.outlet].append(report)


def _cue(report: Report) -> str | None:
    """The word that makes a report a correction, or None."""
    document = report.document
    body = [passage for passage in document.passages if passage.kind in READABLE]
    starts = [document.title or ""]
    starts.extend(document.text[passage.start : min(passage.end, passage.start + START)] for passage in body)
    for start in starts[: 1 + FIRST_PASSAGES]:
        for word in WORD.findall(start[:START])[:LEADING_WORDS]:
            if word.casefold() in wordlist("corrections"):
                return str(word)
    return None


def _corrected(casebook: Casebook, report: Report, candidates: list[Report], copied: set[int]) -> Report | None:
    """The candidate with which `report` shares most, if it shares anything."""
    voices, figures, title = _voices(casebook, report), _figures(casebook, report), _title(report)
    best: tuple[int, int] | None = None
    for candidate in candidates:
        evidence = (
            (candidate.rank in copied)
            + bool(voices & _voices(casebook, candidate))
            + bool(figures & _figures(casebook, candidate))
            + (len(title & _title(candidate)) >= SHARED_TITLE)
        )
        if evidence and (best is None or (evidence, candidate.rank) > best):
            best = evidence, candidate.rank
    return None if best is None else casebook.reports[best[1]]


def _voices(casebook: Casebook, report: Report) -> set[str]:
    return {telling.voice.key for telling in casebook.by_report[report.rank] if telling.voice is not None}


def _figures(casebook: Casebook, report: Report) -> set[tuple[str, tuple[Number, ...]]]:
    return {(telling.claim.unit, telling.values) for telling in casebook.by_report[report.rank]}


def _title(report: Report) -> set[str]:
    words = WORD.findall((report.document.title or "").casefold())
    return {word for word in words if len(word) >= SHORT_WORD} - wordlist("corrections")
