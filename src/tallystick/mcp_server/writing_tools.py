"""The tools that write; they are there only where the server was started with writes."""

from typing import Annotated, Any

from mcp.server.mcpserver import Context
from pydantic import Field

from tallystick.mcp_server import changing
from tallystick.mcp_server.answers import Added, Decided
from tallystick.mcp_server.changing import LONGEST_REPORT
from tallystick.mcp_server.desk import Desk
from tallystick.mcp_server.reading_tools import told

__all__ = ["WritingTools"]


class WritingTools:
    """The writing tools on one case; every public method is one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_report(
        self,
        ctx: Context[Any, Any],
        text: Annotated[str, Field(max_length=LONGEST_REPORT, description="The report's own text; never a path.")],
        outlet: Annotated[str, told("Who published it.")] = "",
        title: Annotated[str, told("Its title.")] = "",
        published: Annotated[str, told("ISO 8601 day or time.")] = "",
        url: Annotated[str, told("Its address; it is not fetched.")] = "",
        language: Annotated[str, told("BCP 47, where known.")] = "",
    ) -> Added:
        """Read the text of one report into the case, preserved as it is given, and derive what follows.

        The same report given again changes nothing.
        """
        given = changing.Given(text, outlet, title, published, url, language)
        return changing.add_report(self._desk, given, client_of(ctx))

    def judge_claim(
        self,
        ctx: Context[Any, Any],
        claim: Annotated[str, told("Id of a claim.")],
        verdict: Annotated[str, told("accept: right as it stands; reject: none.")],
        reason: Annotated[str, told("Why; it is kept for good.")],
        seen: Annotated[int, Field(ge=0, description="`seen` of open_evidence: the last review that you know of.")],
    ) -> Decided:
        """Accept or reject a claim, with the reason; the decision is kept for good under the client's name."""
        return changing.judge_claim(self._desk, claim, verdict, reason, seen, client_of(ctx))

    def judge_step(
        self,
        ctx: Context[Any, Any],
        verdict: Annotated[str, told("cut, add, confirm or withdraw.")],
        later: Annotated[str, told("Id of the claim or document that repeats.")],
        earlier: Annotated[str, told("Id of the one that it goes back to.")],
        reason: Annotated[str, told("Why; it is kept for good.")],
    ) -> Decided:
        """Decide whether one claim or document goes back to another; who counts as independent follows from it."""
        return changing.judge_step(self._desk, verdict, later, earlier, reason, client_of(ctx))


def client_of(ctx: Context[Any, Any]) -> str:
    """Give the name by which a client calls itself; "" where it gives none."""
    told = ctx.session.client_params
    return told.client_info.name if told is not None else ""
