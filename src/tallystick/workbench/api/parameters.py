"""What operations take in their query: parameters as data, from which requests are checked and the description is made.

Nothing that is not described is passed over: a filter whose name is misspelled would find too much, and one whose
value is, nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from litestar import Request

from tallystick.storage.views import search
from tallystick.workbench.api.problems import Fault, RefusedError

__all__ = [
    "CURSOR",
    "DAY",
    "LIMIT",
    "LONGEST",
    "MONTH_DAY",
    "MOST",
    "PAGED",
    "USUAL",
    "Parameter",
    "chosen",
    "day",
    "searched",
    "take",
    "words",
]

# Records of a page: what is given unasked, and at most.
USUAL, MOST = 50, 200
# Code points of a value; names of speakers and outlets are shorter, and an address must stay one.
LONGEST = 400
# A cursor holds what rows are sorted by, and an id that a report brought along.
LONGEST_CURSOR = 6_000
WHOLE = re.compile(r"-?[0-9]{1,18}")
MONTH_DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12][0-9]|3[01])"
DAY = rf"^[0-9]{{4}}(-{MONTH_DAY[0]}(-{MONTH_DAY[1]})?)?$"


class Parameter(NamedTuple):
    """One parameter of a query.

    Attributes:
        name: Its name.
        told: What it asks for, in one sentence.
        schema: JSON schema of its value; of "type", "enum", "pattern", "format", "minimum", "maximum", "minLength" and
            "maxLength" all that is said is checked.
        required: Whether it must be there.
    """

    name: str
    told: str
    schema: Mapping[str, Any]
    required: bool = False

    def wrong(self, text: str) -> str:
        """Give why a value will not do; "" where it will."""
        schema = self.schema
        if schema["type"] == "integer":
            if not WHOLE.fullmatch(text):
                return "is no whole number"
            least, most = schema.get("minimum", 0), schema["maximum"]
            return "" if least <= int(text) <= most else f"is not from {least:,} to {most:,}"
        if not text:
            return "is empty; leave it out to ask for all"
        if "enum" in schema and text not in schema["enum"]:
            return f"is none of {', '.join(schema['enum'])}"
        if len(text) > schema.get("maxLength", LONGEST):
            return f"has more than {schema.get('maxLength', LONGEST):,} characters"
        if "pattern" in schema and not re.fullmatch(schema["pattern"], text):
            return str(schema.get("x-wrong", "is not written as described"))
        return "is no day, written as 2025-06-17" if schema.get("format") == "date" and not _is_day(text) else ""


def _no_search(text: str) -> str:
    """Why words cannot be looked for: without any all would be found, and of too many the last would be left out."""
    found = search.words(text)
    if not found:
        return "holds no word that can be looked for; leave it out to ask for all"
    many = len(found) == search.MOST_WORDS and len(set(text.split())) > search.MOST_WORDS
    return f"takes at most {search.MOST_WORDS} words; give those that tell most" if many else ""


def _is_day(text: str) -> bool:
    try:
        return len(text) == len("2025-06-17") and bool(date.fromisoformat(text))
    except ValueError:
        return False


def words(name: str, told: str, *, required: bool = False, most: int = LONGEST) -> Parameter:
    """Give a parameter that takes any text."""
    return Parameter(name, told, {"type": "string", "minLength": 1, "maxLength": most}, required)


def searched(told: str, *, required: bool = False) -> Parameter:
    """Give the parameter `q`, which takes words to look for."""
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST, "x-search": True}
    return Parameter("q", f"{told} At most {search.MOST_WORDS} words.", schema, required)


def chosen(name: str, told: str, values: Iterable[str]) -> Parameter:
    """Give a parameter that takes one of some values."""
    return Parameter(name, told, {"type": "string", "enum": [str(one) for one in values]})


def day(name: str, told: str) -> Parameter:
    """Give a parameter that takes a year, a month or a day."""
    wrong = "is no year, month or day, written as 2025, 2025-06 or 2025-06-17"
    return Parameter(name, told, {"type": "string", "pattern": DAY, "maxLength": 10, "x-wrong": wrong})


LIMIT = Parameter(
    "limit", f"Most records of the page; {USUAL} where nothing is said.",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
)  # fmt: skip
CURSOR = Parameter(
    "cursor", "Where the page begins: taken from `next` of the page before, and good for that query alone.",
    {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "minLength": 1, "maxLength": LONGEST_CURSOR},
)  # fmt: skip
PAGED = (LIMIT, CURSOR)


def take(request: Request[Any, Any, Any], parameters: Sequence[Parameter]) -> dict[str, str]:
    """Give what the query of a request asks for, by name.

    Raises:
        RefusedError: 400, with every parameter that is wrong, unknown, missing or there twice; 422, where words cannot
            be looked for.
    """
    known = {one.name: one for one in parameters}
    found: dict[str, str] = {}
    faults = []
    for name, value in request.query_params.multi_items():
        if name not in known:
            names = ", ".join(known) or "none"
            faults.append(Fault(name[:LONGEST], "query", f"is no parameter of this operation; it takes {names}"))
        elif name in found:
            faults.append(Fault(name, "query", "is there more than once"))
        else:
            found[name] = str(value)
            if wrong := known[name].wrong(str(value)):
                faults.append(Fault(name, "query", wrong))
    faults += [Fault(one.name, "query", "is missing") for one in parameters if one.required and one.name not in found]
    if faults:
        first = faults[0]
        raise RefusedError(400, f"{first.parameter}: {first.reason}", tuple(faults))
    for name, value in found.items():
        if known[name].schema.get("x-search") and (wrong := _no_search(value)):
            raise RefusedError(422, f"{name}: {wrong}", (Fault(name, "query", wrong),))
    return found
