"""Origins in the workbench: listed, drawn, and steps decided about."""

import re
from typing import Any

import pytest
from litestar.testing import TestClient

from tallystick.model.judgement import Verdict
from tallystick.storage.case import Case
from tallystick.workbench.access.visitors import Role
from tallystick.workbench.bench import Bench


def an_origin(client: TestClient[Any], speaker: str) -> str:
    """The address of the origin of a speaker."""
    shown = client.get("/origins", params={"speaker": speaker}).text
    found = re.search(r'href="(/origins/o-[0-9a-f]+)"', shown)
    assert found is not None
    return found.group(1)


def a_step(client: TestClient[Any]) -> dict[str, str]:
    """Both ends of a step of the announcement."""
    shown = client.get(an_origin(client, "Shoigu")).text
    found = re.search(r"/origins/step\?later=(c-\w+)&amp;earlier=(c-\w+)", shown)
    assert found is not None
    return {"later": found.group(1), "earlier": found.group(2)}


def decided(client: TestClient[Any], verdict: str, why: str = "Read both.", **ends: str) -> Any:
    """What the form of a step answers."""
    shown = client.get("/origins/step", params=ends).text
    token = re.search(r'name="_csrf_token" value="([^"]+)"', shown)
    assert token is not None
    sent = {**ends, "verdict": verdict, "why": why, "_csrf_token": token.group(1)}
    return client.post("/origins/judge", data=sent, follow_redirects=True)


def test_all_origins_are_listed(enter: Any) -> None:
    """Each with how many reports and claims go back to it, the one of most claims first."""
    shown = enter().get("/origins").text
    assert "3 origins" in shown
    assert shown.index("Sergei Shoigu") < shown.index("Kremlin spokesman")
    assert "by a named source" in shown


@pytest.mark.parametrize(
    ("asked", "there", "missing"),
    [
        ({"speaker": "shoigu"}, "Sergei Shoigu", "Kremlin"),
        ({"text": "denied that"}, "Kremlin", "Shoigu"),
        ({"text": "in"}, "Kremlin", "No origin fits"),
        ({"speaker": "100%"}, "No origin fits", "Kremlin"),
        ({"text": 'sent"'}, "No origin fits", "Kremlin"),
    ],
)
def test_origins_are_filtered(enter: Any, asked: dict[str, str], there: str, missing: str) -> None:
    """By letters of the speaker and words of a sentence; signs of a query mean nothing."""
    shown = enter().get("/origins", params=asked).text
    assert there in shown
    assert missing not in shown


def test_a_part_of_the_page_is_the_table_alone(enter: Any) -> None:
    """As HTMX asks for it while somebody types."""
    shown = enter().get("/origins", headers={"HX-Request": "true"}).text
    assert "<html" not in shown
    assert "Sergei Shoigu" in shown


def test_an_origin_is_drawn_and_listed(enter: Any) -> None:
    """The picture and the list name the same reports; every step has mechanism, confidence and reason."""
    client = enter()
    shown = client.get(an_origin(client, "Shoigu")).text
    picture, listed = shown.split('id="listed"')
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="graph"' in picture
    for outlet in ("Northern Wire", "Harbor Herald"):
        assert outlet in picture
        assert outlet in listed
    assert re.search(r'<span class="mechanism">attribution</span> <span class="sure"[^>]*>0.90</span> 6,000 =', listed)
    assert "<mark>6,000</mark>" in listed


def test_an_estimate_has_its_origins_drawn(enter: Any, bench: Bench) -> None:
    """All its statements on one page, with a link to the estimate."""
    with Case.open(bench.folder, read_only=True) as case:
        estimate = next(one for one in case.estimates() if any(read.low == 4000 for read in one.readings))
    shown = enter().get("/origins", params={"estimate": estimate.id}).text
    assert f'href="/populations/{estimate.id}"' in shown
    assert "<mark>4,000</mark>" in shown


@pytest.mark.parametrize("path", ["/origins/o-none", "/origins?estimate=none", "/origins/step?later=x&earlier=y"])
def test_what_is_not_there_is_not_found(enter: Any, path: str) -> None:
    """Neither an origin nor an estimate nor a step."""
    assert enter().get(path).status_code == 404


def test_both_ends_of_a_step_stand_side_by_side(enter: Any) -> None:
    """Whichever id comes first in the address."""
    client = enter()
    ends = a_step(client)
    for one in (ends, {"later": ends["earlier"], "earlier": ends["later"]}):
        shown = client.get("/origins/step", params=one).text
        assert shown.index("Harbor Herald") < shown.index("Northern Wire")


