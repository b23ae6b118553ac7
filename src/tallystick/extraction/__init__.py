"""From a document to its claims: every figure with its span and the grounds of every field."""
