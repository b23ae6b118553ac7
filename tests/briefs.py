"""Briefs for the tests of printed reports: one with every section and every script, a long one, hostile ones."""

from dataclasses import replace
from hashlib import sha256

from tallystick.reporting.brief import (
    Brief,
    ChangeLine,
    Conflicting,
    Cover,
    Element,
    Flagged,
    Footnote,
    KeyJudgement,
    Picture,
    ProvisionPanel,
    SourceLine,
    Tree,
    TreeLine,
)

__all__ = ["DRAWING", "SCRIPTS", "brief", "long_brief", "spoken_by"]

SCRIPTS = {
    "ru": "Шойгу сообщил о тысяче сапёров",
    "uk": "Її ґанок, єдиний об’єкт",
    "ko": "북한 공병 천 명을 파견한다",
    "zh-Hans": "朝鲜将向俄罗斯派遣工兵",
    "zh-Hant": "北韓將向俄羅斯派遣軍事建設人員",
}
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 90" width="400" height="90" class="chart">'
    '<rect width="400" height="90" fill="var(--panel)"/><path d="M20 70H380" stroke="var(--line)"/>'
    '<circle cx="80" cy="40" r="6" fill="var(--planned)"/><circle cx="260" cy="30" r="6" fill="var(--actual)"/>'
    '<text x="92" y="44" font-family="\'Source Sans 3\', Arial, sans-serif" font-size="12" fill="currentColor">'
    'Шойгу 5,000 북한 朝鲜</text></svg>'
)  # fmt: skip


def brief() -> Brief:
    """A short report with every section."""
    return Brief(
        cover=Cover(
            "North Korean personnel in Russia", "Workers, sappers and soldiers sent to Russia since 2024.",
            "2025-06-30", "2025-06-16", "2025-06-28",
            (("24", "reports"), ("61", "claims"), ("36", "origins"), ("12", "estimates"), ("5", "flags")),
            "0.1.0", "a" * 64,
        ),
        judgements=(_judgement(1), _judgement(2, figure="4,700 to 6,000", best=False), _judgement(3, stale=True)),
        more=9,
        changes=(
            ChangeLine("+", "estimate", "Sappers, planned: 1,000.", ("Kyodo, 17 June 2025", SCRIPTS["ko"])),
            ChangeLine("~", "estimate", "Builders, planned: 4,500 became 5,000.", ()),
            ChangeLine("-", "conflict", "Two counts of builders no longer disagree.", ()),
            ChangeLine("!", "flag", "A title that had ended was used.", ("TASS, 18 June 2025",)),
        ),
        changes_more=2,
        charts=(Picture("Builders over time", DRAWING, "Two figures, one planned and one actual."),),
        map=Picture("Where", DRAWING, "Kursk.", "Outlines take sides on borders; these are of Natural Earth."),
        trees=(
            Tree(
                "e-1", "Builders sent to Kursk",
                (
                    TreeLine(0, "Sergei Shoigu, 17 June 2025: 5,000", (1,)),
                    TreeLine(1, "TASS, 17 June 2025", (1, 2)),
                    TreeLine(2, "Kyodo, by the credit line", (3,)),
                ),
                Picture("Origins", DRAWING, "Shoigu, told by TASS, told by Kyodo."),
            ),
        ),
        conflicts=(
            Conflicting("Soldiers killed", "Two origins differ by more than they allow.", "600 > 1.2 x 300", (2, 3)),
        ),
        panels=(
            ProvisionPanel(
                "h-1", "UNSCR 2397 (2017), para. 8", "Return of workers", "Builders sent to Kursk", "partly told",
                "If they earn income there, the paragraph may apply.",
                (Element("nationals of the DPRK", "told", "", (1,)), Element("earning income", "not told", "ask", ())),
                ("Whether they are paid.",), ("From general knowledge, not checked against the instrument.",),
            ),
        ),
        panels_more=0,
        flags=(
            Flagged("f-1", "stale-title", "error", "He had left his office on 12 May 2024.", (2,)),
            Flagged("f-2", "round-figure", "note", "A round figure.", ()),
        ),
        flags_more=3,
        sources=(
            SourceLine("TASS", "B", "state news agency", 7, 12, 4), SourceLine("한겨레", "C", "newspaper", 3, 5, 0),
        ),
        speakers=(("Sergei Shoigu", 9, 2), ("Сергей Шойгу", 2, 1)),
        method=(
            "Every figure is read by rules from a preserved report.", "Corroboration counts origins, never outlets.",
        ),
        footnotes=tuple(_footnote(number, words) for number, words in enumerate(SCRIPTS.values(), 1)),
    )  # fmt: skip


def long_brief(judgements: int, footnotes: int) -> Brief:
    """A report with so many judgements and footnotes."""
    words = list(SCRIPTS.values())
    return replace(
        brief(),
        judgements=tuple(_judgement(number) for number in range(1, judgements + 1)),
        footnotes=tuple(_footnote(number, words[number % len(words)]) for number in range(1, footnotes + 1)),
    )


def spoken_by(hostile: str) -> Brief:
    """A short report in which every text that comes from outside is `hostile`."""
    plain = brief()
    drawing = Picture(hostile, DRAWING, hostile, hostile)
    return replace(
        plain,
        cover=replace(plain.cover, title=hostile, about=hostile),
        judgements=(replace(plain.judgements[0], label=hostile, sentence=hostile, unsettled=hostile, figure=hostile),),
        changes=(ChangeLine("!", hostile, hostile, (hostile,)),),
        charts=(drawing,),
        map=drawing,
        trees=(Tree("e-1", hostile, (TreeLine(99, hostile, (1, 77)),), drawing),),
        conflicts=(Conflicting(hostile, hostile, hostile, (1,)),),
        panels=(
            ProvisionPanel(
                hostile, hostile, hostile, hostile, hostile, hostile,
                (Element(hostile, hostile, hostile, (1,)),), (hostile,), (hostile,),
            ),
        ),
        flags=(Flagged(hostile, hostile, hostile, hostile, (1,)),),
        sources=(SourceLine(hostile, hostile, hostile, 1, 1, 1),),
        speakers=((hostile, 1, 1),),
        footnotes=(replace(_footnote(1, hostile), source=hostile, before=hostile, behind=hostile, document=hostile),),
    )  # fmt: skip


def _judgement(number: int, figure: str = "5,000", *, best: bool = True, stale: bool = False) -> KeyJudgement:
    return KeyJudgement(
        f"e-{number}", f"Builders sent to Kursk, {number}",
        f"Russia plans to send {figure} military builders to the Kursk region, as Sergei Shoigu told on 17 June 2025.",
        figure, "4,700 to 6,000", ("planned", "flow", "June 2025"), "B2" if best else "F6",
        "probably true" if best else "cannot be judged", "2 independent origins", 7,
        "" if best else "the figures contradict one another", stale, (number, number + 1),
    )  # fmt: skip


def _footnote(number: int, words: str) -> Footnote:
    return Footnote(
        number, f"c-{number:04}", "TASS, “Shoigu visits Pyongyang”", "17 June 2025",
        f"https://example.org/reports/2025/06/17/{number}", f"d-{number:04}", "b" * 64, 120, 120 + len(words),
        "He said: ", words, ", and left.", sha256(words.encode("utf-8", "replace")).hexdigest(),
    )  # fmt: skip
