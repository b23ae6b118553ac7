"""An issuer of identities on loopback for tests: discovery, keys, and tokens that are as wrong as a test wants."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

__all__ = ["CLIENT", "Local", "local"]

CLIENT = "tallystick"


class Local:
    """The issuer, and what the next token says besides what it should."""

    def __init__(self, address: str, time: datetime) -> None:
        self.address = address
        self.time = time
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.signing: RSAKey | OctKey = self.key
        self.algorithm = "RS256"
        self.name = address
        self.claims: dict[str, Any] = {}
        self.verified = True
        self.asked: dict[str, str] = {}
        self.login = ""
        self.kid = "one"
        self.token_calls = 0

    def arrive(self, there: str) -> dict[str, str]:
        """Come from the workbench to `there`, and give what the browser takes back."""
        self.asked = dict(parse_qsl(urlsplit(there).query))
        return {"code": "the-code", "state": self.asked["state"]}

    def answer(self, path: str, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        """Answer a request of the workbench."""
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.name, "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/keys",
            }  # fmt: skip
        if path == "/keys":
            return 200, {"keys": [self.key.as_dict(private=False)]}
        if path == "/token":
            self.token_calls += 1
            return self._token(form)
        return 404, {}

    def _token(self, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        """A token for the right code and the verifier of its challenge."""
        made = urlsafe_b64encode(sha256(form["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
        if form["code"] != ["the-code"] or made != self.asked.get("code_challenge"):
            return 400, {"error": "invalid_grant"}
        seconds = int(self.time.timestamp())
        claims: dict[str, Any] = {
            "iss": self.address, "sub": "person-7", "aud": CLIENT, "iat": seconds, "exp": seconds + 300,
            "nonce": self.asked["nonce"], "email": "Ana@example.org", "email_verified": self.verified,
            "preferred_username": "ana",
        }  # fmt: skip
        told = {name: value for name, value in {**claims, **self.claims}.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.kid}
        token = jwt.encode(header, told, self.signing, algorithms=[self.algorithm])
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": token}


@contextmanager
def local(time: datetime) -> Iterator[Local]:
    """Serve an issuer on loopback."""
    held: list[Local] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer."""
            self._answer({})

        def do_POST(self) -> None:
            """Answer."""
            held[0].login = self.headers.get("Authorization", "")
            self._answer(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

        def _answer(self, form: dict[str, list[str]]) -> None:
            status, found = held[0].answer(self.path, form)
            content = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the standard library
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    held.append(Local(f"http://127.0.0.1:{server.server_address[1]}", time))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield held[0]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
