"""The contracts of the curated tables of data/: file, what one row is, what must hold of it."""

from typing import NamedTuple

INFLECTS = ("no", "abbreviation", "noun", "adjective", "surname", "stem")
"""How a row of a lexicon inflects: not at all; as capitals that are read out; as a noun phrase; as
an adjective; as a person's name, each part by its own last letters, the first also as an initial;
as letters that any others may follow («обстреля» finds «обстреляли»)."""


class Curated(NamedTuple):
    """One curated table: its file, what one row is, and what must hold of every row."""

    file: str
    row: str
    columns: tuple[str, ...]
    key: tuple[str, ...]  # no two rows share these
    filled: tuple[str, ...]  # never empty
    days: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    among: tuple[tuple[str, tuple[str, ...]], ...] = ()  # columns with a closed list of values


SEEDS = Curated(
    "seeds.csv",
    "one seed page",
    ("doc_id", "path", "language", "outlet", "published", "published_source", "sha256", "note"),
    key=("doc_id",),
    filled=("doc_id", "path", "language", "published", "published_source", "sha256"),
    days=("published",),
)
ROUNDS = Curated(
    "rounds.csv",
    "one round of the talks",
    ("round", "start", "end", "city", "note", "source"),
    key=("round",),
    filled=("round", "start", "end", "city", "source"),
    days=("start", "end"),
    numbers=("round",),
)
ROUND_WORDS = Curated(
    "round_words.csv",
    "one word or phrase by which pages speak of the rounds, or of other talks",
    ("language", "word", "kind", "step", "source"),
    key=("language", "word", "kind"),
    filled=("language", "word", "kind", "source"),
)
ACTORS = Curated(
    "actors.csv",
    "one actor",
    ("actor_id", "name", "kind", "camp", "iso3", "since", "until", "source"),
    key=("actor_id",),
    filled=("actor_id", "name", "kind", "camp", "source"),
    days=("since", "until"),
    among=(
        ("kind", ("state", "organisation", "party", "armed group", "group", "person")),
        (
            "camp",
            ("guarantor", "host", "government", "opposition", "observer", "subject", "other"),
        ),
    ),
)
NAMES = Curated(
    "names.csv",
    "one way to write an actor's name",
    ("id", "language", "name", "form", "inflects", "note", "source"),
    key=("language", "name"),
    filled=("id", "language", "name", "form", "inflects", "source"),
    among=(
        ("language", ("ru", "ar", "kk", "en", "tr", "fa")),
        ("form", ("name", "adjective", "demonym")),
        ("inflects", INFLECTS),
    ),
)
NOT_AN_ACTOR = "not_an_actor"
"""Id of a name that holds an actor's without naming it: «Россия сегодня», "Jordan River"."""

LABELS = Curated(
    "labels.csv",
    "one name of names.csv, with the English label of this way to name the actor",
    ("id", "language", "name", "label", "kind", "source"),
    key=("language", "name"),
    filled=("id", "language", "name", "label", "kind", "source"),
    among=(
        ("language", ("ru", "ar", "kk", "en", "tr", "fa")),
        (
            "kind",
            (
                "state",
                "full name",
                "capital",
                "person",
                "party label",
                "abbreviation",
                "description",
            ),
        ),
    ),
)
"""By what an actor is named: its state (of a state: by the usual name), its full name, a capital,
a person, the name that a party or group gives itself, letters, or what it is described as."""

CONCEPTS = Curated(
    "concepts.csv",
    "one issue of the talks",
    ("concept_id", "label", "group", "note"),
    key=("concept_id",),
    filled=("concept_id", "label", "group", "note"),
)
CONCEPT_TERMS = Curated(
    "concept_terms.csv",
    "one way to say a concept",
    ("id", "language", "name", "form", "inflects", "note", "source"),
    key=("language", "name"),
    filled=("id", "language", "name", "form", "inflects", "source"),
    among=(
        ("language", ("ru", "ar", "kk", "en", "tr", "fa")),
        ("form", ("noun", "verb", "adjective")),
        ("inflects", INFLECTS),
    ),
)
NOT_A_CONCEPT = "not_a_concept"
"""Id of a phrase that holds a concept's word and says something else."""

DOUBTS = Curated(
    "doubts.csv",
    "one name of names.csv that says only in some places who is meant",
    ("language", "name", "counts", "reason", "source"),
    key=("language", "name"),
    filled=("language", "name", "counts", "reason", "source"),
    among=(("counts", ("alone", "named in full", "not among capitals")),),
)
ORDINARY_WORDS = Curated(
    "ordinary_words.csv",
    "one ordinary word or phrase that looks like an actor's name and is none",
    ("language", "word", "note", "source"),
    key=("language", "word"),
    filled=("language", "word", "source"),
)
OUTLETS = Curated(
    "outlets.csv",
    "one outlet of the seeds",
    ("outlet", "country", "languages", "kind", "note", "source"),
    key=("outlet",),
    filled=("outlet", "languages", "kind", "source"),
)
PAGE_MARKS = Curated(
    "page_marks.csv",
    "one phrase that tells what a line of a page is",
    ("language", "phrase", "where", "kind", "source"),
    key=("language", "phrase"),
    filled=("language", "phrase", "where", "kind", "source"),
    among=(
        ("where", ("line", "start", "inside", "list", "section")),
        ("kind", ("dateline", "related", "boilerplate")),
    ),
)

DATE_MARKS = Curated(
    "date_marks.csv",
    "one phrase that tells what a date beside it is",
    ("language", "phrase", "means", "source"),
    key=("language", "phrase"),
    filled=("language", "phrase", "means", "source"),
    among=(("means", ("published", "updated", "now")),),
)
TITLES = Curated(
    "titles.csv",
    "one word that tells where the name of a person begins or ends",
    ("language", "word", "kind", "source"),
    key=("language", "word"),
    filled=("language", "word", "kind", "source"),
    among=(("kind", ("title", "between", "inside", "outside")),),
)
EXCEPTIONS = Curated(
    "exceptions.csv",
    "one word whose lemma no rule finds; in Kazakh and Turkish also a stem not to be taken apart",
    ("language", "word", "lemma", "why", "source"),
    key=("language", "word"),
    filled=("language", "word", "lemma", "why", "source"),
)
STOP_WORDS = Curated(
    "stopwords.csv",
    "one word form that says nothing of a text's subject",
    ("language", "word", "source"),
    key=("language", "word"),
    filled=("language", "word", "source"),
)
GLOSSES = Curated(
    "glosses.csv",
    "one word, as the kit counts it, with its meaning in English",
    ("language", "word", "gloss", "source"),
    key=("language", "word"),
    filled=("language", "word", "gloss", "source"),
    among=(("language", ("ru", "ar", "kk", "tr", "fa")),),
)
COLUMN_WORDS = Curated(
    "column_words.csv",
    "one heading under which tables of news pages keep a thing",
    ("language", "word", "taken_as", "source"),
    key=("language", "word"),
    filled=("language", "word", "taken_as", "source"),
    among=(
        ("language", ("ru", "ar", "kk", "en", "tr", "fa")),
        ("taken_as", ("text", "title", "published", "outlet", "language")),
    ),
)
META_NAMES = Curated(
    "meta_names.csv",
    "one name under which web pages say something of themselves",
    ("says", "place", "name", "source"),
    key=("place", "name"),
    filled=("says", "place", "name", "source"),
    among=(
        ("says", ("published", "title", "outlet", "address")),
        ("place", ("meta", "json-ld", "itemprop")),
    ),
)
