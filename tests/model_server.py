"""A server on loopback that speaks the protocol of chat completions, and answers as a test wants it to."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, TypeAlias

__all__ = ["Asked", "Behavior", "ModelServer", "Sent", "claims", "completion", "model_server", "told"]

MODEL = "quiet-7b"


class Asked(NamedTuple):
    """A request as it came in."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def report(self) -> str:
        """The part of the report, between its marks."""
        lines = str(self.body["messages"][1]["content"]).split("\n")
        mark = lines[0].removeprefix("The mark is ").rstrip(".")
        assert lines[2] == lines[-1] == mark
        return "\n".join(lines[3:-1])


class Sent(NamedTuple):
    """An answer as it goes out."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = {}


Behavior: TypeAlias = Callable[[Asked, int], Sent]


class ModelServer(NamedTuple):
    """The address of a server, and every request that it got."""

    url: str
    asked: list[Asked]


def told(quote: str, figure: str, number: float | None, **more: Any) -> dict[str, Any]:
    """A claim as an honest model tells it; any field may be another."""
    return {
        "quote": quote, "figure": figure, "low": number, "high": number, "bound": "exact", "status": "actual",
        "category": "soldier", "aspect": None, "measure": None, "counted": None, "origin": None, "place": None,
        "speaker": None, "via": None, "when": None, "stated": None, **more,
    }  # fmt: skip


def claims(*found: object) -> str:
    """The words of an answer with these claims."""
    return json.dumps({"claims": found}, ensure_ascii=False)


def completion(words: str | None, *, ended: str = "stop", tokens: tuple[int, int] = (700, 90)) -> Sent:
    """A chat completion with these words."""
    return Sent(json.dumps({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": f"{MODEL}-q4",
        "system_fingerprint": "b1234",
        "choices": [{"index": 0, "finish_reason": ended, "message": {"role": "assistant", "content": words}}],
        "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)},
    }).encode())  # fmt: skip


@contextmanager
def model_server(*behaviors: Behavior) -> Iterator[ModelServer]:
    """Serve on loopback in a thread; the first request meets the first behavior, the last one stays."""
    asked: list[Asked] = []

    class Answering(BaseHTTPRequestHandler):
        """Answers one request."""

        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """Take the request and answer as the behavior whose turn it is does."""
            size = int(self.headers.get("content-length", "0"))
            found = Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(self.rfile.read(size)))
            asked.append(found)
            sent = _turn(behaviors, len(asked))(found, len(asked))
            self.send_response(sent.status)
            for name, value in {"content-type": "application/json", **sent.headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(sent.body)))
            self.end_headers()
            try:
                self.wfile.write(sent.body)
            except OSError:
                # Whoever asked has read enough.
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the class has
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield ModelServer(f"http://127.0.0.1:{server.server_address[1]}/v1", asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def _turn(behaviors: Sequence[Behavior], number: int) -> Behavior:
    return behaviors[min(number, len(behaviors)) - 1]
