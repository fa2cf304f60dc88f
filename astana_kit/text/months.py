"""Names of the months and days of the month in six languages, folded for matching."""

from functools import cache

from babel.dates import get_month_names

from astana_kit.text.script import fold

LOCALES = {"ar": ("ar", "ar_SY")}
SOLAR = 100  # added to the number of a month of the Solar Hijri calendar
SOLAR_MONTHS = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
# What babel lacks, by number: the Maghreb («جانفي», «غشت»), Egypt's older spellings («يونيه»), Iraq
# («مايس»), double months without their article («تشرين ثاني»), Kabul («جنوری»), Tehran («جولای»)
MORE_MONTHS = {
    "ar": {
        1: "جانفي|كانون ثاني",
        2: "فيفري",
        4: "أفريل|إبريل",
        5: "ماي|مايس",
        6: "جوان|يونيه",
        7: "جويلية|يوليه|يوليوز",
        8: "أوت|غشت",
        9: "شتنبر",
        10: "تشرين أول",
        11: "تشرين ثاني|نونبر",
        12: "كانون أول|دجنبر",
    },
    "fa": {
        1: "جنوری",
        2: "فبروری",
        4: "اپریل",
        5: "می",
        6: "جون",
        7: "جولای",
        8: "آگوست",
        9: "سپتمبر",
        10: "اکتوبر",
        11: "نومبر",
        12: "دسمبر",
    },
}
MORE_SHORT = {"ru": {2: "фев", 9: "сен", 11: "ноя"}, "en": {9: "sept"}}

# Common words too: «маусым» season, «ekim» sowing, «مارس» practised, «آب» as «أب» father, «مهر» an
# agency; alone they count with a year or beside a word that says month
AMBIGUOUS = {
    "en": "may|march",
    "kk": "қазан|маусым",
    "tr": "ocak|ekim",
    "ar": "مارس|ماي|جوان|آب",
    "fa": "مهر|تیر|دی|مه|آذر|بهمن|اوت|جون",
}
AUGUST = fold("آب", "ar")
NEEDS_A_YEAR = frozenset({fold("می", "fa")})  # «۵ می شود», "5 becomes"

UNITS = {
    "ar": "الأول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع",
    "fa": "یکم|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم|یازدهم|دوازدهم|سیزدهم|چهاردهم|پانزدهم|"
    "شانزدهم|هفدهم|هجدهم|نوزدهم|بیستم",
}


@cache
def days_in_words(language: str) -> dict[str, int]:
    """Days of a month spelled out, to 31: «الرابع والعشرين», «بیست و سوم».

    >>> days_in_words("ar")["الرابع والعشرين"], days_in_words("ru")
    (24, {})
    """
    units = dict(zip(UNITS.get(language, "").split("|"), range(1, 21), strict=False))
    days = dict(units)
    if language == "ar":
        days |= {"العاشر": 10, "أول": 1}  # «أول أغسطس»
        units["الحادي"] = units.pop("الأول")
        days |= {f"{word} عشر": 10 + day for word, day in units.items()}
        for case in ("ين", "ون"):
            days |= {f"العشر{case}": 20, f"الثلاث{case}": 30, f"الحادي والثلاث{case}": 31}
            days |= {f"{word} والعشر{case}": 20 + day for word, day in units.items()}
    elif language == "fa":
        days |= {f"بیست و {word}": 20 + day for word, day in units.items() if day < 10}
        days |= {"اول": 1, "سی\u200cام": 30, "سی ام": 30, "سی و یکم": 31}
    return {fold(word, language): day for word, day in days.items() if word}


def _cases(month: str) -> list[str]:
    """Forms of a Russian month from its genitive: январь, январе … from «января»."""
    stem = month[:-1]
    endings = "й я е ю ем" if stem == "ма" else {"я": "ь я е ю ем", "а": " а е у ом"}[month[-1]]
    return [stem + ending for ending in endings.split(" ")]


@cache
def months(language: str) -> dict[str, int]:
    """Month by each of its full names, folded; of the Solar Hijri calendar with `SOLAR` added.

    >>> months("ar")["شباط"], months("fa")["بهمن"]
    (2, 111)
    """
    names = _listed(MORE_MONTHS.get(language, {}))
    for locale in LOCALES.get(language, (language,)):
        for number, name in get_month_names("wide", "format", locale).items():
            # «ژانویهٔ»: babel's genitive ends in a hamza that pages leave out
            forms = _cases(name) if language == "ru" else [name.rstrip("\u0654")]
            names |= dict.fromkeys(forms, number)
    if language == "fa":
        names |= {name: SOLAR + number for number, name in enumerate(SOLAR_MONTHS.split("|"), 1)}
    return {fold(name, language): number for name, number in names.items()}


@cache
def months_and_short(language: str) -> dict[str, int]:
    """Month by each of its full names and abbreviations, folded and without the dot.

    >>> months_and_short("kk")["қаң"]
    1
    """
    names = {
        name.rstrip("."): number
        for number, name in get_month_names("abbreviated", "format", language).items()
    }
    names |= _listed(MORE_SHORT.get(language, {}))
    return {fold(name, language): number for name, number in names.items()} | months(language)


def _listed(names: dict[int, str]) -> dict[str, int]:
    return {name: number for number, listed in names.items() for name in listed.split("|")}


@cache
def ambiguous(language: str) -> frozenset[str]:
    """Names of months that are common words too, folded.

    >>> sorted(ambiguous("en"))
    ['march', 'may']
    """
    return frozenset(fold(AMBIGUOUS.get(language, ""), language).split("|"))
