"""A case at a glance, and its dossier: a view comes in, counts and names to ask by go out."""

from tallystick.mcp_server.answers import Overview, Related, Report
from tallystick.mcp_server.citing import Json, plain
from tallystick.mcp_server.desk import Desk, notes_of
from tallystick.mcp_server.estimates import label_of
from tallystick.model.dossier import Dossier
from tallystick.storage.views import claim_choices, lookup
from tallystick.storage.views.claim_choices import Choice
from tallystick.storage.views.glance import Glance, glance
from tallystick.storage.views.kept import Kept

__all__ = ["case_overview", "dossier_record"]

# Names of each kind that an overview offers to ask by; the errors of the tools name near ones of all.
MOST_NAMES = 12
# Estimates and flags that it leads to.
MOST_LED = 5
EMPTY = "The case holds no reports yet: `tallystick run PATH... --case DIR` reads some into it."
COUNTED = "These numbers count records of the case. Figures of the world stand in claims and estimates."

_GLANCES: Kept[Glance] = Kept(4)


def case_overview(desk: Desk) -> Overview:
    """Give what a case holds, and what it can be asked by."""
    with desk.moment() as view:
        held = _GLANCES.of(view, "glance", glance)
        dossier = desk.dossier(view)
        choices = claim_choices.choices(view)
        latest = lookup.latest(view)
        return Overview(
            dossier=dossier.name, title=dossier.title, reports=held.reports, claims=held.claims,
            origins=held.origins, estimates=held.estimates, flags=held.flagged, hits=held.hits_held,
            failures=held.failures, to_review=held.to_review, behind=view.behind, writes=desk.writes,
            latest=None if latest is None else Report(
                latest.document, latest.title, latest.outlet, latest.published, latest.language
            ),
            categories=_names(choices.categories), speakers=_names(choices.speakers),
            outlets=_names(choices.outlets), languages=_names(choices.languages),
            packs=tuple(pack.name for pack in dossier.packs),
            most_reported=tuple(Related(one.id, label_of(one)) for one in lookup.named(view)[:MOST_LED]),
            gravest_flags=tuple(Related(one.id, f"{one.severity}: {one.code}") for one in held.flags[:MOST_LED]),
            notes=notes_of(view, COUNTED, "" if held.reports else EMPTY),
        )  # fmt: skip


def _names(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(choice.value for choice in choices[:MOST_NAMES])


def dossier_record(dossier: Dossier) -> Json:
    """Give the subject under watch as JSON: what it counts, who publishes, and which provisions it is screened for."""
    return plain(
        {
            "name": dossier.name, "title": dossier.title, "about": dossier.about, "sha256": dossier.sha256,
            "categories": [{"id": one.id, "label": one.label, "unit": one.unit} for one in dossier.categories],
            "places": [{"id": one.id, "name": one.name} for one in dossier.places],
            "sources": [{"name": one.name, "kind": one.kind, "reliability": one.reliability}
                        for one in dossier.sources],
            "provisions": [{"pack": pack.name, "id": one.id, "paragraph": one.paragraph, "instrument": one.instrument}
                           for pack in dossier.packs for one in pack.provisions],
        }
    )  # fmt: skip
