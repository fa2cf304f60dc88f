"""Bytes of a page → its text, and the encoding, found by evidence and named.

UTF-8 and UTF-16 prove themselves. The encodings of one byte a letter prove nothing: most of them
read any bytes. But all make as many characters of the same bytes, so that their readings can be
weighed against one another: how likely is each letter after the one before it, in the language that
suits best? The pairs of letters are counted in the kit's own words.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, product
from math import log
from typing import NamedTuple

from astana_kit import tables
from astana_kit.text.script import LANGUAGES, script

# Where two make the same text, the first is named: plain Russian is the same in both for Cyrillic
# of Windows, an English page with curly quotation marks in both for Latin
ENCODINGS = {
    "windows-1252": "cp1252",
    "windows-1254": "cp1254",
    "windows-1251": "cp1251",
    "kz-1048": "kz1048",
    "windows-1256": "cp1256",
    "koi8-r": "koi8_r",
    "iso-8859-5": "iso8859_5",
    "iso-8859-6": "iso8859_6",
    "ibm866": "cp866",
    "x-mac-cyrillic": "mac_cyrillic",
}
# Most letters are the same: a Russian page may have its first Kazakh name in its last line. Here
# alone it costs nothing to think of the rare ptcp154, the Asian Cyrillic of ParaType
TWINS = {"windows-1251": "kz-1048", "kz-1048": "ptcp154", "windows-1252": "windows-1254"}
RARE = {"koi8-r", "iso-8859-5", "iso-8859-6", "ibm866", "x-mac-cyrillic"}
MARKS = (  # the longer first: that of UTF-16 LE begins that of UTF-32 LE
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Of scripts that the kit does not weigh; Python has codecs beside these that are no writing
DECLARABLE = ("iso8859", "cp", "gb", "big5", "euc", "shift_jis", "koi8", "tis", "mac")
WORDS = 500  # with a letter beyond ASCII, that are weighed of a page, from all its parts
WORST, WORST_OF_FEW = -4.0, -7.5  # mean logarithm a pair; a reading below it is no text
FEW = 0.12  # share of bytes beyond ASCII: the dashes of a page in English, accents of one in French
STRANGE = log(1e-5)  # a pair of two scripts, or with a sign that stands in no word
FOREIGN = log(1e-3)  # a pair of letters of one script, of which the language lacks one: "café"
DASH = log(0.05)  # – between blanks, in any language
RARER = 10.0  # what an encoding of old systems, or a twin, must be likelier by, of a whole page
LATER = 1e-6  # what parts those that make the same text
PRIOR = 10  # pairs, by how far the words stand back behind the letters alone
BROKEN = 0.01  # share of the letters beyond ASCII that may be broken in UTF-8
CUT = 3  # bytes of a letter that a file cut off in its midst may have left
CONTROLS = 0.01  # share of control characters beyond which a file is no text

# A letter of two bytes in UTF-16 has one that is a control character elsewhere: 04 is Cyrillic
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0e-\x1f]")
TAG = re.compile(rb"<[^<>]*>")  # none is open twice: of two million "<" each is tried but once
BEYOND = re.compile(rb"[\x80-\xff]")
WORD = re.compile(rb"(?<![A-Za-z])[A-Za-z]*+[\x80-\xff][A-Za-z\x80-\xff]*")
# What browsers save as a "single file", whatever its name: lines as of a letter, then the page
ARCHIVE = re.compile(
    rb"(?:[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*?content-type:\s*multipart/related\b",
    re.IGNORECASE,
)
HEAD = 4096  # bytes
SURROGATE = re.compile("[\ud800-\udfff]")
# Written between words, whatever the script
AS_BLANK = dict.fromkeys("«»“”„‘’‚‹›…№،؛؟\xa0\xad\u200c\u200d\u0640", " ")
AS_DASH = dict.fromkeys("–•·©®™°§€¤", "—")
PLAIN = str.maketrans(AS_BLANK | AS_DASH | {"İ": "i"})


class Decoded(NamedTuple):
    """Text of a file, and in words how it was read: "windows-1251", "utf-8, 1 broken byte"."""

    text: str
    encoding: str


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Text of the bytes `content`, and the encoding that was found.

    A mark at the beginning is believed unless much is broken behind it, then bytes that are UTF-8,
    UTF-16 or UTF-32 throughout, then the likeliest reading; what the page itself declares only
    where that is no text in the languages the kit reads (a page in Greek). Control characters are
    taken out.

    Raises
    ------
    ValueError : the bytes are no text, or a web archive, or no encoding that the kit knows makes
        text of them.

    Examples
    --------
    >>> decode("Келіссөздің кезекті раунды".encode("kz1048"))
    Decoded(text='Келіссөздің кезекті раунды', encoding='kz-1048')
    """
    if ARCHIVE.match(content[:HEAD]):
        raise ValueError("a web archive (MHTML): a page and its pictures in one file")
    for mark, encoding in MARKS:
        if content.startswith(mark):
            content = content[len(mark) :]
            if read := _sound(content, encoding):
                return cleaned(read)
            break
    read = _wide(content) or _utf8(content) or _likeliest(content) or _declared(content, declared)
    if read is None:
        raise ValueError("its letters make no text in any encoding that the kit knows")
    return cleaned(read)


