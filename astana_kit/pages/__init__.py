"""What of a page is headline, body, dateline, related, boilerplate; documents to passages.

A saved page is a list of lines: menus and tickers, somewhere a headline and the article, then link
lists, forms, the foot. `line` reads each line alone, `blocks` finds the article among
them, and here each line gets its kind by where it stands to the article.
"""

from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.extensions import ExtensionArray

from astana_kit import sharing
from astana_kit.pages import blocks
from astana_kit.pages.blocks import Block, Page
from astana_kit.pages.line import (
    ADDRESS,
    AGENCY,
    BULLET,
    DATE,
    Line,
    is_dated,
    is_deck,
    is_heading,
    is_link,
    is_sentence,
    is_shouted,
    lines,
    may_head,
)
from astana_kit.schema import DOCUMENTS, PASSAGES, SENTENCES, article, require, require_unique
from astana_kit.text.words import sentences

CHUNK = 1 << 21  # characters split by one process at a time
BLOCK = 1 << 14  # texts held as Python's own strings at once
TAIL = 3  # lines behind an article among which its last paragraph may stand

PAGES = DOCUMENTS._replace(columns=("doc_id", "language", "outlet", "published", "text"))


class Paragraph(NamedTuple):
    """One non-empty line of a page, without the white space around it."""

    start: int
    stop: int
    kind: str


def paragraphs(text: str, language: str) -> list[Paragraph]:
    r"""Every non-empty line of a page in order, with its kind.

    A text of one paragraph is body; so is, where no line reads as prose, whatever no rule names.

    >>> page = "Меню\nПереговоры начались снова\nСтороны снова собрались в Астане.\nПечать"
    >>> [(page[p.start : p.stop][:10], p.kind) for p in paragraphs(page, "ru")]
    [('Меню', 'boilerplate'), ('Переговоры', 'headline'), ('Стороны сн', 'body'),
     ('Печать', 'boilerplate')]
    """
    found = lines(text, language)
    kinds = _kinds(blocks.read(found)) if len(found) > 1 else ["body"] * len(found)
    return [Paragraph(line.start, line.stop, kind) for line, kind in zip(found, kinds, strict=True)]


def split_passages(documents: pd.DataFrame) -> pd.DataFrame:
    r"""Passages: the paragraphs of each page, each with its kind.

    Parameters
    ----------
    documents : one row per page; a column that is not the kit's own is carried to each passage.

    Returns
    -------
    One row per non-empty line, in the order of the pages and of their lines: doc_id, passage
    (0, 1, 2 … on each page), start, stop, kind (one of ``schema.KINDS``), language, outlet,
    published, text, then the carried columns.

    Raises
    ------
    ValueError : a column is missing, a doc_id stands twice, or a carried column has a taken name.

    Examples
    --------
    >>> documents = pd.DataFrame({
    ...     "doc_id": ["a"], "language": ["en"], "outlet": ["-"], "published": [pd.NaT],
    ...     "text": ["New talks opened\nThe delegations met again in Astana on Monday.\nShare"]})
    >>> split_passages(documents)[["passage", "start", "stop", "kind"]]
       passage  start  stop         kind
    0        0      0    16     headline
    1        1     17    63         body
    2        2     64    69  boilerplate
    """
    require(documents, PAGES)
    require_unique(documents, DOCUMENTS)
    _refuse_taken(_carried(documents))
    parts = sharing.parts(documents.astype({"text": "str"}), CHUNK)
    passages = pd.concat(sharing.each(_split, parts), ignore_index=True)
    # of several pieces all would be joined anew at every look at some rows
    texts = pa.table(passages[["text"]])["text"].combine_chunks()
    passages = passages.assign(text=pd.array(texts, dtype="str"))
    pa.default_memory_pool().release_unused()  # Arrow would keep the room of the pieces
    return passages


def _carried(documents: pd.DataFrame) -> list[str]:
    return [column for column in documents.columns if column not in DOCUMENTS.columns]


