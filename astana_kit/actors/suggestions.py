"""Names that the gazetteer lacks, for a human to judge: suggested, never counted.

What looks like a name is brought to its base form, written the same in all its cases, and set
beside its twins in other scripts, in the shape of a row of names.csv.
"""

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from astana_kit import curated, tables
from astana_kit.actors.candidates import find_candidates
from astana_kit.lexicon import compile_lexicon
from astana_kit.matching import find
from astana_kit.schema import PASSAGES, SUGGESTIONS, require
from astana_kit.text.declension import nominative
from astana_kit.text.inflect import JOINERS, Written, written
from astana_kit.text.script import LANGUAGES, fold, script
from astana_kit.text.skeleton import ALIKE, SHORTEST, skeleton

LONGEST_ENDING = 6  # letters: «-ларының»
LONGEST_ABBREVIATION = 6


class Kin(NamedTuple):
    """The skeletons by which a name finds its twins, and the id it stands under."""

    whole: str
    surname: str  # "" of what is no person's name
    single: bool
    id: str


def suggest_names(
    passages: pd.DataFrame, *, names: pd.DataFrame | str | Path | None = None
) -> pd.DataFrame:
    """Rows that names.csv may lack, the most often written first, for a human to judge.

    A name is seen by its capital inside a sentence, or by the title before it; in Arabic and
    Persian by a title or by a twin in another script of the corpus. Forms of one name are put
    together under its base form («Лаврентьева», «Лаврентьевым»).

    Parameters
    ----------
    passages : paragraphs of pages; headlines and bodies are searched.
    names : the gazetteer that is to be completed (frame or CSV file); without it, the kit's own.

    Returns
    -------
    One row per language and name (``schema.SUGGESTIONS``): the columns of names.csv, then n places
    and documents where the name stands in any of its forms, the first place (doc_id, start, stop,
    passage) and its line. Names alike by their consonants stand together under one id: that of the
    gazetteer, where one of its names is alike, else a proposed one. An id, a base form and the way
    it inflects are proposals; a city, an outlet or an office is suggested as a person is.

    Examples
    --------
    >>> passages = pd.DataFrame({
    ...     "doc_id": ["a", "b"], "passage": 0, "start": 0, "stop": 30, "kind": "body",
    ...     "language": ["ru", "ar"], "outlet": "-", "published": pd.NaT,
    ...     "text": ["Стороны приняли Бозумбаева, затем с Бозумбаевым простились",
    ...              "قال المبعوث بوزومباييف إن اللقاء مفيد"]})
    >>> suggest_names(passages)[["id", "language", "name", "n"]]
           id language       name  n
    0  bzmbf       ru  Бозумбаев  2
    1  bzmbf       ar  بوزومباييف  1
    """
    require(passages, PASSAGES)
    known = tables.names(names)
    candidates = find_candidates(passages, compile_lexicon(known))
    rows = pd.DataFrame(
        [
            (language, name)
            for language, listed in candidates.items()
            for name in _base_forms(listed, language)
        ],
        columns=["language", "name"],
    )
    found = _found(passages, known, rows.assign(form="name", inflects=rows["name"].map(_inflects)))
    return _written_up(found.assign(id=_ids(found, known)))


# ---- one name in all its forms -----------------------------------------------------------------


def _base_forms(candidates: Counter[tuple[str, ...]], language: str) -> list[str]:
    """Base forms of the candidates of one language, each once."""
    counts: Counter[str] = Counter()
    for name, n in candidates.items():
        counts.update(dict.fromkeys(name, n))
    spelled: dict[str, str] = {}
    for word, _ in sorted(counts.items(), key=lambda pair: (pair[0].isupper(), -pair[1], pair[0])):
        spelled.setdefault(fold(word, language), word)  # «АСТАНА» is «Астана», where that is seen
    explained: dict[str, set[str]] = {}
    for word in spelled.values():
        for base in _bases(word, language):
            explained.setdefault(base, set()).add(word)

    bases = {word: _base(word, explained, language) for word in spelled.values()}
    names = (tuple(bases[spelled[fold(word, language)]] for word in name) for name in candidates)
    return list(dict.fromkeys(map(" ".join, names)))


