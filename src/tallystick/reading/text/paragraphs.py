"""Where the paragraphs of a text stand: a text comes in, spans without their outer blanks go out."""

import re

__all__ = ["Span", "paragraphs"]

Span = tuple[int, int]

# Widths to which mail, wires and old terminals wrap prose (64 to 80 usually); longer lines are whole paragraphs.
NARROWEST = 50
WIDEST = 100
# Lines from which an even right edge is no accident: two lines of a headline may look wrapped by chance.
ENOUGH_LINES = 3
LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
BREAK = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
SENTENCE_ENDS = tuple(".!?:;\"'”’»)。！？…")


def paragraphs(text: str) -> list[Span]:
    """Give the paragraphs of `text` in order: its lines, and wrapped lines of prose joined.

    Together they hold every character that is not white space, each once.
    """
    spans: list[Span] = []
    run: list[Span] = []
    for start, end in _lines(text):
        if run and len(BREAK.findall(text, run[-1][1], start)) > 1:
            spans += _joined(text, run)
            run = []
        run.append((start, end))
    return spans + _joined(text, run)


def _lines(text: str) -> list[Span]:
    """The lines that are not blank, without their outer white space."""
    found = []
    for match in LINE.finditer(text):
        line = match.group()
        bare = line.strip()
        if bare:
            start = match.start() + len(line) - len(line.lstrip())
            found.append((start, start + len(bare)))
    return found


def _joined(text: str, run: list[Span]) -> list[Span]:
    """Join the wrapped lines of a run of lines without a blank one between them."""
    width = max((end - start for start, end in run), default=0)
    if len(run) < 2 or not NARROWEST <= width <= WIDEST:
        return run
    full = [_is_full(text, run[index], run[index + 1], width) for index in range(len(run) - 1)]
    if len(run) >= ENOUGH_LINES and all(full):
        return [(run[0][0], run[-1][1])]
    spans = [run[0]]
    for before, (start, end) in zip(full, run[1:], strict=True):
        goes_on = before and not text.endswith(SENTENCE_ENDS, spans[-1][0], spans[-1][1])
        if goes_on and (text[start].islower() or len(run) >= ENOUGH_LINES):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the first word of the following line had no room on this one."""
    size = line[1] - line[0]
    if size < NARROWEST:
        return False
    word = text[following[0] : following[1]].split(None, 1)[0]
    return size + 1 + len(word) > width
