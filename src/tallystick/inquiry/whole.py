"""A case as lines that hold all of it: an open case comes in, every record that it has goes out, in a fixed order.

What is not in it: the custody log, which tells of this case alone; what a second reader was asked; how far feeds were
followed; and what changed when. The same case gives the same lines.
"""

from collections.abc import Iterator

from tallystick.dossiers.loading import source, uses
from tallystick.exporting.lines import FORM, DossierFile, End, Head, Line, Report
from tallystick.storage.case import Case

__all__ = ["decisions", "derived", "whole"]


def whole(case: Case) -> Iterator[Line]:
    """Give every line of a case, of one moment: its rules, decisions, reports with all they hold, and what is derived.

    Raises:
        CaseError: Where it cannot be read, or an original is missing or was changed.
        DossierError: Where its dossier cannot be read.
    """
    with case.streamed() as held:
        rules = case.rules()
        known = (None, None, None) if rules is None else (rules.version, rules.dossier, rules.dossier_sha256)
        yield Head(FORM, *known)
        with case.dossier_file() as kept:
            if kept is not None:
                yield DossierFile(None, source(kept))
                yield from (DossierFile(used.name, used.content) for used in uses(kept) if not used.bundled)
        yield from decisions(case)
        reports = 0
        for report in held.reports():
            yield Report(report.document, report.original, len(report.held), len(report.facts))
            yield from report.held
            yield from report.facts
            reports += 1
        yield from held.failures()
        yield from derived(case)
        yield End(reports)


def decisions(case: Case) -> Iterator[Line]:
    """Give what reviewers decided: the reviews of claims, then the judgements, each in their order."""
    with case.streamed() as held:
        yield from held.reviews()
        yield from held.judgements()


def derived(case: Case) -> Iterator[Line]:
    """Give what was derived: edges, origins, estimates, flags and hits, each in their order."""
    with case.streamed() as held:
        yield from held.edges()
        yield from held.origins()
        yield from held.estimates()
        yield from held.flags()
        yield from held.hits()
