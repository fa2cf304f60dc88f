"""How news in several languages covers the Astana talks on Syria: tables in, tables out.

The public names stand below in the order of the data's way. A module is loaded when one of its
names is first used, so that ``import astana_kit`` costs little more than ``import pandas``.
"""

from importlib import import_module

PUBLIC = {
    "load_seeds": "documents",
    "from_frame": "documents",
    "read": "reading",
    "split_passages": "pages",
    "split_sentences": "pages",
    "find": "terms",
    "concordance": "display",
    "find_rounds": "rounds",
    "assign_rounds": "rounds",
    "place_in_rounds": "rounds",
    "find_actors": "actors",
    "doubtful_mentions": "actors",
    "count_actors": "rates",
    "days_from_round": "rates",
    "co_mentions": "actors.together",
    "suggest_names": "actors.suggestions",
    "coding_sheet": "actors.coding",
    "score_coding": "actors.scoring",
    "tokenize": "terms.tokens",
    "count_terms": "terms.counting",
    "growth": "terms.spread",
    "term_positions": "terms.spread",
    "compare_terms": "terms.keyness",
    "collocations": "terms.collocation",
    "gloss": "terms",
    "lemmatize": "text.lemmas",
    "find_concepts": "concepts",
    "cluster_topics": "topics",
    "compare_languages": "coverage",
    "coverage_divergence": "coverage.divergence",
    "near_duplicates": "copies",
    "label_mentions": "naming",
    "count_labels": "naming",
    "topic_passages": "topics.drawn",
    "shares": "rates",
    "save": "saving",
    "setup": "display",
    "session": "provenance",
}
MODULES = ("figures", "measures", "tables")

__version__ = "0.1.0"
__all__ = [*PUBLIC, *MODULES]  # noqa: PLE0604 (names that __getattr__ brings)


def __getattr__(name: str) -> object:
    """Public function or module `name`, loaded now."""
    if name in PUBLIC:
        found = getattr(import_module(f"astana_kit.{PUBLIC[name]}"), name)
    elif name in MODULES:
        found = import_module(f"astana_kit.{name}")
    else:
        raise AttributeError(f"astana_kit has no {name!r}; it has {', '.join(__all__)}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Public names, for completion in a notebook."""
    return sorted([*globals(), *__all__])
