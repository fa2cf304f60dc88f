"""What of the passages is compared: each story once, in a group that is known; and what is not."""

from typing import NamedTuple

import pandas as pd

from astana_kit.copies import near_duplicates
from astana_kit.rates import placed, searched
from astana_kit.schema import ARTICLE, COPIES, LEFT_OUT

THINGS = ("actor_id", "concept_id", "topic", "term")
"""Columns that say what was found, in the order in which they are looked for."""

UNDETERMINED = "und"


class Material(NamedTuple):
    """What is compared, and what was left out of it."""

    found: pd.DataFrame  # each thing once a passage: row (its place in passages), thing
    passages: pd.DataFrame  # headline and body ones, without their text
    characters: pd.Series  # of the text of each
    copies: pd.DataFrame
    left_out: pd.DataFrame


def prepare(
    things: pd.DataFrame, passages: pd.DataFrame, by: str, within: str | None = None
) -> Material:
    """The passages that are compared and what was found in them, copies counted once.

    A page that repeats an earlier one of its own group is left out; one that another group has
    too stays, since that group did print it. Passages without a group, or in an undetermined
    language, which nothing is looked for in, are left out as well.

    Raises
    ------
    ValueError : a column is missing, or a thing was found outside of `passages`.

    Examples
    --------
    >>> passages = pd.DataFrame({
    ...     "doc_id": ["a", "b"], "passage": 0, "kind": "body", "language": ["ru", "und"]})
    >>> hits = pd.DataFrame({"doc_id": ["a"], "passage": [0], "concept_id": ["ceasefire"]})
    >>> material = prepare(hits, passages, "language")
    >>> len(material.found), material.left_out[["group", "what", "documents"]].to_numpy().tolist()
    (1, [['und', 'group', 1]])
    """
    thing = _thing_of(things)
    counted = searched(passages, by, *([within] if within else []))
    found = placed(things, counted, thing)
    _refuse_words_of_many_languages(thing, counted)
    nameless = _nameless(counted[by])
    copies, copied = _copies(passages, counted[~nameless], by)
    left_out = pd.concat(
        [
            _listed(counted[nameless], by).assign(
                what="group", value=None, reason=f"{by} is not known"
            ),
            _listed(copied, by, "doc_id").assign(
                what="copy", reason="repeats a page that is counted"
            ),
        ]
    )
    kept = counted.drop(index=copied.index)[~nameless.drop(index=copied.index)]
    return Material(
        _standing_in(kept, found),
        kept.reset_index(drop=True),
        _lengths(passages)[kept.index].reset_index(drop=True),
        copies,
        left_out.assign(against=None)[list(LEFT_OUT.columns)].reset_index(drop=True),
    )


def _thing_of(things: pd.DataFrame) -> str:
    """The column of `things` that says what was found."""
    for column in THINGS:
        if column in things.columns:
            return column
    raise ValueError(
        f"things: none of the columns {', '.join(THINGS)} says what was found; these columns are "
        f"there: {', '.join(map(str, things.columns)) or 'none'}. Give mentions, concept hits or "
        "topic assignments."
    )


def _refuse_words_of_many_languages(thing: str, counted: pd.DataFrame) -> None:
    languages = sorted(counted["language"].dropna().unique()) if "language" in counted else []
    if thing == "term" and len(languages) > 1:
        raise ValueError(
            f"things: words of {', '.join(languages)} are no common unit and cannot be compared; "
            "give actors, concepts or topics, or the words and passages of one language."
        )


def _lengths(passages: pd.DataFrame) -> pd.Series:
    """Characters of each headline and body passage; missing where there is no text."""
    texts = passages.get("text", pd.Series(None, index=passages.index, dtype="str"))
    lengths = texts.astype("str").str.len().astype(float)
    return lengths[passages["kind"].isin(ARTICLE)].reset_index(drop=True)


def _nameless(groups: pd.Series) -> pd.Series:
    return groups.isna() | (groups.astype(str) == UNDETERMINED)


def _copies(
    passages: pd.DataFrame, counted: pd.DataFrame, by: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pages that repeat another of their own group, and those of the `counted` passages."""
    if counted.empty or not {"text", "language"} <= set(passages.columns):
        return pd.DataFrame(columns=list(COPIES.columns)), counted.iloc[:0]
    nameless = _nameless(passages[by])
    copies = near_duplicates(passages[~nameless] if nameless.any() else passages)
    original = counted["doc_id"].map(copies.set_index("doc_id")["copy_of"])
    places = pd.MultiIndex.from_arrays([counted["doc_id"], counted[by]])
    copied = counted[pd.MultiIndex.from_arrays([original, counted[by]]).isin(places)]
    own = copies["doc_id"].isin(copied["doc_id"])
    return copies[own].reset_index(drop=True), copied


def _listed(passages: pd.DataFrame, by: str, value: str | None = None) -> pd.DataFrame:
    """Documents and passages of each group, and of each `value` in it."""
    keys = {"group": passages[by], **({"value": passages[value]} if value else {})}
    table = passages.assign(**keys).groupby(list(keys), dropna=False, observed=True, sort=True)
    return table.agg(documents=("doc_id", "nunique"), passages=("doc_id", "size")).reset_index()


def _standing_in(passages: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """What was `found` in the `passages` that are left, by its place among them."""
    row = passages.index.get_indexer(pd.Index(found["row"]))
    here = row >= 0
    return pd.DataFrame({"row": row[here], "thing": found["thing"].array[here]})
