"""Find every act of reporting speech in Korean text: who said it, by which words, and what is said.

Takes a `Parse`; gives `Attribution`s in order of content. Verbs of saying stand last and their subject first, or just
before the verb; "X에 따르면" stands before what X says; "(X 추산)" and "X 집계 기준" stand beside the figure.
"""

from dataclasses import replace

from tallystick.languages.korean.speech.backward import pointing_back
from tallystick.languages.korean.speech.clauses import spoken
from tallystick.languages.korean.speech.credits import credited
from tallystick.languages.korean.speech.headlines import headlined
from tallystick.languages.korean.speech.names import Names
from tallystick.languages.korean.speech.sources import is_medium
from tallystick.languages.korean.speech.utterances import Utterance, utterances
from tallystick.languages.language import Parse
from tallystick.model.attribution import Attribution
from tallystick.model.document import PassageKind

__all__ = ["attributions"]


def attributions(parse: Parse) -> tuple[Attribution, ...]:
    """Give every act of reporting speech of `parse`, in order of content."""
    text = parse.document.text
    names = Names(text)
    found: list[Attribution] = list(_turns(parse))
    silent: Utterance | None = None
    for utterance in utterances(parse):
        here = [*credited(text, utterance, names), *spoken(text, utterance, names)]
        if not here:
            here = list(headlined(text, utterance, headline=utterance.kind is PassageKind.HEADLINE))
        if not here and silent is not None:
            pointing = pointing_back(text, silent, utterance, names)
            here = [] if pointing is None else [pointing]
        silent = None if here else utterance
        found.extend(_relayed(here, parse.document.outlet))
    return tuple(sorted(found, key=lambda one: (one.content[0], one.cue)))


def _turns(parse: Parse) -> list[Attribution]:
    """What is said in the turns of an interview."""
    return [
        Attribution((), ((passage.start, passage.start),), ((passage.start, passage.end),), passage.turn, kind="turn")
        for passage in parse.document.passages
        if passage.turn
    ]


def _relayed(found: list[Attribution], own: str | None) -> list[Attribution]:
    """Give each statement the medium whose report holds it; the document's own outlet is none."""
    relayed: list[Attribution] = []
    for one in found:
        via = one.via
        if via is None and not is_medium(one.speaker):
            start, end = one.content[0]
            around = [
                other
                for other in found
                if other is not one
                and is_medium(other.speaker)
                and any(
                    first <= start and end <= last and (first, last) != (start, end) for first, last in other.content
                )
            ]
            via = min(around, key=lambda other: other.content[-1][1] - other.content[0][0]).speaker if around else None
        if via is not None and own and (via in own or own in via):
            via = None
        relayed.append(replace(one, via=via))
    return relayed
