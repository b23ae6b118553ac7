"""One case in a folder and in PostgreSQL: whatever is asked of it, the answers are the same in the same order."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from copied import Kept
from flagged_case import a_flagged_case
from tallystick.inquiry import reviewing
from tallystick.model.flag import Evidence
from tallystick.pipeline import keeper
from tallystick.storage import tables
from tallystick.storage.case import Case
from tallystick.storage.opening import store_at
from tallystick.storage.views import (
    additions,
    changes,
    claim_choices,
    claims,
    documents,
    flags,
    foremost,
    glance,
    hits,
    lookup,
    opened,
    origins,
    paging,
    parts,
    places,
    populations,
    provenance,
    queue,
    quoting,
    reviews,
    search,
    second_reader,
    sources,
    steps,
    stream,
    timeline,
    whole,
)  # fmt: skip
from tallystick.storage.views.claim_filters import Filter, Shown, Sort, SortKey
from tallystick.storage.views.kept import Kept as KeptCounts
from tallystick.storage.views.view import View, Views

# Sorted by code points they stand otherwise than in any language; two are nothing in two ways.
NAMES = (None, "", "Zebra", "apple", "Apple", "äpfel", "Ångström", "_a%b", 'o\'Hara "x"', "中国", "𝟙", "zebra")
DAYS = (None, "2025-06-17", "2025-06-17T08:00:00Z", "2025", "2024-12-31", "2025-07-02T23:59:59+09:00")
# Whole and with a point, beyond 32 and beyond 64 bits, and nothing.
FIGURES = (0, 1, 5_000, 2.5, 10.0, 2**40, 2**63 + 1, None)
SENTENCES = (
    "Some {} men of the 5,000 came to ΟΔΟΣ by a_b.", "СВО обошлась в {} рабочих.", "북한 노동자 {}명이 도착했다.",
    "俄罗斯表示将接收{}名朝鲜工人。", "Antidisestablishmentarians, {} of them; 100% \\ 'quoted'.",
)  # fmt: skip
MADE = 120


class Both(NamedTuple):
    """The same moment of the same case, in a folder and in PostgreSQL."""

    ours: View
    theirs: View

    def agree(self, ask: Callable[[View], Any]) -> Any:
        """Ask both, and give what both say."""
        found = ask(self.ours)
        assert ask(self.theirs) == found
        return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with flags, hits and reviews, and with many claims of whatever can be in a column."""
    folder = a_flagged_case(tmp_path_factory.mktemp("same") / "case")
    with Case.open(folder, keeper=keeper("ana")) as case:
        first, second, *_ = case.claims()
        reviewing.accept(case, first.id, seen=0)
        reviewing.reject(case, second.id, seen=0, why="a sum")
    store = store_at(folder)
    with store.engine(read_only=False).connect() as connection, store.writing(connection):
        _add(connection, Random(7))  # noqa: S311 - the same claims on every machine
    return folder


def _add(connection: sa.Connection, chance: Random) -> None:
    """Reports and claims as no reader of reports would make them."""
    of = tables
    estimates = list(connection.scalars(sa.select(of.estimates.c.id)))
    roots = list(connection.scalars(sa.select(of.origins.c.id)))
    for number in range(MADE):
        sentence = chance.choice(SENTENCES).format(number)
        report = {
            "id": f"made-{number}", "text": f"{sentence}\n{chance.choice(SENTENCES)}", "sha256": "0", "name": "made",
            "title": chance.choice(NAMES), "outlet": chance.choice(NAMES), "published": chance.choice(DAYS),
            "language": chance.choice(("en", "ru", "ko", "zh-Hans")),
        }  # fmt: skip
        connection.execute(sa.insert(of.documents), report)
        at = connection.scalar(sa.select(of.documents.c.position).where(of.documents.c.id == report["id"]))
        size = {"position": at, "claims": 1, "published": report["published"]}
        connection.execute(sa.insert(of.sizes), size)
        claim = {
            "id": f"c-made-{number}", "document": report["id"], "start": 5, "end": 9, "figure": str(number),
            "low": chance.choice(FIGURES), "high": chance.choice(FIGURES), "bound": "exact", "unit": "person",
            "counted": None, "category": chance.choice(("killed", "Killed", "wounded")), "origin": "KP",
            "place": chance.choice(NAMES), "status": chance.choice(("actual", "planned")), "measure": None,
            "speaker": chance.choice(NAMES), "when": None, "stated": chance.choice(DAYS), "quote": sentence,
            "prefix": "", "suffix": "", "standing": chance.choice(("extracted", "accepted", "rejected")),
        }  # fmt: skip
        connection.execute(sa.insert(of.claims), claim)
        position = connection.scalar(sa.select(of.claims.c.position).where(of.claims.c.id == claim["id"]))
        same = ("document", "start", "category", "status", "measure", "speaker", "place", "unit", "standing")
        value = claim["low"]
        listed = {name: claim[name] for name in same} | {
            "position": position, "claim": claim["id"], "country": chance.choice(("KP", None)), "happened": None,
            **{name: report[name] for name in ("published", "outlet", "language")},
            "value": None if value is None else float(value), "lineage": chance.choice((None, *roots)),
            "severity": chance.randrange(4), "doubt": chance.choice((0.0, 0.5)), "sway": chance.choice((0.0, 0.25)),
            "course": chance.choice((None, "first", "copied", "superseded")), "dispute": chance.randrange(3),
        }  # fmt: skip
        connection.execute(sa.insert(of.listing), listed)
        for table, column, wholes in ((of.estimate_claims, "estimate", estimates), (of.origin_claims, "origin", roots)):
            connection.execute(sa.insert(table), {column: chance.choice(wholes), "claim": claim["id"]})


