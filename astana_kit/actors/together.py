"""Who is named together with whom: pairs in one sentence, beyond what frequency brings."""

import numpy as np
import pandas as pd

from astana_kit.measures import benjamini_hochberg, npmi
from astana_kit.schema import CO_MENTIONS, FOUND, SENTENCES, refuse_strays, require

SPANS = SENTENCES._replace(columns=("doc_id", "start", "stop"))
Z = 1.959964  # standard errors to either side that hold 95 % of the normal curve


def co_mentions(mentions: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Pairs of actors named in one sentence, those that belong together most surely first.

    Two that are named often meet by chance; the log odds ask how much more often they meet than
    that, and z, by which the rows are sorted, how sure that is: neither a frequent name nor one
    meeting of two rare ones leads.

    Parameters
    ----------
    mentions : from ``find_actors``.
    sentences : from ``split_sentences``, of the same passages.

    Returns
    -------
    One row per pair, a before b in the alphabet (``schema.CO_MENTIONS``): n sentences that name
    both, n_a and n_b that name each, `of` all sentences; `expected` sentences with both, were they
    independent; npmi (−1 never, 0 by chance, 1 always); log_odds (binary logarithm of the odds
    ratio, 0.5 added to each of the four counts: Haldane 1956) with the interval low to high
    (Woolf 1955) and z, the log odds in standard errors; p of so many or more by chance (Fisher's
    exact test, one side); q, p corrected for the number of all pairs of actors that are named;
    documents with such a sentence. The interval, z, p and q take sentences for independent, which
    those of one document are not: read them with `documents`. A pair that never meets has no row.

    Raises
    ------
    ValueError : a column is missing, or a mention stands in none of the sentences.

    Examples
    --------
    >>> mentions = pd.DataFrame({
    ...     "doc_id": "a", "start": [0, 12, 30], "stop": [5, 17, 35], "passage": 0,
    ...     "actor_id": ["russia", "iran", "russia"]})
    >>> sentences = pd.DataFrame({"doc_id": "a", "start": [0, 25], "stop": [24, 50]})
    >>> co_mentions(mentions, sentences)[["a", "b", "n", "n_a", "n_b", "of"]]
          a       b  n  n_a  n_b  of
    0  iran  russia  1    1    2   2
    """
    require(mentions, FOUND, "actor_id")
    require(sentences, SPANS)
    named = _in_sentences(mentions, sentences)
    both = named.merge(named[["sentence", "actor_id"]], on="sentence", suffixes=("", "_b"))
    both = both[both["actor_id"] < both["actor_id_b"]]
    pairs = (
        both.groupby(["actor_id", "actor_id_b"])
        .agg(n=("sentence", "size"), documents=("doc_id", "nunique"))
        .rename_axis(["a", "b"])
        .reset_index()
    )
    alone = named.groupby("actor_id").size()
    pairs = pairs.assign(n_a=pairs["a"].map(alone), n_b=pairs["b"].map(alone), of=len(sentences))
    measured = _associated(pairs, possible=len(alone) * (len(alone) - 1) // 2)
    order = measured.sort_values(["z", "n"], ascending=False, kind="stable", ignore_index=True)
    return order[list(CO_MENTIONS.columns)]


def _in_sentences(mentions: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Each actor once per sentence that names it: doc_id, actor_id, number of the sentence."""
    spans = sentences[["doc_id", "start", "stop"]].astype({"doc_id": str, "start": "int64"})
    spans = (
        spans.reset_index(drop=True)
        .rename_axis("sentence")
        .reset_index()
        .sort_values("start", kind="stable")
    )
    found = mentions[["doc_id", "start", "actor_id"]].astype(
        {"doc_id": str, "start": "int64", "actor_id": str}
    )
    found = found.sort_values("start", kind="stable")
    placed = pd.merge_asof(found, spans, on="start", by="doc_id")
    outside = ~(placed["start"] < placed["stop"])  # also where no sentence begins before it
    refuse_strays(placed, outside, "sentences given")
    placed = placed.astype({"sentence": "int64"})
    return placed[["doc_id", "actor_id", "sentence"]].drop_duplicates()


def _associated(pairs: pd.DataFrame, *, possible: int) -> pd.DataFrame:
    """`pairs` with the measures of association; `possible` pairs were there to be seen."""
    from scipy import stats  # noqa: PLC0415 - a second to load, and only needed here

    n, n_a, n_b, of = (pairs[column].to_numpy() for column in ("n", "n_a", "n_b", "of"))
    four = np.stack([n, n_a - n, n_b - n, of - n_a - n_b + n]) + 0.5
    log_odds = np.log2(four[0] * four[3] / (four[1] * four[2]))
    error = Z * np.sqrt((1 / four).sum(axis=0)) / np.log(2)
    p = np.clip(stats.hypergeom.sf(n - 1, of, n_a, n_b), 0, 1)
    # A pair that never meets is a test too, with p = 1
    q = benjamini_hochberg(np.concatenate([p, np.ones(possible - len(p))]))[: len(p)]
    return pairs.assign(
        expected=n_a * n_b / of,
        npmi=npmi(n, n_a, n_b, of),
        log_odds=log_odds,
        low=log_odds - error,
        high=log_odds + error,
        z=Z * log_odds / error,
        p=p,
        q=q,
    )
