"""Which reports bear on a dossier: what was read comes in, reports whose own words hold one of its terms go out."""

from collections.abc import Iterable, Iterator

from tallystick.model.document import READABLE, Document, Failure, Retrieved
from tallystick.model.progress import Progress
from tallystick.reading.reading import NO_TERM
from tallystick.values.terms import Terms

__all__ = ["bearing"]


def bearing(
    found: Iterable[Retrieved | Failure], terms: Terms, progress: Progress
) -> Iterator[Retrieved | Failure]:  # fmt: skip
    """Pass on failures, and reports whose own words hold terms of the dossier."""
    for one in found:
        if isinstance(one, Failure) or terms.in_text(_own_words(one.document)):
            yield one
        else:
            progress.leave_out(NO_TERM)


def _own_words(document: Document) -> str:
    """Title and readable passages: a link to another story is not about this one."""
    passages = (document.text[one.start : one.end] for one in document.passages if one.kind in READABLE)
    return "\n".join((document.title or "", *passages))
