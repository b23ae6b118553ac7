"""The room where reports are added, through its forms: what is taken, what is refused, and what is told."""

import errno
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from litestar import Request
from litestar.testing import TestClient

from bench_case import AtOnce, Noted
from tallystick.model.document import Failure
from tallystick.reading.web.fetching import Means
from tallystick.storage.case import Case
from tallystick.workbench import doing
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.adding import receiving
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench, Follower
from tallystick.workbench.doing import Fetching
from tallystick.workbench.jobs import Job, JobKind, JobState
from tallystick.workbench.rooms import ROOMS
from tallystick.workbench.spooling import FOLDER, labelled
from website import Page, Site, site

Enter: TypeAlias = Callable[..., TestClient[Any]]
Working: TypeAlias = Callable[[Follower], TestClient[Any]]
STORY = b"Officials in Kursk said on Tuesday that 340 North Korean sappers had arrived.\n"
TOKEN = re.compile(r'name="_csrf_token" value="([0-9a-f]+)"')


def token(client: TestClient[Any]) -> str:
    """The token of the forms of the room."""
    found = TOKEN.search(client.get("/add").text)
    assert found is not None
    return found[1]


def send(client: TestClient[Any], *files: tuple[str, bytes], with_token: bool = True) -> Any:
    """Send files as a browser does, and follow to the page of the job."""
    fields = {"_csrf_token": token(client)} if with_token else {}
    return client.post("/add/files", data=fields, files=[("reports", one) for one in files])


def named(folder: Path) -> set[str]:
    """Where the reports of the case were found."""
    with Case.open(folder, read_only=True) as case:
        return {one.name for one in case.documents()}


def failures(folder: Path) -> list[Failure]:
    """What the case could not take."""
    with Case.open(folder, read_only=True) as case:
        return list(case.ledger().failures)


def test_a_file_becomes_a_report(enter: Enter, case_folder: Path, bench: Bench) -> None:
    """It is read, its page says what came of it, and the audit log who gave it."""
    page = send(enter(), ("story.txt", STORY))
    assert (page.status_code, page.url.path[:5]) == (200, "/add/")
    assert "1 report looked at" in page.text
    assert "new estimate" in page.text or "estimate" in page.text
    assert "story.txt" in named(case_folder)
    assert isinstance(bench.audit, Noted)
    assert [one[:2] for one in bench.audit.told] == [("ana", "add reports")]
    assert not list((case_folder / FOLDER).glob("2*"))


def test_the_same_file_twice_is_known(enter: Enter, case_folder: Path) -> None:
    """The second time nothing is new, and the page says so."""
    client = enter()
    send(client, ("story.txt", STORY))
    before = len(named(case_folder))
    page = send(client, ("again.txt", STORY))
    assert "Nothing new came in, so nothing moved." in page.text
    assert len(named(case_folder)) == before


@pytest.mark.parametrize(
    "name",
    ["../../x.txt", "/etc/passwd", "C:\\con.txt", "NUL", "<img src=x onerror=alert(1)>.txt", "\u202etxt.exe", "a\tb"],
)
def test_a_name_is_only_a_label(enter: Enter, case_folder: Path, name: str) -> None:
    """Whatever a file is called, it is shown as text and lies nowhere but in the case."""
    around = {one for one in case_folder.parent.rglob("*") if FOLDER not in one.parts}
    page = send(enter(), (name, STORY))
    assert page.status_code == 200
    assert "<img" not in page.text
    assert "\u202e" not in page.text
    held = {labelled(name)} & named(case_folder)
    assert held or "C:" in name or "\t" in name
    came = {one for one in case_folder.parent.rglob("*") if FOLDER not in one.parts} - around
    assert all("evidence" in one.as_posix() or one.name == "report.html" for one in came)


