"""Read the status of a figure in Korean text: plan, fact, possibility or denial, with aspect and measure.

Takes a figure with its sentence; gives a `StatusReading` with its grounds. Korean puts the predicate behind the figure:
the first one with a tense or a mood of its own decides; connectives without one ("파견하고") take that of the next.
"""

from functools import cache

from tallystick.languages.korean.grammar.clauses import is_modifier
from tallystick.languages.korean.grammar.eojeols import PACKAGE, Eojeol, Role, eojeols, is_verb
from tallystick.languages.korean.status.endings import (
    is_active,
    is_future_adnominal,
    is_past,
    is_past_adnominal,
    is_present,
    wishes,
)
from tallystick.languages.korean.status.measures import aspect_of, measure_of
from tallystick.languages.language import Counted, Parse, Sentence, StatusReading
from tallystick.languages.writing.words import lists
from tallystick.model.claim import Ground, Status
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["FILE", "starts_with", "status"]

FILE = "status/status.yaml"
# How far behind its figure a predicate is looked for, in eojeols.
REACH = 40
# How far before it a noun that it is the size of, or a verb that modifies what is counted.
BEFORE = 5
# How what somebody says ends.
CLOSERS = ("다고", "라고", "라며", "다며", "다면서", "라면서", "다는", "라는")
# Verbs in -ㄹ that modify what is counted.
PLANNED_ENDINGS = ("할", "될", "시킬", "보낼", "받을", "들일", "떠날", "나설", "맡을")
# Words that a figure and its particle are written around.
CLASSIFIERS = ("명", "여명", "인", "여 명")
# First syllables of particles and of the copula behind a noun: "것이라고", "수밖에".
PARTICLE_STARTS = "이가은는을를도의으로에밖같인입라다었였까"
# "...한다는 게 서울시 계획이다": how far behind its verb the noun of a plan stands, in eojeols.
PLAN_REACH = 6
Decision = tuple[Status, Eojeol | None, int]


@cache
def starts_with(name: str) -> tuple[str, ...]:
    """A list of the status words, for `str.startswith`."""
    return lists(PACKAGE, FILE)[name]


@cache
def _held(name: str) -> frozenset[str]:
    return frozenset(lists(PACKAGE, FILE)[name])


