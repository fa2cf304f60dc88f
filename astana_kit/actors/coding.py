"""A sample of what was found, and of the lines it was looked for in, for people to judge.

Rare actors and small languages are drawn more often than their share, so that they are seen; each
drawn item has a `weight`, the number of items it stands for (the inverse of its chance of being
drawn), with which ``scoring`` gives the common ones their due.
"""

import numpy as np
import pandas as pd

from astana_kit import tables
from astana_kit.schema import (
    FOUND,
    PASSAGES,
    SHEET,
    article,
    refuse_strays,
    require,
    require_unique,
)

TEXTS = ("item", "doc_id", "before", "surface", "after", "actor_id", "label")
"""Columns of a sheet that hold words of the corpus."""

# A spreadsheet takes a cell that begins so for a formula; the apostrophe itself is on the list so
# that every cell can be turned back
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")


def coding_sheet(
    mentions: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    n: int = 100,
    seed: int = 0,
    actors: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Sheet of mentions and passages for a person to judge; ``sheet.to_csv(…)`` writes it.

    The coder writes into three columns. `right`: yes or no. Of a mention: is it this actor, with
    these letters? Of a passage: are all its actors found (`surface` lists those that are)?
    `missed`: of a passage with a no, the names that are missing, parted by semicolons. `coder`:
    who judged. A second coder fills in a copy.

    Parameters
    ----------
    mentions : from ``find_actors``.
    passages : the passages that were searched.
    n : items to draw, a third of them passages with and without mentions; all where there are
        fewer.
    seed : the same seed draws the same items.
    actors : the table of actors, for the English label; without it, the kit's own.

    Returns
    -------
    One row per item (``schema.SHEET``), mentions first, in the order of the pages. Mentions are
    drawn by language and actor, passages by language and by whether they have a mention; the less
    common a kind, the more likely each of it is drawn. A cell of text that a spreadsheet would
    run as a formula begins with an apostrophe, which ``restored`` takes off.

    Raises
    ------
    ValueError : a column is missing, n is below 2, or a mention lies outside of `passages`.

    Examples
    --------
    >>> passages = pd.DataFrame({
    ...     "doc_id": ["a"], "passage": [0], "start": [0], "stop": [21], "kind": ["body"],
    ...     "language": ["tr"], "text": ["Rusya heyeti toplandı"]})
    >>> mentions = pd.DataFrame({
    ...     "doc_id": ["a"], "start": [0], "stop": [5], "passage": [0], "surface": ["Rusya"],
    ...     "actor_id": ["russia"]})
    >>> sheet = coding_sheet(mentions, passages, n=2)
    >>> sheet[["item", "kind", "surface", "after", "label"]]
         item     kind surface            after   label
    0   a:0-5  mention   Rusya   heyeti toplandı  Russia
    1  a:0-21  passage   Rusya
    """
    if n < 2:
        raise ValueError(f"n: {n} items cannot hold a mention and a passage; 100 serve well.")
    read = _read(mentions, passages)
    labels = tables.actors(actors).set_index("actor_id")["name"]
    seen = _seen(mentions, read)
    many = min(n - n // 3, len(seen))
    most = min(n - many, len(read))
    many = min(n - most, len(seen))
    generator = np.random.default_rng(seed)
    drawn = [
        _draw(seen, ["language", "actor_id"], many, generator),
        _draw(read.assign(named=read["surface"] != ""), ["language", "named"], most, generator),
    ]
    sheet = pd.concat(drawn, ignore_index=True)
    sheet["item"] = (
        sheet["doc_id"] + ":" + sheet["start"].astype(str) + "-" + sheet["stop"].astype(str)
    )
    sheet = sheet.assign(
        label=sheet["actor_id"].map(labels).fillna(""), right="", missed="", coder=""
    )
    sheet[list(TEXTS)] = sheet[list(TEXTS)].map(_guarded)
    return sheet[list(SHEET.columns)]


def _read(mentions: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Passages as items: the whole line in `before`, the names found in it in `surface`."""
    require(mentions, FOUND, "surface", "actor_id")
    require(
        passages,
        PASSAGES._replace(
            columns=("doc_id", "passage", "start", "stop", "kind", "language", "text")
        ),
    )
    require_unique(passages, PASSAGES)
    columns = ["doc_id", "passage", "start", "stop", "language", "text"]
    read = article(passages)[columns].astype({"doc_id": str, "language": str})
    found = mentions.astype({"doc_id": str}).groupby(["doc_id", "passage"], sort=False)["surface"]
    read = read.merge(found.agg("; ".join).reset_index(), on=["doc_id", "passage"], how="left")
    return read.fillna({"surface": ""}).assign(
        kind="passage", actor_id="", before=read["text"], after=""
    )


def _seen(mentions: pd.DataFrame, read: pd.DataFrame) -> pd.DataFrame:
    """Mentions as items: the line before and after each."""
    places = read[["doc_id", "passage", "language", "text", "start"]].rename(
        columns={"start": "head"}
    )
    found = mentions[["doc_id", "passage", "start", "stop", "surface", "actor_id"]]
    seen = found.astype({"doc_id": str, "actor_id": str}).merge(
        places, how="left", on=["doc_id", "passage"]
    )
    refuse_strays(seen, seen["text"].isna(), "headline and body passages given")
    head = seen["head"].astype("int64")
    spans = list(zip(seen["text"], seen["start"] - head, seen["stop"] - head, strict=True))
    return seen.assign(
        kind="mention",
        before=[text[:start] for text, start, _ in spans],
        after=[text[stop:] for text, _, stop in spans],
    )


def _draw(
    items: pd.DataFrame, strata: list[str], n: int, generator: np.random.Generator
) -> pd.DataFrame:
    """`n` of `items`, with the weight of each: a systematic sample in random order of strata.

    The chance of an item falls with the square root of how many are of its kind, and the
    languages share `n` evenly; so the rare are seen and the common still weigh.
    """
    if not n:
        return items.iloc[:0].assign(weight=1.0)
    size = items.groupby(strata)[strata[0]].transform("size")
    wish = 1 / np.sqrt(size.to_numpy(dtype=float))
    wish /= pd.Series(wish).groupby(items["language"].to_numpy()).transform("sum").to_numpy()
    chance = _chances(wish, n)
    order = np.lexsort(
        [generator.random(len(items)), *(items[s].to_numpy() for s in reversed(strata))]
    )
    # One item at each whole step along the summed chances, from a random place in the first step
    steps = np.floor(np.cumsum(chance[order]) + generator.random() + 1e-9)
    taken = order[np.diff(steps, prepend=0) > 0][:n]
    return items.assign(weight=1 / chance).iloc[np.sort(taken)]


def _chances(wish: np.ndarray, n: int) -> np.ndarray:
    """Chances in proportion to `wish` that sum to `n`, none above 1."""
    chance = np.zeros(len(wish))
    sure = np.zeros(len(wish), dtype=bool)
    while True:
        left = n - sure.sum()
        chance[~sure] = wish[~sure] / max(wish[~sure].sum(), 1e-300) * left
        chance[sure] = 1
        if not (chance > 1).any():
            return chance
        sure |= chance >= 1


def _guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet runs."""
    return f"'{text}" if text.startswith(FORMULA) else text


def restored(sheet: pd.DataFrame) -> pd.DataFrame:
    """`sheet` with its texts as they stand in the corpus, without the apostrophes that guard them.

    >>> restored(pd.DataFrame({"item": ["a:0-4"], "before": ["'- Иран"]})).loc[0, "before"]
    '- Иран'
    """
    texts = [column for column in TEXTS if column in sheet.columns]
    return sheet.assign(**{text: sheet[text].str.removeprefix("'") for text in texts})
