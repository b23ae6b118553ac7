"""Tell the numbers that only name: "Article 51", "Su-35", "the 2300 block", "Image 3 of 10", "+7 495", rows of tables.

Takes the figures of a sentence in order; gives a `Sort` where one of them counts nothing because it is a name.
"""

from tallystick.languages.english.grammar.inflection import word_lists
from tallystick.languages.english.numbers.age_kinds import Ages
from tallystick.languages.english.numbers.figures import Sort
from tallystick.model.quantity import QuantityKind

__all__ = ["Names"]

NAMES = frozenset(("NNP", "NNPS"))
# Longer runs of digits without separators are keys: identity numbers, account numbers, addresses of messages.
LONGEST_COUNT = 14
# Most groups of a telephone number, most links of a model's name ("B737-200").
GROUPS = 6
NOUN_TAGS = frozenset(("NN", "NNS", "NNPS"))
# Headlines write every word with a capital: "3 Shot On Main Street".
NOT_IN_NAMES = frozenset("on in at near by off along shot killed dead hurt injured wounded die arrested".split())
STREET_TAGS = frozenset(("NNP", "NNPS", "CD", "JJ", "."))
MOST_DIGITS_OF_NAME = 5
# Words that lie between the number of a house and "Street".
STREET_REACH = 4
OWNERS = frozenset(("the", "'s", "’s", "its", "their", "'", "’"))
POSTAL = frozenset(("zip", "postcode", "zipcode"))
# These stand before the name: "22 Rue Royale".
FRENCH_STREETS = frozenset(("rue", "ave", "avenue", "boulevard", "via", "calle"))
EMERGENCY = frozenset(("911", "999", "112", "110", "119", "113"))
# What follows the country of a number that is dialed: "+7 495", "+82-2", "+44 (0)".
DIALED = frozenset("0123456789-(")
CALLS = frozenset("call called calling calls caller callers dial dialed dialled dispatcher operator operators".split())
CALLS_BEFORE = frozenset("call called calling calls dial dialed dialled dialing phoned the a phone".split())
# Number words that name: "number two", "level three", "Force One"; above, a word counts.
LAST_NAMING_WORD = 20
# What links the letters of a model's name to its number: "Su-35", "ID.3".
LINKS = frozenset(("-", "–", "/", "."))
SPREAD_MARKS = (["of"], ["/"], ["of", "/"])


