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
CONCEPT_HITS = Table(
    "concept_hits",
    "one concept said once",
    ("doc_id", "start"),
    ("doc_id", "start", "stop", "passage", "surface", "concept_id", "name"),
)
FEATURES = Table(
    "features",
    "one thing that a passage speaks of",
    ("doc_id", "passage", "feature"),
    ("doc_id", "passage", "feature", "n"),
)
ASSIGNMENTS = Table(
    "assignments",
    "one headline or body passage",
    ("doc_id", "passage"),
    (
        "doc_id",
        "passage",
        "topic",  # Int64; missing: unassigned
        "share",  # of its likeness to all topics, what goes to its own
        "language",
    ),
)
TOPICS = Table(
    "topics",
    "one cluster of passages",
    ("topic",),  # 1 is the largest
    (
        "topic",
        "label",
        "passages",
        "documents",
        "coherence",
        "stability",
    ),  # and words_<language>, one column a language
)
DIAGNOSTICS = Table(
    "diagnostics",
    "one thing that says how far the clusters can be trusted",
    ("what", "of"),
    ("what", "of", "value", "low", "high", "note"),
)
CANDIDATES = Table(
    "candidates",
    "one number of topics that was tried",
    ("k",),
    (
        "k",
        "stability",
        "low",  # of stability: range over resamples
        "high",
        "coherence",
        "coherence_low",  # one standard error, of topics
        "coherence_high",
        "score",
        "chosen",
    ),
)
TYPICAL = Table(
    "typical passages",
    "one passage near the middle of its topic, of one language",
    ("topic", "language", "rank"),
    ("topic", "language", "rank", "doc_id", "passage", "likeness", "text"),
)
DIFFERENCES = Table(
    "differences",
    "one thing compared between two groups",
    ("thing", "a", "b"),
    (
        "thing",
        "a",
        "b",
        "share_a",
        "share_b",
        "n_a",  # passages or documents with the thing
        "n_b",
        "of_a",  # passages or documents compared
        "of_b",
        "documents_a",  # documents compared
        "documents_b",
        "difference",  # a above b, in percentage points
        "low",
        "high",
        "p",
        "q",
        "beyond",  # whether the interval lies beyond what a finder can miss
        "note",
    ),
)
CONFOUNDS = Table(
    "confounds",
    "one group, and what may differ in it besides what it is grouped by",
    ("group",),
    (
        "group",
        "documents",
        "passages",
        "outlets",  # names, parted by commas; so are the next three
        "countries",
        "kinds",
        "languages",
        "one_outlet",
        "first",
        "last",
        "undated",  # documents without a day
        "characters",  # median length of a passage
        "with_a_thing",  # share of the passages
        "copies",  # documents left out as copies
    ),
)
LEFT_OUT = Table(
    "left out",
    "what one group lost before it was compared",
    ("group", "against", "what", "value"),
    (
        "group",
        "against",  # the other group of the pair, <NA>: every other
        "what",  # copy, group, or the column of `within`
        "value",  # doc_id of the copy, or the value that only one of the two covers
        "documents",
        "passages",
        "reason",
    ),
)
DIVERGENCES = Table(
    "divergences",
    "two groups, and how far apart what they speak of is",
    ("a", "b"),
    (
        "a",
        "b",
        "documents_a",
        "documents_b",
        "n_a",  # findings: passages with a thing, summed over the things
        "n_b",
        "divergence",  # 0 the same, 1 nothing in common
        "low",
        "high",
        "chance",  # what documents dealt out to the two at random come to on average
        "chance_high",  # and in 95 of 100 deals at most
        "excess",  # divergence above chance
        "p",
        "q",
        "note",
    ),
)
PARTS = Table(
    "parts",
    "what one thing adds to the divergence of two groups",
    ("thing", "a", "b"),
    (
        "thing",
        "a",
        "b",
        "of_a",  # its share of all findings of a
        "of_b",
        "part",  # the parts of a pair sum to its divergence
        "low",
        "high",
        "chance",  # what it adds where documents are dealt out at random
        "more_in",
    ),
)
COPIES = Table(
    "copies",
    "one page that an earlier one says already",
    ("doc_id",),
    (
        "doc_id",
        "copy_of",
        "similarity",
        "language",
        "outlet",
        "outlet_of",  # of the page that it copies
        "published",
        "published_of",
    ),
)

LABEL_COUNTS = Table(
    "label counts",
    "one way to name an actor in one group",
    ("actor_id", "label", "group"),
    (
        "actor_id",
        "label",
        "kind",
        "group",
        "n",  # mentions
        "of",  # mentions of the actor in the group
        "share",
        "low",
        "high",
        "documents",  # that name it so
        "of_documents",  # that name it at all
        "interval",  # what it takes for independent, as in RATES
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

REJECTED = Table(
    "rejected",
    "one file or record that was not taken as a page",
    ("source",),
    ("source", "why", "remedy"),
)
READ_COLUMNS = Table(
    "columns",
    "one column of a table that was read",
    ("source", "column"),
    (
        "source",
        "column",
        "taken_as",  # <NA>: not taken
        "because",  # given, its heading, its long texts, not known
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
