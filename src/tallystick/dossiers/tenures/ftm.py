"""Tenures from FollowTheMoney: JSON lines of people, positions and occupancies come in, rows of a tenure table go out.

A file is gone through three times (positions, then occupancies, then their holders), so that of a list of a million
politicians no more is held than what is asked for.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO, NamedTuple

from tallystick.dossiers.csv_tables import Problem
from tallystick.dossiers.tenures.rows import DIGEST, Register, Row, check_row, register, slug
from tallystick.errors import DossierError
from tallystick.model.provision import Checked
from tallystick.values.romanization import is_latin

__all__ = ["EVERYTHING", "Imported", "Wanted", "read_entities", "read_ftm"]

HOLDERS = ("Person", "Organization", "PublicBody", "LegalEntity", "Company")
POSITION, OCCUPANCY = "Position", "Occupancy"
# Properties that are read; each holds a list of strings.
NAMES = ("name", "alias", "weakAlias")
COUNTRIES = ("country", "citizenship", "nationality")
# Longest line in bytes; the longest entity of the lists of politicians in public hands has some 300 kB.
LONGEST_LINE = 1_000_000
# Rows of one import; a country's politicians are some ten thousand.
MOST_ROWS = 100_000
# Names of one person or position that are kept, and their longest; the rest are machine spellings.
MOST_NAMES = 30
LONGEST_NAME = 120
LONGEST_CITATION = 500
MOST_PROBLEMS = 50
COUNTRY_LENGTH = 2
FULL_DAY = 10


class Wanted(NamedTuple):
    """What of a file is wanted.

    Attributes:
        country: ISO 3166-1 alpha-2 of the position or, where it has none, of its holder; "" for every one.
        office: Words that the name of the position holds, whatever their case; "" for every one.
    """

    country: str = ""
    office: str = ""


EVERYTHING = Wanted()


class Imported(NamedTuple):
    """What came of a file.

    Attributes:
        rows: The tenures, in the order of the file.
        passed_over: By the reason, how many entities were left out: their schema, or why an occupancy tells nothing.
        dangling: Each occupancy whose holder or post is not in the file, with its line.
    """

    rows: tuple[Row, ...]
    passed_over: tuple[tuple[str, int], ...]
    dangling: tuple[Problem, ...]


class _Entity(NamedTuple):
    """A line of the file."""

    line: int
    id: str
    schema: str
    caption: str
    properties: Mapping[str, tuple[str, ...]]

    def first(self, name: str) -> str:
        """The first value of a property, or nothing."""
        return next(iter(self.properties.get(name, ())), "")


class _Post(NamedTuple):
    """A position that is wanted."""

    name: str
    variants: tuple[str, ...]
    country: str
    organization: str


class _Term(NamedTuple):
    """An occupancy of a position that is wanted."""

    line: int
    id: str
    holder: str
    post: _Post
    start: str | None
    end: str | None
    status: str
    citation: str


class _Holder(NamedTuple):
    """Somebody who holds a position, or the body that it is in."""

    name: str
    variants: tuple[str, ...]
    kind: str
    country: str
    died: str | None


def read_ftm(content: bytes, name: str) -> Register:
    """Read a FollowTheMoney file that a dossier uses: all of it, and whole.

    Raises:
        DossierError: Where a line is broken, or an occupancy has a holder or post that the file lacks.
    """
    imported = read_entities(lambda: BytesIO(content), name)
    found, problems = register(imported.rows)
    problems += imported.dangling
    if problems:
        raise DossierError(name, tuple(str(problem) for problem in sorted(problems)[:MOST_PROBLEMS]))
    return found


def read_entities(opened: Callable[[], BinaryIO], name: str, wanted: Wanted = EVERYTHING) -> Imported:
    """Read the tenures of a FollowTheMoney file.

    Args:
        opened: Gives the file from its start; it is called up to three times.
        name: What the file is called in messages.
        wanted: Which positions to take.

    Returns:
        The rows of a tenure table. Ids are slugs of the names; people of one name have digits of their own id at the
        end. An occupancy that has ended without saying when is left out: it would read as one that goes on.

    Raises:
        DossierError: Where a line is no entity, or there are too many; it names each problem with its line.
        OSError: Where the file cannot be read.
    """
    passed_over: Counter[str] = Counter()
    posts, other = _posts(opened, name, wanted, passed_over)
    terms, dangling = _terms(opened, name, posts, other, passed_over)
    holders = _holders(opened, name, {term.holder for term in terms} | {post.organization for post in posts.values()})
    rows: list[Row] = []
    for term, held_id in zip(terms, _ids(terms, holders), strict=True):
        holder = holders.get(term.holder)
        if holder is None:
            dangling.append(Problem(term.line, f"holder: '{term.holder}' of {term.id} is not in the file"))
            continue
        if wanted.country and (term.post.country or holder.country) != wanted.country.upper():
            continue
        row = _row(term, held_id, holder, holders)
        wrong = next(iter(check_row(row)), None)
        if wrong is not None:
            passed_over[f"{OCCUPANCY} with {wrong.sentence.partition(':')[0]} that makes no sense"] += 1
            continue
        rows.append(row)
    return Imported(_once(rows, passed_over), tuple(sorted(passed_over.items())), tuple(sorted(dangling)))


def _posts(
    opened: Callable[[], BinaryIO], name: str, wanted: Wanted, passed_over: Counter[str]
) -> tuple[dict[str, _Post], frozenset[str]]:
    """The positions that are wanted, and the ids of the others; every line is read, and what has no use counted."""
    posts: dict[str, _Post] = {}
    other: set[str] = set()
    for entity in _entities(opened, name, None):
        if entity.schema != POSITION:
            if entity.schema not in (OCCUPANCY, *HOLDERS):
                passed_over[entity.schema] += 1
            continue
        names, country = _names(entity), _country(entity)
        has_words = any(wanted.office.casefold() in each.casefold() for each in names)
        if names and has_words and country in ("", wanted.country.upper() or country):
            posts[entity.id] = _Post(names[0], names[1:], country, entity.first("organization"))
        else:
            other.add(entity.id)
    return posts, frozenset(other)


def _terms(
    opened: Callable[[], BinaryIO],
    name: str,
    posts: Mapping[str, _Post],
    other: frozenset[str],
    passed_over: Counter[str],
) -> tuple[list[_Term], list[Problem]]:
    """The occupancies of wanted positions, and those whose post is not there."""
    terms: list[_Term] = []
    dangling: list[Problem] = []
    for entity in _entities(opened, name, (OCCUPANCY,)):
        post, holder = entity.first("post"), entity.first("holder")
        if post not in posts:
            if post not in other and len(dangling) < MOST_PROBLEMS:
                dangling.append(Problem(entity.line, f"post: '{post}' of {entity.id} is not in the file"))
            continue
        start = _date(entity.first("startDate") or entity.first("periodStart"))
        end = _date(entity.first("endDate") or entity.first("periodEnd"))
        status = entity.first("status")
        if status == "ended" and end is None:
            passed_over[f"{OCCUPANCY} that ended nobody says when"] += 1
            continue
        if len(terms) == MOST_ROWS:
            problem = f"{entity.line}: more than {MOST_ROWS:,} tenures; name a country or an office"
            raise DossierError(name, (problem,))
        plain = status if status in ("current", "ended", "unknown") else ""
        shown = "" if plain == "current" and end is not None else plain
        citation = entity.first("sourceUrl") or entity.first("publisher") or f"FollowTheMoney, {entity.id}"
        terms.append(_Term(entity.line, entity.id, holder, posts[post], start, end, shown, citation[:LONGEST_CITATION]))
    return terms, dangling


def _holders(opened: Callable[[], BinaryIO], name: str, ids: set[str]) -> dict[str, _Holder]:
    """The people and bodies of these ids."""
    holders: dict[str, _Holder] = {}
    for entity in _entities(opened, name, HOLDERS):
        names = _names(entity)
        if entity.id in ids and names:
            kind = "person" if entity.schema == "Person" else "organization"
            died = _date(entity.first("deathDate"))
            holders[entity.id] = _Holder(names[0], names[1:], kind, _country(entity), died)
    return holders


def _ids(terms: list[_Term], holders: Mapping[str, _Holder]) -> Iterator[str]:
    """The id of each term's holder: the slug of his name; of several people with one slug, with digits of their own."""
    slugs = {each: slug(holders[each].name) for term in terms if (each := term.holder) in holders}
    shared = Counter(slugs.values())
    for term in terms:
        plain = slugs.get(term.holder, "")
        digits = sha256(term.holder.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]
        yield f"{plain}-{digits}" if shared[plain] > 1 else plain


