"""A saved web page → its article, and what the page says of itself: title, outlet, day.

trafilatura finds the article. The day is one that the page states as its own (meta tags, JSON-LD,
microdata): its guesses from an address, a copyright line or a bare year are not asked for.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

import trafilatura
from lxml.etree import ElementDefaultClassLookup, LxmlError, XPath
from lxml.html import HtmlElement, HTMLParser, fromstring
from trafilatura.settings import Document, Extractor
from trafilatura.utils import repair_faulty_html
from trafilatura.xpaths import TEASER_DISCARD_XPATH as TEASERS  # left out where others are asked

from astana_kit import tables
from astana_kit.reading.days import LINE, has_two_readings, stated_day, written_day

# Its warnings would stand on the terminal; what it cannot read is listed by the kit
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

# Made once: each time their defaults are read from a file
COMPARED = Extractor(output_format="python", comments=False)
ALONE = Extractor(output_format="python", comments=False, fast=True)

# trafilatura's own but for the class of elements, which lxml.html looks up by each one's name
PARSER = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
PARSER.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))

PARAGRAPHS = XPath(".//p//text()", smart_strings=False)
MARKED = XPath("//*[@itemprop=$name]")
BEHIND = XPath("following::text()[normalize-space() and not(parent::script or parent::style)]")
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")  # lxml refuses letters that declare an encoding
BLANKS = re.compile(r"\s+")
HOST = re.compile(r"https?://(?:www\.)?([^/:?#]+)", re.IGNORECASE)
ARTICLE = re.compile(r"(?:Article|Posting|Report)$")  # types of schema.org: "NewsArticle"
PAGE = re.compile(r"(?:Web|Item)Page$")  # whose day is the article's; a WebSite's is its founding
# Parts of a page that are not its article, by the element or by what sites call them
APART = {"article", "aside", "nav"}
BESIDE = re.compile(
    r"(?<![a-z])(?:comment(?!ary)|teaser|related|recommend|sidebar|popular)", re.IGNORECASE
)
INLINE = {"a", "abbr", "b", "br", "em", "font", "i", "mark", "q", "small", "span", "strong", "u"}
TITLE = 40  # characters of a link that is the headline of another story
MANY = 100  # marks of a page, and links of a part, that are looked at
FEW = 250  # characters of an article; with fewer trafilatura looks for more
SHORTEST = 80  # characters of an article; a menu alone has fewer
NODES = 10_000  # of JSON-LD that are looked at
NEAR = 400  # texts behind the headline among which the printed date stands
PROSE = 150  # characters; with a longer line the article has begun


class Said(NamedTuple):
    """One thing that a page says of itself, and where."""

    place: str
    words: str


class WebPage(NamedTuple):
    """The article of a saved page and what the page says of itself."""

    text: str
    title: str | None
    outlet: str | None
    published: date | None
    published_source: str | None


def declared(content: bytes) -> str | None:
    """Encoding that the bytes of a page declare in a meta tag.

    >>> declared(b'<html><meta http-equiv="x" content="text/html; charset=Windows-1251">')
    'windows-1251'
    """
    found = CHARSET.search(content[:4096])
    return found[1].decode("ascii").lower() if found else None


def extract(html: str) -> WebPage | None:
    r"""Article of the page `html` with what it says of itself; None where no article is found.

    >>> page = extract("<html><head><meta property='og:title' content='Talks open'></head><body>"
    ...     "<article><p>" + "The delegations met again in Astana. " * 9 + "</p></article></body>")
    >>> page.title, page.text[:30]
    ('Talks open', 'Talks open\nThe delegations met')
    """
    tree = _tree(html)
    if tree is None:
        return None
    said = _said(tree)
    outlet = _outlet(said)
    title = _title(said, outlet)
    asked = any(has_two_readings(one.words) for one in said["published"])
    text = " ".join([title or "", *PARAGRAPHS(tree)]) if asked else ""
    day, words = _published(said["published"], text)
    printed = None if day else _printed(tree)
    body = _article(tree, len(html))
    if len(body) < SHORTEST:
        return None
    first, _, rest = body.partition("\n")
    lines = [title or first, printed, rest if first == title or not title else body]
    return WebPage("\n".join(filter(None, lines)), title, outlet, day, words)


def _tree(html: str) -> HtmlElement | None:
    """What ``trafilatura.load_html`` makes of a page, in less time where it has head and body."""
    declaration = DECLARATION.match(html)
    html = html[declaration.end() :] if declaration else html
    try:
        tree = fromstring(repair_faulty_html(html, html[:50].lower()), parser=PARSER)
    except (LxmlError, ValueError):
        tree = ()
    return tree if len(tree) > 1 else trafilatura.load_html(html)


def _article(tree: HtmlElement, size: int) -> str:
    """Text of the article in a page whose source has `size` characters, "" where none is found.

    trafilatura asks two other finders too, and takes what they have if it is twice as long as its
    own paragraphs. Where these are most of the whole source it cannot be: they need not be asked.
    """
    if _length(PARAGRAPHS(tree)) > size / 2 and not any(find(tree) for find in TEASERS):
        alone = trafilatura.bare_extraction(tree, options=ALONE)
        if isinstance(alone, Document) and _is_most(alone.body, size):
            return alone.text or ""
    found = trafilatura.bare_extraction(tree, options=COMPARED)
    return getattr(found, "text", None) or ""


def _is_most(article: HtmlElement, size: int) -> bool:
    """Whether paragraphs of the page are most of its `size` characters, and no table among them.

    For more tables than paragraphs others are asked. And where trafilatura finds too little, it
    makes paragraphs of whatever text there is, which stand on no line of the page.
    """
    own = any(one.sourceline for one in article.iter("p")) and article.find(".//table") is None
    return own and _length(PARAGRAPHS(article)) > max(FEW, size / 2)


def _length(texts: Iterable[str]) -> int:
    return sum(map(len, texts))


def _said(tree: HtmlElement) -> dict[str, list[Said]]:
    """What the page says of its day, title, outlet and address, best first."""
    nodes = list(_articles(tree))
    meta: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        key = tag.get("property") or tag.get("name") or ""
        meta.setdefault(key.strip().lower(), []).append(tag.get("content") or "")
    found: dict[str, list[Said]] = {}
    for says, place, name in _names():
        if place == "meta":
            values: Iterable[object] = meta.get(name.lower(), [])
        elif place == "json-ld":
            dated = nodes if says != "published" else filter(_is_dated, nodes)
            values = (_value(node.get(name)) for node in dated)
        else:
            tags = _own(tree, MARKED(tree, name=name)[:MANY])
            values = (tag.get("content") or tag.get("datetime") for tag in tags)
        found.setdefault(says, []).extend(
            Said(f"{place} {name}", _line(value)) for value in values if isinstance(value, str)
        )
    heads = [_words(head) for head in tree.iter("h1")]
    titles = [_line(name.text or "") for name in tree.iter("title")]
    own = heads if len(heads) == 1 else titles[:1]
    found["title"] += [Said("the page itself", words) for words in own]
    return {says: [one for one in every if one.words] for says, every in found.items()}


@cache
def _names() -> list[tuple[str, str, str]]:
    table = tables.meta_names()
    return list(zip(table["says"], table["place"], table["name"], strict=True))


def _articles(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """What JSON-LD says of the page as an article, or if of none, of the page."""
    pages: list[dict[str, object]] = []
    articles: list[dict[str, object]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                (articles if _is_a(node, ARTICLE) else pages).append(node)
                waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]
    return iter(articles or pages)


def _is_a(node: dict[str, object], kind: re.Pattern[str]) -> bool:
    """Whether one of the types of a node is of this kind: "NewsArticle", ["Thing", "Article"]."""
    types = node.get("@type")
    return any(kind.search(str(one)) for one in (types if isinstance(types, list) else [types]))


def _is_dated(node: dict[str, object]) -> bool:
    """Whether the day of a node can be the article's: that of a WebSite or a Comment is not."""
    return _is_a(node, ARTICLE) or _is_a(node, PAGE)


