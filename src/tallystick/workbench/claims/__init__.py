"""The table of claims: filters, search, bulk judgement, and what is shown as a file."""