def _base(word: str, explained: dict[str, set[str]], language: str) -> str:
    """The base form of `word` that explains most forms; of equals one that is written itself."""

    def worth(base: str) -> tuple[int, int, int]:
        if base == word:
            likely = 1
        elif base in explained[base]:
            likely = 3
        elif language == "ru" and base == nominative(word):
            likely = 2
        else:  # «Педерсеннің»: so long an ending is hardly part of a name; «-а» may well be
            likely = 2 if language == "kk" and len(word) - len(base) >= 3 else 0
        return len(explained[base]), likely, len(base)

    return max(_bases(word, language), key=worth)


def _bases(word: str, language: str) -> list[str]:
    """Words of which `word` may be a form, itself among them."""
    sign = SIGNS.get(language)
    if sign:  # "Fidan'ın", "Pedersen's": the sign shows where the name ends
        return [word[: fold(word + sign, language).index(sign)]]
    cuts = dict.fromkeys([word, *CUTS[language](word)])
    return [base for base in cuts if _explains(base, word, language)]


def _russian(word: str) -> list[str]:
    """`word` without one to three letters, and with the last ones that a nominative may have."""
    stems = [word[:-cut] for cut in (1, 2, 3) if len(word) - cut >= 3]
    return [stem + last for stem in stems for last in ("", "а", "й", "ь", "я", "ий")]


def _kazakh(word: str) -> list[str]:
    """Beginnings of `word` that leave no more than the longest ending."""
    shortest = max(3, len(word) - LONGEST_ENDING)
    return [word[:stop].rstrip("-") for stop in range(len(word) - 1, shortest - 1, -1)]


def _arabic(word: str) -> list[str]:
    """`word` without a letter that may be joined before it («ولافروف»)."""
    return [word[1:]] if len(word) > 4 else []


CUTS = {"ru": _russian, "kk": _kazakh, "ar": _arabic}
SIGNS = {"en": "'", **{language: sign for language, sign in JOINERS.items() if language != "kk"}}


def _explains(base: str, word: str, language: str) -> bool:
    """Whether `word` is `base` or one of its forms."""
    folded = fold(word, language)
    for way in _ways(base, language):
        head, letters, tail = folded.partition(way.text)
        if letters and head in way.heads and way.takes(tail.lstrip("-")):
            return True
    return base == word


@cache
def _ways(base: str, language: str) -> list[Written]:
    """Ways to write `base`, folded, should it be the name of a person."""
    ways = written(base, language, "surname")
    return [way._replace(text=fold(way.text, language)) for way in ways]


def _inflects(name: str) -> str:
    """How a suggested name is taken to inflect: "СДК" as letters, all others as a person's."""
    return "abbreviation" if name.isupper() and len(name) <= LONGEST_ABBREVIATION else "surname"


# ---- where each stands -------------------------------------------------------------------------


