"""Passages → tokens: every word with its place, what it counts as, whether it is a stop word."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial

import numpy as np
import pandas as pd

from astana_kit import sharing, tables
from astana_kit.schema import PASSAGES, TOKENS, article, require
from astana_kit.terms.numbering import taken
from astana_kit.terms.stream import Given, Stream, parted, read
from astana_kit.text.lemmas import LEMMATIZERS, lemmatize
from astana_kit.text.script import plain_each

Column = pd.api.extensions.ExtensionArray | np.ndarray

# «НА» and "TALKS" are shouted, but "US" is another word than "us", and "May" than "may"
NO_STOP_WORDS = {"en": frozenset({"US", "May"})}


def tokenize(
    passages: pd.DataFrame,
    *,
    names: Given = None,
    actors: Given = None,
    stop_words: Given = None,
) -> pd.DataFrame:
    """Tokens: every word of the headline and body passages, with the term that it counts as.

    Parameters
    ----------
    passages : paragraphs of pages, from ``split_passages``.
    names : a gazetteer in place of the kit's own (``tables.names``). What ``find_actors`` finds by
        it is shielded: a word that is an actor's name counts under the name («Астанадағы Ресейдің»:
        «ресей»), and the words of a longer name under the lemma of the word in the name's row.
        Spellings of one name stay apart, because which one is chosen may be what is asked
        («سوريا», «سورية»; "Turkey", "Türkiye").
    actors : in place of the kit's own (``tables.actors``), where `names` name others.
    stop_words : in place of the kit's own (``tables.stop_words``).

    Returns
    -------
    One row per word (``schema.TOKENS``), in the order of the pages: `term` is the folded lemma, by
    all the words given; of a language that the kit has no lemmas for, the folded word, and
    counted_as says "form". The further columns of `passages` (kind, outlet, published, round …)
    follow, to group by. To stay small, texts and days are categories, and offsets 32-bit integers.

    Raises
    ------
    ValueError : a column is missing, or a row of a given table is wrong.

    Examples
    --------
    >>> passages = pd.DataFrame({"doc_id": ["a"], "passage": [0], "start": [0], "stop": [32],
    ...     "kind": ["body"], "language": ["kk"], "outlet": [""], "published": [pd.NaT],
    ...     "text": ["Ресейдің келісімі мен келісімдер"]})
    >>> tokenize(passages)[["start", "stop", "word", "term", "is_stop"]]
       start  stop       word     term  is_stop
    0      0     8    Ресейдің    ресей    False
    1      9    17    келісімі  келісім    False
    2     18    21         мен      мен     True
    3     22    32  келісімдер  келісім    False
    """
    require(passages, PASSAGES)
    stream = read(passages, names, actors)
    judged = judge(stream.types, stop_words)
    return laid_out(stream, article(passages.drop(columns="text")), judged)


def judge(types: Sequence[str] | pd.Series, stop_words: Given = None) -> pd.DataFrame:
    """What each type counts as: language, word, term, counted_as, is_stop; one row per type.

    Lemmas are asked for once per language, for all its words in the order of the text.
    """
    every = parted(types)
    word, base, is_name = (np.array(own, dtype=object) for own in every[1:])
    code, languages = pd.factorize(np.array(every.language, dtype=object))
    term, is_stop = np.empty_like(word), np.zeros(len(word), dtype=bool)
    listed = tables.stop_words(stop_words)
    for place, language in enumerate(languages):
        rows = np.flatnonzero(code == place)
        written = word[rows].tolist()
        folded = plain_each(written, language)
        stops = set(plain_each(listed.loc[listed["language"] == language, "word"], language))
        capital = NO_STOP_WORDS.get(language, frozenset())
        is_stop[rows] = [
            plain in stops and said not in capital
            for said, plain in zip(written, folded, strict=True)
        ]
        term[rows] = folded
        inside = rows[base[rows] != ""]
        term[inside] = plain_each(base[inside].tolist(), language)
        if language in LEMMATIZERS:
            # a number has no lemma, and of numbers there may be more than of words
            number = np.fromiter(map(str.isdecimal, folded), dtype=bool, count=len(folded))
            asked = rows[(is_name[rows] == "") & ~number]
            said = np.where(base[asked] == "", word[asked], base[asked])
            term[asked] = lemmatize(said.tolist(), language)
    counted_as = np.where([language in LEMMATIZERS for language in languages], "lemma", "form")
    return pd.DataFrame(
        {
            "language": pd.array(np.asarray(languages, dtype=object)[code], dtype="str"),
            "word": pd.array(word, dtype="str"),
            "term": pd.array(term, dtype="str"),
            "counted_as": counted_as[code],
            "is_stop": is_stop & (is_name == ""),
        }
    )


def laid_out(stream: Stream, passages: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """The stream as a table, with what its passages and types say."""

    def of_passage(column: pd.Series) -> Column:
        return _spread(column, lambda values: np.repeat(values, stream.sizes))

    def of_type(column: pd.Series) -> Column:
        return _spread(column, lambda values: taken(values, stream.code))

    letters = judged["word"].str.len()
    length = letters.astype(np.min_scalar_type(letters.max()) if len(letters) else "int32")
    further = [name for name in passages if name not in {*TOKENS.columns, "text"}]
    columns: dict[Hashable, Callable[[], Column]] = {
        "doc_id": lambda: of_passage(passages["doc_id"]),
        "start": lambda: stream.start,
        "stop": lambda: stream.start + of_type(length),
        "passage": lambda: of_passage(passages["passage"].astype("int32")),
        **{name: partial(of_type, judged[name]) for name in judged},
        **{name: partial(of_passage, passages[name]) for name in further},
    }
    made = sharing.side_by_side(lambda make: make(), columns.values())
    return pd.DataFrame(dict(zip(columns, made, strict=True)), copy=False)


def _spread(column: pd.Series, spread: Callable[[np.ndarray], np.ndarray]) -> Column:
    """Values of a column laid on tokens; texts and days as categories as they appear."""
    kind = column.dtype
    if isinstance(kind, np.dtype) and kind.kind in "biuf":
        return spread(column.to_numpy())
    if isinstance(kind, pd.CategoricalDtype):
        values = column.array
    elif isinstance(kind, pd.StringDtype | pd.DatetimeTZDtype) or kind.kind in "OM":
        values = pd.Categorical.from_codes(*pd.factorize(column))
    else:
        return column.array.take(spread(np.arange(len(column))))
    return pd.Categorical.from_codes(spread(values.codes), dtype=values.dtype, validate=False)
