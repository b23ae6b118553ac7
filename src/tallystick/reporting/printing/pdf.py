"""Lay a brief out as PDF: a brief and, where given, a template of the user's own come in, the bytes of the file go out.

The brief reaches the template as JSON in a file beside it, never as source: whatever a report says stays text.
"""

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from tallystick.errors import TemplateError
from tallystick.reporting.brief import Brief
from tallystick.reporting.printing.pictures import printable
from tallystick.reporting.printing.texts import openable, printed
from tallystick.reporting.printing.typesetting import paged

__all__ = ["bundled", "pdf"]

# Readable by those who hear a page instead of seeing it; checked by typst, and told in the file.
ACCESSIBLE = ("ua-1",)


def pdf(brief: Brief, template: bytes | None = None) -> bytes:
    """Lay `brief` out on A4.

    Args:
        brief: What the report says.
        template: A source of typst that takes the place of the bundled one. It finds the brief in `brief.json`, with
            the names of `brief.Brief`; a picture has `file`, the name of its SVG or null, in the place of `svg`.

    Returns:
        The same brief, template and version of typst give the same bytes.

    Raises:
        ExtraMissingError: Where typst is not installed.
        TemplateError: Where the template is faulty; it tells typst's reason and the line.
    """
    beside = _files(brief)
    if template is not None:
        return paged(template, beside)
    try:
        return paged(bundled(), beside, ACCESSIBLE)
    except TemplateError:
        # A sign that no font has keeps a file from being accessible to the letter, and a report must come out anyway.
        return paged(bundled(), beside)


def bundled() -> bytes:
    """The bundled template, for those who want one of their own to begin with."""
    return files("tallystick.reporting.printing").joinpath("templates", "report.typ").read_bytes()


def _files(brief: Brief) -> dict[str, bytes]:
    """What the template reads: the brief, and the drawings under the names that stand in it."""
    drawings: dict[str, bytes] = {}
    told = json.dumps(_told(asdict(brief), drawings), ensure_ascii=False).encode("utf-8")
    return {"brief.json": told, **drawings}


def _told(value: Any, drawings: dict[str, bytes]) -> Any:
    """A part of the brief as JSON; every drawing in it goes to `drawings`."""
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, list | tuple):
        return [_told(part, drawings) for part in value]
    if not isinstance(value, dict):
        return value
    if "svg" in value:
        drawing = printable(value["svg"])
        name = None if drawing is None else f"pictures/{len(drawings) + 1}.svg"
        if name is not None and drawing is not None:
            drawings[name] = drawing
        value = {key: part for key, part in value.items() if key != "svg"} | {"file": name}
    if "url" in value:
        value = value | {"url": openable(value["url"])}
    return {key: _told(part, drawings) for key, part in value.items()}