def status(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> StatusReading:
    """Tell whether `quantity` is planned, actual, possible or denied in its own sentence.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.
    """
    words = eojeols(parse.document.text, sentence.start, sentence.end)
    at = next((k for k, word in enumerate(words) if word.end > quantity.start), len(words) - 1)
    # "3명의 부상자": what is counted is no predicate.
    begin = next((k for k in range(at + 1, len(words)) if counted.end is None or words[k].start >= counted.end), at)
    begin = max(at + 1, begin)
    decided = _sized(words, at) or _agent(words, begin) or _predicate(words, at, begin, quantity)
    value, cue, last = decided
    aspect, aspect_cue = aspect_of(words, at, last, value)
    measure = measure_of(words, at, last, value, is_capacity=cue is not None and cue.stem in _held("capacity_sizes"))
    if cue is None:
        grounds = [Ground("status", str(value), "no word of a plan or a doubt")]
    else:
        grounds = [Ground("status", str(value), cue.text, cue.start, cue.end)]
    if aspect is not None and aspect_cue is not None:
        grounds.append(Ground("aspect", str(aspect), aspect_cue.text, aspect_cue.start, aspect_cue.end))
    if measure is not None:
        grounds.append(Ground("measure", str(measure), "the words beside the figure"))
    return StatusReading(value, aspect, measure, tuple(grounds))


def _sized(words: tuple[Eojeol, ...], at: int) -> Decision | None:
    """What a noun or an adnominal before the figure makes of it: "모집 목표액을 700억원", "파견할 병력 1만명"."""
    for k in range(at - 1, max(at - BEFORE, -1), -1):
        word = words[k]
        near = at - k
        if word.stem in _held("capacity_sizes"):
            return Status.POSSIBLE, word, at
        if word.stem in _held("possible_sizes"):
            return Status.POSSIBLE, word, at
        if word.text in _held("planned_adnominals"):
            return Status.PLANNED, word, at
        if word.stem in _held("planned_sizes") and (word.role != Role.NONE or near <= 2):
            return Status.PLANNED, word, at
        follower = words[k + 1].text
        if word.text.endswith(PLANNED_ENDINGS) and not follower.startswith(
            (*starts_with("possible_nouns"), *starts_with("planned_nouns"), "때")
        ):
            return Status.PLANNED, word, at
        if word.text.endswith(("되는", "하는", "가는")) and k and _is_future(words, k):
            return Status.PLANNED, word, at
        if word.closes.startswith(",") or is_past(word.text):
            return None
    return None


def _is_future(words: tuple[Eojeol, ...], at: int) -> bool:
    """Whether a word before `at` in its clause puts it into the future."""
    return any(word.text in _held("future") for word in words[max(0, at - BEFORE) : at])


def _agent(words: tuple[Eojeol, ...], begin: int) -> Decision | None:
    """Those counted ask or say something themselves, and are there: "주민 100명은 사과를 요구했다"."""
    last = begin - 1
    if begin < len(words) and words[last].role == Role.NONE and words[begin].text.startswith(CLASSIFIERS):
        last = begin
    if words[last].role not in (Role.TOPIC, Role.SUBJECT):
        return None
    for word in words[last + 1 :]:
        if word.text.startswith(starts_with("possible_predicates")) and word.text.endswith(("다", "고", "며")):
            asks = word.text.startswith(starts_with("asking"))
            return (Status.ACTUAL, word, last) if asks and is_active(word.text) else None
        if is_past(word.text) or is_modifier(word):
            return None
    return None


def _predicate(words: tuple[Eojeol, ...], at: int, begin: int, quantity: Quantity) -> Decision:
    """The first predicate behind the figure that has a tense or a mood."""
    if any(word.text in _held("supposing") for word in words[:at]):
        return Status.POSSIBLE, next(word for word in words if word.text in _held("supposing")), at
    if words[at].role == Role.GENITIVE and at + 1 < len(words) and "%" in words[at + 1].text:
        # "260만명의 5%인 13만명": the whole of a share stands whatever is done with the share.
        return Status.ACTUAL, words[at], at
    stop = min(len(words), at + REACH)
    for k in (at, *range(begin, stop)):
        found = _mood(words, k, quantity)
        if found is not None:
            return found, words[k], min(k + 1, stop - 1)
        if k > at and _is_settled(words, at, k):
            return Status.ACTUAL, words[k], k
        text = words[k].text
        if text.endswith(("다는", "라는")) and any(
            word.text.startswith(starts_with("plans")) for word in words[k + 1 : k + PLAN_REACH]
        ):
            return Status.PLANNED, words[k], k
        if is_present(text):
            planned = text.startswith(starts_with("eventive"))
            return (Status.PLANNED if planned else Status.ACTUAL), words[k], k
        if text.endswith(CLOSERS) or text[-2:] in ('"고', "”고"):
            return Status.ACTUAL, words[k], k
    return Status.ACTUAL, None, stop - 1


def _is_settled(words: tuple[Eojeol, ...], at: int, k: int) -> bool:
    """Whether the word at `k` tells a fact: a past tense, or a casualty's predicate."""
    word = words[k]
    if is_past(word.text):
        return True
    if _is_relative(words, at, k):
        return True
    if k and word.text.startswith("있") and words[k - 1].text.endswith("고"):
        return True
    follower = words[k + 1].text if k + 1 < len(words) else ""
    if (
        is_past_adnominal(word.text)
        and follower.startswith(("것", "가운데", "상태", "데", "적", "바", "혐의"))
        and word.role == Role.NONE
    ):
        return True
    return word.text.startswith((*starts_with("killed"), *starts_with("wounded"))) and word.text.endswith(
        ("고", "며", ",", "해")
    )


def _is_relative(words: tuple[Eojeol, ...], at: int, k: int) -> bool:
    """Whether the verb at `k` tells of the figure within a clause about somebody else: "1만명을 파견한 북한은"."""
    if k + 1 >= len(words) or words[at].role not in (Role.OBJECT, Role.SUBJECT):
        return False
    word, follower = words[k], words[k + 1]
    if (
        word.role != Role.NONE
        or word.text.startswith(starts_with("holding"))
        or not is_verb(word.text)
        or not is_past_adnominal(word.text)
    ):
        return False
    return follower.role in (Role.TOPIC, Role.SUBJECT) and not follower.text.startswith("것")


def _mood(words: tuple[Eojeol, ...], k: int, quantity: Quantity) -> Status | None:
    """The plan, possibility or denial that the word at `k` tells, with the words behind it."""
    text = words[k].text
    follower = words[k + 1].text if k + 1 < len(words) else ""
    after = words[k + 2].text if k + 2 < len(words) else ""
    if text.endswith("기로"):
        return Status.PLANNED
    future = _future(text, follower, after)
    if future is not None:
        return future
    if "겠" in text or text.endswith(("려고", "려는", "려던", "고자")):
        return Status.PLANNED
    if wishes(text) or text.endswith(("을지", "할지", "될지", "릴지", "갈지", "을까", "할까", "될까")):
        return Status.POSSIBLE
    if text.endswith(("하라고", "내라고", "으라고", "보내라고")):
        return Status.POSSIBLE if follower.startswith(starts_with("asking")) else Status.PLANNED
    if text.endswith("면") and not text.endswith(starts_with("not_conditions")):
        return Status.POSSIBLE
    denied = _denial(text, follower, after)
    if denied is not None:
        return denied
    return _by_noun(words, k, quantity)


def _future(text: str, follower: str, after: str) -> Status | None:
    """What an adnominal in -ㄹ and the noun behind it tell: "파견할 예정", "이를 수 있다", "1만명일 것으로"."""
    if is_past(text) or not is_future_adnominal(text, follower):
        return None
    if follower.startswith(("것을", "것도")):
        if after.startswith(starts_with("possible_predicates")):
            return Status.POSSIBLE
        return Status.PLANNED
    if _begins(follower, starts_with("possible_nouns")):
        return Status.POSSIBLE
    if _begins(follower, starts_with("planned_nouns")):
        return Status.PLANNED
    return None


def _begins(word: str, nouns: tuple[str, ...]) -> bool:
    """Whether `word` is one of `nouns`, or goes on from it; a noun of one syllable only with a particle or a copula."""
    for noun in nouns:
        rest = word[len(noun) :]
        if word.startswith(noun) and (len(noun) > 1 or rest == "" or rest[0] in PARTICLE_STARTS):
            return True
    return False


def _denial(text: str, follower: str, after: str) -> Status | None:
    """Read "보내지 않았다", "사실이 아니다", "...했다는 보도를 부인했다"."""
    if text.endswith("지") and follower.startswith(("않", "못")) and not text.startswith(starts_with("not_denied")):
        return Status.DENIED
    if text.endswith(("다는", "라는")):
        if after.startswith(("부인", "일축", "반박", "사실이", "사실무근", "거짓", "허위")):
            return Status.DENIED
        if follower.startswith("것은") and after.startswith(("사실이", "거짓", "허위")):
            return Status.DENIED
    if text.endswith(("설을", "설은", "설도")) and follower.startswith(("부인", "일축", "반박", "사실무근")):
        return Status.DENIED
    if text.startswith("사실이") and follower.startswith("아니"):
        return Status.DENIED
    return None


def _by_noun(words: tuple[Eojeol, ...], k: int, quantity: Quantity) -> Status | None:
    """The mood of a predicate that is a noun with 하다, 되다 or 이다: "예정이다", "약속했다", "요청했다"."""
    word = words[k]
    text = word.text
    # As a modifier or an object such a noun is none: "계획을 발표했다" tells of a plan all the same.
    if text.startswith(starts_with("possible_predicates")) and _is_predicate(text, starts_with("possible_predicates")):
        return Status.POSSIBLE
    if text.startswith(starts_with("planned_predicates")) and _is_predicate(text, starts_with("planned_predicates")):
        return Status.PLANNED
    if quantity.kind is QuantityKind.MONEY and text.startswith(starts_with("planned_money")):
        return Status.PLANNED
    return None


def _is_predicate(text: str, nouns: tuple[str, ...]) -> bool:
    """Whether a word that begins with one of `nouns` goes on as a verb, or ends there."""
    rest = next(text[len(noun) :] for noun in nouns if text.startswith(noun))
    return rest == "" or rest.startswith(
        ("했", "하", "한", "할", "해", "이", "인", "되", "된", "될", "돼", "됐", "을", "를", "입", "에 있")
    )
