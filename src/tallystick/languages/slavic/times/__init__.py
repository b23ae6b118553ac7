"""Dates in Russian and Ukrainian."""
