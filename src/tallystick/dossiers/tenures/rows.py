"""One line of a tenure table, whatever file it came from: fields, checks, and the actors and tenures made of it.

Tables and FollowTheMoney come in as rows; a register or the problems of its lines go out.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from tallystick.dossiers.csv_tables import Problem, is_edtf
from tallystick.model.dossier import Actor, Office, Tenure
from tallystick.model.provision import Checked
from tallystick.values.romanization import romanized

__all__ = ["COLUMNS", "REQUIRED", "Register", "Row", "check_row", "register", "slug"]

COLUMNS = (
    "id",
    "person",
    "variants",
    "kind",
    "country",
    "office",
    "office_variants",
    "organization",
    "start",
    "end",
    "died",
    "status",
    "citation",
    "checked",
)
REQUIRED = ("person", "office", "citation", "checked")
KINDS = ("person", "organization")
STATUSES = ("", "current", "ended", "unknown")
TAGS = tuple(tag.value for tag in Checked)
ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
COUNTRY = re.compile(r"[A-Z]{2}")
# Longest text of one cell; the longest list of variants of the bundled table has 150 characters.
LONGEST = 4_000
# Characters of an id; longer names are cut, and told apart by their digest.
LONGEST_ID = 60
DIGEST = 8


class Row(NamedTuple):
    """One tenure as a table has it.

    Attributes:
        line: Line of the file, from 1.
        id: Id of the actor; empty where it is the slug of the name.
        person: Name of the person or body.
        variants: Other names and spellings.
        kind: "person" or "organization".
        country: ISO 3166-1 alpha-2, or empty.
        office: The office; of a body, its own name where the row tells when it existed.
        office_variants: Other words for the office.
        organization: The body that the office is in, or empty; kept for readers of the table.
        start: EDTF date, or None where not known.
        end: EDTF date, or None where there is none or it is not known.
        died: EDTF date, or None.
        status: "current", "ended", "unknown", or empty.
        citation: Where it was read.
        checked: How far it was checked: V, V2, K or I.
    """

    line: int
    id: str
    person: str
    variants: tuple[str, ...]
    kind: str
    country: str
    office: str
    office_variants: tuple[str, ...]
    organization: str
    start: str | None
    end: str | None
    died: str | None
    status: str
    citation: str
    checked: str


class Register(NamedTuple):
    """Who held which office when."""

    actors: tuple[Actor, ...]
    tenures: tuple[Tenure, ...]


def slug(name: str) -> str:
    """Give the id of a name: its Latin letters in lower case, words joined by hyphens ("sergei-shoigu").

    A name that has no romanization, or a very long one, has digits of its SHA-256 at the end ("name-1f2e3d4c").
    """
    words = re.findall(r"[a-z0-9]+", romanized(name))
    plain = "-".join(words)
    if plain and len(plain) <= LONGEST_ID:
        return plain
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]
    return f"{plain[:LONGEST_ID].rstrip('-') or 'name'}-{digest}"


def check_row(row: Row) -> Iterable[Problem]:
    """Yield what is wrong in a row by itself."""
    for column in REQUIRED:
        if not getattr(row, column):
            yield Problem(row.line, f"{column}: empty; every tenure needs one")
    if row.id and not ID.fullmatch(row.id):
        yield Problem(row.line, f"id: {row.id!r} is not in lower case, digits, hyphens and underscores")
    if row.kind not in KINDS:
        yield Problem(row.line, f"kind: {row.kind!r} is neither person nor organization")
    if row.country and not COUNTRY.fullmatch(row.country):
        yield Problem(row.line, f"country: {row.country!r} is not an ISO 3166-1 alpha-2 code such as RU")
    if row.status not in STATUSES:
        yield Problem(row.line, f"status: {row.status!r} is none of current, ended and unknown")
    if row.checked and row.checked not in TAGS:
        yield Problem(
            row.line,
            f"checked: {row.checked!r} is none of V (read on the page cited), V2 (read second hand), K (general"
            " knowledge) and I (an interpretation)",
        )
    for column in ("start", "end", "died"):
        value = getattr(row, column)
        if value is not None and not is_edtf(value):
            yield Problem(row.line, f"{column}: {value!r} is not an EDTF date such as 2024-05-12, 2024-05 or 2024-05~")
    yield from _check_order(row)


def _check_order(row: Row) -> Iterable[Problem]:
    """Yield where the dates and the status of a row contradict each other."""
    if _is_before(row.end, row.start):
        yield Problem(row.line, f"end: '{row.end}' is before the start, '{row.start}'")
    if _is_before(row.died, row.start):
        yield Problem(row.line, f"died: '{row.died}' is before the start, '{row.start}'")
    if _is_before(row.died, row.end) and row.kind == "person":
        yield Problem(row.line, f"end: '{row.end}' is after the death, '{row.died}'")
    if row.status == "current" and row.end is not None:
        yield Problem(row.line, f"status: current, and yet the end is '{row.end}'")
    if row.status == "ended" and row.end is None:
        yield Problem(row.line, "status: ended, but the end is empty; write the year, or 'unknown' for the status")


def _is_before(one: str | None, other: str | None) -> bool:
    """Whether a date is surely before another, by as much of both as is written."""
    if one is None or other is None or not is_edtf(one) or not is_edtf(other):
        return False
    mine, theirs = one.rstrip("?~%"), other.rstrip("?~%")
    return mine[: len(theirs)] < theirs[: len(mine)]


def register(rows: Iterable[Row]) -> tuple[Register, tuple[Problem, ...]]:
    """Join the rows of each person or body, and give the register with what contradicts itself between rows.

    The rows of one id share an actor: its variants are those of all of them; kind, country and death may stand in any.
    Two people may hold one office at a time: a handover is seldom told to the day.
    """
    actors: dict[str, Row] = {}
    seen: dict[tuple[str, str, str | None], int] = {}
    tenures: list[Tenure] = []
    problems: list[Problem] = []
    for row in rows:
        key = row.id or slug(row.person)
        problems += _add(actors, key, row)
        held = (key, row.office.casefold(), row.start)
        if held in seen:
            problems.append(Problem(row.line, f"office: the tenure of line {seen[held]} stands here again"))
        seen.setdefault(held, row.line)
        office = Office(row.office, row.office_variants)
        tenures.append(Tenure(key, office, row.start, row.end, row.citation, row.checked))
    made = (
        Actor(key, row.person, row.variants, row.kind, row.country or None, died=row.died)
        for key, row in actors.items()
    )
    return Register(tuple(made), tuple(tenures)), tuple(problems)


def _add(actors: dict[str, Row], key: str, row: Row) -> Iterable[Problem]:
    """Add a row to the actor of its id; yield where the two do not agree."""
    known = actors.setdefault(key, row)
    if known is row:
        return
    if known.person != row.person:
        yield Problem(
            row.line,
            f"person: '{key}' is {known.person} on line {known.line}; write other spellings under variants, or give"
            " each its own id",
        )
    for column in ("kind", "country", "died"):
        mine, theirs = getattr(row, column), getattr(known, column)
        if mine and theirs and mine != theirs:
            yield Problem(row.line, f"{column}: {mine}, but {theirs} on line {known.line} for the same {known.kind}")
    actors[key] = known._replace(
        variants=tuple(dict.fromkeys(known.variants + row.variants)),
        country=known.country or row.country,
        died=known.died or row.died,
    )
