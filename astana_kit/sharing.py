"""A corpus in parts of whole pages, read by several processes at a time."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice, pairwise
from threading import Lock
from typing import TypeVar

import numpy as np
import pandas as pd
from joblib.externals import loky

Job = TypeVar("Job")
Done = TypeVar("Done")

FEW = 6  # parts that one process has read before another has started
PATIENCE = 60  # seconds that a helping process waits for more to do


def parts(passages: pd.DataFrame, size: int | None) -> Iterator[pd.DataFrame]:
    """The rows of `passages` in parts of about `size` characters; without a size, in one a process.

    No page is parted, because its paragraphs explain each other. Of no rows there is one part.

    >>> pages = pd.DataFrame({"doc_id": ["a", "b", "a", "c"], "text": ["12", "3", "4", "567"]})
    >>> [one["doc_id"].tolist() for one in parts(pages, 3)]
    [['a', 'b', 'a'], ['c']]
    """
    page = pd.factorize(passages["doc_id"], use_na_sentinel=False)[0]
    last = np.zeros(page.max(initial=-1) + 1, dtype=np.int64)
    last[page] = np.arange(len(page))
    ends = np.flatnonzero(np.maximum.accumulate(last[page]) == np.arange(len(page))) + 1
    until = np.cumsum(passages["text"].str.len().to_numpy(dtype=np.int64))[ends - 1]
    size = size or until.max(initial=0) // processes() + 1
    ends = ends[np.diff(until // size, append=np.inf) > 0]
    for begin, end in pairwise([0, *(ends if len(ends) else [0])]):
        yield passages.iloc[begin:end]


def processes() -> int:
    """How many processes may work at once; one in the worker of a pool, which may have no more."""
    return 1 if multiprocessing.current_process().daemon else loky.cpu_count()


def side_by_side(do: Callable[[Job], Done], jobs: Iterable[Job]) -> list[Done]:
    """What `do` makes of each job, by threads: for arrays, which NumPy works on without Python.

    >>> side_by_side(len, ["one", "three"])
    [3, 5]
    """
    return list(_shared(do, do, iter(jobs)))


def each(do: Callable[[Job], Done], jobs: Iterable[Job], *, few: int = FEW) -> Iterator[Done]:
    """What `do` makes of each job, in their order; of `few` or more also by other processes.

    The others are started anew, not split off, which in a process of many threads may hang; and by
    loky, because the standard library would run a script without a guard on its main part in each.
    They are slow to start, and stay for the next call. A job is asked for when one of them is free.

    >>> list(each(len, ["one", "three"]))
    [3, 5]
    """
    number, left = processes(), iter(jobs)
    first = list(islice(left, few))
    left = chain(first, left)
    if number == 1 or len(first) < few:
        return map(do, left)
    helpers = loky.get_reusable_executor(number - 1, timeout=PATIENCE)
    return _shared(do, lambda job: helpers.submit(do, job).result(), left)


def _shared(
    here: Callable[[Job], Done], there: Callable[[Job], Done], jobs: Iterator[Job]
) -> Iterator[Done]:
    """What is made of each job: `here` in this thread, `there` in as many as may work beside it.

    This thread works too, because what it has freed is free for the next step; what another one
    has freed waits for another one.
    """
    number = processes() - 1
    waiting: deque[Future[Done]] = deque()
    one_at_a_time = Lock()

    def taken() -> tuple[Job, Future[Done]] | None:
        with one_at_a_time:
            for job in jobs:
                waiting.append(Future())
                return job, waiting[-1]
        return None

    def beside() -> None:
        while own := taken():
            job, made = own
            try:
                made.set_result(there(job))
            except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
                made.set_exception(error)

    with ThreadPoolExecutor(max(number, 1)) as hands:
        others = [hands.submit(beside) for _ in range(number)]
        try:
            while own := taken():
                job, made = own
                made.set_result(here(job))
                while waiting and waiting[0].done():
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
            for other in others:
                other.result()  # raises what was raised by the jobs themselves
        finally:
            jobs = iter(())
