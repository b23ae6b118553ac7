"""What is given other than as files: pasted text and addresses come in, what is wrong with them or a piece goes out."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from tallystick.reading.received import Kind
from tallystick.values.dates import is_iso
from tallystick.workbench.spooling import Upload

__all__ = ["MOST_TEXT", "MOST_WIRE", "Pasted", "Wanted"]

# Characters of a pasted report: ten times the longest article of the gold sets. A book belongs in a file.
MOST_TEXT = 600_000
# Bytes of it on the wire, where each letter of most scripts takes nine as a form writes it.
MOST_WIRE = 6_000_000
# Characters of a title, an outlet or an address.
MOST_LINE = 2_000
# Words of a text by which a reader knows it where it has no title.
LABEL = 60


@dataclass(frozen=True, slots=True)
class Pasted:
    """A report as somebody pasted it, with what they say of it.

    Attributes:
        text: Its text.
        title, outlet, published, url: As of the report; empty where nothing is said.
    """

    text: str = ""
    title: str = ""
    outlet: str = ""
    published: str = ""
    url: str = ""

    def wrong(self) -> tuple[tuple[str, str], ...]:
        """Give what is wrong: the field and a sentence each."""
        found = []
        if not self.text.strip():
            found.append(("text", "Paste the text of a report."))
        elif len(self.text) > MOST_TEXT:
            found.append(("text", f"The text has more than {MOST_TEXT:,} characters; give it as a file."))
        if self.published.strip() and not is_iso(self.published.strip()):
            found.append(("published", "Write the date as 2025-06-17."))
        if self.url.strip() and _wrong_address(self.url):
            found.append(("url", _wrong_address(self.url)))
        too_long = f"This is longer than {MOST_LINE:,} characters."
        found.extend((name, too_long) for name, line in self._lines().items() if len(line) > MOST_LINE)
        return tuple(found)

    def _lines(self) -> dict[str, str]:
        """What is said of the text, by the name that it has in a report of one line."""
        return {"title": self.title, "outlet": self.outlet, "published": self.published, "url": self.url}

    @property
    def label(self) -> str:
        """What a reader calls it."""
        words = " ".join((self.title.strip() or self.text.strip()[: 2 * LABEL]).split())
        return f"pasted: {words[:LABEL]}{'…' if len(words) > LABEL else ''}"

    def put(self, upload: Upload) -> None:
        """Put it into a spool, as one report with what is said of it as stated."""
        told = {
            name: value for name in ("title", "outlet", "published", "url") if (value := getattr(self, name).strip())
        }
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        with upload.file(self.label, Kind.JSON) as stream:
            # Half a surrogate pair can come no other way than by attack; reading says what is wrong with it.
            stream.write(json.dumps({"text": text, **told}, ensure_ascii=True).encode("ascii"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address as somebody gave it.

    Attributes:
        url: The address.
    """

    url: str = ""

    def wrong(self) -> tuple[tuple[str, str], ...]:
        """Give what is wrong."""
        said = _wrong_address(self.url)
        return (("address", said),) if said else ()

    @property
    def host(self) -> str:
        """Whom it asks."""
        return urlsplit(self.url.strip()).hostname or ""


def _wrong_address(url: str) -> str:
    """Why an address cannot be one of the web; "" where it can. Whether it may be asked is told when it is."""
    try:
        parts = urlsplit(url.strip())
        fits = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fits = False
    return "" if fits and len(url) <= MOST_LINE else "Write an address that begins with https:// or http://."
