"""An endpoint that speaks the protocol of OpenAI's chat completions: messages go out, the words of a model come in.

The only module that knows the library `openai`. What it sends is the messages, the name of the model and how to answer;
no header tells of this machine. What comes back is bounded in bytes and in time, and may be anything.
"""

import ipaddress
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import httpx2  # with which `openai` speaks; what breaks off within an answer comes as its errors
import openai

from tallystick.errors import EndpointError
from tallystick.llm.prompt import Message, Prompt
from tallystick.llm.replies import MOST_TOKENS, Reply, clipped, reply_of

__all__ = ["Endpoint", "Place", "place_of"]

# The same for every request, so that the same model at the same endpoint has the least reason to answer otherwise.
TEMPERATURE, SEED = 0, 20_250_617
# Bytes of an answer that are read: what it may hold of words, many times over.
MOST_BYTES = 4 * 1024**2
# Bytes of what an endpoint says about an error.
MOST_ERROR = 16_384
# Times that a request is sent, and seconds before it is sent again: 1, 2, 4, unless the endpoint says when.
TRIES = 4
FIRST_WAIT = 1.0
# Longest wait that an endpoint may ask for; one that asks for more is told of and left.
LONGEST_WAIT = 120.0
BUSY = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
# What an endpoint answers to a form that it does not know.
UNKNOWN_FORM = frozenset((400, 415, 422, 501))
# What is wrong for every report alike.
CLOSED = frozenset((401, 402, 403, 404, 405, 410))
# Headers that go out. The library would also tell the system, the Python and what OPENAI_* holds in the environment.
HEADERS = frozenset(("host", "accept", "accept-encoding", "connection", "content-type", "content-length",
                     "authorization", "user-agent"))  # fmt: skip
AGENT = "tallystick"
LEFT_OUT = "tallystick left out"
# What stands where an endpoint says the key back, as some do when they refuse it.
HIDDEN = b"[key]"

