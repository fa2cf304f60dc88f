"""What is measured: each step of the kit, and what does the same or the nearest with other tools.

A contender is a function that gets what is held ready, builds what it needs only once (a matcher,
a list of texts), and returns what is to be timed.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import corpora
import pandas as pd

import astana_kit as ak

Contender = Callable[["Held"], Callable[[], object]]
KIT = "astana_kit"
HTML = 1_000  # pages written as HTML
SLOW = 10_000  # pages; a tenth of the largest corpus


class Held(NamedTuple):
    """What earlier steps have made of a corpus, as files in a folder."""

    folder: Path

    def __call__(self, name):
        return pd.read_pickle(self.folder / f"{name}.pkl")  # noqa: S301 (written by this run)


class Step(NamedTuple):
    """One step, and who does it."""

    needs: tuple[str, ...]  # public names of the kit
    contenders: dict[str, Contender]  # the kit first
    most: int = 100_000  # pages that it is given
    slow: tuple[str, ...] = ()  # contenders that are given no more than SLOW


def prepare(made, folder):
    """Write what the steps need of the pages `made` into `folder`."""
    (folder / "html").mkdir()
    for page in made.head(HTML).itertuples():
        (folder / "html" / f"{page.doc_id}.html").write_text(corpora.html(page), encoding="utf-8")
    documents = ak.from_frame(made)
    passages = ak.split_passages(documents)
    tables = {
        "documents": documents,
        "passages": passages,
        "tokens": ak.tokenize(passages),
        "mentions": ak.find_actors(passages),
    }
    for name, table in tables.items():
        table.to_pickle(folder / f"{name}.pkl")


def texts_of(held):
    """The text of each page that is counted, in one string, as a list."""
    passages = held("passages")
    article = passages[passages["kind"].isin(["headline", "body"])]
    return article.groupby("doc_id", sort=False)["text"].agg("\n".join).tolist()


def split_kit(held):
    documents = held("documents")
    return lambda: ak.split_passages(documents)


def split_pandas(held):
    texts = held("documents")["text"]
    return lambda: texts.str.split("\n").explode()


def rounds_kit(held):
    documents, passages = held("documents"), held("passages")
    return lambda: ak.assign_rounds(documents, ak.find_rounds(passages))


def rounds_pandas(held):
    """Only figures before the word "round": no words, no days, no relatives, none resolved."""
    texts = held("passages")["text"]
    named = re.compile(r"(\d+)\S{0,4} (?:раунд|جولة|round|tur|دور)")
    return lambda: texts.str.findall(named)


def actors_kit(held):
    passages = held("passages")
    ak.find_actors(passages.head(1))  # compiles the gazetteer once, as in use
    return lambda: ak.find_actors(passages)


def _forms(held):
    """What the kit finds in the text, and every name as its row writes it."""
    return sorted({*held("mentions")["surface"], *ak.tables.names()["name"]})


def actors_spacy(held):
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    texts = texts_of(held)
    blank = spacy.blank("xx")
    matcher = PhraseMatcher(blank.vocab)
    matcher.add("names", list(blank.tokenizer.pipe(_forms(held))))

    def spans(page):
        longest = filter_spans(matcher(page, as_spans=True))
        return [(span.start_char, span.end_char, span.text) for span in longest]

    return lambda: [spans(page) for page in blank.pipe(texts)]


def actors_flashtext(held):
    from flashtext import KeywordProcessor

    texts = texts_of(held)
    keywords = KeywordProcessor(case_sensitive=True)
    keywords.add_keywords_from_list(_forms(held))
    return lambda: [keywords.extract_keywords(text, span_info=True) for text in texts]


def _scan(texts, forms):
    """Every place of the forms as letters, inside of words too."""
    import ahocorasick_rs

    automaton = ahocorasick_rs.AhoCorasick(forms, implementation=ahocorasick_rs.Implementation.DFA)
    whole = "\n".join(texts)
    return lambda: automaton.find_matches_as_indexes(whole, overlapping=True)


def actors_scan(held):
    return _scan(texts_of(held), _forms(held))


def concepts_kit(held):
    passages = held("passages")
    ak.find_concepts(passages.head(1))
    return lambda: ak.find_concepts(passages)


def concepts_scan(held):
    return _scan(texts_of(held), sorted(set(ak.tables.concept_terms()["name"])))


def tokens_kit(held):
    passages = held("passages")
    ak.count_terms(passages.head(60))  # loads the dictionaries once, as in use
    return lambda: ak.count_terms(ak.tokenize(passages))


def count_kit(held):
    passages = held("passages")
    ak.count_terms(passages.head(60))
    return lambda: ak.count_terms(passages)


def count_sklearn(held):
    from sklearn.feature_extraction.text import CountVectorizer

    texts = texts_of(held)
    return lambda: CountVectorizer().fit_transform(texts)


def _one_language(held):
    tokens = held("tokens")
    return tokens[tokens["language"] == "ru"].reset_index(drop=True)


def compare_kit(held):
    tokens = _one_language(held)
    return lambda: ak.compare_terms(tokens, by="outlet", target="outlet 0")


def compare_pandas(held):
    """The counts alone, without a measure."""
    tokens = _one_language(held)
    return lambda: tokens.groupby(["outlet", "term"], observed=True).size()


def topics_kit(held):
    passages = held("passages")
    return lambda: ak.cluster_topics(passages)


def topics_sklearn(held):
    """Words of each language, so that its clusters follow the language."""
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = held("passages")["text"].tolist()
    return lambda: KMeans(10, random_state=0).fit_predict(TfidfVectorizer().fit_transform(texts))


def languages_kit(held):
    mentions, passages = held("mentions"), held("passages")
    return lambda: ak.compare_languages(mentions, passages)


def languages_pandas(held):
    """The shares alone, without an interval."""
    mentions, passages = held("mentions"), held("passages")
    key = ["doc_id", "passage"]

    def shares():
        named = mentions[[*key, "actor_id"]].drop_duplicates()
        joined = named.merge(passages[[*key, "language"]], on=key)
        said = joined.groupby(["actor_id", "language"]).size()
        return said / passages.groupby("language").size()

    return shares


def copies_kit(held):
    documents = held("documents")
    return lambda: ak.near_duplicates(documents)


def copies_pandas(held):
    """Only pages that are the same to the letter."""
    return held("documents")["text"].duplicated


def read_kit(held):
    return lambda: ak.read(held.folder / "html")


def read_trafilatura(held):
    """The text alone, of pages that are known to be HTML in UTF-8."""
    import trafilatura

    files = sorted((held.folder / "html").glob("*.html"))
    return lambda: [trafilatura.bare_extraction(file.read_text("utf-8")) for file in files]


def answers_kit(held):
    """What notebooks 01 to 04 compute, one after the other; the tables of each go with it."""
    documents = held("documents")

    def passages_in_rounds():
        pages = ak.split_passages(documents)
        references = ak.find_rounds(pages)
        return ak.place_in_rounds(pages, references, ak.assign_rounds(documents, references))

    def answers():
        passages = passages_in_rounds()
        return [
            len(ak.count_terms(passages, by="language")),
            len(ak.cluster_topics(passages).topics),
            len(ak.count_actors(ak.find_actors(passages), passages, by="round")),
            *(
                len(ak.compare_languages(find(passages), passages).differences)
                for find in (ak.find_actors, ak.find_concepts)
            ),
        ]

    return answers


STEPS = {
    "split_passages": Step(
        ("split_passages",), {KIT: split_kit, "pandas, lines alone": split_pandas}
    ),
    "find_rounds + assign_rounds": Step(
        ("find_rounds", "assign_rounds"), {KIT: rounds_kit, "pandas, one pattern": rounds_pandas}
    ),
    "find_actors": Step(
        ("find_actors",),
        {
            KIT: actors_kit,
            "Aho–Corasick scan": actors_scan,
            "spaCy PhraseMatcher": actors_spacy,
            "flashtext": actors_flashtext,
        },
        slow=("spaCy PhraseMatcher", "flashtext"),
    ),
    "find_concepts": Step(
        ("find_concepts",), {KIT: concepts_kit, "Aho–Corasick scan": concepts_scan}
    ),
    "tokenize + count_terms": Step(
        ("tokenize", "count_terms"), {KIT: tokens_kit, "CountVectorizer": count_sklearn}
    ),
    "count_terms of passages": Step(
        ("count_terms",), {KIT: count_kit, "CountVectorizer": count_sklearn}
    ),
    "compare_terms": Step(
        ("compare_terms",), {KIT: compare_kit, "pandas, counts alone": compare_pandas}
    ),
    "cluster_topics": Step(
        ("cluster_topics",),
        {KIT: topics_kit, "TF-IDF + KMeans": topics_sklearn},
        slow=("TF-IDF + KMeans",),
    ),
    "compare_languages": Step(
        ("compare_languages",), {KIT: languages_kit, "pandas, shares alone": languages_pandas}
    ),
    "near_duplicates": Step(
        ("near_duplicates",), {KIT: copies_kit, "pandas, same text": copies_pandas}
    ),
    "read, HTML": Step(
        ("read",),
        {KIT: read_kit, "trafilatura": read_trafilatura},
        most=HTML,
    ),
    "all four analyses": Step(("cluster_topics", "compare_languages"), {KIT: answers_kit}),
}
