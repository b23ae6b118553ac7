"""Parts and wholes of one sentence: books come in, a conflict for every sum that does not come out goes out.

"6,000 workers, including 5,000 builders and 2,000 sappers": 5,000 + 2,000 = 7,000. Parts may leave some out unless
the words say that they are all; more than the whole they cannot be.
"""

from collections.abc import Iterator, Sequence

from tallystick.model.claim import Claim
from tallystick.model.estimate import ConflictKind
from tallystick.model.quantity import Bound
from tallystick.reconciliation.accounting.books import Books, Remark, contradiction, figure, source
from tallystick.reconciliation.intervals import Interval, stated, written
from tallystick.values.sums import Enumeration, Fit, enumeration, fit, term

__all__ = ["addition", "wholes"]

WRONG = frozenset((Fit.TOO_MUCH, Fit.TOO_LITTLE))


def wholes(books: Books) -> Iterator[Remark]:
    """Yield what is wrong with the sums of single sentences."""
    for sentence in books.sentences:
        if len(sentence.claims) > 1:
            found = enumeration(sentence, books.kin, books.akin)
            if found is not None and books.is_summable(found.whole):
                yield from _checked(books, found)


def _checked(books: Books, found: Enumeration) -> Iterator[Remark]:
    """The remarks on one whole with its parts; casualties that name an outcome are left to their own identity."""
    whole, parts = found.whole, found.parts
    if fit(term(whole), [term(part) for part in parts], complete=found.complete) not in WRONG:
        return
    kind = ConflictKind.CASUALTIES if books.is_toll(whole) else ConflictKind.SUM
    entries = [books.entry(claim) for claim in (whole, *parts)]
    reason = f"{source(entries[0])} gives {figure(whole)} and parts that do not add up to that"
    if len(parts) == 1:
        reason = f"{source(entries[0])} gives {figure(whole)} and a part larger than that"
    conflict = contradiction(kind, reason, addition(parts, whole), entries)
    yield Remark(books.line(whole), conflict.reason, conflict)
    for line in dict.fromkeys(books.line(part) for part in parts):
        if line != books.line(whole):
            yield Remark(line, conflict.reason)


def addition(parts: Sequence[Claim], whole: Claim, names: Sequence[str] = ()) -> str:
    """Give the sum as it is and as it should be: "5,000 builders + 2,000 sappers = 7,000, not 6,000".

    Args:
        parts: The parts; at least one.
        whole: The whole.
        names: What to call the parts; as the text does where it is empty.
    """
    terms = [term(part) for part in parts]
    low, high = sum(one.low for one in terms), sum(one.high for one in terms)
    total = written(Interval(low, high))
    about = "about " if whole.bound is Bound.APPROX else ""
    sums = " + ".join(names or [figure(part) for part in parts])
    wanted = f"{about}{written(stated(whole))}"
    return f"{sums}, more than {wanted}" if len(parts) == 1 else f"{sums} = {total}, not {wanted}"
