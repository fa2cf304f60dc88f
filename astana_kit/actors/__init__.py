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
    found, doubtful = _judge(passages, names, actors)
    counted = (found["actor_id"] != NOT_AN_ACTOR).to_numpy(copy=True)
    counted[doubtful.index.to_numpy(dtype="int64")] = False
    return found.loc[counted, list(MENTIONS.columns)].reset_index(drop=True)


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
    found, doubtful = _judge(passages, names, actors)
    return found.join(doubtful, how="inner")[list(DOUBTFUL.columns)].reset_index(drop=True)


@cache
def _lexicon() -> Lexicon:
    """The kit's own gazetteer, compiled once."""
    return matching.compile_lexicon(tables.names())


def _judge(
    passages: pd.DataFrame, names: TableGiven, actors: TableGiven
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the gazetteer finds, and what of it is in doubt."""
    own = names is None and actors is None
    lexicon = _lexicon() if own else matching.compile_lexicon(tables.names(names, actors))
    found = matching.find(passages, lexicon).rename(columns={"id": "actor_id"})
    found = wording.with_forms(found, passages, lexicon.names)
    return found, wording.doubts(found, passages, lexicon.names)