Json: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model is asked.

    Attributes:
        url: Base of the addresses, such as http://127.0.0.1:8080/v1.
        host: Its host, with the port where one is named.
        model: Name of the model.
        key: What the endpoint knows the user by; empty where it needs none. Never shown.
        local: Whether it is on this machine.
        timeout: Seconds that one answer may take.
    """

    url: str
    host: str
    model: str
    key: str
    local: bool
    timeout: float

    def __repr__(self) -> str:
        """Everything but the key."""
        return f"Place(url={self.url!r}, model={self.model!r}, local={self.local})"


def place_of(url: str, model: str, key: str, timeout: float = 120.0) -> Place:
    """Give the place of an endpoint.

    Args:
        url: Base of its addresses, http or https.
        model: Name of the model.
        key: The key; an endpoint on this machine needs none.
        timeout: Seconds that one answer may take.

    Raises:
        EndpointError: Where the address is none, or a key is missing.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise EndpointError(url, f"is no address: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise EndpointError(url, "is no address of an endpoint; give one such as http://127.0.0.1:8080/v1")
    if parts.username is not None or parts.query or parts.fragment:
        named = f"{parts.scheme}://{host}"
        raise EndpointError(named, "must hold no name, password, query or fragment; the key is TALLYSTICK_LLM_KEY")
    local = _is_local(host)
    if not key and not local:
        reason = "needs a key in the environment variable TALLYSTICK_LLM_KEY; only one on this machine needs none"
        raise EndpointError(url, reason)
    if not key.isascii() or not key.isprintable():
        raise EndpointError(url, "the key in TALLYSTICK_LLM_KEY holds signs that no key has; set it anew")
    if not model.strip():
        raise EndpointError(url, "name the model that is asked with --model")
    shown = f"[{host}]" if ":" in host else host
    return Place(url.rstrip("/"), shown if port is None else f"{shown}:{port}", model, key, local, timeout)


def _is_local(host: str) -> bool:
    """Whether a host is this machine by its name or address; nothing is looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _StatusError(openai.OpenAIError):
    """An answer that is none: its status, headers and the beginning of what it says."""

    def __init__(self, status: int, headers: Mapping[str, str], said: str) -> None:
        super().__init__(said)
        self.status = status
        self.headers = headers
        self.said = said


class Endpoint:
    """An endpoint that is asked one request after another; `close` lets go of it."""

    def __init__(
        self, place: Place, *, sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic, now: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self.place = place
        self._sleep, self._clock, self._now = sleep, clock, now
        self._form, self._until = 0, 0.0
        hooks: dict[str, list[Callable[..., Any]]] = {"request": [self._bare], "response": [self._whole]}
        # A redirect would lead reports elsewhere; and what is on this machine is not reached through a proxy.
        self._http = openai.DefaultHttpxClient(
            follow_redirects=False, trust_env=not place.local, timeout=place.timeout, event_hooks=hooks
        )
        self._client = openai.OpenAI(
            base_url=place.url, api_key=place.key or "none", max_retries=0, timeout=place.timeout,
            http_client=self._http,
        )  # fmt: skip

    def __enter__(self) -> "Endpoint":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def ask(self, prompt: Prompt, messages: Sequence[Message]) -> Reply:
        """Send one request, again where the endpoint is busy, in a simpler form where it does not know the first.

        Args:
            prompt: How the answer is to look.
            messages: What is sent.

        Raises:
            EndpointError: Where nothing comes back; `again` says whether another report may go better.
        """
        forms = _forms(prompt)
        waited, turn = 0, self._form
        while True:
            try:
                reply = self._once(messages, forms[turn])
                self._form = turn
                return reply
            except _StatusError as error:
                if error.status in UNKNOWN_FORM and turn + 1 < len(forms):
                    turn += 1
                    continue
                if error.status not in BUSY:
                    said = f"answers {error.status}: {error.said}"
                    raise EndpointError(self.place.host, said, again=error.status not in CLOSED) from error
                waited = self._wait(waited, _asked_wait(error.headers, self._now()), f"answers {error.status}")
            except (openai.APITimeoutError, httpx2.TimeoutException):
                waited = self._wait(waited, None, self._slow())
            except (openai.APIConnectionError, httpx2.HTTPError) as error:
                told = clipped(str(error.__cause__ or error))
                if waited + 1 >= TRIES:
                    raise EndpointError(self.place.host, f"cannot be reached: {told}") from error
                waited = self._wait(waited, None, told)
            except openai.OpenAIError as error:
                raise EndpointError(self.place.host, clipped(str(error)), again=True) from error

    def _wait(self, waited: int, asked: float | None, why: str) -> int:
        """Wait before the next try, and give how many there were.

        Raises:
            EndpointError: Where there were enough, or the endpoint asks for too long a wait.
        """
        if waited + 1 >= TRIES:
            raise EndpointError(self.place.host, f"{why}, {TRIES} times in a row", again=True)
        if asked is not None and asked > LONGEST_WAIT:
            raise EndpointError(self.place.host, f"{why} and asks to wait {asked:,.0f} seconds; go on then")
        self._sleep(FIRST_WAIT * 2**waited if asked is None else asked)
        return waited + 1

    def _once(self, messages: Sequence[Message], form: Json) -> Reply:
        """Send one request once."""
        self._until = self._clock() + self.place.timeout
        completions: Any = self._client.chat.completions.with_streaming_response
        body = bytearray()
        with completions.create(model=self.place.model, messages=list(messages), **form) as response:
            for piece in response.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    return Reply(None, f"more than {MOST_BYTES:,} bytes", "", None, None)
                if self._clock() > self._until:
                    raise EndpointError(self.place.host, self._slow(), again=True)
        return reply_of(self._without_key(bytes(body)))

    def _without_key(self, said: bytes) -> bytes:
        """What an endpoint says, without the key: it is shown and kept."""
        return said.replace(self.place.key.encode(), HIDDEN) if self.place.key else said

    def _slow(self) -> str:
        return f"took longer than {self.place.timeout:g} seconds"

    def _bare(self, request: Any) -> None:
        """Leave of a request's headers only what is needed."""
        left_out = {name: value for name, value in request.headers.items() if name.lower() not in HEADERS}
        for name in left_out:
            del request.headers[name]
        request.extensions[LEFT_OUT] = left_out
        request.headers["user-agent"] = AGENT
        request.headers["accept-encoding"] = "identity"
        if self.place.key:
            request.headers["authorization"] = f"Bearer {self.place.key}"
        elif "authorization" in request.headers:
            del request.headers["authorization"]

    def _whole(self, response: Any) -> None:
        """Raise where a response is none that is read: a redirect, an error, or one that grows when it is unpacked."""
        # The library tells by a header of its request how it is to give the answer; it has gone out without.
        response.request.headers.update(response.request.extensions.get(LEFT_OUT, {}))
        packed = response.headers.get("content-encoding", "identity").lower() != "identity"
        if response.status_code < 300 and not packed:
            return
        said = bytearray()
        for piece in () if packed else response.iter_raw():
            said += piece
            if len(said) > MOST_ERROR or self._clock() > self._until:
                break
        told = (
            "sends a packed answer, which was not asked for"
            if packed
            else clipped(self._without_key(bytes(said)).decode("utf-8", "replace"))
        )
        raise _StatusError(response.status_code, dict(response.headers), told)


def _forms(prompt: Prompt) -> tuple[Json, ...]:
    """How an answer is asked for, the strictest form first; not every endpoint knows every part."""
    asked: Json = {"temperature": TEMPERATURE, "seed": SEED, "max_tokens": MOST_TOKENS}
    schema = {"name": prompt.name.replace("-", "_"), "schema": prompt.schema, "strict": True}
    return (
        {**asked, "response_format": {"type": "json_schema", "json_schema": schema}},
        {**asked, "response_format": {"type": "json_object"}},
        asked,
        {"temperature": TEMPERATURE, "max_completion_tokens": MOST_TOKENS},
        {"max_completion_tokens": MOST_TOKENS},
    )


def _asked_wait(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that an endpoint asks to wait, in either form of Retry-After; None where it does not."""
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return float(asked)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None
