"""Tell how far what a word says reaches in a Korean sentence: to the end of its own clause.

Takes eojeols and offsets of the text.
"""

from tallystick.languages.korean.grammar.eojeols import Eojeol, Role, is_adnominal, is_verb

__all__ = ["is_modifier", "leaves_relative"]

ADNOMINAL = ("한", "된", "던", "진", "운", "린", "난", "친")
# Verbs that only link a noun to the next: "재건을 위한 인력".
LINKING = frozenset(("위한", "대한", "관한", "따른", "통한", "인한", "의한", "관련한", "비롯한", "포함한"))
# How far behind a modifying verb its noun stands, in eojeols.
NOUN_REACH = 4


def is_modifier(word: Eojeol) -> bool:
    """Whether `word` is a verb that modifies a noun ("숨진", "발족한")."""
    if word.role != Role.NONE or word.text in LINKING:
        return False
    return is_adnominal(word.text) or (word.text.endswith(ADNOMINAL) and is_verb(word.text))


def leaves_relative(words: tuple[Eojeol, ...], start: int, end: int) -> bool:
    """Whether a clause about a topic ends between two offsets: "1946년 발족한 연맹은 | 회원 2천명을"."""
    for k, word in enumerate(words):
        if not start <= word.start or not word.end <= end or not is_modifier(word):
            continue
        follower = next((words[j] for j in range(k + 1, min(k + NOUN_REACH, len(words))) if words[j].role), None)
        if follower is not None and follower.role == Role.TOPIC and follower.end <= end:
            return True
    return False
