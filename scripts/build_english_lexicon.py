"""Build `languages/english/grammar/lexicon.tsv`: each English word with its most frequent Penn Treebank tag.

Source: the lexicon of Eric Brill's tagger (1993, MIT license; Penn Treebank and Brown corpus) with additions of
Gimpel et al. 2011 (CC BY 3.0), as the package `textblob` ships it in `textblob/en/en-lexicon.txt`.
Run: python scripts/build_english_lexicon.py PATH/en-lexicon.txt > src/tallystick/languages/english/grammar/lexicon.tsv
"""

import re
import sys
from pathlib import Path

__all__ = ["lines"]

# Letters, inner apostrophes, hyphens and dots: "well-known", "o'clock", "U.S."; the rest is punctuation or tweets.
WORD = re.compile(r"[A-Za-z][A-Za-z'.-]*")
KEPT_TAGS = frozenset(
    "CC DT EX IN JJ JJR JJS MD NN NNS NNP NNPS PDT PRP PRP$ RB RBR RBS RP TO UH"
    " VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB".split()
)


def lines(source: str) -> list[str]:
    """Give the sorted `word<TAB>tag` lines of a Brill lexicon.

    Args:
        source: Text of the lexicon, `word tag` a line, comments starting with `;;;`.
    """
    found: dict[str, str] = {}
    for line in source.splitlines():
        word, _, tag = line.partition(" ")
        tag = tag.strip()
        if line.startswith(";;;") or tag not in KEPT_TAGS or not WORD.fullmatch(word):
            continue
        # A capitalized spelling says something only where it is a name: at a sentence start it is the same word.
        if word[0].isupper() and not tag.startswith("NNP"):
            continue
        found.setdefault(word, tag)
    return [f"{word}\t{tag}" for word, tag in sorted(found.items())]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(Path(sys.argv[1]).read_text(encoding="utf-8"))) + "\n")
