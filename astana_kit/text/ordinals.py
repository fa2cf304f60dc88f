"""Ordinal numbers as six languages write them: "20th", «13-го», «الـ21», "on sekizinci", «XX».

Everything here is folded (`script.fold`): the patterns are searched in folded text. Words reach to
the forty-ninth; digits and Roman numerals to two places.
"""

import re
from functools import cache
from itertools import product

from astana_kit.text.script import fold

TENS = (20, 30, 40)
GAP = "[\\s\u200c-]{1,3}"  # «twenty-first», «on altıncı», «بیست‌ودوم»

UNITS = {
    "ru": "перв втор трет четверт пят шест седьм восьм девят",
    "kk": "бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы",
    "en": "first second third fourth fifth sixth seventh eighth ninth",
    "tr": "birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu",
    "fa": "یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم",
    "ar": "ثاني ثالث رابع خامس سادس سابع ثامن تاسع",  # from two, without article
}
TEENS = {  # from ten, where they are words of their own
    "ru": "десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат "
    "восемнадцат девятнадцат",
    "en": "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth",
    "fa": "دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم هفدهم هجدهم نوزدهم",
}


def _units(language: str) -> list[str]:
    return UNITS[language].split()


def _simple(language: str) -> dict[str, int]:
    """Ordinals of one word, as far as they run without a gap."""
    words = f"{UNITS[language]} {TEENS.get(language, '')}"
    return {word: number for number, word in enumerate(words.split(), 1)}


def _compounds(units: list[str], tens: list[str], joint: str) -> dict[str, int]:
    """Units joined to tens: «двадцать» and «перв» give «двадцать перв», 21."""
    return {
        f"{ten}{joint}{unit}": value + number
        for (ten, value), (number, unit) in product(
            zip(tens, TENS, strict=True), enumerate(units, 1)
        )
    }


def _russian() -> dict[str, int]:
    # stems; the adjective's ending is the pattern's business
    return {
        **_simple("ru"),
        **dict(zip(("двадцат", "тридцат", "сороков"), TENS, strict=True)),
        **_compounds(_units("ru"), ["двадцать", "тридцать", "сорок"], " "),
    }


def _kazakh() -> dict[str, int]:
    return {
        **_simple("kk"),
        "алғашқы": 1,
        "оныншы": 10,
        **{f"он {word}": 10 + number for word, number in _simple("kk").items()},
        **dict(zip(("жиырмасыншы", "отызыншы", "қырқыншы"), TENS, strict=True)),
        **_compounds(_units("kk"), ["жиырма", "отыз", "қырық"], " "),
    }


def _english() -> dict[str, int]:
    return {
        **_simple("en"),
        **dict(zip(("twentieth", "thirtieth", "fortieth"), TENS, strict=True)),
        **_compounds(_units("en"), ["twenty", "thirty", "forty"], " "),
    }


def _turkish() -> dict[str, int]:
    tens = {"on": 10, "yirmi": 20, "otuz": 30, "kırk": 40}
    return {
        **_simple("tr"),
        "ilk": 1,
        "onuncu": 10,
        **dict(zip(("yirminci", "otuzuncu", "kırkıncı"), TENS, strict=True)),
        # «on altıncı» is written in one word as often as in two
        **{
            f"{ten}{joint}{word}": value + number
            for ten, value in tens.items()
            for word, number in _simple("tr").items()
            for joint in ("", " ")
        },
    }


def _persian() -> dict[str, int]:
    return {
        **_simple("fa"),
        "اول": 1,
        "نخست": 1,
        "هیجدهم": 18,
        **dict(zip(("بیستم", "سی‌ام", "چهلم"), TENS, strict=True)),
        # «بیست و یکم», «بیست‌ویکم», and «بیستویکم» where a page lost its half-spaces
        **{
            word: number
            for joint in (" و ", " و", "و")
            for word, number in _compounds(_units("fa"), ["بیست", "سی", "چهل"], joint).items()
        },
    }


