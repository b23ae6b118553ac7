"""The report: everything it shows, whatever the reports hold, and nothing that it fetches."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from factory import claim, document, fact
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.document import Document, Failure, Passage, PassageKind
from tallystick.model.estimate import Conflict, Estimate, Population, Reading
from tallystick.model.flag import Evidence, Flag
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Independent, Lineage, Mechanism, Origin
from tallystick.model.quantity import Bound
from tallystick.reporting.report import report
from tallystick.reporting.wording import anchor
from wires import wire_ledger

DOSSIER = load("dprk-russia")
PLAN = "Moscow said 5,000 builders would come. It rained.\nThree comments say 60,000."
LATER = "Some 700 builders came in July."


class Page(HTMLParser):
    """The ids, links and tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.marks: dict[str, str] = {}
        self._mark: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag with its id and its link."""
        values = dict(attrs)
        self.tags.append(tag)
        if values.get("id"):
            self.ids.append(values["id"] or "")
        for name in ("href", "src"):
            if values.get(name):
                self.links.append(values[name] or "")
        if tag == "mark":
            self._mark = values["id"]

    def handle_data(self, data: str) -> None:
        """Note the text of a mark."""
        if self._mark is not None:
            self.marks[self._mark] = self.marks.get(self._mark, "") + data

    def handle_endtag(self, tag: str) -> None:
        """Close a mark."""
        if tag == "mark":
            self._mark = None


def estimate(name: str, status: Status, claims: tuple[Claim, ...], origin: str, date: str) -> Estimate:
    """An estimate with one reading."""
    first = claims[0]
    reading = Reading(
        origin, first.speaker, date, first.low, first.high, first.bound, tuple(one.id for one in claims),
        len({one.document for one in claims}), reliability="C",
    )  # fmt: skip
    population = Population("construction_worker", "KP", "Kursk", "Builders, KP to Kursk", "person")
    return Estimate(
        name, population, status, Measure.PLAN, None, first.low, first.low, first.high, 3, (reading,),
        reading.claims, Independent(1, 1), reading.reports, (), None, (), ("One origin counts.",),
    )  # fmt: skip


def ledger() -> Ledger:
    """Two reports of a plan and one of an arrival, with a flag, a conflict and a failure."""
    first = document(PLAN, id="one", outlet="Harbor Press", published="2025-06-17", url="https://harbor.example/1")
    passages = (first.passages[0], replace(first.passages[1], kind=PassageKind.COMMENT))
    first = replace(first, passages=passages)
    copy = document(PLAN.split("\n")[0], id="two", outlet="Coast Courier", published="2025-06-18")
    other = document(LATER, id="three", outlet="World Echo", published="2025-07-20")
    said, again = (
        claim(one, "5,000", status=Status.PLANNED, speaker="Moscow", counted="builders") for one in (first, copy)
    )
    came = claim(other, "700", bound=Bound.APPROX, counted="builders")
    edge = Edge(again.id, said.id, EdgeLevel.CLAIM, EdgeKind.QUOTED, Mechanism.IDENTICAL_TEXT, "word for word", 0.9)
    origins = (
        Origin("o-1", "Moscow", "2025-06-17", ("one", "two"), (said.id, again.id), Independent(1, 1), "one statement"),
        Origin("o-2", None, "2025-07-20", ("three",), (came.id,), Independent(0, 1), "no speaker"),
    )
    planned = estimate("e-1", Status.PLANNED, (said, again), "o-1", "2025-06-17")
    arrived = estimate("e-2", Status.ACTUAL, (came,), "o-2", "2025-07-20")
    arrived = replace(arrived, best=None, conflicts=(Conflict(("o-1", "o-2"), "700 is not 5,000"),))
    flag = Flag("f-1", "repeated_passage", "warning", "It stands there twice.", (), (Evidence("one", 0, 6),))
    return Ledger(
        (first, copy, other), (said, again, came), Lineage((edge,), origins), (planned, arrived), (flag,),
        (Failure("bad.txt", "read", "a binary file"),),
    )  # fmt: skip


def made(found: Ledger) -> str:
    """The page of a ledger."""
    return report(found, DOSSIER, version="1.2.3")


def test_every_figure_leads_to_its_words_in_the_text() -> None:
    """Each claim is a mark with its figure, and every inner link has its target."""
    page = Page(made(ledger()))
    for one in ledger().claims:
        assert page.marks[anchor("c", one.id)] == one.figure
    inner = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert {anchor("c", one.id) for one in ledger().claims} <= inner
    assert len(page.ids) == len(set(page.ids))


def test_it_shows_what_was_read_and_what_came_of_it() -> None:
    """Reports, estimates, the reasons of edges, conflicts, flags, failures and the rules."""
    page = made(ledger())
    for words in (
        "Harbor Press", "Coast Courier", "World Echo", "Builders, KP to Kursk", "word for word", "same text",
        "700 is not 5,000", "It stands there twice.", "bad.txt", "a binary file", "One origin counts.", "about 700",
        "1 independent origin in 2 reports",
        DOSSIER.title, DOSSIER.sha256[:12], "1.2.3", "no best figure",
    ):  # fmt: skip
        assert words in page, words


def test_planned_and_actual_share_one_chart() -> None:
    """Two readings with dates make one chart, told in words beside it; the picture of origins is another."""
    page = made(ledger())
    assert page.count('<figure class="chart">') == 1
    assert page.count('class="graph"') == 1
    assert "var(--planned)" in page
    assert "var(--actual)" in page
    assert "2025-07-20 unnamed, actual: about 700" in page


@pytest.mark.parametrize(
    ("later", "ticks"), [("2025-07-20", r">\d+ Jun 2025<"), ("2026-05-01", r">\w+ 2026<"), ("2031-01-01", r">2031<")]
)
def test_the_dates_below_a_chart_name_their_year(later: str, ticks: str) -> None:
    """Days, months or years, by the time that the chart spans."""
    found = ledger()
    planned, arrived = found.estimates
    arrived = replace(arrived, readings=(replace(arrived.readings[0], date=later),))
    page = made(replace(found, estimates=(planned, arrived)))
    assert re.search(ticks, page[page.index("<svg ") : page.index("</svg>")])


def test_passages_that_are_not_read_are_shown_as_such() -> None:
    """The comment stands there, labeled and without marks."""
    page = made(ledger())
    assert re.search(r'<p class="comment left-out">.*?60,000', page, re.DOTALL)


def test_the_same_ledger_gives_the_same_bytes() -> None:
    """Neither a clock nor a counter shows."""
    assert made(ledger()) == made(ledger())


def test_nothing_is_fetched_and_nothing_runs() -> None:
    """One page: no script, no picture from elsewhere, and a policy that says so."""
    source = made(ledger())
    page = Page(source)
    assert not {"script", "img", "link", "iframe", "object", "embed", "form"} & set(page.tags)
    assert "default-src 'none'" in source
    assert [link for link in page.links if not link.startswith("#")] == ["https://harbor.example/1"]
    assert "url(" not in source.replace("url(#", "")


HOSTILE = '<script>alert("5,000")</script> "quoted" \u202eevil\u202c & <b>5,000</b> men came.'


def hostile() -> Ledger:
    """A report whose every field attacks."""
    base = document(
        HOSTILE, id='x"><script>1</script>', outlet="<img src=x onerror=1>", title="</title><script>2</script>"
    )
    bad = replace(base, url="javascript:alert(1)", author="\u202e<i>", name="a\nb<script>.txt")
    one = claim(bad, "5,000", nth=1, speaker="<script>3</script>", place="\u2066<b>", counted='"><svg onload=1>')
    origin = Origin("o", one.speaker, "<b>2025", (bad.id,), (one.id,), Independent(1, 1), "<script>4</script>")
    found = estimate("e", Status.ACTUAL, (one,), "o", "2025-01-01")
    later = replace(
        found, id="e2", readings=(replace(found.readings[0], date="2025-03-01", speaker="<script>5</script>"),)
    )
    return Ledger((bad,), (one,), Lineage((), (origin,)), (found, later), (), (Failure("<script>", "read", "<b>"),))


def test_hostile_reports_stay_text() -> None:
    """Markup, addresses, ids and marks that turn text are shown and do nothing."""
    source = made(hostile())
    page = Page(source)
    assert not {"script", "img", "i"} & set(page.tags)
    assert not any(link.startswith("javascript") for link in page.links)
    assert not set("\u202e\u202c\u2066") & set(source)
    assert page.marks[anchor("c", hostile().claims[0].id)] == "5,000"
    assert all(re.fullmatch(r"[a-z]+-?[\w-]*", name) for name in page.ids)


def test_failures_are_counted_at_the_top_only_where_there_are_any() -> None:
    """The count leads to the list."""
    assert '<a href="#failures">Not taken</a></dt><dd>1</dd>' in made(ledger())
    assert "Not taken" not in made(replace(ledger(), failures=()))


def test_an_empty_case_has_a_report() -> None:
    """It says that nothing was found."""
    page = made(Ledger((), (), Lineage((), ()), (), ()))
    assert "No figure that this dossier counts" in page
    assert "No report was read" in page


def test_overlapping_and_misplaced_claims_break_nothing() -> None:
    """A claim inside another, across passages, between them or with a lost quote: whole text, every link lands."""
    text = "Between 5,000 and 6,000 men came.\nNobody knows."
    doc = document(text)
    wide = replace(claim(doc, "5,000"), id="wide", end=text.index(" men"), figure="5,000 and 6,000")
    inner = claim(doc, "6,000")
    lost = replace(claim(doc, "6,000"), id="lost", quote="something else")
    across = replace(claim(doc, "5,000"), id="across", start=30, end=40, figure=text[30:40])
    gap = text.index("\n")
    between = replace(claim(doc, "5,000"), id="between", start=gap, end=gap + 1, figure="\n")
    page = made(Ledger((doc,), (wide, inner, lost, across, between), Lineage((), ()), (), ()))
    found = Page(page)
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert {anchor("c", one.id) for one in (wide, inner, lost, across, between)} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    shown = re.sub(r"<[^>]+>", "", page[page.index('<div class="text">') : page.index("</div>", page.index('"text"'))])
    assert " ".join(shown.split()) == " ".join(text.split())


def test_a_claim_outside_the_basic_plane_is_marked_where_it_stands() -> None:
    """Offsets are code points."""
    doc = document("🚩🚩 Some 5,000 builders came. 🚩")
    one = claim(doc, "5,000")
    page = Page(made(Ledger((doc,), (one,), Lineage((), ()), (), ())))
    assert page.marks == {anchor("c", one.id): "5,000"}


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/x?y=1&z=2", True),
        ("http://a.example", True),
        ("ftp://a.example", False),
        ("//a.example", False),
        ("https://[broken", False),
        ("https://a.example/\u202e", False),
        ("data:text/html,x", False),
    ],
)
def test_only_web_addresses_become_links(url: str, linked: bool) -> None:
    """All others are left out."""
    doc: Document = document("Nothing.", url=url)
    page = Page(made(Ledger((doc,), (), Lineage((), ()), (), ())))
    assert any(not link.startswith("#") for link in page.links) is linked


def test_a_passage_of_the_document_that_is_long_is_not_cut() -> None:
    """All of the text is there."""
    text = "word " * 5_000
    doc = replace(document(text), passages=(Passage(0, len(text.rstrip()), PassageKind.BODY),))
    assert made(Ledger((doc,), (), Lineage((), ()), (), ())).count("word") >= 5_000


def test_the_best_figure_leads_to_the_words_of_the_origin_that_gives_it() -> None:
    """In the table and in the section; a figure that nobody gave has no link."""
    page = made(ledger())
    said = anchor("c", ledger().claims[0].id)
    assert page.count(f'<a class="figure" href="#{said}">5,000</a>') >= 2
    computed = replace(ledger().estimates[0], best=4_321)
    page = made(replace(ledger(), estimates=(computed, ledger().estimates[1])))
    assert ">4,321</a>" not in page
    assert "4,321" in page


def test_a_flag_without_a_figure_leads_to_its_highlighted_words() -> None:
    """The span of its evidence is a mark; one that begins in a figure shares the figure's mark."""
    page = Page(made(ledger()))
    mark = anchor("v", "one 0 6")
    assert page.marks[mark] == "Moscow"
    assert f"#{mark}" in page.links
    overlapping = replace(ledger().flags[0], evidence=(Evidence("one", 12, 20),))
    page = Page(made(replace(ledger(), flags=(overlapping,))))
    assert anchor("v", "one 12 20") not in page.marks
    assert anchor("v", "one 12 20") in page.ids
    assert "#" + anchor("v", "one 12 20") in page.links


