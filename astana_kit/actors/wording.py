"""What the words beside a name say of it: a people or a quality, and whether it is meant at all."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from astana_kit import tables
from astana_kit.text.script import bare, fold

# A name's modifier stands before it («түрік оппозициясы»), after it («المعارضة التركية»), or both
# («турецкая оппозиция», «оппозиция Турции»)
MODIFIER_BEFORE = frozenset({"ru", "kk", "en", "tr"})
MODIFIER_AFTER = frozenset({"ru", "ar", "fa"})

# After these an Arabic people's name without article stands as a noun: «بين سوريين وأتراك»,
# «ثلاثة سوريين»; after another noun it modifies it: «لاجئين سوريين»
BEFORE_PEOPLE = frozenset(
    fold(
        "من إلى على في عن بين مع عند ضد نحو كل بعض عدة مقتل إصابة آلاف مئات عشرات ملايين مليون ألف "
        "ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
        "ar",
    ).split()
)
# Begin and end as an adjective with the article does, and are none: «النظام الذي», «النظام إلى»
NO_ADJECTIVES = frozenset(fold(word, "ar") for word in ("إلى", "الذي", "التي"))

ARABIC_PLURALS = ("ون", "ين", "ان", "ات")  # «مقتل سوريان», «قالت السوريات» are people too
# Where a plain ending makes a people of an adjective
BY_ENDING = frozenset({"kk", "en", "tr", "fa"})

RULES = ("", "alone", "named in full", "not among capitals")  # of doubts.csv
EVERYWHERE, ALONE, NAMED_IN_FULL, NOT_AMONG_CAPITALS = range(len(RULES))

SEVERAL_STATES = "stands beside another state, whose own it may be"
OTHER_ADJECTIVE = "an adjective follows that may make it another"
LONGER_NAME = "may be part of a longer name"
UNNAMED = "the page names nobody so in full"
IN_CAPITALS = "stands among capitals, where it may be an ordinary word"


class Beside(NamedTuple):
    """A find with the words on both sides; "" where anything but a blank parts them."""

    name: str
    language: str
    before: str
    after: str
    starts_text: bool  # the word before begins the passage, where any word has a capital


def ruled(names: pd.DataFrame) -> pd.DataFrame:
    """`names` with where each `counts`: the place of the rule of ``doubts.csv`` in ``RULES``."""
    table = tables.doubts().set_index(["language", "name"])["counts"]
    key = pd.MultiIndex.from_frame(names[["language", "name"]])
    return names.assign(counts=[RULES.index(rule) for rule in table.reindex(key).fillna("")])


def with_forms(found: pd.DataFrame, passages: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """`found` with the form that each has in its place: an adjective can stand for a people.

    «сириялық» is an adjective and «сириялықтар» a people, "Syrian" and "Syrians" likewise; of the
    Arabic plural the word before decides: «اللاجئين السوريين», but «للسوريين».
    """
    row = found["row"].to_numpy()
    longer = (found["stop"] - found["start"]).to_numpy() > _lengths(names)[row]
    forms = found["form"].to_numpy(dtype=object, copy=True)
    ends_in_people = (names["form"] == "adjective") & names["language"].isin(BY_ENDING)
    forms[longer & ends_in_people.to_numpy()[row]] = "demonym"
    arabic = ((names["form"] != "name") & (names["language"] == "ar")).to_numpy()[row].nonzero()[0]
    surfaces = found["surface"].to_numpy(dtype=object)
    plurals = [
        place
        for place in arabic.tolist()
        if surfaces[place].endswith(ARABIC_PLURALS) or forms[place] == "demonym"
    ]
    for place, beside in zip(plurals, _beside(found.iloc[plurals], passages, names), strict=True):
        people = _arabic_people(surfaces[place], beside.before)
        forms[place] = "demonym" if people else "adjective"
    return found.assign(form=pd.array(forms, dtype="str"))


def doubts(hits: pd.DataFrame, passages: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Why a name does not count in its place, and whom it may mean: candidates and reason.

    One row per name in doubt, by its place in `hits`, which ``matching.locate`` gives.
    """
    row = hits["row"].to_numpy()
    counts = names["counts"].to_numpy()[row]
    actor = names["id"].to_numpy(dtype=object)
    unnamed = _unnamed(hits, passages, names, counts)
    listed = [(place, actor[row[place]], UNNAMED) for place in unnamed.tolist()]
    beside = np.flatnonzero(np.isin(counts, (ALONE, NOT_AMONG_CAPITALS)))
    others = _states_beside(hits, beside, names)
    words = _beside(hits.iloc[beside], passages, names)
    for place, state, word in zip(beside.tolist(), others, words, strict=True):
        own = actor[row[place]]
        if counts[place] == NOT_AMONG_CAPITALS:
            listed.append((place, own, _among_capitals(word)))
        elif state:
            listed.append((place, f"{own} {state}", SEVERAL_STATES))
        else:
            listed.append((place, own, _not_alone(word)))
    table = pd.DataFrame(listed, columns=["place", "candidates", "reason"])
    return table[table["reason"] != ""].set_index("place").sort_index().astype("str")


