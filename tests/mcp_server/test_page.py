"""The page about the server is that of the code, and what its dialog quotes stands in the sample."""

import json
import re
from pathlib import Path

from scripts.build_mcp_table import BEGIN, END, table

from talking import Talk

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "mcp.md"


def test_the_table_of_tools_is_that_of_the_code() -> None:
    """Between its marks the page has the table that the script makes."""
    shown = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    assert shown == table(), "run scripts/build_mcp_table.py"


def test_the_settings_of_a_client_are_json() -> None:
    """The snippet can be pasted."""
    found = re.search(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    settings = json.loads(found.group(1))
    assert settings["mcpServers"]["tallystick"]["args"][:2] == ["mcp", "--case"]


def test_the_dialog_says_what_the_sample_says(talk: Talk) -> None:
    """Its ids, figures and quotation are those of the tools' answers."""
    dialog = " ".join(PAGE.read_text(encoding="utf-8").partition("## A dialog")[2].replace("\n>", "\n").split())
    told = talk.call("get_estimate", estimate="killed kp kursk")
    assert f"estimate `{told['id']}`" in dialog
    assert f"{told['low']:,} to {told['high']:,}" in dialog
    assert f"credibility {told['credibility']}: {told['why_credibility']}" in dialog
    cited = {one["claim"]: one for reading in told["readings"] for one in reading["cited"]}
    claims = re.findall(r"`(c-[0-9a-f]+)`", dialog)
    assert len(claims) == 2
    for claim in claims:
        assert cited[claim]["outlet"] in dialog
    quotation = re.search(r'"(About [^"]+)"', dialog)
    assert quotation is not None
    assert quotation.group(1) in cited[claims[0]]["quote"]