def _with_losses(content: bytes, encoding: str) -> Decoded:
    """Text of `content`, what is broken in it as U+FFFD and counted."""
    codec = ENCODINGS.get(encoding, encoding)
    text = SURROGATE.sub("\ufffd", content.decode(codec, "replace"))
    broken = text.count("\ufffd")
    return Decoded(text, f"{encoding}, {broken} broken letters as \ufffd" if broken else encoding)


def _sound(content: bytes, encoding: str) -> Decoded | None:
    """`content` in `encoding`, None where more letters are broken than a text may have."""
    read = _with_losses(content, encoding)
    utf_8 = encoding == "utf-8"  # Latin letters are sound in any encoding; others have two bytes
    letters = len(BEYOND.findall(content)) / 2 if utf_8 else len(read.text)
    return read if read.text.count("\ufffd") <= max(1, BROKEN * letters) else None


def cleaned(read: Decoded) -> Decoded:
    r"""`read` without control characters, which are counted in words.

    Raises ValueError where so many are there as in no text.

    >>> cleaned(Decoded("Астана\x1a", "utf-8"))
    Decoded(text='Астана', encoding='utf-8, 1 control characters taken out')
    """
    text, controls = CONTROL.subn("", read.text)
    if controls > max(1, CONTROLS * len(read.text)):
        raise ValueError(f"{controls} of its {len(read.text)} characters are control characters")
    note = f", {controls} control characters taken out" if controls else ""
    return Decoded(text, (read.encoding + note).lstrip(", "))


def _wide(content: bytes) -> Decoded | None:
    """`content` as UTF-32 or -16 without a mark, if it has control bytes and one makes text."""
    if len(content) % 2 or not CONTROL_BYTE.search(content[:HEAD]):
        return None
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # the wrong order makes Chinese of Latin, and signs of no script of Cyrillic
        blanks = sum(map(text.count, " \n.,"))
        if blanks * 50 > len(text) and len(CONTROL.findall(text)) <= CONTROLS * len(text):
            return Decoded(text, encoding)
    return None


def _utf8(content: bytes) -> Decoded | None:
    """`content` as UTF-8, if it is that throughout but for a few broken letters."""
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(content) - CUT:
            read = Decoded(content[: error.start].decode("utf-8"), "utf-8, its last letter cut off")
            return None if read.text.isascii() else read
    read = _with_losses(content, "utf-8")
    beyond = len(re.findall(r"[^\x00-\x7f]", read.text))
    return read if read.text.count("\ufffd") <= BROKEN * beyond else None


