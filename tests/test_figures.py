import json
from itertools import product

import numpy as np
import pandas as pd
import plotly.io as pio
import pytest

from astana_kit import figures, tables
from astana_kit.schema import COLLOCATIONS, KEYNESS
from astana_kit.text.script import LANGUAGES

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "language": ["ru", "ar", "kk"],
        "outlet": ["О", None, None],
        "title": ["Заголовок <b>", "عنوان (24%)", None],
        "published": pd.to_datetime(["2017-01-23", "2017-02-03", None]),
        "published_source": ["given", "given", None],
        "text": ["т", "ن", "м"],
        "source": ["x", "x", "x"],
        "sha256": ["", "", ""],
    }
)


def test_a_page_lies_between_the_rounds_it_was_published_between():
    figure = figures.pages_by_round(DOCUMENTS, tables.rounds())
    russian, arabic = figure.data
    assert list(russian.x) == [1.0]
    # round 1 began on 23 January, round 2 on 15 February: 11 of 23 days have passed
    assert list(arabic.x) == pytest.approx([1 + 11 / 23])
    assert figure.layout.xaxis.title.text == "round of the talks"


def test_a_page_without_a_day_is_counted_not_drawn():
    meta = figures.pages_by_round(DOCUMENTS, tables.rounds()).layout.meta
    assert meta["note"] == "2 pages; 1 more without a known day are not drawn."
    assert [line[0] for line in meta["table"]["rows"]] == ["a", "b"]
    assert meta["table"]["rows"][0][2] == "2017-01-23"


def test_every_round_has_a_line_and_every_second_its_number():
    axis = figures.pages_by_round(DOCUMENTS, tables.rounds()).layout.xaxis
    assert list(axis.tickvals) == list(range(1, 23))
    assert axis.ticktext[:4] == ("", "2", "", "4")
    assert axis.ticktext[-1] == "22"


def test_every_part_of_a_page_is_in_its_bar():
    parts = pd.DataFrame(
        {"doc_id": ["a", "a", "b"], "kind": ["body", "related", "body"], "characters": [30, 70, 10]}
    )
    figure = figures.page_parts(parts)
    bars = {bar.name: list(bar.x) for bar in figure.data if bar.type == "bar"}
    assert bars["body"] == [30, 10]
    assert bars["related"] == [70, 0]
    assert figure.layout.meta["alt"].endswith("a 30%, b 100%")
    assert figure.layout.xaxis.range[1] == pytest.approx(118)  # the share stands beyond the 100


def test_a_round_without_a_page_is_an_empty_cell():
    counts = pd.DataFrame({"language": ["ru", "ar"], "round": [21, 22], "documents": [2, 1]})
    figure = figures.rounds_covered(counts, tables.rounds())
    (grid,) = figure.data
    assert grid.z.shape == (2, 22)
    assert sorted(grid.z[~np.isnan(grid.z)]) == [1, 2]
    assert figure.layout.meta["alt"] == "2 of 22 rounds have a page about them"
    # 7 letters of "Russian" and 2 of room, 6.5 pixels each; 22 rounds of 20
    assert figure.layout.meta["least"] == round(9 * 6.5 + 22 * 20)


def test_a_language_without_a_round_has_a_row_of_empty_cells():
    counts = pd.DataFrame({"language": ["ru", "kk"], "round": [21, None], "documents": [2, 1]})
    (grid,) = figures.rounds_covered(counts, tables.rounds()).data
    assert list(grid.y) == ["Kazakh", "Russian"]
    assert np.isnan(grid.z[0]).all()


def test_corpus_text_in_a_figure_is_isolated_and_no_markup():
    figure = figures.pages_by_round(DOCUMENTS, tables.rounds())
    hover = [entry[0] for trace in figure.data for entry in trace.customdata]
    assert hover == ["\u2068Заголовок &lt;b&gt;\u2069", "\u2068عنوان (24%)\u2069"]


def test_a_title_is_text_and_keeps_its_direction_to_itself():
    figure = figures.pages_by_round(DOCUMENTS, tables.rounds(), title="<b>النظام</b> (24%)")
    assert figure.layout.title.text == "\u2068&lt;b&gt;النظام&lt;/b&gt; (24%)\u2069"


def test_every_language_has_a_colour_and_a_name_of_its_own():
    assert len({figures.LANGUAGE_COLOUR[code] for code in LANGUAGES}) == len(LANGUAGES)
    assert len({figures.LANGUAGE_NAME[code] for code in LANGUAGES}) == len(LANGUAGES)


def test_no_figure_offers_to_post_itself():
    assert pio.renderers["plotly_mimetype"].config["showSendToCloud"] is False


RATES = pd.DataFrame(
    {
        "thing": ["Russia", "Iran"] * 2,
        "group": pd.array([21, 21, None, None], dtype="Int64"),
        "measure": "share_of_passages",
        "n": [3, 0, 1, 2],
        "of": [8, 8, 4, 4],
        "rate": [0.375, 0.0, 0.25, 0.5],
        "low": [0.1, 0.0, 0.1, 0.2],
        "high": [0.7, 0.3, 0.6, 0.8],
        "documents": [1, 0, 1, 1],
        "of_documents": [2, 2, 1, 1],
        "interval": "wilson",
    }
)


