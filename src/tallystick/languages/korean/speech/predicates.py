"""Find the verbs of saying of a Korean sentence and the words that close what is said.

Takes the eojeols of an utterance; gives `Saying`s. Korean puts the verb last: "X는 ...라고 밝혔다".
"""

import re
from functools import cache
from typing import NamedTuple

from tallystick.languages.korean.grammar.eojeols import PACKAGE, Eojeol
from tallystick.languages.writing.words import lists

__all__ = ["Saying", "closes_content", "is_saying", "sayings"]

FILE = "speech/speech.yaml"
# Endings that close what is said, of a verb or behind a quotation mark.
CLOSER = re.compile(
    "(?:다고|라고|냐고|자고|다며|라며|냐며|자며|다면서|라면서|냐면서|자면서|다고도|라고도|다고만|것으로|거라고|음을|임을|했음을|됐음을|줄로|"
    "[\"”'’」』]\\s?(?:이?라고|고|이?라며|며|이?라면서|면서|이?라|라고도|고도|하고))$"
)
# The noun that what is said is made of: "...했다는 점을 강조했다", "...라는 입장을 밝혔다".
FACT = re.compile(
    "^(?:점|사실|것|입장|뜻|계획|방침|전망|분석|주장|의견|내용|소식|의사|의지|견해|추정|관측|평가|보고|우려|취지|말|설명|반응|글|보도|성명|기사)(?:을|를|도|으로|로)?$"
)
# -다는/-라는 before that noun, and the plain adnominals of "...한 것을", "...할 뜻을".
RELATIVE = re.compile("(?:다는|라는|자는|냐는|겠다는|[\"”'’](?:이?라)?는|할|될|릴|한|된|린|인|간|친|진)$")
# Verbs of counting, of making known and of denying take what is counted without a closer: "사망자를 3명으로 집계했다".
COUNTING = re.compile(
    "^(?:추정|추산|집계|예상|전망|산정|발표|보고|파악|예측|판단|공개|공표|밝혔|밝히|밝힌|알렸|잡았|부인|일축)"
)
# How far before its verb a closer is looked for, in eojeols: "...다고 최근 서울에서 열린 국정감사에서 국정원이 밝혔다".
REACH = 14
HADA = "(?:했|하[고며면는지기였여겠]|한(?:다|$|데|\\s)|한$|한다|해(?:$|서|왔|온|오)|할|함$|합니다|하$)"


class Saying(NamedTuple):
    """A verb of saying.

    Attributes:
        at: Index of the verb among the eojeols.
        closer: Index of the eojeol that closes what is said; None where the verb takes it as its object.
        carries: True where the verb goes on with what was said before ("덧붙였다").
    """

    at: int
    closer: int | None
    carries: bool


@cache
def _verb() -> re.Pattern[str]:
    words = lists(PACKAGE, FILE)
    hada = "|".join(re.escape(word) for word in words["hada"])
    stems = "|".join(re.escape(word) for word in words["stems"])
    return re.compile(f"(?:재|거듭|맞|맹|공식)?(?:(?:{hada}){HADA}|(?:{stems}))")


@cache
def _passive() -> tuple[str, ...]:
    return lists(PACKAGE, FILE)["passive"]


@cache
def _carrying() -> tuple[str, ...]:
    return lists(PACKAGE, FILE)["carrying"]


def closes_content(word: Eojeol) -> bool:
    """Whether `word` closes what is said ("...했다고", "...라며")."""
    return CLOSER.search(word.text) is not None


def sayings(words: tuple[Eojeol, ...]) -> tuple[Saying, ...]:
    """Give the verbs of saying among `words`, in order."""
    found: list[Saying] = []
    for k, word in enumerate(words):
        if not is_saying(words, k):
            continue
        floor = found[-1].at if found else -1
        closer = _closer(words, k, floor)
        if closer is None and COUNTING.match(word.text) is None:
            continue
        if closer is None and not word.text.endswith(("다", "나", "만", "며", "고", "데", "서", "니다")):
            continue
        found.append(Saying(k, closer, word.text.startswith(_carrying())))
    return tuple(found)


def is_saying(words: tuple[Eojeol, ...], k: int) -> bool:
    """Whether the word at `k` is a verb of saying."""
    text = words[k].text
    if text.startswith(_passive()):
        return False
    if _verb().match(text):
        return text[0] not in "봤본" or (k > 0 and closes_content(words[k - 1]))
    if k and text.startswith(("했다", "했습니다", "했으", "했고", "했지", "하고", "하며", "한 ", "했는데")):
        return words[k - 1].text.endswith(("다고", "라고", "자고", "냐고", '"고', "”고"))
    # "...것으로 보고 있다".
    if text == "보고" and k + 1 < len(words) and words[k + 1].text.startswith(("있", "계")):
        return k > 0 and closes_content(words[k - 1])
    return False


def _closer(words: tuple[Eojeol, ...], at: int, floor: int) -> int | None:
    """The eojeol that closes what the verb at `at` tells; the verb before it may be that itself."""
    for k in range(at - 1, max(floor - 1, at - REACH, -1), -1):
        if k < floor:
            return None
        if closes_content(words[k]):
            return k
        if k and FACT.match(words[k].text) and RELATIVE.search(words[k - 1].text):
            return k
    return None
