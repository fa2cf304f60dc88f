"""Clusters of passages: expected groups and figures are made by hand or by a naive definition."""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import pages as paragraphs
from scipy import sparse
from sklearn.metrics import adjusted_mutual_info_score
from threadpoolctl import threadpool_limits

from astana_kit import documents, pages, topics
from astana_kit.topics import choice, clusters, diagnostics, features, vectors

THEMES = {
    "war": ("ceasefire", "shelling", "casualties", "idlib"),
    "aid": ("refugees", "aid", "reconstruction", "return"),
    "talks": ("round", "schedule", "host", "statement"),
}
GOLD = Path(__file__).parent / "gold"
LANGUAGES = ("ru", "ar", "kk", "en", "tr", "fa")


def corpus(documents_each=4, passages_each=6, seed=5):
    """Pages of every theme in every language; each passage says two or three things of its own."""
    random = np.random.default_rng(seed)
    rows, said = [], []
    for language in LANGUAGES:
        for document in range(documents_each):
            theme = list(THEMES)[document % len(THEMES)]
            for passage in range(passages_each):
                key = (f"{language}{document}", passage)
                rows.append((*key, "body", language, f"{language}-outlet", "…", theme))
                words = random.choice(THEMES[theme], size=random.integers(2, 4), replace=False)
                said += [(*key, word, 1) for word in sorted(words)]
    columns = ["doc_id", "passage", "kind", "language", "outlet", "text", "theme"]
    features = pd.DataFrame(said, columns=["doc_id", "passage", "feature", "n"])
    return pd.DataFrame(rows, columns=columns), features


PASSAGES, SAID = corpus()


@pytest.fixture(scope="module")
def found():
    return topics.cluster_topics(PASSAGES, features=SAID, k=3)


def test_clusters_are_the_themes_and_not_the_languages(found):
    theme = PASSAGES["theme"]
    assert adjusted_mutual_info_score(theme, found.assignments["topic"]) == pytest.approx(1)
    leak = found.diagnostics.set_index(["what", "of"]).loc[
        ("adjusted mutual information", "language")
    ]
    # four pages a language: two of war, one of each other theme; language and theme are independent
    assert leak["value"] < 0.01


def test_topics_are_numbered_by_size(found):
    assert found.topics["topic"].tolist() == [1, 2, 3]
    assert found.topics["passages"].tolist() == [72, 36, 36]  # war stands on two pages of four
    assert found.topics["documents"].tolist() == [12, 6, 6]
    assert found.assignments["topic"].value_counts()[1] == 72


def test_labels_and_words_come_from_the_theme(found):
    first = found.topics.iloc[0]
    assert set(first["label"].split(", ")) == set(THEMES["war"])
    for language in LANGUAGES:
        assert set(first[f"words_{language}"].split(", ")) == set(THEMES["war"])


def test_rows_of_vectors_map_and_assignments_are_the_same(found):
    assert len(found.vectors) == len(found.map) == len(found.assignments) == len(PASSAGES)
    assert found.map[["doc_id", "passage"]].equals(found.assignments[["doc_id", "passage"]])
    assert np.linalg.norm(found.vectors, axis=1) == pytest.approx(1)


def test_typical_passages_are_of_their_topic_and_language(found):
    typical = found.typical
    assert len(typical) == 3 * len(LANGUAGES) * 3  # topics, languages, ranks
    joined = typical.merge(found.assignments, on=["doc_id", "passage"])
    assert (joined["topic_x"] == joined["topic_y"]).all()
    assert (joined["language_x"] == joined["language_y"]).all()


@pytest.mark.parametrize("threads", [1, 2])
def test_same_input_same_clusters_on_any_number_of_threads(found, threads):
    with threadpool_limits(threads):
        again = topics.cluster_topics(PASSAGES, features=SAID, k=3)
    assert again.assignments.equals(found.assignments)
    assert again.diagnostics.equals(found.diagnostics)
    assert np.array_equal(again.vectors, found.vectors)


def test_the_frames_of_the_caller_stay_as_they_were():
    passages, said = PASSAGES.copy(), SAID.copy()
    topics.cluster_topics(passages, features=said)
    assert passages.equals(PASSAGES)
    assert said.equals(SAID)


