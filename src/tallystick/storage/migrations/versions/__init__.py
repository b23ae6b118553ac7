"""Each file brings a case from the schema before it to its own."""
