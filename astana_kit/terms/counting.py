"""How often each term stands in each group, how evenly, and how far that can be trusted."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from astana_kit import sharing
from astana_kit.measures import bootstrap, dp
from astana_kit.schema import PASSAGES, TERM_COUNTS, TOKENS, article, require
from astana_kit.terms.numbering import crossed, firsts, numbers_set, taken
from astana_kit.terms.stream import Stream, read
from astana_kit.terms.tokens import judge

PER = 1000  # words
# More documents are resampled in pools of equal number (the delete-a-group jackknife, Kott 2001):
# the variance stays that of documents, at 199 degrees of freedom t is within 1 % of the normal
MOST_UNITS = 200

KIND = ["language", "term", "counted_as"]


class Words(NamedTuple):
    """The words of passages in running order, as numbers."""

    passages: pd.DataFrame  # one row per passage: doc_id, language and the columns to group by
    sizes: np.ndarray  # words of each passage
    code: np.ndarray  # of each word, the row of `kinds`
    kinds: pd.DataFrame  # language, term, counted_as, is_stop
    start: np.ndarray  # of each, in its page; of single words not needed, and empty
    stop: np.ndarray


class Found(NamedTuple):
    """How often each term stands in each passage."""

    passages: pd.DataFrame  # one row per passage: doc_id, language and the columns to group by
    sizes: np.ndarray  # words of each passage
    counts: sparse.csr_array  # passages × terms
    terms: pd.DataFrame  # language, term, counted_as


def count_terms(
    tokens: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    ngrams: int = 1,
    least: int = 1,
    stop_words: bool = False,
) -> pd.DataFrame:
    """How often each term stands in each group of each language, with interval and dispersion.

    Parameters
    ----------
    tokens : from ``tokenize``; or passages, which are counted without a table of their tokens, by
        the kit's own names and stop words.
    by : column or columns that part the words into groups (outlet, round …). Languages are always
        parted: their words are no common unit.
    ngrams : words of a term. Those of an n-gram stand in one passage with a single character
        between one and the next, a space or a hyphen: none goes across a comma, a full stop, a
        bracket or a quotation mark, unless the space behind it is missing.
    least : occurrences in the whole of a language; rarer terms are left out.
    stop_words : whether they are counted as terms. They belong to the words of the group, `of`,
        in any case; n-grams that begin or end with one are left out where they are.

    Returns
    -------
    One row per term, group and language (``schema.TERM_COUNTS``, and the columns of `by` after the
    term), by language, by group, and the most frequent first: n of `of` words, n per 1,000 words
    with a 95 % interval, the documents with the term, their share (range), DPnorm (0 evenly spread
    over the documents, 1 all in the smallest; missing of a single document), and tfidf, the rate
    times ln(documents of the language / those with the term): 0 for what every page says, missing
    of a single one. A term has a row in every group of its language, with n = 0 where it is not
    said. What has no group is one of its own, <NA>. `interval` says what was taken for sampled:
    documents (more than 200 of them in 200 pools); of a single document its passages, which tell
    nothing of other documents; of a single passage nothing, and the interval is missing.

    Raises
    ------
    ValueError : a column is missing, or `ngrams` or `least` is below 1.

    Examples
    --------
    >>> passages = pd.DataFrame({"doc_id": ["a", "b"], "passage": [0, 0], "start": [0, 0],
    ...     "stop": [30, 14], "kind": ["body", "body"], "language": ["tr", "tr"],
    ...     "outlet": ["-", "-"], "published": [pd.NaT] * 2,
    ...     "text": ["Heyetler geldi ve heyet gitti.", "Heyet bekledi."]})
    >>> count_terms(passages)[["term", "n", "of", "per_1000_words", "documents"]].head(1)
        term  n  of  per_1000_words  documents
    0  heyet  3   7      428.571429          2
    """
    for name, value in (("ngrams", ngrams), ("least", least)):
        if value < 1:
            raise ValueError(f"{name}: {value} counts nothing; give 1 or more.")
    by = grouped(by)
    found = find_terms(_words(tokens, by, places=ngrams > 1), ngrams=ngrams, stop_words=stop_words)
    return rates_of(found, by=by, least=least)


def _words(tokens: pd.DataFrame, by: list[str], *, places: bool) -> Words:
    """The words of tokens, or of passages, whose texts are not held while they are counted."""
    if "text" not in tokens:
        return words_of_tokens(tokens, by=by)
    require(tokens, PASSAGES, *by)
    stream = read(tokens, places=places)
    return words_of(stream, article(tokens.drop(columns="text")), judge(stream.types), by=by)


def grouped(by: str | Sequence[str] | None) -> list[str]:
    """The columns that part the words of one language.

    >>> grouped("outlet"), grouped(["language", "round"]), grouped(None)
    (['outlet'], ['round'], [])
    """
    return [
        column for column in ([by] if isinstance(by, str) else by or ()) if column != "language"
    ]


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with categories that have no order of their own as what they are categories of."""

    def values(column: pd.Series) -> pd.api.extensions.ExtensionArray:
        if isinstance(column.dtype, pd.CategoricalDtype) and not column.cat.ordered:
            return column.array.categories.array.take(column.array.codes, allow_fill=True)
        return column.array

    return pd.DataFrame({name: values(column) for name, column in rows.items()})