@pytest.fixture(scope="module")
def both(made: Path, copies: Kept) -> Iterator[Both]:
    """Both, at a moment."""
    with ExitStack() as stack:
        moments = []
        for address in (made, copies(made)):
            views = Views(address, exact=True)
            stack.callback(views.close)
            moments.append(stack.enter_context(views.moment()))
        yield Both(*moments)


def ids(view: View, table: sa.Table) -> list[str]:
    """The ids of what a table holds."""
    return list(view.connection.scalars(sa.select(table.c.id).order_by(table.c.position)))


def streamed(kind: str) -> Callable[[View], object]:
    """Asks for all records of a kind."""
    return lambda view: list(getattr(stream.stream(view), kind)())


def each(table: sa.Table, ask: Callable[[View, str], Any]) -> Callable[[View], Any]:
    """Asks of every row of a table by its id."""
    return lambda view: [ask(view, name) for name in ids(view, table)]


def walked(view: View, page: Callable[..., paging.Leaf], *what: Any, **how: Any) -> list[Any]:
    """Everything on all pages, a few at a time."""
    found: list[Any] = []
    after = None
    while True:
        leaf = page(view, *what, paging.Asked(after, 7), **how)
        found += leaf.ids
        after = leaf.end
        if after is None:
            return found


def spans(view: View) -> list[Evidence]:
    """Spans of reports, some beyond the end of their text."""
    return [Evidence(name, start, start + long) for name in ids(view, tables.documents) for start, long in
            ((0, 4), (3, 9), (40, 900), (5_000, 5))]  # fmt: skip


def through(view: View, sought: queue.Sought, *, back: bool) -> list[str]:
    """A whole queue of reviews."""
    found: list[str] = []
    place = None
    while (name := queue.next_claim(view, sought, "ana", place, back=back)) is not None:
        found.append(name)
        place = queue.place_of(view, name)
    return found


