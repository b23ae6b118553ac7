"""Feeds over several looks: what is new is read once, what fails is asked for again, what is cut off goes on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tallystick.errors import CaseError
from tallystick.model.change import ChangeKind
from tallystick.model.feed import Feed
from tallystick.model.progress import Silent
from tallystick.pipeline import Look, look
from tallystick.reading.web.watching import EVERY, TRIES, due_in
from tallystick.storage.case import Case
from website import NOW, Asked, Page, Site, Time, site, web

DOSSIER = """
schema: tallystick.dossier/1
name: bridge
title: The bridge
extends: general
watch:
  terms: [[bridge, міст]]
"""
PLAN = "At least {} people were killed when the bridge fell, police said on Monday."
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbor Press</title>{}</channel></rss>'
OTHER = "At least 40 people were killed when a ferry sank, police said on Monday."


class Desk:
    """A case that follows the feed of one site, with a time of its own."""

    def __init__(self, paper: Site, folder: Path) -> None:
        self.paper = paper
        self.time = Time()
        self.folder = folder / "case"
        self.dossier = folder / "bridge.yaml"
        self.dossier.write_text(DOSSIER, encoding="utf-8")
        self.web = web(paper.host, time=self.time, clock=lambda: NOW + timedelta(seconds=self.time.now))
        self.feeds = [paper.url("/feed")]

    def look(self) -> Look:
        """One look."""
        progress = Silent()
        return look(self.folder, self.web, str(self.dossier), feeds=self.feeds, progress=progress)

    def later(self, seconds: float = EVERY) -> Look:
        """One look some time later."""
        self.time.now += seconds
        return self.look()

    def names(self, *paths: str, etag: str | None = None) -> None:
        """Let the feed name these pages."""
        links = (f"<item><title>News</title><link>{self.paper.url(path)}</link></item>" for path in paths)
        content = FEED.format("".join(links)).encode()

        def feed(asked: Asked) -> Page:
            if etag is not None and asked.headers.get("If-None-Match") == etag:
                return Page(status=304, headers=(("ETag", etag),))
            return Page(content, headers=(("ETag", etag),) if etag else ())

        self.paper.pages["/feed"] = feed

    def failures(self) -> int:
        """How many times in a row the feed failed."""
        with Case.open(self.folder) as case:
            feed = case.feeds.feed(self.feeds[0])
            assert feed is not None
            return feed.failures


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose feed names two reports, of which one is on the subject."""
    with site() as paper:
        for number in range(9):
            paper.pages[f"/{number}"] = report(PLAN.format(10 + number))
        paper.pages["/other"] = report(OTHER)
        made = Desk(paper, tmp_path)
        made.names("/1", "/other", etag='"1"')
        yield made


def report(text: str) -> Page:
    """A page with a report."""
    return Page(f"<html><head><title>News</title></head><body><article><p>{text}</p></article></body></html>".encode())


def test_a_feed_is_followed_over_three_looks(desk: Desk) -> None:
    """New reports are read and shown, what did not change is not sent, what was seen is not fetched again."""
    first = desk.look()
    assert (first.added, first.failures) == (1, ())
    (new,) = (one for one in first.changes if one.kind is ChangeKind.ESTIMATE)
    assert new.before is None
    assert new.after is not None
    second = desk.later()
    assert (second.added, second.known, second.changes) == (0, 0, ())
    assert desk.paper.asked[-1].headers["If-None-Match"] == '"1"'
    desk.names("/1", "/other", "/2", etag='"2"')
    third = desk.later()
    assert third.added == 1
    assert {one.kind for one in third.changes} >= {ChangeKind.REPORT, ChangeKind.ESTIMATE}
    assert desk.paper.paths() == ["/feed", "/1", "/other", "/feed", "/feed", "/2"]


def test_a_report_that_bears_not_on_the_subject_is_left_out(desk: Desk) -> None:
    """It is fetched, since its text tells, but neither kept nor fetched again."""
    desk.look()
    with Case.open(desk.folder) as case:
        assert all("ferry" not in document.text for document in case.documents())
        assert case.feeds.tries(desk.paper.url("/other")) == -1


def test_a_feed_that_is_not_due_is_left_alone(desk: Desk) -> None:
    """And it is said when it is."""
    assert desk.look().wait == pytest.approx(EVERY, abs=60)
    desk.later(EVERY / 2)
    assert desk.paper.paths().count("/feed") == 1


def test_each_request_to_one_host_waits_for_its_time(desk: Desk) -> None:
    """Three requests, two waits."""
    desk.look()
    assert desk.time.slept == [2.0, 2.0]


def test_a_feed_that_fails_is_named_and_left_alone_longer_and_longer(desk: Desk) -> None:
    """The others go on; when it is well again, so is its pace."""
    with site() as second:
        link = f"<item><link>{desk.paper.url('/3')}</link></item>"
        second.pages["/feed"] = Page(FEED.format(link).encode())
        desk.web = web(desk.paper.host, second.host, time=desk.time, clock=desk.web.means.clock)
        desk.feeds.append(second.url("/feed"))
        desk.paper.pages["/feed"] = Page(status=404)
        found = desk.look()
        assert [one.document for one in found.failures] == [desk.feeds[0]]
        assert "404" in found.failures[0].reason
        assert found.added == 1
    waits = []
    desk.feeds.pop()
    for number in range(2, 5):
        desk.later(EVERY * 2.0**number)
        waits.append(desk.look().wait)
        assert desk.failures() == number
    assert waits == sorted(waits)
    assert waits[-1] > EVERY * 3
    desk.names("/1")
    assert desk.later(100_000).added == 1
    assert desk.failures() == 0
    with Case.open(desk.folder) as case:
        assert case.ledger().failures == ()


