"""Webhooks: what changed comes to a real receiver on loopback, signed, in order, until it is taken."""

import base64
import hmac
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from tallystick.cli.whole import app
from tallystick.errors import AccountError, WebhookError
from tallystick.pipeline import run
from tallystick.sample import reports
from tallystick.storage.accounts import deeds, hooks
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.views import changes
from tallystick.storage.views.view import View, Views
from tallystick.workbench.hooks import delivering
from tallystick.workbench.hooks.delivering import Messenger, Poster, require_address
from tallystick.workbench.hooks.signing import new_secret

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Got(NamedTuple):
    """A message that came: its headers in lower case, and its body."""

    headers: dict[str, str]
    body: bytes


class Receiver(ThreadingHTTPServer):
    """Takes messages; `answers` gives the status of each, the last one from then on."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Takes)
        self.got: list[Got] = []
        self.answers = [204]
        self.came = Event()
        self.wait: Event | None = None
        self.waited = False

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        """Where to."""
        return f"http://{self.host}/changes"


class _Takes(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        """Keep a message and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        self.server.got.append(Got({name.lower(): value for name, value in self.headers.items()}, body))
        if self.server.wait is not None:
            # As long as another one has heard nothing, and no longer than a message may take.
            self.server.waited = self.server.wait.wait(5)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.server.came.set()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Give the time."""
        return self.now


class Post(NamedTuple):
    """A case with a receiver: the file of its webhooks, its readers, the clock and who tells."""

    folder: Path
    file: Accounts
    views: Views
    clock: Clock
    receiver: Receiver
    messenger: Messenger

    def told(self) -> list[int]:
        """Numbers of the changes that came, in order."""
        return [change["number"] for got in self.receiver.got for change in json.loads(got.body)["data"]["changes"]]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that listens."""
    with Receiver() as receiver:
        thread = Thread(target=receiver.serve_forever, daemon=True)
        thread.start()
        yield receiver
        receiver.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case to which reports came later, made once."""
    folder = tmp_path_factory.mktemp("hooks") / "case"
    with reports() as sample:
        run([sample / "wire.jsonl"], folder, "dprk-russia")
        run([sample], folder)
    return folder


@pytest.fixture
def post(original: Path, tmp_path: Path) -> Iterator[Post]:
    """A copy of it with a receiver."""
    folder, clock = Path(shutil.copytree(original, tmp_path / "case")), Clock()
    views = Views(folder)
    with receiving() as receiver, Accounts(folder) as file:
        messenger = Messenger(views, file, clock, Poster((receiver.host,)))
        yield Post(folder, file, views, clock, receiver, messenger)
        messenger.close()
    views.close()


def test_what_changed_comes_once_and_in_order(post: Post) -> None:
    """Every change after the one that there was at the beginning comes, and none a second time."""
    hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    with post.views.moment() as view:
        everything = [one.number for one in changes.after(view, 0, 10_000)]
    assert everything
    assert post.messenger.look() == len(post.receiver.got) > 0
    assert post.told() == everything
    assert post.messenger.look() == 0
    assert hooks.hooks(post.file)[0].last == everything[-1]


def test_a_message_is_signed_over_its_id_time_and_body(post: Post) -> None:
    """Whoever holds the secret can tell that nobody else sent it, and when."""
    secret = new_secret()
    hooks.add(post.file, post.receiver.url, secret, NOW)
    post.messenger.look()
    got = post.receiver.got[0]
    name, time = got.headers["webhook-id"], got.headers["webhook-timestamp"]
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{name}.{time}.".encode() + got.body, sha256).digest()
    assert got.headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()
    assert int(time) == int(NOW.timestamp())
    assert got.headers["content-type"] == "application/json"


def test_only_the_kinds_that_were_asked_for_come(post: Post) -> None:
    """What else changed is passed over for good."""
    hooks.add(post.file, post.receiver.url, new_secret(), NOW, kinds=("flag",))
    post.messenger.look()
    kinds = {change["kind"] for got in post.receiver.got for change in json.loads(got.body)["data"]["changes"]}
    assert kinds == {"flag"}
    with post.views.moment() as view:
        assert hooks.hooks(post.file)[0].last == changes.last(view)


def test_what_is_not_taken_is_sent_again_later_with_the_same_id(post: Post) -> None:
    """Nothing is sent before its time; the waits grow; what was taken is not sent again."""
    post.receiver.answers = [500, 503, 204]
    hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    assert post.messenger.look() == 0
    assert post.messenger.look() == 0
    assert len(post.receiver.got) == 1
    assert "answered 500" in hooks.hooks(post.file)[0].said
    post.clock.now += timedelta(seconds=delivering.WAITS[0])
    assert post.messenger.look() == 0
    post.clock.now += timedelta(seconds=delivering.WAITS[0] + 1)
    assert post.messenger.look() == 0
    post.clock.now += timedelta(seconds=delivering.WAITS[1])
    assert post.messenger.look() > 0
    names = [got.headers["webhook-id"] for got in post.receiver.got[:3]]
    assert len(set(names)) == 1
    assert hooks.hooks(post.file)[0].failures == 0


def test_who_never_answers_is_given_up_and_can_be_taken_up_again(post: Post) -> None:
    """After some days without success nothing is sent any more; resumed, it is told everything since."""
    post.receiver.answers = [500]
    hook = hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    for _ in range(40):
        post.messenger.look()
        post.clock.now += timedelta(hours=6)
    assert hooks.hooks(post.file)[0].stopped is not None
    tries = len(post.receiver.got)
    assert post.messenger.look() == 0
    assert len(post.receiver.got) == tries
    post.receiver.answers = [204]
    hooks.resume(post.file, hook.number)
    assert post.messenger.look() > 0


def test_who_is_gone_is_given_up_at_once(post: Post) -> None:
    """410 says that nobody wants it any more."""
    post.receiver.answers = [410]
    hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    post.messenger.look()
    assert hooks.hooks(post.file)[0].stopped is not None


def test_a_redirect_is_not_followed(post: Post) -> None:
    """What changed goes to the address that was given and to no other."""
    post.receiver.answers = [302]
    hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    post.messenger.look()
    assert len(post.receiver.got) == 1
    assert "leads elsewhere" in hooks.hooks(post.file)[0].said


def test_nothing_goes_to_a_private_network_that_was_not_allowed(post: Post) -> None:
    """The receiver hears nothing, and the reason is kept."""
    hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    closed = Messenger(post.views, post.file, post.clock, Poster())
    assert closed.look() == 0
    assert post.receiver.got == []
    assert "--allow-host" in hooks.hooks(post.file)[0].said


def test_one_that_fails_does_not_hold_up_another(post: Post) -> None:
    """Each has its own turn."""
    hooks.add(post.file, "http://127.0.0.1:9/nobody", new_secret(), NOW)
    hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    assert post.messenger.look() > 0
    assert [hook.failures for hook in hooks.hooks(post.file)] == [1, 0]


def test_one_that_is_slow_to_answer_does_not_hold_up_another(post: Post) -> None:
    """Another gets its message while one has not answered; then both have been told."""
    with receiving() as slow:
        slow.wait = post.receiver.came
        messenger = Messenger(post.views, post.file, post.clock, Poster((slow.host, post.receiver.host)))
        hooks.add(post.file, slow.url, new_secret(), NOW)
        hooks.add(post.file, post.receiver.url, new_secret(), NOW)
        messenger.look()
    assert len({hook.last for hook in hooks.hooks(post.file)}) == 1
    assert slow.waited
    assert [hook.failures for hook in hooks.hooks(post.file)] == [0, 0]


def test_a_case_that_was_replaced_is_told_from_its_own_last_change_on(post: Post) -> None:
    """Numbers of the case before mean nothing in it; otherwise nothing would be told until they are reached."""
    hook = hooks.add(post.file, post.receiver.url, new_secret(), NOW, last=10**6)
    assert post.messenger.look() == 0
    with post.views.moment() as view:
        last = changes.last(view)
    assert hooks.hooks(post.file)[0].last == last
    hooks.told(post.file, hook.number, last - 1)
    assert post.messenger.look() == 1


def test_a_clock_that_was_put_back_silences_nobody(post: Post) -> None:
    """A try that is due in years is due now."""
    hook = hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    ahead = NOW + timedelta(days=900)
    hooks.failed(post.file, hook, "it answered 500", ahead, ahead + timedelta(seconds=5))
    assert post.messenger.look() > 0


def test_who_was_tried_once_before_a_long_stop_is_not_given_up(post: Post) -> None:
    """Three days in which the server did not run are no three days without success."""
    post.receiver.answers = [500]
    hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    post.messenger.look()
    post.clock.now += timedelta(days=9)
    post.messenger.look()
    assert hooks.hooks(post.file)[0].stopped is None


def test_messages_of_two_cases_have_ids_of_their_own(post: Post, tmp_path: Path) -> None:
    """A receiver that has one id already passes over the other."""
    other = tmp_path / "other"
    with reports() as sample:
        run([sample / "wire.jsonl"], other, "dprk-russia")
        run([sample], other)
    views = Views(other)
    with Accounts(other) as file:
        hooks.add(file, post.receiver.url, new_secret(), NOW)
        Messenger(views, file, post.clock, Poster((post.receiver.host,))).look()
    views.close()
    hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    post.messenger.look()
    names = [got.headers["webhook-id"] for got in post.receiver.got]
    assert len(names) == len(set(names)) > 1


def test_a_defect_ends_no_thread(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again; others would be told nothing any more, without a word."""
    monkeypatch.setattr(delivering, "EVERY", 0.01)
    last, failing = changes.last, [KeyError("defect")]

    def once(view: View) -> int:
        if failing:
            raise failing.pop()
        return last(view)

    monkeypatch.setattr(changes, "last", once)
    hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    post.messenger.start()
    assert post.receiver.came.wait(10)