def _likeliest(content: bytes) -> Decoded | None:
    """`content` in the encoding of one byte a letter whose reading is likeliest, if text."""
    words = WORD.findall(TAG.sub(b" ", content))
    sample = words[:: 1 + (len(words) - 1) // WORDS]
    readings = list(_readings(b" " + b" ".join(sample) + b" "))
    if not readings:
        return None
    _, mean, name = max(readings)
    beyond = len(BEYOND.findall(content))
    if mean < (WORST_OF_FEW if beyond < FEW * len(content) else WORST):
        return None
    while name in TWINS and _is_twin(words, name, TWINS[name]):
        name = TWINS[name]
    return _with_losses(content, name)


def _is_twin(words: list[bytes], one: str, twin: str) -> bool:
    """Whether the words in which two encodings differ, however few, are text in the twin alone."""
    upper = (bytes([byte]) for byte in range(0x80, 0x100))
    differ = b"".join(a for a in upper if a.decode(one, "replace") != a.decode(twin, "replace"))
    differing = [word for word in words if word.translate(None, differ) != word][:WORDS]
    sample = b" " + b" ".join(differing) + b" "
    likelihood, pairs = _likelihood(sample.decode(twin, "replace"))
    gain = likelihood - _likelihood(sample.decode(one, "replace"))[0]
    return gain > RARER and likelihood / pairs >= WORST


def _readings(sample: bytes) -> Iterator[tuple[float, float, str]]:
    """Likelihood of `sample` in each encoding that can read it, whole and a pair, and its name."""
    for place, (name, codec) in enumerate(ENCODINGS.items()):
        text = sample.decode(codec, "replace")
        if text.count("\ufffd") > BROKEN * len(text):  # as of UTF-8
            continue
        likelihood, pairs = _likelihood(text)
        yield likelihood - place * LATER - (name in RARE) * RARER, likelihood / pairs, name


def _declared(content: bytes, declared: str | None) -> Decoded | None:
    """`content` in the encoding that the page declares, if it can be."""
    try:
        name = codecs.lookup(declared or "").name
        if not name.startswith(DECLARABLE):
            return None
        return Decoded(content.decode(name), f"{name}, as the page declares")
    except (LookupError, ValueError):  # no such codec, or not in it
        return None


def _likelihood(sample: str) -> tuple[float, int]:
    """Logarithm of the likelihood of `sample` in the language that suits best, and its pairs."""
    pairs = Counter(pairwise(sample))
    camel = sum(n for (a, b), n in pairs.items() if a.islower() and b.isupper())  # «пРИВЕТ»
    folded = sample.translate(PLAIN).lower()
    counted = Counter(
        pair
        for pair, raw in zip(pairwise(folded), pairwise(sample), strict=True)
        if not (raw[0].isascii() and raw[1].isascii())
    )
    best = max(
        sum(n * (model.get(pair) or _strange(*pair)) for pair, n in counted.items())
        for model in map(_pairs, LANGUAGES)
    )
    return best + camel * STRANGE, counted.total() or 1


@cache
def _strange(first: str, second: str) -> float:
    """Logarithm of the likelihood of a pair that the kit's words do not have."""
    scripts = {script(letter) for letter in (first, second) if letter not in " —"}
    return FOREIGN if len(scripts) < 2 and None not in scripts else STRANGE


@cache
def _pairs(language: str) -> dict[tuple[str, str], float]:
    """Logarithm of the likelihood of each pair of letters, by the kit's words of `language`."""
    counts: Counter[tuple[str, str]] = Counter()
    for table, column in (
        (tables.stop_words(), "word"),
        (tables.glosses(), "word"),
        (tables.names(), "name"),
    ):
        for word in table.loc[table["language"] == language, column]:
            counts.update(pairwise(f" {word} ".translate(PLAIN).lower()))
    if language == "fa":  # Windows-1256 has no «ی»: Persian pages in it write the Arabic letter
        for (a, b), n in list(counts.items()):
            counts[a.replace("ی", "ي"), b.replace("ی", "ي")] += n if "ی" in (a, b) else 0
    letters: Counter[str] = Counter()
    for (first, _), n in counts.items():
        letters[first] += n
    every = letters.total()
    return {
        (a, b): log((counts[a, b] + PRIOR * letters[b] / every) / (letters[a] + PRIOR))
        for a, b in product(letters, repeat=2)
    } | {(" ", "—"): DASH, ("—", " "): DASH, (" ", " "): DASH}
