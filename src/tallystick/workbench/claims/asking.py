"""Addresses of the table of claims: the query of an address comes in, what it asks for goes out, and back again."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from tallystick.model.claim import Status
from tallystick.model.dossier import Dossier
from tallystick.model.flag import SEVERITIES
from tallystick.storage.views.claim_filters import LATEST, Filter, Shown, Sort, SortKey
from tallystick.workbench.pages import query_of

__all__ = ["PATH", "SHOWN_WORDS", "SORTS", "Asked", "Chip", "Head", "asked", "category_words", "chips", "heads", "href",
           "plain", "query", "sort_name"]  # fmt: skip

PATH = "/claims"
# Longest value of a field: names of speakers and outlets are shorter, and an address must stay one.
LONGEST = 400
_PAGE = re.compile(r"[0-9]{1,7}")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
# The name in the address for each field of a filter, in the order in which chips are shown; with words for a reader.
FIELDS = (
    ("q", "text", "Words"), ("population", "population", "Population"), ("category", "category", "What"),
    ("status", "status", "Status"), ("speaker", "speaker", "Said by"), ("outlet", "outlet", "Outlet"),
    ("country", "country", "From country"), ("origin", "lineage", "Origin"), ("place", "place", "Place"),
    ("from", "since", "Published from"), ("to", "until", "Published to"), ("flag", "flag", "Flag"),
    ("severity", "severity", "Flagged at least"), ("review", "shown", "Review"), ("language", "language", "Language"),
)  # fmt: skip
# What each field may say, where that is fixed.
FIXED: Mapping[str, tuple[str, ...]] = {
    "status": tuple(Status), "severity": SEVERITIES, "shown": tuple(Shown),
}  # fmt: skip
SHOWN_WORDS: Mapping[Shown, str] = {
    Shown.COUNTING: "All that count", Shown.UNREVIEWED: "Not reviewed", Shown.REVIEWED: "Reviewed",
    Shown.ACCEPTED: "Accepted", Shown.EDITED: "Edited", Shown.SPLIT: "From a split", Shown.MERGED: "From a merger",
    Shown.ADDED: "Added", Shown.REJECTED: "Rejected", Shown.REPLACED: "Replaced by others",
    Shown.ANY: "All, also rejected ones",
}  # fmt: skip
SORTS: Mapping[str, str] = {
    "published-down": "Latest first", "published-up": "Earliest first", "value-down": "Greatest figure first",
    "value-up": "Smallest figure first", "category-up": "What, A to Z", "category-down": "What, Z to A",
    "speaker-up": "Said by, A to Z", "speaker-down": "Said by, Z to A", "outlet-up": "Outlet, A to Z",
    "outlet-down": "Outlet, Z to A", "place-up": "Place, A to Z", "place-down": "Place, Z to A",
    "sway-down": "Most hangs on it", "sway-up": "Least hangs on it", "doubt-down": "Most doubtful",
    "doubt-up": "Least doubtful",
}  # fmt: skip
# The columns: by what each is sorted at a press, its head, and whether the first press puts the greatest first.
HEADS: tuple[tuple[SortKey | None, str, bool], ...] = (
    (SortKey.VALUE, "Figure", True), (SortKey.CATEGORY, "What was counted", False), (None, "Status", False),
    (SortKey.SPEAKER, "Said by", False), (SortKey.OUTLET, "Outlet", False), (SortKey.PUBLISHED, "Day", True),
    (SortKey.PLACE, "Place", False), (None, "Review", False),
)  # fmt: skip


class Asked(NamedTuple):
    """What an address asks for; `page` counts from 1."""

    filter: Filter
    sort: Sort = LATEST
    page: int = 1


class Chip(NamedTuple):
    """A filter in force: its field, its value for a reader, and the address without it."""

    field: str
    value: str
    href: str


class Head(NamedTuple):
    """The head of a column: its key and words, the address sorted by it, and how the table is sorted by it now.

    `direction` is what `aria-sort` says: "ascending", "descending" or "none"; by what has no key nothing is sorted.
    """

    key: str
    words: str
    href: str
    direction: str


def asked(values: Mapping[str, str]) -> Asked:
    """Give what the query of an address asks for; what means nothing asks nothing."""
    held: dict[str, str] = {}
    for name, field, _ in FIELDS:
        value = values.get(name, "").strip()[:LONGEST]
        fixed = FIXED.get(field)
        dated = field not in ("since", "until") or _DAY.fullmatch(value)
        if value and dated and (fixed is None or value in fixed):
            held[field] = value
    shown = Shown(held.pop("shown", Shown.COUNTING))
    key, _, direction = values.get("sort", "").partition("-")
    known = f"{key}-{direction}" in SORTS
    number = values.get("page", "")
    page = int(number) if _PAGE.fullmatch(number) else 1
    return Asked(Filter(**held, shown=shown), Sort(SortKey(key), direction == "down") if known else LATEST, page)


def query(one: Asked) -> dict[str, str]:
    """Give the query of an address that asks for this, without the page, and without what is so by itself."""
    values = {name: str(getattr(one.filter, field)) for name, field, _ in FIELDS}
    if one.filter.shown is Shown.COUNTING:
        values["review"] = ""
    if one.sort != LATEST:
        values["sort"] = sort_name(one.sort)
    return {name: value for name, value in values.items() if value}


def sort_name(sort: Sort) -> str:
    """Give the name of an order as an address holds it: "value-down"."""
    return f"{sort.key}-{'down' if sort.descending else 'up'}"


def href(one: Asked, path: str = PATH, **changed: object) -> str:
    """Give the address that asks for this, with some of its query changed; "" and None take something away."""
    return path + query_of(query(one), **changed)


def plain(values: Mapping[str, str]) -> bool:
    """Whether a query says nothing but what it asks for: a form sends its empty fields too."""
    return all(values.values())


def chips(one: Asked, dossier: Dossier, population: str | None) -> tuple[Chip, ...]:
    """Give the filters in force.

    Args:
        one: What is asked for.
        dossier: Names the categories.
        population: The name of the population for a reader, where one is asked for and is there.
    """
    words = {
        "category": category_words(one.filter.category, dossier), "shown": SHOWN_WORDS[one.filter.shown],
        "population": population or one.filter.population,
    }  # fmt: skip
    held = query(one)
    return tuple(
        Chip(label, words.get(field, held[name]), href(one, **{name: ""}))
        for name, field, label in FIELDS
        if name in held
    )


def category_words(category: str, dossier: Dossier) -> str:
    """Give the name of a category for a reader; that of one that the dossier has no more, as it is."""
    return next((one.label for one in dossier.categories if one.id == category), category.replace("_", " "))


def heads(one: Asked) -> tuple[Head, ...]:
    """Give the heads of the columns; pressed again, one turns its order around."""
    made = []
    for key, words, first_down in HEADS:
        if key is None:
            made.append(Head("", words, "", "none"))
            continue
        now = one.sort.key is key
        down = not one.sort.descending if now else first_down
        direction = ("descending" if one.sort.descending else "ascending") if now else "none"
        made.append(Head(str(key), words, href(one, sort=sort_name(Sort(key, down))), direction))
    return tuple(made)