def test_a_number_is_chosen_by_stability_and_coherence_together():
    tried = topics.cluster_topics(PASSAGES, features=SAID).candidates
    assert tried["chosen"].sum() == 1
    assert tried.loc[tried["score"] == 2, "k"].max() == tried.loc[tried["chosen"], "k"].item()
    assert (tried["low"] <= tried["stability"]).all()
    assert (tried["stability"] <= tried["high"]).all()
    assert (tried["coherence_low"] < tried["coherence"]).all()
    assert (tried["coherence"] < tried["coherence_high"]).all()
    # three themes that never share a word are found again in every resample
    tried = topics.cluster_topics(PASSAGES, features=SAID, k=3).candidates
    assert tried.loc[tried["k"] == 3, ["stability", "low", "high"]].to_numpy().tolist() == [[1] * 3]


def test_what_says_nothing_is_unassigned_and_counted():
    silent = ("ru0", 0), ("kk1", 3)
    keys = list(zip(SAID["doc_id"], SAID["passage"], strict=True))
    said = SAID[[key not in silent for key in keys]]
    found = topics.cluster_topics(PASSAGES, features=said, k=3)
    left = found.assignments["topic"].isna()
    keys = list(zip(PASSAGES["doc_id"], PASSAGES["passage"], strict=True))
    assert left.tolist() == [key in silent for key in keys]
    assert found.assignments["topic"].dtype == "Int64"
    assert not found.vectors[left].any()
    assert any("1 of 24 in kk, 1 of 24 in ru" in note for note in found.notes)
    served = found.diagnostics.set_index(["what", "of"])["value"]
    assert served["passages with a feature", "kk"] == pytest.approx(23 / 24)
    assert served["passages with a feature", "fa"] == 1


def test_only_headline_and_body_are_clustered():
    passages = PASSAGES.assign(kind=["boilerplate", *["body"] * (len(PASSAGES) - 1)])
    found = topics.cluster_topics(passages, features=SAID.iloc[SAID["passage"].ne(0).argmax() :])
    assert len(found.assignments) == len(PASSAGES) - 1


def test_clusters_that_are_the_languages_are_called_out():
    words = SAID.assign(feature=SAID["doc_id"].str[:2] + "_" + SAID["feature"])
    found = topics.cluster_topics(PASSAGES, features=words, k=6)
    row = found.diagnostics.query("of == 'language' and what == 'adjusted mutual information'")
    assert row["value"].item() > row["high"].item()
    assert any("follow language" in note for note in found.notes)


def test_an_encoder_loses_the_direction_of_its_language():
    """Vectors of which two columns say the theme faintly and six the language loudly."""
    place = {theme: number for number, theme in enumerate(THEMES)}
    random = np.random.default_rng(0)

    def encoder(texts):
        assert texts == PASSAGES["text"].tolist()
        made = random.normal(0, 0.01, (len(texts), 9))
        made[np.arange(len(texts)), PASSAGES["theme"].map(place)] += 1
        made[np.arange(len(texts)), 3 + PASSAGES["language"].map(LANGUAGES.index)] += 5
        return made

    found = topics.cluster_topics(PASSAGES, features=SAID, k=3, encoder=encoder)
    agreed = adjusted_mutual_info_score(PASSAGES["theme"], found.assignments["topic"])
    assert agreed == pytest.approx(1)


def test_many_passages_are_clustered_from_a_sample():
    passages, said = corpus(documents_each=6, passages_each=70)
    assert len(passages) > clusters.LARGEST_TREE
    found = topics.cluster_topics(passages, features=said, k=3)
    assert adjusted_mutual_info_score(passages["theme"], found.assignments["topic"]) > 0.99
    assert found.tree.empty


def test_a_small_corpus_is_said_to_be_small_and_has_its_tree():
    few = PASSAGES[PASSAGES["doc_id"].isin(["ru0", "ru1", "ar0", "ar1"])]
    said = SAID[SAID["doc_id"].isin(few["doc_id"])]
    found = topics.cluster_topics(few, features=said)
    assert found.notes[0].startswith(
        "Too small for topics: 4 documents (of 30), 24 passages with features (of 150), "
        "12 passages in ar (of 30), 12 passages in ru (of 30)."
    )
    assert len(found.tree) == 23  # n leaves are joined n - 1 times
    assert found.tree["passages"].iloc[-1] == 24
    assert found.assignments["topic"].notna().all()