def _arabic() -> dict[str, int]:
    units = {1: ("أول", "أولى"), **{n: (w, f"{w}ة") for n, w in enumerate(_units("ar"), 2)}}
    eleventh = {**units, 1: ("حادي", "حادية", "واحد", "واحدة")}
    tens = {20: ("عشرون", "عشرين"), 30: ("ثلاثون", "ثلاثين"), 40: ("أربعون", "أربعين")}
    return {
        **{word: number for number, words in units.items() for word in words},
        "عاشر": 10,
        "عاشرة": 10,
        **{
            f"{word} {ten}": 10 + number
            for number, words in eleventh.items()
            for word, ten in product(words, ("عشر", "عشرة"))
        },
        **{word: value for value, words in tens.items() for word in words},
        **{
            f"{word} و{article}{ten}": value + number
            for value, forms in tens.items()
            for number, words in eleventh.items()
            for word, article, ten in product(words, ("ال", ""), forms)
        },
    }


SPELLED = {
    "ru": _russian,
    "kk": _kazakh,
    "en": _english,
    "tr": _turkish,
    "ar": _arabic,
    "fa": _persian,
}
# «пят|ый», but not the cardinals «пят|ь», «пят|ью»; plurals count several rounds and name none
RU_ENDING = "(?:ый|ой|ого|ому|ым|ом|ая|ую|ое|(?<=трет)(?:ий|ь(?:его|ему|им|ем|я|ю|ей|е)))"
ENDINGS = {
    "ru": RU_ENDING,
    "tr": "(?:s[ıiuü]\\w{0,6})?",  # «yirmincisi»: the twentieth of them
    "fa": "(?:[\\s\u200c]?ين)?",
}
# What makes two digits an ordinal: «13-й», «6-шы» and «6-раунды», "13th", «18'inci» and «18.»
SUFFIXES = {
    "ru": r"\s?[-–]?\s?(?:ый|ой|ий|о?го|о?му|[оыи]?м|ей|[йяюе]|ая|ую|ое)(?!\w)",
    "kk": r"(?:\s?-?\s?[ыі]?н?ш[ыі](?!\w)|-$)",
    "en": r"\s?(?:st|nd|rd|th)",
    "tr": r"(?:\.|'?\s?[ıiuü]?nc[ıiuü](?:s[ıiuü]\w{0,6})?(?!\w))",
    "ar": "(?!)",
    "fa": "[\\s\u200c]?(?:ا?م(?:ين)?)(?!\\w)",
}
# X and I look the same in Latin and in Cyrillic letters, and writers mix them: «ХХ раунд»
ROMAN = "(?=[ivxхіı])[xх]{0,3}(?:[iіı][xх]|[iіı]v|v?[iіı]{0,3})(?!\\w)"
ROMAN_LETTERS = str.maketrans("хіı", "xii")
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


@cache
def spelled(language: str) -> dict[str, int]:
    """Number of each ordinal written in words (in Russian its stem), folded.

    >>> spelled("tr")["on sekizinci"], spelled("en")["twenty first"], spelled("ru")["седьм"]
    (18, 21, 7)
    """
    return {
        fold(word, language).replace("\u200c", " "): number
        for word, number in SPELLED[language]().items()
    }


@cache
def in_words(language: str) -> str:
    """Pattern of an ordinal written in words, longest first; its group ends in the bare word.

    >>> re.match(in_words("ru"), "двадцать второго раунда")[0]
    'двадцать второго'
    """
    longest = sorted(spelled(language), key=len, reverse=True)
    words = "|".join(re.escape(word).replace("\\ ", GAP) for word in longest)
    article = "(?:ال)?" if language == "ar" else ""
    return f"{article}(?:{words}){ENDINGS.get(language, '')}(?!\\w)"


def value(written: str, language: str) -> int | None:
    """Number that a matched ordinal stands for; None where it stands for none.

    >>> value("الحادية والعشرون", "ar"), value("13-го", "ru"), value("xix", "en")
    (21, 13, 19)
    """
    digits = re.search(r"\d+", written)
    if digits:
        return int(digits[0])
    roman = re.split("[-.]", written.translate(ROMAN_LETTERS))[0]
    if set(roman) <= set(ROMAN_VALUES):
        return _roman(roman)
    return _spelled_value(written, language)


def _roman(letters: str) -> int:
    values = [ROMAN_VALUES[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-here if here < after else here for here, after in pairs)


def _spelled_value(written: str, language: str) -> int | None:
    word = re.sub("[\\s\u200c-]+", " ", fold(written, language)).strip()
    if language == "ar":
        word = word.removeprefix("ال")
    known = spelled(language)
    while word and word not in known:  # the ending falls off letter by letter
        word = word[:-1]
    return known.get(word)
