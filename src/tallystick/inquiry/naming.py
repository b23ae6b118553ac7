"""What a name given by a user means in a case: an abbreviated id or a spelling comes in, what it names goes out.

A name that fits nothing, or more than one thing, is an error that says what was near.
"""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from tallystick.errors import UnknownNameError

__all__ = ["near", "one_of"]

# Names that an error lists.
MOST = 5
# Of 100: below this two names have no more in common than any two words of a language.
ALIKE = 60.0


def one_of(name: str, ids: Iterable[str], what: str) -> str | None:
    """Give the id that `name` is, or begins as the only one; None where none does.

    Args:
        name: An id or its beginning.
        ids: The ids that there are.
        what: What they are of, for the error: "claim or document".

    Raises:
        UnknownNameError: Where more than one begins so.
    """
    held = tuple(ids)
    if name in held:
        return name
    found = sorted(one for one in held if one.startswith(name)) if name else []
    if len(found) > 1:
        more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
        raise UnknownNameError(name, f"more than one {what} begins so: {', '.join(found[:MOST])}{more}")
    return found[0] if found else None


def near(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Give the names that are most like `name`, the nearest first; of equally near ones by spelling."""
    held = sorted(set(names))
    found = process.extract(
        name, held, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=ALIKE, limit=MOST
    )  # fmt: skip
    return tuple(one for one, _, _ in found)
