"""Places told by how far they are from another: a claim with its report comes in, the words of the ring go out.

"50 km from the border of Rostov Oblast" is a ring around a line and no place inside Rostov Oblast: which side of the
border it lies on, and so in which country, nobody can tell from the words (rule R19 of the domain notes).
"""

from re import IGNORECASE
from re import compile as pattern

from tallystick.model.claim import Claim
from tallystick.values.names import fold

__all__ = ["ring"]

# Code points before a place within which its distance stands ("about 50 kilometers (31 miles) to the north-east of").
REACH = 90
# The number itself is not asked for: what counts is the unit before the preposition.
FAR = pattern(
    r"(?:(?:\b(?P<number>\d{1,4}(?:[.,]\d{1,3})?)[ -]?)?"
    r"\b(?:km|kms|kilomet(?:er|re)s?|miles?|met(?:er|re)s?)(?: ?\([^()]{1,24}\))?,? "
    r"(?:(?:to the )?(?:north|south)?-?(?:east|west|north|south)(?:ern)? |away |inland |deep )?"
    r"(?:from|of|off)(?: the| its)? (?:(?:state |common )?(?:border|frontier)s?(?: of| with)? (?:the )?)?"
    r"|\b(?:on|at|near|along|close to|next to)(?: the| its)? (?:state |common )?(?:border|frontier)s?(?: of| with) "
    r"(?:the )?)$",
    IGNORECASE,
)
# Words of a border alone; "a mountain village near the Afghan border" is a village, and in one country.
LONGEST_BORDER = 3
# Not the plural: "within Ukraine's borders" is inside.
BORDERS = frozenset(("border", "frontier"))


def ring(claim: Claim, text: str) -> str | None:
    """Give the words that tell a place by its distance from another, or None where the claim names a place itself.

    Args:
        claim: A claim with a place.
        text: The text of its document.

    Returns:
        "50 km from the border of Rostov Oblast"; of a border alone ("Ukraine's border"), which has two sides, its name.
    """
    if claim.place is None:
        return None
    words = fold(claim.place)
    ground = next((one for one in claim.grounds if one.field == "place" and one.start is not None), None)
    if ground is not None and ground.start is not None:
        before = " ".join(text[max(0, ground.start - REACH) : ground.start].split()) + " "
        found = FAR.search(before)
        if found is not None:
            return found.group() + claim.place
    return claim.place if len(words) <= LONGEST_BORDER and words[-1:] and words[-1] in BORDERS else None
