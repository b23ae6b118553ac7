"""The conditional sentence of a hit, and what is still to find out: findings come in, English goes out.

A sentence says what would follow if certain facts held, and who tells each of them; it never says that they hold.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tallystick.model.hit import Finding, Role, Standing
from tallystick.model.lineage import Independent
from tallystick.model.provision import Element, Exemption, Instrument, Jurisdiction, Provision, Tier
from tallystick.screening.elements.jurisdictions import Ground, question
from tallystick.screening.elements.tiers import shown, single

__all__ = ["Paragraph", "missing", "not_in_force", "origins_told", "statement"]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAMES = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Paragraph(NamedTuple):
    """A provision with what it rests on, looked up in its pack."""

    provision: Provision
    instrument: Instrument
    elements: Mapping[str, Element]
    exemptions: Mapping[str, Exemption]

    @property
    def cited(self) -> str:
        """As it is cited: "paragraph 8 of S/RES/2397 (2017)"."""
        number = self.provision.paragraph
        kind = "" if number[:1].isalpha() else "paragraphs " if _several(number) else "paragraph "
        return f"{kind}{number} of {self.instrument.title}"


def statement(paragraph: Paragraph, label: str, findings: Sequence[Finding], ground: Ground, tier: Tier) -> str:
    """Give the conditional sentence of a hit.

    Args:
        paragraph: The provision.
        label: The population, for a reader.
        findings: What the reports say of what the provision asks for.
        ground: Where the population is.
        tier: How far the facts told reach.
    """
    provision = paragraph.provision
    if tier is Tier.NO_NEXUS:
        return f"{label}: nothing told points to {paragraph.cited}."
    asked = [finding for finding in findings if finding.role is Role.ELEMENT]
    if provision.binding:
        would = f"this would be incompatible with {paragraph.cited}"
    else:
        would = f"this would be contrary to what {paragraph.cited} calls upon states to do, without binding them,"
    if any(finding.standing is Standing.INTERPRETED for finding in asked):
        would += " on a reading that not all states share"
    clauses = [_clause(paragraph, finding.subject) for finding in asked]
    letters = [f"({_letter(at)}) " if len(clauses) > 1 else "" for at in range(len(clauses))]
    conditions = [letter + clause for letter, clause in zip(letters, clauses, strict=True)]
    parts = [f"{would} if {_joined(conditions)}" if conditions else would]
    parts[0] += _unless(paragraph)
    named = [letter.strip() or "that" for letter in letters]
    parts.extend(_supports(named, asked))
    parts.extend(_pointers(paragraph, findings, asked))
    parts.extend(_claimed(paragraph, findings))
    if ground.jurisdiction is Jurisdiction.CONTESTED:
        parts.append("who had jurisdiction over the place is contested")
    if provision.deadline is not None:
        parts.append(f"it was due by {provision.deadline}")
    return f"{label}: " + "; ".join(parts) + "."


def not_in_force(paragraph: Paragraph, label: str, acts: str | None) -> str:
    """Give the sentence for a provision that was not in force on the date of the act."""
    when = "" if acts is None else f" ({acts})"
    return f"{label}: {paragraph.cited} was not in force on the date of the act{when}."


def missing(
    paragraph: Paragraph, findings: Sequence[Finding], place: str | None, ground: Ground, *, dated: bool
) -> tuple[str, ...]:
    """Give what to find out, one question each: the elements' first, then a second origin, then the rest.

    Args:
        paragraph: The provision.
        findings: What the reports say of what it asks for.
        place: Where the population is, as it is named, or None.
        ground: What that place comes to.
        dated: Whether it is known when the provision came into force.
    """
    asked: list[str] = []
    for role in (Role.ELEMENT, Role.SUPPORTING):
        for finding in findings:
            element = paragraph.elements.get(finding.subject)
            if finding.role is not role or element is None or finding.standing is Standing.MET:
                continue
            if finding.standing is Standing.MISSING and element.contrary and not element.signs:
                # Only what speaks against it can be told, and nobody has told that.
                continue
            if finding.standing is Standing.PLANNED:
                asked.append(f"Has it come about, or is it only planned, that {element.label}?")
            else:
                asked.append(element.question)
        if role is Role.ELEMENT:
            asked.extend(_second(paragraph, findings))
    where = question(place, ground)
    if where is not None:
        asked.append(where)
    if not dated:
        asked.append(f"Since when has {paragraph.cited} been in force?")
    return tuple(dict.fromkeys(one for one in asked if one))


def origins_told(count: Independent) -> str:
    """Give a number of origins as a reader says it: "one origin", "2 independent origins", "1 to 2 ... origins"."""
    if count.high == 0:
        return "none"
    if count.high == 1:
        return "one origin"
    if count.low == count.high:
        return f"{NAMES[count.low] if count.low < len(NAMES) else f'{count.low:,}'} independent origins"
    return f"{count.low:,} to {count.high:,} independent origins"


def _second(paragraph: Paragraph, findings: Sequence[Finding]) -> list[str]:
    """Whether somebody else tells it too, where one origin stands behind what is told."""
    alone = single(findings)
    told = [finding for finding in findings if finding.role is Role.ELEMENT and shown(finding)]
    if not alone:
        return []
    if len(alone) >= len(told):
        return ["Is there an independent second origin?"]
    clauses = [_clause(paragraph, name) for name in alone]
    return [f"Is there an independent second origin for this: {_joined(clauses)}?"]


def _supports(named: Sequence[str], asked: Sequence[Finding]) -> list[str]:
    """By whom each fact is told, facts told alike together: "(a) and (b) are supported by two independent origins"."""
    groups: dict[str, list[str]] = {}
    for name, finding in zip(named, asked, strict=True):
        groups.setdefault(_support(finding), []).append(name)
    return [f"{_joined(names)} {'is' if len(names) == 1 else 'are'} {how}" for how, names in groups.items()]


def _support(finding: Finding) -> str:
    """By whom one fact is told, behind "is" or "are"."""
    count = finding.independent
    by = f"supported by {origins_told(count)}" if count.high > 1 else f"asserted by {origins_told(count)}"
    match finding.standing:
        case Standing.MET:
            return by
        case Standing.PLANNED:
            return f"told as a plan or a possibility only, by {origins_told(count)}"
        case Standing.INTERPRETED:
            return f"{by}, but only on a reading that not all share"
        case Standing.CONTRADICTED:
            return f"{by} and spoken against by others" if shown(finding) else "only spoken against"
        case Standing.MISSING:
            return "asserted by none"


def _pointers(paragraph: Paragraph, findings: Sequence[Finding], asked: Sequence[Finding]) -> list[str]:
    """What only points to it, where the facts that it asks for are not all told."""
    if all(finding.standing in (Standing.MET, Standing.INTERPRETED) for finding in asked) and asked:
        return []
    named = {finding.subject for finding in asked}
    pointing = [
        finding
        for finding in findings
        if finding.role is Role.INDICATOR and shown(finding) and finding.subject not in named
    ]
    if not pointing:
        return []
    return [f"what points to it is that {_joined([_clause(paragraph, finding.subject) for finding in pointing])}"]


def _unless(paragraph: Paragraph) -> str:
    """The exemptions of a provision as a condition."""
    labels = [
        paragraph.exemptions[name].label for name in paragraph.provision.exemptions if name in paragraph.exemptions
    ]
    return f", unless {_joined(labels, 'or')}" if labels else ""


def _claimed(paragraph: Paragraph, findings: Sequence[Finding]) -> list[str]:
    """Exemptions that somebody claims: told, never cleared."""
    return [
        f"{origins_told(finding.independent)} {'claim' if finding.independent.high > 1 else 'claims'} that "
        f"{paragraph.exemptions[finding.subject].label}, which nothing here confirms"
        for finding in findings
        if finding.role is Role.EXEMPTION and shown(finding) and finding.subject in paragraph.exemptions
    ]


def _clause(paragraph: Paragraph, name: str) -> str:
    element = paragraph.elements.get(name)
    return name.replace("_", " ") if element is None else element.label


def _letter(at: int) -> str:
    """The letter of a condition: a to z, then aa, ab ..."""
    upper, lower = divmod(at, len(LETTERS))
    return (LETTERS[upper - 1] if upper else "") + LETTERS[lower]


def _several(number: str) -> bool:
    """Whether a citation names more than one paragraph ("18-20", "8 and 9")."""
    return any(mark in number for mark in ("-", ",", " and "))


def _joined(words: Sequence[str], last: str = "and") -> str:
    """A list in a sentence: "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""
