"""Endings that a Kazakh or Turkish name may take: vowel harmony and the last sound decide.

Endings are templates in the notation of the grammars: a capital stands for a sound that adapts to
what is before it. Plural, possessive of the third person, case, and -ғы / -ki after a case.
"""

from functools import cache
from itertools import product

BACK = {"kk": "аоұыяёюэ", "tr": "aıou"}
FRONT = {"kk": "әеөүі", "tr": "eiöü"}
NEUTRAL = {"kk": "иу", "tr": ""}  # «Путинның» and «Путиннің» are both written

VOICELESS = {"kk": "пфкқтсшщчцхһбвгғд", "tr": "pfktsşçh"}  # written «Лавровтың», «Асадтың»
SOFTENED = {"kk": {"п": "б", "к": "г", "қ": "ғ"}, "tr": {"p": "b", "k": "ğ", "ç": "c", "t": "d"}}

CASES = {
    "kk": ("", "NYң", "NYкі", "CY", "GA", "DA", "DAҒY", "DAҒYLAр", "BAн", "Mен", "DAй"),
    "tr": ("", "HIn", "HInki", "UI", "UA", "DA", "DAki", "DAkilAr", "DAn", "UlA", "cA", "DIr"),
}
# After a possessive: «кеңесінің», «үкіметіне», "Konseyi'nde"
OWNED_CASES = {
    "kk": ("", "нYң", "нYкі", "н", "нA", "ндA", "ндAҒY", "нAн", "мен", "ндAй"),
    "tr": ("", "nIn", "nInki", "nI", "nA", "ndA", "ndAki", "ndAn", "ylA", "ncA", "dIr"),
}
PLURAL = {"kk": "LAр", "tr": "lAr"}
POSSESSIVE = {"kk": "SY", "tr": "SI"}

KAZAKH_CLASSES = {"vowel": "аәеоөұүыіяёэиую", "nasal": "мнң", "hiss": "зж", "lateral": "л"}
# What a capital becomes after a vowel, a nasal, з ж, л, and (the rest) й р у
KAZAKH_SOUNDS = {
    "L": {"nasal": "д", "hiss": "д", "lateral": "д", "": "л"},
    "N": {"vowel": "н", "nasal": "н", "": "д"},
    "C": {"vowel": "н", "": "д"},
    "B": {"nasal": "н", "": "д"},
    "D": {"": "д"},
    "M": {"hiss": "б", "": "м"},
    "S": {"vowel": "с", "": ""},
}
AFTER_VOICELESS = {"L": "т", "N": "т", "C": "т", "B": "т", "D": "т", "M": "п", "S": ""}
TURKISH_BUFFERS = {"H": "n", "U": "y", "S": "s"}  # stand after a vowel alone


def endings(stem: str, language: str, *, owned: bool = False, free: bool = False) -> frozenset[str]:
    """Endings that `stem` (in small letters) may take.

    Parameters
    ----------
    stem : the word or phrase, in small letters.
    language : "kk" or "tr".
    owned : it ends in a possessive («кеңесі», "Konseyi").
    free : of either harmony, as foreign surnames are: «Тоқаевтың», «Лаврентьевтің».

    Examples
    --------
    >>> "дағы" in endings("иран", "kk"), "дегі" in endings("иран", "kk")
    (True, False)
    >>> "nde" in endings("güvenlik konseyi", "tr", owned=True)
    True
    """
    templates = OWNED_CASES[language] if owned else _templates(language)
    last = stem.rstrip("ьъ")[-1]  # «Израильдің»: the soft sign is no sound
    # Kazakh и, у, ю end in a consonant («Раисидің»); of foreign names also in a vowel («Раисинің»)
    lasts = last + "й" if language == "kk" and last in "иую" else last
    return frozenset(
        _attach(last, vowel, template, language)
        for last in lasts
        for vowel in (_either(language) if free else _last_vowels(stem, language))
        for template in templates
    )


