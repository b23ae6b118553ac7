"""What a case from before there was a custody log holds, as entries of the log that it has by now.

Takes the files of the case, a connection within a transaction and the journal; gives nothing back. A later change then
shows.
"""

from collections import defaultdict

import sqlalchemy as sa

from tallystick.model.claim import Claim
from tallystick.model.fact import Fact
from tallystick.storage import contents
from tallystick.storage.contents import Rules
from tallystick.storage.custody import Action
from tallystick.storage.journal import Journal
from tallystick.storage.stores.store import Files

__all__ = ["DOSSIERS", "dossier_name", "take_over"]

# The YAML of dossiers that are not bundled ones, each under its SHA-256, so that the case can be read again without the
# user's file; up to schema 0003 there was one, under a name of its own.
DOSSIERS = "dossiers"
EARLIER_DOSSIER_FILE = "dossier.yaml"


def dossier_name(rules: Rules) -> str:
    """Give the name under which a case keeps the dossier of `rules`, where that is not a bundled one."""
    return f"{DOSSIERS}/{rules.dossier_sha256}.yaml"


def take_over(files: Files, connection: sa.Connection, journal: Journal) -> None:
    """Note every document, claim and derivation, and give an earlier dossier file the name that it has by now."""
    rules = contents.rules(connection)
    if rules is not None and files.holds(EARLIER_DOSSIER_FILE):
        files.rename(EARLIER_DOSSIER_FILE, dossier_name(rules))
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for claim in contents.claims(connection):
        claims[claim.document].append(claim)
    for fact in contents.facts(connection):
        facts[fact.document].append(fact)
    for document in contents.documents(connection):
        journal.read(document, Action.TAKEN_OVER)
        journal.extracted(document.id, claims[document.id], facts[document.id])
    for block in contents.derived_blocks(connection):
        journal.derived(block, contents.derived(connection, block))