@pytest.mark.parametrize("k", [1, 0, True, 2.0, "three", 500])
def test_a_number_of_topics_that_cannot_be_is_refused(k):
    with pytest.raises(ValueError, match=r'cannot be made of the 144 passages.*give "auto"'):
        topics.cluster_topics(PASSAGES, features=SAID, k=k)


def test_nothing_to_group_is_refused():
    with pytest.raises(ValueError, match="1 of 144 headline and body passages have a feature"):
        topics.cluster_topics(PASSAGES, features=SAID.head(1))
    with pytest.raises(ValueError, match="0 of 0 headline and body passages"):
        topics.cluster_topics(PASSAGES.head(0), features=SAID.head(0))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n": 0}, "rows have no feature or no n above 0"),
        ({"n": "many"}, "rows have no feature or no n above 0"),
        ({"feature": None}, "rows have no feature or no n above 0"),
        ({"passage": 99}, "lie in none of the headline and body passages given"),
    ],
)
def test_features_that_do_not_fit_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        topics.cluster_topics(PASSAGES, features=SAID.assign(**change))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="features: no column feature"):
        topics.cluster_topics(PASSAGES, features=SAID.drop(columns="feature"))
    with pytest.raises(ValueError, match="passages: no column language"):
        topics.cluster_topics(PASSAGES.drop(columns="language"), features=SAID)


@pytest.mark.parametrize("made", [np.ones(144), np.ones((3, 4)), np.full((144, 2), np.nan)])
def test_an_encoder_that_does_not_give_a_row_a_text_is_refused(made):
    with pytest.raises(ValueError, match="must be one row of finite numbers per text"):
        topics.cluster_topics(PASSAGES, features=SAID, encoder=lambda _: made)


def test_weights_are_those_of_the_definition():
    """Two ru passages, four ar: half and a quarter of them say the first thing, mean .375."""
    counts = sparse.csr_array(
        np.array([[3, 1], [0, 1], [1, 0], [0, 1], [0, 1], [0, 0]], dtype=float)
    )
    language = np.array(["ru", "ru", "ar", "ar", "ar", "ar"])
    made = vectors.weighted(counts, language, np.array([1, 0.5])).toarray()
    rare = np.log(7 / (1 + 6 * 0.375)) + 1
    common = np.log(7 / (1 + 6 * 0.75)) + 1  # all of ru, half of ar
    first = np.array([(1 + np.log(3)) * rare, 0.5 * common])
    assert made[0] == pytest.approx(first / np.linalg.norm(first))
    assert made[1].tolist() == [0, 1]
    assert made[5].tolist() == [0, 0]


def test_two_passages_are_near_by_what_their_features_stand_with_elsewhere():
    said = np.array([[1, 1, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 1]], dtype=float)
    table = vectors.weighted(sparse.csr_array(said), np.array(["kk"] * 4), np.ones(4))
    assert (table[[1]] @ table[[2]].T).toarray().item() == 0
    made = vectors.unit(table @ vectors.associated(table, np.array(["kk"] * 4)))
    assert made[1] @ made[2] > 0.5
    assert made[1] @ made[3] == 0


def test_a_readers_many_terms_are_projected():
    random = np.random.default_rng(1)
    table = sparse.random_array((600, 900), density=0.02, rng=random).tocsr()
    made = vectors.narrowed(table, np.array(["fa"] * 600), seed=0)
    assert made.shape[1] < vectors.MOST_COLUMNS


@settings(max_examples=30)
@given(st.integers(2, 25), st.data())
def test_a_tree_is_cut_into_as_many_as_asked(size, data):
    """Many points fall on each other, so that heights are equal."""
    k = data.draw(st.integers(1, size))
    points = np.eye(3)[data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))]
    cluster = clusters.cut(clusters.tree(clusters.distances(points)), k)
    assert sorted(set(cluster)) == list(range(k))