def label_columns(by: Sequence[str]) -> list[str]:
    """The columns that passages are counted by."""
    return list(dict.fromkeys(["doc_id", "language", *by]))


def words_of(
    stream: Stream, passages: pd.DataFrame, kinds: pd.DataFrame, *, by: Sequence[str] = ()
) -> Words:
    """The words of `passages` that were read to `stream`; `kinds` is what its types count as."""
    rows = passages[label_columns(by)]
    rows = rows.assign(language=passages["language"].astype("str").fillna("und"))
    length = kinds["word"].str.len().to_numpy(dtype=np.int32)
    stop = stream.start + taken(length, stream.code) if len(stream.start) else stream.start
    return Words(_plain(rows), stream.sizes, stream.code, kinds, stream.start, stop)


def words_of_tokens(tokens: pd.DataFrame, *, by: Sequence[str] = ()) -> Words:
    """The words of tokens."""
    require(tokens, TOKENS, *by)
    for name in KIND:
        missing = int(tokens[name].isna().sum())
        if missing:
            raise ValueError(
                f"tokens: {missing} of {len(tokens)} rows have no {name}; give them one, or leave "
                f"them out: tokens.dropna(subset=[{name!r}])."
            )
    columns = label_columns(by)
    numbered = {name: _numbers(tokens[name]) for name in {*columns, "passage", *KIND, "is_stop"}}
    first = np.zeros(len(tokens), dtype=bool)
    first[:1] = True
    for name in (*columns, "passage"):
        first[1:] |= numbered[name][1:] != numbered[name][:-1]
    heads = np.flatnonzero(first)
    kind = crossed(*(numbered[name] for name in (*KIND, "is_stop")))
    kind, example = firsts(kind, found=kind)
    kinds = tokens[[*KIND, "is_stop"]].iloc[example]
    sizes = np.diff(np.append(heads, len(tokens)))
    start, stop = (tokens[name].to_numpy() for name in ("start", "stop"))
    return Words(_plain(tokens[columns].iloc[heads]), sizes, kind, kinds, start, stop)


