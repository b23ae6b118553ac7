"""The room of reports in a real browser: choosing claims, selecting words, without scripts, and hostile reports."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect

from bench_case import a_bench
from reports_case import HOSTILE, STORY, WIRE, Admitted, a_case_of_reports
from tallystick.storage.views import documents, opened
from tallystick.storage.views.opened import Figure
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.documents.addresses import document_href, page_href
from tallystick.workbench.documents.routes import ROUTES
from workbench.browsing import chromium, open_window, serious, serving

pytestmark = pytest.mark.browser

# Selects the code points from `start` to before `end` of a passage with one `Range`, across its marks.
SELECT = """([start, end]) => {
  const units = (words, count) => [...words].slice(0, count).join("").length;
  const ends = [start, end].map((place) => {
    for (const passage of [...document.querySelectorAll("#text [data-start]")].reverse()) {
      let at = Number(passage.dataset.start);
      if (at > place) continue;
      const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const size = [...node.data].length;
        if (place <= at + size) return [node, units(node.data, place - at)];
        at += size;
      }
    }
  });
  getSelection().setBaseAndExtent(...ends[0], ...ends[1]);
}"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A bench on the case of reports, which these tests only read."""
    made = a_bench(a_case_of_reports(tmp_path_factory.mktemp("library") / "case"))
    yield made
    made.views.close()


@pytest.fixture(scope="module")
def site(library: Bench) -> Iterator[str]:
    """The address of a server on it, where everybody is an analyst."""
    with serving(create_app(library, Admitted(Visitor("ana", Role.ANALYST)), [ROUTES])) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def figures(library: Bench) -> tuple[Figure, ...]:
    """The claims of the wire's story."""
    with library.views.moment() as view:
        return opened.figures(view, WIRE)


def current(page: Page) -> list[str]:
    """Give the ids of the claims that are marked as chosen."""
    found: list[str] = page.eval_on_selector_all("a.figure[aria-current]", "all => all.map(one => one.dataset.choose)")
    return found


def test_choosing_a_figure_swaps_the_panel_alone(site: str, browser: Browser, figures: tuple[Figure, ...]) -> None:
    """The page stays, the address follows, and opening it again shows the same claim."""
    window = open_window(browser)
    page = window.page
    page.goto(site + document_href(WIRE))
    page.evaluate("window.stayed = true")

    page.click(f'#text a[data-choose="{figures[2].id}"]')
    page.wait_for_selector(f'#chosen [data-claim="{figures[2].id}"]')

    assert page.evaluate("window.stayed")
    assert page.url == site + document_href(WIRE, claim=figures[2].id)
    assert current(page) == [figures[2].id]
    page.reload()
    page.wait_for_selector(f'#chosen [data-claim="{figures[2].id}"]')
    assert window.troubles == []


