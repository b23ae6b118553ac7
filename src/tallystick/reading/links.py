"""Which of the addresses that files name are pages of the web: text comes in, an address or None goes out."""

import re
from urllib.parse import urlsplit

__all__ = ["page_url"]

# What browsers and servers still take.
LONGEST = 2_048
URL = re.compile(r"https?://[^\s<>\"\x00-\x1f\x7f]+", re.IGNORECASE)


def page_url(value: object) -> str | None:
    """Give the http or https address that `value` is, white space around it aside; None where it is none."""
    if not isinstance(value, str) or len(value) > 2 * LONGEST:
        return None
    bare = value.strip()
    if len(bare) > LONGEST or not URL.fullmatch(bare):
        return None
    try:
        return bare if urlsplit(bare).hostname else None
    except ValueError:
        return None
