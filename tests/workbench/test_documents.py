"""The room of reports: their list, each with its claims, its preserved bytes and where it came from."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from litestar.testing import TestClient

from bench_case import a_bench
from reports_case import HOSTILE, LONG_STORY, STORY, WIRE, Admitted, a_case_of_reports
from tallystick.model.review import ReviewVerdict
from tallystick.storage.case import Case
from tallystick.storage.evidence import ORIGINALS, name_of
from tallystick.storage.reviewing import Proposal
from tallystick.storage.views import documents, opened
from tallystick.storage.views.opened import Figure
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.documents.addresses import MOST_ID, claim_href, document_href, page_href
from tallystick.workbench.documents.routes import ROUTES


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A bench on the case of reports, which these tests only read."""
    made = a_bench(a_case_of_reports(tmp_path_factory.mktemp("library") / "case"))
    yield made
    made.views.close()


@pytest.fixture(scope="module")
def reader(library: Bench) -> Iterator[TestClient[Any]]:
    """A reader of it."""
    with TestClient(create_app(library, Admitted(Visitor("rita", Role.READER)), [ROUTES])) as client:
        yield client


@pytest.fixture
def own(bench: Bench) -> Iterator[TestClient[Any]]:
    """A reader of a case that a test may change."""
    with TestClient(create_app(bench, Admitted(Visitor("rita", Role.READER)), [ROUTES])) as client:
        yield client


def claims_of(bench: Bench, document: str) -> tuple[Figure, ...]:
    """Give the claims of a report."""
    with bench.views.moment() as view:
        return opened.figures(view, document)


def words_of(page: str) -> str:
    """Give the words of the passages of a page, as a browser shows them, a line each."""
    found = re.findall(r'<p class="words"[^>]*>(.*?)</p>', page, re.DOTALL)
    return "\n".join(html.unescape(re.sub(r"<[^>]+>", "", one)) for one in found)


def test_the_list_tells_of_every_report(reader: TestClient[Any]) -> None:
    """Title, outlet, day, language and claims stand in a line, the latest first."""
    page = reader.get("/documents").text

    assert page.index("Count of workers grows") < page.index("More builders") < page.index("Builders for Kursk")
    assert "16 reports" in page
    assert "Coastal Courier" in page
    assert "2025-06-21" in page


def test_the_list_is_sorted_as_asked(reader: TestClient[Any]) -> None:
    """By the number of claims, the most first, and by outlet, along the alphabet."""
    claims = reader.get("/documents?sort=claims").text
    outlets = reader.get("/documents?sort=outlet&order=up").text

    assert claims.index("Builders for Kursk") < claims.index("onerror")
    assert outlets.index("Coastal Courier</bdi>") < outlets.index("Daily Ledger</bdi>")
    assert outlets.index("Daily Ledger</bdi>") < outlets.index("Northern Wire</bdi>")


def test_the_list_is_narrowed_by_outlet_and_words(reader: TestClient[Any]) -> None:
    """Only what fits both is shown, with the words in their sentence."""
    page = reader.get("/documents", params={"outlet": "Northern Wire", "q": "sappers"}).text

    assert "1 report with" in page
    assert "<mark>sappers</mark>" in page
    assert "No report fits." in reader.get("/documents", params={"outlet": "Northern Wire", "q": "nowhere"}).text


@pytest.mark.parametrize("query", ["sort=x&order=y", "page=0", "page=99999", "failed=-3", "q=%22%22%22%20OR"])
def test_an_address_with_nonsense_still_lists(reader: TestClient[Any], query: str) -> None:
    """What an address has wrong is taken for what it has not said."""
    assert reader.get(f"/documents?{query}").status_code == 200


def test_what_could_not_be_read_is_told_with_its_reason(reader: TestClient[Any]) -> None:
    """A broken file stands in the second panel, its name as text."""
    page = reader.get("/documents").text

    assert "broken&lt;b&gt;.pdf" in page
    assert "What could not be read" in page


@pytest.mark.parametrize("name", [*HOSTILE, WIRE], ids=range(len(HOSTILE) + 1))
def test_a_report_is_found_by_its_address_whatever_its_id(reader: TestClient[Any], library: Bench, name: str) -> None:
    """The address of a report leads to it and to no other, also where ids begin alike and are longer than addresses."""
    figures = claims_of(library, name)

    answer = reader.get(document_href(name))

    assert answer.status_code == 200
    assert all(f'data-choose="{one.id}"' in answer.text for one in figures)
    assert reader.get(page_href("/documents/custody", name)).status_code == 200


def test_an_address_stays_short() -> None:
    """What a request holds of an id fits into what servers take."""
    assert max(len(document_href(name, 1, 2)) for name in HOSTILE) < 12 * MOST_ID + 200


def test_an_id_that_is_cut_and_fits_nothing_is_not_found(reader: TestClient[Any]) -> None:
    """A digest that no id has leads to no report, though the beginning fits."""
    assert reader.get("/documents/one", params={"id": "../", "digest": "0" * 32}).status_code == 404
    assert reader.get("/documents/one", params={"id": "nothing"}).status_code == 404
    assert reader.get("/documents/one").status_code == 404


