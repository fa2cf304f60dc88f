"""A paragraph made ready, and what stands round a stretch of it: which words, how near, whose."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from astana_kit.rounds.wording import Cue, Named, cues, grammar
from astana_kit.text import script
from astana_kit.text.dates import Written

BREADTH = 300  # characters of a sentence looked at on either side
NEAR = 40  # characters within which a word belongs to a meeting
# "Jan. 25", «г. Астана», «13. tur» end no sentence: three letters stand before its end
CLOSING = "»”\"')"
STOPS = re.compile(
    r"[.!?؟…\n](?:(?<=\n)|(?=[@]*\s+[^\s\d])(?:(?<=L.)|(?<=L[.!?؟…@].)|(?<=L[.!?؟…@]{2}.)))".replace(
        "@", CLOSING
    ).replace("L", r"[^\W\d_]{3}")
)
# «Anayasa Komitesi'nin |beşinci toplantısı»: in these languages the owner stands in front
OWNER = re.compile(r"(?:'\w{1,5})?\s{1,2}")
OWNERS_FIRST = {"en", "kk", "tr"}
# «Женевада өтетін төртінші раундқа дейін Астанада»: what says which round stands in front of it
HEAD_FINAL = {"kk", "tr"}

Placed = TypeVar("Placed", Cue, Named, Written)


class Paragraph(NamedTuple):
    """A passage made ready: what is matched, where each sign of it stood, what it speaks of."""

    plain: str
    folded: str
    places: list[int] | None  # of each sign, where marks were taken out
    language: str
    cues: list[Cue]
    kinds: frozenset[str]
    ends: tuple[int, ...] = ()  # of sentences, where the paragraph names anything


def prepare(text: str, language: str) -> Paragraph:
    """Paragraph of `text`, folded, with its nouns, cues and sentences."""
    plain, places = script.bare(text) if script.MARKS.search(text) else (text, None)
    folded = script.fold(plain, language)
    found = cues(folded, language)
    return Paragraph(plain, folded, places, language, found, frozenset(cue.kind for cue in found))


def parted(paragraph: Paragraph) -> Paragraph:
    """`paragraph` with the ends of its sentences."""
    return paragraph._replace(ends=tuple(match.end() for match in STOPS.finditer(paragraph.folded)))


def sentence(start: int, stop: int, paragraph: Paragraph) -> tuple[int, int]:
    """Where the sentence of a stretch begins and ends, looked at for `BREADTH` at most."""
    ends = paragraph.ends
    before, after = bisect_right(ends, start), bisect_left(ends, stop)
    return (
        max(start - BREADTH, ends[before - 1] if before else 0),
        min(stop + BREADTH, ends[after] if after < len(ends) else len(paragraph.folded)),
    )


def around(start: int, stop: int, paragraph: Paragraph) -> dict[str, int]:
    """Kinds of the cues in a stretch's sentence, each with its distance in characters."""
    begin, end = sentence(start, stop, paragraph)
    behind = 2 if paragraph.language in HEAD_FINAL else 1
    nearest: dict[str, int] = {}
    for cue in between(paragraph.cues, begin, end):
        away = max(0, start - cue.stop, (cue.start - stop) * behind)
        nearest[cue.kind] = min(away, nearest.get(cue.kind, away))
    return nearest


def attached(one: Named, paragraph: Paragraph, kinds: set[str], *, owner: bool = True) -> bool:
    """Whether a word of `kinds` belongs to a noun: in it, behind it, or (`owner`) before it."""
    owner = owner and paragraph.language in OWNERS_FIRST
    link = grammar(paragraph.language).link
    for cue in between(paragraph.cues, one.start - NEAR, one.stop + 2 * NEAR):
        if cue.kind not in kinds:
            continue
        if cue.start >= one.stop:
            belongs = link.fullmatch(paragraph.folded, one.stop, cue.start) is not None
        elif cue.stop <= one.start:
            belongs = owner and bool(OWNER.fullmatch(paragraph.folded, cue.stop, one.start))
        else:
            belongs = True
        if belongs:
            return True
    return False


def between(rows: Sequence[Placed], start: int, stop: int) -> Iterator[Placed]:
    """Rows, in order of place, that begin in a stretch; the others are not looked at."""
    for place in range(bisect_left(rows, start, key=_start), len(rows)):
        if rows[place].start >= stop:
            return
        yield rows[place]


def _start(row: Placed) -> int:
    return row.start
