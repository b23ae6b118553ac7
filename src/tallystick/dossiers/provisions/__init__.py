"""Packs of provisions: the law that a dossier is screened against, as files."""
