"""A small case in which something is flagged and a provision may apply, for the rooms that show both."""

import json
from pathlib import Path

from tallystick.pipeline import run

__all__ = ["HOSTILE", "REPORTS", "a_flagged_case"]

HOSTILE = "<script>document.title='hit'</script>"
# Own sentences: one announcement in three reports, a sum that does not come out, laborers sent abroad, a denial, an
# attack in a flagged sentence.
REPORTS = (
    {
        "id": "wire-1", "outlet": "Northern Wire", "published": "2025-06-17",
        "text": "North Korea will send 5,000 construction workers to Russia's Kursk region, Security Council Secretary"
        " Sergei Shoigu said in Pyongyang on Tuesday.",
    },
    {
        "id": "herald-1", "outlet": "Harbor Herald", "published": "2025-06-18",
        "text": "North Korea will send 5,000 construction workers to Kursk, Shoigu said, Northern Wire reported.",
    },
    {
        "id": "review-1", "outlet": "Port Review", "published": "2025-06-19",
        "text": "Pyongyang is to send 5,000 construction workers to Russia's Kursk region, Shoigu said on Tuesday.",
    },
    {
        "id": "press-1", "outlet": "Harbor Press", "published": "2025-12-05",
        "text": "KYIV - North Korean forces suffered 5,000 casualties in Russia's Kursk region, of which 2,300 were"
        " killed and 3,500 wounded, Ukraine's military intelligence said on Thursday.",
    },
    {
        "id": "desk-1", "outlet": "Seoul Desk", "published": "2025-04-30",
        "text": "South Korea's intelligence service said that 15,000 North Korean laborers have been sent to Russia.",
    },
    {
        "id": "gazette-1", "outlet": "Evening <b>Gazette</b>", "published": "2025-10-29",
        "text": "Some 1,300 North Korean soldiers of a construction brigade have arrived in Russia, where they repair"
        f" roads {HOSTILE} near the Rostov region.",
    },
)  # fmt: skip


def a_flagged_case(folder: Path) -> Path:
    """Make the case."""
    inbox = folder.with_name(f"{folder.name}.jsonl")
    inbox.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), encoding="utf-8")
    run([inbox], folder, "dprk-russia")
    return folder