def told() -> Ledger:
    """A case with facts: overlapping, repeated, around a figure, one of them planned and said by somebody."""
    text = "The 404th Bridge Brigade will repair 12 bridges and roads.\nThe brigade digs, locals say, and digs."
    found = document(text, title="Bridges")
    figure = claim(found, "12", category="bridge")
    spans = (
        fact(found, "404th Bridge Brigade"),
        fact(found, "Bridge Brigade", slot="name"),
        fact(found, "repair 12 bridges and roads", slot="task", status=Status.PLANNED, speaker="Pyongyang", via="KCNA"),
        fact(found, "digs", slot="task"),
        replace(fact(found, "digs", slot="task"), id="s-2", start=text.rindex("digs"), end=len(text) - 1),
        fact(found, "12", slot="gone"),
    )
    return Ledger((found,), (figure,), Lineage((), ()), (), (), facts=spans)


def test_facts_stand_on_a_card_and_lead_to_their_words() -> None:
    """Each value is named by its slot and links to a mark; the same words stand once with links to both places."""
    page = made(told())
    parsed = Page(page)
    assert "What is told besides figures" in page
    for label in ("Unit", "Tasks", "404th Bridge Brigade", "repair 12 bridges and roads", "Pyongyang", "through KCNA"):
        assert label in page
    assert page.count(">digs</a>") == 1
    assert "again: " in page
    links = {link[1:] for link in parsed.links if link.startswith("#")}
    assert links <= set(parsed.ids)
    assert len(parsed.ids) == len(set(parsed.ids))
    marked = [words.strip() for name, words in parsed.marks.items() if name.startswith("v-")]
    assert marked == ["404th Bridge Brigade", "repair", "digs", "digs"]


