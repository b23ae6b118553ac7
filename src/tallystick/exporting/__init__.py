"""Exports: a ledger comes in record by record, the formats of other programs go out; one file a format."""
