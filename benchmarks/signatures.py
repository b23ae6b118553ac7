"""The peers of copies: rensa and datasketch alone, as their users write it.

Both take the same words and shingles, 128 permutations, and an index at 0.5 that each text asks and enters.
"""

import re
from collections.abc import Sequence
from importlib import import_module

from rensa import RMinHash, RMinHashLSH

__all__ = ["ALIKE", "RUN", "WORD", "bare_datasketch", "bare_rensa"]

WORD = re.compile(r"\w+")
# Words of a shingle, and the share of their shingles that two texts have in common.
RUN, ALIKE = 5, 0.5
PERMUTATIONS, BANDS = 128, 32


def bare_rensa(texts: Sequence[str]) -> int:
    """Give how many candidates rensa alone has for all texts."""
    index = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=BANDS)
    found = 0
    for turn, text in enumerate(texts):
        words = WORD.findall(text.casefold())
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update([" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)])
        found += len(index.query(sketch))
        index.insert(turn, sketch)
    return found


def bare_datasketch(texts: Sequence[str]) -> int:
    """Give how many candidates datasketch alone has for all texts."""
    datasketch = import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    found = 0
    for turn, text in enumerate(texts):
        words = WORD.findall(text.casefold())
        sketch = datasketch.MinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update_batch([" ".join(words[at : at + RUN]).encode() for at in range(len(words) - RUN + 1)])
        found += len(index.query(sketch))
        index.insert(turn, sketch)
    return found
