"""A lexicon of names or terms found in running text, in one pass over each language.

Marks that are no letters and quotation marks are left out of the reading; what is joined to a hit
is checked after. Offsets are the text's own.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd

from astana_kit.lexicon import (
    ALL,
    ANY,
    SKIPPED,
    Lexicon,
    Part,
    Pattern,
    compile_lexicon,
    large,
    marks,
    small,
    words,
)
from astana_kit.schema import ARTICLE, PASSAGES, article, require
from astana_kit.text.inflect import JOINERS
from astana_kit.text.script import bare, fold

__all__ = ["Lexicon", "compile_lexicon", "find"]

CHUNK = 1 << 18  # characters searched at once: enough to be quick, few enough to stay in the cache
REACH = 24  # letters joined to a name at the most; a longer word is another word
END = "\n"  # parts passages; in no name
NO_HIT = (-1, -1)
HASH = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no letter of a word is lost


def find(passages: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Everything of `lexicon` that headline and body passages say, in the passage's own language.

    The longest name wins and is found once. A passage in a language without a part in the lexicon,
    or undetermined ("und"), has none.

    Returns
    -------
    One row per find: doc_id, start, stop (in ``documents.text``), passage, surface; id, name and
    form of the lexicon's row that was found; `row`, the place of that row in ``lexicon.names``, and
    `at`, the place of the passage in `passages`.

    Examples
    --------
    >>> lexicon = compile_lexicon(pd.DataFrame({"id": ["truce"], "language": ["kk"],
    ...     "name": ["бітім"], "form": ["name"], "inflects": ["noun"]}))
    >>> passages = pd.DataFrame({"doc_id": ["a"], "passage": [0], "start": [0], "stop": [24],
    ...     "kind": ["body"], "language": ["kk"], "outlet": [""], "published": [pd.NaT],
    ...     "text": ["Тараптар бітімге келді."]})
    >>> find(passages, lexicon)[["start", "stop", "surface", "id"]]
       start  stop  surface     id
    0      9    16  бітімге  truce
    """
    require(passages, PASSAGES)
    searched = article(passages)
    found = [
        _locate(rows, _search(text, part), starts, text)
        for language, part in lexicon.parts.items()
        for rows, starts, text in _chunks(searched, language)
    ]
    kept = passages["kind"].isin(ARTICLE).to_numpy().nonzero()[0]
    return _table(searched, lexicon, found).assign(at=lambda table: kept[table["at"]])


def _chunks(passages: pd.DataFrame, language: str) -> Iterator[tuple[np.ndarray, np.ndarray, str]]:
    """Passages of one language, joined to texts of about ``CHUNK`` characters.

    Each is the places of its passages in `passages`, where each begins in the text, and the text.
    """
    rows = np.flatnonzero(passages["language"].to_numpy() == language)
    texts = passages["text"].to_numpy()[rows]
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + len(END)
    chunk = (np.cumsum(lengths) - lengths) // CHUNK
    for _, members in pd.Series(range(len(rows))).groupby(chunk):
        here = members.to_numpy()
        starts = REACH + np.cumsum(lengths[here]) - lengths[here]
        text = END * REACH + END.join(texts[here]) + END * REACH
        yield rows[here], starts, text