def test_coherence_is_the_mean_npmi_and_never_missing():
    """Topic 0: a and b in the same two of four passages; topic 1: c and d never together."""
    table = sparse.csr_array(
        np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 1, 0]], float)
    )
    language = np.array(["ru", "ru", "ru", "ru", "ar"])
    sample = choice.Sample(np.arange(5), table.toarray(), np.empty((0, 4)), [], table, language, 0)
    found = choice.coherence(sample, np.array([0, 0, 1, 1, 1]))
    # in ru six pairs each: (a, b) 1, all others -1; the leading features are all four, in order
    assert found[:, 1] == pytest.approx([(1 - 5) / 6] * 2)
    assert found[:, 0].tolist() == [0, 0]  # ar says one feature: no pair, what chance brings


def test_clusters_that_are_the_attribute_have_all_its_information():
    cluster = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2] * 4)
    places = pd.DataFrame(
        {
            "doc_id": [f"d{number}" for number in range(36)],
            "language": [LANGUAGES[one] for one in cluster],
            "outlet": "one",
        }
    )
    rows = {row[1]: row for row in diagnostics.leaks(places, cluster, seed=0)}
    assert rows["language"][2] == pytest.approx(1)
    assert rows["language"][4] < 0.3
    assert "follow language" in rows["language"][5]
    assert rows["outlet"][5] == "one outlet only: nothing to follow"


def test_what_is_dealt_out_anew_has_the_information_that_scikit_learn_finds():
    code, cluster = np.array([0, 0, 0, 1, 1, 2, 2, 3]), np.array([0, 0, 1, 1, 0, 1, 2, 2])
    made = diagnostics.shuffled(code, cluster, np.random.default_rng(7), 5)
    again = np.random.default_rng(7)
    expected = [adjusted_mutual_info_score(again.permutation(code), cluster) for _ in range(5)]
    assert made == pytest.approx(expected)


def test_what_a_person_is_called_weighs_half():
    names = pd.Index(["alexander_lavrentiev", "russia", "ceasefire", "a word of a reader"])
    assert features.stresses(names).tolist() == [0.5, 1, 1, 1]


def test_five_pages_are_never_parted_as_coarsely_as_their_size_allows():
    # the root of half of 55 passages is 5.2, and a topic has five passages on the average
    assert choice.numbers_tried(55, None) == [6, 7, 8, 9, 10]
    assert choice.numbers_tried(16, None) == [3]
    assert choice.numbers_tried(1000, None)[0] == 6
    assert choice.numbers_tried(55, 3) == [3, 6, 7, 8, 9, 10]


def test_the_five_seeds_are_grouped_and_said_to_be_five_pages():
    passages = pages.split_passages(documents.load_seeds())
    found = topics.cluster_topics(passages)
    assert "5 documents (of 30)" in found.notes[0]
    assert found.assignments["topic"].nunique() >= 3
    assert found.diagnostics["value"].notna().all()
    assert found.topics["coherence"].between(-1, 1).all()
    assert found.topics["stability"].between(0, 1).all()