def test_every_pair_is_a_cell_with_its_number_and_every_column_says_its_size():
    figure = figures.shares_by_group(RATES, title="Who?")
    (grid,) = figure.data
    assert grid.z[0].tolist() == [0.375, 0.25]
    assert np.isnan(grid.z[1, 0])  # no passage: no cell, and no row in the numbers
    assert grid.z[1, 1] == 0.5
    assert len(figure.layout.meta["table"]["rows"]) == 3
    assert grid.text.tolist() == [["3", "1"], ["", "2"]]
    assert [
        name.replace("\u2068", "").replace("\u2069", "") for name in figure.layout.xaxis.ticktext
    ] == [
        "21<br>8<br>2",
        "none<br>4<br>1",
    ]


def test_names_beyond_the_most_are_said_to_be_left_out():
    figure = figures.shares_by_group(RATES, title="Who?", most=1)
    assert figure.layout.meta["note"].endswith(" 1 named less often are not drawn.")


def test_an_interval_is_drawn_from_its_low_to_its_high():
    figure = figures.shares_with_intervals(RATES, title="Who?")
    russia = figure.data[0]
    assert list(russia.x) == [0.375, 0.25]
    assert list(russia.x + russia.error_x.array) == pytest.approx([0.7, 0.6])
    assert list(russia.x - russia.error_x.arrayminus) == pytest.approx([0.1, 0.1])


PAIRS = pd.DataFrame(
    {
        "a": ["Iran", "Iran"],
        "b": ["Russia", "Türkiye"],
        "n": [4, 0],
        "n_a": [5, 5],
        "n_b": [6, 2],
        "of": [20, 20],
        "expected": [1.5, 0.5],
        "npmi": [0.6, -1.0],
        "log_odds": [1.0, 0.0],
        "low": [0.1, -1.0],
        "high": [2.0, 1.0],
        "z": [2.0, 0.0],
        "p": [0.01, 1.0],
        "q": [0.02, 1.0],
        "documents": [2, 0],
    }
)


def test_a_pair_stands_on_both_sides_of_the_matrix_and_no_pair_is_blank():
    (grid,) = figures.named_together(PAIRS, title="With whom?").data
    assert [list(row) for row in grid.text] == [["", "4", ""], ["4", "", ""], ["", "", ""]]


def test_a_long_name_is_short_above_its_column_and_whole_beside_its_row():
    name = "International Committee of the Red Cross"
    pairs = PAIRS.assign(b=PAIRS["b"].where(PAIRS["b"] != PAIRS["b"].iloc[0], name))
    figure = figures.named_together(pairs, title="With whom?")
    assert "International Committee…" in bare(figure.layout.xaxis.ticktext)
    rows = [" ".join(line.split("<br>")) for line in bare(figure.data[0].y)]
    assert name in rows


def test_forms_of_a_name_add_up_in_its_bar():
    forms = pd.DataFrame(
        {
            "thing": ["Syria", "Syria", "Iran"],
            "form": ["name", "demonym", "name"],
            "mentions": [5, 2, 4],
        }
    )
    figure = figures.naming_forms(forms, title="How?")
    assert {bar.name: list(bar.x) for bar in figure.data} == {
        "name": [5, 4],
        "adjective": [0, 0],
        "demonym": [2, 0],
    }


COUNTS = pd.DataFrame(
    {
        "term": ["сирия", "встреча", "استانا"],
        "language": ["ru", "ru", "ar"],
        "counted_as": "lemma",
        "n": [11, 8, 24],
        "of": [365, 365, 890],
        "per_1000_words": [30.1, 21.9, 27.0],
        "low": [18.6, 6.8, 6.5],
        "high": [48.4, 68.7, 105.7],
        "documents": [1, 1, 3],
        "dpnorm": [None, None, 0.23],
        "gloss": ["Syria", None, "Astana"],
    }
)


def bare(texts):
    return [text.replace("\u2068", "").replace("\u2069", "") for text in texts]


def test_each_language_has_a_panel_and_an_axis_of_its_own():
    figure = figures.leading_terms(COUNTS, title="Which?")
    russian, arabic = figure.data
    assert bare(russian.y) == ["сирия · Syria", "встреча"]
    assert bare(arabic.y) == ["استانا · Astana"]
    assert (russian.xaxis, arabic.xaxis) == ("x", "x2")
    assert figure.layout.xaxis2.matches is None
    assert list(russian.x + russian.error_x.array) == pytest.approx([48.4, 68.7])


def test_a_term_without_a_dispersion_is_not_drawn():
    (arabic,) = figures.evenness(COUNTS, title="Even?").data
    assert list(arabic.x) == [24]
    assert list(arabic.y) == [0.23]


def test_names_of_two_dots_in_one_place_stand_on_both_sides():
    alike = COUNTS.assign(language="ru", n=[11, 11, 24], dpnorm=[0.3, 0.3, 0.3])
    (dots,) = figures.evenness(alike, title="Even?").data
    assert list(dots.textposition) == ["middle left", "middle right", "middle right"]