class Names(Ages):
    """A figure between its neighbors, asked whether it is a name or a number to call."""

    __slots__ = ()

    def phone(self) -> Sort | None:
        """Groups of digits with hyphens, a plus sign before them, or an emergency number that is called."""
        figure = self.figure
        if figure.form != "digits":
            return None
        groups, at = 1, figure.last
        while self.word(at) == "-" and self.word(at + 1).isdecimal() and groups < GROUPS:
            groups, at = groups + 1, at + 2
        at = figure.first
        while at >= 2 and self.word(at - 1) == "-" and self.word(at - 2).isdecimal() and groups < GROUPS:
            groups, at = groups + 1, at - 2
        plus = at > 0 and self.tokens[at - 1].text == "+" and self.tokens[at - 1].end == self.tokens[at].start
        plus = plus and self.word(at).isdecimal() and self.word(figure.last)[:1] in DIALED
        called = self.word(figure.first) in EMERGENCY and (self.before in CALLS_BEFORE or self.after in CALLS)
        area = self.before == "(" and self.after == ")" and self.word(self.behind + 1).isdecimal()
        area = area and self.word(self.behind + 2) == "-"
        return Sort(QuantityKind.PHONE) if groups > 2 or plus or called or area else None

    def designation(self) -> Sort | None:
        """A number that is part of a name."""
        figure = self.figure
        if self.hung and self.hung.split("-")[0] in word_lists("numbers/quantities.yaml")["describing"]:
            return Sort(QuantityKind.DESIGNATION, cue=figure.last - (1 if figure.rest else 0), attached=self.attached)
        if figure.upper is not None:
            return self._address() if figure.form == "digits" else None
        if figure.vague:
            return None
        if figure.form == "words":
            small = figure.value <= LAST_NAMING_WORD and figure.scale == 1
            return self._channel() or self._designated() if small else None
        if figure.form != "digits":
            return None
        for test in (
            self._linked, self._serial, self._unit, self._counter, self._address, self._row, self._designated,
        ):  # fmt: skip
            found = test()
            if found is not None:
                return found
        return None

    def _channel(self) -> Sort | None:
        """A number word with a capital behind the letters of a broadcaster: "BBC One"."""
        first = self.figure.first
        if not first or not self.tokens[first].text[0].isupper() or self.tokens[first].text.isupper():
            return None
        letters = self.tokens[first - 1].text
        if self.behind < len(self.tokens) and self.tokens[self.behind].tag in (*NOUN_TAGS, "NNP", "JJ"):
            # "SHOOTING Three people": a headline has run into the text.
            return None
        return Sort(QuantityKind.DESIGNATION, cue=first - 1) if letters.isupper() and len(letters) > 2 else None

    def _linked(self) -> Sort | None:
        """Letters that touch the number, before or behind, or stand at the head of a chain of hyphens: "B737-200"."""
        figure = self.figure
        at = figure.first - 1
        for _ in range(GROUPS):
            if at < 0 or self.tokens[at].end != self.tokens[at + 1].start:
                break
            token = self.tokens[at]
            if token.lower == "sub":
                # "sub-500 rooms"
                break
            if token.text[-1].isalpha():
                return Sort(QuantityKind.DESIGNATION, cue=at)
            if token.text not in LINKS and not token.text.isdecimal():
                break
            at -= 1
        following = self.tokens[figure.last] if figure.last < len(self.tokens) else None
        if following is None or following.start != figure.end or not following.text[0].isalpha():
            return None
        plain = not figure.rest and figure.scale == 1 and following.lower != "s"
        return Sort(QuantityKind.DESIGNATION, cue=figure.last) if plain else None

    def _serial(self) -> Sort | None:
        """A key, the number of a point in a list, or of a channel: "3. Why it matters", "NBC 7's"."""
        figure = self.figure
        text = self.tokens[figure.first].text
        if not text.isdecimal() or figure.scale > 1 or figure.last - figure.first > 1:
            return None
        if len(text) >= LONGEST_COUNT:
            return Sort(QuantityKind.DESIGNATION)
        if figure.first == 0 and self.after in (".", ")") and len(text) <= 2:
            return Sort(QuantityKind.DESIGNATION, cue=self.behind)
        previous = self.tokens[figure.first - 1] if figure.first else None
        capitals = previous is not None and previous.text.isupper() and len(previous.text) > 1
        # "NBC 7's", "UNSC 2397 and"
        named = self.after in ("'s", "’s") or (len(text) > 2 and self.after in ("", ",", ".", ";", ")", "and", "or"))
        if capitals and previous is not None and previous.tag in NAMES and named:
            return Sort(QuantityKind.DESIGNATION, cue=figure.first - 1)
        if self.after in POSTAL:
            return Sort(QuantityKind.DESIGNATION, cue=self.behind)
        if self._is_index() or self._is_disease():
            return Sort(QuantityKind.DESIGNATION, cue=figure.first - 1)
        return None

    def _is_index(self) -> bool:
        """Whether the number ends the name of an index: "S&P 500"."""
        first = self.figure.first
        return first > 1 and self.tokens[first - 1].text == "P" and self.tokens[first - 2].text == "&"

    def _is_disease(self) -> bool:
        """Whether the number ends a name whose hyphen has gone astray: "COVID -19"."""
        first = self.figure.first
        if first < 2 or self.tokens[first - 1].text != "-" or self.tokens[first - 1].end != self.figure.start:
            return False
        return self.tokens[first - 2].lower == "covid"

    def _unit(self) -> Sort | None:
        """The number of a unit or a body without "th": "the 810 Marine Brigade", "the 1718 Committee"."""
        text = self.tokens[self.figure.first].text
        if not text.isdecimal() or self.figure.scale > 1 or self.hung:
            return None
        units = word_lists("numbers/quantities.yaml")["unit_nouns"]
        for at in range(self.behind, min(len(self.tokens), self.behind + STREET_REACH)):
            if not self.tokens[at].text[0].isupper() or self.word(at) in NOT_IN_NAMES:
                return None
            if self.word(at) in units:
                following = self.tokens[at + 1].tag if at + 1 < len(self.tokens) else ""
                return None if following in NOUN_TAGS else Sort(QuantityKind.DESIGNATION, cue=at)
        return None

    def _counter(self) -> Sort | None:
        """The numbers of "Image 3 of 10" and "1 / 4"."""
        figure = self.figure
        if self.at and self.earlier is not None and self.earlier.kind is QuantityKind.DESIGNATION:
            between = [token.lower for token in self.tokens[self.figures[self.at - 1].last : figure.first]]
            if between in SPREAD_MARKS and figure.value >= self.figures[self.at - 1].value:
                return Sort(QuantityKind.DESIGNATION, cue=self.figures[self.at - 1].last)
        if self.after == "/" and self.at + 1 < len(self.figures) and self.tokens[self.behind].start > figure.end:
            later = self.figures[self.at + 1]
            if later.first == self.behind + 1 and figure.value <= later.value:
                return Sort(QuantityKind.DESIGNATION, cue=self.behind)
        return None

    def _address(self) -> Sort | None:
        """The number of a house or a block: "the 2300 block of", "at 6175 West 20th Avenue"."""
        figure = self.figure
        text = self.tokens[figure.first].text
        single = figure.last - figure.first == 1 or figure.upper is not None
        if not text.isdecimal() or len(text) > MOST_DIGITS_OF_NAME or not single:
            return None
        if self.after in FRENCH_STREETS and self.word(self.behind + 1)[:1].isalpha():
            named = self.tokens[self.behind].text[0].isupper() and self.tokens[self.behind + 1].text[0].isupper()
            if named:
                return Sort(QuantityKind.DESIGNATION, cue=self.behind)
        if self.after == "block" and (self.before == "the" or self.word(self.behind + 1) == "of"):
            return Sort(QuantityKind.DESIGNATION, cue=self.behind)
        streets = word_lists("numbers/quantities.yaml")["streets"]
        for step in range(STREET_REACH):
            at = self.behind + step
            if at >= len(self.tokens) or not (self.tokens[at].text[0].isupper() or self.tokens[at].text[0].isdigit()):
                if at < len(self.tokens) and self.tokens[at].text == "." and step:
                    continue
                return None
            ends = step and self.word(at).rstrip(".") in streets
            named = self.tokens[at].tag in STREET_TAGS or self.tokens[at].text[0].isdigit() or len(self.word(at)) == 1
            if not ends and (not named or self.word(at) in NOT_IN_NAMES):
                return None
            if ends:
                people = at + 1 < len(self.tokens) and self.tokens[at + 1].tag == "NNS"
                return None if people else Sort(QuantityKind.DESIGNATION, cue=at)
        return None

    def _row(self) -> Sort | None:
        """A number between others with nothing but blanks between: a row of a table."""
        figures, at = self.figures, self.at
        run = 1
        for step in (-1, -2):
            if at + step < 0 or figures[at + step].last != figures[at + step + 1].first:
                break
            run += 1
        for step in (1, 2):
            if at + step >= len(figures) or figures[at + step].first != figures[at + step - 1].last:
                break
            run += 1
        return Sort(QuantityKind.DESIGNATION) if run > 2 else None

    def _designated(self) -> Sort | None:
        """A designator before the number."""
        figure = self.figure
        lists = word_lists("numbers/quantities.yaml")
        at = figure.first - 1
        if at > 0 and self.tokens[at].text in (".", "#"):
            at -= 1
        if at < 0:
            return None
        token = self.tokens[at]
        if token.text == "#" or self.before == "#":
            return Sort(QuantityKind.DESIGNATION, cue=at)
        if token.lower in ("top", "bottom") and at and self.tokens[at - 1].lower in OWNERS:
            listed = self.behind < len(self.tokens) and self.tokens[self.behind].tag == "NNS"
            # "The top three seeds" are three and no figure that anybody claims.
            return Sort(QuantityKind.PRONOUN if listed else QuantityKind.DESIGNATION, cue=at)
        capital = figure.form == "digits" or self.tokens[figure.first].text[0].isupper()
        if token.lower == "of" and at and self.tokens[at - 1].text == "Group" and capital:
            return Sort(QuantityKind.DESIGNATION, cue=at - 1)
        if token.text == "Big" and capital:
            return Sort(QuantityKind.DESIGNATION, cue=at)
        if token.lower in ("no", "nos") and (self.before != "." or figure.form == "words"):
            return None
        if token.lower not in lists["designators"] or "," in self.tokens[figure.first].text or figure.scale > 1:
            return None
        numbered = token.lower in ("number", "level", "phase", "stage", "grade")
        if token.lower in lists["capital_designators"] and (not token.text[0].isupper() or at == 0):
            spelled = numbered and figure.form == "words"
            if not spelled:
                return None
        if figure.form == "words" and not numbered and not token.text[0].isupper():
            return None
        noun = self.behind < len(self.tokens) and self.tokens[self.behind].tag == "NNS"
        counts = noun and not token.text[0].isupper() and not (numbered and figure.form == "words")
        return None if counts else Sort(QuantityKind.DESIGNATION, cue=at)
