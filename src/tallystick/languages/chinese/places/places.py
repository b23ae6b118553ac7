"""Where the counted of a Chinese figure are or go, and from which country they come."""

import re
from functools import cache

from tallystick.languages.chinese.places.countries import COUNTRIES_FILE, countries_in
from tallystick.languages.chinese.script.script import PACKAGE, folded
from tallystick.languages.language import Counted, Parse, PlaceReading, Sentence
from tallystick.languages.writing.words import lists
from tallystick.model.attribution import Span
from tallystick.model.claim import Ground
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["origin", "place"]

# Characters of a place at most.
LONGEST = 14
# Code points before the counted in which its country stands: 美国海军两艘军舰.
BEFORE = 8
# What stands between a country that sends and what it sends: 朝鲜已向俄罗斯派遣.
SENDER = re.compile(
    "(?:政府|当局|军方|方面)?(?:在[^，。；：！？]{1,12}?(?:年|月|日|期间))?(?:宣布|承诺|答应|表示)?(?:将|已|已经|还将|还|再|又|也|可能|计划|准备|决定|拟|曾|会|先后|至少|陆续|同意)*"
    "(?:(?:向|对|为|给)[^，。；：！？]{1,12})?(?:派遣|派出|增派|派|部署|输送|出动|调遣|投入|援助|捐赠|提供|运送|运来|运出|交付|出售|供应|拨款|转让)"
)
# Forces of a country that lose people of their own, and verbs by which they harm those of others.
FORCES = re.compile("(?:军队|军人|军|部队|士兵|官兵|方)(?P<between>[^，。；：！？]{0,24})$")
HARMS = re.compile("[打击杀炸射刺]死|击毙|杀[死害]|消灭|歼灭|俘|打伤|炸伤|逮捕|拘|抓")
# Before a country that is the goal and not the subject.
GOALS = frozenset("向对为给赴往到在从自与和")
STOPS = "，。；：！？、“”（）的了和与是有被把将已就共派"


@cache
def _pattern() -> re.Pattern[str]:
    held = lists(PACKAGE, COUNTRIES_FILE)

    def either(name: str) -> str:
        return "|".join(sorted(held[name], key=lambda word: (-len(word), word)))

    inner = f"[^{STOPS}0-9]{{0,{LONGEST}}}?"
    return re.compile(
        f"(?:{either('before')})(?P<named>{inner}(?:{either('ends')})+)"
        f"|(?:{either('before')})(?P<known>{either('known')})|(?P<whole>{either('wholes')})"
        f"|对(?P<struck>{inner}(?:{either('ends')})+|{either('known')})(?=发动|进行|实施|展开|发起)"
    )


def place(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> PlaceReading | None:
    """Give the place behind a preposition or a verb of motion that is nearest to the figure in its sentence."""
    if quantity.kind is QuantityKind.MONEY:
        return None
    text = folded(parse.document.text)
    found = [span for span in _places(text, sentence) if not (span[0] < quantity.end and quantity.start < span[1])]
    if counted.start is not None and counted.end is not None:
        found = [span for span in found if not (counted.start <= span[0] < counted.end)]
    if not found:
        return None
    before = [span for span in found if span[1] <= quantity.start]
    start, end = before[-1] if before else found[0]
    return PlaceReading(parse.document.text[start:end], (start, end))


def _places(text: str, sentence: Sentence) -> list[Span]:
    no_places = frozenset(lists(PACKAGE, COUNTRIES_FILE)["no_places"])
    found = [match.span(match.lastgroup or 0) for match in _pattern().finditer(text, sentence.start, sentence.end)]
    named = [span for span in found if text[span[0] : span[1]] not in no_places]
    behind = lists(PACKAGE, COUNTRIES_FILE)["before"]
    countries = [
        (start, end)
        for start, end, _ in countries_in(text, sentence.start, sentence.end)
        if text[max(sentence.start, start - 2) : start].endswith(tuple(behind))
        and not any(a <= start < b for a, b in named)
    ]
    return sorted((*named, *countries))


def origin(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> tuple[str, Ground] | None:
    """Give the country of the counted: in their own words, else just before the figure."""
    text = folded(parse.document.text)
    spans: list[Span] = []
    if counted.start is not None and counted.end is not None:
        spans.append((counted.start, counted.end))
    for start, end in spans:
        for first, last, code in countries_in(text, start, end):
            return code, Ground("origin", code, parse.document.text[first:last], first, last)
    return _sender(parse, sentence, quantity)


def _sender(parse: Parse, sentence: Sentence, quantity: Quantity) -> tuple[str, Ground] | None:
    """The country that sends what is counted: 朝鲜已向俄罗斯派遣1500名士兵."""
    text = folded(parse.document.text)
    for first, last, code in reversed(countries_in(text, sentence.start, quantity.start)):
        goal = text[max(sentence.start, first - 1) : first] in GOALS
        forces = FORCES.match(text, last, quantity.start)
        suffers = forces is not None and HARMS.search(forces["between"]) is None
        if not goal and (suffers or SENDER.match(text, last, quantity.start)):
            return code, Ground("origin", code, parse.document.text[first:last], first, last)
    return None
