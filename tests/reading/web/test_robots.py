"""What a site's robots.txt allows, how often, and what it can do to whoever reads it."""

import time as real_time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.errors import ReadingError
from tallystick.reading.web.robots import ALLOWED, KEPT, KEPT_FAILURE, LARGEST_RULES, Robots, Rules, rules_of
from website import Page, Site, Time, site, web


@pytest.fixture
def paper() -> Iterator[Site]:
    """A site with two pages."""
    with site() as running:
        running.pages |= {"/a": Page(b"a"), "/b": Page(b"b"), "/private/c": Page(b"c")}
        yield running


def test_what_is_not_allowed_is_not_asked(paper: Site) -> None:
    """The refusal is named; what is allowed is fetched, and the rules are asked for once."""
    paper.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private/\n")
    getter = web(paper.host)
    with pytest.raises(ReadingError, match=r"robots\.txt does not allow"):
        getter.get(paper.url("/private/c"))
    assert getter.get(paper.url("/a")).content == b"a"
    assert getter.get(paper.url("/b")).content == b"b"
    assert [one.path for one in paper.asked] == ["/robots.txt", "/a", "/b"]


def test_a_redirect_does_not_lead_past_the_rules(paper: Site) -> None:
    """Where it leads is asked for by the rules of that place."""
    paper.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private/\n")
    paper.pages["/way"] = Page(status=302, headers=(("Location", "/private/c"),))
    with pytest.raises(ReadingError, match=r"robots\.txt does not allow"):
        web(paper.host).get(paper.url("/way"))
    assert paper.paths() == ["/way"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (429, False), (500, False), (503, False)])
def test_rules_that_are_not_there_allow_and_a_site_in_trouble_does_not(
    paper: Site, status: int, *, allowed: bool
) -> None:
    """RFC 9309: unavailable is not unreachable."""
    paper.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow:\n", status)
    if allowed:
        assert web(paper.host).get(paper.url("/a")).content == b"a"
    else:
        with pytest.raises(ReadingError, match="nothing is fetched for now"):
            web(paper.host).get(paper.url("/a"))
        assert paper.paths() == []


def test_rules_behind_a_trap_are_not_fetched(paper: Site) -> None:
    """A robots.txt that leads to a private machine is not followed, and nothing is fetched for now."""
    paper.pages["/robots.txt"] = Page(status=302, headers=(("Location", "http://169.254.169.254/robots.txt"),))
    with pytest.raises(ReadingError, match="nothing is fetched for now"):
        web(paper.host).get(paper.url("/a"))


def test_rules_that_moved_are_followed(paper: Site) -> None:
    """Redirects of a robots.txt count."""
    paper.pages["/robots.txt"] = Page(status=301, headers=(("Location", "/rules"),))
    paper.pages["/rules"] = Page(b"User-agent: tallystick\nDisallow: /\n")
    with pytest.raises(ReadingError, match="does not allow"):
        web(paper.host).get(paper.url("/a"))


def test_the_delay_that_is_asked_for_is_kept(paper: Site) -> None:
    """Of ours, of all, at most a minute, and never shorter than our own."""
    for asked, kept in ((b"7", 7.0), (b"0.1", 2.0), (b"99999", 60.0), (b"soon", 2.0), (b"nan", 2.0), (b"-5", 2.0)):
        paper.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: " + asked + b"\n")
        time = Time()
        getter = web(paper.host, time=time)
        getter.get(paper.url("/a"))
        getter.get(paper.url("/b"))
        assert time.slept == [kept], asked


def test_our_own_group_wins_over_that_for_all() -> None:
    """By our name, with a version or without, in any case; another agent's rules are not ours."""
    for name in (b"tallystick", b"Tallystick", b"TALLYSTICK/2.0"):
        rules = rules_of(b"User-agent: *\nDisallow:\n\nUser-agent: " + name + b"\nDisallow: /x\n")
        assert rules.refusal("https://a.example/x/1")
        assert rules.refusal("https://a.example/y") is None
    assert rules_of(b"User-agent: tallysticker\nUser-agent: b\nDisallow: /\n").refusal("https://a.example/") is None


def test_rules_are_kept_a_day_and_an_outage_ten_minutes() -> None:
    """Then they are asked for again."""
    time = Time()
    got: list[str] = []

    def get(origin: str) -> Rules:
        got.append(origin)
        return Rules(reason="down") if len(got) == 1 else ALLOWED

    robots = Robots(get, time.monotonic)
    assert robots.rules("https://a.example").reason == "down"
    time.now += KEPT_FAILURE - 1
    assert robots.rules("https://a.example").reason == "down"
    time.now += 2
    assert robots.rules("https://a.example") == ALLOWED
    time.now += KEPT - 1
    robots.rules("https://a.example")
    assert len(got) == 2
    time.now += 2
    robots.rules("https://a.example")
    assert len(got) == 3


def test_thousands_of_agents_with_thousands_of_rules_cost_little() -> None:
    """Every group holding every rule would be hundreds of millions of rules."""
    hostile = b"".join(b"user-agent:a%d\n" % number for number in range(15_000))
    hostile += b"".join(b"disallow:/%d*a*a*a*a*b\n" % number for number in range(15_000))
    began = real_time.monotonic()
    assert rules_of(hostile).refusal("https://a.example/" + "a" * 4_000) is None
    assert real_time.monotonic() - began < 10


def test_an_endless_robots_is_cut_off(paper: Site) -> None:
    """Its first half megabyte counts."""
    paper.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private\n" + b"# a\n" * LARGEST_RULES)
    getter = web(paper.host)
    assert getter.get(paper.url("/a")).content == b"a"
    with pytest.raises(ReadingError):
        getter.get(paper.url("/private/c"))


@settings(max_examples=200)
@given(st.binary(max_size=400) | st.from_regex(rb"((user-agent|disallow|crawl-delay)[: ]+[*/a-z$]*\n){1,9}"))
def test_no_bytes_make_the_rules_raise(content: bytes) -> None:
    """Whatever stands in it, there is an answer."""
    rules = rules_of(content)
    assert rules.refusal("https://a.example/a") in (None, "its robots.txt does not allow it")
    assert rules.delay is None or isinstance(rules.delay, float)
