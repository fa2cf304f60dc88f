"""Jobs that are done side by side come back in their order, and nobody is left at work."""

import os
from itertools import count, islice
from threading import get_ident
from time import sleep

import pytest

from astana_kit import sharing

WAYS = [sharing.side_by_side, lambda do, jobs: list(sharing.each(do, jobs, few=2))]


@pytest.fixture(autouse=True)
def three_at_once(monkeypatch):
    monkeypatch.setattr(sharing, "processes", lambda: 3)


def late(job):
    """The later a job, the sooner it is done."""
    sleep(max(20 - job, 0) / 500)
    return job * 10


def by_whom(_):
    sleep(0.01)
    return os.getpid(), get_ident()


def fail_at_four(job):
    if job == 4:
        raise ValueError(f"job {job} cannot be done")
    return job


@pytest.mark.parametrize("way", WAYS)
def test_what_is_done_comes_in_the_order_of_the_jobs(way):
    assert way(late, range(20)) == list(range(0, 200, 10))


@pytest.mark.parametrize("way", WAYS)
def test_an_error_is_raised_whoever_met_it(way):
    with pytest.raises(ValueError, match="job 4 cannot be done"):
        way(fail_at_four, range(400))


@pytest.mark.parametrize("way", WAYS)
def test_an_error_of_what_gives_the_jobs_is_raised_whoever_asked_for_one(way):
    def jobs():
        yield from range(19)
        raise OSError("the disk is gone")

    for _ in range(5):
        with pytest.raises(OSError, match="the disk is gone"):
            way(late, jobs())


@pytest.mark.parametrize("way", WAYS)
def test_several_work_at_once(way):
    assert len(set(way(by_whom, range(50)))) > 1


@pytest.mark.parametrize("way", WAYS)
def test_there_may_be_no_job(way):
    assert way(late, []) == []


def test_jobs_are_asked_for_one_by_one_and_no_more_once_nobody_listens():
    asked = []
    done = sharing.each(late, (asked.append(job) or job % 20 for job in count()), few=2)
    assert list(islice(done, 3)) == [0, 10, 20]
    done.close()
    many = len(asked)
    sleep(0.2)
    assert len(asked) == many < 100
