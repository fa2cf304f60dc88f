"""Pages that say what an earlier page says already: one wire story in two outlets.

Two pages are compared by the runs of letters that their articles share. Runs of letters, not of
words: they are the same measure in every script, and a comma or a line break more changes nothing.
"""

from collections.abc import Iterator
from itertools import chain

import numpy as np
import pandas as pd

from astana_kit import sharing
from astana_kit.lexicon import words
from astana_kit.pages import split_passages
from astana_kit.schema import ARTICLE, COPIES, PASSAGES, article, require, require_unique
from astana_kit.text.script import fold

# Letters, a power of two: two or three words, so that a name or «страны-гаранты» alone is no run
RUN = 16
# A wire story with another headline, a paragraph cut and one of its own shares 60 to 90 % of its
# runs with its source. Of 65 news pages on the rounds, no two of them copies, one pair shares 15 %
# (both quote one communiqué), every other pair 4 % or less
LEAST = 0.6
# Different runs of a page below which it says too little to be a copy: one sentence
SHORTEST = 60
# In pages of one language from this many on, what more than half of them have is furniture:
# «Поделиться в социальных сетях», the notice of banned organisations
FURNISHED = 10
# Of 256 minima, four by four: at a similarity of .6 a pair is missed once in 5,000 times, at .1
# two unrelated pages are compared once in 150 times
BANDS, ROWS = 64, 4
# Minima that two pages share tell their similarity to .03, of short pages .06 (standard errors);
# pairs further below the least than this are not compared run by run. At a similarity of .6 that
# loses one copy of 60 runs in 4,000, and none of 150
MARGIN = 0.2
BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well mixed: Knuth's multiplier
CHUNK = 1 << 20  # characters whose runs are numbered at once
SORTED = 1 << 9  # pages whose runs are counted at once
PAIRS = 1 << 12  # whose minima are compared at once: 4 kB a pair

COPIED = PASSAGES._replace(columns=("doc_id", "passage", "kind", "language", "text"))


def near_duplicates(documents: pd.DataFrame, *, least: float = LEAST) -> pd.DataFrame:
    """Pages that repeat an earlier page of their language, each with the page it repeats.

    Parameters
    ----------
    documents : pages as received, or their passages from ``split_passages``; only the articles are
        compared, menus and link lists are not.
    least : similarity from which a page is a copy: the share of runs of 16 letters that two
        articles have in common, of all that either has (Jaccard; Broder 1997).

    Returns
    -------
    One row per copy (``schema.COPIES``): the page that was published first (of pages without a
        day: that stands first) is the original and has no row; copy_of is the original most like
        it. Sorted by the original. An article of fewer than 60 different runs, about a sentence,
        is no copy.

    Raises
    ------
    ValueError : a column is missing, a doc_id stands twice, or `least` is no share.

    Examples
    --------
    >>> story = "The guarantors met in Astana on Monday and agreed to keep the truce. " * 3
    >>> more = "Observers from Jordan and from the United Nations took part in the talks. "
    >>> documents = pd.DataFrame({
    ...     "doc_id": ["a", "b"], "language": "en", "outlet": ["x", "y"], "title": "",
    ...     "published": pd.to_datetime(["2018-05-15", "2018-05-14"]), "text": [
    ...     f"{more} {story} {more} " + "Delegates of twelve armed groups then left the hall.",
    ...     f"{more} {story} {more} " + "Delegates of twelve armed groups then left."]})
    >>> near_duplicates(documents)[["doc_id", "copy_of", "outlet", "outlet_of"]]
      doc_id copy_of outlet outlet_of
    0      a       b      x         y
    """
    if not 0 < least <= 1:
        raise ValueError(f"least: {least} is no share of what two pages have in common; 0.6 is.")
    passages = split_passages(documents) if "passage" not in documents.columns else documents
    require(passages, COPIED)
    require_unique(passages, PASSAGES)
    pages = _pages(passages)
    parts = _placed(passages, pages)
    found = []
    # one language after the other, because the runs of a page are four times its text
    for language, same in pages.groupby("language", sort=True):
        spoken = np.isin(np.arange(len(pages) + 1), same.index)  # the last is no article's
        rows = [part[spoken[part["page"]]] for part in parts]
        originals = _of_language(rows, str(language), least)
        found += [(same.index[copy], same.index[page], like) for copy, page, like in originals]
    pairs = pd.DataFrame(found, columns=["copy", "page", "similarity"])
    copy, page = (pages.loc[pairs[which]].reset_index(drop=True) for which in ("copy", "page"))
    copies = copy.assign(similarity=pairs["similarity"].astype(float))
    copies = copies.assign(
        copy_of=page["doc_id"], outlet_of=page["outlet"], published_of=page["published"]
    )
    order = copies.assign(place=pairs["page"]).sort_values("place", kind="stable")
    return order[list(COPIES.columns)].reset_index(drop=True)