def _own(tree: HtmlElement, tags: list[HtmlElement]) -> list[HtmlElement]:
    """Those of `tags` that speak of the article: not of a comment, a teaser, a related story."""
    if not tags:
        return []
    longest = max(tree.iter("p"), key=lambda one: len(_words(one)), default=tree)
    around = {part for one in (longest, *_headline(tree)) for part in one.iterancestors()}
    parts = {part for tag in tags for part in tag.iterancestors()} - around
    others = {part for part in parts if _is_other(part)}
    return [tag for tag in tags if others.isdisjoint(tag.iterancestors())]


def _headline(tree: HtmlElement) -> list[HtmlElement]:
    """The headline of a page that has one, and not several."""
    heads = [head for head in tree.iter("h1") if _words(head)]
    return heads if len(heads) == 1 else []


def _is_other(part: HtmlElement) -> bool:
    """Whether a part without the headline and the article is something else than their frame."""
    if part.tag in APART or BESIDE.search(f"{part.get('class')} {part.get('id')}"):
        return True
    return any(len(_words(link)) >= TITLE for link in islice(part.iter("a"), MANY))


def _words(element: HtmlElement) -> str:
    return _line("".join(element.itertext()))


def _value(value: object) -> object:
    """A value of JSON-LD as a string: the name of the publisher, the first of several."""
    if isinstance(value, list) and value:
        value = value[0]
    return value.get("name") if isinstance(value, dict) else value