def _lengths(names: pd.DataFrame) -> np.ndarray:
    """Letters of each name."""
    return names["name"].str.len().to_numpy()


@lru_cache(maxsize=1 << 14)
def _arabic_people(surface: str, before: str) -> bool:
    """Whether an Arabic plural stands as a noun, after the word `before` ("" for none)."""
    word = bare(fold(before, "ar"))[0]
    if bare(fold(surface, "ar"))[0].startswith("ال"):
        return not word.lstrip("وفبك").startswith(("ال", "لل"))
    two = surface.endswith("ان") and not word.endswith("ان")  # «جنديان سوريان» agree, «قتل سوريان»
    return two or surface.startswith("لل") or word in BEFORE_PEOPLE or word.isdigit() or not word


def _unnamed(
    hits: pd.DataFrame, passages: pd.DataFrame, names: pd.DataFrame, counts: np.ndarray
) -> np.ndarray:
    """Places of names that count where the page has a fuller one, on pages that have none."""
    page, pages = pd.factorize(passages["doc_id"])
    actor, _ = pd.factorize(names["id"])
    key = actor[hits["row"]] * (len(pages) + 1) + page[hits["at"]]
    wanting = np.flatnonzero(counts == NAMED_IN_FULL)
    return wanting[~np.isin(key[wanting], key[counts == EVERYWHERE])]


def _states_beside(hits: pd.DataFrame, places: np.ndarray, names: pd.DataFrame) -> list[str]:
    """The state named right beside each place, where a modifier stands in its language; or ""."""
    actors = tables.actors()
    states = set(actors.loc[actors["kind"] == "state", "actor_id"]) - {"syria"}
    at, start, stop, row = (hits[column].to_numpy() for column in ("at", "start", "stop", "row"))
    actor, language, form = (
        names[name].to_numpy(dtype=object) for name in ("id", "language", "form")
    )
    is_state, is_name = names["id"].isin(states).to_numpy(), form == "name"
    found = np.full(len(places), "", dtype=object)
    # what stands before is asked last, because it counts first
    for step, side in ((1, MODIFIER_AFTER), (-1, MODIFIER_BEFORE)):
        other = np.clip(places + step, 0, len(hits) - 1)
        gap = start[np.maximum(places, other)] - stop[np.minimum(places, other)]
        spoken = language[row[places]]
        # «передала Россия оппозиции»: before a Russian or English name only an adjective modifies
        agrees = ~is_name[row[other]] | np.isin(spoken, ["kk", "tr"]) | (step > 0)
        here = (other != places) & (at[other] == at[places]) & (gap <= 1) & agrees
        here &= is_state[row[other]] & np.isin(spoken, list(side))
        found[here] = actor[row[other[here]]]
    return found.tolist()


def _beside(found: pd.DataFrame, passages: pd.DataFrame, names: pd.DataFrame) -> list[Beside]:
    """The words on both sides of each find."""
    at, row = found["at"].to_numpy(), found["row"].to_numpy()
    offset = passages["start"].to_numpy()[at]
    return [
        _words(*place)
        for place in zip(
            passages["text"].to_numpy(dtype=object)[at],
            (found["start"] - offset).tolist(),
            (found["stop"] - offset).tolist(),
            names["name"].to_numpy(dtype=object)[row],
            names["language"].to_numpy(dtype=object)[row],
            strict=True,
        )
    ]


def _words(text: str, start: int, stop: int, name: str, language: str) -> Beside:
    """One find with the words on both sides."""
    before, after = text[max(0, start - 60) : start], text[stop : stop + 60]
    left = before.split() if before[-1:].isspace() else []
    right = after.split() if after[:1].isspace() else []
    return Beside(
        name,
        language,
        left[-1] if left else "",
        right[0] if right else "",
        starts_text=len(left) == 1,
    )


def _among_capitals(beside: Beside) -> str:
    """Reason for which an abbreviation that is a word too does not count, or ""."""
    near = (beside.before, beside.after)
    return IN_CAPITALS if any(len(word) > 2 and word.isupper() for word in near) else ""


def _not_alone(beside: Beside) -> str:
    """Reason for which a name that counts alone does not count, or ""."""
    if beside.language == "ar":
        return OTHER_ADJECTIVE if _agrees(beside.name, beside.after) else ""
    if not beside.name[0].isupper():
        return ""
    # "National Security Council"; "The Security Council" and a first word say nothing
    before = beside.before[:1].isupper() and len(beside.before) > 3 and not beside.starts_text
    # "West Ham", «Батыс Еуропа»; but "Security Council Resolution"
    after = beside.after[:1].isupper() and " " not in beside.name
    return LONGER_NAME if before or after else ""


@lru_cache(maxsize=1 << 14)
def _agrees(name: str, word: str) -> bool:
    """Whether a word may be an adjective of a definite Arabic name: «النظام الداخلي».

    One in -ي, of the gender of the name: other definite words may be a verb's object («استقبل
    الأسد المبعوث»).
    """
    word = bare(fold(word, "ar"))[0].rstrip('،؛.,:»"”')
    ending = "ية" if name.endswith("ة") else "ي"
    return word.startswith("ال") and word.endswith(ending) and word not in NO_ADJECTIVES