def _split(documents: pd.DataFrame) -> pd.DataFrame:
    """Paragraphs of some pages."""
    carried = _carried(documents)
    texts = documents["text"]
    pages = list(map(paragraphs, texts, documents["language"]))
    found = [one for page in pages for one in page]
    # without the pages themselves, or each would be held once a paragraph
    passages = documents[["doc_id", "language", "outlet", "published", *carried]]
    of = np.repeat(np.arange(len(pages)), list(map(len, pages)))
    passages = passages.iloc[of].reset_index(drop=True)
    passages["passage"] = _integers([number for page in pages for number in range(len(page))])
    passages["start"] = _integers([one.start for one in found])
    passages["stop"] = _integers([one.stop for one in found])
    passages["kind"] = pd.Series([one.kind for one in found], dtype="str")
    passages["text"] = _strings(
        text[one.start : one.stop] for text, page in zip(texts, pages, strict=True) for one in page
    )
    return passages[[*PASSAGES.columns, *carried]]


def split_sentences(passages: pd.DataFrame) -> pd.DataFrame:
    """Sentences of the headline and body passages, with their place in the page.

    Parameters
    ----------
    passages : one row per paragraph of a page, as ``split_passages`` makes them.

    Returns
    -------
    One row per sentence, in the order of `passages`: doc_id, start, stop, passage, language, text.

    Raises
    ------
    ValueError : a column of passages is missing.

    Examples
    --------
    >>> passages = pd.DataFrame({
    ...     "doc_id": ["a"], "passage": [0], "start": [9], "stop": [32], "kind": ["body"],
    ...     "language": ["en"], "outlet": ["-"], "published": [pd.NaT],
    ...     "text": ["They met. They parted."]})
    >>> split_sentences(passages)[["start", "stop", "text"]]
       start  stop          text
    0      9    18     They met.
    1     19    31  They parted.
    """
    require(passages, PASSAGES)
    told = article(passages)
    spans = [
        sentences(text, language)
        for text, language in zip(told["text"], told["language"], strict=True)
    ]
    of = np.repeat(np.arange(len(spans)), [len(found) for found in spans])
    rows = told[["doc_id", "start", "passage", "language"]].iloc[of].reset_index(drop=True)
    starts = _integers([start for found in spans for start, _ in found])
    stops = _integers([stop for found in spans for _, stop in found])
    rows["text"] = _strings(
        text[start:stop]
        for text, found in zip(told["text"], spans, strict=True)
        for start, stop in found
    )
    rows["stop"] = (rows["start"] + stops).astype("int32")
    rows["start"] = (rows["start"] + starts).astype("int32")
    return rows[[*SENTENCES.columns]]


def _refuse_taken(carried: list[str]) -> None:
    taken = [column for column in carried if column in PASSAGES.columns]
    if taken:
        raise ValueError(
            f"documents: the column {', '.join(taken)} has a name that passages need for their own "
            f"({', '.join(PASSAGES.columns)}); rename it before splitting."
        )


def _strings(texts: Iterator[str]) -> ExtensionArray:
    """A column of `texts`, which would take three times its memory as Python's own strings."""
    blocks = iter(lambda: list(islice(texts, BLOCK)), [])
    arrays = [pa.array(block, pa.large_string()) for block in chain([[]], blocks)]
    return pd.array(pa.concat_arrays(arrays), dtype="str")


def _integers(numbers: list[int]) -> np.ndarray:
    return np.array(numbers, dtype="int32")


def _kinds(page: Page) -> list[str]:
    """Kind of each line; where no line reads as prose, what no rule names is body."""
    block = blocks.main_block(page)
    if block is None:
        return [line.mark.kind if line.mark else "body" for line in page.lines]
    headline = blocks.headline(page, block)
    block = _widened(page, block, headline)
    below = headline + 1 if headline >= 0 or not page.menu else block.first
    kinds = ["boilerplate"] * below + list(_below(page, block, below))
    if headline >= 0:
        kinds[headline] = "headline"
    return kinds


