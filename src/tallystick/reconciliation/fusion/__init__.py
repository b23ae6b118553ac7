"""Contradicting observations weighed by who is accurate and who copies."""
