"""How many web pages a core reads in a second, beside what bare trafilatura does on the same bytes.

The pages are made here, the same at every run: five layouts, each with 2 to 6 kB of article in 30 to 100 kB of page.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple

from trafilatura import bare_extraction

from benchmarks.measured import TENFOLD, Measured, by_turns, peak
from tallystick.reading.formats.html import html
from tallystick.reading.received import Received

__all__ = ["Page", "measured", "pages"]

PAGES = 60
REPEATS = 4
KILOBYTE = 1_000
WORDS = (
    "the ministry said on Monday that about builders soldiers had come to region and more would follow while officials"
    " of city gave no number asked for patience after attack near river bridge where homes were damaged people wounded"
    " according hospital governor wrote in channel night police counted trucks between border station camp families who"
    " left their villages before winter road to port is closed until next week because repair of power line takes time"
).split()
MONTHS = "January February March April May June July August September October November December".split()


class Page(NamedTuple):
    """A page that was made.

    Attributes:
        content: Its bytes.
        paragraphs: Those of its article.
    """

    content: bytes
    paragraphs: tuple[str, ...]


def pages(count: int = PAGES) -> list[Page]:
    """Give `count` pages, always the same."""
    return [_page(number, Random(number)) for number in range(count)]  # noqa: S311 - made to be the same every time


def _sentence(dice: Random, least: int = 12, most: int = 26) -> str:
    words = [dice.choice(WORDS) for _ in range(dice.randint(least, most))]
    words[dice.randrange(len(words))] = str(dice.randint(3, 900))
    return " ".join(words).capitalize() + "."


def _paragraphs(dice: Random) -> tuple[str, ...]:
    wanted = dice.randint(2, 6) * KILOBYTE
    found: list[str] = []
    while sum(map(len, found)) < wanted:
        found.append(" ".join(_sentence(dice) for _ in range(dice.randint(1, 4))))
    return tuple(found)


def _page(number: int, dice: Random) -> Page:
    paragraphs = _paragraphs(dice)
    title = _sentence(dice, 6, 11).rstrip(".")
    day, month = dice.randint(1, 28), dice.randint(1, 12)
    stamp = f"2025-{month:02d}-{day:02d}T{dice.randint(0, 23):02d}:15:00+03:00"
    head = (
        f"<meta property='og:title' content='{title}'><meta property='og:site_name' content='Harbor Press'>"
        f"<meta property='og:url' content='https://harbor.example/news/{number}'>"
        f"<link rel=canonical href='https://harbor.example/news/{number}'>"
        f"<meta name=description content='{paragraphs[0][:150]}'>"
    )
    linked = (
        f'<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"NewsArticle",'
        f'"headline":"{title}","datePublished":"{stamp}","dateModified":"{stamp}","author":{{"@type":"Person",'
        f'"name":"Anna Bright"}},"publisher":{{"@type":"Organization","name":"Harbor Press"}}}}]}}</script>'
    )
    shown = f"{MONTHS[month - 1]} {day}, 2025"
    body = "".join(f"<p>{text}</p>\n" for text in paragraphs)
    layout = (_broadsheet, _blog, _tables, _cards, _russian)[number % 5]
    inner = layout(title, shown, stamp, body, dice)
    page = (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title} | Harbor Press</title>{head}"
        f"{linked if number % 2 else ''}{_script(dice)}</head><body>{_menu(dice)}{inner}{_footer(dice)}"
        f"{_script(dice)}</body></html>"
    )
    return Page(page.encode(), paragraphs)


def _script(dice: Random) -> str:
    state = ",".join(f'"key{at}":{{"id":{dice.randint(1, 10**9)},"on":true}}' for at in range(dice.randint(200, 700)))
    style = "".join(f".c{at}>a{{margin:{at % 9}px;color:#{at:06x}}}" for at in range(dice.randint(50, 200)))
    return f"<script>window.state={{{state}}};for(var i=0;i<9;i++){{push(i)}}</script><style>{style}</style>"


def _menu(dice: Random) -> str:
    links = "".join(
        f'<li class="menu-entry depth-{at % 3}"><a href="/{at}" data-track="nav-{at}">{_sentence(dice, 1, 3)}</a></li>'
        for at in range(dice.randint(30, 80))
    )
    return f'<header class="site-header"><nav id="main-menu"><ul>{links}</ul></nav></header>'


def _footer(dice: Random) -> str:
    links = "".join(f'<a class="footer-link" href="/f{at}">{_sentence(dice, 2, 4)}</a> ' for at in range(40))
    return f'<footer class="site-footer"><div>{links}</div><p>All rights reserved. 2025</p></footer>'


def _cards_of(dice: Random, count: int) -> str:
    return "".join(
        f'<article class="card teaser"><a href="/s{at}"><img src="/i{at}.jpg" alt=""><h3>{_sentence(dice, 6, 10)}</h3>'
        f'</a><p class="teaser-text">{_sentence(dice)}</p><time datetime="2025-02-0{at % 9 + 1}">2 February 2025</time>'
        "</article>"
        for at in range(count)
    )


def _figure(dice: Random) -> str:
    return (
        f'<figure><img src="/lead.jpg"><figcaption>{_sentence(dice)} <span class="credit">Photo: Jo Ray</span>'
        "</figcaption></figure>"
    )


def _broadsheet(title: str, shown: str, stamp: str, body: str, dice: Random) -> str:
    related = "".join(f'<li><a href="/r{at}">{_sentence(dice, 6, 10)}</a></li>' for at in range(8))
    return (
        f'<main><article class="story"><h1 class="headline">{title}</h1><p class="standfirst">{_sentence(dice)}</p>'
        f'<div class="byline">By Anna Bright <time datetime="{stamp}">{shown}</time></div>{_figure(dice)}'
        f'<div class="article-body">{body}</div></article><aside class="related-stories"><h2>Related</h2><ul>{related}'
        f'</ul></aside></main><section class="more">{_cards_of(dice, 24)}</section>'
    )


def _blog(title: str, shown: str, stamp: str, body: str, dice: Random) -> str:
    comments = "".join(
        f'<li class="comment"><cite>reader{at}</cite> says:<div class="comment-content"><p>{_sentence(dice)}</p></div>'
        '<a class="reply" href="#">Reply</a></li>'
        for at in range(12)
    )
    return (
        f'<div id="content" class="site-content"><div class="post type-post"><h1 class="entry-title">{title}</h1>'
        f'<span class="posted-on"><time class="entry-date" datetime="{stamp}">{shown}</time></span>'
        f'<div class="entry-content">{body}</div></div><div id="comments" class="comments-area"><h2>12 comments</h2>'
        f'<ol class="comment-list">{comments}</ol></div></div><div class="sidebar widget-area">{_cards_of(dice, 10)}'
        "</div>"
    )


def _tables(title: str, shown: str, stamp: str, body: str, dice: Random) -> str:
    rows = "".join(f"<tr><td>{_sentence(dice, 1, 2)}</td><td>{dice.randint(1, 999)}</td></tr>" for _ in range(12))
    return (
        f'<table width="100%"><tr><td class="left">{_cards_of(dice, 6)}</td><td><div class="text"><h2>{title}</h2>'
        f"<small>{shown}</small>{body}<table>{rows}</table></div></td></tr></table><!-- {stamp} -->"
    )


def _cards(title: str, shown: str, stamp: str, body: str, dice: Random) -> str:
    wrapped = body.replace("<p>", '<div class="css-1x"><div class="css-2y"><p class="css-3z">').replace(
        "</p>", "</p></div></div>"
    )
    return (
        f'<div id="app"><div class="css-a"><div class="css-b"><main role="main"><h1>{title}</h1>'
        f'<div class="meta" data-time="{stamp}">Published {shown}</div>{_figure(dice)}<section>{wrapped}</section>'
        f'</main></div></div></div><div class="grid">{_cards_of(dice, 40)}</div>'
    )


def _russian(title: str, shown: str, stamp: str, body: str, dice: Random) -> str:
    return (
        f'<div class="layout"><div class="article__header"><div class="article__date">17 июня 2025, 12:00</div>'
        f'<h1 class="article__title">{title}</h1><div class="article__intro">{_sentence(dice)}</div></div>'
        f'<div class="article__text">{body}</div><!-- {shown} {stamp} --></div>'
        f'<div class="article__also">{_cards_of(dice, 16)}</div>'
    )


def measured(scratch: Path) -> Iterator[Measured]:  # noqa: ARG001 - a stage's
    """Give pages a second of ours beside bare trafilatura, and the growth with the length of an article."""
    made = pages()
    ours = [float("inf")] * len(made)
    bare = [float("inf")] * len(made)
    with peak() as memory:
        for at, page in enumerate(made):
            ours[at], bare[at] = by_turns(
                REPEATS, partial(_read, page.content), partial(bare_extraction, page.content, with_metadata=True)
            )
    short, long = by_turns(REPEATS, *(partial(_read, _article(made, count)) for count in (1, TENFOLD)))
    size = sum(len(page.content) for page in made) / len(made) / KILOBYTE
    yield Measured(
        "pages", f"web pages of {size:.0f} kB read", len(made) / sum(ours), "pages/s", memory.megabytes, long / short,
        "trafilatura alone", len(made) / sum(bare),
    )  # fmt: skip


def _read(content: bytes) -> None:
    html(content, Received("page", BytesIO()))


def _article(made: Sequence[Page], count: int) -> bytes:
    """A page with the articles of so many pages and little else."""
    paragraphs = "".join(f"<p>{text}</p>\n" for page in made[:count] for text in page.paragraphs)
    return f"<html><head><title>Long</title></head><body><article>{paragraphs}</article></body></html>".encode()
