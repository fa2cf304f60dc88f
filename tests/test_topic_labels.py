"""What a topic is called: expected orders follow from counts made by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from astana_kit import documents, pages, topics
from astana_kit.topics import labels

# rows are passages, of two topics; the first feature stands everywhere, the second in all of the
# first topic, the third in half of it and nowhere else
THERE = sparse.csr_array(
    np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [1, 1, 0], [1, 0, 0], [1, 0, 0]], dtype=float)
)
CLUSTER = np.array([0, 0, 1, 1, 1, 1])


def test_lift_is_the_share_inside_over_the_share_everywhere():
    lifts = labels.lift(THERE, CLUSTER)
    # second feature: 2 of 2 passages against 3 of 6; third: 1 of 2 against 1 of 6
    assert lifts[0] == pytest.approx([0, np.log(2), np.log(3)])
    # in the second topic none is more frequent than everywhere: 1 of 4 against 3 of 6
    assert lifts[1].tolist() == [0, 0, 0]


def test_what_is_everywhere_leads_nothing():
    order, none = labels.leading(
        labels.inside(THERE, CLUSTER), labels.lift(THERE, CLUSTER), np.zeros(3, dtype=bool)
    )
    # 1 × log 2 = .69 before .5 × log 3 = .55; the first feature is not named
    assert order.tolist() == [1, 2]
    assert none.tolist() == []


def test_how_something_is_said_stands_behind_what_is_spoken_of():
    late = np.array([False, True, False])
    order, _ = labels.leading(labels.inside(THERE, CLUSTER), labels.lift(THERE, CLUSTER), late)
    assert order.tolist() == [2, 1]


def test_words_of_a_language_are_weighed_in_its_own_passages():
    weights = labels.inside(THERE, CLUSTER, np.array([True, False, False, True, False, False]))
    assert weights.tolist() == [[1, 1, 1], [1, 1, 0]]
    # a language that says nothing of a topic has no words there
    assert labels.inside(THERE, CLUSTER, CLUSTER == 1)[0].tolist() == [0, 0, 0]


def said(*rows):
    frame = pd.DataFrame(rows, columns=["doc_id", "passage", "feature"])
    return frame.assign(n=1)


def test_a_language_that_speaks_of_one_topic_only_has_words_there():
    """Within Kazakh nothing sets the topic apart: against all passages it does."""
    rows = [("kk", n, word) for n in range(3) for word in ("war", "siege")]
    rows += [("ru", n, word) for n in range(3) for word in ("war", "siege")]
    rows += [("ru", n, word) for n in range(3, 6) for word in ("aid", "host")]
    features = said(*rows)
    passages = features[["doc_id", "passage"]].drop_duplicates()
    passages = passages.assign(kind="body", language=passages["doc_id"], text="…")
    found = topics.cluster_topics(passages, features=features, k=2).topics.set_index("label")
    assert found["words_kk"].to_dict() == {"siege, war": "siege, war", "aid, host": ""}
    assert found.loc["aid, host", "words_ru"] == "aid, host"


def test_labels_of_the_seeds_name_what_is_spoken_of():
    passages = pages.split_passages(documents.load_seeds())
    found = topics.cluster_topics(passages, k=9).topics["label"]
    named = set(", ".join(found).split(", "))
    # every page speaks of Syria; importance and situation say how something is said
    assert not named & {"Syria", "importance", "situation", "efforts"}
    assert named >= {
        "ceasefire",
        "de-escalation zones",
        "Eastern Ghouta",
        "bilateral consultations",
    }
