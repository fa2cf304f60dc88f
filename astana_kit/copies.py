"""Pages that say what an earlier page says already: one wire story in two outlets.

Two pages are compared by the runs of letters that their articles share. Runs of letters, not of
words: they are the same measure in every script, and a comma or a line break more changes nothing.
"""

import numpy as np
import pandas as pd

from astana_kit.pages import split_passages
from astana_kit.schema import COPIES, PASSAGES, article, require, require_unique
from astana_kit.text.script import fold

RUN = 16  # letters: two or three words, so that a name or «страны-гаранты» alone is no run
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
    pages = _articles(documents)
    found = []
    for _, same in pages.groupby("language", sort=True):
        runs = _without_furniture([_runs(text) for text in same["text"]])
        originals = _originals(runs, _candidates(runs, least), least)
        found += [(same.index[copy], same.index[page], like) for copy, page, like in originals]
    pairs = pd.DataFrame(found, columns=["copy", "page", "similarity"])
    copy, page = (pages.loc[pairs[which]].reset_index(drop=True) for which in ("copy", "page"))
    copies = copy.drop(columns="text").assign(similarity=pairs["similarity"].astype(float))
    copies = copies.assign(
        copy_of=page["doc_id"], outlet_of=page["outlet"], published_of=page["published"]
    )
    order = copies.assign(place=pairs["page"]).sort_values("place", kind="stable")
    return order[list(COPIES.columns)].reset_index(drop=True)


def _articles(documents: pd.DataFrame) -> pd.DataFrame:
    """One row per page with its article folded, in the order of publication."""
    if "passage" not in documents.columns:
        documents = split_passages(documents)
    require(documents, COPIED)
    require_unique(documents, PASSAGES)
    told = article(documents)
    for column in ("outlet", "published"):
        if column not in told.columns:
            told = told.assign(**{column: None})
    pages = told.groupby("doc_id", sort=False, observed=True).agg(
        {"language": "first", "outlet": "first", "published": "first", "text": "\n".join}
    )
    pages["published"] = pd.to_datetime(pages["published"])
    folded = [
        fold(text, language)
        for text, language in zip(pages["text"], pages["language"], strict=True)
    ]
    pages = pages.assign(text=folded).reset_index()
    return pages.sort_values("published", kind="stable", ignore_index=True)


def _runs(text: str) -> np.ndarray:
    """Numbers of the different runs of RUN letters in `text`, sorted; one run, one number."""
    letters = "".join(filter(str.isalnum, text)).encode("utf-32-le")
    codes = np.frombuffer(letters, dtype="<u4").astype("uint64")
    many = max(len(codes) - RUN + 1, 0)
    runs = np.zeros(many, dtype="uint64")
    for place in range(RUN):
        runs = runs * BASE + codes[place : place + many]
    # the last letter stands in the low bits alone: spread it over all (MurmurHash3's end)
    runs = (runs ^ (runs >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    return np.unique(runs ^ (runs >> np.uint64(33)))


def _without_furniture(pages: list[np.ndarray]) -> list[np.ndarray]:
    """The runs of each page that few pages share; of a page too short for a copy none."""
    if len(pages) >= FURNISHED:
        runs, times = np.unique(np.concatenate(pages), return_counts=True)
        furniture = runs[times > len(pages) / 2]
        pages = [np.setdiff1d(page, furniture, assume_unique=True) for page in pages]
    return [page if len(page) >= SHORTEST else page[:0] for page in pages]


def _candidates(pages: list[np.ndarray], least: float) -> pd.DataFrame:
    """Pairs of pages (first, page) that may be alike: those that share a band of minima, and more.

    One-permutation MinHash (Li, Owen and Zhang 2012): the numbers fall into 256 bins, a page is
    known by the least of each; an empty bin takes the next one's (Shrivastava and Li 2014).
    """
    filled = [place for place, page in enumerate(pages) if len(page)]
    minima = np.array([_minima(pages[place]) for place in filled], dtype="uint64")
    bands = minima.reshape(len(filled), BANDS, ROWS)
    keys = np.zeros(bands.shape[:2], dtype="uint64")
    for row in range(ROWS):
        keys = keys * BASE + bands[:, :, row]
    table = pd.DataFrame(
        {
            "page": np.repeat(np.array(filled, dtype="int64"), BANDS),
            "band": np.tile(np.arange(BANDS), len(filled)),
            "key": keys.ravel(),
        }
    )
    # pages come in order: the first of a band is the original of the others, if one is; so a
    # story that a thousand pages print makes a thousand pairs and not half a million
    table["first"] = table.groupby(["band", "key"])["page"].transform("min")
    pairs = table.loc[table["first"] < table["page"], ["first", "page"]].drop_duplicates()
    shared = [  # one by one: all at once would be 4 kB a pair
        np.count_nonzero(minima[first] == minima[page])
        for first, page in np.searchsorted(filled, pairs)
    ]
    near = np.array(shared) >= (least - MARGIN) * BANDS * ROWS
    return pairs[near].sort_values(["page", "first"], ignore_index=True)


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
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)
