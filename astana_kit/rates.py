"""How often something is found in each group of passages, with the interval of each rate.

A rate is a share of passages or of documents, never of words: words of two languages are no common
unit. Only headline and body passages are searched, so only they are counted.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from astana_kit import tables
from astana_kit.measures import bootstrap, wilson
from astana_kit.schema import (
    FOUND,
    PASSAGES,
    RATES,
    article,
    refuse_strays,
    require,
    require_unique,
)

SEARCHED = PASSAGES._replace(columns=("doc_id", "passage", "kind"))
PLACED = PASSAGES._replace(columns=("doc_id", "passage", "published", "round"))

# Documents from which an interval by document holds what it promises: drawn from 2 to 12 documents
# of 4 to 15 passages, with half to a tenth of the passages naming a thing and documents that differ
# (intraclass correlation .1 to .2), its 95 % held the true share 93 to 100 times in 100; Wilson's
# of the passages held it 69 to 93 times.
FEWEST_DOCUMENTS = 2


class Tally(NamedTuple):
    """What shares are made of."""

    sizes: pd.DataFrame  # one row per group and document: group, doc_id, n passages
    found: pd.DataFrame  # one row per thing in one of these: row, thing, n passages


def shares(things: pd.DataFrame, passages: pd.DataFrame, *, thing: str, by: str) -> pd.DataFrame:
    """Shares of passages and of documents in which each thing was found, group by group.

    Parameters
    ----------
    things : found rows (mentions, concept hits): doc_id, passage and the column `thing`; a row
        where that is missing (a passage without a topic) is no thing.
    passages : paragraphs of pages; the headline and body ones are what is counted in.
    thing : column of `things` whose values are counted ("actor_id", "concept_id").
    by : column of `passages` that parts them into groups ("round", "language", "outlet").

    Returns
    -------
    One row per thing, group and measure (``schema.RATES``): n of `of` passages or documents, their
    rate with a 95 % interval, and beside each rate the documents that name the thing and
    of_documents, those of the group. What is found once at least has a row in every group, with
    n = 0 where it is not found. Passages without a group (no round, no day) are a group of their
    own, <NA>, and stand last. `interval` says what the interval takes for independent: "by
    document" (passages of one page repeat each other, so pages are what varies) or "wilson" (each
    passage or document by itself). A group of one document has only the second, which is then too
    narrow: it says nothing of other documents.

    Raises
    ------
    ValueError : a column is missing, or a thing was found outside of `passages`.

    Examples
    --------
    >>> passages = pd.DataFrame({
    ...     "doc_id": ["a", "a", "b"], "passage": [0, 1, 0], "kind": ["headline", "body", "body"],
    ...     "language": ["kk", "kk", "tr"]})
    >>> hits = pd.DataFrame({"doc_id": ["a"], "passage": [1], "concept_id": ["ceasefire"]})
    >>> shares(hits, passages, thing="concept_id", by="language")[["group", "measure", "n", "of"]]
      group             measure  n  of
    0    kk   share_of_passages  1   2
    1    kk  share_of_documents  1   1
    2    tr   share_of_passages  0   1
    3    tr  share_of_documents  0   1
    """
    return shares_of(tally(things, passages, thing=thing, by=by))


def tally(things: pd.DataFrame, passages: pd.DataFrame, *, thing: str, by: str) -> Tally:
    """How many passages of each group and document there are, and how many have each thing.

    >>> passages = pd.DataFrame({
    ...     "doc_id": "a", "passage": [0, 1], "kind": "body", "language": "kk"})
    >>> hits = pd.DataFrame({"doc_id": ["a"], "passage": [1], "concept_id": ["ceasefire"]})
    >>> counts = tally(hits, passages, thing="concept_id", by="language")
    >>> counts.sizes
      group doc_id  n
    0    kk      a  2
    >>> counts.found
       row      thing  n
    0    0  ceasefire  1
    """
    counted = searched(passages, by)
    return tallied(placed(things, counted, thing), counted, by)


def tallied(found: pd.DataFrame, counted: pd.DataFrame, by: str) -> Tally:
    """The same of what is ``placed`` already."""
    rows = pd.DataFrame({"group": counted[by], "doc_id": counted["doc_id"]})
    row = rows.groupby(["group", "doc_id"], sort=False, dropna=False, observed=True).ngroup()
    sizes = rows.assign(n=row.groupby(row).transform("size"))[~row.duplicated()]
    # numbered here, which takes half the time and memory of a table grouped by two columns
    code, names = pd.factorize(found["thing"])
    pair, pairs = pd.factorize(row.to_numpy()[found["row"]] * len(names) + code)
    of, thing = np.divmod(pairs, max(len(names), 1))
    times = np.bincount(pair, minlength=len(pairs))
    told = pd.DataFrame({"row": of, "thing": names.take(thing), "n": times})
    return Tally(sizes.reset_index(drop=True), told)


def shares_of(counts: Tally) -> pd.DataFrame:
    """Shares of passages and of documents, as ``shares`` gives them, of what was counted.

    >>> counts = Tally(pd.DataFrame({"group": ["kk"], "doc_id": "a", "n": 2}),
    ...     pd.DataFrame({"row": [0], "thing": "ceasefire", "n": 1}))
    >>> shares_of(counts)[["thing", "group", "measure", "n", "of"]]
           thing group             measure  n  of
    0  ceasefire    kk   share_of_passages  1   2
    1  ceasefire    kk  share_of_documents  1   1
    """
    sizes, found = counts
    names = pd.Index(found["thing"].drop_duplicates().sort_values())
    group, groups = pd.factorize(sizes["group"], sort=True, use_na_sentinel=False)
    thing = names.get_indexer(pd.Index(found["thing"]))
    parts = [pd.DataFrame(columns=list(RATES.columns))]
    for code in range(len(groups) if len(names) else 0):
        inside = np.flatnonzero(group == code)
        place = np.full(len(sizes), -1)
        place[inside] = np.arange(len(inside))
        document = place[found["row"]]
        here = document >= 0
        times = np.zeros((len(names), len(inside)), dtype="int64")
        times[thing[here], document[here]] = found["n"].to_numpy()[here]
        label = sizes["group"].iloc[inside[:1]].repeat(len(names)).array
        rates = _rates(times, sizes["n"].to_numpy()[inside])
        parts += [part.assign(thing=names, group=label) for part in rates]
    return _in_order(parts, found.groupby("thing", observed=True)["n"].sum())


def searched(passages: pd.DataFrame, *by: str) -> pd.DataFrame:
    """Headline and body passages, or ValueError where they cannot be parted by the columns `by`.

    They come without their text, which takes more memory than all else of a large corpus.

    >>> searched(pd.DataFrame({"doc_id": "a", "passage": [0, 1], "kind": ["related", "body"]}))
      doc_id  passage  kind
    0      a        1  body
    """
    require(passages, SEARCHED)
    missing = [column for column in by if column not in passages.columns]
    if missing:
        raise ValueError(
            f"passages: no column {', '.join(missing)} to group by; these columns are there: "
            f"{', '.join(map(str, passages.columns))}. place_in_rounds adds round; any column that "
            "you assign to passages serves."
        )
    require_unique(passages, PASSAGES)
    text = [column for column in ("text",) if column in passages.columns and column not in by]
    return article(passages.drop(columns=text)).reset_index(drop=True)


def placed(things: pd.DataFrame, counted: pd.DataFrame, thing: str) -> pd.DataFrame:
    """Each thing once per passage that it stands in: row (of that passage in `counted`), thing.

    >>> counted = pd.DataFrame({"doc_id": ["a", "b"], "passage": [1, 0]})
    >>> placed(pd.DataFrame({"doc_id": ["b"] * 2, "passage": 0, "topic": 3}), counted, "topic")
       row  thing
    0    1      3
    """
    require(things, FOUND._replace(columns=("doc_id", "passage")), thing)
    found = things.filter(["doc_id", "passage", "start", thing]).dropna(subset=[thing])
    row = _places(found, counted)
    refuse_strays(found, pd.Series(row < 0, index=found.index), "headline and body passages given")
    code, names = pd.factorize(found[thing])
    once = ~pd.Series(row * len(names) + code).duplicated().to_numpy()
    return pd.DataFrame({"row": row[once], "thing": found[thing].array[once]})


def _places(found: pd.DataFrame, counted: pd.DataFrame) -> np.ndarray:
    """Where in `counted` the passage of each find stands, -1 for nowhere."""
    # a number for each passage: a merge would write the doc_id of every find anew
    key = np.zeros(len(counted) + len(found), dtype="int64")
    for column in ("doc_id", "passage"):
        both = pd.concat([counted[column], found[column]], ignore_index=True)
        code, values = pd.factorize(both, use_na_sentinel=False)
        key = key * len(values) + code
    return pd.Index(key[: len(counted)]).get_indexer(pd.Index(key[len(counted) :]))


def by_document(
    found: pd.DataFrame,
    documents: pd.Series,
    names: pd.Index,
    *,
    weights: pd.Series | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Passages with each of `names` in each document, and passages of each document.

    `documents` is the doc_id of the rows to be counted, by the number of the row; each counts
    once, or as often as `weights` say.

    >>> found = pd.DataFrame({"row": [0, 2], "thing": "iran"})
    >>> by_document(found, pd.Series(["a", "a", "b"]), pd.Index(["iran"]))
    (array([[1, 1]]), array([2, 1]))
    """
    document, different = pd.factorize(documents)
    place = pd.Series(document, index=documents.index)
    inside = found[found["row"].isin(documents.index)]
    weight = pd.Series(1, index=documents.index) if weights is None else weights
    times = np.zeros((len(names), len(different)), dtype=weight.to_numpy().dtype)
    thing = names.get_indexer(pd.Index(inside["thing"]))
    np.add.at(times, (thing, place[inside["row"]].to_numpy()), weight[inside["row"]].to_numpy())
    return times, weight.groupby(document).sum().to_numpy()


