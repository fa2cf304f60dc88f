"""The endings of Kazakh: what may follow what, how each is spelt, and after which letters."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

BACK, FRONT = frozenset("аоұыя"), frozenset("әөүіеэ")
OPEN = BACK | FRONT | frozenset("июё")  # takes «-м», «-сы», «-й» without a vowel between
VOWELS = OPEN | frozenset("у")
VOICELESS = frozenset("пфкқтсшщчцхһбвгғд")  # final б в г д are spoken so: «клубтар», «Лавровтың»
NASAL, SOUNDED = frozenset("мнң"), frozenset("лрзжйуьъ")
VOICED = NASAL | SOUNDED
LETTERS = OPEN | VOICELESS | VOICED
CLOSED = (LETTERS - OPEN) | frozenset("и")

# A capital letter in an ending varies with the stem. Vowels and ғ/қ follow its last vowel …
HARMONY = {"back": {"А": "а", "Ы": "ы", "Ғ": "ғқ", "Қ": "қ"},
           "front": {"А": "е", "Ы": "і", "Ғ": "гк", "Қ": "к"}}  # fmt: skip
# … and the first consonant follows its last letter: тарап|тар, аймақ|тар, ел|дер, мүше|лер
FIRST = {
    "Л": {"л": OPEN | frozenset("йру"), "д": frozenset("лмнңжзь"), "т": VOICELESS},
    "Н": {"н": OPEN | NASAL, "д": SOUNDED | frozenset("ию"), "т": VOICELESS},  # of: -ның
    "Ң": {"н": OPEN, "д": VOICED | frozenset("ию"), "т": VOICELESS},  # whom: -ны
    "Д": {"д": OPEN | VOICED, "т": VOICELESS},
    "Ж": {"д": OPEN | SOUNDED, "н": NASAL, "т": VOICELESS},  # whence: -дан, but Иран|нан
    "Ғ": {**dict.fromkeys("ғг", OPEN | VOICED), **dict.fromkeys("қк", VOICELESS)},
    "М": {"м": OPEN | frozenset("лмнңрйу"), "б": frozenset("зжмнңл"),
          "п": VOICELESS | frozenset("зж")},
}  # fmt: skip


class Slot(NamedTuple):
    """One place in the chain of endings."""

    name: str
    endings: str
    inside: str  # slots that may stand between it and the stem
    cost: float = 0.0  # how far this reading is to be doubted in news text
    bare: bool = True  # may stand on the stem itself


NOUN = "possessed plural participle habit verbal"
VERB = "negative voice"

# Outermost endings first. The costs were set by a search on hand-lemmatised sentences.
SLOTS = (
    Slot(
        "person",
        "МЫн сЫң МЫз сЫңдАр",  # студентпін, барамыз
        f"place case possessed3 {NOUN} going gerund aorist aim",
        1.2,
    ),
    Slot(
        "you",
        "сЫз сЫздАр",
        "participle habit going gerund aorist aim",  # бара|сыз, but
        1.2,
        bare=False,
    ),  # қабілет|сіз is "incapable", an adjective of its own
    Slot("he", "ДЫ", "going", bare=False),  # бол|а|ды
    Slot("seems", "тЫ", "gerund", 1.0, bare=False),  # бар|ып|ты; кітап|ты is a noun
    Slot("like", "ДАй шА", f"possessed3 {NOUN}", 1.0),  # таудай, қазақша
    Slot("like3", "ншА ндАй", "possessed3", 1.0, bare=False),  # хабарлауы|нша
    Slot("of", "НЫң Мен", f"place possessed3 {NOUN}"),  # кеңесі|нің, Иран|мен
    Slot("case", "ҒА ҢЫ ДА ЖАн", f"place {NOUN}"),  # келісім|ге, Астана|да, Ресей|ден
    Slot("case3", "н нА ндА нАн", "possessed3", bare=False),  # ара|сы|нда
    Slot("case1", "А", "possessed", bare=False),  # ел|ім|е
    Slot("place", "ДАҒЫ", NOUN),  # Сирия|дағы
    Slot("place3", "ндАҒЫ", "possessed3", bare=False),  # айма|ғы|ндағы
    Slot("possessed3", "сЫ Ы", "place plural participle habit verbal"),  # кеңес|і
    Slot("possessed", "Ым Ың ЫңЫз ЫмЫз м ң ңЫз мЫз", "plural participle verbal", 1.4),
    Slot("plural", "ЛАр", "place possessed participle verbal"),
    Slot("more", "рАҚ ЫрАҚ", "", 0.6),  # тез|ірек
    Slot("participle", "ҒАн", VERB),  # жаса|лған
    Slot("habit", "АтЫн йтЫн", VERB),  # бар|атын
    Slot("verbal", "у", VERB),  # тоқтат|у
    Slot("past", "ДЫ", VERB),
    Slot("past1", "ДЫм ДЫң ДЫңЫз ДЫңдАр ДЫңЫздАр", VERB, 2.0),
    Slot("we", "ДЫҚ", VERB, 5.0),  # бар|дық, but құқық|тық is "legal"
    Slot("going", "А й", VERB),  # бол|а, сөйле|й
    Slot("if", "сА сАм сАң сАңЫз сАҚ", VERB, 1.2),
    Slot("wish", "сЫн йЫн АйЫн йЫҚ АйЫҚ ЫңЫз ңЫз ЫңдАр ҒАй", VERB, 1.0),
    Slot("aorist", "Ар р МАс", VERB, 1.6),
    Slot("desire", "ҒЫм ҒЫң ҒЫсЫ ҒЫмЫз", VERB),  # бар|ғысы келеді
    Slot("aim", "МАҚ МАҚшЫ", "voice", 0.8),
    Slot("gerund", "Ып п", VERB, 0.1),  # тоқта|тып
    Slot("until", "ҒАншА ҒАлЫ", VERB, 0.3),
    Slot("negative", "МА", "voice", 0.3),
    Slot("voice", "Ыл л Ын н", "", 0.3),  # жоспарла|н|ып; other voices make verbs of their own
)
PLACE = {slot.name: number for number, slot in enumerate(SLOTS)}
INSIDE = [frozenset(PLACE[name] for name in slot.inside.split()) for slot in SLOTS]
OUTERMOST = frozenset(PLACE.values()) - {PLACE["negative"], PLACE["voice"]}
VERBAL = frozenset(range(PLACE["participle"], len(SLOTS))) | {
    PLACE["person"],
    PLACE["you"],
    PLACE["he"],
    PLACE["seems"],
}

# A stem's last vowel and the ending in one letter: дамы|й|ды → «дамиды», дамы|у → «даму»,
# қой|у → «қою», қой|а|ды → «қояды». Slot, letter, what the stem gets back, letters accounted for
CONSONANTS, YOT = LETTERS - VOWELS, frozenset("аоұыәөүіе")
MERGED = (
    ("going", "и", "Ы", CONSONANTS, 2),
    ("verbal", "у", "Ы", CONSONANTS, 0.5),
    ("verbal", "ю", "й", YOT, 2),
    ("going", "я", "й", YOT, 2),
)
SOFTENED = {"б": "п", "г": "к", "ғ": "қ"}  # тарап, тараб|ы; аймақ, аймағ|ы


class Ending(NamedTuple):
    """One spelling of what fills a slot."""

    slot: int
    harmony: str  # "back", "front" or "" where it does not vary
    after: frozenset[str]  # last letters of what it may stand on
    letters: float
    given_back: str = ""


def spellings(pattern: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each spelling of an ending: letters, harmony, last letters it may follow.

    >>> sorted(letters for letters, _, _ in spellings("ЛАр"))
    ['дар', 'дер', 'лар', 'лер', 'тар', 'тер']
    """
    varies = not set("АЫҒҚ").isdisjoint(pattern)
    head = pattern[0]
    for harmony, vary in HARMONY.items():
        tail = "".join(vary.get(letter, letter)[0] for letter in pattern[1:])
        for first, after in FIRST.get(head, {vary.get(head, head)[0]: _after(pattern)}).items():
            if head != "Ғ" or first in vary["Ғ"]:
                yield first + tail, harmony if varies else "", after
        if not varies:
            return


def _after(pattern: str) -> frozenset[str]:
    """Last letters before an ending whose first letter does not vary with them."""
    if pattern[0] in "АЫ":
        return CLOSED
    return OPEN if pattern == "сЫ" or pattern[0] in "мңйрплн" else LETTERS


def _endings() -> dict[str, list[Ending]]:
    """Every spelling of every ending, by its letters."""
    table: defaultdict[str, list[Ending]] = defaultdict(list)
    for slot, place in enumerate(SLOTS):
        for pattern in place.endings.split():
            for letters, harmony, after in spellings(pattern):
                table[letters].append(Ending(slot, harmony, after, len(letters)))
    for name, letter, given_back, before, accounted in MERGED:
        table[letter].append(Ending(PLACE[name], "", before, accounted, given_back))
    return dict(table)


ENDINGS = _endings()
LONGEST_ENDING = max(map(len, ENDINGS))