def _pages(passages: pd.DataFrame) -> pd.DataFrame:
    """One row per page that has an article, in the order of publication."""
    told = article(passages.filter(["doc_id", "kind", "language", "outlet", "published"]))
    for column in ("outlet", "published"):
        if column not in told.columns:
            told = told.assign(**{column: None})
    pages = told.groupby("doc_id", sort=False, observed=True)[
        ["language", "outlet", "published"]
    ].first()
    pages = pages.assign(published=pd.to_datetime(pages["published"])).reset_index()
    return pages.sort_values("published", kind="stable", ignore_index=True)


def _placed(passages: pd.DataFrame, pages: pd.DataFrame) -> list[pd.DataFrame]:
    """The paragraphs in parts of whole pages, each with the place of its page, or -1: no article.

    Parts are no copies of the text.
    """
    place = pd.Index(pages["doc_id"]).get_indexer(pd.Index(passages["doc_id"]))
    place = np.where(passages["kind"].isin(ARTICLE), place, -1)
    return list(sharing.parts(passages[["doc_id", "text"]].assign(page=place), CHUNK))


def _of_language(
    parts: list[pd.DataFrame], language: str, least: float
) -> list[tuple[int, int, float]]:
    """Each copy among the pages of one language with its original, by their places among these."""
    runs = _side_by_side(parts, language)
    pages = _without_furniture([runs[page] for page in sorted(runs)])
    return _originals(pages, _candidates(pages, least), least)


def _side_by_side(parts: list[pd.DataFrame], language: str) -> dict[int, np.ndarray]:
    """The runs of every page, all in one stretch of memory, which is given back as a whole."""
    room = np.empty(sum(int(part["text"].str.len().sum()) for part in parts), dtype="uint64")
    runs, end = {}, 0
    for page, own in chain.from_iterable(_runs(part, language) for part in parts):
        runs[page] = room[end : end + len(own)]
        runs[page][:] = own
        end += len(own)
    return runs


def _runs(rows: pd.DataFrame, language: str) -> Iterator[tuple[int, np.ndarray]]:
    """Of each page the numbers of its different runs of RUN letters, sorted; one run, one number.

    Many pages are read as one text, as few calls for many letters.
    """
    if rows.empty:
        return
    rows = rows.sort_values("page", kind="stable")
    page, first = np.unique(rows["page"].to_numpy(), return_index=True)
    texts = rows["text"].tolist()
    heads = np.cumsum([0, *(len(text) + 1 for text in texts)])[first]
    text = fold("\n".join([*texts, ""]), language).replace("_", "\n")
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    letters = words()[codes]
    sizes = np.add.reduceat(letters, heads, dtype="int64")
    runs = _numbered(codes[letters].astype("uint64"))
    for place, end, size in zip(page.tolist(), np.cumsum(sizes), sizes, strict=True):
        own = np.sort(runs[end - size : max(end - RUN + 1, end - size)])
        yield place, own[np.append(True, own[1:] != own[:-1])[: len(own)]]


