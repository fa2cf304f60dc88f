"""Words of the pages: found, and later counted and compared."""

import re

import numpy as np
import pandas as pd

from astana_kit.schema import PASSAGES, article, require
from astana_kit.text.script import bare, compose, fold

GAP = "\n"  # stands between passages when they are searched as one text; no query holds it


def find(passages: pd.DataFrame, query: str) -> pd.DataFrame:
    r"""Places where a word or phrase stands in headlines and bodies, as whole words.

    Capitals, vowel signs, stress marks, hamza and other spellings of one letter make no
    difference; white space in `query` stands for any white space. One row is one place.

    Parameters
    ----------
    passages : paragraphs of pages, from ``split_passages``.
    query : a word or a phrase.

    Returns
    -------
    doc_id, start, stop (characters of the document's text, half open), passage, surface (the
    words as they stand there), language; in the order of the pages.

    Raises
    ------
    ValueError : `query` holds no word, or a column of `passages` is missing.

    Examples
    --------
    >>> import astana_kit as ak
    >>> frame = pd.DataFrame({"text": ["Перемирие в Сирии", "О перемирии\n«ПЕРЕМИРИЕ» держится"]})
    >>> passages = ak.split_passages(ak.from_frame(frame.assign(language="ru")))
    >>> find(passages, "перемирие")[["doc_id", "start", "stop", "surface"]]
      doc_id  start  stop    surface
    0     d0      0     9  Перемирие
    1     d1     13    22  ПЕРЕМИРИЕ
    """
    require(passages, PASSAGES)
    words = bare(compose(query))[0].split()
    if not any(letter.isalnum() for letter in "".join(words)):
        raise ValueError(f"query: no word in {query!r}; give a word or a phrase to look for.")
    searched = article(passages).reset_index(drop=True)
    found = [
        _find_in(group, words, str(language))
        for language, group in searched.groupby("language", sort=False, dropna=False)
    ]
    columns = ["doc_id", "start", "stop", "passage", "surface", "language"]
    if not found:
        return searched.assign(surface="")[columns].iloc[:0].reset_index(drop=True)
    return pd.concat(found).sort_index(kind="stable").reset_index(drop=True)[columns]


def _find_in(passages: pd.DataFrame, words: list[str], language: str) -> pd.DataFrame:
    """Places of `words` in passages of one language; the index is that of the passages."""
    text = GAP.join(passages["text"])
    letters, positions = bare(text)
    phrase = r"[^\S\n]+".join(re.escape(fold(word, language)) for word in words)
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
