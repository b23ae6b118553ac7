"""The tools that read: their names, what each parameter means, and what each answers.

The words here are what a model sees. An answer is small and holds ids; another tool goes deeper by them.
"""

from typing import Annotated, Any, TypeAlias

from pydantic import Field

from tallystick.mcp_server import claims, estimates, lineage, overview, screens
from tallystick.mcp_server.answers import Claims, DocumentAnswer, Evidence, Overview
from tallystick.mcp_server.derived_answers import (
    EstimateAnswer,
    Estimates,
    Explanation,
    Flags,
    Hits,
    Moves,
    OriginAnswer,
)
from tallystick.mcp_server.desk import Desk
from tallystick.mcp_server.portions import LARGEST, MOST, USUAL
from tallystick.storage.views.flags import FlagFilter
from tallystick.storage.views.hits import HitFilter

__all__ = ["Cursor", "Limit", "ReadingTools", "told"]

# Longest value of a parameter, in code points: ids of reports are their collector's own and may be long addresses.
LONGEST = 4_000
# Code points of a report that one answer takes, where nothing else is asked for, and at most.
USUAL_LENGTH = 3_000


def told(meaning: str) -> Any:
    """Give what a parameter of text means, with the bound of its length."""
    return Field(max_length=LONGEST, description=meaning)


Limit: TypeAlias = Annotated[int, Field(ge=1, le=MOST, description="Most records; fewer come where they are long.")]
Cursor: TypeAlias = Annotated[str, told("`cursor` of the last answer to the same question, for what follows.")]
Estimate: TypeAlias = Annotated[str, told("Id of an estimate.")]
Offset: TypeAlias = Annotated[int, Field(ge=0, description="Code point of the text at which to begin.")]