def _found(passages: pd.DataFrame, known: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with their counts and the first place of each; a longer known name takes the place."""
    keyed = rows.assign(id=[f"\n{row}" for row in range(len(rows))]).astype("str")  # no actor's id
    lexicon = pd.concat([known[keyed.columns], keyed], ignore_index=True)
    hits = find(passages, compile_lexicon(lexicon))
    hits = hits[hits["id"].isin(keyed["id"])]
    counts = hits.groupby("id").agg(n=("start", "size"), documents=("doc_id", "nunique"))
    first = hits.drop_duplicates("id").set_index("id")[["doc_id", "start", "stop", "passage"]]
    placed = keyed.join(counts.join(first), on="id", how="inner")
    lines = passages[["doc_id", "passage", "text"]].rename(columns={"text": "line"})
    return placed.drop(columns="id").merge(lines, on=["doc_id", "passage"], how="left")


# ---- alike across scripts ----------------------------------------------------------------------


def _ids(found: pd.DataFrame, known: pd.DataFrame) -> list[str]:
    """Id of each row: that of a name alike in the gazetteer, else one for all rows alike."""
    listed = known[(known["id"] != curated.NOT_AN_ACTOR) & (known["form"] == "name")]
    columns = (listed[column] for column in ("name", "inflects", "id"))
    kin = list(dict.fromkeys(_kin(*row) for row in zip(*columns, strict=True)))
    kin = [one for one in kin if len(one.whole) >= SHORTEST]
    groups: dict[str, list[int]] = {}  # rows, the most frequent first; a new group's id is a number
    for row in found.sort_values(["n", "name"], ascending=[False, True], kind="stable").index:
        one = _kin(str(found.loc[row, "name"]), str(found.loc[row, "inflects"]), str(len(groups)))
        id_ = _alike(one, kin) or one.id
        if id_ not in groups and id_ == one.id:
            kin.append(one)
        groups.setdefault(id_, []).append(row)
    taken = set(known["id"])
    ids = pd.Series("", index=found.index, dtype="str")
    for id_, rows in groups.items():
        ids[rows] = _proposed(found.loc[rows, "name"], taken) if id_.isdecimal() else id_
        taken.update(ids[rows])
    return ids.tolist()


def _kin(name: str, inflects: str, id_: str) -> Kin:
    surname = name.rsplit(maxsplit=1)[-1] if inflects == "surname" else ""
    return Kin(_skeleton(name), _skeleton(surname), " " not in name, id_)


_skeleton = cache(skeleton)


def _alike(one: Kin, kin: list[Kin]) -> str:
    """Id of the name most alike: whole to whole, and a surname alone to the surname of another."""
    best, id_ = 0.0, ""
    for mine, theirs, fits in (
        (one.whole, [other.whole for other in kin], [True] * len(kin)),
        (one.whole, [other.surname for other in kin], [one.single] * len(kin)),
        (one.surname, [other.whole for other in kin], [other.single for other in kin]),
    ):
        if len(mine) < SHORTEST:
            continue
        choices = {
            place: letters
            for place, letters in enumerate(theirs)
            if fits[place] and len(letters) >= SHORTEST
        }
        found = process.extractOne(mine, choices, scorer=ratio, score_cutoff=max(ALIKE, best))
        if found and found[1] > best:
            best, id_ = found[1], kin[found[2]].id
    return id_


def _proposed(names: pd.Series, taken: set[str]) -> str:
    """An id for new names: letters of the fullest Latin one, else consonants of the first."""
    latin = [name for name in names if script(name) == "Latn"]
    fullest = max(latin, key=lambda name: name.count(" "), default="")
    plain = unicodedata.normalize("NFKD", fullest.replace("ı", "i"))
    letters = re.sub(r"[^a-z]+", "_", plain.encode("ascii", "ignore").decode().lower()).strip("_")
    slug = letters or _skeleton(names.iloc[0]).lower() or "name"
    numbered = (f"{slug}_{number}" for number in range(2, len(taken) + 3))
    return next(option for option in (slug, *numbered) if option not in taken)


def _written_up(found: pd.DataFrame) -> pd.DataFrame:
    """The rows as a human reads and pastes them, names of one id together."""
    together = found.groupby("id")["n"].transform("sum")
    order = found.assign(
        together=-together, rare=-found["n"], place=found["language"].map(LANGUAGES.index)
    ).sort_values(["together", "id", "place", "rare", "name"], kind="stable", ignore_index=True)
    twins = order.groupby("id")["name"].agg(list)
    columns = (order[column] for column in ("id", "name", "n", "documents"))
    notes = [
        _note(n, documents, [twin for twin in twins[id_] if twin != name])
        for id_, name, n, documents in zip(*columns, strict=True)
    ]
    source = order["doc_id"].astype(str) + ":" + order["start"].astype(str)
    return order.assign(note=notes, source=source)[list(SUGGESTIONS.columns)]


def _note(n: int, documents: int, twins: list[str]) -> str:
    """How often, and what else is written with the same consonants."""
    seen = f"suggested: {n} in {documents} document{'s' if documents > 1 else ''}"
    return f"{seen}; alike: {', '.join(twins)}" if twins else seen
