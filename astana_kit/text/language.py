"""Which of the kit's six languages a text is written in."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from astana_kit.text.script import LANGUAGES, LETTERS

UNDETERMINED = "und"
FEW = 25  # letters; with fewer, «Астана» is Tatar to the model and "2024" is Arabic
READ = 20_000  # characters of a page
PIECE = 300, 1200  # characters that are judged together, at least and at most
PIECES = 9  # that are judged of a page, spread over it: the model is the dear step
SHOWN = 400  # characters of a piece that the model is shown; from 300 on it errs no more often

WORD = re.compile(r"[^\W\d_]+")
WRITTEN = {script: re.compile(rf"{letter.pattern}+") for script, letter in LETTERS.items()}
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


@cache
def _model() -> LanguageIdentifier:
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.nb_ptc = model.nb_ptc.astype("float32")  # once: it would be done anew for each piece
    return model


def language_of(text: str) -> str:
    """Language of most letters of `text`: "ru", "ar", "kk", "en", "tr", "fa", or else "und".

    "und" (undetermined) is every other language, and a text with fewer than 25 letters. Kazakh is
    known in Cyrillic only: in Latin or Arabic letters it is "und", never Turkish or Arabic. Of a
    long page the beginning is read, 20,000 characters.

    >>> language_of("Келіссөздің кезекті раунды Астанада басталды"), language_of("Астана-22")
    ('kk', 'und')
    """
    text = text[:READ]
    letters = {script: _letters(text, runs) for script, runs in WRITTEN.items()}
    written = max(letters, key=letters.__getitem__)
    if letters[written] < FEW:
        return UNDETERMINED
    for other in LETTERS.keys() - {written}:
        text = LETTERS[other].sub(" ", text)
    pieces = list(_pieces(text))
    pieces = pieces[:: 1 + (len(pieces) - 1) // PIECES]
    weights = [_letters(piece, WORD) for piece in pieces]
    votes: Counter[str] = Counter()
    for piece, weight in zip(pieces, weights, strict=True):
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
    found = _model().classify(piece[:SHOWN])[0]
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
