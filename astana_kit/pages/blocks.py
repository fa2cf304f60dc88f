"""Where on a saved page the article stands.

Lines of prose gain, all others cost; a block is the run with the most gain. The block under the
words of the browser's tab is trusted before others, one that says none of the title's words after
them. The weights were set on Russian pages whose lines were marked by hand, and tried on the same
pages without their first lines, without the phrases of page_marks.csv, with only one or two
paragraphs, and with lines broken by hand: none serves one of these alone.
"""

import re
from collections.abc import Iterator
from itertools import groupby, takewhile
from typing import NamedTuple

from astana_kit.pages import asides
from astana_kit.pages.line import (
    BULLET,
    CLAUSES,
    DATE,
    STOPS,
    WORD,
    Line,
    end,
    is_dated,
    is_heading,
    is_sentence,
    may_head,
    opens_section,
)

MOST = 1000  # characters that one paragraph gains at most
ALONE = 0.35  # of its gain is left to prose between two short lines, as in a list of teasers,
CAP = 50  # and no more: a title and its teaser together gain next to nothing
TEASER = 400  # if it is shorter than this: an article may be one long paragraph
COST = 40  # of a line that is no prose
WORDY = 12  # a line of so many words costs a quarter of that: a paragraph without a full stop
LIST_COST = 100  # of a heading over links
DROP = 240  # so much may be lost between two paragraphs of one article: six short lines
ENTRY = 4  # words of an entry of a menu at most
FEW = 5  # short lines make no menu
LONGEST = 200  # characters of a headline
REACH = 15  # lines that may part a headline from the first paragraph: buttons, dates, links
LEAD = 2  # paragraphs that may stand between a headline and the same headline again
BODY = 400  # gained under a title, it is more than a lead, and no other block belongs to it
TRUST = 10  # times the worth of a block under a known title
ASIDE = 0.25  # of its worth is left to a block that says none of the title's words
LATE = 1 / 3  # of its worth is left to a block under «Другие новости», once an article was seen
ENOUGH = 100  # gained before «Комментарии» ends an article: the word also stands above articles
SCOPE = 30  # lines of a block that are asked for the title's words
TOLD = 0.4  # of its longer words said by the article make a line about it

PARTED = re.compile(r"\s[-–—|/:•·»]+\s|::|//")
ARTICLE = re.compile(r"^[وفبكل]?ال|^لل")  # the Arabic article and what is written to it


class Tab(NamedTuple):
    """A line at the top that may be the browser's tab: its words as a set, and run together."""

    place: int
    words: frozenset[str]
    run: str


class Page(NamedTuple):
    """The lines of a page and what they are to one another."""

    lines: list[Line]
    menu: bool  # more short lines than paragraphs: a page saved with all that stands on it
    gains: list[float]
    tabs: list[Tab]
    titles: set[int]  # places of lines that repeat a tab
    insets: set[int]  # places of links set into an article
    items: set[int]  # places of the items of a list, and of the line that opens it


class Block(NamedTuple):
    """A run of lines that may be the article: its title, first and last line of prose."""

    title: int | None
    first: int
    last: int
    worth: float


def read(lines: list[Line]) -> Page:
    """`lines` as a page: what each line adds to the article, and which repeat the tab."""
    menu = _has_menu(lines)
    tabs = _tabs(lines)
    insets, items = asides.insets(lines), asides.items(lines)
    gains = _gains(lines, insets | items, menu=menu)
    return Page(lines, menu, gains, tabs, _titles(lines, tabs), insets, items)


def _has_menu(lines: list[Line]) -> bool:
    """Whether a page was saved with all that stands on it, not the article alone."""
    # «— Завтра.» of an interview is short, but no entry of a menu
    others = [not (line.prose or is_sentence(line)) for line in lines]
    entries = [other and line.words <= ENTRY for other, line in zip(others, lines, strict=True)]
    unmarked = sum(other and line.mark is None for other, line in zip(others, lines, strict=True))
    row = max((len(list(run)) for entry, run in groupby(entries) if entry), default=0)
    return row > FEW or unmarked > max(FEW, 2 * sum(line.prose for line in lines))


def main_block(page: Page) -> Block | None:
    """The block that is the article, None where no line of `page` reads as prose."""
    return max(_blocks(page), key=lambda block: block.worth, default=None)


def headline(page: Page, block: Block) -> int:
    """Place of the line that heads `block`, -1 where none can be told."""
    if block.title is not None:
        return block.title
    above = list(range(max(0, block.first - REACH), block.first))
    if not page.menu:  # a short first paragraph is not what stands over the headline
        above = list(takewhile(lambda place: not is_sentence(page.lines[place]), above))
    found = [place for place in above if may_head(page.lines[place])]
    if len(found) == 2 and not page.menu:
        return found[0]  # the other is a deck or a caption; three and more are a masthead
    if found:  # a headline, its deck and the caption of a picture all say what the article says
        text = _said_in(page, block)
        longer = (place for place in found if page.lines[place].words > ENTRY)
        about = (place for place in longer if _share(_words(page.lines[place]), text) >= TOLD)
        return next(about, found[-1])
    headed = block.last > block.first and _heads(*page.lines[block.first :][:2])
    return block.first if headed else -1


def _heads(top: Line, below: Line) -> bool:
    """Whether the first line of a block, long as a paragraph, is yet its headline.

    «Қазақстан делегациясы … шақырды»: it lacks its full stop, and the sentence does not go on.
    """
    if len(top.text) > LONGEST or DATE.search(top.text) or below.text[0].islower():
        return False
    return end(top.text) not in (*STOPS, *CLAUSES)


