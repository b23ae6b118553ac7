"""The program that sets a report: a process of its own, for a template may have no network, no folder, no endless time.

`typesetting.py` starts it: `python compositor.py FOLDER FORMAT STANDARDS FONTS DOTS`. FOLDER holds `main.typ` and what
that reads; the pages are written there as `1.pdf`, or `1.png`, `2.png`, ... Where the template is faulty, standard
output holds one JSON object (`message`, `diagnostic`, `hints`) and the program ends with status 3. It imports nothing
of Tallystick: it starts in a fraction of a second.
"""

import json
import os
import sys
from pathlib import Path

FAULTY = 3
# No machine listens at port 0, so that typst, which takes the proxy of its environment, can fetch no package.
NOWHERE = "http://127.0.0.1:0"
PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def main() -> int:
    """Set what the arguments name; the status that the program ends with goes out."""
    folder, form, standards, fonts, dots = sys.argv[1:6]
    for name in PROXIES:
        os.environ[name] = os.environ[name.upper()] = NOWHERE
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = ""
    import typst  # noqa: PLC0415 - it may read the environment where it is imported

    packages = str(Path(folder) / "packages")
    try:
        pages = typst.compile(
            str(Path(folder) / "main.typ"), root=folder, font_paths=[fonts], ignore_system_fonts=True,
            format="pdf" if form == "pdf" else "png", ppi=float(dots), package_path=packages,
            package_cache_path=packages, pdf_standards=[one for one in standards.split(",") if one], timestamp=0,
        )  # type: ignore[call-overload, unused-ignore]  # fmt: skip
    except typst.TypstError as error:
        print(json.dumps({"message": error.message, "diagnostic": error.diagnostic, "hints": error.hints}))  # noqa: T201
        return FAULTY
    for number, page in enumerate(pages if isinstance(pages, list) else [pages], 1):
        Path(folder, f"{number}.{form}").write_bytes(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
