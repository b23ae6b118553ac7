"""Single sign-on by OpenID Connect: what a browser brings back from an issuer comes in, whom it vouches for goes out.

The code flow with PKCE, state and nonce; the identity token is believed only with a signature by a key of the issuer.
Everything that the extra `oidc` brings is loaded here and nowhere else.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from ipaddress import ip_address
from secrets import compare_digest
from threading import Lock
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tallystick.errors import AccountError, ServingError
from tallystick.workbench.access.granting import Identity
from tallystick.workbench.access.sessions import Clock, now

try:
    import httpx
    from authlib.oauth2.rfc7636 import create_s256_code_challenge
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet
except ImportError:  # the extra `oidc` is not installed
    httpx = None  # type: ignore[assignment]

__all__ = ["Issuer"]

DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid email profile"
# Seconds for an answer of the issuer; somebody waits.
PATIENCE = 10.0
# Seconds by which two clocks may differ.
LEEWAY = 60
# Signatures by a private key of the issuer. One by a secret that both know, or none at all, is never believed.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
BROKEN = "single sign-on failed: "


class Issuer:
    """An issuer of identities."""

    def __init__(self, issuer: str, client: str, secret: str, *, clock: Clock = now) -> None:
        """Take an issuer; it is asked for the first time when somebody signs in.

        Args:
            issuer: Its address, as it names itself.
            client: How it knows this workbench.
            secret: What proves to it that it is this workbench; "" where it knows none.
            clock: What time it is.

        Raises:
            ServingError: Where the extra `oidc` is not installed, or the address is not one of https.
        """
        if httpx is None:
            raise ServingError("single sign-on needs the extra `oidc`: pip install 'tallystick[oidc]'")
        if not _safe(issuer):
            raise ServingError(f"{issuer}: an issuer has an address that begins with https://")
        self.issuer = issuer
        self._client = client
        self._secret = secret
        self._clock = clock
        self._lock = Lock()
        self._known: Mapping[str, Any] | None = None
        self._keys: KeySet | None = None

    def begin(self, secret: str, back: str) -> str:
        """Give the address at the issuer to go to; `secret` is what the browser keeps, `back` where it comes back.

        Raises:
            AccountError: Where the issuer does not answer as it must.
        """
        asked = {
            "response_type": "code", "client_id": self._client, "redirect_uri": back, "scope": SCOPE,
            "state": _derived(secret, "state"), "nonce": _derived(secret, "nonce"),
            "code_challenge": create_s256_code_challenge(_derived(secret, "verifier")), "code_challenge_method": "S256",
        }  # fmt: skip
        there = str(self._about()["authorization_endpoint"])
        return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}"

    def identity(self, secret: str, back: str, code: str, state: str) -> Identity:
        """Give who came back with `code` and `state`.

        Args:
            secret: What the browser kept.
            back: Where it came back.
            code: What it brought.
            state: What else it brought.

        Raises:
            AccountError: Where anything about it is not as it must be.
        """
        if not code or not compare_digest(state.encode(), _derived(secret, "state").encode()):
            raise AccountError(f"{BROKEN}this is not the answer to what this browser asked; try again")
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": back, "client_id": self._client,
            "code_verifier": _derived(secret, "verifier"),
        }  # fmt: skip
        answer = self._asked("POST", str(self._about()["token_endpoint"]), form)
        token, access = answer.get("id_token"), answer.get("access_token")
        if not isinstance(token, str):
            raise AccountError(f"{BROKEN}the issuer sent no identity token")
        claims = self._believed(token, _derived(secret, "nonce"), access)
        subject, mail = str(claims["sub"]), claims.get("email")
        vouched = isinstance(mail, str) and claims.get("email_verified") is True
        name = claims.get("preferred_username") or claims.get("name") or subject
        return Identity(f"{self.issuer} {subject}", str(mail) if vouched else None, str(name))

    def _believed(self, token: str, nonce: str, access: object) -> Mapping[str, Any]:
        """What an identity token says, where everything about it holds."""
        options: dict[str, Any] = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self._client},
            "sub": {"essential": True},
            "exp": {"essential": True},
        }
        try:
            try:
                read = jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                # The issuer may have changed its keys since they were asked for.
                read = jwt.decode(token, self._key_set(anew=True), algorithms=ALGORITHMS)
            told = {"nonce": nonce, "client_id": self._client, "access_token": access}
            claims: Mapping[str, Any] = CodeIDToken(read.claims, read.header, options, told)
            claims.validate(int(self._clock().timestamp()), LEEWAY)  # type: ignore[attr-defined]
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise AccountError(f"{BROKEN}the identity token does not hold ({error})") from error
        return claims

    def _about(self) -> Mapping[str, Any]:
        """What the issuer says about itself; asked for once."""
        with self._lock:
            if self._known is None:
                found = self._asked("GET", self.issuer.rstrip("/") + DISCOVERY)
                if found.get("issuer") != self.issuer:
                    raise AccountError(f"{BROKEN}the issuer calls itself {found.get('issuer')}, not {self.issuer}")
                if not all(isinstance(found.get(name), str) and _safe(found[name]) for name in NEEDED):
                    raise AccountError(f"{BROKEN}the issuer does not name its addresses")
                self._known = found
            return self._known

    def _key_set(self, *, anew: bool = False) -> "KeySet":
        """The keys of the issuer."""
        there = str(self._about()["jwks_uri"])
        with self._lock:
            if self._keys is None or anew:
                found: Any = self._asked("GET", there)
                self._keys = KeySet.import_key_set(found)
            return self._keys

    def _asked(self, method: str, address: str, form: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        """What the issuer answers; nothing is followed to elsewhere."""
        # RFC 6749, 2.3.1: both are encoded as in a form before they are put together.
        login = (quote(self._client, safe=""), quote(self._secret, safe="")) if form and self._secret else None
        try:
            with httpx.Client(timeout=PATIENCE, follow_redirects=False) as client:
                answer = client.request(
                    method, address, data=form, auth=login, headers={"Accept": "application/json"}
                )  # fmt: skip
            answer.raise_for_status()
            found = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise AccountError(f"{BROKEN}the issuer does not answer as it must ({type(error).__name__})") from error
        if not isinstance(found, dict):
            raise AccountError(f"{BROKEN}the issuer does not answer as it must")
        return found


def _derived(secret: str, use: str) -> str:
    """What follows from the secret of one browser for one use; of another use it tells nothing."""
    made = hmac.digest(secret.encode("utf-8", "replace"), use.encode(), sha256)
    return urlsafe_b64encode(made).rstrip(b"=").decode()


def _safe(address: str) -> bool:
    """Whether nobody on the way can read or change what is said there: https, or this machine itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    try:
        return parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False
