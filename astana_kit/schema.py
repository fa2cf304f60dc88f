"""The tables that join the modules: what one row of each is, its key and its columns."""

from typing import NamedTuple

import pandas as pd


class Table(NamedTuple):
    """A contract in words and columns."""

    name: str
    row: str  # what one row stands for, in words
    key: tuple[str, ...]
    columns: tuple[str, ...]


DOCUMENTS = Table(
    "documents",
    "one page as received",
    ("doc_id",),
    (
        "doc_id",
        "language",
        "outlet",
        "title",
        "published",
        "published_source",
        "text",
        "source",
        "sha256",
    ),
)
PASSAGES = Table(
    "passages",
    "one paragraph of a page",
    ("doc_id", "passage"),
    ("doc_id", "passage", "start", "stop", "kind", "language", "outlet", "published", "text"),
)
SENTENCES = Table(
    "sentences",
    "one sentence of a headline or body passage",
    ("doc_id", "start"),
    ("doc_id", "start", "stop", "passage", "language", "text"),
)
FOUND = Table(
    "found rows",
    "one stretch of a page that was looked for and found",
    ("doc_id", "start"),
    ("doc_id", "start", "stop", "passage"),
)

TOKENS = Table(
    "tokens",
    "one word of a headline or body passage",
    ("doc_id", "start"),
    (
        "doc_id",
        "start",
        "stop",
        "passage",
        "language",
        "word",  # as it is written
        "term",  # its lemma, folded; of a language without lemmas its form, folded
        "counted_as",  # lemma, form
        "is_stop",
    ),
)

KEYNESS = Table(
    "keyness",
    "one term compared between two parts of the pages",
    ("term",),
    (
        "term",
        "language",
        "counted_as",
        "n_target",
        "of_target",  # words, stop words too
        "n_reference",
        "of_reference",
        "documents_target",  # with the term
        "documents_reference",  # <NA>: an outside list of counts has none
        "log_likelihood",
        "q",
        "log_ratio",
        "low",
        "high",
        "interval",  # what it takes for independent: "by document", "by passage"
        "lrc",
        "percent_diff",
        "z",
    ),
)
COLLOCATIONS = Table(
    "collocations",
    "one term that stands near the word asked for",
    ("node", "collocate", "language"),
    (
        "node",
        "collocate",
        "language",
        "counted_as",
        "n",  # times together, at most f_x and f_y
        "f_x",  # times the node stands
        "f_y",  # times the collocate stands
        "of",  # words
        "near",  # times the collocate stands in the windows
        "window",  # words in the windows
        "log_dice",
        "log_likelihood",
        "delta_p",
        "delta_p_back",
        "npmi",
        "documents",
    ),
)

TERM_COUNTS = Table(
    "term_counts",
    "one term in one group of one language",
    ("term", "language", "counted_as"),  # and the columns to group by
    (
        "term",
        "language",
        "counted_as",
        "n",
        "of",  # words of the group, stop words too
        "per_1000_words",
        "low",
        "high",
        "interval",  # what is resampled: "by document", "by passage"; "none" of a single passage
        "documents",  # with the term
        "of_documents",
        "range",  # their share
        "dpnorm",
        "tfidf",
    ),
)

REFERENCES = Table(
    "references",
    "one naming of a round",
    ("doc_id", "start"),
    (
        "doc_id",
        "start",
        "stop",
        "passage",
        "surface",
        "how",  # number, ordinal, date, relative
        "round",  # missing where only the page's day or its main round can tell
        "day",  # first day of a full date
        "month",  # of a date, and of a relative naming where one is said: "next in March"
        "step",  # -1 previous, +1 next (or agreed upon, beside a number), 0 this one
    ),
)
DOCUMENT_ROUNDS = Table(
    "document_rounds",
    "one round that a page deals with",
    ("doc_id", "round"),
    ("doc_id", "round", "relation", "how"),
)

RATES = Table(
    "rates",
    "one thing in one group by one measure",
    ("thing", "group", "measure"),
    (
        "thing",
        "group",  # <NA>: the passages that have none
        "measure",
        "n",  # passages or documents with the thing, by the measure
        "of",
        "rate",
        "low",
        "high",
        "documents",  # with the thing
        "of_documents",
        "interval",  # what it takes for independent: "by document", "wilson"
    ),
)
CO_MENTIONS = Table(
    "co_mentions",
    "two actors named in one sentence",
    ("a", "b"),
    (
        "a",
        "b",
        "n",  # sentences that name both
        "n_a",
        "n_b",
        "of",
        "expected",
        "npmi",
        "log_odds",
        "low",
        "high",
        "z",
        "p",
        "q",
        "documents",
    ),
)
SHEET = Table(
    "coding sheet",
    "one mention or passage for a person to judge",
    ("item", "kind", "coder"),
    (
        "item",  # doc_id:start-stop
        "kind",  # mention, passage
        "doc_id",
        "start",
        "stop",
        "passage",
        "language",
        "before",
        "surface",
        "after",
        "actor_id",
        "label",
        "weight",  # items of its kind that this one stands for
        "right",
        "missed",
        "coder",
    ),
)
SCORES = Table(
    "scores",
    "one measure of the finding in one language, by one coder or two",
    ("language", "coder", "measure"),
    ("language", "coder", "measure", "n", "of", "value", "low", "high", "unjudged"),
)

