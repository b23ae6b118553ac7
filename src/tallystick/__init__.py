"""Tallystick: a sourced ledger of every number in the news.

Every stage of the journey is a function of this package: `read`, `extract`, `trace`, `reconcile`, `screen`, `report`;
`run` is all of them on a case folder, `load` reads a dossier. They are imported at first use, so that importing one
does not load the libraries of the others.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallystick.dossiers.loading import load
    from tallystick.extraction.extraction import extract
    from tallystick.extraction.facts import facts
    from tallystick.pipeline import run
    from tallystick.reading.reading import read
    from tallystick.reconciliation.reconciliation import reconcile
    from tallystick.reporting.report import report
    from tallystick.screening.screening import screen
    from tallystick.tracing.tracing import trace

__all__ = ["extract", "facts", "load", "read", "reconcile", "report", "run", "screen", "trace"]

HOMES = {
    "extract": "tallystick.extraction.extraction",
    "facts": "tallystick.extraction.facts",
    "load": "tallystick.dossiers.loading",
    "read": "tallystick.reading.reading",
    "reconcile": "tallystick.reconciliation.reconciliation",
    "report": "tallystick.reporting.report",
    "run": "tallystick.pipeline",
    "screen": "tallystick.screening.screening",
    "trace": "tallystick.tracing.tracing",
}


def __getattr__(name: str) -> Any:
    """Import a public function at its first use."""
    try:
        home = HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'tallystick' has no attribute '{name}'") from None
    return getattr(import_module(home), name)
