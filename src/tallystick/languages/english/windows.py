"""Keep the reading of very long sentences linear.

Takes a sentence and a figure of it; gives the sentence with the tokens around the figure alone, where it has more than
any sentence of prose.
"""

from dataclasses import replace

from tallystick.languages.language import Sentence

__all__ = ["LONGEST_SENTENCE", "around"]

# Tables and junk without stops are "sentences" of thousands of tokens; the longest of en-train has some 250.
LONGEST_SENTENCE = 400
# How many tokens to either side of a figure are kept of a longer one.
EITHER_SIDE = 120


def around(sentence: Sentence, offset: int) -> Sentence:
    """Give `sentence`, of a very long one only the tokens around the code point `offset`.

    Args:
        sentence: The sentence of a figure.
        offset: First code point of the figure.
    """
    if len(sentence.tokens) <= LONGEST_SENTENCE:
        return sentence
    at = sentence.position(offset)
    return replace(sentence, tokens=sentence.tokens[max(0, at - EITHER_SIDE) : at + EITHER_SIDE])
