"""What was found in each partition, brought together as if it had been found in one."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from dask.dataframe.dispatch import concat  # keeps categories, whatever each partition has of them
from scipy import sparse

from astana_kit.rates import Tally
from astana_kit.schema import article
from astana_kit.terms import counting
from astana_kit.terms.counting import Found, Words
from astana_kit.terms.stream import Given, Stream, Type, read
from astana_kit.terms.tokens import judge, laid_out
from astana_kit.text.lemmas import LEMMATIZERS

SPOKEN = (*LEMMATIZERS, "")  # what is judged by itself: each language with lemmas, and all others


class Part(NamedTuple):
    """The words of one partition, held until those of all have been judged: so without texts."""

    stream: Stream  # its types in the table beside it, which is smaller
    types: pd.DataFrame  # one row per type: language, word, base, is_name
    passages: pd.DataFrame


class Judged(NamedTuple):
    """What the types of one language count as."""

    kinds: pd.DataFrame  # one row per type
    code: np.ndarray  # of each type of each partition, the row of `kinds`
    bounds: np.ndarray  # where in `code` each partition begins


def read_part(
    passages: pd.DataFrame,
    names: Given,
    columns: list[str] | None,
    places: bool,  # noqa: FBT001 - a task of Dask has no keywords
) -> Part:
    """The words of one partition; of its passages, the `columns`, or all but the text."""
    counted = article(passages)
    stream = read(counted, names, places=places)
    types = pd.DataFrame(stream.types, columns=list(Type._fields))
    types = types.astype({"language": "str", "word": "str", "base": "str", "is_name": bool})
    kept = counted.drop(columns="text") if columns is None else counted[columns]
    return Part(stream._replace(types=[]), types, kept)


def types_of(part: Part, language: str) -> pd.DataFrame:
    """The types of a language in one partition, in order."""
    return part.types[_parted(part.types["language"]) == language]


def judged(types: list[pd.DataFrame], stop_words: Given) -> Judged:
    """What the types of one language in all partitions count as, by the words of all."""
    every = pd.concat(types, ignore_index=True)
    code = every.groupby(list(every), sort=False).ngroup().to_numpy()
    kinds = judge(every[~every.duplicated()].reset_index(drop=True), stop_words)
    return Judged(kinds, code, np.cumsum([0, *map(len, types)]))


def kinds_of(judged: Judged, number: int) -> pd.DataFrame:
    """What the types of one language in one partition count as, in their order."""
    return judged.kinds.iloc[judged.code[slice(*judged.bounds[number : number + 2])]]


def all_kinds(part: Part, kinds: list[pd.DataFrame]) -> pd.DataFrame:
    """What the types of one partition count as; `kinds` says it of each language."""
    spoken = _parted(part.types["language"])
    places = np.concatenate([np.flatnonzero(spoken == language) for language in SPOKEN])
    return pd.concat(kinds).set_axis(places).sort_index()


def words_of(part: Part, kinds: pd.DataFrame, by: list[str]) -> Words:
    """The words of one partition, to be counted."""
    return counting.words_of(part.stream, part.passages, kinds, by=by)


def tokens_of(part: Part, kinds: pd.DataFrame) -> pd.DataFrame:
    """The tokens of one partition."""
    return laid_out(part.stream, part.passages, kinds)


def _parted(languages: pd.Series) -> np.ndarray:
    """Each language under which of ``SPOKEN`` it is counted."""
    return languages.where(languages.isin(list(LEMMATIZERS)), "").to_numpy(dtype=object)


def spoken(found: Found, language: str) -> Found:
    """What was found in passages of a language."""
    rows = np.flatnonzero(_parted(found.passages["language"]) == language)
    own = np.flatnonzero(_parted(found.terms["language"]) == language)
    number = np.zeros(len(found.terms), dtype=np.int32)
    number[own] = np.arange(len(own))
    counts = found.counts[rows]
    return Found(
        found.passages.iloc[rows].reset_index(drop=True),
        found.sizes[rows],
        sparse.csr_array(
            (counts.data, number[counts.indices], counts.indptr), (len(rows), len(own))
        ),
        found.terms.iloc[own].reset_index(drop=True),
    )


def term_rates(parts: list[Found], by: list[str], least: int) -> pd.DataFrame:
    """The rows of one language."""
    return counting.rates_of(_joined_terms(parts), by=by, least=least)


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


def joined_tallies(parts: list[Tally]) -> Tally:
    """What was counted in all partitions."""
    bounds = np.cumsum([0, *(len(part.sizes) for part in parts)])
    found = [
        part.found.assign(row=part.found["row"] + first)
        for part, first in zip(parts, bounds, strict=False)
    ]
    return Tally(_joined([part.sizes for part in parts]), concat(found, ignore_index=True))


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