def _line(words: str) -> str:
    return BLANKS.sub(" ", words).strip()


def _outlet(said: dict[str, list[Said]]) -> str | None:
    """Name of the site, or the host of the address that the page gives as its own."""
    if said["outlet"]:
        return said["outlet"][0].words
    hosts = (HOST.match(one.words) for one in said["address"])
    return next((host[1].lower() for host in hosts if host), None)


def _title(said: dict[str, list[Said]], outlet: str | None) -> str | None:
    """Title without the name of the site that follows it: «Переговоры начались | ТАСС»."""
    if not said["title"]:
        return None
    title = said["title"][0].words
    if outlet:
        title = re.sub(rf"\s*[|–—-]\s*{re.escape(outlet)}$", "", title) or title
    return title


def _published(said: list[Said], text: str) -> tuple[date | None, str | None]:
    """Day that the page states as its own, and where; no day where two of its statements differ."""
    days = [(day, one) for one in said if (day := stated_day(one.words, text))]
    if not days:
        return None, None
    day, first = days[0]
    other = next((one for late, one in days if abs(late - day).days > 1), None)  # one is the zone
    if other:
        quoted = (f"{one.place} «{one.words}»" for one in (first, other))
        return None, f"contradicted: {', '.join(quoted)}"
    return day, f"{first.place} «{first.words}»"


def _printed(tree: HtmlElement) -> str | None:
    """The line with a date between headline and article, which trafilatura leaves out."""
    dated = []
    for element in chain.from_iterable(map(_before_prose, _headline(tree))):
        words = _line(element.text)
        if 6 <= len(words) <= LINE and any(map(str.isdigit, words)) and written_day(words):
            dated.append(element)
    lines = {_line(element.text) for element in _own(tree, dated)}
    return lines.pop() if len(lines) == 1 else None


def _before_prose(head: HtmlElement) -> Iterator[HtmlElement]:
    """Elements behind a headline that begin with words, up to the article's first paragraph.

    That may be in pieces: <p><b>…</b>…<i>…</i></p>, text<br>text. A long row of links is a menu.
    """
    former, length = None, 0
    for run in islice(BEHIND(head), NEAR):
        beside = run.getparent()
        block = beside.getparent() if run.is_tail else beside
        link = False
        while block.tag in INLINE and (outer := block.getparent()) is not None:
            link, block = link or block.tag == "a", outer
        length = (length if block is former else 0) + (0 if link else len(_line(run)))
        former = block
        if length > PROSE:
            return
        if run.is_text:
            yield beside