def test_an_id_in_the_path_leads_to_the_report(reader: TestClient[Any]) -> None:
    """What somebody types is redirected, with the place it asks for."""
    answer = reader.get("/documents/copy-2?at=3-9", follow_redirects=False)

    assert answer.headers["location"] == document_href("copy-2", 3, 9)
    assert reader.get("/documents/nothing/here").status_code == 404


def test_the_text_is_that_of_the_report(reader: TestClient[Any]) -> None:
    """Every passage stands on the page word for word, with its claims, their sources and what is shared marked."""
    page = reader.get(document_href("copy-2")).text

    assert words_of(page) == STORY
    assert 'class="figure planned"' in page
    assert 'class="figure denied"' in page
    assert 'class="cue" title="Credited to Sergei Shoigu">said</span>' in page
    assert 'class="shared"' in page


def test_a_long_report_comes_in_parts(reader: TestClient[Any], library: Bench) -> None:
    """Each part says which it is; together they are the text; a claim opens the part that it stands in."""
    pages = [reader.get(page_href("/documents/one", "long", part=part)).text for part in (1, 2, 3)]
    last = claims_of(library, "long")[-1]

    assert "\n".join(map(words_of, pages)) == LONG_STORY
    assert f"{len(LONG_STORY):,} characters and 9 claims; this is part 2 of 3" in pages[1]
    assert "part 3 of 3" in reader.get(document_href("long", claim=last.id)).text
    assert "part 3 of 3" in reader.get(document_href("long", last.start, last.end)).text
    assert "None of them in this part" not in pages[0]


def test_passages_are_apart_by_kind(reader: TestClient[Any], library: Bench) -> None:
    """A caption and a reader's comment are labeled, and are not the body."""
    with library.views.moment() as view:
        found = documents.listed(view, documents.Asked(outlet="Daily Ledger"))
    page = reader.get(document_href(found.rows[0].id)).text

    assert '<div class="stretch headline">' in page
    assert '<div class="stretch caption">' in page
    assert "reader’s comment" in page


def test_a_copy_leads_to_what_it_repeats(reader: TestClient[Any], library: Bench) -> None:
    """The shared words of a copy link to those of the report that it goes back to, and back."""
    with library.views.moment() as view:
        found = next(one for one in opened.alike(view, "copy-2").shown if one.document == WIRE)
    page = html.unescape(reader.get(document_href("copy-2")).text)
    other = html.unescape(reader.get(document_href(WIRE)).text)

    assert f'href="{document_href(WIRE, *found.there[0])}"' in page
    assert "this report goes back to it" in page
    assert f'href="{document_href("copy-2", *found.here[0])}"' in other


def test_a_place_is_marked_and_chooses_its_claim(reader: TestClient[Any], library: Bench) -> None:
    """`at` marks the words and opens the claim that they touch."""
    figure = claims_of(library, WIRE)[0]

    page = reader.get(document_href(WIRE, figure.start - 5, figure.end)).text

    assert 'id="at"' in page
    assert f'data-claim="{figure.id}"' in page
    assert words_of(page) == STORY


@pytest.mark.parametrize("at", ["x", "5-2", "-1-4", "99999999-999999999", "1-2-3", "٣-٥"])
def test_a_place_that_is_none_marks_nothing(reader: TestClient[Any], at: str) -> None:
    """An address with nonsense shows the report."""
    answer = reader.get("/documents/one", params={"id": "copy-2", "at": at})

    assert answer.status_code == 200
    assert 'id="at"' not in answer.text


def test_the_panel_tells_each_field_with_its_ground(reader: TestClient[Any], library: Bench) -> None:
    """The value, the words that decided it as a link to them, and why where no words did."""
    figure = claims_of(library, WIRE)[0]

    page = html.unescape(reader.get(document_href(WIRE, claim=figure.id)).text)

    assert f'data-claim="{figure.id}"' in page
    assert re.search(r'data-start="12" data-end="16">“will”</a>', page)
    assert "the figure itself" in page
    assert '<a href="/origins/' in page
    assert '<a href="/populations/' in page


def test_the_way_back_to_the_origin_is_told(reader: TestClient[Any], library: Bench) -> None:
    """A claim of the copy names its step, the reason, and the claim that it repeats."""
    figure, first = claims_of(library, "copy-2")[0], claims_of(library, WIRE)[0]

    page = html.unescape(reader.get(claim_href(figure.id)).text)

    assert f'<a href="{document_href(WIRE, claim=first.id)}">' in page
    assert 'class="why"' in page
    assert "goes back to this one" in html.unescape(reader.get(claim_href(first.id)).text)


def test_a_panel_is_no_page(reader: TestClient[Any], library: Bench) -> None:
    """What HTMX swaps in has no shell around it; a claim that is not there is not found."""
    figure = claims_of(library, WIRE)[0]

    assert "<main" not in reader.get(claim_href(figure.id)).text
    assert reader.get(claim_href("c-none")).status_code == 404