def _search(text: str, part: Part) -> np.ndarray:
    """Finds in `text`, in order: start, stop and the row of the lexicon, one row each."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = part.alphabet[codes]
    kept = _kept(letters)
    hits = part.automaton.find_matches_as_indexes(
        (letters if kept is None else letters[kept]).data, overlapping=True
    )
    if not hits:
        return np.empty((0, 3), dtype=np.int64)
    numbers = np.fromiter(chain.from_iterable(hits), dtype=np.int64, count=3 * len(hits))
    pattern, start, stop = numbers.reshape(-1, 3).T
    if kept is not None:
        start, stop = kept[start], kept[stop - 1] + 1
    stop = stop - part.half[pattern]  # «палестино-» before «израильского»
    right = _capitals_right(codes, start, stop, part.capitals[pattern])
    lettered = [column[right] for column in (start, stop, pattern)]
    chosen = _longest(_check(text, codes, part, lettered))
    return np.column_stack([chosen[:, :2], part.rows[chosen[:, 2]]])


def _capitals_right(
    codes: np.ndarray, start: np.ndarray, stop: np.ndarray, wanted: np.ndarray
) -> np.ndarray:
    """Whether each hit has the capitals that its row has."""
    right = wanted == ANY
    asked = np.flatnonzero(~right)
    right[asked] = large()[codes[start[asked]]]
    all_of_it = np.flatnonzero(wanted == ALL)
    for step in range(int((stop - start)[all_of_it].max(initial=0))):
        place = np.minimum(start[all_of_it] + step, stop[all_of_it] - 1)
        right[all_of_it] &= ~small()[codes[place]]
    return right


def _kept(letters: np.ndarray) -> np.ndarray | None:
    """Places to be read, where some are left out; None where all are read."""
    skipped = letters == SKIPPED
    return np.flatnonzero(~skipped) if skipped.any() else None


def _check(text: str, codes: np.ndarray, part: Part, hits: list[np.ndarray]) -> np.ndarray:
    """Hits that are whole words after what may be joined to them, with what of it is theirs.

    A corpus repeats its words, so each word around a pattern is judged once.
    """
    start, stop, pattern = hits
    head, before = _run(_inside(), codes, start, -1)
    tail, after = _run(_inside(part.language), codes, stop, +1)
    right = (head == 0) & (tail == 0) & part.simple[pattern]
    joined = np.flatnonzero(~right)
    word = (before * HASH + after) * HASH + pattern.astype(np.uint64)
    _, first, which = np.unique(word[joined], return_index=True, return_inverse=True)
    judged = [
        _joined(part.patterns[pattern[hit]], part.language, *_around(text, hit, hits, head, tail))
        for hit in joined[first].tolist()
    ]
    reach = np.array(judged, dtype=np.int64).reshape(-1, 2)[which]
    right[joined] = reach[:, 0] >= 0
    start[joined] -= reach[:, 0]
    stop[joined] += reach[:, 1]
    return np.stack([start, stop, pattern], axis=1)[right]


def _run(
    inside: np.ndarray, codes: np.ndarray, place: np.ndarray, step: int
) -> tuple[np.ndarray, np.ndarray]:
    """How many characters `inside` a word stand before or after each place, and their hash."""
    length = np.zeros_like(place)
    letters = np.zeros(len(place), dtype=np.uint64)
    going = np.arange(len(place))
    for reached in range(REACH):
        here = codes[place[going] + (reached if step > 0 else -reached - 1)]
        more = inside[here]
        going, here = going[more], here[more]
        if not len(going):
            break
        letters[going] = letters[going] * HASH + here
        length[going] += 1
    return length, letters


def _around(
    text: str, hit: int, hits: list[np.ndarray], head: np.ndarray, tail: np.ndarray
) -> tuple[str, str]:
    """What is joined to a hit, before it and after it."""
    start, stop, _ = (column[hit] for column in hits)
    return text[start - head[hit] : start], text[stop : stop + tail[hit]]


def _joined(way: Pattern, language: str, head: str, tail: str) -> tuple[int, int]:
    """What of the letters around a hit belongs to it, before and after; -1 for another word."""
    before, places = _plain(head, language)
    own = way.written.heads.get(before)
    if own is None:
        return NO_HIT
    after, ends = _plain(tail, language)
    joiner = JOINERS.get(language, " ")
    ending, parted, more = after.partition(joiner)
    if not way.written.takes(ending):
        return NO_HIT
    length, following = len(ending), more.partition(joiner)[0]
    if parted and not ending and following and way.written.takes(following):
        length = len(joiner) + len(following)
    return (
        len(head) - places[len(before) - own] if own else 0,
        ends[length - 1] + 1 if length else 0,
    )


@lru_cache(maxsize=1 << 14)
def _plain(letters: str, language: str) -> tuple[str, list[int]]:
    """Letters without marks, folded, and where each stood: the same few endings come again."""
    return bare(fold(letters, language))


@cache
def _inside(language: str = "") -> np.ndarray:
    """Of each code point: whether it is part of a word, or parts one from its ending."""
    table = words() | marks()
    joiner = JOINERS.get(language)
    if joiner:
        alike = fold("".join(map(chr, range(0x3000))), language)
        table[: len(alike)] |= [letter == joiner for letter in alike]
    return table


def _longest(hits: np.ndarray) -> np.ndarray:
    """Of hits that overlap, the leftmost, and of those the longest; of equals the first pattern."""
    hits = hits[np.lexsort((hits[:, 2], -hits[:, 1], hits[:, 0]))]
    start, stop = hits[:, 0], hits[:, 1]
    chosen = np.ones(len(hits), dtype=bool)
    chosen[1:] = start[1:] >= np.maximum.accumulate(stop)[:-1]
    # What overlaps an earlier hit is chosen after all where that hit itself was not
    crowded = np.flatnonzero(~chosen)
    columns = (crowded, start[crowded], stop[crowded], chosen[crowded - 1], stop[crowded - 1])
    end = 0
    for place, begins, ends, follows, last in zip(*(c.tolist() for c in columns), strict=True):
        if follows:
            end = last
        if begins >= end:
            chosen[place], end = True, ends
    return hits[chosen]


class Located(NamedTuple):
    """Finds of one text, laid back on its passages."""

    passage: np.ndarray  # place among the passages searched
    start: np.ndarray  # in the passage
    stop: np.ndarray
    row: np.ndarray  # of the lexicon
    surface: list[str]


def _locate(rows: np.ndarray, hits: np.ndarray, starts: np.ndarray, text: str) -> Located:
    """Finds with the passage each stands in."""
    start, stop, row = hits.T
    member = np.searchsorted(starts, start, side="right") - 1
    surface = [text[begin:end] for begin, end in zip(start.tolist(), stop.tolist(), strict=True)]
    return Located(rows[member], start - starts[member], stop - starts[member], row, surface)


def _table(passages: pd.DataFrame, lexicon: Lexicon, found: list[Located]) -> pd.DataFrame:
    """The finds as a table, in the order of the passages and of the words in them."""
    empty = np.empty(0, dtype=np.int64)
    place, start, stop, row = (
        np.concatenate([empty, *(getattr(located, name) for located in found)])
        for name in ("passage", "start", "stop", "row")
    )
    order = np.argsort(place, kind="stable")  # those of a passage are in order
    place, row = place[order], row[order]
    offset = passages["start"].to_numpy(dtype=np.int64)[place]
    surface = [said for located in found for said in located.surface]
    return pd.DataFrame(
        {
            "doc_id": passages["doc_id"].array.take(place),
            "start": offset + start[order],
            "stop": offset + stop[order],
            "passage": passages["passage"].array.take(place),
            "surface": pd.array(surface, dtype="str").take(order),
            **{name: lexicon.names[name].array.take(row) for name in ("id", "name", "form")},
            "row": row,
            "at": place,
        }
    )