ASKED: dict[str, Callable[[View], Any]] = {
    "mark": lambda view: (view.mark, view.behind),
    "additions": lambda view: additions.new_reports(view, ids(view, tables.documents)),
    "moves": lambda view: [
        changes.moves(view, kind=kind, number=number) for kind in ("", "flags") for number in (1, 2)
    ],
    "changes": lambda view: (changes.last(view), changes.after(view, 3), changes.numbered(view, [1, 2, 5])),
    "choices": claim_choices.choices,
    "claims": lambda view: claims.whole(view, claims.positions(view, Filter(shown=Shown.ANY))),
    "places of claims": each(tables.claims, claims.place_of),
    "populations of claims": each(tables.estimates, claims.population),
    "reports": lambda view: [
        documents.listed(view, documents.Asked(words, outlet, "", sort, descending, page))
        for words in ("", "노동자") for outlet in ("", "Zebra") for sort in ("day", "outlet", "claims")
        for descending in (True, False) for page in (1, 2, 3)
    ],
    "outlets of reports": lambda view: (documents.outlets(view), documents.languages(view), documents.failures(view)),
    "ids of reports": lambda view: (documents.ids_like(view, "made-1"), documents.ids_like(view, "w")),
    "each report": each(tables.documents, documents.document),
    "flags": lambda view: [
        flags.flag_page(view, flags.FlagFilter(severity=severity, category=category, standing=standing), number)
        for severity in ("", "warning") for category in ("", "killed") for standing in ("", "accepted")
        for number in (1, 2)
    ],
    "each flag": each(tables.flags, flags.one_flag),
    "flags of populations": each(tables.estimates, lambda view, name: flags.flag_page(
        view, flags.FlagFilter(population=name))),
    "foremost": lambda view: (foremost.amounts(view), foremost.foremost(view)),
    "glance": glance.glance,
    "hits": lambda view: (hits.hit_groups(view), hits.hit_page(view, hits.HitFilter()), hits.hit_page(
        view, hits.HitFilter(category="laborer"))),
    "hits of populations": each(tables.estimates, lambda view, name: hits.hit_page(
        view, hits.HitFilter(population=name))),
    "named": lambda view: (lookup.named(view), lookup.flag_codes(view), lookup.latest(view), lookup.rules(view)),
    "values": lambda view: [lookup.values(view, field) for field in lookup.FIELDS],
    "lines": lambda view: lookup.lines(view, ids(view, tables.estimates)),
    "kinds": each(tables.claims, lookup.kinds_of),
    "weighing": each(tables.origins, lambda view, name: lookup.weighing(view, name, 5)),
    "opened": each(tables.documents, lambda view, name: (opened.figures(view, name), opened.alike(view, name))),
    "chosen": each(tables.claims, lambda view, name: (opened.chosen(view, name), opened.document_of(view, name))),
    "origins": lambda view: [
        origins.listed(view, origins.Asked(speaker, text))
        for speaker in ("", "shoigu") for text in ("", "men", "명", "5")
    ],
    "each origin": each(tables.origins, origins.of_origin),
    "origins of estimates": each(tables.estimates, origins.of_estimate),
    "derived by pages": lambda view: [
        walked(view, paging.derived, kind, values)
        for kind in ("origins", "estimates", "flags", "hits")
        for values in ({}, {"population": ids(view, tables.estimates)[0]}, {"document": "wire-1"})
    ],
    "reports by pages": lambda view: [
        walked(view, paging.documents, values, by=by, descending=descending)
        for values in ({}, {"words": "men"}, {"since": "2025-06-17", "until": "2025-06-17"}, {"outlet": "Zebra"})
        for by in ("", "published") for descending in (False, True)
    ],
    "claims of reports by pages": each(tables.documents, lambda view, name: walked(
        view, paging.of_document, name)),
    "what people did by pages": lambda view: [
        walked(view, page, {})
        for page in (paging.judgements, paging.reviews, paging.changes)
    ],
    "places": lambda view: (places.names(view), places.told(view, {"Kursk": "k", "äpfel": "k", "zebra": "z"})),
    "populations": lambda view: [
        populations.groups(view, populations.Sought(category, status, text), 1)
        for category in ("", "killed") for status in ("", "planned") for text in ("", "KURSK")
    ],
    "each population": each(tables.estimates, lambda view, name: (
        populations.whole(view, name), populations.ledger_around(view, name))),
    "categories": populations.categories,
    "trails": each(tables.documents, lambda view, name: provenance.trail(view, documents.document(view, name))),
    "queues": lambda view: [
        through(view, queue.Sought(which, category, population, flagged), back=back)
        for which in queue.Round for category in (None, "killed") for flagged in (False, True)
        for population in (None, ids(view, tables.estimates)[0]) for back in (False, True)
    ],
    "progress": lambda view: [
        queue.progress(view, queue.Sought(category=category, flagged=flagged))
        for category in (None, "killed") for flagged in (False, True)
    ],
    "quotations": lambda view: (quoting.quotations(view, spans(view)), whole.quotes(view, spans(view))),
    "reviews": lambda view: (
        reviews.last_review(view), reviews.review(view, 1), reviews.moved_since(view, reviews.state_of(view, 1)),
        reviews.reviewers(view), reviews.history(view), reviews.judged_twice(view),
    ),
    "shares": each(tables.claims, reviews.share_of),
    "labels": each(tables.estimates, lambda view, name: (reviews.label_of(view, name), reviews.block_size(view, name))),
    "beside": lambda view: [
        (reviews.beside(view, one.claim), reviews.paragraph(view, one.claim, max(one.claim.start - 3, 0)))
        for one in whole.stated(view, ids(view, tables.claims))
    ],
    "second reader": lambda view: (
        second_reader.waiting(view), second_reader.next_waiting(view), second_reader.page(view),
        second_reader.refused(view), second_reader.proposed(view, 1), second_reader.askings(view),
        second_reader.dispute_of(view, ids(view, tables.claims)[0]),
    ),
    "sources": lambda view: (sources.outlets(view), sources.speakers(view)),
    "steps": lambda view: [
        steps.step(view, row.later, row.earlier)
        for row in view.connection.execute(sa.select(tables.edges).order_by(tables.edges.c.position)).all()
    ],
    "ends": each(tables.claims, steps.end),
    "candidates": lambda view: [
        steps.candidates(view, asked, end)
        for asked in ("men", "workers North", "명", "wire-1") for name in ("herald-1", "c-made-3")
        if (end := steps.end(view, name)) is not None
    ],
    "moved": lambda view: (steps.last_change(view), steps.moved(view, 2)),
    "timeline": lambda view: [
        (timeline.extent(view), timeline.undated(view), timeline.buckets(view, window, 7),
         timeline.entries(view, window, 90, 1), timeline.entries(view, window, 90, 2), timeline.speakers(view, window),
         timeline.quoted(view, window, ["Zebra", "äpfel", "Sergei Shoigu"]), timeline.faults(view))
        for window in (timeline.Window(), timeline.Window("2025-06"), timeline.Window(category="killed"),
                       timeline.Window(speaker="äpfel"), timeline.Window(population=ids(view, tables.estimates)[0]))
    ],
    "wholes": lambda view: (
        whole.last_hash(view), whole.first_entry(view), whole.held(view),
        whole.cards(view, ids(view, tables.documents)),
        whole.origins(view, ids(view, tables.origins)), whole.estimates(view, ids(view, tables.estimates)),
        whole.flags(view, ids(view, tables.flags)), whole.hits(view, ids(view, tables.hits)),
        whole.judgements(view, [1]), whole.reviews(view, [2, 1]), whole.steps_from(view, ids(view, tables.claims)),
    ),
    "around claims": each(tables.claims, lambda view, name: (
        whole.steps_of(view, name, back=True), whole.steps_of(view, name, back=False), whole.beside(view, name),
        whole.citing(view, "estimate", name), whole.citing(view, "flag", name), whole.reviews_of(view, name))),
    **{
        f"stream of {kind}": streamed(kind)
        for kind in ("documents", "stated", "facts", "edges", "origins", "estimates", "flags", "hits", "judgements",
                     "reviews")
    },
}  # fmt: skip


