"""The door to a model: what goes out, what comes back, and every way in which an endpoint can be wrong."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from model_server import Asked, Behavior, ModelServer, Sent, claims, completion, model_server
from tallystick.dossiers.loading import load
from tallystick.errors import EndpointError
from tallystick.llm.endpoint import Endpoint, place_of
from tallystick.llm.prompt import Prompt, prompt_for
from tallystick.llm.replies import Reply, reply_of

NONE = claims()


@pytest.fixture(scope="module")
def prompt() -> Prompt:
    """The prompt of a bundled dossier."""
    return prompt_for(load("dprk-russia"))


@contextmanager
def opened(
    server: ModelServer, waits: list[float] | None = None, key: str = "", timeout: float = 20
) -> Iterator[Endpoint]:
    """An endpoint on a server, which notes its waits in the place of waiting."""
    held: list[float] = [] if waits is None else waits
    with Endpoint(place_of(server.url, "quiet-7b", key, timeout), sleep=held.append, now=lambda: 1_000.0) as endpoint:
        yield endpoint


def ask(endpoint: Endpoint, prompt: Prompt) -> Reply:
    """Ask about a short report."""
    return endpoint.ask(prompt, prompt.messages("5,000 soldiers came."))


def honest(_asked: Asked, _turn: int) -> Sent:
    """Nothing to propose."""
    return completion(NONE)


def status(code: int, said: str = "no", **headers: str) -> Behavior:
    """Answer with an error."""
    return lambda _asked, _turn: Sent(said.encode(), code, {k.replace("_", "-"): v for k, v in headers.items()})


def test_a_request_holds_what_is_needed_and_no_more(prompt: Prompt, monkeypatch: pytest.MonkeyPatch) -> None:
    """Model, messages and deterministic settings; no header of the library, of the system or of OPENAI_* in it."""
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "secret-of-another")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: secret-of-another")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with model_server(honest) as server, opened(server) as endpoint:
        reply = ask(endpoint, prompt)
    [asked] = server.asked
    assert reply == Reply(NONE, "stop", "quiet-7b-q4 b1234", 700, 90)
    assert asked.path == "/v1/chat/completions"
    assert set(asked.headers) == {"host", "accept", "accept-encoding", "connection", "content-type", "content-length",
                                  "user-agent"}  # fmt: skip
    assert asked.headers["user-agent"] == "tallystick"
    assert "secret-of-another" not in json.dumps([asked.headers, asked.body])
    assert {name: asked.body[name] for name in ("model", "temperature", "seed")} == {
        "model": "quiet-7b", "temperature": 0, "seed": 20_250_617,
    }  # fmt: skip
    assert asked.body["response_format"]["json_schema"]["schema"] == prompt.schema
    assert asked.report == "5,000 soldiers came."


def test_the_key_goes_out_as_the_bearer_alone(prompt: Prompt) -> None:
    """And is not shown where the place is."""
    with model_server(honest) as server, opened(server, key="sk-1") as endpoint:
        ask(endpoint, prompt)
        assert "sk-1" not in repr(endpoint.place)
    assert server.asked[0].headers["authorization"] == "Bearer sk-1"


@pytest.mark.parametrize(
    ("url", "key", "words"),
    [
        ("http://llm.example.org/v1", "", "needs a key"),
        ("https://10.0.0.5/v1", "", "needs a key"),
        ("ftp://127.0.0.1/", "", "no address"),
        ("127.0.0.1:8080", "", "no address"),
        ("http://[::1/v1", "", "no address"),
        ("http://127.0.0.1:99999/v1", "", "no address"),
        ("http://me:word@127.0.0.1/v1", "", "no name, password"),
        ("http://127.0.0.1/v1?key=1", "", "query"),
        ("https://llm.example.org/v1", "a\nb", "signs that no key has"),
    ],
)
def test_a_place_that_cannot_be_asked_is_named(url: str, key: str, words: str) -> None:
    """Before anything is sent; a password in an address is not repeated."""
    with pytest.raises(EndpointError, match=words) as caught:
        place_of(url, "quiet-7b", key)
    assert "word@" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1", "http://[::1]:1/v1", "http://localhost:1/v1"])
def test_this_machine_needs_no_key(url: str) -> None:
    """By address or by name."""
    assert place_of(url, "quiet-7b", "").local


def test_a_form_that_an_endpoint_does_not_know_is_left_for_a_simpler_one(prompt: Prompt) -> None:
    """Schema, then JSON, then neither; the next request begins with what was taken."""

    def simple(asked: Asked, _turn: int) -> Sent:
        return completion(NONE) if "response_format" not in asked.body else Sent(b'{"error": "unknown field"}', 400)

    with model_server(simple) as server, opened(server) as endpoint:
        assert ask(endpoint, prompt).text == NONE
        assert ask(endpoint, prompt).text == NONE
    kinds = [asked.body.get("response_format", {}).get("type") for asked in server.asked]
    assert kinds == ["json_schema", "json_object", None, None]
    assert all(asked.body["temperature"] == 0 for asked in server.asked)


def test_a_request_that_no_form_helps_leaves_the_form_as_it_was(prompt: Prompt) -> None:
    """A report that is too long for the model does not make the next one looser; the message is the endpoint's."""
    too_long = status(400, '{"error": {"message": "context length\x00 exceeded"}}')
    with model_server(*[too_long] * 5, honest) as server, opened(server) as endpoint:
        with pytest.raises(EndpointError, match=r"answers 400: .*context length exceeded") as caught:
            ask(endpoint, prompt)
        assert caught.value.again
        ask(endpoint, prompt)
    assert server.asked[-1].body["response_format"]["type"] == "json_schema"


