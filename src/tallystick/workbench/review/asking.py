"""What an address or a form asks for: names with their words come in, checked records go out.

Whatever does not fit is taken as not asked for: an address can be written by anybody.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tallystick.inquiry.fields import ENTRIES, Entry
from tallystick.storage.views.queue import Round, Sought
from tallystick.workbench.pages import whole_number

__all__ = ["Asked", "Form"]

# Longest id that a filter may name; ours have 18 characters.
LONGEST_ID = 200
# Parts of a form that are no words of the reviewer: a token, and what the next page is asked with.
OWN = frozenset(("_csrf_token", "seen"))


class Asked(NamedTuple):
    """Which claims a reviewer goes through, and how.

    Attributes:
        round: By who has judged them.
        kind: Only of this category; "" for all.
        population: Only of the estimate of this id; "" for all.
        flagged: "1" for those alone about which there is a warning or an error.
        blind: "1" where what others decided is hidden until the reviewer has decided.
    """

    round: str = Round.FIRST.value
    kind: str = ""
    population: str = ""
    flagged: str = ""
    blind: str = ""

    @property
    def sought(self) -> Sought:
        """The same as the queue takes it."""
        return Sought(Round(self.round), self.kind or None, self.population or None, bool(self.flagged))

    @property
    def query(self) -> dict[str, object]:
        """The same as an address holds it: only what is not as it is without saying."""
        return {name: value for name, value in self._asdict().items() if value != Asked._field_defaults[name]}


class Form:
    """The fields of a form or of an address, each a text or several."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field, in order."""
        value = self._fields.get(name)
        if value is None:
            return ()
        return tuple(map(str, value)) if isinstance(value, list) else (str(value),)

    def text(self, name: str) -> str:
        """The last value of a field; "" where there is none."""
        found = self.all(name)
        return found[-1] if found else ""

    def number(self, name: str) -> int:
        """A whole number from 0; 0 where there is none."""
        return whole_number(self.text(name))

    def entry(self, part: int | None = None) -> Entry:
        """The fields of a claim, or those of one of several parts."""
        behind = "" if part is None else f".{part}"
        return Entry(*(self.text(f"{name}{behind}") for name in ENTRIES))

    def asked(self) -> Asked:
        """Which claims the reviewer goes through."""
        named = self.text("round")
        held = Asked(
            named if named in {one.value for one in Round} else Round.FIRST.value,
            self.text("kind")[:LONGEST_ID], self.text("population")[:LONGEST_ID],
            "1" if self.text("flagged") else "", "1" if self.text("blind") else "",
        )  # fmt: skip
        return held._replace(round=Round.SECOND.value) if held.blind else held

    def typed(self) -> tuple[tuple[str, str], ...]:
        """Everything that was typed, to be sent once more."""
        return tuple((name, value) for name in self._fields if name not in OWN for value in self.all(name))