@pytest.mark.parametrize("what", ASKED)
def test_every_view_answers_alike(both: Both, what: str) -> None:
    """Records in their order; a number of PostgreSQL's own kind is none of theirs."""
    both.agree(ASKED[what])
    assert "Decimal(" not in repr(ASKED[what](both.theirs))


FILTERS = st.builds(
    Filter, category=st.sampled_from(("", "", "killed")), status=st.sampled_from(("", "", "actual")),
    speaker=st.sampled_from(("", "", "äpfel")), outlet=st.sampled_from(("", "", "Zebra")),
    country=st.sampled_from(("", "KP")), place=st.sampled_from(("", "", "zebra")),
    since=st.sampled_from(("", "2025", "2025-06-17")), until=st.sampled_from(("", "2025-06-17")),
    flag=st.sampled_from(("", "", "conflict")), severity=st.sampled_from(("", "", "warning")),
    shown=st.sampled_from(Shown), language=st.sampled_from(("", "", "ko")),
    text=st.sampled_from(("", "", "men", "명", "5,000", "of them")),
)  # fmt: skip
SORTS = st.builds(Sort, st.sampled_from(SortKey), st.booleans())


@settings(max_examples=60)
@given(filter_=FILTERS, sort=SORTS)
def test_claims_are_listed_alike(both: Both, filter_: Filter, sort: Sort) -> None:
    """Under every filter and in every order, page by page, counted from either end."""
    pages = both.agree(lambda view: claims.listing(view, filter_, sort, 9)).pages
    listed = both.agree(lambda view: [row.claim for page in range(1, pages + 1) for row in
                                      claims.listing(view, filter_, sort, page).rows])  # fmt: skip
    places = both.agree(lambda view: list(claims.positions(view, filter_, sort)))
    assert [one.claim.id for one in claims.whole(both.ours, places)] == listed
    walks = both.agree(lambda view: walked(view, paging.claims, filter_, sort))
    assert sorted(walks) == sorted(listed)


CAPITALS: tuple[Callable[[str], str], ...] = (str, str.upper, str.title)


