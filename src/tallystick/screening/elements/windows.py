"""When each provision of a pack applies: a pack comes in, the days from entry into force to the end of it go out."""

from collections.abc import Mapping

from tallystick.model.provision import Pack, Provision
from tallystick.screening.elements.folding import Window
from tallystick.values.periods import period

__all__ = ["windows"]


def windows(pack: Pack) -> Mapping[str, Window]:
    """Give the days on which each provision applies, by its id.

    It applies from its own date or else that of its instrument, and until its end, that of its instrument, or the day
    on which the provision that took its place came into force, whichever is first.
    """
    provisions = {provision.id: provision for provision in pack.provisions}
    ends = {instrument.id: _first(instrument.ended) for instrument in pack.instruments}
    starts = {provision.id: _start(pack, provision) for provision in pack.provisions}
    found: dict[str, Window] = {}
    for provision in pack.provisions:
        later = provision.superseded_by
        known = (
            _first(provision.until),
            ends.get(provision.instrument),
            starts.get(later) if later in provisions else None,
        )
        found[provision.id] = Window(starts[provision.id], min((end for end in known if end is not None), default=None))
    return found


def _start(pack: Pack, provision: Provision) -> int | None:
    """The day of entry into force; None where it is not known."""
    instrument = next((held for held in pack.instruments if held.id == provision.instrument), None)
    return _first(provision.in_force or (None if instrument is None else instrument.in_force))


def _first(edtf: str | None) -> int | None:
    days = period(edtf)
    return None if days is None else days.first