def _rates(times: np.ndarray, sizes: np.ndarray) -> Iterator[pd.DataFrame]:
    """Rates of one group; `times` is things × documents, `sizes` the passages of each document."""
    n, of = times.sum(axis=1), sizes.sum()
    documents, of_documents = (times > 0).sum(axis=1), len(sizes)
    clustered = of_documents >= FEWEST_DOCUMENTS
    intervals = bootstrap(times, sizes) if clustered else wilson(n, of)
    for measure, found, out_of, (low, high), interval in (
        ("share_of_passages", n, of, intervals, "by document" if clustered else "wilson"),
        ("share_of_documents", documents, of_documents, wilson(documents, of_documents), "wilson"),
    ):
        yield pd.DataFrame(
            {
                "measure": measure,
                "n": found,
                "of": out_of,
                "rate": found / out_of,
                "low": low,
                "high": high,
                "documents": documents,
                "of_documents": of_documents,
                "interval": interval,
            }
        )


def _in_order(parts: list[pd.DataFrame], most: pd.Series) -> pd.DataFrame:
    """Rates by thing, the most found first, then by group; passages stand before documents."""
    rates = pd.concat(parts[1:] or parts)
    rates = rates.assign(place=-rates["thing"].map(most).astype("int64"))
    # stable, and the groups come in order
    rates = rates.sort_values(["place", "thing"], kind="stable", ignore_index=True)
    return rates[list(RATES.columns)]