def _numbers(column: pd.Series) -> np.ndarray:
    """Whole numbers, equal where values of `column` are; below 0 only for a missing category."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.array.codes
    # a number that may be missing is unlike itself where it is: of Int64 that is no number
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biu":
        return column.to_numpy()
    return pd.factorize(column)[0].astype(np.int32)


def find_terms(words: Words, *, ngrams: int = 1, stop_words: bool = False) -> Found:
    """How often each term of so many words stands in each passage."""
    of_kind, first = firsts(crossed(*(_numbers(words.kinds[name]) for name in KIND)))
    terms = _plain(words.kinds[KIND].iloc[first])
    begins = _beginnings(words, ngrams, stop_words=stop_words)

    def word(at: np.ndarray) -> np.ndarray:
        code = words.code[at]
        return taken(of_kind, code, found=code)

    term = word(begins)
    if ngrams > 1:
        place = np.flatnonzero(begins)
        for step in range(1, ngrams):
            term, example = firsts(crossed(term, word(place + step)))
        terms = _spelt(terms, word(place[example][:, None] + np.arange(ngrams)))
    bounds = np.append(np.int32(0), np.cumsum(numbers_set(begins, words.sizes), dtype=np.int32))
    shape = (len(words.sizes), len(terms))
    # most often 1 in a passage; what is summed over passages is counted in 32 bits
    counts = sparse.csr_array((np.ones(len(term), dtype=np.int8), term, bounds), shape=shape)
    return Found(words.passages, words.sizes, counts, terms)


def _beginnings(words: Words, ngrams: int, *, stop_words: bool) -> np.ndarray:
    """Whether a term of so many words begins at each word."""
    stop = taken(words.kinds["is_stop"].to_numpy(dtype=bool) & (not stop_words), words.code)
    begins = ~stop
    if ngrams > 1:
        beside = np.append(False, words.start[1:] - words.stop[:-1] == 1)
        beside[(np.cumsum(words.sizes) - words.sizes)[words.sizes > 0]] = False
        for step in range(1, ngrams):
            begins[-step:] = False
            begins[:-step] &= beside[step:]
        begins[: max(len(stop) - ngrams + 1, 0)] &= ~stop[ngrams - 1 :]
    return begins


def _spelt(terms: pd.DataFrame, members: np.ndarray) -> pd.DataFrame:
    """The n-grams of these members, one row each."""
    word = terms["term"].to_numpy(dtype=object)
    spelt = pd.array([" ".join(word[row]) for row in members], dtype="str")
    return terms.iloc[members[:, 0]].reset_index(drop=True).assign(term=spelt)


class Part(NamedTuple):
    """Some of the text in documents or in passages."""

    counts: sparse.csr_array  # documents or passages × terms
    sizes: np.ndarray  # words of each


def rates_of(found: Found, *, by: list[str], least: int = 1) -> pd.DataFrame:
    """The rows of each language and group, of terms that stand at least so often."""
    language, filled = found.passages["language"], found.sizes > 0
    listed = found.terms[_entries(found.counts) >= least]

    def of_language(one: tuple[Any, pd.DataFrame]) -> list[pd.DataFrame]:
        own, terms = one[0], one[1].sort_values("term", kind="stable")
        rows = np.flatnonzero(filled & (language == own))
        part = Part(found.counts[rows][:, terms.index], found.sizes[rows])
        return list(_of_groups(part, found.passages.iloc[rows], terms, by))

    spoken = list(listed.groupby("language"))
    # the largest first, so that none is left to one thread at the end
    largest = sorted(spoken, key=lambda one: -len(one[1]))
    made = sharing.side_by_side(of_language, largest)
    parts = dict(zip((own for own, _ in largest), made, strict=True))
    nothing = found.passages[by].iloc[:0].assign(**_nothing())
    rows = chain.from_iterable(parts[own] for own, _ in spoken)
    table = pd.concat([nothing, *rows], ignore_index=True)
    return table[["term", *by, *TERM_COUNTS.columns[1:]]]


def _of_groups(
    part: Part, labels: pd.DataFrame, terms: pd.DataFrame, by: list[str]
) -> Iterator[pd.DataFrame]:
    """The rows of each group of one language, the most frequent first."""
    whole = _summed(part, pd.factorize(labels["doc_id"])[0])
    several = len(whole.sizes) > 1
    rarity = np.log(len(whole.sizes) / _entries(whole.counts)) if several else np.nan
    for inside in _groups(labels, by):
        group = labels.iloc[inside]
        passages = Part(part.counts[inside], part.sizes[inside]) if by else part
        pages = _summed(passages, pd.factorize(group["doc_id"])[0]) if by else whole
        rates = _rates(pages, passages)
        label = {name: group[name].iloc[:1].repeat(len(terms)).array for name in by}
        table = terms.assign(**label, **rates, tfidf=rates["per_1000_words"] * rarity)
        yield table.iloc[np.argsort(-rates["n"], kind="stable")]  # terms are in order


def _nothing() -> dict[str, pd.Series]:
    """The columns of no row, of the types that rows would have."""
    whole = ("n", "of", "documents", "of_documents")
    text = (*KIND, "interval")
    return {
        name: pd.Series(dtype="str" if name in text else "int64" if name in whole else "float64")
        for name in TERM_COUNTS.columns
    }


def _groups(labels: pd.DataFrame, by: list[str]) -> list[np.ndarray]:
    """Places of the passages of each group, in the order of the groups, <NA> last."""
    if not by:
        return [np.arange(len(labels))]
    number = labels.groupby(by, sort=True, dropna=False, observed=True).ngroup().to_numpy()
    order = np.argsort(number, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(number[order])) + 1)


def _summed(part: Part, unit: np.ndarray) -> Part:
    """The sums over all rows of `part` that belong to the same unit."""
    shape = (int(unit.max(initial=-1)) + 1, len(unit))
    belongs = sparse.csr_array((np.ones(len(unit), np.int32), (unit, np.arange(len(unit)))), shape)
    return Part(
        (belongs @ part.counts).tocsr(), np.bincount(unit, part.sizes, shape[0]).astype(int)
    )


def _entries(counts: sparse.csr_array) -> np.ndarray:
    """How many entries each column has."""
    entries = np.zeros(counts.shape[1], dtype=np.int64)
    np.add.at(entries, counts.indices, 1)  # np.bincount would make 64-bit numbers of all first
    return entries


def _rates(pages: Part, passages: Part) -> dict[str, Any]:
    """What is counted and measured of each term in one group."""
    n, of, documents = pages.counts.sum(axis=0), int(pages.sizes.sum()), _entries(pages.counts)
    resampled = {"by document": pages, "by passage": passages}
    interval = next((how for how, part in resampled.items() if len(part.sizes) > 1), "none")
    low, high = np.full(len(n), np.nan), np.full(len(n), np.nan)
    if interval != "none":
        units = resampled[interval]
        pools = _summed(units, np.arange(len(units.sizes)) % MOST_UNITS)
        low, high = _intervals(pools)
    return {
        "n": n.astype("int64"),
        "of": np.full(len(n), of),
        "per_1000_words": PER * n / of,
        "low": PER * low,
        "high": PER * high,
        "interval": interval,
        "documents": documents,
        "of_documents": np.full(len(n), len(pages.sizes)),
        "range": documents / len(pages.sizes),
        "dpnorm": dp(pages.counts.T, pages.sizes),
    }


def _intervals(pools: Part) -> tuple[np.ndarray, np.ndarray]:
    """The interval of each term; asked once for all that stand as often in one pool, or in none."""
    terms = pools.counts.T.tocsr()
    pools_with = np.diff(terms.indptr)
    once = pools_with == 1
    place = terms.indptr[:-1][once]
    alike = crossed(terms.data[place], terms.indices[place])  # 1 or more, as counts are
    key = np.arange(len(once)) + alike.max(initial=0) + 1
    key[once], key[pools_with == 0] = alike, 0
    number, example = firsts(key)
    low, high = map(np.asarray, bootstrap(terms[example], pools.sizes))
    return low[number], high[number]
