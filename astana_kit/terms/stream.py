"""Passages → their words as numbers: what tokens are made of, and what counting needs of them.

Text is split at white space by array operations, and each different piece is read as words once,
by ``text.words``. Words that are equal in language, spelling and place in a name are one type:
whatever costs time is done by types.
"""

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from astana_kit import actors, sharing, tables
from astana_kit.schema import article
from astana_kit.terms.numbering import crossed, firsts
from astana_kit.text.script import fold
from astana_kit.text.words import words

Given = pd.DataFrame | str | Path | None
Singles = frozenset[tuple[str, str]]

CHUNK = 1 << 21  # characters read by one process at a time
FEW = 8  # chunks that one process has read before another has started
SLICE = 1 << 16  # characters split at once: few enough to stay in the cache
GAP = "\n"  # between passages read as one text, and what a type says; no word holds it
HYPHENS = frozenset("-‐‑")
HASH = 0x9E3779B97F4A7C15  # odd, so that it has an inverse among 64-bit numbers
INVERSE = pow(HASH, -1, 1 << 64)
LANGUAGE = np.uint64(0xC2B2AE3D27D4EB4F)  # the same letters are another word in another language


class Types(NamedTuple):
    """What tokens share that are counted as one word: the same place in each list is one type.

    Elsewhere a type is one text of four lines, one for each of these, because the garbage collector
    goes through all tuples again and again, and through no text.
    """

    language: list[str]
    word: list[str]  # as written
    base: list[str]  # what is lemmatised; nothing where it is the word itself, not one of a name
    is_name: list[str]  # nothing, unless `base` is an actor's name: no lemmatiser may touch it


class Job(NamedTuple):
    """What one process reads at a time."""

    passages: pd.DataFrame
    names: Given
    who: Given
    singles: Singles
    places: bool


class Stream(NamedTuple):
    """The tokens of passages in running order."""

    sizes: np.ndarray  # tokens of each passage
    start: np.ndarray  # of each token, in its page
    code: np.ndarray  # of each token, the place of its type in `types`
    types: list[str]  # in the order in which they first appear


def read(
    passages: pd.DataFrame, names: Given = None, who: Given = None, *, places: bool = True
) -> Stream:
    """The words of headlines and bodies; their starts, unless only counts are wanted."""
    singles = _single_names(names, who)
    # What finds the actors asks for all of these columns, but not for what the last three say. No
    # text beside the one that is read: at each part it would be copied
    needed = passages[["passage", "start", "kind", "language", "text"]].assign(
        kind=passages["kind"].astype("category"),
        language=passages["language"].astype("category"),
        doc_id=pd.factorize(passages["doc_id"], use_na_sentinel=False)[0],
        **dict.fromkeys(("stop", "outlet", "published"), np.int8(0)),
    )
    parts, few = list(sharing.parts(needed, CHUNK)), FEW
    if names is not None or who is not None:  # a reader's own gazetteer is compiled for each part
        parts = list(sharing.parts(needed, None)) if len(parts) >= few else [needed]
        few = 2
    jobs = (Job(part, names, who, singles, places) for part in parts)
    return joined(sharing.each(_do, jobs, few=few))


def parted(types: Sequence[str] | pd.Series) -> Types:
    r"""What each type says.

    >>> parted(["ru\nРоссии\nроссия\nname", "en\ntalks\n\n"]).base
    ['россия', '']
    """
    fields = GAP.join(types).split(GAP) if len(types) else []
    return Types(*(fields[place :: len(Types._fields)] for place in range(len(Types._fields))))


def joined(parts: Iterable[Stream]) -> Stream:
    r"""The words of `parts` in one stream.

    >>> one, talks, pause = np.array([1], "int32"), "en\ntalks\n\n", "en\npause\n\n"
    >>> both = joined([Stream(one, one, one - 1, [talks]), Stream(one, one, one, [pause, talks])])
    >>> both.sizes, both.code, parted(both.types).word
    (array([1, 1], dtype=int32), array([0, 0], dtype=int32), ['talks', 'pause'])
    """
    known: dict[str, int] = {}
    whole = bytearray(), bytearray(), bytearray()  # arrays put together at the end are held twice
    for part in parts:
        place = np.array([known.setdefault(one, len(known)) for one in part.types], dtype=np.int32)
        for held, more in zip(whole, (part.sizes, part.start, place[part.code]), strict=True):
            held.extend(more.data)
    sizes, start, code = (np.frombuffer(held, dtype=np.int32) for held in whole)
    return Stream(sizes, start, code, list(known))


