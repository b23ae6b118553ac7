"""Tell when a web page was published and changed: its tree comes in, dates with where they stood go out.

htmldate decides; what the page itself shows to its readers, also in Russian and Ukrainian, is held against it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import islice

from dateparser.date import DateDataParser
from htmldate import find_date
from lxml.html import HtmlElement

from tallystick.model.document import Detail, Sureness
from tallystick.reading.formats.page_parts import Survey
from tallystick.values.dates import is_iso, published_date

__all__ = ["as_iso", "dates"]

# htmldate leaves out dates after "today" and would make the same page differ from day to day; so it gets a fixed end.
NEWEST = "2100-12-31"
# The web begins; htmldate takes no earlier date either.
OLDEST = "1995-01-01"
# Longer values of a field for a date hold something else.
LONGEST = 60
# A page may state its time in UTC and show the local day, which differs by one at most.
ZONES = 1
MONTH = (
    r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[^\W\d_]{0,9}"
)
SHOWN = re.compile(
    r"(?<!\d)(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)"
    r"|(?<![\d.])(?P<numbers>[0-3]?\d\.[01]?\d\.(?:19|20)\d\d)(?!\d)"
    rf"|(?<!\d)(?P<words>[0-3]?\d\.?\s{{1,3}}{MONTH}\.?,?\s{{1,3}}(?:19|20)\d\d)(?!\d)"
    rf"|(?P<english>{MONTH}\.?\s{{1,3}}[0-3]?\d(?:st|nd|rd|th)?,?\s{{1,3}}(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/-]|\Z)")
CHANGED = re.compile(r"updat|modif|edited|changed|обновл|измен[её]н|оновл|змінен", re.IGNORECASE)
# What a page calls the line in which it shows its date.
CALLED = re.compile(r"date|time|publish|posted|byline|meta|дата", re.IGNORECASE)
# Time elements looked at; an article has one or two, above its text.
MOST_TIMES = 8
BESIDE = "date shown beside the title"
FOUND = "date found on the page"
LOWER = {Sureness.STATED: Sureness.READ, Sureness.READ: Sureness.GUESSED, Sureness.GUESSED: Sureness.GUESSED}


def dates(tree: HtmlElement, url: str | None, named: Iterable[Detail], found: Survey) -> tuple[Detail, ...]:
    """Give when a page was published, then when it was changed, the best first.

    Args:
        tree: The page.
        url: Its address, or None.
        named: Dates in fields made for them, the best first.
        found: What the page shows.
    """
    decided = find_date(tree, extensive_search=False, original_date=True, url=url, max_date=NEWEST)
    stated = [*named, *_elements(tree, found)]
    published = [detail for detail in stated if detail.field == "published"]
    updated = [detail for detail in stated if detail.field == "updated"]
    for detail in _shown(found):
        (updated if detail.field == "updated" else published).append(detail)
    published += _of_address(url)
    return (*_checked(decided, published), *_distinct(updated))


def as_iso(value: str) -> str | None:
    """Give a date or a time in ISO 8601, or None where `value` is none that a page can have."""
    value = value.strip()
    if not 8 <= len(value) <= LONGEST:
        return None
    whole = re.sub(r"^(\d{4}-\d\d-\d\d)\s+(?=\d)", r"\1T", value)
    if is_iso(whole) and OLDEST <= whole[:10] <= NEWEST:
        return whole
    day = _first_day(value)
    return day.isoformat() if day else None


def _checked(decided: str | None, published: list[Detail]) -> tuple[Detail, ...]:
    """What htmldate says, with the time of day where a field gives it, then what disagrees with it."""
    day = published_date(decided)
    if day is None or decided is None:
        return _distinct(published)
    same = [detail for detail in published if published_date(detail.value) == day]
    same.sort(key=lambda detail: len(detail.value) <= len(decided))
    others = [detail for detail in published if not _agree(day, detail)]
    # No field bears htmldate out, which reads any script and any list of stories: then what is said of this article
    # goes before what else stands on the page.
    nearer = [] if same else [one for one in others if one.sureness is Sureness.STATED or one.how == BESIDE]
    if nearer:
        return (*_distinct(nearer), Detail("published", decided, FOUND, Sureness.GUESSED))
    best = same[0] if same else Detail("published", decided, FOUND, Sureness.READ)
    # An address is part of how htmldate decides: it confirms nothing.
    against = [detail for detail in others if detail.how != "page address"]
    if against:
        best = Detail("published", best.value, best.how, LOWER[best.sureness])
    return (best, *_distinct(others))


def _agree(day: date, detail: Detail) -> bool:
    """Whether a date is the day, or one beside it that another zone explains."""
    other = published_date(detail.value)
    return other is not None and abs((other - day).days) <= (ZONES if "T" in detail.value else 0)


def _distinct(details: Iterable[Detail]) -> tuple[Detail, ...]:
    """One a day, the first."""
    found: dict[str, Detail] = {}
    for detail in details:
        found.setdefault(detail.value[:10], detail)
    return tuple(found.values())


def _elements(tree: HtmlElement, found: Survey) -> Iterator[Detail]:
    """Dates in elements that are made for them and stand in no other article."""
    home = None if found.anchor is None else next(found.anchor.iterancestors("article"), None)
    for element in islice(tree.iter("time"), MOST_TIMES):
        value = as_iso(element.get("datetime") or "")
        itemprop = element.get("itemprop") or ""
        called = f"{itemprop} {element.get('class') or ''} {element.text or ''}"
        if value and itemprop in ("datePublished", "dateModified"):
            field = "updated" if itemprop == "dateModified" else "published"
            yield Detail(field, value, f"itemprop {itemprop}", Sureness.STATED)
        elif value and home is not None and _is_home(element, home):
            yield Detail("updated" if CHANGED.search(called) else "published", value, "time element", Sureness.READ)


def _shown(found: Survey) -> Iterator[Detail]:
    """The date that the page shows above its article, and that of the change."""
    home = None if found.anchor is None else next(found.anchor.iterancestors("article"), None)
    shown: list[tuple[bool, int, date]] = []
    changed = None
    for index, element, text in found.dated:
        if 0 <= found.anchored <= index:
            break
        day = _first_day(text)
        if day is None or not _is_home(element, home):
            continue
        if CHANGED.search(text):
            changed = changed or day
        elif _is_alone(text) or CALLED.search(f"{element.tag} {element.get('class') or ''} {text}"):
            shown.append((found.anchored >= 0 and _is_beside(index, element, found), index, day))
    if shown:
        beside, _, day = max(shown)  # the nearest to the text: a masthead shows today's date
        if beside:
            yield Detail("published", day.isoformat(), BESIDE, Sureness.READ)
        else:
            yield Detail("published", day.isoformat(), "date shown on the page", Sureness.GUESSED)
    if changed:
        yield Detail("updated", changed.isoformat(), "date shown on the page", Sureness.READ)


def _is_alone(text: str) -> bool:
    """Whether a short text is little else than a date."""
    match = SHOWN.search(text)
    return match is not None and len(match.group()) * 2 >= len(text.strip())


def _is_beside(index: int, element: HtmlElement, found: Survey) -> bool:
    """Whether an element stands between the title and the text, or in one block with the title."""
    if found.title is None:
        return False
    block = found.title.getparent()
    return index > found.titled or (block is not None and block in element.iterancestors())


def _is_home(element: HtmlElement, home: HtmlElement | None) -> bool:
    """Whether an element is of this article: a list of other stories has dates of its own."""
    around = next(element.iterancestors("article", "aside", "nav", "a"), None)
    return around is None or around is home


def _of_address(url: str | None) -> Iterator[Detail]:
    """The day in the path of an address."""
    match = IN_ADDRESS.search(url[:500]) if url else None
    if match:
        day = _day(int(match[1]), int(match[2]), int(match[3]))
        if day:
            yield Detail("published", day.isoformat(), "page address", Sureness.READ)


@lru_cache(maxsize=4096)
def _first_day(text: str) -> date | None:
    """The first date in a short text."""
    match = SHOWN.search(text)
    if match is None:
        return None
    span = match.group()
    if match.lastgroup == "iso":
        return _day(*map(int, span.split("-")))
    if match.lastgroup == "numbers":
        return _day(*map(int, reversed(span.split("."))))
    parsed = _parser().get_date_data(" ".join(span.replace(".", " ").split())).date_obj
    return parsed.date() if isinstance(parsed, datetime) and OLDEST <= parsed.date().isoformat() <= NEWEST else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _parser() -> DateDataParser:
    """A parser of whole dates alone: what is left out of one would come from today."""
    return DateDataParser(languages=["en", "ru", "uk"], settings={"STRICT_PARSING": True, "DATE_ORDER": "DMY"})
