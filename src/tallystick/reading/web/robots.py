"""Ask a site's robots.txt whether, and how often, its pages may be fetched.

A page's address comes in; leave or refusal and the asked delay go out. The file is read once per site and kept a day.
"""

from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

__all__ = ["AGENT", "ALLOWED", "LARGEST_RULES", "Robots", "Rules", "rules_of"]

# The name under which a robots.txt may speak to us.
AGENT = "tallystick"
# RFC 9309: at least 500 KiB are read; what stands behind is ignored.
LARGEST_RULES = 512_000
# Seconds for which an answer is kept: RFC 9309 says not longer than a day. One that could not be got is asked for
# again earlier, so that a short outage does not silence a feed for a day.
KEPT = 86_400.0
KEPT_FAILURE = 600.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says.

    Attributes:
        parsed: Its rules; None where all is allowed.
        reason: Why nothing may be fetched for now, or None.
    """

    parsed: Protego | None = None
    reason: str | None = None

    def refusal(self, url: str) -> str | None:
        """Give the reason why `url` may not be fetched, or None where it may."""
        if self.reason is not None:
            return self.reason
        if self.parsed is not None and not self.parsed.can_fetch(url, AGENT):
            return "its robots.txt does not allow it"
        return None

    @property
    def delay(self) -> float | None:
        """Seconds between two requests that it asks for, or None."""
        found = None if self.parsed is None else self.parsed.crawl_delay(AGENT)
        return None if found is None else float(found)


ALLOWED = Rules()


def rules_of(content: bytes) -> Rules:
    """Read a robots.txt; its groups for other agents are one group, so that thousands of them cost no memory."""
    text = content[:LARGEST_RULES].decode("utf-8", "replace")
    return Rules(Protego.parse("\n".join(map(_own, text.splitlines()))))


class Robots:
    """The rules of every site met so far."""

    def __init__(self, get: Callable[[str], Rules], monotonic: Callable[[], float]) -> None:
        """Take the way to get the rules of an origin ("https://example.org"), and the clock."""
        self._get = get
        self._monotonic = monotonic
        self._kept: dict[str, tuple[float, Rules]] = {}

    def rules(self, origin: str) -> Rules:
        """Give the rules of `origin`; they are fetched where they are not known or have grown old."""
        now = self._monotonic()
        until, rules = self._kept.get(origin, (now, ALLOWED))
        if until <= now:
            rules = self._get(origin)
            self._kept[origin] = (now + (KEPT_FAILURE if rules.reason else KEPT), rules)
        return rules


def _own(line: str) -> str:
    """The line; one that names another agent names "other" instead."""
    field, _, value = line.partition("#")[0].partition(":")
    if not field.strip().casefold().startswith("user"):
        return line
    named = f"{field} {value}".casefold().split()[-1].partition("/")[0]
    return f"User-agent: {named if named in (AGENT, '*') else 'other'}"