def test_what_cannot_be_seen_of_a_name_is_replaced() -> None:
    """Control characters and half pairs come to one sign, and a name has an end."""
    assert labelled("a\x00\x1bb\ud800.txt") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}.txt"
    assert len(labelled("x" * 5_000)) == 300
    assert labelled("") == "file without a name"


def test_what_cannot_be_read_is_named_with_its_reason(enter: Enter, case_folder: Path) -> None:
    """An empty file, a binary one and a hostile archive do not keep a good one out."""
    bomb, good = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 110_000_000)
    with zipfile.ZipFile(good, "w") as archive:
        archive.writestr("../../../escape.txt", STORY)
        archive.writestr("__MACOSX/._x", b"x")
    page = send(
        enter(), ("empty.txt", b""), ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9),
        ("bomb.zip", bomb.getvalue()), ("good.zip", good.getvalue()),
    )  # fmt: skip
    assert page.status_code == 200
    for words in ("nothing in it: 0 bytes", "a binary file, in no format that is read", "a ZIP bomb"):
        assert words in page.text
    assert "Left out on purpose" in page.text
    assert "good.zip!../../../escape.txt" in named(case_folder)
    assert {one.document for one in failures(case_folder)} == {"empty.txt", "photo.jpg", "bomb.zip"}


