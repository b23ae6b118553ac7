"""Sign a message of a webhook as Standard Webhooks does: its id, time and body come in, its headers go out.

https://github.com/standard-webhooks/standard-webhooks: HMAC-SHA256 over "id.timestamp.body", in base64 behind "v1,".
"""

import base64
import hmac
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes

__all__ = ["PREFIX", "new_secret", "signed"]

PREFIX = "whsec_"
# Bytes of a secret; the standard asks for 24 to 64.
SIZE = 32


def new_secret() -> str:
    """Give a new secret."""
    return PREFIX + base64.b64encode(token_bytes(SIZE)).decode("ascii")


def signed(secret: str, name: str, now: datetime, body: bytes) -> dict[str, str]:
    """Give the headers of a message.

    Args:
        secret: From `new_secret`.
        name: Id of the message, the same at every try.
        now: When it is sent; whoever gets it refuses what is old.
        body: What is sent.
    """
    time = str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, f"{name}.{time}.".encode() + body, sha256).digest()
    signature = "v1," + base64.b64encode(digest).decode("ascii")
    return {"webhook-id": name, "webhook-timestamp": time, "webhook-signature": signature}