def test_a_slot_that_the_dossier_has_lost_keeps_its_facts() -> None:
    """Its values come last, under its id."""
    page = made(told())
    assert page.index("<dt>gone</dt>") > page.index("<dt>Tasks</dt>")


def test_hostile_facts_stay_text() -> None:
    """A value is shown as it stands and steers nothing."""
    found = document("The <script>alert(1)</script> Brigade \u202ecame.")
    value = "<script>alert(1)</script> Brigade \u202ecame"
    spans = (fact(found, value, speaker="<b>x</b>"), fact(found, "Brigade", slot="<i>"))
    page = made(Ledger((found,), (), Lineage((), ()), (), (), facts=spans))
    assert "<script" not in page
    assert "<b>x" not in page
    assert "<i>" not in page
    assert "\u202e" not in page


def test_a_case_without_facts_has_no_section_for_them() -> None:
    """A dossier that asks for figures alone gets the page it got before."""
    assert "besides figures" not in made(ledger()).lower()


def test_the_picture_of_origins_links_to_the_words_of_each_report() -> None:
    """The first picture is open; every report in it leads to a mark, and its ids are its own."""
    page = made(wire_ledger())
    drawn = page[page.index('<svg xmlns="http://www.w3.org/2000/svg" class="graph"') :]
    drawn = drawn[: drawn.index("</svg>")]
    links = set(re.findall(r'href="#([^"]+)"', drawn))
    assert anchor("c", wire_ledger().claims[0].id) in links
    assert links <= set(Page(page).marks)
    assert "<details open>\n        <summary>Where it comes from: 3 origins" in page