def test_a_file_over_the_limit_is_refused_with_words(
    enter: Enter, case_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """60 MB are refused where a file may have 1 MB, and nothing of them is left."""
    monkeypatch.setattr(receiving, "MOST_OF_FILE", 1_000_000)
    page = send(enter(), ("large.txt", b"a" * 60_000_000))
    assert page.status_code == 413
    assert "large.txt is larger than 1 MB" in page.text
    assert not list((case_folder / FOLDER).glob("2*"))


def test_files_over_the_limit_together_are_refused(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each may be small enough."""
    monkeypatch.setattr(receiving, "MOST_TOGETHER", 1_000_000)
    page = send(enter(), ("a.txt", b"a" * 600_000), ("b.txt", b"b" * 600_000))
    assert page.status_code == 413
    assert "together" in page.text


def test_too_many_files_are_refused(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ZIP is asked for."""
    monkeypatch.setattr(receiving, "MOST_FILES", 3)
    page = send(enter(), *((f"{number}.txt", STORY) for number in range(9)))
    assert page.status_code == 413
    assert "ZIP" in page.text


def test_a_form_without_its_token_is_refused(enter: Enter, case_folder: Path) -> None:
    """Also one whose token is of our shape but not the browser's; nothing is kept."""
    client = enter()
    assert send(client, ("story.txt", STORY), with_token=False).status_code == 403
    mine = token(client)
    other = ("0" if mine[0] != "0" else "1") + mine[1:]
    forged = client.post("/add/files", data={"_csrf_token": other}, files=[("reports", ("story.txt", STORY))])
    assert forged.status_code == 403
    assert "story.txt" not in named(case_folder)
    assert not list((case_folder / FOLDER).glob("2*"))


@pytest.mark.parametrize("body", [b"", b"--x\r\n", b"nothing", b'--x\r\nContent-Disposition: form-data; name="a'])
def test_a_broken_form_is_refused(enter: Enter, case_folder: Path, body: bytes) -> None:
    """One that is cut off or none at all is no defect of ours."""
    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert enter().post("/add/files", content=body, headers=kind).status_code in (400, 403)
    assert not list((case_folder / FOLDER).glob("2*"))


def test_no_file_is_said_to_be_none(enter: Enter) -> None:
    """A form that was sent without choosing asks for one."""
    client = enter()
    page = client.post("/add/files", data={"_csrf_token": token(client)}, files={"reports": ("", b"")})
    assert page.status_code == 400
    assert "no file was chosen" in page.text


def test_a_full_disk_is_said_to_be_full(enter: Enter, case_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no defect of ours, and nothing is left of what came."""

    def full(_self: object, _piece: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(receiving.Receiver, "take", full)
    page = send(enter(), ("story.txt", STORY))
    assert page.status_code == 503
    assert "No space left on device; nothing was added" in page.text
    assert not list((case_folder / FOLDER).glob("2*"))


def test_pasted_text_is_one_report_with_what_is_said_of_it(enter: Enter, case_folder: Path) -> None:
    """Title, outlet, day and address stand as stated details."""
    client = enter()
    given = {
        "text": "Two hundred deminers from North Korea\r\nwere wounded near Kursk, a local doctor said.",
        "title": "<script>alert(1)</script>", "outlet": "Harbor Herald", "published": "2025-07-01",
        "url": "https://example.org/1",
    }  # fmt: skip
    page = client.post("/add/text", data={"_csrf_token": token(client), **given})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    with Case.open(case_folder, read_only=True) as case:
        (report,) = [one for one in case.documents() if one.outlet == "Harbor Herald" and one.name.startswith("pasted")]
    assert (report.title, report.published, report.url) == (given["title"], "2025-07-01", given["url"])
    assert "\r" not in report.text
    assert {one.sureness.value for one in report.details} == {"stated"}


def test_what_is_wrong_with_pasted_text_stands_beside_it(enter: Enter) -> None:
    """The form comes back as it was written."""
    client = enter()
    given = {"text": " ", "title": "Kept <b>", "published": "someday", "url": "javascript:alert(1)"}
    page = client.post("/add/text", data={"_csrf_token": token(client), **given})
    assert page.status_code == 400
    for name in ("text", "published", "url"):
        assert f'id="wrong-{name}"' in page.text
    assert "Kept &lt;b&gt;" in page.text


def test_an_address_is_refused_where_fetching_is_off(enter: Enter) -> None:
    """The page has no form for it, and says how it is allowed."""
    client = enter()
    assert "/add/address" not in client.get("/add").text
    page = client.post("/add/address", data={"_csrf_token": token(client), "url": "https://example.org/"})
    assert page.status_code == 400
    assert "fetching is off" in page.text


class Ana:
    """Everybody is one analyst."""

    def visitor(self, _request: Request[Any, Any, Any]) -> Visitor | None:
        """Give her."""
        return Visitor("ana", Role.ANALYST)


@pytest.fixture
def working(bench: Bench) -> Iterator[Working]:
    """Give a client of a bench behind which another works."""
    with ExitStack() as opened:
        yield lambda follower: opened.enter_context(
            TestClient(create_app(replace(bench, follower=follower), Ana(), ROOMS))
        )


@pytest.fixture
def paper() -> Iterator[Site]:
    """A site with one story, and a feed that names it and one that robots.txt forbids."""
    with site() as running:
        feed = "".join(
            f"<item><title>Story</title><link>{running.url(path)}</link></item>" for path in ("/story", "/secret")
        )
        running.pages |= {
            "/robots.txt": Page(b"User-agent: *\nDisallow: /secret\n"),
            "/story": Page(STORY, headers=(("Content-Type", "text/plain"),)),
            "/feed.xml": Page(f'<rss version="2.0"><channel><title>Paper</title>{feed}</channel></rss>'.encode()),
        }
        yield running


def test_an_address_is_fetched_where_that_is_allowed(
    working: Working, case_folder: Path, paper: Site, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """What the feed there names comes too, and what robots.txt forbids is named and not asked for."""
    monkeypatch.setattr(doing, "Means", partial(Means, interval=0.0))
    follower = AtOnce(case_folder, Fetching(allowed=True, hosts=(paper.host,)))
    client = working(follower)
    page = client.post("/add/address", data={"_csrf_token": token(client), "url": f" {paper.url('/feed.xml')} "})
    assert page.status_code == 200
    assert paper.url("/story") in named(case_folder)
    assert "robots.txt" in page.text
    assert paper.paths() == ["/feed.xml", "/story"]


def test_an_address_in_a_private_network_is_refused(
    working: Working, case_folder: Path, paper: Site
) -> None:  # fmt: skip
    """Allowing to fetch does not open this machine and its neighbors; the reason stands on the page of the job."""
    follower = AtOnce(case_folder, Fetching(allowed=True))
    client = working(follower)
    page = client.post("/add/address", data={"_csrf_token": token(client), "url": paper.url("/story")})
    assert "--allow-host" in page.text
    assert paper.asked == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/", "https://", "nix"])
def test_what_is_no_address_of_the_web_is_refused(
    working: Working, case_folder: Path, url: str
) -> None:  # fmt: skip
    """It never reaches a worker."""
    follower = AtOnce(case_folder, Fetching(allowed=True))
    client = working(follower)
    page = client.post("/add/address", data={"_csrf_token": token(client), "url": url})
    assert page.status_code == 400
    assert "begins with https://" in page.text
    assert follower.jobs() == ()


def test_addresses_in_a_file_are_never_fetched(
    working: Working, case_folder: Path, paper: Site
) -> None:  # fmt: skip
    """Only an address that somebody gives is asked, also where fetching is allowed."""
    client = working(AtOnce(case_folder, Fetching(allowed=True, hosts=(paper.host,))))
    page = send(client, ("list.txt", f"{paper.url('/story')}\n{paper.url('/feed.xml')}\n".encode()))
    assert "which is not here" in page.text
    assert paper.asked == []


class Failed(AtOnce):
    """One job that failed, and whose files are kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        now = datetime.now(UTC)
        trouble = "the disk is <b>full</b>"
        self.kept = Job("20250701080000-00000000", JobKind.ADD, "ana", "2 files", now, now, now, JobState.FAILED,
                        trouble=trouble, kept=True)  # fmt: skip
        self.done: list[str] = []

    def jobs(self) -> tuple[Job, ...]:
        """Give it."""
        return (self.kept,)

    def job(self, name: str) -> Job | None:
        """Give it."""
        return self.kept if name == self.kept.id else None

    def again(self, name: str) -> bool:
        """Note it."""
        self.done.append(f"again {name}")
        return True

    def drop(self, name: str) -> bool:
        """Note it."""
        self.done.append(f"drop {name}")
        return True


@pytest.mark.parametrize("what", ["again", "drop"])
def test_a_job_that_failed_can_be_tried_again_or_dropped(
    working: Working, case_folder: Path, what: str
) -> None:  # fmt: skip
    """The page says why, and where the files are."""
    failed = Failed(case_folder)
    client = working(failed)
    page = client.get(f"/add/{failed.kept.id}")
    assert "the disk is &lt;b&gt;full&lt;/b&gt;" in page.text
    assert f"incoming/{failed.kept.id}" in page.text
    done = client.post(f"/add/{failed.kept.id}/{what}", data={"_csrf_token": token(client)})
    assert done.status_code == 200
    assert failed.done == [f"{what} {failed.kept.id}"]


def test_a_form_that_is_no_upload_is_small(enter: Enter) -> None:
    """What comes before it is known whose it is has a limit of its own, whatever it says it is."""
    form = {"_csrf_token": "0"}
    answer = enter(None).post("/add/text", data=form, files={"text": ("x", b"x" * 20_000_000)})
    assert answer.status_code == 413


def test_a_job_that_is_not_there_is_not_found(enter: Enter) -> None:
    """Also one whose name would be a path."""
    assert enter().get("/add/20250101000000-00000000").status_code == 404
    assert enter().get("/add/..%2f..%2fetc").status_code == 404


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.READER, 403)])
def test_only_an_analyst_adds(enter: Enter, case_folder: Path, role: Role | None, status: int) -> None:
    """Nobody else's files are looked at, with whatever token."""
    client = enter(role)
    page = client.post("/add/files", files=[("reports", ("story.txt", STORY))])
    assert page.status_code == status
    assert not (case_folder / FOLDER).exists()
