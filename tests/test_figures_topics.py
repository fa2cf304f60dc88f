"""Figures of topics: the figure is read, not the picture; expected values are made by hand."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
import test_figures
import test_figures_coverage

from astana_kit import documents, figures, pages, rates, topics
from astana_kit.figures.topics import LANGUAGE_SYMBOL, TOPIC_COLOUR, topic_colour
from astana_kit.text.script import LANGUAGES
from astana_kit.topics.drawn import topic_passages

TOPICS = pd.DataFrame(
    {
        "topic": [1, 2],
        "label": ["truce, war", "aid <b>, host"],
        "passages": [3, 2],
        "documents": [2, 2],
        "coherence": [0.5, 0.1],
        "stability": [0.9, 0.5],
    }
)
# of five passages with a topic; 5 joins 0 and 2, 6 joins 1 and 3, 7 joins 4 to 5, 8 joins all
TREE = pd.DataFrame(
    {
        "a": [0, 1, 4, 6],
        "b": [2, 3, 5, 7],
        "height": [0.5, 1.0, 1.5, 2.0],
        "passages": [2, 2, 3, 5],
    }
)
PLACES = pd.DataFrame(
    {
        "doc_id": ["a", "a", "b", "b", "c", "c"],
        "passage": [0, 1, 0, 1, 0, 1],
        "language": ["ru", "ru", "ar", "ar", "kk", "kk"],
        "topic": pd.array([1, 2, 1, 2, 1, None], dtype="Int64"),
        "share": [0.9, 0.8, 0.7, 0.6, 0.5, np.nan],
        "x": [1.0, -1.0, 1.0, -1.0, 0.5, np.nan],
        "y": [0.5, 0.0, 0.4, 0.2, -0.5, np.nan],
        "text": ["Стороны (24%) <b>", "Помощь", "وقف إطلاق النار", "مساعدات", "Бейбіт", "…"],
    }
)


def marks(figure):
    return [trace for trace in figure.data if trace.meta]


def evidence(figure):
    """What every mark of a figure leads to, one row a mark."""
    return pd.concat([pd.DataFrame(trace.meta["evidence"]) for trace in marks(figure)])


# The map


def the_map(places=PLACES):
    return figures.topic_map(places, TOPICS, title="Which?")


def test_a_colour_is_a_topic_and_a_form_a_language():
    arabic, kazakh, russian = marks(the_map())
    assert russian.marker.color == (topic_colour(1), topic_colour(2))
    assert arabic.marker.color == (topic_colour(1), topic_colour(2))
    forms = [trace.marker.symbol[0] for trace in (russian, arabic, kazakh)]
    assert forms == ["circle", "square", "diamond"]
    assert {LANGUAGE_SYMBOL[code] for code in LANGUAGES} == set(LANGUAGE_SYMBOL.values()) - {"star"}


def test_what_has_no_topic_is_hollow_and_grey_below_all_others():
    kazakh = marks(the_map())[1]
    assert kazakh.marker.symbol == ("diamond", "diamond-open")
    assert kazakh.marker.color[1] == figures.topics.NO_TOPIC
    assert kazakh.y[1] < PLACES["y"].min()
    assert "1 without a topic stand hollow, below." in the_map().layout.meta["note"]
    assert "hollow" not in the_map(PLACES.head(5)).layout.meta["note"]


def test_a_mark_leads_to_its_passage_and_so_does_its_row():
    figure = the_map()
    keys = PLACES[["doc_id", "passage"]].to_numpy().tolist()
    assert sorted(evidence(figure).to_numpy().tolist()) == keys
    meta = figure.layout.meta
    assert [row[:2] for row in meta["table"]["rows"]] == keys
    assert list(zip(*meta["evidence"].values(), strict=True)) == [tuple(key) for key in keys]


def test_words_of_a_passage_are_isolated_and_no_markup():
    arabic, _, russian = marks(the_map())
    assert russian.customdata[0][0] == "\u2068Стороны (24%) &lt;b&gt;\u2069"
    assert arabic.customdata[0][0] == "\u2068وقف إطلاق النار\u2069"


def test_each_topic_is_named_once_and_numbered_near_its_middle():
    figure = the_map()
    patches = [trace for trace in figure.data if trace.mode == "lines"]
    assert [trace.name for trace in patches] == [
        "\u20681 · truce\u2069",
        "\u20682 · aid &lt;b&gt;\u2069",
    ]
    assert [trace.line.color for trace in patches] == [topic_colour(1), topic_colour(2)]
    first, second = figure.layout.annotations
    assert (first.text, second.text) == ("<b>1</b>", "<b>2</b>")
    # the middle of topic 1 is (.83, .13); a number moves by a tenth of the map at most
    assert first.x == pytest.approx(2.5 / 3, abs=0.2)
    assert first.y == pytest.approx(0.4 / 3, abs=0.1)


def seen(colour, matrix):
    """CIE Lab of a colour as an eye sees it that `matrix` describes (linear RGB)."""
    channels = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = to_xyz @ np.clip(matrix @ linear, 0, 1) / np.array([0.9505, 1, 1.0888])
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


EYES = {  # Machado, Oliveira and Fernandes 2009, table 1, severity 1.0
    "all": np.eye(3),
    "no red": [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.0520]],
    "no green": [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]],
    "no blue": [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]],
}


@pytest.mark.parametrize("eye", EYES)
def test_colours_of_topics_are_told_apart_by_all_eyes(eye):
    colours = [seen(colour, np.array(EYES[eye])) for colour in TOPIC_COLOUR]
    assert min(np.linalg.norm(a - b) for a, b in combinations(colours, 2)) >= 18


# Topics of groups


def cells(group):
    places = PLACES.assign(kind="body", round=pd.array([21, 21, 22, 22, None, None], "Int64"))
    return rates.shares(places, places, thing="topic", by=group)


def grid(group):
    return figures.topics_by_group(cells(group), TOPICS, title="Who?", group=group)


def test_a_cell_has_its_number_its_share_and_its_way_to_the_lines():
    figure = grid("language")
    (cells,) = figure.data
    # Arabic and Russian have one passage of each topic, Kazakh one of the first and one of none
    assert cells.text.tolist() == [["1", "1", "1"], ["1", "", "1"], ["", "1", ""]]
    assert np.nan_to_num(cells.z).tolist() == [[0.5] * 3, [0.5, 0, 0.5], [0, 0.5, 0]]
    assert cells.meta["rows"] == {"topic": [1, 2, None]}
    assert cells.meta["columns"] == {"language": ["ar", "kk", "ru"]}
    names = [head.replace("\u2068", "").replace("\u2069", "") for head in cells.x]
    assert names == ["Arabic<br>2<br>1", "Kazakh<br>2<br>1", "Russian<br>2<br>1"]
    assert cells.y[2] == "no topic"


def test_a_row_of_the_numbers_is_a_cell_that_counts_any():
    meta = grid("language").layout.meta
    assert [row[:3] for row in meta["table"]["rows"]] == [
        [1, "Arabic", 1],
        [1, "Kazakh", 1],
        [1, "Russian", 1],
        [2, "Arabic", 1],
        [2, "Russian", 1],
        [None, "Kazakh", 1],
    ]
    assert meta["evidence"] == {
        "topic": [1, 1, 1, 2, 2, None],
        "language": ["ar", "kk", "ru", "ar", "ru", "kk"],
    }


def test_passages_of_no_round_are_a_column_that_asks_for_none():
    (cells,) = grid("round").data
    assert cells.meta["columns"] == {"round": [21, 22, None]}
    assert cells.x[2].endswith("none\u2069<br>2<br>1")


# The tree


def the_tree(tree=TREE):
    return figures.passage_tree(tree, PLACES, TOPICS, title="Alike?")


def test_branches_do_not_cross_and_every_leaf_is_a_passage():
    figure = the_tree()
    order = figure.layout.yaxis.ticktext
    names = [name.replace("\u2068", "").replace("\u2069", "") for name in order]
    # 8 is 6, of 1 and 3, over 7, of 4 and then 0 and 2
    assert names == ["a · 1 · ru", "b · 1 · ar", "c · 0 · kk", "a · 0 · ru", "b · 0 · ar"]
    assert list(figure.layout.yaxis.tickvals) == [0, 1, 2, 3, 4]
    assert [row[4] for row in figure.layout.meta["table"]["rows"]] == [1, 1, 1.5, 0.5, 0.5]


def test_brackets_join_at_their_height_in_the_colour_of_their_topic():
    lines = {t.line.color: t for t in the_tree().data if t.mode == "lines"}
    first = lines[topic_colour(1)]
    # leaves 0 and 2 stand in places 3 and 4; their middle, 3.5, is joined to place 2 at 1.5
    assert first.x == (0, 0.5, 0.5, 0, None, 0, 1.5, 1.5, 0.5, None)
    assert first.y == (3, 3, 4, 4, None, 2, 2, 3.5, 3.5, None)
    assert lines[topic_colour(2)].x == (0, 1, 1, 0, None)
    both = lines[figures.topics.NO_TOPIC]
    assert both.x == (1, 2, 2, 1.5, None)
    assert both.y == (0.5, 0.5, 2.75, 2.75, None)


def test_a_topic_is_named_where_its_branch_ends():
    named = {note.text: (note.x, note.y) for note in the_tree().layout.annotations}
    assert named == {
        "\u20681 · truce\u2069": (1.5, 2.75),
        "\u20682 · aid &lt;b&gt;\u2069": (1.0, 0.5),
    }


def test_a_leaf_leads_to_its_passage():
    found = evidence(the_tree()).to_numpy().tolist()
    assert sorted(found) == PLACES[["doc_id", "passage"]].head(5).to_numpy().tolist()


def test_a_corpus_too_large_for_a_tree_says_so():
    figure = the_tree(TREE.head(0))
    assert marks(figure) == []
    assert "too large" in figure.layout.meta["note"]


# The number of topics, and trust

CANDIDATES = pd.DataFrame(
    {
        "k": [3, 4, 5],
        "stability": [0.5, 0.9, 0.88],
        "low": [0.4, 0.8, 0.7],
        "high": [0.7, 1.0, 0.9],
        "coherence": [0.3, -0.1, 0.2],
        "coherence_low": [0.1, -0.2, 0.1],
        "coherence_high": [0.5, 0.0, 0.3],
        "score": [0, 1, 2],
        "chosen": [False, False, True],
    }
)


def test_the_number_taken_is_marked_and_what_passes_is_filled():
    figure = figures.stability_curve(CANDIDATES, title="How many?")
    stable, coherent = figure.data
    assert list(stable.y) == [0.5, 0.9, 0.88]
    assert stable.marker.symbol == ("circle-open", "circle", "circle")
    assert coherent.marker.symbol == ("circle-open", "circle-open", "circle")
    assert list(stable.y + stable.error_y.array) == pytest.approx([0.7, 1.0, 0.9])
    assert list(stable.y - stable.error_y.arrayminus) == pytest.approx([0.4, 0.8, 0.7])
    assert list(coherent.y - coherent.error_y.arrayminus) == pytest.approx([0.1, -0.2, 0.1])
    assert {line.x0 for line in figure.layout.shapes} == {5}
    assert figure.layout.meta["alt"].startswith("5 topics taken of 3 numbers tried")


def test_an_axis_shows_0_and_1_so_that_small_differences_look_small():
    figure = figures.stability_curve(CANDIDATES, title="How many?")
    assert figure.layout.yaxis.range == pytest.approx((-0.05, 1.05))
    assert figure.layout.yaxis2.range == pytest.approx((-0.25, 1.05))


DIAGNOSTICS = pd.DataFrame(
    [
        ("adjusted mutual information", "language", 0.02, -0.1, 0.1, "range: …"),
        ("adjusted mutual information", "outlet", 0.4, 0.4, 0.4, "cannot be told apart"),
        ("adjusted mutual information", "doc_id", 0.5, -0.1, 0.1, "follow"),
        ("stability", "documents", 0.8, 0.7, 0.9, "…"),
        ("coherence", "kk", -0.2, -0.5, 0.1, "…"),
    ],
    columns=["what", "of", "value", "low", "high", "note"],
)


def test_a_dot_is_a_value_and_the_bar_its_range():
    figure = figures.trust(DIAGNOSTICS, title="Trust?")
    bar, dot = figure.data[:2]
    assert list(bar.base) == [-0.1, 0.4, -0.1]
    assert list(bar.base + bar.x) == pytest.approx([0.1, 0.4, 0.1])
    assert list(dot.x) == [0.02, 0.4, 0.5]
    assert bar.y == dot.y == ("\u2068language\u2069", "\u2068outlet\u2069", "page")


def test_only_what_is_above_chance_is_orange_and_what_cannot_be_told_is_hollow():
    _, follows, _, stable, _, coherent = figures.trust(DIAGNOSTICS, title="Trust?").data
    assert follows.marker.color == ("#0072B2", "#0072B2", "#D55E00")
    assert follows.marker.symbol == ("circle", "circle-open", "circle")
    assert stable.marker.color == coherent.marker.color == ("#0072B2",)
    assert coherent.y == ("Kazakh",)


# The lines behind them


@pytest.fixture(scope="module")
def seeds():
    passages = pages.split_passages(documents.load_seeds())
    passages = passages.assign(round=pd.array([21] * len(passages), dtype="Int64"))
    return passages, topics.cluster_topics(passages, k=4)


def test_every_passage_has_a_line_with_its_words_and_its_measures(seeds):
    passages, found = seeds
    lines = topic_passages(found, passages)
    assert len(lines) == len(found.assignments)
    assert lines["gloss"].notna().all()
    assert lines["topic"].is_monotonic_increasing
    for what, of in found.diagnostics[["what", "of"]].itertuples(index=False):
        assert lines["counted_in"].map(lambda names, key=f"{what}, {of}": key in names).any()
    kazakh = lines[lines["language"] == "kk"]
    assert kazakh["counted_in"].map(lambda names: "coherence, kk" in names).all()
    assert not kazakh["counted_in"].map(lambda names: "coherence, ru" in names).any()


def test_of_many_passages_each_cell_has_its_most_typical(seeds):
    passages, found = seeds
    every = topic_passages(found, passages)
    cells = every.drop_duplicates(["topic", "language"])
    few = topic_passages(found, passages, most=len(cells))
    first = every.sort_values("share", ascending=False).drop_duplicates(["topic", "language"])
    key = ["doc_id", "passage"]
    assert set(few[key].itertuples(index=False)) == set(first[key].itertuples(index=False))


def test_a_passage_that_has_two_features_is_counted_where_two_are_asked_for():
    places = PLACES.assign(kind="body", start=0, stop=1).drop(columns=["topic", "share", "x", "y"])
    said = pd.DataFrame(
        [("a", 0, "truce"), ("a", 1, "aid"), ("a", 1, "host"), ("b", 0, "truce"), ("b", 1, "aid")],
        columns=["doc_id", "passage", "feature"],
    ).assign(n=1)
    found = topics.cluster_topics(places, features=said, k=2)
    lines = topic_passages(found, places).set_index(["doc_id", "passage"])
    two = lines["counted_in"].map(lambda names: "passages with two features, ru" in names)
    assert two[two].index.tolist() == [("a", 1)]
    assert lines.loc[("c", 1), "counted_in"] == []
    assert pd.isna(lines.loc[("c", 1), "topic"])
    assert lines.index[-1] == ("c", 1)
    assert lines.loc[("a", 1), "gloss"] == "hosting the talks, aid"


def test_passages_that_were_not_clustered_are_refused(seeds):
    passages, found = seeds
    with pytest.raises(ValueError, match="lie in none of the passages given"):
        topic_passages(found, passages[passages["doc_id"] != "001"])


MADE = {
    "passage_tree": the_tree,
    "stability_curve": lambda: figures.stability_curve(CANDIDATES, title="How many?"),
    "topic_map": the_map,
    "topics_by_group": lambda: grid("language"),
    "trust": lambda: figures.trust(DIAGNOSTICS, title="Trust?"),
}


def test_the_lines_behind_every_figure_of_the_kit_are_tested():
    made = {*MADE, *test_figures.MADE, *test_figures_coverage.all_figures()}
    assert made == {name for name in figures.__all__ if not name.isupper()}


@pytest.mark.parametrize("name", MADE)
def test_every_row_of_the_numbers_leads_somewhere(name):
    meta = MADE[name]().layout.meta
    assert len(meta["table"]["rows"]) > 0
    assert {len(keys) for keys in meta["evidence"].values()} == {len(meta["table"]["rows"])}
    assert len(meta["alt"]) > 20
    assert not [column for column in meta["table"]["columns"] if column.startswith("_")]


def test_more_languages_than_a_phone_has_room_for_are_named_by_their_codes():
    places = pd.concat([PLACES] * 3, ignore_index=True).assign(
        kind="body",
        doc_id=[f"d{number}" for number in range(18)],
        language=[code for code in LANGUAGES for _ in range(3)],
    )
    counted = rates.shares(places, places, thing="topic", by="language")
    figure = figures.topics_by_group(counted, TOPICS, title="Who?")
    assert [head[1:3] for head in figure.data[0].x] == sorted(LANGUAGES)
    assert figure.data[0].texttemplate == "%{text}"
    assert "Persian" in {row[1] for row in figure.layout.meta["table"]["rows"]}
