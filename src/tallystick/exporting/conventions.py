"""The conventions by which words of reports became numbers, for those who read the numbers elsewhere."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["BOUNDS", "NOT_TRUTH", "RANGES", "VAGUE_WORDS"]

# What `bound` tells of a figure.
BOUNDS: Mapping[str, str] = MappingProxyType(
    {
        "exact": "the number as written: low and high are the same",
        "approx": "the number as written, called about, some, nearly or the like: low and high are the same",
        "at_least": "at least, more than: low alone",
        "at_most": "at most, up to: high alone",
        "range": "from one number to another: both",
        "vague": "a vague plural: low alone, two of its kind",
    }
)
# A vague plural means at least two of its kind, and no high end is made up for it. Not ACLED's points (tens 10, dozens
# 12, hundreds 100), which are single figures where this is a bound.
VAGUE_WORDS: Mapping[str, int] = MappingProxyType(
    {
        "tens": 20,
        "scores": 20,
        "dozens": 24,
        "hundreds": 200,
        "thousands": 2_000,
        "tens of thousands": 20_000,
        "hundreds of thousands": 200_000,
        "millions": 2_000_000,
        "billions": 2_000_000_000,
        "trillions": 2_000_000_000_000,
    }
)
RANGES = (
    "low and high of an estimate are wider than what the reports say by the widenings that its steps name;"
    " best is missing where the evidence carries a range and no figure"
)
NOT_TRUTH = (
    "Credibility (1-6) tells how well independent origins confirm a figure, reliability (A-F) how far a source can be"
    " relied on. Both are grades of reporting, and neither is a rating of truth."
)