def _numbered(runs: np.ndarray) -> np.ndarray:
    """One number for each RUN letters that follow each other: of two halves that of the whole."""
    length = 1
    base = np.array([BASE])  # not one number: what is above 64 bits is to be lost in silence
    while length < RUN:
        runs = runs[:-length] * base + runs[length:]
        length, base = 2 * length, base * base
    # the last letter stands in the low bits alone: spread it over all (MurmurHash3's end)
    runs = (runs ^ (runs >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    return runs ^ (runs >> np.uint64(33))


def _without_furniture(pages: list[np.ndarray]) -> list[np.ndarray]:
    """The runs of each page that few pages share; of a page too short for a copy none."""
    if len(pages) >= FURNISHED:
        furniture = _furniture(pages)
        pages = [_without(page, furniture) for page in pages]
    return [page if len(page) >= SHORTEST else page[:0] for page in pages]


def _without(page: np.ndarray, furniture: np.ndarray) -> np.ndarray:
    """The runs of a page that are no furniture, in the place where all of them stood."""
    kept = np.delete(page, np.searchsorted(page, furniture[_has(page, furniture)]))
    page[: len(kept)] = kept
    return page[: len(kept)]


def _furniture(pages: list[np.ndarray]) -> np.ndarray:
    """Runs that more than half of the pages have, sorted."""
    # what more than half of all pages have, more than half of some part of them have, so that a
    # large corpus need not be sorted as a whole
    parts = (pages[begin : begin + SORTED] for begin in range(0, len(pages), SORTED))
    likely = np.unique(np.concatenate([_common(part) for part in parts]))
    times = np.zeros(len(likely), dtype="int64")
    for page in pages:
        times += _has(page, likely)
    return likely[times > len(pages) / 2]


def _common(pages: list[np.ndarray]) -> np.ndarray:
    runs, times = np.unique(np.concatenate(pages), return_counts=True)
    return runs[times > len(pages) / 2]


def _has(page: np.ndarray, runs: np.ndarray) -> np.ndarray:
    """Which of `runs` a page has, both sorted."""
    if not len(page):
        return np.zeros(len(runs), dtype=bool)
    return page.take(np.searchsorted(page, runs), mode="clip") == runs


def _candidates(pages: list[np.ndarray], least: float) -> pd.DataFrame:
    """Pairs of pages (first, page) that may be alike: those that share a band of minima, and more.

    One-permutation MinHash (Li, Owen and Zhang 2012): the numbers fall into 256 bins, a page is
    known by the least of each; an empty bin takes the next one's (Shrivastava and Li 2014).
    """
    filled = np.array([place for place, page in enumerate(pages) if len(page)], dtype="int64")
    minima = np.array([_minima(pages[place]) for place in filled], dtype="uint64")
    minima = minima.reshape(-1, BANDS * ROWS)  # of no page too
    pairs = _sharing_a_band(minima.reshape(-1, BANDS, ROWS))
    parts = np.array_split(pairs, len(pairs) // PAIRS + 1)
    shared = [np.count_nonzero(minima[part[:, 0]] == minima[part[:, 1]], axis=1) for part in parts]
    near = pairs[np.concatenate(shared) >= (least - MARGIN) * BANDS * ROWS]
    table = pd.DataFrame(filled[near], columns=["first", "page"])
    return table.sort_values(["page", "first"], ignore_index=True)


def _sharing_a_band(bands: np.ndarray) -> np.ndarray:
    """Each row with the first that shares a band with it: (first, row), each pair once.

    Pages come in order: the first of a band is the original of the others, if one is; so a story
    that a thousand pages print makes a thousand pairs and not half a million.
    """
    pairs = []
    for band in range(BANDS):
        keys = np.zeros(len(bands), dtype="uint64")
        for row in range(ROWS):
            keys = keys * BASE + bands[:, band, row]
        _, first, which = np.unique(keys, return_index=True, return_inverse=True)
        others = np.flatnonzero(first[which] < np.arange(len(keys)))
        pairs.append(first[which[others]] * len(keys) + others)
    return np.column_stack(np.divmod(np.unique(np.concatenate(pairs)), max(len(bands), 1)))


def _minima(runs: np.ndarray) -> np.ndarray:
    """The least of the sorted `runs` in each of the bins that part the numbers evenly."""
    bins = np.arange(BANDS * ROWS, dtype="uint64") << np.uint64(64 - 8)
    return runs[np.searchsorted(runs, bins) % len(runs)]


def _originals(
    pages: list[np.ndarray], candidates: pd.DataFrame, least: float
) -> list[tuple[int, int, float]]:
    """Each copy with its original, the earlier page most like it that is no copy itself."""
    copies: dict[int, tuple[int, float]] = {}
    # in the order of the pages: whether the first is a copy itself is known by then
    for first, page in candidates.to_numpy().tolist():
        like = _similarity(pages[first], pages[page]) if first not in copies else 0
        if like >= least and like > copies.get(page, (first, 0.0))[1]:
            copies[page] = (first, like)
    return [(page, first, like) for page, (first, like) in copies.items()]


def _similarity(one: np.ndarray, other: np.ndarray) -> float:
    """Jaccard's: what both have, of what either has."""
    every = np.concatenate([one, other])
    every.sort(kind="stable")  # which joins two that are sorted
    both = np.count_nonzero(every[1:] == every[:-1])
    return both / (len(one) + len(other) - both)