MENTIONS = Table(
    "mentions",
    "one actor named once",
    ("doc_id", "start"),
    (
        "doc_id",
        "start",
        "stop",
        "passage",
        "surface",
        "actor_id",
        "name",  # the row of the lexicon that matched
        "form",  # name, adjective, demonym
    ),
)
DOUBTFUL = Table(
    "doubtful mentions",
    "one name that does not say in its place who is meant",
    ("doc_id", "start"),
    (
        "doc_id",
        "start",
        "stop",
        "passage",
        "surface",
        "candidates",  # ids of actors, parted by a blank
        "reason",
    ),
)
SUGGESTIONS = Table(
    "suggestions",
    "one way to write a name that the gazetteer may lack",
    ("language", "name"),
    (
        *("id", "language", "name", "form", "inflects", "note", "source"),  # as in names.csv
        "n",
        "documents",
        "doc_id",  # the first place, and its line
        "start",
        "stop",
        "passage",
        "line",
    ),
)

KINDS = ("headline", "dateline", "body", "related", "boilerplate")
"""What a paragraph of a page can be."""

ARTICLE = ("headline", "body")
"""The kinds that are the article itself: only these are searched and counted."""


def require(frame: pd.DataFrame, table: Table, *more: str) -> None:
    """Raise ValueError unless `frame` has every column of `table`, and those in `more`.

    >>> require(pd.DataFrame({"doc_id": ["a"], "text": ["б"]}), FOUND)
    Traceback (most recent call last):
    ...
    ValueError: found rows: no column start, stop, passage. One row is one stretch of a page that \
was looked for and found; these columns are there: doc_id, text.
    """
    missing = [column for column in (*table.columns, *more) if column not in frame.columns]
    if missing:
        raise ValueError(
            f"{table.name}: no column {', '.join(missing)}. One row is {table.row}; "
            f"these columns are there: {', '.join(map(str, frame.columns)) or 'none'}."
        )


def require_unique(frame: pd.DataFrame, table: Table) -> None:
    """Raise ValueError if two rows of `frame` share the key of `table`.

    >>> require_unique(pd.DataFrame({"doc_id": ["a", "b", "a"]}), DOCUMENTS)
    Traceback (most recent call last):
    ...
    ValueError: documents: doc_id a stands in rows 0, 2. One row is one page as received; \
give each its own doc_id, or drop the copies.
    """
    repeated = frame.duplicated(list(table.key), keep=False)
    if repeated.any():
        first = frame.loc[repeated, list(table.key)].iloc[0]
        rows = (frame[list(table.key)] == first).all(axis=1).to_numpy().nonzero()[0]
        raise ValueError(
            f"{table.name}: {', '.join(f'{column} {first[column]}' for column in table.key)} "
            "stands in rows "
            f"{', '.join(map(str, rows))}. One row is {table.row}; "
            f"give each its own {' and '.join(table.key)}, or drop the copies."
        )


def refuse_strays(rows: pd.DataFrame, strays: pd.Series, where: str) -> None:
    """Raise ValueError if any of the found `rows` lies outside of where they are looked up.

    >>> rows = pd.DataFrame({"doc_id": ["a", "b"], "start": [0, 5]})
    >>> refuse_strays(rows, rows["doc_id"] == "b", "sentences given")
    Traceback (most recent call last):
    ...
    ValueError: found rows: 1 of 2 lie in none of the sentences given, the first in \
doc_id b, start 5; give all that they were found in.
    """
    if strays.any():
        first = rows[strays].iloc[0]
        place = "start" if "start" in rows.columns else "passage"
        raise ValueError(
            f"found rows: {int(strays.sum())} of {len(rows)} lie in none of the {where}, the first "
            f"in doc_id {first['doc_id']}, {place} {first[place]}; give all that they were found "
            "in."
        )


def article(passages: pd.DataFrame) -> pd.DataFrame:
    """Rows of `passages` that are the article itself: headline and body.

    >>> article(pd.DataFrame({"kind": ["headline", "related", "body"]}))
           kind
    0  headline
    2      body
    """
    return passages[passages["kind"].isin(ARTICLE)]
