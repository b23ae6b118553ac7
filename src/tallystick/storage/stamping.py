"""RFC 3161 time-stamps over the custody log: the hash of an entry goes out as a request, an answer comes back checked.

Nothing is sent from here: whoever wants a time-stamp takes the request to an authority and brings its answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from tallystick.errors import StampError
from tallystick.storage.custody import Entry, instant

try:
    import rfc3161_client as rfc3161
    from cryptography.x509 import load_pem_x509_certificates
except ImportError:  # the extra `timestamps` is not installed
    rfc3161 = None  # type: ignore[assignment]

__all__ = ["Stamp", "available", "request", "stamped"]

SHA256_OID = "2.16.840.1.101.3.4.2.1"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a time-stamp says.

    Attributes:
        entry: Number of the entry of the log whose hash it is over; everything before is under that hash too.
        head: That hash.
        time: When it was, by the authority; ISO 8601 in UTC.
        signed: Whether its signature was checked against a certificate that the user trusts.
    """

    entry: int
    head: str
    time: str
    signed: bool


def available() -> bool:
    """Whether what reads time-stamps is installed."""
    return rfc3161 is not None


def request(head: str) -> bytes:
    """Give the DER of a request for a time-stamp over `head`, the hash of an entry as its 64 letters and digits.

    The same hash gives the same request: it asks for the certificate and holds no nonce.

    Raises:
        StampError: Where the extra `timestamps` is not installed.
    """
    _require()
    builder = rfc3161.TimestampRequestBuilder(
        data=head.encode("ascii"), hash_algorithm=rfc3161.HashAlgorithm.SHA256, nonce=False, cert_req=True
    )
    return builder.build().as_bytes()


def stamped(answer: bytes, entries: Iterable[Entry], certificates: bytes | None = None) -> Stamp:
    """Give what the answer of an authority says of the log.

    Args:
        answer: The DER of the response.
        entries: The log.
        certificates: PEM of the roots that its signature must lead to; None leaves the signature unchecked.

    Raises:
        StampError: Where it is no response, was refused, is over nothing in the log, or its signature does not hold.
    """
    _require()
    try:
        response = rfc3161.decode_timestamp_response(answer)
        granted = rfc3161.PKIStatus(response.status) in (rfc3161.PKIStatus.GRANTED, rfc3161.PKIStatus.GRANTED_WITH_MODS)
        told = response.tst_info if granted else None
    except ValueError as error:
        raise StampError(f"the answer is no time-stamp response: {error}") from error
    if told is None:
        raise StampError("the authority refused the request")
    imprint = told.message_imprint
    if imprint.hash_algorithm.dotted_string != SHA256_OID:
        raise StampError("the time-stamp is not over a SHA-256")
    found = next((one for one in entries if sha256(one.hash.encode("ascii")).digest() == imprint.message), None)
    if found is None:
        raise StampError("the time-stamp is over no hash of this custody log; it belongs to another case")
    if certificates is not None:
        _check(response, imprint.message, certificates)
    return Stamp(found.number, found.hash, instant(told.gen_time), certificates is not None)


def _check(response: "rfc3161.TimeStampResponse", message: bytes, certificates: bytes) -> None:
    """Raise where the signature does not lead to one of the roots."""
    try:
        builder = rfc3161.VerifierBuilder()
        for root in load_pem_x509_certificates(certificates):
            builder = builder.add_root_certificate(root)
        builder.build().verify(response, message)
    except (ValueError, rfc3161.VerificationError) as error:
        raise StampError(f"its signature does not hold: {error}") from error


def _require() -> None:
    if rfc3161 is None:
        raise StampError("time-stamps need the extra `timestamps`: pip install 'tallystick[timestamps]'")
