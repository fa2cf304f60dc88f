"""What `make bench` runs does run: the same pages every time, and every step on a few of them."""

import json
import sys
from pathlib import Path

import pytest

import astana_kit as ak
from astana_kit.text.script import LANGUAGES

sys.path.append(str(Path(__file__).parent / "benchmarks"))

import corpora
import scores
import steps
import table

PAGES = 20


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    steps.prepare(corpora.pages(PAGES), folder)
    return steps.Held(folder)


def test_the_same_number_gives_the_same_pages():
    few, many = corpora.pages(PAGES), corpora.pages(3 * PAGES)
    assert few["text"].tolist() == many["text"].head(PAGES).tolist()
    assert corpora.pages(PAGES)["text"].tolist() == few["text"].tolist()


def test_pages_are_like_the_seeds_in_all_six_languages():
    pages = corpora.pages(600)
    assert set(pages["language"]) == set(LANGUAGES)
    size = pages["text"].str.encode("utf-8").str.len()
    assert 3000 < size.mean() < 3400
    assert 0 < pages["text"].str.partition("\n")[2].duplicated().sum() < len(pages) / 20
    guessed = ak.from_frame(pages[["text"]].head(PAGES))["language"]
    assert guessed.tolist() == pages["language"].head(PAGES).tolist()


CONTENDERS = [
    (name, contender) for name, step in steps.STEPS.items() for contender in step.contenders
]


@pytest.mark.parametrize(("name", "contender"), CONTENDERS)
def test_every_contender_finds_something(held, name, contender):
    step = steps.STEPS[name]
    missing = set(step.needs) - set(ak.PUBLIC)
    if missing:
        pytest.skip(f"the kit has no {', '.join(missing)}")
    try:
        run = step.contenders[contender](held)
    except ModuleNotFoundError as error:  # peers are installed by `make bench` alone
        if error.name not in {"spacy", "flashtext"}:
            raise
        pytest.skip(str(error))
    assert run() is not None


def test_the_table_has_a_line_for_each_step():
    rows = [
        {"step": "count", "contender": contender, "pages": pages, "seconds": seconds * pages / 10,
         "beside_kit": seconds / 2, "peak_megabytes": 1.0}
        for pages in (10, 100)
        for contender, seconds in (("astana_kit", 2), ("peer", 4))
    ]  # fmt: skip
    growth = [{"step": "count", "contender": "astana_kit", "exponent": 1.0}]
    *_, line = table.lines({"rows": rows, "growth": growth})
    assert line == "| `count` | 100 | 20.0 | 1 | 1.00 | peer 2.00 |"


@pytest.mark.parametrize("made", [scores, table])
def test_tables_of_the_readme_are_those_of_the_measured_files(made):
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert "\n".join(made.lines(json.loads(made.RESULTS.read_text("utf-8")))) in readme
