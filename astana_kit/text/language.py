"""Which of the kit's six languages a text is written in."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import sqrt
from typing import NamedTuple

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from astana_kit.text.script import LANGUAGES, LETTERS

UNDETERMINED = "und"
FEW = 25  # letters; with fewer, «Астана» is Tatar to the model and "2024" is Arabic
READ = 20_000  # characters of a page
PIECE = 300, 1200  # characters that are judged together, at least and at most
PIECES = 7  # that are judged of a page, spread over it: the model is the dear step
LONGEST = 6  # bytes of a feature of the model
SHOWN = 300  # characters of a piece that the model is shown; of more it errs no less often

WORD = re.compile(r"[^\W\d_]+")
WRITTEN = {script: re.compile(rf"{letter.pattern}+") for script, letter in LETTERS.items()}
OTHER = {
    script: re.compile("|".join(LETTERS[other].pattern for other in LETTERS if other != script))
    for script in LETTERS
}
# Letters that a language has not, and the share of a text's letters from which on they speak. The
# model knows no Kazakh in Latin or Arabic letters and calls it Turkish or Arabic at times; Sorani,
# Crimean Tatar and short Turkic texts in Cyrillic go astray in the same way.
FOREIGN = {
    "ru": ("іїєґўјљњћђџһңғқөүұәҗӯҷҳѣ", 0.01),
    "kk": ("їєґўјљњћђџҗӯҷҳҡҫҙ", 0.01),
    "tr": ("qwxäñəáéèêóúǵńūý", 0.015),
    "ar": ("ەۇۆۋېێڕڵڭٹڈڑےںٵٶٸٷټډړږښڼځڅګۍ", 0.02),
    "fa": ("ەۇۆۋېێڕڵڭٹڈڑےںٵٶٸٷټډړږښڼځڅګۍ", 0.01),
}
# Letters that it cannot do without: Kyrgyz has no «қ», Arabic no «گ»
NEEDED = {
    "kk": ("әғқұіһ", 0.03),
    "fa": ("پچژگیک", 0.02),
}
DIALECTS = {"arz": "ar", "ary": "ar"}  # Egypt's and Morocco's Arabic, to which the model is prone


class Model(NamedTuple):
    """py3langid's: an automaton over bytes that finds features, and what they say of languages."""

    row: np.ndarray  # where the next states of a state stand
    next_state: np.ndarray
    feature: np.ndarray  # that a state has found, or -1
    weights: np.ndarray  # of each feature for each language
    prior: np.ndarray
    languages: list[str]
    which: np.ndarray  # of the languages a column is of: Serbian and Uzbek have two, a script each


@cache
def _model() -> Model:
    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    languages = list(dict.fromkeys(model.nb_classes))
    return Model(
        np.asarray(model.tk_row, np.intp) << 8,
        np.asarray(model.tk_nextmove),
        np.asarray(model.tk_output),
        model.nb_ptc.astype(np.float32),
        model.nb_pc,
        languages,
        np.array([languages.index(one) for one in model.nb_classes]),
    )


def called(text: str) -> str:
    """Language of `text` as the model's own ``classify`` calls it, in half the time.

    That walks the automaton from byte to byte. But no feature is longer than LONGEST bytes, so that
    the state at each place follows from the last LONGEST bytes alone, at all places at once.
    """
    model = _model()
    text = text.lower() if text.isupper() else text
    letters = np.frombuffer(text.encode(errors="surrogatepass"), np.uint8).astype(np.intp)
    state = np.zeros(len(letters), np.intp)
    for back in reversed(range(min(LONGEST, len(letters)))):
        row = model.row[state[back:]]
        state[back:] = model.next_state[row + letters[: len(letters) - back]]
    found = model.feature[state]
    features, counts = np.unique(found[found >= 0], return_counts=True)
    if not len(features):
        return UNDETERMINED
    scores = np.log1p(counts, dtype=np.float32) @ model.weights[features] + model.prior
    likely = np.exp((scores - scores.max()) / sqrt(len(letters)))
    return model.languages[int(np.bincount(model.which, likely).argmax())]


def language_of(text: str) -> str:
    """Language of most letters of `text`: "ru", "ar", "kk", "en", "tr", "fa", or else "und".

    "und" (undetermined) is every other language, and a text with fewer than 25 letters. Kazakh is
    known in Cyrillic only: in Latin or Arabic letters it is "und", never Turkish or Arabic. Of a
    long page the beginning is read, 20,000 characters.

    >>> language_of("Келіссөздің кезекті раунды Астанада басталды"), language_of("Астана-22")
    ('kk', 'und')
    """
    text = text[:READ]
    letters: dict[str, int] = {}
    for script, runs in WRITTEN.items():
        letters[script] = _letters(text, runs)
        if letters[script] > len(text) / 2:
            break  # no other has as many
    written = max(letters, key=letters.__getitem__)
    if letters[written] < FEW:
        return UNDETERMINED
    pieces = list(_pieces(OTHER[written].sub(" ", text)))
    pieces = pieces[:: 1 + (len(pieces) - 1) // PIECES]
    weights = [_letters(piece, WORD) for piece in pieces]
    votes: Counter[str] = Counter()
    # the longest first, which decide the sooner
    for weight, piece in sorted(zip(weights, pieces, strict=True), reverse=True):
        found = _judge(piece, weight)
        votes[found] += weight
        if votes[found] > sum(weights) / 2:
            return found
    return UNDETERMINED


def _letters(text: str, runs: re.Pattern[str]) -> int:
    """How many letters of `text` stand in `runs`: twice as fast as to match each."""
    return len("".join(runs.findall(text)))


def _pieces(text: str) -> Iterator[str]:
    """Lines of `text`, short ones together, long ones cut."""
    least, most = PIECE
    together = ""
    for line in text.splitlines():
        together += line + "\n"
        if len(together) >= least:
            yield from (together[place : place + most] for place in range(0, len(together), most))
            together = ""
    if together.strip():
        yield together


def _judge(piece: str, letters: int) -> str:
    """Language of a piece with so many letters, as the model calls it, if they agree."""
    found = called(piece[:SHOWN])
    found = DIALECTS.get(found, found)
    if found not in LANGUAGES:
        return UNDETERMINED
    small = piece.lower()
    foreign, too_many = FOREIGN.get(found, ("", 1))
    needed, too_few = NEEDED.get(found, ("", 0))
    strange = sum(map(small.count, set(foreign))) >= too_many * letters
    lacking = sum(map(small.count, set(needed))) < too_few * letters
    # in a short text they may be lacking by chance
    return UNDETERMINED if strange or (lacking and letters > 100) else found
