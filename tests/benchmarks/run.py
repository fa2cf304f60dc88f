"""The kit beside its peers, in one run: ``make bench``.

Every measurement is a process of its own, one at a time. Times are the median of a few runs, in
which the contenders take turns, so that a busy machine slows all of them; memory is the peak of a
run beyond what was held before it. Seconds depend on the machine: only ratios and growth say much.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from math import log
from pathlib import Path

import corpora
import pandas as pd
import psutil
from steps import KIT, SLOW, STEPS, Held, prepare

import astana_kit as ak

RESULTS = Path(__file__).parent / "results.json"
PLOT = RESULTS.with_suffix(".html")  # untracked
SIZES = (1_000, 10_000, 100_000)
RUNS = 3
LONG = 30  # seconds; what takes longer is run once
LIMIT = 900  # seconds that one process may take
PACKAGES = (
    *("astana-kit", "ahocorasick-rs", "flashtext", "joblib", "numpy", "pandas", "pyarrow"),
    *("scikit-learn", "scipy", "spacy", "trafilatura"),
)
MB = 1e6


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES)
    parser.add_argument("--only", nargs="+", default=list(STEPS), help="names of steps")
    parser.add_argument("--keep", action="store_true", help=f"write {RESULTS.name} and the plot")
    parser.add_argument("--process", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.process:
        kind, name, folder = asked.process
        print(json.dumps(PROCESSES[kind](name, Path(folder))))  # noqa: T201
        return
    rows = [row for pages in asked.pages for row in of_corpus(pages, asked.only)]
    results = {
        "rows": rows,
        "growth": growth(rows),
        "python": platform.python_version(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        "versions": {name: version(name) for name in PACKAGES},
    }
    show(results)
    if asked.keep:
        written = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
        unfinished = RESULTS.with_suffix(".part")
        unfinished.write_text(written, encoding="utf-8")
        unfinished.replace(RESULTS)
        plot(rows)


def of_corpus(pages, names):
    """Rows of all steps on a corpus of so many pages."""
    with tempfile.TemporaryDirectory() as folder:
        megabytes = apart("corpus", str(pages), folder)
        for name in names:
            missing = [needed for needed in STEPS[name].needs if needed not in ak.PUBLIC]
            if missing or megabytes is None:
                print(f"{name}: skipped, no {', '.join(missing) or 'corpus'}")  # noqa: T201
                continue
            yield from of_step(name, pages, megabytes, folder)


def of_step(name, pages, megabytes, folder):
    """One row per contender: seconds, megabytes at the peak, and both beside the kit's."""
    seconds = apart("times", name, folder) or {}
    rows = [
        {
            "step": name,
            "contender": contender,
            "pages": min(pages, STEPS[name].most),
            "megabytes": round(megabytes * min(1, STEPS[name].most / pages), 1),
            "seconds": round(spent, 4),
            "beside_kit": round(spent / seconds[KIT], 3),
            "peak_megabytes": apart("peak", f"{name}/{contender}", folder),
        }
        for contender, spent in seconds.items()
    ]
    for row in rows:
        print(*row.values(), sep="  ", flush=True)  # noqa: T201
    return rows


def apart(kind, name, folder):
    """What a process of its own measures; None, and a line, where it fails or takes too long."""
    command = [sys.executable, __file__, "--process", kind, name, str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=True)
    except subprocess.TimeoutExpired:
        print(f"{name}: {kind} skipped after {LIMIT} s", flush=True)  # noqa: T201
    except subprocess.CalledProcessError as error:
        print(f"{name}: {kind} failed, {error.stderr.strip()[-300:]}", flush=True)  # noqa: T201
    else:
        return json.loads(done.stdout.splitlines()[-1])
    return None


def write_corpus(pages, folder):
    """Megabytes of a corpus of so many pages, written to `folder` with what the steps need."""
    made = corpora.pages(int(pages))
    prepare(made, folder)
    return sum(len(text.encode()) for text in made["text"]) / MB


def times(name, folder):
    """Median seconds of each contender; they take turns."""
    step, held = STEPS[name], Held(folder)
    pages = len(held("documents"))
    ready = {
        contender: start(held)
        for contender, start in step.contenders.items()
        if contender not in step.slow or pages <= SLOW
    }
    spent = {contender: [] for contender in ready}
    for _ in range(RUNS):
        for contender, run in ready.items():
            if spent[contender] and spent[contender][0] > LONG:
                continue
            begin = time.perf_counter()
            run()
            spent[contender].append(time.perf_counter() - begin)
    return {contender: statistics.median(found) for contender, found in spent.items()}


def peak(name, folder):
    """Megabytes that one run of one contender holds beyond what was held before it."""
    name, contender = name.split("/")
    run = STEPS[name].contenders[contender](Held(folder))
    before = psutil.Process().memory_info().rss
    forget_peak()
    kept = run()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if MAC else 1024)
    helpers = sum(held_by(one) for one in psutil.Process().children(recursive=True))
    del kept
    return round((max(most - before, 0) + helpers) / MB, 1)


def held_by(process):
    """Bytes that a process holds; of what several hold together, like libraries, its share."""
    held = process.memory_full_info()
    return getattr(held, "pss", held.uss)


MAC = sys.platform == "darwin"  # counts ru_maxrss in bytes


def forget_peak():
    """Begin the peak of this process anew, where the system can; else it counts from the start."""
    marks = Path("/proc/self/clear_refs")
    if marks.exists():
        marks.write_text("5")


PROCESSES = {"corpus": write_corpus, "times": times, "peak": peak}


def growth(rows):
    """Slope of log time over log pages between the two largest corpora: 1 grows as the text does.

    One row per step and contender; with one corpus there is none.
    """
    table = pd.DataFrame(rows)
    found = []
    for (step, contender), own in table.groupby(["step", "contender"], sort=False):
        last = own.sort_values("pages").drop_duplicates("pages").tail(2)
        if len(last) == 2:
            (few, short), (many, long) = last[["pages", "seconds"]].to_numpy()
            exponent = round(log(long / short) / log(many / few), 2)
            found.append({"step": step, "contender": contender, "exponent": exponent})
    return found


def show(results):
    """Print the tables."""
    for name in ("rows", "growth"):
        print(pd.DataFrame(results[name]).to_string(index=False))  # noqa: T201


def plot(rows):
    """Seconds over pages, a panel a step."""
    import plotly.express as px

    figure = px.line(
        pd.DataFrame(rows),
        x="pages",
        y="seconds",
        color="contender",
        facet_col="step",
        facet_col_wrap=3,
        markers=True,
        log_x=True,
        log_y=True,
        height=1100,
        title="The kit beside its peers",
    )
    figure.write_html(PLOT, include_plotlyjs=True)


if __name__ == "__main__":
    main(sys.argv[1:])
