"""The outlets of the made-up press: a story and an outlet come in, the bytes of a page go out.

An outlet has a layout, a menu, scripts and styles of its own, which are the same on each of its pages, as on real
sites; what changes are the article, the teasers beside it and the state that scripts carry. A page is 25 to 70 kB.
"""

import json
from datetime import datetime
from functools import lru_cache
from html import escape
from random import Random
from typing import NamedTuple

from benchmarks.ccnews.bearing import TOLD
from benchmarks.ccnews.stories import Plan, Story
from benchmarks.ccnews.tongues import TONGUES

__all__ = ["Outlet", "outlet_of", "page"]

TEASERS = 12
# Slots of a page, between the parts of an outlet that never change.
SLOTS = ("TITLE", "TEASERS", "STAMP", "SHOWN", "BODY", "STATE", "ADDRESS", "LINKED")
MARK = "\x00"


class Outlet(NamedTuple):
    """A site of the press.

    Attributes:
        name: As it calls itself.
        host: Of its pages.
        encoding: In which it writes.
        parts: Its page, cut at the slots: bytes, or the name of a slot.
    """

    name: str
    host: str
    encoding: str
    parts: tuple[bytes | str, ...]


def outlet_of(own: Plan) -> Outlet:
    """Give the outlet that runs the story of a page; a copy runs in another one than its original."""
    first, second = TONGUES[own.language].mastheads
    count = len(first) * len(second)
    number = _drawn(own.number, count)
    if own.copied is not None and number == _drawn(own.copied.of, count):
        number = (number + 1) % count
    return _outlet(own.language, number)


def page(own: Plan, told: Story, when: datetime) -> tuple[str, bytes]:
    """Give the address and the bytes of the page of a plan."""
    outlet = outlet_of(own)
    address = f"https://{outlet.host}/{when:%Y/%m/%d}/{own.number}"
    paragraphs = list(told.paragraphs)
    if own.copied is not None and own.copied.credited:
        before, after = TONGUES[own.language].credits
        first, second = TONGUES[own.language].mastheads
        agency = _outlet(own.language, _drawn(own.copied.of, len(first) * len(second))).name
        if own.number % 2:
            paragraphs[0] = before.format(agency=agency) + paragraphs[0]
        else:
            paragraphs.append(after.format(agency=agency))
    stamp = when.isoformat(timespec="seconds") + "Z"
    linked = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": told.title, "datePublished": stamp,
        "publisher": {"@type": "Organization", "name": outlet.name},
    }  # fmt: skip
    filled = {
        "TITLE": escape(told.title),
        "TEASERS": _teasers(own),
        "STAMP": stamp,
        "SHOWN": f"{when:%Y-%m-%d %H:%M}",
        "BODY": "".join(f"<p>{escape(text)}</p>\n" for text in paragraphs),
        "STATE": f'{{"id":{own.number},"key":"{own.number * 2_654_435_761 % 2**32:08x}"}}',
        "ADDRESS": address,
        "LINKED": json.dumps(linked, ensure_ascii=False),
    }
    code = {name: value.encode(outlet.encoding, "xmlcharrefreplace") for name, value in filled.items()}
    return address, b"".join(part if isinstance(part, bytes) else code[part] for part in outlet.parts)


def _drawn(number: int, count: int) -> int:
    """The outlet of a page, by its number."""
    return (number * 2_654_435_761 >> 7) % count


def _teasers(own: Plan) -> str:
    """What stands beside an article: titles of other stories, and on some pages one on the dossier's subject."""
    dice, tongue = Random(own.number), TONGUES[own.language]  # noqa: S311 - made to be the same every time
    titles = [
        f"{dice.choice(tongue.who)} {dice.choice(tongue.where)}: {dice.choice(tongue.what)}" for _ in range(TEASERS)
    ]
    if own.teased:
        told = TOLD.get(own.language, TOLD["en"])
        titles[3] = told.titles[0].format(n=own.number % 900 + 100, region=told.regions[0])
    return "".join(
        f'<article class="card"><a href="/t{own.number}-{at}"><img src="/i{at}.jpg" alt=""><h3>{escape(title)}</h3></a>'
        f'<time datetime="2025-10-{at + 10}">10-{at + 10}</time></article>'
        for at, title in enumerate(titles)
    )


