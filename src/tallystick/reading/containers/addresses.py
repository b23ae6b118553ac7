"""Take a list of addresses apart: a text of one address a line comes in, each goes out to be fetched."""

from collections.abc import Iterator

from tallystick.model.document import Failure
from tallystick.reading.containers.json_lines import bounded_lines
from tallystick.reading.links import page_url
from tallystick.reading.received import Address, Received

__all__ = ["addresses"]

MARK = b"\xef\xbb\xbf"


def addresses(received: Received) -> Iterator[Address | Failure]:
    """Give each line that is an http or https address; blank lines and those that start with "#" say nothing."""
    for number, line in enumerate(bounded_lines(received.stream), start=1):
        where = f"{received.name}:{number}"
        text = (line or b"").removeprefix(MARK).strip().decode("utf-8", "replace")
        if line is not None and (not text or text.startswith("#")):
            continue
        if url := page_url(text):
            yield Address(url, where, received.details)
        else:
            yield Failure(where, "read", "no http or https address; give one a line")