def test_a_feed_that_asks_to_be_left_alone_is(desk: Desk) -> None:
    """Its Retry-After wins over a shorter pause."""
    desk.paper.pages["/feed"] = Page(status=429, headers=(("Retry-After", "40000"),))
    assert desk.look().wait == pytest.approx(40_000, abs=60)
    assert desk.paper.paths() == ["/feed"]


def test_a_page_that_is_not_there_yet_is_asked_for_again(desk: Desk) -> None:
    """Also where its feed does not change meanwhile."""
    desk.names("/late", etag='"1"')
    assert [one.document for one in desk.look().failures] == [desk.paper.url("/late")]
    desk.paper.pages["/late"] = report(PLAN.format(77))
    assert desk.later().added == 1
    desk.later()
    assert desk.paper.paths().count("/late") == 2


def test_a_page_that_never_comes_is_given_up(desk: Desk) -> None:
    """After some looks."""
    desk.names("/never", etag='"1"')
    for _ in range(TRIES + 2):
        desk.later()
    assert desk.paper.paths().count("/never") == TRIES


def test_pages_of_a_site_in_trouble_are_not_given_up_unasked(desk: Desk) -> None:
    """Three are asked for and named; the others wait for the next look, and are read then."""
    paths = [f"/{number}" for number in range(6)]
    well = dict(desk.paper.pages)
    for path in paths:
        desk.paper.pages[path] = Page(status=503)
    desk.names(*paths, etag='"1"')
    assert len(desk.look().failures) == 3
    desk.paper.pages.update({path: well[path] for path in paths})
    assert desk.later().added == 6


def test_an_entry_that_changes_is_a_further_report(desk: Desk) -> None:
    """A feed with whole texts corrects one: both versions are kept, and neither is taken again."""
    for figure, added in ((12, 1), (12, 0), (19, 1), (19, 0)):
        text = f"<description>{PLAN.format(figure)} {'Nobody knows more. ' * 60}</description>"
        desk.paper.pages["/feed"] = Page(FEED.format(f"<item><guid>e-1</guid>{text}</item>").encode())
        seen = desk.later()
        assert (seen.added, seen.failures) == (added, ())
    with Case.open(desk.folder) as case:
        assert [document.id.partition("#")[0] for document in case.documents()] == ["e-1", "e-1"]


def test_an_address_is_the_same_with_another_fragment(desk: Desk) -> None:
    """A link to the comments of a report leads to the report."""
    desk.names("/1", "/1#comments")
    desk.look()
    assert desk.paper.paths() == ["/feed", "/1"]


def test_a_stop_keeps_what_was_read_and_the_next_look_goes_on(desk: Desk) -> None:
    """The page at hand is abandoned; nothing that was read is fetched again, nothing is left out."""
    desk.names("/1", "/2", "/3", etag='"1"')
    well = desk.paper.pages["/2"]
    stopping = desk.web

    def stop(asked: Asked) -> Page:
        assert asked.path == "/2"
        stopping.stop()
        return Page(b"late")

    desk.paper.pages["/2"] = stop
    assert desk.look().added == 1
    desk.paper.pages["/2"] = well
    desk.web = web(desk.paper.host, time=desk.time, clock=stopping.means.clock)
    assert desk.look().added == 2
    assert desk.paper.paths() == ["/feed", "/1", "/2", "/feed", "/2", "/3"]
    with Case.open(desk.folder) as case:
        assert len(case.documents()) == 3
        assert len(case.ledger().estimates) > 0


def test_a_dossier_without_feeds_is_named(desk: Desk) -> None:
    """There is nothing to look at."""
    desk.feeds.clear()
    with pytest.raises(CaseError, match="names no feeds"):
        desk.look()


def test_the_memory_of_a_case_gives_back_what_it_was_given(tmp_path: Path) -> None:
    """Feeds and addresses, also after they were changed and the case was opened anew."""
    feed = Feed("http://a.example/feed", "2025-06-17T08:00:00.000+00:00", '"1"', "then", 2)
    with Case.open(tmp_path, create=True) as case:
        assert case.feeds.feed(feed.url) is None
        assert case.feeds.tries("http://a.example/1") == 0
        case.feeds.keep_feed(Feed(feed.url, ""))
        case.feeds.keep_feed(feed)
        case.feeds.keep_tries("http://a.example/1", 1)
        case.feeds.keep_tries("http://a.example/1", -1)
    with Case.open(tmp_path, read_only=True) as case:
        assert case.feeds.feed(feed.url) == feed
        assert case.feeds.tries("http://a.example/1") == -1
        assert due_in((feed.url,), case.feeds, NOW - timedelta(seconds=5)) == 5.0
        assert due_in((feed.url, "http://b.example/"), case.feeds, NOW) == 0.0