def test_a_claim_that_is_gone_is_told(reader: TestClient[Any]) -> None:
    """An old address of a claim opens the report and says what happened."""
    assert "has no claim of that id any more" in reader.get(document_href(WIRE, claim="c-gone")).text


def test_only_analysts_are_offered_to_review(reader: TestClient[Any], library: Bench) -> None:
    """A reader sees neither the link nor the form."""
    href = document_href(WIRE, claim=claims_of(library, WIRE)[0].id)
    with TestClient(create_app(library, Admitted(Visitor("ana", Role.ANALYST)), [ROUTES])) as analyst:
        page = analyst.get(href).text

    assert 'href="/review/c-' in page
    assert 'action="/review/add"' in page
    assert "/review/" not in reader.get(href).text


def test_only_web_addresses_become_links(reader: TestClient[Any]) -> None:
    """The address of a report is followed where it is http, and shown as text where it is script."""
    assert 'href="https://wire.example/a?b=1&amp;c=2"' in reader.get(document_href(WIRE)).text
    page = reader.get(document_href("copy-2")).text
    assert "<code>javascript:alert(1)</code>" in page
    assert 'href="javascript' not in page


def test_the_preserved_bytes_are_saved_and_never_shown(reader: TestClient[Any], library: Bench) -> None:
    """They come as an attachment under a name of ours, and nothing in them may run."""
    with library.views.moment() as view:
        page = documents.listed(view, documents.Asked(outlet="Daily Ledger")).rows[0].id

    answer = reader.get(page_href("/documents/original", page))

    assert b"<h1>Count of workers grows</h1>" in answer.content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert re.fullmatch(r'attachment; filename="original-[0-9a-f]{16}\.bin"', answer.headers["content-disposition"])


def test_bytes_that_were_changed_are_refused(own: TestClient[Any], case_folder: Path) -> None:
    """A hash that does not fit is told, and the path on the server is not."""
    with Case.open(case_folder) as case:
        document = next(one for one in case.documents() if one.id == "wire-1")
    kept = case_folder / name_of(ORIGINALS, document.sha256)
    kept.chmod(0o644)
    kept.write_bytes(b"other bytes")

    answer = own.get(page_href("/documents/original", "wire-1"))

    assert answer.status_code == 500
    assert "no longer those of SHA-256" in html.unescape(answer.text)
    assert str(case_folder) not in answer.text
    assert "other bytes" not in answer.text


def test_reviews_are_told_with_what_they_changed(own: TestClient[Any], bench: Bench, case_folder: Path) -> None:
    """Who, why, before and after stand beside the claim, and one that was taken away is struck out."""
    with Case.open(case_folder, keeper=bench.keeper("Maya <i>")) as case:
        first, second = (one.claim for one in case.held("wire-1"))
        changed = replace(first, place="Kursk <b>")
        case.review(Proposal(ReviewVerdict.EDITED, "wire-1", (first,), (changed,), "it says <so>"), seen=0)
        case.review(Proposal(ReviewVerdict.REJECTED, "wire-1", (second,), ()), seen=0)

    page = own.get(document_href("wire-1", claim=first.id)).text

    assert "<bdi>Maya &lt;i&gt;</bdi>" in page
    assert "it says &lt;so&gt;" in page
    assert re.search(r"<del><bdi>Russia&#39;s Kursk region</bdi></del>.*<ins><bdi>Kursk &lt;b&gt;</bdi></ins>", page)
    assert re.search(rf'class="figure planned gone" href="[^"]*" data-choose="{second.id}"', page)
    assert "does not count" in own.get(claim_href(second.id)).text


def test_a_download_is_noted(own: TestClient[Any], bench: Bench) -> None:
    """The audit log says who took the bytes of which report."""
    own.get(page_href("/documents/original", "wire-1"))

    told: list[tuple[str, str, str, str]] = getattr(bench.audit, "told")  # noqa: B009 - the log of tests alone has it
    assert [one[:3] for one in told] == [("rita", "download", "wire-1")]


def test_custody_tells_how_a_report_came(reader: TestClient[Any], library: Bench) -> None:
    """Receipt, reading and extraction stand there, and how each detail was found."""
    with library.views.moment() as view:
        page = documents.listed(view, documents.Asked(outlet="Daily Ledger")).rows[0].id

    told = reader.get(page_href("/documents/custody", page)).text

    assert all(f'<th scope="row">{action}</th>' in told for action in ("receipt", "reading", "extraction"))
    assert "meta article:published_time" in told
    assert "text/html" in told


def test_addresses_hold_every_part() -> None:
    """Id, place and claim come out of the query as they went in."""
    shown = parse_qs(urlsplit(document_href("a&b=c+d é", 3, 9, claim="c-1")).query)

    assert shown == {"id": ["a&b=c+d é"], "at": ["3-9"], "claim": ["c-1"]}
