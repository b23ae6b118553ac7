"""Tell tense and mood of a Korean verb by its last sounds.

Takes an eojeol; answers from the finals of its syllables: ㅆ marks the past, ㄹ before a noun what is to come, ㄴ
before 다 the present.
"""

import re

__all__ = ["is_active", "is_future_adnominal", "is_past", "is_past_adnominal", "is_present", "wishes"]

FIRST, LAST, FINALS = 0xAC00, 0xD7A3, 28
# Positions of finals in Unicode's syllables.
NIEUN, RIEUL, DOUBLE_SIOT = 4, 8, 20
# Syllables with ㅆ that are no past: "있다", "-겠-".
NOT_PAST = frozenset("있겠")
# -할/-될/-질/-낼 and so on are verbs where more stands before them.
VERB_FUTURE = re.compile(
    "(?:할|될|시킬|보낼|떠날|나설|받을|먹을|있을|없을|얻을|잃을|넘을|이를|맡을|들일|들어갈|들어올|나갈|나올|돌아올|돌아갈|넘어갈|넘어설|갈|올|줄|칠|릴|낼|설|이룰|벌일|보일|달할|숨질|맞을|쓸|열|늘릴|늘어날|살|만들|참을|지을|뽑을|질|킬|길|펼칠|열릴)$"
)


def _final(syllable: str) -> int:
    return (ord(syllable) - FIRST) % FINALS if FIRST <= ord(syllable) <= LAST else 0


def is_past(word: str) -> bool:
    """Whether `word` holds a past ending ("했다", "숨졌고", "도착했으나")."""
    return any(_final(one) == DOUBLE_SIOT and one not in NOT_PAST for one in word[1:]) or word[:1] in "왔갔났샀섰"


def is_future_adnominal(word: str, follower: str) -> bool:
    """Whether `word` is a verb in -ㄹ before `follower` ("파견할 예정", "받을 것")."""
    if not word or not follower or _final(word[-1]) != RIEUL:
        return False
    return VERB_FUTURE.search(word) is not None


def is_past_adnominal(word: str) -> bool:
    """Whether `word` looks like a verb in -ㄴ ("숨진", "파견된")."""
    return bool(word) and _final(word[-1]) == NIEUN


def is_active(word: str) -> bool:
    """Whether `word` is a form of -하다, no passive in -되다 ("요구했다", not "요구됐다")."""
    return re.search("(?:했|하[고며는였]|한다|합니다)", word) is not None


def is_present(word: str) -> bool:
    """Whether `word` is a verb in -ㄴ다 or -는다, or a polite one ("파견한다", "받는다고", "나섭니다")."""
    match = re.search("(.)다(?:고|며|면서|는)?$", word)
    if match is not None:
        return _final(match.group(1)) == NIEUN or match.group(1) == "는"
    return word.endswith("니다")


def wishes(word: str) -> bool:
    """Whether `word` asks for something ("보내달라고", "보내자고", "보내야")."""
    return (
        re.search("(?:달라고|달라며|달라는|자고|자며|어야|아야|해야|여야|돼야|줘야|쳐야|려야|와야|가야)$", word)
        is not None
    )
