"""Accounting identities: figures that arithmetic ties to one another."""