def _row(term: _Term, held_id: str, holder: _Holder, holders: Mapping[str, _Holder]) -> Row:
    body = holders.get(term.post.organization)
    return Row(
        line=term.line,
        id=held_id,
        person=holder.name,
        variants=holder.variants,
        kind=holder.kind,
        country=holder.country or term.post.country,
        office=term.post.name,
        office_variants=term.post.variants,
        organization=term.post.organization if body is None else body.name,
        start=term.start,
        end=term.end,
        died=holder.died,
        status=term.status,
        citation=term.citation,
        checked=Checked.KNOWN,
    )


def _once(rows: list[Row], passed_over: Counter[str]) -> tuple[Row, ...]:
    """The rows without those that tell a tenure again."""
    kept: dict[tuple[str, str, str | None], Row] = {}
    countries: dict[str, str] = {}
    for row in rows:
        key = (row.id, row.office.casefold(), row.start)
        if key in kept:
            passed_over[f"{OCCUPANCY} told before"] += 1
        # Somebody without a country of his own has that of the first position.
        kept.setdefault(key, row._replace(country=countries.setdefault(row.id, row.country)))
    return tuple(kept.values())


def _entities(opened: Callable[[], BinaryIO], name: str, schemata: tuple[str, ...] | None) -> Iterator[_Entity]:
    """The entities of a file; of `schemata` only, where given. What is broken is told once every line was read."""
    problems: list[Problem] = []
    marks = [f'"{schema}"'.encode() for schema in schemata or ()]
    with opened() as stream:
        line = 0
        while content := stream.readline(LONGEST_LINE + 1):
            line += 1
            if len(content) > LONGEST_LINE:
                raise DossierError(name, (f"{line}: longer than {LONGEST_LINE:,} bytes; an entity is not",))
            if not content.strip() or (marks and not any(mark in content for mark in marks)):
                continue
            entity = _entity(content, line)
            if isinstance(entity, Problem):
                problems.append(entity)
                if len(problems) >= MOST_PROBLEMS:
                    break
            elif schemata is None or entity.schema in schemata:
                yield entity
    if problems:
        raise DossierError(name, tuple(map(str, problems)))