def test_the_thread_tells_and_ends(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Started, it finds what there is to tell by itself; closed, it is gone."""
    monkeypatch.setattr(delivering, "EVERY", 0.01)
    hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    post.messenger.start()
    assert post.receiver.came.wait(10)
    post.messenger.close()
    assert not post.messenger._thread.is_alive()


@pytest.mark.parametrize(
    ("url", "kinds"),
    [
        ("ftp://a.example/", ()), ("https://", ()), ("https://u:p@a.example/", ()), ("http://a.example/", ()),
        ("https://a.example/", ("rumor",)), ("https://[::1", ()),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_told_is_refused(url: str, kinds: tuple[str, ...]) -> None:
    """No web address, a password in it, in the clear, no such kind of change."""
    with pytest.raises(WebhookError, match=r"address|clear|kind"):
        require_address(url, kinds)


def test_there_is_one_webhook_to_an_address(post: Post) -> None:
    """A second one is refused, and what is not there cannot be removed."""
    hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    with pytest.raises(AccountError, match="remove it first"):
        hooks.add(post.file, post.receiver.url, new_secret(), NOW)
    with pytest.raises(AccountError, match="no webhook 7"):
        hooks.remove(post.file, 7)


def test_the_command_adds_lists_tests_and_removes(post: Post) -> None:
    """The secret is printed once and never listed; what was done is in the audit log."""
    case, allow = ("--case", str(post.folder)), ("--allow-host", post.receiver.host)
    added = _run("webhook", "add", post.receiver.url, *case, *allow, "--kind", "estimate")
    (secret,) = (line for line in added.splitlines() if line.startswith("whsec_"))
    with post.views.moment() as view:
        assert hooks.hooks(post.file)[0].last == changes.last(view)
    listed = _run("webhook", "list", *case, "--format", "jsonl")
    assert post.receiver.url in listed
    assert secret not in listed
    assert "answered 204" in _run("webhook", "test", "1", *case, *allow)
    assert json.loads(post.receiver.got[0].body)["type"] == "case.greeting"
    _run("webhook", "resume", "1", *case)
    _run("webhook", "remove", "1", *case)
    assert hooks.hooks(post.file) == ()
    done = [deed.action for deed in deeds.page(post.file, 1, 10).deeds]
    assert done == ["remove webhook", "resume webhook", "add webhook"]


def _run(*arguments: str) -> str:
    """Run a command and give what it printed."""
    finished = CliRunner().invoke(app, list(arguments))
    assert finished.exit_code == 0, finished.output
    return finished.output