def test_a_missing_best_is_a_range_with_its_reason() -> None:
    """The card shows the range where the figure would stand."""
    page = made(wire_ledger())
    card = page[page.index(f'id="{anchor("e", "e-part")}"') :]
    words = " ".join(re.sub(r"<[^>]+>", " ", card[: card.index("</header>")]).split())
    assert "1,600 – 2,100 no best figure: a single origin gives a range and no best figure" in words


def test_the_table_gives_what_was_reported_beside_the_range() -> None:
    """Figures that still stand, each once and linked; a superseded one is not among them."""
    page = made(wire_ledger())
    row = page[page.index('<table class="glance">') :]
    row = row[row.index("<tbody>") : row.index("</tr>", row.index("<tbody>"))]
    cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", row)]
    assert cells[1:4] == ["2,000, 1,700", "1,900", "1,600 – 2,100"]


def test_conflicts_stand_in_a_table_with_their_arithmetic_and_links() -> None:
    """Kind, reason, sum, and each figure of it leads to its words."""
    page = made(wire_ledger())
    row = page[page.index('<th scope="row">parts and sum</th>') :]
    row = row[: row.index("</tr>")]
    assert "The river office gives 2,000 and the union 1,700." in row
    assert "1,000 + 700 = 1,700, not 2,000" in row
    conflict = wire_ledger().estimates[0].conflicts[0]
    assert re.findall(r'href="#([^"]+)"', row) == [anchor("c", name) for name in conflict.claims]


