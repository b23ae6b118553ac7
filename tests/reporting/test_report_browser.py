"""The report in a real browser: it opens without a network, links land, the keyboard reaches everything."""

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, sync_playwright

from tallystick.pipeline import run
from tallystick.sample import reports
from tallystick.storage.case import REPORT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is absent: the report is NOT checked in a browser"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of the bundled sample."""
    case = tmp_path_factory.mktemp("browser")
    with reports() as folder:
        run([folder], case, "dprk-russia")
    return (case / REPORT).as_uri()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """The report, open; a request, an error or a warning of the browser fails the test."""
    complaints: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            complaints.append(request.url)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(offline=True)
        opened = context.new_page()
        opened.on("request", note)
        opened.on("console", lambda message: complaints.append(message.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.goto(address)
        yield opened
        browser.close()
    assert complaints == []


def test_a_figure_lands_on_its_highlighted_words(page: Page) -> None:
    """The mark is the target, on screen, with the same figure, and its sentence is highlighted."""
    link = page.locator(".estimate table a.figure").first
    target = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    mark = page.locator(f"mark#{target}")
    assert page.evaluate("document.querySelector('mark:target').id") == target
    box = mark.bounding_box()
    height = page.evaluate("innerHeight")
    assert box is not None
    assert 0 <= box["y"] < height
    plain = page.locator(".told:not(:has(mark:target))").first.evaluate(
        "node => getComputedStyle(node).backgroundColor"
    )
    told = page.locator(".told:has(mark:target)").evaluate("node => getComputedStyle(node).backgroundColor")
    assert told != plain


def test_the_keyboard_reaches_the_skip_link_the_tables_and_the_details(page: Page) -> None:
    """Tab goes from the skip link on; Enter opens what is closed."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#key"
    closed = page.locator("details:not([open]) > summary").first
    closed.focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() > 0
    assert page.evaluate("document.activeElement.parentElement.open")


def test_the_tab_key_walks_through_every_link_and_summary_in_order(page: Page) -> None:
    """From the top, each stop is the next one that can be reached, and none is jumped over."""
    names = "[...document.querySelectorAll('a[href], summary, .wide')]"
    reachable = f"{names}.filter(node => node.checkVisibility())"
    page.evaluate(f"window.stops = {reachable}")
    for at in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("window.stops.indexOf(document.activeElement)") == at


def test_headings_have_an_order_and_tables_have_headers(page: Page) -> None:
    """No level is skipped; every data table has column headers with a scope."""
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(node => +node.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate("[...document.querySelectorAll('table')].every(node => node.querySelector('th[scope=col]'))")


def test_no_id_stands_twice_and_no_link_leads_nowhere(page: Page) -> None:
    """Also those inside the pictures."""
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(node => node.id)")
    assert len(ids) == len(set(ids))
    links = page.evaluate("[...document.querySelectorAll('a')].map(node => node.getAttribute('href'))")
    assert {link.removeprefix("#") for link in links if link.startswith("#")} <= set(ids)


@pytest.mark.parametrize("width", [360, 768, 1400])
def test_the_page_does_not_scroll_sideways(page: Page, width: int) -> None:
    """Wide tables scroll in their own box."""
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(page: Page, scheme: str) -> None:
    """Ink on paper reaches 7:1, quiet words and links 4.5:1 (WCAG 2.2), in both schemes."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    ratios = page.evaluate(
        """() => {
        const light = text => { const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const paper = light(getComputedStyle(document.body).backgroundColor);
        return ['body', '.quiet', 'nav a', '.planned', '.actual'].map(name => {
            const ink = light(getComputedStyle(document.querySelector(name)).color);
            return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05); });
        }"""
    )
    assert ratios[0] >= 7
    assert min(ratios) >= 4.5


def test_it_prints(page: Page, tmp_path: Path) -> None:
    """On paper the closed parts are open and the navigation is gone."""
    path = tmp_path / "report.pdf"
    page.pdf(path=path)
    assert path.read_bytes().startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()


def test_tables_fit_on_paper(page: Page) -> None:
    """A4 less its margins is 670 pixels wide: no table is cut."""
    page.set_viewport_size({"width": 670, "height": 900})
    page.emulate_media(media="print")
    cut = "[...document.querySelectorAll('.wide')].filter(node => node.scrollWidth > node.clientWidth + 1).length"
    assert page.evaluate(cut) == 0


def test_a_report_in_a_picture_lands_on_its_highlighted_words(page: Page) -> None:
    """By the keyboard: the box is a link, and its mark is the target."""
    link = page.locator("details[open] svg.graph a").first
    target = (link.get_attribute("href") or "").removeprefix("#")
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('mark:target, mark:has(:target)').id") == target
    box = page.locator(f"mark#{target}").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < page.evaluate("innerHeight")


def test_every_picture_has_a_name_and_a_description(page: Page) -> None:
    """A reader of the screen hears both; the labels inside are text."""
    named = """[...document.querySelectorAll('svg.graph')].map(node => {
        const [title, about] = node.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id));
        return title.textContent.length > 10 && about.textContent.length > 10; })"""
    found = page.evaluate(named)
    assert found
    assert all(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_has_contrast(page: Page, scheme: str) -> None:
    """Names and labels on the card reach 4.5:1, lines 3:1 (WCAG 2.2), in both schemes."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    text, lines = page.evaluate(
        """() => {
        const light = text => { const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const paper = light(getComputedStyle(document.querySelector('.estimate')).backgroundColor);
        const ratio = color => { const ink = light(color);
            return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05); };
        const drawn = (names, part) => names.flatMap(name => [...document.querySelectorAll('svg.graph ' + name)])
            .map(node => ratio(getComputedStyle(node)[part]));
        return [Math.min(...drawn(['.name', '.dated', '.step text'], 'fill')),
                Math.min(...drawn(['.step.firm path', '.step.fair path', '.statement rect'], 'stroke'))];
        }"""
    )
    assert text >= 4.5
    assert lines >= 3


def test_labels_of_a_picture_stay_in_their_boxes(page: Page) -> None:
    """No name is wider than the frame around it, and no label reaches into the box before it."""
    page.locator("details:has(svg.graph)").evaluate_all("nodes => nodes.forEach(node => node.open = true)")
    wide = """[...document.querySelectorAll('svg.graph .report, svg.graph .statement')].filter(node => {
        const frame = node.querySelector('rect').getBoundingClientRect();
        return [...node.querySelectorAll('text')].some(text => text.getBoundingClientRect().width > frame.width);
        }).length"""
    assert page.evaluate(wide) == 0
    covered = """[...document.querySelectorAll('svg.graph')].flatMap(graph => {
        const frames = [...graph.querySelectorAll('rect')].map(node => node.getBoundingClientRect());
        return [...graph.querySelectorAll('.step > text')].filter(text => { const one = text.getBoundingClientRect();
            return frames.some(frame => one.left < frame.right - 1 && one.right > frame.left + 1
                && one.top < frame.bottom - 1 && one.bottom > frame.top + 1); }); }).length"""
    assert page.evaluate(covered) == 0


def test_shared_passages_open_by_the_keyboard(page: Page) -> None:
    """Both texts stand side by side."""
    closed = page.locator("details.alike > summary").first
    closed.focus()
    page.keyboard.press("Enter")
    row = page.locator("details.alike[open] tbody tr").first
    here, there = (row.locator("td").nth(at).bounding_box() for at in (0, 1))
    assert here is not None
    assert there is not None
    assert here["x"] + here["width"] <= there["x"] + 1
    assert abs(here["y"] - there["y"]) < 1


def test_pictures_fit_on_paper(page: Page) -> None:
    """A4 less its margins is 670 pixels wide: no picture is cut."""
    page.set_viewport_size({"width": 670, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate(
        "[...document.querySelectorAll('svg.graph')].every(node => node.getBoundingClientRect().width <= 671)"
    )
