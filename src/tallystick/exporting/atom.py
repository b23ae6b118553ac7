"""Changes as an Atom feed (RFC 4287): records of changes come in, the bytes of a feed go out.

Whoever follows it sees what moved in a case without an account in front of him: one entry a change, with the reports
that brought it. Ids follow from the case and the number of the change, so that no entry comes twice.
"""

from collections.abc import Sequence
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from tallystick.exporting.records import ChangeRecord, RangeRecord
from tallystick.values.phrases import settled

__all__ = ["MEDIA_TYPE", "feed"]

MEDIA_TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
# Namespace of the ids of our entries, a constant drawn once.
NAMESPACE = UUID("5d7f3c0e-6a0b-4c84-9f7e-0f1f6b9a2d41")
# Control characters that XML 1.0 cannot hold even escaped, and what would turn the direction of the text around it.
FORBIDDEN = {
    **{code: " " for code in range(32) if code not in (9, 10, 13)},
    **dict.fromkeys((0xFFFE, 0xFFFF, *range(0x7F, 0xA0), *range(0xD800, 0xE000)), " "),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C), ""),
}


def feed(changes: Sequence[ChangeRecord], *, case: str, title: str, home: str, updated: str) -> bytes:
    """Give the feed.

    Args:
        changes: What changed, the latest first.
        case: What names the case for good: the hash of the first entry of its custody log.
        title: Of the dossier.
        home: Address of the workbench, without a slash at its end.
        updated: When the case last changed, ISO 8601 in UTC; of a case in which nothing has changed, when it was made.
    """
    root = ET.Element("feed", {"xmlns": ATOM})
    _text(root, "id", _name(case))
    _text(root, "title", f"{title}: what changed")
    _text(root, "updated", updated)
    ET.SubElement(ET.SubElement(root, "author"), "name").text = "Tallystick"
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{home}/"})
    for change in changes:
        _entry(root, change, case, home)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(root: ET.Element, change: ChangeRecord, case: str, home: str) -> None:
    entry = ET.SubElement(root, "entry")
    _text(entry, "id", _name(f"{case}/{change.number}"))
    _text(entry, "title", _title(change))
    _text(entry, "updated", change.made)
    ET.SubElement(entry, "category", {"term": change.kind})
    where = f"/populations/{change.estimate}" if change.estimate else "/"
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": home + where})
    _text(entry, "content", "\n".join(_lines(change)))


def _title(change: ChangeRecord) -> str:
    """A change in one line."""
    kind = change.kind.replace("_", " ")
    if change.before is None and change.after is None:
        return f"{kind}: {change.label}"
    return f"{kind}: {change.label}: {_figure(change.before)} -> {_figure(change.after)}"


def _lines(change: ChangeRecord) -> list[str]:
    """What turned, and what brought it."""
    return [
        *(f"{turn.trait}: {turn.before} -> {turn.after}" for turn in change.turns),
        *(f"by: {report.label}" for report in change.reports),
        *(f"because: {cause}" for cause in change.causes),
    ]


def _figure(figure: RangeRecord | None) -> str:
    """A figure as a line holds it; "none" where there was no estimate."""
    return "none" if figure is None else settled(figure.best, figure.low, figure.high)


def _name(of: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE, of)}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    """A child that holds plain text, as far as XML can."""
    ET.SubElement(parent, name).text = text.translate(FORBIDDEN)
