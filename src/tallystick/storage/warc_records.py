"""What was fetched, as a WARC 1.1 record: an original comes in, the bytes of a file that any archive reads go out.

The same original gives the same bytes: the record's id is made from its content.
"""

import re
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tallystick.model.document import Original, Retrieval

__all__ = ["warc_record"]

# Headers that speak of the body as it was on the wire; kept under another name, because the body is kept decoded.
OF_THE_WIRE = frozenset(("content-encoding", "transfer-encoding", "content-length"))
ORIGINALLY = "X-Original-"
OF_ADDRESSES = "%/:?#[]@!$&'()*+,;=~-._"
# What would end a header line or cannot be written; of a header's name also what ends the name.
UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
UNNAMABLE = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")


def warc_record(original: Original, retrieval: Retrieval) -> bytes:
    """Give a response record of `original`, and where redirects led to it a metadata record that names them.

    The headers in the record are those of the answer, but `Content-Encoding`, `Transfer-Encoding` and
    `Content-Length` are named `X-Original-...`: the body is kept as it was decoded.
    """
    address = _address(retrieval.redirects[-1] if retrieval.redirects else retrieval.url)
    date = _date(retrieval.retrieved)
    headers = [_header(name, value) for name, value in retrieval.headers]
    headers.append(("Content-Length", str(len(original.content))))
    status = f"{retrieval.status} {_reason(retrieval.status)}".rstrip()
    http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
    block = http.to_ascii_bytes() + original.content
    identity = f"<urn:uuid:{uuid5(NAMESPACE_URL, _seed(address, date, original.sha256))}>"
    described = {
        "WARC-Record-ID": identity,
        "WARC-Date": date,
        "WARC-Payload-Digest": f"sha256:{original.sha256}",
        "WARC-Block-Digest": f"sha256:{sha256(block).hexdigest()}",
    }
    target = BytesIO()
    writer = WARCWriter(target, gzip=False, warc_version="1.1")
    body = BytesIO(original.content)
    writer.write_record(
        writer.create_warc_record(
            address, "response", body, len(original.content), warc_headers_dict=described, http_headers=http
        )
    )
    if retrieval.redirects:
        _add_redirects(writer, retrieval, address, date, identity)
    return target.getvalue()


def _add_redirects(writer: WARCWriter, retrieval: Retrieval, address: str, date: str, identity: str) -> None:
    """Write the record that says through which addresses the answer came."""
    asked = (retrieval.url, *retrieval.redirects[:-1])
    fields = "".join(f"redirectedFrom: {_address(one)}\r\n" for one in asked).encode()
    found = sha256(fields).hexdigest()
    described = {
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, _seed(address, date, found))}>",
        "WARC-Date": date,
        "WARC-Concurrent-To": identity,
        "WARC-Payload-Digest": f"sha256:{found}",
        "WARC-Block-Digest": f"sha256:{found}",
    }
    writer.write_record(
        writer.create_warc_record(address, "metadata", BytesIO(fields), len(fields), warc_headers_dict=described)
    )


def _seed(address: str, date: str, digest: str) -> str:
    return f"{address} {date} {digest}"


def _header(name: str, value: str) -> tuple[str, str]:
    """One header that can be written on one line, its name changed where it speaks of the wire."""
    named = UNNAMABLE.sub("-", name) or "-"
    return (ORIGINALLY + named if named.casefold() in OF_THE_WIRE else named), _line(value)


def _address(url: str) -> str:
    """The address without marks that no address may hold."""
    return quote(UNWRITABLE.sub(" ", url).strip(), safe=OF_ADDRESSES) or "about:blank"


def _line(text: str) -> str:
    return UNWRITABLE.sub(" ", text).strip()


def _reason(status: int) -> str:
    """The words that belong to a status; none for one that HTTP does not know."""
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else ""


def _date(retrieved: str) -> str:
    """The moment as WARC writes it, and as it was given where it is none."""
    try:
        moment = datetime.fromisoformat(retrieved)
    except ValueError:
        return _line(retrieved)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")