def _entity(content: bytes, line: int) -> _Entity | Problem:
    """A line as an entity, or what is wrong with it."""
    try:
        read: object = json.loads(content.decode("utf-8-sig" if line == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return Problem(line, f"byte {error.start} of the line is not UTF-8")
    except (ValueError, RecursionError) as error:
        return Problem(line, f"not JSON: {error}" if isinstance(error, ValueError) else "not JSON: nested too deep")
    if not isinstance(read, dict):
        return Problem(line, "not an entity; a line is {id, schema, properties}")
    for key in ("id", "schema"):
        if not isinstance(read.get(key), str) or not read[key]:
            return Problem(line, f"{key}: missing, or not some text")
    properties = read.get("properties", {})
    if not isinstance(properties, dict) or not all(isinstance(values, list) for values in properties.values()):
        return Problem(line, "properties: not a mapping of lists")
    caption = read.get("caption")
    plain = {
        key: tuple(_plain(value) for value in values if isinstance(value, str) and value.strip())
        for key, values in properties.items()
    }
    return _Entity(line, read["id"], read["schema"], _plain(caption) if isinstance(caption, str) else "", plain)


def _plain(text: str) -> str:
    """A value on one line, without the bar that parts the lists of a table."""
    return " ".join(text.replace("|", " ").split())


def _names(entity: _Entity) -> tuple[str, ...]:
    """The names of an entity, each once: its caption, else the first in Latin letters, else the first."""
    told = [each for name in NAMES for each in entity.properties.get(name, ()) if len(each) <= LONGEST_NAME]
    lead = entity.caption if entity.caption in told else next(filter(is_latin, told), None)
    if lead is not None:
        told.insert(0, lead)
    return tuple(dict.fromkeys(told))[:MOST_NAMES]


def _country(entity: _Entity) -> str:
    """The first country of an entity that has an ISO 3166-1 alpha-2 code, upper case; empty where it has none."""
    told = (each for name in COUNTRIES for each in entity.properties.get(name, ()))
    return next((each.upper() for each in told if len(each) == COUNTRY_LENGTH and each.isascii()), "")


def _date(text: str) -> str | None:
    """A date without its time; None where there is none."""
    return text[:FULL_DAY] or None
