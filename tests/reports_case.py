"""A case for the room of reports: a story and its copy, a web page with passages of every kind, ids that bite."""

import json
from pathlib import Path
from typing import Any

from litestar import Request

from tallystick.pipeline import run
from tallystick.workbench.access.visitors import Visitor

__all__ = ["HOSTILE", "LONG", "LONG_STORY", "PAGE", "STORY", "WIRE", "Admitted", "a_case_of_reports"]

# Own sentences. The crane is one code point and two units of UTF-16.
STORY = (
    "North Korea will send 5,000 construction workers and 1,000 sappers to Russia's Kursk region, Security Council"
    " Secretary Sergei Shoigu said in Pyongyang on Tuesday.\n"
    "🚧 South Korea's National Intelligence Service said that about 15,000 North Korean soldiers were deployed to"
    " Russia and that some 600 of them had been killed.\n"
    "Ukraine's military intelligence denied that 4,000 North Korean construction workers had arrived in Kursk."
)
WIRE = "wire/2 <b>?%&#+"
LONG = "../" + "🚧" * 900
HOSTILE = (
    "../../etc", ".", "a//b/", "?at=1-2#at", "one", 'x"onmouseover="alert(1)', " edge ", "line\nbreak", "%2e%2e%2f",
    "\u202eturned", LONG, LONG + "z",
)  # fmt: skip
HTML = """<html lang=en><head><title>Count of workers grows - Daily Ledger</title>
<meta property="og:site_name" content="Daily Ledger">
<meta property="article:published_time" content="2025-07-10T09:00:00Z"></head><body><article>
<h1>Count of workers grows</h1><p class=standfirst>At least 8,000 North Korean workers are in Russia, an official
says.</p>
<p>At least 8,000 North Korean workers have arrived in Russia since January, South Korea's National Intelligence Service
said on Wednesday. The figure has not been confirmed by Moscow or by Pyongyang, and several earlier counts were
lower.</p>
<figure><img src=x.jpg><figcaption>Some of 200 North Korean workers at a building site in Kursk.</figcaption></figure>
<p>Russia plans to take in 12,000 North Korean workers by the end of the year, the Vedomosti newspaper reported, citing
two people at the ministry who know the plan. The ministry did not reply to a request for comment.</p></article>
<section id=comments class=comments><h2>Comments</h2><div class=comment><p>I heard it was 50,000!</p></div></section>
</body></html>"""
PAGE = "page.html"
# Three parts long, with a claim in every hundredth line.
LONG_STORY = "\n".join(
    f"Kim said that {turn},000 North Korean workers had arrived in Kursk." if turn % 100 == 7
    else "The road goes on along the river, and nobody was seen on it."
    for turn in range(900)
)  # fmt: skip


class Admitted:
    """Everybody is one and the same visitor."""

    def __init__(self, visitor: Visitor) -> None:
        self.who = visitor

    def visitor(self, _request: Request[Any, Any, Any]) -> Visitor:
        """Give that visitor."""
        return self.who


def a_case_of_reports(folder: Path) -> Path:
    """Make the case."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    reports = [
        {"id": WIRE, "outlet": "Northern Wire", "published": "2025-06-20T08:00:00Z", "title": "Builders for Kursk",
         "text": STORY, "url": "https://wire.example/a?b=1&c=2"},
        {"id": "copy-2", "outlet": "Coastal Courier", "published": "2025-06-21", "title": "More builders",
         "text": STORY, "url": "javascript:alert(1)"},
        {"id": "long", "outlet": "Road Review", "published": "2025-06-19", "title": "The road",
         "text": LONG_STORY},
        *(
            {"id": name, "outlet": "\u202eOut<i>let", "title": "<img src=x onerror=document.title='hit'>",
             "text": f"<script>document.title='hit'</script> Kim said that {turn + 2},000 North Korean workers had"
             " arrived in Kursk. <style>*{display:none}</style>", "language": "en"}
            for turn, name in enumerate(HOSTILE)
        ),
    ]  # fmt: skip
    inbox = folder.with_name(f"{folder.name}.jsonl")
    inbox.write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    page = folder.with_name(PAGE)
    page.write_text(HTML, encoding="utf-8")
    broken = folder.with_name("broken<b>.pdf")
    broken.write_bytes(b"%PDF-1.4 broken")
    run([inbox, page, broken], folder, "dprk-russia")
    return folder
