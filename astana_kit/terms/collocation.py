"""What stands beside a word: its collocates, and how much more often than by chance."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from astana_kit import measures
from astana_kit.schema import COLLOCATIONS, TOKENS, require
from astana_kit.terms.query import asked_terms
from astana_kit.text.words import words


def collocations(
    tokens: pd.DataFrame, word: str, *, span: int = 5, least: int = 3, by: str | None = None
) -> pd.DataFrame:
    """Terms that stand within `span` words of a word, the most exclusive first.

    A window ends with its passage, not with a sentence. Stop words fill places in it but are no
    collocates, nor is the word itself.

    Parameters
    ----------
    tokens : from ``tokenize``, in the order of the pages.
    word : the node: a lemma or any form of it. It is looked for in each language of `tokens`.
    span : words to either side.
    least : times together from which a term counts as a collocate; of rare ones the measures tell
        little.
    by : column of `tokens`; each of its values is then counted for itself, and so are the words
        that have none.

    Returns
    -------
    One row per node and collocate (``schema.COLLOCATIONS``, before them the column `by`): n times
    together (occurrences of the node with the collocate in their window, or of the collocate with
    the node in its, whichever are fewer, so that n is at most f_x and f_y), f_x and f_y times that
    each stands at all, `of` words; near, times that the collocate stands in the `window` words of
    all windows (the node's own left out); documents with such a window.

    log_dice (at most 14, one more is twice as often) asks of n, f_x and f_y how exclusively the two
    stand together, in a corpus of any size: by it the rows of each language, and value of `by`, are
    sorted. The others compare words
    in the windows with words outside (Evert 2008): log_likelihood (G² of all four cells, evidence
    without direction), delta_p (how much more probable the collocate is inside than outside),
    delta_p_back (how much more probable it is that a place lies inside where it holds the
    collocate), npmi (−1 never inside, 0 by chance, 1 where the windows hold it and nothing else,
    and it stands nowhere else). NaN where nothing lies outside.

    Raises
    ------
    ValueError : a column is missing, `word` is not one word or stands nowhere in `tokens`, or
        `span` or `least` is below 1.

    Examples
    --------
    >>> text = "lasting truce holds while lasting truce talks go on elsewhere".split()
    >>> tokens = pd.DataFrame({
    ...     "doc_id": "a", "start": range(10), "stop": range(1, 11), "passage": 0, "language": "en",
    ...     "word": text, "term": text, "counted_as": "lemma", "is_stop": False})
    >>> collocations(tokens, "truce", span=1, least=2)[["node", "collocate", "n", "f_y", "window"]]
        node collocate  n  f_y  window
    0  truce   lasting  2    2       4
    """
    require(tokens, TOKENS, *([by] if by else []))
    if min(span, least) < 1:
        raise ValueError(f"span={span}, least={least}: give 1 or more of each.")
    spans = words(word)
    if len(spans) != 1:
        raise ValueError(
            f"word: {word!r} is not one word; give one. Phrases are found by find(…, by='term')."
        )
    found = [
        _measured(_around(counted, nodes, span=span, least=least)).assign(**group)
        for group, nodes, counted in _nodes(tokens, word[slice(*spans[0])], by)
    ]
    if not found:
        there = tokens["language"].value_counts().loc[lambda n: n > 0]
        sizes = ", ".join(f"{language}: {n} words" for language, n in there.items())
        raise ValueError(
            f"tokens: {word!r} stands nowhere, in no form ({sizes or 'no words'}). Words that are "
            "there are found with count_terms."
        )
    grouped = [by] if by else []
    columns = list(dict.fromkeys([*grouped, *COLLOCATIONS.columns]))
    kinds = {column: tokens[column].dtype for column in grouped}
    return pd.concat(found, ignore_index=True)[columns].astype(kinds)


def _nodes(
    tokens: pd.DataFrame, word: str, by: str | None
) -> Iterator[tuple[dict[str, Any], list[str], pd.DataFrame]]:
    """Each language and value of `by` that has `word`: its columns, its terms, the tokens."""
    for language, spoken in tokens.groupby("language", observed=True):
        nodes = asked_terms(spoken, word, str(language))
        kept = spoken if nodes else spoken.iloc[:0]
        groups = kept.groupby(by, observed=True, dropna=False) if by else [("", kept)]
        for value, counted in groups:
            if counted["term"].isin(nodes).any():
                kind = counted["counted_as"].iloc[0]
                group = {"language": language, "counted_as": kind, **({by: value} if by else {})}
                yield group, nodes, counted


def _around(tokens: pd.DataFrame, nodes: list[str], *, span: int, least: int) -> pd.DataFrame:
    """Counts of each term near `nodes` in tokens of one language, stop words left out."""
    term, terms = pd.factorize(tokens["term"])
    own = tokens["term"].isin(nodes).to_numpy()
    times, place = _windows(tokens, np.flatnonzero(own), span)
    outside_node = ~own[place]
    times, place = times[outside_node], place[outside_node]
    places = np.unique(place)
    content = ~tokens["is_stop"].to_numpy(dtype=bool)
    times, place, inside = times[content[place]], place[content[place]], places[content[places]]
    page = pd.factorize(tokens["doc_id"])[0]
    near = np.bincount(term[inside], minlength=len(terms))
    counts = pd.DataFrame(
        {
            "node": nodes[0],
            "collocate": terms.astype(str),
            "n": np.minimum(near, _partners(times, term[place], len(terms))),
            "f_x": int(own.sum()),
            "f_y": np.bincount(term[content], minlength=len(terms)),
            "of": len(tokens),
            "near": near,
            "window": len(places),
            "documents": _partners(page[inside], term[inside], len(terms)),
        }
    )
    return counts[counts["n"] >= least]


def _windows(tokens: pd.DataFrame, nodes: np.ndarray, span: int) -> tuple[np.ndarray, np.ndarray]:
    """Every place in reach of a node: the number of the node, and the place."""
    passage = tokens.groupby(["doc_id", "passage"], observed=True, sort=False).ngroup().to_numpy()
    reach = np.concatenate([np.arange(-span, 0), np.arange(1, span + 1)])
    times = np.arange(len(nodes)).repeat(len(reach))
    place = (nodes[:, None] + reach).ravel()
    there = (place >= 0) & (place < len(tokens))
    times, place = times[there], place[there]
    together = passage[place] == passage[nodes[times]]
    return times[together], place[together]


def _partners(partner: np.ndarray, term: np.ndarray, terms: int) -> np.ndarray:
    """With how many different partners each term stands."""
    return np.bincount(np.unique(partner.astype("int64") * terms + term) % terms, minlength=terms)


def _measured(counts: pd.DataFrame) -> pd.DataFrame:
    """`counts` with the measures of association, the most exclusive collocate first."""
    near, window, f_y = (counts[column].to_numpy() for column in ("near", "window", "f_y"))
    places = (counts["of"] - counts["f_x"]).to_numpy()  # the words that may be a collocate
    outside, beyond = f_y - near, np.maximum(places - window, 1)
    # of all four cells: with the words that are not the collocate, inside and outside (Evert 2008)
    with_it = measures.log_likelihood(near, window, outside, beyond)
    without = measures.log_likelihood(window - near, window, beyond - outside, beyond)
    measured = counts.assign(
        log_dice=measures.log_dice(counts["n"], counts["f_x"], f_y),
        log_likelihood=np.where(window < places, with_it + without, np.nan),
        delta_p=measures.delta_p(near, window, f_y, places),
        delta_p_back=np.where(window < places, measures.delta_p(near, f_y, window, places), np.nan),
        npmi=np.where(window < places, measures.npmi(near, window, f_y, places), np.nan),
    ).sort_values("collocate")
    return measured.sort_values("log_dice", ascending=False, kind="stable")
