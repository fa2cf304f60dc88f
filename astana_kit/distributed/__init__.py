"""The same steps over Dask collections, for a corpus that outgrows memory or the machine.

The functions bear the names that they have in ``astana_kit``, take Dask tables where those take
pandas ones, and give the same rows in the same order; nothing is counted before ``.compute()``.
They run on whatever scheduler is there: threads, or the workers of a ``Client``:

    from dask.distributed import Client, progress
    from astana_kit import distributed as akd

    client = Client(n_workers=2, threads_per_worker=1, memory_limit="1GB")  # or an address
    akd.write_parquet(documents, "pages")
    passages = akd.split_passages(akd.documents("pages"))
    shares = akd.count_actors(akd.find_actors(passages), passages, by="language")
    done = client.compute(shares)
    progress(done)  # on threads: with dask.diagnostics.ProgressBar(): shares.compute()
    rates = done.result()

What is asked for in one call, ``dask.compute(shares, terms)``, is read and split once. In a script
the client stands under ``if __name__ == "__main__":``. Import the module before a client is made:
it turns off Dask's profiler, for which a worker of 1 GB has no room.

Order and ids: a partition is a file of whole documents, files follow each other by name, and rows
stand in the order of their documents. Only the index begins anew in each partition; ids are
doc_id and the offsets in the document's text. Steps of several tables take them partition by
partition, so these must come of the same documents, unmoved: neither shuffled nor repartitioned.

Each worker compiles the lexica once and keeps them, some 0.5 GB in all. A gazetteer of the reader's
own is sent once a worker as a frame (a file must lie where each worker can read it) and compiled
for each partition. Lemmas need two passes, because a word is judged by all words of the corpus:
first the different words of each partition, then their lemmas, sent back to each. What a worker
held that is lost is made again by the others.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import Any

import pandas as pd

from astana_kit import actors, concepts, pages, rates, rounds
from astana_kit.schema import DOCUMENTS, TOKENS, require
from astana_kit.terms import counting, keyness, tokens
from astana_kit.terms.stream import Given

try:
    import dask
    import dask.dataframe as dd
    from dask.dataframe.utils import clear_known_categories
    from dask.delayed import Delayed, delayed
except ImportError as missing:
    raise ImportError(
        f"astana_kit.distributed runs on Dask, which is not here ({missing}): "
        "in the folder of the kit, python -m pip install -e '.[cluster]'"
    ) from missing

from astana_kit.distributed import joining
from astana_kit.distributed.files import write_parquet
from astana_kit.distributed.joining import add, judged_parts, outcomes, tasks_of

# Dask would make its own kind of string of pandas' str, and the tables would differ in it
dask.config.set({"dataframe.convert-string": False})
# what the dashboard shows of where a worker's time goes took 0.1 GB of each in ten minutes
dask.config.set({"distributed.worker.profile.enabled": False})

__all__ = [
    "assign_rounds",
    "compare_terms",
    "count_actors",
    "count_terms",
    "documents",
    "doubtful_mentions",
    "find_actors",
    "find_concepts",
    "find_rounds",
    "place_in_rounds",
    "shares",
    "split_passages",
    "split_sentences",
    "tokenize",
    "write_parquet",
]

By = str | Sequence[str] | None


def documents(folder: str | Path) -> dd.DataFrame:
    """The documents of a folder of Parquet files, a partition a file, in the order of their names.

    `folder` may be any address that Dask reads ("s3://…"), one that all workers see.
    """
    try:
        found = dd.read_parquet(str(folder), split_row_groups=False, index=False)
    except (OSError, ValueError) as error:
        raise ValueError(
            f"folder: no Parquet files could be read in {folder}: {error} Make it with "
            "write_parquet, or say where they are."
        ) from error
    require(_no_rows(found), DOCUMENTS)
    # or Dask would read a selection of columns in larger partitions
    return _each(_unchanged, found)


def _over(step: Callable[..., pd.DataFrame]) -> Callable[..., dd.DataFrame]:
    """`step`, whose rows come of single documents, over Dask collections."""

    @wraps(step)
    def over(*tables: dd.DataFrame, **options: Any) -> dd.DataFrame:  # noqa: ANN401 - the step's
        return _each(step, *tables, **options)

    over.__doc__ = f"As ``astana_kit.{step.__name__}``, over Dask collections.\n\n{step.__doc__}"
    return over


split_passages = _over(pages.split_passages)
split_sentences = _over(pages.split_sentences)
find_rounds = _over(rounds.find_rounds)
assign_rounds = _over(rounds.assign_rounds)
place_in_rounds = _over(rounds.place_in_rounds)
find_actors = _over(actors.find_actors)
doubtful_mentions = _over(actors.doubtful_mentions)
find_concepts = _over(concepts.find_concepts)


def _each(
    step: Callable[..., pd.DataFrame],
    *tables: dd.DataFrame,
    **options: Any,  # noqa: ANN401 - the step's
) -> dd.DataFrame:
    """`step` of each partition of `tables`."""
    _refuse_unlike(*tables)
    meta = clear_known_categories(step(*map(_no_rows, tables), **options))
    sent = {name: _sent(option) for name, option in options.items()}
    checked = (step,) if len(tables) == 1 else (_checked, step)  # whose name is shown as progress
    return dd.map_partitions(
        *checked,
        *tables,
        meta=meta,
        enforce_metadata=False,  # or each task would hold a copy of it, to the end
        align_dataframes=False,
        clear_divisions=True,
        **sent,
    )


def _no_rows(table: dd.DataFrame) -> pd.DataFrame:
    """A table of no rows that is like `table`."""
    return table._meta  # noqa: SLF001 - it has no other name


def _sent(option: Any) -> Any:  # noqa: ANN401 - whatever a step may be given
    """`option`, a table as what each worker is sent once."""
    return delayed(option) if isinstance(option, pd.DataFrame) else option


def _refuse_unlike(*tables: dd.DataFrame) -> None:
    """Raise ValueError unless `tables` are Dask tables of as many partitions."""
    for table in tables:
        if not isinstance(table, dd.DataFrame):
            raise ValueError(  # noqa: TRY004 (one kind of error for whatever a reader gives)
                f"tables: a Dask table is needed, found {type(table).__name__}; read one with "
                "astana_kit.distributed.documents, or use astana_kit's function of this name."
            )
    numbers = [table.npartitions for table in tables]
    if len(set(numbers)) > 1:
        raise ValueError(
            f"tables: {', '.join(map(str, numbers))} partitions, which cannot be of the same "
            "documents; give tables that were found in each other, not repartitioned."
        )


def _checked(
    step: Callable[..., pd.DataFrame],
    *tables: pd.DataFrame,
    **options: Any,  # noqa: ANN401 - the step's
) -> pd.DataFrame:
    """`step` of one partition, unless a later table is of other documents than the first."""
    first = set(tables[0]["doc_id"])
    for other in tables[1:]:
        strays = sorted(map(str, set(other["doc_id"]) - first))
        if strays:
            raise ValueError(
                f"tables: doc_id {strays[0]} stands in another partition of the first table, or in "
                "none; give tables that were found in each other, neither shuffled nor filtered "
                "by page in between."
            )
    return step(*tables, **options)


def _unchanged(given: Any) -> Any:  # noqa: ANN401 - a table, or none
    return given


def tokenize(
    passages: dd.DataFrame,
    *,
    names: Given = None,
    actors: Given = None,
    stop_words: Given = None,
) -> dd.DataFrame:
    """Tokens, as ``astana_kit.tokenize`` gives them, over Dask collections, in two passes.

    >>> import astana_kit as ak
    >>> seeds = dd.from_pandas(ak.load_seeds(), npartitions=2, sort=False)
    >>> tokenize(split_passages(seeds)).compute()["term"].tolist()[:3]
    ['новый', 'международный', 'встреча']
    """
    _refuse_unlike(passages)
    meta = clear_known_categories(
        tokens.tokenize(_no_rows(passages), names=names, actors=actors, stop_words=stop_words)
    )
    tasks, [partitions] = tasks_of(passages)
    own, who, stop = (add(tasks, _unchanged, given) for given in (names, actors, stop_words))
    parts = [add(tasks, joining.read_part, one, own, who, None, True) for one in partitions]  # noqa: FBT003 - a task has no keywords
    rows = [add(tasks, joining.tokens_of, *one) for one in judged_parts(tasks, parts, stop)]
    return dd.from_delayed(outcomes(tasks, rows), meta=meta, verify_meta=False)


def count_terms(
    tokens: dd.DataFrame,
    *,
    by: By = None,
    ngrams: int = 1,
    least: int = 1,
    stop_words: bool = False,
) -> Delayed:
    """Counts of each term, as ``astana_kit.count_terms`` gives them, of Dask collections.

    `tokens` may be passages here too, and no table of their tokens is made. What is counted in each
    passage is gathered, language by language, and then judged by the same function.

    >>> import astana_kit as ak
    >>> seeds = dd.from_pandas(ak.load_seeds(), npartitions=2, sort=False)
    >>> counts = count_terms(split_passages(seeds)).compute()
    >>> counts.equals(ak.count_terms(ak.split_passages(ak.load_seeds())))
    True
    """
    _refuse_unlike(tokens)
    # refuses what is wrong
    counting.count_terms(_no_rows(tokens), by=by, ngrams=ngrams, least=least)
    by = counting.grouped(by)
    tasks, [parts] = tasks_of(tokens)
    if "text" in tokens.columns:
        columns = counting.label_columns(by)
        parts = [
            add(tasks, joining.read_part, one, None, None, columns, ngrams > 1) for one in parts
        ]
        words = [add(tasks, joining.words_of, *one, by) for one in judged_parts(tasks, parts)]
    else:
        words = [add(tasks, partial(counting.words_of_tokens, by=by), one) for one in parts]
    find = partial(counting.find_terms, ngrams=ngrams, stop_words=stop_words)
    found = [add(tasks, find, one) for one in words]
    rows = []
    for number in range(len(joining.SPOKEN)):
        spoken = [add(tasks, joining.spoken, one, number) for one in found]
        rows.append(add(tasks, joining.term_rates, spoken, by, least))
    return outcomes(tasks, [add(tasks, joining.by_language, rows)])[0]


def compare_terms(
    tokens: dd.DataFrame,
    *,
    by: str,
    target: Hashable,
    reference: Hashable | list[Hashable] | None = None,
    reference_counts: pd.DataFrame | None = None,
) -> Delayed:
    """Terms of a target and a reference, as ``astana_kit.compare_terms``, of Dask collections.

    The tokens are gathered, with no column but those that are compared: give those of one language,
    ``tokens[tokens["language"] == "ru"]``.
    """
    _refuse_unlike(tokens)
    require(_no_rows(tokens), TOKENS, by)
    needed = list(dict.fromkeys([*TOKENS.columns, by]))
    gathered = delayed(joining.concat)(tokens[needed].to_delayed())
    return delayed(keyness.compare_terms)(
        gathered, by=by, target=target, reference=reference, reference_counts=reference_counts
    )


def shares(things: dd.DataFrame, passages: dd.DataFrame, *, thing: str, by: str) -> Delayed:
    """Shares of passages and documents, as ``astana_kit.rates.shares``, of Dask collections."""
    _refuse_unlike(things, passages)
    rates.shares(_no_rows(things), _no_rows(passages), thing=thing, by=by)  # refuses what is wrong
    tasks, partitions = tasks_of(things, passages)
    tallies = [add(tasks, joining.tally, *one, thing, by) for one in zip(*partitions, strict=True)]
    kind = _no_rows(things)[thing].dtype
    return outcomes(tasks, [add(tasks, joining.shares_of, tallies, kind)])[0]


def count_actors(
    mentions: dd.DataFrame,
    passages: dd.DataFrame,
    *,
    by: str = "round",
    things: str = "actor_id",
    actors: pd.DataFrame | None = None,
) -> Delayed:
    """Shares that name each actor, as ``astana_kit.count_actors``, of Dask collections.

    >>> import astana_kit as ak
    >>> seeds = dd.from_pandas(ak.load_seeds(), npartitions=2, sort=False)
    >>> passages = split_passages(seeds)
    >>> rates = count_actors(find_actors(passages), passages, by="language", things="camp")
    >>> rates.compute()[["thing", "group", "measure", "n", "of"]].head(2)
         thing group             measure   n  of
    0  subject    ar   share_of_passages  23  33
    1  subject    ar  share_of_documents   3   3
    """
    named = _each(rates.with_things, mentions, things=things, actors=actors)
    return shares(named, passages, thing=things, by=by)
