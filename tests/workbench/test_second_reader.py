"""The second reader in the review room: what it disagrees on comes first, and a person decides about it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from litestar import Request
from litestar.testing import TestClient
from playwright.sync_api import Browser, expect

from bench_case import Noted, a_bench
from model_server import claims, completion
from reviewing_words import Enter, claims_of, shown, text, token
from second_reader_case import DIARY, a_read_case, read, with_a_miss
from tallystick.model.claim import Claim
from tallystick.model.review import ReviewVerdict
from tallystick.storage.case import Case
from tallystick.storage.views import queue
from tallystick.storage.views.view import Views
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.rooms import ROOMS
from workbench.browsing import chromium, open_window, picture, serious, serving


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of four reports that a model has read, which no test touches."""
    return a_read_case(tmp_path_factory.mktemp("made") / "case")


@pytest.fixture
def case_folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(copytree(made, tmp_path / "case"))


@pytest.fixture
def ana(enter: Enter) -> TestClient[Any]:
    """An analyst."""
    return enter(Role.ANALYST, "ana")


@pytest.fixture
def number(case_folder: Path) -> int:
    """The number of the proposal that the rules do not have."""
    with Case.open(case_folder, read_only=True) as case:
        found = [claim for one in case.proposals.all() for claim in one.claims]
    return 1 + next(turn for turn, claim in enumerate(found) if claim.document == DIARY)


def test_what_only_the_second_reader_has_comes_first(ana: TestClient[Any], number: int) -> None:
    """In its paragraph, with the model that says so; certain claims can be asked for all the same."""
    page = ana.get("/review")
    assert str(page.url.path) == f"/review/proposals/{number}"
    for each in (page, ana.get("/review/proposals")):
        assert "<script>document" not in each.text
        assert "&lt;script&gt;document" in each.text
    assert "Villagers counted <mark>350</mark> silhouettes" in page.text
    words = text(page)
    for told in ("Model quiet-7b", "Version quiet-7b-q4 b1234", "Prompt figures-1", "1 proposal waits", "Category"):
        assert told in words
    assert not shown(ana.get("/review?claims=1")).startswith("proposals")
    assert not shown(ana.get("/review?round=all")).startswith("proposals")


def test_then_come_the_claims_that_it_reads_otherwise(ana: TestClient[Any], number: int, case_folder: Path) -> None:
    """With both readings side by side, and then what only the rules have."""
    first = shown(ana.get(f"/review/proposals/{number}/next"))
    page = ana.get(f"/review/{first}")
    words = text(page)
    assert "The second reader disagrees Where the rules and the second reader differ Field Rules Second reader" in words
    assert "quiet-7b (quiet-7b-q4 b1234); what it says counts nowhere" in words
    claim = next(one for one in claims_of(case_folder) if one.id == first)
    assert f"Category {claim.category.replace('_', ' ')} soldier" in words
    assert "Speaker" not in words.split("The second reader disagrees")[1].split("Edit from its reading")[0]


def _same(ours: list[Claim], report: str) -> str:
    """An answer that says of a report what the rules say."""
    told = ("figure", "quote", "low", "high", "bound", "category", "status", "aspect", "measure", "counted", "origin",
            "place", "speaker", "via", "when", "stated")  # fmt: skip
    return claims(*({name: getattr(one, name) for name in told} for one in ours if one.quote in report))


def test_claims_in_dispute_come_before_those_that_hang_more(tmp_path: Path) -> None:
    """Those that both read differently, then those that the model does not have, then those on which they agree."""
    folder = with_a_miss(tmp_path / "other")
    ours = claims_of(folder)
    last = queue_of(folder)
    # The last of the queue is read otherwise, the one before it is not read at all.
    otherwise, missing = last[-1], last[-2]
    told = [replace(one, category="killed") if one.id == otherwise else one for one in ours if one.id != missing]
    with Case.open(folder) as case:
        read(case, lambda asked, _turn: completion(_same(told, asked.report)))
    assert queue_of(folder) == [otherwise, missing, *last[:-2]]