def test_a_busy_endpoint_is_asked_again_when_it_says(prompt: Prompt) -> None:
    """In seconds or by date; where it says nothing, later and later."""
    waits: list[float] = []
    behaviors = (status(429, retry_after="7"), status(503, retry_after="Thu, 01 Jan 1970 00:16:45 GMT"), status(500))
    with model_server(*behaviors, honest) as server, opened(server, waits) as endpoint:
        assert ask(endpoint, prompt).text == NONE
    assert waits == [7.0, 5.0, 4.0]
    assert len(server.asked) == 4


def test_an_endpoint_that_stays_busy_is_left_for_the_next_report(prompt: Prompt) -> None:
    """After four tries, and it is said."""
    waits: list[float] = []
    with (
        model_server(status(500)) as server,
        opened(server, waits) as endpoint,
        pytest.raises(EndpointError, match="answers 500, 4 times in a row") as caught,
    ):
        ask(endpoint, prompt)
    assert caught.value.again
    assert (waits, len(server.asked)) == ([1.0, 2.0, 4.0], 4)


def test_a_wait_beyond_patience_is_told_and_not_waited(prompt: Prompt) -> None:
    """A quota that is used up until tomorrow ends the run."""
    waits: list[float] = []
    with (
        model_server(status(429, retry_after="86400")) as server,
        opened(server, waits) as endpoint,
        pytest.raises(EndpointError, match="asks to wait 86,400 seconds") as caught,
    ):
        ask(endpoint, prompt)
    assert (waits, caught.value.again) == ([], False)


@pytest.mark.parametrize("code", [401, 403, 404])
def test_what_is_wrong_for_every_report_ends_the_run(prompt: Prompt, code: int) -> None:
    """A wrong key, a wrong address."""
    with (
        model_server(status(code, "who are you")) as server,
        opened(server) as endpoint,
        pytest.raises(EndpointError, match=f"answers {code}: who are you") as caught,
    ):
        ask(endpoint, prompt)
    assert not caught.value.again
    assert len(server.asked) == 1


