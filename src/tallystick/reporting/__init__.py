"""The report of a case: a ledger and its dossier come in, one self-contained HTML page goes out."""
