"""What stands inside an article without being a paragraph: links set into it, items of lists."""

from itertools import pairwise

from astana_kit.pages.line import (
    BULLET,
    STOPS,
    Line,
    end,
    is_dated,
    is_heading,
    is_link,
    opens_section,
)

INSET = 10  # lines of links between two paragraphs of one article at most,
LINKS = 3  # and so many links among them


def insets(lines: list[Line]) -> set[int]:
    """Places of links that stand between two paragraphs of one article.

    «Читайте также» with a headline or two, or one headline with the day of its story. In a list of
    teasers the next headline would stand under the second paragraph.
    """
    found: set[int] = set()
    prose = [place for place, line in enumerate(lines) if line.prose]
    for above, below in pairwise(prose):
        run = lines[above + 1 : below]
        if not 2 <= len(run) <= INSET or any(map(opens_section, run)):
            continue
        links = sum(line.mark is None for line in run)
        headed = is_heading(run[0]) and links <= LINKS
        teaser = lines[below].text.endswith(("…", "..."))
        # the headline of the page and its day stand under a menu, which ends in no full stop
        dated = len(run) == 2 and is_link(run[0]) and is_dated(run[1])
        dated = dated and end(lines[above].text) in STOPS
        listed = teaser or any(map(is_link, lines[below + 1 : below + 2]))
        if (headed or dated) and not listed:
            found.update(range(above + 1, below))
    return found


def items(lines: list[Line]) -> set[int]:
    """Places of the items of lists that a line opens: «Стороны решили:», «- обменять пленных»."""
    found: set[int] = set()
    for place, (above, line) in enumerate(pairwise(lines), 1):
        if line.mark is None and BULLET.match(line.text):
            opens = above.mark is None and above.text[-1] == ":"
            found |= {place - 1, place} if opens else {place} if place - 1 in found else set()
    return found
