"""A lexicon of names or terms, made ready to be found: its ways of writing, and their automaton.

Every character of a text becomes one byte, its letter in the alphabet of the lexicon, so that an
automaton over bytes reads a character a step and its offsets are the text's own.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from ahocorasick_rs import BytesAhoCorasick

from astana_kit.curated import INFLECTS
from astana_kit.text.inflect import Written, written
from astana_kit.text.script import LANGUAGES, MARKS, bare, fold

CODES = 0x110000
KNOWN = 0x20000  # letters beyond are ideographs, which no lexicon holds
QUOTES = '"“”„‟«»‹›'  # do not break a name: «"المعارضة" السورية»
SPACES = "\u00a0\u2009\u200c\u202f\t"  # part words as a blank does; U+200C is Persian's half-space
HYPHENS = "\u2010\u2011\u2013\u2014"  # «стран—гарантов» too

ONE_GAP = str.maketrans({**dict.fromkeys(SPACES, " "), **dict.fromkeys(HYPHENS, "-")})

GAP, OTHER, SKIPPED = 0, 1, 2  # between words; a letter that no name has; left out. Then letters
MOST_LETTERS = 255 - SKIPPED
ANY, FIRST, ALL = range(3)  # capitals that a text must have, by those of the row


class Pattern(NamedTuple):
    """One way to write one row of the lexicon."""

    row: int
    written: Written
    capitals: int  # ANY, FIRST or ALL: as the row itself is written


class Part(NamedTuple):
    """The lexicon of one language, ready to search with."""

    language: str
    alphabet: np.ndarray  # byte of each code point
    automaton: BytesAhoCorasick
    patterns: list[Pattern]  # the longest first
    capitals: np.ndarray  # of each pattern: ANY, FIRST or ALL
    simple: np.ndarray  # of each pattern: whether it may stand alone, with no more to check
    rows: np.ndarray  # of each pattern: its row of the lexicon
    lengths: np.ndarray  # of each pattern: its letters
    half: np.ndarray  # of each pattern: 1 if it ends in a hyphen, which is not part of the name


class Lexicon(NamedTuple):
    """Rows to be found, compiled: ``parts`` by language, and the rows they came from."""

    names: pd.DataFrame
    parts: dict[str, Part]


def compile_lexicon(names: pd.DataFrame) -> Lexicon:
    """A lexicon ready to be found, one part for each language in it.

    Parameters
    ----------
    names : one way to write a thing a row: id, language, name, form, inflects. A capital in the
        name asks for one in the text («Катар», not «катар»); where several rows are written alike,
        the first counts.

    Raises
    ------
    ValueError : a language or a way to inflect is unknown, a name has no letters, or one language
        has more letters than a byte can tell apart.
    """
    names = names.reset_index(drop=True)
    for column, known in (("language", LANGUAGES), ("inflects", INFLECTS)):
        wrong = ~names[column].isin(known)
        if wrong.any():
            row = names[wrong].iloc[0]
            raise ValueError(
                f"lexicon: {column} {row[column]!r} of {row['name']!r} is not known; "
                f"use one of {', '.join(known)}."
            )
    return Lexicon(
        names,
        {
            str(language): _compile(str(language), rows)
            for language, rows in names.groupby("language", sort=False)
        },
    )


def _compile(language: str, names: pd.DataFrame) -> Part:
    """Patterns of one language and the automaton that finds them."""
    patterns: dict[tuple[object, ...], Pattern] = {}
    for row, name, inflects in zip(names.index, names["name"], names["inflects"], strict=True):
        for way in written(name, language, inflects):
            said = bare(fold(way.text, language))[0].translate(ONE_GAP)
            if not said.strip(" -"):
                raise ValueError(f"lexicon: {name!r} has no letters; write a name or drop the row.")
            pattern = Pattern(int(row), way._replace(text=said), _capitals(name, inflects))
            # «أتراك» and «الأتراك» are the same letters with other letters before them
            same = (said, pattern.capitals, tuple(way.heads), way.tails)
            patterns.setdefault(same, pattern)
    # Of two that end alike the one that says more letters wins («طالبان», not «طالب» and more),
    # then the one that asks for capitals («Газа» the place, not «газа» of gas)
    listed = sorted(patterns.values(), key=lambda p: (-len(p.written.text), -p.capitals))
    letters = sorted({letter for pattern in listed for letter in pattern.written.text})
    codes = {letter: code for code, letter in enumerate(letters, start=SKIPPED + 1)}
    if len(codes) > MOST_LETTERS:
        raise ValueError(
            f"lexicon: {len(codes)} different letters in the names of {language!r}, at the most "
            f"{MOST_LETTERS} can be told apart; give other scripts their own language."
        )
    return Part(
        language,
        _alphabet(codes, language),
        BytesAhoCorasick([bytes(map(codes.__getitem__, p.written.text)) for p in listed]),
        listed,
        np.array([p.capitals for p in listed]),
        np.array(["" in p.written.heads and p.written.takes("") for p in listed]),
        np.array([p.row for p in listed], dtype=np.int64),
        np.array([len(p.written.text) for p in listed], dtype=np.int64),
        np.array([p.written.text.endswith("-") for p in listed], dtype=np.int64),
    )


def _capitals(name: str, inflects: str) -> int:
    """Which capitals a text must have: those of the row, so that "us" is not "US"."""
    if inflects == "abbreviation" and name.upper() == name and name.lower() != name:
        return ALL
    return FIRST if name[0].isupper() else ANY


def _alphabet(codes: dict[str, int], language: str) -> np.ndarray:
    """Byte of each code point: its letter, after folding, in the alphabet of the lexicon."""
    table = np.where(words(), OTHER, GAP).astype(np.uint8)
    table[marks()] = SKIPPED
    table[[ord(quote) for quote in QUOTES]] = SKIPPED
    folded = fold(_characters(), language)
    for code, letter in enumerate(folded):
        if letter in codes:
            table[code] = codes[letter]
    for letter, alike in ((" ", SPACES), ("-", HYPHENS)):
        table[[ord(other) for other in alike]] = codes.get(letter, GAP)
    return table


@cache
def _characters() -> str:
    """The characters that can be letters of a name, up to the last of Arabic's forms."""
    return "".join(map(chr, range(0x10000)))


@cache
def words() -> np.ndarray:
    """Of each code point: whether it is part of a word (a letter, a digit, an underscore)."""
    table = np.zeros(CODES, dtype=bool)
    table[:KNOWN] = [chr(code).isalnum() for code in range(KNOWN)]
    table[ord("_")] = True
    return table


@cache
def marks() -> np.ndarray:
    """Of each code point: whether it is a mark written on, under or between letters."""
    table = np.zeros(CODES, dtype=bool)
    table[[mark.start() for mark in MARKS.finditer("".join(map(chr, range(0x10000))))]] = True
    return table


@cache
def large() -> np.ndarray:
    """Of each code point: whether it is a capital letter."""
    return np.array([chr(code).isupper() for code in range(KNOWN)] + [False] * (CODES - KNOWN))


@cache
def small() -> np.ndarray:
    """Of each code point: whether it is a small letter."""
    return np.array([chr(code).islower() for code in range(KNOWN)] + [False] * (CODES - KNOWN))
