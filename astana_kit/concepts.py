"""Passages → concept hits: the issues of the talks, said in any of the six languages."""

from functools import cache
from pathlib import Path

import pandas as pd

from astana_kit import matching, tables
from astana_kit.curated import NOT_A_CONCEPT
from astana_kit.matching import Lexicon
from astana_kit.schema import CONCEPT_HITS


def find_concepts(
    passages: pd.DataFrame,
    *,
    terms: pd.DataFrame | str | Path | None = None,
    concepts: pd.DataFrame | str | Path | None = None,
) -> pd.DataFrame:
    """Every saying of a concept in headline and body passages, in the passage's own language.

    Parameters
    ----------
    passages : paragraphs of pages, from ``split_passages``. Those in an undetermined language
        ("und") have no hits.
    terms : words and phrases to look for in place of the kit's own (``tables.concept_terms``):
        frame or CSV file.
    concepts : concepts that its ids must be among, in place of the kit's own (``tables.concepts``).

    Returns
    -------
    One row per hit (``schema.CONCEPT_HITS``): the longest term counts, once, so that a "zone of
    de-escalation" is no second "de-escalation". `name` is the row of the table that was found.

    Raises
    ------
    ValueError : a column is missing, or a term stands for a concept that is not there.

    Examples
    --------
    >>> passages = pd.DataFrame({"doc_id": ["a"], "passage": [0], "start": [0], "stop": [39],
    ...     "kind": ["body"], "language": ["ru"], "outlet": [""], "published": [pd.NaT],
    ...     "text": ["Стороны обсудили возвращение беженцев."]})
    >>> find_concepts(passages)[["start", "stop", "surface", "concept_id"]]
       start  stop               surface          concept_id
    0     17    37  возвращение беженцев  return_of_refugees
    """
    own = terms is None and concepts is None
    lexicon = _lexicon() if own else matching.compile_lexicon(tables.concept_terms(terms, concepts))
    return matching.by_parts(passages, lambda part: _hits(part, lexicon))


def _hits(passages: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Rows of some passages."""
    found = matching.find(passages, lexicon).rename(columns={"id": "concept_id"})
    return found.loc[found["concept_id"] != NOT_A_CONCEPT, list(CONCEPT_HITS.columns)]


@cache
def _lexicon() -> Lexicon:
    """The kit's own terms, compiled once."""
    return matching.compile_lexicon(tables.concept_terms())
