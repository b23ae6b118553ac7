"""Who and where in a STIX bundle: names come in, refs go out, and each object that stands behind one once."""

from collections.abc import Iterable, Iterator

from tallystick.exporting.linked import Json, present
from tallystick.exporting.parties import Parties, Party
from tallystick.exporting.siting import COUNTRY, REGION, Sites
from tallystick.exporting.stix_objects import common, stix_id
from tallystick.exporting.subject import Subject
from tallystick.exporting.tags import machine_tag, reliability_tag
from tallystick.model.estimate import Population
from tallystick.values.places import is_country

__all__ = ["Graph"]

# Kinds of actor of a dossier; of anybody else it is not known what he is.
CLASSES = {"person": "individual", "organization": "organization", "state": "organization", "collective": "group"}
UNGRADED = "F"


class Graph:
    """The identities and locations of a bundle; their ids are held, so that each is written once."""

    def __init__(self, subject: Subject, made: str) -> None:
        """Take what the bundle is about, and its time as STIX writes it."""
        self._scope = subject.dossier.name
        self._made = made
        self._parties = Parties(subject.dossier)
        self._sites = Sites(subject.dossier)
        self._written: set[str] = set()

    def own(self, name: str) -> str:
        """Give the name by which an id of this dossier's case stands: ids of reports are unique in a case alone."""
        return f"{self._scope}:{name}"

    def speaker(self, name: str | None) -> str | None:
        """Give the ref of who speaks, or None."""
        party = self._parties.speaker(name)
        return None if party is None else stix_id("identity", party.key)

    def outlet(self, name: str | None) -> str | None:
        """Give the ref of who publishes, or None."""
        party = self._parties.outlet(name)
        return None if party is None else stix_id("identity", party.key)

    def identities(self, outlets: Iterable[str | None], speakers: Iterable[str | None]) -> Iterator[Json]:
        """Give the identities of some names that have not been given yet."""
        found = [(self._parties.outlet(name), True) for name in outlets]
        found += [(self._parties.speaker(name), False) for name in speakers]
        for party, publishes in found:
            if party is not None and self._first(stix_id("identity", party.key)):
                yield self._identity(party, publishes=publishes)

    def _identity(self, party: Party, *, publishes: bool) -> Json:
        actor, source = party.actor, party.source
        kind = CLASSES.get(actor.kind, "unknown") if actor else "organization" if source or publishes else "unknown"
        letter = UNGRADED if source is None else source.reliability
        return present(
            {
                **common("identity", party.key, self._made),
                "name": party.name,
                "identity_class": kind,
                "description": source.note if source and source.note else None,
                "labels": [] if letter == UNGRADED else [reliability_tag(letter)],
            }
        )

    def places(self, population: Population) -> tuple[list[str], list[Json]]:
        """Give the refs of where a population is and where it comes from, and their locations not given yet."""
        found = [self._place(population.place), self._country(population.origin)]
        there = [one for one in found if one is not None]
        refs = list(dict.fromkeys(ref for ref, _ in there))
        return refs, [location for ref, location in there if self._first(ref)]

    def _place(self, name: str | None) -> tuple[str, Json] | None:
        site = self._sites.at(name)
        if site is None or name is None or not is_country(site.country):
            return None
        if site.precision == COUNTRY:
            return self._country(site.country)
        region = site.precision == REGION
        # The point of a region is that of its main city: a map that has no word for that would mislead.
        source = "GeoNames" if site.identifier.isdigit() else "ISO 3166-2"
        told: dict[str, Json] = {
            **common("location", f"{site.identifier}:{site.precision}", self._made),
            "name": name,
            "country": site.country,
            "administrative_area": name if region else None,
            "external_references": [{"source_name": source, "external_id": site.identifier}],
            "latitude": None if region else site.latitude,
            "longitude": None if region else site.longitude,
            "labels": [machine_tag("where-precision", str(site.precision))],
            "description": f"How wide it is on UCDP GED's scale of 1 to 7: {site.precision}"
            + (", the first division of a country" if region else ", a town; the point is its middle"),
        }
        return stix_id("location", f"{site.identifier}:{site.precision}"), present(told)

    def _country(self, code: str | None) -> tuple[str, Json] | None:
        if code is None or not is_country(code):
            return None
        told: Json = {
            **common("location", f"country:{code}", self._made),
            "name": code,
            "country": code,
            "labels": [machine_tag("where-precision", str(COUNTRY))],
        }
        return stix_id("location", f"country:{code}"), told

    def _first(self, ref: str) -> bool:
        """Whether a ref stands for the first time."""
        first = ref not in self._written
        self._written.add(ref)
        return first
