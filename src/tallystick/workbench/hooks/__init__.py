"""Webhooks: what changed in a case goes to the addresses that somebody has given, signed, until they have it."""
