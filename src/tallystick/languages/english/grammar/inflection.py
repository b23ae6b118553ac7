"""Base forms of English nouns and verbs.

Takes a word in lower case; gives its singular or its base form, by a list of irregular words and by ending.
"""

from functools import cache, lru_cache
from importlib.resources import files

import yaml

from tallystick.languages.english.grammar.tagging import lexicon

__all__ = ["singular", "verb_base", "word_lists", "word_maps"]

# Words whose base form is kept; hostile text must not fill memory.
REMEMBERED = 50_000
SIBILANTS = ("ses", "xes", "zes", "ches", "shes")
NO_PLURALS = ("ss", "us", "is")


@cache
def word_lists(name: str) -> dict[str, frozenset[str]]:
    """Give the word lists of the file `name` of this folder, each as a set; its mappings are left out."""
    return {key: frozenset(words) for key, words in _content(name).items() if isinstance(words, list)}


@cache
def word_maps(name: str) -> dict[str, dict[str, str]]:
    """Give the mappings of the file `name` of this folder; its lists are left out."""
    return {key: words for key, words in _content(name).items() if isinstance(words, dict)}


@lru_cache(maxsize=REMEMBERED)
def singular(noun: str) -> str:
    """Give the singular of `noun`, a lower-case word or a phrase whose last word is the head."""
    before, space, last = noun.rpartition(" ")
    return before + space + _singular_word(last)


@lru_cache(maxsize=REMEMBERED)
def verb_base(word: str) -> str:
    """Give the base form of a verb in any form, lower case; the word itself where no ending shows."""
    known = _irregular("irregular_verbs").get(word)
    if known is not None:
        return known
    for ending, additions in (
        ("ied", "y"),
        ("ies", "y"),
        ("ying", "y"),
        ("ed", ""),
        ("ing", ""),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return _restored(word[: -len(ending)] + additions, ending)
    return word


def _singular_word(word: str) -> str:
    known = _irregular("irregular_plurals").get(word)
    if known is not None:
        return known
    if word.endswith("men") and len(word) > len("women"):
        return word[:-2] + "an"
    if not word.endswith("s") or word.endswith(NO_PLURALS) or len(word) < len("guns") - 1:
        return word
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(SIBILANTS) and word[:-1] not in lexicon() else word[:-1]


def _restored(stem: str, ending: str) -> str:
    """The base form of a stem that has lost its ending: a silent e comes back, a doubled consonant goes."""
    if ending in ("ied", "ies", "ying"):
        return stem
    forms = [stem, stem + "e"]
    if len(stem) > len("see") and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        forms.append(stem[:-1])
    if stem.endswith(("at", "iz", "is", "ur", "iv", "ag", "uc", "ap", "as", "ok", "ir", "it", "ec", "ac", "et")):
        forms.reverse()
    known = lexicon()
    verbs = [form for form in forms if known.get(form) in ("VB", "VBP", "NN")]
    return next((form for form in verbs if known[form] != "NN"), verbs[0] if verbs else forms[0])


@cache
def _irregular(key: str) -> dict[str, str]:
    """The mapping `key` of the words of counted nouns."""
    words = _content("nouns/counted.yaml")[key]
    return words if isinstance(words, dict) else {}


@cache
def _content(name: str) -> dict[str, dict[str, str] | list[str]]:
    text = (files("tallystick.languages.english") / name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, dict[str, str] | list[str]] = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader either way
    return content
