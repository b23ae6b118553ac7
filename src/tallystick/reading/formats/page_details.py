"""Tell what a web page says of itself: its tree comes in, details go out, each with where it stood and how sure it is.

trafilatura decides on title, author and outlet, as it does on the text; the fields of the page say how it came to it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement
from rapidfuzz.fuzz import ratio
from trafilatura.metadata import extract_sitename, extract_title

from tallystick.model.document import Detail, Sureness
from tallystick.reading.formats.page_dates import as_iso
from tallystick.reading.formats.page_parts import Survey, fold
from tallystick.reading.text import cues
from tallystick.reading.text.language import detect

__all__ = ["credit_lines", "language_of", "named", "taken"]

# JSON-LD of a news page has some 5 kB; a script of more than this is a shop or made to cost time.
LARGEST_SCRIPT = 300_000
MOST_SCRIPTS = 20
MOST_NODES = 200
DEEPEST = 6
LONGEST = 500
# Values of a field that are kept beside the one taken.
MOST_OTHERS = 2
# rapidfuzz ratio from which two titles are one: a dash or a quote may differ.
SAME = 90
META = {
    "og:title": "title",
    "twitter:title": "title",
    "description": "description",
    "og:description": "description",
    "og:url": "url",
    "og:site_name": "outlet",
    "application-name": "outlet",
    "author": "author",
    "article:author": "author",
    "parsely-author": "author",
    "byl": "author",
    "article:published_time": "published",
    "og:published_time": "published",
    "datepublished": "published",
    "parsely-pub-date": "published",
    "pubdate": "published",
    "publishdate": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "article:modified_time": "updated",
    "og:updated_time": "updated",
    "datemodified": "updated",
    "lastmod": "updated",
    "last-modified": "updated",
    "og:locale": "language",
    "syndication-source": "credit",
    "original-source": "credit",
}
ARTICLES = re.compile(r"(?:\w*Article|\w*Posting|Report)")
LINKED = {"datePublished": "published", "dateModified": "updated", "headline": "title", "url": "url"}
ADDRESS = re.compile(r"https?://[^\s/?#]+\.[^\s]+", re.IGNORECASE)
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?", re.IGNORECASE)
# Languages in the letters of Russian and Ukrainian, which cannot be told by letters alone.
CYRILLIC = frozenset(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"))
# Where letters say no more than "Latin", a page in English has "the" at least so often among its words (English news:
# 5 to 7 in 100).
ENGLISH = 0.02
SAMPLE = 4_000
# Lines at the top and at the end of a text in which a credit stands.
TOP = 3
END = 8
BY = re.compile(r"(?:by|автор:?|author:?|text:?|words:?)\s+", re.IGNORECASE)
# Words of a byline: "Anna Bright, Tom Reed and Maria de la Cruz in Nairobi".
LONGEST_BYLINE = 12
# Texts within a byline of which the names are one: "By", the name, its link to a profile, the date.
PIECES = 6
# The order matters: an outlet that is named nowhere is told by the address.
TAKEN = ("title", "url", "outlet", "author")
SEPARATOR = re.compile(r"\s[|–—·-]\s")
HOST = re.compile(r"https?://(?:www\.)?([^/:?#]+)", re.IGNORECASE)


def named(tree: HtmlElement) -> tuple[Detail, ...]:
    """Give what the fields of a page say: meta elements, JSON-LD and links, the best of each field first."""
    links = [link for link in tree.iter("link") if "canonical" in (link.get("rel") or "").casefold().split()]
    found = [Detail("url", link.get("href") or "", "link canonical", Sureness.STATED) for link in links[:1]]
    found += _of_meta(tree)
    found += _of_scripts(tree)
    if tree.get("lang"):
        found.insert(0, Detail("language", tree.get("lang") or "", "html lang", Sureness.STATED))
    return tuple(kept for detail in found if (kept := _clean(detail)) is not None)


def _clean(detail: Detail) -> Detail | None:
    """The detail in one line, or None where it cannot be what its field says."""
    value = " ".join(detail.value[: 2 * LONGEST].split())
    if not value or len(value) > LONGEST or (detail.field == "url" and not ADDRESS.fullmatch(value)):
        return None
    if detail.field in ("published", "updated"):
        value = as_iso(value) or ""
    if detail.field == "author" and ADDRESS.match(value):
        return None
    return Detail(detail.field, value, detail.how, detail.sureness) if value else None


def _of_meta(tree: HtmlElement) -> Iterator[Detail]:
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        field = META.get(name.casefold()) if name else None
        if name and field:
            yield Detail(field, element.get("content") or "", f"meta {name.casefold()}", Sureness.STATED)


def _of_scripts(tree: HtmlElement) -> Iterator[Detail]:
    """What JSON-LD says of the article."""
    left = MOST_SCRIPTS
    for script in tree.iter("script"):
        if (script.get("type") or "").casefold() != "application/ld+json":
            continue
        text = script.text or ""
        left -= 1
        if left < 0 or len(text) > LARGEST_SCRIPT:
            continue
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(found):
            yield from _of_node(node)


def _nodes(found: object) -> Iterator[Mapping[str, object]]:
    """The articles in JSON-LD: alone, in a list or in a graph."""
    waiting = [(found, 0)]
    seen = 0
    while waiting and seen < MOST_NODES:
        one, depth = waiting.pop()
        seen += 1
        if isinstance(one, list) and depth < DEEPEST:
            waiting += [(part, depth + 1) for part in reversed(one[:MOST_NODES])]
        elif isinstance(one, dict):
            kinds = one.get("@type")
            if any(isinstance(kind, str) and ARTICLES.fullmatch(kind) for kind in _listed(kinds)):
                yield one
            if depth < DEEPEST:
                waiting += [(one[name], depth + 1) for name in ("mainEntity", "@graph") if name in one]


def _of_node(node: Mapping[str, object]) -> Iterator[Detail]:
    for name, field in LINKED.items():
        value = node.get(name)
        if isinstance(value, str):
            yield Detail(field, value, f"JSON-LD {name}", Sureness.STATED)
    page = node.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    if isinstance(page, str):
        yield Detail("url", page, "JSON-LD mainEntityOfPage", Sureness.STATED)
    for name, field in (("publisher", "outlet"), ("sourceOrganization", "credit"), ("author", "author")):
        called = "; ".join(filter(None, (_name(one) for one in _listed(node.get(name))[:10])))
        if called:
            yield Detail(field, called, f"JSON-LD {name}", Sureness.STATED)
    language = node.get("inLanguage")
    if isinstance(language, str):
        yield Detail("language", language, "JSON-LD inLanguage", Sureness.STATED)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _name(one: object) -> str:
    """The name of a person or an organization in JSON-LD."""
    name = one.get("name") if isinstance(one, dict) else one
    return name if isinstance(name, str) else ""


def taken(tree: HtmlElement, fields: tuple[Detail, ...], seen: Survey) -> tuple[Detail, ...]:
    """Give title, address, outlet and author, of each the best first, then what disagrees with it.

    Where no field says it, what trafilatura finds in the words of the page is taken.
    """
    stated = {name: [detail for detail in fields if detail.field == name] for name in TAKEN}
    outlets = {fold(detail.value) for detail in stated["outlet"]}
    stated["title"] = [replace(one, value=_without_outlet(one.value, outlets)) for one in stated["title"]]
    # JSON-LD names persons; a meta element of one word names an account ("admin").
    stated["author"].sort(key=lambda detail: (" " not in detail.value, detail.how[:4] == "meta"))
    found: list[Detail] = []
    for name in TAKEN:
        best = stated[name][0] if stated[name] else _found(name, tree, seen, found)
        if best is None:
            continue
        found.append(best)
        key = fold(best.value)
        others = {fold(one.value): one for one in reversed(stated[name]) if ratio(fold(one.value), key) < SAME}
        found += list(others.values())[::-1][:MOST_OTHERS]
    return tuple(found)


def _byline(element: HtmlElement) -> str | None:
    """The names in a byline, or None where it holds something else."""
    for piece in islice(element.itertext(), PIECES):
        names = BY.sub("", " ".join(piece[:LONGEST].split())).rstrip(" ,|·")
        words = names.split()
        written = 1 < len(words) <= LONGEST_BYLINE and not any(mark.isdigit() for mark in names)
        if written and words[0][0].isupper() and words[-1][0].isupper():
            return names
    return None


def _without_outlet(title: str, outlets: Set[str]) -> str:
    """A title without the name of who publishes it ("600 builders came | Harbor Press")."""
    parts = SEPARATOR.split(title)
    return title[: title.rindex(parts[-1])].rstrip(" |–—·-") if len(parts) > 1 and fold(parts[-1]) in outlets else title


def _found(field: str, tree: HtmlElement, seen: Survey, known: Iterable[Detail]) -> Detail | None:
    """What the words of the page say of a field, or its address of its outlet."""
    value = None
    if field == "title":
        value = extract_title(tree)
    elif field == "author":
        value = next(filter(None, map(_byline, seen.authors)), None)
    elif field == "outlet":
        value = extract_sitename(tree)
    if value and 0 < len(value) <= LONGEST:
        return Detail(field, " ".join(value.split()), f"page {field}", Sureness.READ)
    address = next((detail.value for detail in known if detail.field == "url"), None)
    host = HOST.match(address) if field == "outlet" and address else None
    return Detail(field, host[1], "page address", Sureness.GUESSED) if host else None


def language_of(fields: Iterable[Detail], text: str) -> tuple[Detail, ...]:
    """Give the language that the page states, where its text can be in it: templates say "en" of everything."""
    for detail in fields:
        match = LANGUAGE.fullmatch(detail.value) if detail.field == "language" else None
        if match and _plausible(match[1].casefold(), text):
            return (Detail("language", match[1].casefold(), detail.how, detail.sureness),)
    return ()


def _plausible(language: str, text: str) -> bool:
    """Whether a text can be in a language, by its letters and the commonest English word."""
    words = text[:SAMPLE].casefold().split()
    english = words.count("the") >= ENGLISH * len(words)
    if english or language == "en":
        return english and language == "en"
    read = detect(text)
    if read in CYRILLIC:
        return language == read or language in CYRILLIC - {"ru", "uk"}
    return language == read or (read == "en" and language not in CYRILLIC | {"ko", "ja", "zh"})


def credit_lines(text: str) -> tuple[Detail, ...]:
    """Give the lines at the top and at the end of a text that say from whom it was taken over."""
    lines = [line for line in text.split("\n") if line.strip()]
    ends = lines if len(lines) <= TOP + END else lines[:TOP] + lines[-END:]
    said = dict.fromkeys(line.strip() for line in ends if cues.is_credit(line.strip()))
    return tuple(Detail("credit", line, "line of the text", Sureness.READ) for line in said)
