"""Words of the pages: found, and later counted and compared."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from astana_kit import tables
from astana_kit.schema import PASSAGES, article, require
from astana_kit.terms.query import asked_terms
from astana_kit.terms.tokens import tokenize
from astana_kit.text.script import bare, compose, fold
from astana_kit.text.words import words

GAP = "\n"  # stands between passages when they are searched as one text; no query holds it


def find(passages: pd.DataFrame, query: str, *, by: str = "form") -> pd.DataFrame:
    r"""Places where a word or phrase stands in headlines and bodies, as whole words.

    Capitals, vowel signs, stress marks, hamza and other spellings of one letter make no
    difference; white space in `query` stands for any white space. One row is one place.

    Parameters
    ----------
    passages : paragraphs of pages, from ``split_passages``.
    query : a word or a phrase.
    by : "form" finds it as it is written; "term" finds every form of its words («перемирия»,
        «перемирием»), by the terms that ``tokenize`` gives these passages.

    Returns
    -------
    doc_id, start, stop (characters of the document's text, half open), passage, surface (the
    words as they stand there), language; in the order of the pages.

    Raises
    ------
    ValueError : `query` holds no word, `by` is neither "form" nor "term", or a column of
        `passages` is missing.

    Examples
    --------
    >>> import astana_kit as ak
    >>> frame = pd.DataFrame({"text": ["Перемирие в Сирии", "О перемирии\n«ПЕРЕМИРИЕ» держится"]})
    >>> passages = ak.split_passages(ak.from_frame(frame.assign(language="ru")))
    >>> find(passages, "перемирие")[["doc_id", "start", "stop", "surface"]]
      doc_id  start  stop    surface
    0     d0      0     9  Перемирие
    1     d1     13    22  ПЕРЕМИРИЕ
    >>> find(passages, "перемирие", by="term")["surface"].tolist()
    ['Перемирие', 'перемирии', 'ПЕРЕМИРИЕ']
    """
    require(passages, PASSAGES)
    if not any(letter.isalnum() for letter in query):
        raise ValueError(f"query: no word in {query!r}; give a word or a phrase to look for.")
    if by not in FINDERS:
        raise ValueError(
            f'by: {by!r} is no way to look; "form" finds words as they are written, "term" all '
            "forms of them."
        )
    searched = article(passages).reset_index(drop=True)
    columns = ["doc_id", "start", "stop", "passage", "surface", "language"]
    found = list(FINDERS[by](searched, query)) or [searched.assign(surface="").iloc[:0]]
    return pd.concat(found).sort_index(kind="stable").reset_index(drop=True)[columns]


def gloss(terms: pd.Series, language: pd.Series | str) -> pd.Series:
    """Meaning of each term in English, missing where ``tables.glosses`` has none.

    Parameters
    ----------
    terms : as ``tokenize`` gives them.
    language : of each term, or of all.

    Examples
    --------
    >>> gloss(pd.Series(["беженец", "цуцванг"]), "ru").tolist()
    ['refugee', nan]
    """
    asked = pd.DataFrame({"language": language, "word": terms}).astype("str")
    return asked.merge(tables.glosses(), how="left")["gloss"].set_axis(terms.index)


def _find_forms(passages: pd.DataFrame, query: str) -> Iterator[pd.DataFrame]:
    """Places of the words of `query` as they are written; the index is that of the passages."""
    for language, group in passages.groupby("language", sort=False, dropna=False):
        yield _find_in(group, bare(compose(query))[0].split(), str(language))


def _find_in(passages: pd.DataFrame, written: list[str], language: str) -> pd.DataFrame:
    """Places of `written` words in passages of one language; the index is that of the passages."""
    text = GAP.join(passages["text"])
    letters, positions = bare(text)
    phrase = r"[^\S\n]+".join(re.escape(fold(word, language)) for word in written)
    spans = np.array(
        [match.span() for match in re.finditer(rf"(?<!\w){phrase}(?!\w)", fold(letters, language))],
        dtype="int64",
    ).reshape(-1, 2)
    place = np.asarray(positions, dtype="int64")
    # what is found starts and ends on a letter: a vowel sign after the last one stays outside
    starts, stops = place[spans[:, 0]], place[spans[:, 1] - 1] + 1
    heads = np.concatenate([[0], np.cumsum(passages["text"].str.len().to_numpy() + len(GAP))[:-1]])
    row = np.searchsorted(heads, starts, side="right") - 1
    shift = passages["start"].to_numpy()[row] - heads[row]
    return passages.iloc[row].assign(
        start=(starts + shift).astype("int32"),
        stop=(stops + shift).astype("int32"),
        surface=[text[start:stop] for start, stop in zip(starts, stops, strict=True)],
    )


def _find_terms(passages: pd.DataFrame, query: str) -> Iterator[pd.DataFrame]:
    """Places of all forms of the words of `query`; the index is that of the passages."""
    rows = pd.MultiIndex.from_frame(passages[["doc_id", "passage"]])
    for language, tokens in tokenize(passages).groupby("language", observed=True):
        spoken = str(language)
        asked = [query[start:stop] for start, stop in words(query)]
        hits = _runs(tokens, [asked_terms(tokens, word, spoken) for word in asked])
        row = rows.get_indexer(pd.MultiIndex.from_frame(hits[["doc_id", "passage"]]))
        found = passages.iloc[row]
        head = found["start"].to_numpy()
        starts, stops = hits["start"].to_numpy(), hits["stop"].to_numpy()
        spans = zip(found["text"], starts - head, stops - head, strict=True)
        surface = pd.Series([text[start:stop] for text, start, stop in spans], dtype="str")
        # a phrase is parted by white space alone, as among forms: not by a comma or a full stop
        joined = surface.str.replace(r"\s", "", regex=True) == hits["written"].to_numpy()
        found = found.assign(start=starts, stop=stops, surface=surface.array)
        yield found[joined.to_numpy()]


def _runs(tokens: pd.DataFrame, terms: list[list[str]]) -> pd.DataFrame:
    """Tokens that follow each other, each of one of its terms: where they stand, and as what."""
    last = len(tokens) - len(terms) + 1
    runs = [tokens.iloc[place : max(last + place, 0)] for place in range(len(terms))]
    same = [run["term"].isin(own).to_numpy() for run, own in zip(runs, terms, strict=True)]
    runs = [run[np.logical_and.reduce(same)] for run in runs]
    written = ["".join(pieces) for pieces in zip(*(run["word"] for run in runs), strict=True)]
    return runs[0].assign(stop=runs[-1]["stop"].to_numpy(), written=written)


FINDERS = {"form": _find_forms, "term": _find_terms}
