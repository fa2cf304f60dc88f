"""Passages → mentions of the actors; what could not be told is listed, not counted."""

from functools import cache
from pathlib import Path

import pandas as pd

from astana_kit import matching, tables
from astana_kit.actors import wording
from astana_kit.curated import NOT_AN_ACTOR
from astana_kit.matching import Lexicon
from astana_kit.schema import DOUBTFUL, MENTIONS

TableGiven = pd.DataFrame | str | Path | None


def find_actors(
    passages: pd.DataFrame, *, names: TableGiven = None, actors: TableGiven = None
) -> pd.DataFrame:
    """Every naming of an actor in headline and body passages, in the passage's own language.

    Parameters
    ----------
    passages : paragraphs of pages, from ``split_passages``. Those in an undetermined language
        ("und") have no mentions.
    names : a gazetteer to use in place of the kit's own (``tables.names``): frame or CSV file.
    actors : actors that its ids must be among, in place of the kit's own (``tables.actors``).

    Returns
    -------
    One row per mention (``schema.MENTIONS``): the longest name counts, once. `form` says whether
    the actor is named by a name, by an adjective («الوفد التركي») or by its people («сирийцы»).
    A name that does not say who is meant in its place is not counted: ``doubtful_mentions``.

    Examples
    --------
    >>> passages = pd.DataFrame({"doc_id": ["a"], "passage": [0], "start": [0], "stop": [30],
    ...     "kind": ["body"], "language": ["kk"], "outlet": [""], "published": [pd.NaT],
    ...     "text": ["Олар Ресей мен Иранды шақырды."]})
    >>> find_actors(passages)[["start", "stop", "surface", "actor_id"]]
       start  stop surface actor_id
    0      5    10   Ресей   russia
    1     15    21  Иранды     iran
    """
    gazetteer = lexicon(names, actors)
    return matching.by_parts(passages, lambda part: _mentions(part, gazetteer))


def doubtful_mentions(
    passages: pd.DataFrame, *, names: TableGiven = None, actors: TableGiven = None
) -> pd.DataFrame:
    """Names that ``find_actors`` found and did not count, with whom they may mean, and why.

    Parameters
    ----------
    passages, names, actors : as for ``find_actors``.

    Returns
    -------
    One row per name (``schema.DOUBTFUL``): the candidates are ids of actors, parted by a blank.

    Examples
    --------
    >>> passages = pd.DataFrame({"doc_id": ["a"], "passage": [0], "start": [0], "stop": [28],
    ...     "kind": ["body"], "language": ["ar"], "outlet": [""], "published": [pd.NaT],
    ...     "text": ["انتقدت المعارضة التركية القرار"]})
    >>> doubtful_mentions(passages)[["surface", "candidates"]]
        surface                candidates
    0  المعارضة  syrian_opposition turkey
    """
    gazetteer = lexicon(names, actors)
    hits = matching.locate(passages, gazetteer)
    doubtful = wording.doubts(hits, passages, gazetteer.names)
    found = matching.told(hits.loc[doubtful.index], passages, gazetteer.names)
    return found.assign(**doubtful.reset_index())[list(DOUBTFUL.columns)]


def _mentions(passages: pd.DataFrame, gazetteer: Lexicon) -> pd.DataFrame:
    """Mentions in some pages."""
    hits = counted(passages, gazetteer)
    found = matching.told(hits, passages, gazetteer.names).rename(columns={"id": "actor_id"})
    return wording.with_forms(found, passages, gazetteer.names)[list(MENTIONS.columns)]


def counted(passages: pd.DataFrame, gazetteer: Lexicon) -> pd.DataFrame:
    """What ``find_actors`` finds, as numbers alone, which ``matching.told`` lays on the text."""
    hits = matching.locate(passages, gazetteer)
    kept = (gazetteer.names["id"] != NOT_AN_ACTOR).to_numpy()[hits["row"]]
    kept[wording.doubts(hits, passages, gazetteer.names).index] = False
    return hits[kept].reset_index(drop=True)


def lexicon(names: TableGiven, actors: TableGiven = None) -> Lexicon:
    """The names that are looked for; the kit's own are compiled once."""
    if names is None and actors is None:
        return _own()
    return matching.compile_lexicon(wording.ruled(tables.names(names, actors)))


@cache
def _own() -> Lexicon:
    """The kit's own gazetteer."""
    return matching.compile_lexicon(wording.ruled(tables.names()))
