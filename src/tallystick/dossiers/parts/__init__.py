"""Registers and packs of law that dossiers use."""