@lru_cache(maxsize=512)
def _outlet(language: str, number: int) -> Outlet:
    tongue = TONGUES[language]
    first, second = tongue.mastheads
    one, other = first[number // len(second)], second[number % len(second)]
    name = f"{one}{other}" if tongue.gap == "" or language == "de" else f"{one} {other}"
    host = f"{language}-{number}.example"
    dice = Random(f"{language} {number}")  # noqa: S311 - made to be the same every time
    encoding = tongue.encodings[number % len(tongue.encodings)]
    text = _template(language, name, encoding, dice)
    parts = tuple(
        piece if at % 2 else piece.encode(encoding, "xmlcharrefreplace") for at, piece in enumerate(text.split(MARK))
    )
    return Outlet(name, host, encoding, parts)


def _template(language: str, name: str, encoding: str, dice: Random) -> str:
    """The page of an outlet, with its slots between marks."""
    title, teasers, stamp, shown, body, state, address, linked = (f"{MARK}{slot}{MARK}" for slot in SLOTS)
    layout = dice.choice((_broadsheet, _blog, _cards, _plain))
    article = layout(title, f'<time datetime="{stamp}">{shown}</time>', body, dice)
    graph = f'<script type="application/ld+json">{linked}</script>' if dice.random() < 0.7 else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="{encoding}"><title>{title} | {name}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{name}">'
        f'<meta property="article:published_time" content="{stamp}"><link rel="canonical" href="{address}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{graph}{_style(dice)}'
        f"<script>window.page={state};{_script(dice)}</script></head>\n<body>{_menu(language, dice)}{article}"
        f'<aside class="more"><h2>{TONGUES[language].sections[0]}</h2>{teasers}</aside>'
        f"{_footer(language, name, dice)}<script>{_script(dice)}</script></body></html>\n"
    )


def _style(dice: Random) -> str:
    rules = "\n".join(
        f".{_token(dice)} .{_token(dice)}{{margin:{dice.randrange(40)}px {dice.randrange(9)}px;"
        f"color:#{dice.randrange(1 << 24):06x};display:{dice.choice(('flex', 'block', 'none', 'grid'))}}}"
        for _ in range(dice.randint(80, 250))
    )
    return f"<style>{rules}</style>"


def _script(dice: Random) -> str:
    return ";".join(
        f"function {_token(dice)}(e,t){{return e.{_token(dice)}(t||{dice.randrange(10**6)},'{_token(dice)}')}}"
        for _ in range(dice.randint(50, 200))
    )


def _token(dice: Random) -> str:
    return "".join(dice.choices("abcdefghilmnoprstuvwy", k=dice.randint(4, 9)))


def _menu(language: str, dice: Random) -> str:
    links = "".join(
        f'<li class="menu-entry"><a href="/s/{at}" data-track="nav-{_token(dice)}">{escape(section)}</a></li>'
        for at, section in enumerate(TONGUES[language].sections * 3)
    )
    return f'<header class="site-header"><nav id="main-menu"><ul>{links}</ul></nav></header>'


def _footer(language: str, name: str, dice: Random) -> str:
    links = " ".join(
        f'<a class="footer-link" href="/f/{_token(dice)}">{escape(section)}</a>'
        for section in TONGUES[language].sections * 2
    )
    return f'<footer class="site-footer"><div>{links}</div><p>© 2025 {escape(name)}</p></footer>'


def _broadsheet(title: str, shown: str, body: str, dice: Random) -> str:
    return (
        f'<main><article class="story"><h1 class="headline">{title}</h1><div class="byline">{shown}</div>'
        f'<figure><img src="/{_token(dice)}.jpg" alt=""></figure><div class="article-body">{body}</div></article>'
        "</main>"
    )


def _blog(title: str, shown: str, body: str, dice: Random) -> str:
    comments = "".join(f'<li class="comment"><cite>{_token(dice)}</cite><p>{_token(dice)}</p></li>' for _ in range(8))
    return (
        f'<div id="content" class="site-content"><div class="post type-post"><h1 class="entry-title">{title}</h1>'
        f'<span class="posted-on">{shown}</span><div class="entry-content">{body}</div></div>'
        f'<ol class="comment-list">{comments}</ol></div>'
    )


def _cards(title: str, shown: str, body: str, dice: Random) -> str:
    return (
        f'<div id="app"><div class="{_token(dice)}"><main role="main"><h1>{title}</h1><div class="meta">{shown}</div>'
        f'<section class="{_token(dice)}">{body}</section></main></div></div>'
    )


def _plain(title: str, shown: str, body: str, dice: Random) -> str:
    return (
        f'<table width="100%"><tr><td class="{_token(dice)}"><div class="text"><h1>{title}</h1><small>{shown}</small>'
        f"{body}</div></td></tr></table>"
    )