def test_a_key_that_an_endpoint_says_back_is_not_shown(prompt: Prompt) -> None:
    """Neither where it refuses it nor where its answer holds it: what it says is printed and kept."""
    with (
        model_server(status(401, "Incorrect API key provided: sk-very-secret")) as server,
        opened(server, key="sk-very-secret") as endpoint,
        pytest.raises(EndpointError, match=r"provided: \[key\]") as caught,
    ):
        ask(endpoint, prompt)
    assert "secret" not in str(caught.value)
    with (
        model_server(lambda _asked, _turn: completion("the key is sk-very-secret")) as server,
        opened(server, key="sk-very-secret") as endpoint,
    ):
        assert ask(endpoint, prompt).text == "the key is [key]"


def test_reports_are_not_sent_on_by_a_redirect(prompt: Prompt) -> None:
    """Where they go was agreed to."""
    with (
        model_server(honest) as other,
        model_server(status(307, "elsewhere", location=f"{other.url}/chat/completions")) as server,
        opened(server) as endpoint,
        pytest.raises(EndpointError, match="answers 307"),
    ):
        ask(endpoint, prompt)
    assert (len(server.asked), other.asked) == (1, [])


def test_nobody_there_is_told() -> None:
    """After the tries that a server that is starting needs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    waits: list[float] = []
    with (
        Endpoint(place_of(f"http://127.0.0.1:{port}/v1", "m", ""), sleep=waits.append) as endpoint,
        pytest.raises(EndpointError, match="cannot be reached") as caught,
    ):
        ask(endpoint, prompt_for(load("general")))
    assert not caught.value.again
    assert waits == [1.0, 2.0, 4.0]


def test_a_huge_answer_is_not_read(prompt: Prompt) -> None:
    """Neither as an answer nor as what an error says."""
    huge = json.dumps("x" * 6_000_000).encode()
    with model_server(lambda _a, _t: Sent(huge), status(418, "x" * 3_000_000)) as server, opened(server) as endpoint:
        assert ask(endpoint, prompt) == Reply(None, "more than 4,194,304 bytes", "", None, None)
        with pytest.raises(EndpointError, match="answers 418") as caught:
            ask(endpoint, prompt)
    assert len(str(caught.value)) < 400


def test_a_packed_answer_is_not_unpacked(prompt: Prompt) -> None:
    """It was not asked for, and may grow without end."""
    packed = status(200, "\x1f\x8b", content_encoding="gzip")
    with (
        model_server(packed) as server,
        opened(server) as endpoint,
        pytest.raises(EndpointError, match="packed"),
    ):
        ask(endpoint, prompt)


def test_a_slow_answer_is_given_up(prompt: Prompt) -> None:
    """By the clock of the whole answer, not of each piece of it."""
    times = iter([0.0, 1_000.0, 1_000.0])
    with model_server(honest) as server:
        place = replace(place_of(server.url, "m", ""), timeout=20.0)
        with (
            Endpoint(place, sleep=lambda _s: None, clock=lambda: next(times)) as endpoint,
            pytest.raises(EndpointError, match="took longer than 20 seconds") as caught,
        ):
            ask(endpoint, prompt)
    assert caught.value.again


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>", b"null", b"[]", b"{}", b'{"choices": []}', b'{"choices": 3}', b'{"choices": [null]}',
        b'{"choices": [{"message": null}]}', b'{"choices": [{"message": {"content": 5}}]}',
        b'{"choices": [{"message": {"content": " "}}]}', b"\xff\xfe", b"[" * 100_000, b"9" * 5_000,
    ],
)  # fmt: skip
def test_an_answer_without_words_says_why(body: bytes) -> None:
    """Whatever the bytes are."""
    reply = reply_of(body)
    assert reply.text is None
    assert reply.why


def test_what_an_endpoint_says_of_itself_is_shown_as_one_short_line() -> None:
    """A version is a stranger's text too."""
    found: dict[str, Any] = json.loads(completion(NONE).body)
    found |= {"model": "a\x1b[31m\n\u202eb" + "c" * 500, "usage": {"prompt_tokens": -1, "completion_tokens": True}}
    reply = reply_of(json.dumps(found).encode())
    assert reply.version.isprintable()
    assert len(reply.version) < 100
    assert (reply.tokens_in, reply.tokens_out) == (None, None)
