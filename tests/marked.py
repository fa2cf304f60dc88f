"""Gold texts in brackets: [[surface|actor_id|form]]; without a form it is a name."""

import re
from pathlib import Path

import pandas as pd

from astana_kit.schema import PASSAGES

GOLD = Path(__file__).parent / "gold"
MARK = re.compile(r"\[\[(.+?)\|(\w+)(?:\|(\w+))?\]\]")


def read(file):
    """Passages of a marked file, and its marks: one row each, by doc_id and place.

    A line "## 000 ru" opens a page, a line "## ru" a language of pages of one paragraph each.
    """
    passages, marks, opened = [], [], []
    for line in (GOLD / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            opened, number = line.split()[1:], 0
        elif line and not line.startswith("#"):
            *page, language = opened
            doc_id = page[0] if page else f"{language}{number}"
            passage = number if page else 0
            text = MARK.sub(r"\1", line)
            passages.append((doc_id, passage, 0, len(text), "body", language, "", pd.NaT, text))
            shift = 0
            for mark in MARK.finditer(line):
                start = mark.start() - shift
                stop = start + len(mark[1])
                marks.append((doc_id, passage, start, stop, mark[2], mark[3] or "name"))
                shift += len(mark[0]) - len(mark[1])
            number += 1
    return (
        pd.DataFrame(passages, columns=list(PASSAGES.columns)),
        pd.DataFrame(marks, columns=["doc_id", "passage", "start", "stop", "actor_id", "form"]),
    )
