"""What was found in each partition, brought together as if it had been found in one."""

import pickle
import zlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import uuid4

import dask.dataframe as dd
import numpy as np
import pandas as pd
from dask.dataframe.dispatch import concat  # keeps categories, whatever each partition has of them
from dask.delayed import Delayed
from dask.highlevelgraph import HighLevelGraph
from dask.sizeof import sizeof
from dask.utils import funcname
from pandas.api.extensions import ExtensionDtype
from scipy import sparse

from astana_kit import rates
from astana_kit.rates import Tally
from astana_kit.schema import article
from astana_kit.terms import counting
from astana_kit.terms.counting import Found, Words
from astana_kit.terms.stream import Given, Stream, parted, read
from astana_kit.terms.tokens import judge, laid_out
from astana_kit.text.lemmas import LEMMATIZERS

SPOKEN = (*LEMMATIZERS, "")  # what is judged by itself: each language with lemmas, and all others

# Dask takes scipy's arrays for 56 bytes each, and would not put them on the disk in time
sizeof.register(sparse.csr_array, lambda table: sum(map(sizeof, vars(table).values())))


class Part(NamedTuple):
    """The words of one partition."""

    stream: Stream  # without its types
    types: list[pd.Series]  # of each of SPOKEN
    place: np.ndarray  # of each type of the stream, its row in all of these
    passages: pd.DataFrame  # without texts


class Judged(NamedTuple):
    """What the types of one language count as."""

    kinds: pd.DataFrame  # one row per type
    code: np.ndarray  # of each type of each partition, the row of `kinds`
    bounds: np.ndarray  # where in `code` each partition begins


def packed(found: Any) -> bytes:  # noqa: ANN401 - a table, or several
    """What is held until all partitions are read, as one piece.

    Of 100,000 pages each of two workers holds 0.03 GB so; unpacked it was 0.18 GB, in pieces so
    small that little was given back when Dask had put them on the disk.
    """
    return zlib.compress(pickle.dumps(found), 1)


def unpacked(held: bytes) -> Any:  # noqa: ANN401 - what was packed
    """What was held as one piece."""
    return pickle.loads(zlib.decompress(held))  # noqa: S301 - written by ``packed``, in this run


def read_part(
    passages: pd.DataFrame,
    names: Given,
    who: Given,
    columns: list[str] | None,
    places: bool,  # noqa: FBT001 - a task of Dask has no keywords
) -> Part:
    """The words of one partition; of its passages, the `columns`, or all but the text."""
    stream = read(passages, names, who, places=places)
    types = pd.Series(stream.types, dtype="str")
    spoken = _parted(parted(types).language)
    rows = [np.flatnonzero(spoken == number) for number in range(len(SPOKEN))]
    kept = article(passages.drop(columns="text"))
    if columns is not None:  # to be counted, where categories are made plain again
        kept = kept[columns].reset_index(drop=True).astype("category")
    return Part(
        stream._replace(code=stream.code.astype(np.min_scalar_type(len(types))), types=[]),
        [types.iloc[own] for own in rows],
        np.argsort(np.concatenate(rows)).astype(np.int32),
        kept,
    )


def types_of(part: Part, number: int) -> bytes:
    """The types of one language in one partition, in order."""
    return packed(part.types[number])


def without_types(part: Part) -> bytes:
    """What waits in one partition until all types have been judged."""
    return packed(part._replace(types=[]))


def judged(held: list[bytes], stop_words: Given) -> Judged:
    """What the types of one language in all partitions count as, by the words of all."""
    types = list(map(unpacked, held))
    code, every = pd.factorize(pd.concat(types))
    return Judged(judge(every, stop_words), code.astype(np.int32), np.cumsum([0, *map(len, types)]))


def kinds_of(judged: Judged, number: int) -> bytes:
    """What the types of one language in one partition count as, in their order."""
    return packed(judged.kinds.iloc[judged.code[slice(*judged.bounds[number : number + 2])]])


def words_of(held: bytes, kinds: list[bytes], by: list[str]) -> Words:
    """The words of one partition; `kinds` is what its types of each language count as."""
    part = unpacked(held)
    return counting.words_of(part.stream, part.passages, _judged(part, kinds), by=by)


def tokens_of(held: bytes, kinds: list[bytes]) -> pd.DataFrame:
    """The tokens of one partition; `kinds` is what its types of each language count as."""
    part = unpacked(held)
    return laid_out(part.stream, part.passages, _judged(part, kinds))


def _judged(part: Part, kinds: list[bytes]) -> pd.DataFrame:
    """What each type of the stream counts as."""
    return pd.concat(map(unpacked, kinds)).iloc[part.place].reset_index(drop=True)


def _parted(languages: Sequence[str] | pd.Series) -> np.ndarray:
    """The place in ``SPOKEN`` of each language."""
    place = pd.Index(SPOKEN).get_indexer(pd.Index(languages, dtype=object))
    return np.where(place < 0, len(LEMMATIZERS), place)


