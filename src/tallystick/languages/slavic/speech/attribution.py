"""Every act of reporting speech of a Russian or Ukrainian document, in order of content.

"По данным X", "X заявил, что ...", "..., сообщает X", "«...», — сказал X", "об этом сообщил X", "сообщили в X".
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tallystick.languages.language import Parse, Sentence, Token
from tallystick.languages.slavic.parsing import plain
from tallystick.languages.slavic.speech.sources import Source, is_medium, source_before, source_behind
from tallystick.languages.slavic.speech.subjects import can_speak, subject
from tallystick.languages.slavic.speech.words import Phrase, SpeechWords, speech_words
from tallystick.model.attribution import Attribution, Span
from tallystick.model.document import PassageKind

__all__ = ["attributions"]

# Kinds of act within this file: a medium that speaks, and a medium that another one cites.
CREDIT, CITED = "credit", "cited"
# "По его словам".
WORDS_OF = frozenset(("словам", "словами", "данным", "даними", "мнению", "оценке", "оценкам", "оцінками"))
# Words before a colon at most that name who speaks.
TITLED = 4
# Tokens behind a verb in which "что" stands.
THAT_REACH = 5
# Words of a full name at least: given name and surname.
NAME_WORDS = 2
# "Считается", "підтверджується": what stands before such a verb does not speak.
REFLEXIVE = ("тся", "ться")
# "Согласно ООН", "згідно з ООН": without a noun of telling only a name is a source.
BARE = frozenset(("з", "із", "зі"))


def attributions(code: str, parse: Parse) -> tuple[Attribution, ...]:
    """Give every act of speech of the document, in order of content.

    Args:
        code: "ru" or "uk".
        parse: The document.
    """
    reader = _Reader(parse, speech_words(code))
    found: list[Attribution] = []
    before: list[Attribution] = []
    for sentence in parse.sentences:
        if sentence.kind is PassageKind.HEADLINE:
            continue
        own = _with_relay(_parted(list(reader.of(sentence)), parse.document.text))
        if not own and before and reader.goes_on(sentence):
            own = [replace(before[-1], content=((sentence.start, sentence.end),))]
        found.extend(own)
        before = own
    return tuple(sorted(found, key=lambda one: one.content[0]))


def _with_relay(found: Sequence[Attribution]) -> list[Attribution]:
    """The acts of one sentence; a medium that reports what somebody else there says relays it."""
    media = [one for one in found if one.kind in (CREDIT, CITED)]
    if not media:
        return list(found)
    if len(found) == len(media):
        cited = [one for one in media if one.kind == CITED]
        own = [one for one in media if not any(other.via == one.speaker for other in cited)]
        return [replace(one, kind="indirect") for one in own]
    told = {one.content for one in found if one.kind not in (CREDIT, CITED)}
    relayed = []
    for one in found:
        if one.kind in (CREDIT, CITED):
            if one.content in told or any(other.via == one.speaker for other in found):
                continue  # "заявил Шойгу, передает ТАСС": of the same words Shoigu is the source
            relayed.append(replace(one, kind="indirect"))
        else:
            relayed.append(replace(one, via=one.via or media[0].speaker))
    return relayed


def _parted(found: Sequence[Attribution], text: str) -> list[Attribution]:
    """The acts of one sentence, two of which do not both hold for all of it: "влада визнає 200, активісти кажуть"."""
    parted = list(found)
    for k in range(len(parted) - 1):
        one, other = parted[k], parted[k + 1]
        if (
            one.content != other.content
            or "indirect" not in (one.kind, other.kind)
            or not (one.source and other.source)
        ):
            continue
        (start, end), begin = one.content[-1], other.source[0][0]
        if (
            one.kind == other.kind
            and one.cue[0][1] <= begin < other.cue[0][0]
            and text[:begin].rstrip()[-1:] in (",", ";")
        ):
            parted[k] = replace(one, content=(*one.content[:-1], (start, begin)))
            parted[k + 1] = replace(other, content=((begin, end),))
    return parted


class _Reader:
    """A document, and whom it has named so far."""

    def __init__(self, parse: Parse, words: SpeechWords) -> None:
        self.parse = parse
        self.words = words
        self.last = ""  # the speaker whom "он" stands for
        self.text = parse.document.text

    def of(self, sentence: Sentence) -> Iterator[Attribution]:
        """The acts of speech of a sentence."""
        tokens = sentence.tokens
        plains = [plain(token.lower) for token in tokens]
        taken: set[int] = set()
        titled = self._titled(sentence)
        if titled is not None:
            yield titled
        for at in range(len(tokens)):
            if at in taken:
                continue
            found = self._by_phrase(sentence, plains, at) or self._by_verb(sentence, plains, at)
            if found is not None:
                attribution, until = found
                taken.update(range(at, until))
                yield attribution

    def _titled(self, sentence: Sentence) -> Attribution | None:
        """Who stands before a colon at the start: "ООН: из Судана бежали 250 тысяч человек"."""
        tokens = sentence.tokens
        colon = next((at for at in range(1, min(len(tokens) - 1, TITLED + 1)) if tokens[at].text == ":"), None)
        if (
            colon is None
            or any(token.tag != "word" for token in tokens[:colon])
            or not can_speak(tokens[:colon], self.words)
        ):
            return None
        if not (tokens[0].text.isupper() or plain(tokens[0].lower) in self.words.sets["roles"]):
            return None
        source = Source(0, colon)
        self.last = self._name(tokens, source)
        content = ((tokens[colon + 1].start, sentence.end),)
        return Attribution(
            (self._span(tokens, source),), ((tokens[colon].start, tokens[colon].end),), content, self.last
        )

    def goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence goes on with the figures of the one before: "Из них 600 погибли"."""
        plains = tuple(plain(token.lower) for token in sentence.tokens[:3])
        return any(plains[: len(phrase)] == phrase for phrase in self.words.going_on)

    def _by_phrase(self, sentence: Sentence, plains: Sequence[str], at: int) -> tuple[Attribution, int] | None:
        """A phrase with its source: "по данным X", "со ссылкой на X"."""
        if any(_stands(phrase, plains, at) for phrase in self.words.anonymous):
            return None
        for phrases, cited in ((self.words.cited, True), (self.words.phrases, False)):
            phrase = next((one for one in phrases if _stands(one, plains, at)), None)
            if phrase is not None:
                return self._after_phrase(sentence, at, at + len(phrase), cited=cited)
        # "По его словам".
        his = plains[at] in ("по", "за") and at + 2 < len(plains) and plains[at + 1] in self.words.sets["possessive"]
        name = self.last or (self._named_before(sentence.start) if his else "")
        if his and plains[at + 2] in WORDS_OF and name:
            return self._made(sentence, None, (at, at + 3), name, "according_to"), at + 3
        return None

    def _after_phrase(self, sentence: Sentence, at: int, behind: int, *, cited: bool) -> tuple[Attribution, int] | None:
        source = source_behind(sentence.tokens, behind, self.words)
        bare = behind - at == 1 or plain(sentence.tokens[behind - 1].lower) in BARE
        if source is None or (bare and sentence.tokens[source.first].text.islower()):
            return None
        name = self._name(sentence.tokens, source)
        medium = is_medium(sentence.tokens[source.first : source.last], self.words)
        if not medium or not cited:
            self.last = name
        found = self._made(sentence, source, (at, behind), name, "according_to")
        if cited:
            # "Интерфакс со ссылкой на ЦТАК": of what somebody said both only tell.
            found = replace(found, via=self._relay(sentence, at), kind=CITED if medium else found.kind)
        return found, source.last

    def _relay(self, sentence: Sentence, at: int) -> str | None:
        """The medium that says what it cites: "сообщает ТАСС со ссылкой на ..."."""
        plains = [plain(token.lower) for token in sentence.tokens[:at]]
        for k in range(len(plains) - 1, -1, -1):
            if self.words.is_verb(plains[k]):
                source = source_behind(sentence.tokens[:at], k + 1, self.words) or source_before(
                    sentence.tokens, k, self.words
                )
                return None if source is None else self._name(sentence.tokens, source)
        # "Reuters со ссылкой на источники сообщает".
        source = source_before(sentence.tokens, at, self.words)
        return None if source is None or source.last != at else self._name(sentence.tokens, source)

    def _by_verb(self, sentence: Sentence, plains: Sequence[str], at: int) -> tuple[Attribution, int] | None:
        """A verb of saying with its subject before or behind it."""
        word = plains[at]
        passive = word in self.words.sets["passive"]
        if not passive and (not self.words.is_verb(word) or word.endswith(REFLEXIVE)):
            return None
        tokens = sentence.tokens
        if tokens[at].tag != "word" or (at and plains[at - 1] in ("чтобы", "щоб")):
            return None
        source, elided = subject(tokens, plains, at, self.words, passive=passive)
        name = self._resolved(tokens, source) if source is not None else self.last if elided else ""
        if not name:
            return None
        if word.startswith(self.words.giving) and not self._tells(tokens, plains, at, source):
            return None
        negated = word.startswith(self.words.denials)
        medium = source is not None and is_medium(tokens[source.first : source.last], self.words)
        kind = CREDIT if medium else "indirect"
        if not medium:
            self.last = name
        content = self._content(sentence, plains, at, source)
        cue = (tokens[at].start, tokens[at].end)
        spans = () if source is None else (self._span(tokens, source),)
        return Attribution(spans, (cue,), content, name, None, kind, negated), at + 1

    def _tells(self, tokens: Sequence[Token], plains: Sequence[str], at: int, source: Source | None) -> bool:
        """Whether a verb that may also hand over tells something: a medium's, or before "что" or a quotation."""
        if source is not None and is_medium(tokens[source.first : source.last], self.words):
            return True
        if source is not None and source.first > at and at and tokens[at - 1].text in ",—–":
            return True  # "сейчас, продолжал он, правительство"
        behind = plains[at + 1 : at + 1 + THAT_REACH]
        quoted = at > 1 and (tokens[at - 1].text in '»”"' or tokens[at - 2].text in '»”"')
        return quoted or (":" in behind or ("," in behind and any(word in self.words.sets["that"] for word in behind)))

    def _resolved(self, tokens: Sequence[Token], source: Source) -> str:
        """The name of a source, or of whom a pronoun stands for; "" where nobody was named."""
        if plain(tokens[source.first].lower) in self.words.sets["pronouns"]:
            return self.last or self._named_before(tokens[0].start)
        return self._name(tokens, source)

    def _named_before(self, start: int) -> str:
        """The first name of two or more capitalized words of the sentence before, which a pronoun may stand for."""
        k = bisect_right(self.parse.sentences, start, key=_begin) - 2
        if k < 0:
            return ""
        tokens = self.parse.sentences[k].tokens
        first = 0
        for at in range(len(tokens) + 1):
            if at < len(tokens) and tokens[at].tag == "word" and tokens[at].text[:1].isupper():
                continue
            if at - first >= NAME_WORDS:
                return self.text[tokens[first].start : tokens[at - 1].end]
            first = at + 1
        return ""

    def _content(self, sentence: Sentence, plains: Sequence[str], at: int, source: Source | None) -> tuple[Span, ...]:
        """What is said: behind "что" where it follows, else the sentence with its quotation; and what it points at."""
        tokens = sentence.tokens
        back = any(_stands(phrase, plains, k) for phrase in self.words.back for k in range(min(at, 4)))
        spans: list[Span] = []
        if back and sentence.index:
            before = self.parse.sentences[sentence.index - 1]
            if before.paragraph >= sentence.paragraph - 1 and before.kind is not PassageKind.HEADLINE:
                spans.append((before.start, before.end))
        edge = at + 1 if source is None or source.last <= at else source.last
        for k in range(edge, min(len(tokens) - 1, edge + 8)):
            if plains[k] in self.words.sets["that"] and tokens[k - 1].text == ",":
                return (*spans, (tokens[k].start, self._quote_end(sentence.end)))
        return (*spans, (self._quote_start(sentence.start), self._quote_end(sentence.end)))

    def _quote_start(self, start: int) -> int:
        """Where the quotation began that ends in the sentence."""
        quote = self._quote_at(start)
        return start if quote is None else quote[0]

    def _quote_end(self, end: int) -> int:
        """Where the quotation ends that the sentence begins, or that directly follows it."""
        quote = self._quote_at(end - 1) or self._quote_at(end + 1)
        return end if quote is None else max(end, quote[1])

    def _quote_at(self, offset: int) -> Span | None:
        k = bisect_right(self.parse.quotes, (offset, len(self.text))) - 1
        if k < 0:
            return None
        quote = self.parse.quotes[k]
        return quote if quote[0] <= offset < quote[1] else None

    def _made(
        self, sentence: Sentence, source: Source | None, cue: tuple[int, int], name: str, kind: str
    ) -> Attribution:
        tokens = sentence.tokens
        spans = () if source is None else (self._span(tokens, source),)
        content = (self._quote_start(sentence.start), sentence.end)
        return Attribution(spans, ((tokens[cue[0]].start, tokens[cue[1] - 1].end),), (content,), name, None, kind)

    def _span(self, tokens: Sequence[Token], source: Source) -> Span:
        return tokens[source.first].start, tokens[source.last - 1].end

    def _name(self, tokens: Sequence[Token], source: Source) -> str:
        """The source as written, without the quotation marks around all of it."""
        start, end = self._span(tokens, source)
        name = self.text[start:end].strip(" ,")
        bare = name.strip('«»"“”')
        return bare if bare.count("«") == bare.count("»") and bare.count('"') % 2 == 0 else name


def _begin(sentence: Sentence) -> int:
    return sentence.start


def _stands(phrase: Phrase, plains: Sequence[str], at: int) -> bool:
    return tuple(plains[at : at + len(phrase)]) == phrase
