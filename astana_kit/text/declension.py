"""Russian forms of a name or a phrase: by pymorphy3, and of a name by its last letters."""

import re
from functools import cache
from itertools import product
from os.path import commonprefix
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
AGREEING = frozenset({"ADJF", "PRTF"})  # full adjectives and participles
DOUBTFUL = frozenset({"PRTF", "Apro"})  # «данные»: given, or these
LINKS = frozenset({"CONJ", "ADVB", "PRCL"})  # «чрезвычайный и полномочный», «особо тяжкое»
PROPER = frozenset({"Name", "Surn", "Geox", "Orgn"})  # pymorphy3's marks of names
ADJECTIVE = re.compile(".+(?:[иыо]й|[ая]я|[ое]е|[иы]е)")

Endings = tuple[tuple[tuple[str, ...], int, tuple[str, ...]], ...]

# Endings by the last letters, in the order of CASES, of names that pymorphy3 does not know: it
# takes «Танф» for a genitive, «Босра» for that of «боср». The first that fits holds, the accusative
# as of the living; a word that fits none stays as it is («Кобани», «Хасеке»).
NOUNS: Endings = (
    (("аа", "уа", "оа", "иа"), 0, ("",) * 6),  # Дераа
    (("ия",), 1, ("я", "и", "и", "ю", "ей", "и")),  # Эль-Камышлия
    (("я",), 1, ("я", "и", "е", "ю", "ей", "е")),  # Кефрая
    (tuple(f"{last}а" for last in "гкхжшчщ"), 1, ("а", "и", "е", "у", "ой", "е")),  # Хасака
    (("а",), 1, ("а", "ы", "е", "у", "ой", "е")),  # Босра, де Мистура
    (("ье",), 1, ("е", "я", "ю", "е", "ем", "е")),  # Заевфратье
    (("ий",), 1, ("й", "я", "ю", "я", "ем", "и")),  # Дмитрий
    (("й",), 1, ("й", "я", "ю", "я", "ем", "е")),  # Сергей
    (tuple("бвгджзклмнпрстфхц"), 0, ("", "а", "у", "а", "ом", "е")),  # Танф, Асад
    (tuple("чшщ"), 0, ("", "а", "у", "а", "ем", "е")),  # Бинниш, Аллуш
    (("ь",), 1, ("ь", "я", "ю", "я", "ем", "е")),  # Эль-Холь, Гейдарь
)
# Of men's names pymorphy3 makes adjectives («Педерсен») and plurals («Мистура»)
MEN: Endings = (
    (("ов", "ев", "ёв", "ин"), 0, ("", "а", "у", "а", "ым", "е")),  # Лавров, Путин
    (("кий",), 2, ("ий", "ого", "ому", "ого", "им", "ом")),  # Вершинский
    (("ова", "ева"), 1, ("а", "ой", "ой", "у", "ой", "ой")),  # Захарова
    *NOUNS,
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

    >>> phrase("Сирийская Арабская Республика")[1], phrase("рабочие группы по Сирии")[1]
    ('Сирийской Арабской Республики', 'рабочих групп по Сирии')
    >>> phrase("страны-гаранты")[4], phrase("пресс-конференция")[1]
    ('странами-гарантами', 'пресс-конференции')
    """
    words = name.split()
    head = next((place for place in range(len(words)) if _is_head(words[place:])), len(words) - 1)
    adjectives = {word: reading for word in words[:head] if (reading := _adjective(word))}
    reading = _head(words[head], list(adjectives.values()))
    animacy = reading.tag.animacy if reading else None
    before = [_cases(word, adjectives.get(word), animacy) for word in words[:head]]
    return [
        " ".join([*form, *words[head + 1 :]])
        for cases in _head_cases(words[head], reading)
        for form in zip(*before, cases, strict=True)
    ]


def adjective(name: str) -> list[str]:
    """Forms of an adjective in every gender, number and case, without the short ones.

    >>> "российскими" in adjective("российский"), "астанинскими" in adjective("астанинский")
    (True, True)
    """
    reading = _adjective(name)
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
            for reading in analyzer().parse(form)
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
    for reading in analyzer().parse(name):
        if reading.is_known and not PROPER.isdisjoint(reading.tag.grammemes):
            return _capital(name, reading.normal_form)
    return name


@cache
def analyzer() -> "MorphAnalyzer":
    """The one pymorphy3 of the kit, loaded when the first word asks for it."""
    import pymorphy3  # noqa: PLC0415 (a third of a second that only Russian needs)

    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def _nominatives(word: str) -> "tuple[Parse, ...]":
    """Readings of `word` as a nominative noun, adjective or participle, the likeliest first."""
    # «игиловцы» are read by their ending, not as some kind of «ловцы»
    readings = sorted(analyzer().parse(word), key=lambda one: _is_by("UnknownPrefix", one))
    if readings[0].tag.POS in LINKS:  # «и», though a letter is a noun
        return ()
    return tuple(
        reading
        for reading in readings
        if "nomn" in reading.tag
        and reading.tag.POS in AGREEING | {"NOUN"}
        and (reading.is_known or _is_likely(word, reading))
        and not {"ADJF", "Fixd"} <= reading.tag.grammemes  # «порт» for "portable"
    )


def _is_likely(word: str, reading: "Parse") -> bool:
    """Whether to believe a guess: «Даръа» is no adjective, nor «Джебла» the plural of «джебло»."""
    if reading.tag.POS in AGREEING:
        return ADJECTIVE.fullmatch(word) is not None
    return word.islower() or reading.tag.number == "sing"


def _adjective(word: str) -> "Parse | None":
    """Likeliest reading of `word` as a nominative adjective or participle."""
    return next((one for one in _nominatives(word) if one.tag.POS in AGREEING), None)


def _is_head(words: list[str]) -> bool:
    """Whether the first of `words` is what the others belong to.

    Of «рабочие группы» it is not, though workers are «рабочие» too; of «рабочие завода» it is.
    """
    readings = _nominatives(words[0])
    # «данные разведки» are not "given": what is also a noun is seldom a participle
    is_noun = any(one.tag.POS == "NOUN" for one in readings)
    own = [
        one
        for one in readings
        if one.tag.POS in AGREEING and not (is_noun and DOUBTFUL & one.tag.grammemes)
    ]
    after = list(_followers(words))
    return bool(readings) and not any(_agree(one, other) for one in own for other in after)


def _followers(words: list[str]) -> "Iterator[Parse]":
    """What the first of `words`, an adjective, may belong to: a noun, past further adjectives."""
    for word in words[1:]:
        # «США» might be of any case, and is no nominative in «военные США»
        yield from (one for one in _nominatives(word) if "Fixd" not in one.tag)
        kinds = {one.tag.POS for one in _nominatives(word) or analyzer().parse(word)[:1]}
        if kinds.isdisjoint(AGREEING | LINKS):
            return


def _agree(one: "Parse", other: "Parse") -> bool:
    """Whether an adjective may stand with a noun: of one number, and there of one gender."""
    same = one.tag.number == other.tag.number
    return same and (one.tag.number == "plur" or one.tag.gender == other.tag.gender)


def _head(word: str, adjectives: "list[Parse]") -> "Parse | None":
    """How to read a head: as a noun that agrees with its adjectives, else whatever it is."""
    nouns = [one for one in _nominatives(word) if one.tag.POS == "NOUN"]
    fitting = [noun for noun in nouns if all(_agree(own, noun) for own in adjectives)]
    return next(iter((*fitting, *nouns, *_nominatives(word))), None)


def _head_cases(word: str, reading: "Parse | None") -> list[tuple[str, ...]]:
    """Six cases of a head; of a compound, both of its halves, of the last, or each in turn.

    «стран-гарантов», but «пресс-конференций»: which it is, the dictionary seldom says.
    """
    first, hyphen, last = word.rpartition("-")
    if not hyphen or (reading and word.islower() and not _is_by("Hyphenated", reading)):
        return [_cases(word, reading, reading.tag.animacy) if reading else _ended(word, NOUNS)]
    one, other = _head(first, []), _head(last, [])
    [ends] = _head_cases(last, other)
    alone = tuple(f"{first}-{form}" for form in ends)
    if not (one and other and word.islower() and _go_together(one, other)):
        return [alone]  # «Нур-Султана», «блок-постов»
    both = tuple(map("-".join, zip(_cases(first, one, one.tag.animacy), ends, strict=True)))
    return [both] if one.tag.number == "plur" else [both, alone]


def _go_together(one: "Parse", other: "Parse") -> bool:
    """Whether both halves of a compound may change: «дронов-камикадзе», of which one cannot."""
    return one.tag.number == other.tag.number or "Fixd" in other.tag


def _is_by(analyzer: str, reading: "Parse") -> bool:
    """Whether pymorphy3's analyser of this name, one of its guesses, has read the word."""
    return any(type(method[0]).__name__.startswith(analyzer) for method in reading.methods_stack)


def _cases(word: str, reading: "Parse | None", animacy: str | None) -> tuple[str, ...]:
    """Six cases of a word as it is read; a word that is not declined stays as it is."""
    if not reading:
        return (word,) * len(CASES)
    own, lexeme = reading.tag.grammemes - {"nomn"}, reading.lexeme
    base = word.lower()
    forms = []
    for case in CASES:
        agreeing = [form for form in lexeme if own | {case} <= form.tag.grammemes]
        # Only some accusatives of an adjective tell the living from the lifeless
        alive = [form for form in agreeing if animacy in form.tag.grammemes]
        forms.append(max(alive or agreeing, key=lambda form: _closeness(base, form)).word)
    return tuple(_capital(word, form) for form in forms)


def _closeness(word: str, form: "Parse") -> tuple[int, int]:
    """How near a form is to its nominative: the plainest, then the one that begins most like it.

    «МИДа», not a colloquial «МИД»; «Высшего», not «Высочайшего»; «лагеря», not «лагери».
    """
    alike = commonprefix([word, form.word])  # noqa: RUF071 (letters, as wanted)
    return -len(form.tag.grammemes), len(alike)


def _ended(word: str, table: Endings) -> tuple[str, ...]:
    """Six cases of a word by its last letters."""
    for ends, cut, endings in table:
        if word.endswith(ends):
            return tuple(word[: len(word) - cut] + ending for ending in endings)
    return (word,) * len(CASES)


def _capital(pattern: str, word: str) -> str:
    """`word` with its first letter as large as that of `pattern`, or all that it has of it."""
    if pattern.isupper():  # «МИДа»
        return pattern + word[len(pattern) :]
    return word[0].upper() + word[1:] if pattern[0].isupper() else word


def _man(part: str) -> tuple[str, ...]:
    """Six cases of one part of a man's name; of «аль-Хусейн» the last half alone changes."""
    if "-" in part:
        first, _, last = part.rpartition("-")
        return tuple(f"{first}-{form}" for form in _man(last))
    if part.lower() in PARTICLES:
        return (part,) * len(CASES)
    return _ended(part, MEN)