@pytest.mark.parametrize("sort", SortKey)
@pytest.mark.parametrize("descending", [True, False])
def test_common_words_give_the_same_pages(
    both: Both, monkeypatch: pytest.MonkeyPatch, sort: SortKey, *, descending: bool
) -> None:
    """Whether their claims are found by them or looked at one after another."""
    wanted, order = Filter(text="m", shown=Shown.ANY), Sort(sort, descending)
    found = both.agree(lambda view: [claims.listing(view, wanted, order, page) for page in (1, 2, 3)])
    monkeypatch.setattr(claims, "COMMON", 5)
    monkeypatch.setattr(claims, "_TOTALS", KeptCounts())
    assert both.agree(lambda view: [claims.listing(view, wanted, order, page) for page in (1, 2, 3)]) == found


@pytest.mark.parametrize("outlet", ["", "Zebra"])
@pytest.mark.parametrize("sort", ["day", "outlet", "claims"])
@pytest.mark.parametrize("descending", [True, False])
def test_common_words_give_the_same_reports(
    both: Both, monkeypatch: pytest.MonkeyPatch, outlet: str, sort: documents.Sort, *, descending: bool
) -> None:
    """Whether these are found by their words or looked at one after another; letters that nearly all have too."""
    asked = [
        documents.Asked(words, outlet, "", sort, descending, page)
        for words in ("m", "e", "e n", "5")
        for page in (1, 2)
    ]
    monkeypatch.setattr(documents, "LOOKED", 0)
    monkeypatch.setattr(documents, "_TOTALS", KeptCounts())
    found = both.agree(lambda view: [documents.listed(view, one) for one in asked])
    # Every report may be looked at by now, and of any word.
    monkeypatch.setattr(documents, "LOOKED", 10_000)
    monkeypatch.setattr(documents, "COMMON", 0)
    monkeypatch.setattr(documents, "_TOTALS", KeptCounts())
    assert both.agree(lambda view: [documents.listed(view, one) for one in asked]) == found


def test_common_words_give_the_same_pages_of_ids(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims and reports, whether these are found by their words or looked at one after another."""

    def pages(view: View) -> list[list[Any]]:
        reports = [walked(view, paging.documents, {"words": word}, by="published") for word in ("m", "men", "e n")]
        return [*reports, walked(view, paging.claims, Filter(text="m"), Sort())]

    found = both.agree(pages)
    assert all(found)
    monkeypatch.setattr(paging, "COMMON", 1)
    assert both.agree(pages) == found


def test_claims_of_common_flags_give_the_same_pages(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether these are found by their flags or looked at one after another."""
    codes = sorted(set(both.ours.connection.scalars(sa.select(tables.flags.c.code))))
    wanted = [Filter(flag=code, shown=shown) for code in codes for shown in (Shown.COUNTING, Shown.ANY)]
    assert wanted
    found = both.agree(lambda view: [claims.listing(view, one, page=page) for one in wanted for page in (1, 2)])
    assert any(page.total for page in found)
    monkeypatch.setattr(claims, "LOOKED", 0)
    assert both.agree(lambda view: [claims.listing(view, one, page=page) for one in wanted for page in (1, 2)]) == found


@pytest.mark.parametrize("typed", ['"工人。 "', '"a_b. "'])
def test_a_blank_behind_the_last_word_is_found_alike(both: Both, typed: str) -> None:
    """Also where a sentence ends."""
    assert both.agree(lambda view: sorted(view.connection.scalars(positions_of(view, typed))))


def positions_of(view: View, typed: str) -> parts.Positions:
    """The query of the claims that hold words."""
    found = search.claims_with(view, typed)
    assert found is not None
    return found


@settings(max_examples=120)
@given(data=st.data())
def test_words_are_found_alike(both: Both, data: st.DataObject) -> None:
    """Any piece of any text, whatever its script, its length and its capitals; in claims and in reports."""
    texts = sorted(set(both.ours.connection.scalars(sa.select(tables.documents.c.text))))
    text = data.draw(st.sampled_from(texts))
    start, long = data.draw(st.integers(0, len(text) - 1)), data.draw(st.integers(1, 20))
    piece = data.draw(st.sampled_from(CAPITALS))(text[start : start + long])
    typed = data.draw(st.sampled_from(("{}", '"{}"', "{} men", "не{}"))).format(piece)

    def found(view: View) -> list[set[int]]:
        holding = (search.claims_with(view, typed), search.documents_with(view, typed))
        return [set(view.connection.scalars(one)) if one is not None else set() for one in holding]

    both.agree(found)
