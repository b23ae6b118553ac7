"""One line of a source register: its cells come in, what is wrong with them or the sources made of them go out.

Several lines may tell of one source: the first gives its particulars, each gives one grade.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tallystick.dossiers.csv_tables import Problem, is_edtf
from tallystick.model.dossier import Grade, Source

__all__ = ["COLUMNS", "LISTED", "REQUIRED", "Row", "check_row", "register"]

COLUMNS = (
    "source",
    "aliases",
    "domains",
    "kind",
    "owner",
    "state",
    "family",
    "topic",
    "role",
    "letter",
    "since",
    "by",
    "reason",
)
LISTED = ("aliases", "domains")
REQUIRED = ("source", "letter", "by", "reason")
KINDS = ("agency", "state_media", "outlet", "aggregator", "official", "research")
ROLES = ("primary", "relay", "aggregator", "translation")
LETTERS = tuple("ABCDEF")
STATE = re.compile(r"[A-Z]{2}")
TOPIC = re.compile(r"[a-z0-9_]{1,60}")
# A host name in the form of RFC 1035, internationalized ones in letters of their own: labels of at most 63 characters.
LABEL = re.compile(r"\w(?:[\w-]{0,61}\w)?")
LONGEST_HOST = 253

# What a grade is for: topic, role and since when.
Case = tuple[str, str, str]


class Row(NamedTuple):
    """One line of a register.

    Attributes:
        line: Line of the file, from 1.
        source: The source, as it signs.
        aliases: Its other names.
        domains: Its host names, in lower case and without "www.".
        kind: What sort of publisher it is; empty where another line of the source tells, or for an outlet.
        owner: Who owns or runs it, or empty.
        state: ISO 3166-1 alpha-2 of the state behind it, or empty.
        family: The newsroom whose copy it publishes, or empty.
        topic: A category id or kind that the grade is for, or empty for every one.
        role: The role that the grade is for, or empty for every one.
        letter: The grade, A-F.
        since: EDTF date from which it holds, or empty where it always did.
        by: Who gave it.
        reason: Why.
    """

    line: int
    source: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    kind: str
    owner: str
    state: str
    family: str
    topic: str
    role: str
    letter: str
    since: str
    by: str
    reason: str


def check_row(row: Row) -> Iterator[Problem]:
    """Yield what is wrong in a row by itself."""
    for column in REQUIRED:
        if not getattr(row, column):
            yield Problem(row.line, f"{column}: empty; every grade needs one")
    for column, known in (("kind", KINDS), ("role", ROLES), ("letter", LETTERS)):
        value = getattr(row, column)
        if value and value not in known:
            yield Problem(row.line, f"{column}: {value!r} is none of {', '.join(known)}")
    if row.state and not STATE.fullmatch(row.state):
        yield Problem(row.line, f"state: {row.state!r} is not an ISO 3166-1 alpha-2 code such as RU")
    if row.topic and not TOPIC.fullmatch(row.topic):
        yield Problem(
            row.line, f"topic: {row.topic!r} is no id or kind of a category: lower case, digits and underscores"
        )
    if row.since and not is_edtf(row.since):
        yield Problem(row.line, f"since: {row.since!r} is not an EDTF date such as 2024-05-12, 2024-05 or 2024-05~")
    for host in row.domains:
        if not _is_host(host):
            yield Problem(row.line, f"domains: {host!r} is no host name such as example.org; leave out the rest of it")


def register(rows: Iterable[Row]) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Join the rows of each source, in their order, and give the sources with what contradicts itself between rows.

    A name, another name and a host name belong to one source each: else a report would have two reliabilities.
    """
    firsts: dict[str, Row] = {}
    grades: dict[str, dict[Case, tuple[int, Grade]]] = {}
    problems: list[Problem] = []
    for row in rows:
        key = row.source.casefold()
        first = firsts.setdefault(key, row)
        problems += _particulars(first, row)
        grade = Grade(row.letter, row.topic, row.role, row.since or None, row.by, row.reason)
        line, _ = grades.setdefault(key, {}).setdefault((row.topic, row.role, row.since), (row.line, grade))
        if line != row.line:
            problems.append(
                Problem(row.line, f"letter: line {line} grades {first.source} for the same topic, role and date")
            )
    problems += _shared(firsts)
    sources = tuple(_source(row, tuple(grade for _, grade in grades[key].values())) for key, row in firsts.items())
    return sources, tuple(problems)


def _particulars(first: Row, row: Row) -> Iterator[Problem]:
    """Where a further row of a source tells other particulars than the first; leaving them out is no contradiction."""
    if row is first:
        return
    for column in ("source", *LISTED, "kind", "owner", "state", "family"):
        mine, theirs = getattr(row, column), getattr(first, column)
        if mine and mine != theirs:
            was = f"{_written(theirs)} on line {first.line}" if theirs else f"nothing on line {first.line}"
            yield Problem(
                row.line, f"{column}: {_written(mine)}, but {was}; the first line of a source gives its particulars"
            )


def _shared(firsts: dict[str, Row]) -> Iterator[Problem]:
    """Names and host names that two sources claim."""
    for column in ("aliases", "domains"):
        held: dict[str, str] = {}
        if column == "aliases":
            held.update((key, row.source) for key, row in firsts.items())
        for row in firsts.values():
            for name in dict.fromkeys(one.casefold() for one in getattr(row, column)):
                other = held.setdefault(name, row.source)
                if other != row.source:
                    yield Problem(row.line, f"{column}: '{name}' is {other} already; a name belongs to one source")


def _source(row: Row, grades: tuple[Grade, ...]) -> Source:
    """The source of its first row and its grades."""
    general = next((grade for grade in grades if not (grade.topic or grade.role or grade.since)), None)
    return Source(
        name=row.source,
        aliases=row.aliases,
        domains=row.domains,
        kind=row.kind or "outlet",
        reliability="F" if general is None else general.letter,
        note="" if general is None else general.reason,
        owner=row.owner or None,
        state=row.state or None,
        family=row.family or None,
        grades=grades,
    )


def _written(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "|".join(value)


def _is_host(name: str) -> bool:
    """Whether a host name has two labels or more and nothing but labels: no scheme, no path."""
    labels = name.split(".")
    return len(name) <= LONGEST_HOST and len(labels) > 1 and all(LABEL.fullmatch(label) for label in labels)
