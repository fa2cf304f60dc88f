"""Characters: composition, folding for matching, script, direction; offsets always hold."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from html import escape

LANGUAGES = ("ru", "ar", "kk", "en", "tr", "fa")
"""The languages the kit reads, by ISO 639-1 code; every other text is "und" (undetermined)."""

RIGHT_TO_LEFT = frozenset({"ar", "fa"})

LETTERS = {
    "Cyrl": re.compile(r"[\u0400-\u0482\u048A-\u052F]"),
    "Arab": re.compile(
        r"[\u0620-\u064A\u066E-\u06D3\u06FA-\u06FC\u0750-\u077F\uFB50-\uFDFB\uFE70-\uFEFC]"
    ),
    "Latn": re.compile(r"[A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u1E00-\u1EFF]"),
}

SURROGATE = re.compile("[\ud800-\udfff]")

# Written above, below or between letters without being one: Arabic vowel signs and the stretching
# tatweel («الجُمْهُوريَّة»), the Russian stress accent («за́мок»), direction marks, soft hyphen.
# The Persian half-space U+200C is not among them: it parts a word («می‌شود»).
MARKS = re.compile(
    "[\u0300\u0301\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u00ad\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)

FSI, PDI = "\u2068", "\u2069"
# A page's own marks may be unbalanced: "\u202eabc" would turn round whatever stands after it
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")

DIGITS = {
    **{chr(0x0660 + digit): str(digit) for digit in range(10)},  # ٠-٩
    **{chr(0x06F0 + digit): str(digit) for digit in range(10)},  # ۰-۹
}
CYRILLIC = {"ё": "е"}
# Writers leave hamza and the dots of yeh out («الى», «استانا»); Persian keyboards give ی and ک
ARABIC = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىیئ", "ي"),
    "ؤ": "و",
    "ک": "ك",
}
PERSIAN = {**ARABIC, "ة": "ه", "ۀ": "ه"}
LATIN = dict(zip("âîû", "aiu", strict=True))  # «Hâkan», «Îran»: the circumflex is optional
APOSTROPHES = dict.fromkeys("’ʼ‘`´", "'")

SAME_LETTER = {
    language: {**DIGITS, **APOSTROPHES, **letters}
    for language, letters in {
        "ru": CYRILLIC,
        "kk": CYRILLIC,
        "ar": ARABIC,
        "fa": PERSIAN,
        "tr": LATIN,
        "en": {},
    }.items()
}
ANY_LETTER = {**DIGITS, **APOSTROPHES, **CYRILLIC, **ARABIC}


def compose(text: str) -> str:
    """Text in Unicode's composed form (NFC), as every document keeps it from the start.

    Raises ValueError for a lone surrogate: half a character, which no file can hold.

    >>> len("и" + "\u0306"), len(compose("и" + "\u0306"))
    (2, 1)
    """
    broken = SURROGATE.search(text)
    if broken:
        raise ValueError(
            f"text: half a character (lone surrogate {broken[0]!a}) at position {broken.start()}; "
            "read the file again with its right encoding, or replace that character."
        )
    return unicodedata.normalize("NFC", text)


def fold(text: str, language: str | None = None) -> str:
    """Text in small letters and one spelling per letter, one character for one.

    Offsets into the result are offsets into `text`: plain ``str.lower`` breaks that, because "İ"
    becomes two characters. Digits of every kind become 0-9. A language the kit does not know is
    folded as all of them but Turkish.

    >>> fold("İran ve IŞİD", "tr"), fold("أستانا ٢٢", "ar"), fold("Её", "ru")
    ('iran ve ışid', 'استانا 22', 'ее')
    """
    if language == "tr":
        text = text.replace("I", "ı")
    text = text.replace("İ", "i").lower()
    # ten times as fast as str.translate, which looks up every character
    for letter, same in SAME_LETTER.get(language or "", ANY_LETTER).items():
        text = text.replace(letter, same)
    return text


def fold_each(words: Sequence[str], language: str | None = None) -> list[str]:
    """Each of `words` folded, in one pass: of many short words ten times as fast as one by one.

    >>> fold_each(["İran", "", "ve"], "tr")
    ['iran', '', 've']
    """
    return _each(words, lambda text: fold(text, language))


def bare_each(words: Sequence[str]) -> list[str]:
    """Each of `words` without the marks that are no letters, in one pass.

    >>> bare_each(["за́мок"])
    ['замок']
    """
    return _each(words, lambda text: MARKS.sub("", text))


def plain_each(words: Sequence[str], language: str | None = None) -> list[str]:
    r"""Each of `words` folded and without the marks that are no letters, unless it is nothing else.

    >>> plain_each(["За́мок", "\u0640"], "ru")
    ['замок', '\u0640']
    """
    folded = fold_each(bare_each(words), language)
    return [kept or fold(word, language) for kept, word in zip(folded, words, strict=True)]


def _each(words: Sequence[str], change: Callable[[str], str]) -> list[str]:
    """What `change` makes of each word, asked at once for all."""
    changed = change("\n".join(words)).split("\n")
    alone = len(changed) != len(words)  # one has a line break inside, or there is none
    return [change(word) for word in words] if alone else changed


def bare(text: str) -> tuple[str, list[int]]:
    """Text without the marks that are no letters, and where each kept character stood.

    The positions have one more entry than the result, the length of `text`, so that
    ``positions[stop]`` serves for the end of a half-open span too.

    >>> bare("دُوَل")
    ('دول', [0, 2, 4, 5])
    """
    pieces: list[str] = []
    positions: list[int] = []
    last = 0
    for mark in MARKS.finditer(text):
        pieces.append(text[last : mark.start()])
        positions.extend(range(last, mark.start()))
        last = mark.end()
    return "".join([*pieces, text[last:]]), [*positions, *range(last, len(text) + 1)]


def script(text: str) -> str | None:
    """Script of most letters of `text`: "Cyrl", "Arab", "Latn", or None where none has letters.

    >>> script("Астана-22"), script("سوريا"), script("22")
    ('Cyrl', 'Arab', None)
    """
    counts = {name: len(letters.findall(text)) for name, letters in LETTERS.items()}
    most = max(counts, key=counts.__getitem__)
    return most if counts[most] else None


def direction(text: str, language: str | None = None) -> str:
    """Direction in which `text` is read, "rtl" or "ltr": by its letters, else by its language.

    >>> direction("Сирия"), direction("سوريا", "kk"), direction("22", "ar")
    ('ltr', 'rtl', 'rtl')
    """
    written = script(text)
    if written is None:
        return "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return "rtl" if written == "Arab" else "ltr"


def isolate(text: str) -> str:
    """Corpus text for a label of a figure: turns nothing round, is turned by nothing, no markup.

    Wrapped in U+2068 … U+2069, its own direction controls taken out; plotly reads some HTML in its
    labels, so what looks like markup is escaped.

    >>> isolate("\u202e24% <b>") == FSI + "24% &lt;b&gt;" + PDI
    True
    """
    return f"{FSI}{escape(BIDI_CONTROLS.sub('', text), quote=False)}{PDI}"
