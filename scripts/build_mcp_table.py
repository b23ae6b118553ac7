"""Put the table of the tools into `docs/mcp.md`, from the code.

Run: python scripts/build_mcp_table.py [FILE]; a test proves that the page is that of the code as it is.
"""

import inspect
import sys
from pathlib import Path

from tallystick.mcp_server.reading_tools import ReadingTools
from tallystick.mcp_server.server import TOOLS
from tallystick.mcp_server.writing_tools import WritingTools

PAGE = Path(__file__).resolve().parents[1] / "docs" / "mcp.md"
BEGIN, END = "<!-- tools: made by scripts/build_mcp_table.py from the code -->\n", "<!-- end of tools -->\n"


def table() -> str:
    """Give the table: of each tool its parameters, what it does, and whether it writes."""
    lines = ["| tool | parameters | what it does |", "|---|---|---|"]
    for name, hints in TOOLS.items():
        method = getattr(ReadingTools if hints.read_only_hint else WritingTools, name)
        given = [one for one in inspect.signature(method).parameters if one not in ("self", "ctx")]
        first = " ".join((inspect.getdoc(method) or "").split("\n\n")[0].split())
        writing = " Only with `--write`" + ("; destructive." if hints.destructive_hint else ".")
        writes = "" if hints.read_only_hint else writing
        lines.append(f"| `{name}` | {', '.join(f'`{one}`' for one in given) or 'none'} | {first}{writes} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page with the table of now."""
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(before + BEGIN + table() + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
