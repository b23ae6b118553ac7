"""Lay a brief out as a document of Word: a brief and, where given, a template come in, the bytes of the file go out.

The notes stand at the end, each under a bookmark, and their numbers in the text lead to them. Drawings become PNG.
"""

import json
from importlib.util import find_spec

from tallystick.errors import ExtraMissingError
from tallystick.reporting.brief import Brief
from tallystick.reporting.printing.pictures import printable
from tallystick.reporting.printing.typesetting import pictured

__all__ = ["docx"]

# A page for each drawing, as wide as the text at most, no higher than a page; `names.json` holds their files in order.
DRAWINGS = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: ("Noto Sans", "Noto Sans CJK SC"))
#for (place, name) in json("names.json").enumerate() {
  if place > 0 { pagebreak() }
  context {
    let size = measure(image(name))
    let scale = calc.min(160mm / size.width, 195mm / size.height, 0.75)
    image(name, width: size.width * scale)
  }
}
"""


def docx(brief: Brief, template: bytes | None = None) -> bytes:
    """Lay `brief` out.

    Args:
        brief: What the report says.
        template: A document of Word whose styles, page, head and foot are taken; what its body says is left out, and
            styles that it lacks are added.

    Returns:
        The same brief, template and versions of typst and python-docx give the same bytes.

    Raises:
        ExtraMissingError: Where python-docx or typst is not installed.
        TemplateError: Where the template is no document of Word.
    """
    if find_spec("docx") is None:
        raise ExtraMissingError("A report as DOCX", "reports")
    from tallystick.reporting.printing.word import opened, packed  # noqa: PLC0415 - it needs an extra
    from tallystick.reporting.printing.writing import write  # noqa: PLC0415 - so does this

    sheet = opened(template)
    write(sheet, brief, _drawn(brief))
    return packed(sheet, brief.cover.title)


def _drawn(brief: Brief) -> dict[str, bytes]:
    """The drawings of a brief as PNG, by their SVG; those that cannot be read are not among them."""
    told = (*brief.charts, *([brief.map] if brief.map else []), *(tree.picture for tree in brief.trees if tree.picture))
    read = {picture.svg: drawing for picture in told if (drawing := printable(picture.svg)) is not None}
    if not read:
        return {}
    beside = {f"{number}.svg": drawing for number, drawing in enumerate(read.values(), 1)}
    pages = pictured(DRAWINGS, beside | {"names.json": json.dumps(list(beside)).encode()})
    return dict(zip(read, pages, strict=True))