def spoken(found: Found, number: int) -> bytes:
    """What was found in passages of one language."""
    rows = np.flatnonzero(_parted(found.passages["language"]) == number)
    own = np.flatnonzero(_parted(found.terms["language"]) == number)
    place = np.zeros(len(found.terms), dtype=np.int32)
    place[own] = np.arange(len(own))
    counts = found.counts[rows]
    bounds = counts.indptr.astype(np.int32)  # of 64 bits, it would double all numbers of columns
    return packed(
        Found(
            found.passages.iloc[rows].reset_index(drop=True),
            found.sizes[rows],
            sparse.csr_array((counts.data, place[counts.indices], bounds), (len(rows), len(own))),
            found.terms.iloc[own].reset_index(drop=True),
        )
    )


def term_rates(held: list[bytes], by: list[str], least: int) -> pd.DataFrame:
    """The rows of one language."""
    return counting.rates_of(_joined_terms(list(map(unpacked, held))), by=by, least=least)


def by_language(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all languages, in the order of these."""
    rows = concat(tables, ignore_index=True)
    return rows.sort_values("language", kind="stable", ignore_index=True)


def _joined_terms(parts: list[Found]) -> Found:
    """What was found in all partitions, the terms in the order in which they first appear."""
    every = pd.concat([part.terms for part in parts], ignore_index=True)
    code = every.groupby(counting.KIND, sort=False).ngroup().to_numpy(dtype=np.int32)
    bounds = np.cumsum([0, *(len(part.terms) for part in parts)])
    terms = every[~every.duplicated()].reset_index(drop=True)
    counts = [
        sparse.csr_array(
            (part.counts.data, code[first:][part.counts.indices], part.counts.indptr),
            shape=(len(part.sizes), len(terms)),
        )
        for part, first in zip(parts, bounds, strict=False)
    ]
    return Found(
        _joined([part.passages for part in parts]),
        np.concatenate([part.sizes for part in parts]),
        sparse.vstack(counts, format="csr"),
        terms,
    )


def tally(things: pd.DataFrame, passages: pd.DataFrame, thing: str, by: str) -> bytes:
    """What shares are made of, in one partition: the name of a thing once, not once a page."""
    sizes, found = rates.tally(things, passages, thing=thing, by=by)
    return packed(Tally(sizes, found.astype({"row": "int32", "thing": "category", "n": "int32"})))


def shares_of(held: list[bytes], kind: ExtensionDtype | np.dtype) -> pd.DataFrame:
    """Shares in all partitions of things whose dtype is `kind`."""
    parts: list[Tally] = list(map(unpacked, held))
    heads = np.cumsum([0, *(len(part.sizes) for part in parts)]).tolist()
    found = concat(
        [
            part.found.assign(row=part.found["row"] + head)
            for part, head in zip(parts, heads, strict=False)
        ],
        ignore_index=True,
    )
    if not isinstance(kind, pd.CategoricalDtype):  # what has no order of its own stands by name
        names = found["thing"].cat.categories.sort_values()
        found["thing"] = found["thing"].cat.reorder_categories(names)
    shares = rates.shares_of(Tally(_joined([part.sizes for part in parts]), found))
    return shares.astype({"thing": kind}) if len(shares) else shares


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """One table of all; ValueError where a document lies in two of them."""
    pages = pd.concat([part["doc_id"].drop_duplicates() for part in parts])
    twice = pages[pages.duplicated()]
    if len(twice):
        raise ValueError(
            f"passages: doc_id {twice.iloc[0]} stands in two partitions; keep a page in one, as "
            "write_parquet does, and give each its own doc_id."
        )
    return concat(parts, ignore_index=True)


Tasks = dict[Any, Any]  # by key; a graph of Dask


def tasks_of(*tables: dd.DataFrame) -> tuple[Tasks, list[list[Any]]]:
    """The tasks that make `tables`, and the keys of the partitions of each.

    Not optimised: what two tables are made of is then made once for both. Not ``delayed`` either,
    which takes a minute for the tasks of 200 partitions.
    """
    tasks: Tasks = {}
    for table in tables:
        tasks |= table.__dask_graph__()
    return tasks, [table.__dask_keys__() for table in tables]


def add(tasks: Tasks, function: Callable[..., Any], *inputs: Any) -> str:  # noqa: ANN401 - keys and values
    """Key of one task more."""
    key = f"{funcname(function)}-{uuid4().hex}"
    tasks[key] = (function, *inputs)
    return key


def outcomes(tasks: Tasks, keys: list[str]) -> list[Delayed]:
    """What the tasks of `keys` will give."""
    layer = f"counted-{uuid4().hex}"
    graph = HighLevelGraph.from_collections(layer, tasks, dependencies=())
    return [Delayed(key, graph, layer=layer) for key in keys]


def judged_parts(
    tasks: Tasks, parts: list[str], stop_words: str | None = None
) -> list[tuple[str, list[str]]]:
    """Each part, and what its types count as by the words of all, language by language."""
    kinds: list[list[str]] = [[] for _ in parts]
    for language in range(len(SPOKEN)):
        types = [add(tasks, types_of, part, language) for part in parts]
        whole = add(tasks, judged, types, stop_words)
        for number, own in enumerate(kinds):
            own.append(add(tasks, kinds_of, whole, number))
    held = [add(tasks, without_types, part) for part in parts]
    return list(zip(held, kinds, strict=True))
