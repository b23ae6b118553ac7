"""Every test of storage can ask for a new case in each store."""

from databases import another, place, postgres, server

__all__ = ["another", "place", "postgres", "server"]