class ReadingTools:
    """The reading tools on one case; every public method is one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def search_claims(
        self,
        words: Annotated[str, told('Words that the sentence holds, all of them; '
                                    '"several words" in quotation marks are one.')] = "",
        category: Annotated[str, told("Category id, as case_overview lists.")] = "",
        status: Annotated[str, told("planned, actual, possible or denied.")] = "",
        speaker: Annotated[str, told("Who asserted it, as the report writes.")] = "",
        outlet: Annotated[str, told("Outlet, as published.")] = "",
        place: Annotated[str, told("Place, as the report writes it.")] = "",
        country: Annotated[str, told("ISO 3166-1 alpha-2 of where the counted come from.")] = "",
        since: Annotated[str, told("First day of publication: 2025-06-17.")] = "",
        until: Annotated[str, told("Last day of publication.")] = "",
        flagged: Annotated[str, told("Code or id of a flag on it, or any.")] = "",
        estimate: Annotated[str, told("Id of an estimate that it goes into.")] = "",
        origin: Annotated[str, told("Id of the origin that it goes back to.")] = "",
        limit: Limit = USUAL,
        cursor: Cursor = "",
    ) -> Claims:  # fmt: skip
        """Search the figures that reports assert, by words and filters, the latest published first.

        Each claim comes with its quotation, report, span, origin and estimates. An error says which filter leaves
        nothing, or which near values the case knows. open_evidence shows a claim in its context.
        """
        asked = claims.Found(words, category, status, speaker, outlet, place, country, since, until, flagged,
                             estimate, origin)  # fmt: skip
        return claims.search_claims(self._desk, asked, limit, cursor)

    def find_estimates(
        self,
        words: Annotated[str, told("Words of its label, status, measure or date; all "
                                    "of them, in any order.")] = "",
        category: Annotated[str, told("Category id.")] = "",
        status: Annotated[str, told("planned, actual, possible or denied.")] = "",
        country: Annotated[str, told("ISO 3166-1 alpha-2 of where the counted come from.")] = "",
        place: Annotated[str, told("Place as estimates name it.")] = "",
        limit: Limit = USUAL,
        cursor: Cursor = "",
    ) -> Estimates:  # fmt: skip
        """List estimates: what each population is counted at, weighed across independent origins.

        The most reported come first. get_estimate tells what each origin says and why there is a best figure or none.
        """
        asked = estimates.Sought(words, category, status, country, place)
        return estimates.find_estimates(self._desk, asked, limit, cursor)

    def get_estimate(
        self,
        estimate: Annotated[str, told("Id of an estimate, or words that fit one.")],
        cursor: Cursor = "",
    ) -> EstimateAnswer:
        """Tell one estimate: best figure or why none, range, credibility 1-6, independent origins, readings, conflicts.

        Each reading has its origin, its source's letter A-F and its quotations. The letters belong to the sources, the
        credibility to the estimate.
        """
        return estimates.get_estimate(self._desk, estimate, cursor)

    def get_origin(
        self,
        origin: Annotated[str, told("Id of an origin.")],
        limit: Limit = USUAL,
        cursor: Cursor = "",
    ) -> OriginAnswer:
        """Tell an origin: who said it when, the report that told it first, those that only repeat it, and why."""
        return lineage.get_origin(self._desk, origin, limit, cursor)

    def open_evidence(
        self,
        claim: Annotated[str, told("Id of a claim.")] = "",
        document: Annotated[str, told("Instead: id of a document, with a span.")] = "",
        start: Annotated[int | None, Field(description="First code point of the span.")] = None,
        end: Annotated[int | None, Field(description="One past its last code point.")] = None,
    ) -> Evidence:
        """Open a claim, or a span of a report, in its context, with report, URL, SHA-256 and the other claims near.

        `seen` in the answer is what judge_claim asks for.
        """
        return claims.open_evidence(self._desk, claim, document, start, end)

    def get_document(
        self,
        document: Annotated[str, told("Id of a document.")],
        offset: Offset = 0,
        length: Annotated[int, Field(ge=1, le=LARGEST, description="Most code points.")] = USUAL_LENGTH,
    ) -> DocumentAnswer:
        """Read a portion of a report's text, with the claims in it; `next_offset` says where it goes on."""
        return claims.get_document(self._desk, document, offset, length)

    def what_changed(
        self,
        since: Annotated[str, told("Day or time from which on, ISO 8601; a time "
                                    "without a zone is UTC. Empty tells everything.")] = "",
        kind: Annotated[str, told("reports, origins, estimates, superseded, "
                                   "conflicts, flags or provisions.")] = "",
        limit: Limit = USUAL,
        cursor: Cursor = "",
    ) -> Moves:  # fmt: skip
        """Tell what changed in the ledger since a day or time, and which reports or decisions brought it."""
        return screens.what_changed(self._desk, since, kind, limit, cursor)

    def screen(
        self,
        estimate: Annotated[str, told("Id of an estimate of the population.")] = "",
        category: Annotated[str, told("Category of the population.")] = "",
        pack: Annotated[str, told("Name of a pack of provisions.")] = "",
        provision: Annotated[str, told("Id of a provision.")] = "",
        limit: Annotated[int, Field(ge=1, le=USUAL, description="Most hits; they are long.")] = 3,
        cursor: Cursor = "",
    ) -> Hits:
        """List legal provisions that may apply: which facts they ask for are told, planned, contradicted or open.

        A hit is a question to a lawyer and no finding.
        """
        return screens.screen(self._desk, HitFilter(pack, provision, "", category, estimate), limit, cursor)

    def list_flags(
        self,
        code: Annotated[str, told("Code of a kind of fault.")] = "",
        severity: Annotated[str, told("error, warning or note.")] = "",
        category: Annotated[str, told("Category of a claim concerned.")] = "",
        estimate: Annotated[str, told("Id of an estimate concerned.")] = "",
        claim: Annotated[str, told("Id of a claim concerned.")] = "",
        flag: Annotated[str, told("Id of one flag, to be told with more of its words.")] = "",
        limit: Limit = USUAL,
        cursor: Cursor = "",
    ) -> Flags:
        """List what in the reports cannot be right or does not add up, the gravest first, with its quotations."""
        if flag:
            return screens.one_flag(self._desk, flag)
        return screens.list_flags(self._desk, FlagFilter(code, severity, category, "", estimate, claim), limit, cursor)

    def explain(
        self,
        estimate: Annotated[str, told("Id of an estimate, or words that fit one.")],
        offset: Offset = 0,
    ) -> Explanation:
        """Tell the whole derivation of an estimate as text, step by step, in portions."""
        return estimates.explain(self._desk, estimate, offset)

    def case_overview(self) -> Overview:
        """Tell what the case holds, which dossier rules it, its latest report, and by which names it can be asked."""
        return overview.case_overview(self._desk)