def _single_names(names: Given, who: Given) -> Singles:
    """Language and folded spelling of the names that are one word."""
    table = tables.names(names, who)
    own = table[(table["form"] == "name") & ~table["name"].str.contains(r"\s")]
    return frozenset(
        (language, fold(name, language))
        for language, name in zip(own["language"], own["name"], strict=True)
    )


def _do(job: Job) -> Stream:
    """The stream of some passages, read as one text."""
    # here, so that the text is not held twice; what Arrow holds would be made anew at every look
    passages = article(job.passages.astype({"text": object}))
    texts = passages["text"].to_numpy()
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    heads = np.cumsum(lengths + len(GAP)) - lengths
    tokens = _tokens(passages, heads)
    gazetteer = actors.lexicon(job.names, job.who)
    mentions = actors.counted(passages.assign(start=heads), gazetteer)
    tokens = _shielded(tokens, mentions, gazetteer.names["name"], job.singles)
    code, first = firsts(tokens.code)
    start = tokens.start[:0]
    if job.places:
        ahead = heads - passages["start"].astype("int64").to_numpy()  # of its place in its page
        start = tokens.start - ahead[tokens.row]
    return Stream(
        np.bincount(tokens.row, minlength=len(heads)).astype(np.int32),
        start.astype(np.int32),
        code.astype(np.min_scalar_type(len(first))),
        [tokens.types[one] for one in tokens.code[first]],
    )


class Tokens(NamedTuple):
    """The tokens of one text, in its order."""

    row: np.ndarray  # of the passage
    start: np.ndarray  # in the text
    code: np.ndarray  # place in `types`
    types: list[str]


def _tokens(passages: pd.DataFrame, heads: np.ndarray) -> Tokens:
    """The words of passages that begin at `heads` in one text."""
    text = GAP.join(["", *passages["text"].to_numpy(), ""])
    start, stop, key = _pieces(text, heads)
    pieces_of = np.diff(np.searchsorted(start, np.append(heads, len(text)).astype(np.int32)))
    row = np.repeat(np.arange(len(heads), dtype=np.int32), pieces_of)
    language, languages = pd.factorize(passages["language"], use_na_sentinel=False)
    piece, first = firsts(key + (language.astype(np.uint64) * LANGUAGE).take(row))
    pieces = [text[a:b] for a, b in zip(start[first].tolist(), stop[first].tolist(), strict=True)]
    # a line break parts the four of a type, and a reader's column may hold anything
    spoken = ["und" if pd.isna(one) else str(one).replace(GAP, " ") for one in languages]
    counts, offset, types = _read(pieces, [spoken[one] for one in language[row[first]].tolist()])
    known: dict[str, int] = {}
    code = np.array([known.setdefault(one, len(known)) for one in types], dtype=np.int32)
    times = counts[piece]
    # the words of a piece follow each other: of each, how far it is behind the first of its text
    ends = np.cumsum(times, dtype=np.int32)
    ahead = (np.cumsum(counts, dtype=np.int32) - counts)[piece] - ends + times
    place = np.arange(times.sum(), dtype=np.int32) + np.repeat(ahead, times)
    return Tokens(
        np.repeat(row, times), np.repeat(start, times) + offset[place], code[place], list(known)
    )


