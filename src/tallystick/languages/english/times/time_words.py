"""The English words that expressions of time are made of.

Takes nothing; gives closed tables of months, weekdays, numbers and the words around years, for `time_phrases`.
"""

__all__ = [
    "CLOSING_EDGES",
    "DAYS_AWAY",
    "DAY_PARTS",
    "DETERMINERS",
    "DIRECTIONS",
    "MONTHS",
    "NUMBERS",
    "OPENERS",
    "OPENING_EDGES",
    "ORDINALS",
    "SEASONS",
    "WEEKDAYS",
    "YEAR_CUES",
]

MONTH_NAMES = (
    "january february march april may june july august september october november december".split(),
    "jan feb mar apr may jun jul aug sep oct nov dec".split(),
)
MONTHS = {name: i + 1 for names in MONTH_NAMES for i, name in enumerate(names)} | {"sept": 9}
WEEKDAYS = {
    name: i for i, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}  # fmt: skip
SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "latter": -1}
DIRECTIONS = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}
NUMBERS = {
    name: i + 1 for i, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1}
DAYS_AWAY = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
# Words behind which four digits are a year.
YEAR_CUES = frozenset(
    "in since by during of from until till to and between before after through late early mid calendar fiscal for"
    " throughout year end around ( or".split()
)
OPENING_EDGES = frozenset("start beginning early".split())
CLOSING_EDGES = frozenset("end late".split())
# The words that an expression of time may begin with, digits apart: all others cost one look-up.
OPENERS = frozenset(
    (*MONTHS, *WEEKDAYS, *SEASONS, *ORDINALS, *DIRECTIONS, *NUMBERS, *DAYS_AWAY, *OPENING_EDGES, *CLOSING_EDGES)
) | {"weekend", "overnight"}
DAY_PARTS = frozenset("morning afternoon evening night".split())
# Words before a year that describes an event.
DETERMINERS = frozenset(("a", "the", "an", "'s", "’s", "their", "its", "his"))