def queue_of(folder: Path) -> list[str]:
    """The claims of a case in the order in which they are reviewed."""
    views = Views(folder)
    try:
        with views.moment() as view:
            found = [queue.next_claim(view, queue.Sought(), "ana")]
            while found[-1] is not None:
                found.append(queue.next_claim(view, queue.Sought(), "ana", queue.place_of(view, found[-1])))
    finally:
        views.close()
    return [one for one in found if one is not None]


def test_an_accepted_proposal_becomes_a_claim(
    ana: TestClient[Any], bench: Bench, number: int, case_folder: Path
) -> None:  # fmt: skip
    """By a review of whoever accepted it; the page says what moved, and undoing it lets it wait again."""
    page = ana.post(f"/review/proposals/{number}/accept", data=token(ana) | {"seen": "0"})
    assert not shown(page).startswith("proposals")
    assert "added" in text(page)
    [claim] = claims_of(case_folder, DIARY)
    assert claim.figure == "350"
    with Case.open(case_folder, read_only=True) as case:
        [review] = case.reviews()
    assert (review.verdict, review.by) == (ReviewVerdict.ADDED, "ana")
    assert isinstance(bench.audit, Noted)
    assert bench.audit.told[-1] == ("ana", "review", claim.id, "added, review 1")
    grounds = text(ana.get(f"/review/{claim.id}"))
    assert "model quiet-7b (quiet-7b-q4 b1234), prompt figures-1 sha256:" in grounds
    twice = ana.post(f"/review/proposals/{number}/accept", data=token(ana) | {"seen": "1"})
    assert (twice.status_code, "Marks these words already" in text(twice)) == (400, True)
    ana.post("/review/undo", data=token(ana) | {"review": "1", "seen": "1", "why": "A slip."})
    assert str(ana.get("/review").url.path) == f"/review/proposals/{number}"


def test_a_refused_proposal_is_kept_and_can_be_taken_back(ana: TestClient[Any], number: int) -> None:
    """With its reason, without which it is none; it is not shown again until then."""
    empty = ana.post(f"/review/proposals/{number}/refuse", data=token(ana) | {"why": " "})
    assert (empty.status_code, "Say why" in text(empty)) == (400, True)
    page = ana.post(f"/review/proposals/{number}/refuse", data=token(ana) | {"why": "<b>Shadows</b> are no men."})
    assert not shown(page).startswith("proposals")
    assert not shown(ana.get("/review")).startswith("proposals")
    kept = ana.get(f"/review/proposals/{number}")
    assert "Refused by ana" in text(kept)
    assert "&lt;b&gt;Shadows&lt;/b&gt; are no men." in kept.text
    listed = text(ana.get("/review/proposals"))
    assert "No proposal waits." in listed
    assert "350 ana" in listed
    assert ": <b>Shadows</b> are no men. Look at 350 again" in listed
    back = ana.post(f"/review/proposals/{number}/again", data=token(ana) | {"why": "They are."})
    assert str(back.url.path) == f"/review/proposals/{number}"
    assert str(ana.get("/review").url.path) == f"/review/proposals/{number}"


def test_a_claim_that_somebody_adds_there_ends_the_waiting(
    ana: TestClient[Any], number: int, case_folder: Path
) -> None:
    """With other fields than the model has: the words are decided."""
    link = ana.get(f"/review/proposals/{number}").text.split("Add it otherwise")[0].rsplit('href="', 1)[1].split('"')[0]
    form = ana.get(link.replace("&amp;", "&"))
    assert "350" in form.text
    with Case.open(case_folder, read_only=True) as case:
        text_of = case.document(DIARY).text
    start = text_of.index("350")
    sent = {
        "document": DIARY, "start": str(start), "end": str(start + 3), "low": "350", "high": "350", "bound": "exact",
        "unit": "person", "category": "worker", "status": "possible", "why": "Seen at night.", "seen": "0",
    }  # fmt: skip
    with Case.open(case_folder, read_only=True) as case:
        sent["category"] = case.claims()[0].category
    done = ana.post("/review/add/claim", data=token(ana) | sent)
    assert done.status_code == 200, text(done)
    assert not shown(ana.get("/review")).startswith("proposals")
    assert "decided" in text(ana.get(f"/review/proposals/{number}"))


