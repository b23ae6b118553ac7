"""Who publishes: names of outlets and credit lines come in, one key for each outlet goes out."""

from re import compile as pattern
from urllib.parse import urlsplit

from tallystick.model.document import Document, PassageKind
from tallystick.model.dossier import Dossier
from tallystick.values.names import fold

__all__ = ["Outlets"]

# A dateline with its credit fits into the first line of a report: "NEW YORK, Jan. 31 (Agency) - ".
LEAD = 120
# "... (Harbor Press) -", "(AP)": a name in round brackets that a dash follows, or that opens the paragraph.
CREDIT = pattern(r"\(([^()\n]{2,40})\)\s{0,2}(?:[-–—]|$)|^\(([^()\n]{2,40})\)")
# "Source: Agency" or "By Agency" on a line of its own.
SIGNED = pattern(r"^(?:source|credit|via)\s{0,2}:\s{0,2}(.{2,40})$")

AGENCY = "agency"
# Labels of a host name that are looked at; editions stand at most two before the name ("en.news.agency.co.kr").
DEEPEST = 8


class Outlets:
    """The outlets of a case; asks the sources of the dossier first."""

    def __init__(self, dossier: Dossier) -> None:
        """Index names, other names and domains."""
        self._names: dict[str, str] = {}
        self._domains: dict[str, str] = {}
        self._families = {" ".join(fold(source.name)): source.family for source in dossier.sources if source.family}
        self._agencies = frozenset(" ".join(fold(source.name)) for source in dossier.sources if source.kind == AGENCY)
        for source in dossier.sources:
            key = " ".join(fold(source.name))
            for name in (source.name, *source.aliases):
                self._names.setdefault(" ".join(fold(name)), key)
            for domain in source.domains:
                self._domains.setdefault(domain.casefold(), key)

    def key(self, name: str) -> str:
        """Give the key of an outlet's name."""
        folded = " ".join(fold(name))
        return self._names.get(folded, folded)

    def of(self, document: Document) -> str | None:
        """Give the key of the outlet of `document`: its name, else the host of its address; None without both."""
        if document.outlet:
            return self.key(document.outlet)
        try:
            host = urlsplit(document.url or "").hostname
        except ValueError:
            return None
        if not host:
            return None
        host = host.removeprefix("www.")
        return self._domains.get(host, host)

    def family(self, document: Document) -> str | None:
        """Give the family of the outlet of `document`: of its name, else of the host of its address or one above it."""
        named = self._families.get(self.key(document.outlet)) if document.outlet else None
        if named is not None or not self._families:
            return named
        try:
            host = urlsplit(document.url or "").hostname or ""
        except ValueError:
            return None
        labels = host.split(".")[-DEEPEST:]
        hosts = (".".join(labels[at:]) for at in range(len(labels) - 1))
        key = next((self._domains[name] for name in hosts if name in self._domains), "")
        return self._families.get(key)

    def is_agency(self, key: str | None) -> bool:
        """Tell whether the outlet with this key is a news agency of the dossier, whose text others print."""
        return key in self._agencies

    def credited(self, document: Document) -> str | None:
        """Give the key of the outlet that the first or the last paragraph credits, or None."""
        body = [passage for passage in document.passages if passage.kind is PassageKind.BODY]
        if not body:
            return None
        lead = document.text[body[0].start : min(body[0].end, body[0].start + LEAD)]
        found = CREDIT.search(lead)
        if found is not None:
            return self.key(found.group(1) or found.group(2))
        for passage in document.passages[-3:]:
            signed = SIGNED.match(document.text[passage.start : min(passage.end, passage.start + LEAD)].casefold())
            if signed is not None:
                return self.key(signed.group(1))
        return None
