"""The README's table of languages: ``python tests/benchmarks/scores.py`` measures and prints it.

Measured on the marked words and sentences of tests/gold, written for the kit: they show that the
languages are served alike. What a page of another outlet brings may be harder.
"""

import json
import sys
from pathlib import Path

import pandas as pd

from astana_kit.figures.look import language_name
from astana_kit.text.script import LANGUAGES, fold

TESTS = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "scores.json"


def measured():
    """One row per language: how many are marked, and the scores as shares of 1."""
    sys.path.insert(0, str(TESTS))
    import marked
    from test_concepts import met
    from test_lemmas import GOLD, pair_f1

    import astana_kit as ak

    sayings, said = marked.read("concepts_sentences.txt")
    namings, named = marked.read("mentions_sentences.txt")
    for language in LANGUAGES:
        words = GOLD[GOLD["language"] == language]
        lemmas = [fold(lemma, language) for lemma in words["lemma"]]
        row = {
            "language": language,
            "words": len(words),
            "lemmas": pair_f1(lemmas, ak.lemmatize(words["form"], language)),
        }
        for thing, passages, marks, find in (
            ("actor", namings, named, ak.find_actors),
            ("concept", sayings, said.rename(columns={"actor_id": "concept_id"}), ak.find_concepts),
        ):
            own = passages[passages["language"] == language]
            gold = marks[marks["doc_id"].isin(own["doc_id"])]
            found = find(own).rename(columns={f"{thing}_id": "concept_id"})
            gold = gold.rename(columns={f"{thing}_id": "concept_id"})
            row[f"{thing}s"] = len(gold)
            row[f"{thing}s found"] = met(gold.reset_index(drop=True), found).mean()
            row[f"{thing}s right"] = met(found.reset_index(drop=True), gold).mean()
        yield row


def lines(rows):
    """Markdown lines of the table."""
    yield (
        "| | lemmas: forms put together, pair F1 | actors: marked, found %, right % "
        "| issues: marked, found %, right % |"
    )
    yield "|---|---:|---:|---:|"
    for row in rows:
        lemmas, *rest = (
            f"{100 * row[name]:.1f}"
            for name in (
                "lemmas",
                *(
                    f"{thing} {how}"
                    for thing in ("actors", "concepts")
                    for how in ("found", "right")
                ),
            )
        )
        yield (
            f"| {language_name(row['language'])} | {lemmas} "
            f"| {row['actors']}: {rest[0]}, {rest[1]} | {row['concepts']}: {rest[2]}, {rest[3]} |"
        )


if __name__ == "__main__":
    rows = list(measured())
    text = json.dumps(pd.DataFrame(rows).round(4).to_dict("records"), indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    print("\n".join(lines(rows)))  # noqa: T201
