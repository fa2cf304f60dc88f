"""A lexicon of names or terms found in running text, in one pass over each language.

Marks that are no letters and quotation marks are left out of the reading; what is joined to a hit
is checked after. Offsets are the text's own.
"""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from operator import itemgetter

import numpy as np
import pandas as pd

from astana_kit import sharing
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
from astana_kit.schema import ARTICLE, PASSAGES, require
from astana_kit.text.inflect import JOINERS
from astana_kit.text.script import bare, fold

__all__ = ["Lexicon", "by_parts", "compile_lexicon", "find", "locate", "told"]

CHUNK = 1 << 18  # characters searched at once: enough to be quick, few enough to stay in the cache
PART = 1 << 22  # characters of whole pages whose finds are made rows at once
REACH = 24  # letters joined to a name at the most; a longer word is another word
END = "\n"  # parts passages; in no name
NO_HIT = (-1, -1)
HASH = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no letter of a word is lost


def by_parts(passages: pd.DataFrame, rows: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """What `rows` makes of all `passages`, some pages at a time: what stands between stays small.

    Raises
    ------
    ValueError : a column is missing.
    """
    require(passages, PASSAGES)
    parts = sharing.parts(passages, PART)
    return pd.concat([rows(part) for part in parts], ignore_index=True)


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
    return told(locate(passages, lexicon), passages, lexicon.names)


def locate(passages: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """What ``find`` finds, as numbers alone: start, stop, row, at."""
    require(passages, PASSAGES)
    texts = passages["text"].to_numpy(dtype=object)  # Arrow would make them anew at every look
    searched = passages["kind"].isin(ARTICLE).to_numpy(dtype=bool)
    found = [np.empty((4, 0), dtype=np.int64)]
    for language, part in lexicon.parts.items():
        spoken = (passages["language"] == language).to_numpy(dtype=bool, na_value=False)
        rows = np.flatnonzero(searched & spoken)
        for here, starts, text in _chunks(rows, texts):
            start, stop, row = _search(text, part).T
            member = np.searchsorted(starts, start, side="right") - 1
            at, shift = here[member], starts[member]
            found.append(np.stack([start - shift, stop - shift, row, at]))
    every = np.concatenate(found, axis=1)
    every = every[:, np.argsort(every[3], kind="stable")]  # those of a passage are in order
    every[:2] += passages["start"].to_numpy(dtype=np.int64)[every[3]]
    return pd.DataFrame(dict(zip(("start", "stop", "row", "at"), every, strict=True)))


def told(hits: pd.DataFrame, passages: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """What was located, with what the passages and the lexicon's rows say of it."""
    start, stop, row, at = (hits[name].to_numpy() for name in ("start", "stop", "row", "at"))
    texts, offset = passages["text"].to_numpy(dtype=object)[at], passages["start"].to_numpy()[at]
    spans = zip(texts, (start - offset).tolist(), (stop - offset).tolist(), strict=True)
    return pd.DataFrame(
        {
            "doc_id": passages["doc_id"].array.take(at),
            "start": start,
            "stop": stop,
            "passage": passages["passage"].array.take(at),
            "surface": pd.array([text[begin:end] for text, begin, end in spans], dtype="str"),
            **{name: names[name].array.take(row) for name in ("id", "name", "form")},
            "row": row,
            "at": at,
        }
    )


def _chunks(rows: np.ndarray, texts: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, str]]:
    """The texts of some passages, joined to texts of about ``CHUNK`` characters.

    Each is the places of its passages, where each begins in the text, and the text.
    """
    lengths = np.fromiter(map(len, texts[rows]), dtype=np.int64, count=len(rows)) + len(END)
    heads = np.cumsum(lengths) - lengths
    cuts = np.flatnonzero(np.diff(heads // CHUNK)) + 1
    for here, starts in zip(np.split(rows, cuts), np.split(heads, cuts), strict=True):
        text = END * REACH + END.join(texts[here]) + END * REACH
        yield here, REACH + starts - starts[:1], text


def _search(text: str, part: Part) -> np.ndarray:
    """Finds in `text`, in order: start, stop and the row of the lexicon, one row each."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = part.alphabet.take(codes)
    read = letters.tobytes().translate(None, bytes([SKIPPED]))
    hits = part.automaton.find_matches_as_indexes(read, overlapping=True)
    if not hits:
        return np.empty((0, 3), dtype=np.int64)
    pattern, stop = (
        np.fromiter(map(itemgetter(place), hits), dtype=np.int64, count=len(hits))
        for place in (0, 2)
    )
    start = stop - part.lengths[pattern]
    if len(read) < len(letters):
        kept = np.flatnonzero(letters != SKIPPED)
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
    start, stop, pattern = hits.T
    place = (start << 31) - (stop - start)  # one number is sorted four times as fast as three
    order = np.argsort(place)
    first = np.flatnonzero(np.diff(place[order], prepend=-1))
    hits = hits[order[first]]
    hits[:, 2] = np.minimum.reduceat(pattern[order], first)
    follows = np.searchsorted(hits[:, 0], hits[:, 1]).tolist()  # the first that begins behind each
    chosen, here = [], 0
    while here < len(follows):
        chosen.append(here)
        here = follows[here]
    return hits[chosen]