@cache
def any_endings(language: str) -> frozenset[str]:
    """Endings after letters that are read out, each reader in their own way: «НАТО-ның», "AB'nin".

    >>> {"ның", "нің"} <= any_endings("kk"), "nin" in any_endings("tr")
    (True, True)
    """
    vowels, consonants = BACK[language] + FRONT[language], {"kk": "нлрс", "tr": "nlrs"}[language]
    return frozenset().union(
        *(endings(vowel, language) for vowel in vowels),
        *(endings(vowel + last, language) for vowel in vowels for last in consonants),
    )


def softened(stem: str, language: str) -> str | None:
    """`stem` as it stands before a vowel, if its last sound changes there: «қақтығыс» does not.

    >>> softened("ortak", "tr"), softened("кедендік", "kk"), softened("ateşkes", "tr")
    ('ortağ', 'кедендіг', None)
    """
    voiced = SOFTENED[language].get(stem[-1])
    return stem[:-1] + voiced if voiced else None


def begins_with_vowel(ending: str, language: str) -> bool:
    """Whether `ending` begins with a vowel, before which a stem's last sound may change."""
    return ending[:1] != "" and ending[0] in BACK[language] + FRONT[language]


@cache
def _templates(language: str) -> tuple[str, ...]:
    """Every chain: plural or not, then a case, or a possessive and its case."""
    owned = [POSSESSIVE[language] + case for case in OWNED_CASES[language]]
    return tuple(
        plural + rest
        for plural, rest in product(("", PLURAL[language]), (*CASES[language], *owned))
    )


def _last_vowels(stem: str, language: str) -> str:
    """The vowel that endings follow; a back and a front one where it is neutral or not written."""
    for letter in reversed(stem):
        if letter in BACK[language] + FRONT[language]:
            return letter
        if letter in NEUTRAL[language]:
            break
    return _either(language)


def _either(language: str) -> str:
    """A back vowel and a front one, by which endings of both harmonies come out."""
    return BACK[language][0] + FRONT[language][1]


@cache
def _attach(last: str, vowel: str, template: str, language: str) -> str:
    """`template` in letters, after a stem with this last letter and this last vowel."""
    sound = {"kk": _kazakh_sound, "tr": _turkish_sound}[language]
    ending = ""
    for symbol in template:
        letter = sound(symbol, last, vowel)
        ending += letter
        last = letter or last
        vowel = letter if letter and letter in BACK[language] + FRONT[language] else vowel
    return ending


def _kazakh_sound(symbol: str, last: str, vowel: str) -> str:
    """What a symbol of a Kazakh template becomes."""
    back, voiceless = vowel in BACK["kk"], last in VOICELESS["kk"]
    if symbol in "AYҒ":
        return dict(zip("AYҒ", "аығ" if back else "еіг", strict=True))[symbol]
    if symbol == "G":
        return ("қ" if back else "к") if voiceless else ("ғ" if back else "г")
    if symbol not in KAZAKH_SOUNDS:
        return symbol
    if voiceless:
        return AFTER_VOICELESS[symbol]
    kind = next((kind for kind, letters in KAZAKH_CLASSES.items() if last in letters), "")
    return KAZAKH_SOUNDS[symbol].get(kind, KAZAKH_SOUNDS[symbol][""])


def _turkish_sound(symbol: str, last: str, vowel: str) -> str:
    """What a symbol of a Turkish template becomes."""
    if symbol == "A":
        return "a" if vowel in BACK["tr"] else "e"
    if symbol == "I":
        return {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "i": "i"}.get(vowel, "ü")
    if symbol == "D":
        return "t" if last in VOICELESS["tr"] else "d"
    if symbol == "c":
        return "ç" if last in VOICELESS["tr"] else "c"
    if symbol in TURKISH_BUFFERS:
        return TURKISH_BUFFERS[symbol] if last in BACK["tr"] + FRONT["tr"] else ""
    return symbol
