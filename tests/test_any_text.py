"""Every public function, given any text: rows that can be read back, or a refusal in words.

Nothing is expected of what is found in such text, only that whatever is found can be read back at
its place, and that no other error comes than a ValueError that says what to do.
"""

import re
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import astana_kit as ak
from astana_kit.text.script import LANGUAGES

WORDS = [
    *("Россия", "переговоры", "13-й раунд", "в Астане", "беженцев", "«"),
    *("روسيا", "المحادثات", "الجولة الثامنة", "اللاجئين", "و", "،"),
    *("Ресей", "келіссөздердің", "22-кездесу", "босқындар"),
    *("Russia", "the talks", "round 20", "refugees", "Syria's"),
    *("Türkiye", "görüşmeler", "15. tur", "sığınmacılar", "İran'ın"),
    *("روسیه", "مذاکرات", "دور هفدهم", "پناهندگان", "می‌شود"),
    *("\u202e", "\u2067", "\u200f", "\u0301", "\u0640", "\n", "\t", "<b>", "=1+1", "🕊", "叙利亚"),
]
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
TEXT = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join),
    st.text(LETTERS, min_size=1, max_size=200),
).filter(str.strip)
PAGE = st.fixed_dictionaries(
    {
        "text": TEXT,
        "language": st.sampled_from([*LANGUAGES, "und", None]),
        "outlet": st.sampled_from(["one", "two", "<i>", None]),
        "published": st.sampled_from(["2017-09-14", "2024-11-12", None]),
    }
)
CORPUS = st.lists(PAGE, min_size=1, max_size=4).map(pd.DataFrame)

# an example takes a second, so that none is made smaller where one fails
QUICK = {
    "derandomize": True,
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],
    "suppress_health_check": [HealthCheck.too_slow],
}
often = settings(max_examples=20, **QUICK)
seldom = settings(max_examples=4, **QUICK)


def tables(frame):
    """Documents and placed passages of a frame."""
    documents = ak.from_frame(frame)
    pages = ak.split_passages(documents)
    references = ak.find_rounds(pages)
    document_rounds = ak.assign_rounds(documents, references)
    return documents, ak.place_in_rounds(pages, references, document_rounds)


def said(documents, rows, column):
    """Whether each row's text stands at its place."""
    texts = documents.set_index("doc_id")["text"]
    places = zip(rows["doc_id"], rows["start"], rows["stop"], strict=True)
    return [texts[doc][start:stop] for doc, start, stop in places] == rows[column].tolist()


def refused(call):
    """What `call` gives; None where it is refused in words."""
    try:
        return call()
    except ValueError as error:
        assert len(str(error)) > 20, error  # noqa: PT017 (any of them is right, if it speaks)
        return None


@often
@given(CORPUS)
def test_whatever_is_found_stands_where_it_is_said_to_stand(frame):
    documents, passages = tables(frame)
    assert said(documents, passages, "text")
    assert said(documents, ak.split_sentences(passages), "text")
    for found in (
        ak.find_rounds(passages),
        ak.find_actors(passages),
        ak.doubtful_mentions(passages),
        ak.find_concepts(passages),
        ak.find(passages, "Россия"),
        ak.find(passages, "جولة"),
    ):
        assert said(documents, found, "surface")
    assert said(documents, ak.tokenize(passages), "word")


@often
@given(CORPUS)
def test_counts_never_exceed_what_they_are_counted_in(frame):
    _, passages = tables(frame)
    mentions, hits = ak.find_actors(passages), ak.find_concepts(passages)
    for rates in (
        ak.count_actors(mentions, passages, by="round"),
        ak.count_actors(mentions, passages, by="language", things="camp"),
        ak.shares(hits, passages, thing="concept_id", by="language"),
    ):
        assert (rates["n"] <= rates["of"]).all()
        assert (rates["low"] <= rates["rate"] + 1e-9).all()
        assert (rates["rate"] <= rates["high"] + 1e-9).all()
    tokens = ak.tokenize(passages)
    counts = ak.count_terms(tokens, by="language", stop_words=True)
    assert counts["n"].sum() == len(tokens)
    assert counts.equals(ak.count_terms(passages, by="language", stop_words=True))


@seldom
@given(CORPUS)
def test_every_other_function_gives_rows_or_refuses_in_words(frame):
    documents, passages = tables(frame)
    mentions, hits = ak.find_actors(passages), ak.find_concepts(passages)
    tokens = ak.tokenize(passages)
    sentences = ak.split_sentences(passages)
    calls = {
        "days_from_round": lambda: ak.days_from_round(passages),
        "co_mentions": lambda: ak.co_mentions(mentions, sentences),
        "suggest_names": lambda: ak.suggest_names(passages),
        "coding_sheet": lambda: ak.coding_sheet(mentions, passages, n=2, seed=0),
        "score_coding": lambda: ak.score_coding(
            ak.coding_sheet(mentions, passages, n=2, seed=0).assign(label="yes")
        ),
        "growth": lambda: ak.growth(tokens, by="language"),
        "term_positions": lambda: ak.term_positions(tokens, "Россия"),
        "compare_terms": lambda: ak.compare_terms(tokens, by="outlet", target="one"),
        "collocations": lambda: ak.collocations(tokens, "Россия"),
        "gloss": lambda: ak.gloss(tokens["term"], tokens["language"]),
        "lemmatize": lambda: [ak.lemmatize(tokens["word"], one) for one in LANGUAGES],
        "cluster_topics": lambda: ak.cluster_topics(passages, k=2),
        "topic_passages": lambda: ak.topic_passages(ak.cluster_topics(passages, k=2), passages),
        "compare_languages": lambda: ak.compare_languages(mentions, passages),
        "coverage_divergence": lambda: ak.coverage_divergence(hits, passages),
        "near_duplicates": lambda: ak.near_duplicates(documents),
        "label_mentions": lambda: ak.label_mentions(mentions, passages),
        "count_labels": lambda: ak.count_labels(mentions, passages),
        "concordance": lambda: ak.concordance(mentions, passages)._repr_html_(),
        "session": lambda: ak.session(passages=passages),
    }
    for name, call in calls.items():
        found = refused(call)
        if name == "concordance":
            assert "<b>" not in found.replace("&lt;b&gt;", "")


def test_no_public_function_is_left_out():
    elsewhere = {"load_seeds", "read", "save", "setup"}  # take no text, or have their own tests
    asked = set(re.findall(r"\bak\.(\w+)", Path(__file__).read_text(encoding="utf-8")))
    assert set(ak.PUBLIC) - elsewhere <= asked