def test_a_step_is_confirmed(enter: Any, bench: Bench) -> None:
    """It is sure then, the reason says by whom, and the audit log tells."""
    client = enter()
    ends = a_step(client)
    shown = decided(client, "confirmed", **ends).text
    assert "1.00" in shown
    assert "ana confirmed this step: Read both." in shown
    assert "Nothing else moved" in shown
    assert bench.audit.told == [  # type: ignore[attr-defined]
        ("ana", "judge", f"{ends['later']} -> {ends['earlier']}", "confirmed: Read both.")
    ]


def test_a_step_is_cut_and_what_moved_is_told(enter: Any, bench: Bench) -> None:
    """Both steps of the sum cut, the whole and its two parts have an origin each."""
    client = enter()
    shown = decided(client, "cut", why="Own count.", **a_step(client)).text
    assert "No step leads" in shown
    shown = decided(client, "cut", why="Own count.", **a_step(client)).text
    assert "What moved" in shown
    assert "5 origins" in client.get("/origins").text
    with Case.open(bench.folder, read_only=True) as case:
        assert [(one.verdict, one.by, one.why) for one in case.judgements()] == [(Verdict.CUT, "ana", "Own count.")] * 2


def test_a_decision_can_be_taken_back(enter: Any) -> None:
    """The page of the step offers it, and the rules decide again."""
    client = enter()
    ends = a_step(client)
    decided(client, "cut", **ends)
    assert "Take back that it is cut" in client.get("/origins/step", params=ends).text
    assert "No step leads" not in decided(client, "withdrawn", **ends).text


def test_a_decision_needs_its_reason(enter: Any, bench: Bench) -> None:
    """The page says so, and nothing is kept."""
    client = enter()
    done = decided(client, "cut", why="  ", **a_step(client))
    assert done.status_code == 400
    assert "Say why" in done.text
    with Case.open(bench.folder, read_only=True) as case:
        assert case.judgements() == ()


@pytest.mark.parametrize("verdict", ["determined", "", "erased"])
def test_no_other_verdict_is_taken(enter: Any, verdict: str) -> None:
    """What a body has determined is not said of a step."""
    client = enter()
    assert decided(client, verdict, **a_step(client)).status_code == 400


def test_what_was_sent_stands_in_the_form_again(enter: Any) -> None:
    """A reason is not typed twice where there was nothing to decide."""
    client = enter()
    ends = a_step(client)
    decided(client, "cut", why="Seen.", **ends)
    done = decided(client, "cut", why="Seen <once> more.", **ends)
    assert done.status_code == 400
    assert "is cut already" in done.text
    assert "Seen &lt;once&gt; more.</textarea>" in done.text


def test_a_step_is_added_to_what_is_found_by_words(enter: Any) -> None:
    """Only what was not published after it is offered."""
    client = enter()
    shown = client.get(an_origin(client, "Ukraine")).text
    later = re.search(r"/origins/step/new\?later=(c-\w+)", shown)
    assert later is not None
    found = client.get("/origins/step/new", params={"later": later.group(1), "q": "workers sappers"}).text
    assert "Harbor Herald" in found
    earlier = re.search(r"/origins/step\?later=c-\w+&amp;earlier=(c-\w+)", found)
    assert earlier is not None
    done = decided(client, "added", why="It told us.", later=later.group(1), earlier=earlier.group(1))
    assert "Ana added this step: It told us." in done.text


def test_a_reader_decides_nothing(enter: Any) -> None:
    """No form is shown, and a forged one is refused."""
    client = enter(Role.READER)
    shown = client.get(an_origin(client, "Shoigu"))
    ends = a_step(client)
    page = client.get("/origins/step", params=ends).text
    assert "<textarea" not in page
    assert "Judge" not in shown.text
    sent = {**ends, "verdict": "cut", "why": "x"}
    token = client.cookies.get("tallystick-csrf")
    done = client.post("/origins/judge", data=sent, headers={"x-csrftoken": token or ""})
    assert done.status_code == 403


def test_hostile_names_are_text(enter: Any) -> None:
    """Outlet and title of a report stand in picture, list and step as they are written."""
    client = enter()
    shown = client.get(an_origin(client, "Ukraine")).text
    assert "Evening &lt;b&gt;Gazette&lt;/b&gt;" in shown
    assert "<b>Gazette" not in shown
    assert "<script>document" not in shown


def test_what_moved_can_be_asked_for(enter: Any) -> None:
    """As a page without a script, as a part with one."""
    client = enter()
    assert "Nothing else moved" in client.get("/origins/moved", params={"after": 0}).text
    part = client.get("/origins/moved", params={"after": 0}, headers={"HX-Request": "true"}).text
    assert part.startswith("<section")