def test_a_claim_can_be_edited_from_the_other_reading(ana: TestClient[Any], case_folder: Path) -> None:
    """The form holds what the model tells on top of what stands; where it tells nothing, that stays."""
    claim = next(one for one in claims_of(case_folder) if one.speaker and one.category != "soldier")
    page = ana.get(f"/review/{claim.id}?do=edit&take=1")
    form = page.text.split('id="judge"')[1].split("</form>")[0]
    assert '<option value="soldier" selected>' in form
    assert f'name="speaker" value="{claim.speaker}"' in form


def test_readers_see_what_was_asked_and_decide_nothing(enter: Enter, number: int) -> None:
    """Models, reports, tokens; the numbers of what the model was refused."""
    reader = enter(Role.READER, "ray")
    words = text(reader.get("/review/proposals"))
    assert "quiet-7b" in words
    assert "4 6 0" in words
    assert "2,800 360" in words
    assert "Decide about" not in words
    assert reader.get(f"/review/proposals/{number}").status_code == 403


@pytest.mark.parametrize("at", ["0", "99", "9999999999999999999999", "-1"])
def test_a_proposal_that_is_not_there_is_not_found(ana: TestClient[Any], at: str) -> None:
    """By whatever number."""
    assert ana.get(f"/review/proposals/{at}").status_code == 404
    assert ana.post(f"/review/proposals/{at}/refuse", data=token(ana) | {"why": "x"}).status_code == 404


def test_where_no_model_was_asked_the_room_says_so(tmp_path: Path) -> None:
    """And the queue is as ever."""
    folder = with_a_miss(tmp_path / "unread")
    made = a_bench(folder)
    with TestClient(create_app(made, AsAna(), ROOMS)) as client:
        assert "No language model has read the reports of this case." in text(client.get("/review/proposals"))
        page = client.get("/review")
        assert not shown(page).startswith("proposals")
        assert "second reader disagrees" not in text(page)
    made.views.close()


class AsAna:
    """Everybody is one analyst."""

    def visitor(self, _request: Request[Any, Any, Any]) -> Visitor | None:
        """Give her."""
        return Visitor("ana", Role.ANALYST)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser."""
    with chromium() as opened:
        yield opened


@pytest.mark.browser
@pytest.mark.parametrize(("dark", "narrow"), [(False, False), (True, False), (False, True)])
def test_the_pages_are_fit_to_be_read(
    browser: Browser, bench: Bench, number: int, tmp_path: Path, dark: bool, narrow: bool
) -> None:
    """Light, dark and at 400 pixels: nothing sticks out, nothing keeps anybody from it; keys do what buttons do."""
    with serving(create_app(bench, AsAna(), ROOMS)) as address:
        window = open_window(browser, dark=dark, narrow=narrow)
        page = window.page
        looks = {"proposal": f"/review/proposals/{number}", "list": "/review/proposals", "claim": "/review?claims=1"}
        for name, path in looks.items():
            page.goto(f"{address}{path}")
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
            assert serious(page) == []
            assert "hit" not in page.title()
            picture(page, tmp_path, f"{name}-{'dark' if dark else 'light'}-{400 if narrow else 1280}")
        page.goto(f"{address}/review")
        page.keyboard.press("a")
        expect(page.locator(".done")).to_contain_text("added")
        assert window.troubles == []