def _read(pieces: list[str], languages: list[str]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """How many words each piece has; where each word begins in its piece, and its type."""
    counts = np.ones(len(pieces), dtype=np.int32)
    offset, types = [], []
    for place, (one, language) in enumerate(zip(pieces, languages, strict=True)):
        if one.isalnum():  # most: each list of a word would be one more for the garbage collector
            offset.append(0)
            types.append(GAP.join((language, one, "", "")))
        else:
            spans = words(one)
            counts[place] = len(spans)
            offset += [begin for begin, _ in spans]
            types += [GAP.join((language, one[begin:end], "", "")) for begin, end in spans]
    return counts, np.array(offset, dtype=np.int32), types


def _pieces(text: str, heads: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Start, stop and hash of what white space parts in `text`, which begins and ends with it."""
    cuts = heads[np.diff(heads // SLICE, prepend=-1) > 0] if len(heads) else heads
    found = [
        _split(text[begin - 1 : end], begin - 1) for begin, end in pairwise([*cuts, len(text)])
    ]
    empty = (np.empty(0, dtype=np.int32),) * 2 + (np.empty(0, dtype=np.uint64),)
    start, stop, key = (np.concatenate(parts) for parts in zip(empty, *found, strict=True))
    return start, stop, key


def _split(text: str, at: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Start, stop (`at` more than here) and hash of the pieces of `text`.

    The hash is a polynomial in HASH, moved to where the piece begins; two pieces among a million
    share one by a chance of 1 in 30 million.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    blank = _blanks().take(codes)
    edges = np.flatnonzero(blank[1:] != blank[:-1]) + 1  # where each begins and ends
    power, inverse = _powers(1 << len(codes).bit_length())
    sums = np.add.reduceat(codes * power[: len(codes)], edges)  # of pieces and of what parts them
    key = sums[::2] * inverse.take(edges[::2])
    edges = (edges + at).astype(np.int32)
    return edges[::2], edges[1::2], key


@cache
def _powers(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Powers of HASH, and of its inverse, from the first on."""
    power, inverse = np.cumprod(np.array([[HASH], [INVERSE]], dtype=np.uint64).repeat(size, 1), 1)
    return power, inverse


@cache
def _blanks() -> np.ndarray:
    """Of each code point: whether it is white space, which no word holds."""
    table = np.zeros(sys.maxunicode + 1, dtype=bool)
    table[[code for code in range(0x3001) if chr(code).isspace()]] = True  # the last is U+3000
    return table


def _shielded(tokens: Tokens, mentions: pd.DataFrame, names: pd.Series, singles: Singles) -> Tokens:
    """`tokens` with those inside a mention typed by the name that was found there."""
    name, rows = pd.factorize(mentions["row"])
    bases = [[one[begin:end] for begin, end in words(one)] for one in names.iloc[rows]]
    number = np.array([len(one) for one in bases], dtype=np.int64)[name]
    start, stop = (mentions[column].to_numpy() for column in ("start", "stop"))
    first = np.searchsorted(tokens.start, start, side="right") - 1
    last = np.searchsorted(tokens.start, stop) - 1
    types, code = tokens.types.copy(), tokens.code.copy()
    for nth in range(number.max(initial=0)):
        # «Сирийской Арабской Республикой» has as many words as its name: the second is «Арабская»
        here = np.flatnonzero((last - first + 1 == number) & (nth < number))
        token = first[here] + nth
        head = np.maximum(start[here] - tokens.start[token], 0)
        tail = stop[here] - tokens.start[token]
        alike, example = firsts(crossed(tokens.code[token], name[here], head, tail))
        code[token] = alike + len(types)
        types += (
            _named(
                tokens.types[tokens.code[token[one]]],
                (int(head[one]), int(tail[one])),
                bases[name[here[one]]][nth],
                singles,
            )
            for one in example.tolist()
        )
    return tokens._replace(code=code, types=types)


def _named(own: str, span: tuple[int, int], base: str, singles: Singles) -> str:
    """`own` with the `base` of what names `span` of it.

    What else stands in the word must be no part of a compound: «وروسيا» and «БҰҰ-ның» are names,
    "Russia-backed" is not.
    """
    language, word, *_ = own.split(GAP)
    if not HYPHENS.isdisjoint(word[: span[0]] + word[span[1] :]):
        return own
    is_name = "name" if (language, fold(base, language)) in singles else ""
    return GAP.join((language, word, base, is_name))
