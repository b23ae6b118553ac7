"""Find the country that the counted people, arms or money of an English sentence come from.

Takes a quantity with what it counts; gives an ISO 3166-1 alpha-2 code with the words that say so: an adjective of
nationality, a noun for a people, "from" with a country, a possessor, or the country that sends, supplies or pays.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists, word_maps
from tallystick.languages.english.grammar.tagging import AUXILIARIES, is_verb
from tallystick.languages.english.places.inferred_origins import inferred_origin
from tallystick.languages.english.places.places import place
from tallystick.languages.language import Counted, Parse, Sentence, Token
from tallystick.model.claim import Ground
from tallystick.model.quantity import Quantity, QuantityKind
from tallystick.values.places import country_of, demonym

__all__ = ["origin"]

# Longest name of a country or a people, in tokens.
LONGEST = 4
# How far behind the counted "from" may stand, in tokens.
REACH = 4
# How far to the left of the figure its sender may stand, in tokens.
SENDER_REACH = 26
NAMES = frozenset(("NNP", "NNPS", "JJ", "NN", "NNS"))
# Whose subject gives away what is counted, or owns it.
SENDING = frozenset(
    "send deploy dispatch provide supply give pledge promise donate offer contribute have lose commit spend allocate"
    " deliver ship grant lend pay sell export withdraw pull announce station maintain earmark approve plan transfer"
    " evacuate recall invest finance fund suffer sustain".split()
)
# Words tagged as prepositions behind which a subject may stand: "that North Korea will send", "for Norway to pay".
SUBJECT_OPENERS = frozenset(("that", "for", "as", "if", "because", "while", "whether", "after", "before"))
# Prepositions behind which the counted's own country stands.
SOURCES = frozenset(("from", "of"))


def origin(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> tuple[str, Ground] | None:
    """Tell the country that the counted come from.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.

    Returns:
        The ISO 3166-1 alpha-2 code and its ground; None where the sentence gives no country.
    """
    reader = _Reader(parse, sentence, quantity, counted)
    stated = reader.in_phrase() or reader.possessor() or reader.source() or reader.sender() or reader.listed()
    if stated is not None or quantity.kind is not QuantityKind.COUNT:
        return stated
    return inferred_origin(parse, sentence, reader.first, counted, place(parse, sentence, quantity, counted))


class _Reader:
    """The words around one figure."""

    __slots__ = ("counted", "first", "money", "parse", "sentence", "stop", "tokens")

    def __init__(self, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> None:
        self.parse = parse
        self.sentence = sentence
        self.counted = counted
        self.money = quantity.kind is QuantityKind.MONEY
        self.tokens = sentence.tokens
        self.first = sentence.position(quantity.start)
        self.stop = sentence.position(max(quantity.end, counted.end or 0))

    def in_phrase(self) -> tuple[str, Ground] | None:
        """A nationality in the counted phrase: "North Korean soldiers", "Palestinians"."""
        if self.counted.start is not None and self.counted.end is not None:
            begin = self.sentence.position(self.counted.start)
            end = self.sentence.position(self.counted.end)
            if self.money and singular(self.counted.head) not in word_lists("places/origins.yaml")["paid"]:
                return None
            return self._first(begin, end, peoples=True) or self._group(begin, end)
        if self.counted.phrase is None:
            return None
        words = self.counted.phrase.split()
        for i in range(len(words)):
            for size in (2, 1):
                name = " ".join(words[i : i + size])
                code = demonym(name)
                if code is not None:
                    return code, Ground("origin", code, name)
        return None

    def _group(self, begin: int, end: int) -> tuple[str, Ground] | None:
        """A body or an armed group whose country is known: "Hezbollah fighters", "FBI agents"."""
        groups = word_maps("places/origins.yaml")["groups"]
        for i in range(begin, end):
            code = groups.get(self.tokens[i].lower)
            if code is not None and self.tokens[i].text[0].isupper():
                return code, Ground("origin", code, self.tokens[i].text, self.tokens[i].start, self.tokens[i].end)
        return None

    def possessor(self) -> tuple[str, Ground] | None:
        """The country that owns the counted: "Israel's 3,000 soldiers", "the North Korean 94th Brigade's 200"."""
        i = self.first - 1
        while i >= 0 and self.tokens[i].tag in ("JJ", "RB", "JJR", "IN", "JJS") and self.first - i < LONGEST:
            i -= 1
        if i > 0 and self.tokens[i].tag == "POS":
            return self._first(max(0, i - LONGEST), i, peoples=False)
        return self._body()

    def _body(self) -> tuple[str, Ground] | None:
        """The nationality of the body that the counted make up: "a Danish force of some 60 men"."""
        for i in range(self.first - 1, max(0, self.first - LONGEST), -1):
            if self.tokens[i].lower == "of" and self.tokens[i - 1].tag in ("NN", "NNS", "JJ"):
                begin = i - 1
                while begin > 0 and self.tokens[begin - 1].tag in NAMES and i - begin < LONGEST:
                    begin -= 1
                return self._first(begin, i - 1, peoples=False)
        return None

    def source(self) -> tuple[str, Ground] | None:
        """The country behind "from" or "of": "500 workers from Nepal", "citizens of France"."""
        for i in range(self.stop, min(len(self.tokens), self.stop + REACH)):
            token = self.tokens[i]
            if token.lower in SOURCES and not (self.money and token.lower == "of"):
                found = self._first(i + 1, self._name_end(i + 1, token.lower), peoples=False)
                if found is not None or token.lower == "from":
                    return found
            if token.tag in (".", ":", ","):
                return None
        return None

    def _name_end(self, i: int, preposition: str) -> int:
        """Where the name behind a preposition ends at the latest; "from the Danish envoy's house" names none."""
        end = i
        while end < len(self.tokens) and end - i < LONGEST and self.tokens[end].tag not in ("IN", "TO", ",", ".", ":"):
            if self.tokens[end].tag == "POS" and preposition == "from":
                return i
            end += 1
        return end

    def sender(self) -> tuple[str, Ground] | None:
        """The country that is subject of the verb of sending or paying before the figure."""
        tokens = self.tokens
        verb = None
        for i in range(self.first - 1, max(-1, self.first - SENDER_REACH), -1):
            if tokens[i].tag in (".", ":") or tokens[i].lower == "where":
                return None
            if tokens[i].lower in AUXILIARIES and i + 1 < len(tokens) and tokens[i + 1].tag in ("VBN", "RB"):
                continue
            if (is_verb(tokens[i].tag) or (tokens[i - 1 : i] and tokens[i - 1].lower == "to")) and verb_base(
                tokens[i].lower
            ) in SENDING:
                verb = i
            elif verb is not None and tokens[i].text[0].isupper() and not self._led_away(i):
                found = self._at(i) or self._group(i, i + 1)
                if found is not None:
                    return found
        return None

    def listed(self) -> tuple[str, Ground] | None:
        """The country that opens its part of a list: "Norway promised 60 nurses; Chile, 45; Kenya, 30"."""
        mark = self.first - 1
        if mark < 1 or self.tokens[mark].text not in (",", ":") or not self.tokens[mark - 1].text[0].isupper():
            return None
        found = self._at(mark - 1)
        if found is None or found[1].start is None:
            return None
        opens = self.sentence.position(found[1].start)
        return found if opens == 0 or self.tokens[opens - 1].tag in (":", "CC") else None

    def _led_away(self, i: int) -> bool:
        """Whether a preposition stands before the name: it is no subject."""
        while i > 0 and (tokens_tag := self.tokens[i - 1].tag) in ("DT", "NNP", "JJ"):
            i -= 1
            if tokens_tag == "DT":
                break
        return i > 0 and self.tokens[i - 1].tag in ("IN", "TO") and self.tokens[i - 1].lower not in SUBJECT_OPENERS

    def _at(self, end: int) -> tuple[str, Ground] | None:
        """The country or people whose name ends with token `end`."""
        for size in range(LONGEST, 0, -1):
            begin = end + 1 - size
            if begin >= 0:
                found = self._named(begin, end + 1, peoples=False) or self._named(begin, end + 1, peoples=True)
                if found is not None:
                    return found
        return None

    def _first(self, begin: int, end: int, *, peoples: bool) -> tuple[str, Ground] | None:
        """The first country, or people, named in tokens [begin, end); the longest name where several begin there."""
        for i in range(begin, end):
            if not _capital(self.tokens, i):
                continue
            for stop in range(min(end, i + LONGEST), i, -1):
                found = self._named(i, stop, peoples=True) or (None if peoples else self._named(i, stop, peoples=False))
                if found is not None:
                    return found
        return None

    def _named(self, begin: int, end: int, *, peoples: bool) -> tuple[str, Ground] | None:
        start, stop = self.tokens[begin].start, self.tokens[end - 1].end
        name = self.parse.document.text[start:stop]
        code = demonym(name) if peoples else country_of(name)
        return None if code is None else (code, Ground("origin", code, name, start, stop))


def _capital(tokens: Sequence[Token], i: int) -> bool:
    """Whether a name may begin at token `i`; peoples are capitalized always."""
    return tokens[i].text[0].isupper()