def _widened(page: Page, block: Block, headline: int) -> Block:
    """`block` with the lines beside it that the search left out because they are short or alone."""
    first, last = block.first, block.last
    while last + 1 in page.items:
        last += 1
    if page.menu:
        return block._replace(last=_with_end(page.lines, last))
    while first - 1 > headline and is_sentence(page.lines[first - 1]):
        first -= 1
    for line in page.lines[last + 1 :]:
        if not (is_sentence(line) or is_deck(line)):
            break
        last += 1
    return block._replace(first=first, last=last)


def _with_end(found: list[Line], last: int) -> int:
    """Place of an article's last line, which may lack its full stop, or stand alone.

    A subheading, «Реклама», «شاهد: …» may part it from the others; teasers would be followed by
    more of their kind.
    """
    for place in range(last + 1, min(last + 1 + TAIL, len(found))):
        line, below = found[place], next(iter(found[place + 1 : place + 2]), None)
        if is_heading(line):
            break
        if is_deck(line) and (line.prose or place == last + 1) and _is_small(below):
            return place
        if line.prose:
            break
    return last


def _is_short_deck(line: Line) -> bool:
    """Whether a line right under a headline goes on with it: no caption «… (ТАСС)», no byline."""
    byline = " - " in line.text or DATE.search(line.text) or AGENCY.search(line.text)
    return line.words > blocks.ENTRY and may_head(line) and not byline


def _is_signature(line: Line) -> bool:
    """Whether a line is a name and no more, «Айдос ӘШІМҰЛЫ», or a date."""
    named = all(word[0].isupper() for word in line.text.split())
    return is_dated(line) or (_is_small(line) and named and not is_sentence(line))


def _is_small(line: Line | None) -> bool:
    """Whether a line is none, or a mark, or no longer than a name."""
    return line is None or line.mark is not None or line.words <= blocks.ENTRY


def _below(page: Page, block: Block, start: int) -> Iterator[str]:
    """Kinds of the lines from `start`, which stands under the headline, to the end of the page."""
    heading = None  # the kind that an open heading gives to the lines under it
    told = not page.menu  # of a text without menus only what follows a button is no article
    for place, line in enumerate(page.lines[start:], start):
        inside = place <= block.last
        if place == block.last or (inside and line.prose):
            heading = None
            yield "body"
        elif line.mark:
            told = told and inside
            if is_heading(line):
                heading = line.mark.kind
            elif heading and not inside and line.mark.kind != "dateline":
                heading = "boilerplate"
            # «Корреспондент: …» in a list of the staff is no dateline of the article
            yield heading if heading and line.mark.kind == "dateline" else line.mark.kind
        elif heading:
            # «ЗАЧЕМ МЫ ДЕЛАЕМ …»: a heading in capitals, the outlet speaks of itself
            heading = "boilerplate" if is_shouted(line) and not inside else heading
            yield heading
        elif inside:
            yield _between(page, block, place, start)
        elif _is_signature(line) if told else place == block.last + 1 and _is_small(line):
            yield "dateline"
        else:
            yield "body" if told else "boilerplate"


def _between(page: Page, block: Block, place: int, start: int) -> str:
    """Kind of an unmarked line that is no prose, between headline and last paragraph.

    `start` is the line right under the headline.
    """
    line = page.lines[place]
    if place < block.first:
        begun = not page.menu and any(map(is_sentence, page.lines[start : place + 1]))
        deck = begun or is_deck(line) or (place == start and _is_short_deck(line))
        return "body" if deck else "dateline"
    if place in page.insets:
        return "related"
    if is_dated(line) or ADDRESS.search(line.text):
        return "dateline"
    if not page.menu or is_sentence(line) or BULLET.match(line.text):
        return "body"
    first = last = place
    while first - 1 > block.first and not page.lines[first - 1].prose:
        first -= 1
    while last + 1 < block.last and not page.lines[last + 1].prose:
        last += 1
    run = page.lines[first : last + 1]
    dated = is_link(line) and any(map(is_dated, run))  # a link and the day of its story
    listed = any(BULLET.match(near.text) or near.text[-1] == ":" for near in run)
    if not dated and (len(run) <= 2 or listed):
        return "body"  # a subheading, or the items of a list
    return "related" if line.words > blocks.ENTRY else "boilerplate"
