"""Cut the fonts of printed reports to the scripts that Tallystick reads.

Needs fonttools (`pip install fonttools`; 4.68 made those that are here) and the Noto fonts as Debian's fonts-noto-core
and fonts-noto-cjk bring them:

    python scripts/build_fonts.py /usr/share/fonts src/tallystick/reporting/fonts
"""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from fontTools import subset  # type: ignore[import-not-found, unused-ignore]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found, unused-ignore]

# Latin, Greek and Cyrillic with what English, Russian and Ukrainian reports set beside them: dashes, quotation marks,
# currencies, letterlike signs, fractions, arrows, signs of comparison, marks.
ALPHABETS = (
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x0259, 0x0259), (0x02B0, 0x0314), (0x0370, 0x052F), (0x1E00, 0x1EFF),
    (0x2000, 0x206F), (0x2070, 0x209C), (0x20A0, 0x20C0), (0x2100, 0x214F), (0x2150, 0x2189), (0x2190, 0x2199),
    (0x2200, 0x22FF), (0x25A0, 0x25FF), (0x2605, 0x2606), (0x2713, 0x2717), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD),
)  # fmt: skip
# Punctuation, kana, the letters of Hangul, enclosed signs, all 11,172 syllables, and the full-width forms.
EAST_ASIAN = (
    (0x2010, 0x2027), (0x2190, 0x2199), (0x2460, 0x24FF), (0x25A0, 0x25FF), (0x2605, 0x2606), (0x3000, 0x30FF),
    (0x3105, 0x312F), (0x3131, 0x318E), (0x3200, 0x33FF), (0xAC00, 0xD7A3), (0xFE30, 0xFE4F), (0xFF01, 0xFFEE),
)  # fmt: skip
# National sets of Han: simplified and traditional Chinese, Korean hanja, Japanese names.
CHARACTER_SETS = ("gb2312", "big5", "euc_kr", "shift_jis")
HAN = range(0x4E00, 0xA000)


class Cut(NamedTuple):
    """A font to make: the name of its file, the file it comes from, the face in a collection, and what to keep."""

    name: str
    source: str
    face: str | None
    characters: frozenset[int]


def spread(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The code points of ranges, both ends among them."""
    return frozenset(code for first, last in ranges for code in range(first, last + 1))


def han() -> frozenset[int]:
    """The Han characters that at least one of the national sets holds."""
    return frozenset(code for code in HAN if any(_encodes(chr(code), name) for name in CHARACTER_SETS))


def _encodes(character: str, name: str) -> bool:
    try:
        character.encode(name)
    except UnicodeEncodeError:
        return False
    return True


def cuts() -> tuple[Cut, ...]:
    """The fonts of a report."""
    letters, signs = spread(ALPHABETS), spread(EAST_ASIAN) | han()
    latin = tuple(
        Cut(f"NotoSans-{style}.ttf", f"truetype/noto/NotoSans-{style}.ttf", None, letters)
        for style in ("Regular", "Bold", "Italic")
    )
    return (
        *latin,
        Cut("NotoSansCJKsc-Regular.otf", "opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", signs),
    )


def opened(path: Path, face: str | None) -> TTFont:
    """The font in a file, or the face of that family name in a collection."""
    if face is None:
        return TTFont(path, recalcTimestamp=False)
    number = 0
    while (font := TTFont(path, fontNumber=number, recalcTimestamp=False))["name"].getDebugName(1) != face:
        number += 1
    return font


def main() -> None:
    """Make the fonts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fonts", type=Path, help="folder of the fonts as published")
    parser.add_argument("into", type=Path)
    chosen = parser.parse_args()
    for cut in cuts():
        options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp"], hinting=False, notdef_outline=True)
        # What the face is called, and under which terms it is given.
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17]
        font = opened(chosen.fonts / cut.source, cut.face)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=cut.characters)
        cutter.subset(font)
        font.save(chosen.into / cut.name, reorderTables=True)
        print(f"{cut.name}: {len(font.getBestCmap())} characters, {(chosen.into / cut.name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
