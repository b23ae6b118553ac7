"""Machine tags as MISP writes them: grades come in, tags of its taxonomies go out.

Its scale has a letter g, "deliberately deceptive", that Admiralty's has not, and numbers that make F as good as C:
neither is used.
"""

__all__ = ["credibility_tag", "machine_tag", "reliability_tag"]

OWN = "tallystick"


def reliability_tag(letter: str) -> str:
    """Give the tag of an Admiralty letter A-F."""
    return f'admiralty-scale:source-reliability="{letter.lower()}"'


def credibility_tag(grade: int) -> str:
    """Give the tag of an Admiralty credibility 1-6."""
    return f'admiralty-scale:information-credibility="{grade}"'


def machine_tag(predicate: str, value: str) -> str:
    """Give a tag of our own for a word of the ledger ("status", "actual")."""
    return f'{OWN}:{predicate}="{value}"'