def test_a_stale_estimate_is_only_the_last_known_one() -> None:
    """In the table, on the card and in the chart."""
    page = made(wire_ledger())
    assert 'class="estimate stale"' in page
    assert "Last known: nobody has refreshed this count since." in page
    assert "actual: last known, best 1,900, range 1,600 to 2,100" in page
    assert "(superseded)" in page
    assert "(in conflict)" in page


def test_widenings_weights_links_and_judgements_are_shown() -> None:
    """Each where it belongs."""
    page = made(wire_ledger())
    assert '<th scope="row">one side</th><td class="number">1,600 to 2,100</td>' in page
    assert '<td class="number">0.80</td>' in page
    assert "1–2 independent origins in 11 reports" in page
    assert "May share what it knows with Union." in page
    judged = page[page.index('<section id="judgements"') :]
    for words in ("A. Reader", "added", "Seen in print.", "Lock Gazette", "back to"):
        assert words in judged, words
    assert "judgements" not in made(ledger())


def test_shared_passages_stand_side_by_side_and_are_tinted() -> None:
    """In the later report, with a link to the earlier one; the words of both are tinted in their texts."""
    page = made(wire_ledger())
    alike = page[page.index('<details class="alike">') :]
    alike = alike[: alike.index("</details>")]
    assert alike.count("below the dam.</span>") == 2
    assert f'href="#{anchor("d", "wire")}"' in alike
    first = page[page.index(f'<article class="document" id="{anchor("d", "wire")}"') :]
    assert '<span class="shared">The river office said on Monday that </span>' in first[: first.index("</article>")]


def test_copies_are_folded_under_what_they_copy() -> None:
    """One line says how many there are; the list is closed."""
    page = made(wire_ledger())
    assert "7 copies of it: Mast 0, Mast 1, Mast 2 …" in page
    assert page.count('<details class="copies">') == 1