def test_between_two_panels_there_is_room_for_an_axis_and_a_name():
    many = pd.concat([COUNTS.assign(language=code) for code in ("ru", "ar", "kk", "tr", "fa")])
    figure = figures.leading_terms(many, title="Which?")
    above, below = figure.layout.yaxis.domain, figure.layout.yaxis2.domain
    assert (above[0] - below[1]) * figure.layout.height == pytest.approx(86)


def test_an_occurrence_is_a_tick_at_its_place():
    places = pd.DataFrame(
        {"doc_id": ["a", "a", "b"], "start": [0, 9, 4], "word": "x", "position": [0.0, 0.5, 0.25]}
    )
    figure = figures.term_places(places, title="Where?")
    assert list(figure.data[0].x) == [0.0, 0.5, 0.25]
    assert figure.layout.meta["alt"] == "3 occurrences in 2 pages"


# Where marks lead

PARTS = pd.DataFrame({"doc_id": ["a", "a"], "kind": ["body", "related"], "characters": [30, 70]})
COVERED = pd.DataFrame({"language": ["ru", "ar"], "round": [21, 22], "documents": [2, 1]})
FORMS = pd.DataFrame({"thing": ["Syria"] * 2, "form": ["name", "demonym"], "mentions": [5, 2]})
PLACES = pd.DataFrame({"doc_id": ["a", "a"], "start": [0, 9], "word": "x", "position": [0.0, 0.5]})
KEYS = pd.DataFrame({column: [1.0] for column in KEYNESS.columns}).assign(term="т", language="ru")
BESIDE = pd.DataFrame({column: [1.0] for column in COLLOCATIONS.columns}).assign(
    node="т", collocate="у", language="ru"
)
MADE = {
    "pages_by_round": lambda: figures.pages_by_round(DOCUMENTS, tables.rounds()),
    "page_parts": lambda: figures.page_parts(PARTS),
    "rounds_covered": lambda: figures.rounds_covered(COVERED, tables.rounds()),
    "shares_by_group": lambda: figures.shares_by_group(RATES, title="Who?", thing="actor"),
    "shares_with_intervals": lambda: figures.shares_with_intervals(RATES, title="Who?"),
    "named_together": lambda: figures.named_together(PAIRS, title="With whom?"),
    "naming_forms": lambda: figures.naming_forms(FORMS, title="How?"),
    "leading_terms": lambda: figures.leading_terms(COUNTS, title="Which?"),
    "evenness": lambda: figures.evenness(COUNTS, title="Even?"),
    "keyness": lambda: figures.keyness(KEYS, title="What?"),
    "collocates": lambda: figures.collocates(BESIDE, title="Beside?"),
    "term_places": lambda: figures.term_places(PLACES, title="Where?"),
}


def cells_of(trace):
    """What each cell of a grid asks for; a column asked for by both sides, for both values."""
    for (row, line), column in product(enumerate(trace.z), range(len(trace.x))):
        if not pd.isna(line[column]) and trace.text[row][column]:
            down = {name: values[row] for name, values in trace.meta["rows"].items()}
            across = {name: values[column] for name, values in trace.meta["columns"].items()}
            both = {name: [down[name], across[name]] for name in down if name in across}
            yield {**down, **across, **both}


def points_of(trace):
    numbers = trace.x if trace.type == "bar" else [1] * len(trace.x)
    for place, number in enumerate(numbers):
        if number:
            yield {name: values[place] for name, values in trace.meta["evidence"].items()}


def asked(figure):
    marks = [trace for trace in figure.data if trace.hoverinfo != "skip"]
    found = [q for t in marks for q in (cells_of(t) if t.type == "heatmap" else points_of(t))]
    return {
        json.dumps({k: sorted(v) if isinstance(v, list) else v for k, v in q.items()})
        for q in found
    }


def offered(figure):
    """What the buttons of the table ask for: one a row."""
    meta = figure.layout.meta
    columns = meta["evidence"]
    assert {len(values) for values in columns.values()} == {len(meta["table"]["rows"])}
    rows = zip(*columns.values(), strict=True)
    return {
        json.dumps(
            {k: sorted(v) if isinstance(v, list) else v for k, v in zip(columns, row, strict=True)}
        )
        for row in rows
    }


@pytest.mark.parametrize("name", sorted(MADE))
def test_every_mark_leads_to_lines_by_mouse_and_by_keyboard(name):
    figure = MADE[name]()
    assert asked(figure)
    assert asked(figure) <= offered(figure)


def test_a_cell_asks_for_the_values_of_the_lines_and_nothing_for_none():
    (grid,) = MADE["shares_by_group"]().data
    assert grid.meta == {"rows": {"actor": ["Russia", "Iran"]}, "columns": {"round": [21, None]}}


def test_a_pair_asks_for_lines_with_both():
    assert offered(MADE["named_together"]()) == {'{"actors": ["Iran", "Russia"]}'}