def test_keys_go_from_claim_to_claim(site: str, browser: Browser, figures: tuple[Figure, ...]) -> None:
    """`j` and the right arrow go on, `k` goes back, and the focus goes along."""
    page = open_window(browser).page
    page.goto(site + document_href(WIRE))

    for key, turn in (("j", 0), ("ArrowRight", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        page.wait_for_selector(f'#chosen [data-claim="{figures[turn].id}"]')

    assert page.evaluate("document.activeElement.dataset.choose") == figures[1].id
    assert "Claim 2 of" in page.inner_text("#told")


def test_a_ground_lights_up_its_words(site: str, browser: Browser, figures: tuple[Figure, ...]) -> None:
    """A click on the words of a ground marks them in the text, behind a character of two units too."""
    page = open_window(browser).page
    page.goto(site + document_href(WIRE, claim=figures[2].id))
    link = page.locator('#chosen tr:has(th:text-is("Speaker")) a.cue-link')

    link.click()

    assert page.evaluate("[...CSS.highlights.get('asked')][0].toString()") == "said"
    lit = page.evaluate("[...CSS.highlights.get('asked')][0].startContainer.parentElement.className")
    assert lit == "cue"


def test_selected_words_are_code_points_of_the_text(site: str, browser: Browser) -> None:
    """What a form gets is where the words stand, across marks, passages and characters of two units."""
    window = open_window(browser)
    page = window.page
    page.goto(site + document_href(WIRE))
    crane = STORY.index("🚧")
    after = STORY.index("15,000")
    spans = [(6, 26), (crane, crane + 1), (crane + 2, crane + 9), (after, after + 6), (crane - 8, after + 3)]

    for start, end in spans:
        page.evaluate(SELECT, [start, end])
        page.wait_for_selector("#adding:not([hidden])")
        expect(page.locator('#adding [name="end"]')).to_have_value(str(end))

        assert page.input_value('#adding [name="start"]') == str(start)
        assert page.text_content("#adding [data-words]") == STORY[start:end]
    assert page.input_value('#adding [name="document"]') == WIRE
    assert page.get_attribute("#adding", "action") == "/review/add"
    assert window.troubles == []


def test_marked_words_are_sent_to_be_added(site: str, browser: Browser) -> None:
    """The button sends report, start, end and the token, also on a narrow screen."""
    page = open_window(browser, narrow=True).page
    page.goto(site + document_href(WIRE))
    page.evaluate(SELECT, [22, 27])

    with page.expect_request("**/review/add") as sent:
        page.click("#adding button")

    told = parse_qs(sent.value.post_data or "")
    assert (told["document"], told["start"], told["end"]) == ([WIRE], ["22"], ["27"])
    assert told["_csrf_token"]


def test_words_outside_the_text_add_nothing(site: str, browser: Browser) -> None:
    """A selection in the title offers no form, and neither does none."""
    page = open_window(browser).page
    page.goto(site + document_href(WIRE))
    page.evaluate(SELECT, [0, 5])
    page.wait_for_selector("#adding:not([hidden])")

    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")

    page.wait_for_selector("#adding", state="hidden")


def test_all_can_be_read_without_scripts(site: str, browser: Browser, figures: tuple[Figure, ...]) -> None:
    """A mark is a link to the report with its claim beside it, a ground one to its words."""
    page = open_window(browser, scripts=False).page
    page.goto(f"{site}/documents")
    page.click("text=Builders for Kursk")
    page.click(f'#text a[data-choose="{figures[1].id}"]')

    expect(page.locator(f'#chosen [data-claim="{figures[1].id}"]')).to_be_visible()
    page.click('#chosen tr:has(th:text-is("Status")) a.cue-link')
    expect(page.locator("#at")).to_have_text("will")
    assert page.locator("#adding").is_hidden()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_nothing_keeps_anybody_out(
    site: str, browser: Browser, library: Bench, figures: tuple[Figure, ...], dark: bool, narrow: bool
) -> None:
    """axe-core finds nothing serious on any page, and no page is wider than its screen."""
    with library.views.moment() as view:
        page_id = documents.listed(view, documents.Asked(outlet="Daily Ledger")).rows[0].id
    window = open_window(browser, dark=dark, narrow=narrow)

    for path in (
        "/documents", "/documents?q=Kursk", document_href(page_id), document_href(WIRE, claim=figures[0].id),
        document_href("copy-2", 3, 12), page_href("/documents/custody", page_id),
    ):  # fmt: skip
        window.page.goto(site + path)
        assert serious(window.page) == []
        assert window.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert window.troubles == []


@pytest.mark.parametrize("turn", range(len(HOSTILE) + 1))
def test_hostile_reports_stay_inert(site: str, browser: Browser, turn: int) -> None:
    """Scripts, handlers and styles in texts, titles, outlets and ids are words, and nothing is asked of elsewhere."""
    window = open_window(browser)
    window.page.goto(site + ["/documents", *map(document_href, HOSTILE)][turn])

    assert window.page.title() != "hit"
    assert window.page.locator("#main img, #main script, #main style, #main i, [onerror], [onmouseover]").count() == 0
    assert window.page.locator('a[href^="javascript"]').count() == 0
    assert "\u202e" not in window.page.inner_text("main")
    assert window.page.is_visible("h1")
    assert all(asked.startswith(site) for asked in window.asked)
    assert window.troubles == []


def test_long_ids_hold_in_real_requests(site: str, browser: Browser) -> None:
    """A claim of a report with an endless id is chosen, and its bytes come."""
    window = open_window(browser)
    page = window.page
    page.goto(site + document_href(HOSTILE[-1]))
    page.click("#text a.figure")
    page.wait_for_selector("#chosen [data-claim]")
    page.click("#chosen .turns ~ h2")

    with page.expect_download() as coming:
        page.click("text=Preserved bytes")

    assert coming.value.suggested_filename.startswith("original-")
    assert window.troubles == []
