"""Made-up running text for tests, of any length and without a run of words that comes again."""

__all__ = ["story"]

VOCABULARY = [
    f"{first}{last}" for first in ("ba", "ko", "li", "mu", "ne", "ro", "sa", "ti") for last in "bdfgklmnprstvz"
]


def story(start: int, count: int) -> str:
    """Give `count` words; another `start` gives others, and no five of them in a row are the same."""
    state = start * 7919 + 13
    found = []
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        found.append(VOCABULARY[(state >> 33) % len(VOCABULARY)])
    return " ".join(found)
