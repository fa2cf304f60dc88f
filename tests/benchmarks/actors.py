"""The kit's finder of actors beside its peers, in one run: ``make bench``.

Text like the seeds: their headline and body paragraphs, shuffled with a fixed seed, until the size
asked for is reached. The peers look for the forms that the kit finds in it, and for every name as
its row writes it. A time is the least of a few runs in this process; only ratios say something.
"""

import argparse
import json
import platform
import random
import sys
import time
from importlib.metadata import version
from pathlib import Path

import ahocorasick_rs
import pandas as pd
import spacy
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

import astana_kit as ak
from astana_kit.actors import find_actors
from astana_kit.lexicon import compile_lexicon

RESULTS = Path(__file__).parent / "results.json"


def corpus(megabytes):
    """Passages of about so many million bytes, one document every twelve."""
    seeds = ak.split_passages(ak.load_seeds())
    seeds = seeds[seeds["kind"].isin(["headline", "body"])]
    size = seeds["text"].str.encode("utf-8").str.len()
    rows = random.Random(0).choices(  # noqa: S311 (no secret)
        range(len(seeds)), k=int(megabytes * 1e6 / size.mean())
    )
    passages = seeds.iloc[rows].reset_index(drop=True)
    return passages.assign(
        doc_id=[f"d{row // 12}" for row in range(len(passages))], passage=passages.index % 12
    )


def least(function, runs):
    """Seconds of the quickest of so many runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def surfaces(passages):
    """The forms of the names that stand in the text, and every name as its row writes it."""
    found = find_actors(passages.drop_duplicates("text"))["surface"]
    return sorted({*found, *ak.tables.names()["name"]})


def spans(matcher, page):
    """What the kit gives too: the longest names, once, with their offsets and words."""
    longest = filter_spans(matcher(page, as_spans=True))
    return [(span.start_char, span.end_char, span.text) for span in longest]


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args(arguments)
    passages = corpus(asked.megabytes)
    texts = passages["text"].tolist()
    size = sum(len(text.encode("utf-8")) for text in texts) / 1e6
    forms = surfaces(passages)

    compile_lexicon(ak.tables.names())  # loaded once, as in use
    find_actors(passages.head(1))
    kit = least(lambda: find_actors(passages), asked.runs)

    scan = ahocorasick_rs.AhoCorasick(forms, implementation=ahocorasick_rs.Implementation.DFA)
    whole = "\n".join(texts)
    bare = least(lambda: scan.find_matches_as_indexes(whole, overlapping=True), asked.runs)

    blank = spacy.blank("xx")
    matcher = PhraseMatcher(blank.vocab)
    matcher.add("names", list(blank.tokenizer.pipe(forms)))
    peer = least(lambda: [spans(matcher, page) for page in blank.pipe(texts)], 1)

    rows = pd.DataFrame(
        {
            "contender": ["astana_kit find_actors", "Aho–Corasick scan", "spaCy PhraseMatcher"],
            "MB_per_s": [size / kit, size / bare, size / peer],
            "time_beside_kit": [1.0, bare / kit, peer / kit],
        }
    ).round(2)
    print(rows.to_string(index=False))  # noqa: T201
    print(f"{size:.0f} MB; kit takes {kit / bare:.2f} x the scan, spaCy {peer / kit:.1f} x the kit")  # noqa: T201
    packages = ("astana-kit", "ahocorasick-rs", "spacy", "pandas", "numpy")
    RESULTS.write_text(
        json.dumps(
            {
                "find_actors": rows.to_dict("records"),
                "megabytes": round(size, 1),
                "names": len(forms),
                "python": platform.python_version(),
                "versions": {name: version(name) for name in packages},
            },
            indent=1,
            ensure_ascii=False,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
