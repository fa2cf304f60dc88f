"""Russian forms of a name or a phrase: by pymorphy3, and of a man's name by its last letters."""

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
NUMBERS = frozenset({"sing", "plur"})
ANIMACIES = frozenset({"anim", "inan"})
AGREEING = frozenset({"ADJF", "PRTF"})  # full adjectives and participles
PROPER = frozenset({"Name", "Surn", "Geox", "Orgn"})  # pymorphy3's marks of names

# Endings of a man's name by its last letters, in the order of CASES: pymorphy3 guesses at foreign
# ones («Педерсен» becomes an adjective, «Мистура» a plural). The first that fits holds; a name that
# fits none stays as it is («Хаджи», «Роухани», «Касым-Жомарт» ends as «Жомарт» does).
MEN = (
    (("ов", "ев", "ёв", "ин"), 0, ("", "а", "у", "а", "ым", "е")),  # Лавров, Путин
    (("кий",), 2, ("ий", "ого", "ому", "ого", "им", "ом")),  # Вершинский
    (("й",), 1, ("й", "я", "ю", "я", "ем", "е")),  # Сергей
    (("а",), 1, ("а", "ы", "е", "у", "ой", "е")),  # де Мистура
    (tuple("бвгджзклмнпрстфхц"), 0, ("", "а", "у", "а", "ом", "е")),  # Асад, Педерсен
    (tuple("чшщ"), 0, ("", "а", "у", "а", "ем", "е")),  # Аллуш, Тумыш
    (("ь",), 1, ("ь", "я", "ю", "я", "ем", "е")),  # Гейдарь
)
PARTICLES = frozenset({"де", "аль", "эль", "абу", "бен", "ибн", "бин"})


def person(name: str) -> list[str]:
    """Forms of a man's name; a given name may stay as it is («Реджеп Тайипом Эрдоганом»).

    >>> person("Гейр Педерсен")[:3]
    ['Гейр Педерсен', 'Гейра Педерсена', 'Гейр Педерсена']
    """
    *given, last = [_man(part) for part in name.split()]
    forms = []
    for case in range(len(CASES)):
        choices = [dict.fromkeys((part[case], part[0])) for part in given]
        forms += [" ".join((*choice, last[case])) for choice in product(*choices)]
    return forms


def phrase(name: str) -> list[str]:
    """Forms of a noun phrase: all up to its head agree, what follows the head stays.

    >>> phrase("Сирийская Арабская Республика")[1], phrase("страны-гаранты")[4]
    ('Сирийской Арабской Республики', 'странами-гарантами')
    >>> phrase("пресс-конференция")[7]
    'пресс-конференции'
    """
    words = name.split()
    readings = [_nominative(word.split("-")[0]) for word in words]
    head = next(
        (place for place, reading in enumerate(readings) if reading and reading.tag.POS == "NOUN"),
        len(words) - 1,
    )
    reading = readings[head]
    number = (reading.tag.number if reading else None) or "sing"
    gender = reading.tag.gender if reading and number == "sing" else None
    animacy = reading.tag.animacy if reading else None
    agreement = frozenset(filter(None, (number, gender, animacy)))
    rest = words[head + 1 :]
    both = [[_decline(word, case, agreement) for word in words[: head + 1]] for case in CASES]
    # «стран-гарантов», but «пресс-конференции»: which it is no dictionary says
    last = [
        [_decline_last(word, case, agreement) for word in words[: head + 1]]
        for case in (CASES if "-" in name else ())
    ]
    return [" ".join([*form, *rest]) for form in (*both, *last)]


def adjective(name: str) -> list[str]:
    """Forms of an adjective in every gender, number and case, without the short ones.

    >>> "российскими" in adjective("российский")
    True
    """
    reading = _nominative(name)
    if not reading:
        return [name]
    return [_capital(name, form.word) for form in reading.lexeme if form.tag.POS in AGREEING]


def agree(word: str, noun: str) -> bool:
    """Whether `word` may be an adjective of the noun behind it.

    >>> agree("Астанинского", "процесса"), agree("Лаврентьева", "процесса")
    (True, False)
    """
    adjectives, nouns = (
        {
            (reading.tag.case, reading.tag.number)
            for reading in _analyzer().parse(form)
            if reading.tag.POS in kinds
        }
        for form, kinds in ((word, AGREEING), (noun, {"NOUN"}))
    )
    return not adjectives.isdisjoint(nouns)


def nominative(name: str) -> str:
    """A name of the dictionary in the nominative; any other word as it is.

    >>> nominative("Астане"), nominative("Бозумбаеву")
    ('Астана', 'Бозумбаеву')
    """
    for reading in _analyzer().parse(name):
        if reading.is_known and not PROPER.isdisjoint(reading.tag.grammemes):
            return _capital(name, reading.normal_form)
    return name


@cache
def _analyzer() -> "MorphAnalyzer":
    """pymorphy3's analyser, loaded when the first word asks for it."""
    import pymorphy3  # noqa: PLC0415 (a third of a second that only Russian needs)

    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def _nominative(word: str) -> "Parse | None":
    """Likeliest reading of `word` as a nominative noun, adjective or participle."""
    for reading in _analyzer().parse(word):
        if "nomn" in reading.tag and reading.tag.POS in AGREEING | {"NOUN"}:
            return reading
    return None


def _decline(word: str, case: str, agreement: frozenset[str]) -> str:
    """`word` in a case, both halves of «страны-гаранты»; an adjective agrees in gender too."""
    halves = []
    for half in word.split("-"):
        reading = _nominative(half)
        agreeing = reading is not None and reading.tag.POS in AGREEING
        kept = agreement if agreeing else agreement & NUMBERS
        # Only some accusatives of an adjective tell the living from the lifeless
        form = reading and (
            reading.inflect({case, *kept}) or reading.inflect({case, *(kept - ANIMACIES)})
        )
        halves.append(_capital(half, form.word) if form else half)
    return "-".join(halves)


def _decline_last(word: str, case: str, agreement: frozenset[str]) -> str:
    """`word` in a case, of a compound the last half alone: «пресс-конференции»."""
    first, hyphen, last = word.rpartition("-")
    return first + hyphen + _decline(last, case, agreement)


def _capital(pattern: str, word: str) -> str:
    """`word` with its first letter as large as that of `pattern`."""
    return word[0].upper() + word[1:] if pattern[0].isupper() else word


def _man(part: str) -> tuple[str, ...]:
    """Six cases of one part of a man's name; of «аль-Хусейн» the last half alone changes."""
    if "-" in part:
        first, _, last = part.rpartition("-")
        return tuple(f"{first}-{form}" for form in _man(last))
    if part.lower() not in PARTICLES:
        for ends, cut, endings in MEN:
            if part.endswith(ends):
                return tuple(part[: len(part) - cut] + ending for ending in endings)
    return (part,) * len(CASES)
