"""Make drawings fit for paper: an SVG made for a page of the browser comes in, one that stands by itself goes out.

On a page the colors are variables of its style; on paper they are fixed. Letters are those of the bundled fonts, and
what could act or fetch (scripts, links, pictures from elsewhere) is left out.
"""

import re
from functools import cache
from importlib.resources import files

from lxml import etree

__all__ = ["printable"]

SVG = "http://www.w3.org/2000/svg"
FAMILY = "Noto Sans, Noto Sans CJK SC"
# Colors of light paper, as the page of the report has them.
PALETTE = {
    "--paper": "#ffffff", "--panel": "#ffffff", "--ink": "#1b1f24", "--quiet": "#5b636d", "--line": "#d9d6cd",
    "--accent": "#1d4f7c", "--planned": "#2460a7", "--actual": "#23704a", "--possible": "#96610a",
    "--denied": "#a8322d", "--mark-planned": "#d8e6f8", "--mark-actual": "#d6eee0", "--mark-possible": "#f9e7c3",
    "--mark-denied": "#f8d9d6", "--target": "#ffe680",
}  # fmt: skip
INK = PALETTE["--ink"]
DROPPED = frozenset({"script", "foreignObject", "image", "iframe", "audio", "video", "animate", "set", "metadata"})
# A rule for dark screens or for print, with the rules inside it.
CONDITIONAL = re.compile(r"@[a-z-]+[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
FETCHING = re.compile(r"@import[^;]*;?|url\((?!\s*['\"]?#)[^)]*\)")
DEFINED = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+)")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
LETTERS = re.compile(r"font-family\s*:[^;{}]+")


def printable(svg: str) -> bytes | None:
    """Give a drawing for paper, in UTF-8; None where `svg` is no SVG that can be read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(svg.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return None
    if etree.QName(root).localname != "svg" or root.getroottree().docinfo.doctype:
        return None
    _drop(root)
    styles = list(root.iter(f"{{{SVG}}}style"))
    if not styles and "graph" in (root.get("class") or "").split():
        styles = [etree.SubElement(root, f"{{{SVG}}}style")]
        styles[0].text = _graph_style()
        root.insert(0, styles[0])
    colors = dict(PALETTE)
    for node in styles:
        rules = FETCHING.sub("", CONDITIONAL.sub("", node.text or ""))
        colors |= {name: value.strip() for name, value in DEFINED.findall(rules)}
        node.text = rules
    for node in root.iter(etree.Element):
        _settle(node, colors)
    root.set("font-family", FAMILY)
    return bytes(etree.tostring(root, encoding="utf-8"))


def _drop(root: etree._Element) -> None:
    """Take out what is no drawing, and the addresses of what is."""
    for node in list(root.iter()):
        if not isinstance(node.tag, str) or etree.QName(node).localname in DROPPED:
            parent = node.getparent()
            if parent is not None:
                _keep_tail(parent, node)
            continue
        if etree.QName(node).localname == "a":
            node.tag = f"{{{SVG}}}g"
        for name in list(node.attrib):
            local = etree.QName(name).localname
            if local.startswith("on") or (local == "href" and not node.attrib[name].startswith("#")):
                del node.attrib[name]


def _keep_tail(parent: etree._Element, node: etree._Element) -> None:
    """Take `node` out of `parent`, but not the words behind it."""
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    parent.remove(node)


def _settle(node: etree._Element, colors: dict[str, str]) -> None:
    """Put colors and letters in the place of variables, in the attributes of `node` and in the rules of a style."""
    for name, value in node.attrib.items():
        if name == "font-family":
            node.set(name, FAMILY)
        elif name not in ("aria-label", "class", "id"):
            node.set(name, _colored(FETCHING.sub("", value), colors))
    if etree.QName(node).localname == "style":
        node.text = _colored(node.text or "", colors)


def _colored(text: str, colors: dict[str, str]) -> str:
    """A value or the rules of a style with fixed colors and the bundled letters."""
    if "var(" in text:
        text = VARIABLE.sub(lambda found: colors.get(found[1], (found[2] or "").strip() or INK), text)
    text = re.sub(r"\bcurrentColor\b", INK, text, flags=re.IGNORECASE)
    return LETTERS.sub(f"font-family: {FAMILY}", text) if "font-family" in text else text


@cache
def _graph_style() -> str:
    """The style of origin graphs, which a page holds once for all of them."""
    return files("tallystick.reporting").joinpath("templates", "graph.css").read_text(encoding="utf-8")