def _gains(lines: list[Line], passed: set[int], *, menu: bool) -> list[float]:
    """What each line adds to the block it would stand in, or takes."""
    gains: list[float] = []
    for place, line in enumerate(lines):
        if line.prose:
            length = min(len(line.text), MOST)
            alone = menu and length < TEASER and not _has_neighbour(lines, passed, place)
            gains.append(min(length * ALONE, CAP) if alone else length)
        elif place in passed:
            gains.append(0)
        elif line.mark:
            gains.append(-LIST_COST if line.mark.where == "list" else -COST)
        else:
            gains.append(-COST / 4 if line.words >= WORDY else -COST)
    return gains


def _has_neighbour(lines: list[Line], passed: set[int], place: int) -> bool:
    """Whether prose stands beside a line, or beyond what is passed, or beyond one button."""
    for step in (-1, 1):
        near = place + step
        while near in passed:
            near += step
        if 0 <= near < len(lines) and lines[near].mark and not is_heading(lines[near]):
            near += step
        if 0 <= near < len(lines) and lines[near].prose:
            return True
    return False


def _tabs(lines: list[Line]) -> list[Tab]:
    """The lines at the top: one of the first three may be the browser's tab."""
    told: list[int] = []
    for place, line in enumerate(lines[:20]):
        # a tab may end in a full stop («… - новости на портале.»), but then it is the first line
        if place and (line.prose or len(told) == 3):
            break
        dated = is_dated(line) or (line.mark and line.mark.kind == "dateline")
        if 3 <= line.words <= 40 and not dated:
            told.append(place)
    # «Заголовок - Новости - Сайт»: where one of them has such parts, it is the tab and no other
    parted = [place for place in told if PARTED.search(lines[place].text)]
    words = {place: WORD.findall(lines[place].folded) for place in parted[:1] or told}
    return [Tab(place, frozenset(found), "".join(found)) for place, found in words.items()]


def _titles(lines: list[Line], tabs: list[Tab]) -> set[int]:
    """Places of the lines that say again what a line at the top has said."""
    found = set()
    for place, line in enumerate(lines):
        # a paragraph that stands on the page twice ends in a full stop, a picture's has a bullet
        if not 3 <= line.words <= 40 or line.mark or end(line.text) == ".":
            continue
        words = WORD.findall(line.folded)
        if any(tab.place < place and _repeats(words, tab) for tab in tabs):
            found.add(place)
    # «Евро нуждается в поддержке 06.01.12 11:51» is the deck: a headline has no clock
    unlike = re.compile(rf"{BULLET.pattern}|.*\d[:.]\d\d")
    return {place for place in found if not unlike.match(lines[place].text)}


def _repeats(words: list[str], tab: Tab) -> bool:
    """Whether `words` are the tab's: it may add the site's name and the section, or break off."""
    different = set(words)
    shared = len(different & tab.words)
    if shared < 3:
        return False
    alike = shared >= max(0.8 * len(different), 0.35 * len(tab.words))
    return alike or tab.run.startswith("".join(words))


def _blocks(page: Page) -> Iterator[Block]:
    """Runs of lines that gain more than they cost, each with the title above it if there is one."""
    place, most, share = 0, 0.0, 1.0
    titled: Block | None = None  # the last title, and what was found under it so far
    while place < len(page.lines):
        if place in page.titles:
            titled = Block(place, -1, place, 0.0)
        if opens_section(page.lines[place]):
            share = LATE if most >= ENOUGH else share
            titled = titled if titled and titled.first < 0 else None
        if not page.lines[place].prose:
            place += 1
            continue
        if titled and place - titled.last > REACH:
            titled = None
        last, gain, after = _run(page, place, titled=titled is not None)
        block = Block(None, place, last, gain)
        if titled:
            # a lead may stand apart from the text, with buttons and links between
            first = titled.first if titled.first >= 0 else place
            block = Block(titled.title, first, last, gain + titled.worth)
            titled = block if block.worth < BODY else None
        yield _weighed(page, block, share)
        most, place = max(most, gain), after


def _run(page: Page, first: int, *, titled: bool) -> tuple[int, float, int]:
    """Last line of the best run from `first`, its gain, and the line at which it broke off."""
    # one paragraph under its headline is no teaser
    total = page.gains[first] if not titled else float(min(len(page.lines[first].text), MOST))
    last, peak = first, total
    for place in range(first + 1, len(page.lines)):
        line = page.lines[place]
        ends = opens_section(line) and peak >= ENOUGH
        again = (titled or not page.menu) and place - first <= LEAD
        if ends or (place in page.titles and not again):
            return last, peak, place
        total += page.gains[place]
        if line.prose and total > peak:
            last, peak = place, total
        if total <= 0 or peak - total > DROP:
            return last, peak, place
    return last, peak, len(page.lines)


def _weighed(page: Page, block: Block, share: float) -> Block:
    """`block` with its worth: trusted under a title, and where it says the title's words."""
    text = _said_in(page, block)
    above = headline(page, block)
    titles = [tab.words for tab in page.tabs]
    if above >= 0:
        titles.append(_words(page.lines[above]))
    about = max((_share(words, text) for words in titles), default=0.0)
    trust = share * (1 if block.title is None else TRUST) * (ASIDE + about)
    return block._replace(worth=block.worth * trust)


def _said_in(page: Page, block: Block) -> str:
    return "\n".join(line.folded for line in page.lines[block.first : block.last + 1][:SCOPE])


def _words(line: Line) -> frozenset[str]:
    return frozenset(WORD.findall(line.folded))


def _share(words: frozenset[str], text: str) -> float:
    """Share of the longer `words` whose stem stands in `text`."""
    stems = [ARTICLE.sub("", word)[:5] for word in words if len(word) > 3]
    return sum(stem in text for stem in stems) / len(stems) if len(stems) >= 3 else 0.0