@pytest.fixture(scope="module")
def translated():
    """Forty sentences, each in six languages, each a page of its own; and their topics."""
    blocks = (GOLD / "parallel_sentences.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    texts = [
        (f"{language}{number}", language, text)
        for number, block in enumerate(blocks)
        for language, text in (line.split(": ", 1) for line in block.strip().split("\n"))
    ]
    passages = paragraphs(*texts, sentence=np.arange(len(texts)) // len(LANGUAGES))
    return passages, topics.cluster_topics(passages)


def test_translations_of_a_sentence_fall_together(translated):
    passages, found = translated
    topic = found.assignments["topic"].fillna(0).to_numpy()
    sentence = passages["sentence"].to_numpy()
    pairs = (sentence[:, None] == sentence) & ~np.eye(len(sentence), dtype=bool)
    assert (topic[:, None] == topic)[pairs].mean() >= 0.95
    assert adjusted_mutual_info_score(passages["language"], topic) <= 0.01


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_nearest_passage_of_another_language_is_the_translation(translated, language):
    passages, found = translated
    there = (passages["language"] == language).to_numpy()
    sentence = passages["sentence"].to_numpy()
    nearest = (found.vectors[~there] @ found.vectors[there].T).argmax(axis=1)
    assert (sentence[there][nearest] == sentence[~there]).mean() >= 0.95


def test_a_passage_leans_on_its_neighbours_of_one_page_only():
    made = np.eye(4)
    made[3] = 0
    places = pd.DataFrame({"doc_id": ["a", "a", "b", "b"], "passage": [1, 0, 0, 1]})
    lean = vectors.CONTEXT / 2
    expected = np.array([[1, lean, 0, 0], [lean, 1, 0, 0]]) / np.hypot(1, lean)
    found = vectors.in_context(made, places)
    assert found[:2] == pytest.approx(expected)
    # a page's last passage of nothing stays nothing, and lends nothing
    assert found[2:].tolist() == [[0, 0, 1, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize("rows", [1, 2, 3, 7, 100])
def test_a_passage_leans_on_what_its_neighbours_were_however_many_are_worked_on(monkeypatch, rows):
    random = np.random.default_rng(0)
    made = random.random((20, 3))
    made[[4, 11]] = 0
    places = pd.DataFrame(
        {"doc_id": random.choice([*"abc"], 20), "passage": random.permutation(20)}
    )
    expected = made.copy()
    for one, other in product(range(20), repeat=2):
        own = places[places["doc_id"] == places["doc_id"][one]].sort_values("passage").index
        if other in own and abs(own.get_loc(one) - own.get_loc(other)) == 1 and made[one].any():
            expected[one] += vectors.CONTEXT / 2 * made[other]
    expected[[4, 11]] = 0
    lengths = np.linalg.norm(expected, axis=1, keepdims=True)
    monkeypatch.setattr(vectors, "ROWS", rows)
    found = vectors.in_context(made.copy(), places)
    assert found == pytest.approx(expected / np.where(lengths, lengths, 1))


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_the_middle_of_a_cluster_is_its_mean_direction(monkeypatch, rows):
    monkeypatch.setattr(clusters, "ROWS", rows)
    made = np.array([[3.0, 0], [0, 1], [1, 4], [0, 7]])
    assert clusters.middles(made, np.array([0, 1, 0, 1])).tolist() == [
        pytest.approx([2**-0.5, 2**-0.5]),
        [0, 1],
    ]


@pytest.mark.parametrize(
    ("code", "cluster"),
    [
        ([0, 0, 1, 1, 2, 2, 2], [0, 0, 1, 1, 1, 2, 2]),
        ([2, 0, 1, 1, 0, 2, 2], [0, 2, 0, 2, 0, 2, 0]),
        ([0, 1, 2, 3], [1, 0, 3, 2]),
        ([0, 0, 0, 0], [0, 1, 0, 1]),
        ([1, 1, 1], [0, 0, 0]),
    ],
)
def test_adjusted_information_is_that_of_scikit_learn(code, cluster):
    table = diagnostics.crossed(np.array(code), np.array(cluster))
    expected = pytest.approx(adjusted_mutual_info_score(code, cluster), abs=1e-12)
    assert diagnostics.adjusted(table) == expected


def test_how_well_a_language_is_served_is_counted_by_hand():
    places = pd.DataFrame({"doc_id": ["a", "a", "b", "c"], "language": ["kk", "kk", "tr", "tr"]})
    said = pd.DataFrame({"row": [0, 0, 2, 3, 3, 3]})  # two features, none, one, three
    rows = {row[:2]: row for row in diagnostics.served(places, said)}
    one, two = diagnostics.SERVED
    assert [rows[one, code][2] for code in ("kk", "tr")] == [0.5, 1]
    assert [rows[two, code][2] for code in ("kk", "tr")] == [0.5, 0.5]
    assert rows[one, "kk"][5] == "1 of 2 passages; interval: wilson; served worst"
    assert rows[one, "tr"][5] == "2 of 2 passages; interval: by document"


def test_no_passage_at_all_is_refused_in_words():
    none = pages.split_passages(documents.load_seeds()).head(0)
    with pytest.raises(ValueError, match="0 of 0 headline and body passages have a feature"):
        topics.cluster_topics(none)
