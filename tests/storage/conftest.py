"""Every test of storage can ask for a new case in each store, or for one that was made in a folder in each."""

from copied import copies, fresh, kept
from databases import another, another_of_module, place, postgres, server

__all__ = ["another", "another_of_module", "copies", "fresh", "kept", "place", "postgres", "server"]