def many(number: int) -> Ledger:
    """A case of `number` reports with an estimate, a flag, a fact and a judgement each."""
    pattern, judgement = wire_ledger().estimates[0], wire_ledger().judgements[0]
    documents = tuple(
        document(f"Some {at + 1000} men of the {at}th Brigade came. " + "They walked on. " * 90, id=f"d-{at}",
                 outlet="World Echo", published="2031-01-01")
        for at in range(number)
    )  # fmt: skip
    claims = tuple(claim(one, str(at + 1000), counted="men") for at, one in enumerate(documents))
    origins = tuple(Origin(f"o-{at}", None, None, (one.document,), (one.id,), Independent(1, 1), "one statement")
                    for at, one in enumerate(claims))  # fmt: skip
    reading = pattern.readings[0]
    estimates = tuple(
        replace(pattern, id=f"e-{at}", population=replace(pattern.population, place=f"place {at}"), claims=(one.id,),
                readings=(replace(reading, origin=f"o-{at}", claims=(one.id,), reports=1),), parts=(), conflicts=())
        for at, one in enumerate(claims)
    )  # fmt: skip
    flags = tuple(Flag(f"f-{one.id}", "odd", "note", "It is odd.", (one.id,), ()) for one in claims)
    facts = tuple(fact(one, f"{at}th Brigade") for at, one in enumerate(documents))
    failures = tuple(Failure(f"bad-{at}.txt", "read", "a binary file") for at in range(number))
    judgements = tuple(replace(judgement, number=at + 1) for at in range(number))
    return Ledger(documents, claims, Lineage((), origins), estimates, flags, failures, facts, judgements)


def test_a_large_case_has_a_page_that_is_bounded_and_says_what_it_left_out() -> None:
    """Four times as many reports make no larger page; every part counts the rest and names the command that has it."""
    small, large = made(many(1_500)), made(many(6_000))
    assert len(large) < 1.05 * len(small)
    assert len(large) < 6_000_000
    for words in (
        "Shown are the 150 of 6,000 estimates", "and 5,000 more estimates", "and 5,700 more flags",
        "and 5,850 more reports with facts", "and 5,700 earlier judgements", "of 6,000: nothing shown here rests",
        "tallystick show ID --case DIR", "tallystick flags --case DIR", "tallystick export --case DIR",
    ):  # fmt: skip
        assert words in large, words
    page = Page(large)
    assert {link.removeprefix("#") for link in page.links if link.startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_of_a_book_only_the_paragraphs_with_a_mark_are_shown() -> None:
    """Their plain words are cut too, and the page says how to see the rest."""
    lines = ["They walked on. " * 20 for _ in range(1_000)]
    lines[500] = "They walked on. " * 2_000 + "Some 5,000 builders came. " + "They rested. " * 2_000
    book = document("\n".join(lines), id="book")
    page = made(Ledger((book,), (claim(book, "5,000"),), Lineage((), ()), (), ()))
    assert "999 paragraphs without a figure left out" in page
    assert "tallystick show book" in page
    assert len(page) < 60_000
    assert ">5,000</a></mark>" in page


def test_a_confidence_and_a_likelihood_never_stand_in_one_sentence() -> None:
    """ICD 203: in the picture's tooltips, in the trees and in the tables."""
    page = re.sub(r"<style>.*?</style>", "", made(wire_ledger()), flags=re.DOTALL)
    words = re.compile(r"\b(likely|unlikely|probable|probably|improbable|chance|possibly|doubtful)\b")
    for sentence in re.split(r"[.:]\s|<[^>]+>", page):
        assert not ("confidence" in sentence and words.search(sentence)), sentence


def test_hostile_derivations_stay_text() -> None:
    """Conflicts, widenings, judgements and shared passages are escaped and cannot turn text."""
    evil = '"><script>6</script>\u202e'
    found = wire_ledger()
    first = found.estimates[0]
    conflict = replace(first.conflicts[0], reason=evil, arithmetic=evil)
    bad = replace(
        first, conflicts=(conflict,), steps=(evil,), known=evil,
        widenings=(replace(first.widenings[0], rule=evil, reason=evil),),
        readings=tuple(replace(one, speaker=evil, date=evil) for one in first.readings),
    )  # fmt: skip
    judgement = replace(found.judgements[0], by=evil, why=evil, before=evil, after=evil, made=evil)
    documents = tuple(replace(one, outlet=evil) for one in found.documents)
    edges = tuple(replace(one, reason=evil) for one in found.lineage.edges)
    lineage = Lineage(edges, found.lineage.origins)
    page = made(replace(found, documents=documents, lineage=lineage, estimates=(bad,), judgements=(judgement,)))
    assert not {"script", "img", "i"} & set(Page(page).tags)
    assert "<script" not in page
    assert "\u202e" not in page