def count_actors(
    mentions: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    by: str = "round",
    things: str = "actor_id",
    actors: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Shares of passages and of documents that name each actor, in each round or other group.

    Parameters
    ----------
    mentions : from ``find_actors``.
    passages : the passages that were searched; for ``by="round"`` from ``place_in_rounds``.
    by : column of `passages` that parts them into groups: "round", "language", "outlet", a month,
        the days of ``days_from_round``.
    things : what is counted: a column of `mentions` ("actor_id", "form") or of `actors` ("camp",
        the seat at the table; "kind"). A camp is named where any of its actors is.
    actors : the table of actors; without it, the kit's own.

    Returns
    -------
    One row per actor (or camp), group and measure, as ``shares`` gives it: every actor that is
    named anywhere has a row in every group, with n = 0 where it is not named; passages that belong
    to no round are the group <NA>.

    Raises
    ------
    ValueError : a column is missing, a mention lies outside of `passages`, or an actor that is
        named is missing from `actors`.

    Examples
    --------
    >>> passages = pd.DataFrame({
    ...     "doc_id": ["a", "a"], "passage": [0, 1], "kind": "body", "round": [21, 22]})
    >>> mentions = pd.DataFrame({
    ...     "doc_id": ["a"], "start": [40], "stop": [44], "passage": [1], "actor_id": ["iran"]})
    >>> rates = count_actors(mentions, passages)
    >>> rates.loc[rates["measure"] == "share_of_passages", ["thing", "group", "n", "of", "rate"]]
      thing  group  n  of  rate
    0  iran     21  0   1   0.0
    2  iran     22  1   1   1.0
    """
    return shares(with_things(mentions, things, actors), passages, thing=things, by=by)


def with_things(
    mentions: pd.DataFrame, things: str, actors: pd.DataFrame | None = None
) -> pd.DataFrame:
    """`mentions` with the column `things`, their own or that of their actors.

    >>> mentions = pd.DataFrame({
    ...     "doc_id": ["a"], "start": 0, "stop": 4, "passage": 0, "actor_id": "iran"})
    >>> with_things(mentions, "camp")["camp"].tolist()
    ['guarantor']
    """
    require(mentions, FOUND, "actor_id")
    if things in mentions.columns:
        return mentions
    return mentions.assign(**{things: _of_actors(mentions, things, actors)})


def _of_actors(mentions: pd.DataFrame, column: str, actors: pd.DataFrame | None) -> pd.Series:
    """What the table of actors says in `column` of the actor of each mention."""
    table = tables.actors(actors)
    if column not in table.columns:
        raise ValueError(
            f"things: neither mentions nor actors has a column {column}. mentions has "
            f"{', '.join(map(str, mentions.columns))}; actors has {', '.join(table.columns)}."
        )
    unknown = sorted(set(mentions["actor_id"].astype(str)) - set(table["actor_id"]))
    if unknown:
        raise ValueError(
            f"actors: no row for {', '.join(unknown)}, named in mentions; add it, or give the "
            "table of actors that the mentions were found with."
        )
    return mentions["actor_id"].astype(str).map(table.set_index("actor_id")[column])


def days_from_round(
    passages: pd.DataFrame,
    *,
    calendar: pd.DataFrame | None = None,
    edges: Sequence[int] | None = None,
) -> pd.Series:
    """Days from the opening of each passage's round to the day its page was published.

    Below 0 before the round, 0 on its first day; missing where the round or the day is. Assigned
    to `passages`, it is a column to count by.

    Parameters
    ----------
    passages : from ``place_in_rounds``.
    calendar : the rounds; without it, the kit's own.
    edges : first days of the bins to put the days into, rising: ``(-7, 0, 2)`` makes "before -7",
        "-7 to -1", "0 to 1" and "2 and later", in this order. Without it, exact days.

    Raises
    ------
    ValueError : a column is missing, `edges` do not rise, or a round is not in the calendar.

    Examples
    --------
    >>> passages = pd.DataFrame({
    ...     "doc_id": ["a", "b"], "passage": [0, 0], "round": pd.array([22, None], "Int64"),
    ...     "published": pd.to_datetime(["2024-11-09", "2024-11-09"])})
    >>> days_from_round(passages).tolist()
    [-2, <NA>]
    >>> days_from_round(passages, edges=(-7, 0, 2)).tolist()
    ['-7 to -1', nan]
    """
    require(passages, PLACED)
    opening = tables.rounds(calendar).set_index("round")["start"]
    numbers = passages["round"].astype("Int64")
    unknown = sorted(set(numbers.dropna()) - set(opening.index))
    if unknown:
        raise ValueError(
            f"passages: round {', '.join(map(str, unknown))} is not in the calendar, which has "
            f"{opening.index.min()} to {opening.index.max()}; give the calendar that was used."
        )
    days = (passages["published"] - numbers.map(opening)).dt.days.astype("Int64")
    if edges is not None:
        days = _binned(days, list(edges))
    return days.rename("days_from_round")


def _binned(days: pd.Series, edges: list[int]) -> pd.Series:
    """`days` as labels of the bins that begin at `edges`, in order."""
    if not edges or any(after <= before for before, after in pairwise(edges)):
        raise ValueError(f"edges: {edges} do not rise; give the first day of each bin in order.")
    labels = [f"before {edges[0]}"]
    for first, after in pairwise(edges):
        labels.append(f"{first}" if after - first == 1 else f"{first} to {after - 1}")
    labels.append(f"{edges[-1]} and later")
    bounds = [-np.inf, *edges, np.inf]
    return pd.cut(days.astype("Float64").astype(float), bounds, right=False, labels=labels)
